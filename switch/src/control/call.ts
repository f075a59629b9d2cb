// A call: its states and the table of moves between them, its parties, and what others see of it.
import type { CallState, CallView, EndCause, PartyRole, TransferTarget } from '../engine-port.ts'
import type { FlowRun } from './flow-run.ts'
import type { Trouble, Values } from './quality.ts'

export type Party = {
  leg: string
  role: PartyRole
  agent: string | null
  number: string | null
  name: string | null
  state: 'dialling' | 'ringing' | 'up' | 'detached' | 'ended'
  /** A desk's standing leg: stays when the call goes. */
  nailed: boolean
  purpose: 'caller' | 'offer' | 'dial' | 'invite' | 'transfer' | 'consult' | 'monitor'
  muted: boolean
  mode: 'talk' | 'listen' | 'whisper'
  startedAt: number
  upAt: number | null
  trunk: string | null
  /** Why this agent is rung: strategy and figures. */
  why: { pick: string, rule?: string, score: Record<string, number> } | null
  /** The worst that was measured, and what is wrong now. */
  quality?: Values & { quiet: number, trouble: Trouble | null }
}

export type Call = {
  id: string
  policy: number
  direction: 'inbound' | 'outbound' | 'internal'
  kind: 'voice' | 'callback' | 'twoWay' | 'consult' | 'robot'
  state: CallState
  since: number
  startedAt: number
  answeredAt: number | null
  from: string
  to: string
  hidden: boolean
  serviceNumber: string | null
  class: string
  marks: string[]
  lists: string[]
  language: string
  factors: Record<string, number>
  needs: string[]
  context: Record<string, string>
  parties: Party[]
  flow: FlowRun | null
  queue: { queue: string, enteredAt: number, since: number, missedBy: string[], front: boolean, step: number, offering: 'no' | 'asking' | 'number' | 'taken', digits: string, outAt: number | null } | null
  /** The last queue that gave it to an agent: wrap-up, survey, way back. */
  lastQueue: string | null
  agent: string | null
  recording: { id: string, segment: number, startedAt: number, sides: string, box: string | null, live: boolean } | null
  segments: number
  /** Those who look after lines know already how it sounds. */
  alarmed?: boolean
  held: { by: 'agent' | 'far', since: number } | null
  /** Recording notice and staff number are being said; talking begins after. */
  notice: string | null
  slot: number | null
  transfer: { from: string | null, to: TransferTarget, since: number, reason: string | null } | null
  linkedTo: string | null
  /** Who is called once the first party is there. */
  dial: { number: string, extension: boolean, from: string } | null
  /** What the server knows of the caller, as variables of its flows. */
  known?: Record<string, string>
  /** The flow that the called person enters on answering. */
  enters?: string
  mix: string
  play: string | null
  callbackId: string | null
  sums: { ivr: number, queued: number, ringing: number, talking: number, held: number }
  path: string[]
  agents: string[]
  queues: string[]
  timers: Record<string, number>
  cause: EndCause | null
}

/** Moves of TEL-03. A move that is not here is a fault of ours: it is counted, and tests fail on it. */
export const moves: Record<CallState, readonly CallState[]> = {
  arriving: ['ivr', 'queued', 'ringing', 'dialling', 'talking', 'ended'],
  ivr: ['queued', 'ringing', 'dialling', 'voicemail', 'ended'],
  queued: ['ivr', 'ringing', 'talking', 'voicemail', 'dialling', 'ended'],
  ringing: ['queued', 'ivr', 'talking', 'voicemail', 'dialling', 'ended'],
  dialling: ['talking', 'queued', 'ringing', 'ivr', 'held', 'ended'],
  talking: ['held', 'parked', 'queued', 'ringing', 'dialling', 'survey', 'voicemail', 'ended'],
  held: ['talking', 'parked', 'queued', 'ringing', 'dialling', 'survey', 'voicemail', 'ended'],
  parked: ['talking', 'ringing', 'queued', 'ended'],
  survey: ['ended'],
  voicemail: ['ivr', 'ended'],
  ended: [],
}

/** Not ended. */
export const live = (call: Call): Party[] => call.parties.filter((p) => p.state !== 'ended')
/** Talking or about to be put back: what keeps a conversation alive. Monitors do not. */
export const up = (call: Call): Party[] => call.parties.filter((p) => (p.state === 'up' || p.state === 'detached') && p.role !== 'monitor')
export const pending = (call: Call): Party[] => call.parties.filter((p) => p.state === 'dialling' || p.state === 'ringing')
export const partyOf = (call: Call, agent: string): Party | undefined => call.parties.findLast((p) => p.agent === agent && p.state !== 'ended')
export const byLeg = (call: Call, leg: string): Party | undefined => call.parties.findLast((p) => p.leg === leg && p.state !== 'ended')
export const outside = (call: Call): Party | undefined => call.parties.find((p) => p.role === 'outside' && p.state !== 'ended')

/** What desks, monitors and the server see. */
export const viewCall = (c: Call): CallView => ({
  callId: c.id, direction: c.direction, kind: c.kind, state: c.state, since: c.since, startedAt: c.startedAt, answeredAt: c.answeredAt, from: c.hidden ? '' : c.from, to: c.to, serviceNumber: c.serviceNumber,
  class: c.class, marks: c.marks, language: c.language, queue: c.queue?.queue ?? c.lastQueue, agent: c.agent, linkedTo: c.linkedTo, recordingId: c.recording?.id ?? null, context: c.context, slot: c.slot,
  parties: c.parties.slice(-20).map((p) => ({ legId: p.leg, role: p.role, state: p.state, agent: p.agent, number: p.number, name: p.name, muted: p.muted, mode: p.mode })),
})
