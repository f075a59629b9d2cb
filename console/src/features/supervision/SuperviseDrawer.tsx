// 发起督办: by hand, on one or several orders of one unit; from the order page, a list, a card or the board.
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Problem } from '../../api/problem.ts'
import { say } from '../../ui/notices.ts'
import { fileIds, text, words } from '../orders/acts/form-values.ts'
import { useRefreshOrders } from '../orders/order-data.ts'
import { choice, dueField, files, form, inHours, long } from './fields.ts'
import { w } from './words.zh-CN.ts'

export type Supervised = { id: string; number: string; title: string }

export function SuperviseDrawer({ orders, unitId, onClose }: { orders: Supervised[]; unitId?: string | null; onClose: () => void }): ReactElement {
  const options = useQueryOf('supervisionTaskOptions', { orderIds: orders.map((order) => order.id).join(',') })
  const client = useQueryClient()
  const refresh = useRefreshOrders()
  const data = options.data
  const units = data?.units ?? []
  const first = orders[0]
  return (
    <ActDrawer key={data ? 'ready' : 'waiting'} open onClose={onClose} title={w('supervise')} sub={orders.length === 1 && first ? <><bdi className="ms-code">{first.number}</bdi> {first.title}</> : w('superviseN', { n: orders.length })} submitLabel={w('supervise')} draftKey={`supervise:${orders.map((o) => o.id).join()}`}
      notice={(handle) => (orders.length === 1 && (!data || units.length > 0) && !text(handle.value, 'demand') ? null : <>{orders.length > 1 ? <div>{orders.map((order) => order.number).join('、')}</div> : null}{data && units.length === 0 ? <div>{w('superviseNone')}</div> : null}{text(handle.value, 'demand') ? <div>{w('superviseNotice', { text: words(handle.value, 'demand') })}</div> : null}</>)}
      initial={{ unitId: unitId && units.some((unit) => unit.id === unitId) ? unitId : units[0]?.id, level: '1', replyDueAt: inHours(data?.replyHours ?? 24) }}
      schema={form({
        unitId: choice(w('f.unit'), units.map((unit) => ({ value: unit.id, label: unit.name })), { description: w('f.unitHelp') }),
        level: choice(w('f.level'), (data?.levels ?? []).map((level) => ({ value: String(level.level), label: level.name })), { 'x-half': true, 'x-buttons': true }),
        replyDueAt: dueField(w('f.replyDue')),
        demand: long(w('f.demand'), 500),
        description: long(w('f.description'), 2000),
        violation: { type: 'string', title: w('f.violation'), description: w('f.violationHelp'), maxLength: 500 },
        opinion: long(w('f.opinion')),
        supervisorId: choice(w('f.supervisor'), (data?.people ?? []).map((person) => ({ value: person.id, label: person.name })), { 'x-buttons': false }),
        fileIds: files,
      }, ['unitId', 'replyDueAt', 'demand'])}
      submit={async (v) => {
        await call('createSupervisionTask', { orderIds: orders.map((order) => order.id), unitId: words(v, 'unitId'), level: Number(words(v, 'level') || '1'), replyDueAt: words(v, 'replyDueAt'), demand: words(v, 'demand'), description: text(v, 'description'), violation: text(v, 'violation'), opinion: text(v, 'opinion'), supervisorId: text(v, 'supervisorId'), fileIds: fileIds(v) })
        await refresh()
        await client.invalidateQueries()
        say(w('superviseDone'))
      }} />
  )
}

/** Numbers as typed, to orders; throws a problem that names the unknown one. */
export async function ordersByNumber(typed: string): Promise<Supervised[]> {
  const numbers = [...new Set(typed.split(/[\s,，、;；]+/).filter(Boolean))]
  const found: Supervised[] = []
  for (const number of numbers) {
    const { items } = await request<{ items: Supervised[] }>('GET', '/api/orders', { number, limit: 2 })
    const order = items.find((one) => one.number === number)
    if (!order) throw new Problem({ code: 'supervision.orderUnknown', status: 422, title: w('orderUnknown', { number }) })
    found.push({ id: order.id, number: order.number, title: order.title })
  }
  return found
}
