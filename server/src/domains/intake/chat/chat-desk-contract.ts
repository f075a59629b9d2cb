// The chat desk (INT-16 to INT-18): several conversations at once, in order of arrival; registering, transferring, canned replies.
import { z } from 'zod'
import { id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { staffCall } from './call-contract.ts'
import { chatMessage, clientKey } from './chat-contract.ts'

const staff = { audience: 'staff', access: { permission: 'intake.chat' } } as const
const text = (max: number) => z.string().trim().max(max)
const words = (max: number) => text(max).min(1, '请填写内容')
const one = z.object({ id })
const at = instant.nullable()

const line = z.object({
  id, state: z.enum(['queued', 'open', 'closed']), topic: z.string(), citizen: z.string().describe('Masked'), mobile: z.string().describe('Masked'), agentId: z.string().nullable(), agentName: z.string().nullable(),
  queuedAt: instant, acceptedAt: at, closedAt: at, closedBy: z.string().nullable(), lastAt: instant, lastText: z.string(), unread: z.number().int(),
  /** Since when a message of the citizen waits for an answer. */
  unansweredSince: at, transfers: z.number().int(), stars: z.number().int().nullable(), orders: z.number().int(),
})
export type DeskLine = z.output<typeof line>

export const listChatDesk = describeRoute({
  ...staff, id: 'listChatDesk', method: 'GET', path: '/api/chat/desk', summary: '在线会话：我的会话与排队',
  response: z.object({
    onDuty: z.boolean(), max: z.number().int(), amberSeconds: z.number().int(), redSeconds: z.number().int(), mayTakeAny: z.boolean(), mine: z.array(line), queue: z.array(line),
    left: z.number().int(), promises: z.array(z.object({ id, sessionId: id, text: z.string(), citizen: z.string(), dueAt: instant })),
    colleagues: z.array(z.object({ id, name: z.string(), open: z.number().int() })),
  }),
})
export const setChatDuty = describeRoute({ ...staff, id: 'setChatDuty', method: 'POST', path: '/api/chat/duty', summary: '在线会话上岗、离岗', audit: false, body: z.strictObject({ on: z.boolean() }), response: z.object({ onDuty: z.boolean() }) })
export const getChatSession = describeRoute({
  ...staff, id: 'getChatSession', method: 'GET', path: '/api/chat/sessions/:id', summary: '会话内容', params: one, query: z.object({ after: z.coerce.number().int().min(0).default(0) }),
  response: z.object({
    session: line.extend({ mine: z.boolean(), barredUntil: at, ratingText: z.string().nullable() }), messages: z.array(chatMessage.extend({ hiddenReason: z.string().nullable() })),
    orders: z.array(z.object({ id, number: z.string(), title: z.string(), stateName: z.string() })), earlier: z.array(z.object({ id, at: instant, topic: z.string(), agentName: z.string().nullable() })),
    ownOrders: z.array(z.object({ id, number: z.string(), title: z.string(), stateName: z.string(), at: instant, open: z.boolean() })),
    call: staffCall.nullable().describe('Of this agent, while it is asked or open'), requester: z.object({ name: z.string().describe('Masked'), realName: z.boolean(), areaCode: z.string().nullable(), address: z.string().nullable() }),
  }),
})
const act = { ...staff, method: 'POST', params: one, response: line } as const
export const takeChat = describeRoute({ ...act, id: 'takeChat', path: '/api/chat/sessions/:id/take', summary: '接入会话' })
export const answerChat = describeRoute({ ...staff, id: 'answerChat', method: 'POST', params: one, path: '/api/chat/sessions/:id/messages', summary: '回复', audit: false, body: z.strictObject({ clientKey, text: text(2000).default(''), fileId: id.optional() }), response: chatMessage })
export const seenChat = describeRoute({ ...staff, id: 'seenChat', method: 'POST', params: one, path: '/api/chat/sessions/:id/seen', summary: '已读', audit: false, body: z.strictObject({ seq: z.number().int().min(0) }), response: z.object({}) })
export const transferChat = describeRoute({ ...act, id: 'transferChat', path: '/api/chat/sessions/:id/transfer', summary: '转接会话', body: z.strictObject({ toUserId: id.optional().describe('Absent: back to the head of the queue'), note: words(300) }) })
export const closeChat = describeRoute({ ...act, id: 'closeChat', path: '/api/chat/sessions/:id/close', summary: '结束会话并请评价' })
export const hideChatMessage = describeRoute({ ...staff, id: 'hideChatMessage', method: 'POST', params: z.object({ id, seq: z.coerce.number().int().min(1) }), path: '/api/chat/sessions/:id/messages/:seq/hide', summary: '屏蔽消息', body: z.strictObject({ reason: words(200) }), response: chatMessage })
export const barChat = describeRoute({ ...act, id: 'barChat', path: '/api/chat/sessions/:id/bar', summary: '结束并限制在线客服', body: z.strictObject({ hours: z.number().int().min(1).max(720), reason: words(200) }) })
export const promiseInChat = describeRoute({ ...act, id: 'promiseInChat', path: '/api/chat/sessions/:id/promises', summary: '承诺后续答复', body: z.strictObject({ text: words(300) }) })
export const keepPromise = describeRoute({ ...staff, id: 'keepPromise', method: 'POST', params: one, path: '/api/chat/promises/:id/done', summary: '答复承诺', body: z.strictObject({ text: words(1000) }), response: z.object({}) })

export const registration = z.strictObject({
  appealType: words(30), title: words(80), content: words(5000), matterId: id.optional(), areaCode: text(12).optional(), address: text(200).optional(),
  urgency: z.enum(['normal', 'urgent', 'major']).default('normal'), confidential: z.boolean().default(false), callbackManner: z.enum(['call', 'sms', 'none']).default('call'),
  name: text(60).default(''), sex: z.enum(['male', 'female']).optional(), ageRange: text(20).optional(), remarks: text(500).optional(),
})
const registered = z.object({ id, number: z.string(), enquiryCode: z.string() })
export const registerFromChat = describeRoute({ ...staff, id: 'registerFromChat', method: 'POST', params: one, path: '/api/chat/sessions/:id/orders', summary: '从会话登记工单', body: registration, response: registered })

export const listChats = describeRoute({
  ...staff, id: 'listChats', method: 'GET', path: '/api/chat/sessions', summary: '会话记录',
  query: pageQuery.extend({ mobile: text(30).optional(), mine: z.enum(['true', 'false']).optional(), unregistered: z.enum(['true', 'false']).optional() }), response: pageOf(line),
})

const canned = z.object({ id, own: z.boolean(), title: z.string(), text: z.string(), sort: z.number().int() })
const cannedBody = z.strictObject({ title: words(30), text: words(1000), sort: z.number().int().min(0).max(999).default(0) })
export const listCanned = describeRoute({ ...staff, id: 'listCannedReplies', method: 'GET', path: '/api/chat/canned-replies', summary: '快捷回复', response: z.object({ items: z.array(canned), mayEditShared: z.boolean() }) })
export const addCanned = describeRoute({ ...staff, id: 'addCannedReply', method: 'POST', path: '/api/chat/canned-replies', summary: '新增快捷回复', body: cannedBody.extend({ shared: z.boolean().default(false) }), response: canned })
export const changeCanned = describeRoute({ ...staff, id: 'changeCannedReply', method: 'PATCH', path: '/api/chat/canned-replies/:id', summary: '修改快捷回复', params: one, body: cannedBody, response: canned })
export const dropCanned = describeRoute({ ...staff, id: 'dropCannedReply', method: 'DELETE', path: '/api/chat/canned-replies/:id', summary: '删除快捷回复', params: one, response: z.object({}) })

const left = z.object({
  id, citizen: z.string().describe('Masked'), mobile: z.string().describe('Masked'), content: z.string(), state: z.enum(['waiting', 'taken', 'answered', 'registered']), takenBy: z.string().nullable(), mine: z.boolean(), takenAt: at,
  reply: z.string().nullable(), orderNumber: z.string().nullable(), at: instant, finishedAt: at,
})
export type LeftLine = z.output<typeof left>
export const listLeft = describeRoute({ ...staff, id: 'listLeftMessages', method: 'GET', path: '/api/chat/left-messages', summary: '留言', query: pageQuery.extend({ view: z.enum(['open', 'done']).default('open') }), response: pageOf(left) })
/** Without an id the oldest one: messages are worked off in order of arrival; another one needs the right. */
export const takeLeft = describeRoute({ ...staff, id: 'takeLeftMessage', method: 'POST', path: '/api/chat/left-messages/take', summary: '提取留言', body: z.strictObject({ id: id.optional() }), response: left })
export const answerLeft = describeRoute({ ...staff, id: 'answerLeftMessage', method: 'POST', params: one, path: '/api/chat/left-messages/:id/answer', summary: '回复留言', body: z.strictObject({ reply: words(1000) }), response: left })
export const registerLeft = describeRoute({ ...staff, id: 'registerLeftMessage', method: 'POST', params: one, path: '/api/chat/left-messages/:id/orders', summary: '留言登记工单', body: registration, response: registered })
