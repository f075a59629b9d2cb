// Custom queries over models (ANA-07): what can be named, models kept with their versions, one run, and its files.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { instant } from '../../../kernel/http/codec.ts'
import { definition } from './model.ts'

const read = { permission: 'data.read' } as const
const option = z.object({ value: z.string(), label: z.string() })
const modelId = z.string().max(40).describe('Of a kept model its id, of a delivered one its name')
const one = z.object({ id: modelId })

export const modelBasesRoute = describeRoute({
  id: 'listModelBases', method: 'GET', path: '/api/data/model-bases', summary: '查询模型可用的数据与字段', audience: 'staff', access: read,
  response: z.object({
    items: z.array(z.object({
      key: z.string(), label: z.string(), object: z.enum(['order', 'call', 'seat']),
      fields: z.array(z.object({ key: z.string(), label: z.string(), group: z.string(), kind: z.string(), ops: z.array(z.object({ code: z.string(), label: z.string() })), choices: z.array(option), rulesOnly: z.boolean(), shown: z.boolean().describe('Can be a column'), groups: z.boolean().describe('Can be a group'), where: z.boolean().describe('Can be a condition') })),
    })),
  }),
})

const head = z.object({ id: modelId, name: z.string(), description: z.string(), base: z.string(), baseName: z.string(), shipped: z.boolean(), shared: z.boolean(), own: z.boolean(), mayEdit: z.boolean(), ownerName: z.string(), version: z.int(), changedAt: instant.nullable() })
const full = head.extend({
  definition: definition.extend({ where: z.record(z.string(), z.unknown()) }), shownVersion: z.int(),
  withheld: z.array(z.string()).describe('Fields above the reader’s right, left out of the definition'),
  versions: z.array(z.object({ version: z.int(), name: z.string(), at: instant, byName: z.string() })),
})
const body = z.object({ name: z.string().trim().min(1).max(40), description: z.string().trim().max(200).default(''), shared: z.boolean().default(false), definition })

export const modelsRoute = describeRoute({ id: 'listModels', method: 'GET', path: '/api/data/models', summary: '查询模型', audience: 'staff', access: read, response: z.object({ items: z.array(head) }) })
export const modelRoute = describeRoute({ id: 'showModel', method: 'GET', path: '/api/data/models/:id', summary: '一个查询模型', audience: 'staff', access: read, params: one, query: z.object({ version: z.coerce.number().int().min(1).optional() }), response: full })
export const createModelRoute = describeRoute({ id: 'createModel', method: 'POST', path: '/api/data/models', summary: '存为查询模型', audience: 'staff', access: read, body, response: full })
export const changeModelRoute = describeRoute({ id: 'changeModel', method: 'PUT', path: '/api/data/models/:id', summary: '修改查询模型', audience: 'staff', access: read, params: one, body: body.extend({ version: z.int() }), response: full })
export const removeModelRoute = describeRoute({ id: 'removeModel', method: 'DELETE', path: '/api/data/models/:id', summary: '删除查询模型', audience: 'staff', access: read, params: one, response: z.object({}) })

const key = z.object({ field: z.string().max(80), key: z.string().max(200).nullable() })
export const ask = z.object({ definition, values: z.record(z.string(), z.unknown()).default({}).describe('Answers to the controls, by field'), keys: z.array(key).max(2).default([]).describe('The rows of one group') })
export const runModelRoute = describeRoute({
  id: 'runModel', method: 'POST', path: '/api/data/model-runs', summary: '按模型查询', audience: 'staff', access: read, audit: false, limit: 120,
  body: ask.extend({ offset: z.int().min(0).max(10_000).default(0), limit: z.int().min(1).max(200).default(50) }),
  response: z.object({
    asOf: instant, object: z.enum(['order', 'call', 'seat']),
    columns: z.array(z.object({ key: z.string(), label: z.string(), end: z.boolean().describe('A number') })),
    rows: z.array(z.object({ id: z.string().nullable(), orderNumber: z.string().nullable(), keys: z.array(key.extend({ name: z.string() })), cells: z.array(z.string().nullable()) })),
    total: z.array(z.string().nullable()).nullable().describe('Of groups; a list has its count'),
    count: z.int().describe('Rows of the list, groups of the table'), more: z.boolean().describe('More than are counted or shown'), next: z.int().nullable(),
  }),
})
export const documentKinds = ['pdf', 'docx', 'png'] as const
export const modelFileRoute = describeRoute({ id: 'downloadModel', method: 'POST', path: '/api/data/model-files', summary: '下载查询结果', audience: 'staff', access: read, raw: 'download', limit: 20, body: ask.extend({ format: z.enum(documentKinds), title: z.string().trim().min(1).max(40), password: z.string().min(6, '密码不少于 6 位').max(64).optional().describe('Of a PDF: it opens with it only') }), secret: true, response: z.object({}) })
