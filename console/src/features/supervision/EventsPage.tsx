// 预警事件督办: events that wait, the tasks on them, the log; an event opens with its six kinds of information.
import { Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/ListPage.tsx'
import { Facts, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { words } from '../orders/acts/form-values.ts'
import { unitLoader } from '../orders/pickers.ts'
import { choice, dueField, form, inHours, listOf, long, many } from './fields.ts'
import { FormActs } from './FormActs.tsx'
import { reads } from '../../ui/reads.ts'
import { t } from './texts.zh-CN.ts'
import { w } from './words.zh-CN.ts'

type Row = OutputOf<'listSupervisedEvents'>['items'][number]
const load = reads<Row>('/api/supervision/events')
const tones = { awaiting: 'near', open: 'primary', replied: 'ok', closed: 'calm' } as const
const statuses = ['awaiting', 'open', 'replied', 'closed'] as const
const columns: Column<Row>[] = [
  { key: 'number', title: w('event.number'), width: 176, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'status', title: t('col.state'), width: 110, render: (row) => <Tag tone={row.overdue ? 'over' : tones[row.status]}>{row.statusName}</Tag> },
  { key: 'title', title: t('col.title'), width: 200, wide: true, render: (row) => row.title },
  { key: 'level', title: w('event.level'), width: 70, yields: 1, render: (row) => row.levelName },
  { key: 'rule', title: w('event.rule'), width: 130, render: (row) => row.ruleName },
  { key: 'unit', title: t('col.unit'), width: 170, render: (row) => row.unitName },
  { key: 'raised', title: w('event.raised'), width: 112, render: (row) => <Time iso={row.raisedAt} /> },
  { key: 'due', title: w('f.replyDue'), width: 112, render: (row) => <Time iso={row.replyDueAt} /> },
]

export default function EventsPage(): ReactElement {
  const [open, setOpen] = useState<Row | null>(null)
  const views = useMemo((): ListView[] => statuses.map((status) => ({ id: status, name: w(`event.${status}`), filter: { status: [status] } })), [])
  const filters = useMemo((): Filter[] => [
    { key: 'status', label: t('col.state'), kind: 'select', options: statuses.map((value) => ({ value, label: w(`event.${value}`) })) },
    { key: 'unitId', label: t('filter.unit'), kind: 'pick', loader: unitLoader() },
    { key: 'raised', label: w('event.raised'), kind: 'dates', keys: ['from', 'to'] },
  ], [])
  return (
    <>
      <ListPage<Row> page="supervisedEvents" noSearch title={w('events')} acts={<RuleChoice />} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => row.taskId ?? row.id} onOpen={setOpen} topic="supervision.board" empty={{ text: w('noEvents'), hint: w('noEventsHint') }} countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count} />
      <Drawer open={open !== null} onClose={() => setOpen(null)} size={760} destroyOnHidden title={open?.title ?? ''}>{open ? <OpenEvent id={open.id} /> : null}</Drawer>
    </>
  )
}

/** Which warning rules take part, for those who configure supervision. */
function RuleChoice(): ReactElement | null {
  const { data } = useQueryOf('listSupervisedEvents', { limit: 1 })
  if (!data?.mayChoose) return null
  const chosen = data.rules.filter((rule) => rule.chosen).map((rule) => rule.id)
  return <FormActs draft="eventRules" acts={[{
    id: 'rules', label: w('eventRules'), notice: w('eventRulesHint'), initial: { ruleIds: chosen.length === data.rules.length ? [] : chosen },
    schema: form({ ruleIds: many(w('eventRulesPick'), data.rules.map((rule) => ({ value: rule.id, label: rule.name }))) }),
    send: (v) => call('chooseWarningRules', { ruleIds: listOf(v['ruleIds']) }),
  }]} />
}

function OpenEvent({ id }: { id: string }): ReactElement {
  const event = useQueryOf('showSupervisedEvent', { id })
  return (
    <QueryView query={event}>
      {(data) => (
        <div className="ms-stack">
          <FormActs draft={`event:${id}`} main="supervise" sub={<bdi className="ms-code">{data.number}</bdi>} acts={[
            data.maySupervise && {
              id: 'supervise', label: w('supervise'), initial: { unitId: data.units[0]?.id, replyDueAt: inHours(24) },
              schema: form({ unitId: choice(w('f.unit'), data.units.map((unit) => ({ value: unit.id, label: unit.name }))), replyDueAt: dueField(w('f.replyDue')), demand: long(w('f.demand'), 500), ...(data.leaders.length > 0 ? { leaderId: choice(w('event.leader'), data.leaders.map((one) => ({ value: one.id, label: one.name }))) } : {}) }, ['unitId', 'replyDueAt', 'demand']),
              send: (v) => call('superviseEvent', { id, unitId: words(v, 'unitId'), replyDueAt: words(v, 'replyDueAt'), demand: words(v, 'demand'), ...(words(v, 'leaderId') ? { leaderId: words(v, 'leaderId') } : {}) }),
            },
          ]} />
          {data.reason ? <p className="ms-hint">{data.reason}</p> : null}
          {data.tasks.map((task) => <p key={task.taskId} className="ms-row"><Link to={`/supervision/tasks/${task.taskId}`}>{w('task')}</Link><span>{task.unitName}</span><Tag>{task.stateName}</Tag><span className="ms-hint">{task.startedByName} <Time iso={task.startedAt} /></span></p>)}
          {data.panels.map((panel) => (
            <Section key={panel.kind} title={panel.name}>
              <Facts columns={2} items={panel.facts} />
              {panel.orders.map((order) => <p key={order.id}><Link to={`/orders/${order.number}`}><bdi className="ms-code">{order.number}</bdi> {order.title}</Link> <span className="ms-hint">{order.stateName}</span></p>)}
            </Section>
          ))}
        </div>
      )}
    </QueryView>
  )
}
