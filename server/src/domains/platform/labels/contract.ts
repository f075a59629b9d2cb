import { z } from 'zod'
import { id, instant, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

export const labelStates = ['proposed', 'enabled', 'disabled', 'merged', 'retired'] as const
export const colours = ['grey', 'blue', 'green', 'orange', 'red', 'purple', 'cyan'] as const

const code = z.string().trim().regex(/^[A-Za-z0-9._-]{1,40}$/, '编码由字母、数字、点、横线组成，最多 40 个字')
const base = { audience: 'staff', tag: 'labels' } as const
const read = { ...base, access: 'signedIn' } as const
const manage = { ...base, access: { permission: 'platform.manageLabels' } } as const

const labelClass = z.object({ code: z.string(), name: z.string(), description: z.string(), sort: z.int(), state: z.enum(['active', 'disabled']), version: z.int(), labels: z.int(), enabled: z.int() })

export const label = z.object({
  id, classCode: z.string(), className: z.string(), code: z.string(), name: z.string(), definition: z.string(), usageRule: z.string(), scene: z.string(), parentId: id.nullable(), parentName: z.string().nullable(),
  synonyms: z.array(z.string()), ownerName: z.string(), colour: z.enum(colours), validFrom: localDate.nullable(), validTo: localDate.nullable(), state: z.enum(labelStates),
  mergedInto: z.object({ id, name: z.string() }).nullable(), reason: z.string().nullable(), version: z.int(), changedAt: instant, changedBy: z.string(),
})
const fields = {
  code, name: z.string().trim().min(1).max(40), definition: z.string().trim().max(500), usageRule: z.string().trim().max(1000), scene: z.string().trim().max(200), parentId: id.nullable(),
  synonyms: z.array(z.string().trim().min(1).max(40)).max(50), ownerName: z.string().trim().max(60), colour: z.enum(colours), validFrom: localDate.nullable(), validTo: localDate.nullable(),
}
const optional = z.object(fields).partial().extend({ code, name: fields.name })

export const listLabelClasses = describeRoute({ ...read, id: 'listLabelClasses', method: 'GET', path: '/api/label-classes', summary: '标签类别', response: z.object({ items: z.array(labelClass) }) })
export const saveLabelClass = describeRoute({
  ...manage, id: 'saveLabelClass', method: 'PUT', path: '/api/label-classes/:classCode', summary: '保存标签类别', params: z.object({ classCode: code }),
  body: z.strictObject({ name: z.string().trim().min(1).max(40), description: z.string().trim().max(300).default(''), sort: z.int().min(0).max(10_000).default(0), state: z.enum(['active', 'disabled']).default('active'), version: z.int().min(0) }),
  response: z.object({ version: z.int() }),
})
export const listLabels = describeRoute({
  ...read, id: 'listLabels', method: 'GET', path: '/api/labels', summary: '标签',
  query: pageQuery.extend({ classCode: z.string().max(40).optional(), state: z.enum(labelStates).optional(), query: z.string().trim().max(60).optional().describe('名称、编码或同义词'), offered: z.stringbool().optional().describe('只列现在可选的') }),
  response: pageOf(label),
})
export const getLabel = describeRoute({ ...read, id: 'getLabel', method: 'GET', path: '/api/labels/:id', summary: '标签详情', params: z.object({ id }), response: label })
export const createLabel = describeRoute({
  ...base, access: { anyOf: ['platform.manageLabels', 'platform.proposeLabels'] }, id: 'createLabel', method: 'POST', path: '/api/labels', summary: '新增或建议标签',
  body: optional.extend({ classCode: code, reason: z.string().trim().max(300).optional() }).strict(), response: z.object({ id, state: z.enum(labelStates), version: z.int() }),
})
export const changeLabel = describeRoute({
  ...manage, id: 'changeLabel', method: 'PATCH', path: '/api/labels/:id', summary: '修改标签', params: z.object({ id }), body: z.object(fields).partial().extend({ version: z.int() }).strict(), response: z.object({ version: z.int() }),
})
export const setLabelState = describeRoute({
  ...manage, id: 'setLabelState', method: 'POST', path: '/api/labels/:id/state', summary: '启用、停用或废止标签', params: z.object({ id }),
  body: z.strictObject({ state: z.enum(['enabled', 'disabled', 'retired']), reason: z.string().trim().max(300).optional(), version: z.int() }), response: z.object({ version: z.int() }),
})
export const mergeLabel = describeRoute({
  ...manage, id: 'mergeLabel', method: 'POST', path: '/api/labels/:id/merge', summary: '合并标签', params: z.object({ id }),
  body: z.strictObject({ into: id, reason: z.string().trim().min(1).max(300), version: z.int() }), response: z.object({ version: z.int() }),
})
export const labelStatistics = describeRoute({
  ...base, access: { permission: 'platform.readLabelStatistics' }, id: 'labelStatistics', method: 'GET', path: '/api/labels/statistics', summary: '标签统计',
  query: z.object({ from: localDate, to: localDate, classCode: z.string().max(40).optional() }),
  response: z.object({ items: z.array(z.object({ id, classCode: z.string(), name: z.string(), state: z.enum(labelStates), count: z.int(), previous: z.int(), included: z.array(z.string()).describe('并入的旧标签名'), link: z.string().nullable() })), asOf: instant }),
})
export const reviewLabels = describeRoute({
  ...manage, id: 'reviewLabels', method: 'GET', path: '/api/labels/review', summary: '标签月度复核清单',
  response: z.object({ items: z.array(z.object({ id, name: z.string(), className: z.string(), kind: z.enum(['proposed', 'similar', 'unused', 'expired']), hint: z.string(), other: z.object({ id, name: z.string() }).nullable() })) }),
})
