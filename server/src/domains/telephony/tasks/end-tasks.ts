// How dial tasks change and end: by their call, by hand, by what forbids them. Whoever placed one is told.
import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { instant, MINUTE, plus } from '../../../kernel/time/index.ts'
import { contactMaxAttempts, readOrderRow, record } from '../../orders/index.ts'
import { notify, setting } from '../../platform/index.ts'
import { dialTaskEnded } from '../events.ts'
import { dialRetryMinutes } from '../settings.ts'
import type { TelephonyTables } from '../tables.gen.ts'
import { db } from '../telephony.queries.ts'
import { afterAttempt, resultOf } from './dial-task.ts'
import { answersOf, variablesOf } from './robot-answers.ts'

type TaskRow = Selectable<TelephonyTables['telephony_dial_task']>

/** The call of a task has ended. Told by the projection of calls, in its transaction; twice changes nothing. */
export async function dialTaskCallEnded(ctx: Ctx, end: { callId: string; cause: string; answered: boolean; at: number; context: Record<string, string> }): Promise<void> {
  const now = instant(end.at)
  const named = end.context['dialTaskId']
  // First the task: whoever dialled it may still be writing the attempt down.
  const locked = named && /^[0-9a-f-]{36}$/.test(named) ? await db(ctx).selectFrom('telephony_dial_task').select('id').where('tenant_id', '=', ctx.tenantId).where('id', '=', named).forUpdate().executeTakeFirst() : undefined
  const attempt = await db(ctx).selectFrom('telephony_dial_attempt').select(['id', 'task_id', 'result']).where('tenant_id', '=', ctx.tenantId).where('call_id', '=', end.callId).executeTakeFirst()
  if (!attempt || attempt.result !== null) return
  const how = resultOf(end.cause, end.answered)
  await db(ctx).updateTable('telephony_dial_attempt').set({ ...how, ended_at: ts(now) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', attempt.id).execute()
  const row = await db(ctx).selectFrom('telephony_dial_task').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', locked?.id ?? attempt.task_id).forUpdate().executeTakeFirst()
  if (row?.state !== 'dialling') return
  const next = afterAttempt(how, row.attempts, await setting(ctx, contactMaxAttempts))
  if (next.state === 'waiting') return saveTask(ctx, row.id, { state: 'waiting', attempts: next.attempts, due_at: ts(plus(now, (await setting(ctx, dialRetryMinutes)) * MINUTE)), agent_id: null, agent_name: null })
  const answers = row.robot_flow === null || !end.answered ? null : answersOf(end.context, variablesOf(row.robot_variables))
  await endTask(ctx, { ...row, attempts: next.attempts }, next.state, how.reason === 'wrongNumber' ? '号码有误' : null, { callId: end.callId, answers })
  if (how.reason === 'wrongNumber') await askToCheck(ctx, row, '空号或错号')
}

export async function saveTask(ctx: Ctx, id: string, change: object): Promise<void> {
  await db(ctx).updateTable('telephony_dial_task').set((eb) => ({ ...change, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
  ctx.signal('telephony.dialTasks')
}

export async function endTask(ctx: Ctx, row: TaskRow, state: 'reached' | 'notReached' | 'skipped' | 'cancelled', reason: string | null, by: { callId: string | null; answers: Record<string, string> | null } = { callId: null, answers: null }): Promise<void> {
  await saveTask(ctx, row.id, { state, reason, attempts: row.attempts, finished_at: ts(ctx.clock.now()), claimed_until_at: null, ...(by.answers === null ? {} : { answers: json(by.answers) }) })
  ctx.publish(dialTaskEnded({ taskId: row.id, origin: row.origin, originId: row.origin_id, outcome: state, reason, attempts: row.attempts, callId: by.callId, answers: by.answers }))
}

/** A wrong number is the order's matter: on its timeline, and told to those who check orders. */
export async function askToCheck(ctx: Ctx, row: TaskRow, detail: string): Promise<void> {
  if (row.order_id === null) return
  const orderRow = await readOrderRow(ctx, row.order_id)
  await record(ctx, orderRow, { act: 'wrongNumber', text: `联系号码 ${row.phone_mask} 有误，需核实：${detail}`, data: { dialTaskId: row.id }, visibility: 'staff' })
  await notify(ctx, { type: 'telephony.wrongNumber', to: { permission: 'telephony.dialTasks' }, title: `工单 ${orderRow.number} 的联系号码有误，请核实`, text: detail, link: `/orders/${orderRow.number}`, objectType: 'order', objectId: orderRow.id, level: 'P3' })
}
