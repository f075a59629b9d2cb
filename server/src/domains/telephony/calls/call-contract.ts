// Call records as routes (TEL-48), calls of an order (TEL-43), calls owed to somebody.
import { z } from 'zod'
import { flag, id, instant, listOf, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const read = { permission: 'telephony.calls' } as const
const one = z.object({ id })

export const callRow = z.object({
  id, startedAt: instant, direction: z.string(), directionName: z.string(), state: z.string(), stateName: z.string(), phone: z.string().nullable(), called: z.string().nullable(), carrier: z.string().nullable(), area: z.string().nullable(),
  queueId: id.nullable(), queueName: z.string().nullable(), waitMs: z.number().int().nullable(), class: z.string().nullable(), className: z.string().nullable(), listKind: z.string().nullable(), agentId: id.nullable(), agentName: z.string().nullable(), answeredAt: instant.nullable(), endedAt: instant.nullable(), talkMs: z.number().int().nullable(),
  endCause: z.string().nullable(), endCauseName: z.string().nullable(), hungUpBy: z.string().nullable(), rating: z.number().int().nullable(), recorded: z.boolean(), orders: z.array(z.object({ id, number: z.string(), title: z.string() })), ringBack: z.string().nullable(), ringBackByName: z.string().nullable(), mayDial: z.boolean(), draftId: id.nullable(), /** an agent sat outside the centre's network */ remote: z.boolean(),
})
export const callFilter = z.object({
  direction: z.enum(['inbound', 'outbound', 'internal']).optional(), state: listOf(z.string().max(20)).optional(), queueId: id.optional(), agentId: id.optional(), endCause: listOf(z.string().max(30)).optional(), class: z.string().max(30).optional(), called: z.string().trim().max(30).optional(),
  answered: flag.optional(), recorded: flag.optional(), ringBack: z.enum(['open', 'done', 'dropped']).optional(), rating: z.coerce.number().int().min(0).max(9).optional(), mine: flag.optional(), from: instant.optional(), to: instant.optional(),
  /** A whole number, its last four digits, or an order number. */
  q: z.string().trim().max(40).optional(),
})
export const listCalls = describeRoute({ id: 'listCalls', method: 'GET', path: '/api/telephony/calls', summary: '话单', audience: 'staff', access: read, query: pageQuery.extend(callFilter.shape), response: pageOf(callRow) })

const legRow = z.object({ id, party: z.string(), name: z.string(), userId: id.nullable(), startedAt: instant, answeredAt: instant.nullable(), endedAt: instant.nullable(), cause: z.string().nullable() })
const recordingBrief = z.object({ id, segment: z.number().int(), kind: z.string(), state: z.string(), stateName: z.string(), offsetMs: z.number().int(), ms: z.number().int().nullable(), mayPlay: z.boolean(), mayDownload: z.boolean() })
export const showCall = describeRoute({
  id: 'showCall', method: 'GET', path: '/api/telephony/calls/:id', summary: '通话详情', audience: 'staff', access: read, params: one,
  response: callRow.extend({
    path: z.array(z.object({ name: z.string(), key: z.string().nullable(), outcome: z.string(), at: z.number().int() })), legs: z.array(legRow), recordings: z.array(recordingBrief), collected: z.array(z.object({ key: z.string(), value: z.string() })), classReason: z.string().nullable(), linkedCallId: id.nullable(),
    handovers: z.array(z.object({ id, at: instant, fromName: z.string(), toName: z.string(), reason: z.string().nullable(), result: z.string(), resultReason: z.string().nullable(), package: z.record(z.string(), z.string()) })),
    interventions: z.array(z.object({ id, at: instant, kind: z.string(), kindName: z.string(), actorName: z.string(), targetName: z.string(), reason: z.string() })),
    /** The worst of each side: packets lost, jitter, delay (ms), loudest level (dBov). */
    quality: z.array(z.object({ agent: z.boolean(), name: z.string().nullable(), lossPercent: z.number(), jitterMs: z.number(), delayMs: z.number(), level: z.number() })),
    log: z.array(z.object({ at: instant, kind: z.string(), text: z.string() })), mayReveal: z.boolean(),
  }),
})
export const revealNumber = describeRoute({ id: 'revealCallNumber', method: 'POST', path: '/api/telephony/calls/:id/reveal', summary: '查看来电号码原文', audience: 'staff', access: { permission: 'telephony.reveal' }, secret: true, audit: false, params: one, body: z.object({ reason: z.string().trim().min(1, '请填写原因').max(200) }), response: z.object({ value: z.string() }) })
export const orderCalls = describeRoute({
  id: 'orderCalls', method: 'GET', path: '/api/orders/:id/calls', summary: '工单的通话与录音', audience: 'staff', access: { permission: 'orders.read' }, params: one,
  response: z.object({ items: z.array(callRow.extend({ step: z.string(), stepName: z.string(), kind: z.string(), unitName: z.string().nullable(), userName: z.string(), recordings: z.array(recordingBrief), hidden: z.boolean() })), mayDial: z.boolean(), dialReason: z.string().nullable() }),
})
export const linkOrder = describeRoute({ id: 'linkCallOrder', method: 'POST', path: '/api/telephony/calls/:id/orders', summary: '通话关联工单', audience: 'staff', access: read, params: one, body: z.object({ number: z.string().trim().min(4, '请填写工单号').max(40) }), response: callRow })
/** Nobody needs to be rung back any more. */
export const dropRingBack = describeRoute({ id: 'dropRingBack', method: 'POST', path: '/api/telephony/calls/:id/ring-back', summary: '取消待回电', audience: 'staff', access: { anyOf: ['telephony.dial', 'telephony.monitor'] }, params: one, body: z.object({ reason: z.string().trim().min(1, '请填写原因').max(200) }), response: callRow })
