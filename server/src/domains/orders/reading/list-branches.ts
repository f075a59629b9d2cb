// How a list is read at a million rows: which index drives it, and how several index orders are merged.
//
// PostgreSQL keeps an index's order only within one value of its leading columns; `state in (…)` or several tenants would make it
// sort everything. So each value becomes a branch with its own order and limit, and the few rows of all branches are merged.
import { expressionBuilder, sql, type RawBuilder, type SqlBool } from 'kysely'
import { scopesOf } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { SharedViews } from '../../../kernel/db/views.gen.ts'
import { openStates, type OrderState } from '../order.ts'
import { inScope, notSecret, readableTenants, type visible } from '../orders.policy.ts'
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
  const conditions = await conditionsOf(ctx, filter)
  const tenants = filter.own === true ? [ctx.tenantId] : readableTenants(ctx).filter((id) => filter.tenantId === undefined || filter.tenantId === id)
  if (tenants.length === 0) return [{ from: sql`order_order o`, where: allOf([sql`o.tenant_id = ${ctx.tenantId}`, sql`false`]), party: false }]
  return branchesFor(ctx, { conditions, states: filter.state ?? [], selective: isSelective(filter), open: onlyOpen(filter), tenants })
}

/** What drives a search besides its conditions: `states` splits it, `selective` conditions find their few rows first, `open` keeps to open parties. */
export type Search = { conditions: Condition[]; states: readonly OrderState[]; selective: boolean; open: boolean; tenants?: string[] }

/** Branches of any conditions under the reader's scope. */
export function branchesFor(ctx: Ctx, search: Search): Branch[] {
  const conditions = [...search.conditions, notSecret(ctx, eb as never)]
  const tenants = search.tenants ?? readableTenants(ctx)
  const states = [...new Set(search.states)]
  const splitStates = states.length > 0 && !search.selective && tenants.length * states.length <= MAX_BRANCHES
  const splitTenants = tenants.length <= MAX_BRANCHES
  // Written into the text (states come from the contract's list), so that a kept plan knows how rare each is.
  const stateConditions: RawBuilder<unknown>[] = states.length === 0 ? [sql`true`] : splitStates ? states.map((s) => sql`o.state = ${sql.lit(s)}`) : [sql`o.state in (${sql.join(states)})`]
  const tenantSets = splitTenants ? tenants.map((t) => [t]) : [tenants]
  return tenantSets.flatMap((set) => drivers(ctx, set, search.open).flatMap((driver) => stateConditions.map((state) => ({ ...driver, where: allOf([driver.where, state, ...conditions]) }))))
}

/** Whether only orders with work left can match: the index over open parties then serves a unit. */
const onlyOpen = (filter: OrderFilter): boolean => filter.overdue === true || filter.dueWithinHours !== undefined || (filter.state !== undefined && filter.state.every((s) => (openStates as readonly OrderState[]).includes(s)))

function drivers(ctx: Ctx, tenants: string[], open: boolean): Branch[] {
  const tenant = tenants.length === 1 ? sql`o.tenant_id = ${tenants[0]}` : sql`o.tenant_id in (${sql.join(tenants)})`
  const scopes = scopesOf(ctx, 'orders.read')
  const [unit] = ctx.actor.unitIds
  // A unit with one post reads along its own rows; the join is what `inScope` asks for.
  if (scopes.length > 0 && scopes.every((s) => s === 'unit' || s === 'unitTree') && unit !== undefined && ctx.actor.unitIds.length === 1) {
    const mine = [sql`p.tenant_id = ${ctx.tenantId} and p.unit_id = ${unit}`, ...(scopes.includes('unitTree') ? [] : [sql`p.direct`]), ...(open ? [sql`p.open`] : [])]
    return [{ from: sql`order_party p join order_order o on o.tenant_id = p.tenant_id and o.id = p.order_id`, where: allOf([...mine, tenant]), party: true }]
  }
  // An agent's own: registered by himself, and picked by himself, each along its index; the same as `inScope` for this scope alone.
  if (scopes.length === 1 && scopes[0] === 'own' && ctx.actor.id !== null) {
    const me = ctx.actor.id
    return [sql`o.registered_by = ${me}`, sql`o.picked_by = ${me} and o.registered_by is distinct from ${me}`].map((mine) => ({ from: sql`order_order o`, where: allOf([tenant, mine]), party: false }))
  }
  return [{ from: sql`order_order o`, where: allOf([tenant, inScope(ctx, eb as never)]), party: false }]
}

export const allOf = (conditions: (RawBuilder<unknown> | ReturnType<typeof visible>)[]): Condition => sql<SqlBool>`(${sql.join(conditions, sql` and `)})`

const BOUND = 1000

/** `(select count(*) …)` over branches, at most `bound`. */
export const boundedCount = (branches: Branch[], bound = BOUND + 1): RawBuilder<number> =>
  sql<number>`(select count(*)::int from (select 1 from (${sql.join(branches.map((b) => sql`(select 1 from ${b.from} where ${b.where} limit ${bound})`), sql` union all `)}) as found limit ${bound}) as bounded)`

export const asCount = (n: number): { value: number; capped: boolean } => ({ value: Math.min(n, BOUND), capped: n > BOUND })
