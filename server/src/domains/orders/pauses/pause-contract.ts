// Suspension, resumption and the conditions for them, as routes.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { flag, id, instant, listOf, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { files, one, orderAnswer, required, text, unitAct } from '../requests/ask-contract.ts'

export const requestSuspensionRoute = unitAct('requestSuspension', 'request-suspension', '申请挂起', z.object({ conditionId: id, reason: required(1000), promisedAt: instant.optional(), fileIds: files }))
export const requestResumptionRoute = unitAct('requestResumption', 'request-resumption', '申请续办', z.object({ reason: required(1000), fileIds: files }))
export const confirmPromiseRoute = unitAct('confirmPromise', 'confirm-promise', '确认承诺进展', z.object({ onTrack: z.boolean(), progress: required(1000) }))
export const requestPromiseRoute = unitAct('requestPromise', 'request-promise', '申请新的承诺日期', z.object({ promisedAt: instant, reason: required(1000), fileIds: files }))
export const resumePauseRoute = describeRoute({ id: 'resumePause', method: 'POST', path: '/api/order-pauses/:id/resume', summary: '责令续办', audience: 'staff', access: { permission: 'orders.reviewPause' }, params: one, body: z.object({ reason: required(1000) }), response: orderAnswer })

export const pauseRow = z.object({
  id, orderId: id, number: z.string(), title: z.string(), urgency: z.string(), orderState: z.string(), assignmentId: id, unitId: id, unitName: z.string(), conditionName: z.string(), reason: z.string(), round: z.number().int(), state: z.enum(['active', 'ended']),
  startedAt: instant, permittedUntil: instant,
  /** Time suspended until now or the end, and what is left of the permitted time (negative when over), in milliseconds. */
  stoodMs: z.number(), leftMs: z.number().nullable(),
  promisedAt: instant.nullable(), confirmedAt: instant.nullable(), confirmedByName: z.string().nullable(), progress: z.string().nullable(), promiserName: z.string(),
  endedAt: instant.nullable(), endKind: z.string().nullable(), endKindName: z.string().nullable(), endReason: z.string().nullable(), endedByName: z.string().nullable(), mayResume: z.boolean(),
})
export const listPausesRoute = describeRoute({
  id: 'listPauses', method: 'GET', path: '/api/order-pauses', summary: '挂起清单', audience: 'staff', access: { permission: 'orders.read' },
  query: pageQuery.extend({ state: listOf(z.enum(['active', 'ended'])).default(['active']), unitId: id.optional(), orderId: id.optional(), condition: text(60).optional(), over: flag.optional().describe('Past the permitted time'), promised: flag.optional() }),
  response: pageOf(pauseRow),
})

const condition = z.object({ id, name: z.string(), permittedDays: z.number().int(), evidenceRequired: z.boolean(), promise: z.enum(['none', 'optional', 'required']), note: z.string().nullable(), active: z.boolean(), position: z.number().int(), version: z.number().int(), changedAt: instant, changedByName: z.string() })
const conditionBody = z.object({ name: required(60), permittedDays: z.number().int().min(1).max(400).default(10), evidenceRequired: z.boolean().default(true), promise: z.enum(['none', 'optional', 'required']).default('optional'), note: text(500).optional(), active: z.boolean().default(true), position: z.number().int().min(0).max(1000).default(0) })
export const listPauseConditionsRoute = describeRoute({ id: 'listPauseConditions', method: 'GET', path: '/api/pause-conditions', summary: '挂起情形', audience: 'staff', access: { anyOf: ['orders.handle', 'orders.reviewPause', 'orders.manageRules'] }, query: z.object({ all: flag.optional() }), response: z.object({ items: z.array(condition) }) })
export const createPauseConditionRoute = describeRoute({ id: 'createPauseCondition', method: 'POST', path: '/api/pause-conditions', summary: '新增挂起情形', audience: 'staff', access: { permission: 'orders.manageRules' }, body: conditionBody, response: condition })
export const changePauseConditionRoute = describeRoute({ id: 'changePauseCondition', method: 'PATCH', path: '/api/pause-conditions/:id', summary: '修改挂起情形', audience: 'staff', access: { permission: 'orders.manageRules' }, params: one, body: conditionBody.extend({ version: z.number().int() }), response: condition })
