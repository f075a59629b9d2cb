// Withdrawals that need a second person (ORD-25, ⚙ withdrawalApproval): asked for, then decided; the order goes on until then.
import { can } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { newId } from '../../kernel/runtime.ts'
import { centreUnit, notify } from '../platform/index.ts'
import { requireTransition } from './acts.ts'
import { orderFail } from './orders.errors.ts'
import { db, saveOrder, type OrderRow, type RequestRow } from './orders.queries.ts'
import { endRequest, requestsOf } from './return-requests.ts'
import { record } from './timeline.ts'
import { withdraw } from './withdraw-order.ts'

export const pendingWithdrawal = (requests: readonly RequestRow[]): RequestRow | undefined => requests.find((r) => r.kind === 'withdrawal' && r.state === 'pending')

/** Whether the reader may decide; never the own request. */
export const mayDecideWithdrawal = (ctx: Ctx, request: Pick<RequestRow, 'kind' | 'state' | 'applicant_id'>): boolean =>
  request.kind === 'withdrawal' && request.state === 'pending' && can(ctx, 'orders.approveWithdrawal') && request.applicant_id !== ctx.actor.id

/** Stores the request and tells those who decide; nothing else of the order changes. */
export async function requestWithdrawal(ctx: Ctx, order: OrderRow, input: { reasonClass: string; reason: string }): Promise<OrderRow> {
  requireTransition(order, 'withdraw')
  if (pendingWithdrawal(await requestsOf(ctx, order.id))) throw orderFail('requestPending', { rule: 'orders.requestPending', params: { kind: '撤单' } })
  const centre = await centreUnit(ctx)
  const id = newId()
  await db(ctx).insertInto('order_request').values({
    tenant_id: ctx.tenantId, id, order_id: order.id, assignment_id: null, unit_id: centre.id, unit_name: centre.name, kind: 'withdrawal', stage: 'review', state: 'pending', round: 1,
    reason_class: input.reasonClass, reason: input.reason, applicant_id: ctx.actor.id, applicant_name: ctx.actor.name, created_at: ts(ctx.clock.now()),
  }).execute()
  await record(ctx, order, { act: 'requestWithdrawal', text: input.reason, data: { reasonClass: input.reasonClass, requestId: id }, visibility: 'internal' })
  await notify(ctx, { type: 'order.withdrawalRequested', to: { permission: 'orders.approveWithdrawal' }, level: 'P2', title: `撤单申请待审：${order.title}`, text: `工单 ${order.number}：${input.reasonClass}`, link: `/orders/${order.number}?tab=requests`, objectType: 'order', objectId: order.id })
  return saveOrder(ctx, order, {})
}

/** Approved: withdrawn as asked; refused: the order goes on and may be asked for again. */
export async function decideWithdrawal(ctx: Ctx, order: OrderRow, request: RequestRow, input: { outcome: string; opinion: string }): Promise<OrderRow> {
  if (!can(ctx, 'orders.approveWithdrawal')) throw orderFail('notYours', { params: { act: '审批撤单' } })
  if (input.outcome !== 'approve' && input.outcome !== 'refuse') throw orderFail('outcomeUnknown', { rule: 'orders.request.outcome', fields: [{ path: 'outcome', message: '撤单申请只能同意或不同意' }] })
  const approve = input.outcome === 'approve'
  await endRequest(ctx, request.id, approve ? 'approved' : 'refused', approve ? 'approved' : 'refused', input.opinion)
  await record(ctx, order, { act: approve ? 'approveWithdrawal' : 'refuseWithdrawal', text: input.opinion, data: { requestId: request.id }, visibility: 'internal' })
  const saved = approve ? await withdraw(ctx, order, `${request.reason_class ?? ''}：${request.reason}`) : await saveOrder(ctx, order, {})
  if (request.applicant_id) await notify(ctx, { type: 'order.withdrawalDecided', to: { userIds: [request.applicant_id] }, level: 'P3', title: `${approve ? '撤单已批准' : '撤单未批准'}：${order.title}`, text: `工单 ${order.number}`, link: `/orders/${order.number}`, objectType: 'order', objectId: order.id })
  return saved
}
