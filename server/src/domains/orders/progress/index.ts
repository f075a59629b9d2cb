// Live progress across levels: four groups per centre, within the reader's scope (ORD-66).
import { sql } from 'kysely'
import { z } from 'zod'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { id, instant } from '../../../kernel/http/codec.ts'
import { bind, describeRoute } from '../../../kernel/http/route.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { definePart, tenantsBelow } from '../../platform/index.ts'
import { openStates, type OrderState } from '../order.ts'
import { readableTenants, visible } from '../orders.policy.ts'
import { db } from '../orders.queries.ts'

export const progressGroups = ['toDispatch', 'handling', 'toReview', 'done'] as const
export type ProgressGroup = (typeof progressGroups)[number]
export const groupNames: Record<ProgressGroup, string> = { toDispatch: '待派发', handling: '处置中', toReview: '待审核', done: '已办结' }
const DAYS = 30

/** The group of a state; withdrawn and merged orders are on no way any more. */
export function groupOf(state: OrderState): ProgressGroup | null {
  if (state === 'draft' || state === 'pendingReview' || state === 'pendingDispatch') return 'toDispatch'
  if (state === 'inProgress') return 'handling'
  if (state === 'pendingResultReview') return 'toReview'
  return state === 'withdrawn' || state === 'merged' ? null : 'done'
}
const statesOf = (group: ProgressGroup): string => ({ toDispatch: 'draft,pendingReview,pendingDispatch', handling: 'inProgress', toReview: 'pendingResultReview', done: 'pendingCallback,closed,archived' })[group]

export const progressRoute = describeRoute({
  id: 'orderProgress', method: 'GET', path: '/api/orders/progress', summary: '全链路进度', audience: 'staff', access: { permission: 'orders.read' },
  response: z.object({
    at: instant, since: instant,
    tenants: z.array(z.object({
      tenantId: id, name: z.string(), level: z.number().int(), parentId: id.nullable(), own: z.boolean(), overdue: z.number().int(),
      /** Each opens the list of orders with its `query`. */
      groups: z.array(z.object({ group: z.enum(progressGroups), name: z.string(), count: z.number().int(), query: z.record(z.string(), z.string()) })),
    })),
  }),
})

export async function orderProgress(ctx: Ctx) {
  authorize(ctx, 'orders.read')
  const now = ctx.clock.now()
  const since = plus(now, -DAYS * DAY)
  const readable = new Set(readableTenants(ctx))
  const tenants = (await tenantsBelow(ctx)).filter((t) => readable.has(t.id))
  const rows = await db(ctx).selectFrom('order_order as o').where('o.tenant_id', 'in', tenants.map((t) => t.id))
    .where((eb) => eb.or([eb('o.state', 'in', [...openStates]), eb.and([eb('o.state', 'in', ['closed', 'archived']), eb('o.registered_at', '>=', ts(since) as never)])])).where((eb) => visible(ctx, eb as never))
    .select(['o.tenant_id as tenantId', 'o.state', sql<number>`count(*)::int`.as('n'), sql<number>`(count(*) filter (where o.next_due_at <= ${ts(now)}))::int`.as('overdue')]).groupBy(['o.tenant_id', 'o.state']).execute()
  return {
    at: now, since,
    tenants: tenants.map((t) => {
      const own = rows.filter((r) => r.tenantId === t.id)
      return {
        tenantId: t.id, name: t.name, level: t.level, parentId: t.parentId, own: t.id === ctx.tenantId, overdue: own.reduce((n, r) => n + r.overdue, 0),
        groups: progressGroups.map((group) => ({ group, name: groupNames[group], count: own.filter((r) => groupOf(r.state as OrderState) === group).reduce((n, r) => n + r.n, 0), query: { tenantId: t.id, state: statesOf(group) } })),
      }
    }),
  }
}

export const part = definePart({ routes: [bind(progressRoute, orderProgress)] })
