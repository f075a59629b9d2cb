// Import of appeals from files: page, job and command line share one engine.
import type { Ctx } from '../../../kernel/ctx.ts'
import { can } from '../../../kernel/access.ts'
import { bind } from '../../../kernel/http/route.ts'
import { asJob } from '../../../kernel/jobs/job.ts'
import { implement } from '../../../kernel/port.ts'
import { definePart, taskRetry } from '../../platform/index.ts'
import * as contract from './import-contract.ts'
import { importFail } from './import.errors.ts'
import { importJob, importTask, TASK_KIND } from './import-job.ts'
import { enqueueImport, previewImport, startImport } from './start-import.ts'

export { FailedRows } from './failed-rows.ts'
export { describeImport, mappingFor, sourceOfName } from './import-file.ts'
export { importFieldNames, importFields, type ImportField, type ImportMapping } from './import-fields.ts'
export { importOrders, type ImportCounts, type ImportPlan } from './import-orders.ts'

/** A failed import goes on where it stopped: rows that came in are skipped. */
async function retryImport(ctx: Ctx, task: { kind: string; input: unknown }): Promise<string | null> {
  if (task.kind !== TASK_KIND || !can(ctx, 'orders.import')) return null
  return enqueueImport(ctx, importTask.parse(task.input), false)
}

export const part = definePart({
  permissions: { 'orders.import': '导入工单' },
  roles: { businessAdmin: { 'orders.import': 'tenant' }, tenantAdmin: { 'orders.import': 'tenant' } },
  routes: [bind(contract.previewImportRoute, previewImport), bind(contract.startImportRoute, startImport)],
  jobs: [asJob(importJob)],
  errors: importFail,
  implements: [implement(taskRetry, retryImport)],
})
