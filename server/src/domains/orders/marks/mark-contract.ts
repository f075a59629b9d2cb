// Industry marks and objections to them as routes.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { flag, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { files, one, orderAnswer, required, unitAct } from '../requests/ask-contract.ts'

export const markIndustryRoute = unitAct('markIndustry', 'mark-industry', '标注行业归属', z.object({ industryClassId: id.optional(), industryUnitId: id }))
const atUnit = { anyOf: ['orders.handle', 'orders.approve'] }
export const objectIndustryRoute = describeRoute({
  id: 'objectIndustry', method: 'POST', path: '/api/orders/:id/object-industry', summary: '行业归属异议', audience: 'staff', access: atUnit, params: one, body: z.object({ reason: required(1000), fileIds: files }), response: orderAnswer,
})
export const consentMarkRoute = describeRoute({
  id: 'consentMark', method: 'POST', path: '/api/mark-objections/:id/consent', summary: '答复行业归属异议', audience: 'staff', access: { permission: 'orders.approve' }, params: one, body: z.object({ consent: z.boolean(), opinion: required(1000) }), response: orderAnswer,
})
export const ruleMarkRoute = describeRoute({
  id: 'ruleMark', method: 'POST', path: '/api/mark-objections/:id/rule', summary: '裁定行业归属', audience: 'staff', access: { permission: 'orders.ruleMarks' }, params: one,
  body: z.object({ outcome: z.enum(['keep', 'correct', 'cancel']), industryUnitId: id.optional(), industryClassId: id.optional(), opinion: required(1000), fileIds: files }), response: orderAnswer,
})

export const markRow = z.object({
  id, orderId: id, number: z.string(), title: z.string(), urgency: z.string(), orderState: z.string(), departmentName: z.string(), className: z.string().nullable(), markingUnitName: z.string(), state: z.string(), stateName: z.string(), reason: z.string(), askedByName: z.string(), askedAt: instant, consentDueAt: instant,
  consentOpinion: z.string().nullable(), consentByName: z.string().nullable(), consentAt: instant.nullable(), rulingOpinion: z.string().nullable(), ruledByName: z.string().nullable(), ruledAt: instant.nullable(), newDepartmentName: z.string().nullable(), newClassName: z.string().nullable(), mayConsent: z.boolean(), mayRule: z.boolean(),
})
export const listMarkObjectionsRoute = describeRoute({
  id: 'listMarkObjections', method: 'GET', path: '/api/mark-objections', summary: '行业归属异议清单', audience: 'staff', access: { permission: 'orders.read' },
  query: pageQuery.extend({ box: z.enum(['asked', 'disputed', 'ended']).optional(), orderId: id.optional(), mine: flag.optional().describe('Only where my unit has to answer') }), response: pageOf(markRow),
})
