// Warning events that orders themselves make: many with the same appeal (event sets), and single ones marked as emergency or unstable. They stand in for a module that keeps warning events.
import { sql, type SqlBool } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { stateNames, type OrderState } from '../../orders/index.ts'
import { afterCursor, dayRange, nextPage, setting } from '../../platform/index.ts'
import { warningSetSize } from '../settings.ts'
import { db, inUnit, seesOrder } from '../supervision.queries.ts'
import { orderRuleNames, setStateNames } from './event-texts.zh-CN.ts'
import type { WarningEvent, WarningQuery } from './warning-events.ts'

/** Fixed ids: the setting that names the rules taking part keeps them. */
export const orderRules = { set: '01930000-0000-7000-8000-000000000001', emergency: '01930000-0000-7000-8000-000000000002', unstable: '01930000-0000-7000-8000-000000000003' } as const
type Kind = keyof typeof orderRules
const kinds: readonly Kind[] = ['set', 'emergency', 'unstable']
export const orderEventRules = async (): Promise<{ id: string; name: string }[]> => kinds.map((kind) => ({ id: orderRules[kind], name: orderRuleNames[kind] }))

const overOrders = ['closed', 'archived', 'withdrawn', 'merged']
/** A set of three times the size that makes an event is a grave one. */
const GRAVE = 3

export async function orderEvents(ctx: Ctx, query: WarningQuery): Promise<{ items: WarningEvent[]; next: string | null }> {
  const wanted = kinds.filter((kind) => query.ruleIds?.includes(orderRules[kind]) ?? true)
  const found = [...(wanted.includes('set') ? await sets(ctx, query) : []), ...(await marked(ctx, query, wanted.filter((kind) => kind !== 'set')))]
  return nextPage(found.toSorted((a, b) => b.raisedAt - a.raisedAt || (a.id < b.id ? 1 : -1)).slice(0, query.limit + 1), query.limit, (event) => event.raisedAt)
}

async function sets(ctx: Ctx, query: WarningQuery): Promise<WarningEvent[]> {
  const size = await setting(ctx, warningSetSize)
  const days = await dayRange(ctx, query.from, query.to)
  let found = db(ctx).selectFrom('orders_pub_set_view as s').leftJoin('orders_pub_order_view as l', (join) => join.onRef('l.tenant_id', '=', 's.tenant_id').onRef('l.id', '=', 's.lead_order_id'))
    .where('s.tenant_id', '=', ctx.tenantId).where('s.state', query.open ? 'in' : '<>', (query.open ? ['proposed', 'open', 'dispatched'] : 'dissolved') as never).where('s.members', '>=', size)
  if (query.ids) found = found.where('s.id', 'in', query.ids)
  if (query.unitId) found = found.where(inUnit(ctx, 'l.lead_unit_id', query.unitId))
  if (days.from) found = found.where('s.created_at', '>=', days.from)
  if (days.before) found = found.where('s.created_at', '<', days.before)
  const rows = await found.select(['s.id', 's.number', 's.title', 's.state', 's.members', 's.created_at as raisedAt', 'l.lead_unit_id as unitId', 'l.lead_unit_name as unitName'])
    .where(afterCursor(query.cursor, 's.created_at', 's.id')).orderBy('s.created_at', 'desc').orderBy('s.id', 'desc').limit(query.limit + 1).execute()
  const members = await membersOf(ctx, rows.map((r) => r.id))
  return rows.map((r) => ({
    id: r.id, number: r.number ?? '', title: r.title ?? '', rule: { id: orderRules.set, name: orderRuleNames.set }, level: (r.members ?? 0) >= GRAVE * size ? 'high' as const : 'middle' as const, stateName: setStateNames[r.state ?? ''] ?? '', raisedAt: r.raisedAt as WarningEvent['raisedAt'], unitId: r.unitId, unitName: r.unitName, orderIds: members.get(r.id) ?? [],
  }))
}

/** Orders of sets in the order in which they came in: the first case first. */
export async function membersOf(ctx: Ctx, setIds: readonly string[]): Promise<Map<string, string[]>> {
  if (setIds.length === 0) return new Map()
  const rows = await db(ctx).selectFrom('orders_pub_set_member_view as m').innerJoin('orders_pub_order_view as o', (join) => join.onRef('o.tenant_id', '=', 'm.tenant_id').onRef('o.id', '=', 'm.order_id'))
    .select(['m.set_id as setId', 'm.order_id as orderId']).where('m.tenant_id', '=', ctx.tenantId).where('m.set_id', 'in', [...setIds]).orderBy('o.registered_at').orderBy('m.order_id').execute()
  const byId = Map.groupBy(rows, (r) => r.setId ?? '')
  return new Map([...byId].map(([id, list]) => [id, list.flatMap((r) => r.orderId ?? [])]))
}

async function marked(ctx: Ctx, query: WarningQuery, flags: readonly Kind[]): Promise<WarningEvent[]> {
  if (flags.length === 0) return []
  const days = await dayRange(ctx, query.from, query.to)
  const has = (flag: Kind) => sql<SqlBool>`o.flags @> array[${flag}]::text[]`
  // An order with both marks is an emergency; `<> '{}'` lets the index of marked orders serve.
  const fits = sql.join(flags.map((flag) => (flag === 'unstable' ? sql`(${has('unstable')} and not ${has('emergency')})` : has(flag))), sql` or `)
  let found = db(ctx).selectFrom('order_view as o').where('o.tenant_id', '=', ctx.tenantId).where(sql<SqlBool>`o.flags <> '{}' and (${fits})`).where((eb) => seesOrder(ctx, eb as never) as never)
  if (query.open) found = found.where('o.state', 'not in', overOrders)
  if (query.ids) found = found.where('o.id', 'in', query.ids)
  if (query.unitId) found = found.where(inUnit(ctx, 'o.lead_unit_id', query.unitId))
  if (days.from) found = found.where('o.registered_at', '>=', days.from)
  if (days.before) found = found.where('o.registered_at', '<', days.before)
  const rows = await found.select(['o.id', 'o.number', 'o.title', 'o.state', 'o.registered_at as raisedAt', 'o.lead_unit_id as unitId', 'o.lead_unit_name as unitName', has('emergency').as('emergency')])
    .where(afterCursor(query.cursor, 'o.registered_at', 'o.id')).orderBy('o.registered_at', 'desc').orderBy('o.id', 'desc').limit(query.limit + 1).execute()
  return rows.map((r) => {
    const kind = r.emergency ? 'emergency' as const : 'unstable' as const
    return { id: r.id, number: r.number ?? '', title: r.title ?? '', rule: { id: orderRules[kind], name: orderRuleNames[kind] }, level: kind === 'emergency' ? 'high' as const : 'middle' as const, stateName: stateNames[r.state as OrderState], raisedAt: r.raisedAt as WarningEvent['raisedAt'], unitId: r.unitId, unitName: r.unitName, orderIds: [r.id] }
  })
}
