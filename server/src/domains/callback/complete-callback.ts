// The answers of a requester and what follows from them (CBK-03): archived, counted apart, or back to the same unit.
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import type { FieldError } from '../../kernel/errors.ts'
import type { Input } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { applyCallback, callbackTerms, lockOrder, stateNames, wayAfterDissatisfaction, type OrderRow } from '../orders/index.ts'
import { setting } from '../platform/index.ts'
import { outcomeOf, stated, type Outcome } from './callback.ts'
import { callbackFail } from './callback.errors.ts'
import { db, lockTask, orderOfTask, readTask, saveTask, type ResultRow, type TaskRow } from './callback.queries.ts'
import type * as contract from './contract.ts'
import { callbackCompleted } from './events.ts'
import { requireHold } from './hold-callback.ts'
import { resultView, statementsOf } from './read-results.ts'
import { satisfactionScale } from './settings.ts'
import { consequences } from './texts.zh-CN.ts'

type Answers = Input<typeof contract.completeCallbackRoute>

export async function completeCallback(ctx: Ctx, input: Answers) {
  authorize(ctx, 'callback.complete')
  const order = await lockOrder(ctx, await orderOfTask(ctx, input.id))
  const task = await lockTask(ctx, input.id)
  await requireHold(ctx, task)
  await check(ctx, order, input)
  const outcome = outcomeOf(input)
  const units = await statementsOf(ctx, order.id, task.round)
  const unitNames = units.length > 0 ? [...new Set(units.map((u) => u.unitName))].join('、') : (order.lead_unit_name ?? '承办单位')
  const consequence = outcome === 'dissatisfied' ? consequences.dissatisfied(input.satisfied === 'no' ? '不满意' : '未解决', await wayAfterDissatisfaction(ctx, order), unitNames, order.round + 1) : consequences[outcome]
  const result = await store(ctx, order, task, input, { outcome, consequence, units })
  const now = ctx.clock.now()
  await saveTask(ctx, task.id, { state: 'done', assignee_id: ctx.actor.id, assignee_name: ctx.actor.name, claimed_until_at: null, finished_at: ts(now), finished_by_name: ctx.actor.name })
  const data = { taskId: task.id, resultId: result.id, contacted: input.contacted, solved: input.solved, satisfied: input.satisfied, grade: input.grade ?? null, reasons: input.reasons, opinion: input.opinion ?? null, suggestion: input.suggestion ?? null, items: input.items, way: input.way, wayNote: input.wayNote ?? null }
  const saved = await applyCallback(ctx, order.id, outcome === 'dissatisfied' ? { kind: outcome, reason: reasonOf(input), data } : { kind: outcome, text: textOf(input, outcome, consequence), data })
  ctx.publish(callbackCompleted({ taskId: task.id, orderId: order.id, round: task.round, outcome }))
  return { task: await readTask(ctx, task.id), result: await resultView(ctx, result), orderState: saved.state, orderStateName: stateNames[saved.state], consequence }
}

/** Nothing is stored before all of it is right. */
async function check(ctx: Ctx, order: OrderRow, input: Answers): Promise<void> {
  // Until calls can be made from the page, another way has to be named (decision 6).
  if (input.way !== 'otherWay' || !input.wayNote) throw callbackFail('wayMissing', { rule: 'callback.way', fields: [{ path: 'wayNote', message: '请注明以什么方式联系了诉求人' }] })
  if (input.grade) {
    const grade = (await setting(ctx, satisfactionScale)).find((g) => g.code === input.grade)
    if (!grade || grade.satisfied !== input.satisfied) throw callbackFail('gradeMismatch', { rule: satisfactionScale.key, fields: [{ path: 'grade', message: grade ? '与“是否满意”的选择不一致' : '没有这个等级' }] })
  }
  if (input.items.length > 0) {
    const asked = (await callbackTerms(ctx, order))?.items ?? []
    const grades = new Set((await setting(ctx, satisfactionScale)).map((g) => g.code))
    const wrong = input.items.findIndex((item, i) => !asked.includes(item.name) || !grades.has(item.grade) || input.items.findIndex((one) => one.name === item.name) !== i)
    if (wrong >= 0) throw callbackFail('itemUnknown', { rule: 'callback.items', fields: [{ path: `items.${wrong}`, message: '没有这个评价项目或等级' }] })
  }
  const dissatisfied = input.solved === 'no' || input.satisfied === 'no'
  const fields: FieldError[] = []
  if (dissatisfied && input.reasons.length === 0 && !input.opinion) fields.push({ path: 'reasons', message: '请选择原因或记录诉求人的意见' })
  if (!input.attributable && !dissatisfied) fields.push({ path: 'attributable', message: '仅在未解决或不满意时可认定非单位责任' })
  if (!input.attributable && !input.notAttributableReason) fields.push({ path: 'notAttributableReason', message: '请说明为什么不属于单位责任' })
  if (fields.length > 0) throw callbackFail('reasonMissing', { rule: 'callback.reason', fields })
}

const reasonOf = (input: Answers): string => [...input.reasons, ...(input.opinion ? [input.opinion] : [])].join('；')
const textOf = (input: Answers, outcome: Outcome, consequence: string): string => (outcome === 'notAttributable' ? `${consequence}：${input.notAttributableReason ?? ''}` : [consequence, input.opinion].filter(Boolean).join('；'))

type Told = { outcome: Outcome; consequence: string; units: Awaited<ReturnType<typeof statementsOf>> }

async function store(ctx: Ctx, order: OrderRow, task: TaskRow, input: Answers, told: Told): Promise<ResultRow> {
  const row = await db(ctx)
    .insertInto('callback_result')
    .values({
      tenant_id: ctx.tenantId, id: newId(), task_id: task.id, order_id: order.id, round: task.round, at: ts(ctx.clock.now()), by_kind: 'person', actor_id: ctx.actor.id, actor_name: ctx.actor.name, way: input.way, way_note: input.wayNote ?? null,
      contacted: input.contacted, solved: input.solved, satisfied: input.satisfied, grade: input.grade ?? null, reasons: input.reasons, opinion: input.opinion ?? null, suggestion: input.suggestion ?? null, attributable: input.attributable,
      not_attributable_reason: input.notAttributableReason ?? null, outcome: told.outcome, consequence: told.consequence, unit_id: order.lead_unit_id, unit_name: order.lead_unit_name, items: json(input.items),
      unit_contacted: stated(told.units.map((u) => u.contacted)), unit_solved: stated(told.units.map((u) => u.solved)), unit_satisfied: stated(told.units.map((u) => u.satisfied)),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return row as ResultRow
}
