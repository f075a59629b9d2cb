// The queue: filters, two sorts, counts.
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize, can } from '../../kernel/access.ts'
import { ts } from '../../kernel/db/connect.ts'
import { byKey } from '../../kernel/db/statement-names.ts'
import type { Input } from '../../kernel/http/route.ts'
import { localParts } from '../../kernel/time/index.ts'
import { callingQueues, contactMaxAttempts } from '../orders/index.ts'
import { afterCursor, afterCursorUp, boundCount, dayRange, type HomeSource, nextPage, pageCount, setting, tenantById } from '../platform/index.ts'
import { attemptResults, causes, openTaskStates, taskStates } from './callback.ts'
import { inLine, selectTasks, tasks, taskView } from './callback.queries.ts'
import type * as contract from './contract.ts'
import { callbackScript, callingWindow, dissatisfactionReasons, retryHours, satisfactionScale, statementHidden } from './settings.ts'
import { attemptResultNames, causeNames, taskStateNames } from './texts.zh-CN.ts'

type Filter = Omit<Input<typeof contract.listCallbacksRoute>, 'sort' | 'limit' | 'cursor'>

async function filtered(ctx: Ctx, input: Filter) {
  const now = ts(ctx.clock.now())
  const { from, before } = await dayRange(ctx, input.from, input.to)
  // A number names one order: however the other filters are set, its tasks are found by its key.
  let query = tasks(input.number ? byKey(ctx) : ctx).where('t.state', 'in', input.state ?? openTaskStates)
  if (input.mine) query = query.where('t.assignee_id', '=', ctx.actor.id)
  if (input.free) query = query.where('t.due_at', '<=', now).where((eb) => eb.or([eb('t.assignee_id', 'is', null), eb.and([eb('t.assigned', '=', false), eb('t.claimed_until_at', '<=', now)])]))
  // A form by SMS waits for the requester and a robot's task for its call; who wants to follow them up takes them from their boards.
  if (input.free) query = query.where((eb) => eb.or([eb('t.manner', 'not in', ['sms', 'robot']), eb('t.state', '<>', 'waiting')]))
  if (input.free && !can(ctx, 'callback.assign')) {
    const { staffed, mine } = await callingQueues(ctx)
    const foreign = [...staffed.keys()].filter((code) => !mine.has(code))
    if (foreign.length > 0) query = query.where((eb) => eb.or([eb('t.queue', 'is', null), eb('t.queue', 'not in', foreign)]))
  }
  if (input.unitId) query = query.where(inLine(ctx, 't.unit_id', input.unitId))
  if (input.assigneeId) query = query.where('t.assignee_id', '=', input.assigneeId)
  if (input.appealType) query = query.where('o.appeal_type', '=', input.appealType)
  if (input.urgency) query = query.where('o.urgency', '=', input.urgency)
  if (input.cause) query = query.where('t.cause', '=', input.cause)
  if (input.number) query = query.where('o.number', '=', input.number)
  if (from) query = query.where('t.created_at', '>=', from)
  if (before) query = query.where('t.created_at', '<', before)
  return query
}

export async function listCallbacks(ctx: Ctx, input: Input<typeof contract.listCallbacksRoute>) {
  authorize(ctx, 'callback.read')
  const query = await filtered(ctx, input)
  const newest = input.sort === 'newest'
  const rows = await selectTasks(query)
    .where(newest ? afterCursor(input.cursor, 't.created_at', 't.id') : afterCursorUp(input.cursor, 't.due_at', 't.id'))
    .orderBy(newest ? 't.created_at' : 't.due_at', newest ? 'desc' : 'asc')
    .orderBy('t.id', newest ? 'desc' : 'asc')
    .limit(input.limit + 1)
    .execute()
  const page = nextPage(rows, input.limit, (row) => (newest ? row.createdAt : row.dueAt))
  const view = await taskView(ctx)
  return { items: page.items.map(view), next: page.next, count: await pageCount(ctx, query, input.cursor, page) }
}

export async function callbackCounts(ctx: Ctx) {
  authorize(ctx, 'callback.read')
  const states = []
  for (const state of taskStates) states.push({ state, name: taskStateNames[state], count: await boundCount(ctx, await filtered(ctx, { state: [state] })) })
  return { states, mine: await boundCount(ctx, await filtered(ctx, { mine: true })) }
}

/** What the page of a callback needs besides the task: questionnaire, reasons, script, window. */
export async function callbackOptions(ctx: Ctx) {
  authorize(ctx, 'callback.read')
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const { hour, minute } = localParts(ctx.clock.now(), timeZone)
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  const window = await setting(ctx, callingWindow)
  return {
    grades: await setting(ctx, satisfactionScale),
    reasons: await setting(ctx, dissatisfactionReasons),
    attemptResults: attemptResults.map((code) => ({ code, name: attemptResultNames[code] })),
    causes: causes.map((code) => ({ code, name: causeNames[code] })),
    script: await setting(ctx, callbackScript),
    maxAttempts: await setting(ctx, contactMaxAttempts),
    retryHours: await setting(ctx, retryHours),
    window: { ...window, open: time >= window.from && time < window.to },
    unitStatementHidden: await setting(ctx, statementHidden),
    callsAvailable: can(ctx, 'telephony.dial'),
  }
}

/** What waits for a callback agent: tasks named for him and those that nobody holds. */
export const callbackTodo: HomeSource = async (ctx) => {
  if (!can(ctx, 'callback.complete') || ctx.actor.kind !== 'user') return { cards: [], todo: [] }
  const free = await filtered(ctx, { free: true })
  const mine = await filtered(ctx, { mine: true })
  const view = await taskView(ctx)
  const rows = await selectTasks(mine).orderBy('t.due_at').limit(20).execute()
  return {
    cards: [
      { id: 'callback.free', title: '待回访', ...(await boundCount(ctx, free)), link: '/callbacks?free=true', todo: true },
      { id: 'callback.mine', title: '我的回访', ...(await boundCount(ctx, mine)), link: '/callbacks?mine=true', todo: true },
    ],
    todo: rows.map(view).map((task) => ({ id: `callback:${task.id}`, kind: '回访', title: task.title, link: `/callbacks/${task.id}`, dueAt: task.dueAt, tone: 'calm' as const, hint: `${task.stateName} · ${task.number}` })),
  }
}
