// Who works on a task: claim with a lock that ends by itself, release, assign. Two agents never hold one task.
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize, can, userId } from '../../kernel/access.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input } from '../../kernel/http/route.ts'
import { MINUTE, plus, toIso, type Instant } from '../../kernel/time/index.ts'
import { callingQueues } from '../orders/index.ts'
import { notify, setting, userById, usersOf } from '../platform/index.ts'
import { isOpenTask } from './callback.ts'
import { callbackFail } from './callback.errors.ts'
import { db, lockTask, orderOfTask, readTask, saveTask, type TaskRow, type TaskView } from './callback.queries.ts'
import type * as contract from './contract.ts'
import { closeForm } from './forms/form.queries.ts'
import { siblingsOf } from './outbound/dial-callback.ts'
import { takeFromRobot } from './robot/work-robots.ts'
import { claimMinutes } from './settings.ts'
import { taskStateNames } from './texts.zh-CN.ts'

/** True while somebody's lock holds. */
const isHeld = (ctx: Ctx, task: Pick<TaskRow, 'state' | 'claimed_until_at'>): boolean => task.state === 'claimed' && task.claimed_until_at !== null && task.claimed_until_at > ctx.clock.now()

/** Throws 409 where the seat of the order's kind has people and the actor is none of them; a shift leader may always. */
async function requireSeat(ctx: Ctx, task: TaskRow): Promise<void> {
  if (task.queue === null || can(ctx, 'callback.assign') || (task.assigned && task.assignee_id === ctx.actor.id)) return
  const { staffed, mine } = await callingQueues(ctx)
  const queue = staffed.get(task.queue)
  if (queue !== undefined && !mine.has(task.queue)) throw callbackFail('foreignSeat', { rule: 'callback.seat', params: { queue } })
}

/** Throws 409 with the name of who holds the task or was named for it, because it has ended, or because a seat calls. */
export async function requireHold(ctx: Ctx, task: TaskRow): Promise<void> {
  if (!isOpenTask(task.state)) throw callbackFail('ended', { rule: 'callback.open', params: { state: taskStateNames[task.state] }, current: { state: task.state, version: task.version } })
  if (task.assignee_id === null || task.assignee_id === ctx.actor.id) return requireSeat(ctx, task)
  const current = { state: task.state, assigneeId: task.assignee_id, assigneeName: task.assignee_name, version: task.version }
  if (isHeld(ctx, task)) throw callbackFail('heldByOther', { rule: 'callback.claim', params: { by: task.assignee_name ?? '' }, current, ...(task.claimed_until_at === null ? {} : { until: toIso(task.claimed_until_at) }) })
  if (task.assigned && !can(ctx, 'callback.assign')) throw callbackFail('assignedToOther', { rule: 'callback.assign', params: { by: task.assignee_name ?? '' }, current })
  await requireSeat(ctx, task)
}

export async function claimCallback(ctx: Ctx, input: Input<typeof contract.claimCallbackRoute>): Promise<TaskView> {
  authorize(ctx, 'callback.complete')
  await orderOfTask(ctx, input.id)
  const task = await lockTask(ctx, input.id)
  await requireHold(ctx, task)
  if (task.manner === 'robot' && !(await takeFromRobot(ctx, task))) throw callbackFail('robotCalling', { rule: 'callback.robot' })
  const until = plus(ctx.clock.now(), (await setting(ctx, claimMinutes)) * MINUTE)
  await saveTask(ctx, task.id, { state: 'claimed', assignee_id: userId(ctx), assignee_name: ctx.actor.name, claimed_until_at: ts(until), ...(task.assignee_id === ctx.actor.id ? {} : { assigned: false }), ...(task.manner === 'person' ? {} : { manner: 'person', dial_task_id: null, due_at: ts(ctx.clock.now()) }) })
  // A form that waits goes on waiting: whoever is first, the requester or the agent, ends the task.
  if (task.manner === 'sms') await closeForm(ctx, task.id, 'followed')
  for (const sibling of await siblingsOf(ctx, task)) await holdToo(ctx, sibling, until)
  return readTask(ctx, task.id)
}

/** What else is open with the same requester is asked about in the same call, unless somebody else has it or was named for it. */
async function holdToo(ctx: Ctx, task: TaskRow, until: Instant): Promise<void> {
  if (task.assignee_id !== null && task.assignee_id !== ctx.actor.id && (task.assigned || isHeld(ctx, task))) return
  if (task.manner === 'robot' && !(await takeFromRobot(ctx, task))) return
  if (task.manner === 'sms') await closeForm(ctx, task.id, 'followed')
  await saveTask(ctx, task.id, { state: 'claimed', manner: 'person', dial_task_id: null, assignee_id: userId(ctx), assignee_name: ctx.actor.name, claimed_until_at: ts(until) })
}

/** Back to the queue: by who holds it, or by a shift leader. A task that waits for its next call keeps waiting. */
export async function releaseCallback(ctx: Ctx, input: Input<typeof contract.releaseCallbackRoute>): Promise<TaskView> {
  authorize(ctx, 'callback.complete')
  await orderOfTask(ctx, input.id)
  const task = await lockTask(ctx, input.id)
  if (!can(ctx, 'callback.assign')) await requireHold(ctx, task)
  if (task.state === 'claimed') await saveTask(ctx, task.id, freed(ctx, task))
  return readTask(ctx, task.id)
}

/** What is left of a task when its lock ends; who was named by a shift leader stays named. */
const freed = (ctx: Ctx, task: Pick<TaskRow, 'assigned' | 'attempts' | 'due_at'>) => ({
  state: task.attempts > 0 && task.due_at > ctx.clock.now() ? ('waiting' as const) : ('due' as const), claimed_until_at: null, ...(task.assigned ? {} : { assignee_id: null, assignee_name: null }),
})

export async function assignCallback(ctx: Ctx, input: Input<typeof contract.assignCallbackRoute>): Promise<TaskView> {
  authorize(ctx, 'callback.assign')
  await orderOfTask(ctx, input.id)
  const task = await lockTask(ctx, input.id)
  if (!isOpenTask(task.state)) throw callbackFail('ended', { rule: 'callback.open', params: { state: taskStateNames[task.state] } })
  if (input.userId === null) {
    await saveTask(ctx, task.id, freed(ctx, { ...task, assigned: false }))
    await saveTask(ctx, task.id, { assigned: false, assignee_id: null, assignee_name: null })
    return readTask(ctx, task.id)
  }
  const user = await userById(ctx, input.userId)
  const agents = await usersOf(ctx, { permission: 'callback.complete' })
  if (!agents.some((a) => a.id === user.id)) throw callbackFail('notAgent', { rule: 'callback.complete', params: { name: user.name }, fields: [{ path: 'userId', message: '请选择有回访权限的人员' }] })
  await saveTask(ctx, task.id, { ...freed(ctx, task), assignee_id: user.id, assignee_name: user.name, assigned: true })
  const view = await readTask(ctx, task.id)
  await notify(ctx, { type: 'callback.assigned', to: { userIds: [user.id] }, title: `指派给您的回访：${view.title}`, text: `工单 ${view.number}`, link: `/callbacks/${task.id}`, objectType: 'callback', objectId: task.id, level: 'P3' })
  return view
}

/** Ends locks whose time is over and brings back tasks whose next call is due. */
export async function sweepCallbacks(ctx: Ctx): Promise<void> {
  const now = ts(ctx.clock.now())
  const freedRows = await db(ctx)
    .updateTable('callback_task')
    .set((eb) => ({
      state: eb.case().when(eb.and([eb('attempts', '>', 0), eb('due_at', '>', now)])).then('waiting').else('due').end(),
      claimed_until_at: null,
      assignee_id: eb.case().when('assigned', '=', true).then(eb.ref('assignee_id')).else(null).end(),
      assignee_name: eb.case().when('assigned', '=', true).then(eb.ref('assignee_name')).else(null).end(),
    }))
    .where('tenant_id', '=', ctx.tenantId).where('state', '=', 'claimed').where('claimed_until_at', '<=', now).returning('id').execute()
  const dueRows = await db(ctx).updateTable('callback_task').set({ state: 'due' }).where('tenant_id', '=', ctx.tenantId).where('state', '=', 'waiting').where('manner', 'not in', ['sms', 'robot']).where('due_at', '<=', now).returning('id').execute()
  if (freedRows.length + dueRows.length > 0) ctx.signal('callback.queue')
}
