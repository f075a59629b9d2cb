// How orders went from unit to unit, as routes (ANA-11).
import { z } from 'zod'
import { id, instant, localDate } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { filter } from '../board.ts'

const read = { permission: 'data.read' } as const
export const flowPatterns = ['repeatedDispatch', 'returns', 'pingPong', 'longStay', 'unclearDuty'] as const
const pattern = z.enum(flowPatterns)
const question = { from: localDate, to: localDate, where: z.array(filter).max(10).default([]) }
const hours = z.number().nullable()

export const flowRoute = describeRoute({
  id: 'findFlowPatterns', method: 'POST', path: '/api/analytics/flow', summary: '流转分析', audience: 'staff', access: read, audit: false, limit: 60,
  body: z.object(question),
  response: z.object({
    asOf: instant, orders: z.int().describe('Registered in the period, within scope'), stayHours: z.number(), slowShare: z.number(),
    patterns: z.array(z.object({ pattern, name: z.string(), statement: z.string(), orders: z.int() })),
    stages: z.array(z.object({ kind: z.string(), name: z.string(), done: z.int(), average: hours, median: hours, due: z.int(), late: z.int(), lateRate: z.number().nullable(), slow: z.boolean() })).describe('Without the time an order was suspended'),
    pushed: z.array(z.object({ unitId: id, unitName: z.string(), returns: z.int(), duty: z.int().describe('For the reason that it is not its duty') })),
    unclear: z.array(z.object({ matterId: id.nullable(), matterName: z.string(), orders: z.int(), units: z.array(z.string()).describe('That said it is not theirs'), leads: z.array(z.string()).describe('By the duty list') })),
  }),
})
export const flowOrdersRoute = describeRoute({
  id: 'listFlowOrders', method: 'POST', path: '/api/analytics/flow/orders', summary: '异常流转的工单', audience: 'staff', access: read, audit: false, limit: 120,
  body: z.object({ ...question, pattern, cursor: id.optional() }),
  response: z.object({ items: z.array(z.object({ id, number: z.string(), title: z.string(), stateName: z.string(), unitName: z.string().nullable(), registeredAt: instant, dispatches: z.int(), returns: z.int(), longestHours: hours, path: z.array(z.string()) })), next: id.nullable() }),
})
export const flowPathRoute = describeRoute({
  id: 'showFlowPath', method: 'GET', path: '/api/analytics/flow/:id', summary: '一件工单的流转路径', audience: 'staff', access: read, params: z.object({ id }),
  response: z.object({
    number: z.string(), title: z.string(), stateName: z.string(), registeredAt: instant, closedAt: instant.nullable(),
    hops: z.array(z.object({ id, parentId: id.nullable(), level: z.int(), unitName: z.string(), roleName: z.string(), round: z.int(), stateName: z.string(), from: instant, signedAt: instant.nullable(), to: instant.nullable().describe('Null while the unit still has it'), hours: z.number().describe('Without suspended time'), suspendedHours: z.number(), long: z.boolean(), reason: z.string().nullable().describe('Why it was given back') })),
  }),
})
