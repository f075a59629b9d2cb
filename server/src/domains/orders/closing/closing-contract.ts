// Closing templates, declarations at closing, exclusions, as routes.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { flag, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { files, one, orderAct, orderAnswer, required, text, unitAct } from '../requests/ask-contract.ts'

const part = z.object({ key: z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,29}$/), label: required(40), required: z.boolean().default(true), hint: text(200).optional(), text: text(1000).optional() })
const partOut = z.object({ key: z.string(), label: z.string(), required: z.boolean(), hint: z.string().optional(), text: z.string().optional() })
const levels = z.enum(['any', 'section', 'unit', 'centre'])

/** In the body of a feedback: the parts that its text was composed of. */
export const closingInput = z.object({ templateId: id, parts: z.record(z.string().max(30), text(3000)) })
export const declarationInput = { industryUnitId: id.optional(), industryClassId: id.optional(), outsideDetail: text(500).optional() }

export const template = z.object({
  id, name: z.string(), level: levels, unitId: id.nullable(), unitName: z.string().nullable(), appealType: z.string().nullable(), categoryId: id.nullable(), matterId: id.nullable(), parts: z.array(partOut), layout: z.string(), active: z.boolean(), version: z.number().int(), changedAt: instant, changedByName: z.string(),
})
const templateBody = z.object({ name: required(60), level: levels.default('any'), unitId: id.optional(), appealType: text(30).optional(), categoryId: id.optional(), matterId: id.optional(), parts: z.array(part).min(1).max(12), layout: required(4000), active: z.boolean().default(true) })
const manage = { audience: 'staff', access: { permission: 'orders.manageRules' } } as const
export const listClosingTemplatesRoute = describeRoute({ ...manage, id: 'listClosingTemplates', method: 'GET', path: '/api/closing-templates', summary: '结案意见模板', query: z.object({ active: flag.optional() }), response: z.object({ items: z.array(template) }) })
export const createClosingTemplateRoute = describeRoute({ ...manage, id: 'createClosingTemplate', method: 'POST', path: '/api/closing-templates', summary: '新增结案模板', body: templateBody, response: template })
export const changeClosingTemplateRoute = describeRoute({ ...manage, id: 'changeClosingTemplate', method: 'PATCH', path: '/api/closing-templates/:id', summary: '修改结案模板', params: one, body: templateBody.extend({ version: z.number().int() }), response: template })

const offered = z.object({ id, name: z.string(), parts: z.array(partOut), layout: z.string() })
const closingForm = z.object({
  /** Best first. */
  templates: z.array(offered),
  /** The accepted closing of the latest order of the same matter at this unit, to be checked only. */
  earlier: z.object({ orderNumber: z.string(), templateId: id.nullable(), parts: z.record(z.string(), z.string()), result: z.string(), basis: z.string().nullable() }).nullable(),
  required: z.array(z.enum(['industryUnit', 'industryClass', 'basis'])),
})
export const closingFormRoute = describeRoute({ id: 'closingForm', method: 'GET', path: '/api/assignments/:id/closing-form', summary: '结案意见表单', audience: 'staff', access: { permission: 'orders.handle' }, params: one, response: closingForm })
export const centreClosingFormRoute = describeRoute({ id: 'centreClosingForm', method: 'GET', path: '/api/orders/:id/closing-form', summary: '中心结案意见表单', audience: 'staff', access: { permission: 'orders.reviewResult' }, params: one, response: closingForm })
export const composeClosingRoute = describeRoute({ id: 'composeClosing', method: 'POST', path: '/api/closing-templates/:id/compose', summary: '合成结案意见', audience: 'staff', access: { anyOf: ['orders.handle', 'orders.reviewResult'] }, params: one, body: z.object({ parts: closingInput.shape.parts }), response: z.object({ text: z.string() }) })

export const declaration = z.object({
  orderId: id, number: z.string(), title: z.string(), orderState: z.string(), urgency: z.string(), industryUnitId: id.nullable(), industryUnitName: z.string().nullable(), industryClassName: z.string().nullable(), ruled: z.boolean(), basis: z.string().nullable(), outsideArea: z.boolean(), outsideDetail: z.string().nullable(), unitId: id.nullable(), unitName: z.string().nullable(),
  declaredByName: z.string(), declaredAt: instant, correctedByName: z.string().nullable(), correctedAt: instant.nullable(), mayCorrect: z.boolean(),
})
export const listDeclarationsRoute = describeRoute({
  id: 'listDeclarations', method: 'GET', path: '/api/order-declarations', summary: '办结申报', audience: 'staff', access: { permission: 'orders.read' },
  query: pageQuery.extend({ outsideArea: flag.optional(), industryUnitId: id.optional(), orderId: id.optional(), from: instant.optional(), to: instant.optional() }), response: pageOf(declaration),
})
export const correctDeclarationRoute = orderAct('correctDeclaration', 'declaration', '更正办结申报', 'orders.reviewResult', z.object({ industryUnitId: id.nullable(), industryClassId: id.nullable().optional(), basis: text(1000).nullable(), outsideArea: z.boolean(), outsideDetail: text(500).nullable(), reason: required(500) }))

export const declareExclusionRoute = unitAct('declareExclusion', 'declare-exclusion', '申报剔除或挂账', z.object({ kind: z.enum(['exclude', 'shelve']), reasonClass: required(60), reason: required(1000), expiresAt: instant.optional(), fileIds: files }))
export const exclusionRow = z.object({
  id, orderId: id, number: z.string(), title: z.string(), orderState: z.string(), urgency: z.string(), kind: z.enum(['exclude', 'shelve']), reasonClass: z.string(), reason: z.string(), unitId: id, unitName: z.string(), state: z.string(), approvedAt: instant, expiresAt: instant.nullable(), endedAt: instant.nullable(), endedByName: z.string().nullable(), endReason: z.string().nullable(), extensions: z.number().int(), mayLift: z.boolean(), mayExtend: z.boolean(),
})
export const listExclusionsRoute = describeRoute({
  id: 'listExclusions', method: 'GET', path: '/api/order-exclusions', summary: '剔除与挂账清单', audience: 'staff', access: { permission: 'orders.read' },
  query: pageQuery.extend({ kind: z.enum(['exclude', 'shelve']).optional(), state: z.enum(['approved', 'expired', 'lifted']).default('approved'), orderId: id.optional(), unitId: id.optional(), dueWithin: z.coerce.number().int().min(0).max(3660).optional().describe('Expires within so many days') }), response: pageOf(exclusionRow),
})
export const liftExclusionRoute = describeRoute({ id: 'liftExclusion', method: 'POST', path: '/api/order-exclusions/:id/lift', summary: '撤销剔除或销账', audience: 'staff', access: { permission: 'orders.approveExclusion' }, params: one, body: z.object({ reason: required(500) }), response: orderAnswer })
export const extendShelvingRoute = describeRoute({ id: 'extendShelving', method: 'POST', path: '/api/order-exclusions/:id/extend', summary: '延长挂账', audience: 'staff', access: { permission: 'orders.approveExclusion' }, params: one, body: z.object({ expiresAt: instant, reason: required(500) }), response: orderAnswer })
