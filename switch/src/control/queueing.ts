// Waiting: into a queue, what callers hear there, call-back offers, overflow, and out again.
import type { EventData, QueuePolicy } from '../engine-port.ts'
import { rungNow } from './agent.ts'
import { type Contact, type QueueLoad, orderContacts, ruleFor } from './acd.ts'
import { type Call, outside } from './call.ts'
import { civilAt } from './civil.ts'
import { beginFlow, flowInput, toVoicemail } from './flow-driver.ts'
import { reachable } from './leaders.ts'
import { file, shipped } from './say.ts'
import { endCall, music, positionSounds, remix } from './talking.ts'
import { type QueueLive, type Turn, type World, emit, indexOf, media, move, play, timer } from './world.ts'

const HANDLE_MS = 120_000
/** Live state of a queue; today's figures begin anew at midnight. */
export function queueLive(t: Turn, id: string): QueueLive {
  const day = civilAt(t.now, t.w.index?.policy.utcOffset ?? 0).day
  let live = t.w.queues.get(id)
  if (!live) {
    live = { waiting: [], after: null, handleMs: HANDLE_MS, overflowing: 0, today: { day, offered: 0, answered: 0, abandoned: 0, withinLevel: 0 } }
    t.w.queues.set(id, live)
  }
  if (live.today.day !== day) live.today = { day, offered: 0, answered: 0, abandoned: 0, withinLevel: 0 }
  return live
}

type From = EventData<'callQueued'>['from']
/** Puts a call into a queue; `keeps`: the begin of all its waiting. What cannot be (gone, full, nobody) leads on at once. */
export function enqueue(t: Turn, call: Call, id: string, from: From, rest: { keeps?: number, front?: boolean, timeoutSeconds?: number, step?: number } = {}): void {
  const index = indexOf(t, call)
  const queue = index.queues.get(id)
  const live = queueLive(t, id)
  if (!queue) return out(t, call, 'noAgents')
  const overflows = queue.overflow.length > 0 || queue.callbackAfterSeconds > 0
  if (from !== 'missed' && from !== 'lostSeat') {
    if (queue.capacity > 0 && live.waiting.length >= queue.capacity) return out(t, call, 'full')
    if (!overflows && signedIn(t, id) === 0 && !(rest.timeoutSeconds && rest.timeoutSeconds > 0 && call.flow === null)) return out(t, call, 'noAgents')
  }
  const first = call.queues.length === 0
  move(t, call, 'queued')
  call.queue = { queue: id, enteredAt: rest.keeps ?? t.now, since: t.now, missedBy: [], front: rest.front ?? false, step: rest.step ?? 0, offering: 'no', digits: '', outAt: rest.timeoutSeconds ? t.now + rest.timeoutSeconds * 1000 : null }
  call.lastQueue = id
  if (!call.queues.includes(id)) call.queues.push(id)
  live.waiting = [...live.waiting.filter((c) => c !== call.id), call.id]
  if (first) live.today.offered += 1
  const position = positionOf(t, call)
  const expected = expectedWait(t, id, position)
  emit(t, call.id, 'callQueued', { queue: id, class: call.class, position, expectedMs: expected, from, keeps: rest.keeps ?? null })
  const caller = outside(call)
  if (caller) play(t, call, caller.leg, music(t, call), 0)
  remix(t, call)
  timer(t, call, 'queueOut', rest.timeoutSeconds ? rest.timeoutSeconds * 1000 : null)
  timer(t, call, 'position', queue.tellPositionSeconds > 0 ? queue.tellPositionSeconds * 1000 : null)
  timer(t, call, 'offerCallback', queue.callbackAfterSeconds > 0 && call.direction === 'inbound' ? Math.max(0, queue.callbackAfterSeconds * 1000 - (t.now - call.queue.enteredAt)) : null)
  // Later strategies of the chain, and overflow by waiting time.
  timer(t, call, 'look', queue.overflow.some((o) => o.waiting !== undefined) ? 0 : nextLook(t, call))
  t.assign = true
}

/** When something about waiting changes by itself: a strategy of the chain or a step of overflow. */
export function nextLook(t: Turn, call: Call): number | null {
  const queue = indexOf(t, call).queues.get(call.queue?.queue ?? '')
  if (!queue || !call.queue) return null
  const waited = t.now - call.queue.since
  const times = [...queue.strategies.slice(1).map((s) => s.afterSeconds * 1000), ...queue.overflow.flatMap((o) => o.waitedSeconds === undefined ? [] : [o.waitedSeconds * 1000])].filter((ms) => ms > waited)
  // Load is looked at in between.
  if (queue.overflow.some((o) => o.waiting !== undefined || o.averageWaitSeconds !== undefined)) times.push(waited + 5000)
  return times.length > 0 ? Math.min(...times) - waited : null
}

/** Agents signed in to a queue who take or will take calls. */
export function signedIn(t: Turn, queue: string): number {
  let count = 0
  for (const agent of t.w.agents.values()) if (agent.queues.includes(queue) && reachable(agent)) count += 1
  return count
}

const freeIn = (t: Turn, queue: string): number => [...t.w.agents.values()].filter((a) => a.queues.includes(queue) && rungNow(a)).length

/** A call could not wait (any longer): its flow goes on, or it ends with a word. */
function out(t: Turn, call: Call, why: 'full' | 'noAgents' | 'timeout'): void {
  if (call.flow) {
    if (call.state !== 'ivr' && call.state !== 'survey') move(t, call, 'ivr')
    return flowInput(t, call, { kind: 'queueOut', why })
  }
  const caller = outside(call)
  if (!caller || caller.state !== 'up') return endCall(t, call, 'overflowed', 'exchange')
  call.play = play(t, call, caller.leg, [file(shipped.allBusy)], 1)
  if (call.state === 'arriving' || call.state === 'queued') move(t, call, 'ivr')
  timer(t, call, 'saidLast', 15_000)
}

/** Takes a call out of its queue. */
export function leaveQueue(t: Turn, call: Call, why: EventData<'callUnqueued'>['why']): void {
  if (!call.queue) return
  const live = queueLive(t, call.queue.queue)
  live.waiting = live.waiting.filter((id) => id !== call.id)
  if (why === 'abandoned') live.today.abandoned += 1
  emit(t, call.id, 'callUnqueued', { queue: call.queue.queue, waitedMs: t.now - call.queue.enteredAt, why })
  if (why !== 'offered') call.queue = null
  for (const name of ['queueOut', 'position', 'offerCallback', 'look', 'askOver']) timer(t, call, name, null)
}

/** Points that the exchange knows by itself (0–1): calls again, list marks, another language, how long such calls take, how loaded the queue is. What flow or server say wins. */
function factorsOf(t: Turn, call: Call, ofQueue: { handling: number, load: number }): Record<string, number> {
  const again = (t.w.recent.get(call.from) ?? []).filter((at) => t.now - at < 3_600_000).length - 1
  return {
    urgency: call.class === indexOf(t, call).policy.settings.classes[0] ? 1 : 0, repeat: Math.min(1, Math.max(0, again) / 3), mark: call.marks.length > 0 || call.lists.length > 0 ? 1 : 0, language: call.language === 'zh' ? 0 : 1,
    ...ofQueue, ...call.factors,
  }
}
const queueFactors = (t: Turn, queue: string): { handling: number, load: number } => {
  const live = t.w.queues.get(queue)
  return { handling: 1 - Math.min(1, (live?.handleMs ?? HANDLE_MS) / 600_000), load: Math.min(1, (live?.waiting.length ?? 0) / Math.max(1, 3 * signedIn(t, queue))) }
}
/** How a queue stands now, for its rules. */
export function loadOf(t: Turn, queue: string, free: number): QueueLoad {
  const { weekday, minute } = civilAt(t.now, t.w.index?.policy.utcOffset ?? 0)
  const waits = (t.w.queues.get(queue)?.waiting ?? []).map((id) => t.now - (t.w.calls.get(id)?.queue?.enteredAt ?? t.now))
  return { weekday, minute, free, waiting: waits.length, longestMs: Math.max(0, ...waits) }
}

const contactOf = (t: Turn, call: Call, ofQueue: { handling: number, load: number }): Contact | null => call.queue && { id: call.id, kind: 'call', queue: call.queue.queue, class: call.class, enteredAt: call.queue.enteredAt, since: call.queue.since, number: call.from, factors: factorsOf(t, call, ofQueue), needs: call.needs, missedBy: call.queue.missedBy, front: call.queue.front }

/** Waiting contacts (calls and call-backs that are due) of the queues, in the order they are served. */
export function waitingIn(t: Turn, queues: ReadonlySet<string>): Contact[] {
  const index = indexOf(t)
  const contacts: Contact[] = []
  for (const id of queues) {
    const ofQueue = queueFactors(t, id)
    for (const call of t.w.queues.get(id)?.waiting ?? []) {
      const found = t.w.calls.get(call)
      const contact = found ? contactOf(t, found, ofQueue) : null
      if (contact && found?.state === 'queued') contacts.push(contact)
    }
  }
  // Before an upgrade nobody is dialled: promised call-backs wait for the next exchange.
  if (!t.w.draining) for (const back of t.w.callbacks.values()) {
    if (queues.has(back.queue) && back.call === null && back.nextAt <= t.now) contacts.push({ id: back.id, kind: 'callback', queue: back.queue, class: back.class, enteredAt: back.enteredAt, since: back.enteredAt, number: back.number, factors: {}, needs: [], missedBy: [], front: false })
  }
  const loads = new Map([...queues].flatMap((id) => (index.queues.get(id)?.rules.length ?? 0) > 0 ? [[id, loadOf(t, id, freeIn(t, id))] as const] : []))
  const weightsOf = (contact: Contact): QueuePolicy['weights'] => {
    const queue = index.queues.get(contact.queue)
    const load = loads.get(contact.queue)
    return (queue && load ? ruleFor(queue, contact, load, t.now)?.weights : undefined) ?? queue?.weights ?? { waiting: 1 }
  }
  return orderContacts(contacts, index.policy.settings, weightsOf, t.now)
}

export function positionOf(t: Turn, call: Call): number {
  if (!call.queue) return 0
  const at = waitingIn(t, new Set([call.queue.queue])).findIndex((c) => c.id === call.id)
  return at < 0 ? t.w.queues.get(call.queue.queue)?.waiting.length ?? 1 : at + 1
}
/** The order of a queue as it was told to callers within the last second: each of thousands hears his place every half minute, and one sorting serves all who are due together. */
const toldOrders = new WeakMap<World, Map<string, { at: number, places: Map<string, number> }>>()
function placeTold(t: Turn, call: Call): number {
  const queue = call.queue?.queue
  if (queue === undefined) return 0
  const held = toldOrders.get(t.w) ?? new Map<string, { at: number, places: Map<string, number> }>()
  toldOrders.set(t.w, held)
  let order = held.get(queue)
  if (!order || t.now - order.at >= 1000 || t.now < order.at) {
    order = { at: t.now, places: new Map(waitingIn(t, new Set([queue])).map((contact, i) => [contact.id, i + 1])) }
    held.set(queue, order)
  }
  return order.places.get(call.id) ?? positionOf(t, call)
}
/** Position × handling time ÷ agents: rough on purpose, said in whole minutes. */
export const expectedWait = (t: Turn, queue: string, position: number): number => Math.round(queueLive(t, queue).handleMs * position / Math.max(1, signedIn(t, queue)))

/** A timer of a waiting call. */
export function waitingDue(t: Turn, call: Call, name: string): void {
  const waiting = call.queue
  const caller = outside(call)
  if (!waiting || call.state !== 'queued' || !caller) return
  const queue = indexOf(t, call).queues.get(waiting.queue)
  switch (name) {
    case 'queueOut':
      leaveQueue(t, call, 'timeout')
      return out(t, call, 'timeout')
    case 'position': {
      if (waiting.offering !== 'no') return
      const position = placeTold(t, call)
      play(t, call, caller.leg, positionSounds(position, expectedWait(t, waiting.queue, position)), 1)
      if (queue) timer(t, call, 'position', queue.tellPositionSeconds * 1000)
      return
    }
    case 'offerCallback':
      waiting.offering = 'asking'
      media(t, { kind: 'collect', leg: caller.leg, on: true, secret: false })
      play(t, call, caller.leg, [file(shipped.callbackOffer)], 1)
      return timer(t, call, 'askOver', 20_000)
    case 'askOver':
      waiting.offering = 'no'
      return musicAgain(t, call)
    case 'look':
      t.assign = true
      overflow(t, call)
      if (call.queue) timer(t, call, 'look', nextLook(t, call))
      return
    default:
  }
}
export function musicAgain(t: Turn, call: Call): void {
  const caller = outside(call)
  if (caller && call.queue) play(t, call, caller.leg, music(t, call), 0)
}

/** A key while waiting: answer to the call-back offer, else the flow's. */
export function waitingKey(t: Turn, call: Call, digit: string): void {
  const waiting = call.queue
  const caller = outside(call)
  if (!waiting || !caller) return
  if (waiting.offering === 'asking' && (digit === '1' || digit === '2')) {
    if (digit === '1' && !call.hidden && call.from !== '') return takeCallback(t, call, call.from)
    waiting.offering = 'number'
    play(t, call, caller.leg, [file(shipped.callbackNumber)], 1)
    return timer(t, call, 'askOver', 30_000)
  }
  if (waiting.offering === 'number') {
    if (digit !== '#') { waiting.digits = (waiting.digits + digit.replace('*', '')).slice(0, 20); return }
    if (waiting.digits.length >= 5) return takeCallback(t, call, waiting.digits)
    waiting.digits = ''
    return
  }
  if (call.flow) flowInput(t, call, { kind: 'digit', digit })
}
function takeCallback(t: Turn, call: Call, number: string): void {
  if (!call.queue) return
  askCallback(t, { queue: call.queue.queue, number, class: call.class, enteredAt: call.queue.enteredAt, asked: 'caller', context: call.context }, call.id)
  call.queue.offering = 'taken'
  timer(t, call, 'askOver', null)
  const caller = outside(call)
  leaveQueue(t, call, 'callback')
  call.flow = null
  move(t, call, 'ivr')
  if (caller) call.play = play(t, call, caller.leg, [file(shipped.callbackTaken)], 1)
  call.callbackId = 'taken'
  timer(t, call, 'saidLast', 15_000)
}

/** Keeps a place for a call-back; one number holds one place in a queue. Returns its id. */
export function askCallback(t: Turn, data: { queue: string, number: string, class: string, enteredAt: number, asked: 'caller' | 'server', context: Record<string, string> }, call: string | null): string {
  for (const other of t.w.callbacks.values()) if (other.number === data.number && other.queue === data.queue) return other.id
  const id = t.w.newId()
  t.w.callbacks.set(id, { id, ...data, attempts: 0, nextAt: t.now, call: null })
  t.callbacks.add(id)
  t.assign = true
  emit(t, call, 'callbackAsked', { callbackId: id, queue: data.queue, number: data.number, asked: data.asked, position: waitingIn(t, new Set([data.queue])).findIndex((c) => c.id === id) + 1 })
  return id
}

/** Takes the next step of a queue's overflow chain when its threshold is passed; the log says when it began and when it was over. */
export function overflow(t: Turn, call: Call): void {
  const waiting = call.queue
  const queue = indexOf(t, call).queues.get(waiting?.queue ?? '')
  if (!waiting || !queue || call.state !== 'queued') return
  const live = queueLive(t, waiting.queue)
  const average = averageWait(t, waiting.queue)
  for (const [i, rule] of queue.overflow.entries()) {
    if (i < waiting.step) continue
    const passed = (rule.waitedSeconds === undefined || t.now - waiting.since >= rule.waitedSeconds * 1000) && (rule.waiting === undefined || live.waiting.length > rule.waiting) && (rule.averageWaitSeconds === undefined || average > rule.averageWaitSeconds * 1000)
    // Another tenant's queue is reached through its own exchange; a queue that was waited in already would send it in circles.
    if (!passed || ('queue' in rule.to && ((rule.to.tenant && rule.to.tenant !== t.w.tenant) || call.queues.includes(rule.to.queue)))) continue
    if (live.overflowing !== i + 1) {
      live.overflowing = i + 1
      emit(t, null, 'queueOverflowed', { queue: waiting.queue, to: Object.values(rule.to)[0] ?? '', step: i + 1, waiting: live.waiting.length, averageMs: average, over: false })
    }
    const keeps = waiting.enteredAt
    leaveQueue(t, call, 'overflow')
    if ('queue' in rule.to) return enqueue(t, call, rule.to.queue, 'overflow', { keeps, step: 0 })
    if ('voicemail' in rule.to) return toVoicemail(t, call, rule.to.voicemail, 120)
    if (!beginFlow(t, call, rule.to.flow)) return endCall(t, call, 'overflowed', 'exchange')
    return
  }
}
export function averageWait(t: Turn, queue: string): number {
  const waiting = t.w.queues.get(queue)?.waiting ?? []
  if (waiting.length === 0) return 0
  return waiting.reduce((sum, id) => sum + t.now - (t.w.calls.get(id)?.queue?.enteredAt ?? t.now), 0) / waiting.length
}
/** Once a turn: says that overflow is over when the load has fallen to half. */
export function overflowOver(t: Turn, id: string): void {
  const live = t.w.queues.get(id)
  const rule = t.w.index?.queues.get(id)?.overflow[(live?.overflowing ?? 0) - 1]
  if (!live || live.overflowing === 0) return
  if (rule?.waiting !== undefined ? live.waiting.length * 2 > rule.waiting : live.waiting.length > 0) return
  emit(t, null, 'queueOverflowed', { queue: id, to: '', step: live.overflowing, waiting: live.waiting.length, averageMs: 0, over: true })
  live.overflowing = 0
}
