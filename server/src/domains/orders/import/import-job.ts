// Runs an import as the person who started it, with progress, cancellation and a file of the rows that failed.
import { z } from 'zod'
import { authorize } from '../../../kernel/access.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { AppError } from '../../../kernel/errors.ts'
import { defineJob } from '../../../kernel/jobs/job.ts'
import { sheetKinds } from '../../../kernel/sheets/index.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { actAs, fileContent, finishTask, notify, openTask, putContent, storeFile, updateTask, type TaskEnd } from '../../platform/index.ts'
import { FailedRows, failedTypes } from './failed-rows.ts'
import { importMapping } from './import-contract.ts'
import { importOrders, type Begin, type ImportCounts } from './import-orders.ts'

export const TASK_KIND = 'orders.import'
const KEEP_DAYS = 30

export const importTask = z.object({ fileId: z.uuid(), fileName: z.string(), kind: z.enum(sheetKinds), mapping: importMapping, source: z.string(), appealType: z.string() })
export type ImportTask = z.output<typeof importTask>

export const importJob = defineJob<{ tenantId: string; taskId: string }>({
  name: 'orders.import',
  schema: z.object({ tenantId: z.uuid(), taskId: z.uuid() }),
  // Rows that came in are skipped the next time, so that a run cut short by a restart simply goes on.
  maxAttempts: 3,
  async run(begin, { tenantId, taskId }, info) {
    const task = await begin((ctx) => openTask(inTenant(ctx, tenantId), taskId))
    if (!task) return
    const input = importTask.parse(task.input)
    const userId = task.createdBy ?? ''
    const failed = new FailedRows(input.kind)
    const end = (ended: TaskEnd): Promise<void> => begin(async (ctx) => void (await finishTask(inTenant(ctx, tenantId), taskId, ended)))
    try {
      if (task.cancelled) return await end({ state: 'cancelled' })
      const asUser: Begin = (fn) =>
        begin(async (ctx) => {
          const user = await actAs(ctx, userId, tenantId)
          authorize(user, 'orders.import')
          return fn(user)
        })
      const content = await asUser(async (ctx) => (await fileContent(ctx, input.fileId)).open)
      const tell = (counts: ImportCounts): Promise<{ cancelled: boolean }> => begin((ctx) => updateTask(inTenant(ctx, tenantId), taskId, { done: counts.read, failed: counts.failed }))
      const counts = await importOrders(asUser, { content, kind: input.kind, mapping: input.mapping, source: input.source, defaultType: input.appealType }, failed, tell)
      await begin((ctx) => complete(inTenant(ctx, tenantId), { taskId, userId, input, counts, failed }))
    } catch (error) {
      const known = error instanceof AppError ? error.title : error instanceof Error && /[\u4e00-\u9fff]/.test(error.message) ? error.message : null
      if (known === null && info.attempt < info.maxAttempts) throw error
      await end({ state: 'failed', error: known ?? '导入出错，已登记的工单保留；重新导入同一文件会从中断处继续' })
      if (known === null) throw error
    } finally {
      await failed.remove()
    }
  },
})

type Complete = { taskId: string; userId: string; input: ImportTask; counts: ImportCounts & { cancelled: boolean }; failed: FailedRows }

async function complete(ctx: Ctx, { taskId, userId, input, counts, failed }: Complete): Promise<void> {
  const expiresAt = plus(ctx.clock.now(), KEEP_DAYS * DAY)
  const content = await failed.content()
  const name = `未导入-${input.fileName.replace(/(?:\.gz|\.(?:csv|txt|tsv|xlsx|jsonl|ndjson|json))+$/i, '')}.${input.kind}`
  const failedFileId = content ? await storeFile(ctx, { name, type: failedTypes[input.kind], stored: await putContent(content), place: 'import', objectType: 'task', objectId: taskId }) : undefined
  const { cancelled, ...result } = counts
  await finishTask(ctx, taskId, { state: cancelled ? 'cancelled' : 'done', done: counts.read, failed: counts.failed, result, ...(failedFileId ? { failedFileId, expiresAt } : {}) })
  await notify(ctx, { type: 'task', to: { userIds: [userId] }, title: `导入${cancelled ? '已取消' : '完成'}：登记 ${counts.created} 件，重复 ${counts.skipped} 件，未导入 ${counts.failed} 行`, link: '/home/tasks', objectType: 'task', objectId: taskId, level: 'P3' })
}
