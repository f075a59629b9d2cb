// A return is asked for by a unit within the window, or taken back (ORD-39).
import type { Ctx } from '../../kernel/ctx.ts'
import { can } from '../../kernel/access.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { toIso } from '../../kernel/time/index.ts'
import { cancelFlows } from '../flow/index.ts'
import { attachFiles, setting } from '../platform/index.ts'
import { about } from './acts.ts'
import type * as contract from './contract.ts'
import { requireNotDecided } from './disputes/index.ts'
import { returnRequested } from './events.ts'
import { orderFail } from './orders.errors.ts'
import { actsFor, requireUnit } from './orders.policy.ts'
import { db, lockAssignments, lockOrder, saveOrder, type AssignmentRow, type OrderRow, type RequestRow } from './orders.queries.ts'
import { pauseClocks, resumeClocks } from './pauses/pause-clocks.ts'
import { resetUntil } from './returns/return-reset.ts'
import { returnWindow, type WindowState } from './return-window.ts'
import { clockDuringReturnReview, multiRoundWindow, returnNeedsUnitLeader, returnReasons, returnWindowHours } from './settings.ts'
import { record } from './timeline.ts'
import { holdAssignment, assignmentAnswer, requireBeforeClosing } from './unit-acts.ts'

/** The window of an assignment as it stands now; also shown beside the button. */
export async function windowOf(ctx: Ctx, order: OrderRow, assignment: AssignmentRow, requests: RequestRow[]): Promise<WindowState> {
  const earlier = requests.filter((r) => r.kind === 'return' && r.assignment_id !== assignment.id && r.state !== 'pending')
  const multiRound = order.dispatch_kind === 'transferred' && earlier.length > 0 && earlier.every((r) => r.state === 'approved')
  // The special reset opens the window anew for its hours (ORD-40).
  const reset = await resetUntil(ctx, order.id)
  if (reset !== null) return { open: true, closesAt: reset, multiRound: false }
  return returnWindow({
    now: ctx.clock.now(), from: order.upper_dispatched_at ?? assignment.dispatched_at, multiRound,
    windowHours: await setting(ctx, returnWindowHours), multiRoundHours: await setting(ctx, multiRoundWindow),
  })
}

export const requestsOf = (ctx: Ctx, orderId: string): Promise<RequestRow[]> =>
  db(ctx).selectFrom('order_request').selectAll().where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).orderBy('created_at').execute()

export async function requestReturn(ctx: Ctx, input: Input<typeof contract.requestReturnRoute>) {
  const { order, assignment, all } = await holdAssignment(ctx, input.id)
  requireUnit(ctx, assignment, 'orders.handle', '申请退回')
  requireBeforeClosing(order, '申请退回')
  if (assignment.state !== 'pendingSign' && assignment.state !== 'handling') throw orderFail('assignmentForbids', { rule: 'orders.assignment.return', params: { state: assignment.state, act: '申请退回' } })
  if (!(await setting(ctx, returnReasons)).includes(input.reasonClass)) throw orderFail('feedbackIncomplete', { fields: [{ path: 'reasonClass', message: '请选择退回理由' }] })
  await requireNotDecided(ctx, assignment, input.reasonClass)
  const requests = await requestsOf(ctx, order.id)
  const mine = requests.filter((r) => r.kind === 'return' && r.assignment_id === assignment.id)
  if (mine.some((r) => r.state === 'pending')) throw orderFail('requestPending', { rule: 'orders.requestPending', params: { kind: '退回' } })
  if (mine.some((r) => r.state === 'refused')) throw orderFail('returnRefusedBefore', { rule: 'orders.returnRefused' })
  const window = await windowOf(ctx, order, assignment, requests)
  if (!window.open) throw orderFail('returnWindowClosed', { rule: 'returnWindow', until: toIso(window.closesAt) })

  const leaderFirst = assignment.parent_id === null && (await setting(ctx, returnNeedsUnitLeader, assignment.unit_id)) && !can(ctx, 'orders.approve')
  const stage = leaderFirst ? 'leader' : 'review'
  const id = newId()
  await db(ctx).insertInto('order_request').values({
    tenant_id: ctx.tenantId, id, order_id: order.id, assignment_id: assignment.id, unit_id: assignment.unit_id, unit_name: assignment.unit_name, kind: 'return', stage, state: 'pending',
    round: requests.filter((r) => r.kind === 'return').length + 1, reason_class: input.reasonClass, reason: input.reason, within_window: !window.multiRound && (await resetUntil(ctx, order.id)) === null, applicant_id: ctx.actor.id, applicant_name: ctx.actor.name, created_at: ts(ctx.clock.now()),
  }).execute()
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'request', objectType: 'request', objectId: id, audience: 'staff' })
  await record(ctx, order, { act: 'requestReturn', assignmentId: assignment.id, text: input.reason, data: { reasonClass: input.reasonClass, requestId: id }, visibility: 'unitLine' })
  if ((await setting(ctx, clockDuringReturnReview)) === 'pauses' && !order.flags.includes('suspended')) await pauseClocks(ctx, all, assignment.id, '退单审核期间暂停')
  ctx.publish(returnRequested({ ...about(order), requestId: id, stage, unitId: assignment.unit_id, unitName: assignment.unit_name, reason: why(input.reasonClass, input.reason) }))
  return assignmentAnswer(await saveOrder(ctx, order, {}), assignment.id, assignment.state)
}

export async function lockRequest(ctx: Ctx, id: string): Promise<{ order: OrderRow; all: AssignmentRow[]; request: RequestRow }> {
  const found = await db(ctx).selectFrom('order_request').select('order_id').where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!found) throw orderFail('notFound')
  const order = await lockOrder(ctx, found.order_id)
  const all = await lockAssignments(ctx, order.id)
  const request = await db(ctx).selectFrom('order_request').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
  return { order, all, request }
}

export async function cancelRequest(ctx: Ctx, input: Input<typeof contract.cancelRequestRoute>) {
  const { order, request } = await lockRequest(ctx, input.id)
  if (request.assignment_id === null ? request.applicant_id !== ctx.actor.id : !actsFor(ctx, request.unit_id, 'orders.handle')) throw orderFail('notFound')
  if (request.state !== 'pending') throw orderFail('requestEnded', { rule: 'orders.requestEnded', current: { state: request.state } })
  await endRequest(ctx, request.id, 'cancelled', 'withdrawn', '')
  if (request.flow_instance_id) await cancelFlows(ctx, 'orderRequest', request.id, '申请人撤回')
  if (request.kind === 'return') await clockGoesOn(ctx, order, request)
  await record(ctx, order, { act: 'cancelRequest', assignmentId: request.assignment_id, data: { kind: request.kind, requestId: request.id }, visibility: 'unitLine' })
  await saveOrder(ctx, order, {})
  return { id: request.id, state: 'cancelled' }
}

/** A return that ended without effect: where its review stopped the clock, it runs again by the time it stood. */
export async function clockGoesOn(ctx: Ctx, order: OrderRow, request: Pick<RequestRow, 'assignment_id'>): Promise<void> {
  if (request.assignment_id !== null && !order.flags.includes('suspended')) await resumeClocks(ctx, await lockAssignments(ctx, order.id), request.assignment_id, '退单审核结束')
}


export async function endRequest(ctx: Ctx, id: string, state: 'approved' | 'refused' | 'cancelled', outcome: string, opinion: string): Promise<void> {
  await db(ctx).updateTable('order_request').set({ state, outcome, stage: 'ended', refused_final: state === 'refused', opinion, decided_at: ts(ctx.clock.now()), decided_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
}

export const requestAnswer = (order: OrderRow, id: string, state: string, stage: string) => ({ id, orderId: order.id, state, stage, orderState: order.state })

/** Why the unit gives the order back, as those who decide are told. */
const why = (reasonClass: string | null, reason: string): string => (reasonClass ? `${reasonClass}，${reason}` : reason).slice(0, 200)
export const whose = (request: RequestRow) => ({ unitId: request.unit_id, unitName: request.unit_name, reason: why(request.reason_class, request.reason) })
