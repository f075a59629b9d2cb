// Questions to the responsible unit (KNO-24) and reports of gaps and errors (KNO-25).
import { z } from 'zod'
import { actState, flag, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const text = (max: number) => z.string().trim().max(max)
const one = z.object({ id })
const reads = { audience: 'staff', access: { permission: 'knowledge.read' } } as const
const edits = { audience: 'staff', access: { permission: 'knowledge.edit' } } as const
const publishes = { audience: 'staff', access: { permission: 'knowledge.publish' } } as const
const done = z.object({ id, state: z.string() })
const versioned = { version: z.number().int() }
const source = { source: z.enum(['search', 'item', 'order']).default('search'), sourceId: id.optional(), sourceLabel: text(120).optional() }
const box = z.enum(['unit', 'mine', 'all']).default('all')

export const questionStates = ['open', 'refused', 'answered', 'closed'] as const
export const question = z.object({
  id, title: z.string(), text: z.string(), urgent: z.boolean(), state: z.enum(questionStates), stateName: z.string(), unitName: z.string(), routedBy: z.string(), source: z.string(), sourceId: z.string().nullable(), sourceLabel: z.string().nullable(), matterName: z.string().nullable(), askedByName: z.string(), askedAt: instant, dueAt: instant, overdue: z.boolean(),
  answer: z.string().nullable(), answeredByName: z.string().nullable(), answeredAt: instant.nullable(), refusal: z.string().nullable(), itemId: z.string().nullable(), acts: z.array(actState), version: z.number().int(),
})
export const listQuestions = describeRoute({ ...reads, id: 'listKnowledgeQuestions', method: 'GET', path: '/api/knowledge/questions', summary: '知识提问', query: pageQuery.extend({ box, state: z.enum(questionStates).optional(), overdue: flag.optional() }), response: pageOf(question) })
export const askQuestion = describeRoute({ ...reads, id: 'askKnowledgeQuestion', method: 'POST', path: '/api/knowledge/questions', summary: '向责任单位提问', limit: 30, body: z.strictObject({ title: text(120).min(1, '请填写问题'), text: text(2000).default(''), urgent: z.boolean().default(false), matterId: id.optional(), areaCode: z.string().regex(/^\d{6,12}$/).optional(), unitId: id.optional(), ...source }), response: done.extend({ unitName: z.string(), dueAt: instant }) })
export const answerQuestion = describeRoute({ ...edits, id: 'answerKnowledgeQuestion', method: 'POST', path: '/api/knowledge/questions/:id/answer', summary: '答复知识提问', params: one, body: z.strictObject({ answer: text(10_000).min(1, '请填写答复'), toItem: z.boolean().default(true), directoryId: id.optional(), ...versioned }), response: done.extend({ ticketId: id.nullable() }) })
export const refuseQuestion = describeRoute({ ...edits, id: 'refuseKnowledgeQuestion', method: 'POST', path: '/api/knowledge/questions/:id/refuse', summary: '不属于本单位', params: one, body: z.strictObject({ reason: text(500).min(1, '请说明理由'), ...versioned }), response: done })
export const routeQuestion = describeRoute({ ...publishes, id: 'routeKnowledgeQuestion', method: 'POST', path: '/api/knowledge/questions/:id/route', summary: '改派知识提问', params: one, body: z.strictObject({ unitId: id, ...versioned }), response: done })

export const reportKinds = ['gap', 'wrong', 'outdated', 'contact', 'format'] as const
export const reportStates = ['open', 'forwarded', 'replied', 'closed'] as const
export const reportSources = ['search', 'item', 'order', 'web'] as const
export const maintenances = ['add', 'revise', 'revoke', 'none'] as const
export const report = z.object({
  id, number: z.string(), kind: z.enum(reportKinds), kindName: z.string(), text: z.string(), itemId: z.string().nullable(), itemTitle: z.string().nullable(), itemVersion: z.number().int().nullable(), source: z.string(), sourceName: z.string(), sourceId: z.string().nullable(), sourceLabel: z.string().nullable(), state: z.enum(reportStates), stateName: z.string(), unitId: id.nullable(), unitName: z.string().nullable(), forwardOpinion: z.string().nullable(),
  reply: z.string().nullable(), repliedByName: z.string().nullable(), repliedAt: instant.nullable(), maintenance: z.enum(maintenances).nullable(), maintenanceName: z.string().nullable(), reportedByName: z.string(), reportedAt: instant, elapsedMinutes: z.number().int(), dueAt: instant, overdue: z.boolean(), closedByName: z.string().nullable(), closedAt: instant.nullable(), next: z.string(), acts: z.array(actState), version: z.number().int(),
})
export const listReports = describeRoute({ ...reads, id: 'listKnowledgeReports', method: 'GET', path: '/api/knowledge/reports', summary: '查漏纠错', query: pageQuery.extend({ box, state: z.enum(reportStates).optional(), q: text(120).optional(), kind: z.enum(reportKinds).optional(), source: z.enum(reportSources).optional(), unitId: id.optional(), maintenance: z.enum(maintenances).optional(), overdue: flag.optional() }), response: pageOf(report) })
export const addReport = describeRoute({ ...reads, id: 'reportKnowledge', method: 'POST', path: '/api/knowledge/reports', summary: '报告缺口或错误', limit: 30, body: z.strictObject({ kind: z.enum(reportKinds), text: text(2000).min(1, '请说明问题'), itemId: id.optional(), ...source }), response: done.extend({ number: z.string() }) })
export const forwardReport = describeRoute({ ...publishes, id: 'forwardKnowledgeReport', method: 'POST', path: '/api/knowledge/reports/:id/forward', summary: '转责任单位', params: one, body: z.strictObject({ unitId: id, opinion: text(500).default(''), ...versioned }), response: done })
export const replyReport = describeRoute({ ...edits, id: 'replyKnowledgeReport', method: 'POST', path: '/api/knowledge/reports/:id/reply', summary: '答复纠错', params: one, body: z.strictObject({ reply: text(2000).min(1, '请填写答复'), maintenance: z.enum(maintenances), ...versioned }), response: done })
export const closeReport = describeRoute({ ...publishes, id: 'closeKnowledgeReport', method: 'POST', path: '/api/knowledge/reports/:id/close', summary: '办结纠错', params: one, body: z.strictObject({ reply: text(2000).default(''), maintenance: z.enum(maintenances).optional(), ...versioned }), response: done })
