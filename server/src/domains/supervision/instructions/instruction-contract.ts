// Leaders' instructions and focus lists as routes (SUP-23, SUP-24).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { flag, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'

const one = z.object({ id })
const required = (max: number) => z.string().trim().min(1).max(max)
const urgencies = ['normal', 'urgent', 'major'] as const
const states = ['requested', 'issued', 'reported', 'closed', 'declined'] as const

const row = z.object({
  id, orderId: id, number: z.string(), title: z.string(), orderStateName: z.string(), matterName: z.string().nullable(), state: z.enum(states), stateName: z.string(), urgency: z.enum(urgencies), urgencyName: z.string(),
  request: z.string().nullable(), requestedByName: z.string().nullable(), requestedAt: instant.nullable(), leaderId: id.nullable(), leaderName: z.string().nullable(),
  /** Null for those who see the label only. */
  text: z.string().nullable(), textHidden: z.boolean(), issuedAt: instant.nullable(), reportDueAt: instant.nullable(), overdue: z.boolean(),
  units: z.array(z.object({ unitId: id, unitName: z.string(), report: z.string().nullable(), reportedByName: z.string().nullable(), reportedAt: instant.nullable(), mayReport: z.boolean() })),
  closedAt: instant.nullable(), flowInstanceId: id.nullable(), head: z.boolean(), declinedReason: z.string().nullable(),
  steps: z.array(z.object({ name: z.string(), actor: z.string().nullable(), state: z.string(), decidedAt: instant.nullable(), opinion: z.string().nullable() })),
  files: z.array(z.object({ id, name: z.string(), type: z.string(), size: z.number().int() })),
  mayIssue: z.boolean(), mayPassUp: z.boolean(), mayClose: z.boolean(), version: z.number().int(),
})
export const listInstructionsRoute = describeRoute({
  id: 'listInstructions', method: 'GET', path: '/api/supervision/instructions', summary: '领导批示', audience: 'staff', access: { permission: 'supervision.read' },
  query: pageQuery.extend({ state: z.enum(states).optional(), urgency: z.enum(urgencies).optional(), mine: flag.optional(), overdue: flag.optional(), matterId: id.optional(), orderId: id.optional(), below: flag.optional() }), response: pageOf(row),
})
export const orderInstructionsRoute = describeRoute({ id: 'orderInstructions', method: 'GET', path: '/api/orders/:id/instructions', summary: '工单的领导批示', audience: 'staff', access: { permission: 'orders.read' }, params: one, response: z.object({ items: z.array(row), mayRequest: z.boolean(), mayIssue: z.boolean(), leaders: z.array(z.object({ id, name: z.string() })), units: z.array(z.object({ id, name: z.string() })), /** Who may be asked as the head; empty where the order may not go there (yet). */ heads: z.array(z.object({ id, name: z.string() })), headReason: z.string().nullable() }) })
export const requestInstructionRoute = describeRoute({
  id: 'requestInstruction', method: 'POST', path: '/api/orders/:id/instruction-requests', summary: '提请领导批示', audience: 'staff', access: { permission: 'supervision.requestInstruction' }, params: one, /** Without a leader the request goes up the chain, from the leader on duty. */
  body: z.object({ leaderId: id.optional(), /** To the head of government, who designates the unit. */ head: z.boolean().default(false), request: required(1000), urgency: z.enum(urgencies).default('normal'), fileIds: z.array(id).max(20).default([]) }), response: row,
})
/** Units owe a report until then; without units the centre's desks carry it out. */
const issue = z.object({ text: required(1000), urgency: z.enum(urgencies).default('normal'), unitIds: z.array(id).max(20).default([]), reportDueAt: instant.optional() })
export const issueInstructionRoute = describeRoute({ id: 'issueInstruction', method: 'POST', path: '/api/orders/:id/instructions', summary: '批示工单', audience: 'staff', access: { permission: 'supervision.instruct' }, params: one, body: issue, response: row })
export const answerInstructionRequestRoute = describeRoute({ id: 'answerInstructionRequest', method: 'POST', path: '/api/supervision/instructions/:id/issue', summary: '对提请作出批示', audience: 'staff', access: { anyOf: ['supervision.instruct', 'supervision.instructFirst'] }, params: one, body: issue, response: row })
export const referInstructionRoute = describeRoute({ id: 'referInstruction', method: 'POST', path: '/api/supervision/instructions/:id/refer', summary: '上送或退回提请的批示', audience: 'staff', access: { anyOf: ['supervision.instruct', 'supervision.instructFirst'] }, params: one, body: z.object({ outcome: z.enum(['passUp', 'return']), opinion: required(1000) }), response: row })
export const reportInstructionRoute = describeRoute({ id: 'reportInstruction', method: 'POST', path: '/api/supervision/instructions/:id/report', summary: '报告批示落实情况', audience: 'staff', access: { permission: 'supervision.answer' }, params: one, body: z.object({ content: required(2000), unitId: id.optional() }), response: row })
export const closeInstructionRoute = describeRoute({ id: 'closeInstruction', method: 'POST', path: '/api/supervision/instructions/:id/close', summary: '批示办结', audience: 'staff', access: { anyOf: ['supervision.instruct', 'supervision.requestInstruction'] }, params: one, response: row })
export const instructionStatsRoute = describeRoute({
  id: 'instructionStats', method: 'GET', path: '/api/supervision/instructions/stats', summary: '批示统计', audience: 'staff', access: { permission: 'supervision.read' },
  response: z.object({ states: z.array(z.object({ state: z.enum(states), name: z.string(), count: z.number().int() })), urgencies: z.array(z.object({ urgency: z.enum(urgencies), name: z.string(), count: z.number().int() })), matters: z.array(z.object({ matterId: id.nullable(), name: z.string(), count: z.number().int() })), overdue: z.number().int() }),
})

const focusRow = z.object({ orderId: id, number: z.string(), title: z.string(), state: z.string(), stateName: z.string(), unitName: z.string().nullable(), kind: z.enum(['leader', 'own']), userName: z.string(), note: z.string().nullable(), createdAt: instant, nextDueAt: instant.nullable() })
export const listFocusRoute = describeRoute({ id: 'listFocus', method: 'GET', path: '/api/supervision/focus', summary: '关注事项', audience: 'staff', access: { permission: 'supervision.read' }, query: pageQuery.extend({ list: z.enum(['mine', 'leaders']).default('mine') }), response: pageOf(focusRow.extend({ id })) })
export const orderFocusRoute = describeRoute({ id: 'orderFocus', method: 'GET', path: '/api/orders/:id/focus', summary: '工单的关注', audience: 'staff', access: { permission: 'orders.read' }, params: one, response: z.object({ mine: z.boolean(), leaders: z.array(z.string()) }) })
export const followOrderRoute = describeRoute({ id: 'followOrder', method: 'PUT', path: '/api/orders/:id/focus', summary: '关注工单', audience: 'staff', access: { permission: 'supervision.read' }, params: one, body: z.object({ note: z.string().trim().max(200).optional() }), response: orderFocusRoute.response })
export const unfollowOrderRoute = describeRoute({ id: 'unfollowOrder', method: 'DELETE', path: '/api/orders/:id/focus', summary: '取消关注', audience: 'staff', access: { permission: 'supervision.read' }, params: one, response: orderFocusRoute.response })
