// Robot callbacks: tasks whose time has come are placed at the telephone; what was keyed in becomes the answers, what is unclear a person's task.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { HOUR, plus } from '../../../kernel/time/index.ts'
import { applyCallback, lockOrder, plainPhone, readOrderRow, record, shownName, type OrderRow } from '../../orders/index.ts'
import { setting, tenantById } from '../../platform/index.ts'
import { cancelDialTasks, keepFlow, placeDialTask } from '../../telephony/index.ts'
import { isOpenTask } from '../callback.ts'
import { db, lockTask, saveTask, type TaskRow } from '../callback.queries.ts'
import { conclude } from '../conclude-callback.ts'
import { callbackCompleted } from '../events.ts'
import { notNow } from '../outbound/may-contact.ts'
import { siblingsOf } from '../outbound/dial-callback.ts'
import { robotAfter, robotFlow, robotOn } from '../outbound/outbound.settings.ts'
import { keyedAnswers } from '../outbound/strategy.ts'
import { noteHours, strategyFor } from '../outbound/task-strategy.ts'
import { satisfactionScale } from '../settings.ts'
import { consequences } from '../texts.zh-CN.ts'
import { robotCallFlow } from './robot-flow.zh-CN.ts'

export const ROBOT = '回访机器人'
const AT_ONCE = 100

/** Cron: places what may be called now. One call to a requester; who has several open callbacks is called once, by a person. */
export async function workRobots(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  const due = await db(ctx).selectFrom('callback_task').select('id').where('tenant_id', '=', ctx.tenantId).where('manner', '=', 'robot').where('state', '=', 'waiting').where('dial_task_id', 'is', null).where('due_at', '<=', ts(now)).orderBy('due_at').orderBy('id').limit(AT_ONCE).execute()
  if (due.length === 0) return
  const on = await setting(ctx, robotOn)
  const flow = await setting(ctx, robotFlow)
  if (on && flow === robotCallFlow.code) await keepFlow(ctx, robotCallFlow)
  for (const { id } of due) {
    const task = await lockTask(ctx, id)
    if (task.state !== 'waiting' || task.dial_task_id !== null) continue
    if (!on || (await siblingsOf(ctx, task)).length > 0) await toPerson(ctx, task)
    else await place(ctx, task, flow)
  }
}

async function place(ctx: Ctx, task: TaskRow, flow: string): Promise<void> {
  const why = await notNow(ctx, task)
  if (why?.never) return toPerson(ctx, task)
  // Looked at again in a while; the windows and limits decide then.
  if (why) return saveTask(ctx, task.id, { due_at: ts(plus(ctx.clock.now(), HOUR / 4)) })
  // The robot's flow speaks Chinese.
  if ((await strategyFor(ctx, task)).language !== 'zh') return toPerson(ctx, task)
  const order = await readOrderRow(ctx, task.order_id)
  const phone = plainPhone(ctx, order)
  const placed = phone === null ? null : await placeDialTask(ctx, {
    business: 'callback', origin: { domain: 'callback', id: task.id }, orderId: order.id, title: `回访：${order.title}`, phone, personName: shownName({ subject_kind: order.subject_kind, name: order.requester_name, anonymous: order.anonymous }),
    robot: { flow, variables: { centre: (await tenantById(ctx, ctx.tenantId)).name, orderNumber: order.number, orderTitle: order.title } },
  })
  if (placed?.state === 'waiting') {
    await saveTask(ctx, task.id, { dial_task_id: placed.id })
    await noteHours(ctx, task)
  } else await toPerson(ctx, task)
}

/** A person's turn, with what the robot found out on the order's timeline. */
export async function toPerson(ctx: Ctx, task: TaskRow, found?: { order: OrderRow; text: string }): Promise<void> {
  await saveTask(ctx, task.id, { manner: 'person', state: 'due', dial_task_id: null, due_at: ts(ctx.clock.now()) })
  if (found) await record(ctx, found.order, { act: 'callbackAttempt', text: found.text, data: { taskId: task.id }, visibility: 'staff' })
}

/** A person takes over: the robot's call is taken back unless it is being made. False while it rings. */
export async function takeFromRobot(ctx: Ctx, task: TaskRow): Promise<boolean> {
  if (task.dial_task_id === null) return true
  const { rows } = await sql<{ state: string }>`select state from callback_dial_view where tenant_id = ${ctx.tenantId} and id = ${task.dial_task_id}`.execute(ctx.db())
  if (rows[0]?.state === 'dialling') return false
  await cancelDialTasks(ctx, { domain: 'callback', id: task.id }, '转人工回访')
  return true
}

type Ended = { origin: string; originId: string; outcome: 'reached' | 'notReached' | 'skipped' | 'cancelled'; reason: string | null; attempts: number; callId: string | null; answers: Record<string, string> | null }

/** On `telephony.dialTaskEnded`. An end that comes twice, or after a person was first, changes nothing. */
export async function robotCallEnded(ctx: Ctx, end: Ended): Promise<void> {
  if (end.origin !== 'callback') return
  const known = await db(ctx).selectFrom('callback_task').select(['order_id']).where('tenant_id', '=', ctx.tenantId).where('id', '=', end.originId).executeTakeFirst()
  if (!known) return
  const order = await lockOrder(ctx, known.order_id)
  const task = await lockTask(ctx, end.originId)
  if (!isOpenTask(task.state) || task.manner !== 'robot') return
  const there: Ctx = { ...ctx, actor: { ...ctx.actor, name: ROBOT } }
  if (end.outcome === 'notReached') return givenUp(there, order, task, end)
  const said = end.outcome === 'reached' ? keyedAnswers(end.answers) : null
  if (said === null) return toPerson(there, task, { order, text: end.outcome === 'reached' ? '机器人回访：诉求人没有明确回答，转人工' : `机器人未拨打：${end.reason ?? '已取消'}，转人工` })
  const known3 = (await setting(ctx, satisfactionScale)).some((one) => one.code === said.grade && one.satisfied === said.satisfied)
  const dissatisfied = said.solved === 'no' || said.satisfied === 'no'
  await conclude(there, order, task, { contacted: said.contacted, solved: said.solved, satisfied: said.satisfied, reasons: [], ...(known3 && said.grade ? { grade: said.grade } : {}), opinion: dissatisfied ? '机器人电话回访，诉求人按键回答，原因见录音' : null }, { kind: 'robot', actorId: null, actorName: ROBOT, way: 'call', callId: end.callId })
}

async function givenUp(ctx: Ctx, order: OrderRow, task: TaskRow, end: Ended): Promise<void> {
  if ((await setting(ctx, robotAfter)) === 'person') return toPerson(ctx, task, { order, text: `机器人拨打 ${end.attempts} 次未接通，转人工` })
  await saveTask(ctx, task.id, { state: 'givenUp', ended_because: 'notReached', attempts: end.attempts, finished_at: ts(ctx.clock.now()), finished_by_name: ROBOT })
  if (order.state === 'pendingCallback' && order.round === task.round) await applyCallback(ctx, order.id, { kind: 'notReached', text: consequences.givenUp(end.attempts), data: { taskId: task.id, attempts: end.attempts } })
  ctx.publish(callbackCompleted({ taskId: task.id, orderId: order.id, round: task.round, outcome: 'notReached' }))
}
