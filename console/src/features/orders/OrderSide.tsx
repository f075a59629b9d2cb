// Right column: the same requester's orders, linked orders, the other centres' numbers, the reply; then what modules add.
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { Section, Time } from '../../ui/Page.tsx'
import { StateTag, Tag } from '../../ui/Tags.tsx'
import { Links } from './ChainTab.tsx'
import type { OrderDetail } from './order-types.ts'
import { SlotPart } from './SlotPart.tsx'
import { slotsOf } from './slots.ts'
import { t } from './texts.zh-CN.ts'

export function OrderSide({ order }: { order: OrderDetail }): ReactElement {
  const { can } = useSession()
  return (
    <>
      {order.reply || order.withdrawReason ? (
        <Section title={t('side.summary')}>
          {order.closeKindName ? <div className="ms-row"><Tag tone="ok">{order.closeKindName}</Tag><span className="ms-hint"><Time iso={order.closedAt} /></span></div> : null}
          {order.reply ? <p className="ms-text">{order.reply}</p> : null}
          {order.replyBasis ? <p className="ms-hint">{t('d.replyBasis')}：{order.replyBasis}</p> : null}
          {order.withdrawReason ? <p className="ms-text">{t('d.withdrawReason')}：{order.withdrawReason}</p> : null}
        </Section>
      ) : null}
      {order.own && order.requester.id && can('orders.requesterHistory') ? <Earlier requesterId={order.requester.id} orderId={order.id} /> : null}
      {order.links.length > 0 ? <Section title={t('side.links')}><Links links={order.links} /></Section> : null}
      {order.chain.length > 0 ? (
        <Section title={t('side.chain')}>
          <ul className="ms-plain-list">
            {order.chain.filter((link) => !link.self).map((link) => (
              <li key={link.number}>
                <div>{link.tenantName} {link.state ? <StateTag state={link.state} /> : null}</div>
                {link.mayOpen ? <Link className="ms-code" to={`/orders/${link.number}`}>{link.number}</Link> : <bdi className="ms-code">{link.number}</bdi>} <span className="ms-hint">{link.responsible}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {slotsOf('side', order, can).map((part) => <Section key={part.id} title={part.title}><SlotPart load={part.lazy} order={order} /></Section>)}
    </>
  )
}

const shown = 5

function Earlier({ requesterId, orderId }: { requesterId: string; orderId: string }): ReactElement {
  const query = useQueryOf('requesterOrders', { id: requesterId, limit: 20 }, { staleTime: 60_000 })
  return (
    <Section title={t('side.earlier')}>
      <QueryView query={query} lines={3}>
        {(data) => {
          const others = data.items.filter((one) => one.id !== orderId)
          if (others.length === 0) return <span className="ms-hint">{t('side.earlierNone')}</span>
          return (
            <ul className="ms-plain-list">
              {others.slice(0, shown).map((one) => (
                <li key={one.id}>
                  <div className="ms-row ms-nowrap">{one.mayOpen ? <Link to={`/orders/${one.number}`} className="ms-ellipsis">{one.title}</Link> : <span className="ms-ellipsis" title={t('side.outOfScope')}>{one.title}</span>}<span className="ms-grow" /><StateTag state={one.state} /></div>
                  <div className="ms-hint">{one.appealTypeName} · <Time iso={one.registeredAt} /> · {one.unitName ?? '–'}</div>
                </li>
              ))}
              {others.length > shown ? <li><Link to={`/orders?view=all&requesterId=${requesterId}`}>{t('side.all', { n: data.count.value })}</Link></li> : null}
            </ul>
          )
        }}
      </QueryView>
    </Section>
  )
}
