// Deciding on what units ask: returns (with both sides' words) and extensions (as steps of their approval).
import type { ReactElement } from 'react'
import { call } from '../../../api/call.ts'
import type { ActFormHandle } from '../../../ui/ActDrawer.tsx'
import { Attachments } from '../../../ui/Attachments.tsx'
import { Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { moment } from '../../../ui/time.ts'
import type { OrderDetail, OrderRequest } from '../order-types.ts'
import { fault, fields, filesField, opinionField } from './act-form.ts'
import type { ActForm } from './act-form.ts'
import { useDispatchOptions } from './DispatchUnits.tsx'
import { fileIds, oneOf, text, words } from './form-values.ts'
import { TenantSelect } from './life-acts.tsx'
import { t } from './texts.zh-CN.ts'
import './acts-on-orders.css'

const outcomes = ['approve', 'refuse', 'arbitrate', 'adjudicate', 'answerSelf', 'transfer', 'returnUpward'] as const
type Outcome = (typeof outcomes)[number]

/** Which outcomes exist where the request stands is the server's word. */
const outcomesAt = (request: OrderRequest): Outcome[] => outcomes.filter((one) => request.outcomes.includes(one))

export const pendingReturn = (order: OrderDetail): OrderRequest | undefined => order.requests.find((one) => one.kind === 'return' && one.state === 'pending' && one.mayDecide)

export function decideReturnForm(order: OrderDetail, request: OrderRequest): ActForm {
  const offered = outcomesAt(request)
  const leader = request.stage === 'leader'
  const label = (outcome: Outcome) => (outcome === 'approve' && request.stage === 'leader' ? t('decide.leaderApprove') : t(`decide.${outcome}`))
  const effects: Record<Outcome, string> = { approve: t('decide.effectApprove'), refuse: t('decide.effectRefuse'), arbitrate: t('decide.effectArbitrate'), adjudicate: t('decide.effectAdjudicate'), answerSelf: t('decide.effectAnswerSelf'), transfer: t('decide.effectTransfer'), returnUpward: t('decide.effectReturnUpward') }
  return {
    title: t('decide.title'), submitLabel: t('decide.submit'),
    notice: (form: ActFormHandle) => (request.stage === 'leader' ? t('decide.effectLeader') : effects[oneOf(form.value, 'outcome', outcomes, 'approve')]),
    own: { names: ['tenantId'], render: (form: ActFormHandle) => <><BothSides order={order} request={request} />{form.value.outcome === 'transfer' ? <TransferTenant orderId={order.id} form={form} /> : null}</> },
    initial: leader ? { correctedReason: request.reason } : undefined,
    schema: fields({
      outcome: { type: 'string', title: t('decide.outcome'), oneOf: offered.map((one) => ({ const: one, title: label(one) })), 'x-buttons': true },
      ...(leader ? { correctedReason: { type: 'string' as const, format: 'textarea' as const, title: t('decide.correctReason'), maxLength: 1000, 'x-visibleIf': { field: 'outcome', equals: 'approve' } } } : {}),
      opinion: opinionField(),
      fileIds: filesField(),
    }, ['outcome']),
    check: (v) => ({ ...fault('opinion', v.outcome !== undefined && v.outcome !== 'approve' && words(v, 'opinion') === '' && t('decide.opinionNeeded')), ...fault('tenantId', v.outcome === 'transfer' && !text(v, 'tenantId') && t('transfer.choose')) }),
    send: (v, o) => call('decideReturn', { id: request.id, outcome: oneOf(v, 'outcome', outcomes, 'refuse'), opinion: words(v, 'opinion'), fileIds: fileIds(v), ...(v.outcome === 'transfer' ? { tenantId: text(v, 'tenantId') } : {}), ...(leader && v.outcome === 'approve' && text(v, 'correctedReason') ? { correctedReason: text(v, 'correctedReason') } : {}) }, o),
  }
}

export function decideExtensionForm(order: OrderDetail, request: OrderRequest): ActForm {
  return {
    title: request.kind === 'extension' ? t('decide.extensionTitle') : t('decide.flowTitle', { kind: request.kindName }), submitLabel: t('decide.submit'), notice: request.kind === 'extension' ? t('extension.chainNote') : undefined,
    own: { names: [], render: () => <BothSides order={order} request={request} /> },
    schema: fields({
      outcome: { type: 'string', title: t('decide.outcome'), oneOf: [{ const: 'approve', title: request.kind === 'extension' ? t('decide.flowApprove') : t('decide.flowYes') }, { const: 'return', title: request.kind === 'extension' ? t('decide.flowReturn') : t('decide.refuse') }], 'x-buttons': true },
      opinion: opinionField(),
    }, ['outcome']),
    check: (v) => fault('opinion', v.outcome === 'return' && words(v, 'opinion') === '' && t('decide.opinionNeeded')),
    send: (v, o) => call('decideFlowStep', { id: request.flowInstanceId ?? '', outcome: oneOf(v, 'outcome', ['approve', 'return'], 'return'), opinion: words(v, 'opinion') }, o),
  }
}

export function TransferTenant({ orderId, form }: { orderId: string; form: ActFormHandle }): ReactElement {
  return <TenantSelect id="ms-return-tenant" tenants={useDispatchOptions(orderId).data?.tenants ?? []} form={form} />
}

function BothSides({ order, request }: { order: OrderDetail; request: OrderRequest }): ReactElement {
  const assignment = order.assignments.find((one) => one.id === request.assignmentId)
  const earlier = order.requests.filter((one) => one.kind === request.kind && one.id !== request.id && one.state !== 'pending')
  return (
    <div className="ms-both">
      <article className="ms-quote">
        <header className="ms-row">
          <strong>{t('decide.asks')}</strong>
          <span className="ms-hint">{request.unitName}·{request.applicantName} <Time iso={request.createdAt} /></span>
        </header>
        <div className="ms-row">
          {request.reasonClass ? <Tag tone="primary">{request.reasonClass}</Tag> : null}
          {request.round > 1 ? <Tag>{t('decide.nth', { n: request.round })}</Tag> : null}
          {request.withinWindow === null ? null : <Tag tone={request.withinWindow ? 'ok' : 'near'}>{request.withinWindow ? t('decide.within') : t('decide.beyond')}</Tag>}
        </div>
        {request.oldDueAt && request.newDueAt ? <p>{t('decide.extensionText', { old: moment(request.oldDueAt), next: moment(request.newDueAt) })}</p> : null}
        <p className="ms-text">{request.reason}</p>
        {request.files.length > 0 ? <Attachments readOnly value={request.files} /> : null}
      </article>
      <article className="ms-quote">
        <header className="ms-row"><strong>{t('decide.given')}</strong>{assignment ? <span className="ms-hint">{assignment.dispatchedByName} <Time iso={assignment.dispatchedAt} /></span> : null}</header>
        <p className="ms-text">{assignment?.opinion ?? t('decide.noOpinion')}</p>
        {assignment?.requirement ? <p className="ms-text">{assignment.requirement}</p> : null}
        {order.matter ? <p className="ms-hint">{order.matter.path.concat(order.matter.name).join(' / ')}</p> : null}
        {earlier.length > 0 ? <><strong>{t('decide.earlier')}</strong>{earlier.map((one) => <p key={one.id} className="ms-hint">{one.unitName} {one.reasonClass ?? ''} {one.reason}（{one.opinion ?? one.state}）</p>)}</> : null}
      </article>
    </div>
  )
}
