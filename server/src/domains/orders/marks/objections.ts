// A department objects to an industry mark: with consent of the marking unit's leader it is cancelled, else the centre rules for good (ORD-34).
import { sql, type Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { addDuration } from '../../../kernel/time/index.ts'
import { attachFiles, calendarOf, setting } from '../../platform/index.ts'
import { answerOf } from '../acts.ts'
import { orderFail } from '../orders.errors.ts'
import { actsFor, assertVisible, requireUnit } from '../orders.policy.ts'
import { db, lockOrder, saveOrder, type OrderRow } from '../orders.queries.ts'
import { actState, type HandlingActs } from '../requests/act-state.ts'
import { listOf, orderColumns, type OrderColumns } from '../requests/list-frame.ts'
import { tellDesk, tellUnit } from '../requests/tell.ts'
import { assignmentStateNames } from '../texts.zh-CN.ts'
import { record } from '../timeline.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { assignmentAnswer, holdAssignment, requireBeforeClosing } from '../unit-acts.ts'
import type * as contract from './mark-contract.ts'
import { markFail } from './mark.errors.ts'
import { markConsentDays } from './mark.settings.ts'
import { declarationOf, markColumns, markWritten, readMark, type Declaration, type Mark } from './set-mark.ts'

type ObjectionRow = Selectable<OrdersTables['order_mark_objection']>
type Held = { order: OrderRow; objection: ObjectionRow; declaration: Declaration | undefined }

const stateNames: Record<string, string> = { asked: '待标注单位答复', disputed: '待中心裁定', consented: '同意，已取消标注', kept: '裁定维持', corrected: '裁定更正', cancelled: '裁定取消', superseded: '已另行标注' }
const atUnit = (ctx: Ctx, unitId: string | null): boolean => unitId !== null && (actsFor(ctx, unitId, 'orders.handle') || actsFor(ctx, unitId, 'orders.approve'))
const changed = (label: string, before: string | null, after: string | null) => (before === after ? {} : { [label]: { old: before, new: after, label } })

/** The handling unit names class and department before closing; the closing may still change it. */
export async function markIndustry(ctx: Ctx, input: Input<typeof contract.markIndustryRoute>) {
  const { order, assignment } = await holdAssignment(ctx, input.id)
  requireUnit(ctx, assignment, 'orders.handle', '标注行业归属')
  requireBeforeClosing(order, '标注行业归属')
  if (assignment.state !== 'handling' && assignment.state !== 'pendingReport') throw orderFail('assignmentForbids', { rule: 'orders.assignment.mark', params: { state: assignmentStateNames[assignment.state], act: '标注行业归属' } })
  const old = await declarationOf(ctx, order.id)
  if (old?.industry_ruled) throw markFail('markRuled', { rule: 'orders.mark.ruled' })
  const mark = await readMark(ctx, input)
  const stamp = { assignment_id: assignment.id, unit_id: assignment.unit_id, unit_name: assignment.unit_name, declared_by_name: ctx.actor.name, declared_at: ts(ctx.clock.now()) }
  const values = { ...markColumns(old, mark), ...stamp }
  await db(ctx).insertInto('order_declaration').values({ tenant_id: ctx.tenantId, order_id: order.id, outside_area: false, ...values }).onConflict((c) => c.columns(['tenant_id', 'order_id']).doUpdateSet(values)).execute()
  await markWritten(ctx, order, old, mark.unit)
  await record(ctx, order, { act: 'markIndustry', assignmentId: assignment.id, text: null, changes: markChanges(old, mark), visibility: 'staff' })
  return assignmentAnswer(await saveOrder(ctx, order, mark.node ? { industry_id: mark.node.id } : {}), assignment.id, assignment.state)
}

const markChanges = (old: Declaration | undefined, mark: Mark) => ({ ...changed('归属行业部门', old?.industry_unit_name ?? null, mark.unit?.name ?? null), ...changed('行业分类', old?.industry_class_name ?? null, mark.node?.name ?? null) })

export async function objectIndustry(ctx: Ctx, input: Input<typeof contract.objectIndustryRoute>) {
  const order = await lockOrder(ctx, input.id)
  await assertVisible(ctx, order)
  const declaration = await declarationOf(ctx, order.id)
  const departmentId = declaration?.industry_unit_id ?? null
  if (!declaration || departmentId === null || !atUnit(ctx, departmentId)) throw markFail('markNone', { rule: 'orders.mark.department' })
  if (declaration.industry_ruled) throw markFail('markRuled', { rule: 'orders.mark.ruled' })
  if (await openObjection(ctx, order.id)) throw markFail('markObjected', { rule: 'orders.mark.objected' })
  const now = ctx.clock.now()
  const due = addDuration(await calendarOf(ctx), now, { amount: await setting(ctx, markConsentDays), unit: 'workingDays' })
  // A mark that a reviewer set without any unit has nobody to consent: the centre decides at once.
  const marking = declaration.unit_id === null || declaration.unit_id === departmentId ? null : { id: declaration.unit_id, name: declaration.unit_name ?? '' }
  await db(ctx).insertInto('order_mark_objection').values({
    tenant_id: ctx.tenantId, id: newId(), order_id: order.id, department_id: departmentId, department_name: declaration.industry_unit_name ?? '', class_id: declaration.industry_class_id, class_name: declaration.industry_class_name,
    marking_unit_id: marking?.id ?? departmentId, marking_unit_name: marking?.name ?? '热线中心', state: marking ? 'asked' : 'disputed', reason: input.reason, asked_by_name: ctx.actor.name, asked_at: ts(now), consent_due_at: ts(due),
  }).execute()
  const entry = await record(ctx, order, { act: 'objectIndustry', unit: { id: departmentId, name: declaration.industry_unit_name ?? '' }, text: input.reason, visibility: 'staff' })
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'request', objectType: 'timeline', objectId: entry, audience: 'staff' })
  const word = { type: 'order.mark', level: 'P2' as const, title: `行业归属异议：${order.title}`, text: `工单 ${order.number}，${declaration.industry_unit_name ?? ''}：${input.reason.slice(0, 100)}` }
  if (marking) await tellUnit(ctx, order, { unit_id: marking.id, handler_id: null }, word)
  else await tellDesk(ctx, order, 'orders.ruleMarks', word)
  return answerOf(await saveOrder(ctx, order, {}))
}

const openObjection = (ctx: Ctx, orderId: string): Promise<ObjectionRow | undefined> =>
  db(ctx).selectFrom('order_mark_objection').selectAll().where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('state', 'in', ['asked', 'disputed']).executeTakeFirst()

async function hold(ctx: Ctx, id: string): Promise<Held> {
  const found = await db(ctx).selectFrom('order_mark_objection').select('order_id').where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!found) throw orderFail('notFound')
  const order = await lockOrder(ctx, found.order_id)
  await assertVisible(ctx, order)
  const objection = await db(ctx).selectFrom('order_mark_objection').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
  return { order, objection, declaration: await declarationOf(ctx, order.id) }
}

const save = async (ctx: Ctx, id: string, change: Partial<Record<keyof ObjectionRow, unknown>>): Promise<void> => {
  await db(ctx).updateTable('order_mark_objection').set(change as never).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
}

async function writeMark(ctx: Ctx, held: Held, mark: Mark, ruled: boolean): Promise<void> {
  const values = { ...markColumns(undefined, mark), ...(ruled ? { industry_ruled: true } : {}), corrected_by_name: ctx.actor.name, corrected_at: ts(ctx.clock.now()) }
  await db(ctx).updateTable('order_declaration').set(values).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', held.order.id).execute()
}

/** The marking unit's leader: consent cancels the mark, refusal puts it before the centre. */
export async function consentMark(ctx: Ctx, input: Input<typeof contract.consentMarkRoute>) {
  const held = await hold(ctx, input.id)
  const { order, objection } = held
  if (objection.state !== 'asked') throw markFail('markEnded', { rule: 'orders.mark.ended', current: { state: objection.state } })
  if (!actsFor(ctx, objection.marking_unit_id, 'orders.approve')) throw orderFail('notYours', { rule: 'orders.approve', params: { act: '答复行业归属异议' } })
  await save(ctx, objection.id, { state: input.consent ? 'consented' : 'disputed', consent_opinion: input.opinion, consent_by_name: ctx.actor.name, consent_at: ts(ctx.clock.now()) })
  const none: Mark = { unit: null, node: null }
  await record(ctx, order, { act: input.consent ? 'consentMark' : 'refuseMark', unit: { id: objection.marking_unit_id, name: objection.marking_unit_name }, text: input.opinion, ...(input.consent ? { changes: markChanges(held.declaration, none) } : {}), visibility: 'staff' })
  if (input.consent) await writeMark(ctx, held, none, false)
  else await tellDesk(ctx, order, 'orders.ruleMarks', { type: 'order.mark', level: 'P2', title: `行业归属待裁定：${order.title}`, text: `工单 ${order.number}，${objection.department_name} 与 ${objection.marking_unit_name} 意见不一` })
  await tellUnit(ctx, order, { unit_id: objection.department_id, handler_id: null }, { type: 'order.mark', level: 'P3', title: `行业归属异议${input.consent ? '已同意' : '转中心裁定'}：${order.title}`, text: input.opinion.slice(0, 100) })
  return answerOf(await saveOrder(ctx, order, {}))
}

export async function ruleMark(ctx: Ctx, input: Input<typeof contract.ruleMarkRoute>) {
  authorize(ctx, 'orders.ruleMarks')
  const held = await hold(ctx, input.id)
  const { order, objection, declaration } = held
  if (objection.state !== 'disputed') throw markFail('markEnded', { rule: 'orders.mark.ended', current: { state: objection.state } })
  if (input.outcome === 'correct' && !input.industryUnitId) throw markFail('markFault', { rule: 'orders.mark', params: { fault: '请选择归属行业部门' }, fields: [{ path: 'industryUnitId', message: '请选择归属行业部门' }] })
  const kept: Mark = await readMark(ctx, { industryUnitId: declaration?.industry_unit_id, industryClassId: declaration?.industry_class_id })
  const mark = input.outcome === 'keep' ? kept : input.outcome === 'cancel' ? { unit: null, node: null } : await readMark(ctx, { industryUnitId: input.industryUnitId, industryClassId: input.industryClassId ?? declaration?.industry_class_id })
  await save(ctx, objection.id, { state: ({ keep: 'kept', correct: 'corrected', cancel: 'cancelled' } as const)[input.outcome], ruling_opinion: input.opinion, ruled_by_name: ctx.actor.name, ruled_at: ts(ctx.clock.now()), new_department_name: mark.unit?.name ?? null, new_class_name: mark.node?.name ?? null })
  const entry = await record(ctx, order, { act: 'ruleMark', text: input.opinion, data: { outcome: input.outcome }, changes: markChanges(declaration, mark), visibility: 'staff' })
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'request', objectType: 'timeline', objectId: entry, audience: 'staff' })
  await writeMark(ctx, held, mark, true)
  if (input.outcome === 'correct') await markWritten(ctx, order, declaration, mark.unit)
  for (const unitId of new Set([objection.department_id, objection.marking_unit_id])) await tellUnit(ctx, order, { unit_id: unitId, handler_id: null }, { type: 'order.mark', level: 'P3', title: `行业归属已裁定：${order.title}`, text: `工单 ${order.number}：${mark.unit?.name ?? '取消标注'}。${input.opinion.slice(0, 80)}` })
  return answerOf(await saveOrder(ctx, order, input.outcome === 'correct' && mark.node ? { industry_id: mark.node.id } : {}))
}

/** A leader who does not answer in time leaves the decision to the centre. */
export async function sweepMarks(ctx: Ctx): Promise<void> {
  const late = await db(ctx).selectFrom('order_mark_objection').select('id').where('tenant_id', '=', ctx.tenantId).where('state', '=', 'asked').where('consent_due_at', '<=', ts(ctx.clock.now())).limit(200).execute()
  for (const { id } of late) {
    const { order, objection } = await hold(ctx, id)
    if (objection.state !== 'asked') continue
    await save(ctx, id, { state: 'disputed', consent_opinion: '逾期未答复' })
    await record(ctx, order, { act: 'refuseMark', unit: { id: objection.marking_unit_id, name: objection.marking_unit_name }, text: '标注单位逾期未答复，转中心裁定', visibility: 'staff' })
    await tellDesk(ctx, order, 'orders.ruleMarks', { type: 'order.mark', level: 'P2', title: `行业归属待裁定：${order.title}`, text: `工单 ${order.number}，${objection.marking_unit_name}逾期未答复` })
    await saveOrder(ctx, order, {})
  }
}

export async function listMarkObjections(ctx: Ctx, input: Input<typeof contract.listMarkObjectionsRoute>) {
  authorize(ctx, 'orders.read')
  const where = [sql`x.tenant_id = ${ctx.tenantId}`]
  if (input.box === 'ended') where.push(sql`x.state not in ('asked', 'disputed')`)
  else if (input.box) where.push(sql`x.state = ${input.box}`)
  if (input.orderId) where.push(sql`x.order_id = ${input.orderId}`)
  if (input.mine) where.push(sql`x.state = 'asked' and x.marking_unit_id = any(${ctx.actor.unitIds}::uuid[])`)
  const page = await listOf<ObjectionRow & OrderColumns>(ctx, { columns: sql`x.*, ${orderColumns}`, from: sql`order_mark_objection x join order_order o on o.tenant_id = x.tenant_id and o.id = x.order_id`, where, at: 'x.asked_at', id: 'x.id', down: true }, input)
  return {
    items: page.rows.map((r) => ({
      id: r.id, orderId: r.order_id, number: r.number, title: r.title, urgency: r.urgency, orderState: r.order_state, departmentName: r.department_name, className: r.class_name, markingUnitName: r.marking_unit_name, state: r.state, stateName: stateNames[r.state] ?? r.state, reason: r.reason, askedByName: r.asked_by_name, askedAt: r.asked_at,
      consentDueAt: r.consent_due_at, consentOpinion: r.consent_opinion, consentByName: r.consent_by_name, consentAt: r.consent_at, rulingOpinion: r.ruling_opinion, ruledByName: r.ruled_by_name, ruledAt: r.ruled_at, newDepartmentName: r.new_department_name, newClassName: r.new_class_name,
      mayConsent: r.state === 'asked' && actsFor(ctx, r.marking_unit_id, 'orders.approve'), mayRule: r.state === 'disputed' && can(ctx, 'orders.ruleMarks'),
    })),
    next: page.next, count: page.count,
  }
}

export const markActs: HandlingActs = {
  async order(ctx, { order }) {
    if (!can(ctx, 'orders.handle') && !can(ctx, 'orders.approve')) return []
    const row = await db(ctx).selectFrom('order_declaration').select(['industry_unit_id', 'industry_ruled']).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).executeTakeFirst()
    if (!row || !atUnit(ctx, row.industry_unit_id)) return []
    const open = row.industry_ruled ? undefined : await openObjection(ctx, order.id)
    return [actState('objectIndustry', row.industry_ruled ? { rule: 'orders.mark.ruled', reason: '行业归属已由中心裁定' } : open ? { rule: 'orders.mark.objected', reason: '行业归属异议正在处理' } : null)]
  },
  assignment(ctx, { assignment, signFirst }) {
    if (!actsFor(ctx, assignment.unit_id, 'orders.handle')) return []
    return [actState('markIndustry', assignment.state === 'handling' || assignment.state === 'pendingReport' ? null : signFirst)]
  },
}
