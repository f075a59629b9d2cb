// Withdrawal with its reason, supplements of the requester, and taking back a dispatch nobody signed (ORD-25).
import { inTenant, type Ctx } from '../../kernel/ctx.ts'
import { authorize, scopesOf } from '../../kernel/access.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { attachFiles, setting } from '../platform/index.ts'
import { about, answerOf, move, requireTransition } from './acts.ts'
import { isOpenAssignment } from './assignment.ts'
import { cancelClocks } from './clocks.ts'
import type * as contract from './contract.ts'
import { assignmentCancelled, orderSupplemented, orderWithdrawn } from './events.ts'
import { isOpen } from './order.ts'
import { endPendingRequests } from './end-requests.ts'
import { orderFail } from './orders.errors.ts'
import { assertVisible } from './orders.policy.ts'
import { db, isMirror, isPassedOn, lockAssignments, lockOrder, saveAssignments, saveOrder, withoutPassedFlags, type AssignmentRow, type OrderRow } from './orders.queries.ts'
import { restartStageClock } from './stage-clocks.ts'
import { requireAlone } from './sets/require-alone.ts'
import { withdrawalApproval, withdrawClasses } from './settings.ts'
import { record } from './timeline.ts'
import { transferDown, withdrawTransfer } from './transfer/index.ts'
import { applyTransfer } from './transfer/apply-transfer.ts'
import { cancelAssignments } from './unit-acts.ts'
import { requestWithdrawal } from './withdrawal-requests.ts'

export async function withdrawOrder(ctx: Ctx, input: Input<typeof contract.withdrawOrderRoute>) {
  authorize(ctx, 'orders.withdraw')
  const order = await lockOrder(ctx, input.id, input.version)
  await assertVisible(ctx, order)
  if (isMirror(order)) throw orderFail('mirrorWithdraw', { rule: 'orders.mirror.withdraw' })
  if (!(await setting(ctx, withdrawClasses)).includes(input.reasonClass)) throw orderFail('feedbackIncomplete', { rule: 'withdrawClasses', fields: [{ path: 'reasonClass', message: '请选择撤单理由' }] })
  if (await setting(ctx, withdrawalApproval)) return { ...answerOf(await requestWithdrawal(ctx, order, input)), requested: true }
  return { ...answerOf(await withdraw(ctx, order, `${input.reasonClass}：${input.reason}`)), requested: false }
}

/** Also for the requester's own withdrawal on the portal. Open assignments are cancelled and their units told. */
export async function withdraw(ctx: Ctx, order: OrderRow, reason: string): Promise<OrderRow> {
  requireTransition(order, 'withdraw')
  const all = await lockAssignments(ctx, order.id)
  const cancelled = await cancelAssignments(ctx, order, all, all.filter((a) => isOpenAssignment(a.state)).map((a) => a.id))
  await cancelClocks(ctx, order.id)
  await endPendingRequests(ctx, order, 'orderWithdrawn')
  await withdrawTransfer(ctx, order, reason)
  const saved = await move(ctx, order, 'withdraw', { change: { withdraw_reason: reason, ...(order.triage ? { triage: 'done' as const } : {}) }, entry: { text: reason } })
  ctx.publish(orderWithdrawn({ ...about(order), reason }))
  if (cancelled.length > 0) ctx.publish(assignmentCancelled({ ...about(order), assignments: cancelled.map(brief), reason }))
  return saved
}

const brief = (a: AssignmentRow) => ({ id: a.id, unitId: a.unit_id, role: a.role })

export async function supplementOrder(ctx: Ctx, input: Input<typeof contract.supplementOrderRoute>) {
  authorize(ctx, 'orders.supplement')
  const order = await lockOrder(ctx, input.id)
  // Who takes a repeat call may add to an order that a colleague registered; confidential ones stay with those who may see them.
  if (order.confidential || !scopesOf(ctx, 'orders.supplement').includes('tenant')) await assertVisible(ctx, order)
  return answerOf(await supplement(ctx, order, { content: input.content, fileIds: input.fileIds, source: 'staff' }))
}

/** A closed order takes no supplement: the caller is told to register a new one. */
export async function supplement(ctx: Ctx, order: OrderRow, input: { content: string; fileIds: string[]; source: 'staff' | 'requester' }): Promise<OrderRow> {
  if (!isOpen(order.state)) throw orderFail('closedOrder', { rule: 'orders.supplement.open' })
  const id = newId()
  await db(ctx).insertInto('order_supplement').values({
    tenant_id: ctx.tenantId, id, order_id: order.id, content: input.content, source: input.source, created_by: ctx.actor.kind === 'user' ? ctx.actor.id : null, created_by_name: ctx.actor.name, created_at: ts(ctx.clock.now()),
  }).execute()
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'registration', objectType: 'supplement', objectId: id, audience: 'public' })
  await record(ctx, order, { act: 'supplement', text: input.content, data: { supplementId: id, source: input.source }, visibility: 'public' })
  ctx.publish(orderSupplemented({ ...about(order), supplementId: id, content: input.content.slice(0, 200) }))
  const saved = await saveOrder(ctx, order, { supplement_count: order.supplement_count + 1 })
  const link = isPassedOn(order) ? await transferDown(ctx, order.id) : null
  // Along the chain the supplement stands in both orders.
  if (link && link.state !== 'refused' && link.state !== 'cancelled') {
    const below = inTenant(ctx, link.to_tenant)
    const mirror = await lockOrder(below, link.to_order_id)
    if (isOpen(mirror.state)) await supplement(below, mirror, { ...input, fileIds: [] })
  }
  return saved
}

/** The dispatcher's undo: as long as no unit has signed, and a lower tenant has not dispatched. */
export async function recallDispatch(ctx: Ctx, input: Input<typeof contract.recallDispatchRoute>) {
  authorize(ctx, 'orders.dispatch')
  const order = await lockOrder(ctx, input.id, input.version)
  await assertVisible(ctx, order)
  requireTransition(order, 'recall')
  await requireAlone(ctx, order.id)
  const all = await lockAssignments(ctx, order.id)
  const signed = all.find((a) => a.round === order.round && a.state !== 'pendingSign' && a.state !== 'returned' && a.state !== 'cancelled')
  if (signed) throw orderFail('signedAlready', { rule: 'orders.recall', params: { unit: signed.unit_name } })
  if (isPassedOn(order)) await recallTransfer(ctx, order)
  const cancelled = all.filter((a) => a.state === 'pendingSign')
  await saveAssignments(ctx, cancelled.map((a) => a.id), { state: 'cancelled' })
  await cancelClocks(ctx, order.id)
  await restartStageClock(ctx, order)
  const saved = await move(ctx, order, 'recall', {
    change: { lead_unit_id: null, lead_unit_name: null, flags: withoutPassedFlags(order.flags) },
    entry: { text: input.reason ?? null, data: { units: cancelled.map((a) => a.unit_name) } },
  })
  if (cancelled.length > 0) ctx.publish(assignmentCancelled({ ...about(order), assignments: cancelled.map(brief), reason: '派发被取回' }))
  return answerOf(saved)
}

async function recallTransfer(ctx: Ctx, order: OrderRow): Promise<void> {
  const link = await transferDown(ctx, order.id)
  if (!link) return
  const mirror = await lockOrder(inTenant(ctx, link.to_tenant), link.to_order_id)
  if (mirror.state !== 'pendingDispatch' && mirror.state !== 'pendingReview') throw orderFail('signedAlready', { rule: 'orders.recall', params: { unit: '对方中心' } })
  await withdrawTransfer(ctx, order, '上级取回')
  await applyTransfer(ctx, { transferId: link.id, step: 'withdrawn', text: '上级取回' })
}
