// Requests of units (returns, extensions) as a list: pending ones oldest first, and only those the reader may decide when asked so.
import { expressionBuilder, sql, type RawBuilder } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { SharedViews } from '../../../kernel/db/views.gen.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { parseIso, toIso, type Instant } from '../../../kernel/time/index.ts'
import { visible } from '../orders.policy.ts'
import type { RequestRow } from '../orders.queries.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { isMoment, isUuid, readCursor, writeCursor } from './cursor.ts'
import { allOf, asCount } from './list-branches.ts'
import type { listRequestsRoute } from './list-contract.ts'

const eb = expressionBuilder<OrdersTables & SharedViews & { o: OrdersTables['order_order'] }, 'o'>()

const from = sql`order_request r join order_order o on o.tenant_id = r.tenant_id and o.id = r.order_id
  left join order_assignment a on a.tenant_id = r.tenant_id and a.id = r.assignment_id
  left join order_assignment up on up.tenant_id = a.tenant_id and up.id = a.parent_id`

/** The rule of `mayDecide` as a condition: at the unit's leader, at the level that dispatched, or in arbitration; never one's own. */
function decidable(ctx: Ctx): RawBuilder<boolean> {
  const units = ctx.actor.unitIds
  const own = (column: string): RawBuilder<unknown> => (units.length === 0 ? sql`false` : sql`${sql.ref(column)} in (${sql.join(units)})`)
  const parts: RawBuilder<unknown>[] = [sql`false`]
  if (can(ctx, 'orders.approve')) parts.push(sql`(r.stage = 'leader' and ${own('r.unit_id')})`)
  if (can(ctx, 'orders.arbitrate')) parts.push(sql`r.stage = 'arbitration'`)
  if (can(ctx, 'orders.reviewReturn')) parts.push(sql`(r.stage = 'review' and up.id is null)`)
  if (can(ctx, 'orders.handle') || can(ctx, 'orders.approve')) parts.push(sql`(r.stage = 'review' and ${own('up.unit_id')})`)
  const withdrawals = can(ctx, 'orders.approveWithdrawal') ? sql`(r.kind = 'withdrawal' and r.state = 'pending' and r.applicant_id is distinct from ${ctx.actor.id})` : sql`false`
  return sql<boolean>`(${withdrawals} or r.kind = 'return' and r.state = 'pending' and r.applicant_id is distinct from ${ctx.actor.id} and (${sql.join(parts, sql` or `)}))`
}

type Row = Omit<RequestRow, 'opinion'> & {
  number: string; title: string; urgency: string; order_state: string; matter_name: string | null; due_at: Instant | null; earlier: number; opinion: string | null; may_decide: boolean
}

export async function listRequests(ctx: Ctx, input: Input<typeof listRequestsRoute>) {
  authorize(ctx, 'orders.read')
  const where = [sql`r.tenant_id = ${ctx.tenantId} and r.kind = ${input.kind} and r.state = ${input.state}`, visible(ctx, eb as never)]
  if (input.stage && input.stage.length > 0) where.push(sql`r.stage in (${sql.join(input.stage)})`)
  if (input.unitId) where.push(sql`r.unit_id = ${input.unitId}`)
  if (input.mine) where.push(decidable(ctx))
  const pending = input.state === 'pending'
  const way = pending ? sql`asc` : sql`desc`
  const [at, id] = input.cursor === undefined ? [undefined, undefined] : readCursor(input.cursor, [isMoment, isUuid])
  const after = at === undefined || id === undefined ? sql`true` : pending ? sql`(r.created_at, r.id) > (${toIso(parseIso(at))}::timestamptz, ${id}::uuid)` : sql`(r.created_at, r.id) < (${toIso(parseIso(at))}::timestamptz, ${id}::uuid)`
  const [found, counted] = await Promise.all([
    sql<Row>`select r.*, o.number, o.title, o.urgency, o.state as order_state, o.matter_name, a.due_at, ${decidable(ctx)} as may_decide,
        (select count(*)::int from order_request e where e.tenant_id = r.tenant_id and e.order_id = r.order_id and e.kind = 'return' and e.created_at < r.created_at) as earlier
      from ${from} where ${allOf([...where, after])} order by r.created_at ${way}, r.id ${way} limit ${input.limit + 1}`.execute(ctx.db()),
    sql<{ n: number }>`select count(*)::int as n from (select 1 from ${from} where ${allOf(where)} limit 1001) as bounded`.execute(ctx.db()),
  ])
  const rows = found.rows.slice(0, input.limit)
  const last = rows.at(-1)
  return { items: rows.map(view), next: last && found.rows.length > input.limit ? writeCursor([toIso(last.created_at), last.id]) : null, count: asCount(counted.rows[0]?.n ?? 0) }
}

const view = (r: Row) => ({
  id: r.id, kind: r.kind, state: r.state, stage: r.stage, round: r.round, orderId: r.order_id, assignmentId: r.assignment_id, number: r.number, title: r.title, urgency: r.urgency, orderState: r.order_state, matterName: r.matter_name,
  unitId: r.unit_id, unitName: r.unit_name, applicantName: r.applicant_name, reasonClass: r.reason_class, reason: r.reason, withinWindow: r.within_window, createdAt: r.created_at, dueAt: r.due_at, newDueAt: r.new_due_at,
  earlierReturns: r.earlier, opinion: r.opinion, decidedByName: r.decided_by_name, decidedAt: r.decided_at, mayDecide: r.may_decide,
})

/** The figure of returns that wait for this reader. */
export function returnsToDecide(ctx: Ctx) {
  if (ctx.actor.kind !== 'user' || !['orders.reviewReturn', 'orders.arbitrate', 'orders.approve', 'orders.handle'].some((p) => can(ctx, p))) return []
  return [{ key: 'returns', label: '待审退单', path: '/api/order-requests', query: { kind: 'return', mine: 'true' }, count: counted(ctx, sql`r.kind = 'return'`) }]
}

const counted = (ctx: Ctx, kind: RawBuilder<unknown>) => sql<number>`(select count(*)::int from (select 1 from ${from} where ${allOf([sql`r.tenant_id = ${ctx.tenantId} and r.state = 'pending'`, kind, decidable(ctx), visible(ctx, eb as never)])} limit 1001) as bounded)`

/** The figure of difficult returns for the leaders of the centre. */
export function arbitrations(ctx: Ctx) {
  if (ctx.actor.kind !== 'user' || !can(ctx, 'orders.arbitrate')) return []
  return [{ key: 'arbitration', label: '待仲裁退单', path: '/api/order-requests', query: { kind: 'return', stage: 'arbitration', mine: 'true' }, count: counted(ctx, sql`r.kind = 'return' and r.stage = 'arbitration'`) }]
}

export function withdrawalsToDecide(ctx: Ctx) {
  if (ctx.actor.kind !== 'user' || !can(ctx, 'orders.approveWithdrawal')) return []
  return [{ key: 'withdrawals', label: '待审撤单', path: '/api/order-requests', query: { kind: 'withdrawal', mine: 'true' }, count: counted(ctx, sql`r.kind = 'withdrawal'`) }]
}
