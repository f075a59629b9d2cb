// What the machine says beside one order: a second look at a reply, labels that may fit. A person decides.
import { z } from 'zod'
import { flag, id, instant, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { polarities, replyFaults } from '../../ai/index.ts'

const params = z.object({ id })

export const checkReplyRoute = describeRoute({
  id: 'checkOrderReply', method: 'POST', path: '/api/orders/:id/check-reply', summary: '答复检查', audience: 'staff', access: { permission: 'ai.use' }, tag: 'ai', audit: false, params,
  body: z.strictObject({ reply: z.string().max(5000) }),
  response: z.object({
    /** Off or not to be had: then the page shows nothing. */
    available: z.boolean(),
    /** Earlier replies it was compared with; below some hundred only the units are looked at. */
    compared: z.number().int(),
    findings: z.array(z.object({ fault: z.enum(replyFaults), text: z.string(), instead: z.string().optional() })),
  }),
})

export const proposeLabelsRoute = describeRoute({
  id: 'proposeOrderLabels', method: 'POST', path: '/api/orders/:id/propose-labels', summary: '标签建议', audience: 'staff', access: { permission: 'orders.label' }, tag: 'labels', audit: false, params, body: z.strictObject({}),
  response: z.object({ suggestionId: id.nullable(), items: z.array(z.object({ id, name: z.string(), colour: z.string(), confidence: z.number(), reason: z.string() })) }),
})

const subject = z.object({ id, raw: z.string(), name: z.string(), enterpriseId: id.nullable(), industry: z.string().nullable(), areaName: z.string().nullable(), outOfArea: z.boolean(), confidence: z.number(), by: z.enum(['machine', 'person']) })
/** Feeling and complained-against subjects; each is null or empty where its application is off. */
export const readingRoute = describeRoute({
  id: 'readOrderText', method: 'GET', path: '/api/orders/:id/reading', summary: '情绪与被诉主体', audience: 'staff', access: { permission: 'ai.use' }, tag: 'ai', writes: true, audit: false, params,
  response: z.object({ emotion: z.object({ polarity: z.enum(polarities), strength: z.number().int(), confidence: z.number(), words: z.array(z.string()), ironic: z.boolean() }).nullable(), subjects: z.array(subject), mayChange: z.boolean() }),
})
export const changeSubjectRoute = describeRoute({
  id: 'changeOrderSubject', method: 'PUT', path: '/api/orders/:id/subjects', summary: '更正被诉主体', audience: 'staff', access: { permission: 'ai.use' }, tag: 'ai', params,
  body: z.strictObject({ raw: z.string().trim().min(1).max(60), name: z.string().trim().max(60).nullable() }), response: z.object({ subjects: z.array(subject) }),
})

export const scriptRoute = describeRoute({
  id: 'fitScript', method: 'POST', path: '/api/orders/fit-script', summary: '通话话术推荐', audience: 'staff', access: { permission: 'ai.use' }, tag: 'ai', audit: false,
  /** `heard`: what both say or what the form holds; `said`: the agent's own sentences; `q`: searched by the agent. */
  body: z.strictObject({ heard: z.string().max(20_000).default(''), said: z.string().max(20_000).default(''), q: z.string().trim().max(100).default('') }),
  response: z.object({ available: z.boolean(), items: z.array(z.object({ id, version: z.number().int(), title: z.string(), scene: z.string(), why: z.array(z.string()), steps: z.array(z.object({ text: z.string(), done: z.boolean() })), next: z.number().int().nullable() })) }),
})

export const causes = ['ruleGap', 'ambiguous', 'changedDuties', 'model', 'person', 'none'] as const
export const dispatchModes = ['person', 'rule', 'model'] as const
const dispatchFilter = { from: localDate.optional(), to: localDate.optional(), unitId: id.optional(), appealType: z.string().max(40).optional(), mode: z.enum(dispatchModes).optional() }
const dispatch = z.object({
  id, orderId: id, number: z.string(), title: z.string(), unitName: z.string(), categoryName: z.string().nullable(), mode: z.enum(dispatchModes), byName: z.string(), at: instant, recommended: z.boolean().nullable(), state: z.string(), wrong: z.boolean(), returnReason: z.string().nullable(), returnedAt: instant.nullable(), lostMinutes: z.number().int().nullable(), nextUnitName: z.string().nullable(),
  proposed: z.enum(causes).nullable(), why: z.string().nullable(), cause: z.enum(causes).nullable(), causeByName: z.string().nullable(), note: z.string(),
})
export const listDispatchesRoute = describeRoute({ id: 'listDispatches', method: 'GET', path: '/api/orders/dispatches', summary: '分拨历史', audience: 'staff', access: { permission: 'ai.read' }, tag: 'ai', query: pageQuery.extend({ ...dispatchFilter, wrong: flag.optional(), unconfirmed: flag.optional() }), response: pageOf(dispatch) })
const figure = z.object({ name: z.string(), dispatched: z.number().int(), wrong: z.number().int() })
export const dispatchFiguresRoute = describeRoute({
  id: 'dispatchFigures', method: 'GET', path: '/api/orders/dispatches/figures', summary: '分拨准确率与误派原因', audience: 'staff', access: { permission: 'ai.read' }, tag: 'ai', query: z.object(dispatchFilter),
  response: z.object({ dispatched: z.number().int(), wrong: z.number().int(), again: z.number().int(), recommended: z.number().int(), followed: z.number().int(), lostMinutes: z.number().int(), byMode: z.array(figure), byUnit: z.array(figure), byCategory: z.array(figure), byMonth: z.array(figure), causes: z.array(z.object({ cause: z.enum(causes), confirmed: z.number().int() })) }),
})
export const confirmCauseRoute = describeRoute({ id: 'confirmMisdispatch', method: 'PUT', path: '/api/orders/dispatches/:id/cause', summary: '确认误派原因', audience: 'staff', access: { permission: 'ai.manage' }, tag: 'ai', params, body: z.strictObject({ cause: z.enum(causes), note: z.string().trim().max(500).default('') }), response: z.object({ cause: z.enum(causes) }) })
