// The real control over virtual media with random callers, agents and faults. Finds stuck agents and calls that never end.
import type { EngineEvent, Policy, ToDesk } from '../engine-port.ts'
import { type Finding, audit } from '../control/audit.ts'
import { type Driver, newDriver } from '../control/driver.ts'
import { type Saved, load } from '../control/recovery.ts'
import { type World, newWorld } from '../control/world.ts'
import { indexPolicy } from '../control/policy-index.ts'
import { newTimers } from '../control/timers.ts'
import { aPolicy } from './city.ts'
import { randomAct } from './random-acts.ts'
import { type Behaviour, type VirtualMedia, virtualMedia } from './virtual-media.ts'

export type Clockwork = { now: () => number, after: (ms: number, run: () => void) => void, next: () => number | null, runTo: (at: number) => void }
/** Virtual time beginning at an instant (ms). */
export function clockwork(start: number): Clockwork {
  let now = start
  let counter = 0
  const timers = newTimers()
  const jobs = new Map<string, () => void>()
  return {
    now: () => now,
    after(ms, run) {
      counter += 1
      // Keys sort by time only: one instant runs in the order it was asked for by a tiny shift below the millisecond.
      const key = String(counter)
      jobs.set(key, run)
      timers.set(key, now + ms + counter * 1e-9)
    },
    next: timers.next,
    runTo(at) {
      now = Math.max(now, at)
      for (const key of timers.due(now + 0.5)) { const job = jobs.get(key); jobs.delete(key); job?.() }
    },
  }
}

/** Small fast generator (mulberry32), so that a seed repeats a run. */
export function randomOf(seed: number): () => number {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export type Bench = { clock: Clockwork, media: VirtualMedia, driver: Driver, world: World, events: { callId: string | null, kind: EngineEvent['kind'], data: unknown, at: number }[], /** what desks were told (with `keep`) */ desk: { agent: string, message: ToDesk }[], saved: { calls: Map<string, string>, agents: Map<string, string>, callbacks: Map<string, string> }, start: () => void }
/** A world, virtual media and virtual time, wired. `keep`: keep events and what was heard (tests). */
export function newBench(policy: Policy, options: { behave?: (target: string) => Behaviour, keep?: boolean, start?: number, save?: boolean, ended?: () => void } = {}): Bench {
  const clock = clockwork(options.start ?? 1_800_000_000_000)
  const media = virtualMedia(clock, options.behave ? (order) => options.behave?.(order.target.kind === 'number' ? order.target.number : order.target.user) ?? { kind: 'silent' } : undefined, options.keep)
  let ids = 0
  const events: Bench['events'] = []
  const desk: Bench['desk'] = []
  const saved: Bench['saved'] = { calls: new Map(), agents: new Map(), callbacks: new Map() }
  const newId = (): string => `id-${String(ids += 1).padStart(9, '0')}`
  const made = (): World => {
    const world = newWorld(policy.tenant, newId)
    world.index = indexPolicy(policy)
    world.indexes.set(policy.number, world.index)
    for (const agent of policy.agents) if (agent.extension) world.extensions.set(agent.extension, true)
    return world
  }
  const bench: Bench = {
    clock, media, events, desk, saved, world: made(), driver: undefined as unknown as Driver,
    start() {
      bench.driver = newDriver(bench.world, {
        now: () => Math.floor(clock.now()), order: media.order, desk: (agent, message) => { if (options.keep) desk.push({ agent, message }) },
        event: (callId, kind, data) => { if (options.keep) events.push({ callId, kind, data, at: clock.now() }) },
        http: (request) => clock.after(50, () => bench.driver.feed({ kind: 'httpAnswer', call: request.call, values: null })),
        changed: (r) => {
          for (const _ of r.ended) options.ended?.()
          if (!options.save) return
          for (const call of r.calls) saved.calls.set(call.id, JSON.stringify(call))
          for (const call of r.ended) saved.calls.delete(call.id)
          for (const { id, agent } of r.agents) if (agent) saved.agents.set(id, JSON.stringify(agent)); else saved.agents.delete(id)
          for (const { id, callback } of r.callbacks) if (callback) saved.callbacks.set(id, JSON.stringify(callback)); else saved.callbacks.delete(id)
        },
      })
    },
  }
  bench.start()
  void media.start({ tell: (happening) => bench.driver.feed({ kind: 'media', happening }), frames: () => {} })
  return bench
}
const parsed = <T>(map: Map<string, string>): T[] => [...map.values()].map((text) => JSON.parse(text) as T)

/** Kills the exchange and starts it again from what was saved; `lost`: share of dialogs that media cannot take up. */
export function killAndRecover(bench: Bench, policy: Policy, lost: (leg: string) => boolean): void {
  const { world } = bench
  const fresh = newWorld(world.tenant, world.newId)
  fresh.index = indexPolicy(policy)
  fresh.indexes.set(policy.number, fresh.index)
  fresh.extensions = world.extensions
  fresh.badMoves = world.badMoves
  const saved: Saved = { calls: parsed(bench.saved.calls), agents: parsed(bench.saved.agents), callbacks: parsed(bench.saved.callbacks), locked: [], tally: [], lastAgents: [], recent: [] }
  load(fresh, saved)
  const dialogs = new Map<string, string>()
  for (const [leg, state] of bench.media.legs) {
    state.play = null
    if (state.up && ![...fresh.agents.values()].some((a) => a.leg === leg && a.device === 'browser') && !lost(leg)) dialogs.set(leg, leg)
    else bench.media.legs.delete(leg)
  }
  bench.media.rooms.clear()
  bench.media.recordings.clear()
  bench.world = fresh
  bench.start()
  bench.driver.feed({ kind: 'recover', dialogs, downMs: 1000 })
}

/** Advances virtual time, running media and timers in order. */
export function advance(bench: Bench, ms: number): void {
  const end = bench.clock.now() + ms
  for (let turns = 0; ; turns += 1) {
    if (turns > 200_000 + ms / 10) throw new Error('virtual time stands still')
    const next = Math.min(bench.clock.next() ?? Infinity, bench.driver.nextDue() ?? Infinity)
    if (next > end) break
    bench.clock.runTo(next)
    bench.driver.runDue()
  }
  bench.clock.runTo(end)
}

export type SimulationResult = { calls: number, ended: number, kills: number, acts: number, findings: Finding[], /** what happened to the first finding's call or agent */ trail: string[], virtualMs: number }
/** Runs `calls` random calls with faults; audits while running (every `auditEvery` acts) and after all has ended. */
export function simulate(options: { seed: number, calls: number, agents?: number, faults?: boolean, kills?: boolean, killShare?: number, auditEvery?: number }): SimulationResult {
  const random = randomOf(options.seed)
  const policy = aPolicy({}, options.agents ?? 12)
  const behave = (): Behaviour => {
    const x = random()
    if (x < 0.6) return { kind: 'answers', afterMs: 500 + random() * 15_000 }
    if (x < 0.75) return { kind: 'ends', afterMs: random() * 8000, cause: 'busy', status: 486 }
    if (x < 0.85) return { kind: 'ends', afterMs: random() * 4000, cause: 'trunkFailure', status: 503 }
    if (x < 0.92) return { kind: 'ends', afterMs: random() * 4000, cause: 'refused', status: 603 }
    return { kind: 'silent' }
  }
  let done = 0
  const bench = newBench(policy, { behave, save: options.kills, keep: true, ended: () => { done += 1 } })
  const result: SimulationResult = { calls: 0, ended: 0, kills: 0, acts: 0, findings: [], trail: [], virtualMs: 0 }
  const started = bench.clock.now()
  const look = (): void => {
    for (const finding of audit(bench.world)) if (result.findings.length < 20) result.findings.push(finding)
    const first = result.findings[0]
    if (first && result.trail.length === 0) result.trail = bench.events.filter((e) => e.callId === first.id || JSON.stringify(e.data).includes(first.id)).slice(-25).map((e) => `${Math.round(e.at - started)} ${e.callId ?? ''} ${e.kind} ${JSON.stringify(e.data)}`)
    if (bench.events.length > 20_000) bench.events.splice(0, 15_000)
    bench.media.heard.length = 0
  }
  while (result.calls < options.calls && result.findings.length === 0) {
    result.acts += 1
    const act = randomAct(bench, random, { faults: options.faults ?? true, policy })
    if (act === 'call') result.calls += 1
    if (options.kills && random() < (options.killShare ?? 0.0005)) { result.kills += 1; killAndRecover(bench, policy, () => random() < 0.2) }
    advance(bench, random() * 1200)
    if (result.acts % (options.auditEvery ?? 50) === 0) look()
  }
  // Everybody stops acting: what is left must end by itself, and agents must be out of calls.
  const lonely = [...bench.world.calls.values()].flatMap((c) => c.parties.filter((p) => p.purpose === 'caller' && p.state !== 'ended').map((p) => p.leg))
  advance(bench, 60_000)
  for (const leg of lonely) bench.media.farEnd(leg)
  // A call-back that is made when the longest call is over may last as long again, and so may the next.
  for (let hours = 0; hours < 72 && (hours < 6 || bench.world.calls.size > 0); hours += 6) advance(bench, 6 * 3_600_000)
  look()
  for (const call of bench.world.calls.values()) result.findings.push({ what: 'zombieCall', id: call.id, detail: `${call.state} after the end: ${call.parties.map((p) => `${p.role} ${p.purpose} ${p.state}`).join(', ')}; timers ${Object.keys(call.timers).join(' ')}` })
  for (const agent of bench.world.agents.values()) if (agent.callId) result.findings.push({ what: 'stuckAgent', id: agent.id, detail: `${agent.state} after the end` })
  result.ended = done
  result.virtualMs = bench.clock.now() - started
  return result
}
