// Closing rejection for small faults, and the unit's two ways out: correct and resubmit, or second handling (ORD-59).
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { setting } from '../../platform/index.ts'
import { about, move, requireTransition } from '../acts.ts'
import { meetClocks, reopenClocks } from '../clocks.ts'
import { orderResultReturned } from '../events.ts'
import { orderFail } from '../orders.errors.ts'
import { actsFor } from '../orders.policy.ts'
import { db, saveAssignment, saveAssignments, saveOrder, type AssignmentRow, type OrderRow } from '../orders.queries.ts'
import { unitLeaderReview } from '../settings.ts'
import { finish } from '../submit-feedback.ts'
import { record } from '../timeline.ts'
import { assignmentAnswer, holdAssignment, requireAssignmentAct } from '../unit-acts.ts'
import type * as contract from './check-contract.ts'
import { correctVersion, latestResult } from './feedback-version.ts'

/** The case is not reopened: the results wait at the unit, the handling clock goes on from its old start. */
export async function rejectClosing(ctx: Ctx, order: OrderRow, all: AssignmentRow[], reason: string): Promise<OrderRow> {
  requireTransition(order, 'rejectClosing')
  if (reason === '') throw orderFail('feedbackIncomplete', { rule: 'orders.rejectClosing', fields: [{ path: 'opinion', message: '驳回须写明原因' }] })
  const tops = all.filter((a) => a.parent_id === null && a.round === order.round && a.state === 'done' && a.role !== 'assist')
  if (tops.length === 0) throw orderFail('stateForbids', { rule: 'orders.rejectClosing', params: { state: '没有单位的办结', act: '驳回办结' } })
  const ids = tops.map((a) => a.id)
  await meetClocks(ctx, order.id, { kinds: ['resultReview'] })
  await saveAssignments(ctx, ids, { state: 'pendingReport', done_at: null })
  await db(ctx).updateTable('order_feedback').set({ state: 'rejected', review_opinion: reason, reviewed_by_name: ctx.actor.name, reviewed_at: ts(ctx.clock.now()) })
    .where('tenant_id', '=', ctx.tenantId).where('assignment_id', 'in', ids).where('kind', '=', 'result').where('state', '=', 'accepted').execute()
  await reopenClocks(ctx, order.id, { kinds: ['handling'], assignmentIds: ids })
  const saved = await move(ctx, order, 'rejectClosing', { change: { flags: [...new Set([...order.flags, 'closingRejected'])] }, entry: { text: reason } })
  ctx.publish(orderResultReturned({ ...about(order), opinion: reason, assignments: tops.map((a) => ({ id: a.id, unitId: a.unit_id, role: a.role })) }))
  return saved
}

/** The version that was rejected; 409 where there is none. */
async function rejectedOf(ctx: Ctx, assignment: AssignmentRow, act: string) {
  if (!actsFor(ctx, assignment.unit_id, 'orders.handle') && !actsFor(ctx, assignment.unit_id, 'orders.approve')) throw orderFail('notYours', { params: { act }, rule: 'orders.handle' })
  const rejected = await latestResult(ctx, assignment.id, ['rejected'])
  if (assignment.state !== 'pendingReport' || !rejected) throw orderFail('notRejected', { rule: 'orders.closing.rejected' })
  return rejected
}

export async function correctClosing(ctx: Ctx, input: Input<typeof contract.correctClosingRoute>) {
  const held = await holdAssignment(ctx, input.id)
  const { order, assignment } = held
  const rejected = await rejectedOf(ctx, assignment, '更正办结')
  const reviewed = await setting(ctx, unitLeaderReview, assignment.unit_id)
  const made = await correctVersion(ctx, assignment, rejected, input, reviewed ? 'submitted' : 'accepted')
  if (Object.keys(made.changes).length === 0) throw orderFail('feedbackIncomplete', { rule: 'orders.closing.unchanged', fields: [{ path: 'result', message: '内容没有变化，请按驳回原因更正' }] })
  await record(ctx, order, { act: 'correctClosing', assignmentId: assignment.id, text: input.result ?? null, changes: made.changes, data: { feedbackId: made.id, version: made.version }, visibility: 'unitLine' })
  if (reviewed) return assignmentAnswer(await saveOrder(ctx, order, {}), assignment.id, assignment.state)
  await saveAssignment(ctx, assignment.id, { state: 'done', done_at: ts(ctx.clock.now()) })
  return assignmentAnswer(await finish(ctx, held), assignment.id, 'done')
}

/** Handled again by the unit or its section; the result passes the unit's review anew. */
export async function secondHandling(ctx: Ctx, input: Input<typeof contract.secondHandlingRoute>) {
  const { order, assignment } = await holdAssignment(ctx, input.id)
  const rejected = await rejectedOf(ctx, assignment, '二次办理')
  const state = requireAssignmentAct(assignment, 'secondHandling', '二次办理')
  await db(ctx).updateTable('order_feedback').set({ state: 'sentBack' }).where('tenant_id', '=', ctx.tenantId).where('id', '=', rejected.id).execute()
  await saveAssignment(ctx, assignment.id, { state })
  await record(ctx, order, { act: 'secondHandling', assignmentId: assignment.id, text: input.reason, visibility: 'unitLine' })
  return assignmentAnswer(await saveOrder(ctx, order, {}), assignment.id, state)
}
