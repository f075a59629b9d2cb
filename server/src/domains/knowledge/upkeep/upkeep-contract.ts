// Confirmation policies (KNO-11) and the hot list (KNO-15).
import { z } from 'zod'
import { flag, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const text = (max: number) => z.string().trim().max(max)
const manage = { audience: 'staff', access: { permission: 'knowledge.manage' } } as const
const edits = { audience: 'staff', access: { permission: 'knowledge.edit' } } as const

const fields = {
  name: text(60).min(1, '请填写名称'), enabled: z.boolean().default(true), directoryIds: z.array(id).max(100).default([]), typeCodes: z.array(z.string().max(40)).max(50).default([]), unitIds: z.array(id).max(200).default([]),
  periodDays: z.number().int().min(1).max(3650).default(180), deadlineDays: z.number().int().min(0).max(365).default(15), reminderDays: z.array(z.number().int().min(0).max(365)).max(10).default([7, 1]), suspends: z.boolean().default(false),
}
export const policy = z.object({ id, ...fields, directoryNames: z.array(z.string()), unitNames: z.array(z.string()), typeNames: z.array(z.string()), items: z.number().int(), open: z.number().int(), overdue: z.number().int(), version: z.number().int(), changedAt: instant, changedByName: z.string() })
export const listPolicies = describeRoute({ ...manage, id: 'listKnowledgePolicies', method: 'GET', path: '/api/knowledge/policies', summary: '知识确认策略', query: z.object({ q: text(60).optional() }), response: z.object({ items: z.array(policy) }) })
export const savePolicy = describeRoute({ ...manage, id: 'saveKnowledgePolicy', method: 'POST', path: '/api/knowledge/policies', summary: '保存知识确认策略', body: z.strictObject({ id: id.optional(), ...fields, version: z.number().int().default(0) }), response: z.object({ id }) })
export const confirmation = z.object({ id, itemId: id, code: z.string(), title: z.string(), typeName: z.string(), unitName: z.string(), policyName: z.string(), state: z.enum(['open', 'done', 'gone']), stateName: z.string(), begunAt: instant, dueAt: instant, overdue: z.boolean(), doneAt: instant.nullable(), doneByName: z.string().nullable() })
export const listConfirmations = describeRoute({ ...edits, id: 'listKnowledgeConfirmations', method: 'GET', path: '/api/knowledge/confirmations', summary: '知识确认任务', query: pageQuery.extend({ state: z.enum(['open', 'done', 'gone']).optional(), overdue: flag.optional() }), response: pageOf(confirmation) })
export const confirmationRates = describeRoute({
  ...edits, id: 'knowledgeConfirmationRates', method: 'GET', path: '/api/knowledge/confirmations/rates', summary: '知识按期确认率', query: z.object({ days: z.coerce.number().int().min(1).max(366).default(180) }),
  response: z.object({ items: z.array(z.object({ unitName: z.string(), due: z.number().int(), inTime: z.number().int(), late: z.number().int(), overdue: z.number().int() })) }),
})

const hot = z.object({ id, title: z.string(), typeName: z.string(), searched: z.number().int(), cited: z.number().int(), score: z.number(), pinned: z.boolean() })
export const hotList = describeRoute({ audience: 'staff', access: { permission: 'knowledge.read' }, id: 'knowledgeHotList', method: 'GET', path: '/api/knowledge/hot', summary: '知识热榜', response: z.object({ days: z.number().int(), items: z.array(hot), words: z.array(z.object({ words: z.string(), n: z.number().int() })), hidden: z.array(z.object({ id, title: z.string() })) }) })
export const setHot = describeRoute({ ...manage, id: 'setKnowledgeHot', method: 'PUT', path: '/api/knowledge/items/:id/hot', summary: '热榜置顶或隐藏', params: z.object({ id }), body: z.strictObject({ mode: z.enum(['pin', 'hide', 'none']) }), response: z.object({ mode: z.enum(['pin', 'hide', 'none']) }) })
export const openedHit = describeRoute({ audience: 'staff', access: { permission: 'knowledge.read' }, id: 'openKnowledgeHit', method: 'POST', path: '/api/knowledge/items/:id/opened', summary: '从检索打开知识', params: z.object({ id }), audit: false, body: z.strictObject({ words: text(200).min(1) }), response: z.object({}) })
