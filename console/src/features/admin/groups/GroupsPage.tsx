// User groups: teams that share their data scope, and working groups that hold roles until a day.
import { Button, Input } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import type { FormSchema } from '../../../ui/form-rules.ts'
import { Icon } from '../../../ui/icons.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { say } from '../../../ui/notices.ts'
import { Facts, Page, Section, Time } from '../../../ui/Page.tsx'
import type { TreeLoader } from '../../../ui/Pickers.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { day, now, when } from '../../../ui/time.ts'
import { unitLoader, userLoader } from '../../orders/pickers.ts'
import { TypedConfirm } from '../parts/Dialogs.tsx'
import { scopeName, scopes } from '../parts/scopes.ts'
import { useAct } from '../../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Item = OutputOf<'listGroups'>['items'][number]
type Group = OutputOf<'getGroup'>
const isOver = (group: Pick<Item, 'endsOn'>): boolean => group.endsOn !== null && group.endsOn < new Intl.DateTimeFormat('sv-SE').format(now())
const stateOf = (group: Pick<Item, 'state' | 'endsOn'>): ReactElement => group.state === 'disabled' ? <Tag tone="calm">{t('disabled')}</Tag> : isOver(group) ? <Tag tone="near">{t('over')}</Tag> : <Tag tone="ok">{t('active')}</Tag>

export default function GroupsPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const [typed, setTyped] = useState('')
  const groups = useQueryOf('listGroups', {})
  const send = useAct('listGroups', 'getGroup')
  const [creating, setCreating] = useState(false)
  const items = (groups.data?.items ?? []).filter((group) => group.name.includes(typed.trim()))
  const chosen = items.find((group) => group.id === search.get('group')) ?? items[0]
  useKeys(t('title'), [{ keys: 'c', label: t('create'), run: () => setCreating(true) }])
  return (
    <Page fill title={t('title')} help="groups" state={<span className="ms-muted">{groups.data ? t('count', { n: groups.data.items.length }) : ''}</span>}
      acts={<Button type="primary" icon={<Icon name="plus" />} onClick={() => setCreating(true)}>{t('create')}<kbd className="ms-kbd">c</kbd></Button>}>
      <div className="ms-split">
        <nav className="ms-split-list" aria-label={t('title')}>
          <div className="ms-treepane-head"><Input allowClear prefix={<Icon name="search" size={14} />} placeholder={t('search')} aria-label={t('search')} value={typed} onChange={(e) => setTyped(e.target.value)} /></div>
          <QueryView query={groups}>
            {() => <div className="ms-picklist">{items.map((group) => (
              <button key={group.id} type="button" aria-current={group.id === chosen?.id} onClick={() => setSearch({ group: group.id })}>
                <span className="ms-ellipsis">{group.name}</span><span className="ms-grow" /><span className="ms-hint">{group.state === 'disabled' ? t('disabled') : t('membersN', { n: group.members })}</span>
              </button>
            ))}{items.length === 0 && typed ? <Empty kind="filter" /> : null}</div>}
          </QueryView>
        </nav>
        <div className="ms-split-main">
          {chosen ? <GroupView key={chosen.id} id={chosen.id} /> : groups.data ? <section className="ms-section"><Empty kind="done" text={t('none')} hint={t('noneHint')} action={{ label: t('create'), run: () => setCreating(true) }} /></section> : null}
        </div>
      </div>
      <GroupForm open={creating} group={null} onClose={() => setCreating(false)} submit={async (values) => {
        const made = await send('createGroup', values)
        say(t('created', { name: String(values.name) }))
        setSearch({ group: made.id })
      }} />
    </Page>
  )
}

function GroupView({ id }: { id: string }): ReactElement {
  const group = useQueryOf('getGroup', { id })
  const send = useAct('listGroups', 'getGroup')
  const [dialog, setDialog] = useState<'edit' | 'remove' | 'disable' | null>(null)
  const close = () => setDialog(null)
  return (
    <QueryView query={group}>
      {(data) => (
        <>
          <Section title={<span className="ms-row">{data.name} {stateOf(data)}</span>} extra={<div className="ms-acts">
            <Button type="primary" onClick={() => setDialog('edit')}>{t('edit')}</Button>
            {data.state === 'active' ? <Button onClick={() => setDialog('disable')}>{t('disable')}</Button> : <Button onClick={() => void send('changeGroup', { id, version: data.version, state: 'active' }).then(() => say(t('saved')), (error: Error) => say(error.message, 'over'))}>{t('enable')}</Button>}
            <Button danger onClick={() => setDialog('remove')}>{t('remove')}</Button>
          </div>}>
            <Facts columns={2} items={[
              { label: t('kind'), value: t(`kind_${data.kind}`) }, { label: t('unit'), value: data.unitName }, ...(data.ownUnitId ? [{ label: t('ownUnit'), value: <>{data.name} <span className="ms-code">{data.ownUnitCode}</span></> }] : []), { label: t('purpose'), value: data.purpose }, { label: t('endsOn'), value: data.endsOn ? day(data.endsOn) : t('always') },
              { label: t('roles'), value: data.roles.length ? data.roles.map((role) => `${role.name}${role.scope ? `（${scopeName(role.scope)}）` : ''}`).join('、') : t('noRoles') },
              { label: t('changed'), value: t('changedBy', { who: data.changedBy, time: when(data.changedAt) }) },
            ]} />
          </Section>
          <Section flush={data.members.length > 0} title={`${t('members')} ${data.members.length}`}>
            {data.members.length === 0 ? <span className="ms-muted">{t('noMembers')}</span> : (
              <table className="ms-plain-table">
                <thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('staffNo')}</th><th scope="col">{t('unit')}</th><th scope="col">{t('leader')}</th><th scope="col">{t('since')}</th></tr></thead>
                <tbody>{data.members.map((one) => <tr key={one.userId}><td>{one.name}</td><td className="ms-code">{one.staffNo}</td><td>{one.unitName}</td><td>{one.leader ? <Tag tone="primary">{t('leader')}</Tag> : null}</td><td>{one.addedBy} <Time iso={one.joinedAt} /></td></tr>)}</tbody>
              </table>
            )}
          </Section>
          <GroupForm open={dialog === 'edit'} group={data} onClose={close} submit={async (values) => {
            const { unitId: _unit, ...rest } = values
            await send('changeGroup', { ...rest, id, version: data.version })
            say(t('saved'))
          }} />
          <TypedConfirm open={dialog === 'remove'} onClose={close} title={t('removeTitle', { name: data.name })} text={t('removeText')} word={data.name} verb={t('remove')} reason="may" run={async (reason) => { await send('deleteGroup', { id, ...(reason ? { reason } : {}) }); say(t('removed')) }} />
          <TypedConfirm open={dialog === 'disable'} onClose={close} title={t('disableTitle', { name: data.name })} text={t('disableText')} word={data.name} verb={t('disable')} reason="may" run={async (reason) => { await send('changeGroup', { id, version: data.version, state: 'disabled', ...(reason ? { reason } : {}) }); say(t('saved')) }} />
        </>
      )}
    </QueryView>
  )
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])

function GroupForm({ open, group, onClose, submit }: { open: boolean; group: Group | null; onClose: () => void; submit: (values: Record<string, unknown>) => Promise<void> }): ReactElement {
  const { can } = useSession()
  const grant = can('platform.grantRoles')
  const roles = useQueryOf('listRoles', {}, { enabled: open && grant })
  const people = useMemo(() => known(group), [group])
  const schema: FormSchema = {
    type: 'object', required: ['name', 'kind', ...(group ? [] : ['unitId'])],
    properties: {
      name: { type: 'string', title: t('name'), maxLength: 40 },
      kind: { type: 'string', title: t('kind'), description: t('kindHint'), oneOf: [{ const: 'team', title: t('kind_team') }, { const: 'project', title: t('kind_project') }, { const: 'virtual', title: t('kind_virtual') }].filter(({ const: kind }) => !group || (kind === 'virtual') === (group.kind === 'virtual')) },
      ...(group ? {} : { unitId: { type: 'string' as const, title: t('unit'), format: 'unit', 'x-half': true } }),
      endsOn: { type: 'string', title: t('endsOn'), description: t('endsHint'), format: 'date', 'x-half': true },
      purpose: { type: 'string', title: t('purpose'), format: 'textarea', maxLength: 200 },
      members: { type: 'array', title: t('members'), items: { type: 'string', format: 'user' } },
      leaders: { type: 'array', title: t('leaders'), description: t('leadersHint'), items: { type: 'string', format: 'user' } },
      ...(grant ? {
        roles: { type: 'array' as const, title: t('roles'), description: t('rolesHint'), items: { type: 'string' as const, oneOf: (roles.data?.items ?? []).filter((role) => role.state === 'active').map((role) => ({ const: role.id, title: role.name })) } },
        scope: { type: 'string' as const, title: t('scope'), description: t('scopeHint'), 'x-buttons': false, oneOf: scopes.map((scope) => ({ const: scope, title: scopeName(scope) })) },
      } : {}),
      ...(group ? { reason: { type: 'string' as const, title: t('reason'), maxLength: 200 } } : {}),
    },
  }
  const initial = group
    ? { name: group.name, kind: group.kind, purpose: group.purpose, ...(group.endsOn ? { endsOn: group.endsOn } : {}), members: group.members.map((one) => one.userId), leaders: group.members.filter((one) => one.leader).map((one) => one.userId), roles: group.roles.map((one) => one.roleId), ...(group.roles[0]?.scope ? { scope: group.roles[0].scope } : {}) }
    : { kind: 'team' }
  return (
    <ActDrawer key={group ? `${group.id} ${group.version}` : 'new'} open={open} onClose={onClose} title={group ? t('edit') : t('create')} sub={group?.name ?? ''} schema={schema} initial={initial} loaders={{ unit: unitLoader(), user: people }} submitLabel={group ? t('edit') : t('create')}
      submit={async ({ leaders, members, roles: chosen, scope, ...rest }) => {
        const lead = new Set(texts(leaders))
        const all = [...new Set([...texts(members), ...lead])]
        await submit({ endsOn: null, purpose: '', ...rest, members: all.map((userId) => ({ userId, leader: lead.has(userId) })), ...(grant ? { roles: texts(chosen).map((roleId) => ({ roleId, scope: scope ?? null })) } : {}) })
      }} />
  )
}

/** People found by search; those already in the group are known by name. */
function known(group: Group | null): TreeLoader {
  const loader = userLoader()
  const names = new Map((group?.members ?? []).map((one) => [one.userId, { id: one.userId, name: one.name, path: one.unitName ?? '' }]))
  return { ...loader, name: `members:${group?.id ?? ''}`, byIds: async (ids, signal) => Promise.all(ids.map(async (id) => names.get(id) ?? (await loader.byIds([id], signal))[0] ?? { id, name: id })) }
}
