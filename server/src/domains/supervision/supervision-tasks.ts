// Supervision tasks in their least form: opened once by a red card, answered by the unit, closed by the supervisor or with the order (SUP-12).
import { sql, type SqlBool } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize, can } from '../../kernel/access.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { HOUR, plus } from '../../kernel/time/index.ts'
import { clockNames, isOpen, lockOrder, record, saveOrder, stateNames, type OrderState } from '../orders/index.ts'
import { afterCursor, attachFiles, boundCount, filesOf, nextPage, notify, setting } from '../platform/index.ts'
import { peopleFinder } from './recipients.ts'
import { levelNames, replyWithin, taskAfterHours } from './settings.ts'
import { supervisionFail } from './supervision.errors.ts'
import { deadlineClocks, type TaskState } from './supervision.ts'
import { answersFor, db, inUnit, ownLine, readableTenants, seesOrder } from './supervision.queries.ts'
import { closeKindNames, demandText, ruleNames, stepNames, taskStateNames } from './texts.zh-CN.ts'
import type * as contract from './urge-contract.ts'

const BATCH = 100
const FIRST_LEVEL = '1'

/** Red cards that are old enough open one task per order, rule and level; apart from the sweep of cards, since it locks orders. */
export async function sweepTasks(ctx: Ctx): Promise<void> {
  const hours = await setting(ctx, taskAfterHours)
  const cards = await db(ctx)
    .selectFrom('supervision_card as k')
    .innerJoin('supervision_clock_view as c', (join) => join.onRef('c.tenant_id', '=', 'k.tenant_id').onRef('c.id', '=', 'k.clock_id'))
    .select(['k.id', 'k.order_id', 'k.unit_id', 'k.unit_name', 'k.clock_kind', 'k.state', 'c.state as clockState'])
    .where('k.tenant_id', '=', ctx.tenantId).where('k.colour', '=', 'red').where('k.tasked', '=', false).where('k.due_at', '<=', ts(plus(ctx.clock.now(), -hours * HOUR)))
    .orderBy('k.due_at').limit(BATCH)
    .execute()
  for (const card of cards.toSorted((a, b) => (a.order_id < b.order_id ? -1 : 1))) {
    // What was done, late but before the rule looked, needs no supervision any more.
    if (card.state === 'open' && card.clockState === 'running' && (deadlineClocks as readonly string[]).includes(card.clock_kind)) await openTask(ctx, card)
    await db(ctx).updateTable('supervision_card').set({ tasked: true }).where('tenant_id', '=', ctx.tenantId).where('id', '=', card.id).execute()
  }
}

async function openTask(ctx: Ctx, card: { id: string; order_id: string; unit_id: string | null; unit_name: string | null; clock_kind: string }): Promise<void> {
  const order = await lockOrder(ctx, card.order_id)
  if (!isOpen(order.state)) return
  const now = ctx.clock.now()
  const hours = await setting(ctx, replyWithin)
  const demand = demandText(clockNames[card.clock_kind] ?? '', hours)
  const unitName = card.unit_name ?? order.lead_unit_name ?? '热线中心'
  const id = newId()
  const made = await db(ctx)
    .insertInto('supervision_task')
    .values({ tenant_id: ctx.tenantId, id, order_id: order.id, rule: 'overdue', level: FIRST_LEVEL, source: 'auto', card_id: card.id, unit_id: card.unit_id, unit_name: unitName, demand, state: 'open', opened_at: ts(now), reply_due_at: ts(plus(now, hours * HOUR)), first_reply_at: null, replied_at: null, closed_at: null, closed_by_name: null, close_kind: null })
    .onConflict((c) => c.columns(['tenant_id', 'order_id', 'rule', 'level']).where('state', '<>', 'closed').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return
  await step(ctx, id, 'opened', demand)
  await record(ctx, order, { act: 'supervise', text: demand, data: { taskId: id, unitName, rule: 'overdue' } })
  if (!order.flags.includes('supervised')) await saveOrder(ctx, order, { flags: [...order.flags, 'supervised'] })
  const people = peopleFinder(ctx)
  const told = card.unit_id ? await people.ofUnit(card.unit_id, null) : await people.desk('orders.dispatch')
  if (told.length > 0) await notify(ctx, { type: 'supervision.task', to: { userIds: told.map((p) => p.id) }, level: 'P2', title: `督办：${order.title}`, text: demand, link: `/supervision/tasks/${id}`, objectType: 'supervisionTask', objectId: id })
  ctx.signal('supervision.board')
}

async function step(ctx: Ctx, taskId: string, node: 'opened' | 'replied' | 'returned' | 'closed', content: string): Promise<string> {
  const id = newId()
  await db(ctx).insertInto('supervision_step').values({ tenant_id: ctx.tenantId, id, task_id: taskId, node, actor_id: ctx.actor.kind === 'user' ? ctx.actor.id : null, actor_name: ctx.actor.name, unit_name: ctx.actor.unitName, at: ts(ctx.clock.now()), content }).execute()
  return id
}

/** On the end of an order: its tasks close with a mark. */
export async function closeTasksOfOrder(ctx: Ctx, event: { orderId: string }): Promise<void> {
  const closed = await db(ctx)
    .updateTable('supervision_task')
    .set({ state: 'closed', closed_at: ts(ctx.clock.now()), closed_by_name: ctx.actor.name, close_kind: 'orderClosed' })
    .where('tenant_id', '=', ctx.tenantId).where('order_id', '=', event.orderId).where('state', '<>', 'closed').returning('id').execute()
  for (const { id } of closed) await step(ctx, id, 'closed', closeKindNames['orderClosed'] ?? '')
  if (closed.length > 0) ctx.signal('supervision.board')
}

type TaskFilter = Partial<Pick<Input<typeof contract.listTasksRoute>, 'state' | 'unitId' | 'overdue' | 'orderId'>>

export function taskQuery(ctx: Ctx, input: TaskFilter) {
  const now = ts(ctx.clock.now())
  let query = db(ctx)
    .selectFrom('supervision_task as t')
    .innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 't.tenant_id').onRef('o.id', '=', 't.order_id'))
    .where('t.tenant_id', 'in', readableTenants(ctx))
    .where((eb) => seesOrder(ctx, eb as never) as never)
    .where(ownLine(ctx, 't.unit_id'))
  if (input.state) query = query.where('t.state', 'in', input.state)
  if (input.unitId) query = query.where(inUnit(ctx, 't.unit_id', input.unitId))
  if (input.orderId) query = query.where('t.order_id', '=', input.orderId)
  if (input.overdue !== undefined) {
    const over = sql<SqlBool>`(t.state = 'open' and t.reply_due_at <= ${now})`
    query = query.where(input.overdue ? over : sql<SqlBool>`not ${over}`)
  }
  return query
}

const select = (query: ReturnType<typeof taskQuery>) =>
  query.select([
    't.id', 't.order_id as orderId', 'o.number', 'o.title', 'o.state as orderState', 't.rule', 't.level', 't.source', 't.unit_id as unitId', 't.unit_name as unitName', 't.demand', 't.state', 't.round', 't.opened_at as openedAt', 't.reply_due_at as replyDueAt',
    't.first_reply_at as firstReplyAt', 't.late', 't.closed_at as closedAt', 't.closed_by_name as closedByName', 't.close_kind', 't.version', 't.tenant_id',
  ])
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]

async function view(ctx: Ctx, { tenant_id, orderState, close_kind, ...row }: Row) {
  const state = row.state as TaskState
  const own = tenant_id === ctx.tenantId
  return {
    ...row, number: row.number ?? '', title: row.title ?? '', orderStateName: stateNames[orderState as OrderState], ruleName: ruleNames[row.rule] ?? row.rule, levelName: (await setting(ctx, levelNames))[Number(row.level) - 1] ?? row.level, state, stateName: taskStateNames[state],
    overdue: state === 'open' && row.replyDueAt <= ctx.clock.now(), closeKindName: close_kind === null ? null : (closeKindNames[close_kind] ?? close_kind),
    mayReply: own && state === 'open' && (await answersFor(ctx, row.unitId ? [row.unitId] : [])), mayClose: own && state !== 'closed' && can(ctx, 'supervision.manage'),
  }
}

export async function listTasks(ctx: Ctx, input: Input<typeof contract.listTasksRoute>) {
  authorize(ctx, 'supervision.read')
  const query = taskQuery(ctx, input)
  const rows = await select(query).where(afterCursor(input.cursor, 't.opened_at', 't.id')).orderBy('t.opened_at', 'desc').orderBy('t.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.openedAt)
  return { items: await Promise.all(page.items.map((row) => view(ctx, row))), next: page.next, count: await boundCount(ctx, query) }
}

export async function showTask(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'supervision.read')
  const row = await select(taskQuery(ctx, {})).where('t.id', '=', input.id).executeTakeFirst()
  if (!row) throw supervisionFail('taskNotFound')
  const steps = await db(ctx).selectFrom('supervision_step').select(['id', 'node', 'actor_name as actorName', 'unit_name as unitName', 'at', 'content']).where('tenant_id', '=', row.tenant_id).where('task_id', '=', row.id).orderBy('at').orderBy('id').execute()
  const files = await filesOf(ctx, 'supervisionStep', steps.map((s) => s.id))
  return { ...(await view(ctx, row)), steps: steps.map((s) => ({ ...s, nodeName: stepNames[s.node] ?? s.node, files: (files.get(s.id) ?? []).map(({ id, name, type, size }) => ({ id, name, type, size })) })) }
}

async function hold(ctx: Ctx, id: string) {
  const seen = await taskQuery(ctx, {}).select('t.order_id').where('t.tenant_id', '=', ctx.tenantId).where('t.id', '=', id).executeTakeFirst()
  if (!seen) throw supervisionFail('taskNotFound')
  const order = await lockOrder(ctx, seen.order_id)
  const task = await db(ctx).selectFrom('supervision_task').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
  return { order, task }
}

const stateFault = (state: string, act: string) => supervisionFail('taskState', { rule: 'supervision.task', params: { state: taskStateNames[state as TaskState], act }, current: { state } })

/** The unit's answer; after the limit it is marked late. */
export async function replyTask(ctx: Ctx, input: Input<typeof contract.replyTaskRoute>) {
  authorize(ctx, 'supervision.answer')
  const { order, task } = await hold(ctx, input.id)
  if (task.state !== 'open') throw stateFault(task.state, '答复')
  if (!(await answersFor(ctx, task.unit_id ? [task.unit_id] : []))) throw supervisionFail('notYours', { rule: 'supervision.answer', params: { act: '答复该督办' } })
  const now = ctx.clock.now()
  await db(ctx).updateTable('supervision_task').set({ state: 'replied', replied_at: ts(now), first_reply_at: ts(task.first_reply_at ?? now), late: task.late || now > task.reply_due_at, version: task.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', task.id).execute()
  const stepId = await step(ctx, task.id, 'replied', input.content)
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'order', objectType: 'supervisionStep', objectId: stepId, audience: 'staff' })
  await record(ctx, order, { act: 'replySupervision', text: input.content, data: { taskId: task.id } })
  await notify(ctx, { type: 'supervision.replied', to: { permission: 'supervision.manage' }, level: 'P3', title: `督办已答复：${order.title}`, text: input.content, link: `/supervision/tasks/${task.id}`, objectType: 'supervisionTask', objectId: task.id })
  ctx.signal('supervision.board')
  return showTask(ctx, { id: task.id })
}

/** The supervisor closes, or returns with an opinion for another round. */
export async function closeTask(ctx: Ctx, input: Input<typeof contract.closeTaskRoute>) {
  authorize(ctx, 'supervision.manage')
  const { order, task } = await hold(ctx, input.id)
  if (task.state === 'closed') throw stateFault(task.state, '再处理')
  if (input.outcome === 'return' && task.state !== 'replied') throw stateFault(task.state, '退回')
  const now = ctx.clock.now()
  const change = input.outcome === 'accept' ? { state: 'closed', closed_at: ts(now), closed_by_name: ctx.actor.name, close_kind: 'accepted' } : { state: 'open', round: task.round + 1, reply_due_at: ts(plus(now, (await setting(ctx, replyWithin)) * HOUR)) }
  await db(ctx).updateTable('supervision_task').set({ ...change, version: task.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', task.id).execute()
  await step(ctx, task.id, input.outcome === 'accept' ? 'closed' : 'returned', input.opinion)
  await record(ctx, order, { act: input.outcome === 'accept' ? 'superviseClose' : 'superviseReturn', text: input.opinion, data: { taskId: task.id } })
  const told = task.unit_id ? await peopleFinder(ctx).ofUnit(task.unit_id, null) : []
  if (told.length > 0) await notify(ctx, { type: 'supervision.task', to: { userIds: told.map((p) => p.id) }, level: 'P3', title: `督办${input.outcome === 'accept' ? '已结案' : '被退回'}：${order.title}`, text: input.opinion, link: `/supervision/tasks/${task.id}`, objectType: 'supervisionTask', objectId: task.id })
  ctx.signal('supervision.board')
  return showTask(ctx, { id: task.id })
}
