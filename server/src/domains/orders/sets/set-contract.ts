// Event sets as routes (ORD-62): propose, confirm, dispatch once, answer once; members keep their numbers.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { actState, id, instant, listOf, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { dispatchUnits } from '../contract.ts'
import { orderStates } from '../order.ts'

export const setStates = ['proposed', 'open', 'dispatched', 'answered', 'dissolved'] as const
export type SetState = (typeof setStates)[number]
export const MAX_MEMBERS = 500

const text = (max: number) => z.string().trim().max(max)
const required = (max: number) => z.string().trim().min(1).max(max)
const one = z.object({ id })
const orderIds = z.array(id).min(1).max(MAX_MEMBERS)
const planStep = z.object({ unitId: id.optional(), unitName: text(80), duty: required(300), dueAt: instant.nullable().default(null), doneAt: instant.nullable().default(null) })
export type PlanStep = z.output<typeof planStep>

const facts = {
  title: required(80), core: required(1000), communities: z.array(required(60)).max(50), people: z.number().int().min(0).max(10_000_000).nullable(), advice: text(2000).nullable(), plan: z.array(planStep).max(50),
}

export const setRow = z.object({
  id, number: z.string(), title: z.string(), core: z.string(), state: z.enum(setStates), stateName: z.string(), source: z.string(), members: z.number().int(), proposed: z.number().int(), answered: z.number().int(), matterName: z.string().nullable(), areaName: z.string().nullable(),
  leadNumber: z.string().nullable(), leadUnitName: z.string().nullable(), people: z.number().int().nullable(), createdByName: z.string(), createdAt: instant, dispatchedAt: instant.nullable(), answeredAt: instant.nullable(), version: z.number().int(),
})
export const setMember = z.object({
  orderId: id, number: z.string(), title: z.string(), state: z.enum(orderStates), stateName: z.string(), requesterName: z.string(), address: z.string().nullable(), registeredAt: instant, memberState: z.enum(['proposed', 'joined', 'removed']), lead: z.boolean(), carried: z.boolean(),
  score: z.number().nullable(), answeredAt: instant.nullable(), joinedByName: z.string(), removedReason: z.string().nullable(), mayOpen: z.boolean(),
})
export const setDetail = setRow.extend({
  communities: z.array(z.string()), advice: z.string().nullable(), plan: z.array(planStep), reply: z.string().nullable(), replyBasis: z.string().nullable(), leadOrderId: id.nullable(), confirmedByName: z.string().nullable(), confirmedAt: instant.nullable(),
  memberList: z.array(setMember), acts: z.array(actState),
  /** How earlier sets of the same matter were answered, newest first: advice for this one. */
  earlier: z.array(z.object({ id, title: z.string(), reply: z.string(), answeredAt: instant })),
})

const read = { audience: 'staff', access: { permission: 'orders.sets' }, tag: 'sets' } as const
const change = { audience: 'staff', access: { permission: 'orders.manageSets' }, tag: 'sets' } as const
const version = z.number().int().optional()

export const listSetsRoute = describeRoute({ ...read, id: 'listEventSets', method: 'GET', path: '/api/order-sets', summary: '同诉事件集', query: pageQuery.extend({ state: listOf(z.enum(setStates)).optional() }), response: pageOf(setRow) })
export const getSetRoute = describeRoute({ ...read, id: 'getEventSet', method: 'GET', path: '/api/order-sets/:id', summary: '事件集详情', params: one, response: setDetail })
export const setOfOrderRoute = describeRoute({ id: 'eventSetOfOrder', method: 'GET', path: '/api/orders/:id/event-set', summary: '工单所在事件集', audience: 'staff', access: { permission: 'orders.read' }, tag: 'sets', params: one, response: z.object({ set: setRow.pick({ id: true, number: true, title: true, core: true, state: true, stateName: true, members: true, answered: true, leadNumber: true, leadUnitName: true }).extend({ carried: z.boolean(), lead: z.boolean(), mayOpen: z.boolean() }).nullable(), merge: z.object({ number: z.string(), leadId: id, leadNumber: z.string(), leadTitle: z.string(), leadStateName: z.string(), lead: z.boolean(), members: z.number().int() }).nullable() }) })
export const createSetRoute = describeRoute({
  ...change, id: 'createEventSet', method: 'POST', path: '/api/order-sets', summary: '建立事件集',
  body: z.object({ title: facts.title, core: facts.core, orderIds, leadOrderId: id.optional(), communities: facts.communities.default([]), people: facts.people.default(null), advice: facts.advice.default(null), plan: facts.plan.default([]) }), response: setDetail,
})
export const patchSetRoute = describeRoute({ ...change, id: 'patchEventSet', method: 'PATCH', path: '/api/order-sets/:id', summary: '修改事件集', params: one, body: z.object(facts).partial().extend({ leadOrderId: id.optional(), version: z.number().int() }), response: setDetail })
export const confirmSetRoute = describeRoute({ ...change, id: 'confirmEventSet', method: 'POST', path: '/api/order-sets/:id/confirm', summary: '确认事件集', params: one, body: z.object({ orderIds: orderIds.optional().describe('Proposed members to take in; without it all'), version }), response: setDetail })
export const addMembersRoute = describeRoute({ ...change, id: 'addSetMembers', method: 'POST', path: '/api/order-sets/:id/members', summary: '加入工单', params: one, body: z.object({ orderIds, version }), response: setDetail })
export const removeMemberRoute = describeRoute({ ...change, id: 'removeSetMember', method: 'POST', path: '/api/order-sets/:id/members/:orderId/remove', summary: '移出工单', params: z.object({ id, orderId: id }), body: z.object({ reason: required(300), version }), response: setDetail })
export const dissolveSetRoute = describeRoute({ ...change, id: 'dissolveEventSet', method: 'POST', path: '/api/order-sets/:id/dissolve', summary: '解散事件集', params: one, body: z.object({ reason: required(300), version }), response: setDetail })
export const dispatchSetRoute = describeRoute({
  id: 'dispatchEventSet', method: 'POST', path: '/api/order-sets/:id/dispatch', summary: '统一派发', audience: 'staff', access: { permission: 'orders.dispatch' }, tag: 'sets', params: one,
  body: z.object({ units: dispatchUnits, opinion: text(1000).optional(), dueAt: instant.optional(), dueReason: text(500).optional(), version }), response: setDetail,
})
export const answerSetRoute = describeRoute({
  id: 'answerEventSet', method: 'POST', path: '/api/order-sets/:id/answer', summary: '统一答复', audience: 'staff', access: { permission: 'orders.answerUncited' }, tag: 'sets', params: one,
  body: z.object({ reply: required(5000), basis: required(1000), version }), response: setDetail,
})
export const tellSetRoute = describeRoute({
  ...change, id: 'tellSetRequesters', method: 'POST', path: '/api/order-sets/:id/notices', summary: '向全部诉求人通报进展', params: one,
  body: z.object({ text: required(300), sms: z.boolean().default(true) }), response: z.object({ told: z.number().int(), messages: z.number().int() }),
})
