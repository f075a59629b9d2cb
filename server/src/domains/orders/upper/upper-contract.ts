// Orders from an upper platform as routes: receiving, the sign-in queue, rules, return upward and its ratio (ORD-24, ORD-32).
import { z } from 'zod'
import { id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { orderInput } from '../contract.ts'
import { orderStates, urgencies } from '../order.ts'

const one = z.object({ id })
const words = (max: number) => z.string().trim().max(max)
const list = <T extends z.ZodType>(item: T) => z.array(item).max(50).optional()
const kinds = ['direct', 'transferred'] as const

export const upperFacts = z.object({
  /** Name of the platform, for example 省热线平台. */
  platform: words(40).min(1),
  number: words(60).min(1),
  dispatchedAt: instant,
  dispatchKind: z.enum(kinds),
  /** The platform's own deadline. */
  dueAt: instant.optional(),
  /** Codes of the platform's special marks, as the library knows them. */
  marks: z.array(words(40)).max(20).default([]),
  /** Class that the platform gave: the order takes the fast track. */
  fastTrack: z.enum(['unstable', 'emergency']).optional(),
  /** Number of the direct order that came back as this transferred one. */
  relatedNumber: words(60).optional(),
})
export const receiveUpperRoute = describeRoute({
  id: 'receiveUpperOrder', method: 'POST', path: '/api/upper-orders', summary: '接收上级来单', audience: 'staff', access: { permission: 'orders.receiveUpper' },
  body: orderInput.extend({ upper: upperFacts }),
  response: z.object({ id, number: z.string(), state: z.enum(orderStates), /** False: delivered before, the same order. */ created: z.boolean(), signed: z.boolean(), rule: z.string().nullable() }),
})
export const signUpperRoute = describeRoute({
  id: 'signUpperOrder', method: 'POST', path: '/api/orders/:id/sign-upper', summary: '签收上级来单', audience: 'staff', access: { permission: 'orders.review' }, params: one, body: z.object({ version: z.number().int().optional() }),
  response: z.object({ id, number: z.string(), state: z.enum(orderStates), version: z.number().int() }),
})
export const listUpperRoute = describeRoute({
  id: 'listUpperOrders', method: 'GET', path: '/api/upper-orders', summary: '上级来单', audience: 'staff', access: { permission: 'orders.review' },
  query: pageQuery.extend({ box: z.enum(['waiting', 'signed']).default('waiting'), way: z.enum(['person', 'rule', 'model', 'limit']).optional(), dispatchKind: z.enum(kinds).optional() }),
  response: pageOf(z.object({
    id, number: z.string(), title: z.string(), platform: z.string(), upperNumber: z.string(), dispatchKind: z.string(), state: z.string(), stateName: z.string(), urgency: z.string(), upperDispatchedAt: instant.nullable(), signDueAt: instant.nullable(),
    signedAt: instant.nullable(), signedByName: z.string().nullable(), rule: z.string().nullable(), upperDueAt: instant.nullable(), version: z.number().int(),
  })).extend({ /** Signed in the last 30 days: by people, by rules, by the model, at the limit. */ signed: z.object({ person: z.number().int(), rule: z.number().int(), model: z.number().int(), limit: z.number().int() }) }),
})

export const signConditions = z.strictObject({ platforms: list(words(40).min(1)), dispatchKinds: list(z.enum(kinds)), appealTypes: list(words(30)), urgencies: list(z.enum(urgencies)), categoryIds: list(id), matterIds: list(id), words: list(words(40).min(1)), /** Codes of the platform's special marks. */ marks: list(words(40).min(1)) })
  .refine((c) => Object.values(c).some((v) => Array.isArray(v) && v.length > 0), { message: '至少设一个条件' })
export type SignConditions = z.output<typeof signConditions>
const rule = z.object({ id, name: z.string(), position: z.number().int(), enabled: z.boolean(), conditions: z.unknown(), toDispatch: z.boolean(), hits: z.number().int(), version: z.number().int(), changedAt: instant, changedByName: z.string() })
const manage = { audience: 'staff', access: { permission: 'orders.manageSignRules' } } as const
const ruleBody = z.object({ name: words(60).min(1), position: z.number().int().min(0).max(9999).default(0), enabled: z.boolean().default(true), conditions: signConditions, toDispatch: z.boolean().default(true) })
export const listSignRulesRoute = describeRoute({ ...manage, id: 'listSignRules', method: 'GET', path: '/api/sign-rules', summary: '自动签收规则', response: z.object({ items: z.array(rule) }) })
/** Kinds of orders that people signed again and again and that never went back: what a rule could do. */
const proposal = z.object({ platform: z.string(), dispatchKind: z.enum(kinds), appealType: z.string(), categoryId: id.nullable(), categoryName: z.string().nullable(), orders: z.number().int(), conditions: signConditions })
export const proposeSignRulesRoute = describeRoute({ ...manage, id: 'proposeSignRules', method: 'GET', path: '/api/sign-rules/proposals', summary: '由历史签收提出的规则建议', query: z.object({ days: z.coerce.number().int().min(7).max(366).default(180), least: z.coerce.number().int().min(2).max(1000).default(5) }), response: z.object({ items: z.array(proposal) }) })
/** `chosen` of `tested` orders it had not seen would have been signed, `right` of them rightly. */
export const signModelRoute = describeRoute({
  ...manage, id: 'signModel', method: 'GET', path: '/api/sign-rules/model', summary: '自动签收分类模型',
  response: z.object({ on: z.boolean(), threshold: z.number(), leastExamples: z.number().int(), trained: z.object({ at: instant, examples: z.number().int(), good: z.number().int(), tested: z.number().int(), chosen: z.number().int(), right: z.number().int(), proven: z.boolean() }).nullable() }),
})
export const createSignRuleRoute = describeRoute({ ...manage, id: 'createSignRule', method: 'POST', path: '/api/sign-rules', summary: '新建自动签收规则', body: ruleBody, response: rule })
export const changeSignRuleRoute = describeRoute({ ...manage, id: 'changeSignRule', method: 'PATCH', path: '/api/sign-rules/:id', summary: '修改自动签收规则', params: one, body: ruleBody.extend({ version: z.number().int() }), response: rule })
export const deleteSignRuleRoute = describeRoute({ ...manage, id: 'deleteSignRule', method: 'DELETE', path: '/api/sign-rules/:id', summary: '删除自动签收规则', params: one, response: z.object({ id }) })

export const returnUpwardRoute = describeRoute({
  id: 'returnOrderUpward', method: 'POST', path: '/api/orders/:id/return-upward', summary: '退回上级平台', audience: 'staff', access: { permission: 'orders.returnUpward' }, params: one,
  body: z.object({ reason: words(1000).min(1), version: z.number().int().optional() }), response: z.object({ id, number: z.string(), state: z.enum(orderStates), version: z.number().int() }),
})
const share = z.object({ direct: z.number().int(), returned: z.number().int(), /** Percent; null without direct orders. */ percent: z.number().nullable() })
export const upwardRatioRoute = describeRoute({
  id: 'upwardRatio', method: 'GET', path: '/api/upper-orders/ratio', summary: '直派件退回比例', audience: 'staff', access: { anyOf: ['orders.returnUpward', 'orders.reviewReturn', 'orders.review'] },
  response: z.object({ from: instant, limit: z.number().nullable(), warnAt: z.number(), onExcess: z.enum(['warn', 'block']), level: z.enum(['none', 'calm', 'near', 'over']), all: share, units: z.array(share.extend({ unitId: id, unitName: z.string(), level: z.enum(['none', 'calm', 'near', 'over']) })) }),
})
