// On the order page: supervise, instruct, follow; tasks, instructions and open alerts of this order.
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Button } from 'antd'
import { Link } from 'react-router'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { Loading } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Time } from '../../ui/Page.tsx'
import { Card, Tag } from '../../ui/Tags.tsx'
import { fileIds, words } from '../orders/acts/form-values.ts'
import type { SlotProps } from '../orders/slots.ts'
import { choice, files, form, long } from './fields.ts'
import { FormActs } from './FormActs.tsx'
import { InstructionCard, instructionForm, instructionOf, instructionStart, instructionWord } from './InstructionCard.tsx'
import { SuperviseDrawer } from './SuperviseDrawer.tsx'
import { appealForm, sendAppeal } from './TaskPage.tsx'
import { TaskState } from './TasksPage.tsx'
import { t } from './texts.zh-CN.ts'
import { w } from './words.zh-CN.ts'

const IN_STEPS = 'steps'
const watched = ['inProgress', 'pendingResultReview', 'pendingDispatch', 'pendingReview']

export default function OrderSupervision({ order }: SlotProps): ReactElement {
  const { can } = useSession()
  const reads = can('supervision.read')
  const tasks = useQueryOf('listSupervisionTasks', { orderId: order.id, limit: 20 }, { enabled: reads })
  const hits = useQueryOf('listSupervisionHits', { effect: 'alert', orderId: order.id, current: 'true', limit: 20 }, { enabled: reads })
  const cards = useQueryOf('orderCards', { id: order.id }, { enabled: can('supervision.answer') })
  const instructions = useQueryOf('orderInstructions', { id: order.id })
  const focus = useQueryOf('orderFocus', { id: order.id })
  const [supervising, setSupervising] = useState(false)
  const data = instructions.data
  const canSupervise = (can('supervision.manage') || can('supervision.superviseBelow')) && watched.includes(order.state)
  const list = tasks.data?.items ?? []
  const appealable = (cards.data?.cards ?? []).filter((card) => can('supervision.answer') && !can('supervision.manage') && card.unitId !== null && (card.state === 'open' || card.state === 'superseded') && card.colour === 'red')
  const units = data?.units ?? []
  const nothing = list.length === 0 && (data?.items.length ?? 0) === 0 && (hits.data?.items.length ?? 0) === 0
  return (
    <div className="ms-stack">
      <div className="ms-row">
        {canSupervise ? <Button type="primary" onClick={() => setSupervising(true)}>{w('supervise')}</Button> : null}
        <FormActs draft={`order-supervision:${order.id}`} sub={<bdi className="ms-code">{order.number}</bdi>} acts={[
          data?.mayIssue && { id: 'instruct', label: w('issue'), schema: instructionForm(units), initial: instructionStart(units), notice: instructionWord(units), send: (v) => call('issueInstruction', { id: order.id, ...instructionOf(v) }) },
          data?.mayRequest && { id: 'request', label: w('request'), initial: { leaderId: IN_STEPS }, notice: w('requestNotice'), schema: form({ leaderId: choice(w('leader'), [{ value: IN_STEPS, label: w('inSteps') }, ...data.leaders.map((one) => ({ value: one.id, label: one.name }))]), request: long(w('requestWords')), fileIds: files }, ['leaderId', 'request']), send: (v) => call('requestInstruction', { id: order.id, request: words(v, 'request'), fileIds: fileIds(v), ...(words(v, 'leaderId') === IN_STEPS ? {} : { leaderId: words(v, 'leaderId') }) }) },
          data?.mayRequest && data.heads.length > 0 && { id: 'head', label: w('toHead'), initial: { leaderId: data.heads[0]?.id }, notice: w('headNotice'), schema: form({ leaderId: choice(w('leader'), data.heads.map((one) => ({ value: one.id, label: one.name }))), request: long(w('requestWords')), fileIds: files }, ['leaderId', 'request']), send: (v) => call('requestInstruction', { id: order.id, head: true, leaderId: words(v, 'leaderId'), request: words(v, 'request'), fileIds: fileIds(v) }) },
          reads && focus.data !== undefined && (focus.data.mine ? { id: 'unfollow', label: w('unfollow'), run: () => call('unfollowOrder', { id: order.id }) } : { id: 'follow', label: w('follow'), run: () => call('followOrder', { id: order.id }) }),
          can('supervision.inspect') && { id: 'pick', label: w('pick'), schema: form({ reason: long(w('pickReason'), 500) }, ['reason']), send: (v) => call('pickInspectionSource', { orderIds: [order.id], reason: words(v, 'reason') }) },
        ]} />
      </div>
      {data?.mayRequest && data.headReason && order.flags.some((flag) => flag.code === 'hard') ? <p className="ms-hint">{data.headReason}</p> : null}
      {focus.data && focus.data.leaders.length > 0 ? <p className="ms-hint"><Icon name="star" size={14} /> {w('followed', { names: focus.data.leaders.join('、') })}</p> : null}
      {instructions.isPending || (reads && (tasks.isPending || hits.isPending)) ? <Loading lines={3} /> : nothing ? <p className="ms-hint">{w('noSupervision')}</p> : null}
      {list.map((task) => (
        <article key={task.id} className="ms-quote">
          <header className="ms-row"><TaskState task={task} /><strong><Link to={`/supervision/tasks/${task.id}`}>{task.ruleName}</Link></strong><Tag>{task.levelName}</Tag><span className="ms-grow" /><span className="ms-hint">{task.unitName} · {t('col.replyDue')} <Time iso={task.replyDueAt} /></span></header>
          <p className="ms-text">{task.demand}</p>
        </article>
      ))}
      {(data?.items ?? []).map((item) => <InstructionCard key={item.id} item={item} units={units} />)}
      {(hits.data?.items ?? []).map((hit) => <p key={hit.id} className="ms-row"><Tag tone={hit.state === 'open' ? 'near' : 'ok'}>{hit.ruleName}</Tag><span>{hit.unitName}</span><span className="ms-hint"><Time iso={hit.foundAt} /> {hit.measure ?? hit.stateName}</span></p>)}
      {appealable.map((card) => <div key={card.id} className="ms-row"><Card kind={card.colour} at={card.issuedAt} label={card.clockName} /><FormActs draft={`card:${card.id}`} sub={<bdi className="ms-code">{order.number}</bdi>} acts={[{ id: 'appeal', label: w('appealCard'), notice: w('appealNotice'), schema: appealForm(), send: sendAppeal('card', card.id) }]} /></div>)}
      {supervising ? <SuperviseDrawer orders={[order]} onClose={() => setSupervising(false)} /> : null}
    </div>
  )
}
