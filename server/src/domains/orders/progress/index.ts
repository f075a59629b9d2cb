// Live progress across levels: four groups per centre, within the reader's scope (ORD-66).
import { sql } from 'kysely'
import { z } from 'zod'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { id, instant } from '../../../kernel/http/codec.ts'
import { bind, describeRoute } from '../../../kernel/http/route.ts'
import { DAY, plus, toIso } from '../../../kernel/time/index.ts'
import { centreUnit, definePart, tenantsBelow, unitById, unitsByIds } from '../../platform/index.ts'
import { openStates, type OrderState } from '../order.ts'
import { readableTenants, visible } from '../orders.policy.ts'
import { db } from '../orders.queries.ts'

export const progressGroups = ['toDispatch', 'handling', 'toReview', 'done'] as const
export type ProgressGroup = (typeof progressGroups)[number]
export const groupNames: Record<ProgressGroup, string> = { toDispatch: '待派发', handling: '处置中', toReview: '待审核', done: '已办结' }
/** What is done stays in view for so long after its registration. */
const DAYS = 30
const finished: OrderState[] = ['pendingCallback', 'closed', 'archived']
const unfinished = openStates.filter((state) => !finished.includes(state))

/** The group of a state; withdrawn and merged orders are on no way any more. */
export function groupOf(state: OrderState): ProgressGroup | null {
  if (state === 'draft' || state === 'pendingReview' || state === 'pendingDispatch') return 'toDispatch'
  if (state === 'inProgress') return 'handling'
  if (state === 'pendingResultReview') return 'toReview'
  return state === 'withdrawn' || state === 'merged' ? null : 'done'
}
const statesOf = (group: ProgressGroup): string => ({ toDispatch: 'draft,pendingReview,pendingDispatch', handling: 'inProgress', toReview: 'pendingResultReview', done: finished.join(',') })[group]

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
    .where((eb) => eb.or([eb('o.state', 'in', unfinished), eb.and([eb('o.state', 'in', finished), eb('o.registered_at', '>=', ts(since) as never)])])).where((eb) => visible(ctx, eb as never))
    .select(['o.tenant_id as tenantId', 'o.state', sql<number>`count(*)::int`.as('n'), sql<number>`(count(*) filter (where o.next_due_at <= ${ts(now)}))::int`.as('overdue')]).groupBy(['o.tenant_id', 'o.state']).execute()
  return {
    at: now, since,
    tenants: tenants.map((t) => {
      const own = rows.filter((r) => r.tenantId === t.id)
      return {
        tenantId: t.id, name: t.name, level: t.level, parentId: t.parentId, own: t.id === ctx.tenantId, overdue: own.reduce((n, r) => n + r.overdue, 0),
        groups: progressGroups.map((group) => ({ group, name: groupNames[group], count: own.filter((r) => groupOf(r.state as OrderState) === group).reduce((n, r) => n + r.n, 0), query: { tenantId: t.id, state: statesOf(group), ...(group === 'done' ? { registeredFrom: toIso(since) } : {}) } })),
      }
    }),
  }
}

/** The same four groups for the units one level below another: a party's row stands for every ancestor, so each count has its subtree in it. */
export const progressUnitsRoute = describeRoute({
  id: 'orderProgressUnits', method: 'GET', path: '/api/orders/progress/units', summary: '各级单位的全链路进度', audience: 'staff', access: { permission: 'orders.read' }, query: z.object({ parentId: id.optional() }),
  response: z.object({
    since: instant, path: z.array(z.object({ id, name: z.string() })),
    units: z.array(z.object({ id, name: z.string(), kind: z.string(), hasChildren: z.boolean(), overdue: z.number().int(), groups: z.array(z.object({ group: z.enum(progressGroups), name: z.string(), count: z.number().int(), states: z.array(z.string()) })) })),
  }),
})

export async function orderProgressUnits(ctx: Ctx, input: { parentId?: string | undefined }) {
  authorize(ctx, 'orders.read')
  const now = ctx.clock.now()
  const since = plus(now, -DAYS * DAY)
  const centre = await centreUnit(ctx)
  const parent = input.parentId ? await unitById(ctx, input.parentId) : centre
  if (parent.tenantId !== ctx.tenantId) throw kernelErrors('notFound')
  const { rows: children } = await sql<{ id: string; name: string; kind: string; more: boolean }>`select u.id, u.name, u.kind, exists (select 1 from platform_unit_view c where c.tenant_id = u.tenant_id and c.parent_id = u.id) as more from platform_unit_view u where u.tenant_id = ${ctx.tenantId} and u.parent_id = ${parent.id} order by u.name limit 300`.execute(ctx.db())
  const counted = children.length === 0 ? [] : await db(ctx).selectFrom('order_party as p').innerJoin('order_order as o', (j) => j.onRef('o.tenant_id', '=', 'p.tenant_id').onRef('o.id', '=', 'p.order_id')).where('p.tenant_id', '=', ctx.tenantId).where('p.unit_id', 'in', children.map((c) => c.id))
    .where((eb) => eb.or([eb('o.state', 'in', unfinished), eb.and([eb('o.state', 'in', finished), eb('o.registered_at', '>=', ts(since) as never)])])).where((eb) => visible(ctx, eb as never))
    .select(['p.unit_id as unitId', 'o.state', sql<number>`count(*)::int`.as('n'), sql<number>`(count(*) filter (where o.next_due_at <= ${ts(now)}))::int`.as('overdue')]).groupBy(['p.unit_id', 'o.state']).execute()
  const above = await unitsByIds(ctx, parent.path)
  return {
    since, path: [...parent.path.filter((one) => one !== parent.id).flatMap((one) => above.get(one) ?? []), parent].map((u) => ({ id: u.id, name: u.name })),
    units: children.map((unit) => {
      const own = counted.filter((r) => r.unitId === unit.id)
      return {
        id: unit.id, name: unit.name, kind: unit.kind, hasChildren: unit.more, overdue: own.reduce((n, r) => n + r.overdue, 0),
        groups: progressGroups.map((group) => ({ group, name: groupNames[group], states: statesOf(group).split(','), count: own.filter((r) => groupOf(r.state as OrderState) === group).reduce((n, r) => n + r.n, 0) })),
      }
    }),
  }
}

export const part = definePart({ routes: [bind(progressUnitsRoute, orderProgressUnits), bind(progressRoute, orderProgress)] })
