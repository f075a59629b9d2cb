// Everything that speaks for or against a return, side by side.
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { Attachments } from '../../ui/Attachments.tsx'
import { Facts, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { duration, instant } from '../../ui/time.ts'
import { t as kit } from '../../ui/texts.zh-CN.ts'
import type { OrderDetail, OrderRequest } from '../orders/order-types.ts'
import { OrderContent, OrderHead } from '../orders/OrderObject.tsx'
import { Part } from '../../ui/DeskPart.tsx'
import { t } from './texts.zh-CN.ts'

export function ReturnObject({ order, request }: { order: OrderDetail; request: OrderRequest }): ReactElement {
  return (
    <>
      <OrderHead order={order} />
      <div className="ms-desk-body" tabIndex={0}>
        <div className="ms-desk-pair">
          <Asked request={request} />
          <Window order={order} request={request} />
        </div>
        <div className="ms-desk-pair">
          <Duty order={order} unitId={request.unitId} />
          <Earlier order={order} request={request} />
        </div>
        <OrderContent order={order} />
      </div>
    </>
  )
}

function Asked({ request }: { request: OrderRequest }): ReactElement {
  return (
    <Part title={t('return.asks')} extra={<span className="ms-hint">{request.unitName} · {request.applicantName}</span>}>
      <div className="ms-desk-quote">
        <div className="ms-row">{request.reasonClass ? <Tag tone="primary">{request.reasonClass}</Tag> : null}<Tag>{t('return.round', { n: request.round })}</Tag></div>
        <p>{request.reason}</p>
        <strong>{t('return.evidence')}</strong>
        {request.files.length ? <Attachments readOnly value={request.files} /> : <span className="ms-hint">{t('return.noEvidence')}</span>}
      </div>
    </Part>
  )
}

function Window({ order, request }: { order: OrderDetail; request: OrderRequest }): ReactElement {
  const assignment = order.assignments.find((one) => one.id === request.assignmentId)
  const after = assignment ? duration(instant(request.createdAt) - instant(assignment.dispatchedAt)) : null
  return (
    <Part title={t('return.window')} extra={request.withinWindow === null ? null : <Tag tone={request.withinWindow ? 'ok' : 'near'}>{request.withinWindow ? t('return.windowWithin') : t('return.windowBeyond')}</Tag>}>
      <Facts items={[
        { label: t('return.dispatched'), value: assignment ? <><Time iso={assignment.dispatchedAt} /> {assignment.dispatchedByName}</> : null },
        { label: t('return.signed'), value: assignment?.signedAt ? <><Time iso={assignment.signedAt} /> {assignment.autoSigned ? t('return.autoSigned') : assignment.signedByName}</> : t('return.notSigned') },
        { label: t('return.asked'), value: <><Time iso={request.createdAt} />{after ? <span className="ms-hint"> {t('return.askedAfter', { time: after })}</span> : null}</> },
        { label: t('return.dueAt'), value: <Time iso={assignment?.dueAt} /> },
        { label: t('return.opinion'), value: assignment?.opinion ?? t('return.noOpinion') },
      ]} />
    </Part>
  )
}

/** Who is responsible by the duty list for this matter here, and who is expressly not. */
function Duty({ order, unitId }: { order: OrderDetail; unitId: string }): ReactElement {
  const known = Boolean(order.matter && order.areaCode)
  const duty = useQueryOf('recommendUnits', { matterId: order.matter?.id ?? '', areaCode: order.areaCode ?? '' }, { enabled: known, staleTime: 300_000 })
  const units = duty.data?.units ?? []
  const negative = duty.data?.negative ?? []
  return (
    <Part title={t('return.duty')} extra={<span className="ms-hint">{order.matter?.name ?? t('noMatter')}</span>}>
      {units.length + negative.length === 0 && (duty.data || !known) ? <span className="ms-hint">{t('return.noDuty')}</span> : null}
      {units.map((one) => (
        <div key={`${one.unitId}${one.role}`} className="ms-desk-entry">
          <span className="ms-row"><Tag tone={one.role === 'lead' ? 'primary' : 'plain'}>{kit(`role.${one.role}`)}</Tag><strong>{one.unitName}</strong>{one.unitId === unitId ? <Tag tone="near">{t('return.dutyMine')}</Tag> : null}</span>
          <span className="ms-hint">{one.reason}</span>
        </div>
      ))}
      {negative.map((one) => (
        <div key={one.dutyEntryId} className="ms-desk-entry">
          <span className="ms-row"><Tag tone="over">{t('return.negative')}</Tag><strong>{one.unitName}</strong>{one.unitId === unitId ? <Tag tone="near">{t('return.dutyMine')}</Tag> : null}</span>
          <span className="ms-hint">{one.reason}</span>
        </div>
      ))}
    </Part>
  )
}

const outcomeWords = (state: string): string => (state === 'approved' ? t('return.outcome.approved') : state === 'refused' ? t('return.outcome.refused') : t('return.outcome.cancelled'))

function Earlier({ order, request }: { order: OrderDetail; request: OrderRequest }): ReactElement {
  const earlier = order.requests.filter((one) => one.kind === 'return' && one.id !== request.id && one.state !== 'pending')
  return (
    <Part title={t('return.earlier')}>
      {earlier.length === 0 ? <span className="ms-hint">{t('return.noEarlier')}</span> : null}
      {earlier.map((one) => (
        <div key={one.id} className="ms-desk-entry">
          <span className="ms-row"><Tag tone={one.state === 'refused' ? 'over' : 'ok'}>{outcomeWords(one.state)}</Tag><strong>{one.unitName}</strong><span className="ms-hint"><Time iso={one.createdAt} /></span></span>
          <span>{[one.reasonClass, one.reason].filter(Boolean).join('：')}</span>
          {one.opinion ? <span className="ms-hint">{one.decidedByName}：{one.opinion}</span> : null}
        </div>
      ))}
    </Part>
  )
}
