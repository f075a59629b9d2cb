// A conversation: who hears whom, hold and music, recording, leaving and ending. Every change ends in `remix`, which says the whole of it once.
import type { EndCause } from '../engine-port.ts'
import type { Sound } from '../media-port.ts'
import { type Call, type Party, live, outside, pending, up } from './call.ts'
import { callbackFailed } from './dialling.ts'
import { beginFlow } from './flow-driver.ts'
import { qualityOf } from './quality.ts'
import { leaveQueue } from './queueing.ts'
import { countSounds, digitSounds, file, shipped, soundsOf } from './say.ts'
import { type Turn, agentTimer, emit, indexOf, media, move, own, play, step, timer } from './world.ts'

/** An agent's leg sounds in one call at a time: the consultation while there is one. */
function focused(t: Turn, call: Call, p: Party): boolean {
  if (p.agent === null || !p.nailed) return true
  const agent = t.w.agents.get(p.agent)
  return agent === undefined || (agent.consultId ?? agent.callId) === call.id
}

/** Says to media who hears whom, and to the recorder who is on which side; nothing when nothing changed. */
export function remix(t: Turn, call: Call): void {
  const talks = call.state === 'talking' || call.state === 'held' || call.state === 'dialling'
  const there = talks && call.notice === null ? call.parties.filter((p) => p.state === 'up' && focused(t, call, p) && !(call.held?.by === 'agent' && p.role === 'outside')) : []
  const heard = there.filter((p) => p.mode !== 'listen' && !p.muted)
  const members = there.length < 2 ? [] : there.map((p) => ({ leg: p.leg, hears: heard.filter((o) => o !== p && (o.mode === 'talk' || p.role === 'agent')).map((o) => o.leg) }))
  const mix = JSON.stringify(members)
  if (mix !== (call.mix || '[]')) {
    call.mix = mix
    media(t, { kind: 'mix', room: call.id, members })
  }
  const recording = call.recording
  if (!recording || recording.box !== null) return
  const audible = there.filter((p) => p.mode === 'talk')
  // A robot talks by what it plays: both sides are the one leg's.
  const robot = call.kind === 'robot' && call.state === 'ivr' ? call.parties.filter((p) => p.state === 'up' && p.role === 'outside').map((p) => p.leg) : []
  const sides = JSON.stringify([robot.length > 0 ? robot : audible.filter((p) => p.role === 'outside').map((p) => p.leg), audible.filter((p) => p.role !== 'outside').map((p) => p.leg), robot])
  if (sides === recording.sides) return
  recording.sides = sides
  const [left = [], right = [], played = []] = JSON.parse(sides) as string[][]
  media(t, { kind: 'record', recording: recording.id, call: call.id, left, right, ...(played.length > 0 ? { played } : {}) })
}

/** Begins a segment of the recording, or goes on with the running one. */
export function record(t: Turn, call: Call): void {
  if (call.recording || !indexOf(t, call).policy.settings.recordAll) return
  call.recording = { id: t.w.newId(), segment: call.segments, startedAt: t.now, sides: '', box: null, live: false }
  call.segments += 1
}
export function stopRecording(t: Turn, call: Call): void {
  if (!call.recording) return
  media(t, { kind: 'stopRecording', recording: call.recording.id })
  call.recording = null
}

/** Music of the call's queue. */
export function music(t: Turn, call: Call): Sound[] {
  const index = indexOf(t, call)
  const id = index.queues.get(call.queue?.queue ?? call.lastQueue ?? '')?.music
  const made = id ? soundsOf([{ kind: 'prompt', prompt: id }], index, {}, 'zh', 1).sounds : []
  return made.length > 0 ? made : [file(shipped.music)]
}

/** Callers whose last agent is known beyond what the server's policy knows: the newest. */
const LAST_AGENTS = 5000
function rememberAgent(t: Turn, number: string, agent: string): void {
  const { lastAgents } = t.w
  lastAgents.delete(number)
  lastAgents.set(number, { agent, at: t.now })
  for (const oldest of lastAgents.keys()) {
    if (lastAgents.size <= LAST_AGENTS) break
    lastAgents.delete(oldest)
  }
}

/** Joins an agent who has answered with the call: notice first, then both hear each other, recorded from here. */
export function connect(t: Turn, call: Call, party: Party, waitedMs: number): void {
  const index = indexOf(t, call)
  const rang = t.now - party.startedAt
  party.state = 'up'
  party.upAt = t.now
  const agent = party.agent
  call.answeredAt ??= t.now
  if (party.purpose === 'offer' || party.purpose === 'transfer' || call.agent === null) call.agent = agent
  call.transfer = null
  if (agent) {
    if (!call.agents.includes(agent)) call.agents.push(agent)
    step(t, agent, { kind: 'talk' })
    if (call.direction === 'inbound') rememberAgent(t, call.from, agent)
  }
  move(t, call, 'talking')
  emit(t, call.id, 'callAnswered', { agent, legId: party.leg, queue: call.lastQueue, waitedMs, rangMs: rang })
  emit(t, call.id, 'partyJoined', { legId: party.leg, role: party.role, agent, number: party.number, mode: party.mode })
  const queue = index.queues.get(call.lastQueue ?? '')
  const staff = agent ? index.agents.get(agent)?.staffNumber ?? '' : ''
  const say = queue ? [...soundsOf(queue.recordNotice, index, call.context, call.language, 1).sounds, ...(queue.sayStaffNumber && staff ? [file(shipped.staffNumber), ...digitSounds(staff), file(shipped.serves)] : [])] : []
  const caller = outside(call)
  if (say.length > 0 && caller?.state === 'up' && call.notice === null) {
    call.notice = play(t, call, caller.leg, say, 1)
    media(t, { kind: 'play', leg: party.leg, play: call.notice, sounds: say, times: 1, mode: 'replace' })
    timer(t, call, 'notice', 15_000)
  } else for (const p of live(call)) if (p.state === 'up') media(t, { kind: 'stopPlaying', leg: p.leg })
  record(t, call)
  remix(t, call)
}
/** The notice was said (or took too long): both hear each other now. */
export function noticeOver(t: Turn, call: Call): void {
  call.notice = null
  timer(t, call, 'notice', null)
  for (const p of up(call)) media(t, { kind: 'stopPlaying', leg: p.leg })
  remix(t, call)
}

export function hold(t: Turn, call: Call, agent: string | null, by: 'agent' | 'far'): void {
  if (call.state !== 'talking') return
  call.held = { by, since: t.now }
  move(t, call, 'held')
  emit(t, call.id, 'callHeld', { agent, by })
  if (by === 'agent') for (const p of live(call)) if (p.role === 'outside' && p.state === 'up') play(t, call, p.leg, music(t, call), 0)
  const ask = indexOf(t, call).policy.settings.holdAskSeconds
  if (by === 'agent' && ask > 0) timer(t, call, 'holdLong', ask * 1000)
  remix(t, call)
}
export function resume(t: Turn, call: Call, agent: string | null): void {
  if (!call.held || call.state !== 'held') return
  emit(t, call.id, 'callResumed', { agent, by: call.held.by, heldMs: t.now - call.held.since })
  call.held = null
  timer(t, call, 'holdLong', null)
  move(t, call, 'talking')
  for (const p of live(call)) if (p.state === 'up') media(t, { kind: 'stopPlaying', leg: p.leg })
  remix(t, call)
}

/** Lets an agent go from a call: the call may go on without, the agent is free or wraps up. Does not end the call. */
export function releaseAgent(t: Turn, call: Call, party: Party, cause: EndCause, by: 'far' | 'near' | 'media'): void {
  const id = party.agent
  const was = party.state
  leaveParty(t, call, party, cause, by, null)
  if (!id) return
  const agent = t.w.agents.get(id)
  if (!agent) return
  if (party.nailed) {
    media(t, { kind: 'stopPlaying', leg: party.leg })
    if (party.purpose === 'monitor') media(t, { kind: 'collect', leg: party.leg, on: false, secret: false })
  }
  if (agent.consultId === call.id) {
    // The main call has the agent again.
    t.w.agents.set(id, { ...agent, consultId: null })
    t.agents.add(id)
    const main = own(t, agent.callId)
    if (main && agent.device === 'phone' && agent.leg) t.w.legs.set(agent.leg, main.id)
    if (main) backToMain(t, main, id)
    return
  }
  if (agent.callId !== call.id) return
  if (agent.consultId) {
    step(t, id, { kind: 'callIs', call: agent.consultId })
    const consult = own(t, agent.consultId)
    if (consult) { consult.linkedTo = null; remix(t, consult) }
    return
  }
  const wrap = was === 'up' || was === 'detached' ? (party.purpose === 'monitor' ? 0 : indexOf(t, call).queues.get(call.lastQueue ?? '')?.wrapUpSeconds ?? 0) * 1000 : 0
  step(t, id, { kind: 'callOver', wrapUpMs: wrap })
  if (!party.nailed) {
    const now = t.w.agents.get(id)
    if (now) t.w.agents.set(id, { ...now, leg: null })
  }
  agentTimer(t, id, 'seatLost', agent.connected ? null : indexOf(t).policy.settings.seatLostSeconds * 1000)
}
function backToMain(t: Turn, main: Call, agent: string): void {
  if (main.state === 'held' && main.held?.by === 'agent') resume(t, main, agent)
  else remix(t, main)
}

/** Marks a party as gone and hangs its leg up unless it stands on its own. */
export function leaveParty(t: Turn, call: Call, party: Party, cause: EndCause, by: 'far' | 'near' | 'media', status: number | null): void {
  if (party.state === 'ended') return
  const joined = party.upAt !== null
  qualityOf(t, call, party)
  party.state = 'ended'
  const agent = party.agent ? t.w.agents.get(party.agent) : undefined
  const consult = agent?.callId === call.id ? own(t, agent.consultId) : undefined
  const again = consult?.parties.find((p) => p.leg === party.leg && p.state !== 'ended')
  if (again && !party.nailed) {
    // A desk phone's one leg goes on in the consultation and is that call's from now on.
    again.nailed = false
    if (consult) t.w.legs.set(party.leg, consult.id)
  } else if (!party.nailed) {
    if (by === 'near') media(t, { kind: 'hangUp', leg: party.leg, cause: cause === 'forced' ? 'forced' : joined ? 'normal' : 'cancelled' })
    t.w.legs.delete(party.leg)
  }
  if (joined || party.purpose !== 'offer') emit(t, call.id, 'partyLeft', { legId: party.leg, role: party.role, agent: party.agent, number: party.number, cause, by, status, trunk: party.trunk })
}

/** After somebody left a conversation: goes on between two, waits for who is being called, or ends. */
export function settle(t: Turn, call: Call, cause: EndCause, by: 'caller' | 'agent' | 'third' | 'exchange' | 'media'): void {
  if (call.state === 'ended') return
  const there = up(call)
  if (there.length >= 2 || (there.length === 1 && pending(call).length > 0)) return remix(t, call)
  endCall(t, call, cause, by)
}

/** An agent hangs up: survey if the queue has one, the agent is rated and the caller is still there; others may go on talking. */
export function agentLeaves(t: Turn, call: Call, party: Party, cause: EndCause, by: 'near' | 'far' | 'media'): void {
  releaseAgent(t, call, party, cause, by)
  const caller = outside(call)
  const index = indexOf(t, call)
  const survey = index.agents.get(party.agent ?? '')?.survey === false ? null : index.queues.get(call.lastQueue ?? '')?.survey
  if (caller?.state === 'up' && up(call).length === 1 && pending(call).length === 0 && survey && call.direction === 'inbound' && (call.state === 'talking' || call.state === 'held')) return toSurvey(t, call, survey)
  settle(t, call, cause, 'agent')
}
export function toSurvey(t: Turn, call: Call, flow: string): void {
  stopRecording(t, call)
  call.held = null
  call.notice = null
  for (const name of ['holdLong', 'notice', 'muteOver']) timer(t, call, name, null)
  move(t, call, 'survey')
  remix(t, call)
  if (!beginFlow(t, call, flow)) endCall(t, call, 'normal', 'agent')
}

/** The end of a call, whatever it was doing: legs, agents, queue, recording, slot. Nothing of it is left in the world afterwards. */
export function endCall(t: Turn, call: Call, cause: EndCause, by: 'caller' | 'agent' | 'third' | 'exchange' | 'media'): void {
  if (call.state === 'ended') return
  const waited = call.queue?.enteredAt ?? null
  if (call.queue) leaveQueue(t, call, cause === 'voicemail' ? 'voicemail' : cause === 'queueCallback' ? 'callback' : 'abandoned')
  stopRecording(t, call)
  move(t, call, 'ended')
  call.cause = cause
  call.flow = null
  for (const party of live(call)) {
    if (party.agent && (party.state === 'ringing' || party.state === 'dialling')) withdraw(t, call, party, 'withdrawn')
    else if (party.agent) releaseAgent(t, call, party, cause, 'near')
    else leaveParty(t, call, party, cause, 'near', null)
  }
  if (call.mix && call.mix !== '[]') media(t, { kind: 'mix', room: call.id, members: [] })
  if (call.slot !== null) t.w.slots.delete(call.slot)
  const { sums } = call
  emit(t, call.id, 'callEnded', {
    cause, by, startedAt: call.startedAt, answeredAt: call.answeredAt, ivrMs: sums.ivr, waitedMs: waited !== null && call.answeredAt === null ? t.now - waited : sums.queued + sums.ringing, rangMs: sums.ringing, talkMs: sums.talking + sums.held, heldMs: sums.held,
    agents: call.agents, queues: call.queues, path: call.path, class: call.class, context: call.context,
  })
  if (call.kind === 'callback') callbackFailed(t, call)
  call.timers = {}
  t.w.calls.delete(call.id)
  t.w.ended.set(call.id, t.now)
  // Kept for the journal and the desks of this turn.
  t.calls.add(call.id)
  endedNow.set(t, [...(endedNow.get(t) ?? []), call])
}
/** Calls that ended in a turn: the world forgets them at once, the driver journals and shows them a last time. */
export const endedNow = new WeakMap<Turn, Call[]>()

/** Takes an offer back from an agent who has not answered. */
export function withdraw(t: Turn, call: Call, party: Party, how: 'withdrawn' | 'answeredElsewhere'): void {
  const agent = party.agent
  leaveParty(t, call, party, 'cancelled', 'near', null)
  if (!agent) return
  emit(t, call.id, 'offerEnded', { agent, queue: call.queue?.queue ?? call.lastQueue, how, rangMs: t.now - party.startedAt })
  step(t, agent, { kind: 'withdrawn' })
  forgetPhone(t, agent, party)
}
/** A desk phone's leg belongs to the call only. */
export function forgetPhone(t: Turn, agent: string, party: Party): void {
  const now = t.w.agents.get(agent)
  if (now && !party.nailed && now.leg === party.leg) t.w.agents.set(agent, { ...now, leg: null })
}

/** Tells the caller's place and expected wait, then music again. */
export function positionSounds(position: number, expectedMs: number): Sound[] {
  return [file(shipped.position), ...countSounds(position), file(shipped.persons), file(shipped.expected), ...countSounds(Math.max(1, Math.round(expectedMs / 60_000))), file(shipped.minutes)]
}
