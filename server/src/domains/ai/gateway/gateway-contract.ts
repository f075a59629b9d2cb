import { z } from 'zod'
import { id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const text = (max: number) => z.string().trim().max(max)
const required = (max: number) => z.string().trim().min(1, '必填').max(max)
const generating = z.enum(['summary', 'draft'])
const read = { audience: 'staff', access: { permission: 'ai.read' }, tag: 'aiGateway' } as const
const manage = { audience: 'staff', access: { permission: 'ai.manage' }, tag: 'aiGateway' } as const

const provider = { name: required(40), baseUrl: z.url({ protocol: /^https?$/, error: '请填写 http 或 https 地址' }).max(200), model: required(100), inside: z.boolean(), enabled: z.boolean(), rank: z.number().int().min(1).max(99), firstMs: z.number().int().min(100).max(120_000), allMs: z.number().int().min(100).max(600_000), monthlyTokens: z.number().int().min(1).max(1_000_000_000_000).nullable() }
export const listProviders = describeRoute({
  ...read, id: 'listAiProviders', method: 'GET', path: '/api/ai/providers', summary: '大模型接入',
  response: z.object({ outsideAllowed: z.boolean(), items: z.array(z.object({ id, ...provider, baseUrl: z.string(), hasKey: z.boolean(), usedTokens: z.number(), version: z.number().int(), changedAt: instant, changedByName: z.string() })) }),
})
export const saveProvider = describeRoute({ ...manage, id: 'saveAiProvider', method: 'PUT', path: '/api/ai/providers', summary: '新增或修改大模型接入', secret: true, body: z.strictObject({ id: id.optional(), version: z.number().int().optional(), key: text(500).optional(), ...provider }), response: z.object({ id }) })
export const removeProvider = describeRoute({ ...manage, id: 'removeAiProvider', method: 'DELETE', path: '/api/ai/providers/:id', summary: '移除大模型接入', params: z.object({ id }), response: z.object({}) })
export const tryProvider = describeRoute({ ...manage, id: 'tryAiProvider', method: 'POST', path: '/api/ai/providers/:id/try', summary: '试用大模型', waits: true, audit: false, limit: 20, params: z.object({ id }), body: z.strictObject({}), response: z.object({ ok: z.boolean(), sent: z.string(), answer: z.string(), firstMs: z.number().int().nullable(), tookMs: z.number().int() }) })

export const listPrompts = describeRoute({ ...read, id: 'listAiPrompts', method: 'GET', path: '/api/ai/prompts', summary: '提示词版本', response: z.object({ items: z.array(z.object({ application: z.string(), applicationName: z.string(), number: z.number().int(), text: z.string(), live: z.boolean(), reason: z.string(), at: instant.nullable(), byName: z.string() })) }) })
export const savePrompt = describeRoute({ ...manage, id: 'saveAiPrompt', method: 'POST', path: '/api/ai/prompts', summary: '保存提示词新版本', body: z.strictObject({ application: generating, text: required(4000), reason: text(200).min(2, '请填写理由') }), response: z.object({ number: z.number().int() }) })
export const usePrompt = describeRoute({ ...manage, id: 'useAiPrompt', method: 'POST', path: '/api/ai/prompts/use', summary: '启用提示词版本', body: z.strictObject({ application: generating, number: z.number().int().min(0) }), response: z.object({ number: z.number().int() }) })

const call = z.object({ id, at: instant, application: z.string(), applicationName: z.string(), providerName: z.string(), model: z.string(), promptNumber: z.number().int(), result: z.string(), detail: z.string().nullable(), tokens: z.number().int(), firstMs: z.number().int().nullable(), tookMs: z.number().int(), masked: z.number().int(), byName: z.string() })
export const listCalls = describeRoute({ ...read, id: 'listAiCalls', method: 'GET', path: '/api/ai/calls', summary: '大模型调用记录', query: pageQuery.extend({ application: text(40).optional(), failed: z.stringbool().optional() }), response: pageOf(call) })
export const callBoard = describeRoute({ ...read, id: 'aiCallBoard', method: 'GET', path: '/api/ai/calls/board', summary: '大模型调用看板', response: z.object({ items: z.array(z.object({ month: z.string(), application: z.string(), applicationName: z.string(), calls: z.number().int(), failed: z.number().int(), tokens: z.number(), p95: z.number().nullable() })) }) })

export const generateText = describeRoute({
  id: 'generateText', method: 'POST', path: '/api/ai/generate', summary: '生成摘要或标题', audience: 'staff', access: { permission: 'ai.use' }, tag: 'aiGateway', waits: true, audit: false, limit: 60,
  body: z.strictObject({ application: generating, text: required(20_000), names: z.array(text(40)).max(10).default([]).describe('Names known to be in the text, masked before it leaves') }),
  response: z.object({ text: z.string(), by: z.enum(['model', 'extract', 'none']), provider: z.string().nullable(), promptNumber: z.number().int().nullable(), why: z.enum(['off', 'noProvider', 'allFailed']).nullable() }),
})
