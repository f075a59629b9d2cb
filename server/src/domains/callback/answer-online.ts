// The requester answers by himself on the portal before anybody has called: his words take the place of the callback (CBK-03, CBK-12).
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { newId } from '../../kernel/runtime.ts'
import type { RequesterAnswer } from '../intake/index.ts'
import { applyCallback, lockOrder, wayAfterDissatisfaction } from '../orders/index.ts'
import { outcomeOf, stated, type Statement } from './callback.ts'
import { db, lockTask, saveTask } from './callback.queries.ts'
import { callbackCompleted } from './events.ts'
import { statementsOf } from './read-results.ts'
import { scheduleCallback } from './schedule-callback.ts'
import { consequences } from './texts.zh-CN.ts'

/** Answers the port `answerByRequester` of intake: ends the task of this round and moves the order. True when it goes back to its unit. */
export async function answerOnline(ctx: Ctx, answer: RequesterAnswer): Promise<boolean> {
  const order = await lockOrder(ctx, answer.orderId)
  // The event that makes the task may still be on its way.
  await scheduleCallback(ctx, { orderId: order.id, round: order.round, callbackOwed: true })
  const { id } = await db(ctx).selectFrom('callback_task').select('id').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where('round', '=', order.round).executeTakeFirstOrThrow()
  const task = await lockTask(ctx, id)
  // 部分解决 is no explicit "no": it leads to no redo and counts as not stated (decision 6).
  const solved: Statement = answer.solved === 'partly' ? 'notStated' : answer.solved
  const outcome = outcomeOf({ solved, satisfied: answer.satisfied, attributable: true })
  const units = await statementsOf(ctx, order.id, task.round)
  const unitNames = [...new Set(units.map((u) => u.unitName))].join('、') || (order.lead_unit_name ?? '承办单位')
  const consequence = outcome === 'dissatisfied' ? consequences.dissatisfied(answer.satisfied === 'no' ? '不满意' : '未解决', await wayAfterDissatisfaction(ctx, order), unitNames, order.round + 1) : consequences[outcome]
  const resultId = newId()
  await db(ctx)
    .insertInto('callback_result')
    .values({
      tenant_id: ctx.tenantId, id: resultId, task_id: task.id, order_id: order.id, round: task.round, at: ts(ctx.clock.now()), by_kind: 'online', actor_id: null, actor_name: ctx.actor.name, way: 'otherWay', way_note: '门户评价',
      contacted: 'notStated', solved, satisfied: answer.satisfied, grade: null, reasons: answer.reasons, opinion: answer.text, suggestion: null, attributable: true, not_attributable_reason: null, outcome, consequence,
      unit_id: order.lead_unit_id, unit_name: order.lead_unit_name, unit_contacted: stated(units.map((u) => u.contacted)), unit_solved: stated(units.map((u) => u.solved)), unit_satisfied: stated(units.map((u) => u.satisfied)),
    })
    .execute()
  await saveTask(ctx, task.id, { state: 'done', claimed_until_at: null, finished_at: ts(ctx.clock.now()), finished_by_name: ctx.actor.name })
  const data = { taskId: task.id, resultId, solved, satisfied: answer.satisfied, stars: answer.stars, reasons: answer.reasons, opinion: answer.text, way: '门户评价' }
  const words = [...answer.reasons, ...(answer.text ? [answer.text] : [])].join('；')
  await applyCallback(ctx, order.id, outcome === 'dissatisfied' ? { kind: outcome, reason: words || '诉求人评价不满意', data } : { kind: outcome, text: consequence, data })
  ctx.publish(callbackCompleted({ taskId: task.id, orderId: order.id, round: task.round, outcome }))
  return outcome === 'dissatisfied'
}
