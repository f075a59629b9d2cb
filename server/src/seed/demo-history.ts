// Ninety days of a hotline, acted out on a moved clock: every order goes through the same use-cases as people give them.
import { createDispatcher } from '../kernel/events/dispatcher.ts'
import { createTimers } from '../kernel/jobs/worker.ts'
import { resolveSubject } from '../kernel/auth/sessions.ts'
import type { Actor, Ctx } from '../kernel/ctx.ts'
import { nobody } from '../kernel/ctx.ts'
import type { Module } from '../kernel/module.ts'
import { runCommand, runNested, type Runtime } from '../kernel/runtime.ts'
import { DAY, HOUR, movableClock, plus, type Instant, type MovableClock } from '../kernel/time/index.ts'
import { NO_TENANT } from '../domains/platform/index.ts'
import { createRng, demoUsers, type Rng } from '../demo/index.ts'
import type { DemoIds } from './demo-city.ts'
import { planOrder } from './demo-order.ts'

/** One act at a moment; what follows is decided when it has been done. */
export type Step = { at: Instant; run: (stage: Stage) => Promise<Step[]> }

/** What an act may use: the context as one of the city's people, and chance. */
export type Stage = {
  ctx: Ctx
  rng: Rng
  ids: DemoIds
  clock: MovableClock
  /** Acts as the person with this login, in the same transaction. */
  as(login: string): Ctx
  /** Somebody of a role in a unit or, without one, in the tenant's centre. */
  login(role: string, where: { unitCode?: string; tenantCode?: string }): string | null
}

/** Consumers whose work belongs to the past as well; notices of long ago would only bury the new ones. */
const ALWAYS = new Set(['orders', 'callback', 'supervision.cards', 'supervision.tasks', 'matters'])
const PAST = new Set(['orders.autoSign', 'orders.archive', 'supervision.cards', 'supervision.tasks'])
/** Acts between two deliveries of events. */
const BATCH = 60
/** Orders are shared out: one lane's acts run while the other's wait for the database. Each has its own clock and chance. */
const LANES = 2
/** Cards of long ago may be some hours late; those of the last week are not. */
const sweepPause = (at: Instant, now: Instant): number => (now - at > 7 * DAY ? 24 * HOUR : 4 * HOUR)

export type HistoryOptions = { runtime: Runtime; modules: Module[]; ids: DemoIds; orders: number; days: number; now: Instant; /** Called after each batch with the number of acts done. */
  progress?: (acts: number) => void; /** Called when tables have grown much since the last time. */ analyze: () => Promise<void> }

export async function seedHistory(options: HistoryOptions): Promise<{ acts: number; refused: number }> {
  const { ids, now } = options
  const start = plus(now, -options.days * DAY)
  const clock = movableClock(start)
  const runtime: Runtime = { ...options.runtime, clock, wake: () => undefined, hint: () => undefined }
  const lanes = Array.from({ length: LANES }, (_, i) => laneOf(runtime, i))
  const actors = await resolveActors(runtime, ids)
  const people = staffIndex()
  const recent = plus(now, -2 * DAY)
  const handlers = options.modules.flatMap((m) => m.events?.handles ?? []).map((h) => (ALWAYS.has(h.consumer) ? h : { ...h, run: async (ctx: Ctx, payloads: readonly unknown[]) => (clock.now() < recent ? undefined : h.run(ctx, payloads)) }))
  const dispatcher = createDispatcher(runtime, handlers)
  const tenants = async (): Promise<string[]> => [...ids.tenants.values()]
  const crons = options.modules.flatMap((m) => m.crons ?? []).filter((c) => PAST.has(c.name) || c.name.startsWith('supervision.'))
  const [ofThePast, ofToday] = [createTimers(runtime, crons.filter((c) => PAST.has(c.name)), tenants), createTimers(runtime, crons, tenants)]
  const sweep = (): Promise<void> => (clock.now() < recent ? ofThePast : ofToday).runAll()

  const queue = new StepQueue(Array.from({ length: options.orders }, (_, i) => ({ ...planOrder(createRng(7_000 + i), i, { start, now, orders: options.orders }), lane: i % LANES })))
  let done = 0
  let refused = 0
  let nextSweep = plus(start, sweepPause(start, now))
  let nextAnalyze = 100
  await options.analyze()
  for (;;) {
    const head = queue.peek()
    if (head === null || head > now) break
    if (head > nextSweep) {
      clock.set(nextSweep)
      await sweep()
      await dispatcher.drain()
      nextSweep = plus(nextSweep, sweepPause(nextSweep, now))
      continue
    }
    const batch = queue.take(BATCH, head < nextSweep ? (nextSweep < now ? nextSweep : now) : now)
    const results = await Promise.all(lanes.map((lane) => actOut(lane, batch.filter((step) => step.lane === lane.index), actors, people, ids)))
    for (const result of results) {
      queue.add(result.next)
      done += result.done
      refused += result.refused
    }
    clock.set(batch.at(-1)?.at ?? head)
    await dispatcher.drain()
    options.progress?.(done)
    if (done >= nextAnalyze) {
      nextAnalyze *= 3
      await options.analyze()
    }
  }
  clock.set(now)
  await sweep()
  await dispatcher.drain()
  return { acts: done, refused }
}

type Lane = { index: number; runtime: Runtime; clock: MovableClock; rng: Rng }
type LaneStep = Step & { lane: number }

function laneOf(runtime: Runtime, index: number): Lane {
  const clock = movableClock(runtime.clock.now())
  return { index, clock, runtime: { ...runtime, clock }, rng: createRng(20_261_101 + index) }
}

/** One lane's acts of a batch in one transaction; nothing outside is touched, so that a deadlock can be repeated. */
async function actOut(lane: Lane, steps: LaneStep[], actors: Map<string, Actor>, people: Map<string, string[]>, ids: DemoIds): Promise<{ next: LaneStep[]; done: number; refused: number }> {
  const { clock, rng, runtime } = lane
  return runCommand(runtime, { actor: { ...nobody(NO_TENANT), name: '系统' }, requestId: 'seed' }, async (ctx) => {
    const result = { next: [] as LaneStep[], done: 0, refused: 0 }
    const as = (login: string): Ctx => {
      const actor = actors.get(login)
      if (!actor) throw new Error(`no actor ${login}`)
      return { ...ctx, actor, tenantId: actor.tenantId }
    }
    const stage: Stage = { ctx, rng, ids, clock, as, login: (role, where) => pick(rng, people.get(`${role} ${where.unitCode ?? `@${where.tenantCode}`}`)) }
    for (const step of steps) {
      clock.set(step.at)
      try {
        const next = await runNested(ctx, () => step.run(stage))
        result.next.push(...next.map((s) => ({ ...s, lane: lane.index })))
        result.done += 1
      } catch (error) {
        // The city's people make mistakes too: a refused act simply did not happen.
        if (!(error instanceof Error) || error.name !== 'AppError') throw error
        result.refused += 1
      }
    }
    return result
  })
}

const pick = (rng: Rng, list: readonly string[] | undefined): string | null => (list && list.length > 0 ? rng.pick(list) : null)

function staffIndex(): Map<string, string[]> {
  const index = new Map<string, string[]>()
  const add = (key: string, login: string): void => void index.set(key, [...(index.get(key) ?? []), login])
  for (const user of demoUsers)
    for (const role of user.roles) {
      add(`${role} ${user.unitCode}`, user.login)
      add(`${role} @${user.tenantCode}`, user.login)
    }
  return index
}

/** The city's people by login, with the rights they have now. */
export async function resolveActors(runtime: Runtime, ids: DemoIds): Promise<Map<string, Actor>> {
  const actors = new Map<string, Actor>()
  for (const user of demoUsers) {
    const subjectId = ids.users.get(user.login) ?? ''
    const session = { tokenHash: '', audience: 'staff' as const, subjectId, tenantId: ids.tenants.get(user.tenantCode) ?? '', csrf: '', state: 'open' as const, method: 'seed' }
    for (const resolve of resolveSubject.all()) {
      const actor = await resolve(runtime.db, session, runtime.clock.now())
      if (actor) actors.set(user.login, actor)
    }
  }
  return actors
}

/** Steps by time; a small binary heap, since thousands wait at once. */
class StepQueue {
  #heap: LaneStep[] = []
  constructor(steps: LaneStep[]) {
    this.add(steps)
  }
  add(steps: readonly LaneStep[]): void {
    for (const step of steps) {
      const heap = this.#heap
      heap.push(step)
      for (let i = heap.length - 1; i > 0; ) {
        const up = (i - 1) >> 1
        if ((heap[up]?.at ?? 0) <= (heap[i]?.at ?? 0)) break
        ;[heap[up], heap[i]] = [heap[i] as LaneStep, heap[up] as LaneStep]
        i = up
      }
    }
  }
  peek(): Instant | null {
    return this.#heap[0]?.at ?? null
  }
  /** Up to `most` steps not later than `until`. */
  take(most: number, until: Instant): LaneStep[] {
    const out: LaneStep[] = []
    while (out.length < most && this.#heap[0] && this.#heap[0].at <= until) out.push(this.#pop())
    return out
  }
  #pop(): LaneStep {
    const heap = this.#heap
    const first = heap[0] as LaneStep
    const last = heap.pop() as LaneStep
    if (heap.length > 0) {
      heap[0] = last
      for (let i = 0; ; ) {
        const [a, b] = [2 * i + 1, 2 * i + 2]
        const least = b < heap.length && (heap[b]?.at ?? 0) < (heap[a]?.at ?? 0) ? b : a
        if (least >= heap.length || (heap[i]?.at ?? 0) <= (heap[least]?.at ?? 0)) break
        ;[heap[i], heap[least]] = [heap[least] as LaneStep, heap[i] as LaneStep]
        i = least
      }
    }
    return first
  }
}

