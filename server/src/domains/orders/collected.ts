// An order that a unit registered from its own service number (INT-23): the unit sees it to the end, and may keep it.
import type { Ctx } from '../../kernel/ctx.ts'
import { unitById } from '../platform/index.ts'
import { move } from './acts.ts'
import { dispatchLocked } from './dispatch-order.ts'
import { addParties, lockOrder, type OrderRow } from './orders.queries.ts'

/** `stay`: without the centre's desks straight to the unit that collected it. Throws as a dispatch does. */
export async function collectedByUnit(ctx: Ctx, orderId: string, by: { unitId: string; stay: boolean; opinion: string }): Promise<OrderRow> {
  const order = await lockOrder(ctx, orderId)
  await addParties(ctx, order, [await unitById(ctx, by.unitId)])
  if (!by.stay) return order
  const passed = order.state === 'pendingReview' ? await move(ctx, order, 'passReview', { entry: { text: null } }) : order
  await dispatchLocked(ctx, passed, { units: [{ unitId: by.unitId, role: 'lead' }], opinion: by.opinion, overrideReason: by.opinion, fileIds: [] })
  return lockOrder(ctx, orderId)
}
