// 全链路: the order's numbers in all centres, who holds it there, and the orders linked to it.
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { Empty } from '../../ui/Empty.tsx'
import { Time } from '../../ui/Page.tsx'
import { StateTag, Tag } from '../../ui/Tags.tsx'
import type { Tone } from '../../ui/Tags.tsx'
import type { OrderDetail } from './order-types.ts'
import { t } from './texts.zh-CN.ts'

const ways: Record<string, string> = { down: t('ch.down'), up: t('ch.up'), across: t('ch.across') }
const groups: Record<string, Tone> = { toDispatch: 'near', handling: 'primary', toReview: 'calm', done: 'ok' }

export function ChainTab({ order }: { order: OrderDetail }): ReactElement {
  if (order.chain.length === 0 && order.links.length === 0) return <Empty kind="done" text={t('ch.none')} hint={t('ch.noneHint')} />
  return (
    <div className="ms-stack">
      {order.chain.map((link, i) => (
        <article key={link.number} className="ms-quote" style={{ marginInlineStart: i * 20 }}>
          <header className="ms-row">
            {link.direction ? <Tag tone="calm">{ways[link.direction] ?? link.direction}</Tag> : null}
            <strong>{link.tenantName}</strong>{link.self ? <Tag tone="primary">{t('ch.self')}</Tag> : null}
            <bdi className="ms-code">{link.mayOpen && !link.self ? <Link to={`/orders/${link.number}`}>{link.number}</Link> : link.number}</bdi>
            <span className="ms-grow" />
            {link.groupName ? <Tag tone={groups[link.group ?? ''] ?? 'plain'}>{link.groupName}</Tag> : null}{link.state ? <StateTag state={link.state} /> : null}
          </header>
          <div className="ms-row ms-hint">
            <span>{t('ch.responsible')} {link.responsible ?? '–'}</span>
            {link.passedAt ? <span>{t('ch.passedAt')} <Time iso={link.passedAt} /></span> : null}
            {link.dueAt ? <span>{t('ch.due')} <Time iso={link.dueAt} /></span> : null}
          </div>
          {link.requirement ? <p className="ms-text">{t('ch.requirement', { text: link.requirement })}</p> : null}
        </article>
      ))}
      {order.links.length > 0 ? <><h3 className="ms-round">{t('ch.links')}</h3><Links links={order.links} /></> : null}
    </div>
  )
}

export function Links({ links }: { links: OrderDetail['links'] }): ReactElement {
  return (
    <ul className="ms-plain-list">
      {links.map((link) => <li key={`${link.kind}${link.orderId}`} className="ms-row"><Tag>{link.kindName}</Tag><Link to={`/orders/${link.number}`} className="ms-ellipsis">{link.title}</Link><StateTag state={link.state} /></li>)}
    </ul>
  )
}
