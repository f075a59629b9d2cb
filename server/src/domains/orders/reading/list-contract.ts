// Lists of orders as routes. The filter is one schema for list, count, export and saved views.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { actState, boundedCount, flag, id, instant, listOf, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { orderStates, urgencies } from '../order.ts'

export const orderFilter = z.object({
  state: listOf(z.enum(orderStates)).optional(),
  appealType: listOf(z.string().max(30)).optional(),
  channel: listOf(z.string().max(30)).optional(),
  urgency: listOf(z.enum(urgencies)).optional(),
  emotion: z.enum(['negative', 'positive']).optional().describe('As read from the text'),
  areaCode: z.string().regex(/^\d{2,12}$/).optional().describe('An area and everything below it'),
  matterId: id.optional(),
  categoryId: id.optional().describe('A category and everything below it'),
  unitId: id.optional().describe('Leading unit'),
  requesterId: id.optional(),
  registeredBy: z.enum(['me']).optional(),
  registeredFrom: instant.optional(),
  registeredTo: instant.optional(),
  closedFrom: instant.optional(),
  closedTo: instant.optional(),
  dueWithinHours: z.coerce.number().min(0).max(8760).optional().describe('Nearest clock due within so many hours, overdue ones included'),
  overdue: flag.optional(),
  flags: listOf(z.string().max(40)).optional().describe('All of them'),
  round: z.coerce.number().int().min(1).max(99).optional().describe('Round at least'),
  confidential: flag.optional(),
  phone: z.string().trim().min(4).max(40).optional().describe('Whole number or its last four digits'),
  number: z.string().trim().regex(/^[0-9A-Za-z-]{4,40}$/).optional().describe('Number or its beginning'),
  text: z.string().trim().min(1).max(100).optional().describe('Words of title, content and place'),
  tenantId: id.optional().describe('One centre among those that may be read'),
  own: flag.optional().describe('Only orders of the own centre, also for who reads downward'),
  queue: z.string().max(40).optional().describe('Code of a task force; general: in no queue'),
  profile: z.string().max(40).optional().describe('Code of a case profile'),
  triage: z.enum(['waiting', 'picked', 'mine', 'none']).optional().describe('All-channel desk; none: registered by people or done there'),
})
export type OrderFilter = z.output<typeof orderFilter>

export const orderSorts = ['nearestClock', 'registeredAt', 'registeredAtAsc'] as const
export type OrderSort = (typeof orderSorts)[number]

export const nextClock = z.object({ kind: z.string(), name: z.string(), dueAt: instant.nullable(), paused: z.boolean() })

export const orderListRow = z.object({
  id,
  tenantId: id,
  number: z.string(),
  title: z.string(),
  state: z.enum(orderStates),
  stateName: z.string(),
  triage: z.string().nullable(),
  pickedByName: z.string().nullable(),
  pickedUntil: instant.nullable(),
  urgency: z.string(),
  urgencyName: z.string(),
  appealType: z.string(),
  appealTypeName: z.string(),
  requesterName: z.string(),
  contactPhoneMask: z.string().nullable(),
  matterName: z.string().nullable(),
  leadUnitId: id.nullable(),
  leadUnitName: z.string().nullable(),
  areaName: z.string().nullable(),
  address: z.string().nullable(),
  channel: z.string(),
  channelName: z.string(),
  round: z.number().int(),
  flags: z.array(z.object({ code: z.string(), name: z.string() })),
  labels: z.array(z.object({ id, name: z.string(), colour: z.string() })),
  nextClock: nextClock.nullable(),
  registeredAt: instant,
  registeredByName: z.string(),
  closedAt: instant.nullable(),
  confidential: z.boolean(),
  queue: z.string().nullable(),
  urgeCount: z.number().int(),
  supplementCount: z.number().int(),
  returnCount: z.number().int(),
  version: z.number().int(),
  /** Acts that state and rights allow; the detail says the rest. */
  acts: z.array(z.string()),
})
export type OrderListRow = z.output<typeof orderListRow>

export const listOrdersRoute = describeRoute({
  id: 'listOrders', method: 'GET', path: '/api/orders', summary: '工单列表', audience: 'staff', access: { permission: 'orders.read' },
  query: orderFilter.extend({ ...pageQuery.shape, sort: z.enum(orderSorts).default('nearestClock') }),
  response: pageOf(orderListRow),
})

/** A figure with the list that shows exactly its rows: `path` with `query`. */
export const figure = z.object({ key: z.string(), label: z.string(), count: boundedCount, path: z.string(), query: z.record(z.string(), z.string()) })

export const orderCountsRoute = describeRoute({
  id: 'orderCounts', method: 'GET', path: '/api/orders/counts', summary: '各状态和各岗位待办数量', audience: 'staff', access: { permission: 'orders.read' },
  response: z.object({ states: z.array(figure), desks: z.array(figure), at: instant }),
})

export const listRequestsRoute = describeRoute({
  id: 'listOrderRequests', method: 'GET', path: '/api/order-requests', summary: '退单等申请列表', audience: 'staff', access: { anyOf: ['orders.reviewReturn', 'orders.arbitrate', 'orders.approveWithdrawal', 'orders.approve', 'orders.handle', 'orders.dispatch'] },
  query: pageQuery.extend({
    kind: z.enum(['return', 'extension', 'withdrawal']).default('return'),
    state: z.enum(['pending', 'approved', 'refused', 'cancelled']).default('pending'),
    stage: listOf(z.enum(['leader', 'review', 'arbitration', 'flow', 'ended'])).optional(),
    unitId: id.optional(),
    /** Only what the reader may decide now. */
    mine: flag.optional(),
  }),
  response: pageOf(
    z.object({
      id, kind: z.string(), state: z.string(), stage: z.string(), round: z.number().int(), orderId: id, assignmentId: id.nullable(), number: z.string(), title: z.string(), urgency: z.string(), orderState: z.string(), matterName: z.string().nullable(),
      unitId: id, unitName: z.string(), applicantName: z.string(), reasonClass: z.string().nullable(), reason: z.string(), withinWindow: z.boolean().nullable(), createdAt: instant, dueAt: instant.nullable(), newDueAt: instant.nullable(),
      earlierReturns: z.number().int(), opinion: z.string().nullable(), decidedByName: z.string().nullable(), decidedAt: instant.nullable(), mayDecide: z.boolean(),
    }),
  ),
})
export { actState }
