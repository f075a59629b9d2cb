// Bars, sheets, the polite line, pull to refresh.
import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react'
import type { ReactElement, ReactNode, TouchEvent } from 'react'
import { NavLink } from 'react-router'
import { Icon } from './Icon.tsx'
import type { IconName } from './Icon.tsx'
import { t } from './texts.zh-CN.ts'

export function TopBar({ start, title, end }: { start?: ReactNode; title: ReactNode; end?: ReactNode }): ReactElement {
  return <header className="k-topbar"><div>{start}<div className="k-topbar-title">{title}</div>{end}</div></header>
}

export type BarItem = { to: string; label: string; icon: IconName; count?: number; end?: boolean }

export function BottomBar({ label, items }: { label: string; items: readonly BarItem[] }): ReactElement {
  return (
    <nav className="k-bottombar" aria-label={label}>
      <ul>
        {items.map((item) => (
          <li key={item.to}>
            <NavLink to={item.to} end={item.end ?? false}>
              <Icon name={item.icon} />
              {item.label}
              {item.count ? <span className="k-badge k-num">{item.count > 99 ? '99+' : item.count}</span> : null}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** A layer from below (in the middle on wide screens); the browser keeps the focus inside and gives it back. */
export function Sheet({ open, title, onClose, children, footer }: { open: boolean; title: string; onClose: () => void; children: ReactNode; footer?: ReactNode }): ReactElement | null {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const element = dialog.current
    if (!open || !element) return
    if (!element.open) element.showModal()
    // A press beside the layer closes it; the keyboard has Esc, which the browser turns into `close`.
    const beside = (event: MouseEvent) => { if (event.target === element) element.close() }
    element.addEventListener('click', beside)
    return () => element.removeEventListener('click', beside)
  }, [open])
  if (!open) return null
  return (
    <dialog ref={dialog} className="k-sheet" aria-labelledby={id} onClose={onClose}>
      <header>
        <h2 id={id}>{title}</h2>
        <button type="button" className="k-button" data-tone="quiet" onClick={onClose} aria-label={t('close')}><Icon name="close" /></button>
      </header>
      <div className="k-sheet-body">{children}</div>
      {footer ? <footer>{footer}</footer> : null}
    </dialog>
  )
}

type Toast = { id: number; text: string }
let toasts: readonly Toast[] = []
let last = 0
const listeners = new Set<() => void>()
const change = (next: readonly Toast[]): void => {
  toasts = next
  for (const listener of listeners) listener()
}

/** One short polite line; long enough to be read, never over a form's acts. */
export function say(text: string): void {
  const id = ++last
  change([...toasts.slice(-1), { id, text }])
  setTimeout(() => change(toasts.filter((one) => one.id !== id)), 4000 + text.length * 60)
}

export function ToastHost(): ReactElement {
  const shown = useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener) }, () => toasts)
  return <div className="k-toasts" role="status" aria-live="polite">{shown.map((one) => <p key={one.id} className="k-toast">{one.text}</p>)}</div>
}

const THRESHOLD = 64

/** Pulling down at the top asks anew; a help beside the button of the page, never the only way. */
export function PullToRefresh({ onRefresh, children }: { onRefresh: () => Promise<unknown>; children: ReactNode }): ReactElement {
  const [pull, setPull] = useState(0)
  const [busy, setBusy] = useState(false)
  const start = useRef<number | null>(null)
  const move = (event: TouchEvent) => {
    if (start.current === null || busy) return
    const far = (event.touches[0]?.clientY ?? 0) - start.current
    setPull(far > 0 && window.scrollY <= 0 ? Math.min(far * 0.5, THRESHOLD * 1.4) : 0)
  }
  const end = async () => {
    const enough = pull >= THRESHOLD
    start.current = null
    setPull(0)
    if (!enough) return
    setBusy(true)
    await onRefresh().catch(() => undefined)
    setBusy(false)
  }
  const height = busy ? 40 : pull
  return (
    <div onTouchStart={(event) => { start.current = window.scrollY <= 0 ? (event.touches[0]?.clientY ?? null) : null }} onTouchMove={move} onTouchEnd={() => void end()}>
      <div className="k-pull" style={{ blockSize: height }} aria-hidden={height === 0}>{height > 0 ? (busy ? t('refreshing') : pull >= THRESHOLD ? t('pullRelease') : t('pull')) : null}</div>
      {children}
    </div>
  )
}
