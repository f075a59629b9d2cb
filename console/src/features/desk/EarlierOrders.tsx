// What this person asked before, open ones first, with 催办 and 追加 where the reader may act.
import { useQueryClient } from '@tanstack/react-query'
import { Button, Tooltip } from 'antd'
import type { ReactElement } from 'react'
import { useRef, useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Part } from '../review/OrderObject.tsx'
import { cappedCount } from '../../ui/numbers.ts'
import { Time } from '../../ui/Page.tsx'
import { ClockChip, StateTag, Tag } from '../../ui/Tags.tsx'
import { useOrderActs } from '../orders/acts/index.ts'
import { useOrder } from '../orders/order-data.ts'
import { t } from './texts.zh-CN.ts'

export type Earlier = OutputOf<'lookupRequester'>['orders'][number]
type Props = { orders: readonly Earlier[]; total: { value: number; capped: boolean }; openCount: number; requesterId?: string; except?: string }

export function EarlierOrders({ orders, total, openCount, requesterId, except }: Props): ReactElement {
  const [all, setAll] = useState(false)
  const more = useQueryOf('requesterOrders', { id: requesterId ?? '', limit: 100 }, { enabled: all && requesterId !== undefined })
  const shown = ((all ? more.data?.items : undefined) ?? orders).filter((one) => one.id !== except)
  return (
    <Part title={t('orders')} extra={<span className="ms-hint">{t('totalOrders', { n: cappedCount(total) })}</span>}>
      {openCount > 0 ? <div><Tag tone="near">{t('openOrders')} {openCount}</Tag></div> : null}
      {shown.length === 0 ? <span className="ms-hint">{t('noOrders')}</span> : null}
      <ul className="ms-earlier-list">{shown.map((one) => <EarlierLine key={one.id} order={one} />)}</ul>
      {!all && requesterId && total.value > shown.length ? <button type="button" className="ms-link-button" onClick={() => setAll(true)}>{t('moreOrders')}</button> : null}
    </Part>
  )
}

const rateNames = { contacted: t('rate.contacted'), solved: t('rate.solved'), satisfied: t('rate.satisfied') } as const
const rateWords: Record<string, string> = { yes: t('rate.yes'), partly: t('rate.partly'), no: t('rate.no'), notStated: t('rate.notStated') }

function EarlierLine({ order }: { order: Earlier }): ReactElement {
  const { rates } = order
  const said = rates ? (['contacted', 'solved', 'satisfied'] as const).flatMap((name) => (rates[name] ? [`${rateNames[name]} ${rateWords[rates[name]] ?? rates[name]}`] : [])).join(' · ') : ''
  return (
    <li className="ms-earlier" data-open={order.open || undefined}>
      <span className="ms-row"><StateTag state={order.state} round={order.round} />{order.open && order.nextDueAt ? <ClockChip plain clock={{ state: 'running', dueAt: order.nextDueAt }} /> : null}</span>
      <span className="ms-earlier-title">{order.title}</span>
      <span className="ms-hint">{[order.appealTypeName, order.unitName, order.urgeCount ? t('urged', { n: order.urgeCount }) : null].filter(Boolean).join(' · ')} <Time iso={order.registeredAt} /></span>
      {said ? <span className="ms-hint">{said}</span> : null}
      {order.open || order.mayOpen ? <EarlierActs order={order} /> : null}
    </li>
  )
}

/** 催办, 追加 and 查看 of one earlier order; what is not possible says why. */
export function EarlierActs({ order, onActed }: { order: Pick<Earlier, 'id' | 'number' | 'title' | 'open' | 'mayOpen'>; onActed?: (act: 'urge' | 'supplement') => void }): ReactElement {
  const ref = { id: order.id, number: order.number, title: order.title }
  const read = useOrder(order.open && order.mayOpen ? ref : undefined)
  const client = useQueryClient()
  // the line itself comes from the requester's history, which no act knows of
  const refresh = () => { for (const name of ['lookupRequester', 'requesterOrders']) void client.invalidateQueries({ queryKey: [name] }) }
  const last = useRef<'urge' | 'supplement'>('urge')
  const { open, drawers } = useOrderActs(read.data ?? ref, { onDone: () => { refresh(); onActed?.(last.current) } })
  const button = (act: 'urge' | 'supplement', label: string): ReactElement | null => {
    const state = read.data?.acts.find((one) => one.act === act)
    // an act that the role never has is absent
    if (read.data && !state) return null
    const why = !order.mayOpen ? t('outside') : state && !state.enabled ? (state.reason ?? t('notNow', { act: label })) : null
    const off = why !== null || !state
    return (
      <Tooltip title={why}>
        <Button size="small" aria-disabled={off} aria-description={why ?? undefined} className={off ? 'ms-act-off' : undefined} onClick={() => { if (off) return; last.current = act; open(act) }}>{label}</Button>
      </Tooltip>
    )
  }
  return (
    <span className="ms-row">
      {order.open ? <>{button('urge', t('urge'))}{button('supplement', t('supplement'))}</> : null}
      {order.mayOpen ? <Link to={`/orders/${order.number}`}>{t('look')}</Link> : null}
      {drawers}
    </span>
  )
}
