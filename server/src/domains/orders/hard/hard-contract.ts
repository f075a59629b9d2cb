// Hard orders as routes.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { dispatchUnits } from '../contract.ts'
import { files, one, orderAct, orderAnswer, required, text, version } from '../requests/ask-contract.ts'

export const hardWays = ['conclude', 'leadAssist', 'parallel', 'subCentre', 'up', 'down'] as const

export const markHardRoute = orderAct('markHard', 'mark-hard', '标为疑难', 'orders.markHard', z.object({ reason: required(1000), fileIds: files, version }))

const step = z.object({ name: z.string(), unitId: id.nullable(), unitName: z.string().nullable(), dueAt: instant.nullable(), doneAt: instant.nullable(), doneBy: z.string().nullable(), note: z.string().nullable(), overdue: z.boolean() })
export const hardRow = z.object({
  id, orderId: id, number: z.string(), title: z.string(), urgency: z.string(), orderState: z.string(), leadUnitName: z.string().nullable(), returnCount: z.number().int(), state: z.enum(['pending', 'handled', 'returned']), reason: z.string(), markedIn: z.string(), markedInName: z.string(), markedByName: z.string(), markedAt: instant,
  way: z.string().nullable(), opinion: z.string().nullable(), endedByName: z.string().nullable(), endedAt: instant.nullable(), processName: z.string().nullable(), steps: z.array(step),
  /** Saved processes of the same category. */
  offered: z.array(z.object({ id, name: z.string(), steps: z.array(z.object({ name: z.string(), days: z.number().nullable() })) })), mayHandle: z.boolean(), mayManage: z.boolean(), version: z.number().int(),
})
export const listHardsRoute = describeRoute({
  id: 'listHards', method: 'GET', path: '/api/order-hards', summary: '疑难工单', audience: 'staff', access: { permission: 'orders.read' },
  query: pageQuery.extend({ state: z.enum(['pending', 'handled', 'returned']).default('pending'), orderId: id.optional() }), response: pageOf(hardRow),
})
export const handleHardRoute = describeRoute({
  id: 'handleHard', method: 'POST', path: '/api/order-hards/:id/handle', summary: '处理疑难工单', audience: 'staff', access: { permission: 'orders.handleHard' }, params: one,
  body: z.object({
    way: z.enum(hardWays), opinion: required(1000), units: dispatchUnits.optional(), tenantId: id.optional(),
    /** The post's own feedback where it concludes. */
    result: text(5000).optional(), basis: text(1000).optional(), overrideReason: text(500).optional(), fileIds: files, version,
  }),
  response: orderAnswer,
})
export const returnHardRoute = describeRoute({ id: 'returnHard', method: 'POST', path: '/api/order-hards/:id/return', summary: '退回，不作疑难处理', audience: 'staff', access: { permission: 'orders.handleHard' }, params: one, body: z.object({ opinion: required(1000) }), response: orderAnswer })
const stepInput = z.object({ name: required(60), unitId: id.optional(), days: z.number().int().min(1).max(366).optional(), note: text(500).optional() })
export const setHardProcessRoute = describeRoute({
  id: 'setHardProcess', method: 'PUT', path: '/api/order-hards/:id/process', summary: '设置专项流程', audience: 'staff', access: { permission: 'orders.handleHard' }, params: one,
  body: z.object({ name: required(60), steps: z.array(stepInput).min(1).max(20), /** Kept for similar cases of the category. */ save: z.boolean().default(false) }), response: orderAnswer,
})
export const doneHardStepRoute = describeRoute({ id: 'doneHardStep', method: 'POST', path: '/api/order-hards/:id/steps/:n/done', summary: '完成专项步骤', audience: 'staff', access: { permission: 'orders.handleHard' }, params: z.object({ id, n: z.coerce.number().int().min(0).max(19) }), body: z.object({ note: required(500) }), response: orderAnswer })
