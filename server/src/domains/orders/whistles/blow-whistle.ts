// Calling departments to the spot: marked by the sorter, whistled by the street, or by the centre where the street did not (ORD-33).
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { formatMoment, HOUR, plus, type Instant } from '../../../kernel/time/index.ts'
import { attachFiles, setting, tenantById, unitsByIds, type Unit } from '../../platform/index.ts'
import { answerOf } from '../acts.ts'
import { orderFail } from '../orders.errors.ts'
import { assertVisible, requireUnit } from '../orders.policy.ts'
import { addParties, db, directParties, lockAssignments, lockOrder, saveOrder, type OrderRow } from '../orders.queries.ts'
import { withFlag } from '../requests/ask.ts'
import { tellUnit } from '../requests/tell.ts'
import { assignmentStateNames, stateNames } from '../texts.zh-CN.ts'
import { record } from '../timeline.ts'
import { assignmentAnswer, holdAssignment, requireBeforeClosing } from '../unit-acts.ts'
import type * as contract from './whistle-contract.ts'
import { whistleFail } from './whistle.errors.ts'
import { openWhistle } from './whistle.queries.ts'
import { whistleReportIn, whistleUnits } from './whistle.settings.ts'

/** Before dispatch an order can be marked only; whistled it is while somebody handles it. */
export const markable: readonly string[] = ['pendingReview', 'pendingDispatch', 'inProgress']

export async function markWhistle(ctx: Ctx, input: Input<typeof contract.markWhistleRoute>) {
  authorize(ctx, 'orders.manageWhistles')
  const order = await lockOrder(ctx, input.id, input.version)
  await assertVisible(ctx, order)
  if (!markable.includes(order.state)) throw whistleFail('whistleState', { rule: 'orders.whistle.state', params: { state: stateNames[order.state] } })
  const open = await openWhistle(ctx, order.id)
  if (open) throw whistleFail(open.state === 'wanted' ? 'whistleMarked' : 'whistleOpen', { rule: 'orders.whistle.open' })
  const now = ctx.clock.now()
  const [street] = await streetsOf(ctx, order)
  await db(ctx).insertInto('order_whistle').values({ tenant_id: ctx.tenantId, id: newId(), order_id: order.id, state: 'wanted', unit_id: street?.unit_id ?? null, unit_name: street?.unit_name ?? null, marked_by_name: ctx.actor.name, marked_at: ts(now), mark_reason: input.reason, created_at: ts(now) }).execute()
  await record(ctx, order, { act: 'markWhistle', text: input.reason, visibility: 'staff' })
  if (street) await tellUnit(ctx, order, street, { type: 'order.whistle', level: 'P2', title: `请吹哨：${order.title}`, text: `工单 ${order.number}：${input.reason.slice(0, 100)}` })
  return answerOf(await saveOrder(ctx, order, { flags: withFlag(order, 'whistle') }))
}

/** Assignments of the round at units that may whistle. */
async function streetsOf(ctx: Ctx, order: OrderRow): Promise<{ id: string; unit_id: string; unit_name: string; handler_id: string | null }[]> {
  const all = (await lockAssignments(ctx, order.id)).filter((a) => a.round === order.round && ['pendingSign', 'handling', 'pendingReport'].includes(a.state))
  const units = await unitsByIds(ctx, all.map((a) => a.unit_id))
  const open = []
  for (const one of all) if (await mayWhistle(ctx, units.get(one.unit_id))) open.push(one)
  return open
}

/** Streets and what lies below them by their area; any unit where the tenant says so ⚙. */
export async function mayWhistle(ctx: Ctx, unit: Unit | undefined): Promise<boolean> {
  if (!unit) return false
  return (await setting(ctx, whistleUnits)) === 'any' || unit.kind === 'community' || (unit.areaCode ?? '').replace(/(000)+$/, '').length > 6
}

export async function blowWhistle(ctx: Ctx, input: Input<typeof contract.blowWhistleRoute>) {
  const { order, assignment } = await holdAssignment(ctx, input.id)
  requireUnit(ctx, assignment, 'orders.handle', '吹哨')
  requireBeforeClosing(order, '吹哨')
  if (assignment.state !== 'handling') throw orderFail('assignmentForbids', { rule: 'orders.assignment.whistle', params: { state: assignmentStateNames[assignment.state], act: '吹哨' } })
  const own = (await unitsByIds(ctx, [assignment.unit_id])).get(assignment.unit_id)
  if (!(await mayWhistle(ctx, own))) throw whistleFail('whistleStreet', { rule: 'whistle.units' })
  const whistleId = await blow(ctx, order, { ...input, street: { unitId: assignment.unit_id, unitName: assignment.unit_name, assignmentId: assignment.id }, supplementary: false })
  const entry = await record(ctx, order, { act: 'blowWhistle', assignmentId: assignment.id, text: input.reason, data: { whistleId, units: await namesOf(ctx, input.unitIds), ...(input.place ? { place: input.place } : {}) }, visibility: 'staff' })
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'request', objectType: 'timeline', objectId: entry, audience: 'staff' })
  return assignmentAnswer(await saveOrder(ctx, order, { flags: withFlag(order, 'whistle') }), assignment.id, assignment.state)
}

/** 补哨: the order was marked, the street did not whistle. Both sides are told in the system and by SMS. */
export async function supplementWhistle(ctx: Ctx, input: Input<typeof contract.supplementWhistleRoute>) {
  authorize(ctx, 'orders.manageWhistles')
  const order = await lockOrder(ctx, input.id, input.version)
  await assertVisible(ctx, order)
  if (order.state !== 'inProgress') throw whistleFail('whistleState', { rule: 'orders.whistle.state', params: { state: stateNames[order.state] } })
  const [street] = await streetsOf(ctx, order)
  const whistleId = await blow(ctx, order, { ...input, street: street ? { unitId: street.unit_id, unitName: street.unit_name, assignmentId: street.id } : null, supplementary: true })
  await record(ctx, order, { act: 'supplementWhistle', text: input.reason, data: { whistleId, units: await namesOf(ctx, input.unitIds), ...(street ? { street: street.unit_name } : {}), ...(input.place ? { place: input.place } : {}) }, visibility: 'staff' })
  if (street) await tellUnit(ctx, order, street, { type: 'order.whistle', level: 'P2', title: `中心已补哨：${order.title}`, text: `工单 ${order.number}：${input.reason.slice(0, 100)}`, sms: 'unitWhistleSupplemented' })
  return answerOf(await saveOrder(ctx, order, { flags: withFlag(order, 'whistle') }))
}

type Blow = { unitIds: string[]; reason: string; place?: string | undefined; hours?: number | undefined; street: { unitId: string; unitName: string; assignmentId: string } | null; supplementary: boolean }

async function blow(ctx: Ctx, order: OrderRow, input: Blow): Promise<string> {
  const open = await openWhistle(ctx, order.id)
  if (open?.state === 'blown') throw whistleFail('whistleOpen', { rule: 'orders.whistle.open' })
  if (input.street && input.unitIds.includes(input.street.unitId)) throw fault('不能吹哨叫自己')
  const now = ctx.clock.now()
  const due = plus(now, (input.hours ?? (await setting(ctx, whistleReportIn))) * HOUR)
  const values = {
    state: 'blown', unit_id: input.street?.unitId ?? null, unit_name: input.street?.unitName ?? null, assignment_id: input.street?.assignmentId ?? null, supplementary: input.supplementary, reason: input.reason, place: input.place || order.address || null, due_at: ts(due), blown_by_name: ctx.actor.name, blown_at: ts(now),
  }
  const id = open?.id ?? newId()
  if (open) await db(ctx).updateTable('order_whistle').set(values).where('tenant_id', '=', ctx.tenantId).where('id', '=', open.id).execute()
  else await db(ctx).insertInto('order_whistle').values({ tenant_id: ctx.tenantId, id, order_id: order.id, created_at: ts(now), ...values }).execute()
  await callUnits(ctx, order, { id, due, units: await departments(ctx, input.unitIds), supplementary: input.supplementary, by: input.street?.unitName ?? ctx.actor.unitName ?? '热线中心' })
  return id
}

const fault = (message: string): Error => whistleFail('whistleUnits', { rule: 'orders.whistle.units', params: { fault: message }, fields: [{ path: 'unitIds', message }] })

/** @throws orders.whistleUnits unless all are active departments of this centre */
export async function departments(ctx: Ctx, unitIds: string[]): Promise<Unit[]> {
  const found = await unitsByIds(ctx, unitIds)
  return [...new Set(unitIds)].map((id) => {
    const unit = found.get(id)
    if (!unit || unit.tenantId !== ctx.tenantId) throw fault('只能选择本中心的单位')
    if (unit.state !== 'active') throw fault(`“${unit.name}”已停用`)
    if (unit.kind === 'centre') throw fault('不能吹哨叫热线中心')
    return unit
  })
}

const namesOf = async (ctx: Ctx, unitIds: string[]): Promise<string[]> => [...(await unitsByIds(ctx, unitIds)).values()].map((u) => u.name)

/** The departments can read the order from now on, and are told. One that was withdrawn before is called anew. */
export async function callUnits(ctx: Ctx, order: OrderRow, call: { id: string; due: Instant; units: Unit[]; supplementary: boolean; by: string }): Promise<void> {
  const fresh = { state: 'called', called_at: ts(ctx.clock.now()), due_at: ts(call.due), reported_at: null, person: null, result: null, late: false, warned_at: null, agreed_at: null, agreed_by_name: null, agree_note: null, ended_by_name: null, ended_at: null, end_reason: null }
  const before = await directParties(ctx, order.id, call.units.map((u) => u.id))
  await db(ctx).insertInto('order_whistle_call').values(call.units.map((u) => ({ tenant_id: ctx.tenantId, whistle_id: call.id, unit_id: u.id, unit_name: u.name, brought: !before.includes(u.id), ...fresh }))).onConflict((c) => c.columns(['tenant_id', 'whistle_id', 'unit_id']).doUpdateSet((eb) => ({ ...fresh, brought: eb.ref('excluded.brought') }))).execute()
  await addParties(ctx, order, call.units)
  const until = formatMoment(call.due, ctx.clock.now(), (await tenantById(ctx, ctx.tenantId)).timeZone)
  for (const unit of call.units) await tellUnit(ctx, order, { unit_id: unit.id, handler_id: null }, { type: 'order.whistle', level: 'P2', title: `${call.supplementary ? '补哨' : '吹哨'}，请报到：${order.title}`, text: `工单 ${order.number}，${call.by}请贵单位于 ${until} 前到场并报到`, sms: call.supplementary ? 'unitWhistleSupplemented' : 'unitWhistled' })
}
