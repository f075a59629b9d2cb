// Orders that wait for their first dispatch and that a sweep has not looked at as they stand: every one gets its turn,
// however many before it match nothing (ORD-18, ORD-30).
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { db, type OrderRow } from '../orders.queries.ts'

export type Sweep = 'rules' | 'profiles' | 'model'

// What concerns one sweep only. Secret, urgent and disputed orders are never a model's.
const own: Record<Sweep, RawBuilder<unknown>> = {
  rules: sql``,
  profiles: sql`and o.profile_id is not null`,
  model: sql`and not o.confidential and o.urgency = 'normal' and not o.flags && array['disputed'] and not exists (select 1 from ai_suggestion s where s.tenant_id = o.tenant_id and s.object_type = 'order' and s.object_id = o.id and s.application = 'dispatch')`,
}

const AT_ONCE = 200
const KEPT = 7 * DAY

/**
 * The oldest waiting orders whose version, labels or rules (`stamp`) changed since the sweep looked, at most 200 (`most` for sweeps that cost more).
 * What a unit gave back or a person took back is a person's from then on.
 */
export async function waitingOrders(ctx: Ctx, sweep: Sweep, stamp: string, most = AT_ONCE): Promise<OrderRow[]> {
  const { rows } = await sql<OrderRow>`select o.* from order_order o left join order_dispatch_look k on k.tenant_id = o.tenant_id and k.order_id = o.id and k.sweep = ${sweep}
    where o.tenant_id = ${ctx.tenantId} and o.state = 'pendingDispatch' and o.dispatched_at is null and (o.triage is null or o.triage = 'done') ${own[sweep]}
      and not exists (select 1 from order_auto_assignment a where a.tenant_id = o.tenant_id and a.order_id = o.id)
      and (k.seen is null or k.seen <> o.version || ':' || ${stamp} or exists (select 1 from order_label l where l.tenant_id = o.tenant_id and l.order_id = o.id and greatest(l.at, l.removed_at) >= k.at))
    order by o.stage_since_at limit ${most}`.execute(ctx.db())
  return rows
}

/** These were looked at as they stood and left to people. Looks older than a week are dropped: whatever still waits then is looked at again. */
export async function leftToPeople(ctx: Ctx, sweep: Sweep, stamp: string, orders: readonly Pick<OrderRow, 'id' | 'version'>[]): Promise<void> {
  if (orders.length === 0) return
  const at = ts(ctx.clock.now())
  await db(ctx).insertInto('order_dispatch_look').values(orders.map((o) => ({ tenant_id: ctx.tenantId, order_id: o.id, sweep, seen: `${o.version}:${stamp}`, at })))
    .onConflict((c) => c.columns(['tenant_id', 'order_id', 'sweep']).doUpdateSet((eb) => ({ seen: eb.ref('excluded.seen'), at: eb.ref('excluded.at') }))).execute()
  await db(ctx).deleteFrom('order_dispatch_look').where('tenant_id', '=', ctx.tenantId).where('sweep', '=', sweep).where('at', '<', ts(plus(ctx.clock.now(), -KEPT))).execute()
}
