// Everything live of one tenant, and one turn of it: a turn owns copies of what it changes, collects effects, and leaves what was there before untouched.
import type { CallState, CommandResult, EndCause, EventData, EventKind, ToDesk } from '../engine-port.ts'
import type { MediaOrder, Sound } from '../media-port.ts'
import { type Agent, type AgentInput, stepAgent } from './agent.ts'
import { type Call, type Party, moves } from './call.ts'
import type { PolicyIndex } from './policy-index.ts'

export type Callback = { id: string, queue: string, number: string, class: string, enteredAt: number, asked: 'caller' | 'server', context: Record<string, string>, attempts: number, nextAt: number, call: string | null }
export type QueueLive = { waiting: string[], after: string | null, handleMs: number, overflowing: number, today: { day: number, offered: number, answered: number, abandoned: number, withinLevel: number } }
export type World = {
  tenant: string
  index: PolicyIndex | null
  /** Policies that calls still run under, by number. */
  indexes: Map<number, PolicyIndex>
  calls: Map<string, Call>
  agents: Map<string, Agent>
  /** Leg → call, or `@agent` for a desk's standing leg. */
  legs: Map<string, string>
  queues: Map<string, QueueLive>
  callbacks: Map<string, Callback>
  slots: Map<number, string>
  /** Arrivals of the last hour by number. */
  recent: Map<string, number[]>
  lastAgents: Map<string, { agent: string, at: number }>
  tally: Map<string, { day: number, calls: number, talkMs: number }>
  locked: Set<string>
  /** Ended calls by id, for commands that come late. */
  ended: Map<string, number>
  extensions: Map<string, boolean>
  trunks: Map<string, { state: 'up' | 'down', channels: number, most: number, reserved: number, reason: string | null }>
  newId: () => string
  /** Moves that the table does not know; stays empty. */
  badMoves: string[]
  /** Nothing new begins: calls that run go on, call-backs wait. */
  draining: boolean
}
export type Effect =
  | { to: 'media', order: MediaOrder }
  | { to: 'event', callId: string | null, kind: EventKind, data: EventData<EventKind> }
  | { to: 'desk', agent: string, message: ToDesk }
  | { to: 'http', call: string, method: 'GET' | 'POST', url: string, body: Record<string, string> | null, take: Record<string, string>, hosts: string[] }
export type Turn = { w: World, now: number, effects: Effect[], calls: Set<string>, agents: Set<string>, callbacks: Set<string>, assign: boolean }

/** An empty world; `newId` makes UUIDv7 in the exchange and counted ids in simulations. */
export const newWorld = (tenant: string, newId: () => string): World => ({
  tenant, index: null, indexes: new Map(), calls: new Map(), agents: new Map(), legs: new Map(), queues: new Map(), callbacks: new Map(), slots: new Map(), recent: new Map(),
  lastAgents: new Map(), tally: new Map(), locked: new Set(), ended: new Map(), extensions: new Map(), trunks: new Map(), newId, badMoves: [], draining: false,
})
export const newTurn = (w: World, now: number): Turn => ({ w, now, effects: [], calls: new Set(), agents: new Set(), callbacks: new Set(), assign: false })

/** The call as this turn's own copy. */
export function own(t: Turn, id: string | null | undefined): Call | undefined {
  if (!id) return undefined
  const call = t.w.calls.get(id)
  if (!call || t.calls.has(id)) return call
  const copy: Call = { ...call, parties: call.parties.map((p) => ({ ...p })), queue: call.queue ? { ...call.queue } : null, recording: call.recording ? { ...call.recording } : null, sums: { ...call.sums }, timers: { ...call.timers }, context: { ...call.context }, factors: { ...call.factors } }
  t.w.calls.set(id, copy)
  t.calls.add(id)
  return copy
}
export const media = (t: Turn, order: MediaOrder): void => { t.effects.push({ to: 'media', order }) }
export function emit<K extends EventKind>(t: Turn, callId: string | null, kind: K, data: EventData<K>): void {
  t.effects.push({ to: 'event', callId, kind, data: data as EventData<EventKind> })
}
export const desk = (t: Turn, agent: string, message: ToDesk): void => { t.effects.push({ to: 'desk', agent, message }) }

/** Policy that a call runs under, or today's. */
export function indexOf(t: Turn, call?: Call): PolicyIndex {
  const index = (call ? t.w.indexes.get(call.policy) : undefined) ?? t.w.index
  if (!index) throw new Error(`tenant ${t.w.tenant} has no policy`)
  return index
}

const summed: Partial<Record<CallState, keyof Call['sums']>> = { ivr: 'ivr', queued: 'queued', ringing: 'ringing', talking: 'talking', held: 'held' }
/** Moves a call, adding the time in the state it leaves. */
export function move(t: Turn, call: Call, state: CallState): void {
  if (call.state === state) return
  if (!moves[call.state].includes(state) && t.w.badMoves.length < 100) t.w.badMoves.push(`${call.id}: ${call.state} → ${state}`)
  const key = summed[call.state]
  if (key) call.sums[key] += t.now - call.since
  call.state = state
  call.since = t.now
}

export const timer = (t: Turn, call: Call, name: string, ms: number | null): void => {
  if (ms === null) delete call.timers[name]
  else call.timers[name] = t.now + ms
}

/** Steps an agent; tells the change; a refusal returns its word. */
export function step(t: Turn, id: string, input: AgentInput, by: string | null = null): string | null {
  const before = t.w.agents.get(id)
  if (!before) return 'notSignedIn'
  const done = stepAgent(before, input, t.now)
  if ('refused' in done) return done.refused
  putAgent(t, done.agent)
  if (done.agent.state !== before.state) {
    emit(t, done.agent.callId, 'agentState', { agent: id, sessionId: before.sessionId, state: done.agent.state, was: before.state, wasMs: t.now - before.since, reason: done.agent.reason, by, until: done.agent.until, call: done.agent.callId })
  }
  setAgentTimers(t, done.agent)
  return null
}
/** Stores an agent (already a copy) and looks whether a call can be given now. */
export function putAgent(t: Turn, agent: Agent): void {
  t.w.agents.set(agent.id, agent)
  t.agents.add(agent.id)
  if (agent.state === 'ready') t.assign = true
}
function setAgentTimers(t: Turn, agent: Agent): void {
  const timers = { ...agent.timers }
  delete timers.wrapUp
  delete timers.break
  if (agent.state === 'wrapUp' && agent.until !== null) timers.wrapUp = agent.until
  if (agent.state === 'break' && agent.until !== null) timers.break = agent.until
  t.w.agents.set(agent.id, { ...agent, timers })
}
export function agentTimer(t: Turn, id: string, name: string, ms: number | null): void {
  const agent = t.w.agents.get(id)
  if (!agent) return
  const timers = { ...agent.timers }
  if (ms === null) delete timers[name]
  else timers[name] = t.now + ms
  t.w.agents.set(id, { ...agent, timers })
  t.agents.add(id)
}

/** Plays to a leg and remembers what, so that only its own end counts. */
export function play(t: Turn, call: Call, leg: string, sounds: Sound[], times: number, mode: 'replace' | 'over' = 'replace'): string {
  const id = t.w.newId()
  call.play = id
  media(t, { kind: 'play', leg, play: id, sounds, times, mode })
  return id
}

export const newParty = (leg: string, role: Party['role'], purpose: Party['purpose'], now: number, rest: Partial<Party> = {}): Party => ({
  leg, role, purpose, agent: null, number: null, name: null, state: 'dialling', nailed: false, muted: false, mode: 'talk', startedAt: now, upAt: null, trunk: null, why: null, ...rest,
})

/** A new call, put into the world. */
export function openCall(t: Turn, data: Pick<Call, 'direction' | 'kind' | 'state' | 'from' | 'to'> & Partial<Call>): Call {
  const call: Call = {
    id: t.w.newId(), policy: t.w.index?.policy.number ?? 0, since: t.now, startedAt: t.now, answeredAt: null, hidden: false, serviceNumber: null, class: t.w.index?.policy.settings.classes.at(-1) ?? 'ordinary',
    marks: [], lists: [], language: 'zh', factors: {}, needs: [], context: {}, parties: [], flow: null, queue: null, lastQueue: null, agent: null, recording: null, segments: 0, held: null, notice: null, slot: null, transfer: null,
    linkedTo: null, dial: null, mix: '', play: null, callbackId: null, sums: { ivr: 0, queued: 0, ringing: 0, talking: 0, held: 0 }, path: [], agents: [], queues: [], timers: {}, cause: null, ...data,
  }
  timer(t, call, 'max', indexOf(t).policy.settings.maxCallSeconds * 1000)
  t.w.calls.set(call.id, call)
  t.calls.add(call.id)
  return call
}

/** Result of a command, without its id. */
export type Answer = Omit<CommandResult, 'commandId'>
export const ok = (data: Record<string, unknown> | null = null): Answer => ({ status: 200, code: null, detail: null, data })
export const no = (status: number, code: string, detail: string | null = null): Answer => ({ status, code, detail, data: null })

/** A leg's end in the words of TEL-03. */
export const causeOf = (cause: string): EndCause => {
  switch (cause) {
    case 'noAnswer': case 'busy': case 'refused': case 'invalidNumber': case 'trunkFailure': case 'engineFailure': case 'forced': case 'cancelled': return cause
    case 'mediaLost': return 'lostSound'
    default: return 'normal'
  }
}
