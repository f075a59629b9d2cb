// Notices about knowledge (KNO-26): templates, queues, and what became of what was sent.
import { z } from 'zod'
import { empty, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const text = (max: number) => z.string().trim().max(max)
const manage = { audience: 'staff', access: { permission: 'knowledge.manage' } } as const
const hands = { audience: 'staff', access: { permission: 'knowledge.publish' } } as const
export const triggers = ['added', 'changed', 'down', 'byHand'] as const
/** Who is told must hold one of these beside his role. */
export const noticePermissions = ['knowledge.read', 'knowledge.edit', 'knowledge.review', 'knowledge.publish', 'knowledge.manage'] as const
/** What may stand in title and body. */
export const placeholders = ['title', 'summary', 'code', 'type', 'unit', 'day'] as const

const known = (value: string): boolean => [...value.matchAll(/\{([^{}]*)\}/g)].every(([, key]) => (placeholders as readonly string[]).includes(key ?? ''))
const says = (max: number) => text(max).refine(known, `只能使用 ${placeholders.map((one) => `{${one}}`).join(' ')}`)
const body = { name: text(60).min(1), title: says(100).min(1), body: says(1000).default(''), trigger: z.enum(triggers), delayHours: z.number().int().min(0).max(720).default(0), typeCodes: z.array(text(40)).max(50).default([]), roleCodes: z.array(text(40)).max(30).default([]), permission: z.enum(noticePermissions).default('knowledge.read'), enabled: z.boolean().default(false) }
const template = z.object({ id, name: z.string(), title: z.string(), body: z.string(), trigger: z.enum(triggers), delayHours: z.number().int(), typeCodes: z.array(z.string()), typeNames: z.array(z.string()), roleCodes: z.array(z.string()), roleNames: z.array(z.string()), permission: z.enum(noticePermissions), enabled: z.boolean(), used: z.number().int(), version: z.number().int(), changedAt: instant, changedByName: z.string() })
const choice = z.array(z.object({ code: z.string(), name: z.string() }))
const queue = z.object({ id, name: z.string(), description: z.string(), waiting: z.number().int(), sent: z.number().int(), ownerName: z.string(), createdAt: instant })
const entry = z.object({ id, itemId: id, code: z.string(), itemTitle: z.string(), templateName: z.string(), state: z.enum(['waiting', 'sent', 'void']), dueAt: instant, sentAt: instant.nullable(), told: z.number().int() })
const outcome = z.enum(['inApp', 'underway', 'success', 'partial', 'failure'])
const line = z.object({ id, itemId: id, itemTitle: z.string(), templateName: z.string(), queueName: z.string().nullable(), title: z.string(), sentAt: instant, byName: z.string(), told: z.number().int(), spared: z.number().int(), out: z.number().int(), outFailed: z.number().int(), outcome })
const delivery = z.object({ id, channel: z.string(), userName: z.string().nullable(), address: z.string().nullable(), title: z.string(), state: z.string(), attempts: z.number().int(), result: z.string().nullable(), createdAt: instant, sentAt: instant.nullable() })

export const listNoticeTemplates = describeRoute({ ...hands, id: 'listKnowledgeNoticeTemplates', method: 'GET', path: '/api/knowledge/notice-templates', summary: '知识通知模板', query: z.object({ q: text(60).optional() }), response: z.object({ items: z.array(template), roles: choice, permissions: choice }) })
export const saveNoticeTemplate = describeRoute({ ...manage, id: 'saveKnowledgeNoticeTemplate', method: 'POST', path: '/api/knowledge/notice-templates', summary: '保存知识通知模板', body: z.strictObject({ id: id.optional(), version: z.number().int().default(0), ...body }), response: z.object({ id }) })
export const enableNoticeTemplates = describeRoute({ ...manage, id: 'enableKnowledgeNoticeTemplates', method: 'POST', path: '/api/knowledge/notice-templates/enable', summary: '批量启停知识通知模板', body: z.strictObject({ ids: z.array(id).min(1).max(200), enabled: z.boolean() }), response: z.object({ changed: z.number().int() }) })
export const deleteNoticeTemplate = describeRoute({ ...manage, id: 'deleteKnowledgeNoticeTemplate', method: 'DELETE', path: '/api/knowledge/notice-templates/:id', summary: '删除未用过的知识通知模板', params: z.object({ id }), response: empty })
export const listNoticeQueues = describeRoute({ ...hands, id: 'listKnowledgeNoticeQueues', method: 'GET', path: '/api/knowledge/notice-queues', summary: '我的知识队列', query: z.object({ q: text(60).optional() }), response: z.object({ items: z.array(queue) }) })
export const saveNoticeQueue = describeRoute({ ...hands, id: 'saveKnowledgeNoticeQueue', method: 'POST', path: '/api/knowledge/notice-queues', summary: '保存知识队列', body: z.strictObject({ id: id.optional(), name: text(60).min(1), description: text(200).default('') }), response: z.object({ id }) })
export const deleteNoticeQueue = describeRoute({ ...hands, id: 'deleteKnowledgeNoticeQueue', method: 'DELETE', path: '/api/knowledge/notice-queues/:id', summary: '删除知识队列', params: z.object({ id }), response: z.object({ dropped: z.number().int() }) })
export const listQueueEntries = describeRoute({ ...hands, id: 'listKnowledgeNoticeQueueEntries', method: 'GET', path: '/api/knowledge/notice-queues/:id/entries', summary: '队列中的知识', params: z.object({ id }), response: z.object({ items: z.array(entry) }) })
export const addQueueEntries = describeRoute({ ...hands, id: 'addKnowledgeNoticeQueueEntries', method: 'POST', path: '/api/knowledge/notice-queues/:id/entries', summary: '知识加入队列', params: z.object({ id }), body: z.strictObject({ itemIds: z.array(id).min(1, '请选择知识').max(100), templateId: id, /** Null: at once. */ sendAt: instant.nullable().default(null) }), response: z.object({ added: z.number().int(), told: z.number().int() }) })
export const dropQueueEntry = describeRoute({ ...hands, id: 'dropKnowledgeNoticeQueueEntry', method: 'DELETE', path: '/api/knowledge/notices/:id', summary: '从队列移除', params: z.object({ id }), response: empty })
export const noticeLog = describeRoute({ ...manage, id: 'listKnowledgeNotices', method: 'GET', path: '/api/knowledge/notices', summary: '知识通知发送记录', query: pageQuery, response: pageOf(line) })
export const noticeDeliveries = describeRoute({ ...manage, id: 'listKnowledgeNoticeDeliveries', method: 'GET', path: '/api/knowledge/notices/:id/deliveries', summary: '知识通知的短信等送达情况', params: z.object({ id }), response: z.object({ items: z.array(delivery) }) })
