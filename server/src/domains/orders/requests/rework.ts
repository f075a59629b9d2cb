// Taking an order back from whoever has it, so that it can be given to others: after a ruling, from the difficult-order post, after a wrong rule.
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { cancelFlows } from '../../flow/index.ts'
import { about, move, requireTransition } from '../acts.ts'
import { isOpenAssignment } from '../assignment.ts'
import { cancelClocks, meetClocks } from '../clocks.ts'
import { assignmentCancelled } from '../events.ts'
import { db, lockAssignments, lockOrder, saveAssignments, type OrderRow } from '../orders.queries.ts'
import { restartStageClock } from '../stage-clocks.ts'
import { cancelAssignments } from '../unit-acts.ts'

/** The order waits for dispatch afterwards; its units are told. An order that waits already stays as it is. `except`: requests that go on. */
export async function takeBackAll(ctx: Ctx, order: OrderRow, entry: { act: string; reason: string }): Promise<OrderRow> {
  if (order.state === 'pendingDispatch') return order
  requireTransition(order, 'returnToDesk')
  const all = await lockAssignments(ctx, order.id)
  const round = all.filter((a) => a.parent_id === null && a.round === order.round)
  const cancelled = await cancelAssignments(ctx, order, all, round.filter((a) => isOpenAssignment(a.state)).map((a) => a.id))
  // A result that was handed in does not complete the new dispatch.
  await saveAssignments(ctx, round.filter((a) => a.state === 'done').map((a) => a.id), { state: 'cancelled' })
  await meetClocks(ctx, order.id, { kinds: ['resultReview'] })
  await cancelClocks(ctx, order.id, { assignmentIds: all.map((a) => a.id) })
  await dropRequests(ctx, order.id)
  await restartStageClock(ctx, order)
  const saved = await move(ctx, order, 'returnToDesk', { change: { lead_unit_id: null, lead_unit_name: null }, entry: { act: entry.act, text: entry.reason, data: { units: cancelled.map((a) => a.unit_name) } } })
  if (cancelled.length > 0) ctx.publish(assignmentCancelled({ ...about(order), assignments: cancelled.map((a) => ({ id: a.id, unitId: a.unit_id, role: a.role })), reason: entry.reason }))
  return saved
}

/** Requests of assignments that are gone; what was asked about the order itself goes on. */
async function dropRequests(ctx: Ctx, orderId: string): Promise<void> {
  const rows = await db(ctx).updateTable('order_request').set({ state: 'cancelled', stage: 'ended', outcome: 'reassigned', decided_at: ts(ctx.clock.now()) })
    .where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('state', '=', 'pending').where('assignment_id', 'is not', null).returning(['id', 'flow_instance_id']).execute()
  for (const row of rows) if (row.flow_instance_id) await cancelFlows(ctx, 'orderRequest', row.id, '工单已重新分派')
}

/** The order as it stands now, after a use-case that saved it. */
export const again = (ctx: Ctx, order: Pick<OrderRow, 'id'>): Promise<OrderRow> => lockOrder(ctx, order.id)
