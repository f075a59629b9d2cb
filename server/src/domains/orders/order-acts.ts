// What may be done with an order or an assignment now, and if not, why: the same rules as the use-cases, told before the attempt.
import type { Ctx } from '../../kernel/ctx.ts'
import { can } from '../../kernel/access.ts'
import type { ActState } from '../../kernel/http/codec.ts'
import { toIso } from '../../kernel/time/index.ts'
import { leavesPool } from './acts.ts'
import { isOpenAssignment } from './assignment.ts'
import { handlingAssignmentActs, handlingOrderActs } from './handling/index.ts'
import { isOpen, nextState, type OrderAct } from './order.ts'
import { actsFor } from './orders.policy.ts'
import { isMirror, type AssignmentRow, type OrderRow, type RequestRow } from './orders.queries.ts'
import { appealActs } from './appeals/appeal.ts'
import { foreignQueue, queuesOnDuty } from './queues/index.ts'
import { resetActs } from './returns/return-reset.ts'
import { mayReturnUpward } from './upper/return-upward.ts'
import { latestResult } from './checks/feedback-version.ts'
import { underRules } from './node-rules/index.ts'
import type { Node } from './node-rules/node-rule.ts'
import { mayDecide } from './decide-return.ts'
import { pendingOf } from './requests/act-state.ts'
import { windowOf } from './return-requests.ts'
import { overFor } from './unit-acts.ts'
import type { TransferRow } from './transfer/index.ts'
import { mayDecideWithdrawal, pendingWithdrawal } from './withdrawal-requests.ts'
import { actNames, assignmentStateNames, stateNames } from './texts.zh-CN.ts'

const state = (act: string, enabled: boolean, why?: { rule: string; reason: string; until?: string }): ActState => ({ act, label: actNames[act] ?? act, enabled, ...(enabled || !why ? {} : why) })

/** Acts of the centre's desks; one that the actor's role never has is absent. */
const centreActs: readonly { act: string; permission: string; transition: OrderAct }[] = [
  { act: 'submit', permission: 'orders.register', transition: 'submit' },
  { act: 'passReview', permission: 'orders.review', transition: 'passReview' },
  { act: 'returnToAgent', permission: 'orders.review', transition: 'returnToAgent' },
  { act: 'answer', permission: 'orders.answer', transition: 'answer' },
  { act: 'dispatch', permission: 'orders.dispatch', transition: 'dispatch' },
  { act: 'transfer', permission: 'orders.transfer', transition: 'transfer' },
  { act: 'recall', permission: 'orders.dispatch', transition: 'recall' },
  { act: 'acceptResult', permission: 'orders.reviewResult', transition: 'acceptResult' },
  { act: 'returnResult', permission: 'orders.reviewResult', transition: 'returnResult' },
  { act: 'withdraw', permission: 'orders.withdraw', transition: 'withdraw' },
]

export async function orderActs(ctx: Ctx, order: OrderRow, assignments: AssignmentRow[], requests: RequestRow[], transfers: TransferRow[]): Promise<ActState[]> {
  // An order read downward in another tenant is looked at, not worked on.
  if (order.tenant_id !== ctx.tenantId) return []
  const acts: ActState[] = []
  const queued = foreignQueue(order, await queuesOnDuty(ctx))
  const foreignPick = order.triage === 'waiting' || (order.triage === 'picked' && order.picked_by !== ctx.actor.id)
  for (const { act, permission, transition } of centreActs) {
    if (!can(ctx, permission)) continue
    const next = nextState(order.state, transition)
    if (!next) acts.push(state(act, false, { rule: `orders.transition.${transition}`, reason: `工单当前为“${stateNames[order.state]}”` }))
    else if (act === 'withdraw' && pendingWithdrawal(requests)) acts.push(state(act, false, { rule: 'orders.requestPending', reason: '撤单申请正在审批' }))
    else if (order.flags.includes('disputed') && leavesPool.has(transition)) acts.push(state(act, false, { rule: 'orders.disputed', reason: '正在挂办，须经联合审定或中心裁定' }))
    else if (act === 'recall') acts.push(recallState(order, assignments))
    else if (act === 'acceptResult' && isMirror(order) && transfers.some((t) => t.to_order_id === order.id && t.state === 'reported')) acts.push(state(act, false, { rule: 'orders.upperCheck', reason: '结果已返回，等待转来中心复核' }))
    else if (act === 'withdraw' && isMirror(order)) acts.push(state(act, false, { rule: 'orders.mirror.withdraw', reason: '由其他中心转来，可退回转来的中心' }))
    else if (order.upper_platform !== null && order.upper_signed_at === null && ['passReview', 'answer', 'transfer'].includes(act)) acts.push(state(act, false, { rule: 'orders.upper.sign', reason: '请先签收上级来单' }))
    else if (queued && ['passReview', 'returnToAgent', 'answer', 'dispatch', 'transfer'].includes(act)) acts.push(state(act, false, { rule: 'orders.queue', reason: '在专班队列中，由值守人员分拣' }))
    else if (foreignPick && ['submit', 'passReview', 'returnToAgent', 'answer', 'dispatch', 'transfer'].includes(act)) acts.push(state(act, false, { rule: 'orders.pick', reason: order.triage === 'waiting' ? '请先在全媒体受理台提取' : `已由 ${order.picked_by_name} 提取` }))
    else acts.push(state(act, true))
  }
  if (can(ctx, 'orders.register') || can(ctx, 'orders.review')) {
    const mine = order.state === 'draft' || (can(ctx, 'orders.review') && ['pendingReview', 'pendingDispatch'].includes(order.state)) || (order.triage === 'picked' && order.picked_by === ctx.actor.id)
    acts.push(state('edit', mine, { rule: 'orders.edit', reason: '派发后不能修改登记内容，可追加' }))
  }
  if (isMirror(order) && can(ctx, 'orders.transfer') && ['pendingReview', 'pendingDispatch'].includes(order.state)) acts.push(state('turnBack', true))
  if (can(ctx, 'orders.reviewResult') && order.state === 'pendingResultReview') {
    const closed = assignments.some((a) => a.parent_id === null && a.round === order.round && a.state === 'done' && a.role !== 'assist')
    acts.push(state('rejectClosing', closed && !(isMirror(order) && transfers.some((t) => t.to_order_id === order.id && t.state === 'reported')), { rule: 'orders.rejectClosing', reason: closed ? '等待转来中心复核' : '没有本中心单位的办结' }))
  }
  if (order.upper_platform !== null && order.upper_signed_at === null && can(ctx, 'orders.review')) acts.push(state('signUpper', true))
  if (order.source === 'platform' && order.dispatch_kind === 'direct' && can(ctx, 'orders.returnUpward')) acts.push(state('returnUpward', mayReturnUpward(order), { rule: 'orders.returnUpward.direct', reason: `工单当前为“${stateNames[order.state]}”` }))
  acts.push(...repeatCallActs(ctx, order))
  if (can(ctx, 'orders.prioritise')) acts.push(state('prioritise', isOpen(order.state), { rule: 'orders.priority.open', reason: `工单当前为“${stateNames[order.state]}”` }))
  for (const request of requests) {
    if (mayDecideWithdrawal(ctx, request)) acts.push(state('decideWithdrawal', true))
    if (request.kind !== 'return' || request.state !== 'pending') continue
    if (mayDecide(ctx, request, assignments.find((a) => a.id === request.assignment_id), assignments)) acts.push(state('decideReturn', true))
  }
  acts.push(...(await handlingOrderActs(ctx, { order, assignments, requests })))
  return (await underRules(ctx, order, acts)).toSorted((a, b) => Number(b.enabled) - Number(a.enabled))
}

/** What whoever takes a repeat call may do, also on a colleague's order. */
export function repeatCallActs(ctx: Ctx, order: OrderRow): ActState[] {
  const acts: ActState[] = []
  if (can(ctx, 'orders.supplement')) acts.push(state('supplement', isOpen(order.state), { rule: 'orders.supplement.open', reason: '工单已办结，请另行登记新工单' }))
  if (can(ctx, 'supervision.urge')) acts.push(state('urge', isOpen(order.state) && ['inProgress', 'pendingResultReview'].includes(order.state), { rule: 'supervision.urge.open', reason: isOpen(order.state) ? '尚未派发' : '工单已办结，请另行登记新工单' }))
  return acts
}

function recallState(order: OrderRow, assignments: AssignmentRow[]): ActState {
  if (order.flags.includes('eventMember') && !assignments.some((a) => a.round === order.round)) return state('recall', false, { rule: 'orders.set.carried', reason: '随事件集统一办理，请先移出事件集' })
  const signed = assignments.find((a) => a.round === order.round && (a.state === 'handling' || a.state === 'pendingReport' || a.state === 'done'))
  return state('recall', !signed, { rule: 'orders.recall', reason: `“${signed?.unit_name}”已签收` })
}

/** Acts of a unit on its assignment, and of the unit above on what it handed down. */
export async function assignmentActs(ctx: Ctx, order: OrderRow, assignment: AssignmentRow, all: AssignmentRow[], requests: RequestRow[]): Promise<ActState[]> {
  if (order.tenant_id !== ctx.tenantId) return []
  const acts: ActState[] = []
  const named = assignmentStateNames[assignment.state]
  const wrongState = { rule: 'orders.assignment', reason: `任务当前为“${named}”` }
  if (actsFor(ctx, assignment.unit_id, 'orders.handle')) {
    const handling = assignment.state === 'handling'
    const signFirst = assignment.state === 'pendingSign' ? { rule: 'orders.assignment.sign', reason: '请先签收' } : wrongState
    acts.push(state('sign', assignment.state === 'pendingSign', wrongState))
    const child = all.find((a) => a.parent_id === assignment.id && isOpenAssignment(a.state))
    const notYet = !handling ? signFirst : child ? { rule: 'orders.feedback.children', reason: `下级“${child.unit_name}”尚未反馈` } : pendingOf(requests, 'return', assignment.id) ? { rule: 'orders.feedback.returnPending', reason: '退回申请正在审批，请先撤回申请' } : null
    acts.push(notYet ? state('feedback', false, notYet) : state('feedback', true))
    acts.push(state('progress', handling, signFirst), state('handDown', handling, signFirst), state('contact', handling || assignment.state === 'pendingReport', signFirst))
    acts.push(await returnState(ctx, order, assignment, requests))
    acts.push(extensionState(ctx, assignment, requests, signFirst))
    acts.push(...(await resetActs(ctx, order, assignment, requests)), ...appealActs({ order, assignment, requests, signFirst }))
    if (['handling', 'pendingReport', 'done'].includes(assignment.state)) acts.push(state('writeReport', !requests.some((r) => r.kind === 'report' && r.assignment_id === assignment.id && r.state === 'pending'), { rule: 'orders.requestPending', reason: '办理报告正在审批' }))
    acts.push(...(await handlingAssignmentActs(ctx, { order, assignments: all, requests, assignment, signFirst })))
  }
  const rejected = assignment.state === 'pendingReport' && order.flags.includes('closingRejected') && (await latestResult(ctx, assignment.id, ['rejected'])) !== undefined
  if (rejected && (actsFor(ctx, assignment.unit_id, 'orders.handle') || actsFor(ctx, assignment.unit_id, 'orders.approve'))) acts.push(state('correctClosing', true), state('secondHandling', true))
  if (assignment.parent_id === null && actsFor(ctx, assignment.unit_id, 'orders.approve')) for (const act of ['accept', 'sendBack']) acts.push(state(act, assignment.state === 'pendingReport' && !rejected, rejected ? { rule: 'orders.closing.correctFirst', reason: '办结已被驳回，请先更正或二次办理' } : wrongState))
  const parent = all.find((a) => a.id === assignment.parent_id)
  if (parent && (actsFor(ctx, parent.unit_id, 'orders.handle') || actsFor(ctx, parent.unit_id, 'orders.approve'))) {
    for (const act of ['accept', 'sendBack']) acts.push(state(act, assignment.state === 'pendingReport', wrongState))
    acts.push(state('takeBack', assignment.state === 'pendingSign', { rule: 'orders.takeBack', reason: '下级已签收，不能取回' }))
  }
  const over = overFor(order)
  return underRules(ctx, order, over ? acts.map((one) => (one.enabled && beforeClosing.has(one.act) ? { ...one, enabled: false, ...over } : one)) : acts, (act) => assignmentNodes[act] ?? null)
}

/** What a task that outlived its order does not do any more (`requireBeforeClosing`). */
const beforeClosing: ReadonlySet<string> = new Set(['handDown', 'requestReturn', 'requestReset', 'requestExtension', 'appeal', 'requestSuspension', 'requestTracking', 'blowWhistle', 'markIndustry'])

const assignmentNodes: Record<string, Node> = { sign: 'sign', feedback: 'handling', handDown: 'handling', requestReturn: 'handling', requestExtension: 'handling', accept: 'unitReview', sendBack: 'unitReview' }

async function returnState(ctx: Ctx, order: OrderRow, assignment: AssignmentRow, requests: RequestRow[]): Promise<ActState> {
  if (assignment.state !== 'pendingSign' && assignment.state !== 'handling') return state('requestReturn', false, { rule: 'orders.assignment.return', reason: `任务当前为“${assignmentStateNames[assignment.state]}”` })
  const mine = requests.filter((r) => r.kind === 'return' && r.assignment_id === assignment.id)
  if (mine.some((r) => r.state === 'pending')) return state('requestReturn', false, { rule: 'orders.requestPending', reason: '退回申请正在审批' })
  if (mine.some((r) => r.state === 'refused')) return state('requestReturn', false, { rule: 'orders.returnRefused', reason: '退回申请已被驳回，不能再次申请' })
  const window = await windowOf(ctx, order, assignment, requests)
  const until = toIso(window.closesAt)
  return window.open ? { ...state('requestReturn', true), until } : state('requestReturn', false, { rule: 'returnWindow', reason: '退回窗口已关闭', until })
}

function extensionState(ctx: Ctx, assignment: AssignmentRow, requests: RequestRow[], signFirst: { rule: string; reason: string }): ActState {
  if (assignment.state !== 'handling') return state('requestExtension', false, signFirst)
  if (requests.some((r) => r.kind === 'extension' && r.assignment_id === assignment.id && r.state === 'pending')) return state('requestExtension', false, { rule: 'orders.requestPending', reason: '延时申请正在审批' })
  if (assignment.due_at === null || assignment.due_at <= ctx.clock.now()) return state('requestExtension', false, { rule: 'orders.extension.beforeDeadline', reason: '已超过办理时限' })
  return state('requestExtension', true)
}
