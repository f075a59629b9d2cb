import type { ButtonHTMLAttributes, ReactElement, ReactNode } from 'react'
import { Link } from 'react-router'
import { Icon } from './Icon.tsx'
import type { IconName } from './Icon.tsx'

export type ButtonTone = 'primary' | 'plain' | 'soft' | 'quiet' | 'danger'
type Look = { tone?: ButtonTone; size?: 'large'; block?: boolean; icon?: IconName }

/** `busy` shows a turning ring and takes no second press; the label stays, so nothing jumps. */
export function Button({ tone = 'plain', size, block, icon, busy = false, children, onClick, ...rest }: Look & { busy?: boolean } & ButtonHTMLAttributes<HTMLButtonElement>): ReactElement {
  return (
    <button type="button" className="k-button" data-tone={tone} data-size={size} data-block={block || undefined} aria-busy={busy || undefined} onClick={busy ? undefined : onClick} {...rest} {...(busy ? { 'aria-disabled': true, type: 'button' } : {})}>
      {busy ? <span className="k-spin" aria-hidden="true" /> : icon ? <Icon name={icon} /> : null}
      {children}
    </button>
  )
}

export function LinkButton({ tone = 'plain', size, block, icon, to, onClick, children }: Look & { to: string; onClick?: () => void; children: ReactNode }): ReactElement {
  const inner = (
    <>
      {icon ? <Icon name={icon} /> : null}
      {children}
    </>
  )
  const look = { onClick, className: 'k-button', 'data-tone': tone, 'data-size': size, 'data-block': block || undefined }
  return /^(tel:|sms:|https?:)/.test(to) ? <a href={to} {...look}>{inner}</a> : <Link to={to} {...look}>{inner}</Link>
}
