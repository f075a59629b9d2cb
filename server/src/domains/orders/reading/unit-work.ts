// The work of units as one set of conditions: the figures of the board and the lists behind them cannot differ.
import { expressionBuilder, sql, type RawBuilder } from 'kysely'
import { scopesOf } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { SharedViews } from '../../../kernel/db/views.gen.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { unitsByIds, type Unit } from '../../platform/index.ts'
import { orderFail } from '../orders.errors.ts'
import { visible } from '../orders.policy.ts'
import { db } from '../orders.queries.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { allOf } from './list-branches.ts'
import type { Condition } from './order-filter.ts'
import type { Timing, UnitBox } from './unit-contract.ts'

/** Days for which finished work is shown on the board. */
export const DONE_DAYS = 30

const eb = expressionBuilder<OrdersTables & SharedViews & { o: OrdersTables['order_order'] }, 'o'>()

/** Assignment `a` with its order `o`, the assignment `up` above it, and `k`, the clock of it that ends first. */
export const unitFrom = sql`order_assignment a join order_order o on o.tenant_id = a.tenant_id and o.id = a.order_id
  left join order_assignment up on up.tenant_id = a.tenant_id and up.id = a.parent_id
  left join lateral (select c.kind, c.due_at, c.yellow_at, c.state from order_clock c where c.tenant_id = a.tenant_id and c.assignment_id = a.id and c.state in ('running', 'paused') order by c.state desc, c.due_at limit 1) k on true`

/** Finished work alone: no clock of it runs any more, and looking for one for each of many rows was most of the board's time. */
export const doneFrom = sql`order_assignment a join order_order o on o.tenant_id = a.tenant_id and o.id = a.order_id`

/** The centre rejected the closing and nobody has corrected it yet. */
const rejected = sql`'closingRejected' = any(o.flags) and exists (select 1 from order_feedback f where f.tenant_id = a.tenant_id and f.assignment_id = a.id and f.state = 'rejected')`

const open = sql`a.state in ('pendingSign', 'handling', 'pendingReport')`

/** What belongs into a box of these units. Names the partial indexes' conditions, so that finished work is never scanned. */
export function boxCondition(ctx: Ctx, box: UnitBox, units: string[]): RawBuilder<unknown> {
  const own = sql`a.unit_id in (${sql.join(units)})`
  const below = sql`up.unit_id in (${sql.join(units)}) and up.state in ('pendingSign', 'handling', 'pendingReport')`
  const stillOpen = sql`a.order_id in (select p.order_id from order_party p where p.tenant_id = ${ctx.tenantId} and p.unit_id in (${sql.join(units)}) and p.open)`
  switch (box) {
    case 'toSign':
      return sql`${own} and a.state = 'pendingSign'`
    case 'handling':
      return sql`${own} and a.state = 'handling'`
    case 'toApprove':
      return sql`${own} and a.state = 'pendingReport' and a.parent_id is null and not (${rejected})`
    case 'rejected':
      return sql`${own} and a.state = 'pendingReport' and a.parent_id is null and ${rejected}`
    case 'toAccept':
      return sql`${below} and a.state = 'pendingReport'`
    case 'reported':
      return sql`${own} and ${stillOpen} and a.round = o.round and ((a.state = 'pendingReport' and a.parent_id is not null) or a.state = 'done')`
    case 'redo':
      return sql`${own} and ${open} and a.round > 1`
    case 'owed':
      return sql`${own} and ${open} and a.role = 'assist' and o.state in ('pendingResultReview', 'pendingCallback', 'closed', 'archived')`
    case 'children':
      return sql`${below} and ${open}`
    case 'open':
      return sql`${own} and ${open}`
    case 'done':
      return sql`${own} and a.state = 'done' and a.done_at >= ${ts(plus(ctx.clock.now(), -DONE_DAYS * DAY))} and o.state in ('closed', 'archived')`
  }
}

/** Work of others than the units themselves; all other boxes hold their own assignments. */
const ofLower = new Set<UnitBox>(['children', 'toAccept'])

/** A unit is a direct party to each order it has an assignment of, so its own members see it: asking again for each of many rows doubled the board's time. */
function scopeOf(ctx: Ctx, box: UnitBox, units: string[]): RawBuilder<unknown> | ReturnType<typeof visible> {
  const member = scopesOf(ctx, 'orders.read').some((s) => s === 'unit' || s === 'unitTree') && units.every((u) => ctx.actor.unitIds.includes(u))
  return member && !ofLower.has(box) ? sql`true` : visible(ctx, eb as never)
}

export const inBox = (ctx: Ctx, box: UnitBox, units: string[], more: RawBuilder<unknown>[] = []): Condition => allOf([sql`a.tenant_id = ${ctx.tenantId}`, boxCondition(ctx, box, units), scopeOf(ctx, box, units), ...more])

/** Finished work by when it was finished. */
export const doneTiming = sql<Timing>`case when a.done_at > a.due_at then 'overdue' else 'inTime' end`

/** In time, near (the yellow moment has come) or overdue; finished work by when it was finished. */
export const timingOf = (ctx: Ctx): RawBuilder<Timing> => sql<Timing>`case
  when a.state = 'done' then ${doneTiming}
  when k.state = 'running' and k.due_at <= ${ts(ctx.clock.now())} then 'overdue'
  when k.state = 'running' and k.yellow_at <= ${ts(ctx.clock.now())} then 'near' else 'inTime' end`

/** The units a board speaks of: all own ones, or one of them, or one below. @throws orders.notFound for any other */
export async function boardUnits(ctx: Ctx, unitId: string | undefined): Promise<Unit[]> {
  const own = ctx.actor.unitIds
  const units = await unitsByIds(ctx, unitId === undefined ? own : [unitId])
  const list = [...units.values()].filter((u) => u.tenantId === ctx.tenantId && u.path.concat(u.id).some((id) => own.includes(id)))
  if (unitId !== undefined && list.length === 0) throw orderFail('notFound')
  return list
}

/** Ids of the units below, without the units themselves. */
export async function unitsBelow(ctx: Ctx, unitIds: string[]): Promise<string[]> {
  if (unitIds.length === 0) return []
  const rows = await db(ctx).selectFrom('platform_unit_view').select('id').where('tenant_id', '=', ctx.tenantId).where(sql<boolean>`path && ${unitIds}::uuid[]`).where('id', 'not in', unitIds).execute()
  return rows.map((r) => r.id)
}
