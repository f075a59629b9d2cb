// Calling out: an agent dials, a promised call-back is made, two people are joined from outside.
import type { TransferTarget } from '../engine-port.ts'
import { type Call, type Party } from './call.ts'
import { barred, nationalNumber, normaliseNumber } from './numbers.ts'
import { beginFlow } from './flow-driver.ts'
import { offer } from './offering.ts'
import { endCall, record, remix } from './talking.ts'
import { type Answer, type Turn, emit, indexOf, media, move, newParty, no, ok, openCall, step, timer } from './world.ts'

export type Reached =
  | { kind: 'queue', id: string } | { kind: 'agent', id: string } | { kind: 'extension', id: string } | { kind: 'number', id: string }

/** Where a target leads now, or why it cannot be: barred, no right, unknown, not reachable. `by` null: a flow. */
export function reach(t: Turn, by: string | null, target: TransferTarget, right: 'dialOut' | 'transferOut' | 'invite', during: string, call: Call | null): Reached | Answer {
  const index = indexOf(t)
  switch (target.kind) {
    case 'queue': return index.queues.has(target.queue) ? { kind: 'queue', id: target.queue } : no(404, 'unknownQueue', target.queue)
    case 'agent': return t.w.agents.has(target.agent) ? { kind: 'agent', id: target.agent } : no(404, 'notSignedIn', target.agent)
    case 'extension': {
      const agent = index.extensions.get(target.extension)
      if (agent && t.w.agents.has(agent.id)) return { kind: 'agent', id: agent.id }
      if (agent && t.w.extensions.get(target.extension)) return { kind: 'extension', id: target.extension }
      return agent ? no(409, 'notReachable', target.extension) : no(404, 'unknownExtension', target.extension)
    }
    case 'number': {
      const plain = target.number.replace(/[^0-9]/g, '')
      if (index.extensions.has(plain)) return reach(t, by, { kind: 'extension', extension: plain }, right, during, call)
      const number = normaliseNumber(target.number, index.policy)
      const policy = by ? index.agents.get(by) ?? null : null
      const emergency = index.policy.emergencyNumbers.includes(number)
      const refusal = number.length < 3 ? no(422, 'invalidNumber') : barred(index.policy, policy, number) ? no(403, 'barred', number) : by && !emergency && !policy?.functions.includes(right) ? no(403, 'noFunction', right) : trunksFor(t, emergency).length === 0 ? no(503, 'trunkFailure') : null
      if (!refusal) return { kind: 'number', id: number }
      emit(t, call?.id ?? null, 'dialRefused', { agent: by, number, code: refusal.code ?? '', during })
      return refusal
    }
  }
}

/** Trunks that can carry a call now, best first; the last channels are kept for emergency calls. */
export function trunksFor(t: Turn, emergency: boolean): string[] {
  return indexOf(t).policy.trunks.filter((id) => {
    const trunk = t.w.trunks.get(id)
    return !trunk || (trunk.state === 'up' && trunk.channels < trunk.most - (emergency ? 0 : trunk.reserved))
  })
}

/** Rings an outside number or an unattended extension as a party of a call. */
export function ringOut(t: Turn, call: Call, to: { number: string, extension: boolean }, role: Party['role'], purpose: Party['purpose'], from: string, ringSeconds = indexOf(t).policy.settings.outboundRingSeconds): Party {
  const policy = indexOf(t, call).policy
  const party = newParty(t.w.newId(), role, purpose, t.now, { number: to.number })
  call.parties.push(party)
  t.w.legs.set(party.leg, call.id)
  const target = to.extension ? { kind: 'extension' as const, tenant: t.w.tenant, user: to.number } : { kind: 'number' as const, number: nationalNumber(to.number, policy), trunks: trunksFor(t, policy.emergencyNumbers.includes(to.number)) }
  media(t, { kind: 'originate', leg: party.leg, target, from: { number: from }, ringMs: ringSeconds * 1000 })
  timer(t, call, `out:${party.leg}`, ringSeconds * 1000 + 10_000)
  emit(t, call.id, 'callProgress', { legId: party.leg, role, agent: null, number: to.number, state: 'dialling' })
  return party
}

/** The number shown to who is called: the asked one if it is the tenant's, the agent's, the tenant's. */
function shown(t: Turn, agent: string | null, asked: string | null): string {
  const policy = indexOf(t).policy
  const own = new Set([policy.displayedNumber, ...policy.serviceNumbers.flatMap((n) => [n.number, n.displayed ?? n.number])])
  return asked && own.has(asked) ? asked : (agent ? indexOf(t).agents.get(agent)?.displayedNumber : null) ?? policy.displayedNumber
}

/** Puts the agent's own leg into a call that the agent begins: at once with a desk, after its phone was picked up without. */
export function agentFirst(t: Turn, call: Call, id: string, purpose: Party['purpose'], leg: string | null = null): Party | null {
  const agent = t.w.agents.get(id)
  const policy = indexOf(t).agents.get(id)
  if (!agent) return null
  const standing = leg ?? agent.leg
  const upNow = standing !== null
  const party = newParty(standing ?? t.w.newId(), 'agent', purpose, t.now, { agent: id, number: policy?.extension ?? null, name: policy?.name ?? null, nailed: agent.device === 'browser', state: upNow ? 'up' : 'dialling', upAt: upNow ? t.now : null })
  call.parties.push(party)
  call.agent ??= id
  if (!call.agents.includes(id)) call.agents.push(id)
  if (!party.nailed) {
    t.w.legs.set(party.leg, call.id)
    t.w.agents.set(id, { ...agent, leg: party.leg })
    t.agents.add(id)
    if (!upNow) media(t, { kind: 'originate', leg: party.leg, target: { kind: 'extension', tenant: t.w.tenant, user: policy?.extension ?? '' }, from: { number: call.to }, ringMs: 30_000 })
    if (!upNow) timer(t, call, `out:${party.leg}`, 40_000)
  }
  return party
}

/** An agent dials. */
export function dial(t: Turn, id: string, target: TransferTarget, rest: { displayed: string | null, context: Record<string, string>, leg?: string }): Answer {
  const agent = t.w.agents.get(id)
  if (!agent) return no(404, 'notSignedIn')
  if (agent.device === 'browser' && (!agent.leg || !agent.connected)) return no(409, 'noMicrophone')
  const to = reach(t, id, target, 'dialOut', 'dial', null)
  if ('status' in to) return to
  if (to.kind === 'queue') return no(422, 'notDiallable')
  if (to.kind === 'agent' && (to.id === id || t.w.agents.get(to.id)?.state !== 'ready')) return no(409, 'busy', to.id)
  const call = openCall(t, { direction: to.kind === 'number' ? 'outbound' : 'internal', kind: 'voice', state: 'dialling', from: shown(t, id, rest.displayed), to: to.id, context: rest.context, agent: id, lastQueue: null })
  const refused = step(t, id, { kind: 'dial', call: call.id })
  if (refused) {
    t.w.calls.delete(call.id)
    t.calls.delete(call.id)
    return no(409, refused)
  }
  emit(t, call.id, 'callArrived', { direction: call.direction, kind: call.kind, from: call.from, to: call.to, hidden: false, serviceNumber: null, trunk: null, policy: call.policy, agent: id, linkedTo: null, context: call.context })
  const party = agentFirst(t, call, id, 'dial', rest.leg ?? null)
  if (to.kind === 'agent') call.dial = { number: `@${to.id}`, extension: true, from: call.from }
  else call.dial = { number: to.id, extension: to.kind === 'extension', from: call.from }
  if (party?.state === 'up') dialFar(t, call)
  return ok({ callId: call.id })
}

/** The first party is there: now the one to be called. */
export function dialFar(t: Turn, call: Call): void {
  const far = call.dial
  if (!far) return
  call.dial = null
  const first = call.parties.find((p) => p.state === 'up')
  if (first) media(t, { kind: 'play', leg: first.leg, play: t.w.newId(), sounds: [{ kind: 'tone', tone: 'ringback' }], times: 0, mode: 'replace' })
  if (far.number.startsWith('@')) {
    if (!offer(t, call, far.number.slice(1), 'dial', { pick: 'direct', score: {} }, indexOf(t).policy.settings.outboundRingSeconds)) endCall(t, call, 'busy', 'exchange')
    return
  }
  ringOut(t, call, far, call.direction === 'internal' ? 'third' : 'outside', 'dial', far.from)
}

/** Who was dialled has answered. */
export function farAnswered(t: Turn, call: Call, party: Party): void {
  timer(t, call, `out:${party.leg}`, null)
  party.state = 'up'
  party.upAt = t.now
  call.answeredAt ??= t.now
  for (const p of call.parties) if (p.state === 'up') media(t, { kind: 'stopPlaying', leg: p.leg })
  for (const p of call.parties) if (p.state === 'up' && p.agent) step(t, p.agent, { kind: 'talk' })
  if (call.state === 'dialling') {
    move(t, call, call.enters ? 'ivr' : 'talking')
    emit(t, call.id, 'callAnswered', { agent: call.agent, legId: party.leg, queue: call.lastQueue, waitedMs: 0, rangMs: t.now - party.startedAt })
  }
  emit(t, call.id, 'partyJoined', { legId: party.leg, role: party.role, agent: party.agent, number: party.number, mode: party.mode })
  if (call.enters) return enterFlow(t, call, call.enters)
  callbackDone(t, call)
  record(t, call)
  remix(t, call)
}

/** A free agent is given a promised call-back: the caller is dialled while the agent waits. */
export function dialCallback(t: Turn, id: string, agent: string): boolean {
  const found = t.w.callbacks.get(id)
  if (!found) return false
  const attempt = { ...found, attempts: found.attempts + 1 }
  const policy = indexOf(t).policy
  if (barred(policy, null, found.number)) {
    keepCallback(t, attempt)
    return false
  }
  // Without a line nobody was tried.
  if (trunksFor(t, false).length === 0) {
    keepCallback(t, found)
    return false
  }
  const call = openCall(t, { direction: 'outbound', kind: 'callback', state: 'dialling', from: policy.displayedNumber, to: found.number, context: found.context, agent, lastQueue: found.queue, class: found.class, queues: [found.queue], callbackId: id })
  if (step(t, agent, { kind: 'dial', call: call.id }) !== null) {
    t.w.calls.delete(call.id)
    t.calls.delete(call.id)
    return false
  }
  t.w.callbacks.set(id, { ...attempt, call: call.id })
  t.callbacks.add(id)
  emit(t, call.id, 'callArrived', { direction: 'outbound', kind: 'callback', from: call.from, to: call.to, hidden: false, serviceNumber: null, trunk: null, policy: call.policy, agent, linkedTo: null, context: call.context })
  call.dial = { number: found.number, extension: false, from: call.from }
  if (agentFirst(t, call, agent, 'dial')?.state === 'up') dialFar(t, call)
  return true
}
function callbackDone(t: Turn, call: Call): void {
  const found = call.callbackId ? t.w.callbacks.get(call.callbackId) : undefined
  if (!found) return
  t.w.callbacks.delete(found.id)
  t.callbacks.add(found.id)
  emit(t, call.id, 'callbackEnded', { callbackId: found.id, queue: found.queue, how: 'connected', attempts: found.attempts, call: call.id })
}
/** A call-back call ended without an answer: later again, until the attempts are used up. */
export function callbackFailed(t: Turn, call: Call): void {
  const found = call.callbackId ? t.w.callbacks.get(call.callbackId) : undefined
  if (found?.call !== call.id) return
  const failed = call.cause === 'trunkFailure' || call.cause === 'engineFailure'
  keepCallback(t, { ...found, call: null, attempts: failed ? found.attempts - 1 : found.attempts })
}
/** Lines that stay down do not keep a promise alive for ever. */
const CALLBACK_LIFE_MS = 86_400_000
function keepCallback(t: Turn, callback: NonNullable<ReturnType<Turn['w']['callbacks']['get']>>): void {
  const { callbackAttempts, callbackRetrySeconds } = indexOf(t).policy.settings
  t.callbacks.add(callback.id)
  if (callback.attempts < callbackAttempts && t.now - callback.enteredAt < CALLBACK_LIFE_MS) {
    t.w.callbacks.set(callback.id, { ...callback, nextAt: t.now + callbackRetrySeconds * 1000 })
    return
  }
  t.w.callbacks.delete(callback.id)
  emit(t, null, 'callbackEnded', { callbackId: callback.id, queue: callback.queue, how: 'notReached', attempts: callback.attempts, call: callback.call })
}

/** Joins two numbers, both seeing ours (TEL-04): first the one who asked for it, then the one it is about, who is the call's outside party. */
export function connectTwo(t: Turn, first: string, second: string, displayed: string | null, context: Record<string, string>): Answer {
  const policy = indexOf(t).policy
  const [a, b] = [normaliseNumber(first, policy), normaliseNumber(second, policy)]
  if (a.length < 3 || b.length < 3) return no(422, 'invalidNumber')
  const bad = [a, b].find((n) => barred(policy, null, n))
  if (bad) {
    emit(t, null, 'dialRefused', { agent: null, number: bad, code: 'barred', during: 'connectTwo' })
    return no(403, 'barred', bad)
  }
  if (trunksFor(t, false).length === 0) return no(503, 'trunkFailure')
  const call = openCall(t, { direction: 'outbound', kind: 'twoWay', state: 'dialling', from: shown(t, null, displayed), to: b, context })
  emit(t, call.id, 'callArrived', { direction: 'outbound', kind: 'twoWay', from: call.from, to: b, hidden: false, serviceNumber: null, trunk: null, policy: call.policy, agent: null, linkedTo: null, context })
  call.dial = { number: b, extension: false, from: call.from }
  ringOut(t, call, { number: a, extension: false }, 'third', 'dial', call.from)
  return ok({ callId: call.id })
}

/** A robot call: one person is called and enters a flow. */
export function dialFlow(t: Turn, it: { to: string, flow: string, displayed: string | null, context: Record<string, string> }): Answer {
  const { policy, flows } = indexOf(t)
  if (flows.get(it.flow)?.use !== 'robot') return no(404, 'unknownFlow', it.flow)
  const to = reach(t, null, { kind: 'number', number: it.to }, 'dialOut', 'dialFlow', null)
  if ('status' in to) return to
  // An own extension is nobody to be told something by a robot, and emergency services are not called by one.
  if (to.kind !== 'number' || policy.emergencyNumbers.includes(to.id)) return no(422, 'notDiallable')
  const call = openCall(t, { direction: 'outbound', kind: 'robot', state: 'dialling', from: shown(t, null, it.displayed), to: to.id, context: it.context, enters: it.flow })
  emit(t, call.id, 'callArrived', { direction: 'outbound', kind: 'robot', from: call.from, to: call.to, hidden: false, serviceNumber: null, trunk: null, policy: call.policy, agent: null, linkedTo: null, context: call.context })
  ringOut(t, call, { number: to.id, extension: false }, 'outside', 'dial', call.from)
  return ok({ callId: call.id })
}

/** Recorded from the first word, with what the flow says on the other side. */
function enterFlow(t: Turn, call: Call, flow: string): void {
  record(t, call)
  remix(t, call)
  if (!beginFlow(t, call, flow)) endCall(t, call, 'engineFailure', 'exchange')
}
