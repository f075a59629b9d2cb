// Roles by group, and of one role the matrix of functions and data scopes with inheritance.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import type { FormSchema } from '../../../ui/form-rules.ts'
import { Icon } from '../../../ui/icons.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { say } from '../../../ui/notices.ts'
import { Page } from '../../../ui/Page.tsx'
import { grouped } from '../../../ui/grouped.ts'
import { useTenant } from '../parts/TenantChoice.tsx'
import { useAct } from '../../../ui/use-act.ts'
import { RoleView } from './RoleView.tsx'
import { t } from './texts.zh-CN.ts'

export default function RolesPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const { can } = useSession()
  const { tenantId, choice } = useTenant('platform.readRoles')
  const of = tenantId ? { tenantId } : {}
  const roles = useQueryOf('listRoles', of)
  const manage = can('platform.manageRoles')
  const templates = useQueryOf('listRoleTemplates', {}, { enabled: manage, staleTime: 600_000 })
  const send = useAct('listRoles', 'getRole')
  const [creating, setCreating] = useState<{ copyOf?: string } | null>(null)
  const items = roles.data?.items ?? []
  const chosen = items.find((role) => role.id === search.get('role')) ?? items[0]
  const open = (id: string) => setSearch((before) => { const next = new URLSearchParams(before); next.set('role', id); return next })
  const move = (by: number) => {
    const next = items[Math.max(0, Math.min(items.length - 1, items.findIndex((role) => role.id === chosen?.id) + by))]
    if (next) open(next.id)
  }
  useKeys(t('title'), [
    { keys: 'j', label: '下一个', run: () => move(1) }, { keys: 'k', label: '上一个', run: () => move(-1) }, { keys: 'c', label: t('create'), run: () => setCreating({}), enabled: manage },
  ])
  const schema: FormSchema = {
    type: 'object', required: ['code', 'name', 'from', 'template', 'copyOf'],
    properties: {
      code: { type: 'string', title: t('code'), description: t('codeHint'), pattern: '^[A-Za-z][A-Za-z0-9_\\-]{1,39}$', 'x-half': true },
      name: { type: 'string', title: t('name'), maxLength: 40, 'x-half': true },
      group: { type: 'string', title: t('group'), maxLength: 40, 'x-half': true },
      startPage: { type: 'string', title: t('startPage'), description: t('startPageHint'), 'x-half': true },
      description: { type: 'string', title: t('description'), format: 'textarea', maxLength: 200 },
      from: { type: 'string', title: t('from'), oneOf: [{ const: 'empty', title: t('fromEmpty') }, { const: 'template', title: t('fromTemplate') }, { const: 'role', title: t('fromRole') }] },
      template: { type: 'string', title: t('template'), 'x-buttons': false, 'x-visibleIf': { field: 'from', equals: 'template' }, oneOf: (templates.data?.items ?? []).map((one) => ({ const: one.code, title: `${one.name} · ${one.description}` })) },
      copyOf: { type: 'string', title: t('source'), 'x-buttons': false, 'x-visibleIf': { field: 'from', equals: 'role' }, oneOf: items.map((role) => ({ const: role.id, title: role.name })) },
    },
  }
  return (
    <Page fill title={t('title')} help="roles" state={<span className="ms-muted">{roles.data ? items.length : ''}</span>}
      acts={<>{choice}{manage ? <Button type="primary" icon={<Icon name="plus" />} onClick={() => setCreating({})}>{t('create')}<kbd className="ms-kbd">c</kbd></Button> : null}</>}>
      <div className="ms-split">
        <nav className="ms-split-list" aria-label={t('list')}>
          <QueryView query={roles}>
            {(data) => (
              <div className="ms-picklist">
                {[...grouped(data.items, (role) => role.group || t('ungrouped'))].map(([group, list]) => (
                  <div key={group}>
                    <h3>{group}</h3>
                    {list.map((role) => (
                      <button key={role.id} type="button" aria-current={role.id === chosen?.id} onClick={() => open(role.id)}>
                        <span className="ms-ellipsis">{role.name}</span>{role.state === 'disabled' ? <span className="ms-hint">{t('disabled')}</span> : null}
                        <span className="ms-grow" /><span className="ms-hint">{t('holdersN', { n: role.holders })}</span>
                      </button>
                    ))}
                  </div>
                ))}
              </div>
            )}
          </QueryView>
        </nav>
        <div className="ms-split-main">
          {chosen ? <RoleView key={chosen.id} id={chosen.id} roles={items} manage={manage} onCopy={() => setCreating({ copyOf: chosen.id })} /> : roles.data ? <section className="ms-section"><Empty kind="done" text={t('choose')} /></section> : null}
        </div>
      </div>
      <ActDrawer open={creating !== null} onClose={() => setCreating(null)} title={t('create')} schema={schema} initial={{ from: creating?.copyOf ? 'role' : 'empty', copyOf: creating?.copyOf, startPage: '/home' }} submitLabel={t('create')}
        submit={async ({ from: _from, ...values }) => {
          const made = await send('createRole', { ...values, ...of })
          say(t('created', { name: String(values.name) }))
          open(made.id)
        }} />
    </Page>
  )
}
