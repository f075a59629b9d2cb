// The agent dials from the task: one call about all that is open with the same requester; the call links itself to the answers.
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { dialOrder } from '../../telephony/index.ts'
import { openTaskStates } from '../callback.ts'
import { callbackFail } from '../callback.errors.ts'
import { db, lockTask, orderOfTask, readTask, type TaskRow } from '../callback.queries.ts'
import { claimCallback, requireHold } from '../hold-callback.ts'
import { notNow } from './may-contact.ts'
import { noteHours } from './task-strategy.ts'
import type * as contract from './outbound-contract.ts'

export async function dialCallback(ctx: Ctx, input: Input<typeof contract.dialCallback>): Promise<Output<typeof contract.dialCallback>> {
  authorize(ctx, 'callback.complete')
  const orderId = await orderOfTask(ctx, input.id)
  const task = await lockTask(ctx, input.id)
  await requireHold(ctx, task)
  const why = await notNow(ctx, task)
  if (why) throw callbackFail('notNow', { rule: why.rule, params: { why: why.reason }, ...(why.until ? { until: why.until } : {}) })
  if (task.assignee_id !== ctx.actor.id || task.state !== 'claimed') await claimCallback(ctx, { id: task.id })
  const { callId, shown } = await dialOrder(ctx, { orderId })
  await noteHours(ctx, task)
  return { callId, shown, task: await readTask(ctx, task.id) }
}

/** Open tasks of the same requester, the task itself left out. */
export async function siblingsOf(ctx: Ctx, task: Pick<TaskRow, 'id' | 'phone_hash'>): Promise<TaskRow[]> {
  if (task.phone_hash === null) return []
  return (await db(ctx).selectFrom('callback_task').selectAll().where('tenant_id', '=', ctx.tenantId).where('phone_hash', '=', task.phone_hash).where('id', '<>', task.id).where('state', 'in', openTaskStates).orderBy('created_at').orderBy('id').limit(20).execute()) as TaskRow[]
}

/** The call the agent made about this requester since the task exists; null: none, or one that reached nobody. */
export async function callOf(ctx: Ctx, task: TaskRow): Promise<string | null> {
  const orders = [task.order_id, ...(task.phone_hash === null ? [] : (await db(ctx).selectFrom('callback_task').select('order_id').where('tenant_id', '=', ctx.tenantId).where('phone_hash', '=', task.phone_hash).execute()).map((one) => one.order_id))]
  return callTo(ctx, orders, task.created_at)
}

/** The actor's latest call about this requester since a moment, whatever came of it: what an attempt that reached nobody rests on. */
export async function triedSince(ctx: Ctx, task: TaskRow, since: Instant): Promise<string | null> {
  const orders = [task.order_id, ...(await siblingsOf(ctx, task)).map((one) => one.order_id)]
  const call = await db(ctx).selectFrom('callback_call_view').select('call_id').where('tenant_id', '=', ctx.tenantId).where('order_id', 'in', [...new Set(orders)]).where('user_id', '=', ctx.actor.id).where('call_at', '>=', ts(since)).orderBy('call_at', 'desc').limit(1).executeTakeFirst()
  return call?.call_id ?? null
}

/** The actor's latest call about one of the orders since a moment; null: none, or one that reached nobody. */
export async function callTo(ctx: Ctx, orders: readonly string[], since: Instant): Promise<string | null> {
  const call = await db(ctx).selectFrom('callback_call_view').select(['call_id', 'answered_at', 'ended_at']).where('tenant_id', '=', ctx.tenantId).where('order_id', 'in', [...new Set(orders)]).where('user_id', '=', ctx.actor.id).where('call_at', '>=', ts(since)).orderBy('call_at', 'desc').limit(1).executeTakeFirst()
  // While it lasts, and until its end is told, the agent's word stands; a call that ended unanswered is none.
  return call && !(call.ended_at !== null && call.answered_at === null) ? call.call_id : null
}
