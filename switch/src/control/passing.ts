// Passing a call on: transfer and its way back, consultation, third parties, parking, picking up a colleague's ringing call.
import type { TransferTarget } from '../engine-port.ts'
import { type Call, type Party, live, outside, partyOf, pending, up } from './call.ts'
import { agentFirst, dialFar, reach, ringOut } from './dialling.ts'
import { flowInput } from './flow-driver.ts'
import { answer, offer } from './offering.ts'
import { enqueue, leaveQueue } from './queueing.ts'
import { connect, endCall, hold, leaveParty, music, releaseAgent, remix, resume, settle, stopRecording, withdraw } from './talking.ts'
import { type Answer, type Turn, emit, indexOf, move, no, ok, openCall, own, play, step, timer } from './world.ts'

const idOf = (to: TransferTarget): string => to.kind === 'queue' ? to.queue : to.kind === 'agent' ? to.agent : to.kind === 'extension' ? to.extension : to.number

/** Blind transfer by an agent who talks. */
export function transfer(t: Turn, call: Call, by: string, target: TransferTarget, reason: string | null, context: Record<string, string>): Answer {
  const mine = partyOf(call, by)
  if (mine?.state !== 'up' || (call.state !== 'talking' && call.state !== 'held')) return no(409, 'wrongState')
  const agent = t.w.agents.get(by)
  if (agent?.consultId) return no(409, 'consulting')
  // Somebody must be there to be passed on, and nobody else: a third party is dropped or completed first.
  if (outside(call)?.state !== 'up' || up(call).length > 2 || pending(call).length > 0) return no(409, 'moreParties')
  const to = reach(t, by, target, 'transferOut', 'transfer', call)
  if ('status' in to) return to
  if (to.kind === 'agent' && (to.id === by || t.w.agents.get(to.id)?.state !== 'ready')) return no(409, 'busy', to.id)
  Object.assign(call.context, context)
  call.held = null
  call.notice = null
  timer(t, call, 'notice', null)
  timer(t, call, 'holdLong', null)
  call.transfer = { from: by, to: target, since: t.now, reason }
  emit(t, call.id, 'callTransferred', { from: by, to: { kind: to.kind, id: to.id }, how: 'begun', reason, context })
  pass(t, call, to, 30)
  // Only now is the agent let go: the call is somewhere else already.
  releaseAgent(t, call, mine, 'normal', 'near')
  const now = t.w.calls.get(call.id)
  if (now?.state === 'dialling') remix(t, now)
  return ok()
}
function pass(t: Turn, call: Call, to: { kind: 'queue' | 'agent' | 'extension' | 'number', id: string }, ringSeconds: number): void {
  stopRecording(t, call)
  const caller = live(call).find((p) => p.role === 'outside' && p.state === 'up')
  if (to.kind === 'queue') return enqueue(t, call, to.id, 'transfer', { timeoutSeconds: 1800 })
  if (caller) play(t, call, caller.leg, music(t, call), 0)
  if (to.kind === 'agent') {
    if (!offer(t, call, to.id, 'transfer', { pick: 'transfer', score: {} }, ringSeconds)) transferFailed(t, call, 'busy')
    return
  }
  move(t, call, 'dialling')
  ringOut(t, call, { number: to.id, extension: to.kind === 'extension' }, 'third', 'transfer', indexOf(t, call).policy.displayedNumber, ringSeconds)
  remix(t, call)
}

/** A flow passes its caller on. */
export function transferFromFlow(t: Turn, call: Call, target: TransferTarget, ringSeconds: number, context: Record<string, string>): void {
  Object.assign(call.context, context)
  const to = reach(t, null, target, 'transferOut', 'flow', call)
  if ('status' in to) return flowInput(t, call, { kind: 'transferFailed', reason: to.code ?? 'failed' })
  if (to.kind === 'queue') return enqueue(t, call, to.id, 'flow', {})
  if (to.kind === 'agent' && t.w.agents.get(to.id)?.state !== 'ready') return flowInput(t, call, { kind: 'transferFailed', reason: 'busy' })
  call.transfer = { from: null, to: target, since: t.now, reason: null }
  emit(t, call.id, 'callTransferred', { from: null, to: { kind: to.kind, id: to.id }, how: 'begun', reason: null, context })
  pass(t, call, to, ringSeconds)
}

/** The target of a transfer was not reached: back to who transferred if free, else to the queue it came from, else on in its flow. */
export function transferFailed(t: Turn, call: Call, reason: string): void {
  const passed = call.transfer
  if (!passed || call.state === 'ended') return
  call.transfer = null
  emit(t, call.id, 'callTransferred', { from: passed.from, to: { kind: passed.to.kind, id: idOf(passed.to) }, how: 'failed', reason, context: {} })
  if (up(call).length === 0) return endCall(t, call, 'normal', 'caller')
  if (passed.from === null && call.flow) {
    move(t, call, 'ivr')
    return flowInput(t, call, { kind: 'transferFailed', reason })
  }
  if (passed.from && returnTo(t, call, passed.from)) return
  const queue = call.lastQueue ?? indexOf(t, call).agents.get(passed.from ?? '')?.queues[0]?.queue
  if (queue) return enqueue(t, call, queue, 'transfer', { front: true, keeps: call.startedAt, timeoutSeconds: 1800 })
  endCall(t, call, 'noAnswer', 'exchange')
}
/** Joins the agent again at once with a desk; rings a desk phone. */
function returnTo(t: Turn, call: Call, id: string): boolean {
  const agent = t.w.agents.get(id)
  if (!agent?.connected || (agent.state !== 'ready' && agent.state !== 'wrapUp' && agent.state !== 'busy')) return false
  if (agent.device === 'browser' && !agent.leg) return false
  if (agent.device === 'phone') return agent.state === 'ready' && offer(t, call, id, 'offer', { pick: 'return', score: {} }, 30)
  if (step(t, id, { kind: 'dial', call: call.id }) !== null) return false
  const party = agentFirst(t, call, id, 'offer')
  if (!party) return false
  connect(t, call, party, 0)
  return true
}

/** Takes a transferred or parked call back while nobody has it yet. */
export function retrieve(t: Turn, call: Call, by: string): Answer {
  if (call.transfer?.from !== by && !(call.state === 'parked' && call.agents.includes(by))) return no(409, 'wrongState')
  if (call.state === 'talking') return no(409, 'alreadyTaken')
  const agent = t.w.agents.get(by)
  if (!agent) return no(404, 'notSignedIn')
  if (agent.device === 'phone' ? agent.state !== 'ready' : agent.state !== 'ready' && agent.state !== 'wrapUp' && agent.state !== 'busy') return no(409, 'wrongState')
  const reason = call.transfer?.reason ?? null
  for (const p of pending(call)) {
    if (p.agent) { timer(t, call, `ring:${p.agent}`, null); timer(t, call, `auto:${p.agent}`, null); withdraw(t, call, p, 'withdrawn') } else { timer(t, call, `out:${p.leg}`, null); leaveParty(t, call, p, 'cancelled', 'near', null) }
  }
  if (call.queue) leaveQueue(t, call, 'moved')
  call.queue = null
  freeSlot(t, call)
  call.transfer = null
  emit(t, call.id, 'callTransferred', { from: by, to: { kind: 'agent', id: by }, how: 'retrieved', reason, context: {} })
  if (returnTo(t, call, by)) return ok()
  transferFailed(t, call, 'retrieveFailed')
  if (call.queue === null && pending(call).length === 0) enqueueBack(t, call)
  return no(409, 'wrongState')
}
function enqueueBack(t: Turn, call: Call): void {
  if (call.lastQueue) enqueue(t, call, call.lastQueue, 'transfer', { front: true, timeoutSeconds: 1800 })
  else endCall(t, call, 'engineFailure', 'exchange')
}

/** Second call of the agent; the first hears music meanwhile. */
export function consult(t: Turn, main: Call, by: string, target: TransferTarget, context: Record<string, string>): Answer {
  const agent = t.w.agents.get(by)
  if (!agent || partyOf(main, by)?.state !== 'up') return no(409, 'wrongState')
  if (agent.consultId) return no(409, 'consulting')
  const to = reach(t, by, target, 'transferOut', 'consult', main)
  if ('status' in to) return to
  if (to.kind === 'queue') return no(422, 'notDiallable')
  if (to.kind === 'agent' && (to.id === by || t.w.agents.get(to.id)?.state !== 'ready')) return no(409, 'busy', to.id)
  hold(t, main, by, 'agent')
  if (main.state !== 'held') return no(409, 'wrongState')
  const call = openCall(t, { direction: to.kind === 'number' ? 'outbound' : 'internal', kind: 'consult', state: 'dialling', from: indexOf(t).policy.displayedNumber, to: to.id, linkedTo: main.id, agent: by, context: { ...main.context, ...context } })
  t.w.agents.set(by, { ...agent, consultId: call.id })
  t.agents.add(by)
  remix(t, main)
  emit(t, call.id, 'callArrived', { direction: call.direction, kind: 'consult', from: call.from, to: call.to, hidden: false, serviceNumber: null, trunk: null, policy: call.policy, agent: by, linkedTo: main.id, context: call.context })
  emit(t, main.id, 'consultBegan', { call: call.id, agent: by, to: { kind: to.kind, id: to.id } })
  const party = agentFirst(t, call, by, 'consult')
  // The desk phone's leg stays the first call's as well: it hears where its agent is.
  if (party) party.nailed = true
  call.dial = to.kind === 'agent' ? { number: `@${to.id}`, extension: true, from: call.from } : { number: to.id, extension: to.kind === 'extension', from: call.from }
  dialFar(t, call)
  return ok({ callId: call.id })
}
function consultation(t: Turn, by: string): { main: Call, second: Call, other: Party | undefined } | null {
  const agent = t.w.agents.get(by)
  const main = own(t, agent?.callId)
  const second = own(t, agent?.consultId)
  return main && second ? { main, second, other: up(second).find((p) => p.agent !== by) } : null
}
/** Moves who was consulted into the first call; the agent leaves, or stays as one of three. */
export function consultJoin(t: Turn, by: string, stays: boolean): Answer {
  const both = consultation(t, by)
  if (!both) return no(409, 'notConsulting')
  const { main, second, other } = both
  if (!other) return no(409, 'notAnswered')
  const moved: Party = { ...other, role: other.agent ? 'agent' : 'third', purpose: 'transfer' }
  other.state = 'ended'
  main.parties.push(moved)
  if (!moved.nailed || !moved.agent) t.w.legs.set(moved.leg, main.id)
  if (moved.agent) {
    step(t, moved.agent, { kind: 'callIs', call: main.id })
    if (!main.agents.includes(moved.agent)) main.agents.push(moved.agent)
  }
  if (!stays) main.agent = moved.agent
  endCall(t, second, 'normal', 'agent')
  resume(t, main, by)
  emit(t, main.id, 'partyJoined', { legId: moved.leg, role: moved.role, agent: moved.agent, number: moved.number, mode: 'talk' })
  if (!stays) {
    emit(t, main.id, 'callTransferred', { from: by, to: { kind: moved.agent ? 'agent' : 'number', id: moved.agent ?? moved.number ?? '' }, how: 'completed', reason: null, context: main.context })
    const mine = partyOf(main, by)
    if (mine) releaseAgent(t, main, mine, 'normal', 'near')
  }
  settle(t, main, 'normal', 'agent')
  return ok()
}
export function consultCancel(t: Turn, by: string): Answer {
  const both = consultation(t, by)
  if (!both) return no(409, 'notConsulting')
  endCall(t, both.second, 'cancelled', 'agent')
  return ok()
}

/** A third party is rung into a running conversation. */
export function invite(t: Turn, call: Call, by: string, target: TransferTarget): Answer {
  if (partyOf(call, by)?.state !== 'up' || (call.state !== 'talking' && call.state !== 'held')) return no(409, 'wrongState')
  if (live(call).length >= 8) return no(422, 'tooManyParties')
  const to = reach(t, by, target, 'invite', 'invite', call)
  if ('status' in to) return to
  if (to.kind === 'queue') return no(422, 'notDiallable')
  if (to.kind === 'agent') {
    if (partyOf(call, to.id) || !offer(t, call, to.id, 'invite', { pick: 'invite', score: {} }, 30)) return no(409, 'busy', to.id)
    return ok({ legId: partyOf(call, to.id)?.leg ?? '' })
  }
  const party = ringOut(t, call, { number: to.id, extension: to.kind === 'extension' }, 'third', 'invite', indexOf(t).policy.displayedNumber)
  return ok({ legId: party.leg })
}
export function dropParty(t: Turn, call: Call, by: string, leg: string): Answer {
  const party = call.parties.findLast((p) => p.leg === leg && p.state !== 'ended')
  if (!party || party.agent === by || party.role === 'monitor') return no(404, 'noSuchParty')
  if (partyOf(call, by)?.state !== 'up') return no(409, 'wrongState')
  timer(t, call, `out:${leg}`, null)
  if (party.agent && (party.state === 'ringing' || party.state === 'dialling')) { timer(t, call, `ring:${party.agent}`, null); withdraw(t, call, party, 'withdrawn') } else if (party.agent) releaseAgent(t, call, party, 'forced', 'near')
  else leaveParty(t, call, party, 'forced', 'near', null)
  settle(t, call, 'normal', 'agent')
  return ok()
}

/** Parks a call on the lowest free slot; the agent is free. */
export function park(t: Turn, call: Call, by: string): Answer {
  const mine = partyOf(call, by)
  const caller = outside(call)
  if (mine?.state !== 'up' || !caller || caller.state !== 'up' || (call.state !== 'talking' && call.state !== 'held')) return no(409, 'wrongState')
  if (t.w.agents.get(by)?.consultId || up(call).length > 2 || pending(call).length > 0) return no(409, 'wrongState')
  let slot = 1
  while (t.w.slots.has(slot)) slot += 1
  if (slot > 999) return no(503, 'noSlot')
  call.slot = slot
  t.w.slots.set(slot, call.id)
  call.held = null
  call.notice = null
  timer(t, call, 'notice', null)
  timer(t, call, 'holdLong', null)
  move(t, call, 'parked')
  stopRecording(t, call)
  emit(t, call.id, 'callParked', { slot, agent: by })
  play(t, call, caller.leg, music(t, call), 0)
  timer(t, call, 'parked', indexOf(t, call).policy.settings.parkSeconds * 1000)
  releaseAgent(t, call, mine, 'normal', 'near')
  remix(t, call)
  return ok({ slot })
}
function freeSlot(t: Turn, call: Call): void {
  if (call.slot === null) return
  t.w.slots.delete(call.slot)
  call.slot = null
  timer(t, call, 'parked', null)
}
export function unpark(t: Turn, by: string, slot: number): Answer {
  const call = own(t, t.w.slots.get(slot))
  if (!call) return no(404, 'emptySlot')
  const agent = t.w.agents.get(by)
  if (!agent || (agent.device === 'phone' && agent.state !== 'ready')) return no(409, 'wrongState')
  if (!returnTo(t, call, by)) return no(409, 'wrongState')
  emit(t, call.id, 'callUnparked', { slot, agent: by, how: 'taken' })
  freeSlot(t, call)
  return ok({ callId: call.id })
}
/** Nobody took the parked call: back to its agent, or its queue in front. */
export function parkedTooLong(t: Turn, call: Call): void {
  if (call.state !== 'parked' || call.slot === null) return
  emit(t, call.id, 'callUnparked', { slot: call.slot, agent: null, how: 'timeout' })
  freeSlot(t, call)
  const last = call.agents.at(-1)
  if (last && t.w.agents.get(last)?.state === 'ready' && offer(t, call, last, 'offer', { pick: 'parked', score: {} }, 30)) return
  enqueueBack(t, call)
}

/** Takes a call that rings at a colleague (or at an extension) of the same queues. */
export function pickUp(t: Turn, by: string, extension: string | null, callId: string | null): Answer {
  const agent = t.w.agents.get(by)
  if (!agent) return no(404, 'notSignedIn')
  if (!indexOf(t).agents.get(by)?.functions.includes('pickUp')) return no(403, 'noFunction', 'pickUp')
  if (agent.state !== 'ready' || (agent.device === 'browser' && !agent.leg)) return no(409, 'wrongState')
  const wanted = extension ? indexOf(t).extensions.get(extension)?.id : null
  for (const found of t.w.calls.values()) {
    if (callId !== null && found.id !== callId) continue
    const ringing = found.parties.find((p) => p.agent !== null && p.agent !== by && p.state === 'ringing' && p.purpose === 'offer' && (wanted ? p.agent === wanted : t.w.agents.get(p.agent)?.queues.some((q) => agent.queues.includes(q))))
    const call = ringing ? own(t, found.id) : undefined
    if (!call || !offer(t, call, by, 'offer', { pick: 'pickUp', score: {} }, 20)) continue
    return agent.device === 'browser' ? answer(t, call, by) : ok({ callId: call.id })
  }
  return no(404, 'nothingRings')
}
