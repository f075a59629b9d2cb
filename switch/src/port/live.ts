// What is live, as the exchange shows it: to the server on `readLive` and as unjournalled `live` messages each second, to desks for their own calls.
import { z } from 'zod'

export const callState = z.enum(['arriving', 'ivr', 'queued', 'ringing', 'dialling', 'talking', 'held', 'parked', 'survey', 'voicemail', 'ended'])
export type CallState = z.infer<typeof callState>
export const agentState = z.enum(['signedOut', 'ready', 'reserved', 'ringing', 'dialling', 'talking', 'wrapUp', 'busy', 'break', 'away', 'forcedBusy', 'abnormal'])
export type AgentState = z.infer<typeof agentState>
/** End causes of TEL-03. */
export const endCause = z.enum(['normal', 'abandonedInIvr', 'abandonedInQueue', 'abandonedRinging', 'noAnswer', 'busy', 'refused', 'invalidNumber', 'intercepted', 'overflowed', 'queueCallback', 'voicemail', 'trunkFailure', 'engineFailure', /* no sound and no answer to a question any more */ 'lostSound', 'forced', 'cancelled'])
export type EndCause = z.infer<typeof endCause>
export const partyRole = z.enum(['outside', 'agent', 'third', 'monitor'])
export type PartyRole = z.infer<typeof partyRole>

export const partyView = z.object({
  legId: z.string(), role: partyRole, state: z.enum(['dialling', 'ringing', 'up', 'detached', 'ended']),
  agent: z.string().nullable(), number: z.string().nullable(), name: z.string().nullable(), muted: z.boolean(), mode: z.enum(['talk', 'listen', 'whisper']),
})
export const callView = z.object({
  callId: z.string(), direction: z.enum(['inbound', 'outbound', 'internal']), kind: z.enum(['voice', 'callback', 'twoWay', 'consult', 'robot']), state: callState, since: z.number().int(), startedAt: z.number().int(), answeredAt: z.number().int().nullable(),
  from: z.string(), to: z.string(), serviceNumber: z.string().nullable(), class: z.string(), marks: z.array(z.string()), language: z.string(),
  queue: z.string().nullable(), agent: z.string().nullable(), linkedTo: z.string().nullable(), parties: z.array(partyView), recordingId: z.string().nullable(), context: z.record(z.string(), z.string()), slot: z.number().int().nullable(),
})
export type CallView = z.infer<typeof callView>

export const agentView = z.object({
  agent: z.string(), sessionId: z.string(), state: agentState, since: z.number().int(), reason: z.string().nullable(), until: z.number().int().nullable(), callId: z.string().nullable(),
  device: z.enum(['browser', 'phone']), connected: z.boolean(), queues: z.array(z.string()), answerMode: z.enum(['manual', 'automatic']), callsToday: z.number().int(), talkMsToday: z.number().int(), missed: z.number().int(), /** state asked for during a call, taken afterwards */ next: agentState.nullable(),
  /** Why somebody who is ready cannot be rung all the same: no page, no microphone, no sound connection, no queue. Whoever shows `ready` shows this. */
  lacks: z.enum(['page', 'microphone', 'sound', 'queue']).nullable().default(null),
})
export type AgentView = z.infer<typeof agentView>

export const queueView = z.object({
  queue: z.string(), waiting: z.number().int(), longestMs: z.number().int(), averageMs: z.number().int(), expectedMs: z.number().int(), ready: z.number().int(), talking: z.number().int(), busy: z.number().int(), callbacks: z.number().int(),
  /** since midnight of the tenant */ today: z.object({ offered: z.number().int(), answered: z.number().int(), abandoned: z.number().int(), withinLevel: z.number().int() }), overflowing: z.boolean(),
})
export type QueueView = z.infer<typeof queueView>
export const trunkView = z.object({ trunk: z.string(), state: z.enum(['up', 'down', 'unknown']), channels: z.number().int(), reason: z.string().nullable() })
export const liveState = z.object({ at: z.number().int(), calls: z.array(callView), agents: z.array(agentView), queues: z.array(queueView), trunks: z.array(trunkView), extensions: z.array(z.object({ user: z.string(), registered: z.boolean() })) })
export type LiveState = z.infer<typeof liveState>
