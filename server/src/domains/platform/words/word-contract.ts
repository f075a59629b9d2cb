import { z } from 'zod'
import { id, instant, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { wordKindCodes } from './word-kinds.zh-CN.ts'

const text = (max: number) => z.string().trim().max(max)
const kind = z.enum(wordKindCodes)
const fields = {
  kind, word: text(40).min(1, '必填'), category: text(40), grade: z.enum(['high', 'medium', 'low']).nullable(), related: z.array(text(40).min(1)).max(50), excepts: z.array(text(60).min(1)).max(50), weight: z.number().int().min(0).max(1000), state: z.enum(['proposed', 'active', 'retired']),
  validFrom: localDate.nullable(), validTo: localDate.nullable(), note: text(200),
}
const manage = { audience: 'staff', access: { permission: 'platform.manageWords' }, tag: 'words' } as const
const row = z.object({ id, ...fields, word: z.string(), category: z.string(), note: z.string(), related: z.array(z.string()), excepts: z.array(z.string()), version: z.number().int(), changedAt: instant, changedByName: z.string() })

export const listWords = describeRoute({
  ...manage, id: 'listWords', method: 'GET', path: '/api/words', summary: '词库', query: pageQuery.extend({ kind, q: text(40).optional(), state: z.enum(['proposed', 'active', 'retired']).optional() }),
  response: pageOf(row).extend({ kinds: z.array(z.object({ code: kind, name: z.string(), use: z.string(), words: z.number().int() })) }),
})
export const saveWord = describeRoute({ ...manage, id: 'saveWord', method: 'PUT', path: '/api/words', summary: '新增或修改词', body: z.strictObject({ id: id.optional(), version: z.number().int().default(0), ...fields, category: fields.category.default(''), grade: fields.grade.default(null), related: fields.related.default([]), excepts: fields.excepts.default([]), weight: fields.weight.default(100), state: fields.state.default('active'), validFrom: fields.validFrom.default(null), validTo: fields.validTo.default(null), note: fields.note.default('') }), response: z.object({ id }) })
export const removeWord = describeRoute({ ...manage, id: 'removeWord', method: 'DELETE', path: '/api/words/:id', summary: '删除词', params: z.object({ id }), response: z.object({}) })
export const importWords = describeRoute({
  ...manage, id: 'importWords', method: 'POST', path: '/api/words/import', summary: '导入词',
  body: z.strictObject({ kind, rows: z.array(z.object({ word: text(200), category: text(200).default(''), grade: text(10).default(''), related: text(400).default('') })).min(1).max(5000) }),
  response: z.object({ added: z.number().int(), failed: z.array(z.object({ row: z.number().int(), word: z.string(), message: z.string() })) }),
})
