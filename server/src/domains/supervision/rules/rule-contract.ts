// Rules of supervision as routes: conditions as data, tests before effect (SUP-06, SUP-09, SUP-12, SUP-14, SUP-15, SUP-27).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { flag, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { definition, ruleEffects } from './definition.ts'

const one = z.object({ id })
const keep = { permission: 'supervision.configure' } as const
const name = z.string().trim().min(1).max(60)

const ruleRow = z.object({
  id, key: z.string().nullable(), effect: z.enum(ruleEffects), effectName: z.string(), name: z.string(), template: z.boolean(), state: z.enum(['draft', 'effective', 'stopped']), stateName: z.string(),
  number: z.number().int(), effectiveNumber: z.number().int().nullable(), versionState: z.string(), versionStateName: z.string(), conditionsText: z.string(), version: z.number().int(), updatedAt: instant,
})
const testView = z.object({ id, number: z.number().int(), kind: z.enum(['simulated', 'past']), inputs: z.unknown(), outcome: z.unknown(), passed: z.boolean(), byName: z.string(), at: instant })
const ruleDetail = ruleRow.extend({
  definition,
  versions: z.array(z.object({ number: z.number().int(), state: z.string(), stateName: z.string(), conditionsText: z.string(), createdByName: z.string(), createdAt: instant, effectiveAt: instant.nullable(), retiredAt: instant.nullable() })),
  tests: z.array(testView),
  /** Orders just inside and just outside each condition, to begin a test with. */
  suggested: z.array(z.object({ name: z.string(), facts: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.array(z.string())])), expected: z.boolean() })),
})

export const factsRoute = describeRoute({
  id: 'supervisionFacts', method: 'GET', path: '/api/supervision/facts', summary: '督办规则条件项', audience: 'staff', access: keep,
  response: z.object({ items: z.array(z.object({ key: z.string(), name: z.string(), kind: z.string(), operators: z.array(z.string()), options: z.array(z.object({ value: z.string(), name: z.string() })) })) }),
})
export const listRulesRoute = describeRoute({
  id: 'listSupervisionRules', method: 'GET', path: '/api/supervision/rules', summary: '督办规则', audience: 'staff', access: keep,
  query: z.object({ effect: z.enum(ruleEffects).optional(), template: flag.optional(), state: z.enum(['draft', 'effective', 'stopped']).optional() }), response: z.object({ items: z.array(ruleRow) }),
})
export const showRuleRoute = describeRoute({ id: 'showSupervisionRule', method: 'GET', path: '/api/supervision/rules/:id', summary: '督办规则详情', audience: 'staff', access: keep, params: one, response: ruleDetail })
export const createRuleRoute = describeRoute({
  id: 'createSupervisionRule', method: 'POST', path: '/api/supervision/rules', summary: '新建督办规则', audience: 'staff', access: keep,
  body: z.object({ effect: z.enum(ruleEffects), name, template: z.boolean().default(false), definition }), response: ruleDetail,
})
export const copyRuleRoute = describeRoute({ id: 'copySupervisionRule', method: 'POST', path: '/api/supervision/rules/:id/copy', summary: '复制督办规则或模板', audience: 'staff', access: keep, params: one, body: z.object({ name, template: z.boolean().default(false) }), response: ruleDetail })
export const changeRuleRoute = describeRoute({ id: 'changeSupervisionRule', method: 'PATCH', path: '/api/supervision/rules/:id', summary: '修改督办规则', audience: 'staff', access: keep, params: one, body: z.object({ version: z.number().int(), name, definition }), response: ruleDetail })
export const removeRuleRoute = describeRoute({ id: 'removeSupervisionRule', method: 'DELETE', path: '/api/supervision/rules/:id', summary: '删除督办规则', audience: 'staff', access: keep, params: one, response: z.object({}) })
export const simulateRuleRoute = describeRoute({
  id: 'simulateSupervisionRule', method: 'POST', path: '/api/supervision/rules/:id/simulate', summary: '用模拟工单测试规则', audience: 'staff', access: keep, params: one,
  body: z.object({ cases: z.array(z.object({ name: z.string().trim().min(1).max(100), facts: z.record(z.string().max(40), z.union([z.number(), z.string().max(60), z.boolean(), z.array(z.string().max(60)).max(20)])), expected: z.boolean() })).min(1).max(50) }),
  response: ruleDetail,
})
export const tryPastRoute = describeRoute({
  id: 'trySupervisionRule', method: 'POST', path: '/api/supervision/rules/:id/try', summary: '用历史工单试运行规则', audience: 'staff', access: keep, params: one, body: z.object({ days: z.number().int().min(1).max(365).default(30) }), response: z.object({ taskId: id }),
})
export const enableRuleRoute = describeRoute({ id: 'enableSupervisionRule', method: 'POST', path: '/api/supervision/rules/:id/enable', summary: '规则生效', audience: 'staff', access: keep, params: one, body: z.object({ version: z.number().int() }), response: ruleDetail })
export const stopRuleRoute = describeRoute({ id: 'stopSupervisionRule', method: 'POST', path: '/api/supervision/rules/:id/stop', summary: '停用规则', audience: 'staff', access: keep, params: one, body: z.object({ version: z.number().int() }), response: ruleDetail })

export const preListsRoute = describeRoute({
  id: 'supervisionLists', method: 'GET', path: '/api/supervision/lists', summary: '考核前提醒清单', audience: 'staff', access: { permission: 'supervision.read' },
  response: z.object({ items: z.array(z.object({ id, name: z.string(), text: z.string(), audience: z.enum(['centre', 'unit']), count: z.object({ value: z.number().int(), capped: z.boolean() }) })) }),
})
export const listRowsRoute = describeRoute({
  id: 'supervisionListRows', method: 'GET', path: '/api/supervision/lists/:id', summary: '考核前提醒清单明细', audience: 'staff', access: { permission: 'supervision.read' }, params: one, query: pageQuery,
  response: pageOf(z.object({ id, number: z.string(), title: z.string(), state: z.string(), stateName: z.string(), unitName: z.string().nullable(), urgency: z.string(), registeredAt: instant, nextDueAt: instant.nullable() })).extend({ name: z.string() }),
})
