// A call that reached nobody: tried again after the interval, given up after the last attempt, never counted as satisfied (CBK-04).
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { HOUR, plus, toIso } from '../../kernel/time/index.ts'
import { applyCallback, lockOrder, record, type OrderRow } from '../orders/index.ts'
import { callbackFail } from './callback.errors.ts'
import { db, lockTask, orderOfTask, readTask, saveTask, type TaskRow } from './callback.queries.ts'
import type * as contract from './contract.ts'
import { callbackCompleted } from './events.ts'
import { requireHold } from './hold-callback.ts'
import { siblingsOf, triedSince } from './outbound/dial-callback.ts'
import { strategyFor } from './outbound/task-strategy.ts'
import { retryHours } from './settings.ts'
import { attemptResultNames, consequences } from './texts.zh-CN.ts'

export async function recordAttempt(ctx: Ctx, input: Input<typeof contract.recordAttemptRoute>) {
  authorize(ctx, 'callback.complete')
  const order = await lockOrder(ctx, await orderOfTask(ctx, input.id))
  const task = await lockTask(ctx, input.id)
  await requireHold(ctx, task)
  const now = ctx.clock.now()
  if (task.attempts > 0 && task.due_at > now) throw callbackFail('tooEarly', { rule: retryHours.key, until: toIso(task.due_at) })
  const last = await db(ctx).selectFrom('callback_attempt').select('at').where('tenant_id', '=', ctx.tenantId).where('task_id', '=', task.id).orderBy('number', 'desc').limit(1).executeTakeFirst()
  const callId = await triedSince(ctx, task, last?.at ?? task.created_at)
  // Otherwise three clicks would give up an order that nobody ever rang about.
  if (callId === null && !input.note && ctx.actor.kind === 'user') throw callbackFail('attemptEvidence', { fields: [{ path: 'note', message: '请写明怎样联系、结果如何' }] })
  const answer = await attempt(ctx, order, task, input, callId)
  // One call about all of them: what else the agent holds of this requester was tried by it too.
  for (const sibling of await siblingsOf(ctx, task)) if (sibling.state === 'claimed' && sibling.assignee_id === ctx.actor.id) await attempt(ctx, await lockOrder(ctx, sibling.order_id), await lockTask(ctx, sibling.id), input, callId)
  return answer
}

async function attempt(ctx: Ctx, order: OrderRow, task: TaskRow, input: Input<typeof contract.recordAttemptRoute>, callId: string | null) {
  const now = ctx.clock.now()
  const attempts = task.attempts + 1
  const { attempts: max, intervalHours } = await strategyFor(ctx, task)
  await db(ctx).insertInto('callback_attempt').values({
    tenant_id: ctx.tenantId, id: newId(), task_id: task.id, order_id: order.id, number: attempts, at: ts(now), by_kind: 'person', actor_id: ctx.actor.id, actor_name: ctx.actor.name, result: input.result, note: input.note ?? null, call_id: callId,
  }).execute()
  const text = `回访未接通（${attemptResultNames[input.result]}），第 ${attempts} 次${input.note ? `：${input.note}` : ''}`
  await record(ctx, order, { act: 'callbackAttempt', text, data: { taskId: task.id, result: input.result, number: attempts, ...(callId ? { callId } : {}) }, visibility: 'staff' })
  if (attempts < max) {
    const retryAt = plus(now, intervalHours * HOUR)
    await saveTask(ctx, task.id, { state: 'waiting', attempts, due_at: ts(retryAt), claimed_until_at: null, ...(task.assigned ? {} : { assignee_id: null, assignee_name: null }) })
    return { task: await readTask(ctx, task.id), givenUp: false, consequence: consequences.retry(attempts, max), retryAt }
  }
  const consequence = consequences.givenUp(attempts)
  await saveTask(ctx, task.id, { state: 'givenUp', ended_because: 'notReached', attempts, claimed_until_at: null, finished_at: ts(now), finished_by_name: ctx.actor.name })
  if (order.state === 'pendingCallback' && order.round === task.round) await applyCallback(ctx, order.id, { kind: 'notReached', text: consequence, data: { taskId: task.id, attempts } })
  ctx.publish(callbackCompleted({ taskId: task.id, orderId: order.id, round: task.round, outcome: 'notReached' }))
  return { task: await readTask(ctx, task.id), givenUp: true, consequence, retryAt: null }
}
