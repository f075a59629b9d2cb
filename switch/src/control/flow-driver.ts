// Carries out what the interpreter of flows wants for a call, and brings it what happened.
import { type Call, outside } from './call.ts'
import { normaliseNumber } from './numbers.ts'
import { type FlowAct, type FlowInput, newRun, stepFlow } from './flow-run.ts'
import { transferFromFlow } from './passing.ts'
import { file } from './say.ts'
import { askCallback, enqueue, leaveQueue, musicAgain } from './queueing.ts'
import { endCall } from './talking.ts'
import { type Turn, emit, indexOf, media, move, play, timer } from './world.ts'

/** Starts a flow of the call's policy from its first node. False when there is none of that id. */
export function beginFlow(t: Turn, call: Call, id: string): boolean {
  const flow = indexOf(t, call).flows.get(id)
  if (!flow) return false
  if (call.state !== 'survey' && call.state !== 'ivr') move(t, call, 'ivr')
  call.flow = newRun(flow, { ...call.context, 'caller.number': call.hidden ? '' : call.from, 'caller.class': call.class, 'caller.language': call.language, ...call.known, 'call.number': call.to, 'call.id': call.id })
  flowInput(t, call, { kind: 'start' })
  return true
}

/** Brings a flow something and does what it wants then. A flow that is gone already ignores it. */
export function flowInput(t: Turn, call: Call, input: FlowInput): void {
  if (!call.flow || call.state === 'ended') return
  const index = indexOf(t, call)
  const skip = call.class === index.policy.settings.classes[0] || call.class === 'white'
  const { run, acts } = stepFlow(call.flow, input, { index, now: t.now, lists: call.lists, serviceNumber: call.serviceNumber, skipAnnouncements: skip })
  call.flow = run
  const fresh: Record<string, string> = {}
  for (const [name, value] of Object.entries(run.vars)) {
    if (name.includes('.') && !/^(score|need)\./.test(name)) continue
    if (name.startsWith('score.')) call.factors[name.slice(6)] = Number(value) || 0
    else if (name.startsWith('need.')) { if (!call.needs.includes(value)) call.needs = [...call.needs, value] }
    else if (!run.secrets.includes(name) && call.context[name] !== value) { call.context[name] = value; fresh[name] = value }
  }
  if (Object.keys(fresh).length > 0) emit(t, call.id, 'flowVariables', { flow: run.flow, values: fresh })
  if (run.vars.language) call.language = run.vars.language
  for (const act of acts) {
    // An act may have ended the call or handed it on: the rest of this step is void.
    if (call.flow !== run && act.do !== 'step' && act.do !== 'rated') return
    perform(t, call, act)
  }
}

function perform(t: Turn, call: Call, act: FlowAct): void {
  const caller = outside(call)
  switch (act.do) {
    case 'step':
      call.path.push(act.key === null ? `${act.name || act.node}:${act.outcome}` : `${act.name || act.node}:${act.outcome}(${act.key})`)
      if (call.path.length > 200) call.path.shift()
      return emit(t, call.id, 'flowStep', { flow: act.flow, version: act.version, node: act.node, nodeKind: act.nodeKind, name: act.name, outcome: act.outcome, key: act.key })
    case 'say':
      for (const prompt of act.missing) emit(t, call.id, 'alarm', { alarm: 'promptMissing', detail: `${call.flow?.flow ?? ''} ${call.flow?.node ?? ''} ${prompt}`, over: false })
      if (caller) play(t, call, caller.leg, act.sounds, 1)
      // Media that does not answer must not keep a caller: longest prompt, then on.
      return timer(t, call, 'said', 120_000)
    case 'hush': if (caller) media(t, { kind: 'stopPlaying', leg: caller.leg }); call.play = null; return timer(t, call, 'said', null)
    case 'listen': if (caller) media(t, { kind: 'collect', leg: caller.leg, on: act.on, secret: act.secret }); return
    case 'timer': return timer(t, call, 'silence', act.ms)
    case 'queue':
      if (act.class && indexOf(t, call).policy.settings.classes.includes(act.class)) call.class = act.class
      return enqueue(t, call, act.queue, 'flow', { timeoutSeconds: act.timeoutSeconds })
    case 'leaveQueue':
      leaveQueue(t, call, 'key')
      return move(t, call, 'ivr')
    case 'callback': askCallback(t, { queue: act.queue, number: normaliseNumber(act.number, indexOf(t, call).policy), class: call.class, enteredAt: t.now, asked: 'caller', context: call.context }, call.id); call.callbackId = 'taken'; return
    case 'voicemail': return toVoicemail(t, call, act.box, act.maxSeconds)
    case 'endVoicemail': if (call.recording) media(t, { kind: 'stopRecording', recording: call.recording.id }); return
    case 'transfer': return transferFromFlow(t, call, act.to, act.ringSeconds, act.context)
    case 'http': return void t.effects.push({ to: 'http', call: call.id, method: act.method, url: act.url, body: act.body, take: act.take, hosts: indexOf(t, call).policy.httpHosts })
    case 'message': return emit(t, call.id, 'messageAsked', { template: act.template, number: call.from, values: act.text === null ? call.context : { ...call.context, text: act.text } })
    case 'rated': return emit(t, call.id, 'callRated', { flow: call.flow?.flow ?? '', key: act.key, value: act.value, agent: call.agent })
    case 'robot': return flowInput(t, call, { kind: 'robot', how: 'unavailable' })
    case 'end': return endCall(t, call, act.cause === 'intercepted' ? 'intercepted' : call.callbackId === 'taken' ? 'queueCallback' : call.flow?.stage === 'recorded' || call.path.some((p) => p.endsWith(':recorded')) ? 'voicemail' : 'normal', 'exchange')
  }
}

/** Records a message: beep, then until silence, key # or the limit. */
export function toVoicemail(t: Turn, call: Call, box: string, maxSeconds: number): void {
  const caller = outside(call)
  if (!caller || caller.state !== 'up') return endCall(t, call, 'overflowed', 'exchange')
  move(t, call, 'voicemail')
  if (!call.flow) media(t, { kind: 'collect', leg: caller.leg, on: true, secret: false })
  play(t, call, caller.leg, [...(call.flow ? [] : [file('shipped/voicemail')]), { kind: 'tone', tone: 'beep' }], 1)
  call.recording = { id: t.w.newId(), segment: call.segments, startedAt: t.now, sides: '', box, live: false }
  call.segments += 1
  media(t, { kind: 'record', recording: call.recording.id, call: call.id, left: [caller.leg], right: [], maxMs: maxSeconds * 1000, silenceMs: 8000 })
  timer(t, call, 'recorded', (maxSeconds + 10) * 1000)
}
/** The message is there (or could not be): the flow goes on, or thanks and end. */
export function voicemailOver(t: Turn, call: Call): void {
  if (call.state !== 'voicemail') return
  call.recording = null
  timer(t, call, 'recorded', null)
  if (call.flow) {
    move(t, call, 'ivr')
    return flowInput(t, call, { kind: 'recorded' })
  }
  endCall(t, call, 'voicemail', 'exchange')
}

/** What was played to the caller has ended. */
export function said(t: Turn, call: Call): void {
  call.play = null
  timer(t, call, 'said', null)
  if (call.timers.saidLast !== undefined) return endCall(t, call, call.callbackId === 'taken' ? 'queueCallback' : call.cause ?? 'overflowed', 'exchange')
  if (call.state === 'queued' || call.state === 'ringing') return musicAgain(t, call)
  if (call.state === 'ivr' || call.state === 'survey') flowInput(t, call, { kind: 'said' })
}
