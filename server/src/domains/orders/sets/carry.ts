// Members of a dispatched set go on without assignments of their own: they follow the leading order until it is answered, or they are taken out.
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { unitsByIds } from '../../platform/index.ts'
import { move } from '../acts.ts'
import { cancelClocks } from '../clocks.ts'
import { nextState } from '../order.ts'
import { addParties, closeParties, db, lockAssignments, type OrderRow } from '../orders.queries.ts'
import { restartStageClock } from '../stage-clocks.ts'
import { lockOrder } from '../orders.queries.ts'
import type { SetRow } from './set.queries.ts'

/** From the desks into handling with the set; an order that is handled by units of its own already stays with them. */
export async function carry(ctx: Ctx, set: SetRow, order: OrderRow): Promise<void> {
  if (order.id === set.lead_order_id || !nextState(order.state, 'carry')) return
  const lead = await lockOrder(ctx, set.lead_order_id ?? '')
  const units = (await lockAssignments(ctx, lead.id)).filter((a) => a.parent_id === null && a.round === lead.round && a.state !== 'cancelled' && a.state !== 'returned').map((a) => a.unit_id)
  await cancelClocks(ctx, order.id)
  // The units that handle the set see whom it concerns.
  const known = await unitsByIds(ctx, units)
  if (known.size > 0) await addParties(ctx, order, [...known.values()])
  await move(ctx, order, 'carry', {
    change: { lead_unit_id: lead.lead_unit_id, lead_unit_name: lead.lead_unit_name, dispatched_at: ts(ctx.clock.now()), ...(order.triage ? { triage: 'done' as const } : {}) },
    entry: { text: `随事件集“${set.title}”统一办理`, data: { setId: set.id, leadNumber: lead.number }, visibility: 'staff' },
  })
  await db(ctx).updateTable('order_event_member').set({ carried: true }).where('tenant_id', '=', ctx.tenantId).where('set_id', '=', set.id).where('order_id', '=', order.id).execute()
}

/** Back to the dispatch desk, alone, with a new sorting clock. */
export async function release(ctx: Ctx, order: OrderRow, reason: string): Promise<void> {
  if (!nextState(order.state, 'uncarry')) return
  await closeParties(ctx, order.id, false)
  await restartStageClock(ctx, order)
  await move(ctx, order, 'uncarry', { change: { lead_unit_id: null, lead_unit_name: null }, entry: { text: reason, visibility: 'staff' } })
}
