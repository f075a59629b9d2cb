// An instruction from the request to the last report: asked of one leader or up the chain, written, distributed, reported back, closed (SUP-23, ORD-48).
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can, userId } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { HOUR, plus, type Instant } from '../../../kernel/time/index.ts'
import { decideFlow, startFlow, type FinishedFlow } from '../../flow/index.ts'
import { designateUnit, isOpen, lockOrder, readOrder, record, saveOrder, stateNames, type OrderRow } from '../../orders/index.ts'
import { attachFiles, centreUnit, notify, setting, unitsByIds } from '../../platform/index.ts'
import { peopleFinder } from '../recipients.ts'
import { headMinTransfers, instructionReportHours } from '../settings.ts'
import { supervisionFail } from '../supervision.errors.ts'
import { db } from '../supervision.queries.ts'
import { tellFollowers } from './focus.ts'
import type * as contract from './instruction-contract.ts'
import { instructionStateNames } from './instruction-texts.zh-CN.ts'
import { headsOf, headStates, instructionById, leadersOf, transfersOf, unitsOf, type InstructionView } from './instructions.ts'

const OBJECT = 'instruction'
const withoutInstruction: readonly string[] = ['draft', 'withdrawn', 'merged']

/** To a named leader, or without one up the chain: who cannot decide passes it on. */
export async function requestInstruction(ctx: Ctx, input: Input<typeof contract.requestInstructionRoute>): Promise<InstructionView> {
  authorize(ctx, 'supervision.requestInstruction')
  const seen = await readOrder(ctx, input.id)
  if (seen.tenant_id !== ctx.tenantId) throw supervisionFail('otherCentre', { rule: 'supervision.instruction.ownCentre', params: { number: seen.number } })
  const leader = input.leaderId === undefined && !input.head ? null : (await (input.head ? headsOf(ctx) : leadersOf(ctx))).find((u) => u.id === input.leaderId)
  if (leader === undefined) throw kernelErrors('invalid', { fields: [{ path: 'leaderId', message: '该人员没有批示的权限' }] })
  const order = await lockOrder(ctx, input.id)
  if (withoutInstruction.includes(order.state)) throw supervisionFail('instructionOrder', { rule: 'supervision.instruction.state', params: { state: stateNames[order.state] } })
  if (input.head) await requireHead(ctx, order)
  const pending = await db(ctx).selectFrom('supervision_instruction').select('id').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where('state', '=', 'requested').where('flow_instance_id', 'is not', null).executeTakeFirst()
  if (pending && leader === null) throw supervisionFail('instructionPending', { rule: 'supervision.instruction.once' })
  const now = ts(ctx.clock.now())
  const id = newId()
  await db(ctx).insertInto('supervision_instruction').values({ ...blank(ctx), id, order_id: order.id, state: 'requested', urgency: input.urgency, request: input.request, requested_by: userId(ctx), requested_by_name: ctx.actor.name, requested_at: now, leader_id: leader?.id ?? null, leader_name: leader?.name ?? null, head: input.head, created_at: now }).execute()
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'order', objectType: OBJECT, objectId: id, audience: 'staff' })
  await record(ctx, order, { act: input.head ? 'requestHead' : 'requestInstruction', text: null, data: { instructionId: id, ...(leader ? { leader: leader.name } : {}) } })
  const link = `/supervision/instructions?mine=true&state=requested`
  if (leader) await notify(ctx, { type: 'supervision.instruction', to: { userIds: [leader.id] }, level: 'P2', title: `提请批示：${order.title}`, text: input.request, link, objectType: OBJECT, objectId: id })
  else {
    const flow = await startFlow(ctx, { key: 'supervision.instruction', objectType: OBJECT, objectId: id, subjectUnitId: (await centreUnit(ctx)).id, applicantName: ctx.actor.name, title: `提请批示：${order.title}`, link: `/orders/${order.number}` })
    await db(ctx).updateTable('supervision_instruction').set({ flow_instance_id: flow.instanceId }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
  }
  return instructionById(ctx, id)
}
const blank = (ctx: Ctx) => ({ tenant_id: ctx.tenantId, request: null, requested_by: null, requested_by_name: null, requested_at: null, leader_id: null, leader_name: null, text: null, issued_at: null, report_due_at: null, closed_at: null, closed_by_name: null, flow_instance_id: null, declined_reason: null, head: false })

/** A case goes to the head only after several units left it unsolved, and while a unit can still be designated. */
async function requireHead(ctx: Ctx, order: OrderRow): Promise<void> {
  if (!headStates.includes(order.state)) throw supervisionFail('headState', { rule: 'supervision.head.state', params: { state: stateNames[order.state] } })
  const [count, needed] = [await transfersOf(ctx, order), await setting(ctx, headMinTransfers)]
  if (count < needed) throw supervisionFail('headTooEarly', { rule: 'supervision.head.transfers', params: { count, needed } })
}

type Issue = { text: string; urgency: 'normal' | 'urgent' | 'major'; unitIds: string[]; reportDueAt?: Instant | undefined }

export async function issueInstruction(ctx: Ctx, input: Input<typeof contract.issueInstructionRoute>): Promise<InstructionView> {
  authorize(ctx, 'supervision.instruct')
  await readOrder(ctx, input.id)
  const order = await lockOrder(ctx, input.id)
  const id = newId()
  await db(ctx).insertInto('supervision_instruction').values({ ...blank(ctx), id, order_id: order.id, state: 'requested', urgency: input.urgency, leader_id: userId(ctx), leader_name: ctx.actor.name, created_at: ts(ctx.clock.now()) }).execute()
  await issue(ctx, id, order, input)
  return instructionById(ctx, id)
}

async function holdRequested(ctx: Ctx, id: string) {
  const seen = await instructionById(ctx, id)
  const order = await lockOrder(ctx, seen.orderId)
  const held = await db(ctx).selectFrom('supervision_instruction').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!held) throw supervisionFail('instructionNotFound')
  if (held.state !== 'requested') throw supervisionFail('instructionState', { rule: 'supervision.instruction', params: { state: instructionStateNames[held.state as InstructionView['state']] } })
  if (!seen.mayIssue) throw supervisionFail('notYours', { rule: 'supervision.instruction.leader', params: { act: '批示' } })
  return { order, held }
}

/** Only the leader who was asked answers; in steps, whoever's turn it is. */
export async function answerInstructionRequest(ctx: Ctx, input: Input<typeof contract.answerInstructionRequestRoute>): Promise<InstructionView> {
  authorize(ctx, can(ctx, 'supervision.instruct') ? 'supervision.instruct' : 'supervision.instructFirst')
  const { order, held } = await holdRequested(ctx, input.id)
  await issue(ctx, held.id, held.head ? await designate(ctx, held.id, order, input) : order, input)
  if (held.flow_instance_id) await decideFlow(ctx, { instanceId: held.flow_instance_id, outcome: 'approve', opinion: input.text })
  return instructionById(ctx, held.id)
}

/** The head names one unit, and the order is dispatched to it before the words follow. */
async function designate(ctx: Ctx, id: string, order: OrderRow, input: Issue): Promise<OrderRow> {
  const [unitId, ...others] = input.unitIds
  if (unitId === undefined || others.length > 0) throw kernelErrors('invalid', { fields: [{ path: 'unitIds', message: '请指定一个承办单位' }] })
  if (!headStates.includes(order.state)) throw supervisionFail('headState', { rule: 'supervision.head.state', params: { state: stateNames[order.state] } })
  await record(ctx, order, { act: 'decideHead', text: null, data: { instructionId: id } })
  return designateUnit(ctx, order, { unitId, body: '主要领导', opinion: '主要领导指定承办单位', sourceId: id })
}

/** Without an instruction: up to the next leader, or back to who asked. */
export async function referInstruction(ctx: Ctx, input: Input<typeof contract.referInstructionRoute>): Promise<InstructionView> {
  authorize(ctx, can(ctx, 'supervision.instruct') ? 'supervision.instruct' : 'supervision.instructFirst')
  const { order, held } = await holdRequested(ctx, input.id)
  if (held.flow_instance_id) await decideFlow(ctx, { instanceId: held.flow_instance_id, outcome: input.outcome, opinion: input.opinion })
  else if (input.outcome === 'passUp') throw supervisionFail('instructionState', { rule: 'supervision.instruction.steps', params: { state: '不是逐级提请' } })
  else await decline(ctx, held, order, input.opinion)
  return instructionById(ctx, held.id)
}

async function decline(ctx: Ctx, held: { id: string; requested_by: string | null }, order: OrderRow, reason: string): Promise<void> {
  await db(ctx).updateTable('supervision_instruction').set((eb) => ({ state: 'declined', declined_reason: reason, leader_id: ctx.actor.kind === 'user' ? ctx.actor.id : null, leader_name: ctx.actor.name, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', held.id).execute()
  await record(ctx, order, { act: 'declineInstruction', text: null, data: { instructionId: held.id }, visibility: 'internal' })
  if (held.requested_by && held.requested_by !== ctx.actor.id) await notify(ctx, { type: 'supervision.instructionReported', to: { userIds: [held.requested_by] }, level: 'P3', title: `提请批示被退回：${order.title}`, text: reason, link: `/orders/${order.number}`, objectType: OBJECT, objectId: held.id })
}

/** On the end of the chain: who decided on the list of approvals wrote the instruction as his opinion; it goes to the units that hold the order. */
export async function instructionFinished(ctx: Ctx, finished: FinishedFlow): Promise<void> {
  if (finished.objectType !== OBJECT) return
  const held = await db(ctx).selectFrom('supervision_instruction').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', finished.objectId).forUpdate().executeTakeFirst()
  if (!held || held.state !== 'requested') return
  const order = await lockOrder(ctx, held.order_id)
  if (finished.outcome === 'returned') return decline(ctx, held, order, finished.opinion || '申请人撤回')
  await issue(ctx, held.id, order, { text: finished.opinion || '同意', urgency: held.urgency as Issue['urgency'], unitIds: [] })
}

/** Distributes to the units named, else to those responsible for the order, which then owe a report; an order in nobody's hands goes to the centre's desks, and on a finished order it is a comment that asks for nothing. */
async function issue(ctx: Ctx, id: string, order: OrderRow, named: Issue): Promise<void> {
  const now = ctx.clock.now()
  const input = await addressed(ctx, order, named)
  const given = await unitsGiven(ctx, order, input)
  const comment = given.length === 0 && !isOpen(order.state)
  await db(ctx).updateTable('supervision_instruction')
    .set((eb) => ({
      state: comment ? 'closed' : 'issued', text: input.text, urgency: input.urgency, issued_at: ts(now), report_due_at: given.length > 0 && input.reportDueAt !== undefined ? ts(input.reportDueAt) : null, version: eb('version', '+', 1),
      ...(ctx.actor.kind === 'user' ? { leader_id: ctx.actor.id, leader_name: ctx.actor.name } : {}), ...(comment ? { closed_at: ts(now), closed_by_name: ctx.actor.name } : {}),
    }))
    .where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
  if (given.length > 0) await db(ctx).insertInto('supervision_instruction_unit').values(given.map((u) => ({ tenant_id: ctx.tenantId, instruction_id: id, unit_id: u.id, unit_name: u.name, report: null, reported_by_name: null, reported_at: null }))).execute()
  // The label stands for all who see the order, the words only for those entitled: the entry names the instruction, not its text.
  await record(ctx, order, { act: 'instruct', text: null, data: { instructionId: id, units: given.map((u) => u.name).join('、'), urgency: input.urgency } })
  if (!order.flags.includes('instructed')) await saveOrder(ctx, order, { flags: [...order.flags, 'instructed'] })
  const level = input.urgency === 'normal' ? 'P2' : 'P1'
  const word = { type: 'supervision.instruction', title: `领导批示：${order.title}`, text: input.text, link: `/orders/${order.number}`, objectType: OBJECT, objectId: id }
  const people = peopleFinder(ctx)
  const told = new Set<string>()
  for (const unit of given) for (const p of await people.ofUnit(unit.id, null)) told.add(p.id)
  if (given.length === 0) for (const desk of [order.flags.includes('hard') ? 'orders.handleHard' : 'orders.dispatch', 'supervision.manage']) for (const p of await people.desk(desk)) told.add(p.id)
  told.delete(ctx.actor.id ?? '')
  if (told.size > 0) await notify(ctx, { ...word, to: { userIds: [...told] }, level })
  await tellFollowers(ctx, order, '领导已批示')
  ctx.signal('supervision.board')
}

/** A leader who names nobody means those who handle the order, within the usual time for reports. */
async function addressed(ctx: Ctx, order: OrderRow, input: Issue): Promise<Issue> {
  const unitIds = input.unitIds.length > 0 || !isOpen(order.state) ? input.unitIds : (await unitsOf(ctx, order)).flatMap((u) => (u.responsible ? [u.id] : []))
  if (unitIds.length === 0 || input.reportDueAt !== undefined || input.unitIds.length > 0) return { ...input, unitIds }
  return { ...input, unitIds, reportDueAt: plus(ctx.clock.now(), (await setting(ctx, instructionReportHours)) * HOUR) }
}

async function unitsGiven(ctx: Ctx, order: OrderRow, input: Issue): Promise<{ id: string; name: string }[]> {
  const ids = [...new Set(input.unitIds)]
  if (ids.length === 0) return []
  if (input.reportDueAt === undefined) throw kernelErrors('invalid', { fields: [{ path: 'reportDueAt', message: '请填写报告时限' }] })
  if (input.reportDueAt <= ctx.clock.now()) throw supervisionFail('replyInPast', { rule: 'supervision.instruction.due', fields: [{ path: 'reportDueAt', message: '报告时限须晚于现在' }] })
  const found = await unitsByIds(ctx, ids)
  const units = ids.flatMap((unitId) => { const unit = found.get(unitId); return unit?.tenantId === ctx.tenantId ? [unit] : [] })
  if (units.length !== ids.length) throw kernelErrors('invalid', { fields: [{ path: 'unitIds', message: '单位不存在' }] })
  // The words go to those who see the order; a unit that does not is not told of it by an instruction.
  const holding = new Set((await unitsOf(ctx, order)).map((u) => u.id))
  const foreign = units.filter((u) => !holding.has(u.id))
  if (foreign.length > 0) throw supervisionFail('unitWithoutOrder', { rule: 'supervision.instruction.unit', fields: [{ path: 'unitIds', message: `${foreign.map((u) => u.name).join('、')}没有承办该工单` }] })
  return units.map((u) => ({ id: u.id, name: u.name }))
}

export async function reportInstruction(ctx: Ctx, input: Input<typeof contract.reportInstructionRoute>): Promise<InstructionView> {
  authorize(ctx, 'supervision.answer')
  const seen = await instructionById(ctx, input.id)
  const order = await lockOrder(ctx, seen.orderId)
  const held = await db(ctx).selectFrom('supervision_instruction').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!held) throw supervisionFail('instructionNotFound')
  const unit = seen.units.find((u) => u.mayReport && (input.unitId === undefined || u.unitId === input.unitId))
  if (!unit) throw supervisionFail('notYours', { rule: 'supervision.answer', params: { act: '报告该批示' } })
  const now = ts(ctx.clock.now())
  await db(ctx).updateTable('supervision_instruction_unit').set({ report: input.content, reported_by_name: ctx.actor.name, reported_at: now }).where('tenant_id', '=', ctx.tenantId).where('instruction_id', '=', held.id).where('unit_id', '=', unit.unitId).execute()
  const owed = await db(ctx).selectFrom('supervision_instruction_unit').select('unit_id').where('tenant_id', '=', ctx.tenantId).where('instruction_id', '=', held.id).where('reported_at', 'is', null).executeTakeFirst()
  if (!owed) await db(ctx).updateTable('supervision_instruction').set((eb) => ({ state: 'reported', version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', held.id).execute()
  await record(ctx, order, { act: 'reportInstruction', text: input.content, data: { instructionId: held.id } })
  const to = [held.leader_id, held.requested_by].flatMap((id) => (id && id !== ctx.actor.id ? [id] : []))
  if (to.length > 0) await notify(ctx, { type: 'supervision.instructionReported', to: { userIds: to }, level: 'P3', title: `批示已报告：${order.title}`, text: input.content, link: `/supervision/instructions?orderId=${order.id}`, objectType: OBJECT, objectId: held.id })
  return instructionById(ctx, held.id)
}

export async function closeInstruction(ctx: Ctx, input: { id: string }): Promise<InstructionView> {
  const seen = await instructionById(ctx, input.id)
  const order = await lockOrder(ctx, seen.orderId)
  if (!seen.mayClose) throw supervisionFail('instructionState', { rule: 'supervision.instruction', params: { state: seen.stateName } })
  await db(ctx).updateTable('supervision_instruction').set((eb) => ({ state: 'closed', closed_at: ts(ctx.clock.now()), closed_by_name: ctx.actor.name, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).execute()
  await record(ctx, order, { act: 'closeInstruction', text: null, data: { instructionId: input.id } })
  return instructionById(ctx, input.id)
}

