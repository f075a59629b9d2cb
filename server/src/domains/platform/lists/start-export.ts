import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { setting } from '../settings/setting-chain.ts'
import type * as contract from './list-contract.ts'
import { exportJob } from './export-job.ts'
import { chosenColumns, sourceOf } from './export-sources.ts'
import { exportBackground, exportMax } from './list-settings.ts'
import { listErrors } from './lists.errors.ts'
import { MOST_PDF_ROWS } from './write-pdf.ts'
import { createTask } from './task-store.ts'

/** Counts under the actor's own scope, refuses what is too much, and leaves the rest to a job. */
export async function startExport(ctx: Ctx, input: Input<typeof contract.startExport>): Promise<{ taskId: string; count: number; background: boolean }> {
  const source = sourceOf(input.page)
  authorize(ctx, source.permission)
  await chosenColumns(ctx, source, input.filter, input.columns)
  const max = await setting(ctx, exportMax)
  const count = await source.count(ctx, input.filter, { sort: input.sort ?? null, ids: input.ids ?? null }, max + 1)
  if (count > max) throw listErrors('exportTooLarge', { rule: 'list.exportMax', params: { count: count > max + 1 ? count : `${max} 以上`, max } })
  if (input.format === 'pdf' && count > MOST_PDF_ROWS) throw listErrors('pdfTooLong', { params: { count, max: MOST_PDF_ROWS }, fields: [{ path: 'format', message: '请改用 Excel 或缩小范围' }] })
  const { page, filter, columns, format, reason } = input
  const taskId = await createTask(ctx, { kind: 'export', title: `导出${source.title}（${count} 条）`, total: count, input: { page, filter: filter as never, sort: input.sort ?? null, ids: input.ids ?? null, columns, format } })
  ctx.audit({ module: 'platform', act: 'export', objectType: 'task', objectId: taskId, text: reason ?? `导出${source.title}`, changes: { export: { old: null, new: { page, filter, columns, format, rows: count } } } })
  ctx.enqueue(exportJob, { tenantId: ctx.tenantId, taskId })
  return { taskId, count, background: count > (await setting(ctx, exportBackground)) }
}
