// Forms whose period is over, and SMS that never left.
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { applyCallback, lockOrder } from '../../orders/index.ts'
import { setting } from '../../platform/index.ts'
import { isOpenTask } from '../callback.ts'
import { db, lockTask, saveTask } from '../callback.queries.ts'
import { callbackCompleted } from '../events.ts'
import { consequences } from '../texts.zh-CN.ts'
import { closeForm } from './form.queries.ts'
import { afterPeriod, answerDays } from './form.settings.ts'

const AT_ONCE = 200

/** Cron. An unanswered form is "no answer": archived apart, or a person's turn (`callback.sms.afterPeriod`). */
export async function endForms(ctx: Ctx): Promise<void> {
  const now = ts(ctx.clock.now())
  const waiting = db(ctx).selectFrom('callback_form as f').where('f.tenant_id', '=', ctx.tenantId).where('f.state', '=', 'sent')
  const lost = await waiting.innerJoin('callback_sms_view as s', (join) => join.onRef('s.tenant_id', '=', 'f.tenant_id').onRef('s.id', '=', 'f.sms_id')).where('s.state', '=', 'failed').select(['f.task_id', 'f.order_id']).limit(AT_ONCE).execute()
  for (const one of lost) await toPerson(ctx, one, 'undelivered')
  const over = await waiting.where('f.expires_at', '<=', now).select(['f.task_id', 'f.order_id']).orderBy('f.expires_at').limit(AT_ONCE).execute()
  const archive = (await setting(ctx, afterPeriod)) === 'archive'
  for (const one of over) await (archive ? giveUp(ctx, one) : toPerson(ctx, one, 'expired'))
}

type Place = { task_id: string; order_id: string }

async function toPerson(ctx: Ctx, place: Place, state: 'undelivered' | 'expired'): Promise<void> {
  const task = await lockTask(ctx, place.task_id)
  await closeForm(ctx, task.id, state)
  if (isOpenTask(task.state)) await saveTask(ctx, task.id, { state: 'due', manner: 'person', due_at: ts(ctx.clock.now()) })
}

async function giveUp(ctx: Ctx, place: Place): Promise<void> {
  const order = await lockOrder(ctx, place.order_id)
  const task = await lockTask(ctx, place.task_id)
  await closeForm(ctx, task.id, 'expired')
  if (!isOpenTask(task.state)) return
  await saveTask(ctx, task.id, { state: 'givenUp', ended_because: 'formUnanswered', finished_at: ts(ctx.clock.now()), finished_by_name: ctx.actor.name })
  if (order.state === 'pendingCallback' && order.round === task.round) await applyCallback(ctx, order.id, { kind: 'notReached', text: consequences.formUnanswered(await setting(ctx, answerDays)), data: { taskId: task.id, because: 'formUnanswered' } })
  ctx.publish(callbackCompleted({ taskId: task.id, orderId: order.id, round: task.round, outcome: 'notReached' }))
}
