// Merges as routes (ORD-63): chosen, deleted before sending, sent, undone.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { actState, empty, id, instant, listOf, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { orderStates } from '../order.ts'

export const mergeStates = ['draft', 'sent', 'undone'] as const
const text = (max: number) => z.string().trim().max(max)
const required = (max: number) => z.string().trim().min(1).max(max)
const one = z.object({ id })
const shared = { audience: 'staff', access: { permission: 'orders.merge' }, tag: 'merges' } as const

export const mergeRow = z.object({
  id, number: z.string(), title: z.string(), reason: z.string().nullable(), state: z.enum(mergeStates), stateName: z.string(), leadId: id, leadNumber: z.string(), leadTitle: z.string(), leadState: z.enum(orderStates), leadStateName: z.string(), members: z.number().int(),
  createdByName: z.string(), createdAt: instant, sentAt: instant.nullable(), undoneAt: instant.nullable(), undoneReason: z.string().nullable(), version: z.number().int(),
})
export const mergeDetail = mergeRow.extend({
  memberList: z.array(z.object({ orderId: id, number: z.string(), title: z.string(), state: z.enum(orderStates), stateName: z.string(), memberState: z.enum(['chosen', 'merged', 'restored']), requesterName: z.string(), registeredAt: instant, answeredAt: instant.nullable() })),
  acts: z.array(actState),
})
export const listMergesRoute = describeRoute({ ...shared, id: 'listMerges', method: 'GET', path: '/api/order-merges', summary: '并单', query: pageQuery.extend({ state: listOf(z.enum(mergeStates)).optional() }), response: pageOf(mergeRow) })
export const getMergeRoute = describeRoute({ ...shared, id: 'getMerge', method: 'GET', path: '/api/order-merges/:id', summary: '并单详情', params: one, response: mergeDetail })
export const createMergeRoute = describeRoute({
  ...shared, id: 'createMerge', method: 'POST', path: '/api/order-merges', summary: '建立并单',
  body: z.object({ leadId: id, orderIds: z.array(id).min(1).max(200), title: text(80).optional(), reason: text(300).optional(), send: z.boolean().default(false) }), response: mergeDetail,
})
export const sendMergeRoute = describeRoute({ ...shared, id: 'sendMerge', method: 'POST', path: '/api/order-merges/:id/send', summary: '并单生效', params: one, body: z.object({ version: z.number().int().optional() }), response: mergeDetail })
export const undoMergeRoute = describeRoute({ ...shared, id: 'undoMerge', method: 'POST', path: '/api/order-merges/:id/undo', summary: '取消并单', params: one, body: z.object({ reason: required(300), orderIds: z.array(id).min(1).max(200).optional().describe('Only these members; without it all') }), response: mergeDetail })
export const deleteMergeRoute = describeRoute({ ...shared, id: 'deleteMerge', method: 'DELETE', path: '/api/order-merges/:id', summary: '删除未生效的并单', params: one, response: empty })
