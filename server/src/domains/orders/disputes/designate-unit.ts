// A ruling from above the desks names the unit: what others hold is taken back and the order is dispatched to it (SUP-25).
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { unitById } from '../../platform/index.ts'
import { move } from '../acts.ts'
import { dispatchLocked } from '../dispatch-order.ts'
import { db, lockOrder, saveOrder, type OrderRow } from '../orders.queries.ts'
import { withoutFlag } from '../requests/ask.ts'
import { takeBackAll } from '../requests/rework.ts'
import { endDispute } from './disputes.ts'

/** On a locked order in review, dispatch or handling. The unit cannot return it as not its own; `sourceId` names what ruled. Throws as a dispatch does. */
export async function designateUnit(ctx: Ctx, order: OrderRow, by: { unitId: string; body: string; opinion: string; sourceId: string }): Promise<OrderRow> {
  const unit = await unitById(ctx, by.unitId)
  const now = ts(ctx.clock.now())
  if (order.flags.includes('disputed')) await endDispute(ctx, order.id)
  let free = await saveOrder(ctx, order, { flags: withoutFlag(order, 'disputed') })
  await db(ctx).insertInto('order_dispute').values({
    tenant_id: ctx.tenantId, id: newId(), order_id: order.id, request_id: by.sourceId, state: 'decided', difficulty: by.body, proposed_by_name: ctx.actor.name, approved_at: now, way: 'ruling', deciding_body: by.body, opinion: by.opinion,
    decided_units: json([{ unitId: unit.id, unitName: unit.name, role: 'lead' }] as never), decided_by_name: ctx.actor.name, decided_at: now,
  }).execute()
  if (free.state === 'pendingReview') free = await move(ctx, free, 'passReview', { entry: { text: null } })
  const waiting = await takeBackAll(ctx, free, { act: 'reassigned', reason: `${by.body}另定责任单位` })
  // The words of the instruction stand outside the timeline; the dispatch says only who ruled.
  await dispatchLocked(ctx, waiting, { units: [{ unitId: unit.id, role: 'lead' }], opinion: `${by.body}指定承办`, overrideReason: `${by.body}指定`, fileIds: [] })
  return lockOrder(ctx, order.id)
}
