// Head of the order page: place in the list, number, title, flags, state, what the public sees.
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { copyText } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { StateTag, Tag, UrgencyTag } from '../../ui/Tags.tsx'
import { Flags } from './columns.tsx'
import type { OrderDetail } from './order-types.ts'
import type { Place } from './place.ts'
import { t } from './texts.zh-CN.ts'

/** Said by name beside them. */
const named = new Set(['keyCase', 'upperMark'])
const ways: Record<string, string> = { direct: t('p.direct'), transferred: t('p.transferred') }

export function OrderHead({ order, place }: { order: OrderDetail; place: Place }): ReactElement {
  return (
    <header className="ms-order-head">
      <Link to={place.listPath} className="ms-icon-button" title={t('p.back')}><Icon name="chevronLeft" label={t('p.back')} /></Link>
      {place.position ? (
        <span className="ms-hint ms-order-place">
          <button type="button" className="ms-icon-button" disabled={!place.previous} onClick={place.goPrevious} title={`${t('p.previous')} p`}><Icon name="arrowUp" size={14} label={t('p.previous')} /></button>
          {place.position}
          <button type="button" className="ms-icon-button" disabled={!place.next} onClick={place.goNext} title={`${t('p.next')} n`}><Icon name="arrowDown" size={14} label={t('p.next')} /></button>
        </span>
      ) : null}
      <bdi className="ms-code ms-order-number">{order.number}</bdi>
      <button type="button" className="ms-icon-button" onClick={() => void copyText(order.number)} title={`${t('p.copyNumber')} y`}><Icon name="copy" size={14} label={t('p.copyNumber')} /></button>
      <h1 className="ms-ellipsis" title={order.title}>{order.title}</h1>
      <UrgencyTag urgency={order.urgency} />
      {ways[order.dispatchKind] ? <Tag>{ways[order.dispatchKind]}</Tag> : null}
      {order.keyMarks.map((mark) => <Tag key={`${mark.kind}${mark.name}`} tone="over">{mark.name}</Tag>)}
      {order.profileName ? <Tag tone="primary">{order.profileName}</Tag> : null}
      <Flags flags={order.flags.filter((flag) => !named.has(flag.code))} most={order.keyMarks.length || order.profileName ? 3 : 4} />
      <span className="ms-grow" />
      <StateTag state={order.state} closeKind={order.closeKind} round={order.round} />
      <span className="ms-muted ms-nowrap">{t('p.public', { state: order.publicStateName })}</span>
      <a className="ms-icon-button" href={`/orders/${order.number}/print`} target="_blank" rel="noreferrer" title={t('p.print')}><Icon name="print" label={t('p.print')} /></a>
    </header>
  )
}
