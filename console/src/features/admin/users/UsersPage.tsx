// All accounts of the tenant: found by unit, role, state; created with a password shown once; imported row by row.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { call } from '../../../api/call.ts'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { ListPage } from '../../../ui/ListPage.tsx'
import type { Column, Filter } from '../../../ui/ListPage.tsx'
import { Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { OneTimePassword } from '../parts/Dialogs.tsx'
import { localLoader } from '../../../ui/local-loader.ts'
import { SheetImport } from '../parts/SheetImport.tsx'
import { useTenant } from '../parts/TenantChoice.tsx'
import { cleared, useAct } from '../../../ui/use-act.ts'
import { checkPosts, clearable, importColumns, newSchema, postsOf, PostsField } from './user-forms.tsx'
import { t } from './texts.zh-CN.ts'

type User = OutputOf<'listUsers'>['items'][number]
const tones = { active: 'ok', disabled: 'calm', deleted: 'plain' } as const

const columns: Column<User>[] = [
  { key: 'staffNo', title: t('staffNo'), width: 110, render: (user) => <span className="ms-code">{user.staffNo}</span>, text: (user) => user.staffNo },
  { key: 'name', title: t('name'), width: 100, render: (user) => user.name },
  { key: 'login', title: t('login'), width: 140, render: (user) => user.login },
  { key: 'unitName', title: t('unit'), width: 200, wide: true, render: (user) => user.unitName },
  { key: 'roles', title: t('roles'), width: 220, render: (user) => user.roles.join('、') },
  { key: 'mobileMasked', title: t('mobile'), width: 120, render: (user) => user.mobileMasked },
  { key: 'state', title: t('state'), width: 80, render: (user) => <Tag tone={tones[user.state]}>{t(user.state)}</Tag> },
  { key: 'validTo', title: t('validTo'), width: 110, render: (user) => user.validTo, hidden: true },
  { key: 'lastSignInAt', title: t('lastSignIn'), width: 130, render: (user) => (user.lastSignInAt ? <Time iso={user.lastSignInAt} /> : <span className="ms-hint">{t('never')}</span>) },
]

export default function UsersPage(): ReactElement {
  const { can } = useSession()
  const { tenantId, choice, filters: tenantFilters } = useTenant('platform.readUsers')
  const of = useMemo(() => (tenantId ? { tenantId } : {}), [tenantId])
  const tree = useQueryOf('getUnitTree', { ...of, disabled: 'false' })
  const mayRead = can(['platform.readRoles', 'platform.grantRoles'])
  const roles = useQueryOf('listRoles', of, { enabled: mayRead })
  const units = useMemo(() => localLoader(`units-of:${tenantId ?? ''}:${tree.data?.items.length ?? 0}`, tree.data?.items ?? []), [tree.data, tenantId])
  const send = useAct('list', 'listUsers', 'getUnitTree')
  const [creating, setCreating] = useState(false)
  const [importing, setImporting] = useState(false)
  const [given, setGiven] = useState<{ login: string; password: string; name: string } | null>(null)
  const manage = can('platform.manageUsers')
  const activeRoles = (roles.data?.items ?? []).filter((role) => role.state === 'active')
  const filters: Filter[] = [
    { key: 'unitId', label: t('units'), kind: 'pick', loader: units },
    ...(mayRead ? [{ key: 'roleId', label: t('role'), kind: 'select' as const, options: activeRoles.map((role) => ({ value: role.id, label: role.name })) }] : []),
    { key: 'state', label: t('state'), kind: 'select', options: [{ value: 'active', label: t('active') }, { value: 'disabled', label: t('disabled') }] },
    ...tenantFilters,
  ]
  useKeys(t('title'), [{ keys: 'c', label: t('create'), run: () => setCreating(true), enabled: manage }])
  return (
    <>
      <ListPage<User> page="users" title={t('title')} columns={columns} filters={filters} rowKey={(user) => user.id} open={(user) => `/admin/users/${user.id}`} searchHint={t('search')} searchKey="query" exportable help="users" empty={{ text: t('empty') }}
        load={(query, signal) => { const { q, sort: _sort, ...rest } = query; return call('listUsers', { ...rest, ...(q ? { query: q } : {}) }, { signal }) }}
        acts={<>
          {choice}
          {manage ? <Button type="text" icon={<Icon name="upload" />} onClick={() => setImporting(true)}>{t('import')}</Button> : null}
          {manage ? <Button type="primary" icon={<Icon name="plus" />} onClick={() => setCreating(true)}>{t('create')}<kbd className="ms-kbd">c</kbd></Button> : null}
        </>} />
      <ActDrawer open={creating} onClose={() => setCreating(false)} title={t('create')} schema={newSchema(can('platform.grantRoles') ? activeRoles : [])} initial={{ posts: [{ unitId: '', main: true, title: null }] }} check={checkPosts}
        own={{ names: ['posts'], render: (form) => <PostsField form={form} loader={units} /> }} draftKey="user:new" submitLabel={t('create')}
        submit={async (values) => {
          const chosen = Array.isArray(values.roles) ? values.roles : []
          const made = await send('createUser', { ...cleared(values, clearable), ...of, posts: postsOf(values), roles: chosen.map((roleId: unknown) => ({ roleId, scope: null })) })
          setGiven({ login: String(values.login), password: made.oneTimePassword, name: String(values.name) })
        }} />
      <OneTimePassword given={given} title={t('oneTime', { name: given?.name ?? '' })} onClose={() => setGiven(null)} />
      <SheetImport open={importing} onClose={() => setImporting(false)} what={t('importWhat')} note={t('importNote')} columns={importColumns} check={(rows) => send('importUsers', { rows, ...of, checkOnly: true })} run={(rows) => send('importUsers', { rows, ...of })} />
    </>
  )
}
