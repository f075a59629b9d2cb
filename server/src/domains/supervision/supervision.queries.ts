// What supervision reads of orders, under the viewer's scope: units see their own line, the centre its tenant, leaders downward.
import { sql, type ExpressionBuilder, type Kysely, type RawBuilder, type SqlBool } from 'kysely'
import { can, scopesOf } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { SharedViews } from '../../kernel/db/views.gen.ts'
import { visible } from '../orders/index.ts'
import { setting } from '../platform/index.ts'
import { colourThresholds } from './settings.ts'
import type { SupervisionTables } from './tables.gen.ts'

export type Db = SupervisionTables & SharedViews
export const db = (ctx: Ctx): Kysely<Db> => ctx.db<SupervisionTables>()

const READ = 'supervision.read'
/** Whether the reader sees the whole centre, not only a unit's line. */
export const readsWide = (ctx: Ctx): boolean => scopesOf(ctx, READ).some((s) => s === 'tenant' || s === 'tenantsBelow' || s === 'area')

/** Tenants whose cards and clocks may be read. */
export const readableTenants = (ctx: Ctx): string[] => (scopesOf(ctx, READ).includes('tenantsBelow') ? [...new Set([ctx.tenantId, ...ctx.actor.tenantIds])] : [ctx.tenantId])

/** What opens a list downward: `below`, or a unit, an area or an order that was chosen. */
export type Chosen = { below?: boolean | undefined; unitId?: string | undefined; ownUnitId?: string | undefined; areaCode?: string | undefined; orderId?: string | undefined }
/** Tenants that lists and their figures show: the own one unless the reader chose (decision 0166). */
export const listedTenants = (ctx: Ctx, chosen: Chosen): string[] => (chosen.below || chosen.unitId || chosen.ownUnitId || chosen.areaCode || chosen.orderId ? readableTenants(ctx) : [ctx.tenantId])
/** The part of a board's choice that its lists repeat. */
export const chosenQuery = ({ unitId, below }: Pick<Chosen, 'unitId' | 'below'>): Record<string, string> => ({ ...(unitId ? { unitId } : {}), ...(below ? { below: 'true' } : {}) })

/** `order_view as o` under the rule of orders: confidential orders need their own right, units see the orders of their line. */
export const seesOrder = (ctx: Ctx, eb: ExpressionBuilder<Db & { o: SharedViews['order_view'] }, 'o'>) => visible(ctx, eb as never)

/** Units from which the actor may read, as a condition on a column with a unit id; always true for who reads the whole tenant. */
export function ownLine(ctx: Ctx, column: string): RawBuilder<SqlBool> {
  if (readsWide(ctx)) return sql<SqlBool>`true`
  const ids = ctx.actor.unitIds
  if (ids.length === 0) return sql<SqlBool>`false`
  if (!scopesOf(ctx, READ).includes('unitTree')) return sql<SqlBool>`${sql.ref(column)} in (${sql.join(ids)})`
  return sql<SqlBool>`${sql.ref(column)} in (${lineUnits(ctx)})`
}

/** A unit with everything below it. */
export const inUnit = (ctx: Ctx, column: string, unitId: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`${sql.ref(column)} in (select u.id from platform_unit_view u where u.tenant_id in (${sql.join(readableTenants(ctx))}) and u.path @> array[${unitId}]::uuid[])`

/** Orders `o` of an area and all below it; `only`: filed under none of the areas below it. */
export function inArea(code: string, only?: boolean): RawBuilder<SqlBool> {
  const within = sql<SqlBool>`o.area_code like ${`${code.length === 6 ? code.replace(/(00)+$/, '') : code}%`}`
  return only ? sql<SqlBool>`(${within} and not exists (select 1 from platform_area below where below.parent_code = ${code} and o.area_code like case length(below.code) when 6 then regexp_replace(below.code, '(00)+$', '') else below.code end || '%'))` : within
}

/** The same two conditions on an array of units. */
export function ownLineAny(ctx: Ctx, column: string): RawBuilder<SqlBool> {
  if (readsWide(ctx)) return sql<SqlBool>`true`
  if (ctx.actor.unitIds.length === 0) return sql<SqlBool>`false`
  return sql<SqlBool>`${sql.ref(column)} && array(${lineUnits(ctx)})`
}
export const inUnitAny = (ctx: Ctx, column: string, unitId: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`${sql.ref(column)} && array(select u.id from platform_unit_view u where u.tenant_id in (${sql.join(readableTenants(ctx))}) and u.path @> array[${unitId}]::uuid[])`

/** On the page of one order: units see what concerns their own line, everybody else who reads the order sees all of it. */
export function lineOfReader(ctx: Ctx, column: string): RawBuilder<SqlBool> {
  if (scopesOf(ctx, 'orders.read').some((s) => s !== 'unit' && s !== 'unitTree')) return sql<SqlBool>`true`
  return ctx.actor.unitIds.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`${sql.ref(column)} in (${lineUnits(ctx)})`
}
/** The same for an array of units; what no unit was asked concerns nobody of them. */
export function lineOfReaderAny(ctx: Ctx, column: string): RawBuilder<SqlBool> {
  if (scopesOf(ctx, 'orders.read').some((s) => s !== 'unit' && s !== 'unitTree')) return sql<SqlBool>`true`
  return ctx.actor.unitIds.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`${sql.ref(column)} && array(${lineUnits(ctx)})`
}
const lineUnits = (ctx: Ctx) => sql`select u.id from platform_unit_view u where u.tenant_id = ${ctx.tenantId} and u.path && array[${sql.join(ctx.actor.unitIds)}]::uuid[]`

/** True where the actor answers for a unit: a post there or above it, with the right to answer. */
export async function answersFor(ctx: Ctx, unitIds: readonly string[]): Promise<boolean> {
  if (ctx.actor.kind === 'system') return true
  if (!can(ctx, 'supervision.answer')) return false
  // What no unit has stands at the centre, which answers for itself.
  if (unitIds.length === 0) return readsWide(ctx)
  if (ctx.actor.unitIds.length === 0) return false
  const row = await db(ctx).selectFrom('platform_unit_view').select('id').where('tenant_id', '=', ctx.tenantId).where('id', 'in', [...unitIds]).where(sql<SqlBool>`path && array[${sql.join(ctx.actor.unitIds)}]::uuid[]`).where('kind', '<>', 'centre').executeTakeFirst()
  if (!row) return false
  // A post in the centre stands above every unit of the tree but does not speak for it.
  const posts = await db(ctx).selectFrom('platform_unit_view').select('id').where('tenant_id', '=', ctx.tenantId).where('id', 'in', ctx.actor.unitIds).where('kind', '<>', 'centre').execute()
  return posts.length > 0
}

/** The colour of clock `c` now; thresholds of the tenant where set, else the moment of the yellow card. */
export async function clockColour(ctx: Ctx): Promise<RawBuilder<string>> {
  const now = ts(ctx.clock.now())
  const own = Object.entries(await setting(ctx, colourThresholds))
  const yellow = own.length === 0 ? sql`c.yellow_at` : sql`case c.kind ${sql.join(own.map(([kind, hours]) => sql`when ${kind} then c.due_at - make_interval(secs => ${(hours ?? 0) * 3600})`), sql` `)} else c.yellow_at end`
  return sql<string>`case when c.state = 'paused' then 'paused' when c.state <> 'running' then 'ended' when c.due_at <= ${now} then 'red' when ${yellow} <= ${now} then 'yellow' else 'green' end`
}

/** Nothing of the same order is due earlier: each order stands once. */
export const nearestClock = sql<SqlBool>`c.state = 'running' and not exists (select 1 from orders_pub_clock_view n where n.tenant_id = c.tenant_id and n.order_id = c.order_id and n.state = 'running' and (n.due_at, n.id) < (c.due_at, c.id))`

/** Clocks with their orders under the viewer's scope. */
export function clocks(ctx: Ctx, chosen: Chosen) {
  return db(ctx)
    .selectFrom('orders_pub_clock_view as c')
    .innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 'c.tenant_id').onRef('o.id', '=', 'c.order_id'))
    .where('c.tenant_id', 'in', listedTenants(ctx, chosen))
    .where((eb) => seesOrder(ctx, eb as never) as never)
    .where(ownLine(ctx, 'c.unit_id'))
}

/** Assignments that hold an order now: open, with nothing handed down that is still open. */
export function holders(ctx: Ctx, chosen: Chosen) {
  return db(ctx)
    .selectFrom('orders_pub_assignment_view as a')
    .innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 'a.tenant_id').onRef('o.id', '=', 'a.order_id'))
    .where('a.tenant_id', 'in', listedTenants(ctx, chosen))
    .where('a.state', 'in', ['pendingSign', 'handling', 'pendingReport'])
    .where(sql<SqlBool>`not exists (select 1 from orders_pub_assignment_view d where d.tenant_id = a.tenant_id and d.parent_id = a.id and d.state in ('pendingSign', 'handling', 'pendingReport'))`)
    .where((eb) => seesOrder(ctx, eb as never) as never)
    .where(ownLine(ctx, 'a.unit_id'))
}
