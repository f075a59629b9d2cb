// Node and handling rules as routes (ORD-68).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { boundedCount, id, instant, listOf } from '../../../kernel/http/codec.ts'
import { conditions } from '../query/conditions.ts'
import { nodeRuleDefinition, nodes } from './node-rule.ts'

const words = (max: number) => z.string().trim().min(1).max(max)
const option = z.object({ value: z.string(), label: z.string() })
const rule = z.object({ id, name: z.string(), node: z.enum(nodes), nodeName: z.string(), shipped: z.boolean(), enabled: z.boolean(), definition: nodeRuleDefinition, version: z.number().int(), changedAt: instant, changedByName: z.string() })
const manage = { audience: 'staff', access: { permission: 'orders.manageNodeRules' }, tag: 'nodeRules' } as const
const one = z.object({ id })
const body = { name: words(60), node: z.enum(nodes), enabled: z.boolean().default(false), definition: nodeRuleDefinition }

export const listNodeRulesRoute = describeRoute({
  ...manage, id: 'listNodeRules', method: 'GET', path: '/api/order-node-rules', summary: '环节与办理规则', query: z.object({ node: z.enum(nodes).optional(), state: listOf(z.enum(['enabled', 'disabled'])).optional(), name: z.string().trim().max(60).optional() }),
  response: z.object({
    items: z.array(rule),
    /** The nodes of the order process with what may be done there: the process that rules narrow. */
    nodes: z.array(z.object({ value: z.enum(nodes), label: z.string(), rules: z.number().int(), acts: z.array(option.extend({ onward: z.boolean(), to: z.string().nullable() })), mayLimit: z.boolean() })),
    demands: z.array(option), pushAfter: z.array(option), pushTo: z.array(option), permissions: z.array(option),
  }),
})
export const createNodeRuleRoute = describeRoute({ ...manage, id: 'createNodeRule', method: 'POST', path: '/api/order-node-rules', summary: '新建环节规则', body: z.object(body), response: rule })
export const changeNodeRuleRoute = describeRoute({ ...manage, id: 'changeNodeRule', method: 'PATCH', path: '/api/order-node-rules/:id', summary: '修改环节规则', params: one, body: z.object({ ...body, version: z.number().int() }), response: rule })
export const nodeRuleVersionsRoute = describeRoute({
  ...manage, id: 'nodeRuleVersions', method: 'GET', path: '/api/order-node-rules/:id/versions', summary: '环节规则的版本', params: one,
  response: z.object({ items: z.array(z.object({ version: z.number().int(), name: z.string(), definition: nodeRuleDefinition, fromAt: instant, untilAt: instant.nullable(), byName: z.string() })) }),
})
export const tryNodeRuleRoute = describeRoute({
  ...manage, id: 'tryNodeRule', method: 'POST', path: '/api/order-node-rules/trial', summary: '用历史工单试运行', audit: false, body: z.object({ when: conditions, days: z.number().int().min(1).max(366).default(30) }),
  response: z.object({ count: boundedCount, sample: z.array(z.object({ id, number: z.string(), title: z.string(), stateName: z.string() })) }),
})
