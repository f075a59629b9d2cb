// Rows of orders and assignments: locking, loading, saving. Locks always in the order order → assignment → rest.
import { sql, type InsertObject, type Kysely, type Selectable, type UpdateObject } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { SharedViews } from '../../kernel/db/views.gen.ts'
import { toIso } from '../../kernel/time/index.ts'
import type { AssignmentRole, AssignmentState } from './assignment.ts'
import { isOpen, type CloseKind, type OrderState } from './order.ts'
import { orderFail } from './orders.errors.ts'
import type { OrdersTables } from './tables.gen.ts'

type Narrow<T, K extends keyof T, V> = Omit<T, K> & Record<K, V>

export type OrderRow = Narrow<Narrow<Selectable<OrdersTables['order_order']>, 'state', OrderState>, 'close_kind', CloseKind | null>
export type AssignmentRow = Narrow<Narrow<Selectable<OrdersTables['order_assignment']>, 'state', AssignmentState>, 'role', AssignmentRole>
export type ClockRow = Selectable<OrdersTables['order_clock']>
export type FeedbackRow = Selectable<OrdersTables['order_feedback']>
export type RequestRow = Selectable<OrdersTables['order_request']>
export type OrderChange = UpdateObject<OrdersTables, 'order_order'>
export type AssignmentChange = UpdateObject<OrdersTables, 'order_assignment'>

/** Where an order of this tenant came from: registered here, or a mirror of an order of the tenant above, below or beside. */
const mirrorSources: readonly string[] = ['upper', 'lower', 'other']
/** True for an order that answers to another tenant, which alone speaks to the requester. */
export const isMirror = (order: Pick<OrderRow, 'source'>): boolean => mirrorSources.includes(order.source)
/** Flags of an order that another tenant works on. */
export const passedFlags = { down: 'transferredDown', up: 'upward', across: 'transferredAcross' } as const
export const isPassedOn = (order: Pick<OrderRow, 'flags'>): boolean => Object.values(passedFlags).some((flag) => order.flags.includes(flag))
export const withoutPassedFlags = (flags: readonly string[]): string[] => flags.filter((f) => !Object.values<string>(passedFlags).includes(f))

export const db = (ctx: Ctx): Kysely<OrdersTables & SharedViews> => ctx.db<OrdersTables>()

/** The order row of the context's tenant, locked but for its key: rows that others add to the order do not wait. 404 when there is none; 409 with what stands now when `version` is older. */
export async function lockOrder(ctx: Ctx, id: string, version?: number): Promise<OrderRow> {
  const row = await db(ctx).selectFrom('order_order').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
  if (!row) throw orderFail('notFound')
  if (version !== undefined && version !== row.version) throw changed(row as OrderRow)
  return row as OrderRow // states are held to the lists by check constraints
}

export const changed = (row: OrderRow): Error =>
  orderFail('changedMeanwhile', { params: { by: row.changed_by_name ?? '他人' }, current: { version: row.version, state: row.state, changedBy: row.changed_by_name, changedAt: toIso(row.updated_at) } })

/** All assignments of an order, locked, oldest first. */
export async function lockAssignments(ctx: Ctx, orderId: string): Promise<AssignmentRow[]> {
  const rows = await db(ctx).selectFrom('order_assignment').selectAll().where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).orderBy('dispatched_at').orderBy('id').forNoKeyUpdate().execute()
  return rows as AssignmentRow[]
}

/** Which order an assignment belongs to, before anything is locked. */
export async function orderIdOf(ctx: Ctx, assignmentId: string): Promise<string> {
  const row = await db(ctx).selectFrom('order_assignment').select('order_id').where('tenant_id', '=', ctx.tenantId).where('id', '=', assignmentId).executeTakeFirst()
  if (!row) throw orderFail('assignmentNotFound')
  return row.order_id
}

/** Saves a change of the order: version, time and nearest clock follow by themselves. Call it after clocks were changed. */
export async function saveOrder(ctx: Ctx, order: OrderRow, change: OrderChange): Promise<OrderRow> {
  const now = ctx.clock.now()
  // array_agg, not `order by … limit 1`: that makes the planner walk the index of all running clocks instead of this order's few.
  const clock = (column: 'due_at' | 'kind') => sql`(select (array_agg(${sql.ref(`c.${column}`)} order by c.due_at))[1] from order_clock c where c.tenant_id = ${ctx.tenantId} and c.order_id = ${order.id} and c.state = 'running')`
  const row = await db(ctx)
    .updateTable('order_order')
    .set({ ...change, version: order.version + 1, updated_at: ts(now), changed_by_name: ctx.actor.name, next_due_at: clock('due_at') as never, next_clock: clock('kind') as never })
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', '=', order.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  ctx.signal('orders.list', order.id)
  ctx.signal('orders.counts')
  return row as OrderRow
}

export async function saveAssignment(ctx: Ctx, id: string, change: AssignmentChange): Promise<void> {
  await db(ctx).updateTable('order_assignment').set((eb) => ({ ...change, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
}

export async function saveAssignments(ctx: Ctx, ids: string[], change: AssignmentChange): Promise<void> {
  if (ids.length === 0) return
  await db(ctx).updateTable('order_assignment').set((eb) => ({ ...change, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', 'in', ids).execute()
}

export async function insertAssignments(ctx: Ctx, rows: InsertObject<OrdersTables, 'order_assignment'>[]): Promise<void> {
  await db(ctx).insertInto('order_assignment').values(rows).execute()
}

/** Makes units and their ancestors see the order; an ancestor that is a unit itself stays direct. */
export async function addParties(ctx: Ctx, order: Pick<OrderRow, 'id' | 'registered_at' | 'state'>, units: { id: string; path: string[] }[]): Promise<void> {
  const direct = new Set(units.map((u) => u.id))
  const all = new Set(units.flatMap((u) => [...u.path, u.id]))
  // A department named for a closed order may read it; it has nothing to do there.
  const open = isOpen(order.state)
  await db(ctx)
    .insertInto('order_party')
    .values([...all].map((unit_id) => ({ tenant_id: ctx.tenantId, unit_id, order_id: order.id, direct: direct.has(unit_id), open, registered_at: ts(order.registered_at) })))
    .onConflict((c) => c.columns(['tenant_id', 'unit_id', 'order_id']).doUpdateSet({ direct: sql<boolean>`order_party.direct or excluded.direct`, open }))
    .execute()
}

/** Of these units those that the order concerns by themselves, not only what lies below them. */
export async function directParties(ctx: Ctx, orderId: string, unitIds: string[]): Promise<string[]> {
  const rows = await db(ctx).selectFrom('order_party').select('unit_id').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('unit_id', 'in', unitIds).where('direct', '=', true).execute()
  return rows.map((row) => row.unit_id)
}

/**
 * Takes a unit off an order that it was let into by mistake: itself, unless it was given a task, a voice, a part or the mark of the
 * industry meanwhile, and units above it that see nothing else of the order.
 */
export async function dropParty(ctx: Ctx, orderId: string, unit: { id: string; path: string[] }): Promise<void> {
  const mine = sql`tenant_id = ${ctx.tenantId} and order_id = ${orderId}`
  const concerned = await sql`select 1 from order_assignment where ${mine} and unit_id = ${unit.id}
    union all select 1 from order_declaration where ${mine} and industry_unit_id = ${unit.id}
    union all select 1 from order_dispute_voice v join order_dispute d on d.tenant_id = v.tenant_id and d.id = v.dispute_id where d.tenant_id = ${ctx.tenantId} and d.order_id = ${orderId} and v.unit_id = ${unit.id}
    union all select 1 from order_joint j left join order_joint_member m on m.tenant_id = j.tenant_id and m.joint_id = j.id where j.tenant_id = ${ctx.tenantId} and j.order_id = ${orderId} and ${unit.id} in (j.lead_unit_id, m.unit_id) limit 1`.execute(ctx.db())
  if (concerned.rows.length > 0) return
  await db(ctx).updateTable('order_party').set({ direct: false }).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('unit_id', '=', unit.id).execute()
  await sql`delete from order_party p where p.tenant_id = ${ctx.tenantId} and p.order_id = ${orderId} and p.unit_id = any(${[...unit.path, unit.id]}::uuid[]) and not p.direct
    and not exists (select 1 from order_party d join platform_unit_view u on u.tenant_id = d.tenant_id and u.id = d.unit_id where d.tenant_id = p.tenant_id and d.order_id = p.order_id and d.direct and u.path @> array[p.unit_id])`.execute(ctx.db())
}

export async function closeParties(ctx: Ctx, orderId: string, open: boolean): Promise<void> {
  await db(ctx).updateTable('order_party').set({ open }).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).execute()
}

/** yyMMdd + the tenant's six-digit area code + a sequence of at least five digits; gaps are allowed, doubles are not. */
export async function nextNumber(ctx: Ctx, areaCode: string, day: string): Promise<string> {
  const area = areaCode.slice(0, 6).padEnd(6, '0')
  // Apart: all of a city's registrations meet on this one row.
  const row = await ctx.apart<OrdersTables>('numbers are taken one after the other')
    .insertInto('order_counter')
    .values({ area, day, value: 1 })
    .onConflict((c) => c.columns(['area', 'day']).doUpdateSet((eb) => ({ value: eb('order_counter.value', '+', 1) })))
    .returning('value')
    .executeTakeFirstOrThrow()
  return `${day}${area}${String(row.value).padStart(5, '0')}`
}

/** Rows of these orders in the order of the ids, without lock or scope; ids that are not of this tenant are left out. */
export async function readOrderRows(ctx: Ctx, ids: readonly string[]): Promise<OrderRow[]> {
  if (ids.length === 0) return []
  const rows = new Map((await db(ctx).selectFrom('order_order').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', 'in', [...ids]).execute()).map((row) => [row.id, row as OrderRow]))
  return ids.flatMap((id) => rows.get(id) ?? [])
}

/** An order row by id without lock or scope, for the system and for domains that have checked their own right. */
export async function readOrderRow(ctx: Ctx, id: string): Promise<OrderRow> {
  const row = await db(ctx).selectFrom('order_order').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!row) throw orderFail('notFound')
  return row as OrderRow
}
