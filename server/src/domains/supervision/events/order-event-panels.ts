// The six kinds of information of an event that orders make: counted from its orders, without words of requesters.
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { DAY, formatMoment, plus, type Instant } from '../../../kernel/time/index.ts'
import { appealTypeNames, stateNames, type OrderState } from '../../orders/index.ts'
import { areaNames, tenantById } from '../../platform/index.ts'
import { db } from '../supervision.queries.ts'
import { panelFacts as f, warningLevelNames } from './event-texts.zh-CN.ts'
import { orderEvents } from './order-events.ts'
import type { WarningEvent, WarningPanel } from './warning-events.ts'

const SIMILAR = 5
const SIMILAR_DAYS = 180

const ordersOf = (ctx: Ctx, ids: readonly string[]) =>
  db(ctx).selectFrom('orders_pub_order_view').select(['id', 'number', 'state', 'appeal_type', 'area_code', 'matter_id', 'matter_name', 'lead_unit_name', 'urge_count', 'return_count', 'round', 'registered_at', 'dispatched_at', 'closed_at', 'next_due_at'])
    .where('tenant_id', '=', ctx.tenantId).where('id', 'in', [...ids]).orderBy('registered_at').execute()
type Order = Awaited<ReturnType<typeof ordersOf>>[number]

/** How often each word occurs, the most frequent first: 城管局 3、住建局 1. */
function shares(words: readonly (string | null | undefined)[]): string {
  const groups = [...Map.groupBy(words.flatMap((word) => word ?? []), (word) => word)].map(([word, list]) => ({ word, n: list.length }))
  return groups.toSorted((a, b) => b.n - a.n).slice(0, 5).map(({ word, n }) => (words.length === 1 ? word : `${word} ${n}`)).join('、')
}
const sum = (list: readonly (number | null)[]): number => list.reduce<number>((all, n) => all + (n ?? 0), 0)

export async function orderEventPanels(ctx: Ctx, id: string): Promise<WarningPanel[] | null> {
  const [event] = (await orderEvents(ctx, { ids: [id], limit: 1 })).items
  if (!event) return null
  const orders = event.orderIds.length === 0 ? [] : await ordersOf(ctx, event.orderIds)
  const set = await db(ctx).selectFrom('orders_pub_set_view').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const time = (at: Instant | null | undefined): string => (at === null || at === undefined ? '–' : formatMoment(at, ctx.clock.now(), timeZone))
  const areas = await areaNames(ctx, orders.flatMap((o) => o.area_code ?? []))
  const similar = await similarTo(ctx, event, orders)
  const facts = (...pairs: [string, string | number | null | undefined][]) => pairs.flatMap(([label, value]) => (value === null || value === undefined || value === '' ? [] : [{ label, value: String(value) }]))
  const [first, last] = [orders[0], orders.at(-1)]
  const done = orders.filter((o) => o.closed_at !== null).length
  return [
    { kind: 'summary', facts: facts([f.rule, event.rule.name], [f.level, warningLevelNames[event.level]], [f.raised, time(event.raisedAt)], [f.core, set?.core], [f.matter, shares(orders.map((o) => o.matter_name))], [f.orders, orders.length], [f.communities, set?.communities?.join('、')], [f.people, set?.people]), orderIds: [] },
    { kind: 'handling', facts: facts([f.state, event.stateName], [f.units, shares(orders.map((o) => o.lead_unit_name))], [f.dispatched, time(set ? set.dispatched_at : first?.dispatched_at)], [f.stages, shares(orders.map((o) => stateNames[o.state as OrderState]))], [f.done, `${done} / ${orders.length}`], [f.due, time(nearest(orders))], [f.reply, set?.reply]), orderIds: [] },
    { kind: 'analysis', facts: facts([f.span, first && last && first !== last ? `${time(first.registered_at)} – ${time(last.registered_at)}` : null], [f.areas, shares(orders.map((o) => areas.get(o.area_code ?? '')))], [f.types, shares(orders.map((o) => appealTypeNames[o.appeal_type as keyof typeof appealTypeNames]))], [f.urges, sum(orders.map((o) => o.urge_count))], [f.returns, sum(orders.map((o) => o.return_count))], [f.redone, orders.filter((o) => (o.round ?? 1) > 1).length]), orderIds: [] },
    { kind: 'orders', facts: facts([f.orders, orders.length]), orderIds: event.orderIds },
    { kind: 'firstCase', facts: facts([f.first, time(first?.registered_at)], [f.state, first ? stateNames[first.state as OrderState] : null], [f.units, first?.lead_unit_name]), orderIds: event.orderIds.slice(0, 1) },
    { kind: 'similar', facts: facts([f.similar, similar.length]), orderIds: similar },
  ]
}

const nearest = (orders: readonly Order[]): Instant | null => orders.flatMap((o) => o.next_due_at ?? []).toSorted((a, b) => a - b)[0] ?? null

/** Finished orders of the same matter of the half year before, the latest first. */
async function similarTo(ctx: Ctx, event: WarningEvent, orders: readonly Order[]): Promise<string[]> {
  const [first] = orders
  if (!first?.matter_id) return []
  const rows = await db(ctx).selectFrom('orders_pub_order_view').select('id').where('tenant_id', '=', ctx.tenantId).where('matter_id', '=', first.matter_id).where('id', 'not in', event.orderIds).where('state', 'in', ['closed', 'archived'])
    .where('registered_at', '>=', ts(plus(event.raisedAt, -SIMILAR_DAYS * DAY))).orderBy('registered_at', 'desc').limit(SIMILAR).execute()
  return rows.map((r) => r.id)
}
