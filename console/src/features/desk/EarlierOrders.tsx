// What this person asked before, open ones first, with 催办 and 追加 where the reader may act.
import { useQueryClient } from '@tanstack/react-query'
import { Button, Tooltip } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Part } from '../../ui/DeskPart.tsx'
import { cappedCount } from '../../ui/numbers.ts'
import { Time } from '../../ui/Page.tsx'
import { ClockChip, StateTag, Tag } from '../../ui/Tags.tsx'
import { repeatCallForm } from '../orders/acts/centre-acts.ts'
import { OrderAct } from '../orders/acts/order-acts.tsx'
import { useOrder } from '../orders/order-data.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { PublicSide } from '../orders/PublicSide.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { say } from '../../ui/notices.ts'
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
      <EarlierActs order={order} />
    </li>
  )
}

type Brief = Pick<Earlier, 'id' | 'number' | 'title' | 'open' | 'mayOpen'> & { urgeCount?: number }

/** 催办, 追加 and 查看 of one earlier order, also of a colleague's; what is not possible says why. */
export function EarlierActs({ order, onActed }: { order: Brief; onActed?: (act: 'urge' | 'supplement') => void }): ReactElement {
  const ref = { id: order.id, number: order.number, title: order.title }
  const [look, setLook] = useState(false)
  const own = useOrder(order.open && order.mayOpen ? ref : undefined)
  // of an order outside one's own scope only the public side is read, and that only when somebody asks; each look is logged
  const foreign = useQueryOf('orderPublicSide', { id: order.id }, { enabled: look && !order.mayOpen, staleTime: 60_000 })
  const acts = order.mayOpen ? own.data?.acts : foreign.data?.acts
  const client = useQueryClient()
  // the line itself comes from the requester's history, which no act knows of
  const refresh = () => { for (const name of ['lookupRequester', 'requesterOrders', 'orderPublicSide']) void client.invalidateQueries({ queryKey: [name] }) }
  const button = (act: 'urge' | 'supplement', label: string): ReactElement | null => {
    const state = acts?.find((one) => one.act === act)
    // an act that the role never has is absent
    if (acts && !state) return null
    const why = state && !state.enabled ? (state.reason ?? t('notNow', { act: label })) : null
    const off = why !== null || (order.mayOpen && !state)
    return (
      <Tooltip title={why}>
        <Button size="small" aria-disabled={off} aria-description={why ?? undefined} className={off ? 'ms-act-off' : undefined} onClick={() => { if (!off) setAct(act) }}>{label}</Button>
      </Tooltip>
    )
  }
  const [act, setAct] = useState<'urge' | 'supplement' | null>(null)
  const acted = (did: 'urge' | 'supplement') => {
    refresh()
    onActed?.(did)
  }
  return (
    <span className="ms-row">
      {order.open ? <>{button('urge', t('urge'))}{button('supplement', t('supplement'))}</> : null}
      {order.mayOpen ? <Link to={`/orders/${order.number}`}>{t('look')}</Link> : <button type="button" className="ms-link-button" onClick={() => setLook(true)}>{t('look')}</button>}
      {act ? (order.mayOpen ? <OrderAct key={act} act={act} order={ref} onClose={() => setAct(null)} onDone={() => acted(act)} /> : <ForeignAct key={act} act={act} order={order} onClose={() => setAct(null)} onDone={() => acted(act)} />) : null}
      {look && !order.mayOpen ? <PublicSide orderId={order.id} onClose={() => setLook(false)} /> : null}
    </span>
  )
}

/** Urging or adding to an order of a colleague: its words only, the rest of the order is not read. */
function ForeignAct({ act, order, onClose, onDone }: { act: 'urge' | 'supplement'; order: Brief; onClose: () => void; onDone: () => void }): ReactElement {
  const { title, submitLabel, send, ...parts } = repeatCallForm(act, { id: order.id, urgeCount: order.urgeCount ?? 0 })
  return (
    <ActDrawer {...parts} open title={title} sub={<><bdi className="ms-code">{order.number}</bdi> {order.title}</>} submitLabel={submitLabel} draftKey={`order-act:${order.id}::${act}`} loaders={orderLoaders} onClose={onClose}
      submit={async (values) => {
        await send(values, {})
        say(t('repeatDone', { act: title, number: order.number }))
        onDone()
        onClose()
      }} />
  )
}
