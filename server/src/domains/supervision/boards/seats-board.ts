// 坐席: what each seat of the centre did, what it did after the limit of the stage, and what it has in hand (SUP-03, SUP-29).
import { sql, type SqlBool } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { HOUR, addDays, startOfDay, toIso, type Instant } from '../../../kernel/time/index.ts'
import { actNames, stateNames, type OrderState } from '../../orders/index.ts'
import { afterCursor, boundCount, dayRange, nextPage, onlineUsers, tenantById } from '../../platform/index.ts'
import { db, readsWide, seesOrder } from '../supervision.queries.ts'
import { moreActNames } from '../texts.zh-CN.ts'
import { seatFacets } from './board-contract.ts'
import type * as contract from './board-contract.ts'
import { facetNames, figureNames } from './board-texts.zh-CN.ts'

type Facet = (typeof seatFacets)[number]
/** Which acts count for which work. */
const facetActs: Record<Facet, readonly string[]> = {
  receipt: ['register', 'submit', 'signUpper'], review: ['passReview', 'returnToAgent', 'answer'], sorting: ['dispatch', 'approveReturn', 'refuseReturn'], closing: ['acceptResult', 'returnResult', 'rejectClosing'], callback: ['callbackSatisfied', 'callbackDissatisfied', 'callbackGivenUp'],
}
const acts = Object.values(facetActs).flat()
/** Acts that end a stage of the centre; the clock ends with the act, so both carry nearly the same moment. */
const lateBy = sql<number | null>`(select extract(epoch from max(c.met_at - c.due_at)) * 1000 from orders_pub_clock_view c where c.tenant_id = t.tenant_id and c.order_id = t.order_id and c.kind in ('stage', 'resultReview') and c.met_at > c.due_at and abs(extract(epoch from c.met_at - t.at)) < 5)`

type Filter = Partial<Omit<Input<typeof contract.seatActsRoute>, 'cursor' | 'limit'>>

/** Acts of the centre's people on orders that the reader sees; units have no seats. */
async function actQuery(ctx: Ctx, input: Filter) {
  if (!readsWide(ctx)) throw kernelErrors('forbidden', { params: { permission: '坐席看板' } })
  const { from, before } = await dayRange(ctx, input.from, input.to)
  let query = db(ctx).selectFrom('orders_pub_act_view as t')
    .innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 't.tenant_id').onRef('o.id', '=', 't.order_id'))
    .where('t.tenant_id', '=', ctx.tenantId).where('t.actor_id', 'is not', null).where('t.act', 'in', input.facet ? [...facetActs[input.facet]] : acts)
    .where((eb) => seesOrder(ctx, eb as never) as never)
  if (from) query = query.where('t.at', '>=', from)
  if (before) query = query.where('t.at', '<', before)
  if (input.userId) query = query.where('t.actor_id', '=', input.userId)
  if (input.late) query = query.where(sql<SqlBool>`${lateBy} is not null`)
  return query
}

/** Calls that the centre's people made out, by the call list's own condition. */
async function dialled(ctx: Ctx, input: { from: string; to: string }) {
  const { from, before } = await dayRange(ctx, input.from, input.to)
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const rows = await db(ctx).selectFrom('telephony_pub_call_view as c').where('c.tenant_id', '=', ctx.tenantId).where('c.direction', '=', 'outbound').where('c.agent_id', 'is not', null).where('c.started_at', '>=', from).where('c.started_at', '<', before)
    .select(['c.agent_id as userId', sql<string>`max(c.agent_name)`.as('name'), sql<number>`count(*)::int`.as('n'), sql<Instant>`max(c.started_at)`.as('lastAt')]).groupBy('c.agent_id').execute()
  return { rows, query: { direction: 'outbound', from: toIso(startOfDay(input.from, timeZone)), to: toIso(startOfDay(addDays(input.to, 1), timeZone)) } }
}

const LIST = '/api/supervision/seat-acts'

export async function seatsBoard(ctx: Ctx, input: Input<typeof contract.seatsBoardRoute>): Promise<Output<typeof contract.seatsBoardRoute>> {
  authorize(ctx, 'supervision.read')
  const rows = await (await actQuery(ctx, input)).select(['t.actor_id as userId', 't.act', sql<string>`max(t.actor_name)`.as('name'), sql<string | null>`max(t.unit_name)`.as('unitName'), sql<number>`count(*)::int`.as('n'), sql<Instant>`max(t.at)`.as('lastAt'), sql<number>`count(*) filter (where ${lateBy} is not null)::int`.as('late')]).groupBy(['t.actor_id', 't.act']).execute()
  const hand = await db(ctx).selectFrom('orders_pub_order_view as o').where('o.tenant_id', '=', ctx.tenantId).where('o.picked_by', 'is not', null).where('o.state', 'in', ['draft', 'pendingReview', 'pendingDispatch', 'pendingResultReview']).select(['o.picked_by as userId', sql<number>`count(*)::int`.as('n')]).groupBy('o.picked_by').execute()
  const calls = await dialled(ctx, input)
  const people = Map.groupBy(rows, (r) => r.userId ?? '')
  for (const call of calls.rows) if (!people.has(call.userId ?? '')) people.set(call.userId ?? '', [])
  const online = await onlineUsers(ctx, [...people.keys()])
  const period = { from: input.from, to: input.to }
  const seats = [...people].map(([userId, mine]) => {
    const sum = (of: readonly string[], key: 'n' | 'late'): number => mine.filter((r) => of.includes(r.act ?? '')).reduce((n, r) => n + r[key], 0)
    const facet = (one: Facet) => ({ key: one, name: facetNames[one], count: sum(facetActs[one], 'n'), list: { path: LIST, query: { ...period, userId, facet: one } } })
    const out = calls.rows.find((c) => c.userId === userId)
    return {
      userId, name: mine[0]?.name ?? out?.name ?? '', unitName: mine[0]?.unitName ?? '', online: online.has(userId), lastAt: mine.reduce<Instant | null>((at, r) => (at === null || r.lastAt > at ? r.lastAt : at), out?.lastAt ?? null),
      facets: { receipt: facet('receipt'), sorting: facet('sorting'), review: facet('review'), closing: facet('closing'), callback: facet('callback'), outbound: { key: 'outbound', name: facetNames.outbound, count: out?.n ?? 0, list: { path: '/api/telephony/calls', query: { ...calls.query, agentId: userId } } } },
      late: { key: 'overdue', name: figureNames.stageLate, count: sum(acts, 'late'), list: { path: LIST, query: { ...period, userId, late: 'true' } } }, inHand: hand.find((h) => h.userId === userId)?.n ?? 0,
    }
  }).toSorted((a, b) => b.late.count - a.late.count || a.name.localeCompare(b.name, 'zh'))
  const stages = seatFacets.map((facet) => ({ kind: facet, name: facetNames[facet], late: { key: 'overdue', name: figureNames.stageLate, count: rows.filter((r) => facetActs[facet].includes(r.act ?? '')).reduce((n, r) => n + r.late, 0), list: { path: LIST, query: { ...period, facet, late: 'true' } } } }))
  return { at: ctx.clock.now(), seats, total: { late: { key: 'overdue', name: figureNames.stageLate, count: seats.reduce((n, s) => n + s.late.count, 0), list: { path: LIST, query: { ...period, late: 'true' } } }, stages } }
}

export async function seatActs(ctx: Ctx, input: Input<typeof contract.seatActsRoute>): Promise<Output<typeof contract.seatActsRoute>> {
  authorize(ctx, 'supervision.read')
  const query = await actQuery(ctx, input)
  const rows = await query.select(['t.id', 't.order_id as orderId', 'o.number', 'o.title', 'o.state', 't.act', 't.actor_name as actorName', 't.at', lateBy.as('lateMs')]).where(afterCursor(input.cursor, 't.at', 't.id')).orderBy('t.at', 'desc').orderBy('t.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows.map((r) => ({ ...r, id: r.id ?? '', at: r.at ?? (0 as Instant) })), input.limit, (r) => r.at)
  const items = page.items.map(({ state, lateMs, ...r }) => ({ ...r, orderId: r.orderId ?? '', number: r.number ?? '', title: r.title ?? '', stateName: stateNames[state as OrderState], act: r.act ?? '', actName: actNames[r.act ?? ''] ?? moreActNames[r.act ?? ''] ?? r.act ?? '', actorName: r.actorName ?? '', lateHours: lateMs === null ? null : Math.round((lateMs / HOUR) * 10) / 10 }))
  return { items, next: page.next, count: await boundCount(ctx, query) }
}
