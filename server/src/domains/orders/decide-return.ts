// A return is decided: by the unit's leader, at the dispatching level, in arbitration (ORD-39, ORD-41).
import type { Ctx } from '../../kernel/ctx.ts'
import { can } from '../../kernel/access.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input } from '../../kernel/http/route.ts'
import { attachFiles, centreUnit, unitById } from '../platform/index.ts'
import { about, move } from './acts.ts'
import { isOpenAssignment, nobodyResponsible } from './assignment.ts'
import type * as contract from './contract.ts'
import { cancelClocks } from './clocks.ts'
import { createAssignments } from './dispatch-order.ts'
import { openDispute } from './disputes/index.ts'
import { returnDecided, returnRequested } from './events.ts'
import { orderFail } from './orders.errors.ts'
import { actsFor } from './orders.policy.ts'
import { db, lockAssignments, lockOrder, saveAssignment, saveOrder, type AssignmentRow, type OrderRow, type RequestRow } from './orders.queries.ts'
import { restartStageClock } from './stage-clocks.ts'
import { markImproper } from './returns/improper.ts'
import { record } from './timeline.ts'
import { passOn } from './transfer/index.ts'
import { mayReturnUpward, returnUpward } from './upper/return-upward.ts'
import { cancelAssignments } from './unit-acts.ts'
import { decideWithdrawal } from './withdrawal-requests.ts'
import { clockGoesOn, endRequest, lockRequest, requestAnswer, whose } from './return-requests.ts'

type Decision = Input<typeof contract.decideReturnRoute>

/** Who may decide depends on where the request stands: the unit's leader, the dispatching level, or the centre's leaders. */
export function mayDecide(ctx: Ctx, request: Pick<RequestRow, 'stage' | 'unit_id'>, assignment: AssignmentRow | undefined, all: AssignmentRow[]): boolean {
  if (request.stage === 'leader') return actsFor(ctx, request.unit_id, 'orders.approve')
  if (request.stage === 'arbitration') return can(ctx, 'orders.arbitrate')
  if (request.stage !== 'review') return false
  const parent = all.find((a) => a.id === assignment?.parent_id)
  return parent ? actsFor(ctx, parent.unit_id, 'orders.handle') || actsFor(ctx, parent.unit_id, 'orders.approve') : can(ctx, 'orders.reviewReturn')
}

export type ReturnOutcome = Decision['outcome']

/** Outcomes that exist where a return stands; the screen offers exactly these. */
export function returnOutcomes(request: Pick<RequestRow, 'stage'>, assignment: Pick<AssignmentRow, 'parent_id'> | undefined, order: OrderRow): ReturnOutcome[] {
  const upward: ReturnOutcome[] = mayReturnUpward(order) ? ['returnUpward'] : []
  if (request.stage === 'leader' || !assignment || assignment.parent_id !== null) return ['approve', 'refuse']
  const contested: ReturnOutcome[] = order.flags.includes('disputed') ? [] : ['adjudicate']
  if (request.stage === 'arbitration') return ['approve', 'refuse', ...contested, 'answerSelf', 'transfer', ...upward]
  return ['approve', 'refuse', 'arbitrate', ...contested, 'answerSelf', 'transfer', ...upward]
}

export async function decideReturn(ctx: Ctx, input: Decision) {
  const { order, all, request } = await lockRequest(ctx, input.id)
  if (request.kind === 'withdrawal') return decideOnWithdrawal(ctx, order, request, input)
  const assignment = all.find((a) => a.id === request.assignment_id)
  if (!assignment || request.kind !== 'return') throw orderFail('notFound')
  if (!mayDecide(ctx, request, assignment, all)) throw orderFail('notYours', { params: { act: '审核退回申请' } })
  if (request.state !== 'pending') throw orderFail('requestEnded', { rule: 'orders.requestEnded', current: { state: request.state, decidedBy: request.decided_by_name } })
  if (request.applicant_id !== null && request.applicant_id === ctx.actor.id) throw orderFail('ownDecision', { rule: 'orders.ownDecision' })
  if (!returnOutcomes(request, assignment, order).includes(input.outcome)) throw orderFail('outcomeUnknown', { rule: 'orders.request.outcome', fields: [{ path: 'outcome', message: '该环节不能这样处理' }] })
  if (input.outcome !== 'approve' && input.opinion === '') throw orderFail('feedbackIncomplete', { fields: [{ path: 'opinion', message: '请填写意见' }] })
  if (request.stage === 'leader') return leaderDecides(ctx, order, request, input)
  const saved = await decideAtLevel(ctx, order, all, assignment, request, input)
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'request', objectType: 'request', objectId: request.id, audience: 'staff' })
  return saved
}

async function decideOnWithdrawal(ctx: Ctx, order: OrderRow, request: RequestRow, input: Decision) {
  if (request.state !== 'pending') throw orderFail('requestEnded', { rule: 'orders.requestEnded', current: { state: request.state, decidedBy: request.decided_by_name } })
  if (request.applicant_id !== null && request.applicant_id === ctx.actor.id) throw orderFail('ownDecision', { rule: 'orders.ownDecision' })
  if (input.outcome !== 'approve' && input.opinion === '') throw orderFail('feedbackIncomplete', { fields: [{ path: 'opinion', message: '请填写意见' }] })
  const saved = await decideWithdrawal(ctx, order, request, input)
  return requestAnswer(saved, request.id, input.outcome === 'approve' ? 'approved' : 'refused', 'ended')
}

async function leaderDecides(ctx: Ctx, order: OrderRow, request: RequestRow, input: Decision) {
  const approve = input.outcome === 'approve'
  // The leader mends the words before they leave the house; the handler's stay on the timeline (ORD-55).
  const corrected = approve && input.correctedReason && input.correctedReason !== request.reason ? input.correctedReason : null
  if (corrected) {
    await db(ctx).updateTable('order_request').set({ reason: corrected }).where('tenant_id', '=', ctx.tenantId).where('id', '=', request.id).execute()
    await record(ctx, order, { act: 'correctReturn', assignmentId: request.assignment_id, text: null, changes: { reason: { old: request.reason, new: corrected, label: '退回理由' } }, data: { requestId: request.id }, visibility: 'unitLine' })
  }
  await record(ctx, order, { act: approve ? 'leaderApprovesReturn' : 'leaderRefusesReturn', assignmentId: request.assignment_id, text: input.opinion, data: { requestId: request.id }, visibility: 'unitLine' })
  // What the own leader refuses was never asked of the centre: it may be asked again.
  if (approve) await updateRequest(ctx, request.id, { stage: 'review' })
  else {
    await endRequest(ctx, request.id, 'cancelled', 'leaderRefused', input.opinion)
    await clockGoesOn(ctx, order, request)
  }
  const saved = await saveOrder(ctx, order, {})
  if (approve) ctx.publish(returnRequested({ ...about(order), requestId: request.id, stage: 'review', ...whose(request) }))
  else ctx.publish(returnDecided({ ...about(order), requestId: request.id, outcome: 'leaderRefused', unitId: request.unit_id, opinion: input.opinion }))
  return requestAnswer(saved, request.id, approve ? 'pending' : 'cancelled', approve ? 'review' : 'ended')
}

async function decideAtLevel(ctx: Ctx, order: OrderRow, all: AssignmentRow[], assignment: AssignmentRow, request: RequestRow, input: Decision) {
  const tell = (outcome: string): void => ctx.publish(returnDecided({ ...about(order), requestId: request.id, outcome, unitId: request.unit_id, opinion: input.opinion }))
  if (input.outcome === 'arbitrate') {
    if (request.stage !== 'review' || assignment.parent_id !== null) throw orderFail('requestEnded', { rule: 'orders.arbitration' })
    const unit = await unitById(ctx, request.unit_id)
    await updateRequest(ctx, request.id, { stage: 'arbitration', queue: unit.areaCode && unit.areaCode.length > 6 ? 'streets' : 'bureaus' })
    await record(ctx, order, { act: 'toArbitration', assignmentId: assignment.id, text: input.opinion, data: { requestId: request.id } })
    ctx.publish(returnRequested({ ...about(order), requestId: request.id, stage: 'arbitration', ...whose(request) }))
    return requestAnswer(await saveOrder(ctx, order, {}), request.id, 'pending', 'arbitration')
  }
  if (input.outcome === 'refuse') {
    // Refused is final for this assignment; the unit goes on, its clock ran on.
    await endRequest(ctx, request.id, 'refused', request.stage === 'arbitration' ? 'arbitrationRefused' : 'refused', input.opinion)
    await clockGoesOn(ctx, order, request)
    await markImproper(ctx, order, request, true)
    await record(ctx, order, { act: 'refuseReturn', assignmentId: assignment.id, text: input.opinion, data: { requestId: request.id }, visibility: 'unitLine' })
    tell('refused')
    return requestAnswer(await saveOrder(ctx, order, {}), request.id, 'refused', 'ended')
  }
  if (input.outcome === 'adjudicate') {
    // Whose matter it is will be decided by the departments together; until then the unit keeps the order.
    await endRequest(ctx, request.id, 'cancelled', 'adjudication', input.opinion)
    await clockGoesOn(ctx, order, request)
    await record(ctx, order, { act: 'toAdjudication', assignmentId: assignment.id, text: input.opinion, data: { requestId: request.id, unitName: request.unit_name }, visibility: 'unitLine' })
    const pooled = await openDispute(ctx, order, { requestId: request.id, difficulty: `${request.unit_name}申请退回（${request.reason_class ?? ''}）：${request.reason}`, byName: ctx.actor.name, unitIds: [request.unit_id] })
    tell('adjudication')
    return requestAnswer(await saveOrder(ctx, order, pooled), request.id, 'cancelled', 'ended')
  }
  if (input.outcome === 'transfer' && (!input.tenantId || !can(ctx, 'orders.transfer'))) throw orderFail('tenantNotBelow', { rule: 'orders.transfer', fields: [{ path: 'tenantId', message: '请选择接收的热线中心' }] })
  if (input.outcome === 'returnUpward' && !can(ctx, 'orders.returnUpward')) throw orderFail('notYours', { params: { act: '退回上级' }, rule: 'orders.returnUpward' })
  await endRequest(ctx, request.id, 'approved', input.outcome, input.opinion)
  if (input.outcome === 'returnUpward') {
    tell('approved')
    return requestAnswer(await returnUpward(ctx, order, input.opinion), request.id, 'approved', 'ended')
  }
  await releaseUnit(ctx, order, all, assignment, input.opinion)
  tell('approved')
  const after = await lockAssignments(ctx, order.id)
  if (assignment.parent_id !== null) return requestAnswer(await saveOrder(ctx, order, {}), request.id, 'approved', 'ended')
  if (input.outcome === 'answerSelf') return requestAnswer(await centreTakes(ctx, order, assignment, input.opinion), request.id, 'approved', 'ended')
  const facts = after.map((a) => ({ id: a.id, parentId: a.parent_id, role: a.role, state: a.state, round: a.round, unitId: a.unit_id }))
  if (!nobodyResponsible(facts, order.round) && input.outcome === 'transfer') throw orderFail('transferOthers', { rule: 'orders.transfer.others' })
  if (!nobodyResponsible(facts, order.round)) return requestAnswer(await saveOrder(ctx, order, { return_count: order.return_count + 1 }), request.id, 'approved', 'ended')
  // Nobody is responsible any more: assisting units are released too and the order waits for a new dispatch.
  await cancelAssignments(ctx, order, after, after.filter((a) => a.parent_id === null && isOpenAssignment(a.state)).map((a) => a.id))
  await restartStageClock(ctx, order)
  const saved = await move(ctx, order, 'returned', { change: { return_count: order.return_count + 1, lead_unit_id: null, lead_unit_name: null }, entry: { text: input.opinion, data: { unitName: assignment.unit_name } } })
  if (input.outcome === 'transfer') {
    await passOn(ctx, saved, { tenantId: input.tenantId ?? '', requirement: input.opinion, fileIds: [] })
    return requestAnswer(await lockOrder(ctx, order.id), request.id, 'approved', 'ended')
  }
  return requestAnswer(saved, request.id, 'approved', 'ended')
}

/** The unit is out, with everything below it, and is barred from being chosen again without a reason. */
async function releaseUnit(ctx: Ctx, order: OrderRow, all: AssignmentRow[], assignment: AssignmentRow, reason: string): Promise<void> {
  await cancelAssignments(ctx, order, all, all.filter((a) => a.parent_id === assignment.id).map((a) => a.id))
  await saveAssignment(ctx, assignment.id, { state: 'returned' })
  await cancelClocks(ctx, order.id, { assignmentIds: [assignment.id] })
  if (assignment.parent_id === null)
    await db(ctx).insertInto('order_unit_block').values({ tenant_id: ctx.tenantId, order_id: order.id, unit_id: assignment.unit_id, cause: 'returnApproved', reason, at: ts(ctx.clock.now()) }).onConflict((c) => c.doNothing()).execute()
  await record(ctx, order, { act: 'approveReturn', assignmentId: assignment.id, text: reason, data: { unitName: assignment.unit_name }, visibility: 'unitLine' })
}

/** The centre answers itself: it takes the assignment, signed, and its feedback goes to result review. */
async function centreTakes(ctx: Ctx, order: OrderRow, from: AssignmentRow, opinion: string): Promise<OrderRow> {
  const centre = await centreUnit(ctx)
  await createAssignments(ctx, order, [{ unit: centre, role: from.role === 'assist' ? 'assist' : from.role }], { route: 'straight', opinion, handler: ctx.actor.id ? { id: ctx.actor.id, name: ctx.actor.name } : null, signed: true })
  await record(ctx, order, { act: 'centreTakes', text: opinion, data: { unitName: centre.name } })
  return saveOrder(ctx, order, { return_count: order.return_count + 1, ...(from.role === 'assist' ? {} : { lead_unit_id: centre.id, lead_unit_name: centre.name }) })
}

const updateRequest = async (ctx: Ctx, id: string, change: { stage: string; queue?: string }): Promise<void> => {
  await db(ctx).updateTable('order_request').set(change).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
}
