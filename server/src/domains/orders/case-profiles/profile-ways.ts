// Limits and routes of a profile for one order: they replace the normal rules' (limits) and dispatch by themselves (routes).
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Limit } from '../../matters/index.ts'
import { formatDuration, type Duration } from '../../../kernel/time/index.ts'
import { dispatchBy } from '../dispatching/auto-dispatch.ts'
import { leftToPeople, waitingOrders } from '../dispatching/waiting-orders.ts'
import type { OrderRow } from '../orders.queries.ts'
import { holding, storedOrder } from './match-profile.ts'
import type { ProfileDefinition } from './profile-definition.ts'
import { profileOf } from './profile-store.ts'

type OwnLimits = { response: Limit | null; handling: Limit | null }

/** The first limit whose conditions hold; null where the profile sets none and the normal rules hold. */
export async function profileLimits(ctx: Ctx, order: OrderRow): Promise<OwnLimits | null> {
  const profile = await profileOf(ctx, order)
  if (!profile || profile.definition.limits.length === 0) return null
  const { limits } = profile.definition
  const held = await holding(ctx, storedOrder(ctx, order.id), limits.map((l) => l.when))
  const found = limits.find((_, i) => held.has(i))
  if (!found) return null
  const of = (duration: Duration | null): Limit | null => (duration ? { duration, yellowBefore: found.yellowBefore, ruleId: profile.id, ruleText: `${profile.name}·${found.name}：${formatDuration(duration)}`, receivers: {} } : null)
  return { response: of(found.response), handling: of(found.handling) }
}

/** The preset route of an order's profile, or null. */
export async function profileRoute(ctx: Ctx, order: OrderRow): Promise<{ profile: { id: string; name: string; version: number }; route: ProfileDefinition['routes'][number] } | null> {
  const profile = await profileOf(ctx, order)
  if (!profile || profile.definition.routes.length === 0) return null
  const { routes } = profile.definition
  const held = await holding(ctx, storedOrder(ctx, order.id), routes.map((r) => r.when))
  const route = routes.find((_, i) => held.has(i))
  return route ? { profile, route } : null
}

/** Orders with a preset route go out without a manual step; each is tried once, like those of assignment rules. */
export async function sweepProfileRoutes(ctx: Ctx): Promise<void> {
  const left: OrderRow[] = []
  for (const order of await waitingOrders(ctx, 'profiles', '')) {
    const found = await profileRoute(ctx, order)
    if (!found?.route.auto) {
      left.push(order)
      continue
    }
    const { profile, route } = found
    const out = await dispatchBy(ctx, order.id, { id: profile.id, name: `${profile.name}·${route.name}`, version: profile.version, action: { units: route.units, route: route.route, opinion: route.opinion } })
    if (!out) left.push(order)
  }
  await leftToPeople(ctx, 'profiles', '', left)
}
