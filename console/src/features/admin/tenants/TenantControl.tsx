// What a tenant may use: modules, accounts, rights; and where it differs from what it was handed.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { QueryView } from '../../../ui/Empty.tsx'
import type { FormSchema } from '../../../ui/form-rules.ts'
import { say } from '../../../ui/notices.ts'
import { count } from '../../../ui/numbers.ts'
import { Facts, Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { when } from '../../../ui/time.ts'
import { grouped } from '../../../ui/grouped.ts'
import { moduleName } from '../parts/scopes.ts'
import { useAct } from '../../../ui/use-act.ts'
import { valueText } from '../settings/json-schema.ts'
import { t } from './texts.zh-CN.ts'

type Control = OutputOf<'getTenantControl'>
type Module = Control['modules'][number]

export function TenantControl({ tenantId }: { tenantId: string }): ReactElement {
  const control = useQueryOf('getTenantControl', { id: tenantId })
  const [open, setOpen] = useState(false)
  return (
    <QueryView query={control}>
      {(data) => (
        <Section title={t('control')} extra={<Button size="small" onClick={() => setOpen(true)}>{data.own ? t('ownModules') : t('controlEdit')}</Button>}>
          <Facts items={[
            { label: t('quota'), value: data.quota === null ? t('quotaNone') : t('quotaOf', { users: count(data.users), quota: count(data.quota) }) },
            ...[...grouped(data.modules, (module) => module.pack)].map(([pack, modules]) => ({ label: pack, value: <span className="ms-row" style={{ flexWrap: 'wrap' }}>{modules.map((module) => <Tag key={module.code} tone={module.on ? 'ok' : 'calm'}>{module.name}{stateOf(module)}</Tag>)}</span> })),
            { label: t('barredRoles'), value: data.barredRoles.map((code) => data.roles.find((role) => role.code === code)?.name ?? code).join('、'), hidden: data.barredRoles.length === 0 },
            { label: t('barredPermissions'), value: data.barredPermissions.map((code) => data.permissions.find((one) => one.code === code)?.name ?? code).join('、'), hidden: data.barredPermissions.length === 0 },
            { label: t('controlChanged'), value: data.changedAt ? `${data.changedBy ?? ''} ${when(data.changedAt)}` : null, hidden: data.changedAt === null },
          ]} />
          <ControlForm open={open} control={data} onClose={() => setOpen(false)} />
        </Section>
      )}
    </QueryView>
  )
}

const stateOf = (module: Module): string => (module.core ? '' : module.offAbove ? t('offAbove') : module.offHere ? t('offHere') : module.offOwn ? t('offOwn') : '')

function ControlForm({ open, control, onClose }: { open: boolean; control: Control; onClose: () => void }): ReactElement {
  const send = useAct('getTenantControl', 'listTenantTree', 'listTenantDifferences')
  const choices = (list: { value: string; label: string }[]) => ({ type: 'string' as const, oneOf: list.map((one) => ({ const: one.value, title: one.label })) })
  const modules = choices(control.modules.filter((module) => !module.core).map((module) => ({ value: module.code, label: `${module.name}（${module.pack}）` })))
  const reason = { type: 'string' as const, title: t('controlReason'), format: 'textarea' as const, maxLength: 200 }
  const schema: FormSchema = control.own
    ? { type: 'object', required: ['reason'], properties: { ownModulesOff: { type: 'array', title: t('ownModulesOff'), description: t('ownModulesHint'), items: modules }, reason } }
    : {
        type: 'object', required: ['reason'],
        properties: {
          quota: { type: 'integer', title: t('quota'), description: t('quotaHint'), minimum: 0 }, modulesOff: { type: 'array', title: t('modulesOff'), description: t('modulesOffHint'), items: modules },
          barredRoles: { type: 'array', title: t('barredRoles'), items: choices(control.roles.map((role) => ({ value: role.code, label: role.name }))) },
          barredPermissions: { type: 'array', title: t('barredPermissions'), description: t('barredHint'), items: choices(control.permissions.map((one) => ({ value: one.code, label: `${one.name}（${moduleName(one.module)}）` }))) }, reason,
        },
      }
  const off = (of: (module: Module) => boolean): string[] => control.modules.filter(of).map((module) => module.code)
  const initial = control.own ? { ownModulesOff: off((module) => module.offOwn) } : { ...(control.quota === null ? {} : { quota: control.quota }), modulesOff: off((module) => module.offHere), barredRoles: control.barredRoles, barredPermissions: control.barredPermissions }
  return (
    <ActDrawer key={`${control.tenantId} ${control.version}`} open={open} onClose={onClose} title={control.own ? t('ownModules') : t('controlEdit')} schema={schema} initial={initial} submitLabel={t('controlSave')}
      submit={async (values) => {
        await send('changeTenantControl', { ...(control.own ? { ownModulesOff: [] } : { quota: null, modulesOff: [], barredRoles: [], barredPermissions: [] }), ...values, id: control.tenantId, version: control.version })
        say(t('controlSaved'))
      }} />
  )
}

export function TenantDifferences({ tenantId }: { tenantId: string }): ReactElement {
  const differences = useQueryOf('listTenantDifferences', { id: tenantId })
  return (
    <QueryView query={differences}>
      {(data) => (
        <Section flush={data.settings.length + data.roles.length > 0} title={<span className="ms-row">{t('differences')} <span className="ms-hint">{t('differencesHint')}</span></span>}>
          {data.settings.length + data.roles.length === 0 ? <span className="ms-muted">{t('noDifferences')}</span> : (
            <table className="ms-plain-table">
              <thead><tr><th scope="col">{t('item')}</th><th scope="col">{t('handed')}</th><th scope="col">{t('own')}</th><th scope="col">{t('mode')}</th><th scope="col">{t('diffChanged')}</th></tr></thead>
              <tbody>
                {data.settings.map((row) => <tr key={row.key}><td>{row.label}<div className="ms-hint ms-code">{row.key}</div></td><td>{valueText(row.key, row.inherited)}</td><td>{valueText(row.key, row.own)}</td><td><Tag tone={row.mode === 'locked' ? 'near' : 'primary'}>{t(`mode_${row.mode}`)}</Tag></td><td>{row.changedBy} <Time iso={row.changedAt} /></td></tr>)}
                {data.roles.map((row) => <tr key={row.roleId}><td>{t('roleOf', { name: row.name })}{row.template ? null : <div className="ms-hint">{t('ownRole')}</div>}</td><td>{row.removed.slice(0, 12).join('、') || '–'}</td><td>{row.added.slice(0, 12).join('、') || '–'}{row.added.length > 12 ? ` … ${t('moreRights', { n: row.added.length - 12 })}` : ''}</td><td><Tag tone="primary">{t('mode_override')}</Tag></td><td>–</td></tr>)}
              </tbody>
            </table>
          )}
        </Section>
      )}
    </QueryView>
  )
}
