// One-line bars under the header: what somebody asked or said and nobody has answered yet; three at most.
import type { ReactElement, ReactNode } from 'react'
import { useState } from 'react'
import { Time } from '../../ui/Page.tsx'
import { Card, Tag } from '../../ui/Tags.tsx'
import { when } from '../../ui/time.ts'
import { useAssignmentActs, useRequestActs } from './acts/assignment-acts.tsx'
import { useTimeline } from './order-data.ts'
import type { Assignment, OrderCards, OrderDetail, OrderRequest, TimelineItem } from './order-types.ts'
import { requestKinds } from './RequestsTab.tsx'
import { AnswerUrge } from './SupervisionTab.tsx'
import type { Urge } from './SupervisionTab.tsx'
import { t } from './texts.zh-CN.ts'

const most = 3
type Props = { order: OrderDetail; urges: Urge[]; cards: OrderCards['cards']; see: (tab: string) => void }

export function OrderNotices({ order, urges, cards, see }: Props): ReactElement | null {
  const [all, setAll] = useState(false)
  const pending = order.requests.filter((one) => one.state === 'pending')
  const supplement = order.supplements.at(-1)
  const back = sentBack(order, useTimeline(order.id).data?.items ?? [])
  const red = cards.find((card) => card.colour === 'red' && card.state === 'open' && card.clockState === 'running')
  const bars: ReactNode[] = [
    ...(order.own ? [] : [<Bar key="foreign" tone="info">{t('p.foreign', { tenant: order.tenantName })}</Bar>]),
    ...(red ? [<Bar key="red" tone="over"><Card kind="red" at={red.issuedAt} label={red.clockName} /> {red.unitName} <Time iso={red.issuedAt} /><More run={() => see('supervision')} label={t('n.see')} /></Bar>] : []),
    ...pending.map((one) => <RequestBar key={one.id} request={one} order={order} see={() => see('requests')} />),
    ...(back ? [<Bar key="back"><Tag tone="near">{back.actName}</Tag><span>{[back.unitName, back.actorName].filter(Boolean).join('·')}</span><Time iso={back.at} /><span className="ms-ellipsis" title={back.text ?? ''}>{back.text}</span></Bar>] : []),
    ...order.assignments.filter((one) => one.parentId !== null && one.acts.some((act) => act.act === 'accept' && act.enabled)).map((one) => <ChildBar key={one.id} assignment={one} order={order} />),
    ...urges.filter((one) => one.answer === null).slice(-1).map((one) => <UrgeBar key={one.id} urge={one} />),
    ...(supplement && order.state !== 'archived' && order.state !== 'closed' ? [<Bar key="supplement"><Tag tone="primary">{t('n.supplement')}</Tag><Time iso={supplement.createdAt} /><span className="ms-ellipsis">{t('n.supplementText', { by: supplement.createdByName, text: supplement.content })}</span><More run={() => see(supplement.files.length > 0 ? 'files' : 'timeline')} label={t('n.see')} /></Bar>] : []),
    ...(order.triage === 'picked' && order.pickedByName ? [<Bar key="picked">{t('n.pickedBy', { by: order.pickedByName, time: when(order.pickedUntil) })}</Bar>] : []),
  ]
  if (bars.length === 0) return null
  return (
    <div className="ms-order-notices">
      {all ? bars : bars.slice(0, most)}
      {!all && bars.length > most ? <button type="button" className="ms-link-button" onClick={() => setAll(true)}>{t('n.more', { n: bars.length - most })}</button> : null}
    </div>
  )
}

/** The last words with which the work came back to whoever has it now; gone as soon as it was sent on again. */
function sentBack(order: OrderDetail, items: readonly TimelineItem[]): TimelineItem | undefined {
  const wanted: Record<string, string[]> = { draft: ['returnToAgent', 'submit'], inProgress: ['returnResult', 'sendBackFeedback', 'feedback', 'redo'] }
  const last = items.find((item) => wanted[order.state]?.includes(item.act))
  return last && last.text && ['returnToAgent', 'returnResult', 'sendBackFeedback'].includes(last.act) ? last : undefined
}

const Bar = ({ tone = 'near', children }: { tone?: 'near' | 'over' | 'info'; children: ReactNode }): ReactElement => <div className="ms-order-notice" data-tone={tone}>{children}</div>
const More = ({ run, label }: { run: () => void; label: string }): ReactElement => <button type="button" className="ms-link-button" onClick={run}>{label}</button>

function RequestBar({ request, order, see }: { request: OrderRequest; order: OrderDetail; see: () => void }): ReactElement {
  const { drawers, open } = useRequestActs(request, order)
  return (
    <Bar>
      <Tag tone="near">{t('n.request', { kind: requestKinds[request.kind] ?? request.kind })}</Tag>
      <span>{request.unitName}·{request.applicantName}</span>{request.reasonClass ? <strong>{request.reasonClass}</strong> : null}
      <span className="ms-ellipsis">{request.reason}</span>
      {request.mayDecide ? <More run={() => open('decide')} label={t('n.decide')} /> : <More run={see} label={t('n.see')} />}
      {drawers}
    </Bar>
  )
}

function ChildBar({ assignment, order }: { assignment: Assignment; order: OrderDetail }): ReactElement {
  const { drawers, open } = useAssignmentActs(assignment, order)
  return <Bar tone="info">{t('n.child', { unit: assignment.unitName })}<More run={() => open('accept')} label={t('n.review')} />{drawers}</Bar>
}

function UrgeBar({ urge }: { urge: Urge }): ReactElement {
  const [open, setOpen] = useState(false)
  return (
    <Bar>
      <Tag tone="near">{t('n.urgeNth', { n: urge.nth })}</Tag><Time iso={urge.createdAt} /><span className="ms-ellipsis">{urge.content}</span>
      {urge.mayAnswer ? <More run={() => setOpen(true)} label={t('n.answer')} /> : <span className="ms-hint">{t('n.owed')}</span>}
      {open ? <AnswerUrge urge={urge} onClose={() => setOpen(false)} /> : null}
    </Bar>
  )
}
