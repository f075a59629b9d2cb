// The order beside a list: what it is about, its clocks and who holds it, without leaving the list.
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { Attachments } from '../../ui/Attachments.tsx'
import { Empty, Loading } from '../../ui/Empty.tsx'
import { Facts, Time } from '../../ui/Page.tsx'
import { AssignmentStateTag, ClockChip, StateTag, UrgencyTag } from '../../ui/Tags.tsx'
import { clockOf, clocksInOrder } from './clocks.ts'
import { Flags } from './columns.tsx'
import { useOrder } from './order-data.ts'
import type { OrderDetail, OrderRef } from './order-types.ts'
import { t } from './texts.zh-CN.ts'
import { placeOf } from './values.ts'
import './orders.css'

export function OrderPreview({ order }: { order: OrderRef }): ReactElement {
  const { data, error } = useOrder(order)
  if (!data) return error ? <Empty kind="failed" problem={error} /> : <Loading lines={10} />
  return <OrderBrief order={data} />
}

export function OrderBrief({ order }: { order: OrderDetail }): ReactElement {
  const { open } = clocksInOrder(order.clocks)
  const latest = [...order.feedback].sort((a, b) => (a.submittedAt < b.submittedAt ? 1 : -1))[0]
  return (
    <div className="ms-stack">
      <div>
        <Link to={`/orders/${order.number}`} className="ms-code">{order.number}</Link>
        <h2 className="ms-order-brief">{order.title}</h2>
        <div className="ms-row"><StateTag state={order.state} closeKind={order.closeKind} round={order.round} /><UrgencyTag urgency={order.urgency} /><Flags flags={order.flags} most={6} /></div>
      </div>
      {open.length > 0 ? <div className="ms-row">{open.slice(0, 4).map((clock) => <ClockChip key={clock.id} clock={clockOf(clock)} />)}</div> : null}
      <p className="ms-text">{order.content}</p>
      <Facts items={[
        { label: t('d.requester'), value: <>{order.requester.name} <bdi>{order.requester.phone ?? ''}</bdi></> },
        { label: t('d.appealType'), value: order.appealTypeName },
        { label: t('d.place'), value: placeOf(order) },
        { label: t('d.matter'), value: order.matter?.name },
        { label: t('d.source'), value: <>{order.channelName} <Time iso={order.registeredAt} /> {order.registeredByName}</> },
      ]} />
      {order.assignments.length > 0 ? (
        <ul className="ms-brief-units">
          {order.assignments.filter((one) => one.round === order.round).map((one) => <li key={one.id}><span className="ms-hint">{one.roleName}</span> {one.unitName} <AssignmentStateTag state={one.state} /></li>)}
        </ul>
      ) : null}
      {latest ? <article className="ms-quote"><header className="ms-row"><strong>{t('d.latestFeedback')}</strong><span className="ms-hint">{latest.unitName} <Time iso={latest.submittedAt} /></span></header><p className="ms-text">{latest.result}</p></article> : null}
      {order.files.length > 0 ? <Attachments readOnly value={order.files} /> : null}
    </div>
  )
}
