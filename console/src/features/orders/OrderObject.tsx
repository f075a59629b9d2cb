// The order as a desk shows it in the middle: number, clocks, what was asked, materials, and every change since registration.
import type { ReactElement, ReactNode } from 'react'
import { Link } from 'react-router'
import { Attachments } from '../../ui/Attachments.tsx'
import { copyText } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Part } from '../../ui/DeskPart.tsx'
import { Facts, Time } from '../../ui/Page.tsx'
import { ClockChip, StateTag, Tag, UrgencyTag } from '../../ui/Tags.tsx'
import { Changes } from '../../ui/Timeline.tsx'
import { t as kit } from '../../ui/texts.zh-CN.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { RevealContact } from './acts/index.ts'
import type { OrderClock, OrderDetail } from './order-types.ts'
import { slotsOf } from './slots.ts'
import { SlotPart } from './SlotPart.tsx'
import { moment } from '../../ui/time.ts'
import { t } from './order-object.zh-CN.ts'
import '../../ui/desk.css'

const timings = { inTime: 'running', near: 'running', overdue: 'overdue', paused: 'paused', met: 'met', cancelled: 'met' } as const

function chipOf(clock: OrderClock) {
  return { name: clock.name, state: timings[clock.timing], dueAt: clock.dueAt, nearAt: clock.yellowAt, startedAt: clock.startedAt, endedAt: clock.metAt }
}

/** Number, title, marks and the clocks that still run; the same on every desk. */
export function OrderHead({ order, children }: { order: OrderDetail; children?: ReactNode }): ReactElement {
  const running = order.clocks.filter((clock) => clock.state === 'running' || clock.state === 'paused').sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1)).slice(0, 3)
  return (
    <header className="ms-desk-head">
      <div className="ms-row">
        <Link to={`/orders/${order.number}`} title={t('openOrder')} className="ms-code"><bdi>{order.number}</bdi></Link>
        <button type="button" className="ms-icon-button" onClick={() => void copyText(order.number)}><Icon name="copy" size={14} label={kit('copy')} /></button>
        <StateTag state={order.state} closeKind={order.closeKind} round={order.round} />
        <UrgencyTag urgency={order.urgency} />
        {order.confidential ? <Tag tone="near" icon="lock">{t('confidential')}</Tag> : null}
        {order.flags.map((flag) => <Tag key={flag.code}>{flag.name}</Tag>)}
        <span className="ms-grow" />
        {running.map((clock) => <ClockChip key={clock.id} seconds clock={chipOf(clock)} />)}
      </div>
      <h2>{order.title}</h2>
      {children}
    </header>
  )
}

export function OrderObject({ order, note, before, after }: { order: OrderDetail; note?: ReactNode; before?: ReactNode; after?: ReactNode }): ReactElement {
  return (
    <>
      <OrderHead order={order} />
      {note}
      <div className="ms-desk-body" tabIndex={0}>
        {before}
        <OrderContent order={order} />
        <DeskParts order={order} />
        <Edits order={order} />
        {after}
      </div>
    </>
  )
}

/** What other modules show of this order on every desk: the fields of its kind. */
function DeskParts({ order }: { order: OrderDetail }): ReactElement {
  const { can } = useSession()
  return <>{slotsOf('facts', order, can).filter((part) => part.onDesk?.(order)).map((part) => <Part key={part.id} title={part.title}><SlotPart load={part.lazy} order={order} /></Part>)}</>
}

export function OrderContent({ order }: { order: OrderDetail }): ReactElement {
  const { requester } = order
  const place = [order.areaName, order.address, order.detailAddress].filter(Boolean).join(' ')
  return (
    <>
      <Part title={t('content')}><p>{order.content}</p></Part>
      <Facts columns={2} items={[
        { label: t('requester'), value: <Requester order={order} /> },
        { label: t('phone'), value: requester.phone ? <RevealContact orderId={order.id} field="phone" label={t('phone')} value={requester.phone} mayReveal={requester.mayReveal} /> : null },
        { label: t('appealType'), value: [order.appealTypeName, order.purpose].filter(Boolean).join(' · ') },
        { label: t('matter'), value: order.matter ? <span title={order.matter.path.join(' / ')}>{order.matter.name}</span> : t('noMatter') },
        { label: t('category'), value: order.categoryName, hidden: !order.categoryName },
        { label: t('place'), value: place },
        { label: t('source'), value: `${order.channelName} · ${order.registeredByName}` },
        { label: t('registered'), value: <Time iso={order.registeredAt} /> },
        { label: t('occurred'), value: <Time iso={order.occurredAt} />, hidden: !order.occurredAt },
        { label: t('callback'), value: callbackWords(order) },
        { label: t('people'), value: order.involvedCount, hidden: order.involvedCount === null },
        { label: t('upper'), value: order.upperNumber, hidden: !order.upperNumber },
        { label: t('remarks'), value: order.remarks, hidden: !order.remarks },
      ]} />
      {order.formFields.length || order.extra.length ? (
        <Part title={t('elements')}>
          <Facts columns={2} items={[...order.formFields.map((field) => ({ label: field.label, value: valueWords(field.value) })), ...order.extra.map((one) => ({ label: one.key, value: one.value }))]} />
        </Part>
      ) : null}
      <Part title={t('materials')}>{order.files.length ? <Attachments readOnly value={order.files} /> : <span className="ms-hint">{t('noMaterials')}</span>}</Part>
      {order.supplements.length ? (
        <Part title={`${t('supplements')} ${order.supplements.length}`}>
          {order.supplements.map((one) => (
            <div key={one.id} className="ms-desk-entry">
              <span className="ms-hint"><Time iso={one.createdAt} /> {one.createdByName}</span>
              <span className="ms-desk-text">{one.content}</span>
              {one.files.length ? <Attachments readOnly value={one.files} /> : null}
            </div>
          ))}
        </Part>
      ) : null}
    </>
  )
}

function Requester({ order }: { order: OrderDetail }): ReactElement {
  const { requester } = order
  const marks = [requester.subjectKind === 'enterprise' ? t('enterprise') : null, requester.ageRange].filter(Boolean).join(' · ')
  return <span>{requester.anonymous ? t('anonymous') : <bdi>{requester.name || '–'}</bdi>}{marks ? <span className="ms-hint"> {marks}</span> : null}</span>
}

function callbackWords(order: OrderDetail): string {
  if (!order.callbackWanted || order.callbackManner === 'none') return t('callback.none')
  return order.callbackManner === 'sms' ? t('callback.sms') : t('callback.call')
}

/** A stored value in words: choices come as words already, people and addresses as records. */
export function valueWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'boolean') return value ? t('yes') : t('no')
  if (Array.isArray(value)) return value.map(valueWords).filter(Boolean).join('、')
  if (typeof value === 'object') return Object.values(value).map(valueWords).filter(Boolean).join(' ')
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return moment(value)
  return String(value)
}

/** Original values against edits, and what was said when the order went back to its agent. */
function Edits({ order }: { order: OrderDetail }): ReactElement {
  const timeline = useQueryOf('orderTimeline', { id: order.id, limit: 200 }, { staleTime: 60_000 })
  const entries = (timeline.data?.items ?? []).filter((one) => one.changes.length > 0 || ['returnToAgent', 'approveReturn', 'recall', 'returned', 'returnResult'].includes(one.act))
  return (
    <Part title={t('edits')}>
      {timeline.data && entries.length === 0 ? <span className="ms-hint">{t('noEdits')}</span> : null}
      {entries.map((entry) => (
        <div key={entry.id} className="ms-desk-entry">
          <span className="ms-row"><strong>{entry.actName}</strong><span className="ms-hint"><Time iso={entry.at} /> {[entry.unitName, entry.actorName].filter(Boolean).join(' · ')}</span></span>
          {entry.text ? <span className="ms-desk-text">{entry.text}</span> : null}
          {entry.changes.length ? <Changes changes={entry.changes.map((one) => ({ label: one.label, old: valueWords(one.old), new: valueWords(one.new) }))} /> : null}
        </div>
      ))}
    </Part>
  )
}
