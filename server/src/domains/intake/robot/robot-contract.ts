// The robot on every public page (INT-15) and in front of the chat (INT-16): answers from what is published, leads to the right form, hands over.
import { z } from 'zod'
import { id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const open = { audience: 'public', access: 'everybody', secret: true, audit: false } as const
const device = z.string().regex(/^[\w-]{16,80}$/).describe('Random, made on the device: whose dialogue it is')

export const askRobotRoute = describeRoute({
  ...open, id: 'askRobot', method: 'POST', path: '/api/public/robot', summary: '智能问答', limit: 40,
  body: z.strictObject({ dialogueId: id.optional(), device, text: z.string().trim().min(1).max(500) }),
  response: z.object({
    dialogueId: id, wish: z.enum(['human', 'progress', 'appeal', 'ask', 'unsolved', 'thanks']), text: z.string(),
    questions: z.array(z.object({ id: z.string(), title: z.string(), answer: z.string() })),
    /** Prefilled forms; `prepare` is what will be asked. */
    forms: z.array(z.object({ matterId: id.nullable(), name: z.string(), appealType: z.string().nullable(), say: z.string(), prepare: z.array(z.string()) })),
    own: z.array(z.object({ number: z.string(), title: z.string(), state: z.string(), stateName: z.string() })),
    /** A person is offered. */
    human: z.boolean(),
  }),
})
export const robotFeedbackRoute = describeRoute({
  ...open, id: 'robotFeedback', method: 'POST', path: '/api/public/robot/:id/outcome', summary: '问答结果', limit: 40, params: z.object({ id }),
  body: z.strictObject({ device, outcome: z.enum(['solved', 'form', 'left']) }), response: z.object({}),
})

const staff = { audience: 'staff', access: { permission: 'intake.robot' } } as const
const range = { from: instant.optional(), until: instant.optional() }
export const robotStatistics = describeRoute({
  ...staff, id: 'robotStatistics', method: 'GET', path: '/api/robot/statistics', summary: '智能问答统计', query: z.object(range),
  response: z.object({
    dialogues: z.int(), turns: z.int(), outcomes: z.array(z.object({ outcome: z.string(), name: z.string(), count: z.int() })), withoutOrder: z.int().describe('Ended without an order'), withoutOrderRate: z.string(), missed: z.array(z.object({ text: z.string(), count: z.int() })),
  }),
})
export const listRobotDialogues = describeRoute({
  ...staff, id: 'listRobotDialogues', method: 'GET', path: '/api/robot/dialogues', summary: '智能问答记录', query: pageQuery.extend({ outcome: z.enum(['open', 'solved', 'form', 'human', 'left', 'order']).optional() }),
  response: pageOf(z.object({ id, startedAt: instant, turns: z.int(), outcome: z.string(), outcomeName: z.string(), first: z.string(), orderNumber: z.string().nullable() })),
})
export const readRobotDialogue = describeRoute({
  ...staff, id: 'readRobotDialogue', method: 'GET', path: '/api/robot/dialogues/:id', summary: '智能问答内容', params: z.object({ id }), response: z.object({ id, turns: z.array(z.object({ seq: z.int(), author: z.enum(['citizen', 'robot']), text: z.string(), at: instant })) }),
})
