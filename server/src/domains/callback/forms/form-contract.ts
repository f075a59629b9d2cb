// The personal form by SMS: the requester's page, and the board of those who watch what came back (CBK-05).
import { z } from 'zod'
import { id, instant, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { statements } from '../callback.ts'
import { formStates } from './form.ts'

// The token travels in bodies only: addresses are written into logs.
const token = z.string().trim().min(20).max(60)
const personal = { audience: 'public', access: 'everybody', secret: true, audit: false, limit: 30 } as const

export const openForm = describeRoute({
  ...personal, id: 'openCallbackForm', method: 'POST', path: '/api/public/callback-form', summary: '打开短信回访表单', body: z.strictObject({ token }),
  response: z.object({
    /** Null while it can be answered, else why not. */
    closed: z.enum(['answered', 'expired', 'ended']).nullable(), closedText: z.string().nullable(), centre: z.string(), number: z.string(), title: z.string(), unitName: z.string().nullable(), reply: z.string().nullable(), until: instant,
    grades: z.array(z.object({ code: z.string(), name: z.string(), satisfied: z.enum(['yes', 'no']) })), reasons: z.array(z.string()), maxReasons: z.number().int(),
  }),
})
export const answerForm = describeRoute({
  ...personal, id: 'answerCallbackForm', method: 'POST', path: '/api/public/callback-form/answer', summary: '提交短信回访表单', limit: 20,
  body: z.strictObject({
    token, contacted: z.enum(statements), solved: z.enum(statements), grade: z.string().trim().max(40).nullable(), stars: z.number().int().min(1).max(5).nullable(), reasons: z.array(z.string().trim().min(1).max(60)).max(10).default([]), text: z.string().trim().max(500).default(''),
  }),
  response: z.object({ thanks: z.string(), /** True where the order goes back to its unit. */ again: z.boolean() }),
})

const staff = { audience: 'staff', access: { permission: 'callback.read' } } as const
const part = z.object({ state: z.enum(formStates), name: z.string(), count: z.number().int() })
export const formBoard = describeRoute({
  ...staff, id: 'callbackFormBoard', method: 'GET', path: '/api/callback/forms/board', summary: '短信回访看板', query: z.object({ from: localDate, to: localDate }),
  response: z.object({ parts: z.array(part), owed: z.number().int(), sent: z.number().int(), coverage: z.number().nullable(), response: z.number().nullable(), definition: z.string(), answerDays: z.number().int(), ready: z.boolean(), notReady: z.string().nullable() }),
})
export const listForms = describeRoute({
  ...staff, id: 'listCallbackForms', method: 'GET', path: '/api/callback/forms', summary: '短信回访列表', query: pageQuery.extend({ from: localDate, to: localDate, state: z.enum(formStates).optional() }),
  response: pageOf(z.object({
    id, taskId: id, orderId: id, number: z.string(), title: z.string(), phone: z.string(), unitName: z.string().nullable(), state: z.enum(formStates), stateName: z.string(), sentAt: instant, expiresAt: instant, openedAt: instant.nullable(), endedAt: instant.nullable(), problem: z.string().nullable(),
    outcome: z.string().nullable(), outcomeName: z.string().nullable(), stars: z.number().int().nullable(), text: z.string().nullable(),
  })),
})
