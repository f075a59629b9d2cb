// Online chat as citizens use it (INT-16): one conversation at a time, gone on with after any loss of the page or the network.
import { z } from 'zod'
import { id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { citizenCall } from './call-contract.ts'

const signedIn = { audience: 'public', access: 'signedIn' } as const
const text = (max: number) => z.string().trim().max(max)
/** Made once per message on the sender's device: a repeated send is the same message. */
export const clientKey = z.string().regex(/^[\w-]{16,80}$/)

export const chatFile = z.object({ id, name: z.string(), type: z.string(), size: z.number().int() })
export const chatMessage = z.object({
  seq: z.number().int(), author: z.enum(['citizen', 'agent', 'system', 'robot']), name: z.string(), text: z.string(), file: chatFile.nullable(), at: instant,
  /** Taken down by the centre: neither text nor file is shown to the citizen any more. */
  hidden: z.boolean(),
})
export type ChatMessage = z.output<typeof chatMessage>

const session = z.object({
  id, state: z.enum(['queued', 'open', 'closed']), topic: z.string(), agentName: z.string().nullable(), startedAt: instant, closedAt: instant.nullable(),
  closedBy: z.enum(['citizen', 'agent', 'idle']).nullable(), lastSeq: z.number().int(), stars: z.number().int().nullable(),
  /** 1 is next; null when not queued. */
  position: z.number().int().nullable(),
  /** Minutes, from the waits of the last hours; null without experience. */
  waitMinutes: z.number().int().nullable(),
  orders: z.array(z.object({ number: z.string(), title: z.string() })),
})
export type CitizenSession = z.output<typeof session>

export const getChat = describeRoute({
  ...signedIn, id: 'getChat', method: 'GET', path: '/api/public/chat', summary: '在线客服：当前会话', limit: 120,
  query: z.object({ after: z.coerce.number().int().min(0).default(0) }),
  response: z.object({
    /** Why no conversation can begin now; null when one can. */
    closed: z.string().nullable(),
    session: session.nullable(), messages: z.array(chatMessage),
    /** The agent asks to speak, or the two speak now. */
    call: citizenCall.nullable(),
  }),
})
export const startChat = describeRoute({
  ...signedIn, id: 'startChat', method: 'POST', path: '/api/public/chat', summary: '开始在线客服', limit: 10, audit: false,
  body: z.strictObject({ topic: text(500).default(''), clientKey, robot: z.strictObject({ dialogueId: id, device: z.string().max(80) }).optional().describe('What was said with the robot before stands in the conversation') }), response: session,
})
export const sayInChat = describeRoute({
  ...signedIn, id: 'sayInChat', method: 'POST', path: '/api/public/chat/messages', summary: '发送消息', limit: 60, audit: false,
  body: z.strictObject({ sessionId: id, clientKey, text: text(1000).default(''), fileId: id.optional() }), response: chatMessage,
})
export const leaveChat = describeRoute({ ...signedIn, id: 'leaveChat', method: 'POST', path: '/api/public/chat/close', summary: '结束会话', audit: false, body: z.strictObject({ sessionId: id }), response: session })
export const rateChat = describeRoute({
  ...signedIn, id: 'rateChat', method: 'POST', path: '/api/public/chat/rating', summary: '评价会话', audit: false,
  body: z.strictObject({ sessionId: id, stars: z.number().int().min(1).max(5), text: text(300).default('') }), response: session,
})
export const ownChats = describeRoute({
  ...signedIn, id: 'ownChats', method: 'GET', path: '/api/public/chats', summary: '历史会话', response: z.object({ items: z.array(session), left: z.array(z.object({ id, content: z.string(), state: z.enum(['waiting', 'answered', 'registered']), reply: z.string().nullable(), orderNumber: z.string().nullable(), at: instant, finishedAt: instant.nullable() })) }),
})
export const ownChat = describeRoute({ ...signedIn, id: 'ownChat', method: 'GET', path: '/api/public/chats/:id', summary: '历史会话内容', params: z.object({ id }), response: z.object({ session, messages: z.array(chatMessage) }) })
export const leaveMessage = describeRoute({
  ...signedIn, id: 'leaveMessage', method: 'POST', path: '/api/public/left-messages', summary: '留言', limit: 20, audit: false,
  body: z.strictObject({ clientKey, content: text(1000).min(5, '请把事情写清楚一些（至少 5 个字）') }), response: z.object({ id, waiting: z.number().int() }),
})
