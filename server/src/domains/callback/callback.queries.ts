// Rows of callbacks: the queue with what agents need to know of the order, locks, counts.
import { sql, type ExpressionBuilder, type Kysely, type Selectable, type SqlBool } from 'kysely'
import { scopesOf } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import type { SharedViews } from '../../kernel/db/views.gen.ts'
import { appealTypeNames, contactMaxAttempts, shownName, urgencyNames, visible } from '../orders/index.ts'
import { setting } from '../platform/index.ts'
import type { AttemptResult, Cause, Outcome, Statement, TaskState } from './callback.ts'
import { callbackFail } from './callback.errors.ts'
import type { CallbackTables } from './tables.gen.ts'
import { causeNames, mannerNames, taskStateNames, wishNames } from './texts.zh-CN.ts'

type Narrow<T, K extends keyof T, V> = Omit<T, K> & Record<K, V>
type Db = CallbackTables & SharedViews

/** Text columns of these rows are held to their lists by check constraints. */
export type TaskRow = Narrow<Narrow<Selectable<CallbackTables['callback_task']>, 'state', TaskState>, 'cause', Cause>
type ItemAnswer = { name: string; grade: string }
type Statements = { contacted: Statement; solved: Statement; satisfied: Statement; outcome: Outcome; items: ItemAnswer[] }
export type ResultRow = Omit<Selectable<CallbackTables['callback_result']>, keyof Statements> & Statements
export type AttemptRow = Narrow<Selectable<CallbackTables['callback_attempt']>, 'result', AttemptResult>

export const db = (ctx: Ctx): Kysely<Db> => ctx.db<CallbackTables>()

/** Tenants whose callbacks may be read: leaders and supervisors also look downward. */
export const readableTenants = (ctx: Ctx): string[] => (scopesOf(ctx, 'callback.read').includes('tenantsBelow') ? [...new Set([ctx.tenantId, ...ctx.actor.tenantIds])] : [ctx.tenantId])

type Eb = ExpressionBuilder<Db & { o: SharedViews['order_view'] }, 'o'>

/** Callbacks of orders that one may see (confidential ones need their own right). The view has the columns that the rule of orders reads. */
export const seesOrder = (ctx: Ctx, eb: Eb) => visible(ctx, eb as never)

/** The queue, joined with its orders under the viewer's scope. */
export function tasks(ctx: Ctx) {
  return db(ctx)
    .selectFrom('callback_task as t')
    .innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 't.tenant_id').onRef('o.id', '=', 't.order_id'))
    .where('t.tenant_id', 'in', readableTenants(ctx))
    .where((eb) => seesOrder(ctx, eb as never) as never)
}

const columns = [
  't.id', 't.order_id as orderId', 'o.number', 'o.title', 'o.appeal_type as appealType', 'o.urgency', 't.round', 't.cause', 't.manner', 't.wish', 't.state', 't.assignee_id as assigneeId', 't.assignee_name as assigneeName',
  't.claimed_until_at as claimedUntil', 't.attempts', 't.due_at as dueAt', 't.unit_id as unitId', 't.unit_name as unitName', 'o.requester_name as requesterName', 'o.confidential', 'o.closed_at as closedAt', 't.created_at as createdAt',
  't.finished_at as finishedAt', 't.queue', 't.version', 't.plan_id as planId',
] as const

export const selectTasks = (query: ReturnType<typeof tasks>) => query.select(columns)
type Selected = Awaited<ReturnType<ReturnType<typeof selectTasks>['execute']>>[number]

/** A row as the contract shows it. */
export async function taskView(ctx: Ctx) {
  const maxAttempts = await setting(ctx, contactMaxAttempts)
  const now = ctx.clock.now()
  return (row: Selected) => {
    const cause = row.cause as Cause
    // A lock whose time is over is no lock, even before the sweep has tidied up.
    const state = row.state === 'claimed' && (row.claimedUntil ?? 0) <= now ? 'due' : (row.state as TaskState)
    return {
      ...row, number: row.number ?? '', title: row.title ?? '', appealType: row.appealType ?? '', appealTypeName: appealTypeNames[row.appealType ?? ''] ?? row.appealType ?? '', urgency: row.urgency ?? '', urgencyName: urgencyNames[row.urgency ?? ''] ?? '',
      cause, causeName: causeNames[cause], wishName: wishNames[row.wish] ?? row.wish, state, stateName: state === 'waiting' && row.manner === 'sms' ? '短信待答复' : state === 'waiting' && row.manner === 'robot' ? '机器人待拨' : taskStateNames[state], mannerName: mannerNames[row.manner] ?? row.manner, mine: row.assigneeId !== null && row.assigneeId === ctx.actor.id, maxAttempts,
      requesterName: shownName({ subject_kind: 'person', name: row.requesterName ?? '' }), confidential: row.confidential ?? false,
    }
  }
}
export type TaskView = ReturnType<Awaited<ReturnType<typeof taskView>>>

export async function readTask(ctx: Ctx, id: string): Promise<TaskView> {
  const row = await selectTasks(tasks(ctx)).where('t.id', '=', id).executeTakeFirst()
  if (!row) throw callbackFail('notFound')
  return (await taskView(ctx))(row)
}

/** The task of the own tenant, locked. Where the order changes too, it is locked before. */
export async function lockTask(ctx: Ctx, id: string): Promise<TaskRow> {
  const row = await db(ctx).selectFrom('callback_task').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw callbackFail('notFound')
  return row as TaskRow
}

/** The order a task belongs to, under the viewer's scope and before anything is locked. */
export async function orderOfTask(ctx: Ctx, id: string): Promise<string> {
  const row = await tasks(ctx).select('t.order_id').where('t.tenant_id', '=', ctx.tenantId).where('t.id', '=', id).executeTakeFirst()
  if (!row) throw callbackFail('notFound')
  return row.order_id
}

type Change = Partial<{ state: TaskState; assignee_id: string | null; assignee_name: string | null; assigned: boolean; attempts: number; finished_by_name: string; manner: string; ended_because: string; dial_task_id: string | null; plan_id: string | null }> & { claimed_until_at?: unknown; due_at?: unknown; finished_at?: unknown }

export async function saveTask(ctx: Ctx, id: string, change: Change): Promise<void> {
  await db(ctx).updateTable('callback_task').set((eb) => ({ ...(change as object), version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
  ctx.signal('callback.queue', id)
}

/** The unit and everything below it, in the tenants one may read. */
export const inLine = (ctx: Ctx, column: string, unitId: string) =>
  sql<SqlBool>`${sql.ref(column)} in (select u.id from platform_unit_view u where u.tenant_id in (${sql.join(readableTenants(ctx))}) and u.path @> array[${unitId}]::uuid[])`
