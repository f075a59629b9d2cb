// Rows of sets and merges: locking, numbers, members with their orders.
import { sql, type Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { localDate, yyMMdd } from '../../../kernel/time/index.ts'
import { tenantById } from '../../platform/index.ts'

import { db, type AssignmentRow, type OrderRow } from '../orders.queries.ts'
import type { OrdersTables } from '../tables.gen.ts'
import type { PlanStep, SetState } from './set-contract.ts'
import { setFail } from './sets.errors.ts'

export type SetRow = Omit<Selectable<OrdersTables['order_event_set']>, 'state' | 'plan'> & { state: SetState; plan: PlanStep[] }
export type MemberRow = Selectable<OrdersTables['order_event_member']>
export type MergeRow = Selectable<OrdersTables['order_merge']>
export type MergeMemberRow = Selectable<OrdersTables['order_merge_member']>

export async function lockSet(ctx: Ctx, id: string, version?: number): Promise<SetRow> {
  const row = await db(ctx).selectFrom('order_event_set').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw setFail('setNotFound')
  if (version !== undefined && version !== row.version) throw setFail('setChanged', { current: { version: row.version } })
  return row as unknown as SetRow // states are held to the list by a check constraint, the plan to its schema by the contract
}

export async function saveSet(ctx: Ctx, id: string, change: Record<string, unknown>): Promise<void> {
  await db(ctx).updateTable('order_event_set').set((eb) => ({ ...change, version: eb('version', '+', 1), updated_at: ts(ctx.clock.now()) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
  ctx.signal('orders.list')
}

export const membersOf = (ctx: Ctx, setId: string): Promise<MemberRow[]> => db(ctx).selectFrom('order_event_member').selectAll().where('tenant_id', '=', ctx.tenantId).where('set_id', '=', setId).orderBy('joined_at').orderBy('order_id').execute()

/** Locked in the order of their ids, so that two acts on the same orders never wait for each other crosswise. */
export async function lockOrders(ctx: Ctx, ids: string[]): Promise<OrderRow[]> {
  if (ids.length === 0) return []
  const rows = await db(ctx).selectFrom('order_order').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', 'in', [...new Set(ids)]).orderBy('id').forNoKeyUpdate().execute()
  return rows as OrderRow[]
}

/** SJ + yyMMdd + four digits; gaps are allowed. The counter is that of order numbers under a name no area has. */
export async function nextSetNumber(ctx: Ctx, prefix: 'SJ' | 'BD'): Promise<string> {
  const tenant = await tenantById(ctx, ctx.tenantId)
  const day = yyMMdd(localDate(ctx.clock.now(), tenant.timeZone))
  const row = await db(ctx).insertInto('order_counter').values({ area: `${prefix}:${ctx.tenantId}`, day, value: 1 })
    .onConflict((c) => c.columns(['area', 'day']).doUpdateSet((eb) => ({ value: eb('order_counter.value', '+', 1) }))).returning('value').executeTakeFirstOrThrow()
  return `${prefix}${day}${String(row.value).padStart(4, '0')}`
}

/** The set an order belongs to now, or null. */
export async function setOf(ctx: Ctx, orderId: string): Promise<{ set: SetRow; member: MemberRow } | null> {
  const member = await db(ctx).selectFrom('order_event_member').selectAll().where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('state', '=', 'joined').executeTakeFirst()
  if (!member) return null
  const set = await db(ctx).selectFrom('order_event_set').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', member.set_id).executeTakeFirstOrThrow()
  return { set: set as unknown as SetRow, member }
}

/** Sets whose dispatch and answer this order carries for the others. */
export async function setsLedBy(ctx: Ctx, orderId: string): Promise<SetRow[]> {
  const rows = await db(ctx).selectFrom('order_event_set').selectAll().where('tenant_id', '=', ctx.tenantId).where('lead_order_id', '=', orderId).where('state', 'in', ['open', 'dispatched']).execute()
  return rows as unknown as SetRow[]
}

/** Units whose result answered an order that was carried by its set: the top assignments of the leading order. */
export async function unitsThatAnswered(ctx: Ctx, orderId: string): Promise<Pick<AssignmentRow, 'unit_id' | 'role'>[]> {
  const { rows } = await sql<Pick<AssignmentRow, 'unit_id' | 'role'>>`select distinct a.unit_id, a.role from order_event_member m join order_event_set s on s.tenant_id = m.tenant_id and s.id = m.set_id
    join order_assignment a on a.tenant_id = s.tenant_id and a.order_id = s.lead_order_id and a.parent_id is null and a.state = 'done' and a.role <> 'assist'
    where m.tenant_id = ${ctx.tenantId} and m.order_id = ${orderId} and m.carried and m.answered_at is not null`.execute(ctx.db())
  return rows
}
