// Tasks: lists under the reader's rights, taking and giving back, handing out in batch.
import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize, can, scopesOf, userId } from '../../kernel/access.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { afterCursor, boundCount, dayRange, type HomeSource, nextPage, notify, pageCount, usersOf } from '../platform/index.ts'
import { sheets } from './catalogue.ts'
import type * as contract from './contract.ts'
import type { taskStates } from './contract.ts'
import { qualityFail } from './quality.errors.ts'
import { db } from './quality.queries.ts'
import type { ObjectKind } from './sheet.ts'
import type { QualityTables } from './tables.gen.ts'
import { modeNames, objectKindNames, reasonNames, taskStateNames, uncheckedNames } from './texts.zh-CN.ts'

export type TaskRow = Selectable<QualityTables['quality_task']>
export type TaskState = (typeof taskStates)[number]
export type TaskView = Output<typeof contract.claimTaskRoute>
type Filter = Omit<Input<typeof contract.tasksRoute>, 'cursor' | 'limit'>
const open = ['pending', 'first', 'second', 'final'] as const

/** Tasks of a filter; who may read all of them is the caller's matter. */
export async function filtered(ctx: Ctx, f: Filter) {
  const { from, before } = await dayRange(ctx, f.from, f.to)
  const me = ctx.actor.id
  let q = db(ctx).selectFrom('quality_task as t').where('t.tenant_id', '=', ctx.tenantId)
  if (f.box === 'mine') q = q.where('t.inspector_id', '=', me).where('t.state', 'in', ['first', 'second', 'final'])
  // Own work is nobody's to take; a second look is for who was not there before.
  if (f.box === 'pool') q = q.where('t.state', '=', 'pending').where((eb) => eb.or([eb('t.agent_id', 'is', null), eb('t.agent_id', '<>', me)]))
  if (f.box === 'review') q = q.where('t.state', 'in', ['second', 'final']).where('t.inspector_id', 'is', null)
  if (f.box === 'open') q = q.where('t.state', 'in', [...open])
  if (f.box === 'concluded') q = q.where('t.concluded_at', 'is not', null)
  if (f.box === 'unchecked') q = q.where('t.unchecked_reason', 'is not', null).where('t.state', '<>', 'withdrawn')
  if (f.kind) q = q.where('t.object_kind', '=', f.kind)
  if (f.state?.length) q = q.where('t.state', 'in', f.state)
  if (f.planId) q = q.where('t.plan_id', '=', f.planId)
  if (f.agentId) q = q.where('t.agent_id', '=', f.agentId)
  if (f.inspectorId) q = q.where('t.inspector_id', '=', f.inspectorId)
  if (f.team) q = q.where('t.team_name', '=', f.team)
  if (f.passed !== undefined) q = q.where('t.passed', '=', f.passed)
  // What the machine alone has found is not asked out of a list either, while it is kept from the eyes.
  if (f.violation !== undefined || f.highRisk !== undefined) q = q.where((eb) => eb.or([eb('t.mode', '<>', 'parallel'), eb('t.concluded_at', 'is not', null), eb('t.state', 'in', ['second', 'final'])]))
  if (f.violation !== undefined) q = q.where('t.violation', '=', f.violation)
  if (f.abnormal !== undefined) q = q.where('t.abnormal', '=', f.abnormal)
  if (f.highRisk !== undefined) q = q.where('t.high_risk', '=', f.highRisk)
  if (f.item || f.ruleId) q = q.where(sql<boolean>`exists (select 1 from quality_score s join quality_deduction d on d.tenant_id = s.tenant_id and d.score_id = s.id where s.tenant_id = t.tenant_id and s.task_id = t.id and s.id = (select v.id from quality_score v where v.tenant_id = t.tenant_id and v.task_id = t.id and v.state = 'done' order by v.at desc, v.id desc limit 1) ${f.item ? sql`and d.item_code = ${f.item}` : sql``} ${f.ruleId ? sql`and d.rule_id = ${f.ruleId}` : sql``})`)
  const time = f.box === 'concluded' ? 't.concluded_at' : 't.created_at'
  if (from) q = q.where(time, '>=', from)
  if (before) q = q.where(time, '<', before)
  if (f.q) q = q.where((eb) => eb.or([eb('t.object_label', 'like', `%${(f.q ?? '').replaceAll(/[%_\\]/g, '')}%`), eb('t.agent_name', '=', f.q ?? '')]))
  return q
}

/** Where person and machine work side by side, neither looks over the other's shoulder before both are done. */
export const seesMachine = (task: Pick<TaskRow, 'mode' | 'concluded_at' | 'state'>): boolean => task.mode !== 'parallel' || task.concluded_at !== null || task.state === 'second' || task.state === 'final'

export async function taskViews(ctx: Ctx, rows: TaskRow[]): Promise<TaskView[]> {
  if (rows.length === 0) return []
  const [plans, all] = await Promise.all([db(ctx).selectFrom('quality_plan').select(['id', 'name']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', [...new Set(rows.map((one) => one.plan_id))]).execute(), sheets(ctx)])
  const now = ctx.clock.now()
  return rows.map((row) => {
    const seen = seesMachine(row)
    const [kind, mode, state, reason] = [row.object_kind as ObjectKind, row.mode as keyof typeof modeNames, row.state as TaskState, row.reason as keyof typeof reasonNames | null] // held to their lists by check constraints
    return {
      id: row.id, kind, kindName: objectKindNames[kind], objectId: row.object_id, objectAt: row.object_at, label: row.object_label, orderId: row.order_id, durationMs: row.duration_ms, agentId: row.agent_id, agentName: row.agent_name, teamName: row.team_name, unitName: row.unit_name,
      planName: plans.find((one) => one.id === row.plan_id)?.name ?? '', mode, modeName: modeNames[mode], sheetName: all.find((one) => one.id === row.sheet_id)?.name ?? '', state, stateName: taskStateNames[state], reason, reasonName: reason ? reasonNames[reason] : null, highRisk: seen && row.high_risk, inspectorId: row.inspector_id, inspectorName: row.inspector_name,
      mine: row.inspector_id !== null && row.inspector_id === ctx.actor.id, dueAt: row.due_at, overdue: row.due_at !== null && row.due_at < now && (open as readonly string[]).includes(state), machinePoints: seen ? row.machine_points : null, humanPoints: row.human_points, points: row.points, grade: row.grade, passed: row.passed, violation: seen && row.violation, abnormal: row.abnormal,
      uncheckedName: row.unchecked_reason ? (uncheckedNames[row.unchecked_reason as keyof typeof uncheckedNames] ?? row.unchecked_reason) : null, createdAt: row.created_at, concludedAt: row.concluded_at, version: row.version,
    }
  })
}

export async function listTasks(ctx: Ctx, input: Input<typeof contract.tasksRoute>): Promise<Output<typeof contract.tasksRoute>> {
  authorize(ctx, 'quality.read')
  const query = await filtered(ctx, input)
  const column = input.box === 'concluded' ? ('t.concluded_at' as const) : ('t.created_at' as const)
  const rows = await query.selectAll('t').where(afterCursor(input.cursor, column, 't.id')).orderBy(column, 'desc').orderBy('t.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (row) => (input.box === 'concluded' ? (row.concluded_at ?? row.created_at) : row.created_at))
  return { items: await taskViews(ctx, page.items), next: page.next, count: await pageCount(ctx, query, input.cursor, page) }
}

const boxOf = async (ctx: Ctx, box: Filter['box']) => boundCount(ctx, await filtered(ctx, { box }))
export async function taskCounts(ctx: Ctx): Promise<Output<typeof contract.taskCountsRoute>> {
  authorize(ctx, 'quality.read')
  return { mine: await boxOf(ctx, 'mine'), pool: await boxOf(ctx, 'pool'), review: await boxOf(ctx, 'review'), open: await boxOf(ctx, 'open'), unchecked: await boxOf(ctx, 'unchecked') }
}

export const qualityTodo: HomeSource = async (ctx) => {
  if (ctx.actor.kind !== 'user' || !can(ctx, 'quality.read') || !(can(ctx, 'quality.inspect') || can(ctx, 'quality.review'))) return { cards: [], todo: [] }
  const mine = await filtered(ctx, { box: 'mine' })
  const rows = await taskViews(ctx, await mine.selectAll('t').orderBy('t.due_at').limit(10).execute())
  return {
    cards: [{ id: 'quality.mine', title: '待质检', ...(await boundCount(ctx, mine)), link: '/quality/tasks?box=mine', todo: true }],
    todo: rows.map((one) => ({ id: `quality:${one.id}`, kind: '质检', title: one.label, link: `/quality/inspect/${one.id}`, dueAt: one.dueAt ?? one.createdAt, tone: one.overdue ? ('over' as const) : ('calm' as const), hint: `${one.stateName} · ${one.agentName ?? ''}` })),
  }
}

export async function lockTask(ctx: Ctx, id: string): Promise<TaskRow> {
  const row = await db(ctx).selectFrom('quality_task').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw qualityFail('notFound')
  return row
}

export async function taskById(ctx: Ctx, id: string): Promise<TaskView> {
  const row = await db(ctx).selectFrom('quality_task').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  const [view] = row ? await taskViews(ctx, [row]) : []
  if (!view) throw qualityFail('notFound')
  return view
}

/** Units whose handling the reader answers for: those he holds `quality.own` for as a unit's. */
export const unitsAnswered = (ctx: Ctx): string[] => (scopesOf(ctx, 'quality.own').some((s) => s === 'unit' || s === 'unitTree') ? ctx.actor.unitIds : [])

/** Whether a result speaks of the reader's own work: his own, or for an order that of his unit. */
export const concerns = (ctx: Ctx, task: Pick<TaskRow, 'agent_id' | 'unit_id' | 'object_kind'>): boolean =>
  (task.agent_id !== null && task.agent_id === ctx.actor.id) || (task.object_kind === 'order' && task.unit_id !== null && unitsAnswered(ctx).includes(task.unit_id))

const mayTake: Partial<Record<TaskState, 'quality.inspect' | 'quality.review'>> = { pending: 'quality.inspect', first: 'quality.inspect', second: 'quality.review', final: 'quality.review' }

/** Why this person cannot inspect this task; null where he can. */
export async function barTo(ctx: Ctx, task: TaskRow, userIdOf: string): Promise<'ownWork' | 'sameInspector' | null> {
  if (task.agent_id === userIdOf) return 'ownWork'
  if (task.state !== 'second' && task.state !== 'final') return null
  const before = await db(ctx).selectFrom('quality_score').select('id').where('tenant_id', '=', ctx.tenantId).where('task_id', '=', task.id).where('state', '=', 'done').where('by_id', '=', userIdOf).executeTakeFirst()
  return before ? 'sameInspector' : null
}

/** Takes a task; of two who want it, one is told who has it. Errors: quality.taken, ownWork, sameInspector, wrongState (409). */
export async function claimTask(ctx: Ctx, input: { id: string }): Promise<TaskView> {
  const task = await lockTask(ctx, input.id)
  const state = task.state as TaskState
  const right = mayTake[state]
  if (!right) throw qualityFail('wrongState', { params: { state: taskStateNames[state] } })
  authorize(ctx, right)
  const me = userId(ctx)
  if (task.inspector_id !== null && task.inspector_id !== me) throw qualityFail('taken', { params: { name: task.inspector_name ?? '' } })
  const bar = await barTo(ctx, task, me)
  if (bar) throw qualityFail(bar)
  await save(ctx, task.id, { state: state === 'pending' ? 'first' : state, inspector_id: me, inspector_name: ctx.actor.name })
  return taskById(ctx, task.id)
}

export async function releaseTask(ctx: Ctx, input: { id: string }): Promise<TaskView> {
  const task = await lockTask(ctx, input.id)
  if (task.inspector_id !== userId(ctx)) throw qualityFail('notYours')
  if (!mayTake[task.state as TaskState]) throw qualityFail('wrongState', { params: { state: taskStateNames[task.state as TaskState] } })
  await db(ctx).deleteFrom('quality_score').where('tenant_id', '=', ctx.tenantId).where('task_id', '=', task.id).where('state', '=', 'draft').execute()
  await save(ctx, task.id, { state: task.state === 'first' ? 'pending' : (task.state as TaskState), inspector_id: null, inspector_name: null })
  return taskById(ctx, task.id)
}

async function save(ctx: Ctx, id: string, change: { state: TaskState; inspector_id: string | null; inspector_name: string | null }): Promise<void> {
  await db(ctx).updateTable('quality_task').set((eb) => ({ ...change, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
  ctx.signal('quality.tasks', id)
}

/** Moves tasks to an inspector, or back to the pool; each refusal is named, the others go on. */
export async function assignTasks(ctx: Ctx, input: Input<typeof contract.assignTasksRoute>): Promise<Output<typeof contract.assignTasksRoute>> {
  authorize(ctx, 'quality.manage')
  const [inspectors, reviewers] = await Promise.all([usersOf(ctx, { permission: 'quality.inspect' }), usersOf(ctx, { permission: 'quality.review' })])
  const refused: { id: string; label: string; reason: string }[] = []
  let done = 0
  for (const id of [...new Set(input.ids)].toSorted()) {
    const task = await lockTask(ctx, id)
    const state = task.state as TaskState
    const refuse = (reason: string): void => void refused.push({ id, label: task.object_label, reason })
    if (!mayTake[state]) { refuse(`状态为${taskStateNames[state]}`); continue }
    const person = input.inspectorId === null ? null : (mayTake[state] === 'quality.review' ? reviewers : inspectors).find((one) => one.id === input.inspectorId)
    if (person === undefined) { refuse('所选人员没有该环节的权限'); continue }
    const bar = person ? await barTo(ctx, task, person.id) : null
    if (bar) { refuse(qualityFail(bar).title); continue }
    await save(ctx, id, { state: state === 'pending' || state === 'first' ? (person ? 'first' : 'pending') : state, inspector_id: person?.id ?? null, inspector_name: person?.name ?? null })
    done += 1
  }
  if (done > 0 && input.inspectorId) await notify(ctx, { type: 'quality.assigned', to: { userIds: [input.inspectorId] }, title: `新的质检任务 ${done} 件`, link: '/quality/tasks?box=mine', level: 'P3' })
  return { done, refused }
}

export async function withdrawTasks(ctx: Ctx, input: Input<typeof contract.withdrawTasksRoute>): Promise<{ done: number }> {
  authorize(ctx, 'quality.manage')
  const { rows } = await sql<{ id: string }>`update quality_task set state = 'withdrawn', inspector_id = null, inspector_name = null, version = version + 1 where tenant_id = ${ctx.tenantId} and id = any(${input.ids}::uuid[]) and state in ('pending', 'first', 'second', 'final', 'unchecked') returning id`.execute(ctx.db())
  for (const { id } of rows) await keepChange(ctx, id, { what: 'withdraw', old: null, now: null, reason: input.reason })
  ctx.signal('quality.tasks')
  return { done: rows.length }
}

export async function keepChange(ctx: Ctx, taskId: string, change: { what: string; old: number | null; now: number | null; reason: string | null }): Promise<void> {
  await db(ctx).insertInto('quality_change').values({ tenant_id: ctx.tenantId, id: newId(), task_id: taskId, at: ts(ctx.clock.now()), by_id: ctx.actor.kind === 'user' ? ctx.actor.id : null, by_name: ctx.actor.name, what: change.what, old_points: change.old, new_points: change.now, reason: change.reason }).execute()
}
