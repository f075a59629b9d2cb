// Handling reports as routes (ORD-54).
import { z } from 'zod'
import { id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { fileInfo } from '../../platform/index.ts'
import { files, one, required, unitAct } from '../requests/ask-contract.ts'

const text = z.string().nullable()
const row = z.object({ id, orderId: id, number: z.string(), orderTitle: z.string(), assignmentId: id, unitId: id, unitName: z.string(), version: z.number().int(), title: z.string(), state: z.enum(['pending', 'approved', 'returned']), writtenByName: z.string(), writtenAt: instant, decidedAt: instant.nullable(), opinion: text })

export const writeReportRoute = unitAct('writeHandlingReport', 'reports', '提交办理报告', z.object({ title: required(100), content: required(20_000), fileIds: files }))
export const reportTemplateRoute = describeRoute({ id: 'reportTemplate', method: 'GET', path: '/api/assignments/:id/report-template', summary: '办理报告模板', audience: 'staff', access: { anyOf: ['orders.handle', 'orders.approve'] }, params: one, response: z.object({ title: z.string(), content: z.string() }) })
const access = { anyOf: ['orders.handle', 'orders.approve', 'orders.reviewResult', 'orders.arbitrate'] }
export const listReportsRoute = describeRoute({
  id: 'listHandlingReports', method: 'GET', path: '/api/order-reports', summary: '办理报告', audience: 'staff', access,
  query: pageQuery.extend({ orderId: id.optional(), state: z.enum(['pending', 'approved', 'returned']).optional(), number: z.string().trim().max(40).optional(), text: z.string().trim().max(60).optional() }), response: pageOf(row),
})
export const getReportRoute = describeRoute({ id: 'getHandlingReport', method: 'GET', path: '/api/order-reports/:id', summary: '办理报告详情', audience: 'staff', access, params: one, response: row.extend({ content: z.string(), files: z.array(fileInfo) }) })
