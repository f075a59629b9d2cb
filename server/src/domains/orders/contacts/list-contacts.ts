// Contacts as a list, the rates of units from them, and promises of a reply that came due.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { toIso, type Instant } from '../../../kernel/time/index.ts'
import { actsFor } from '../orders.policy.ts'
import { db } from '../orders.queries.ts'
import { and, inSight, listOf, orderColumns, type OrderColumns } from '../requests/list-frame.ts'
import { tellUnit } from '../requests/tell.ts'
import { readerUnits } from '../requests/unit-sight.ts'
import type * as contract from './contact-contract.ts'

type Row = OrderColumns & {
  id: string; assignment_id: string; unit_id: string; unit_name: string; method: string; outcome: 'reached' | 'notReached'; met: boolean; promised: boolean; promised_at: Instant | null; promise_state: string | null; promise_note: string | null
  note: string | null; call_ref: string | null; contacted_at: Instant; recorded_by_name: string
}

export async function listContacts(ctx: Ctx, input: Input<typeof contract.listContactsRoute>) {
  authorize(ctx, 'orders.read')
  const now = ctx.clock.now()
  const where = [sql`x.tenant_id = ${ctx.tenantId}`, readerUnits(ctx, 'x.unit_id')]
  if (input.orderId) where.push(sql`x.order_id = ${input.orderId}`)
  if (input.unitId) where.push(sql`x.unit_id = ${input.unitId}`)
  if (input.outcome) where.push(sql`x.outcome = ${input.outcome}`)
  if (input.met !== undefined) where.push(sql`x.met = ${input.met}`)
  if (input.promise === 'overdue') where.push(sql`x.promise_state = 'open' and x.promised_at <= ${ts(now)}`)
  else if (input.promise) where.push(sql`x.promise_state = ${input.promise}`)
  if (input.from !== undefined) where.push(sql`x.contacted_at >= ${ts(input.from)}`)
  if (input.to !== undefined) where.push(sql`x.contacted_at < ${ts(input.to)}`)
  const page = await listOf<Row>(ctx, { columns: sql`x.*, ${orderColumns}`, from: sql`order_contact x join order_order o on o.tenant_id = x.tenant_id and o.id = x.order_id`, where, at: 'x.contacted_at', id: 'x.id', down: true }, input)
  return {
    items: page.rows.map((r) => ({
      id: r.id, orderId: r.order_id, number: r.number, title: r.title, urgency: r.urgency, orderState: r.order_state, assignmentId: r.assignment_id, unitId: r.unit_id, unitName: r.unit_name, method: r.method, outcome: r.outcome, met: r.met, promised: r.promised, promisedAt: r.promised_at,
      promiseState: r.promise_state, promiseNote: r.promise_note, promiseOverdue: r.promise_state === 'open' && r.promised_at !== null && r.promised_at <= now, note: r.note, callRef: r.call_ref, contactedAt: r.contacted_at, recordedByName: r.recorded_by_name,
      mayClosePromise: r.promise_state === 'open' && actsFor(ctx, r.unit_id, 'orders.handle'),
    })),
    next: page.next, count: page.count,
  }
}

/** Of the orders dispatched to a unit in the period: reached, met in person, tried in vain. An order counts once, however often somebody called. */
export async function contactRates(ctx: Ctx, input: Input<typeof contract.contactRatesRoute>) {
  authorize(ctx, 'orders.read')
  const { rows } = await sql<{ unit_id: string; unit_name: string; orders: number; reached: number; met: number; vain: number; attempts: number }>`
    select unit_id, max(unit_name) as unit_name, count(*)::int as orders, count(*) filter (where reached)::int as reached, count(*) filter (where met)::int as met, count(*) filter (where vain and not reached)::int as vain, coalesce(sum(attempts), 0)::int as attempts
    from (select a.unit_id, max(a.unit_name) as unit_name, a.order_id, bool_or(a.tried_in_vain_at is not null) as vain, coalesce(bool_or(c.reached), false) as reached, coalesce(bool_or(c.met), false) as met, sum(c.n) as attempts
      from order_assignment a join order_order o on o.tenant_id = a.tenant_id and o.id = a.order_id
      left join lateral (select bool_or(x.outcome = 'reached') as reached, bool_or(x.met) as met, count(*) as n from order_contact x where x.tenant_id = a.tenant_id and x.assignment_id = a.id) c on true
      where ${and([sql`a.tenant_id = ${ctx.tenantId} and a.dispatched_at >= ${toIso(input.from)}::timestamptz and a.dispatched_at < ${toIso(input.to)}::timestamptz and a.state not in ('returned', 'cancelled')`, readerUnits(ctx, 'a.unit_id'), inSight(ctx)])}
      group by a.unit_id, a.order_id) each_order
    group by unit_id order by unit_name limit 500`.execute(ctx.db())
  const rate = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)
  return { items: rows.map((r) => ({ unitId: r.unit_id, unitName: r.unit_name, orders: r.orders, reached: r.reached, met: r.met, triedInVain: r.vain, attempts: r.attempts, contactRate: rate(r.reached, r.orders), meetingRate: rate(r.met, r.orders) })) }
}

/** A promised reply whose time has come is told once to those who promised it. */
export async function sweepContactPromises(ctx: Ctx): Promise<void> {
  const due = await db(ctx).updateTable('order_contact').set({ promise_warned: true }).where('tenant_id', '=', ctx.tenantId).where('promise_state', '=', 'open').where('promise_warned', '=', false).where('promised_at', '<=', ts(ctx.clock.now())).returning(['order_id', 'assignment_id']).execute()
  for (const { order_id, assignment_id } of due) {
    const order = await db(ctx).selectFrom('order_order').select(['id', 'number', 'title']).where('tenant_id', '=', ctx.tenantId).where('id', '=', order_id).executeTakeFirstOrThrow()
    const assignment = await db(ctx).selectFrom('order_assignment').select(['unit_id', 'handler_id']).where('tenant_id', '=', ctx.tenantId).where('id', '=', assignment_id).executeTakeFirstOrThrow()
    await tellUnit(ctx, order, assignment, { type: 'order.contactPromise', level: 'P2', title: `承诺反馈已到期：${order.title}`, text: `工单 ${order.number}，请联系诉求人并登记结果` })
  }
}
