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
      {order.chain.length > 0 ? (
        <table className="ms-tree">
          <thead><tr><th scope="col">{t('ch.level')}</th><th scope="col">{t('ch.number')}</th><th scope="col">{t('ch.state')}</th><th scope="col">{t('ch.responsible')}</th><th scope="col">{t('ch.passedAt')}</th></tr></thead>
          <tbody>
            {order.chain.map((link, i) => (
              <tr key={link.number}>
                <td style={{ paddingInlineStart: 8 + i * 16 }}>{link.direction ? <Tag tone="calm">{ways[link.direction] ?? link.direction}</Tag> : null} {link.tenantName} {link.self ? <Tag tone="primary">{t('ch.self')}</Tag> : null}</td>
                <td className="ms-code">{link.mayOpen && !link.self ? <Link to={`/orders/${link.number}`}>{link.number}</Link> : link.number}</td>
                <td>{link.groupName ? <Tag tone={groups[link.group ?? ''] ?? 'plain'}>{link.groupName}</Tag> : null} {link.state ? <StateTag state={link.state} /> : '–'}</td>
                <td>{link.responsible ?? '–'}</td>
                <td><Time iso={link.passedAt} />{link.dueAt ? <span className="ms-hint"> {t('ch.due')} <Time iso={link.dueAt} /></span> : null}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {order.chain.filter((link) => link.requirement).map((link) => <p key={link.number} className="ms-text">{link.tenantName} {t('ch.requirement', { text: link.requirement ?? '' })}</p>)}
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
