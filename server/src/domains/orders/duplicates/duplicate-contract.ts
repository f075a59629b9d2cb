// The duplicate check as routes (ORD-10): asked while a form is filled in, answered, kept with the order.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { id, instant, localDate } from '../../../kernel/http/codec.ts'
import { orderStates } from '../order.ts'

const text = (max: number) => z.string().trim().max(max)

export const duplicateQuestion = z.object({
  phone: text(40).optional(), requesterId: id.optional(), title: text(80).default(''), content: text(5000).default(''), matterId: id.optional(), areaCode: text(12).optional(), address: text(200).optional(), detailAddress: text(200).optional(),
  lon: z.number().min(-180).max(180).optional(), lat: z.number().min(-90).max(90).optional(),
})
export type DuplicateQuestion = z.output<typeof duplicateQuestion>

const reason = z.enum(['samePerson', 'sameText', 'similarText', 'sameMatter', 'samePlace', 'nearby', 'sameArea'])
export const duplicate = z.object({
  orderId: id, number: z.string(), title: z.string(), state: z.enum(orderStates), stateName: z.string(), open: z.boolean(), appealTypeName: z.string(), purpose: z.string().nullable(), matterId: id.nullable(), matterName: z.string().nullable(), categoryId: id.nullable(),
  areaCode: z.string().nullable(), areaName: z.string().nullable(), address: z.string().nullable(), unitName: z.string().nullable(), requesterName: z.string(), registeredAt: instant, score: z.number(), reasons: z.array(reason), distance: z.number().nullable(),
  /** Set the order belongs to. */
  eventSet: z.object({ id, title: z.string() }).nullable(), mayOpen: z.boolean(),
})
export type Duplicate = z.output<typeof duplicate>

const lists = { samePerson: z.array(duplicate), sameMatter: z.array(duplicate), threshold: z.number() }
export const duplicateChoices = ['none', 'repeat', 'supplement', 'urge', 'merge', 'eventSet'] as const

export const checkDuplicatesRoute = describeRoute({
  id: 'checkDuplicates', method: 'PUT', path: '/api/orders/duplicate-checks/:id', summary: '判重', audience: 'staff', access: { permission: 'orders.register' }, audit: false,
  params: z.object({ id }), body: duplicateQuestion, response: z.object({ id, ...lists }),
})
/** What the agent decided, where no new order follows: the older one is supplemented or urged, or nothing fits. */
export const answerDuplicateCheckRoute = describeRoute({
  id: 'answerDuplicateCheck', method: 'POST', path: '/api/orders/duplicate-checks/:id/answer', summary: '判重结论', audience: 'staff', access: { permission: 'orders.register' },
  params: z.object({ id }), body: z.object({ choice: z.enum(['none', 'supplement', 'urge']), orderId: id.optional() }), response: z.object({ id, choice: z.enum(duplicateChoices) }),
})
export const orderDuplicatesRoute = describeRoute({
  id: 'orderDuplicates', method: 'GET', path: '/api/orders/:id/duplicates', summary: '工单的判重结果与相似工单', audience: 'staff', access: { permission: 'orders.read' }, params: z.object({ id }),
  response: z.object({
    ...lists,
    /** What was shown when the order was registered, unchanged since; null where no check was made. */
    saved: z.object({ at: instant, agentName: z.string(), choice: z.enum(duplicateChoices).nullable(), chosenOrderId: id.nullable(), threshold: z.number(), samePerson: z.array(duplicate), sameMatter: z.array(duplicate) }).nullable(),
  }),
})
export const duplicateUseRoute = describeRoute({
  id: 'duplicateUse', method: 'GET', path: '/api/orders/duplicate-use', summary: '判重使用率', audience: 'staff', access: { permission: 'orders.review' }, query: z.object({ from: localDate, to: localDate }),
  response: z.object({ registered: z.number().int(), checked: z.number().int(), answered: z.number().int(), choices: z.record(z.string(), z.number().int()) }),
})

/** With a registration: which check was seen, and what follows from it. */
export const duplicateAnswer = z.object({ checkId: id, choice: z.enum(['none', 'repeat', 'merge', 'eventSet']), orderId: id.optional() })
export type DuplicateAnswer = z.output<typeof duplicateAnswer>
