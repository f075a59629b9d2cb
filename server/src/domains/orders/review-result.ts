// The centre's check of a result: accept towards callback or closing, return to the unit on the running clock, or reject the closing for
// a small fault (ORD-57, ORD-58, ORD-59).
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import type { Input } from '../../kernel/http/route.ts'
import { setting } from '../platform/index.ts'
import { about, answerOf, move, requireTransition } from './acts.ts'
import { demandApproval } from './case-profiles/index.ts'
import { logCheck } from './checks/check-log.ts'
import { rejectClosing } from './checks/reject-closing.ts'
import { meetClocks, reopenClocks, reopenOrderClocks } from './clocks.ts'
import type * as contract from './contract.ts'
import { orderResultAccepted, orderResultReturned } from './events.ts'
import { orderFail } from './orders.errors.ts'
import { assertVisible } from './orders.policy.ts'
import { isMirror, isPassedOn, lockAssignments, lockOrder, saveAssignments, saveOrder, withoutPassedFlags, type AssignmentRow, type OrderRow } from './orders.queries.ts'
import { callbackOwed, replyChecks } from './ports.ts'
import { restartStageClock } from './stage-clocks.ts'
import { attachmentMissing } from './settings.ts'
import { currentResults, missingEvidence } from './submit-feedback.ts'
import { record } from './timeline.ts'
import { acceptTransfer, reportUp, resultOfTransfer, returnTransfer, transferUp } from './transfer/index.ts'

type ReviewInput = Input<typeof contract.reviewResultRoute>

export async function reviewResult(ctx: Ctx, input: ReviewInput) {
  authorize(ctx, 'orders.reviewResult')
  const order = await lockOrder(ctx, input.id, input.version)
  await assertVisible(ctx, order)
  return answerOf(await decide(ctx, order, input))
}

/** For a locked order; one of many in a batch, too. */
export async function decide(ctx: Ctx, order: OrderRow, input: Omit<ReviewInput, 'id' | 'version'>): Promise<OrderRow> {
  const all = await lockAssignments(ctx, order.id)
  const fromBelow = await resultOfTransfer(ctx, order)
  requireTransition(order, input.outcome === 'accept' ? 'acceptResult' : input.outcome === 'return' ? 'returnResult' : 'rejectClosing')
  await logCheck(ctx, order, { level: fromBelow ? 'upper' : 'own', outcome: input.outcome, opinion: input.opinion, ...(fromBelow ? { fromTenant: fromBelow.tenantName } : {}) })
  if (input.outcome === 'accept') return accept(ctx, order, all, input)
  if (input.outcome === 'reject' && !isPassedOn(order)) return rejectClosing(ctx, order, all, input.opinion ?? '')
  return giveBack(ctx, order, all, input.opinion ?? '')
}

/** The system accepts: a result outside the share of second checks, a sub-centre that answers itself, a closing that goes to the platform above. */
export async function acceptByRule(ctx: Ctx, order: OrderRow, rule: string): Promise<OrderRow> {
  const fromBelow = await resultOfTransfer(ctx, order)
  await logCheck(ctx, order, { level: fromBelow ? 'upper' : 'own', outcome: 'accept', rule, ...(fromBelow ? { fromTenant: fromBelow.tenantName } : {}) })
  return accept(ctx, order, await lockAssignments(ctx, order.id), { outcome: 'accept', tellRequester: true, missingReason: rule }, rule)
}

/** The requester's word in the pool differs from the unit's: the result goes back on the running clock, as from a person's review. */
export async function returnByCallback(ctx: Ctx, orderId: string, opinion: string): Promise<OrderRow> {
  const order = await lockOrder(ctx, orderId)
  requireTransition(order, 'returnResult')
  await logCheck(ctx, order, { level: 'own', outcome: 'return', opinion })
  return giveBack(ctx, order, await lockAssignments(ctx, order.id), opinion)
}

async function accept(ctx: Ctx, order: OrderRow, all: AssignmentRow[], input: Omit<ReviewInput, 'id' | 'version'>, rule?: string): Promise<OrderRow> {
  requireTransition(order, 'acceptResult')
  if (isMirror(order) && order.reply !== null && (await waitsAbove(ctx, order))) throw orderFail('stateForbids', { rule: 'orders.upperCheck', params: { state: '等待转来中心复核', act: '再次通过' } })
  if (rule === undefined) await demandApproval(ctx, order)
  const results = await currentResults(ctx, order, all)
  const fromBelow = await resultOfTransfer(ctx, order)
  const missing = fromBelow ? [] : await missingEvidence(ctx, order, results)
  if (missing.length > 0 && rule === undefined && ((await setting(ctx, attachmentMissing)) === 'block' || !input.missingReason))
    throw orderFail('attachmentMissing', { rule: 'attachmentMissing', params: { missing: missing.join('、') }, fields: [{ path: 'missingReason', message: '请补齐附件，或说明理由' }] })
  const lead = results[0]
  const reply = input.reply ?? fromBelow?.reply ?? lead?.result ?? ''
  if (reply === '') throw orderFail('feedbackIncomplete', { fields: [{ path: 'reply', message: '请填写答复诉求人的内容' }] })
  for (const check of replyChecks.all()) await check(ctx, { orderId: order.id, reply })
  await meetClocks(ctx, order.id, { kinds: ['resultReview'] })
  const basis = fromBelow?.basis ?? lead?.basis ?? null
  const flags = order.flags.filter((f) => f !== 'closingRejected')
  // A mirror stays here until its sender has accepted, too: the requester is told only once, and what lies below waits with it.
  if (await reportUp(ctx, order, { reply, basis })) {
    await record(ctx, order, { act: 'reportUp', text: input.opinion ?? null, data: { reply, ...(rule ? { rule } : {}) } })
    return saveOrder(ctx, order, { reply, reply_basis: basis, flags })
  }
  const owed = await callbackOwed.one()(ctx, order)
  const saved = await move(ctx, order, 'acceptResult', {
    facts: { callbackOwed: owed },
    change: { reply, reply_basis: basis, flags },
    entry: { ...(rule ? { act: 'autoAccept' } : {}), text: input.opinion ?? null, data: { reply, ...(rule ? { rule } : {}), ...(lead && !input.reply ? { quotedFrom: lead.id } : {}), ...(input.missingReason && !rule ? { missing, missingReason: input.missingReason } : {}) } },
  })
  await acceptTransfer(ctx, saved, '')
  ctx.publish(orderResultAccepted({ ...about(order), round: order.round, callbackOwed: owed }))
  return saved
}

async function waitsAbove(ctx: Ctx, order: OrderRow): Promise<boolean> {
  const link = await transferUp(ctx, order.id)
  return link?.state === 'reported'
}

/** Back to those whose result was reviewed; the clocks run on from their old start. */
export async function giveBack(ctx: Ctx, order: OrderRow, all: AssignmentRow[], opinion: string): Promise<OrderRow> {
  requireTransition(order, 'returnResult')
  if (opinion === '') throw orderFail('feedbackIncomplete', { rule: 'orders.returnResult', fields: [{ path: 'opinion', message: '退回须填写意见' }] })
  const tops = all.filter((a) => a.parent_id === null && a.round === order.round && a.state === 'done' && a.role !== 'assist')
  await meetClocks(ctx, order.id, { kinds: ['resultReview'] })
  const passedOn = await resultOfTransfer(ctx, order)
  // Answered at the desk itself: no unit and no other centre holds it, so it waits for a dispatch.
  if (tops.length === 0 && !passedOn) {
    await restartStageClock(ctx, order)
    return move(ctx, order, 'returnToDesk', { change: { flags: withoutPassedFlags(order.flags) }, entry: { text: opinion } })
  }
  await saveAssignments(ctx, tops.map((a) => a.id), { state: 'handling', done_at: null })
  await reopenClocks(ctx, order.id, { kinds: ['handling'], assignmentIds: tops.map((a) => a.id) })
  if (passedOn) await reopenOrderClocks(ctx, order.id, ['handling'])
  await returnTransfer(ctx, order, opinion)
  const saved = await move(ctx, order, 'returnResult', { entry: { text: opinion, visibility: 'staff' } })
  ctx.publish(orderResultReturned({ ...about(order), opinion, assignments: tops.map((a) => ({ id: a.id, unitId: a.unit_id, role: a.role })) }))
  return saved
}
