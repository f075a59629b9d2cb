// Rules of proofreading as routes: switched on and off, written, tried on past orders, measured on a test set (ORD-09).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { id, instant } from '../../../kernel/http/codec.ts'
import { ownDefinition } from './own-rules.ts'
import { shippedRules } from './proofread.ts'

const manage = { audience: 'staff', access: { permission: 'orders.manageRegistrationRules' }, tag: 'registrationRules' } as const
const one = z.object({ id })
const name = z.string().trim().min(1).max(60)
const code = z.enum(shippedRules)
/** What agents did with a rule's findings in the last ninety days. */
const use = { shown: z.number().int(), accepted: z.number().int(), rejected: z.number().int() }
const own = z.object({ id, name: z.string(), definition: ownDefinition, enabled: z.boolean(), triedAt: instant.nullable(), triedShare: z.number().int().nullable(), version: z.number().int(), changedAt: instant, changedByName: z.string(), ...use })
const example = z.object({ id, title: z.string(), content: z.string(), areaCode: z.string().nullable(), areaName: z.string().nullable(), phone: z.string(), expected: z.array(z.string()), addedByName: z.string(), addedAt: instant })
const measured = z.object({ code: z.string(), name: z.string(), expected: z.number().int(), right: z.number().int(), missed: z.number().int(), wrong: z.number().int() })
export const measure = z.object({
  examples: z.number().int(), right: z.number().int(), /** Examples in which exactly what was expected was found, in per cent. */ accuracy: z.number(), rules: z.array(measured),
  faults: z.array(z.object({ title: z.string(), content: z.string(), expected: z.array(z.string()), found: z.array(z.string()) })),
})

export const listProofreadRulesRoute = describeRoute({
  ...manage, id: 'listProofreadRules', method: 'GET', path: '/api/order-proofread-rules', summary: '校对规则',
  response: z.object({ shipped: z.array(z.object({ code, name: z.string(), hint: z.string(), enabled: z.boolean(), ...use })), own: z.array(own), fields: z.array(z.object({ value: z.string(), label: z.string(), choices: z.array(z.object({ value: z.string(), label: z.string() })) })) }),
})
export const switchShippedRuleRoute = describeRoute({ ...manage, id: 'switchProofreadRule', method: 'PUT', path: '/api/order-proofread-rules/shipped/:code', summary: '启用或停用自带的校对规则', params: z.object({ code }), body: z.object({ enabled: z.boolean() }), response: z.object({}) })
export const createProofreadRuleRoute = describeRoute({ ...manage, id: 'createProofreadRule', method: 'POST', path: '/api/order-proofread-rules', summary: '新建校对规则', body: z.object({ name, definition: ownDefinition }), response: own })
export const changeProofreadRuleRoute = describeRoute({ ...manage, id: 'changeProofreadRule', method: 'PATCH', path: '/api/order-proofread-rules/:id', summary: '修改校对规则', params: one, body: z.object({ name: name.optional(), definition: ownDefinition.optional(), enabled: z.boolean().optional(), version: z.number().int() }), response: own })
export const removeProofreadRuleRoute = describeRoute({ ...manage, id: 'removeProofreadRule', method: 'DELETE', path: '/api/order-proofread-rules/:id', summary: '删除校对规则', params: one, response: z.object({}) })
export const tryProofreadRuleRoute = describeRoute({
  ...manage, id: 'tryProofreadRule', method: 'POST', path: '/api/order-proofread-rules/:id/trial', summary: '用历史工单试运行校对规则', params: one, body: z.object({ days: z.number().int().min(1).max(366).default(30) }),
  response: z.object({ examined: z.number().int(), count: z.number().int(), share: z.number().int(), sample: z.array(z.object({ id, number: z.string(), title: z.string(), found: z.string(), registeredAt: instant })), rule: own }),
})
export const listProofreadExamplesRoute = describeRoute({ ...manage, id: 'listProofreadExamples', method: 'GET', path: '/api/order-proofread-examples', summary: '校对测试集', response: z.object({ shipped: z.number().int(), items: z.array(example) }) })
export const addProofreadExampleRoute = describeRoute({
  ...manage, id: 'addProofreadExample', method: 'POST', path: '/api/order-proofread-examples', summary: '添加测试样例',
  body: z.object({ title: z.string().trim().min(1).max(80), content: z.string().trim().min(1).max(2000), areaCode: z.string().regex(/^\d{6,12}$/).optional(), phone: z.string().trim().max(40).default(''), expected: z.array(z.string().max(40)).max(10).default([]) }), response: example,
})
export const removeProofreadExampleRoute = describeRoute({ ...manage, id: 'removeProofreadExample', method: 'DELETE', path: '/api/order-proofread-examples/:id', summary: '删除测试样例', params: one, response: z.object({}) })
export const measureProofreadRoute = describeRoute({ ...manage, id: 'measureProofreading', method: 'POST', path: '/api/order-proofread-examples/measure', summary: '用测试集测准确率', audit: false, body: z.object({}), response: measure })
