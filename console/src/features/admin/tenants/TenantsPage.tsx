// The tree of tenants: state, size, the way to their settings; opening a tenant with its first administrator; suspending and reopening.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { QueryView } from '../../../ui/Empty.tsx'
import type { FormSchema } from '../../../ui/form-rules.ts'
import { Icon } from '../../../ui/icons.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { say } from '../../../ui/notices.ts'
import { count } from '../../../ui/numbers.ts'
import { Facts, Page, Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { areaLoader } from '../../orders/pickers.ts'
import { OneTimePassword, TypedConfirm } from '../parts/Dialogs.tsx'
import { TreePane } from '../../../ui/TreePane.tsx'
import { useAct } from '../../../ui/use-act.ts'
import { TenantControl, TenantDifferences } from './TenantControl.tsx'
import { t } from './texts.zh-CN.ts'

type Tenant = OutputOf<'listTenantTree'>['items'][number]
const levelName = (level: number): string => (level === 1 ? t('level1') : level === 2 ? t('level2') : level === 3 ? t('level3') : level === 4 ? t('level4') : t('level5'))

const newTenant: FormSchema = {
  type: 'object', required: ['code', 'name', 'kind', 'areaCode', 'centreCode', 'centreName', 'adminLogin', 'adminName'],
  'x-groups': [{ title: t('title'), fields: ['code', 'name', 'kind', 'areaCode'] }, { title: t('centre'), fields: ['centreCode', 'centreName'] }, { title: t('admin'), fields: ['adminLogin', 'adminName', 'adminMobile'] }],
  properties: {
    code: { type: 'string', title: t('code'), description: t('codeHint'), pattern: '^[a-z][a-z0-9\\-]{1,29}$', 'x-half': true }, name: { type: 'string', title: t('name'), minLength: 2, maxLength: 40, 'x-half': true },
    kind: { type: 'string', title: t('kind'), 'x-half': true, oneOf: [{ const: 'administration', title: t('kind_administration') }, { const: 'enterprise', title: t('kind_enterprise') }] }, areaCode: { type: 'string', title: t('area'), format: 'area', 'x-half': true },
    centreCode: { type: 'string', title: t('centreCode'), pattern: '^[A-Za-z0-9_\\-]{2,40}$', 'x-half': true }, centreName: { type: 'string', title: t('centreName'), maxLength: 60, 'x-half': true },
    adminLogin: { type: 'string', title: t('adminLogin'), description: t('adminLoginHint'), pattern: '^[A-Za-z0-9][A-Za-z0-9_.@\\-]{1,39}$', 'x-half': true }, adminName: { type: 'string', title: t('adminName'), maxLength: 40, 'x-half': true }, adminMobile: { type: 'string', title: t('adminMobile'), format: 'phone' },
  },
}

export default function TenantsPage(): ReactElement {
  const { user } = useSession()
  const [search, setSearch] = useSearchParams()
  const tree = useQueryOf('listTenantTree', {})
  const send = useAct('listTenantTree', 'listTenants')
  const [dialog, setDialog] = useState<'create' | 'edit' | 'suspend' | 'reopen' | null>(null)
  const [given, setGiven] = useState<{ login: string; password: string; name: string } | null>(null)
  const items = tree.data?.items ?? []
  const tenant = items.find((one) => one.id === search.get('tenant')) ?? items.find((one) => one.id === user.tenantId) ?? items[0]
  const below = items.filter((one) => one.parentId === tenant?.id)
  const open = (id: string | null) => setSearch(id ? { tenant: id } : {})
  const close = () => setDialog(null)
  useKeys(t('title'), [{ keys: 'c', label: t('create'), run: () => setDialog('create'), enabled: tenant !== undefined }])
  return (
    <Page fill title={t('title')} help="tenants" state={<span className="ms-muted">{tree.data ? t('count', { n: count(items.length) }) : ''}</span>} acts={<Button type="primary" icon={<Icon name="plus" />} disabled={tenant?.state !== 'active'} onClick={() => setDialog('create')}>{t('create')}<kbd className="ms-kbd">c</kbd></Button>}>
      <div className="ms-split" data-wide>
        <QueryView query={tree}>{(data) => <TreePane label={t('tree')} selected={tenant?.id ?? null} onSelect={open} items={data.items.map((one) => ({ id: one.id, parentId: one.parentId, name: one.name, code: one.code, off: one.state === 'suspended', note: levelName(one.level) }))} />}</QueryView>
        <div className="ms-split-main">{tenant ? <View tenant={tenant} below={below} self={tenant.id === user.tenantId} onAct={setDialog} onOpen={open} /> : null}</div>
      </div>
      <ActDrawer open={dialog === 'create' && tenant !== undefined} onClose={close} title={t('create')} sub={tenant ? `${t('parent')} ${tenant.name}` : ''} schema={newTenant} loaders={{ area: areaLoader }} initial={{ kind: 'administration' }} draftKey="tenant:new" submitLabel={t('create')}
        submit={async ({ centreCode, centreName, adminLogin, adminName, adminMobile, ...rest }) => {
          const made = await send('createTenant', { ...rest, parentId: tenant?.id, centre: { code: centreCode, name: centreName }, admin: { login: adminLogin, name: adminName, mobile: adminMobile ?? null } })
          setGiven({ login: made.adminLogin, password: made.oneTimePassword, name: String(rest.name) })
          open(made.id)
        }} />
      <ActDrawer open={dialog === 'edit' && tenant !== undefined} onClose={close} title={t('edit')} sub={tenant?.name ?? ''} loaders={{ area: areaLoader }} submitLabel={t('edit')} initial={tenant ? { name: tenant.name, areaCode: tenant.areaCode, timeZone: tenant.timeZone } : {}}
        schema={{ type: 'object', required: ['name', 'areaCode', 'timeZone'], properties: { name: { type: 'string', title: t('name'), minLength: 2, maxLength: 40 }, areaCode: { type: 'string', title: t('area'), format: 'area', 'x-half': true }, timeZone: { type: 'string', title: t('zone'), 'x-half': true } } }}
        submit={async (values) => { await send('changeTenant', { ...values, id: tenant?.id, version: tenant?.version }); say(t('saved')) }} />
      {tenant ? (
        <>
          <TypedConfirm open={dialog === 'suspend'} onClose={close} title={t('suspendTitle', { name: tenant.name })} text={t('suspendText')} word={tenant.name} verb={t('suspend')} reason="must" run={async (reason) => { await send('suspendTenant', { id: tenant.id, reason }); say(t('suspendDone')) }} />
          <TypedConfirm open={dialog === 'reopen'} onClose={close} title={t('reopenTitle', { name: tenant.name })} text={t('reopenText')} word={tenant.name} verb={t('reopen')} reason="must" run={async (reason) => { await send('reopenTenant', { id: tenant.id, reason }); say(t('reopenDone')) }} />
        </>
      ) : null}
      <OneTimePassword given={given} title={t('oneTime', { name: given?.name ?? '' })} onClose={() => setGiven(null)} />
    </Page>
  )
}

type ViewProps = { tenant: Tenant; below: Tenant[]; self: boolean; onAct: (dialog: 'edit' | 'suspend' | 'reopen') => void; onOpen: (id: string) => void }

function View({ tenant, below, self, onAct, onOpen }: ViewProps): ReactElement {
  const query = self ? '' : `?tenantId=${tenant.id}`
  return (
    <>
      <Section title={<span className="ms-row">{tenant.name} <span className="ms-code ms-muted">{tenant.code}</span><Tag tone={tenant.state === 'active' ? 'ok' : 'calm'}>{t(tenant.state)}</Tag></span>}
        extra={<div className="ms-acts"><Button type="primary" onClick={() => onAct('edit')}>{t('edit')}</Button>{self ? null : tenant.state === 'active' ? <Button danger onClick={() => onAct('suspend')}>{t('suspend')}</Button> : <Button onClick={() => onAct('reopen')}>{t('reopen')}</Button>}</div>}>
        <Facts columns={2} items={[
          { label: t('level'), value: levelName(tenant.level) }, { label: t('area'), value: <>{tenant.areaName} <span className="ms-code ms-muted">{tenant.areaCode}</span></> },
          { label: t('kind'), value: t(`kind_${tenant.kind}`) }, { label: t('zone'), value: tenant.timeZone },
          { label: t('users'), value: <Link to={`/admin/users${query}`}>{count(tenant.users)}</Link> }, { label: t('units'), value: <Link to={`/admin/units${query}`}>{count(tenant.units)}</Link> },
          { label: t('created'), value: <Time iso={tenant.createdAt} /> }, { label: t('suspendedWhy'), value: tenant.stateReason, hidden: tenant.state === 'active' },
          { label: t('manage'), value: <span className="ms-row"><Link to={`/admin/units${query}`}>{t('manageUnits')}</Link><Link to={`/admin/users${query}`}>{t('manageUsers')}</Link><Link to={`/admin/roles${query}`}>{t('manageRoles')}</Link><Link to={`/admin/settings${query}`}>{t('manageSettings')}</Link></span> },
        ]} />
      </Section>
      <TenantControl tenantId={tenant.id} />
      {self ? null : <TenantDifferences tenantId={tenant.id} />}
      {below.length ? (
        <Section flush title={`${t('below')} ${below.length}`}>
          <table className="ms-plain-table">
            <thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('level')}</th><th scope="col">{t('area')}</th><th scope="col" className="ms-num">{t('units')}</th><th scope="col" className="ms-num">{t('users')}</th><th scope="col">{t('state')}</th></tr></thead>
            <tbody>{below.map((one) => <tr key={one.id}><td><button type="button" className="ms-link-button" onClick={() => onOpen(one.id)}>{one.name}</button></td><td>{levelName(one.level)}</td><td>{one.areaName}</td><td className="ms-num">{count(one.units)}</td><td className="ms-num">{count(one.users)}</td><td><Tag tone={one.state === 'active' ? 'ok' : 'calm'}>{t(one.state)}</Tag></td></tr>)}</tbody>
          </table>
        </Section>
      ) : null}
    </>
  )
}
