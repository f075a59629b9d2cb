// What orders tell the rest of the house. Every event carries the order's number and title, so that a notice needs no second look.
import { z } from 'zod'
import { defineEvent } from '../../kernel/events/event.ts'

const order = { orderId: z.string(), number: z.string(), title: z.string() }
const assignments = z.array(z.object({ id: z.string(), unitId: z.string(), role: z.string() }))

export const orderRegistered = defineEvent('order.registered', z.object({ ...order, channel: z.string(), muted: z.boolean().optional(), draftId: z.string().optional(), sameCallAs: z.string().optional() }), 'orderId')
export const orderReturnedToAgent = defineEvent('order.returnedToAgent', z.object({ ...order, agentId: z.string().nullable(), opinion: z.string() }), 'orderId')
export const orderDispatched = defineEvent('order.dispatched', z.object({ ...order, assignments, urgency: z.string() }), 'orderId')
export const assignmentSigned = defineEvent('order.assignmentSigned', z.object({ ...order, assignmentId: z.string(), unitId: z.string(), auto: z.boolean() }), 'orderId')
export const assignmentCancelled = defineEvent('order.assignmentCancelled', z.object({ ...order, assignments, reason: z.string() }), 'orderId')
export const feedbackSubmitted = defineEvent('order.feedbackSubmitted', z.object({ ...order, assignmentId: z.string(), unitId: z.string(), parentUnitId: z.string().nullable(), kind: z.string() }), 'orderId')
export const feedbackSentBack = defineEvent('order.feedbackSentBack', z.object({ ...order, assignmentId: z.string(), unitId: z.string(), opinion: z.string() }), 'orderId')
export const orderResultReady = defineEvent('order.resultReady', z.object(order), 'orderId')
export const orderResultAccepted = defineEvent('order.resultAccepted', z.object({ ...order, round: z.number(), callbackOwed: z.boolean() }), 'orderId')
export const orderResultReturned = defineEvent('order.resultReturned', z.object({ ...order, opinion: z.string(), assignments }), 'orderId')
export const orderClosed = defineEvent('order.closed', z.object({ ...order, closeKind: z.string() }), 'orderId')
export const orderArchived = defineEvent('order.archived', z.object({ ...order, closeKind: z.string() }), 'orderId')
export const orderWithdrawn = defineEvent('order.withdrawn', z.object({ ...order, reason: z.string() }), 'orderId')
export const orderRedone = defineEvent('order.redone', z.object({ ...order, round: z.number(), reason: z.string(), assignments }), 'orderId')
export const orderSupplemented = defineEvent('order.supplemented', z.object({ ...order, supplementId: z.string(), content: z.string() }), 'orderId')
export const returnRequested = defineEvent('order.returnRequested', z.object({ ...order, requestId: z.string(), stage: z.string(), unitId: z.string(), unitName: z.string().default(''), /** Why the unit gives it back, with its class: for those who decide. */ reason: z.string().default('') }), 'orderId')
export const returnDecided = defineEvent('order.returnDecided', z.object({ ...order, requestId: z.string(), outcome: z.string(), unitId: z.string(), opinion: z.string() }), 'orderId')
export const extensionDecided = defineEvent('order.extensionDecided', z.object({ ...order, requestId: z.string(), approved: z.boolean(), unitId: z.string(), assignmentId: z.string() }), 'orderId')
export const orderTransferred = defineEvent('order.transferred', z.object({ ...order, toTenantId: z.string(), toOrderId: z.string() }), 'orderId')
export const upperOrderSigned = defineEvent('order.upperSigned', z.object({ ...order, platform: z.string(), upperNumber: z.string(), rule: z.string().nullable() }), 'orderId')

export const orderEvents = [
  orderRegistered, orderReturnedToAgent, orderDispatched, assignmentSigned, assignmentCancelled, feedbackSubmitted, feedbackSentBack, orderResultReady, orderResultAccepted, orderResultReturned,
  orderClosed, orderArchived, orderWithdrawn, orderRedone, orderSupplemented, returnRequested, returnDecided, extensionDecided, orderTransferred, upperOrderSigned,
]
