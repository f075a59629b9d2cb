// Who may see which order, and who acts for a unit. One rule for lists (`visible`) and for single orders (`mayRead`).
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely'
import { can, scopesOf } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import type { SharedViews } from '../../kernel/db/views.gen.ts'
import { orderFail } from './orders.errors.ts'
import { db, type AssignmentRow, type OrderRow } from './orders.queries.ts'
import type { OrdersTables } from './tables.gen.ts'

type Db = OrdersTables & SharedViews
type Eb = ExpressionBuilder<Db & { o: OrdersTables['order_order'] }, 'o'>

/** Tenants whose orders a list may show: the own one, and those below for who reads downward. */
export const readableTenants = (ctx: Ctx): string[] => (scopesOf(ctx, 'orders.read').includes('tenantsBelow') ? ctx.actor.tenantIds : [ctx.tenantId])

/**
 * The data scope as a condition on `order_order as o`; every list, count, search and export of orders applies it.
 * Confidential orders need their own right, or the order must stand at the reader's own unit.
 */
export const visible = (ctx: Ctx, eb: Eb): Expression<SqlBool> => eb.and([inScope(ctx, eb), notSecret(ctx, eb)])

/** The first half of `visible`: tenants, own orders, unit line, area. A list that is driven by the unit's own rows has met it already. */
export function inScope(ctx: Ctx, eb: Eb): Expression<SqlBool> {
  const scopes = scopesOf(ctx, 'orders.read')
  const tenants = eb('o.tenant_id', 'in', readableTenants(ctx))
  if (scopes.includes('tenant') || scopes.includes('tenantsBelow')) return tenants
  const parts: Expression<SqlBool>[] = []
  // An appeal picked from the common desk is the picker's as one registered by himself.
  if ((scopes.includes('own') || scopes.includes('group')) && ctx.actor.id) parts.push(eb('o.registered_by', '=', ctx.actor.id), eb('o.picked_by', '=', ctx.actor.id))
  if (scopes.includes('group') && ctx.actor.groupMates?.length) parts.push(eb('o.registered_by', 'in', ctx.actor.groupMates), eb('o.picked_by', 'in', ctx.actor.groupMates))
  if ((scopes.includes('unitTree') || scopes.includes('unit')) && ctx.actor.unitIds.length > 0) parts.push(party(ctx, scopes.includes('unitTree') ? 'line' : 'direct'))
  if (scopes.includes('area') && ctx.actor.areaCode) parts.push(eb('o.area_code', 'like', `${areaPrefixOf(ctx.actor.areaCode)}%`))
  return parts.length === 0 ? sql<SqlBool>`false` : eb.and([tenants, eb.or(parts)])
}

/** The second half: confidential orders need their own right, or to stand at the reader's own unit or desk. */
export function notSecret(ctx: Ctx, eb: Eb): Expression<SqlBool> {
  if (can(ctx, 'orders.readConfidential')) return sql<SqlBool>`true`
  return eb.or([eb('o.confidential', '=', false), party(ctx, 'direct', 'probe'), ...(ctx.actor.id ? [eb('o.registered_by', '=', ctx.actor.id), eb('o.picked_by', '=', ctx.actor.id)] : [])])
}

// `offset 0` keeps PostgreSQL from reading all rows of the unit into a hash for the few orders that are confidential: as a member of
// the centre, a party to every order, a list took 2 s at 1,000,000 orders; probing takes 10 ms.
const party = (ctx: Ctx, kind: 'direct' | 'line', how: 'join' | 'probe' = 'join'): Expression<SqlBool> =>
  ctx.actor.unitIds.length === 0
    ? sql<SqlBool>`false`
    : sql<SqlBool>`exists (select 1 from order_party p where p.tenant_id = o.tenant_id and p.order_id = o.id and p.unit_id in (${sql.join(ctx.actor.unitIds)})${kind === 'direct' ? sql` and p.direct` : sql``}${how === 'probe' ? sql` offset 0` : sql``})`

/** Trailing pairs of zeros name no narrower area: 990100 covers all of 9901. */
const areaPrefixOf = (code: string): string => code.replace(/(00)+$/, '')

/** Reads one order under the same rule as lists; 404 for everything one may not know of. */
export async function readOrder(ctx: Ctx, id: string): Promise<OrderRow> {
  const row = await db(ctx).selectFrom('order_order as o').selectAll('o').where('o.tenant_id', 'in', readableTenants(ctx)).where('o.id', '=', id).where((eb) => visible(ctx, eb)).executeTakeFirst()
  if (!row) throw orderFail('notFound')
  return row as OrderRow // states are held to the lists by check constraints
}

/** The same by number, for addresses like /orders/2611210381. */
export async function readOrderByNumber(ctx: Ctx, number: string): Promise<OrderRow> {
  const row = await db(ctx).selectFrom('order_order as o').selectAll('o').where('o.tenant_id', 'in', readableTenants(ctx)).where('o.number', '=', number).where((eb) => visible(ctx, eb)).executeTakeFirst()
  if (!row) throw orderFail('notFound')
  return row as OrderRow
}

/** True if the actor may act in the name of a unit with the given permission: a post there, or the system. */
export const actsFor = (ctx: Ctx, unitId: string, permission: string): boolean => ctx.actor.kind === 'system' || (ctx.actor.unitIds.includes(unitId) && can(ctx, permission))

/** Throws 403 unless the actor belongs to the assignment's unit. The caller has read the order, so it is no secret. */
export function requireUnit(ctx: Ctx, assignment: AssignmentRow, permission: string, act: string): void {
  if (!actsFor(ctx, assignment.unit_id, permission)) throw orderFail('notYours', { params: { act }, rule: permission })
}

/** For commands of the centre: the order must lie within the reader's scope, else it does not exist for him. */
export async function assertVisible(ctx: Ctx, order: OrderRow): Promise<void> {
  if (ctx.actor.kind === 'system') return
  const row = await db(ctx).selectFrom('order_order as o').select('o.id').where('o.tenant_id', '=', order.tenant_id).where('o.id', '=', order.id).where((eb) => visible(ctx, eb)).executeTakeFirst()
  if (!row) throw orderFail('notFound')
}
