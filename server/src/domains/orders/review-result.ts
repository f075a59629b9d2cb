// The centre's check of a result: accept towards callback or closing, or return to the unit on the running clock (ORD-57).
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import type { Input } from '../../kernel/http/route.ts'
import { setting } from '../platform/index.ts'
import { about, answerOf, move, requireTransition } from './acts.ts'
import { meetClocks, reopenClocks } from './clocks.ts'
import type * as contract from './contract.ts'
import { orderResultAccepted, orderResultReturned } from './events.ts'
import { orderFail } from './orders.errors.ts'
import { assertVisible } from './orders.policy.ts'
import { lockAssignments, lockOrder, saveAssignments, saveOrder, type AssignmentRow, type OrderRow } from './orders.queries.ts'
import { callbackOwed, replyChecks } from './ports.ts'
import { attachmentMissing } from './settings.ts'
import { currentResults, missingEvidence } from './submit-feedback.ts'
import { record } from './timeline.ts'
import { reportUp, resultOfTransfer, returnTransfer } from './transfer/index.ts'

export async function reviewResult(ctx: Ctx, input: Input<typeof contract.reviewResultRoute>) {
  authorize(ctx, 'orders.reviewResult')
  const order = await lockOrder(ctx, input.id, input.version)
  await assertVisible(ctx, order)
  const all = await lockAssignments(ctx, order.id)
  return answerOf(input.outcome === 'accept' ? await accept(ctx, order, all, input) : await giveBack(ctx, order, all, input.opinion ?? ''))
}

async function accept(ctx: Ctx, order: OrderRow, all: AssignmentRow[], input: Input<typeof contract.reviewResultRoute>): Promise<OrderRow> {
  requireTransition(order, 'acceptResult')
  const results = await currentResults(ctx, order, all)
  const fromBelow = await resultOfTransfer(ctx, order)
  const missing = fromBelow ? [] : await missingEvidence(ctx, order, results)
  if (missing.length > 0 && ((await setting(ctx, attachmentMissing)) === 'block' || !input.missingReason))
    throw orderFail('attachmentMissing', { rule: 'attachmentMissing', params: { missing: missing.join('、') }, fields: [{ path: 'missingReason', message: '请补齐附件，或说明理由' }] })
  const lead = results[0]
  const reply = input.reply ?? fromBelow?.reply ?? lead?.result ?? ''
  if (reply === '') throw orderFail('feedbackIncomplete', { fields: [{ path: 'reply', message: '请填写答复诉求人的内容' }] })
  for (const check of replyChecks.all()) await check(ctx, { orderId: order.id, reply })
  await meetClocks(ctx, order.id, { kinds: ['resultReview'] })
  const basis = fromBelow?.basis ?? lead?.basis ?? null
  // A mirror order stays here until the centre above has accepted, too: its requester is told only once.
  if (await reportUp(ctx, order, { reply, basis })) {
    await record(ctx, order, { act: 'reportUp', text: input.opinion ?? null, data: { reply } })
    return saveOrder(ctx, order, { reply, reply_basis: basis })
  }
  const owed = await callbackOwed.one()(ctx, order)
  const saved = await move(ctx, order, 'acceptResult', {
    facts: { callbackOwed: owed },
    change: { reply, reply_basis: basis },
    entry: { text: input.opinion ?? null, data: { reply, ...(lead && !input.reply ? { quotedFrom: lead.id } : {}), ...(input.missingReason ? { missing, missingReason: input.missingReason } : {}) }, visibility: 'public' },
  })
  ctx.publish(orderResultAccepted({ ...about(order), round: order.round, callbackOwed: owed }))
  return saved
}

/** Back to those whose result was reviewed; the clocks run on from their old start. */
export async function giveBack(ctx: Ctx, order: OrderRow, all: AssignmentRow[], opinion: string): Promise<OrderRow> {
  requireTransition(order, 'returnResult')
  if (opinion === '') throw orderFail('feedbackIncomplete', { rule: 'orders.returnResult', fields: [{ path: 'opinion', message: '退回须填写意见' }] })
  const tops = all.filter((a) => a.parent_id === null && a.round === order.round && a.state === 'done' && a.role !== 'assist')
  await meetClocks(ctx, order.id, { kinds: ['resultReview'] })
  await saveAssignments(ctx, tops.map((a) => a.id), { state: 'handling', done_at: null })
  await reopenClocks(ctx, order.id, { kinds: ['handling'], assignmentIds: tops.map((a) => a.id) })
  await returnTransfer(ctx, order, opinion)
  const saved = await move(ctx, order, 'returnResult', { entry: { text: opinion, visibility: 'staff' } })
  ctx.publish(orderResultReturned({ ...about(order), opinion, assignments: tops.map((a) => ({ id: a.id, unitId: a.unit_id, role: a.role })) }))
  return saved
}
