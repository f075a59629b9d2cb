import { z } from 'zod'
import { flag, id, localDate } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const code = z.string().regex(/^[\w.-]{1,60}$/, '编码只含字母、数字、- . 和 _')
const manage = { audience: 'staff', access: { permission: 'platform.manageDictionaries' } } as const
const item = z.object({
  code: z.string(), label: z.string(), labels: z.record(z.string(), z.string()), parentCode: z.string().nullable(), sort: z.int(), state: z.enum(['active', 'retired']),
  validFrom: localDate.nullable(), validTo: localDate.nullable(), externalCodes: z.record(z.string(), z.string()),
})
const params = z.object({ code })

export const getDictionary = describeRoute({
  id: 'getDictionary', method: 'GET', path: '/api/dictionaries/:code', summary: '字典', audience: 'staff', access: 'signedIn', params,
  /** `all` names retired items too: old records keep their labels. */
  query: z.object({ all: flag.default(false) }),
  response: z.object({ code: z.string(), name: z.string(), items: z.array(item.extend({ offered: z.boolean() })) }),
})
export const listDictionaries = describeRoute({
  ...manage, id: 'listDictionaries', method: 'GET', path: '/api/admin/dictionaries', summary: '字典列表',
  response: z.object({ items: z.array(z.object({ code: z.string(), name: z.string(), description: z.string(), tenantId: id, own: z.boolean(), items: z.int(), version: z.int() })) }),
})
export const saveDictionary = describeRoute({
  ...manage, id: 'saveDictionary', method: 'PUT', path: '/api/admin/dictionaries/:code', summary: '新建或修改字典', params,
  body: z.strictObject({ name: z.string().trim().min(1).max(40), description: z.string().trim().max(200).default(''), version: z.int().default(0) }), response: z.object({ version: z.int() }),
})
const itemParams = z.object({ code, itemCode: code })
export const saveDictionaryItem = describeRoute({
  ...manage, id: 'saveDictionaryItem', method: 'PUT', path: '/api/admin/dictionaries/:code/items/:itemCode', summary: '新建或修改字典项', params: itemParams,
  body: z.strictObject({
    label: z.string().trim().min(1).max(80), labels: z.record(z.string().max(10), z.string().max(120)).default({}), parentCode: code.nullable().default(null), sort: z.int().min(0).max(99999).default(0),
    state: z.enum(['active', 'retired']).default('active'), validFrom: localDate.nullable().default(null), validTo: localDate.nullable().default(null), externalCodes: z.record(z.string().max(40), z.string().max(80)).default({}),
  }),
  response: z.object({}),
})
export const deleteDictionaryItem = describeRoute({
  ...manage, id: 'deleteDictionaryItem', method: 'DELETE', path: '/api/admin/dictionaries/:code/items/:itemCode', summary: '删除未使用的字典项', params: itemParams, response: z.object({}),
})
