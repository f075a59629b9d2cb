// Granted roles, and all rights that follow from them with their origin.
import { Button, Input } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { asProblem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { confirm } from '../../../ui/confirm.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { say } from '../../../ui/notices.ts'
import { Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { grouped } from '../../../ui/grouped.ts'
import { moduleName, scopeName, scopes } from '../parts/scopes.ts'
import { cleared, useAct } from '../../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

export function UserRights({ userId, tenantId, mayGrant }: { userId: string; tenantId: string; mayGrant: boolean }): ReactElement {
  const rights = useQueryOf('getUserRights', { id: userId })
  const roles = useQueryOf('listRoles', { tenantId }, { enabled: mayGrant })
  const send = useAct('getUserRights', 'getUser', 'list')
  const [granting, setGranting] = useState(false)
  const [typed, setTyped] = useState('')
  const withdraw = async (grantId: string, role: string) => {
    if (!(await confirm({ title: t('withdrawTitle', { role }), text: t('withdrawText'), verb: t('withdraw'), danger: true }))) return
    try {
      await send('withdrawGrant', { id: userId, grantId })
      say(t('withdrawn'))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <QueryView query={rights}>
      {(data) => {
        const shown = data.rights.filter((right) => typed === '' || `${right.name} ${right.origins.map((origin) => origin.roleName).join()}`.includes(typed.trim()))
        const groups = grouped(shown, (right) => right.module)
        const held = new Set(data.grants.filter((grant) => grant.via === 'grant').map((grant) => grant.roleId))
        return (
          <>
            <Section flush={data.grants.length > 0} title={t('grants')} extra={mayGrant ? <Button size="small" icon={<Icon name="plus" size={14} />} onClick={() => setGranting(true)}>{t('grant')}</Button> : null}>
              {data.grants.length === 0 ? <span className="ms-muted">{t('noGrants')}</span> : (
                <table className="ms-plain-table">
                  <thead><tr><th scope="col">{t('role')}</th><th scope="col">{t('scope')}</th><th scope="col">{t('period')}</th><th scope="col">{t('state')}</th><th scope="col">{t('origin')}</th><th scope="col">{t('grantedBy')}</th><th scope="col" /></tr></thead>
                  <tbody>{data.grants.map((grant) => (
                    <tr key={`${grant.id}-${grant.roleId}`}>
                      <td>{grant.roleName}</td><td>{grant.scope ? scopeName(grant.scope) : t('scopeAsRole')}</td>
                      <td>{grant.validFrom || grant.validTo ? `${grant.validFrom ?? '…'} — ${grant.validTo ?? '…'}` : t('periodOpen')}</td>
                      <td><Tag tone={grant.inForce ? 'ok' : 'calm'}>{grant.inForce ? t('inForce') : t('notInForce')}</Tag></td>
                      <td>{originName(grant.origin)}{grant.viaName ? ` · ${grant.viaName}` : ''}</td><td>{grant.grantedBy} <Time iso={grant.grantedAt} /></td>
                      <td className="ms-num">{mayGrant && grant.via === 'grant' ? <button type="button" className="ms-link-button" onClick={() => void withdraw(grant.id, grant.roleName)}>{t('withdraw')}</button> : null}</td>
                    </tr>
                  ))}</tbody>
                </table>
              )}
            </Section>
            <Section flush={data.rights.length > 0} title={<span className="ms-row">{t('rights')} <span className="ms-hint">{t('rightsHint', { n: data.rights.length })}</span></span>}
              extra={<Input size="small" allowClear style={{ inlineSize: 220 }} placeholder={t('filterRights')} aria-label={t('filterRights')} value={typed} onChange={(e) => setTyped(e.target.value)} />}>
              {data.rights.length === 0 ? <span className="ms-muted">{t('noRights')}</span> : shown.length === 0 ? <Empty kind="filter" /> : (
                <table className="ms-plain-table">
                  <thead><tr><th scope="col">{t('right')}</th><th scope="col">{t('scope')}</th><th scope="col">{t('origin')}</th></tr></thead>
                  {[...groups].map(([module, list]) => (
                    <tbody key={module}><tr className="ms-matrix-group"><th scope="rowgroup" colSpan={3}>{moduleName(module)} <span className="ms-hint">{list.length}</span></th></tr>{list.map((right) => (
                      <tr key={`${right.permission}-${right.scope}`}>
                        <td title={right.permission}>{right.name}</td><td>{scopeName(right.scope)}</td>
                        <td>{right.origins.map((origin) => <span key={`${origin.grantId}-${origin.via.join()}`} className="ms-row" style={{ gap: 4 }}>{origin.roleName}<Via names={origin.via.filter((name) => name !== origin.roleName)} /></span>)}</td>
                      </tr>
                    ))}</tbody>
                  ))}
                </table>
              )}
            </Section>
            <ActDrawer open={granting} onClose={() => setGranting(false)} title={t('grant')} submitLabel={t('grant')}
              schema={{
                type: 'object', required: ['roleId'],
                properties: {
                  roleId: { type: 'string', title: t('role'), 'x-buttons': false, oneOf: (roles.data?.items ?? []).filter((role) => role.state === 'active' && !held.has(role.id)).map((role) => ({ const: role.id, title: `${role.name}${role.description ? ` · ${role.description}` : ''}` })) },
                  scope: { type: 'string', title: t('scope'), description: t('scopeHint'), 'x-buttons': false, oneOf: scopes.map((scope) => ({ const: scope, title: scopeName(scope) })) },
                  validFrom: { type: 'string', title: t('validFrom'), format: 'date', 'x-half': true }, validTo: { type: 'string', title: t('validTo'), format: 'date', 'x-half': true },
                  reason: { type: 'string', title: t('reason'), format: 'textarea', maxLength: 200 },
                },
              }}
              submit={async (values) => { await send('grantRole', { ...cleared(values, ['scope', 'validFrom', 'validTo']), id: userId }); say(t('granted')) }} />
          </>
        )
      }}
    </QueryView>
  )
}

function Via({ names }: { names: string[] }): ReactElement | null {
  return names.length ? <span className="ms-hint">{t('via', { roles: names.join(' → ') })}</span> : null
}

const origins: Record<string, string> = { seed: '初始配置', manual: '人工授予', import: '批量导入', firstAdmin: '首位管理员', group: '用户组', delegation: '代理', sync: '同步' }
const originName = (origin: string): string => origins[origin] ?? origin
