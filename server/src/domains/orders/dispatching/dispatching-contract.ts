// Automatic assignment and the words of dispatch, as routes.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { empty, flag, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { dispatchUnits } from '../contract.ts'
import { one, orderAnswer, required, text } from '../requests/ask-contract.ts'

const words = z.array(required(40)).max(50)
const codes = z.array(required(40)).max(50)
export const ruleCondition = z.object({
  appealTypes: codes.optional(), categoryIds: z.array(id).max(50).optional(), matterIds: z.array(id).max(50).optional(), areaCode: z.string().regex(/^\d{2,12}$/).optional(), channels: codes.optional(), urgencies: codes.optional(), flags: codes.optional(), labelIds: z.array(id).max(50).optional(), profiles: codes.optional(), anyWords: words.optional(), noWords: words.optional(),
  hours: z.object({ from: z.number().int().min(0).max(24), to: z.number().int().min(0).max(24) }).optional(),
})
export const ruleAction = z.object({ units: dispatchUnits, route: z.enum(['levelByLevel', 'straight']).optional(), opinion: text(1000).optional(), /** Own limit in working hours instead of the rule's. */ limitHours: z.number().min(1).max(2000).optional() })

export const assignRule = z.object({
  id, name: z.string(), position: z.number().int(), effect: z.enum(['force', 'score']), score: z.number().int(), condition: ruleCondition, action: ruleAction, unitNames: z.array(z.string()), enabled: z.boolean(), validFrom: instant.nullable(), validTo: instant.nullable(), version: z.number().int(), changedAt: instant, changedByName: z.string(),
  hits: z.number().int(), right: z.number().int(), wrong: z.number().int(), failed: z.number().int(),
})
const ruleBody = z.object({
  name: required(60), position: z.number().int().min(0).max(100_000).default(100), effect: z.enum(['force', 'score']).default('force'), score: z.number().int().min(-100).max(100).default(0), condition: ruleCondition, action: ruleAction, enabled: z.boolean().default(false), validFrom: instant.optional(), validTo: instant.optional(),
})
const manage = { audience: 'staff', access: { permission: 'orders.manageRules' } } as const
export const listAssignRulesRoute = describeRoute({ id: 'listAssignRules', method: 'GET', path: '/api/assign-rules', summary: '自动交办规则', audience: 'staff', access: { anyOf: ['orders.manageRules', 'orders.dispatch'] }, query: z.object({ query: text(60).optional(), enabled: flag.optional() }), response: z.object({ items: z.array(assignRule) }) })
export const createAssignRuleRoute = describeRoute({ ...manage, id: 'createAssignRule', method: 'POST', path: '/api/assign-rules', summary: '新增自动交办规则', body: ruleBody, response: assignRule })
export const changeAssignRuleRoute = describeRoute({ ...manage, id: 'changeAssignRule', method: 'PATCH', path: '/api/assign-rules/:id', summary: '修改自动交办规则', params: one, body: ruleBody.extend({ version: z.number().int() }), response: assignRule })
export const deleteAssignRuleRoute = describeRoute({ ...manage, id: 'deleteAssignRule', method: 'DELETE', path: '/api/assign-rules/:id', summary: '删除自动交办规则', params: one, response: empty })
export const tryAssignRuleRoute = describeRoute({
  ...manage, id: 'tryAssignRule', method: 'POST', path: '/api/assign-rules/trial', summary: '用历史工单试运行规则', audit: false,
  body: z.object({ condition: ruleCondition, action: ruleAction.partial().optional(), days: z.number().int().min(1).max(366).default(90) }),
  response: z.object({
    looked: z.number().int(), hits: z.number().int(), agree: z.number().int().describe('Hits that people gave to the same leading unit'), capped: z.boolean(), otherRules: z.array(z.object({ name: z.string(), hits: z.number().int() })).describe('Enabled rules that catch some of the hits before'),
    sample: z.array(z.object({ orderId: id, number: z.string(), title: z.string(), leadUnitName: z.string().nullable(), agrees: z.boolean().nullable(), registeredAt: instant })),
  }),
})

export const autoAssignment = z.object({
  id, orderId: id, number: z.string(), title: z.string(), urgency: z.string(), orderState: z.string(), ruleId: id, ruleName: z.string(), ruleVersion: z.number().int(), state: z.enum(['dispatched', 'failed']), units: z.array(z.object({ unitId: id, unitName: z.string(), role: z.string() })), why: z.string().nullable(), at: instant,
  verdict: z.enum(['right', 'wrong']).nullable(), judgedByName: z.string().nullable(), judgedAt: instant.nullable(), note: z.string().nullable(), mayJudge: z.boolean(), version: z.number().int(),
})
export const listAutoAssignmentsRoute = describeRoute({
  id: 'listAutoAssignments', method: 'GET', path: '/api/auto-assignments', summary: '自动交办记录', audience: 'staff', access: { anyOf: ['orders.dispatch', 'orders.manageRules'] },
  query: pageQuery.extend({ verdict: z.enum(['none', 'right', 'wrong']).optional(), state: z.enum(['dispatched', 'failed']).optional(), ruleId: id.optional(), orderId: id.optional() }), response: pageOf(autoAssignment),
})
export const judgeAutoAssignmentRoute = describeRoute({
  id: 'judgeAutoAssignment', method: 'POST', path: '/api/auto-assignments/:id/judge', summary: '人工判定自动交办', audience: 'staff', access: { permission: 'orders.dispatch' }, params: one,
  body: z.object({ verdict: z.enum(['right', 'wrong']), note: text(500).optional(), /** Where wrong: to whom instead. */ units: dispatchUnits.optional(), overrideReason: text(500).optional() }), response: orderAnswer,
})

export const opinion = z.object({ id, name: z.string(), text: z.string(), channel: z.string().nullable(), appealType: z.string().nullable(), unitId: id.nullable(), unitName: z.string().nullable(), own: z.boolean(), position: z.number().int(), active: z.boolean(), version: z.number().int() })
const opinionBody = z.object({ name: required(60), text: required(1000), channel: text(30).optional(), appealType: text(30).optional(), unitId: id.optional(), position: z.number().int().min(0).max(100_000).default(100), active: z.boolean().default(true) })
export const listOpinionsRoute = describeRoute({ id: 'listOpinions', method: 'GET', path: '/api/opinion-templates', summary: '转办意见模板', audience: 'staff', access: { anyOf: ['orders.manageRules', 'orders.dispatch', 'orders.handle', 'orders.approve'] }, query: z.object({ own: flag.optional() }), response: z.object({ items: z.array(opinion) }) })
export const createOpinionRoute = describeRoute({ id: 'createOpinion', method: 'POST', path: '/api/opinion-templates', summary: '新增转办意见', audience: 'staff', access: { anyOf: ['orders.manageRules', 'orders.dispatch', 'orders.handle', 'orders.approve'] }, body: opinionBody.extend({ own: z.boolean().default(true) }), response: opinion })
export const changeOpinionRoute = describeRoute({ id: 'changeOpinion', method: 'PATCH', path: '/api/opinion-templates/:id', summary: '修改转办意见', audience: 'staff', access: { anyOf: ['orders.manageRules', 'orders.dispatch', 'orders.handle', 'orders.approve'] }, params: one, body: opinionBody.extend({ version: z.number().int() }), response: opinion })
export const deleteOpinionRoute = describeRoute({ id: 'deleteOpinion', method: 'DELETE', path: '/api/opinion-templates/:id', summary: '删除转办意见', audience: 'staff', access: { anyOf: ['orders.manageRules', 'orders.dispatch', 'orders.handle', 'orders.approve'] }, params: one, response: empty })
