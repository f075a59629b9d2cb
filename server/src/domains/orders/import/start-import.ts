// The page's side of an import: look first, then leave it to a job.
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { maskName } from '../../../kernel/crypto/index.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { appealTypes } from '../../matters/index.ts'
import { attachFiles, createTask, tenantById } from '../../platform/index.ts'
import type { previewImportRoute, startImportRoute } from './import-contract.ts'
import { mappingFor, openImport, sourceOfName } from './import-file.ts'
import { guessMapping, importFieldNames, importFields } from './import-fields.ts'
import { importJob, TASK_KIND, type ImportTask } from './import-job.ts'
import { rowToOrder } from './row-to-order.ts'

export async function previewImport(ctx: Ctx, input: Input<typeof previewImportRoute>) {
  authorize(ctx, 'orders.import')
  const file = await openImport(ctx, input.fileId)
  const [tenant, types] = await Promise.all([tenantById(ctx, ctx.tenantId), appealTypes(ctx)])
  const mapping = input.mapping ? mappingFor(file, input.mapping) : guessMapping(file.columns)
  const source = input.source || sourceOfName(file.name)
  const rules = { mapping, source, timeZone: tenant.timeZone, defaultType: input.appealType ?? 'other', appealTypes: types, isArea: () => true }
  return {
    fileName: file.name, kind: file.kind, columns: file.columns, mapping, source, fields: importFields.map((field) => ({ field, name: importFieldNames[field] })),
    rows: file.rows.map((line) => {
      const result = line.error === undefined ? rowToOrder(line.values, rules) : { errors: [line.error] }
      if ('errors' in result) return { line: line.line, values: line.values, errors: result.errors, result: null }
      const { title, content, occurredAt, requester } = result.input
      return { line: line.line, values: line.values, errors: [], result: { title, content, occurredAt: occurredAt === undefined ? null : toIso(occurredAt), requester: requester.anonymous ? '匿名' : maskName(requester.name) } }
    }),
  }
}

export async function startImport(ctx: Ctx, input: Input<typeof startImportRoute>) {
  authorize(ctx, 'orders.import')
  const file = await openImport(ctx, input.fileId)
  const mapping = mappingFor(file, input.mapping)
  return { taskId: await enqueueImport(ctx, { fileId: input.fileId, fileName: file.name, kind: file.kind, mapping, source: input.source ?? sourceOfName(file.name), appealType: input.appealType }, true) }
}

/** Also for repeating an import: the file then hangs on its first task already. */
export async function enqueueImport(ctx: Ctx, task: ImportTask, attach: boolean): Promise<string> {
  const taskId = await createTask(ctx, { kind: TASK_KIND, title: `导入工单：${task.fileName}`, input: task })
  // The upload belongs to the task from now on, so that it is not cleaned away and only its sender opens it.
  if (attach) await attachFiles(ctx, { fileIds: [task.fileId], place: 'import', objectType: 'task', objectId: taskId, audience: 'staff' })
  ctx.audit({ module: 'orders', act: 'import', objectType: 'task', objectId: taskId, text: task.fileName, changes: { import: { old: null, new: { source: task.source, mapping: task.mapping } } } })
  ctx.enqueue(importJob, { tenantId: ctx.tenantId, taskId })
  return taskId
}
