import { z } from 'zod'
import { id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const publishes = { audience: 'staff', access: { permission: 'knowledge.publish' } } as const
export const listEvidence = describeRoute({ ...publishes, id: 'listKnowledgeEvidence', method: 'GET', path: '/api/knowledge/evidence', summary: '法规存证', query: z.object({ itemId: id.optional() }), response: z.object({ items: z.array(z.object({ seq: z.number().int(), itemId: id, title: z.string(), actName: z.string(), version: z.number().int().nullable(), summary: z.string(), byName: z.string(), at: instant, hash: z.string() })) }) })
export const verifyEvidence = describeRoute({ ...publishes, id: 'verifyKnowledgeEvidence', method: 'POST', path: '/api/knowledge/evidence/verify', summary: '验证法规存证', body: z.strictObject({}), response: z.object({ lines: z.number().int(), broken: z.array(z.object({ seq: z.number().int(), title: z.string(), why: z.string() })) }) })
export const sendItem = describeRoute({ audience: 'staff', access: { permission: 'knowledge.read' }, id: 'sendKnowledge', method: 'POST', path: '/api/knowledge/items/:id/send', summary: '短信发送知识', params: z.object({ id }), body: z.strictObject({ phone: z.string().trim().min(5).max(20), part: z.string().trim().max(300).default('') }), response: z.object({ left: z.number().int() }) })
