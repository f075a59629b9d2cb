import { z } from 'zod'
import { id } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { edit } from '../standard/standard-contract.ts'

export const importKinds = ['matter', 'dutyEntry', 'schemeNode', 'enterprise'] as const
export type ImportKind = (typeof importKinds)[number]

const kind = z.enum(importKinds)
const report = z.object({
  id,
  kind,
  fileName: z.string(),
  state: z.enum(['uploaded', 'checked', 'applied']),
  good: z.number().int(),
  bad: z.number().int(),
  rows: z.array(z.object({ line: z.number().int(), title: z.string(), ok: z.boolean(), messages: z.array(z.string()) })),
})

export const importTemplate = describeRoute({
  id: 'matterImportTemplate', method: 'GET', path: '/api/matters/imports/:kind/template', summary: '下载导入模板', audience: 'staff', access: edit, raw: 'download',
  params: z.object({ kind }), response: z.unknown(),
})

export const uploadImport = describeRoute({
  id: 'uploadMatterImport', method: 'POST', path: '/api/matters/imports/:kind', summary: '上传导入文件', audience: 'staff', access: edit, raw: 'upload', limit: 20,
  params: z.object({ kind }), response: z.object({ id, rows: z.number().int() }),
})

export const checkImport = describeRoute({
  id: 'checkMatterImport', method: 'POST', path: '/api/matters/imports/:id/check', summary: '逐行检查导入文件，不改动任何内容', audience: 'staff', access: edit,
  params: z.object({ id }), response: report,
})

export const importErrors = describeRoute({
  id: 'matterImportErrors', method: 'GET', path: '/api/matters/imports/:id/errors', summary: '下载未通过的行及原因', audience: 'staff', access: edit, raw: 'download',
  params: z.object({ id }), response: z.unknown(),
})

export const applyImport = describeRoute({
  id: 'applyMatterImport', method: 'POST', path: '/api/matters/imports/:id/apply', summary: '导入检查通过的行并提交审核', audience: 'staff', access: edit,
  params: z.object({ id }), body: z.object({ submit: z.boolean().default(true) }), response: report,
})
