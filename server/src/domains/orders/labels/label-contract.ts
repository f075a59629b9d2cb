// Labels and notes of orders, and the rules that put labels, as routes (ORD-11, ORD-12).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { conditions } from '../query/conditions.ts'

const text = (max: number) => z.string().trim().max(max)
const required = (max: number) => z.string().trim().min(1).max(max)
const one = z.object({ id })
const ids = z.array(id).max(20).default([])

export const orderLabel = z.object({ id, name: z.string(), className: z.string(), colour: z.string() })
const mark = orderLabel.extend({ source: z.enum(['person', 'rule', 'upper']), ruleName: z.string().nullable(), at: instant, byName: z.string() })
export const marks = z.object({ labels: z.array(mark), notes: z.array(z.object({ id, text: z.string(), at: instant, byName: z.string() })), mayChange: z.boolean() })

const write = { audience: 'staff', access: { permission: 'orders.label' }, tag: 'labels' } as const
const rules = { audience: 'staff', access: { permission: 'orders.manageLabelRules' }, tag: 'labels' } as const

export const orderMarksRoute = describeRoute({ id: 'orderMarks', method: 'GET', path: '/api/orders/:id/labels', summary: '工单标签与内部备注', audience: 'staff', access: { permission: 'orders.read' }, tag: 'labels', params: one, response: marks })
export const labelOrderRoute = describeRoute({ ...write, id: 'labelOrder', method: 'POST', path: '/api/orders/:id/labels', summary: '打标签', params: one, body: z.object({ add: ids, remove: ids, reason: text(200).optional() }), response: marks })
export const labelOrdersRoute = describeRoute({ ...write, id: 'labelOrders', method: 'POST', path: '/api/orders/labels', summary: '批量打标签', body: z.object({ orderIds: z.array(id).min(1).max(500), add: ids, remove: ids }), response: z.object({ changed: z.number().int(), skipped: z.array(z.object({ id, reason: z.string() })) }) })
export const noteOrderRoute = describeRoute({ ...write, id: 'noteOrder', method: 'POST', path: '/api/orders/:id/notes', summary: '内部备注', params: one, body: z.object({ text: required(1000) }), response: marks })

export const triggers = ['registered', 'returnedToAgent', 'dispatched', 'assignmentSigned', 'feedbackSubmitted', 'resultReady', 'resultReturned', 'resultAccepted', 'returnDecided', 'extensionDecided', 'supplemented', 'redone', 'closed', 'archived', 'withdrawn', 'hourly'] as const
export type Trigger = (typeof triggers)[number]

export const labelRule = z.object({
  id, name: z.string(), labelId: id, labelName: z.string(), labelState: z.string(), triggers: z.array(z.enum(triggers)), condition: conditions, weight: z.number().int(), enabled: z.boolean(), added: z.number().int(), lastAt: instant.nullable(), changedByName: z.string(), changedAt: instant, version: z.number().int(),
})
const fields = { name: required(60), labelId: id, triggers: z.array(z.enum(triggers)).min(1), condition: conditions, weight: z.number().int().min(-100).max(100) }
export const listLabelRulesRoute = describeRoute({ ...rules, id: 'listLabelRules', method: 'GET', path: '/api/order-label-rules', summary: '标签规则', response: z.object({ items: z.array(labelRule), triggers: z.array(z.object({ value: z.enum(triggers), label: z.string() })) }) })
export const createLabelRuleRoute = describeRoute({ ...rules, id: 'createLabelRule', method: 'POST', path: '/api/order-label-rules', summary: '新增标签规则', body: z.object({ ...fields, weight: fields.weight.default(0), enabled: z.boolean().default(false) }), response: labelRule })
export const changeLabelRuleRoute = describeRoute({ ...rules, id: 'changeLabelRule', method: 'PATCH', path: '/api/order-label-rules/:id', summary: '修改标签规则', params: one, body: z.object({ ...fields, enabled: z.boolean() }).partial().extend({ version: z.number().int() }), response: labelRule })
export const tryLabelRuleRoute = describeRoute({
  ...rules, id: 'tryLabelRule', method: 'POST', path: '/api/order-label-rules/trial', summary: '试运行标签规则', audit: false,
  body: z.object({ condition: conditions, days: z.number().int().min(1).max(366).default(30) }),
  response: z.object({ count: z.object({ value: z.number().int(), capped: z.boolean() }), sample: z.array(z.object({ id, number: z.string(), title: z.string(), stateName: z.string(), registeredAt: instant })) }),
})
export const labelRuleHitsRoute = describeRoute({
  ...rules, id: 'labelRuleHits', method: 'GET', path: '/api/order-label-rules/:id/hits', summary: '规则打过的标签', params: one, query: pageQuery,
  response: pageOf(z.object({ id, orderId: id, number: z.string(), title: z.string(), at: instant, removedAt: instant.nullable() })),
})
