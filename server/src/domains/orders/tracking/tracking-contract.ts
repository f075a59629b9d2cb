// Long-term tracking as routes.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { flag, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { files, required, unitAct } from '../requests/ask-contract.ts'

export const requestTrackingRoute = unitAct('requestTracking', 'request-tracking', '申请任务跟踪', z.object({ untilAt: instant, intervalDays: z.number().int().min(1).max(366).optional(), plan: required(2000), reason: required(1000), fileIds: files }))
export const reportTrackingRoute = unitAct('reportTracking', 'tracking-reports', '提交阶段报告', z.object({ text: required(5000), public: z.boolean().default(true).describe('The requester sees stage reports'), fileIds: files }))

export const trackingRow = z.object({
  id, orderId: id, number: z.string(), title: z.string(), urgency: z.string(), orderState: z.string(), assignmentId: id, unitId: id, unitName: z.string(), state: z.enum(['active', 'ended']), plan: z.string(), intervalDays: z.number().int(), startedAt: instant, untilAt: instant, nextReportAt: instant,
  overdue: z.boolean(), reports: z.number().int(), missed: z.number().int(), endedAt: instant.nullable(), endKind: z.string().nullable(),
})
export const listTrackingsRoute = describeRoute({
  id: 'listTrackings', method: 'GET', path: '/api/order-trackings', summary: '任务跟踪清单', audience: 'staff', access: { permission: 'orders.read' },
  query: pageQuery.extend({ state: z.enum(['active', 'ended']).default('active'), overdue: flag.optional(), orderId: id.optional(), unitId: id.optional() }), response: pageOf(trackingRow),
})
