// A person's own tasks: list, progress, cancel, retry, results.
import { userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output, RawExchange } from '../../../kernel/http/route.ts'
import type { Cron } from '../../../kernel/module.ts'
import { definePort } from '../../../kernel/port.ts'
import type { FileTables } from '../attachments/file-tables.ts'
import { readableFile, sendFile } from '../attachments/open-file.ts'
import { markDeleted } from '../attachments/remove-file.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { exportInput } from './export-job.ts'
import { afterCursor, boundCount, nextPage } from './keyset.ts'
import type * as contract from './list-contract.ts'
import { listErrors } from './lists.errors.ts'
import { startExport } from './start-export.ts'
import type { TaskState } from './task-store.ts'

type Task = Output<typeof contract.showTask>

/** Domains that can repeat a failed task of theirs start a new one and return its id; null for kinds that are not theirs. */
export const taskRetry = definePort<(ctx: Ctx, task: { id: string; kind: string; input: unknown }) => Promise<string | null>>('platform.taskRetry')

const own = (ctx: Ctx) => ctx.db<PlatformTables & FileTables>().selectFrom('platform_task as t').where('t.tenant_id', '=', ctx.tenantId).where('t.created_by', '=', userId(ctx))

const withFiles = (query: ReturnType<typeof own>) =>
  query
    .leftJoin('kernel_file as f', (join) => join.onRef('f.tenant_id', '=', 't.tenant_id').onRef('f.id', '=', 't.result_file_id').on('f.deleted_at', 'is', null))
    .leftJoin('kernel_file as e', (join) => join.onRef('e.tenant_id', '=', 't.tenant_id').onRef('e.id', '=', 't.failed_file_id').on('e.deleted_at', 'is', null))
    .select((eb) => [
      't.id', 't.kind', 't.title', eb.ref('t.state').$castTo<TaskState>().as('state'), 't.done', 't.total', 't.failed as failedRows', 't.created_at as createdAt', 't.started_at as startedAt', 't.finished_at as finishedAt',
      't.expires_at as expiresAt', 't.cancel_at as cancelAt', 't.error', 't.result', 't.input', 'f.id as fileId', 'f.name as fileName', 'e.id as failedFileId', 'e.name as failedFileName',
    ])

type Row = Awaited<ReturnType<ReturnType<typeof withFiles>['execute']>>[number]

function answer({ expiresAt, cancelAt, input: _input, fileId, fileName, failedFileId, failedFileName, ...row }: Row): Task {
  const open = row.state === 'queued' || row.state === 'running'
  const file = (id: string | null, name: string | null): Task['file'] => (id !== null && name !== null ? { id, name, expiresAt } : null)
  const retryable = row.kind === 'export' || taskRetry.all().length > 0
  return {
    ...row, cancelling: open && cancelAt !== null, file: file(fileId, fileName), failedFile: file(failedFileId, failedFileName),
    acts: open ? (cancelAt === null ? ['cancel'] : []) : (row.state === 'failed' || row.state === 'cancelled') && retryable ? ['retry'] : [],
  }
}

export async function listTasks(ctx: Ctx, input: Input<typeof contract.listTasks>): Promise<Output<typeof contract.listTasks>> {
  let query = own(ctx)
  if (input.kind) query = query.where('t.kind', '=', input.kind)
  const rows = await withFiles(query).where(afterCursor(input.cursor, 't.created_at', 't.id')).orderBy('t.created_at', 'desc').orderBy('t.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (row) => row.createdAt)
  return { ...page, items: page.items.map(answer), count: await boundCount(ctx, query) }
}

async function ownTask(ctx: Ctx, id: string): Promise<Row> {
  const row = await withFiles(own(ctx).where('t.id', '=', id)).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return row
}

export async function showTask(ctx: Ctx, input: { id: string }): Promise<Task> {
  return answer(await ownTask(ctx, input.id))
}

/** A waiting task ends at once, a running one at its next step. */
export async function cancelTask(ctx: Ctx, input: { id: string }): Promise<Task> {
  await ownTask(ctx, input.id)
  const now = ts(ctx.clock.now())
  const db = ctx.db<PlatformTables>()
  const task = db.updateTable('platform_task').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id)
  const waiting = await task.set({ state: 'cancelled', cancel_at: now, finished_at: now }).where('state', '=', 'queued').returning('id').executeTakeFirst()
  const running = waiting ?? (await task.set((eb) => ({ cancel_at: eb.fn.coalesce('cancel_at', now) })).where('state', '=', 'running').returning('id').executeTakeFirst())
  if (!running) throw listErrors('taskOver')
  ctx.signal('tasks', input.id)
  return showTask(ctx, input)
}

/** Starts the same work anew as a new task, with the rights of now. */
export async function retryTask(ctx: Ctx, input: { id: string }): Promise<Task> {
  const row = await ownTask(ctx, input.id)
  if (row.state !== 'failed' && row.state !== 'cancelled') throw listErrors('notRetryable')
  if (row.kind === 'export') {
    const { taskId } = await startExport(ctx, exportInput.parse(row.input))
    return showTask(ctx, { id: taskId })
  }
  for (const retry of taskRetry.all()) {
    const id = await retry(ctx, { id: row.id, kind: row.kind, input: row.input })
    if (id !== null) return showTask(ctx, { id })
  }
  throw listErrors('notRetryable')
}

export async function downloadTask(ctx: Ctx, input: { id: string; part: 'result' | 'failed' }, raw: RawExchange): Promise<Record<string, never>> {
  const row = await ownTask(ctx, input.id)
  const fileId = input.part === 'failed' ? row.failedFileId : row.fileId
  if (fileId === null) throw kernelErrors('notFound')
  const file = await readableFile(ctx, fileId)
  ctx.audit({ module: 'platform', act: 'downloadTask', objectType: 'task', objectId: row.id, text: file.name })
  await sendFile(file, { download: true }, raw)
  return {}
}

/** Results open to their owner only, until they expire. */
export async function mayOpenTaskFile(ctx: Ctx, object: { objectType: string; objectId: string }): Promise<boolean | null> {
  if (object.objectType !== 'task') return null
  if (ctx.actor.kind !== 'user') return false
  const row = await own(ctx).select('t.expires_at as expiresAt').where('t.id', '=', object.objectId).executeTakeFirst()
  return row !== undefined && (row.expiresAt === null || row.expiresAt > ctx.clock.now())
}

async function dropExpired(ctx: Ctx): Promise<void> {
  const rows = await ctx
    .db<PlatformTables>()
    .selectFrom('platform_task')
    .select(['id', 'result_file_id', 'failed_file_id'])
    .where('tenant_id', '=', ctx.tenantId)
    .where('expires_at', '<', ts(ctx.clock.now()))
    .where((eb) => eb.or([eb('result_file_id', 'is not', null), eb('failed_file_id', 'is not', null)]))
    .limit(500)
    .execute()
  if (rows.length === 0) return
  await markDeleted(ctx, rows.flatMap((row) => [row.result_file_id, row.failed_file_id]).filter((id) => id !== null), true)
  await ctx.db<PlatformTables>().updateTable('platform_task').set({ result_file_id: null, failed_file_id: null }).where('tenant_id', '=', ctx.tenantId).where('id', 'in', rows.map((row) => row.id)).execute()
}

export const taskCrons: Cron[] = [{ name: 'platform.dropExpiredResults', everySeconds: 3600, run: dropExpired }]
