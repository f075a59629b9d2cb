// After the exchange was killed: the world from the journal's last records, and one turn that makes of it what can be kept.
// Live dialogs are taken up again, desks have five seconds to come back, what rang rings anew, what cannot be kept ends with a dial task.
import { type Agent, inCallStates } from './agent.ts'
import { type Call, byLeg, live, outside } from './call.ts'
import { flowInput, toVoicemail } from './flow-driver.ts'
import { gone } from './happenings.ts'
import { requeue } from './offering.ts'
import { transferFailed } from './passing.ts'
import { musicAgain, queueLive } from './queueing.ts'
import { file, shipped } from './say.ts'
import { endCall, leaveParty, music, record, remix, settle } from './talking.ts'
import { type Callback, type Turn, type World, agentTimer, emit, indexOf, media, own, play, step, timer } from './world.ts'

export type Saved = { calls: Call[], agents: Agent[], callbacks: Callback[], locked: string[], tally: [string, World['tally'] extends Map<string, infer V> ? V : never][], lastAgents: [string, { agent: string, at: number }][], recent: [string, number[]][] }

/** Puts saved entities into an empty world that has its policies. */
export function load(w: World, saved: Saved): void {
  for (const call of saved.calls) {
    w.calls.set(call.id, call)
    for (const p of live(call)) if (!p.nailed) w.legs.set(p.leg, call.id)
    if (call.slot !== null) w.slots.set(call.slot, call.id)
  }
  for (const agent of saved.agents) w.agents.set(agent.id, agent)
  for (const callback of saved.callbacks) w.callbacks.set(callback.id, callback)
  w.locked = new Set(saved.locked)
  w.tally = new Map(saved.tally)
  w.lastAgents = new Map(saved.lastAgents)
  w.recent = new Map(saved.recent)
}

/** The first turn after a restart. `dialogs`: what media needs to take a leg up again. Returns how many calls may go on. */
export function recover(t: Turn, dialogs: ReadonlyMap<string, string>): number {
  const { w } = t
  for (const agent of w.agents.values()) {
    if (agent.device === 'phone') continue
    w.agents.set(agent.id, { ...agent, leg: null, connected: false, lostAt: t.now, timers: { ...agent.timers, grace: t.now + 5000, ...(agent.callId ? { seatLost: t.now + indexOf(t).policy.settings.seatLostSeconds * 1000 } : {}) } })
    t.agents.add(agent.id)
  }
  for (const id of [...w.calls.values()].sort((a, b) => a.startedAt - b.startedAt).map((c) => c.id)) {
    const call = own(t, id)
    if (call) again(t, call, dialogs)
  }
  for (const back of w.callbacks.values()) {
    if (back.call !== null && !w.calls.has(back.call)) w.callbacks.set(back.id, { ...back, call: null, nextAt: t.now })
    t.callbacks.add(back.id)
  }
  for (const agent of w.agents.values()) {
    // A state that the lost calls left behind.
    if (inCallStates.has(agent.state) && !w.calls.has(agent.callId ?? '')) step(t, agent.id, { kind: 'callOver', wrapUpMs: 0 })
  }
  t.assign = true
  return w.calls.size
}

function again(t: Turn, call: Call, dialogs: ReadonlyMap<string, string>): void {
  call.mix = ''
  call.play = null
  call.notice = null
  // The running file was closed by whoever repaired its header; a new segment begins.
  call.recording = null
  for (const name of Object.keys(call.timers)) if (/^(notice|said|saidLast|recorded|out:|ring:|auto:|lost:)/.test(name)) timer(t, call, name, null)
  const ringing: string[] = []
  for (const p of live(call)) {
    if (p.state === 'up' || p.state === 'detached' || (p.purpose === 'caller' && dialogs.has(p.leg))) {
      const dialog = dialogs.get(p.leg)
      if (p.nailed) { p.state = 'detached'; continue }
      if (dialog === undefined) continue
      p.state = 'detached'
      media(t, { kind: 'restore', leg: p.leg, dialog })
    } else if (p.agent) ringing.push(p.leg)
  }
  for (const p of live(call)) {
    if (p.state === 'detached') continue
    const agent = p.agent
    if (p.state === 'ended') continue
    if (p.upAt !== null || !agent || !ringing.includes(p.leg)) { gone(t, call, p, 'engineFailure', 'media', null); continue }
    leaveParty(t, call, p, 'engineFailure', 'media', null)
    if (agent && t.w.agents.get(agent)?.callId === call.id) {
      step(t, agent, { kind: 'withdrawn' })
      const now = t.w.agents.get(agent)
      if (now?.device === 'phone') t.w.agents.set(agent, { ...now, leg: null })
      emit(t, call.id, 'offerEnded', { agent, queue: call.queue?.queue ?? null, how: 'withdrawn', rangMs: t.now - p.startedAt })
    }
  }
  if (call.state === 'ended' || !t.w.calls.has(call.id)) return
  timer(t, call, 'restore', 5000)
  const caller = outside(call)
  if (call.transfer && (call.state === 'ringing' || call.state === 'dialling')) return transferFailed(t, call, 'engineFailure')
  if (call.state === 'ringing') { if (call.queue) requeue(t, call); else endCall(t, call, 'engineFailure', 'media') } else if (call.state === 'queued' && call.queue) {
    const queue = queueLive(t, call.queue.queue)
    if (!queue.waiting.includes(call.id)) queue.waiting = [...queue.waiting, call.id]
  } else if (call.state === 'dialling') endCall(t, call, 'engineFailure', 'media')
  else if (!caller && live(call).length < 2) settle(t, call, 'engineFailure', 'media')
}

/** A leg has new media: the caller hears again what belongs to where the call is. */
export function restored(t: Turn, call: Call, leg: string): void {
  const party = byLeg(call, leg)
  if (!party || party.state !== 'detached') return
  party.state = 'up'
  if (party.agent) {
    const agent = t.w.agents.get(party.agent)
    if (agent?.device === 'phone') t.w.agents.set(agent.id, { ...agent, leg })
  }
  if (party.role === 'outside') {
    switch (call.state) {
      case 'arriving': case 'ivr': case 'survey':
        // The node begins again: what was half keyed is asked anew.
        if (call.flow) return flowInput(t, call, { kind: 'start' })
        return endCall(t, call, 'engineFailure', 'media')
      case 'queued': return musicAgain(t, call)
      case 'voicemail': {
        // What was said so far is kept as it is; the caller is asked to go on after the beep.
        const flow = call.flow
        const node = flow ? indexOf(t, call).flows.get(flow.flow)?.nodes[flow.node] : undefined
        return toVoicemail(t, call, node?.kind === 'voicemail' ? node.box : indexOf(t, call).policy.voicemailBoxes[0]?.id ?? '', 120)
      }
      case 'parked': play(t, call, leg, music(t, call), 0); return
      case 'held': play(t, call, leg, music(t, call), 0); break
      case 'talking': if (call.parties.some((p) => p.state === 'detached')) play(t, call, leg, [file(shipped.pleaseWait), { kind: 'silence', ms: 8000 }], 0); break
      default:
    }
  }
  if (call.state === 'talking' || call.state === 'held') record(t, call)
  remix(t, call)
}

/** Legs that did not come back in time are gone: who can be rung back gets a dial task. */
export function restoreOver(t: Turn, call: Call): void {
  const lost = call.parties.filter((p) => p.state === 'detached' && !p.nailed)
  const caller = lost.find((p) => p.role === 'outside')
  if (caller?.number && call.direction === 'inbound' && call.state !== 'voicemail') emit(t, call.id, 'dialTaskNeeded', { number: caller.number, reason: 'engineFailure', agent: call.agent, context: call.context })
  for (const p of lost) if (p.state === 'detached') gone(t, call, p, 'engineFailure', 'media', null)
  for (const a of [call.agent]) if (a && !t.w.calls.has(call.id)) agentTimer(t, a, 'seatLost', null)
}
