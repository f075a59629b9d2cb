import { z } from 'zod'
import { empty, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const signedIn = { audience: 'staff', access: 'signedIn', tag: 'lists' } as const
const page = z.string().regex(/^[a-z][A-Za-z0-9.-]{0,59}$/, '页面代码不正确')
const filter = z.record(z.string().max(60), z.unknown()).refine((value) => JSON.stringify(value).length <= 20_000, '条件过多')
const columns = z.array(z.string().max(80)).max(100)

const query = {
  name: z.string().trim().min(1).max(40),
  filter,
  q: z.string().max(200).nullish(),
  sort: z.string().max(80).nullish(),
  columns: columns.nullish(),
  starred: z.boolean().optional(),
  shared: z.boolean().optional().describe('true：本中心共享；给出 roleCode 时只对该角色共享'),
  roleCode: z.string().max(40).nullish(),
}
export const savedQuery = z.object({
  id, name: z.string(), filter, q: z.string(), sort: z.string().nullable(), columns: columns.optional(), starred: z.boolean(), shared: z.boolean(), own: z.boolean(),
  visibility: z.enum(['private', 'role', 'shared']), roleCode: z.string().nullable(), ownerName: z.string(), version: z.number().int(),
})

export const listSavedQueries = describeRoute({ ...signedIn, id: 'listSavedQueries', method: 'GET', path: '/api/saved-queries', summary: '保存的视图', query: z.object({ page }), response: z.object({ items: z.array(savedQuery) }) })
export const createSavedQuery = describeRoute({ ...signedIn, id: 'createSavedQuery', method: 'POST', path: '/api/saved-queries', summary: '保存视图', body: z.object({ page, ...query }).strict(), response: savedQuery })
export const changeSavedQuery = describeRoute({
  ...signedIn, id: 'changeSavedQuery', method: 'PATCH', path: '/api/saved-queries/:id', summary: '更新视图',
  params: z.object({ id }), body: z.object({ ...query, version: z.number().int().optional() }).partial().strict(), response: savedQuery,
})
export const deleteSavedQuery = describeRoute({ ...signedIn, id: 'deleteSavedQuery', method: 'DELETE', path: '/api/saved-queries/:id', summary: '删除视图', params: z.object({ id }), response: empty })

const layout = z.record(z.string(), z.unknown()).refine((value) => JSON.stringify(value).length <= 20_000, '内容过多')
export const showListLayout = describeRoute({ ...signedIn, id: 'showListLayout', method: 'GET', path: '/api/list-layouts/:page', summary: '我的列表布局', params: z.object({ page }), response: z.object({ layout: layout.nullable() }) })
export const saveListLayout = describeRoute({ ...signedIn, id: 'saveListLayout', method: 'PUT', path: '/api/list-layouts/:page', summary: '保存列表布局', params: z.object({ page }), body: z.object({ layout }).strict(), response: empty, audit: false })

export const listExportSources = describeRoute({
  ...signedIn, id: 'listExportSources', method: 'GET', path: '/api/exports/sources', summary: '可导出的列表',
  response: z.object({ items: z.array(z.object({ page: z.string(), title: z.string(), columns: z.array(z.object({ key: z.string(), label: z.string() })) })) }),
})
/** The right to export is each source's own; whoever lacks it is refused by name. */
export const startExport = describeRoute({
  ...signedIn, id: 'startExport', method: 'POST', path: '/api/exports', summary: '导出',
  body: z
    .object({
      page, filter: filter.default({}), sort: z.string().max(80).nullish(), ids: z.array(z.string().max(60)).min(1).max(5000).nullish(), columns: columns.default([]).describe('None where they follow from what is exported'), format: z.enum(['xlsx', 'csv', 'pdf']), reason: z.string().max(300).optional(),
    })
    .strict(),
  response: z.object({ taskId: id, count: z.number().int(), background: z.boolean() }), audit: false,
})

const file = z.object({ id, name: z.string(), expiresAt: instant.nullable() })
export const task = z.object({
  id, kind: z.string(), title: z.string(), state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']), cancelling: z.boolean(), done: z.number().int(), total: z.number().int().nullable(), failedRows: z.number().int(),
  createdAt: instant, startedAt: instant.nullable(), finishedAt: instant.nullable(), file: file.nullable(), failedFile: file.nullable(), result: z.unknown(), error: z.string().nullable(), acts: z.array(z.enum(['cancel', 'retry'])),
})
export const listTasks = describeRoute({
  ...signedIn, id: 'listTasks', method: 'GET', path: '/api/tasks', summary: '任务中心', query: pageQuery.extend({ kind: z.string().max(40).optional() }), response: pageOf(task),
})
export const showTask = describeRoute({ ...signedIn, id: 'showTask', method: 'GET', path: '/api/tasks/:id', summary: '任务进度', params: z.object({ id }), response: task })
export const cancelTask = describeRoute({ ...signedIn, id: 'cancelTask', method: 'POST', path: '/api/tasks/:id/cancel', summary: '取消任务', params: z.object({ id }), body: empty, response: task })
export const retryTask = describeRoute({ ...signedIn, id: 'retryTask', method: 'POST', path: '/api/tasks/:id/retry', summary: '重试任务', params: z.object({ id }), body: empty, response: task })
export const downloadTask = describeRoute({
  ...signedIn, id: 'downloadTask', method: 'GET', path: '/api/tasks/:id/file', summary: '下载任务结果', raw: 'download',
  params: z.object({ id }), query: z.object({ part: z.enum(['result', 'failed']).default('result') }), response: empty,
})

/** A sheet sent as base64 comes back as cells, so that the pages that import need no reader of office files. */
export const readSheet = describeRoute({
  id: 'readSheet', method: 'POST', path: '/api/sheets/read', summary: '读取表格文件', audience: 'staff', access: 'signedIn', audit: false, limit: 60,
  body: z.strictObject({ name: z.string().max(200), content: z.base64().max(1_900_000) }), response: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string())), more: z.boolean() }),
})
