import { z } from 'zod'
import { id, instant } from '../../kernel/http/codec.ts'
import { describeRoute } from '../../kernel/http/route.ts'
import { modes } from './applications/shipped.zh-CN.ts'
import { elementKinds } from './engines/elements.ts'
import { qualitySchema, shareSchema } from './evaluation/metrics.ts'

const text = (max: number) => z.string().trim().max(max)
const code = z.string().max(40)

const use = { audience: 'staff', access: { permission: 'ai.use' } } as const
const read = { audience: 'staff', access: { permission: 'ai.read' } } as const
const manage = { audience: 'staff', access: { permission: 'ai.manage' } } as const

const candidate = z.object({ value: z.string(), name: z.string(), confidence: z.number(), evidence: z.array(z.string()) })
const suggestion = z.object({ id, application: code, mode: z.enum(modes), threshold: z.number(), candidates: z.array(candidate), outcome: z.string().nullable() })
const element = z.object({ kind: z.enum(elementKinds), raw: z.string(), value: z.string(), at: z.number().int(), confidence: z.number(), valid: z.boolean() })

export const suggest = describeRoute({
  ...use, id: 'suggest', method: 'POST', path: '/api/ai/suggest', summary: '智能建议', audit: false,
  body: z.strictObject({ objectType: z.enum(['draft', 'order']), objectId: id, title: text(200).default(''), content: text(20_000).default(''), address: text(200).default(''), appealType: code.optional(), matterId: id.optional(), categoryId: id.optional(), areaCode: z.string().max(12).optional() }),
  response: z.object({ suggestions: z.array(suggestion), elements: z.array(element), title: z.string().nullable(), summary: z.string().nullable(), tookMs: z.number().int(), unavailable: z.array(code) }),
})
export const decideSuggestion = describeRoute({
  ...use, id: 'decideSuggestion', method: 'POST', path: '/api/ai/suggestions/:id/outcome', summary: '登记建议的采用情况', params: z.object({ id }), audit: false,
  body: z.strictObject({ chosen: text(200).nullable() }), response: z.object({ outcome: z.string() }),
})

const application = z.object({
  code, name: z.string(), theme: code, themeName: z.string(), engines: z.string(), mode: z.enum(modes), candidates: z.number().int(), threshold: z.number(), limitMs: z.number().int(), target: z.number().nullable(), metric: z.string(), trained: z.boolean(), ready: z.boolean(), version: z.number().int(),
  model: z.object({ id, number: z.number().int(), hit1: z.number().nullable(), samples: z.number().int() }).nullable(),
  live: z.object({ shown: z.number().int(), decided: z.number().int(), first: z.number().int(), any: z.number().int(), p95: z.number().nullable() }),
})
export const listApplications = describeRoute({ ...read, id: 'listAiApplications', method: 'GET', path: '/api/ai/applications', summary: '智能应用', response: z.object({ items: z.array(application) }) })
export const changeApplication = describeRoute({
  ...manage, id: 'changeAiApplication', method: 'PATCH', path: '/api/ai/applications/:code', summary: '调整智能应用', params: z.object({ code }),
  body: z.strictObject({ mode: z.enum(modes), candidates: z.number().int().min(1).max(10), threshold: z.number().min(0).max(1), limitMs: z.number().int().min(100).max(60_000), target: z.number().min(0).max(1).nullable(), reason: text(200).min(2, '请填写理由'), version: z.number().int() }), response: z.object({ version: z.number().int() }),
})
export const listApplicationChanges = describeRoute({ ...read, id: 'listAiApplicationChanges', method: 'GET', path: '/api/ai/applications/:code/changes', summary: '智能应用的调整记录', params: z.object({ code }), response: z.object({ items: z.array(z.object({ id, reason: z.string(), at: instant, byName: z.string(), changes: z.record(z.string(), z.object({ old: z.unknown(), new: z.unknown() })) })) }) })

const model = z.object({
  id, application: code, applicationName: z.string(), number: z.number().int(), state: z.enum(['waiting', 'training', 'evaluated', 'live', 'retired', 'failed']), samples: z.number().int(), classes: z.number().int(), sizeBytes: z.number().int().nullable(), hit1: z.number().nullable(), threshold: z.number().nullable(), why: z.string().nullable(), overrideReason: z.string().nullable(),
  beganAt: instant, trainedAt: instant.nullable(), liveAt: instant.nullable(), byName: z.string(), compared: z.object({ liveHit1: z.number(), gain: z.number(), regression: z.boolean() }).nullable(),
})
export const listModels = describeRoute({ ...read, id: 'listAiModels', method: 'GET', path: '/api/ai/models', summary: '模型版本', query: z.object({ application: code.optional() }), response: z.object({ items: z.array(model) }) })
export const trainModel = describeRoute({ ...manage, id: 'trainAiModel', method: 'POST', path: '/api/ai/applications/:code/train', summary: '立即训练', params: z.object({ code }), body: z.strictObject({}), response: z.object({ id }) })
export const switchModel = describeRoute({ ...manage, id: 'switchAiModel', method: 'POST', path: '/api/ai/models/:id/switch', summary: '启用模型', params: z.object({ id }), body: z.strictObject({ reason: text(200).optional() }), response: z.object({ id }) })

const run = z.object({ id: z.string(), application: code, applicationName: z.string(), modelNumber: z.number().int().nullable(), dataset: z.string(), split: z.string(), samples: z.number().int(), hit1: shareSchema, hitK: shareSchema, macroF1: z.number(), at: instant.nullable(), byName: z.string() })
export const listEvaluations = describeRoute({ ...read, id: 'listAiEvaluations', method: 'GET', path: '/api/ai/evaluations', summary: '评测', response: z.object({ items: z.array(run) }) })
export const getEvaluation = describeRoute({ ...read, id: 'getAiEvaluation', method: 'GET', path: '/api/ai/evaluations/:id', summary: '评测详情', params: z.object({ id: z.string().max(60) }), response: run.extend({ quality: qualitySchema }) })
