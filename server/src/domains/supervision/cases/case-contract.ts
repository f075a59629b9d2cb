// 督查: source library, cases with approval, handling, accountability (SUP-21, SUP-22).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { flag, id, instant, listOf, pageOf, pageQuery } from '../../../kernel/http/codec.ts'

const one = z.object({ id })
const required = (max: number) => z.string().trim().min(1).max(max)
const files = z.array(id).max(20).default([])
const fileView = z.object({ id, name: z.string(), type: z.string(), size: z.number().int() })
const inspect = { permission: 'supervision.inspect' } as const
export const caseStates = ['pending', 'returned', 'handling', 'reported', 'closed'] as const

const row = z.object({
  id, title: z.string(), demand: z.string(), unitId: id, unitName: z.string(), state: z.enum(caseStates), stateName: z.string(), dueAt: instant, overdue: z.boolean(), round: z.number().int(), materialOwed: z.boolean(), late: z.boolean(), orders: z.number().int(),
  createdByName: z.string(), createdAt: instant, approvedAt: instant.nullable(), reportedAt: instant.nullable(), closedAt: instant.nullable(), solved: z.boolean().nullable(), version: z.number().int(),
  mayDecide: z.boolean(), mayRevise: z.boolean(), mayInspect: z.boolean(), mayReport: z.boolean(),
})
const detail = row.extend({
  flowInstanceId: id.nullable(),
  approval: z.array(z.object({ name: z.string(), actor: z.string().nullable(), state: z.string(), decidedAt: instant.nullable(), opinion: z.string().nullable() })),
  orderList: z.array(z.object({ id, number: z.string(), title: z.string(), stateName: z.string() })),
  steps: z.array(z.object({ id, node: z.string(), nodeName: z.string(), actorName: z.string(), unitName: z.string().nullable(), at: instant, content: z.string(), recipientName: z.string().nullable(), files: z.array(fileView) })),
  leaders: z.array(z.object({ id, name: z.string() })),
})
const fields = { title: required(100), demand: required(1000), unitId: id, dueAt: instant, orderIds: z.array(id).min(1).max(50) }

export const pickSourceRoute = describeRoute({ id: 'pickInspectionSource', method: 'POST', path: '/api/supervision/sources', summary: '加入待督查案源库', audience: 'staff', access: inspect, body: z.object({ orderIds: z.array(id).min(1).max(100), reason: required(500) }), response: z.object({ added: z.number().int() }) })
export const dropSourceRoute = describeRoute({ id: 'dropInspectionSource', method: 'DELETE', path: '/api/supervision/sources/:id', summary: '移出待督查案源库', audience: 'staff', access: inspect, params: one, response: z.object({}) })
export const listSourcesRoute = describeRoute({
  id: 'listInspectionSources', method: 'GET', path: '/api/supervision/sources', summary: '待督查案源库', audience: 'staff', access: inspect, query: pageQuery.extend({ used: flag.optional() }),
  response: pageOf(z.object({ id, number: z.string(), title: z.string(), stateName: z.string(), unitId: id.nullable(), unitName: z.string().nullable(), reason: z.string(), pickedByName: z.string(), pickedAt: instant, caseId: id.nullable() })),
})
export const createCaseRoute = describeRoute({ id: 'createInspectionCase', method: 'POST', path: '/api/supervision/cases', summary: '督查立项', audience: 'staff', access: inspect, body: z.object({ ...fields, fileIds: files }), response: detail })
export const listCasesRoute = describeRoute({ id: 'listInspectionCases', method: 'GET', path: '/api/supervision/cases', summary: '督查案件', audience: 'staff', access: { permission: 'supervision.read' }, query: pageQuery.extend({ state: listOf(z.enum(caseStates)).optional(), unitId: id.optional(), overdue: flag.optional(), below: flag.optional() }), response: pageOf(row) })
export const showCaseRoute = describeRoute({ id: 'showInspectionCase', method: 'GET', path: '/api/supervision/cases/:id', summary: '督查案件详情', audience: 'staff', access: { permission: 'supervision.read' }, params: one, response: detail })
export const reviseCaseRoute = describeRoute({ id: 'reviseInspectionCase', method: 'POST', path: '/api/supervision/cases/:id/revise', summary: '修改后重新报批', audience: 'staff', access: inspect, params: one, body: z.object({ title: required(100), demand: required(1000), dueAt: instant }), response: detail })
export const decideCaseRoute = describeRoute({ id: 'decideInspectionCase', method: 'POST', path: '/api/supervision/cases/:id/decide', summary: '审批督查立项', audience: 'staff', access: { anyOf: ['supervision.approveCase', 'supervision.approveCaseUpper'] }, params: one, body: z.object({ outcome: z.enum(['approve', 'return', 'passUp']), opinion: required(1000) }), response: detail })
export const reportCaseRoute = describeRoute({
  id: 'reportInspectionCase', method: 'POST', path: '/api/supervision/cases/:id/report', summary: '补充材料或报告办理情况', audience: 'staff', access: { permission: 'supervision.answer' }, params: one, body: z.object({ kind: z.enum(['material', 'report']), content: required(4000), fileIds: files }), response: detail,
})
export const inspectCaseRoute = describeRoute({
  id: 'inspectCase', method: 'POST', path: '/api/supervision/cases/:id/inspect', summary: '督办、退回或汇报', audience: 'staff', access: inspect, params: one,
  body: z.object({ act: z.enum(['supervise', 'return', 'report']), content: required(2000), dueAt: instant.optional() }), response: detail,
})
export const opinionRoute = describeRoute({ id: 'issueInspectionOpinion', method: 'POST', path: '/api/supervision/cases/:id/opinions', summary: '发督查意见', audience: 'staff', access: inspect, params: one, body: z.object({ recipientId: id, content: required(2000), dueAt: instant }), response: detail })
export const closeCaseRoute = describeRoute({ id: 'closeInspectionCase', method: 'POST', path: '/api/supervision/cases/:id/close', summary: '督查结案', audience: 'staff', access: inspect, params: one, body: z.object({ solved: z.boolean(), opinion: required(2000) }), response: detail })
