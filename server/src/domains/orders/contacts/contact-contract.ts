// Contacts with requesters as routes.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { flag, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { one, required, text, unitAct } from '../requests/ask-contract.ts'

export const contactMethods = ['phone', 'visit', 'message', 'other'] as const

export const contactBody = z.object({
  method: z.enum(contactMethods),
  /** A contact without a result is none. */
  outcome: z.enum(['reached', 'notReached']),
  met: z.boolean().default(false).describe('Met in person'),
  promised: z.boolean().default(false).describe('A reply was promised'),
  promisedAt: instant.optional(),
  note: text(500).optional(),
  at: instant.optional(),
  callRef: text(80).optional().describe('Call or robot recording'),
})
export const recordContactRoute = unitAct('recordContact', 'contacts', '登记联系', contactBody)

export const contactRow = z.object({
  id, orderId: id, number: z.string(), title: z.string(), urgency: z.string(), orderState: z.string(), assignmentId: id, unitId: id, unitName: z.string(), method: z.string(), outcome: z.enum(['reached', 'notReached']), met: z.boolean(), promised: z.boolean(), promisedAt: instant.nullable(),
  promiseState: z.string().nullable(), promiseNote: z.string().nullable(), promiseOverdue: z.boolean(), note: z.string().nullable(), callRef: z.string().nullable(), contactedAt: instant, recordedByName: z.string(), mayClosePromise: z.boolean(),
})
export const listContactsRoute = describeRoute({
  id: 'listOrderContacts', method: 'GET', path: '/api/order-contacts', summary: '联系记录', audience: 'staff', access: { permission: 'orders.read' },
  query: pageQuery.extend({ orderId: id.optional(), unitId: id.optional(), outcome: z.enum(['reached', 'notReached']).optional(), met: flag.optional(), promise: z.enum(['open', 'kept', 'broken', 'overdue']).optional(), from: instant.optional(), to: instant.optional() }),
  response: pageOf(contactRow),
})
export const closeContactPromiseRoute = describeRoute({
  id: 'closeContactPromise', method: 'POST', path: '/api/order-contacts/:id/promise', summary: '登记承诺反馈结果', audience: 'staff', access: { permission: 'orders.handle' }, params: one, body: z.object({ kept: z.boolean(), note: required(500) }), response: z.object({ id, promiseState: z.string() }),
})
export const contactRatesRoute = describeRoute({
  id: 'contactRates', method: 'GET', path: '/api/contact-rates', summary: '联系率与见面率', audience: 'staff', access: { permission: 'orders.read' },
  query: z.object({ from: instant, to: instant }),
  /** Orders, not attempts: dispatched to the unit in the period; met at least once; reached at least once; tried in vain. */
  response: z.object({ items: z.array(z.object({ unitId: id, unitName: z.string(), orders: z.number().int(), reached: z.number().int(), met: z.number().int(), triedInVain: z.number().int(), attempts: z.number().int(), contactRate: z.number().nullable(), meetingRate: z.number().nullable() })) }),
})
