// What media tells, brought to the call or agent it is about. Anything about legs that are gone is ignored.
import type { EndCause } from '../engine-port.ts'
import type { MediaHappening } from '../media-port.ts'
import { arrive, arrived } from './arriving.ts'
import { type Call, type Party, byLeg, live, partyOf, up } from './call.ts'
import { dialFar, farAnswered } from './dialling.ts'
import { flowInput, said, voicemailOver } from './flow-driver.ts'
import { answer, partyFailed, ringing, unanswered } from './offering.ts'
import { transfer, transferFailed } from './passing.ts'
import { waitingKey } from './queueing.ts'
import { measured, notRecorded, soundAway } from './quality.ts'
import { restored } from './recovery.ts'
import { attach, detach } from './seats.ts'
import { agentLeaves, connect, endCall, hold, leaveParty, noticeOver, releaseAgent, resume, settle } from './talking.ts'
import { type Turn, causeOf, emit, media, own, timer } from './world.ts'

const PROBE_MS = 30_000

/** Steps the world by a happening of media. */
export function happen(t: Turn, it: MediaHappening): void {
  switch (it.kind) {
    case 'incoming': return arrive(t, it)
    case 'recording': return recorded(t, it)
    case 'registered': case 'unregistered': {
      const on = it.kind === 'registered'
      if (t.w.extensions.get(it.user) !== on) emit(t, null, 'extensionState', { user: it.user, registered: on, contact: it.kind === 'registered' ? it.contact : null })
      t.w.extensions.set(it.user, on)
      return
    }
    case 'trunk': case 'alarm': case 'browserAnswer': case 'dialog': return
    case 'ended': return ended(t, it)
    default:
  }
  const at = t.w.legs.get(it.leg)
  if (at === undefined) return
  if (at.startsWith('@')) return standing(t, at.slice(1), it)
  const call = own(t, at)
  const party = call ? byLeg(call, it.leg) : undefined
  if (call && party) onLeg(t, call, party, it)
}

type OfLeg = Extract<MediaHappening, { leg: string }>
/** A desk's standing leg. */
function standing(t: Turn, id: string, it: OfLeg): void {
  const agent = t.w.agents.get(id)
  if (!agent || agent.leg !== it.leg) return
  if (it.kind === 'media') {
    if (it.state === 'lost') return detach(t, id, false)
    return attach(t, id, it.leg)
  }
  const call = own(t, agent.consultId ?? agent.callId)
  const party = call ? byLeg(call, it.leg) : undefined
  if (call && party && (it.kind === 'played' || it.kind === 'quality')) onLeg(t, call, party, it)
}

function onLeg(t: Turn, call: Call, party: Party, it: OfLeg): void {
  switch (it.kind) {
    case 'progress':
      if (it.trunk) party.trunk = it.trunk
      if (party.state !== 'dialling') return
      if (party.agent && party.purpose !== 'dial' || party.agent && call.agent !== party.agent) return ringing(t, call, party)
      party.state = 'ringing'
      emit(t, call.id, 'callProgress', { legId: party.leg, role: party.role, agent: party.agent, number: party.number, state: it.early ? 'early' : 'ringing' })
      return
    case 'answered': return answered(t, call, party, it.trunk ?? null)
    case 'played':
      if (call.notice !== null && it.play === call.notice) { if (party.role === 'outside') noticeOver(t, call); return }
      if (party.role === 'outside' && it.play === call.play) {
        if (it.how === 'failed') emit(t, call.id, 'alarm', { alarm: 'promptMissing', detail: `${call.flow?.flow ?? call.queue?.queue ?? ''} ${call.flow?.node ?? ''} ${it.file ?? ''}`, over: false })
        if (it.how !== 'stopped') said(t, call)
      }
      return
    case 'digit':
      if (party.role !== 'outside') return
      if (call.state === 'queued') return waitingKey(t, call, it.digit)
      if (call.state === 'voicemail' && call.flow === null) { if (it.digit === '#' && call.recording) media(t, { kind: 'stopRecording', recording: call.recording.id }); return }
      // While it rings at an agent keys lead nowhere: the call is about to be answered.
      return call.state === 'ringing' ? undefined : flowInput(t, call, { kind: 'digit', digit: it.digit })
    case 'farHold':
      if (it.held) hold(t, call, party.agent, 'far')
      else if (call.held?.by === 'far') resume(t, call, party.agent)
      return
    case 'media':
      if (it.state === 'lost') {
        emit(t, call.id, 'alarm', { alarm: 'mediaLost', detail: party.agent ?? party.trunk ?? '', over: false })
        soundAway(t, call, party, true)
        media(t, { kind: 'probe', leg: party.leg })
        timer(t, call, `lost:${party.leg}`, PROBE_MS)
      } else {
        timer(t, call, `lost:${party.leg}`, null)
        if (it.state === 'back') soundAway(t, call, party, false)
      }
      return
    case 'probed':
      if (!it.alive && call.timers[`lost:${party.leg}`] !== undefined) gone(t, call, party, 'lostSound', 'media', null)
      return
    case 'restored': return restored(t, call, it.leg)
    case 'refer':
      // The transfer key of a desk phone is the agent's transfer, with the same rights.
      if (party.agent) transfer(t, call, party.agent, { kind: 'number', number: it.to }, null, {})
      return
    case 'quality': return measured(t, call, party, it)
    default:
  }
}

function answered(t: Turn, call: Call, party: Party, trunk: string | null): void {
  if (trunk) party.trunk = trunk
  timer(t, call, `out:${party.leg}`, null)
  if (party.purpose === 'caller') return arrived(t, call)
  if (party.state === 'up') return
  if (party.agent && (party.purpose === 'offer' || party.purpose === 'transfer')) return void answer(t, call, party.agent)
  if (party.agent && party.agent !== call.agent) { timer(t, call, `ring:${party.agent}`, null); return farAnswered(t, call, party) }
  if (party.agent && call.dial) {
    // The agent's own phone was picked up: now who was to be called.
    party.state = 'up'
    party.upAt = t.now
    return dialFar(t, call)
  }
  if (call.kind === 'twoWay' && call.dial) {
    party.state = 'up'
    party.upAt = t.now
    return dialFar(t, call)
  }
  if (party.purpose === 'transfer') {
    if (call.transfer) emit(t, call.id, 'callTransferred', { from: call.transfer.from, to: { kind: call.transfer.to.kind, id: party.number ?? '' }, how: 'completed', reason: call.transfer.reason, context: call.context })
    call.flow = null
    return connect(t, call, party, 0)
  }
  farAnswered(t, call, party)
}

/** A leg has ended. */
function ended(t: Turn, it: Extract<MediaHappening, { kind: 'ended' }>): void {
  const at = t.w.legs.get(it.leg)
  if (at === undefined) return
  if (at.startsWith('@')) return detach(t, at.slice(1), true)
  t.w.legs.delete(it.leg)
  const call = own(t, at)
  const party = call ? byLeg(call, it.leg) : undefined
  if (!call || !party) return
  const agent = party.agent ? t.w.agents.get(party.agent) : undefined
  const main = agent?.device === 'phone' && agent.consultId === call.id ? agent.callId : null
  gone(t, call, party, causeOf(it.cause), it.by, it.status ?? null)
  // A desk phone that hangs up in a consultation has left its first call as well.
  const first = own(t, main)
  const there = first && party.agent ? partyOf(first, party.agent) : undefined
  if (first && there) {
    t.w.legs.delete(it.leg)
    gone(t, first, there, causeOf(it.cause), it.by, it.status ?? null)
  }
}

/** A party is gone: what that means depends on who it was and what the call was doing. */
export function gone(t: Turn, call: Call, party: Party, cause: EndCause, by: 'far' | 'near' | 'media', status: number | null): void {
  timer(t, call, `lost:${party.leg}`, null)
  timer(t, call, `out:${party.leg}`, null)
  const joined = party.upAt !== null
  if (party.agent) {
    if (!joined) {
      if (party.agent !== call.agent || party.purpose !== 'dial') return unanswered(t, call, party, cause === 'noAnswer' ? 'missed' : cause === 'busy' || cause === 'refused' ? 'rejected' : 'failed')
      releaseAgent(t, call, party, cause, 'far')
      return endCall(t, call, cause === 'normal' ? 'noAnswer' : cause, 'agent')
    }
    return agentLeaves(t, call, party, 'normal', by)
  }
  // Two numbers that were joined have nobody else to go on with.
  if (call.kind === 'twoWay' && joined) {
    leaveParty(t, call, party, cause, by, status)
    return endCall(t, call, cause, party.role === 'outside' ? 'caller' : 'third')
  }
  if (party.role === 'outside' && (party.purpose === 'caller' || joined)) return callerGone(t, call, party, cause, by, status)
  leaveParty(t, call, party, cause, by, status)
  if (joined) return settle(t, call, 'normal', 'third')
  if (party.purpose === 'transfer') return transferFailed(t, call, cause)
  if (party.purpose === 'invite') return call.state === 'talking' || call.state === 'held' ? settle(t, call, 'normal', 'third') : undefined
  if (party.purpose === 'dial' || party.purpose === 'consult') return endCall(t, call, cause === 'normal' ? 'noAnswer' : cause, 'third')
  partyFailed(t, call, party, cause)
}

function callerGone(t: Turn, call: Call, party: Party, cause: EndCause, by: 'far' | 'near' | 'media', status: number | null): void {
  leaveParty(t, call, party, cause, by, status)
  const failed = by === 'media' ? cause : null
  const abandoned = (why: EndCause): void => endCall(t, call, call.callbackId === 'taken' ? 'queueCallback' : failed ?? why, by === 'media' ? 'media' : 'caller')
  switch (call.state) {
    case 'arriving': case 'ivr': return abandoned(call.direction === 'outbound' ? 'normal' : call.cause === 'intercepted' ? 'intercepted' : 'abandonedInIvr')
    case 'queued': return abandoned('abandonedInQueue')
    case 'ringing': return abandoned(call.agents.length > 0 ? 'normal' : 'abandonedRinging')
    case 'voicemail': return abandoned('voicemail')
    case 'dialling': return abandoned(call.direction === 'inbound' ? 'normal' : 'cancelled')
    case 'survey': case 'parked': return abandoned('normal')
    default:
  }
  // Agent and a third party may go on talking, or wait for who is being invited.
  const rest = up(call)
  if (rest.length >= 2 || (rest.length === 1 && live(call).some((p) => p.purpose === 'invite' && p.state !== 'up'))) {
    if (call.held) resume(t, call, call.agent)
    return settle(t, call, 'normal', 'caller')
  }
  abandoned('normal')
}

function recorded(t: Turn, it: Extract<MediaHappening, { kind: 'recording' }>): void {
  for (const found of t.w.calls.values()) {
    if (found.recording?.id !== it.recording) continue
    const call = own(t, found.id)
    const recording = call?.recording
    if (!call || !recording) return
    if (it.state === 'started') {
      recording.live = true
      return emit(t, call.id, 'recordingStarted', { recordingId: recording.id, segment: recording.segment, kind: recording.box === null ? 'call' : 'voicemail', agent: call.agent, box: recording.box })
    }
    if (recording.box !== null) return voicemailOver(t, call)
    // Recording broke off: the call goes on, the next change of parties begins a new segment.
    call.recording = null
    if (it.state === 'failed') notRecorded(t, call)
    return
  }
}
