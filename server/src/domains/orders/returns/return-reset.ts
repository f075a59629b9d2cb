// Special reset of the return window: asked for by the unit, granted for a number of hours, kept with who and why (ORD-40).
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { ActState } from '../../../kernel/http/codec.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { formatMoment, HOUR, plus, type Instant } from '../../../kernel/time/index.ts'
import { notify, setting, tenantById } from '../../platform/index.ts'
import { orderFail } from '../orders.errors.ts'
import { actsFor, requireUnit } from '../orders.policy.ts'
import { db, type AssignmentRow, type OrderRow, type RequestRow } from '../orders.queries.ts'
import { pendingOf } from '../requests/act-state.ts'
import { ask, type AskKind } from '../requests/ask.ts'
import { requestsOf, windowOf } from '../return-requests.ts'
import { returnResetValidity } from '../settings.ts'
import { actNames, assignmentStateNames } from '../texts.zh-CN.ts'
import { assignmentAnswer, holdAssignment, overFor } from '../unit-acts.ts'
import type { requestResetRoute } from './return-contract.ts'
import { RESET_FLOW } from './reset-flow.ts'

export const resetKind: AskKind = {
  kind: 'returnReset', name: '退回权限重置', flow: RESET_FLOW,
  async decided(ctx, { order, request, approved, opinion }) {
    if (!approved) return
    const now = ctx.clock.now()
    const until = plus(now, (await setting(ctx, returnResetValidity)) * HOUR)
    await db(ctx).insertInto('order_return_reset').values({ tenant_id: ctx.tenantId, id: newId(), order_id: order.id, applicant_name: request.applicant_name, approver_name: ctx.actor.name, reason: opinion || request.reason, valid_from_at: ts(now), valid_until_at: ts(until) }).execute()
    await notify(ctx, { type: 'order.returnReset', to: { unitIds: [request.unit_id] }, level: 'P2', title: `退回已重新开放：${order.title}`, text: `工单 ${order.number}，请在 ${formatMoment(until, now, (await tenantById(ctx, ctx.tenantId)).timeZone)} 前申请`, link: `/orders/${order.number}`, objectType: 'order', objectId: order.id })
  },
}

/** Until when returning of the order is reopened, or null. */
export async function resetUntil(ctx: Ctx, orderId: string): Promise<Instant | null> {
  const row = await db(ctx).selectFrom('order_return_reset').select('valid_until_at').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('valid_until_at', '>', ts(ctx.clock.now()) as never).orderBy('valid_until_at', 'desc').limit(1).executeTakeFirst()
  return row?.valid_until_at ?? null
}

export async function requestReset(ctx: Ctx, input: Input<typeof requestResetRoute>) {
  const { order, assignment } = await holdAssignment(ctx, input.id)
  requireUnit(ctx, assignment, 'orders.handle', '申请重开退回')
  const requests = await requestsOf(ctx, order.id)
  const why = await whyNot(ctx, order, assignment, requests)
  if (why) throw orderFail('resetForbidden', { rule: why.rule, params: { why: why.reason } })
  const asked = await ask(ctx, resetKind, order, { assignment, unit: { id: assignment.unit_id, name: assignment.unit_name }, reason: input.reason, fileIds: input.fileIds })
  return assignmentAnswer(asked.order, assignment.id, assignment.state)
}

async function whyNot(ctx: Ctx, order: OrderRow, assignment: AssignmentRow, requests: RequestRow[]): Promise<{ rule: string; reason: string } | null> {
  const over = overFor(order)
  if (over) return over
  if (assignment.state !== 'pendingSign' && assignment.state !== 'handling') return { rule: 'orders.assignment.return', reason: `任务当前为“${assignmentStateNames[assignment.state]}”` }
  if (requests.some((r) => r.kind === 'return' && r.assignment_id === assignment.id && r.refused_final)) return { rule: 'orders.returnRefused', reason: '退回申请已被驳回，不能再次申请' }
  if (pendingOf(requests, 'returnReset', assignment.id)) return { rule: 'orders.requestPending', reason: '重开申请正在审批' }
  if ((await windowOf(ctx, order, assignment, requests)).open) return { rule: 'returnWindow', reason: '退回窗口尚未关闭，可直接申请退回' }
  return null
}

/** Offered only when the window is closed. */
export async function resetActs(ctx: Ctx, order: OrderRow, assignment: AssignmentRow, requests: RequestRow[]): Promise<ActState[]> {
  if (assignment.parent_id !== null || !actsFor(ctx, assignment.unit_id, 'orders.handle')) return []
  const why = await whyNot(ctx, order, assignment, requests)
  if (why && why.rule !== 'orders.requestPending') return []
  return [{ act: 'requestReturnReset', label: actNames['requestReturnReset'] ?? '', enabled: why === null, ...why }]
}
