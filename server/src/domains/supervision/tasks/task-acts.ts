// What people do with supervision tasks: open by hand, acknowledge, report, answer, close or return, hand on, raise, remind.
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { authorize, can, userId } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { HOUR, plus } from '../../../kernel/time/index.ts'
import { isOpen, lockOrder, readOrder, record } from '../../orders/index.ts'
import { attachFiles, notify, setting, unitsByIds } from '../../platform/index.ts'
import { levelNames, replyWithin } from '../settings.ts'
import { supervisionFail } from '../supervision.errors.ts'
import type { TaskState } from '../supervision.ts'
import { answersFor, db } from '../supervision.queries.ts'
import { closeKindNames, evaluationNames, raisedText } from './task-texts.zh-CN.ts'
import { taskStateNames } from '../texts.zh-CN.ts'
import { supervisorFor, supervisors } from './assign-supervisor.ts'
import { openTask, step, tellUnit } from './open-task.ts'
import { showTask, taskQuery } from './read-tasks.ts'
import type * as contract from './task-contract.ts'

type Task = Output<typeof contract.showTaskRoute>

/** Units that hold or held every one of the orders. */
async function unitsOf(ctx: Ctx, orderIds: readonly string[]): Promise<{ id: string; name: string }[]> {
  const rows = await db(ctx).selectFrom('orders_pub_assignment_view').select(['unit_id as unitId', 'unit_name as name', 'order_id as orderId']).where('tenant_id', '=', ctx.tenantId).where('order_id', 'in', [...orderIds]).where('state', 'not in', ['returned', 'cancelled']).execute()
  const byUnit = Map.groupBy(rows, (r) => r.unitId ?? '')
  return [...byUnit].filter(([, list]) => new Set(list.map((r) => r.orderId)).size === new Set(orderIds).size).map(([id, list]) => ({ id, name: list[0]?.name ?? '' }))
}

/** A department supervises what it has above: only units below its own. */
async function unitsBelow(ctx: Ctx, units: { id: string; name: string }[]): Promise<{ id: string; name: string }[]> {
  if (can(ctx, 'supervision.manage')) return units
  const found = await unitsByIds(ctx, units.map((u) => u.id))
  return units.filter((u) => found.get(u.id)?.path.slice(0, -1).some((above) => ctx.actor.unitIds.includes(above)))
}
const authorizeSupervising = (ctx: Ctx): void => authorize(ctx, can(ctx, 'supervision.superviseBelow') && !can(ctx, 'supervision.manage') ? 'supervision.superviseBelow' : 'supervision.manage')

export async function taskOptions(ctx: Ctx, input: Input<typeof contract.taskOptionsRoute>): Promise<Output<typeof contract.taskOptionsRoute>> {
  authorizeSupervising(ctx)
  const centre = can(ctx, 'supervision.manage')
  const ids = input.orderIds ?? []
  for (const id of ids) await readOrder(ctx, id)
  return { levels: (await setting(ctx, levelNames)).map((name, i) => ({ level: i + 1, name })), people: centre ? await supervisors(ctx) : [], units: ids.length === 0 ? [] : await unitsBelow(ctx, await unitsOf(ctx, ids)), replyHours: await setting(ctx, replyWithin) }
}

/** By hand, on one or several orders of one unit (SUP-13). */
export async function createTask(ctx: Ctx, input: Input<typeof contract.createTaskRoute>): Promise<Task> {
  authorizeSupervising(ctx)
  const now = ctx.clock.now()
  if (input.replyDueAt <= now) throw supervisionFail('replyInPast', { rule: 'supervision.task.due', fields: [{ path: 'replyDueAt', message: '答复时限须晚于现在' }] })
  const levels = await setting(ctx, levelNames)
  if (input.level > levels.length) throw kernelErrors('invalid', { fields: [{ path: 'level', message: '没有这个督办级别' }] })
  const orderIds = [...new Set(input.orderIds)]
  for (const id of orderIds) {
    const order = await readOrder(ctx, id)
    if (order.tenant_id !== ctx.tenantId) throw supervisionFail('otherCentre', { rule: 'supervision.task.ownCentre', params: { number: order.number } })
    // After the accepted result only the callback is left; the unit has nothing to answer.
    if (!isOpen(order.state) || order.state === 'pendingCallback') throw supervisionFail('orderEnded', { rule: 'supervision.task.open', params: { number: order.number } })
  }
  const unit = (await unitsByIds(ctx, [input.unitId])).get(input.unitId)
  if (!unit || unit.tenantId !== ctx.tenantId) throw kernelErrors('invalid', { fields: [{ path: 'unitId', message: '单位不存在' }] })
  if (!(await unitsBelow(ctx, await unitsOf(ctx, orderIds))).some((u) => u.id === unit.id)) throw supervisionFail('unitWithoutOrder', { rule: 'supervision.task.unit', fields: [{ path: 'unitId', message: '该单位没有承办所选的全部工单' }] })
  if (input.supervisorId && input.supervisorId !== ctx.actor.id && !(await supervisors(ctx)).some((u) => u.id === input.supervisorId)) throw kernelErrors('invalid', { fields: [{ path: 'supervisorId', message: '该人员没有办理督办的权限' }] })
  const id = await openTask(ctx, {
    source: 'manual', rule: 'manual', level: input.level, replyHours: Math.max(1, Math.ceil((input.replyDueAt - now) / HOUR)), replyDueAt: input.replyDueAt, demand: input.demand, unitId: unit.id, unitName: unit.name, orderIds,
    ...(input.description ? { description: input.description } : {}), ...(input.violation ? { violation: input.violation } : {}), ...(input.opinion ? { opinion: input.opinion } : {}), supervisorId: input.supervisorId ?? userId(ctx),
  })
  if (id === null) throw supervisionFail('taskNotFound')
  const [opened] = await db(ctx).selectFrom('supervision_step').select('id').where('tenant_id', '=', ctx.tenantId).where('task_id', '=', id).execute()
  if (opened) await attachFiles(ctx, { fileIds: input.fileIds, place: 'order', objectType: 'supervisionStep', objectId: opened.id, audience: 'staff' })
  return showTask(ctx, { id })
}

async function hold(ctx: Ctx, id: string) {
  const seen = await taskQuery(ctx, { below: true }).select('t.order_id').where('t.tenant_id', '=', ctx.tenantId).where('t.id', '=', id).executeTakeFirst()
  if (!seen) throw supervisionFail('taskNotFound')
  const order = await lockOrder(ctx, seen.order_id)
  const task = await db(ctx).selectFrom('supervision_task').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
  return { order, task }
}
type Held = Awaited<ReturnType<typeof hold>>

const stateFault = (state: string, act: string) => supervisionFail('taskState', { rule: 'supervision.task', params: { state: taskStateNames[state as TaskState], act }, current: { state } })
const change = (ctx: Ctx, task: Held['task'], values: Record<string, unknown>): Promise<unknown> =>
  db(ctx).updateTable('supervision_task').set({ ...values, version: task.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', task.id).execute()

async function holdAsUnit(ctx: Ctx, id: string, act: string): Promise<Held> {
  authorize(ctx, 'supervision.answer')
  const held = await hold(ctx, id)
  if (held.task.state !== 'open') throw stateFault(held.task.state, act)
  if (!(await answersFor(ctx, held.task.unit_id ? [held.task.unit_id] : []))) throw supervisionFail('notYours', { rule: 'supervision.answer', params: { act: `${act}该督办` } })
  return held
}
const toSupervisor = async (ctx: Ctx, { order, task }: Held, title: string, text: string): Promise<void> =>
  void (await notify(ctx, { type: 'supervision.replied', to: task.supervisor_id ? { userIds: [task.supervisor_id] } : { permission: 'supervision.manage' }, level: 'P3', title: `${title}：${order.title}`, text, link: `/supervision/tasks/${task.id}`, objectType: 'supervisionTask', objectId: task.id }))

export async function acknowledgeTask(ctx: Ctx, input: { id: string }): Promise<Task> {
  const held = await holdAsUnit(ctx, input.id, '签收')
  if (held.task.acknowledged_at === null) {
    await change(ctx, held.task, { acknowledged_at: ts(ctx.clock.now()) })
    await step(ctx, held.task.id, 'acknowledged', '已签收')
    ctx.signal('supervision.board')
  }
  return showTask(ctx, input)
}

export async function progressTask(ctx: Ctx, input: Input<typeof contract.progressTaskRoute>): Promise<Task> {
  const held = await holdAsUnit(ctx, input.id, '报告')
  await change(ctx, held.task, { acknowledged_at: ts(held.task.acknowledged_at ?? ctx.clock.now()) })
  const stepId = await step(ctx, held.task.id, 'progress', input.content)
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'order', objectType: 'supervisionStep', objectId: stepId, audience: 'staff' })
  await toSupervisor(ctx, held, '督办有进展', input.content)
  return showTask(ctx, { id: held.task.id })
}

/** The unit's answer; after the limit it is marked late. */
export async function replyTask(ctx: Ctx, input: Input<typeof contract.replyTaskRoute>): Promise<Task> {
  const held = await holdAsUnit(ctx, input.id, '答复')
  const { task } = held
  const now = ctx.clock.now()
  await change(ctx, task, { state: 'replied', replied_at: ts(now), first_reply_at: ts(task.first_reply_at ?? now), acknowledged_at: ts(task.acknowledged_at ?? now), late: task.late || now > task.reply_due_at })
  const stepId = await step(ctx, task.id, 'replied', input.content)
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'order', objectType: 'supervisionStep', objectId: stepId, audience: 'staff' })
  await record(ctx, held.order, { act: 'replySupervision', text: input.content, data: { taskId: task.id } })
  await toSupervisor(ctx, held, '督办已答复', input.content)
  ctx.signal('supervision.board')
  return showTask(ctx, { id: task.id })
}

/** The supervisor closes, with a grade where he gives one, or returns with an opinion for another round. */
export async function closeTask(ctx: Ctx, input: Input<typeof contract.closeTaskRoute>): Promise<Task> {
  authorizeSupervising(ctx)
  const { order, task } = await hold(ctx, input.id)
  if (!can(ctx, 'supervision.manage') && task.supervisor_id !== ctx.actor.id) throw supervisionFail('notYours', { rule: 'supervision.task.supervisor', params: { act: '处理该督办' } })
  if (task.state === 'closed') throw stateFault(task.state, '再处理')
  if (input.outcome === 'return' && task.state !== 'replied') throw stateFault(task.state, '退回')
  const now = ctx.clock.now()
  const accepted = input.outcome === 'accept'
  await change(ctx, task, accepted
    ? { state: 'closed', closed_at: ts(now), closed_by_name: ctx.actor.name, close_kind: 'accepted', ...(input.evaluation ? { evaluation: input.evaluation } : {}) }
    : { state: 'open', round: task.round + 1, reply_due_at: ts(plus(now, (await setting(ctx, replyWithin)) * HOUR)) })
  await step(ctx, task.id, accepted ? 'closed' : 'returned', input.opinion)
  if (accepted && input.evaluation) await step(ctx, task.id, 'evaluated', evaluationNames[input.evaluation] ?? '')
  await record(ctx, order, { act: accepted ? 'superviseClose' : 'superviseReturn', text: input.opinion, data: { taskId: task.id } })
  await tellUnit(ctx, task, 'P3', `督办${accepted ? '已结案' : '被退回'}：${order.title}`, input.opinion)
  ctx.signal('supervision.board')
  return showTask(ctx, { id: task.id })
}

export async function transferTask(ctx: Ctx, input: Input<typeof contract.transferTaskRoute>): Promise<Task> {
  authorize(ctx, 'supervision.manage')
  const { order, task } = await hold(ctx, input.id)
  if (task.state === 'closed') throw stateFault(task.state, '转派')
  const next = (await supervisors(ctx)).find((u) => u.id === input.supervisorId)
  if (!next) throw kernelErrors('invalid', { fields: [{ path: 'supervisorId', message: '该人员没有办理督办的权限' }] })
  await change(ctx, task, { supervisor_id: next.id, supervisor_name: next.name, assigned_by: 'manual' })
  await step(ctx, task.id, 'transferred', `${task.supervisor_name ?? '待分配'} → ${next.name}：${input.reason}`)
  await notify(ctx, { type: 'supervision.assigned', to: { userIds: [next.id] }, level: 'P2', title: `督办任务转由您负责：${order.title}`, text: input.reason, link: `/supervision/tasks/${task.id}`, objectType: 'supervisionTask', objectId: task.id })
  ctx.signal('supervision.board')
  return showTask(ctx, input)
}

/** One level up, with its history; the top cannot be exceeded. */
export async function raiseTask(ctx: Ctx, input: Input<typeof contract.raiseTaskRoute>): Promise<Task> {
  authorize(ctx, 'supervision.manage')
  const held = await hold(ctx, input.id)
  if (held.task.state === 'closed') throw stateFault(held.task.state, '提级')
  if (!(await raise(ctx, held, input.reason))) throw supervisionFail('topLevel', { rule: 'supervision.task.level' })
  return showTask(ctx, input)
}

export async function raise(ctx: Ctx, { order, task }: Held, reason: string | null): Promise<boolean> {
  const levels = await setting(ctx, levelNames)
  const level = Number(task.level) + 1
  const name = levels[level - 1]
  if (name === undefined) return false
  const hours = await setting(ctx, replyWithin)
  const now = ctx.clock.now()
  const text = reason ?? raisedText(name, hours)
  const supervisor = await supervisorFor(ctx, order, level)
  await change(ctx, task, { level: String(level), raised_at: ts(now), raised_count: task.raised_count + 1, late: task.late || (task.state === 'open' && now >= task.reply_due_at), reply_due_at: ts(plus(now, hours * HOUR)), ...(supervisor ? { supervisor_id: supervisor.id, supervisor_name: supervisor.name, assigned_by: 'auto' } : {}) })
  await step(ctx, task.id, 'raised', `${levels[level - 2] ?? ''} → ${name}：${text}`)
  await record(ctx, order, { act: 'superviseRaise', text: `${name}：${text}`, data: { taskId: task.id, level } })
  await tellUnit(ctx, task, 'P2', `督办提级至${name}：${order.title}`, text)
  // A higher level has its own force: the leaders of the centre hear of it.
  await notify(ctx, { type: 'supervision.raised', to: { permission: level >= levels.length ? 'supervision.instruct' : 'supervision.manage' }, level: 'P2', title: `督办提级至${name}：${order.title}`, text, link: `/supervision/tasks/${task.id}`, objectType: 'supervisionTask', objectId: task.id })
  ctx.signal('supervision.board')
  return true
}

/** A reminder from above; who reads downward may remind where the task stands. */
export async function remindTask(ctx: Ctx, input: Input<typeof contract.remindTaskRoute>): Promise<Task> {
  authorize(ctx, 'supervision.urge')
  const seen = await taskQuery(ctx, { below: true }).select(['t.tenant_id as tenantId', 't.unit_id', 't.state', 'o.title']).where('t.id', '=', input.id).executeTakeFirst()
  if (!seen) throw supervisionFail('taskNotFound')
  if (seen.state !== 'open') throw stateFault(seen.state, '督促')
  const there = seen.tenantId === ctx.tenantId ? ctx : inTenant(ctx, seen.tenantId)
  await step(there, input.id, 'reminded', input.content)
  await tellUnit(there, { id: input.id, unit_id: seen.unit_id }, 'P2', `督办督促：${seen.title ?? ''}`, input.content)
  return showTask(ctx, { id: input.id })
}

/** On the end of an order: its tasks close with a mark, those on several orders with the last of them. */
export async function closeTasksOfOrder(ctx: Ctx, event: { orderId: string }): Promise<void> {
  const closed = await db(ctx)
    .updateTable('supervision_task as t')
    .set({ state: 'closed', closed_at: ts(ctx.clock.now()), closed_by_name: ctx.actor.name, close_kind: 'orderClosed' })
    .where('t.tenant_id', '=', ctx.tenantId).where('t.state', '<>', 'closed')
    .where((eb) => eb.exists(eb.selectFrom('supervision_task_order as w').select('w.order_id').whereRef('w.tenant_id', '=', 't.tenant_id').whereRef('w.task_id', '=', 't.id').where('w.order_id', '=', event.orderId)))
    .where((eb) => eb.not(eb.exists(eb.selectFrom('supervision_task_order as w').innerJoin('orders_pub_order_view as o', (join) => join.onRef('o.tenant_id', '=', 'w.tenant_id').onRef('o.id', '=', 'w.order_id')).select('w.order_id')
      .whereRef('w.tenant_id', '=', 't.tenant_id').whereRef('w.task_id', '=', 't.id').where('w.order_id', '<>', event.orderId).where('o.state', 'in', ['draft', 'pendingReview', 'pendingDispatch', 'inProgress', 'pendingResultReview']))))
    .returning('t.id').execute()
  for (const { id } of closed) await step(ctx, id, 'closed', closeKindNames['orderClosed'] ?? '')
  if (closed.length > 0) ctx.signal('supervision.board')
}

/** Unanswered at its limit, a task rises one level; once per limit, never above the top. */
export async function sweepRaises(ctx: Ctx): Promise<void> {
  const top = (await setting(ctx, levelNames)).length
  const due = await db(ctx).selectFrom('supervision_task').select(['id', 'order_id', 'level']).where('tenant_id', '=', ctx.tenantId).where('state', '=', 'open').where('reply_due_at', '<=', ts(ctx.clock.now())).where('level', '<', String(top)).orderBy('order_id').limit(100).execute()
  for (const { id, order_id } of due) {
    const order = await lockOrder(ctx, order_id)
    const task = await db(ctx).selectFrom('supervision_task').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
    if (task.state === 'open' && task.reply_due_at <= ctx.clock.now()) await raise(ctx, { order, task }, null)
  }
}
