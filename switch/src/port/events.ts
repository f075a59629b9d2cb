// What happened, as the exchange journals and tells it: at least once, in order of (epoch, seq), kept until acknowledged.
import { z } from 'zod'
import { agentState, endCause, partyRole } from './live.ts'

const text = z.string()
const nullable = z.string().nullable()
const count = z.number().int()
const context = z.record(z.string(), z.string())
const party = { legId: text, role: partyRole, agent: nullable, number: nullable }

/** Data of each kind. Times are ms since 1970, lengths ms. Numbers are E.164 without `+`; extensions as they are. */
export const eventData = {
  callArrived: z.object({ direction: z.enum(['inbound', 'outbound', 'internal']), kind: z.enum(['voice', 'callback', 'twoWay', 'consult', 'robot']), from: text, to: text, hidden: z.boolean(), serviceNumber: nullable, trunk: nullable, policy: count, agent: nullable, linkedTo: nullable, context }),
  /** Lists and class found on arrival, or changed later; `reason` names list entry, rule or person. */
  callScreened: z.object({ class: text, reason: text, marks: z.array(text), lists: z.array(z.object({ list: text, entry: text })) }),
  callIntercepted: z.object({ rule: text, action: text, number: text, calls: count.nullable() }),
  /** One step of the IVR path. `key`: what was pressed (`secret` inputs as `•`), `wrong`/`silence` counted steps too. */
  flowStep: z.object({ flow: text, version: count, node: text, nodeKind: text, name: text, outcome: text, key: nullable }),
  flowVariables: z.object({ flow: text, values: context }),
  callRated: z.object({ flow: text, key: text, value: count, agent: nullable }),
  messageAsked: z.object({ template: text, number: text, values: context }),
  callQueued: z.object({ queue: text, class: text, position: count, expectedMs: count, from: z.enum(['flow', 'number', 'transfer', 'lostSeat', 'missed', 'overflow', 'callback']), keeps: count.nullable() }),
  callUnqueued: z.object({ queue: text, waitedMs: count, why: z.enum(['offered', 'answered', 'abandoned', 'timeout', 'full', 'noAgents', 'key', 'overflow', 'callback', 'voicemail', 'moved', 'ended']) }),
  queueOverflowed: z.object({ queue: text, to: text, step: count, waiting: count, averageMs: count, over: z.boolean() }),
  /** Rings at an agent: the pop-up. `why`: strategy and the figures that decided. */
  callOffered: z.object({ agent: text, queue: nullable, legId: text, waitedMs: count, from: text, class: text, marks: z.array(text), language: text, path: z.array(text), why: z.object({ pick: text, /** the queue's rule that held */ rule: text.optional(), score: z.record(z.string(), z.number()) }), context }),
  offerEnded: z.object({ agent: text, queue: nullable, how: z.enum(['missed', 'rejected', 'withdrawn', 'failed', 'answeredElsewhere']), rangMs: count }),
  callAnswered: z.object({ agent: nullable, legId: text, queue: nullable, waitedMs: count, rangMs: count }),
  callProgress: z.object({ ...party, state: z.enum(['dialling', 'ringing', 'early']) }),
  callHeld: z.object({ agent: nullable, by: z.enum(['agent', 'far']) }),
  callResumed: z.object({ agent: nullable, by: z.enum(['agent', 'far']), heldMs: count }),
  partyMuted: z.object({ ...party, muted: z.boolean() }),
  partyJoined: z.object({ ...party, mode: z.enum(['talk', 'listen', 'whisper']) }),
  partyLeft: z.object({ ...party, cause: endCause, by: z.enum(['far', 'near', 'media']), status: count.nullable(), trunk: nullable }),
  callParked: z.object({ slot: count, agent: nullable }),
  callUnparked: z.object({ slot: count, agent: nullable, how: z.enum(['taken', 'timeout']) }),
  callTransferred: z.object({ from: nullable, to: z.object({ kind: text, id: text }), how: z.enum(['begun', 'completed', 'failed', 'retrieved']), reason: nullable, context }),
  consultBegan: z.object({ call: text, agent: text, to: z.object({ kind: text, id: text }) }),
  seatLost: z.object({ agent: text, legId: text, detachedAt: count }),
  seatBack: z.object({ agent: text, legId: text, afterMs: count }),
  intervened: z.object({ kind: text, by: text, agent: nullable, reason: nullable }),
  contextSet: z.object({ agent: nullable, context }),
  callEnded: z.object({ cause: endCause, by: z.enum(['caller', 'agent', 'third', 'exchange', 'media']), startedAt: count, answeredAt: count.nullable(), ivrMs: count, waitedMs: count, rangMs: count, talkMs: count, heldMs: count, agents: z.array(text), queues: z.array(text), path: z.array(text), class: text, context }),
  recordingStarted: z.object({ recordingId: text, segment: count, kind: z.enum(['call', 'voicemail']), agent: nullable, box: nullable }),
  /** Fetch with GET `/recordings/<recordingId>`, then `forgetRecording`. `offsetMs`: where the file begins in the call. */
  recordingReady: z.object({ recordingId: text, segment: count, kind: z.enum(['call', 'voicemail']), ms: count, bytes: count, sha256: text, offsetMs: count, agents: z.array(text), box: nullable, number: nullable, repaired: z.boolean() }),
  recordingFailed: z.object({ recordingId: text, kind: z.enum(['call', 'voicemail']), reason: text }),
  agentSignedIn: z.object({ agent: text, sessionId: text, device: z.enum(['browser', 'phone']), queues: z.array(text), remote: z.boolean() }),
  agentSignedOut: z.object({ agent: text, sessionId: text, reason: text, by: nullable, calls: count, talkMs: count }),
  /** Every change; `was` and its length make the state entry. */
  agentState: z.object({ agent: text, sessionId: text, state: agentState, was: agentState, wasMs: count, reason: nullable, by: nullable, until: count.nullable(), call: nullable }),
  agentQueues: z.object({ agent: text, sessionId: text, queues: z.array(text) }),
  callbackAsked: z.object({ callbackId: text, queue: text, number: text, asked: z.enum(['caller', 'server']), position: count }),
  callbackEnded: z.object({ callbackId: text, queue: text, how: z.enum(['connected', 'notReached', 'cancelled', 'replaced']), attempts: count, call: nullable }),
  /** The exchange cannot keep a promise; a person must ring back (lost seat, engine failure, voicemail lost). */
  dialTaskNeeded: z.object({ number: text, reason: z.enum(['lostSeat', 'engineFailure', 'voicemailLost']), agent: nullable, context }),
  /** Dialling refused: barred, unknown, no function. Logged as TEL-34 wants. */
  dialRefused: z.object({ agent: nullable, number: text, code: text, during: text }),
  trunkState: z.object({ trunk: text, state: z.enum(['up', 'down']), reason: nullable, channels: count }),
  extensionState: z.object({ user: text, registered: z.boolean(), contact: nullable }),
  mediaQuality: z.object({ legId: text, lossPercent: z.number(), jitterMs: z.number(), delayMs: z.number(), level: z.number(), agent: nullable }),
  alarm: z.object({ alarm: text, detail: text, over: z.boolean() }),
  engineStarted: z.object({ restored: count, ended: count, downMs: count }),
  policyTaken: z.object({ policy: count }),
} as const
export type EventKind = keyof typeof eventData
export type EventData<K extends EventKind> = z.infer<(typeof eventData)[K]>

/** What every event carries. `epoch` changes when the journal is begun anew, `seq` rises by one inside it; `at` is milliseconds since 1970. */
export const engineEventHeader = z.object({
  epoch: z.string(),
  seq: z.number().int().positive(),
  tenant: z.string(),
  callId: z.string().nullable(),
  at: z.number().int(),
})
export type EngineEventHeader = z.infer<typeof engineEventHeader>
/** An event with its data by kind. */
export type EngineEvent = { [K in EventKind]: EngineEventHeader & { kind: K, data: EventData<K> } }[EventKind]
/** An event of one kind. */
export type EngineEventOf<K extends EventKind> = Extract<EngineEvent, { kind: K }>

/**
 * Reads an event from the wire.
 * @returns the event, or why it is none (unknown kinds of a newer exchange give `unknownKind`: acknowledge and log them).
 */
export function readEngineEvent(input: unknown): { event: EngineEvent } | { error: 'unknownKind' | 'malformed', detail: string } {
  const header = engineEventHeader.extend({ kind: z.string(), data: z.unknown() }).safeParse(input)
  if (!header.success) return { error: 'malformed', detail: z.prettifyError(header.error) }
  const kind = header.data.kind
  if (!isEventKind(kind)) return { error: 'unknownKind', detail: kind }
  const data = eventData[kind].safeParse(header.data.data)
  if (!data.success) return { error: 'malformed', detail: `${kind}: ${z.prettifyError(data.error)}` }
  // The pair of kind and data was checked together just above; TypeScript cannot follow the look-up.
  return { event: { ...header.data, kind, data: data.data } as EngineEvent }
}
/** Whether a word is a kind of event. */
export const isEventKind = (kind: string): kind is EventKind => Object.hasOwn(eventData, kind)
