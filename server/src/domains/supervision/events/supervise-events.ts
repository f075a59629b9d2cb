// Warning events: those that wait for supervision, the task that is opened on their orders, the log of all of them (SUP-20).
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { stateNames, type OrderState } from '../../orders/index.ts'
import { afterCursor, applySetting, boundCount, dayRange, nextPage, setting } from '../../platform/index.ts'
import { requestInstruction } from '../instructions/give-instruction.ts'
import { leadersOf } from '../instructions/instructions.ts'
import { warningRuleIds } from '../settings.ts'
import { supervisionFail } from '../supervision.errors.ts'
import { db, inUnit, readsWide, seesOrder } from '../supervision.queries.ts'
import type { TaskState } from '../supervision.ts'
import { taskStateNames } from '../texts.zh-CN.ts'
import { createTask } from '../tasks/task-acts.ts'
import { taskQuery } from '../tasks/read-tasks.ts'
import type * as contract from './event-contract.ts'
import { eventStatusNames, panelNames, warningLevelNames } from './event-texts.zh-CN.ts'
import { warningEvents, warningPanels, warningRules, type WarningEvent, type WarningPanel } from './warning-events.ts'

type Row = Output<typeof contract.listEventsRoute>['items'][number]
type Detail = Output<typeof contract.showEventRoute>

/** Events are the centre's: a unit sees the task, not the event. */
function requireWide(ctx: Ctx): void {
  authorize(ctx, 'supervision.read')
  if (!readsWide(ctx)) throw supervisionFail('eventNotFound')
}

const tasksOf = (ctx: Ctx) =>
  taskQuery(ctx, {}).where('t.tenant_id', '=', ctx.tenantId)
    .innerJoin('supervision_event as e', (join) => join.onRef('e.tenant_id', '=', 't.tenant_id').onRef('e.task_id', '=', 't.id'))
const selectTask = (query: ReturnType<typeof tasksOf>) =>
  query.select(['t.id as id', 'e.event_id as eventId', 'e.number as eventNumber', 'e.title as eventTitle', 'e.rule_name as ruleName', 'e.level as eventLevel', 'e.raised_at as raisedAt', 'e.started_at as startedAt', 'e.started_by_name as startedByName', 't.unit_id as unitId', 't.unit_name as unitName', 't.state as state', 't.reply_due_at as replyDueAt'])
type TaskRow = Awaited<ReturnType<ReturnType<typeof selectTask>['execute']>>[number]

const ofTask = (ctx: Ctx, r: TaskRow): Row => {
  const status = r.state as TaskState
  return {
    id: r.eventId, number: r.eventNumber, title: r.eventTitle, ruleName: r.ruleName, level: r.eventLevel, levelName: warningLevelNames[r.eventLevel] ?? r.eventLevel, raisedAt: r.raisedAt, unitId: r.unitId, unitName: r.unitName,
    status, statusName: eventStatusNames[status], taskId: r.id, startedAt: r.startedAt, startedByName: r.startedByName, replyDueAt: r.replyDueAt, overdue: status === 'open' && r.replyDueAt <= ctx.clock.now(),
  }
}
const waiting = (event: WarningEvent): Row => ({
  id: event.id, number: event.number, title: event.title, ruleName: event.rule.name, level: event.level, levelName: warningLevelNames[event.level] ?? event.level, raisedAt: event.raisedAt, unitId: event.unitId, unitName: event.unitName,
  status: 'awaiting', statusName: eventStatusNames.awaiting, taskId: null, startedAt: null, startedByName: null, replyDueAt: null, overdue: false,
})

export async function listEvents(ctx: Ctx, input: Input<typeof contract.listEventsRoute>): Promise<Output<typeof contract.listEventsRoute>> {
  requireWide(ctx)
  const days = await dayRange(ctx, input.from, input.to)
  const choice = { rules: await chosenRules(ctx), mayChoose: can(ctx, 'supervision.configure') }
  if (input.status === 'awaiting') return { ...(await awaiting(ctx, input)), ...choice }
  let query = tasksOf(ctx).where('t.state', '=', input.status)
  if (input.unitId) query = query.where(inUnit(ctx, 't.unit_id', input.unitId))
  if (days.from) query = query.where('e.raised_at', '>=', days.from)
  if (days.before) query = query.where('e.raised_at', '<', days.before)
  const rows = await selectTask(query).where(afterCursor(input.cursor, 'e.started_at', 't.id')).orderBy('e.started_at', 'desc').orderBy('t.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.startedAt)
  return { items: page.items.map((r) => ofTask(ctx, r)), next: page.next, count: await boundCount(ctx, query), ...choice }
}

async function chosenRules(ctx: Ctx): Promise<Output<typeof contract.chooseWarningRulesRoute>['rules']> {
  const chosen = await setting(ctx, warningRuleIds)
  return (await warningRules.one()(ctx)).map((rule) => ({ ...rule, chosen: chosen.length === 0 || chosen.includes(rule.id) }))
}

export async function chooseWarningRules(ctx: Ctx, input: Input<typeof contract.chooseWarningRulesRoute>): Promise<Output<typeof contract.chooseWarningRulesRoute>> {
  authorize(ctx, 'supervision.configure')
  const known = new Set((await warningRules.one()(ctx)).map((rule) => rule.id))
  if (input.ruleIds.some((id) => !known.has(id))) throw kernelErrors('invalid', { fields: [{ path: 'ruleIds', message: '没有这条预警规则，请刷新后重选' }] })
  await applySetting(ctx, { tenantId: ctx.tenantId, unitId: null }, warningRuleIds.key, input.ruleIds, '选择参与督办的预警规则')
  return { rules: await chosenRules(ctx) }
}

const COUNTED = 100

/** Pages of the events' own list, without those that a task stands on; the count looks at the newest hundred. */
async function awaiting(ctx: Ctx, input: Input<typeof contract.listEventsRoute>) {
  const ruleIds = await setting(ctx, warningRuleIds)
  const read = async (limit: number, cursor?: string) => {
    const found = await warningEvents.one()(ctx, {
      limit, open: true, ...(cursor ? { cursor } : {}), ...(input.unitId ? { unitId: input.unitId } : {}), ...(ruleIds.length > 0 ? { ruleIds } : {}), ...(input.from ? { from: input.from } : {}), ...(input.to ? { to: input.to } : {}),
    })
    const taken = await openOn(ctx, found.items.map((e) => e.id))
    return { items: found.items.filter((e) => !taken.has(e.id)).map(waiting), next: found.next }
  }
  const page = await read(input.limit, input.cursor)
  const newest = page.next === null && input.cursor === undefined ? page : await read(COUNTED)
  return { ...page, count: { value: newest.items.length, capped: newest.next !== null } }
}

/** Events on which a task stands that is not closed. */
async function openOn(ctx: Ctx, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db(ctx).selectFrom('supervision_event as e').innerJoin('supervision_task as t', (join) => join.onRef('t.tenant_id', '=', 'e.tenant_id').onRef('t.id', '=', 'e.task_id')).select('e.event_id').where('e.tenant_id', '=', ctx.tenantId).where('e.event_id', 'in', ids).where('t.state', '<>', 'closed').execute()
  return new Set(rows.map((r) => r.event_id))
}

async function eventById(ctx: Ctx, id: string): Promise<WarningEvent> {
  const [event] = (await warningEvents.one()(ctx, { ids: [id], limit: 1 })).items
  if (!event || event.id !== id) throw supervisionFail('eventNotFound')
  return event
}

/** Why the event cannot be supervised now; null where it can. */
async function fault(ctx: Ctx, event: WarningEvent): Promise<'eventRule' | 'eventSupervised' | 'eventWithoutOrder' | null> {
  const ruleIds = await setting(ctx, warningRuleIds)
  if (ruleIds.length > 0 && !ruleIds.includes(event.rule.id)) return 'eventRule'
  if ((await openOn(ctx, [event.id])).size > 0) return 'eventSupervised'
  return event.orderIds.length === 0 ? 'eventWithoutOrder' : null
}
const faultTexts = { eventRule: '该预警规则不参与督办', eventSupervised: '该事件正在督办', eventWithoutOrder: '事件没有工单，不能督办' } as const

/** Units that hold orders of the event, with the orders they hold. */
async function holdersOf(ctx: Ctx, orderIds: string[]): Promise<Map<string, { name: string; orderIds: string[] }>> {
  const units = new Map<string, { name: string; orderIds: string[] }>()
  if (orderIds.length === 0) return units
  const rows = await db(ctx).selectFrom('orders_pub_assignment_view as a').innerJoin('orders_pub_order_view as w', (join) => join.onRef('w.tenant_id', '=', 'a.tenant_id').onRef('w.id', '=', 'a.order_id'))
    .select(['a.unit_id as unitId', 'a.unit_name as name', 'a.order_id as orderId']).where('a.tenant_id', '=', ctx.tenantId).where('a.order_id', 'in', orderIds).where('a.state', 'not in', ['returned', 'cancelled']).where('w.state', 'in', ['inProgress', 'pendingResultReview']).execute()
  for (const row of rows) {
    const unit = units.get(row.unitId ?? '') ?? { name: row.name ?? '', orderIds: [] }
    if (row.orderId && !unit.orderIds.includes(row.orderId)) unit.orderIds.push(row.orderId)
    units.set(row.unitId ?? '', unit)
  }
  return units
}

export async function showEvent(ctx: Ctx, input: { id: string }): Promise<Detail> {
  requireWide(ctx)
  const event = await eventById(ctx, input.id)
  const tasks = await selectTask(tasksOf(ctx).where('e.event_id', '=', event.id)).orderBy('e.started_at', 'desc').execute()
  const panels = (await warningPanels.one()(ctx, event.id)) ?? []
  const why = await fault(ctx, event)
  const latest = tasks[0]
  const units = await holdersOf(ctx, event.orderIds)
  return {
    ...(latest ? ofTask(ctx, latest) : waiting(event)),
    panels: await Promise.all(panels.map((panel) => panelView(ctx, panel))),
    tasks: tasks.map((t) => ({ taskId: t.id, startedAt: t.startedAt, startedByName: t.startedByName, unitName: t.unitName, stateName: taskStateNames[t.state as TaskState] })),
    units: [...units].map(([id, unit]) => ({ id, name: unit.name })), leaders: can(ctx, 'supervision.requestInstruction') ? await leadersOf(ctx) : [],
    maySupervise: why === null && can(ctx, 'supervision.manage'), reason: why === null ? null : faultTexts[why],
  }
}

async function panelView(ctx: Ctx, panel: WarningPanel): Promise<Detail['panels'][number]> {
  const orders = panel.orderIds.length === 0 ? [] : await db(ctx).selectFrom('order_view as o').select(['o.id', 'o.number', 'o.title', 'o.state']).where('o.tenant_id', '=', ctx.tenantId).where('o.id', 'in', panel.orderIds.slice(0, 50)).where((eb) => seesOrder(ctx, eb as never) as never).orderBy('o.registered_at').execute()
  return { kind: panel.kind, name: panelNames[panel.kind], facts: panel.facts, orders: orders.map((o) => ({ id: o.id, number: o.number ?? '', title: o.title ?? '', stateName: stateNames[o.state as OrderState] })) }
}

export async function superviseEvent(ctx: Ctx, input: Input<typeof contract.superviseEventRoute>): Promise<{ taskId: string }> {
  authorize(ctx, 'supervision.manage')
  const event = await eventById(ctx, input.id)
  const why = await fault(ctx, event)
  if (why !== null) throw supervisionFail(why, { rule: `supervision.event.${why}` })
  const orderIds = (await holdersOf(ctx, event.orderIds)).get(input.unitId)?.orderIds
  if (!orderIds) throw kernelErrors('invalid', { fields: [{ path: 'unitId', message: '该单位没有承办事件的工单' }] })
  const task = await createTask(ctx, { orderIds, unitId: input.unitId, level: input.level, replyDueAt: input.replyDueAt, demand: input.demand, description: `${event.number} ${event.title}`, fileIds: [] })
  await db(ctx).updateTable('supervision_task').set({ source: 'warning', rule: 'warning' }).where('tenant_id', '=', ctx.tenantId).where('id', '=', task.id).execute()
  await db(ctx).insertInto('supervision_event').values({ tenant_id: ctx.tenantId, task_id: task.id, event_id: event.id, number: event.number, title: event.title, rule_id: event.rule.id, rule_name: event.rule.name, level: event.level, raised_at: ts(event.raisedAt), started_at: ts(ctx.clock.now()), started_by_name: ctx.actor.name }).execute()
  const first = orderIds[0]
  if (input.leaderId !== undefined && first !== undefined) await requestInstruction(ctx, { id: first, leaderId: input.leaderId, request: `预警事件 ${event.number} ${event.title}：${input.demand}`.slice(0, 1000), urgency: event.level === 'high' ? 'urgent' : 'normal', head: false, fileIds: [] })
  return { taskId: task.id }
}

