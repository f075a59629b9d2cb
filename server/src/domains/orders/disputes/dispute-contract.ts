// Contested responsibility as routes.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { dispatchUnits } from '../contract.ts'
import { files, one, orderAct, orderAnswer, required, text, version } from '../requests/ask-contract.ts'

export const proposeDisputeRoute = orderAct('proposeDispute', 'propose-dispute', '提出挂办', 'orders.dispute', z.object({ difficulty: required(1000), unitIds: z.array(id).max(10).default([]).describe('Departments concerned'), fileIds: files, version }))

const voice = z.object({ unitId: id, unitName: z.string(), invitedAt: instant, position: z.enum(['ours', 'notOurs', 'shared']).nullable(), text: z.string().nullable(), byName: z.string().nullable(), at: instant.nullable(), mine: z.boolean() })
export const disputeRow = z.object({
  id, orderId: id, number: z.string(), title: z.string(), urgency: z.string(), orderState: z.string(), state: z.enum(['pool', 'decided', 'ended']), difficulty: z.string(), proposedByName: z.string(), approvedAt: instant, voices: z.array(voice),
  way: z.string().nullable(), decidingBody: z.string().nullable(), opinion: z.string().nullable(), decidedUnits: z.array(z.object({ unitId: id, unitName: z.string(), role: z.string() })), decidedByName: z.string().nullable(), decidedAt: instant.nullable(), mayDecide: z.boolean(), maySpeak: z.boolean(),
})
export const listDisputesRoute = describeRoute({
  id: 'listDisputes', method: 'GET', path: '/api/order-disputes', summary: '挂办工单池', audience: 'staff', access: { permission: 'orders.read' },
  query: pageQuery.extend({ state: z.enum(['pool', 'decided', 'ended']).default('pool'), orderId: id.optional(), mine: z.stringbool().optional().describe('Only where my unit is asked') }), response: pageOf(disputeRow),
})
export const inviteDisputeRoute = describeRoute({ id: 'inviteDispute', method: 'POST', path: '/api/order-disputes/:id/invite', summary: '邀请部门参加审定', audience: 'staff', access: { permission: 'orders.adjudicate' }, params: one, body: z.object({ unitIds: z.array(id).min(1).max(10) }), response: orderAnswer })
export const speakDisputeRoute = describeRoute({
  id: 'speakDispute', method: 'POST', path: '/api/order-disputes/:id/voices', summary: '发表审定意见', audience: 'staff', access: { anyOf: ['orders.approve', 'orders.handle'] }, params: one,
  body: z.object({ unitId: id.optional(), position: z.enum(['ours', 'notOurs', 'shared']), text: required(1000), fileIds: files }), response: orderAnswer,
})
export const decideDisputeRoute = describeRoute({
  id: 'decideDispute', method: 'POST', path: '/api/order-disputes/:id/decide', summary: '审定责任单位', audience: 'staff', access: { permission: 'orders.adjudicate' }, params: one,
  body: z.object({ way: z.enum(['adjudication', 'ruling']).default('adjudication'), units: dispatchUnits, decidingBody: required(100), opinion: required(1000), overrideReason: text(500).optional(), fileIds: files, version }), response: orderAnswer,
})
