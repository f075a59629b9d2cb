// Commands: each checked against the call or agent it is about, carried out, and answered with a status and a word.
import type { AgentAct, CallAct, EngineAct } from '../engine-port.ts'
import { type Call, outside, partyOf } from './call.ts'
import { callerKnown } from './arriving.ts'
import { connectTwo, dial, dialFlow } from './dialling.ts'
import { normaliseNumber } from './numbers.ts'
import { toVoicemail } from './flow-driver.ts'
import { answer, unanswered } from './offering.ts'
import { consult, consultCancel, consultJoin, dropParty, invite, park, pickUp, retrieve, transfer, unpark } from './passing.ts'
import { askCallback, enqueue, leaveQueue } from './queueing.ts'
import { soundsOf, file, shipped } from './say.ts'
import { agentLeaves, hold, releaseAgent, remix, resume, settle, toSurvey } from './talking.ts'
import { signOut, takeQueues } from './seats.ts'
import { force, intervene } from './watching.ts'
import { type Answer, type Turn, desk, emit, indexOf, media, no, ok, own, putAgent, step, timer } from './world.ts'

/** Acts that the engine answers itself, before the world is asked. */
export type WorldAct = Exclude<EngineAct, { kind: 'publishPolicy' | 'deploy' | 'checkFlow' | 'simulateFlow' | 'readLive' | 'forgetRecording' }>

/** Carries out a command. Total: whatever comes is answered. */
export function act(t: Turn, callId: string | null, it: WorldAct): Answer {
  switch (it.kind) {
    case 'dial': return dial(t, it.agent, it.to, it)
    case 'pickUp': return pickUp(t, it.agent, it.extension, callId)
    case 'unpark': return unpark(t, it.agent, it.slot)
    case 'setState': case 'finishWrapUp': case 'setQueues': case 'setAnswerMode': case 'signOut': return ofAgent(t, it)
    case 'forceBusy': case 'releaseForced': case 'forceSignOut': return force(t, it)
    case 'notice': return notice(t, it)
    case 'connectTwo': return connectTwo(t, it.first, it.second, it.displayed, it.context)
    case 'dialFlow': return dialFlow(t, it)
    case 'requestCallback': {
      if (!indexOf(t).queues.has(it.queue)) return no(404, 'unknownQueue', it.queue)
      return ok({ callbackId: askCallback(t, { queue: it.queue, number: normaliseNumber(it.number, indexOf(t).policy), class: indexOf(t).policy.settings.classes.at(-1) ?? 'ordinary', enteredAt: t.now, asked: 'server', context: it.context }, null) })
    }
    case 'cancelCallback': {
      const found = t.w.callbacks.get(it.callbackId)
      if (!found) return no(404, 'unknownCallback')
      if (found.call) return no(409, 'beingCalled')
      t.w.callbacks.delete(found.id)
      t.callbacks.add(found.id)
      emit(t, null, 'callbackEnded', { callbackId: found.id, queue: found.queue, how: 'cancelled', attempts: found.attempts, call: null })
      return ok()
    }
    case 'preview': {
      const agent = t.w.agents.get(it.agent)
      if (!agent?.leg || agent.callId) return no(409, 'wrongState')
      media(t, { kind: 'play', leg: agent.leg, play: t.w.newId(), sounds: soundsOf(it.say, indexOf(t), {}, 'zh', 1).sounds, times: 1, mode: 'replace' })
      return ok()
    }
    default:
  }
  if (callId === null) return no(400, 'callMissing')
  const call = own(t, callId)
  if (!call) return t.w.ended.has(callId) ? no(409, 'callEnded') : no(404, 'unknownCall')
  switch (it.kind) {
    case 'listen': case 'whisper': case 'bargeIn': case 'forceIn': case 'takeOver': case 'stopIntervention': case 'forceOut': return intervene(t, call, it)
    case 'moveWaiting': {
      if (call.state !== 'queued' || !call.queue) return no(409, 'wrongState')
      if (!indexOf(t, call).queues.has(it.queue)) return no(404, 'unknownQueue', it.queue)
      const keeps = call.queue.enteredAt
      leaveQueue(t, call, 'moved')
      enqueue(t, call, it.queue, 'transfer', { keeps, front: it.front, timeoutSeconds: 1800 })
      return ok()
    }
    case 'callerKnown': {
      if (call.state === 'talking' || call.state === 'held') return no(409, 'wrongState')
      callerKnown(t, call, it)
      return ok()
    }
    case 'setClass':
      if (!indexOf(t, call).policy.settings.classes.includes(it.class)) return no(422, 'unknownClass', it.class)
      call.class = it.class
      emit(t, call.id, 'callScreened', { class: it.class, reason: it.reason ?? 'person', marks: call.marks, lists: [] })
      t.assign = true
      return ok()
    default: return ofCall(t, call, it)
  }
}

function ofCall(t: Turn, call: Call, it: CallAct): Answer {
  const mine = partyOf(call, it.agent)
  if (it.kind === 'retrieve') return retrieve(t, call, it.agent)
  if (!mine) return no(403, 'notYourCall')
  switch (it.kind) {
    case 'answer': return answer(t, call, it.agent)
    case 'reject':
      if (mine.state !== 'ringing') return no(409, 'wrongState')
      unanswered(t, call, mine, 'rejected')
      return ok()
    case 'hangUp':
      if (mine.state === 'ringing') { unanswered(t, call, mine, 'rejected'); return ok() }
      if (mine.role === 'monitor') { releaseAgent(t, call, mine, 'normal', 'near'); settle(t, call, 'normal', 'agent'); return ok() }
      agentLeaves(t, call, mine, 'normal', 'near')
      return ok()
    case 'hold':
      if (call.state !== 'talking' || mine.state !== 'up') return no(409, 'wrongState')
      hold(t, call, it.agent, 'agent')
      return ok()
    case 'resume':
      if (call.held?.by !== 'agent') return no(409, 'wrongState')
      if (t.w.agents.get(it.agent)?.consultId) return no(409, 'consulting')
      resume(t, call, it.agent)
      return ok()
    case 'mute': case 'unmute': return mute(t, call, it.agent, it.kind === 'mute')
    case 'sendDigits': {
      const others = call.parties.filter((p) => p.state === 'up' && p !== mine && p.agent === null)
      if (mine.state !== 'up' || others.length === 0) return no(409, 'wrongState')
      for (const p of others) media(t, { kind: 'sendDigits', leg: p.leg, digits: it.digits })
      return ok()
    }
    case 'transfer': return transfer(t, call, it.agent, it.to, it.reason, it.context)
    case 'consult': return consult(t, call, it.agent, it.to, it.context)
    case 'consultComplete': return consultJoin(t, it.agent, false)
    case 'consultJoin': return consultJoin(t, it.agent, true)
    case 'consultCancel': return consultCancel(t, it.agent)
    case 'invite': return invite(t, call, it.agent, it.to)
    case 'dropParty': return dropParty(t, call, it.agent, it.legId)
    case 'park': return park(t, call, it.agent)
    case 'survey': case 'toVoicemail': return away(t, call, it)
    case 'setContext':
      Object.assign(call.context, it.context)
      emit(t, call.id, 'contextSet', { agent: it.agent, context: it.context })
      return ok()
  }
}

/** The caller goes on alone, to a survey or a mailbox; the agent is free. */
function away(t: Turn, call: Call, it: Extract<CallAct, { kind: 'survey' | 'toVoicemail' }>): Answer {
  const mine = partyOf(call, it.agent)
  const caller = outside(call)
  if (mine?.state !== 'up' || caller?.state !== 'up' || (call.state !== 'talking' && call.state !== 'held') || call.parties.filter((p) => p.state !== 'ended').length > 2 || t.w.agents.get(it.agent)?.consultId) return no(409, 'wrongState')
  if (it.kind === 'survey' && !indexOf(t, call).flows.has(it.flow)) return no(404, 'unknownFlow', it.flow)
  if (it.kind === 'survey' && indexOf(t, call).agents.get(it.agent)?.survey === false) return no(403, 'noFunction', 'survey')
  if (it.kind === 'toVoicemail' && !indexOf(t, call).policy.voicemailBoxes.some((b) => b.id === it.box)) return no(404, 'unknownBox', it.box)
  call.held = null
  call.notice = null
  for (const name of ['notice', 'holdLong']) timer(t, call, name, null)
  releaseAgent(t, call, mine, 'normal', 'near')
  if (it.kind === 'survey') toSurvey(t, call, it.flow)
  else {
    if (call.recording) { media(t, { kind: 'stopRecording', recording: call.recording.id }); call.recording = null }
    toVoicemail(t, call, it.box, 120)
    remix(t, call)
  }
  return ok()
}

function mute(t: Turn, call: Call, id: string, on: boolean): Answer {
  const mine = partyOf(call, id)
  if (mine?.state !== 'up' || mine.muted === on) return no(409, 'wrongState')
  mine.muted = on
  emit(t, call.id, 'partyMuted', { legId: mine.leg, role: mine.role, agent: id, number: mine.number, muted: on })
  const caller = outside(call)
  if (on && caller?.state === 'up') media(t, { kind: 'play', leg: caller.leg, play: t.w.newId(), sounds: [file(shipped.pleaseWait)], times: 1, mode: 'over' })
  if (!on && caller?.state === 'up') media(t, { kind: 'stopPlaying', leg: caller.leg })
  timer(t, call, 'muteOver', on ? indexOf(t, call).policy.settings.muteCountdownSeconds * 1000 : null)
  remix(t, call)
  return ok()
}

function ofAgent(t: Turn, it: Extract<AgentAct, { kind: 'setState' | 'finishWrapUp' | 'setQueues' | 'setAnswerMode' | 'signOut' }>): Answer {
  const agent = t.w.agents.get(it.agent)
  if (!agent) return no(404, 'notSignedIn')
  switch (it.kind) {
    case 'setState': {
      const refused = step(t, it.agent, { kind: 'ask', state: it.state, until: it.minutes === null ? null : t.now + Math.round(it.minutes * 60_000), reason: it.reason }, it.agent)
      return refused ? no(409, refused) : ok()
    }
    case 'finishWrapUp': return step(t, it.agent, { kind: 'wrapUpOver' }, it.agent) ? no(409, 'wrongState') : ok()
    case 'setQueues': {
      const granted = indexOf(t).agents.get(it.agent)?.queues ?? []
      const foreign = it.queues.find((q) => !granted.some((g) => g.queue === q))
      if (foreign !== undefined) return no(403, 'queueNotGranted', foreign)
      takeQueues(t, it.agent, it.queues)
      return ok()
    }
    case 'setAnswerMode': putAgent(t, { ...agent, answerMode: it.mode }); return ok()
    case 'signOut': return signOut(t, it.agent, 'asked', it.agent)
  }
}

function notice(t: Turn, it: Extract<EngineAct, { kind: 'notice' }>): Answer {
  let told = 0
  for (const agent of t.w.agents.values()) {
    if (it.agents && !it.agents.includes(agent.id)) continue
    if (it.queues && !agent.queues.some((q) => it.queues?.includes(q))) continue
    desk(t, agent.id, { type: 'notice', noticeId: it.noticeId, title: it.title, text: it.text, until: it.until })
    told += 1
  }
  return ok({ told })
}
