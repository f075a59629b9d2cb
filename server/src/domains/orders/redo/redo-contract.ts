// Re-examination of dissatisfied answers as routes (ORD-60).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { one, orderAnswer, text, version } from '../requests/ask-contract.ts'

const access = { permission: 'orders.reexamine' } as const

export const listReexaminationsRoute = describeRoute({
  id: 'listReexaminations', method: 'GET', path: '/api/order-reexaminations', summary: '不满意复查', audience: 'staff', access,
  query: pageQuery.extend({ state: z.enum(['pending', 'redo', 'kept']).default('pending'), orderId: id.optional() }),
  response: pageOf(z.object({
    id, orderId: id, number: z.string(), title: z.string(), urgency: z.string(), orderState: z.string(), round: z.number().int(), leadUnitName: z.string().nullable(), reply: z.string().nullable(), reason: z.string(), state: z.enum(['pending', 'redo', 'kept']), askedAt: instant,
    compliant: z.boolean().nullable(), effective: z.boolean().nullable(), confirmed: z.boolean().nullable(), demanded: z.boolean().nullable(), opinion: z.string().nullable(), decidedByName: z.string().nullable(), decidedAt: instant.nullable(), mayDecide: z.boolean(), version: z.number().int(),
  })),
})

/** The order goes back where the requester insists or a finding is negative; else it is archived with the answer kept. */
export const decideReexaminationRoute = describeRoute({
  id: 'decideReexamination', method: 'POST', path: '/api/order-reexaminations/:id/decide', summary: '复查不满意', audience: 'staff', access, params: one,
  body: z.object({
    compliant: z.boolean().describe('Process was followed'), effective: z.boolean().describe('Result helps'), confirmed: z.boolean().describe('Reason confirmed with the requester'), demanded: z.boolean().describe('Requester insists on a redo'),
    opinion: text(1000).default(''), version,
  }),
  response: orderAnswer.extend({ outcome: z.enum(['redo', 'kept']), /** Number of the order that takes the redo, where it is another. */ redoNumber: z.string().nullable() }),
})
