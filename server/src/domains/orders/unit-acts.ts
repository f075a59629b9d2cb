// What a unit does with its assignment: sign, hand down, take back (ORD-35, 36).
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize, can } from '../../kernel/access.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input } from '../../kernel/http/route.ts'
import { attachFiles, isSubordinate, unitById, unitsByIds, userById } from '../platform/index.ts'
import { about } from './acts.ts'
import { isOpenAssignment, nextAssignmentState, withChildren, type AssignmentAct } from './assignment.ts'
import { cancelClocks, meetClocks } from './clocks.ts'
import type * as contract from './contract.ts'
import { createAssignments } from './dispatch-order.ts'
import { assignmentCancelled, assignmentSigned, orderDispatched } from './events.ts'
import { obey } from './node-rules/index.ts'
import { publicState } from './order.ts'
import { orderFail } from './orders.errors.ts'
import { actsFor, requireUnit } from './orders.policy.ts'
import { lockAssignments, lockOrder, orderIdOf, saveAssignment, saveAssignments, saveOrder, type AssignmentRow, type OrderRow } from './orders.queries.ts'
import { actNames, assignmentStateNames, stateNames } from './texts.zh-CN.ts'
import { record } from './timeline.ts'

export type Held = { order: OrderRow; assignment: AssignmentRow; all: AssignmentRow[] }

/** Locks order and assignments; an assignment of a unit line one does not belong to does not exist for a unit user. */
export async function holdAssignment(ctx: Ctx, id: string): Promise<Held> {
  const order = await lockOrder(ctx, await orderIdOf(ctx, id))
  const all = await lockAssignments(ctx, order.id)
  const assignment = all.find((a) => a.id === id)
  if (!assignment || !(await mayKnow(ctx, assignment))) throw orderFail('assignmentNotFound')
  return { order, assignment, all }
}

/** Own unit, a unit above it in the line, or a desk of the centre. */
async function mayKnow(ctx: Ctx, assignment: AssignmentRow): Promise<boolean> {
  if (ctx.actor.kind === 'system' || ctx.actor.unitIds.includes(assignment.unit_id) || can(ctx, 'orders.dispatch') || can(ctx, 'orders.reviewResult')) return true
  const unit = (await unitsByIds(ctx, [assignment.unit_id])).get(assignment.unit_id)
  return unit !== undefined && ctx.actor.unitIds.some((own) => unit.path.includes(own))
}

export function requireAssignmentAct(assignment: AssignmentRow, act: AssignmentAct, label: string, facts?: { reviewed: boolean }) {
  const next = nextAssignmentState(assignment.state, act, facts)
  if (!next) throw orderFail('assignmentForbids', { rule: `orders.assignment.${act}`, params: { state: assignmentStateNames[assignment.state], act: label }, current: { state: assignment.state, version: assignment.version } })
  return next
}

/**
 * An assisting unit may still owe its report when the requester was told that his matter is done; it then gives that report, progress and contacts, and
 * nothing that would set the order going again or tell him that it waits.
 */
export const overFor = (order: Pick<OrderRow, 'state'>): { rule: string; reason: string } | null => (publicState(order.state) !== 'done' ? null : { rule: 'orders.assignment.afterClosing', reason: `工单当前为“${stateNames[order.state]}”，只可补报结果、进展和联系记录` })

export function requireBeforeClosing(order: Pick<OrderRow, 'state' | 'version'>, act: string): void {
  const over = overFor(order)
  if (over) throw orderFail('afterClosing', { rule: over.rule, params: { state: stateNames[order.state], act }, current: { state: order.state, version: order.version } })
}

export const assignmentAnswer = (order: OrderRow, id: string, state: string) => ({ id, orderId: order.id, number: order.number, state, orderState: order.state })

/** Signing fixes responsibility; by the system at the limit. */
export async function signAssignment(ctx: Ctx, input: Input<typeof contract.signAssignmentRoute>) {
  const held = await holdAssignment(ctx, input.id)
  requireUnit(ctx, held.assignment, 'orders.handle', actNames['sign'] ?? '')
  return sign(ctx, held, false)
}

export async function sign(ctx: Ctx, { order, assignment }: Held, auto: boolean) {
  const state = requireAssignmentAct(assignment, 'sign', actNames['sign'] ?? '')
  const own = !auto && ctx.actor.kind === 'user'
  if (own) await obey(ctx, order, 'sign', 'sign')
  await saveAssignment(ctx, assignment.id, {
    state, signed_at: ts(ctx.clock.now()), signed_by_name: auto ? '系统' : ctx.actor.name, auto_signed: auto,
    ...(own && !assignment.handler_id ? { handler_id: ctx.actor.id, handler_name: ctx.actor.name } : {}),
  })
  await meetClocks(ctx, order.id, { kinds: ['sign'], assignmentIds: [assignment.id] })
  await record(ctx, order, { act: auto ? 'autoSign' : 'sign', assignmentId: assignment.id, ...(auto ? { unit: { id: assignment.unit_id, name: assignment.unit_name } } : {}) })
  const saved = await saveOrder(ctx, order, {})
  ctx.publish(assignmentSigned({ ...about(order), assignmentId: assignment.id, unitId: assignment.unit_id, auto }))
  return assignmentAnswer(saved, assignment.id, state)
}

/** To a section, community or lower unit, as deep as units with handlers exist. */
export async function handDown(ctx: Ctx, input: Input<typeof contract.handDownRoute>) {
  const held = await holdAssignment(ctx, input.id)
  const { order, assignment, all } = held
  requireUnit(ctx, assignment, 'orders.handle', actNames['handDown'] ?? '')
  requireBeforeClosing(order, '下派')
  await obey(ctx, order, 'handDown', 'handling')
  if (assignment.state !== 'handling') throw orderFail('assignmentForbids', { rule: 'orders.assignment.handDown', params: { state: assignmentStateNames[assignment.state], act: '下派' } })
  const [own, target] = await Promise.all([unitById(ctx, assignment.unit_id), unitById(ctx, input.unitId)])
  if (!isSubordinate(own, target)) throw orderFail('unitOutsideHierarchy', { rule: 'orders.hierarchy', params: { unit: target.name }, fields: [{ path: 'unitId', message: '只能下派给本单位的下级' }] })
  if (target.state !== 'active') throw orderFail('unitDisabled', { params: { unit: target.name } })
  if (all.some((a) => a.parent_id === assignment.id && a.unit_id === target.id && isOpenAssignment(a.state))) throw orderFail('dispatchFault', { rule: 'orders.handDown.twice', params: { fault: `已下派给“${target.name}”，尚未办结` } })
  if (input.dueAt !== undefined && input.dueAt <= ctx.clock.now()) throw orderFail('limitInPast', { fields: [{ path: 'dueAt', message: '时限必须晚于现在' }] })
  const handler = input.handlerId ? await userById(ctx, input.handlerId) : null
  const made = await createAssignments(ctx, order, [{ unit: target, role: 'section' }], {
    route: 'levelByLevel', parentId: assignment.id, opinion: input.opinion, handler: handler ? { id: handler.id, name: handler.name } : null,
    // A lower unit never has longer than the unit above it.
    dueAt: input.dueAt ?? (assignment.due_at !== null && assignment.due_at > ctx.clock.now() ? assignment.due_at : undefined),
  })
  const entry = await record(ctx, order, { act: 'handDown', assignmentId: assignment.id, text: input.opinion ?? null, data: { unitId: target.id, unitName: target.name, ...(handler ? { handler: handler.name } : {}) }, visibility: 'unitLine' })
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'order', objectType: 'timeline', objectId: entry, audience: 'staff' })
  const saved = await saveOrder(ctx, order, {})
  ctx.publish(orderDispatched({ ...about(order), urgency: order.urgency, assignments: made.assignments.map((a) => ({ id: a.id, unitId: a.unitId, role: a.role })) }))
  return assignmentAnswer(saved, made.assignments[0]?.id ?? assignment.id, 'pendingSign')
}

/** The unit that handed down takes back what was not signed yet. */
export async function takeBackAssignment(ctx: Ctx, input: Input<typeof contract.takeBackRoute>) {
  authorize(ctx, 'orders.handle')
  const { order, assignment, all } = await holdAssignment(ctx, input.id)
  const parent = all.find((a) => a.id === assignment.parent_id)
  if (!parent || !actsFor(ctx, parent.unit_id, 'orders.handle')) throw orderFail('notYours', { params: { act: '取回' } })
  if (assignment.state === 'handling') throw orderFail('signedAlready', { rule: 'orders.takeBack', params: { unit: assignment.unit_name } })
  const state = requireAssignmentAct(assignment, 'takeBack', '取回')
  await saveAssignment(ctx, assignment.id, { state })
  await cancelClocks(ctx, order.id, { assignmentIds: [assignment.id] })
  await record(ctx, order, { act: 'takeBack', assignmentId: assignment.id, text: input.reason ?? null, data: { unitName: assignment.unit_name }, visibility: 'unitLine' })
  const saved = await saveOrder(ctx, order, {})
  ctx.publish(assignmentCancelled({ ...about(order), assignments: [{ id: assignment.id, unitId: assignment.unit_id, role: assignment.role }], reason: '上级取回' }))
  return assignmentAnswer(saved, assignment.id, state)
}

/** Cancels assignments with everything below them: returned, withdrawn, merged. Returns what was still open. */
export async function cancelAssignments(ctx: Ctx, order: OrderRow, all: AssignmentRow[], ids: string[]): Promise<AssignmentRow[]> {
  const open = [...new Map(ids.flatMap((id) => withChildren(all, id)).map((a) => [a.id, a])).values()].filter((a) => isOpenAssignment(a.state))
  await saveAssignments(ctx, open.map((a) => a.id), { state: 'cancelled' })
  await cancelClocks(ctx, order.id, { assignmentIds: open.map((a) => a.id) })
  return open
}
