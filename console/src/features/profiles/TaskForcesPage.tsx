// 专班与值守: members of each task force and who is on duty when (ORD-20).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { PickerInput } from '../../ui/Pickers.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useRefreshOrders } from '../orders/order-data.ts'
import { userLoader } from '../orders/pickers.ts'
import { when } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Force = OutputOf<'listTaskForces'>['items'][number]
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

export default function TaskForcesPage(): ReactElement {
  const query = useQueryOf('listTaskForces', {})
  const [editing, setEditing] = useState<Force | 'new' | null>(null)
  const [rostering, setRostering] = useState<Force | null>(null)
  return (
    <Page title={t('forces')} sub={query.data ? t('forcesHint', { n: query.data.fallbackMinutes }) : undefined} acts={<Button type="primary" onClick={() => setEditing('new')}>{t('newForce')}</Button>}>
      <QueryView query={query}>
        {({ items }) => (items.length === 0 ? <Empty kind="done" text={t('noForces')} hint={t('noForcesHint')} /> : (
          <div className="ms-stack">{items.map((one) => <ForceCard key={one.id} force={one} onEdit={() => setEditing(one)} onRoster={() => setRostering(one)} />)}</div>
        ))}
      </QueryView>
      {editing ? <ForceDrawer key={editing === 'new' ? 'new' : editing.id} force={editing === 'new' ? null : editing} onClose={() => setEditing(null)} /> : null}
      {rostering ? <DutyDrawer key={rostering.id} force={rostering} onClose={() => setRostering(null)} /> : null}
    </Page>
  )
}

function ForceCard({ force, onEdit, onRoster }: { force: Force; onEdit: () => void; onRoster: () => void }): ReactElement {
  const remove = useCommand('removeTaskForceDuty', { invalidates: ['listTaskForces', 'ownQueues'] })
  return (
    <Section title={<span className="ms-row">{force.name}<span className="ms-hint ms-code">{force.code}</span>{force.enabled ? null : <Tag tone="calm">{t('off')}</Tag>}{force.members.length === 0 ? <Tag tone="near">{t('noMembers')}</Tag> : force.onDuty.length === 0 ? <Tag tone="over">{t('nobody')}</Tag> : <Tag tone="ok">{t('onDuty', { n: force.onDuty.length })}</Tag>}</span>}
      extra={<><Button size="small" disabled={force.members.length === 0} title={force.members.length === 0 ? t('membersFirst') : undefined} onClick={onRoster}>{t('addDuty')}</Button> <Button size="small" onClick={onEdit}>{t('editForce')}</Button></>}>
      <div className="ms-stack">
        <div className="ms-row ms-wrap"><span className="ms-hint">{t('members')}</span>{force.members.length === 0 ? <span className="ms-hint">{t('noMembersHint')}</span> : force.members.map((one) => <Tag key={one.id}>{one.name}</Tag>)}</div>
        <div className="ms-row ms-wrap"><span className="ms-hint">{t('waiting', { n: force.waiting })}</span>{force.left > 0 ? <span className="ms-hint">{t('left', { n: force.left })}</span> : null}</div>
        {force.duties.length > 0 ? (
          <ul className="ms-plain-list">
            {force.duties.map((one) => <li key={one.id} className="ms-row"><Tag tone={one.now ? 'ok' : 'plain'}>{one.now ? t('now') : t('planned')}</Tag>{one.user.name}<span className="ms-hint">{when(one.startsAt)} – {when(one.endsAt)}</span><button type="button" className="ms-link-button" onClick={() => void remove.mutateAsync({ id: force.id, dutyId: one.id }).catch((error: Error) => say(error.message, 'over'))}>{t('removeDuty')}</button></li>)}
          </ul>
        ) : force.members.length > 0 ? <span className="ms-hint">{t('noDuties')}</span> : null}
      </div>
    </Section>
  )
}

const users = userLoader({ permission: 'orders.review' })

function ForceDrawer({ force, onClose }: { force: Force | null; onClose: () => void }): ReactElement {
  const send = useAct('listTaskForces', 'ownQueues')
  return (
    <ActDrawer open onClose={onClose} title={force ? t('editForce') : t('newForce')} sub={force?.name} submitLabel={t('save')} onDone={() => { say(t('saved')); onClose() }}
      schema={{
        type: 'object', required: ['name', ...(force ? [] : ['code'])],
        properties: {
          ...(force ? {} : { code: { type: 'string' as const, title: t('code'), maxLength: 40, pattern: '^[a-z][A-Za-z0-9]{1,39}$', description: t('codeHint') } }),
          name: { type: 'string', title: t('name'), maxLength: 60 }, fallbackMinutes: { type: 'integer', title: t('fallback'), minimum: 1, maximum: 10_000, 'x-unit': t('minutes'), description: t('fallbackHint') }, enabled: { type: 'boolean', title: t('on') },
        },
      }}
      initial={force ? { name: force.name, fallbackMinutes: force.fallbackMinutes ?? undefined, enabled: force.enabled, userIds: force.members.map((m) => m.id) } : { enabled: true, userIds: [] }}
      own={{ names: ['userIds'], render: (form) => <div className="ms-field" data-field="userIds"><span className="ms-field-label">{t('members')}</span><PickerInput multiple loader={users} value={strings(form.value.userIds)} onChange={(next) => form.set({ userIds: next })} placeholder={t('chooseMembers')} /></div> }}
      submit={(v) => {
        const body = { name: String(v.name), fallbackMinutes: typeof v.fallbackMinutes === 'number' ? v.fallbackMinutes : null, enabled: v.enabled === true, userIds: strings(v.userIds) }
        return force ? send('changeTaskForce', { id: force.id, version: force.version, ...body }) : send('createTaskForce', { code: String(v.code), ...body })
      }} />
  )
}

function DutyDrawer({ force, onClose }: { force: Force; onClose: () => void }): ReactElement {
  const refresh = useRefreshOrders()
  const send = useAct('listTaskForces', 'ownQueues')
  return (
    <ActDrawer open onClose={onClose} title={t('addDuty')} sub={force.name} submitLabel={t('addDuty')} onDone={() => { void refresh(); say(t('saved')); onClose() }}
      schema={{
        type: 'object', required: ['userIds', 'startsAt', 'endsAt'],
        properties: { userIds: { type: 'array', title: t('members'), items: { type: 'string', oneOf: force.members.map((m) => ({ const: m.id, title: m.name })) } }, startsAt: { type: 'string', format: 'date-time', title: t('from'), 'x-half': true }, endsAt: { type: 'string', format: 'date-time', title: t('to'), 'x-half': true } },
      }}
      submit={(v) => send('addTaskForceDuty', { id: force.id, userIds: strings(v.userIds), startsAt: v.startsAt, endsAt: v.endsAt })} />
  )
}
