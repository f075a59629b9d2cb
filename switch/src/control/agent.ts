// An agent's states: one pure step per happening. Nobody else changes an agent, so "has a call" and "is in a call state" cannot part.
import type { AgentState, AgentView } from '../engine-port.ts'

export type Agent = {
  id: string
  sessionId: string
  state: AgentState
  since: number
  reason: string | null
  /** End of a break or of wrapping up, ms. */
  until: number | null
  callId: string | null
  /** A second call of the agent's own: the consultation. */
  consultId: string | null
  /** Browser: nailed up from sign-in. Desk phone: only while in a call. */
  leg: string | null
  device: 'browser' | 'phone'
  /** The desk's page answers; without one (desk phone) always true. */
  connected: boolean
  microphone: boolean
  lostAt: number | null
  queues: string[]
  answerMode: 'manual' | 'automatic'
  remote: boolean
  missed: number
  /** Taken when the call is over instead of ready. */
  next: AgentState | null
  /** What to return to when the call is over. */
  before: 'ready' | 'busy'
  callsToday: number
  talkMsToday: number
  day: number
  talkSince: number | null
  /** Since when without a call: longest idle keeps its place over a break. */
  idleSince: number
  timers: Record<string, number>
}

export type AgentInput =
  /** A call is being offered (`reserved` until it rings), or the agent dials. */
  | { kind: 'reserve', call: string } | { kind: 'ring' } | { kind: 'dial', call: string } | { kind: 'talk' }
  /** The offer ended without an answer; `limit` missed rings make forced busy. */
  | { kind: 'missed', limit: number } | { kind: 'withdrawn' } | { kind: 'failed', reason: string }
  /** The call is over for the agent; `wrapUpMs` 0 = none. */
  | { kind: 'callOver', wrapUpMs: number }
  /** The call continues under another id (consultation left alone). */
  | { kind: 'callIs', call: string }
  | { kind: 'ask', state: 'ready' | 'busy' | 'break' | 'away' | 'wrapUp', until: number | null, reason: string | null }
  | { kind: 'wrapUpOver' } | { kind: 'breakOver' }
  | { kind: 'force', reason: string | null } | { kind: 'release' }
  | { kind: 'deskLost' } | { kind: 'deskLostLong' } | { kind: 'deskBack' }

export type AgentStep = { agent: Agent } | { refused: 'inCall' | 'wrongState' | 'forced' | 'notConnected' }

/** States that go with a call. */
export const inCallStates: ReadonlySet<AgentState> = new Set(['reserved', 'ringing', 'dialling', 'talking'])
const mayDial: ReadonlySet<AgentState> = new Set(['ready', 'busy', 'wrapUp', 'break', 'away', 'forcedBusy'])

function to(agent: Agent, state: AgentState, now: number, rest: Partial<Agent> = {}): AgentStep {
  const next = { ...agent, reason: null, until: null, ...rest, state, since: agent.state === state ? agent.since : now }
  if (inCallStates.has(agent.state) && !inCallStates.has(state)) next.idleSince = now
  return { agent: next }
}

/** Without a call again: what was asked for meanwhile, else what it was before. */
function free(agent: Agent, now: number, rest: Partial<Agent> = {}): AgentStep {
  const cleared = { ...agent, callId: null, consultId: null, talkSince: null, ...rest }
  const next = agent.next
  if (next === 'forcedBusy') return to(cleared, 'forcedBusy', now, { next: null, reason: agent.reason })
  if (next) return to(cleared, next, now, { next: null, until: agent.until })
  if (!agent.connected) return to(cleared, 'abnormal', now, { reason: 'deskLost' })
  return agent.before === 'ready' ? idle(cleared, now) : to(cleared, 'busy', now)
}
/** Ready again, unless the microphone went meanwhile. */
const idle = (agent: Agent, now: number): AgentStep => agent.microphone ? to(agent, 'ready', now) : to(agent, 'busy', now, { reason: 'noMicrophone' })

/** What keeps an agent from being rung by queues besides his state. The one rule for giving calls, for a queue's figures and for what desks show. */
export function lacks(a: Agent): AgentView['lacks'] {
  if (!a.connected) return 'page'
  if (a.device === 'browser' && !a.microphone) return 'microphone'
  if (a.device === 'browser' && (a.leg === null || a.lostAt !== null)) return 'sound'
  return a.queues.length === 0 ? 'queue' : null
}
/** Whether queues may ring an agent now. */
export const rungNow = (a: Agent): boolean => a.state === 'ready' && lacks(a) === null

/** Steps an agent; a refusal changes nothing. Total: every input has an answer in every state. */
export function stepAgent(agent: Agent, input: AgentInput, now: number): AgentStep {
  const inCall = inCallStates.has(agent.state)
  switch (input.kind) {
    case 'reserve':
      return agent.state === 'ready' ? to(agent, 'reserved', now, { callId: input.call, before: 'ready' }) : { refused: 'wrongState' }
    case 'ring':
      return agent.state === 'reserved' ? to(agent, 'ringing', now) : { refused: 'wrongState' }
    case 'dial': {
      if (!mayDial.has(agent.state)) return { refused: inCall ? 'inCall' : 'wrongState' }
      const stays = agent.state === 'break' || agent.state === 'away' || agent.state === 'forcedBusy' ? agent.state : null
      return to(agent, 'dialling', now, { callId: input.call, before: agent.state === 'ready' || agent.state === 'wrapUp' ? 'ready' : 'busy', next: stays, until: stays ? agent.until : null, reason: stays === 'forcedBusy' ? agent.reason : null })
    }
    case 'talk':
      return inCall && agent.state !== 'talking' ? to(agent, 'talking', now, { missed: 0, talkSince: now, callsToday: agent.callsToday + 1, until: agent.next ? agent.until : null, reason: agent.next === 'forcedBusy' ? agent.reason : null }) : { refused: 'wrongState' }
    case 'missed': {
      if (agent.state !== 'ringing' && agent.state !== 'reserved') return { refused: 'wrongState' }
      const missed = agent.missed + 1
      return missed >= input.limit ? to({ ...agent, callId: null, next: null }, 'forcedBusy', now, { missed, reason: 'missedRings' }) : free(agent, now, { missed })
    }
    case 'withdrawn':
      return agent.state === 'ringing' || agent.state === 'reserved' || agent.state === 'dialling' ? free(agent, now) : { refused: 'wrongState' }
    case 'failed':
      return agent.state === 'ringing' || agent.state === 'reserved' ? to({ ...agent, callId: null, next: null }, 'abnormal', now, { reason: input.reason }) : { refused: 'wrongState' }
    case 'callOver': {
      if (!inCall) return { refused: 'wrongState' }
      const talked = agent.talkSince === null ? 0 : now - agent.talkSince
      const rest = { talkMsToday: agent.talkMsToday + talked }
      if (input.wrapUpMs > 0 && agent.state === 'talking' && agent.connected && (agent.next === null || agent.next === 'ready' || agent.next === 'wrapUp')) return to({ ...agent, ...rest, callId: null, consultId: null, talkSince: null, next: null }, 'wrapUp', now, { until: now + input.wrapUpMs })
      return free(agent, now, rest)
    }
    case 'callIs':
      return inCall ? { agent: { ...agent, callId: input.call, consultId: null } } : { refused: 'wrongState' }
    case 'ask':
      if (agent.state === 'forcedBusy' && agent.reason !== 'missedRings') return { refused: 'forced' }
      if (agent.state === 'abnormal' && !agent.connected) return { refused: 'notConnected' }
      if (inCall) return agent.next === 'forcedBusy' ? { refused: 'forced' } : { agent: { ...agent, next: input.state, until: input.until } }
      if (input.state === 'ready' && (!agent.connected || !agent.microphone)) return { refused: 'notConnected' }
      return to(agent, input.state, now, { until: input.until, reason: input.reason, missed: input.state === 'ready' ? 0 : agent.missed })
    case 'wrapUpOver':
      return agent.state === 'wrapUp' ? (agent.connected ? idle(agent, now) : to(agent, 'abnormal', now, { reason: 'deskLost' })) : { refused: 'wrongState' }
    case 'breakOver':
      return agent.state === 'break' ? to(agent, 'busy', now, { reason: 'breakOver' }) : { refused: 'wrongState' }
    case 'force':
      return inCall ? { agent: { ...agent, next: 'forcedBusy', reason: input.reason } } : to(agent, 'forcedBusy', now, { reason: input.reason })
    case 'release':
      return agent.state === 'forcedBusy' || agent.state === 'abnormal' ? to(agent, agent.connected ? 'busy' : 'abnormal', now, { missed: 0 }) : inCall && agent.next === 'forcedBusy' ? { agent: { ...agent, next: 'busy', reason: null } } : { refused: 'wrongState' }
    case 'deskLost':
      return { agent: { ...agent, connected: false, lostAt: agent.lostAt ?? now } }
    case 'deskLostLong':
      return agent.connected || inCall || agent.state === 'abnormal' ? { refused: 'wrongState' } : to({ ...agent, before: agent.state === 'ready' || agent.state === 'wrapUp' ? 'ready' : 'busy' }, 'abnormal', now, { reason: 'deskLost' })
    case 'deskBack': {
      const back = { ...agent, connected: true, lostAt: null }
      return agent.state === 'abnormal' && agent.reason === 'deskLost' ? to(back, back.microphone ? agent.before : 'busy', now) : { agent: back }
    }
  }
}

/** What desks and monitors see of an agent. */
export const viewAgent = (a: Agent): AgentView => ({
  agent: a.id, sessionId: a.sessionId, state: a.state, since: a.since, reason: a.reason, until: a.until, callId: a.callId, device: a.device, connected: a.connected,
  queues: a.queues, answerMode: a.answerMode, callsToday: a.callsToday, talkMsToday: a.talkMsToday, missed: a.missed, next: a.next, lacks: a.state === 'ready' ? lacks(a) : null,
})
