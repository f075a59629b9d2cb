// Suspension and resumption asked by a unit: a condition from the list, evidence, an approval; only approval stops the clocks (ORD-44, ORD-45).
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { addDuration, later, parseIso, toIso } from '../../../kernel/time/index.ts'
import { calendarOf, setting } from '../../platform/index.ts'
import { isOpenAssignment } from '../assignment.ts'
import { clockOf } from '../clocks.ts'
import { isOpen } from '../order.ts'
import { orderFail } from '../orders.errors.ts'
import { requireUnit } from '../orders.policy.ts'
import { db, saveOrder } from '../orders.queries.ts'
import { ask, dataOf, withFlag, type AskKind } from '../requests/ask.ts'
import { tellRequester } from '../requests/tell.ts'
import { record } from '../timeline.ts'
import { assignmentStateNames } from '../texts.zh-CN.ts'
import { assignmentAnswer, holdAssignment, overFor, requireBeforeClosing } from '../unit-acts.ts'
import { afterPause, endPause } from './end-pause.ts'
import { pauseClocks } from './pause-clocks.ts'
import type * as contract from './pause-contract.ts'
import { pauseFail } from './pause.errors.ts'
import { activePause, type PauseRow } from './pause.queries.ts'
import { pauseMax } from './pause.settings.ts'

export async function requestSuspension(ctx: Ctx, input: Input<typeof contract.requestSuspensionRoute>) {
  const { order, assignment } = await holdAssignment(ctx, input.id)
  requireUnit(ctx, assignment, 'orders.handle', '申请挂起')
  requireBeforeClosing(order, '申请挂起')
  if (assignment.state !== 'handling') throw orderFail('assignmentForbids', { rule: 'orders.assignment.suspension', params: { state: assignmentStateNames[assignment.state], act: '申请挂起' } })
  if (await activePause(ctx, assignment.id)) throw pauseFail('pausedAlready', { rule: 'orders.paused' })
  const clock = await clockOf(ctx, assignment.id, 'handling')
  const now = ctx.clock.now()
  // Whoever is late already cannot stop the clock any more.
  if (clock && clock.due_at <= now) throw orderFail('afterDeadline', { rule: 'orders.suspension.beforeDeadline', until: toIso(clock.due_at) })
  const condition = await db(ctx).selectFrom('order_pause_condition').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.conditionId).where('active', '=', true).executeTakeFirst()
  if (!condition) throw pauseFail('pauseConditionUnknown', { rule: 'suspension.conditions', fields: [{ path: 'conditionId', message: '请从规定的挂起情形中选择' }] })
  if (condition.evidence_required && input.fileIds.length === 0) throw pauseFail('pauseEvidenceMissing', { rule: 'suspension.evidence', params: { condition: condition.name }, fields: [{ path: 'fileIds', message: '请上传证明材料' }] })
  const max = await setting(ctx, pauseMax)
  const rounds = await db(ctx).selectFrom('order_pause').select((eb) => eb.fn.countAll<number>().as('n')).where('tenant_id', '=', ctx.tenantId).where('assignment_id', '=', assignment.id).executeTakeFirstOrThrow()
  if (Number(rounds.n) >= max) throw pauseFail('pauseCap', { rule: 'suspension.max', params: { max } })
  const permittedUntil = addDuration(await calendarOf(ctx), now, { amount: condition.permitted_days, unit: 'workingDays' })
  const fault = promiseFault(condition.promise, input.promisedAt, now, permittedUntil)
  if (fault) throw pauseFail('pausePromise', { rule: 'suspension.promise', params: { fault }, until: toIso(permittedUntil), fields: [{ path: 'promisedAt', message: fault }] })
  const asked = await ask(ctx, suspension, order, {
    assignment, unit: { id: assignment.unit_id, name: assignment.unit_name }, reason: input.reason, reasonClass: condition.name, fileIds: input.fileIds,
    data: { condition: condition.name, permittedDays: condition.permitted_days, ...(input.promisedAt === undefined ? {} : { promisedAt: toIso(input.promisedAt) }) }, variables: { days: condition.permitted_days },
  })
  return assignmentAnswer(asked.order, assignment.id, assignment.state)
}

function promiseFault(rule: string, promisedAt: number | undefined, now: number, until: number): string | null {
  if (promisedAt === undefined) return rule === 'required' ? '该情形须填写承诺完成日期' : null
  if (rule === 'none') return '该情形不设承诺日期'
  if (promisedAt <= now) return '承诺日期必须晚于现在'
  return promisedAt > until ? '承诺日期不能超过该情形允许的时长' : null
}

export const suspension: AskKind = {
  kind: 'suspension', name: '挂起', flow: 'orders.suspension',
  async decided(ctx, { order, all, request, approved, opinion }) {
    const assignment = all.find((a) => a.id === request.assignment_id)
    // What was done or taken away meanwhile is not stopped any more.
    if (!approved || !assignment || !isOpenAssignment(assignment.state) || overFor(order)) return
    const data = dataOf(request)
    const now = ctx.clock.now()
    const days = typeof data['permittedDays'] === 'number' ? data['permittedDays'] : 0
    const until = addDuration(await calendarOf(ctx), now, { amount: days, unit: 'workingDays' })
    const promised = typeof data['promisedAt'] === 'string' ? parseIso(data['promisedAt']) : null
    const condition = typeof data['condition'] === 'string' ? data['condition'] : ''
    await db(ctx).insertInto('order_pause').values({
      tenant_id: ctx.tenantId, id: newId(), order_id: order.id, assignment_id: assignment.id, unit_id: assignment.unit_id, unit_name: assignment.unit_name, request_id: request.id, condition_name: condition, round: request.round, state: 'active',
      started_at: ts(now), permitted_until_at: ts(until), promised_at: promised === null ? null : ts(later(promised, now)), promiser_id: request.applicant_id, promiser_name: request.applicant_name,
    }).execute()
    await pauseClocks(ctx, all, assignment.id, `挂起获批：${condition}${opinion ? `（${opinion}）` : ''}`)
    // The requester is told that his matter waits, and why; never the words between offices.
    await record(ctx, order, { act: 'suspended', assignmentId: assignment.id, unit: { id: assignment.unit_id, name: assignment.unit_name }, text: `因${condition}，办理暂缓`, data: { condition, until: toIso(until), ...(promised === null ? {} : { promisedAt: data['promisedAt'] }) }, visibility: 'public' })
    await tellRequester(ctx, order, 'requesterPaused', { condition })
    return { flags: withFlag(order, 'suspended') }
  },
}

export async function requestResumption(ctx: Ctx, input: Input<typeof contract.requestResumptionRoute>) {
  const { order, assignment } = await holdAssignment(ctx, input.id)
  requireUnit(ctx, assignment, 'orders.handle', '申请续办')
  const pause = await requireActive(ctx, assignment.id)
  const asked = await ask(ctx, resumption, order, { assignment, unit: { id: assignment.unit_id, name: assignment.unit_name }, reason: input.reason, fileIds: input.fileIds, data: { pauseId: pause.id } })
  return assignmentAnswer(asked.order, assignment.id, assignment.state)
}

export const resumption: AskKind = {
  kind: 'resumption', name: '续办', flow: 'orders.resumption',
  async decided(ctx, { order, all, request, approved, opinion }) {
    const pause = request.assignment_id ? await activePause(ctx, request.assignment_id) : undefined
    if (!approved || !pause || !isOpen(order.state)) return
    await endPause(ctx, order, all, pause, 'resumed', opinion ? `${request.reason}（${opinion}）` : request.reason)
    return afterPause(ctx, order)
  },
}

/** The promiser tells that he keeps his date, or that he cannot: then the work goes on at once. */
export async function confirmPromise(ctx: Ctx, input: Input<typeof contract.confirmPromiseRoute>) {
  const { order, assignment, all } = await holdAssignment(ctx, input.id)
  requireUnit(ctx, assignment, 'orders.handle', '确认承诺')
  const pause = await requireActive(ctx, assignment.id)
  if (pause.promised_at === null) throw pauseFail('pauseNoPromise', { rule: 'suspension.promise' })
  if (!input.onTrack) {
    await endPause(ctx, order, all, pause, 'notOnTrack', input.progress)
    return assignmentAnswer(await saveOrder(ctx, order, await afterPause(ctx, order)), assignment.id, assignment.state)
  }
  await db(ctx).updateTable('order_pause').set({ confirmed_at: ts(ctx.clock.now()), confirmed_by_name: ctx.actor.name, progress: input.progress }).where('tenant_id', '=', ctx.tenantId).where('id', '=', pause.id).execute()
  await record(ctx, order, { act: 'confirmPromise', assignmentId: assignment.id, text: input.progress, data: { promisedAt: toIso(pause.promised_at) }, visibility: 'unitLine' })
  return assignmentAnswer(await saveOrder(ctx, order, {}), assignment.id, assignment.state)
}

/** A confirmed promise that needs another date: approved like the first one. */
export async function requestPromise(ctx: Ctx, input: Input<typeof contract.requestPromiseRoute>) {
  const { order, assignment } = await holdAssignment(ctx, input.id)
  requireUnit(ctx, assignment, 'orders.handle', '申请新的承诺日期')
  const pause = await requireActive(ctx, assignment.id)
  if (pause.promised_at === null) throw pauseFail('pauseNoPromise', { rule: 'suspension.promise' })
  const fault = input.promisedAt <= later(pause.promised_at, ctx.clock.now()) ? '新的承诺日期必须晚于原日期和现在' : null
  if (fault) throw pauseFail('pausePromise', { rule: 'suspension.promise', params: { fault }, fields: [{ path: 'promisedAt', message: fault }] })
  const asked = await ask(ctx, promise, order, { assignment, unit: { id: assignment.unit_id, name: assignment.unit_name }, reason: input.reason, fileIds: input.fileIds, oldDueAt: pause.promised_at, newDueAt: input.promisedAt, data: { pauseId: pause.id } })
  return assignmentAnswer(asked.order, assignment.id, assignment.state)
}

export const promise: AskKind = {
  kind: 'promise', name: '承诺变更', flow: 'orders.promise',
  async decided(ctx, { request, approved }) {
    const pause = request.assignment_id ? await activePause(ctx, request.assignment_id) : undefined
    if (!approved || !pause || request.new_due_at === null) return
    await db(ctx).updateTable('order_pause').set({ promised_at: ts(request.new_due_at), permitted_until_at: ts(later(pause.permitted_until_at, request.new_due_at)), confirmed_at: null, confirmed_by_name: null, warned: [] }).where('tenant_id', '=', ctx.tenantId).where('id', '=', pause.id).execute()
  },
}

async function requireActive(ctx: Ctx, assignmentId: string): Promise<PauseRow> {
  const pause = await activePause(ctx, assignmentId)
  if (!pause) throw pauseFail('pauseNotActive', { rule: 'orders.paused' })
  return pause
}
