// A call comes in: numbers, lists, class, interception; then its flow or queue. Nothing here can delay an emergency.
import type { LegId, MediaHappening } from '../media-port.ts'
import { type Call, live, outside } from './call.ts'
import { normaliseNumber } from './numbers.ts'
import { dial } from './dialling.ts'
import { beginFlow, toVoicemail } from './flow-driver.ts'
import { listsOf } from './policy-index.ts'
import { leaderQueue } from './leaders.ts'
import { enqueue } from './queueing.ts'
import { file, shipped } from './say.ts'
import { endCall } from './talking.ts'
import { type Turn, emit, indexOf, media, move, newParty, openCall, play, timer } from './world.ts'

export type Incoming = Extract<MediaHappening, { kind: 'incoming' }>
const HOUR = 3_600_000

/** Whether the number is one of this tenant's. */
export const calledHere = (t: Turn, to: string): boolean => t.w.index !== null && (t.w.index.numbers.has(normaliseNumber(to, t.w.index.policy)) || t.w.index.extensions.has(to))

/** Takes an incoming leg: of an own telephone it is a dialling agent, from outside a caller. */
export function arrive(t: Turn, incoming: Incoming): void {
  const index = indexOf(t)
  const { policy } = index
  const to = normaliseNumber(incoming.to, policy)
  const service = index.numbers.get(to)
  if (incoming.source.kind === 'extension' && !service) return fromTelephone(t, incoming, incoming.source.user)
  if (!service) {
    // A trunk may reach a signed-in extension directly (direct dialling in) only through a service number.
    return media(t, { kind: 'refuse', leg: incoming.leg, status: 404, reason: 'Unknown number' })
  }
  const from = incoming.from.hidden ? '' : normaliseNumber(incoming.from.number, policy)
  const party = newParty(incoming.leg, 'outside', 'caller', t.now, { number: from, name: incoming.from.name || null, trunk: incoming.source.kind === 'trunk' ? incoming.source.trunk : null })
  const call = openCall(t, { direction: 'inbound', kind: 'voice', state: 'arriving', from, to, hidden: incoming.from.hidden, serviceNumber: service.number, parties: [party] })
  t.w.legs.set(incoming.leg, call.id)
  emit(t, call.id, 'callArrived', { direction: 'inbound', kind: 'voice', from, to, hidden: call.hidden, serviceNumber: service.number, trunk: party.trunk, policy: policy.number, agent: null, linkedTo: null, context: {} })
  const verdict = screen(t, call)
  if (verdict === 'refuse') {
    endCall(t, call, 'intercepted', 'exchange')
    return
  }
  media(t, { kind: 'answer', leg: incoming.leg })
  timer(t, call, 'arriving', 35_000)
}

/** Lists, emergency modes and the behaviour rule. Sets class and marks. */
function screen(t: Turn, call: Call): 'go' | 'refuse' {
  const index = indexOf(t, call)
  const { policy } = index
  const { classes, repeatCallsPerHour, repeatAction } = policy.settings
  const entries = call.from === '' ? [] : listsOf(index, call.from, t.now)
  call.lists = [...new Set(entries.map((e) => e.list))]
  call.marks = entries.flatMap((e) => e.mark ? [e.mark] : [])
  const mode = policy.emergencyModes.find((m) => m.until > t.now && m.numbers.includes(call.from))
  const wanted = new Set<string>([...call.lists.map((l) => l === 'red' ? 'special' : l), ...(mode || policy.emergencyNumbers.includes(call.from) ? ['emergency'] : [])])
  const found = classes.find((c) => wanted.has(c))
  if (found) call.class = found
  if (mode?.queue) call.context.emergencyQueue = mode.queue
  const reason = mode ? `mode:${mode.name}` : entries.find((e) => wanted.has(e.list) || e.list === 'red')?.id ?? (found ? 'emergencyNumber' : '')
  if (found || entries.length > 0) emit(t, call.id, 'callScreened', { class: call.class, reason, marks: call.marks, lists: entries.map((e) => ({ list: e.list, entry: e.id })) })
  const safe = call.class === classes[0] || call.class === 'white'
  if (call.from === '' || safe) return 'go'
  if (call.lists.includes('black')) {
    emit(t, call.id, 'callIntercepted', { rule: `black:${entries.find((e) => e.list === 'black')?.id ?? ''}`, action: 'end', number: call.from, calls: null })
    return 'refuse'
  }
  const recent = [...(t.w.recent.get(call.from) ?? []).filter((at) => t.now - at < HOUR), t.now].slice(-200)
  t.w.recent.set(call.from, recent)
  if (repeatCallsPerHour > 0 && !policy.neverIntercepted.includes(call.from) && recent.length > repeatCallsPerHour && repeatAction !== 'none') {
    emit(t, call.id, 'callIntercepted', { rule: 'repeat', action: repeatAction, number: call.from, calls: recent.length })
    call.context.intercepted = repeatAction
  }
  return 'go'
}

/** The server found who calls: the flow says it slower, the order of waiting knows more. What a flow set itself stays. */
export function callerKnown(t: Turn, call: Call, it: { factors: Record<string, number>, class: string | null, mark: string | null, reason: string | null, variables: Record<string, string> }): void {
  call.factors = { ...it.factors, ...call.factors }
  if (call.flow) call.flow = { ...call.flow, vars: { ...call.flow.vars, ...it.variables } }
  call.known = it.variables
  const { classes } = indexOf(t, call).policy.settings
  const at = it.class === null ? -1 : classes.indexOf(it.class)
  const higher = at >= 0 && at < classes.indexOf(call.class)
  if (higher) call.class = classes[at] ?? call.class
  if (it.mark && !call.marks.includes(it.mark)) call.marks = [...call.marks, it.mark]
  if (higher || it.mark) emit(t, call.id, 'callScreened', { class: call.class, reason: it.reason ?? it.mark ?? '', marks: call.marks, lists: [] })
  if (call.state === 'queued') t.assign = true
}

/** The caller's leg is answered: now the flow, the queue, or what a rule decided. */
export function arrived(t: Turn, call: Call): void {
  if (call.state !== 'arriving') return
  timer(t, call, 'arriving', null)
  const caller = outside(call)
  if (!caller) return endCall(t, call, 'abandonedInIvr', 'caller')
  caller.state = 'up'
  caller.upAt = t.now
  const index = indexOf(t, call)
  if (call.context.emergencyQueue && index.queues.has(call.context.emergencyQueue)) return enqueue(t, call, call.context.emergencyQueue, 'number', {})
  switch (call.context.intercepted) {
    case 'end':
      move(t, call, 'ivr')
      call.cause = 'intercepted'
      play(t, call, caller.leg, [file(shipped.intercepted)], 1)
      return timer(t, call, 'saidLast', 15_000)
    case 'voicemail': {
      const box = index.policy.voicemailBoxes[0]
      if (!box) break
      move(t, call, 'ivr')
      return toVoicemail(t, call, box.id, 120)
    }
    case 'shiftLeader': {
      // Only shift leaders are rung (`giveOne`); with none signed in the caller is an ordinary one, and loses nothing.
      call.class = 'ordinary'
      const queue = leaderQueue(t)
      if (queue !== null) return enqueue(t, call, queue, 'number', {})
      break
    }
    default:
  }
  const service = index.numbers.get(call.to)
  if (service && 'queue' in service.to) return enqueue(t, call, service.to.queue, 'number', {})
  if (service && 'flow' in service.to && beginFlow(t, call, service.to.flow)) return
  // No flow is no reason to lose a caller.
  const any = index.policy.queues[0]
  if (any) return enqueue(t, call, any.id, 'number', {})
  endCall(t, call, 'engineFailure', 'exchange')
}

/** A registered telephone dials: its signed-in agent calls. */
function fromTelephone(t: Turn, incoming: Incoming, user: string): void {
  const agent = indexOf(t).extensions.get(user)
  const refuse = (status: number): void => media(t, { kind: 'refuse', leg: incoming.leg, status })
  const signedIn = agent ? t.w.agents.get(agent.id) : undefined
  if (!agent || !signedIn || signedIn.device !== 'phone') return refuse(403)
  const digits = incoming.to.replace(/[^0-9*#]/g, '')
  if (digits.length < 2) return refuse(484)
  const leg: LegId = incoming.leg
  media(t, { kind: 'answer', leg })
  const done = dial(t, agent.id, { kind: 'number', number: digits }, { displayed: null, context: {}, leg })
  if (done.status !== 200) media(t, { kind: 'hangUp', leg, cause: 'refused' })
}

/** An arriving call that media never answered. */
export const neverAnswered = (t: Turn, call: Call): void => { if (call.state === 'arriving' && live(call).length >= 0) endCall(t, call, 'engineFailure', 'exchange') }
