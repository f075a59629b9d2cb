// Emergency push (KNO-27): a published item that every agent confirms; it is locked meanwhile.
import { z } from 'zod'
import { id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const text = (max: number) => z.string().trim().max(max)
const level = z.enum(['major', 'general'])
const push = z.object({ id, itemId: id, version: z.number().int(), title: z.string(), wording: z.string(), level, blocksCalls: z.boolean(), startedAt: instant, startedByName: z.string(), endsAt: instant.nullable(), lockedUntil: instant, endedAt: instant.nullable(), endedByName: z.string().nullable(), confirmed: z.number().int(), expected: z.number().int() })
const reads = { audience: 'staff', access: { permission: 'knowledge.read' } } as const
const starts = { audience: 'staff', access: { permission: 'knowledge.emergency' } } as const

export const myEmergencies = describeRoute({ ...reads, id: 'myKnowledgeEmergencies', method: 'GET', path: '/api/knowledge/emergencies/mine', summary: '待我确认的应急知识', response: z.object({ items: z.array(push.pick({ id: true, itemId: true, version: true, title: true, wording: true, level: true, blocksCalls: true, startedAt: true, startedByName: true })) }) })
export const confirmEmergency = describeRoute({ ...reads, id: 'confirmKnowledgeEmergency', method: 'POST', path: '/api/knowledge/emergencies/:id/confirm', summary: '确认应急知识', params: z.object({ id }), body: z.strictObject({}), response: z.object({ at: instant }) })
export const listEmergencies = describeRoute({ ...starts, id: 'listKnowledgeEmergencies', method: 'GET', path: '/api/knowledge/emergencies', summary: '应急推送', response: z.object({ items: z.array(push) }) })
export const emergencyReceipts = describeRoute({ ...starts, id: 'listKnowledgeReceipts', method: 'GET', path: '/api/knowledge/emergencies/:id/receipts', summary: '应急推送确认情况', params: z.object({ id }), response: z.object({ items: z.array(z.object({ userId: id, name: z.string(), at: instant.nullable() })) }) })
export const startEmergency = describeRoute({ ...starts, id: 'startKnowledgeEmergency', method: 'POST', path: '/api/knowledge/emergencies', summary: '发起应急推送', body: z.strictObject({ itemId: id, wording: text(1000).min(1, '请填写统一口径'), level: level.default('general'), blocksCalls: z.boolean().default(true), endsAt: instant.nullable().default(null) }), response: push })
export const endEmergency = describeRoute({ ...starts, id: 'endKnowledgeEmergency', method: 'POST', path: '/api/knowledge/emergencies/:id/end', summary: '结束应急推送', params: z.object({ id }), body: z.strictObject({}), response: push })
