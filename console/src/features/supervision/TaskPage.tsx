// One supervision task: what is asked, of whom, every step, and what each side may do next.
import type { ReactElement } from 'react'
import { Link, useParams } from 'react-router'
import { Button } from 'antd'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { useSession } from '../../app/session.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { ClockChip, Tag } from '../../ui/Tags.tsx'
import { when } from '../../ui/time.ts'
import { Timeline } from '../../ui/Timeline.tsx'
import { fileIds, oneOf, words } from '../orders/acts/form-values.ts'
import { choice, files, form, long } from './fields.ts'
import { FormActs } from './FormActs.tsx'
import type { Task } from './lists.ts'
import { TaskState } from './TasksPage.tsx'
import { t } from './texts.zh-CN.ts'
import { w } from './words.zh-CN.ts'

const tones: Record<string, 'ok' | 'over' | 'near' | 'calm'> = { closed: 'ok', evaluated: 'ok', returned: 'over', raised: 'over', reminded: 'near', opened: 'near' }
const grades = (['good', 'fair', 'poor'] as const).map((value) => ({ value, label: w(value) }))

export default function TaskPage(): ReactElement {
  const { id = '' } = useParams()
  const task = useQueryOf('showSupervisionTask', { id })
  useTopic('supervision.board', ['showSupervisionTask'])
  return (
    <QueryView query={task}>
      {(data) => (
        <Page title={data.title} state={<TaskState task={data} />} stateText={data.stateName} sub={<bdi className="ms-code">{data.number}</bdi>} acts={<><Button onClick={() => window.print()}>{w('print')}</Button><TaskActs task={data} /></>}>
          <Section title={t('task.facts')} extra={<Link to={`/orders/${data.number}`}>{t('task.orderLink')}</Link>}>
            <Facts columns={3} items={[
              { label: t('col.unit'), value: data.unitName },
              { label: t('col.cause'), value: data.ruleName },
              { label: t('col.level'), value: <>{data.levelName}{data.raisedCount > 0 ? <> <Tag tone="over">{w('raised', { n: data.raisedCount })}</Tag></> : null}</> },
              { label: w('supervisorCol'), value: data.supervisorName ?? <Tag tone="near">{w('pool')}</Tag> },
              { label: t('task.source'), value: `${data.sourceName} · ${data.createdByName}` },
              { label: t('col.orderState'), value: data.orderStateName },
              { label: t('col.opened'), value: <Time iso={data.openedAt} /> },
              ...(data.stages.length > 0 ? [{ label: w('stageLimits'), value: <>{data.stages.map((one) => <div key={one.stage}>{one.name} {one.dueAt ? <>{w('stageDue', { time: when(one.dueAt) })}{one.late ? <> <Tag tone="over">{w('stageLate')}</Tag></> : null}</> : <span className="ms-hint">{w('stageWaits')}</span>}</div>)}</> }] : []),
              { label: t('col.replyDue'), value: data.state === 'open' ? <ClockChip plain clock={{ state: 'running', dueAt: data.replyDueAt }} /> : <Time iso={data.replyDueAt} /> },
              { label: t('col.firstReply'), value: data.firstResponseHours === null ? null : w('firstHours', { n: data.firstResponseHours }) },
              { label: w('f.violation'), value: data.violation, hidden: !data.violation },
              { label: w('evaluation'), value: data.evaluationName, hidden: !data.evaluationName },
              { label: t('col.closed'), value: <>{data.closeKindName} {data.closedByName} <Time iso={data.closedAt} /></>, hidden: !data.closedAt },
            ]} />
            <p style={{ marginBlock: '12px 0' }}><strong>{t('col.demand')}</strong> {data.round > 1 ? <Tag tone="near">{t('task.round', { n: data.round })}</Tag> : null} {data.demand}</p>
            {data.description ? <p className="ms-text"><strong>{w('f.description')}</strong> {data.description}</p> : null}
            {data.opinion ? <p className="ms-text"><strong>{w('f.opinion')}</strong> {data.opinion}</p> : null}
          </Section>
          {data.orders.length > 1 ? (
            <Section title={w('taskOrders')}>
              <ul className="ms-plain-list">{data.orders.map((order) => <li key={order.id}><Link to={`/orders/${order.number}`}><bdi className="ms-code">{order.number}</bdi> {order.title}</Link> <span className="ms-hint">{order.stateName}</span></li>)}</ul>
            </Section>
          ) : null}
          {data.appeal ? (
            <Section title={w('appealOf')}>
              <p className="ms-text"><Tag tone={data.appeal.state === 'upheld' ? 'ok' : data.appeal.state === 'refused' ? 'over' : 'near'}>{data.appeal.stateName}</Tag> {data.appeal.groundName}：{data.appeal.content} <span className="ms-hint">{data.appeal.createdByName} <Time iso={data.appeal.createdAt} /></span></p>
              {data.appeal.opinion ? <p className="ms-text">{w('ruling')}：{data.appeal.opinion}</p> : null}
            </Section>
          ) : null}
          <Section title={t('task.steps')}>
            <Timeline entries={data.steps.map((step) => ({ id: step.id, at: step.at, kind: step.node, title: step.nodeName, by: step.actorName, unit: step.unitName, text: step.content, files: step.files, tone: tones[step.node] ?? 'calm' }))} />
          </Section>
        </Page>
      )}
    </QueryView>
  )
}

const grounds = (['concluded', 'notDue'] as const).map((value) => ({ value, label: w(value) }))
export const appealForm = () => form({ ground: choice(w('ground'), grounds, { 'x-buttons': true }), content: long(t('col.content')), fileIds: files }, ['ground', 'content'])
export const sendAppeal = (objectKind: 'card' | 'task', objectId: string) => (v: Record<string, unknown>) => call('appealSupervision', { objectKind, objectId, ground: oneOf(v, 'ground', ['concluded', 'notDue'], 'notDue'), content: words(v, 'content'), fileIds: fileIds(v) })
export const rulingForm = () => form({ outcome: choice(w('decideAppeal'), [{ value: 'uphold', label: w('uphold') }, { value: 'refuse', label: w('refuse') }], { 'x-buttons': true }), opinion: long(w('ruling')) }, ['outcome', 'opinion'])
export const sendRuling = (id: string) => (v: Record<string, unknown>) => call('decideSupervisionAppeal', { id, outcome: oneOf(v, 'outcome', ['uphold', 'refuse'], 'refuse'), opinion: words(v, 'opinion') })

function TaskActs({ task }: { task: Task }): ReactElement {
  const { can } = useSession()
  const options = useQueryOf('supervisionTaskOptions', {}, { enabled: task.mayClose })
  const id = task.id
  const topLevel = Number(task.level) >= (options.data?.levels.length ?? 0)
  return (
    <FormActs group={t('task.acts')} draft={`supervision-task:${id}`} sub={<><bdi className="ms-code">{task.number}</bdi> {task.title}</>} main={task.mayReply ? 'reply' : task.appeal?.mayDecide ? 'ruling' : 'close'} acts={[
      task.mayReply && { id: 'reply', label: t('task.reply'), key: 'a', notice: <><div>{task.demand}</div><div>{t('task.replied.notice')}</div></>, schema: form({ content: long(t('task.replyContent'), 2000, { description: t('task.replyHelp') }), fileIds: files }, ['content']), send: (v) => call('replySupervisionTask', { id, content: words(v, 'content'), fileIds: fileIds(v) }) },
      task.mayReply && { id: 'progress', label: w('progress'), schema: form({ content: long(w('f.progress'), 2000), fileIds: files }, ['content']), send: (v) => call('progressSupervisionTask', { id, content: words(v, 'content'), fileIds: fileIds(v) }) },
      task.mayReply && task.acknowledgedAt === null && { id: 'acknowledge', label: w('acknowledge'), run: () => call('acknowledgeSupervisionTask', { id }) },
      task.appeal?.mayDecide && { id: 'ruling', label: w('decideAppeal'), schema: rulingForm(), notice: `${task.appeal.groundName}：${task.appeal.content}`, send: sendRuling(task.appeal.id) },
      task.mayClose && { id: 'close', label: t('task.close'), key: 'r', notice: t('task.return.notice'), schema: form({ outcome: choice(t('task.outcome'), [{ value: 'accept', label: t('task.accept') }, { value: 'return', label: t('task.return') }], { 'x-buttons': true }), opinion: long(t('task.opinion')), evaluation: choice(w('f.evaluation'), grades, { 'x-buttons': true, 'x-visibleIf': { field: 'outcome', equals: 'accept' } }) }, ['outcome', 'opinion']), send: (v) => call('closeSupervisionTask', { id, outcome: oneOf(v, 'outcome', ['accept', 'return'], 'return'), opinion: words(v, 'opinion'), ...(v['evaluation'] ? { evaluation: oneOf(v, 'evaluation', ['good', 'fair', 'poor'], 'fair') } : {}) }) },
      task.mayClose && { id: 'transfer', label: w('transfer'), notice: w('transferNotice'), schema: form({ supervisorId: choice(w('f.supervisor'), (options.data?.people ?? []).map((person) => ({ value: person.id, label: person.name }))), reason: long(w('f.reason'), 500) }, ['supervisorId', 'reason']), send: (v) => call('transferSupervisionTask', { id, supervisorId: words(v, 'supervisorId'), reason: words(v, 'reason') }) },
      task.mayClose && !topLevel && { id: 'raise', label: w('raise'), danger: true, notice: w('raiseNotice'), schema: form({ reason: long(w('f.reason'), 500) }, ['reason']), send: (v) => call('raiseSupervisionTask', { id, reason: words(v, 'reason') }) },
      task.state === 'open' && can('supervision.urge') && { id: 'remind', label: w('remind'), schema: form({ content: long(w('f.content'), 500) }, ['content']), send: (v) => call('remindSupervisionTask', { id, content: words(v, 'content') }) },
      task.mayAppeal && { id: 'appeal', label: w('appeal'), notice: w('appealNotice'), schema: appealForm(), send: sendAppeal('task', id) },
    ]} />
  )
}
