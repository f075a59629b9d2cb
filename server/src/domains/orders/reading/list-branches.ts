// How a list is read at a million rows: which index drives it, and how several index orders are merged.
//
// PostgreSQL keeps an index's order only within one value of its leading columns; `state in (…)` or several tenants would make it
// sort everything. So each value becomes a branch with its own order and limit, and the few rows of all branches are merged.
import { expressionBuilder, sql, type RawBuilder, type SqlBool } from 'kysely'
import { scopesOf } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { SharedViews } from '../../../kernel/db/views.gen.ts'
import { readableTenants, visible } from '../orders.policy.ts'
import type { OrdersTables } from '../tables.gen.ts'
import type { OrderFilter } from './list-contract.ts'
import { conditionsOf, isSelective, type Condition } from './order-filter.ts'

/** Tables and conditions of one branch; `party` where the unit's own rows drive it. */
export type Branch = { from: RawBuilder<unknown>; where: Condition; party: boolean }

type Db = OrdersTables & SharedViews
const eb = expressionBuilder<Db & { o: OrdersTables['order_order'] }, 'o'>()

/** More branches cost more to plan than they save. */
const MAX_BRANCHES = 16

/** The rows that filter and scope let through, as branches that never hold the same row twice. */
export async function branchesOf(ctx: Ctx, filter: OrderFilter): Promise<Branch[]> {
  const conditions = [...(await conditionsOf(ctx, filter)), visible(ctx, eb as never)]
  const tenants = readableTenants(ctx)
  const states = filter.state ? [...new Set(filter.state)] : []
  const splitStates = states.length > 0 && !isSelective(filter) && tenants.length * states.length <= MAX_BRANCHES
  const splitTenants = tenants.length <= MAX_BRANCHES
  const stateConditions: RawBuilder<unknown>[] = states.length === 0 ? [sql`true`] : splitStates ? states.map((s) => sql`o.state = ${s}`) : [sql`o.state in (${sql.join(states)})`]
  const tenantSets = splitTenants ? tenants.map((t) => [t]) : [tenants]
  return tenantSets.flatMap((set) => drivers(ctx, set).flatMap((driver) => stateConditions.map((state) => ({ ...driver, where: allOf([driver.where, state, ...conditions]) }))))
}

function drivers(ctx: Ctx, tenants: string[]): Branch[] {
  const tenant = tenants.length === 1 ? sql`o.tenant_id = ${tenants[0]}` : sql`o.tenant_id in (${sql.join(tenants)})`
  const scopes = scopesOf(ctx, 'orders.read')
  const [unit] = ctx.actor.unitIds
  // Only these scopes lie apart so that their branches cannot overlap; any other mixture is left to `visible` alone.
  if (scopes.every((s) => s === 'unit' || s === 'unitTree') && unit !== undefined && ctx.actor.unitIds.length === 1) {
    return [{ from: sql`order_party p join order_order o on o.tenant_id = p.tenant_id and o.id = p.order_id`, where: allOf([sql`p.tenant_id = ${tenants[0]} and p.unit_id = ${unit}`, tenant]), party: true }]
  }
  if (scopes.length === 1 && scopes[0] === 'own' && ctx.actor.id !== null) {
    const me = ctx.actor.id
    return [sql`o.registered_by = ${me}`, sql`o.picked_by = ${me} and o.registered_by is distinct from ${me}`].map((mine) => ({ from: sql`order_order o`, where: allOf([tenant, mine]), party: false }))
  }
  return [{ from: sql`order_order o`, where: tenant as Condition, party: false }]
}

export const allOf = (conditions: (RawBuilder<unknown> | ReturnType<typeof visible>)[]): Condition => sql<SqlBool>`(${sql.join(conditions, sql` and `)})`

const BOUND = 1000

/** `(select count(*) …)` over branches, at most `bound`. */
export const boundedCount = (branches: Branch[], bound = BOUND + 1): RawBuilder<number> =>
  sql<number>`(select count(*)::int from (select 1 from (${sql.join(branches.map((b) => sql`(select 1 from ${b.from} where ${b.where} limit ${bound})`), sql` union all `)}) as found limit ${bound}) as bounded)`

export const asCount = (n: number): { value: number; capped: boolean } => ({ value: Math.min(n, BOUND), capped: n > BOUND })
