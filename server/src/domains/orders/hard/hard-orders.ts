// Orders stalled by shirking or long delay: marked, sent to the difficult-order post, and brought to an end by one of its six ways (ORD-49).
import { sql, type Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { addDuration, toIso, parseIso } from '../../../kernel/time/index.ts'
import { attachFiles, calendarOf, centreUnit, unitsByIds } from '../../platform/index.ts'
import { answerOf, move } from '../acts.ts'
import { meetClocks } from '../clocks.ts'
import { createAssignments, dispatchLocked } from '../dispatch-order.ts'
import { orderFail } from '../orders.errors.ts'
import { assertVisible } from '../orders.policy.ts'
import { db, lockAssignments, lockOrder, saveAssignment, saveOrder, type OrderRow } from '../orders.queries.ts'
import { actState, type HandlingActs } from '../requests/act-state.ts'
import { withFlag, withoutFlag } from '../requests/ask.ts'
import { listOf, orderColumns, type OrderColumns } from '../requests/list-frame.ts'
import { takeBackAll } from '../requests/rework.ts'
import { tellDesk } from '../requests/tell.ts'
import { resultReady } from '../submit-feedback.ts'
import { stateNames } from '../texts.zh-CN.ts'
import { record } from '../timeline.ts'
import { transferOrder, transferTargets } from '../transfer/index.ts'
import type { OrdersTables } from '../tables.gen.ts'
import type * as contract from './hard-contract.ts'
import { hardFail } from './hard.errors.ts'

type HardRow = Selectable<OrdersTables['order_hard']>
type Step = { name: string; unitId: string | null; unitName: string | null; days: number | null; dueAt: string | null; doneAt: string | null; doneBy: string | null; note: string | null }

const markable: readonly string[] = ['pendingDispatch', 'inProgress', 'pendingResultReview']

export async function markHard(ctx: Ctx, input: Input<typeof contract.markHardRoute>) {
  authorize(ctx, 'orders.markHard')
  const order = await lockOrder(ctx, input.id, input.version)
  await assertVisible(ctx, order)
  if (!markable.includes(order.state)) throw hardFail('hardState', { rule: 'orders.hard.state', params: { state: stateNames[order.state] } })
  const pending = await db(ctx).selectFrom('order_hard').select('id').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where('state', '=', 'pending').executeTakeFirst()
  if (pending) throw hardFail('hardPending', { rule: 'orders.hard.pending' })
  await db(ctx).insertInto('order_hard').values({ tenant_id: ctx.tenantId, id: newId(), order_id: order.id, category_id: order.category_id, state: 'pending', reason: input.reason, marked_in: order.state, marked_by_name: ctx.actor.name, marked_at: ts(ctx.clock.now()) }).execute()
  const entry = await record(ctx, order, { act: 'markHard', text: input.reason, visibility: 'internal' })
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'request', objectType: 'timeline', objectId: entry, audience: 'staff' })
  await tellDesk(ctx, order, 'orders.handleHard', { type: 'order.hard', level: 'P2', title: `疑难工单：${order.title}`, text: `工单 ${order.number}：${input.reason.slice(0, 100)}` })
  return answerOf(await saveOrder(ctx, order, { flags: withFlag(order, 'hard') }))
}

async function lockHard(ctx: Ctx, id: string, version?: number): Promise<{ order: OrderRow; hard: HardRow }> {
  const found = await db(ctx).selectFrom('order_hard').select('order_id').where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!found) throw orderFail('notFound')
  const order = await lockOrder(ctx, found.order_id, version)
  await assertVisible(ctx, order)
  const hard = await db(ctx).selectFrom('order_hard').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
  return { order, hard }
}

function requirePending(hard: HardRow): void {
  if (hard.state !== 'pending') throw hardFail('hardEnded', { rule: 'orders.hard.ended', params: { by: hard.ended_by_name ?? '系统' }, current: { state: hard.state, way: hard.way } })
}

/** From pending: conclude, lead and assist, parallel, sub-centre, up, down. Whoever had the order gives it back first. */
export async function handleHard(ctx: Ctx, input: Input<typeof contract.handleHardRoute>) {
  authorize(ctx, 'orders.handleHard')
  const { order, hard } = await lockHard(ctx, input.id, input.version)
  requirePending(hard)
  await checkWay(ctx, input)
  await db(ctx).updateTable('order_hard').set({ state: 'handled', way: input.way, opinion: input.opinion, ended_by_name: ctx.actor.name, ended_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', hard.id).execute()
  await record(ctx, order, { act: 'handleHard', text: input.opinion, data: { way: input.way }, visibility: 'internal' })
  const free = await takeBackAll(ctx, order, { act: 'reassigned', reason: '疑难工单另行处理' })
  if (input.way === 'conclude') return answerOf(await conclude(ctx, free, input))
  if (input.way === 'down' || input.way === 'up') return pass(ctx, free, input)
  return dispatchLocked(ctx, free, { units: input.units ?? [], opinion: input.opinion, overrideReason: input.overrideReason ?? '疑难工单岗指定', fileIds: input.fileIds }, { hard: input.way })
}

const fault = (path: string, message: string): Error => hardFail('hardTargets', { rule: 'orders.hard.targets', params: { fault: message }, fields: [{ path, message }] })

async function checkWay(ctx: Ctx, input: Input<typeof contract.handleHardRoute>): Promise<void> {
  const units = input.units ?? []
  if (input.way === 'conclude' && !input.result) throw fault('result', '请填写办理结果')
  if (input.way === 'leadAssist' && !units.some((u) => u.role === 'lead')) throw fault('units', '请指定一个主办单位')
  if (input.way === 'parallel' && (units.length < 2 || units.some((u) => u.role !== 'parallel'))) throw fault('units', '并行办理至少选择两个单位')
  if (input.way === 'subCentre') {
    const found = await unitsByIds(ctx, units.map((u) => u.unitId))
    if (units.length !== 1 || [...found.values()].some((u) => u.kind !== 'subCentre')) throw fault('units', '请选择一个分中心')
  }
  if (input.way === 'up' && !(await transferTargets(ctx)).some((t) => t.direction === 'up')) throw fault('way', '没有上级热线中心')
  if (input.way === 'down' && !input.tenantId) throw fault('tenantId', '请选择下级热线中心')
}

/** The post answers itself: the centre takes the assignment and its result goes to result review. */
async function conclude(ctx: Ctx, order: OrderRow, input: Input<typeof contract.handleHardRoute>): Promise<OrderRow> {
  const centre = await centreUnit(ctx)
  const now = ctx.clock.now()
  await meetClocks(ctx, order.id, { kinds: ['stage'] })
  const made = await createAssignments(ctx, order, [{ unit: centre, role: 'lead' }], { route: 'straight', opinion: input.opinion, handler: ctx.actor.id ? { id: ctx.actor.id, name: ctx.actor.name } : null, signed: true })
  const assignmentId = made.assignments[0]?.id ?? ''
  const taken = await move(ctx, order, 'dispatch', { change: { lead_unit_id: centre.id, lead_unit_name: centre.name, dispatched_at: ts(now) }, entry: { act: 'centreTakes', text: input.opinion, data: { unitName: centre.name } } })
  const id = newId()
  await db(ctx).insertInto('order_feedback').values({
    tenant_id: ctx.tenantId, id, order_id: order.id, assignment_id: assignmentId, unit_id: centre.id, unit_name: centre.name, version: 1, kind: 'result', state: 'accepted', handled_at: ts(now), result: input.result ?? '', basis: input.basis ?? null, opinion: input.opinion,
    visibility: 'unitLine', submitted_by: ctx.actor.id, submitted_by_name: ctx.actor.name, submitted_at: ts(now),
  }).execute()
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'feedback', objectType: 'feedback', objectId: id, audience: 'staff' })
  await saveAssignment(ctx, assignmentId, { state: 'done', done_at: ts(now) })
  await meetClocks(ctx, order.id, { kinds: ['handling', 'response', 'firstContact'], assignmentIds: [assignmentId] })
  await record(ctx, taken, { act: 'feedback', assignmentId, text: input.result ?? '', data: { feedbackId: id, version: 1 }, visibility: 'unitLine' })
  return resultReady(ctx, taken, await lockAssignments(ctx, order.id))
}

async function pass(ctx: Ctx, order: OrderRow, input: Input<typeof contract.handleHardRoute>) {
  const up = input.way === 'up' ? (await transferTargets(ctx)).find((t) => t.direction === 'up') : undefined
  return transferOrder(ctx, { id: order.id, tenantId: up?.id ?? input.tenantId ?? '', requirement: input.opinion, fileIds: input.fileIds })
}

export async function returnHard(ctx: Ctx, input: Input<typeof contract.returnHardRoute>) {
  authorize(ctx, 'orders.handleHard')
  const { order, hard } = await lockHard(ctx, input.id)
  requirePending(hard)
  await db(ctx).updateTable('order_hard').set({ state: 'returned', opinion: input.opinion, ended_by_name: ctx.actor.name, ended_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', hard.id).execute()
  await record(ctx, order, { act: 'returnHard', text: input.opinion, visibility: 'internal' })
  return answerOf(await saveOrder(ctx, order, { flags: withoutFlag(order, 'hard') }))
}

/** A special process with high-level coordination; saved, it is offered on the next hard order of the category. */
export async function setHardProcess(ctx: Ctx, input: Input<typeof contract.setHardProcessRoute>) {
  authorize(ctx, 'orders.handleHard')
  const { order, hard } = await lockHard(ctx, input.id)
  const now = ctx.clock.now()
  const calendar = await calendarOf(ctx)
  const units = await unitsByIds(ctx, input.steps.flatMap((s) => s.unitId ?? []))
  const steps: Step[] = input.steps.map((s) => ({
    name: s.name, unitId: s.unitId && units.has(s.unitId) ? s.unitId : null, unitName: s.unitId ? (units.get(s.unitId)?.name ?? null) : null, days: s.days ?? null, dueAt: s.days ? toIso(addDuration(calendar, now, { amount: s.days, unit: 'workingDays' })) : null, doneAt: null, doneBy: null, note: s.note ?? null,
  }))
  await db(ctx).updateTable('order_hard').set({ process_name: input.name, steps: json(steps as never) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', hard.id).execute()
  if (input.save) await db(ctx).insertInto('order_hard_process').values({ tenant_id: ctx.tenantId, id: newId(), name: input.name, category_id: order.category_id, steps: json(steps.map(({ name, days }) => ({ name, days })) as never), saved_from: hard.id, changed_at: ts(now), changed_by_name: ctx.actor.name }).execute()
  await record(ctx, order, { act: 'hardProcess', text: input.name, data: { steps: steps.map((s) => s.name), saved: input.save }, visibility: 'internal' })
  return answerOf(await saveOrder(ctx, order, {}))
}

export async function doneHardStep(ctx: Ctx, input: Input<typeof contract.doneHardStepRoute>) {
  authorize(ctx, 'orders.handleHard')
  const { order, hard } = await lockHard(ctx, input.id)
  const steps = stepsOf(hard)
  const step = steps[input.n]
  if (!step) throw orderFail('notFound')
  if (step.doneAt) throw hardFail('hardStep', { rule: 'orders.hard.step', current: { doneBy: step.doneBy } })
  Object.assign(step, { doneAt: toIso(ctx.clock.now()), doneBy: ctx.actor.name, note: input.note })
  await db(ctx).updateTable('order_hard').set({ steps: json(steps as never) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', hard.id).execute()
  await record(ctx, order, { act: 'hardStep', text: input.note, data: { step: step.name }, visibility: 'internal' })
  return answerOf(await saveOrder(ctx, order, {}))
}

const stepsOf = (hard: Pick<HardRow, 'steps'>): Step[] => (Array.isArray(hard.steps) ? (hard.steps as Step[]) : []) // written by setHardProcess only

export async function listHards(ctx: Ctx, input: Input<typeof contract.listHardsRoute>) {
  authorize(ctx, 'orders.read')
  const where = [sql`x.tenant_id = ${ctx.tenantId} and x.state = ${input.state}`]
  if (input.orderId) where.push(sql`x.order_id = ${input.orderId}`)
  type Row = HardRow & OrderColumns & { lead_unit_name: string | null; return_count: number; order_version: number }
  const page = await listOf<Row>(ctx, { columns: sql`x.*, ${orderColumns}, o.lead_unit_name, o.return_count, o.version as order_version`, from: sql`order_hard x join order_order o on o.tenant_id = x.tenant_id and o.id = x.order_id`, where, at: 'x.marked_at', id: 'x.id', down: input.state !== 'pending' }, input)
  const categories = [...new Set(page.rows.flatMap((r) => r.category_id ?? []))]
  const saved = categories.length === 0 ? [] : await db(ctx).selectFrom('order_hard_process').selectAll().where('tenant_id', '=', ctx.tenantId).where('category_id', 'in', categories).where('active', '=', true).orderBy('changed_at', 'desc').limit(100).execute()
  const now = ctx.clock.now()
  return {
    items: page.rows.map((r) => ({
      id: r.id, orderId: r.order_id, number: r.number, title: r.title, urgency: r.urgency, orderState: r.order_state, leadUnitName: r.lead_unit_name, returnCount: r.return_count, state: r.state as 'pending' | 'handled' | 'returned', reason: r.reason, markedIn: r.marked_in, markedInName: stateNames[r.marked_in as OrderRow['state']] ?? r.marked_in,
      markedByName: r.marked_by_name, markedAt: r.marked_at, way: r.way, opinion: r.opinion, endedByName: r.ended_by_name, endedAt: r.ended_at, processName: r.process_name,
      steps: stepsOf(r).map((s) => ({ name: s.name, unitId: s.unitId, unitName: s.unitName, dueAt: s.dueAt === null ? null : parseIso(s.dueAt), doneAt: s.doneAt === null ? null : parseIso(s.doneAt), doneBy: s.doneBy, note: s.note, overdue: s.doneAt === null && s.dueAt !== null && parseIso(s.dueAt) <= now })),
      offered: saved.filter((p) => p.category_id === r.category_id && p.saved_from !== r.id).map((p) => ({ id: p.id, name: p.name, steps: (Array.isArray(p.steps) ? (p.steps as { name: string; days: number | null }[]) : []).map((s) => ({ name: s.name, days: s.days })) })),
      mayHandle: r.state === 'pending' && can(ctx, 'orders.handleHard'), mayManage: can(ctx, 'orders.handleHard'), version: r.order_version,
    })),
    next: page.next, count: page.count,
  }
}

export const hardActs: HandlingActs = {
  order(ctx, { order }) {
    if (!can(ctx, 'orders.markHard')) return []
    return [actState('markHard', order.flags.includes('hard') ? { rule: 'orders.hard.pending', reason: '已标为疑难工单' } : markable.includes(order.state) ? null : { rule: 'orders.hard.state', reason: `工单当前为“${stateNames[order.state]}”` })]
  },
}
