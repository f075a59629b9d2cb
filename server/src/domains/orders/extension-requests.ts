// Extensions: asked before the deadline, approved level by level, last by the centre; only the last approval moves the clock (ORD-43).
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { addDuration, toIso } from '../../kernel/time/index.ts'
import { startFlow } from '../flow/index.ts'
import { attachFiles, calendarOf, setting } from '../platform/index.ts'
import { about } from './acts.ts'
import { clockOf, moveClock } from './clocks.ts'
import type * as contract from './contract.ts'
import { extensionDecided } from './events.ts'
import { orderFail } from './orders.errors.ts'
import { requireUnit } from './orders.policy.ts'
import { db, lockAssignments, lockOrder, saveAssignment, saveOrder, type RequestRow } from './orders.queries.ts'
import { requireRunning } from './pauses/index.ts'
import { endRequest, requestsOf } from './return-requests.ts'
import { extensionMax } from './settings.ts'
import { record } from './timeline.ts'
import { assignmentAnswer, holdAssignment, requireBeforeClosing } from './unit-acts.ts'

export const EXTENSION_FLOW = 'orders.extension'

export async function requestExtension(ctx: Ctx, input: Input<typeof contract.requestExtensionRoute>) {
  const { order, assignment } = await holdAssignment(ctx, input.id)
  requireUnit(ctx, assignment, 'orders.handle', '申请延时')
  requireBeforeClosing(order, '申请延时')
  await requireRunning(ctx, order, assignment.id)
  if (assignment.state !== 'handling') throw orderFail('assignmentForbids', { rule: 'orders.assignment.extension', params: { state: assignment.state, act: '申请延时' } })
  const clock = await clockOf(ctx, assignment.id, 'handling')
  const now = ctx.clock.now()
  if (!clock || clock.due_at <= now) throw orderFail('afterDeadline', { rule: 'orders.extension.beforeDeadline', ...(clock ? { until: toIso(clock.due_at) } : {}) })
  const max = await setting(ctx, extensionMax)
  const earlier = (await requestsOf(ctx, order.id)).filter((r) => r.kind === 'extension' && r.assignment_id === assignment.id)
  if (earlier.some((r) => r.state === 'pending')) throw orderFail('requestPending', { rule: 'orders.requestPending', params: { kind: '延时' } })
  if (earlier.filter((r) => r.state === 'approved').length >= max) throw orderFail('extensionCap', { rule: 'extension.max', params: { max } })
  if (input.newDueAt <= clock.due_at) throw orderFail('limitInPast', { fields: [{ path: 'newDueAt', message: '新的时限必须晚于原时限' }] })
  // At most one normal limit on top of the old deadline.
  const latest = addDuration(await calendarOf(ctx), clock.due_at, { amount: clock.amount, unit: clock.basis as never })
  if (input.newDueAt > latest) throw orderFail('extensionTooLong', { rule: 'extension.maxLength', until: toIso(latest), fields: [{ path: 'newDueAt', message: '延时不能超过一个正常时限' }] })

  const id = newId()
  const flow = await startFlow(ctx, {
    key: EXTENSION_FLOW, objectType: 'orderRequest', objectId: id, subjectUnitId: assignment.unit_id, applicantName: ctx.actor.name, title: `延时申请：${order.title}`, link: `/orders/${order.number}`,
    variables: { orderId: order.id, newDueAt: toIso(input.newDueAt) },
  })
  await db(ctx).insertInto('order_request').values({
    tenant_id: ctx.tenantId, id, order_id: order.id, assignment_id: assignment.id, unit_id: assignment.unit_id, unit_name: assignment.unit_name, kind: 'extension', stage: 'flow', state: 'pending', round: earlier.length + 1,
    reason: input.reason, old_due_at: ts(clock.due_at), new_due_at: ts(input.newDueAt), flow_instance_id: flow.instanceId, applicant_id: ctx.actor.id, applicant_name: ctx.actor.name, created_at: ts(now),
  }).execute()
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'request', objectType: 'request', objectId: id, audience: 'staff' })
  await record(ctx, order, { act: 'requestExtension', assignmentId: assignment.id, text: input.reason, data: { oldDueAt: clock.due_at, newDueAt: input.newDueAt, requestId: id }, visibility: 'unitLine' })
  return assignmentAnswer(await saveOrder(ctx, order, {}), assignment.id, assignment.state)
}

/** Called by the approval in its own transaction when its last step is decided. */
export async function extensionFinished(ctx: Ctx, ended: { objectType: string; objectId: string; outcome: 'approved' | 'returned'; opinion: string }): Promise<void> {
  if (ended.objectType !== 'orderRequest') return
  const found = await db(ctx).selectFrom('order_request').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', ended.objectId).executeTakeFirst()
  if (!found || found.kind !== 'extension' || found.state !== 'pending') return
  await decideExtension(ctx, found, ended.outcome === 'approved', ended.opinion)
}

async function decideExtension(ctx: Ctx, request: RequestRow, approved: boolean, opinion: string): Promise<void> {
  const order = await lockOrder(ctx, request.order_id)
  await lockAssignments(ctx, order.id)
  await endRequest(ctx, request.id, approved ? 'approved' : 'refused', approved ? 'approved' : 'refused', opinion)
  const clock = request.assignment_id ? await clockOf(ctx, request.assignment_id, 'handling') : undefined
  if (approved && clock && request.new_due_at !== null && request.assignment_id) {
    await moveClock(ctx, clock, request.new_due_at, `延时获批：${request.reason}`)
    await saveAssignment(ctx, request.assignment_id, { due_at: ts(request.new_due_at), extension_count: request.round })
  }
  await record(ctx, order, {
    act: approved ? 'approveExtension' : 'refuseExtension', assignmentId: request.assignment_id, text: opinion, data: { requestId: request.id },
    ...(approved ? { changes: { dueAt: { old: request.old_due_at, new: request.new_due_at, label: '办理时限' } } } : {}), visibility: 'unitLine',
  })
  await saveOrder(ctx, order, {})
  ctx.publish(extensionDecided({ ...about(order), requestId: request.id, approved, unitId: request.unit_id, assignmentId: request.assignment_id ?? '' }))
}
