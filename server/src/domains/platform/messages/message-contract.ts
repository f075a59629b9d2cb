import { z } from 'zod'
import { boundedCount, empty, flag, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const message = z.object({
  id,
  type: z.string(),
  typeName: z.string(),
  level: z.enum(['P1', 'P2', 'P3', 'P4']),
  title: z.string(),
  text: z.string().nullable(),
  link: z.string().nullable(),
  objectType: z.string().nullable(),
  objectId: z.string().nullable(),
  repeats: z.number().int(),
  at: instant,
  readAt: instant.nullable(),
  /** Taken back by its sender: shown struck out, its words are gone. */
  recalledAt: instant.nullable(),
})

const sms = z.object({
  id,
  phone: z.string(),
  template: z.string(),
  text: z.string(),
  hidden: z.boolean(),
  state: z.enum(['queued', 'sent', 'failed']),
  attempts: z.number().int(),
  result: z.string().nullable(),
  createdAt: instant,
  nextAt: instant.nullable(),
  sentAt: instant.nullable(),
})

const base = { audience: 'staff', tag: 'messages' } as const

export const listMessages = describeRoute({
  ...base, id: 'listMessages', method: 'GET', path: '/api/messages', summary: '我的消息', access: 'signedIn',
  query: pageQuery.extend({ unread: flag.optional(), type: z.string().max(60).optional() }), response: pageOf(message),
})
export const countUnreadMessages = describeRoute({
  ...base, id: 'countUnreadMessages', method: 'GET', path: '/api/messages/unread', summary: '未读消息数', access: 'signedIn', response: boundedCount,
})
export const listMessageTypes = describeRoute({
  ...base, id: 'listMessageTypes', method: 'GET', path: '/api/messages/types', summary: '消息类型', access: 'signedIn',
  response: z.object({ items: z.array(z.object({ code: z.string(), number: z.number().int(), name: z.string(), module: z.string() })) }),
})
export const readMessages = describeRoute({
  ...base, id: 'readMessages', method: 'POST', path: '/api/messages/read', summary: '标为已读', access: 'signedIn', audit: false,
  body: z.object({ ids: z.array(id).min(1).max(200) }).strict(), response: empty,
})
export const readAllMessages = describeRoute({
  ...base, id: 'readAllMessages', method: 'POST', path: '/api/messages/read-all', summary: '全部标为已读', access: 'signedIn', audit: false, body: empty, response: empty,
})
export const listSms = describeRoute({
  ...base, id: 'listSms', method: 'GET', path: '/api/sms', summary: '短信发件箱', access: { permission: 'platform.readSms' },
  query: pageQuery.extend({ state: z.enum(['queued', 'sent', 'failed']).optional(), objectId: z.string().max(60).optional() }), response: pageOf(sms),
})
export const resendSms = describeRoute({
  ...base, id: 'resendSms', method: 'POST', path: '/api/sms/:id/resend', summary: '重发短信', access: { permission: 'platform.resendSms' },
  params: z.object({ id }), body: empty, response: empty,
})
