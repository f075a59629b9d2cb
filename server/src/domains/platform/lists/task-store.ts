// Long work with progress: exports, imports, batches. The worker writes in steps, the page asks.
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import type { JsonValue } from '../../../kernel/db/json.ts'
import type { PlatformTables } from '../tables.gen.ts'

export type TaskState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

/**
 * Enters a task of the actor in state `queued` and returns its id. `kind` is a code of the domain (`export`, `orders.import`);
 * `input` is what the job needs, ids and options.
 */
export async function createTask(ctx: Ctx, task: { kind: string; title: string; total?: number; input?: JsonValue }): Promise<string> {
  const id = newId()
  await ctx
    .db<PlatformTables>()
    .insertInto('platform_task')
    .values({
      tenant_id: ctx.tenantId, id, kind: task.kind, title: task.title.slice(0, 200), state: 'queued', total: task.total ?? null, input: json(task.input ?? {}),
      created_by: ctx.actor.id, created_by_name: ctx.actor.name, created_at: ts(ctx.clock.now()),
    })
    .execute()
  ctx.signal('tasks', id)
  ctx.signal('home.counts')
  return id
}

/**
 * Progress of a task, in a short transaction of its own: call it each half second or so. Answers whether somebody cancelled it (or
 * it is over): the worker then stops and calls `finishTask` with `cancelled`.
 */
export async function updateTask(ctx: Ctx, id: string, progress: { done?: number; failed?: number; total?: number }): Promise<{ cancelled: boolean }> {
  const row = await ctx
    .db<PlatformTables>()
    .updateTable('platform_task')
    .set((eb) => ({ ...progress, state: 'running', started_at: eb.fn.coalesce('started_at', ts(ctx.clock.now())) }))
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .returning('cancel_at')
    .executeTakeFirst()
  if (!row) return { cancelled: true }
  ctx.signal('tasks', id)
  return { cancelled: row.cancel_at !== null }
}

export type TaskEnd = {
  state: 'done' | 'failed' | 'cancelled'
  done?: number
  failed?: number
  /** Figures for the page, such as `{ created: 120, skipped: 3 }`. */
  result?: JsonValue
  resultFileId?: string
  /** Rows that failed, with reasons. */
  failedFileId?: string
  /** In Chinese, for the user. */
  error?: string
  /** When the files go. */
  expiresAt?: Instant
}

/** Ends a task once; a task that is over stays as it is (a repeated job changes nothing). Returns whether it was ended now. */
export async function finishTask(ctx: Ctx, id: string, end: TaskEnd): Promise<boolean> {
  const row = await ctx
    .db<PlatformTables>()
    .updateTable('platform_task')
    .set({
      state: end.state, finished_at: ts(ctx.clock.now()), error: end.error ?? null, result_file_id: end.resultFileId ?? null, failed_file_id: end.failedFileId ?? null,
      expires_at: end.expiresAt === undefined ? null : ts(end.expiresAt), ...(end.result === undefined ? {} : { result: json(end.result) }),
      ...(end.done === undefined ? {} : { done: end.done }), ...(end.failed === undefined ? {} : { failed: end.failed }),
    })
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .returning('id')
    .executeTakeFirst()
  ctx.signal('tasks', id)
  ctx.signal('home.counts')
  return row !== undefined
}

/** A task as its worker sees it; null when it is unknown or over. */
export async function openTask(ctx: Ctx, id: string): Promise<{ kind: string; input: JsonValue; createdBy: string | null; createdByName: string; cancelled: boolean } | null> {
  const row = await ctx
    .db<PlatformTables>()
    .selectFrom('platform_task')
    .select(['kind', 'input', 'created_by as createdBy', 'created_by_name as createdByName', 'cancel_at as cancelAt'])
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst()
  if (!row) return null
  const { cancelAt, ...task } = row
  return { ...task, cancelled: cancelAt !== null }
}
