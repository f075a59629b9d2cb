// The comprehensive query as routes (ORD-67).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { flag, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { orderListRow } from '../reading/list-contract.ts'

export const querySorts = ['registeredAt', 'priority', 'closedAt', 'nextDueAt', 'urgeCount', 'returnCount', 'number'] as const
export type QuerySort = (typeof querySorts)[number]

const access = { permission: 'orders.read' } as const
const where = z.string().max(12_000).describe('Condition tree as JSON: {"all":[{"field","op","value"},…]}')
export const sort = z.string().regex(/^-?[A-Za-z]{1,20}$/).default('-registeredAt').describe('Field, with "-" descending')

export const queryOrdersRoute = describeRoute({
  id: 'queryOrders', method: 'GET', path: '/api/orders/query', summary: '综合查询', audience: 'staff', access, query: pageQuery.extend({ where: where.default('{"all":[]}'), below: flag.optional().describe('With the centres below, for who reads downward'), sort }), response: pageOf(orderListRow),
})
const option = z.object({ value: z.string(), label: z.string() })
export const queryFieldsRoute = describeRoute({
  id: 'orderQueryFields', method: 'GET', path: '/api/orders/query/fields', summary: '综合查询的条件', audience: 'staff', access,
  response: z.object({
    fields: z.array(z.object({ key: z.string(), label: z.string(), kind: z.string(), group: z.string(), ops: z.array(z.object({ code: z.string(), label: z.string() })), choices: z.array(option), /** Conditions of rules on single orders; the query page does not offer them. */ rulesOnly: z.boolean() })),
    sorts: z.array(option),
  }),
})
