// From waiting to ringing to talking: calls are given to free agents, rung, answered, missed, rung elsewhere.
import type { AgentPolicy } from '../engine-port.ts'
import { type Candidate, type Contact, pickAgents } from './acd.ts'
import { type Agent, rungNow, viewAgent } from './agent.ts'
import { type Call, type Party, outside, partyOf, pending, viewCall } from './call.ts'
import { dialCallback, farAnswered } from './dialling.ts'
import { flowInput } from './flow-driver.ts'
import { takers } from './leaders.ts'
import { leaveQueue, loadOf, nextLook, overflowOver, queueLive, waitingIn } from './queueing.ts'
import { transferFailed } from './passing.ts'
import { connect, endCall, forgetPhone, leaveParty, withdraw } from './talking.ts'
import { type Answer, type Turn, desk, emit, indexOf, media, move, newParty, no, ok, own, step, timer } from './world.ts'

/** Agents who can be given a call of the queues now. */
function freeAgents(t: Turn): Agent[] {
  return [...t.w.agents.values()].filter(rungNow)
}
const noSkills: ReadonlyMap<string, number> = new Map()
const skillMaps = new WeakMap<AgentPolicy, ReadonlyMap<string, number>>()
/** Made once for a policy: thousands of candidates are looked at for each call. */
function skillsOf(policy: AgentPolicy | undefined): ReadonlyMap<string, number> {
  if (policy === undefined || policy.skills.length === 0) return noSkills
  const known = skillMaps.get(policy)
  if (known) return known
  const made = new Map(policy.skills.map((s) => [s.skill, s.level]))
  skillMaps.set(policy, made)
  return made
}
function candidate(t: Turn, agent: Agent, queue: string): Candidate {
  const policy = indexOf(t).agents.get(agent.id)
  return { id: agent.id, idleSince: agent.idleSince, calls: agent.callsToday, talkMs: agent.talkMsToday, rank: policy?.queues.find((q) => q.queue === queue)?.rank ?? 0, skills: skillsOf(policy) }
}

/** With thousands of free seats nothing is looked at while nobody waits: most turns of a quiet hotline. */
function somebodyWaits(t: Turn): boolean {
  if (t.w.callbacks.size > 0) return true
  for (const queue of t.w.queues.values()) if (queue.waiting.length > 0) return true
  return false
}

/** Gives waiting contacts to free agents until nothing more fits. Runs once at the end of a turn. */
export function assign(t: Turn): void {
  for (let round = 0; round < 1000 && somebodyWaits(t); round += 1) {
    const free = freeAgents(t)
    if (free.length === 0) break
    const queues = new Set(free.flatMap((a) => a.queues))
    const given = waitingIn(t, queues).some((contact) => giveOne(t, contact, free))
    if (!given) break
  }
  for (const [id, queue] of t.w.queues) if (queue.overflowing > 0) overflowOver(t, id)
}

function giveOne(t: Turn, contact: Contact, free: readonly Agent[]): boolean {
  const call = contact.kind === 'call' ? own(t, contact.id) : undefined
  const queue = indexOf(t, call).queues.get(contact.queue)
  const able = takers(t, call, contact.queue, free)
  if (!queue || able.length === 0) return false
  const live = queueLive(t, contact.queue)
  const served = t.w.lastAgents.get(contact.number)
  const days = indexOf(t).policy.settings.lastAgentDays
  const lastAgent = served && t.now - served.at < days * 86_400_000 ? served.agent : indexOf(t).policy.lastAgents[contact.number] ?? null
  // A caller with a seat of his own gets it while it is free, and waits for nobody else where it is not.
  const seat = call?.known?.['caller.seat']
  const found = seat && able.some((a) => a.id === seat) && !contact.missedBy.includes(seat) ? { agents: [seat], pick: 'ownSeat', rule: null, score: {} } : pickAgents(contact, queue, able.map((a) => candidate(t, a, contact.queue)), { now: t.now, lastAgent, after: live.after, ...(queue.rules.length > 0 ? { load: loadOf(t, contact.queue, able.length) } : {}) })
  if (!found) return false
  live.after = found.agents[0] ?? live.after
  if (contact.kind === 'callback') return dialCallback(t, contact.id, found.agents[0] ?? '')
  if (!call) return false
  leaveQueue(t, call, 'offered')
  for (const id of found.agents) offer(t, call, id, 'offer', { pick: found.pick, score: found.score, ...(found.rule === null ? {} : { rule: found.rule }) }, queue.ringSeconds)
  return pending(call).length > 0 || call.state !== 'queued'
}

/** Rings an agent. False (and nothing changed) when the agent cannot be rung. */
export function offer(t: Turn, call: Call, id: string, purpose: 'offer' | 'transfer' | 'consult' | 'invite' | 'dial', why: { pick: string, rule?: string, score: Record<string, number> }, ringSeconds: number): boolean {
  const seat = t.w.agents.get(id)
  // A desk without sound cannot be rung, however ready it says it is.
  if (!seat || (seat.device === 'browser' && (!seat.connected || seat.leg === null))) return false
  if (step(t, id, { kind: 'reserve', call: call.id }) !== null) return false
  const agent = t.w.agents.get(id)
  const policy = indexOf(t).agents.get(id)
  if (!agent) return false
  const nailed = agent.device === 'browser'
  const leg = nailed && agent.leg ? agent.leg : t.w.newId()
  const party = newParty(leg, purpose === 'invite' ? 'third' : 'agent', purpose, t.now, { agent: id, number: policy?.extension ?? null, name: policy?.name ?? null, nailed, why, state: nailed ? 'ringing' : 'dialling' })
  call.parties.push(party)
  if (nailed) ringing(t, call, party)
  else {
    t.w.legs.set(leg, call.id)
    t.w.agents.set(id, { ...(t.w.agents.get(id) ?? agent), leg })
    media(t, { kind: 'originate', leg, target: { kind: 'extension', tenant: t.w.tenant, user: policy?.extension ?? '' }, from: { number: call.hidden ? '' : call.from, hidden: call.hidden }, ringMs: (ringSeconds + 5) * 1000 })
  }
  if (purpose === 'offer' || purpose === 'transfer') {
    if (call.state !== 'ringing') move(t, call, 'ringing')
    timer(t, call, `ring:${id}`, ringSeconds * 1000)
  } else timer(t, call, `ring:${id}`, ringSeconds * 1000)
  return true
}
/** It rings at the agent: the pop-up. */
export function ringing(t: Turn, call: Call, party: Party): void {
  const why = party.why ?? { pick: party.purpose, score: {} }
  const id = party.agent
  if (!id) return
  party.state = 'ringing'
  step(t, id, { kind: 'ring' })
  const agent = t.w.agents.get(id)
  emit(t, call.id, 'callOffered', { agent: id, queue: call.queue?.queue ?? null, legId: party.leg, waitedMs: call.queue ? t.now - call.queue.enteredAt : 0, from: call.from, class: call.class, marks: call.marks, language: call.language, path: call.path, why, context: call.context })
  const automatic = agent?.answerMode === 'automatic' && party.nailed
  const delay = indexOf(t).policy.settings.answerDelayMs
  if (automatic) timer(t, call, `auto:${id}`, delay)
  desk(t, id, { type: 'ring', call: viewCall(call), answerInMs: automatic ? delay : null, why: why.pick })
  if (agent) desk(t, id, { type: 'me', me: viewAgent(agent) })
}

/** An agent answers (button, automatic answer, desk phone picked up). First answer wins; the others stop ringing. */
export function answer(t: Turn, call: Call, id: string): Answer {
  const party = partyOf(call, id)
  if (!party || (party.state !== 'ringing' && party.state !== 'dialling')) return no(409, 'wrongState')
  timer(t, call, `ring:${id}`, null)
  timer(t, call, `auto:${id}`, null)
  if (party.purpose !== 'offer' && party.purpose !== 'transfer') {
    farAnswered(t, call, party)
    return ok()
  }
  for (const other of pending(call)) {
    if (other !== party && other.agent && (other.purpose === 'offer' || other.purpose === 'transfer')) {
      timer(t, call, `ring:${other.agent}`, null)
      timer(t, call, `auto:${other.agent}`, null)
      withdraw(t, call, other, 'answeredElsewhere')
    }
  }
  const waited = call.queue ? t.now - call.queue.enteredAt : 0
  if (call.queue) {
    const live = queueLive(t, call.queue.queue)
    live.today.answered += 1
    if (waited <= (indexOf(t, call).queues.get(call.queue.queue)?.serviceLevelSeconds ?? 15) * 1000) live.today.withinLevel += 1
    emit(t, call.id, 'callUnqueued', { queue: call.queue.queue, waitedMs: waited, why: 'answered' })
    call.queue = null
  }
  call.flow = null
  if (call.transfer) emit(t, call.id, 'callTransferred', { from: call.transfer.from, to: { kind: call.transfer.to.kind, id: id }, how: 'completed', reason: call.transfer.reason, context: call.context })
  for (const name of ['silence', 'said', 'saidLast', 'queueOut']) timer(t, call, name, null)
  // The caller may be gone in the same moment: then there is nobody to talk to.
  connect(t, call, party, waited)
  return ok()
}

/** An offer ended without an answer: the next one, or back to waiting with the place kept. */
export function unanswered(t: Turn, call: Call, party: Party, how: 'missed' | 'rejected' | 'failed'): void {
  const id = party.agent
  if (!id) return
  timer(t, call, `ring:${id}`, null)
  timer(t, call, `auto:${id}`, null)
  leaveParty(t, call, party, how === 'missed' ? 'noAnswer' : how === 'rejected' ? 'refused' : 'engineFailure', 'near', null)
  emit(t, call.id, 'offerEnded', { agent: id, queue: call.queue?.queue ?? null, how, rangMs: t.now - party.startedAt })
  if (how === 'missed') step(t, id, { kind: 'missed', limit: indexOf(t).policy.settings.missedRings })
  else if (how === 'rejected') step(t, id, { kind: 'withdrawn' })
  else step(t, id, { kind: 'failed', reason: 'ringFailed' })
  forgetPhone(t, id, party)
  afterOffer(t, call, party, how === 'missed' ? 'noAnswer' : how === 'rejected' ? 'refused' : 'failed', id)
}
export function afterOffer(t: Turn, call: Call, party: Party, reason: string, id: string): void {
  if (party.purpose === 'transfer') return transferFailed(t, call, reason)
  if (party.purpose !== 'offer') return partyFailed(t, call, party, reason)
  if (pending(call).some((p) => p.purpose === 'offer')) return
  if (!call.queue) return endCall(t, call, reason === 'refused' ? 'refused' : 'noAnswer', 'exchange')
  call.queue.missedBy = [...call.queue.missedBy.filter((m) => m !== id), id]
  requeue(t, call)
}
/** Back among the waiting, place kept. */
export function requeue(t: Turn, call: Call): void {
  const waiting = call.queue
  if (!waiting) return
  const caller = outside(call)
  if (!caller) return endCall(t, call, 'abandonedRinging', 'caller')
  const queue = indexOf(t, call).queues.get(waiting.queue)
  if (!queue) { leaveQueue(t, call, 'noAgents'); if (call.flow) { move(t, call, 'ivr'); return flowInput(t, call, { kind: 'queueOut', why: 'noAgents' }) } return endCall(t, call, 'overflowed', 'exchange') }
  move(t, call, 'queued')
  const live = queueLive(t, waiting.queue)
  if (!live.waiting.includes(call.id)) live.waiting = [...live.waiting, call.id]
  if (waiting.outAt !== null) timer(t, call, 'queueOut', Math.max(0, waiting.outAt - t.now))
  if (queue.tellPositionSeconds > 0) timer(t, call, 'position', queue.tellPositionSeconds * 1000)
  timer(t, call, 'look', nextLook(t, call))
  t.assign = true
}
/** A direct call, consultation or invitation found nobody. */
export function partyFailed(t: Turn, call: Call, party: Party, reason: string): void {
  const cause = reason === 'noAnswer' || reason === 'busy' || reason === 'refused' || reason === 'invalidNumber' || reason === 'trunkFailure' ? reason : 'engineFailure'
  if (party.purpose === 'invite') return
  endCall(t, call, cause, 'exchange')
}
