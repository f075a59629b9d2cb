// Working dial tasks: taken one by one, dialled through the platform, ended by what the call was.
import { sql } from 'kysely'
import { authorize, userId } from '../../../kernel/access.ts'
import { isTelephone, maskPhone, normalisePhone } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { instant, localDate, MINUTE, plus, startOfDay } from '../../../kernel/time/index.ts'
import { readOrderRow } from '../../orders/index.ts'
import { setting, tenantById } from '../../platform/index.ts'
import { linkCall } from '../calls/link-orders.ts'
import { order } from '../engine/exchange.ts'
import { toExchange } from '../numbers.ts'
import { dailyLimit, dialClaimMinutes, dialSkills, outboundWindows } from '../settings.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db, phoneColumns, plainNumber } from '../telephony.queries.ts'
import { businesses, openTask, type Business } from './dial-task.ts'
import { askToCheck, endTask, saveTask } from './end-tasks.ts'
import { whyNot } from './place-tasks.ts'
import { inWindow, readTask, taskView, type TaskRow } from './read-tasks.ts'
import type * as contract from './task-contract.ts'

/** The next task for the actor: of a business that he is qualified for, by priority and age. Above the daily limit he is given only what others have left for long. */
export async function nextDialTask(ctx: Ctx, input: Input<typeof contract.nextDialTask>) {
  authorize(ctx, 'telephony.dial')
  const me = userId(ctx)
  const held = await db(ctx).selectFrom('telephony_dial_task').select('id').where('tenant_id', '=', ctx.tenantId).where('agent_id', '=', me).where('state', 'in', ['claimed', 'dialling']).orderBy('claimed_until_at').executeTakeFirst()
  if (held) return { task: await taskView(ctx, held.id), reason: null }
  const able = (await qualified(ctx, me)).filter((one) => input.business === undefined || one === input.business)
  if (able.length === 0) return { task: null, reason: '您没有该业务要求的技能' }
  if (!(await inWindow(ctx))) return { task: null, reason: '当前不在外呼时段' }
  const now = ctx.clock.now()
  const over = (await connectedToday(ctx, me)) >= (await setting(ctx, dailyLimit))
  const { rows } = await sql<{ id: string }>`select id from telephony_dial_task where tenant_id = ${ctx.tenantId} and state = 'waiting' and robot_flow is null and business = any(${able}) and due_at <= ${ts(over ? plus(now, -10 * MINUTE) : now)} order by priority, due_at, id limit 1 for update skip locked`.execute(ctx.db())
  const found = rows[0]
  if (!found) return { task: null, reason: over ? '今日接通已达上限，暂无积压任务' : '没有待拨打的任务' }
  await saveTask(ctx, found.id, { state: 'claimed', agent_id: me, agent_name: ctx.actor.name, claimed_until_at: ts(plus(now, (await setting(ctx, dialClaimMinutes)) * MINUTE)) })
  return { task: await taskView(ctx, found.id), reason: null }
}

async function qualified(ctx: Ctx, me: string): Promise<Business[]> {
  const needs = await setting(ctx, dialSkills)
  const own = new Set((await db(ctx).selectFrom('telephony_agent_skill as a').innerJoin('telephony_skill as s', (j) => j.onRef('s.tenant_id', '=', 'a.tenant_id').onRef('s.id', '=', 'a.skill_id')).select('s.code').where('a.tenant_id', '=', ctx.tenantId).where('a.user_id', '=', me).execute()).map((row) => row.code))
  return businesses.filter((one) => { const need = needs[one]; return need === undefined || own.has(need) })
}

async function connectedToday(ctx: Ctx, me: string): Promise<number> {
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from telephony_dial_attempt where tenant_id = ${ctx.tenantId} and agent_id = ${me} and result = 'connected' and at >= ${ts(startOfDay(localDate(ctx.clock.now(), timeZone), timeZone))}`.execute(ctx.db())
  return rows[0]?.n ?? 0
}

/** Dials a task in hand. Checked once more: what was barred since is skipped, not dialled. */
export async function dialTask(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'telephony.dial')
  const row = await inHand(ctx, input.id, ['claimed'])
  if (!(await inWindow(ctx))) throw telephonyFail('outsideWindow', { rule: outboundWindows.key })
  const number = plainNumber(ctx, row.phone_enc)
  const reason = await whyNot(ctx, number)
  if (reason !== null) {
    await endTask(ctx, row, 'skipped', reason)
    return { task: await taskView(ctx, row.id), callId: null, shown: maskPhone(number) }
  }
  const context = { dialTaskId: row.id, unitId: ctx.actor.unitIds[0] ?? '', ...(row.order_id ? { orderId: row.order_id } : {}) }
  const callId = String((await order(ctx.tenantId, null, { kind: 'dial', agent: userId(ctx), to: { kind: 'number', number: toExchange(number) }, displayed: null, context }))['callId'] ?? '')
  if (!/^[0-9a-f-]{36}$/.test(callId)) throw telephonyFail('exchangeDown')
  const now = ctx.clock.now()
  await db(ctx).insertInto('telephony_dial_attempt').values({ tenant_id: ctx.tenantId, id: newId(), task_id: row.id, call_id: callId, at: ts(now), agent_id: userId(ctx), agent_name: ctx.actor.name }).execute()
  await saveTask(ctx, row.id, { state: 'dialling', claimed_until_at: null })
  if (row.order_id) await linkCall(ctx, { id: callId, started_at: instant(Number.parseInt(callId.replaceAll('-', '').slice(0, 12), 16)) }, { orderId: row.order_id, kind: 'dialled', step: (await readOrderRow(ctx, row.order_id)).state })
  ctx.audit({ module: 'telephony', act: 'dialTask', objectType: 'dialTask', objectId: row.id, text: maskPhone(number) })
  return { task: await taskView(ctx, row.id), callId, shown: maskPhone(number) }
}

export async function releaseDialTask(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'telephony.dial')
  const row = await inHand(ctx, input.id, ['claimed'])
  await saveTask(ctx, row.id, { state: 'waiting', agent_id: null, agent_name: null, claimed_until_at: null })
  return taskView(ctx, row.id)
}

/** Somebody else answered, or the number is none: the order is checked; with a corrected number the task begins anew. */
export async function wrongNumber(ctx: Ctx, input: Input<typeof contract.wrongNumber>) {
  authorize(ctx, 'telephony.dial')
  const row = await readTask(ctx, input.id)
  if (row.agent_id !== userId(ctx)) throw telephonyFail('notYourTask')
  if (row.state === 'waiting' || row.state === 'dialling' || row.state === 'cancelled' || row.state === 'skipped') throw telephonyFail('wrongTaskState')
  if (input.corrected !== undefined) {
    const number = normalisePhone(input.corrected)
    if (!isTelephone(number)) throw kernelErrors('invalid', { fields: [{ path: 'corrected', message: '号码格式不正确' }] })
    const { phone_enc, phone_hash, phone_mask } = phoneColumns(ctx, number)
    await saveTask(ctx, row.id, { state: 'claimed', attempts: 0, reason: null, finished_at: null, phone_enc, phone_hash, phone_mask, claimed_until_at: ts(plus(ctx.clock.now(), (await setting(ctx, dialClaimMinutes)) * MINUTE)) })
    await askToCheck(ctx, row, `已改拨 ${phone_mask}${input.note ? `：${input.note}` : ''}`)
    return taskView(ctx, row.id)
  }
  await db(ctx).updateTable('telephony_dial_attempt').set({ result: 'notConnected', reason: 'wrongNumber' }).where('tenant_id', '=', ctx.tenantId).where('task_id', '=', row.id).where('result', '=', 'connected').execute()
  await endTask(ctx, row, 'notReached', '号码有误')
  await askToCheck(ctx, row, input.note ?? '接听的不是本人')
  return taskView(ctx, row.id)
}

export async function changeDialTask(ctx: Ctx, input: Input<typeof contract.changeDialTask>) {
  authorize(ctx, 'telephony.dialTasks')
  const row = await readTask(ctx, input.id)
  if (row.version !== input.version) throw kernelErrors('conflict', { current: { version: row.version } })
  if (!openTask(row.state) || (input.cancel !== undefined && row.state === 'dialling')) throw telephonyFail('wrongTaskState')
  if (input.cancel !== undefined) await endTask(ctx, row, 'cancelled', input.cancel)
  else if (input.priority !== undefined) await saveTask(ctx, row.id, { priority: input.priority })
  return taskView(ctx, row.id)
}

/** Tasks that were taken and forgotten go back; a call that never told its end (exchange lost) does not hold its task for ever. */
export async function returnForgottenTasks(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  await db(ctx).updateTable('telephony_dial_task').set((eb) => ({ state: 'waiting', agent_id: null, agent_name: null, claimed_until_at: null, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('state', '=', 'claimed').where('claimed_until_at', '<', ts(now)).execute()
}

async function inHand(ctx: Ctx, id: string, states: string[]): Promise<TaskRow> {
  const row = await readTask(ctx, id)
  if (row.agent_id !== userId(ctx)) throw telephonyFail('notYourTask')
  if (!states.includes(row.state)) throw telephonyFail('wrongTaskState')
  return row
}
