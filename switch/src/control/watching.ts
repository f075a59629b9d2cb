// Interventions of shift leaders, and what managers may force on an agent.
import type { EngineAct, Intervention } from '../engine-port.ts'
import { type Call, live, outside, partyOf, up } from './call.ts'
import { agentFirst } from './dialling.ts'
import { offer } from './offering.ts'
import { enqueue } from './queueing.ts'
import { signOut } from './seats.ts'
import { file, shipped } from './say.ts'
import { connect, endCall, releaseAgent, remix, settle, stopRecording } from './talking.ts'
import { type Answer, type Turn, emit, indexOf, media, no, ok, own, step, timer } from './world.ts'

/** Listen, whisper, barge in, force in, take over, force out. The order of one leader may be raised: listening becomes speaking. */
export function intervene(t: Turn, call: Call, act: Intervention): Answer {
  const { by, reason } = act
  const told = (agent: string | null): void => emit(t, call.id, 'intervened', { kind: act.kind, by, agent, reason })
  if (!indexOf(t).agents.get(by)?.functions.includes(act.kind === 'stopIntervention' ? 'listen' : act.kind)) return no(403, 'noFunction', act.kind)
  if (act.kind === 'forceOut') {
    told(call.agent)
    endCall(t, call, 'forced', 'exchange')
    return ok()
  }
  const mine = call.parties.findLast((p) => p.agent === by && p.role === 'monitor' && p.state !== 'ended')
  if (act.kind === 'stopIntervention') {
    if (!mine) return no(409, 'wrongState')
    told(call.agent)
    releaseAgent(t, call, mine, 'normal', 'near')
    settle(t, call, 'normal', 'agent')
    return ok()
  }
  if (call.state !== 'talking' && call.state !== 'held') return no(409, 'wrongState')
  if (!mine && partyOf(call, by)) return no(409, 'wrongState')
  let party = mine
  if (!party) {
    const leader = t.w.agents.get(by)
    if (!leader) return no(404, 'notSignedIn')
    if (leader.device !== 'browser' || !leader.leg) return no(409, 'noMicrophone')
    const refused = step(t, by, { kind: 'dial', call: call.id }, by)
    if (refused) return no(409, refused)
    const keeps = [...call.agents] // a leader is no agent of the call
    const made = agentFirst(t, call, by, 'monitor')
    call.agents = keeps
    if (!made) return no(409, 'wrongState')
    made.role = 'monitor'
    party = made
  }
  told(call.agent)
  party.mode = act.kind === 'listen' ? 'listen' : act.kind === 'whisper' ? 'whisper' : 'talk'
  if (act.kind === 'takeOver') {
    party.role = 'agent'
    party.purpose = 'transfer'
    for (const other of live(call)) if (other.agent && other.agent !== by && other.role === 'agent') releaseAgent(t, call, other, 'forced', 'near')
    call.agent = null
    call.held = null
    connect(t, call, party, 0)
    return ok()
  }
  if (act.kind === 'bargeIn' && indexOf(t, call).policy.settings.bargeAnnounce) {
    const caller = outside(call)
    if (caller?.state === 'up') media(t, { kind: 'play', leg: caller.leg, play: t.w.newId(), sounds: [file(shipped.barge)], times: 1, mode: 'over' })
  }
  emit(t, call.id, 'partyJoined', { legId: party.leg, role: 'monitor', agent: by, number: null, mode: party.mode })
  if (act.kind !== 'listen' && act.kind !== 'whisper') for (const p of up(call)) if (p.agent && p.agent !== by) t.effects.push({ to: 'desk', agent: p.agent, message: { type: 'hint', hint: 'monitorJoined', callId: call.id, detail: by } })
  remix(t, call)
  return ok()
}

type Forced = Extract<EngineAct, { kind: 'forceBusy' | 'releaseForced' | 'forceSignOut' }>
export function force(t: Turn, act: Forced): Answer {
  if (act.kind === 'releaseForced') {
    const locked = t.w.locked.delete(act.agent)
    return step(t, act.agent, { kind: 'release' }, act.by) === null || locked ? ok() : no(409, 'wrongState')
  }
  if (!t.w.agents.has(act.agent)) return no(404, 'notSignedIn')
  if (act.kind === 'forceBusy') {
    step(t, act.agent, { kind: 'force', reason: act.reason ?? 'forced' }, act.by)
    return ok()
  }
  if (act.lock) t.w.locked.add(act.agent)
  step(t, act.agent, { kind: 'force', reason: act.reason ?? 'forced' }, act.by)
  for (const call of [own(t, t.w.agents.get(act.agent)?.consultId), own(t, t.w.agents.get(act.agent)?.callId)]) if (call) handOver(t, call, act.agent, act.standby)
  signOut(t, act.agent, act.reason ?? 'forced', act.by)
  return ok()
}

/** The call of an agent who must go: to a standby, else to the queue in front, else it goes on without or ends. */
export function handOver(t: Turn, call: Call, id: string, standby: string | null): void {
  const mine = partyOf(call, id)
  if (!mine) return
  const caller = outside(call)
  const talks = call.state === 'talking' || call.state === 'held'
  if (mine.purpose === 'monitor' || mine.state === 'ringing' || mine.state === 'dialling' || !talks || caller?.state !== 'up' || up(call).length > 2) {
    releaseAgent(t, call, mine, 'forced', 'near')
    if (call.state === 'ringing' && call.queue && !live(call).some((p) => p.state === 'ringing' || p.state === 'dialling')) return enqueue(t, call, call.queue.queue, 'missed', { keeps: call.queue.enteredAt, front: true })
    return talks || call.state === 'dialling' ? settle(t, call, 'forced', 'exchange') : undefined
  }
  call.held = null
  call.notice = null
  for (const name of ['notice', 'holdLong', 'seatLost']) timer(t, call, name, null)
  stopRecording(t, call)
  if (standby && t.w.agents.get(standby)?.state === 'ready') {
    call.transfer = { from: null, to: { kind: 'agent', agent: standby }, since: t.now, reason: 'forced' }
    offer(t, call, standby, 'transfer', { pick: 'standby', score: {} }, 30)
  } else if (call.lastQueue) enqueue(t, call, call.lastQueue, 'lostSeat', { keeps: call.startedAt, front: true, timeoutSeconds: 1800 })
  releaseAgent(t, call, mine, 'forced', 'near')
  if (call.state === 'talking' || call.state === 'held') settle(t, call, 'forced', 'exchange')
}
