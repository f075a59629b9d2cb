// Seats: signing in and out, the desk's page and its leg coming and going, calls that survive a reload, seats that are lost.
import { type Agent, inCallStates } from './agent.ts'
import { type Call, outside, partyOf } from './call.ts'
import { civilAt } from './civil.ts'
import { unanswered } from './offering.ts'
import { file, shipped } from './say.ts'
import { endCall, remix } from './talking.ts'
import { type Answer, type Turn, agentTimer, desk, emit, indexOf, media, no, ok, own, putAgent, step } from './world.ts'
import { handOver } from './watching.ts'

/** Time for a page to reload before its agent counts as away. */
const GRACE_MS = 5000

export type SignIn = { agent: string, queues: string[], device: 'browser' | 'phone', answerMode: 'manual' | 'automatic', remote: boolean, /** the other desk did not answer its probe, or policy lets the new one win */ takeOver: boolean }

/** Signs an agent in, busy at first: the page asks for ready when its microphone is there. A running session is taken up again. */
export function signIn(t: Turn, input: SignIn): Answer {
  const policy = t.w.index?.agents.get(input.agent)
  if (!policy) return no(404, 'unknownAgent')
  if (t.w.locked.has(input.agent)) return no(403, 'locked')
  const foreign = input.queues.find((q) => !policy.queues.some((own) => own.queue === q))
  if (foreign !== undefined) return no(403, 'queueNotGranted', foreign)
  if (input.device === 'phone' && (!policy.extension || !t.w.extensions.get(policy.extension))) return no(409, 'notReachable', policy.extension ?? 'extension')
  const running = t.w.agents.get(input.agent)
  if (running) {
    if (running.connected && !input.takeOver) return no(409, 'signedInElsewhere')
    if (running.device !== input.device && !inCallStates.has(running.state)) signOut(t, input.agent, 'deviceChanged', input.agent)
    else {
      deskBack(t, input.agent)
      takeQueues(t, input.agent, input.queues)
      const now = t.w.agents.get(input.agent)
      if (now) putAgent(t, { ...now, answerMode: input.answerMode, remote: input.remote })
      return ok({ sessionId: running.sessionId, resumed: true })
    }
  }
  const day = civilAt(t.now, indexOf(t).policy.utcOffset).day
  const tally = t.w.tally.get(input.agent)
  const today = tally?.day === day ? tally : { calls: 0, talkMs: 0 }
  const agent: Agent = {
    id: input.agent, sessionId: t.w.newId(), state: 'busy', since: t.now, reason: 'signIn', until: null, callId: null, consultId: null, leg: null, device: input.device, connected: true, microphone: input.device === 'phone', lostAt: null,
    queues: input.queues, answerMode: input.answerMode, remote: input.remote, missed: 0, next: null, before: 'busy', callsToday: today.calls, talkMsToday: today.talkMs, day, talkSince: null, idleSince: t.now, timers: {},
  }
  putAgent(t, agent)
  emit(t, null, 'agentSignedIn', { agent: agent.id, sessionId: agent.sessionId, device: agent.device, queues: agent.queues, remote: agent.remote })
  emit(t, null, 'agentState', { agent: agent.id, sessionId: agent.sessionId, state: 'busy', was: 'signedOut', wasMs: 0, reason: 'signIn', by: null, until: null, call: null })
  return ok({ sessionId: agent.sessionId, resumed: false })
}

/** The queues that an agent serves from now on; told when they are others than before. */
export function takeQueues(t: Turn, id: string, queues: string[]): void {
  const agent = t.w.agents.get(id)
  if (!agent || (queues.length === agent.queues.length && queues.every((q) => agent.queues.includes(q)))) return
  putAgent(t, { ...agent, queues })
  emit(t, null, 'agentQueues', { agent: id, sessionId: agent.sessionId, queues })
}

/** Signs an agent out who has no call (or whose calls were handed over). */
export function signOut(t: Turn, id: string, reason: string, by: string | null): Answer {
  const agent = t.w.agents.get(id)
  if (!agent) return no(404, 'notSignedIn')
  if (inCallStates.has(agent.state)) return no(409, 'inCall')
  t.w.tally.set(id, { day: agent.day, calls: agent.callsToday, talkMs: agent.talkMsToday })
  if (agent.leg) {
    t.w.legs.delete(agent.leg)
    media(t, { kind: 'hangUp', leg: agent.leg, cause: 'normal' })
  }
  t.w.agents.delete(id)
  t.agents.add(id)
  emit(t, null, 'agentState', { agent: id, sessionId: agent.sessionId, state: 'signedOut', was: agent.state, wasMs: t.now - agent.since, reason, by, until: null, call: null })
  emit(t, null, 'agentSignedOut', { agent: id, sessionId: agent.sessionId, reason, by, calls: agent.callsToday, talkMs: agent.talkMsToday })
  desk(t, id, { type: 'me', me: null })
  return ok()
}

/** The page's socket is gone or does not answer. */
export function deskLost(t: Turn, id: string): void {
  if (t.w.agents.get(id)?.device !== 'browser') return
  step(t, id, { kind: 'deskLost' })
  agentTimer(t, id, 'grace', GRACE_MS)
}
export function deskBack(t: Turn, id: string): void {
  step(t, id, { kind: 'deskBack' })
  agentTimer(t, id, 'grace', null)
  const agent = t.w.agents.get(id)
  if (agent && !detached(t, agent)) agentTimer(t, id, 'seatLost', null)
}
const callsOf = (t: Turn, agent: Agent): Call[] => [agent.callId, agent.consultId].flatMap((id) => own(t, id) ?? [])
const detached = (t: Turn, agent: Agent): boolean => [agent.callId, agent.consultId].some((id) => t.w.calls.get(id ?? '')?.parties.some((p) => p.agent === agent.id && p.state === 'detached'))

/** The page said whether it has a microphone. */
export function microphone(t: Turn, id: string, on: boolean): void {
  const agent = t.w.agents.get(id)
  if (!agent || agent.device === 'phone' || agent.microphone === on) return
  putAgent(t, { ...agent, microphone: on })
  if (!on && agent.state === 'ready') step(t, id, { kind: 'ask', state: 'busy', until: null, reason: 'noMicrophone' })
}

/** A page offers its media: the standing leg, new or with a new connection. */
export function offerLeg(t: Turn, id: string, sdp: string): void {
  const agent = t.w.agents.get(id)
  if (!agent || agent.device !== 'browser') return
  const leg = agent.leg ?? t.w.newId()
  t.w.legs.set(leg, `@${id}`)
  media(t, { kind: 'browserOffer', leg, sdp })
  if (agent.leg === leg) return
  putAgent(t, { ...agent, leg })
  attach(t, id, leg)
}

/** Media of the standing leg is (back) there: the agent's calls have it again. */
export function attach(t: Turn, id: string, leg: string): void {
  const agent = t.w.agents.get(id)
  if (!agent) return
  for (const call of callsOf(t, agent)) {
    const party = partyOf(call, id)
    if (!party || !party.nailed) continue
    party.leg = leg
    if (party.state !== 'detached') continue
    party.state = 'up'
    emit(t, call.id, 'seatBack', { agent: id, legId: leg, afterMs: t.now - (agent.lostAt ?? t.now) })
    const caller = outside(call)
    if (caller && call.held === null) media(t, { kind: 'stopPlaying', leg: caller.leg })
    call.mix = ''
    remix(t, call)
  }
  if (agent.connected) agentTimer(t, id, 'seatLost', null)
  const now = t.w.agents.get(id)
  if (now?.connected && now.lostAt !== null) putAgent(t, { ...now, lostAt: null })
  t.assign = true
}

/** The agent's sound is gone: ringing goes elsewhere, callers are asked to wait. `gone`: the leg has ended for good. */
export function detach(t: Turn, id: string, gone: boolean): void {
  const agent = t.w.agents.get(id)
  if (!agent) return
  const leg = agent.leg
  if (gone) {
    if (leg) t.w.legs.delete(leg)
    putAgent(t, { ...agent, leg: null, lostAt: agent.lostAt ?? t.now })
  } else putAgent(t, { ...agent, lostAt: agent.lostAt ?? t.now })
  for (const call of callsOf(t, agent)) {
    const party = partyOf(call, id)
    if (!party) continue
    if (party.state === 'ringing' || party.state === 'dialling') { unanswered(t, call, party, 'failed'); continue }
    if (party.state !== 'up') continue
    party.state = 'detached'
    emit(t, call.id, 'seatLost', { agent: id, legId: party.leg, detachedAt: t.now })
    const caller = outside(call)
    if (caller?.state === 'up' && call.held?.by !== 'agent') media(t, { kind: 'play', leg: caller.leg, play: t.w.newId(), sounds: [file(shipped.pleaseWait), { kind: 'silence', ms: 8000 }], times: 0, mode: 'replace' })
    remix(t, call)
    agentTimer(t, id, 'seatLost', indexOf(t, call).policy.settings.seatLostSeconds * 1000)
  }
}

/** A timer of an agent. */
export function agentDue(t: Turn, id: string, name: string): void {
  agentTimer(t, id, name, null)
  const agent = t.w.agents.get(id)
  if (!agent) return
  switch (name) {
    case 'wrapUp': return void step(t, id, { kind: 'wrapUpOver' })
    case 'break': return void step(t, id, { kind: 'breakOver' })
    case 'grace': {
      if (agent.connected) return
      if (inCallStates.has(agent.state)) detach(t, id, false)
      step(t, id, { kind: 'deskLostLong' })
      return agentTimer(t, id, 'seatLost', indexOf(t).policy.settings.seatLostSeconds * 1000)
    }
    case 'seatLost': return seatLost(t, agent)
    default:
  }
}

/** Nobody came back: held calls are released with a promise to ring back, others go to their queue in front, the seat is signed out. */
function seatLost(t: Turn, agent: Agent): void {
  for (const call of callsOf(t, agent)) {
    const party = partyOf(call, agent.id)
    if (party?.state !== 'detached') continue
    const caller = outside(call)
    if (caller && (call.state === 'held' || !call.lastQueue)) {
      emit(t, call.id, 'dialTaskNeeded', { number: call.direction === 'inbound' ? call.from : call.to, reason: 'lostSeat', agent: agent.id, context: call.context })
      endCall(t, call, 'engineFailure', 'exchange')
    } else handOver(t, call, agent.id, null)
  }
  const now = t.w.agents.get(agent.id)
  if (now && !now.connected) signOut(t, agent.id, 'lostSeat', null)
}
