// Checks of results as routes: ways out of a rejected closing, approvals in one act, the log of checks.
import { z } from 'zod'
import { id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { orderStates } from '../order.ts'
import { unitFilter } from '../reading/unit-contract.ts'

const one = z.object({ id })
const files = z.array(id).max(20).default([])
const words = (max: number) => z.string().trim().max(max)
const assignmentAnswer = z.object({ id, orderId: id, number: z.string(), state: z.string(), orderState: z.enum(orderStates) })

export const correction = z.object({ result: words(5000).min(1).optional(), basis: words(1000).optional(), opinion: words(1000).optional(), fileIds: files, /** False: the new files take the place of the old ones. */ keepFiles: z.boolean().default(true) })

const ofUnit = { audience: 'staff' as const, access: { anyOf: ['orders.handle', 'orders.approve'] }, params: one, response: assignmentAnswer }
export const correctClosingRoute = describeRoute({ ...ofUnit, id: 'correctClosing', method: 'POST', path: '/api/assignments/:id/correct-closing', summary: '更正被驳回的办结', body: correction })
export const secondHandlingRoute = describeRoute({ ...ofUnit, id: 'secondHandling', method: 'POST', path: '/api/assignments/:id/second-handling', summary: '二次办理', body: z.object({ reason: words(1000).min(1) }) })

/** Each object is judged on its own; the answer says which were not done and why. */
export const batchAnswer = z.object({ done: z.number().int(), failed: z.number().int(), items: z.array(z.object({ id, number: z.string(), title: z.string(), ok: z.boolean(), reason: z.string().nullable(), rule: z.string().nullable() })) })
const ids = z.array(id).min(1).max(200)

const opinion = words(1000).default('')
export const batchReviewFeedbackRoute = describeRoute({
  id: 'batchReviewFeedback', method: 'POST', path: '/api/assignments/batch-review', summary: '批量审核反馈', audience: 'staff', access: { permission: 'orders.approve' },
  body: z.object({ /** Ticked ones, or the whole result of a query (at most 200). */ ids: ids.optional(), filter: unitFilter.optional(), opinion }), response: batchAnswer,
})
export const batchReviewResultRoute = describeRoute({
  id: 'batchReviewResult', method: 'POST', path: '/api/orders/batch-review-result', summary: '批量结果审核', audience: 'staff', access: { permission: 'orders.reviewResult' },
  body: z.object({ ids: ids.optional(), filter: z.record(z.string().max(40), z.string().max(400)).optional(), opinion, tellRequester: z.boolean().default(true) }), response: batchAnswer,
})
export const batchDecideRoute = describeRoute({
  id: 'batchDecideReturns', method: 'POST', path: '/api/order-requests/batch-decide', summary: '批量审核退回申请', audience: 'staff', access: { anyOf: ['orders.approve', 'orders.reviewReturn', 'orders.arbitrate', 'orders.approveWithdrawal'] },
  body: z.object({ ids, outcome: z.enum(['approve', 'refuse']), opinion }), response: batchAnswer,
})

export const listChecksRoute = describeRoute({
  id: 'listResultChecks', method: 'GET', path: '/api/order-checks', summary: '结果审核记录', audience: 'staff', access: { permission: 'orders.reviewResult' },
  query: pageQuery.extend({ level: z.enum(['own', 'upper']).optional(), outcome: z.enum(['accept', 'return', 'reject']).optional(), automatic: z.enum(['true', 'false']).optional(), number: words(40).optional(), from: instant.optional(), to: instant.optional() }),
  response: pageOf(z.object({
    id, orderId: id, number: z.string(), title: z.string(), level: z.string(), outcome: z.string(), automatic: z.boolean(), ruleText: z.string().nullable(), round: z.number().int(), unitNames: z.string(), fromTenantName: z.string().nullable(), opinion: z.string().nullable(),
    checkedByName: z.string(), checkedAt: instant,
  })),
})
