// 申请: returns, extensions and withdrawals that units asked for, with their decisions.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { Attachments } from '../../ui/Attachments.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import type { Tone } from '../../ui/Tags.tsx'
import { moment, when } from '../../ui/time.ts'
import { useRequestActs } from './acts/assignment-acts.tsx'
import { t as acts } from './acts/texts.zh-CN.ts'
import type { OrderDetail, OrderRequest } from './order-types.ts'
import { t } from './texts.zh-CN.ts'

export const requestKinds: Record<string, string> = { return: t('r.return'), extension: t('r.extension'), withdrawal: t('r.withdrawal'), suspension: t('r.suspension'), resumption: t('r.resumption'), promise: t('r.promise'), tracking: t('r.tracking'), dispute: t('r.dispute'), exclusion: t('r.exclusion') }
const states: Record<string, [string, Tone]> = { pending: [t('r.pending'), 'near'], approved: [t('r.approved'), 'ok'], refused: [t('r.refused'), 'over'], cancelled: [t('r.cancelled'), 'plain'] }
const stages: Record<string, string> = { leader: t('r.stage.leader'), review: t('r.stage.review'), arbitration: t('r.stage.arbitration'), flow: t('r.stage.flow') }

export function RequestsTab({ order }: { order: OrderDetail }): ReactElement {
  if (order.requests.length === 0) return <Empty kind="done" text={t('r.none')} hint={t('r.noneHint')} />
  return <div className="ms-stack">{order.requests.toReversed().map((one) => <RequestCard key={one.id} request={one} order={order} />)}</div>
}

function RequestCard({ request, order }: { request: OrderRequest; order: OrderDetail }): ReactElement {
  const { drawers, open } = useRequestActs(request, order)
  const [stateName, tone] = states[request.state] ?? [request.state, 'plain']
  const pending = request.state === 'pending'
  const own = order.assignments.some((one) => one.id === request.assignmentId && one.mine)
  return (
    <article className="ms-quote">
      <header className="ms-row">
        <strong>{requestKinds[request.kind] ?? request.kindName}</strong>
        <Tag tone={tone}>{stateName}{pending && stages[request.stage] ? `·${stages[request.stage]}` : ''}</Tag>
        {request.reasonClass ? <Tag tone="primary">{request.reasonClass}</Tag> : null}
        {request.kind === 'return' && request.withinWindow === false ? <Tag tone="near">{t('r.beyond')}</Tag> : null}
        <span className="ms-grow" />
        <span className="ms-hint">{request.unitName}·{request.applicantName} <Time iso={request.createdAt} /></span>
      </header>
      {request.oldDueAt && request.newDueAt ? <p>{acts('decide.extensionText', { old: moment(request.oldDueAt), next: moment(request.newDueAt) })}</p> : null}
      <p className="ms-text">{request.reason}</p>
      {request.files.length > 0 ? <Attachments readOnly value={request.files} /> : null}
      {request.decidedByName ? <p className="ms-hint">{t('r.opinion')}：{request.opinion || '–'}（{request.decidedByName} {when(request.decidedAt)}）</p> : null}
      {pending && (request.mayDecide || own) ? (
        <div className="ms-row">
          {request.mayDecide ? <Button size="small" type="primary" onClick={() => open('decide')}>{t('r.decide')}</Button> : null}
          {own ? <Button size="small" onClick={() => open('cancel')}>{t('r.cancel')}</Button> : null}
        </div>
      ) : null}
      {drawers}
    </article>
  )
}
