// The answers of a requester and what follows from them (CBK-03): archived, counted apart, or back to the same unit.
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import type { FieldError } from '../../kernel/errors.ts'
import type { Input } from '../../kernel/http/route.ts'
import { callbackTerms, lockOrder, stateNames, type OrderRow } from '../orders/index.ts'
import { setting } from '../platform/index.ts'
import { callbackFail } from './callback.errors.ts'
import { lockTask, orderOfTask, readTask } from './callback.queries.ts'
import { callOf } from './outbound/dial-callback.ts'
import { conclude } from './conclude-callback.ts'
import type * as contract from './contract.ts'
import { requireHold } from './hold-callback.ts'
import { resultView } from './read-results.ts'
import { satisfactionScale } from './settings.ts'

type Answers = Input<typeof contract.completeCallbackRoute>

export async function completeCallback(ctx: Ctx, input: Answers) {
  authorize(ctx, 'callback.complete')
  const order = await lockOrder(ctx, await orderOfTask(ctx, input.id))
  const task = await lockTask(ctx, input.id)
  await requireHold(ctx, task)
  const callId = input.way === 'call' ? await callOf(ctx, task) : null
  await check(ctx, order, input, callId)
  const { result, order: saved, consequence } = await conclude(ctx, order, task, input, { kind: 'person', actorId: ctx.actor.id, actorName: ctx.actor.name, way: input.way, wayNote: input.wayNote, callId })
  return { task: await readTask(ctx, task.id), result: await resultView(ctx, result), orderState: saved.state, orderStateName: stateNames[saved.state], consequence }
}

/** Nothing is stored before all of it is right. */
async function check(ctx: Ctx, order: OrderRow, input: Answers, callId: string | null): Promise<void> {
  // Either a call from the page that reached somebody, or another way that is named.
  if (input.way === 'call' ? callId === null : !input.wayNote) throw callbackFail('wayMissing', { rule: 'callback.way', fields: [{ path: 'wayNote', message: '请注明以什么方式联系了诉求人' }] })
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
