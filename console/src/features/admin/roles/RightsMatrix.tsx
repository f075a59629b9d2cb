// Function × data scope; own rights are check boxes while editing, inherited ones only a mark with their origin.
import { Checkbox } from 'antd'
import type { ReactElement } from 'react'
import { moduleName, scopeName, scopes } from '../parts/scopes.ts'
import type { Scope } from '../parts/scopes.ts'
import { byModule, cellOf } from './role-rights.ts'
import type { Permission } from './role-rights.ts'
import { t } from './texts.zh-CN.ts'

type Props = {
  permissions: readonly Permission[]
  own: ReadonlySet<string>
  inherited: ReadonlyMap<string, string[]>
  /** Absent: read only. */
  onToggle?: (permission: string, scope: Scope) => void
  onlyHeld: boolean
  typed: string
}

export function RightsMatrix({ permissions, own, inherited, onToggle, onlyHeld, typed }: Props): ReactElement {
  const isHeld = (code: string) => scopes.some((scope) => own.has(cellOf(code, scope)) || (inherited.get(cellOf(code, scope))?.length ?? 0) > 0)
  const groups = byModule(permissions)
  return (
    <div className="ms-matrix-box">
      <table className="ms-plain-table ms-matrix">
        <caption className="ms-hidden">{t('matrix')}</caption>
        <thead><tr><th scope="col">{t('permission')}</th>{scopes.map((scope) => <th key={scope} scope="col" className="ms-matrix-cell">{scopeName(scope)}</th>)}</tr></thead>
        {[...groups].map(([module, all]) => {
          const shown = all.filter((permission) => (!onlyHeld || isHeld(permission.code)) && (typed === '' || permission.name.includes(typed.trim()) || permission.code.includes(typed.trim())))
          if (shown.length === 0) return null
          return (
            <tbody key={module}>
              <tr className="ms-matrix-group"><th scope="rowgroup" colSpan={scopes.length + 1}>{moduleName(module)} <span className="ms-hint">{t('moduleCount', { held: all.filter((permission) => isHeld(permission.code)).length, all: all.length })}</span></th></tr>
              {shown.map((permission) => (
                <tr key={permission.code}>
                  <th scope="row" title={permission.code}>{permission.name}</th>
                  {scopes.map((scope) => <td key={scope} className="ms-matrix-cell">{cell(permission, scope)}</td>)}
                </tr>
              ))}
            </tbody>
          )
        })}
      </table>
    </div>
  )

  function cell(permission: Permission, scope: Scope): ReactElement | string {
    const key = cellOf(permission.code, scope)
    const from = inherited.get(key) ?? []
    const words = `${permission.name} ${scopeName(scope)}`
    const note = from.length ? <span title={t('inherited', { roles: from.join('、') })} aria-label={t('inherited', { roles: from.join('、') })} className="ms-muted">○</span> : null
    if (onToggle) return <span className="ms-row" style={{ gap: 4, justifyContent: 'center' }}><Checkbox checked={own.has(key)} aria-label={words} onChange={() => onToggle(permission.code, scope)} />{note}</span>
    if (own.has(key)) return <span title={t('own')} aria-label={t('own')} style={{ color: 'var(--ms-primary)' }}>●</span>
    return note ?? ''
  }
}
