// Commands from the server (and, for an agent's own calls, from the desk) to the exchange. Idempotent by commandId: the result is kept ten minutes.
import { z } from 'zod'
import { flow, simulatedCaller, simulatedStep, flowFinding, saying, transferTarget } from './flow.ts'
import { deployment, policy } from './policy.ts'

const id = z.string().min(1).max(64)
const reason = z.string().max(200).nullable().default(null)
/** The agent that acts; the server has checked the permission, the exchange checks that the act fits. */
const actor = { agent: id }
const number = z.string().regex(/^\+?[0-9*#]{2,20}$/)
/** What goes along with a call: shown to the receiver of a transfer, written into events, never read by the exchange. */
export const callContext = z.record(z.string().max(64), z.string().max(2000)).refine((c) => Object.keys(c).length <= 60, 'too many')

/** Acts on a call by one of its agents; the desk may send these itself over its socket (without `agent`, which is the socket's own). */
export const callAct = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answer'), ...actor }),
  z.object({ kind: z.literal('reject'), ...actor, reason }),
  z.object({ kind: z.literal('hangUp'), ...actor }),
  z.object({ kind: z.literal('hold'), ...actor }),
  z.object({ kind: z.literal('resume'), ...actor }),
  z.object({ kind: z.literal('mute'), ...actor }),
  z.object({ kind: z.literal('unmute'), ...actor }),
  z.object({ kind: z.literal('sendDigits'), ...actor, digits: z.string().regex(/^[0-9*#A-D]{1,32}$/) }),
  /** Blind transfer. Comes back to the agent when the target cannot be reached, unless the agent has taken another call: then to the queue it came from. */
  z.object({ kind: z.literal('transfer'), ...actor, to: transferTarget, reason, context: callContext.default({}) }),
  /** A second call of the agent, linked to this one, which is held. `consultComplete` connects, `consultCancel` returns, `consultJoin` makes three parties. */
  z.object({ kind: z.literal('consult'), ...actor, to: transferTarget, context: callContext.default({}) }),
  z.object({ kind: z.literal('consultComplete'), ...actor }),
  z.object({ kind: z.literal('consultCancel'), ...actor }),
  z.object({ kind: z.literal('consultJoin'), ...actor }),
  /** Takes a transferred call back while it still rings or waits (接回, also cancels a pending transfer). */
  z.object({ kind: z.literal('retrieve'), ...actor }),
  /** Third party. `legId` in the result; `dropParty` ends an invitation as well as a party. */
  z.object({ kind: z.literal('invite'), ...actor, to: transferTarget }),
  z.object({ kind: z.literal('dropParty'), ...actor, legId: id }),
  z.object({ kind: z.literal('park'), ...actor }),
  /** To the flow's survey and then end; for agents who ask for a rating. */
  z.object({ kind: z.literal('survey'), ...actor, flow: id }),
  z.object({ kind: z.literal('toVoicemail'), ...actor, box: id }),
  z.object({ kind: z.literal('setContext'), ...actor, context: callContext }),
])
export type CallAct = z.infer<typeof callAct>

/** Acts of an agent that are not about a call of his yet. */
export const agentAct = z.discriminatedUnion('kind', [
  /** `agent` dials; the call is told to him by `callArrived` (direction outbound). `displayed` must be a number of the tenant. `context` carries order and step. */
  z.object({ kind: z.literal('dial'), ...actor, to: transferTarget, displayed: z.string().max(24).nullable().default(null), context: callContext.default({}) }),
  z.object({ kind: z.literal('pickUp'), ...actor, extension: z.string().max(8).nullable() }),
  z.object({ kind: z.literal('unpark'), ...actor, slot: z.number().int().min(1).max(999) }),
  z.object({ kind: z.literal('setState'), ...actor, state: z.enum(['ready', 'busy', 'break', 'away', 'wrapUp']), minutes: z.number().min(0).max(480).nullable().default(null), reason }),
  z.object({ kind: z.literal('finishWrapUp'), ...actor }),
  z.object({ kind: z.literal('setQueues'), ...actor, queues: z.array(id).max(100) }),
  z.object({ kind: z.literal('setAnswerMode'), ...actor, mode: z.enum(['manual', 'automatic']) }),
  z.object({ kind: z.literal('signOut'), ...actor }),
])
export type AgentAct = z.infer<typeof agentAct>

/** Interventions (TEL-37, 38). `by` must be signed in with a media leg for the first five. */
export const intervention = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('listen'), by: id, reason }),
  z.object({ kind: z.literal('whisper'), by: id, reason }),
  z.object({ kind: z.literal('bargeIn'), by: id, reason }),
  z.object({ kind: z.literal('forceIn'), by: id, reason }),
  z.object({ kind: z.literal('takeOver'), by: id, reason }),
  z.object({ kind: z.literal('stopIntervention'), by: id, reason }),
  z.object({ kind: z.literal('forceOut'), by: id, reason }),
])
export type Intervention = z.infer<typeof intervention>

const manage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('forceBusy'), agent: id, by: id, reason }),
  z.object({ kind: z.literal('releaseForced'), agent: id, by: id, reason }),
  /** Running call goes to `standby` or back to its queue, in front. Locked until `releaseForced`. */
  z.object({ kind: z.literal('forceSignOut'), agent: id, by: id, reason, standby: id.nullable().default(null), lock: z.boolean() }),
  /** Shown on desks at the same moment; read receipts are the server's. */
  z.object({ kind: z.literal('notice'), agents: z.array(id).nullable(), queues: z.array(id).nullable(), noticeId: id, title: z.string().max(100), text: z.string().max(2000), until: z.number().int() }),
  /** Two-way call (TEL-04): both legs from the exchange, both see `displayed`. */
  z.object({ kind: z.literal('connectTwo'), first: number, second: number, displayed: z.string().max(24).nullable().default(null), context: callContext }),
  /** What the server knows of a caller, told as soon as it is found: points (0–1) for the order of waiting, a class if it is a higher one, a mark for the agent, variables for the flow (`caller.elderly`, `caller.speed`). */
  z.object({ kind: z.literal('callerKnown'), factors: z.record(z.string().max(32), z.number().min(0).max(1)), class: z.string().max(32).nullable(), mark: z.string().max(60).nullable(), reason, variables: z.record(z.string().regex(/^caller\.[a-z]{1,20}$/), z.string().max(100)) }),
  /** A robot call (TEL-46): `to` is called and, answered, goes through `flow` with `context` as its variables. What was keyed in comes back by `flowVariables` and in the context of `callEnded`. */
  z.object({ kind: z.literal('dialFlow'), to: number, flow: id, displayed: z.string().max(24).nullable().default(null), context: callContext }),
  z.object({ kind: z.literal('requestCallback'), queue: id, number, context: callContext }),
  z.object({ kind: z.literal('cancelCallback'), callbackId: id }),
  z.object({ kind: z.literal('moveWaiting'), queue: id, front: z.boolean() }),
  z.object({ kind: z.literal('setClass'), class: z.string().max(32), reason }),
  z.object({ kind: z.literal('forgetRecording'), recordingId: id }),
  z.object({ kind: z.literal('publishPolicy'), policy }),
  z.object({ kind: z.literal('deploy'), deployment }),
  z.object({ kind: z.literal('checkFlow'), flow, /** flows and queues it may name besides the published ones */ with: z.object({ flows: z.array(id), queues: z.array(id) }).default({ flows: [], queues: [] }) }),
  z.object({ kind: z.literal('simulateFlow'), flow, caller: simulatedCaller }),
  /** Plays a sequence to an agent's headset (editor: 试听). */
  z.object({ kind: z.literal('preview'), agent: id, say: z.array(saying).min(1).max(20) }),
  /** Everything live of the tenant: calls, agents, queues, trunks, as `liveState`. */
  z.object({ kind: z.literal('readLive') }),
])
/** What the server may order besides acts of agents and interventions. */
export type Management = z.infer<typeof manage>

export const engineCommand = z.object({
  commandId: z.string().min(8).max(64),
  tenant: z.string().min(1).max(64),
  /** The call it is about; null for those about none. */
  callId: z.string().max(64).nullable(),
  act: z.union([callAct, agentAct, intervention, manage]),
})
export type EngineCommand = z.infer<typeof engineCommand>
export type EngineAct = EngineCommand['act']

/**
 * Result of a command. 200 done or begun · 202 known already (same commandId, `data` of the first) · 400 malformed · 403 function missing, number barred ·
 * 404 no such call, agent, target · 409 does not fit the state (ended call, agent busy) · 422 rule (`code` says which) · 503 media or trunk cannot now.
 */
export const commandResult = z.object({
  commandId: z.string(), status: z.number().int(),
  /** Stable word: `callEnded`, `notYourCall`, `wrongState`, `barred`, `noFunction`, `unknownQueue`, `agentNotReady`, `noMicrophone`, `locked`, `signedInElsewhere`, `missingFiles` … */
  code: z.string().nullable(), detail: z.string().nullable(),
  /** `dial`, `consult`, `dialFlow`: {callId}; `invite`: {legId}; `park`: {slot}; `publishPolicy`: {number} or {missing: sha256[]}; `checkFlow`: {findings}; `simulateFlow`: {steps}; `readLive`: live state; `requestCallback`: {callbackId}. */
  data: z.record(z.string(), z.unknown()).nullable(),
})
export type CommandResult = z.infer<typeof commandResult>
export const checkFlowData = z.object({ findings: z.array(flowFinding) })
export const simulateFlowData = z.object({ steps: z.array(simulatedStep) })
