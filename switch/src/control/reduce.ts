// The one door to a tenant's world: (world, input, now) → effects. Deterministic; no clock, no chance, no waiting inside.
import type { CommandResult, Policy } from '../engine-port.ts'
import type { MediaHappening } from '../media-port.ts'
import { type WorldAct, act } from './acts.ts'
import type { Agent } from './agent.ts'
import { neverAnswered } from './arriving.ts'
import { type Call, byLeg } from './call.ts'
import { flowInput, said, voicemailOver } from './flow-driver.ts'
import { gone, happen } from './happenings.ts'
import { answer, assign, unanswered } from './offering.ts'
import { parkedTooLong } from './passing.ts'
import { indexPolicy } from './policy-index.ts'
import { waitingDue } from './queueing.ts'
import { recover, restoreOver } from './recovery.ts'
import { type SignIn, agentDue, deskBack, deskLost, microphone, offerLeg, signIn, signOut, takeQueues } from './seats.ts'
import { endCall, endedNow, noticeOver } from './talking.ts'
import { type Answer, type Callback, type Effect, type Turn, type World, desk, emit, newTurn, own, timer } from './world.ts'

export type Input =
  | { kind: 'media', happening: MediaHappening }
  | { kind: 'command', callId: string | null, act: WorldAct }
  /** A timer of a call, agent or call-back may be due. */
  | { kind: 'due', of: 'call' | 'agent' | 'callback', id: string }
  | { kind: 'policy', policy: Policy }
  | { kind: 'signIn', signIn: SignIn }
  | { kind: 'desk', agent: string, what: { kind: 'lost' } | { kind: 'back' } | { kind: 'microphone', on: boolean } | { kind: 'offer', sdp: string } | { kind: 'signOut', reason: string } }
  /** First input after a restart; `downMs` since the last record. */
  | { kind: 'recover', dialogs: ReadonlyMap<string, string>, downMs: number }
  | { kind: 'httpAnswer', call: string, values: Record<string, string> | null }
  | { kind: 'trunks', trunks: World['trunks'] }
  /** Before an upgrade, or taken back. */
  | { kind: 'draining', on: boolean }

export type Reduced = {
  effects: Effect[]
  answer: Answer | null
  /** What changed, as it is now: for journal, timers and desks. Ended calls come a last time in `ended`. */
  calls: Call[]
  ended: Call[]
  agents: { id: string, agent: Agent | null }[]
  callbacks: { id: string, callback: Callback | null }[]
}

/** Steps a world. Objects that were in it before are not changed; its tables are. */
export function reduce(w: World, input: Input, now: number): Reduced {
  const t = newTurn(w, now)
  let result: Answer | null = null
  switch (input.kind) {
    case 'media': happen(t, input.happening); break
    case 'command': result = act(t, input.callId, input.act); break
    case 'due': due(t, input.of, input.id); break
    case 'policy': takePolicy(t, input.policy); break
    case 'signIn': result = signIn(t, input.signIn); break
    case 'desk': result = ofDesk(t, input); break
    case 'httpAnswer': {
      const call = own(t, input.call)
      if (call) { timer(t, call, 'http', null); flowInput(t, call, { kind: 'http', values: input.values }) }
      break
    }
    case 'recover': {
      const before = w.calls.size
      const kept = w.index ? recover(t, input.dialogs) : 0
      emit(t, null, 'engineStarted', { restored: kept, ended: before - kept, downMs: input.downMs })
      break
    }
    case 'trunks': w.trunks = input.trunks; t.assign = true; break
    case 'draining': w.draining = input.on; t.assign = true; break
  }
  if (t.assign && w.index) assign(t)
  const ended = endedNow.get(t) ?? []
  return {
    effects: t.effects, answer: result, ended,
    calls: [...t.calls].flatMap((id) => w.calls.get(id) ?? []),
    agents: [...t.agents].map((id) => ({ id, agent: w.agents.get(id) ?? null })),
    callbacks: [...t.callbacks].map((id) => ({ id, callback: w.callbacks.get(id) ?? null })),
  }
}

function ofDesk(t: Turn, { agent, what }: Extract<Input, { kind: 'desk' }>): Answer | null {
  switch (what.kind) {
    case 'lost': deskLost(t, agent); return null
    case 'back': deskBack(t, agent); return null
    case 'microphone': microphone(t, agent, what.on); return null
    case 'offer': offerLeg(t, agent, what.sdp); return null
    case 'signOut': return signOut(t, agent, what.reason, null)
  }
}

/** A new policy: running calls keep theirs; agents no longer named are signed out when free. */
function takePolicy(t: Turn, policy: Policy): void {
  const { w } = t
  const index = indexPolicy(policy)
  w.index = index
  w.indexes.set(policy.number, index)
  const used = new Set([policy.number, ...[...w.calls.values()].map((c) => c.policy)])
  for (const number of w.indexes.keys()) if (!used.has(number)) w.indexes.delete(number)
  for (const agent of w.agents.values()) {
    const named = index.agents.get(agent.id)
    if (!named) { signOut(t, agent.id, 'removed', null); continue }
    const queues = agent.queues.filter((q) => named.queues.some((n) => n.queue === q))
    takeQueues(t, agent.id, queues)
  }
  t.assign = true
}

/** Fires what is due of a call, agent or call-back. */
function due(t: Turn, of: 'call' | 'agent' | 'callback', id: string): void {
  if (of === 'callback') { t.assign = true; return }
  if (of === 'agent') {
    for (const [name, at] of Object.entries(t.w.agents.get(id)?.timers ?? {})) if (at <= t.now) agentDue(t, id, name)
    return
  }
  for (const [name, at] of Object.entries(t.w.calls.get(id)?.timers ?? {})) {
    const call = own(t, id)
    if (!call) return
    if (at > t.now || call.timers[name] !== at) continue
    timer(t, call, name, null)
    callDue(t, call, name)
  }
}

function callDue(t: Turn, call: Call, name: string): void {
  const [kind, rest] = name.split(':', 2)
  const party = rest ? byLeg(call, rest) ?? call.parties.findLast((p) => p.agent === rest && p.state !== 'ended') : undefined
  switch (kind) {
    case 'ring': return party && (party.state === 'ringing' || party.state === 'dialling') ? unanswered(t, call, party, party.state === 'ringing' ? 'missed' : 'failed') : undefined
    case 'auto': return party?.state === 'ringing' && party.agent ? void answer(t, call, party.agent) : undefined
    case 'out': return party && party.state !== 'up' ? gone(t, call, party, 'noAnswer', 'near', null) : undefined
    case 'lost': return party ? gone(t, call, party, 'lostSound', 'media', null) : undefined
    case 'arriving': return neverAnswered(t, call)
    case 'silence': return flowInput(t, call, { kind: 'timeout' })
    case 'said': case 'saidLast': {
      if (kind === 'saidLast') timer(t, call, 'saidLast', 0)
      return said(t, call)
    }
    case 'http': return flowInput(t, call, { kind: 'http', values: null })
    case 'recorded': return voicemailOver(t, call)
    case 'notice': return noticeOver(t, call)
    case 'parked': return parkedTooLong(t, call)
    case 'max': return endCall(t, call, 'forced', 'exchange')
    case 'holdLong': if (call.agent) desk(t, call.agent, { type: 'hint', hint: 'holdLong', callId: call.id, detail: '' }); return
    case 'muteOver': if (call.agent) desk(t, call.agent, { type: 'hint', hint: 'muteOver', callId: call.id, detail: '' }); return
    case 'restore': return restoreOver(t, call)
    default: return waitingDue(t, call, name)
  }
}
/** The result that goes over the wire. */
export const resultOf = (commandId: string, given: Answer): CommandResult => ({ commandId, ...given })
