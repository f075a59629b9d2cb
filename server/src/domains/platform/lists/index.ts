// Lists: saved queries, layouts, exports, and the task centre for all long work.
import { bind } from '../../../kernel/http/route.ts'
import { asJob } from '../../../kernel/jobs/job.ts'
import { implement } from '../../../kernel/port.ts'
import { fileAccess } from '../attachments/attachment-ports.ts'
import { definePart } from '../part.ts'
import { exportJob } from './export-job.ts'
import { sourcesFor } from './export-sources.ts'
import * as contract from './list-contract.ts'
import { saveListLayout, showListLayout } from './list-layouts.ts'
import { exportBackground, exportMax, resultDays } from './list-settings.ts'
import { listErrors } from './lists.errors.ts'
import { changeSavedQuery, createSavedQuery, deleteSavedQuery, listSavedQueries } from './saved-queries.ts'
import { readSheet } from './read-sheet.ts'
import { startExport } from './start-export.ts'
import { cancelTask, downloadTask, listTasks, mayOpenTaskFile, retryTask, showTask, taskCrons } from './task-center.ts'

export { afterCursor, afterCursorUp, boundCount, pageCount, nextPage } from './keyset.ts'
export { dayRange } from './day-range.ts'
export { actAs } from './act-as.ts'
export { createTask, finishTask, openTask, updateTask } from './task-store.ts'
export type { TaskEnd, TaskState } from './task-store.ts'
export { taskRetry } from './task-center.ts'
export { exportSources } from './export-sources.ts'
export type { ExportCell, ExportFilter, ExportOptions, ExportSource } from './export-sources.ts'

/** Spread into platform's module. */
export const part = definePart({
  permissions: { 'platform.shareQueries': '共享列表视图' },
  roles: {
    shiftLeader: { 'platform.shareQueries': 'tenant' },
    supervisor: { 'platform.shareQueries': 'tenant' },
    leader: { 'platform.shareQueries': 'tenant' },
    businessAdmin: { 'platform.shareQueries': 'tenant' },
    tenantAdmin: { 'platform.shareQueries': 'tenant' },
  },
  routes: [
    bind(contract.listSavedQueries, listSavedQueries),
    bind(contract.createSavedQuery, createSavedQuery),
    bind(contract.changeSavedQuery, changeSavedQuery),
    bind(contract.deleteSavedQuery, deleteSavedQuery),
    bind(contract.showListLayout, showListLayout),
    bind(contract.saveListLayout, saveListLayout),
    bind(contract.listExportSources, async (ctx) => ({ items: sourcesFor(ctx).map(({ page, title, columns }) => ({ page, title, columns: columns.map(({ key, label }) => ({ key, label })) })) })),
    bind(contract.startExport, startExport),
    bind(contract.readSheet, readSheet),
    bind(contract.listTasks, listTasks),
    bind(contract.showTask, showTask),
    bind(contract.cancelTask, cancelTask),
    bind(contract.retryTask, retryTask),
    bind(contract.downloadTask, downloadTask),
  ],
  jobs: [asJob(exportJob)],
  crons: taskCrons,
  settings: [exportBackground, exportMax, resultDays],
  realtime: { tasks: { may: '' } },
  implements: [implement(fileAccess, mayOpenTaskFile)],
  errors: listErrors,
})
