// Libraries of scenarios (KNO-20): what belongs together when something happens, led by hand-picked items.
import { z } from 'zod'
import { id } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const text = (max: number) => z.string().trim().max(max)
const reads = { audience: 'staff', access: { permission: 'knowledge.read' } } as const
const manage = { audience: 'staff', access: { permission: 'knowledge.manage' } } as const
const sort = z.number().int().min(0).max(9999).default(100)
const brief = z.object({ id, code: z.string(), title: z.string(), summary: z.string(), typeName: z.string(), linked: z.boolean() })
const scenario = z.object({ id, libraryId: id, name: z.string(), description: z.string(), words: z.array(z.string()), enabled: z.boolean(), sort: z.number().int(), items: z.number().int(), version: z.number().int() })
const library = z.object({ id, code: z.string(), name: z.string(), description: z.string(), directoryIds: z.array(id), directoryNames: z.array(z.string()), audience: z.enum(['public', 'staff']), open: z.boolean(), enabled: z.boolean(), sort: z.number().int(), version: z.number().int(), scenarios: z.array(scenario) })

export const listLibraries = describeRoute({ ...reads, id: 'listKnowledgeLibraries', method: 'GET', path: '/api/knowledge/libraries', summary: '场景知识库', response: z.object({ items: z.array(library), /** Words that are often searched and belong to no scenario yet. */
  loose: z.array(z.object({ words: z.string(), n: z.number().int() })), shipped: z.number().int() }) })
export const addShippedLibraries = describeRoute({ ...manage, id: 'addShippedKnowledgeLibraries', method: 'POST', path: '/api/knowledge/libraries/shipped', summary: '建立出厂的场景知识库', body: z.strictObject({}), response: z.object({ added: z.number().int() }) })
export const saveLibrary = describeRoute({
  ...manage, id: 'saveKnowledgeLibrary', method: 'POST', path: '/api/knowledge/libraries', summary: '保存场景知识库',
  body: z.strictObject({ id: id.optional(), version: z.number().int().default(0), code: z.string().regex(/^[a-zA-Z][\w-]{0,39}$/, '字母开头，字母、数字和横线'), name: text(40).min(1), description: text(200).default(''), directoryIds: z.array(id).max(50).default([]), audience: z.enum(['public', 'staff']), open: z.boolean().default(false), enabled: z.boolean().default(true), sort }), response: z.object({ id }),
})
export const saveScenario = describeRoute({
  ...manage, id: 'saveKnowledgeScenario', method: 'POST', path: '/api/knowledge/scenarios', summary: '保存场景',
  body: z.strictObject({ id: id.optional(), version: z.number().int().default(0), libraryId: id, name: text(40).min(1), description: text(200).default(''), words: z.array(text(20).min(1)).max(40).default([]), enabled: z.boolean().default(true), sort }), response: z.object({ id }),
})
export const openScenario = describeRoute({ ...reads, id: 'getKnowledgeScenario', method: 'GET', path: '/api/knowledge/scenarios/:id', summary: '场景的知识', writes: true, audit: false, params: z.object({ id }), response: scenario.extend({ libraryName: z.string(), list: z.array(brief) }) })
export const linkScenario = describeRoute({ ...manage, id: 'linkKnowledgeScenario', method: 'PUT', path: '/api/knowledge/scenarios/:id/items', summary: '设置场景的推荐知识', params: z.object({ id }), body: z.strictObject({ itemIds: z.array(id).max(50) }), response: z.object({ items: z.number().int() }) })
