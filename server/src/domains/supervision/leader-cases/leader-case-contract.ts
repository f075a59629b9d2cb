// 领导包案: monthly reports of unit leaders, review, statistics (SUP-26).
import { z } from 'zod'
import { flag, id, instant, listOf, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const one = z.object({ id })
const read = { permission: 'supervision.read' } as const
const report = { permission: 'supervision.reportCases' } as const
export const reportStates = ['draft', 'submitted', 'approved', 'rejected'] as const
const leaderCaseKinds = ['case', 'whistle'] as const
const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/)
const values = z.record(z.string().max(40), z.union([z.string().max(4000), z.number()]))
const behind = z.object({ path: z.string(), query: z.record(z.string(), z.string()) })
const figure = z.object({ count: z.number().int(), list: behind })

const row = z.object({
  id, month: z.string(), unitId: id, unitName: z.string(), leaderId: id, leaderName: z.string(), state: z.enum(reportStates), stateName: z.string(), cases: z.number().int(), whistles: z.number().int(),
  submittedAt: instant.nullable(), decidedAt: instant.nullable(), decidedByName: z.string().nullable(), opinion: z.string().nullable(), version: z.number().int(), mayEdit: z.boolean(), mayDecide: z.boolean(),
})
const caseRow = z.object({ orderId: id, number: z.string(), title: z.string(), state: z.string(), stateName: z.string(), kind: z.enum(leaderCaseKinds), kindName: z.string(), note: z.string().nullable() })
const detail = row.extend({ fields: z.array(z.object({ key: z.string(), label: z.string(), kind: z.enum(['line', 'text', 'number']), required: z.boolean() })), values, orders: z.array(caseRow) })
const where = { month: month.optional(), from: month.optional(), to: month.optional(), unitId: id.optional(), leaderId: id.optional(), below: flag.optional() }

export const listLeaderReportsRoute = describeRoute({ id: 'listLeaderReports', method: 'GET', path: '/api/supervision/leader-reports', summary: '领导包案月报', audience: 'staff', access: read, query: pageQuery.extend({ ...where, state: listOf(z.enum(reportStates)).optional(), mine: flag.optional() }), response: pageOf(row) })
export const showLeaderReportRoute = describeRoute({ id: 'showLeaderReport', method: 'GET', path: '/api/supervision/leader-reports/:id', summary: '领导包案月报详情', audience: 'staff', access: read, params: one, response: detail })
export const openLeaderReportRoute = describeRoute({ id: 'openLeaderReport', method: 'POST', path: '/api/supervision/leader-reports', summary: '填报本月包案（已有的打开原报告）', audience: 'staff', access: report, body: z.object({ month }), response: detail })
export const saveLeaderReportRoute = describeRoute({
  id: 'saveLeaderReport', method: 'PATCH', path: '/api/supervision/leader-reports/:id', summary: '保存或报送包案月报', audience: 'staff', access: report, params: one,
  body: z.object({ version: z.number().int(), values, orders: z.array(z.object({ number: z.string().trim().min(1).max(40), kind: z.enum(leaderCaseKinds), note: z.string().trim().max(500).optional() })).max(100), submit: z.boolean().default(false) }), response: detail,
})
export const decideLeaderReportRoute = describeRoute({ id: 'decideLeaderReport', method: 'POST', path: '/api/supervision/leader-reports/:id/decide', summary: '审核包案月报', audience: 'staff', access: { permission: 'supervision.reviewCases' }, params: one, body: z.object({ outcome: z.enum(['approve', 'reject']), opinion: z.string().trim().max(1000).default('') }), response: detail })
export const leaderCasesRoute = describeRoute({ id: 'listLeaderCases', method: 'GET', path: '/api/supervision/leader-cases', summary: '包案工单', audience: 'staff', access: read, query: pageQuery.extend({ ...where, kind: z.enum(leaderCaseKinds).optional(), open: flag.optional() }), response: pageOf(caseRow.extend({ id: z.string(), month: z.string(), unitName: z.string(), leaderName: z.string() })) })
export const leaderCaseStatisticsRoute = describeRoute({
  id: 'leaderCaseStatistics', method: 'GET', path: '/api/supervision/leader-case-statistics', summary: '包案统计', audience: 'staff', access: read, query: z.object({ from: month, to: month, by: z.enum(['unit', 'leader', 'month']).default('unit'), unitId: id.optional() }),
  response: z.object({ lines: z.array(z.object({ key: z.string(), name: z.string(), reports: figure, approved: figure, cases: figure, whistles: figure, open: figure })), /** Leaders whose report of the last month of the period is not there. */ missing: z.array(z.object({ id, name: z.string(), unitName: z.string() })), month: z.string() }),
})
