// Who is next, and who takes it: pure functions over waiting contacts and free agents. Ties are decided by id, so that every run decides alike.
import type { Pick, QueuePolicy, QueueRule, TelephoneSettings } from '../engine-port.ts'
import { inWeekly } from './civil.ts'

export type Contact = {
  id: string
  kind: 'call' | 'callback'
  queue: string
  class: string
  /** Begin of all waiting: kept over offers, overflow and call-back. */
  enteredAt: number
  /** Begin of waiting in this queue: strategies and overflow count from here. */
  since: number
  number: string
  /** Factors 0–1 set by flow or lists besides waiting. */
  factors: Readonly<Record<string, number>>
  /** Skill ids the caller needs (topic, language). */
  needs: readonly string[]
  /** Agents that did not answer this contact: asked again only when nobody else is free. */
  missedBy: readonly string[]
  front: boolean
}
export type Candidate = { id: string, idleSince: number, calls: number, talkMs: number, rank: number, skills: ReadonlyMap<string, number> }

/** Points of a contact by factor; `waiting` grows by one weight a minute without end, so that nobody starves. */
export function scoreOf(contact: Contact, weights: QueuePolicy['weights'], now: number): Record<string, number> {
  const score: Record<string, number> = { waiting: weights.waiting * Math.max(0, now - contact.enteredAt) / 60_000 }
  for (const [factor, weight] of Object.entries(weights)) {
    if (factor !== 'waiting') score[factor] = weight * Math.min(1, Math.max(0, contact.factors[factor] ?? 0))
  }
  return score
}
const sum = (score: Record<string, number>): number => Object.values(score).reduce((a, b) => a + b, 0)

/** Classes below the second one are "special": they may take the first places only; the rest of them waits by score like everybody. */
export type OrderRules = Pick_<TelephoneSettings, 'classes' | 'front'>
type Pick_<T, K extends keyof T> = { [P in K]: T[P] }
/** Ten minutes of waiting lift a contact by one class, up to the front of the classes that are not emergencies or promised no wait. */
export const AGEING_MS = 600_000

/** Waiting contacts in the order they are served. */
export function orderContacts(contacts: readonly Contact[], rules: OrderRules, weightsOf: (contact: Contact) => QueuePolicy['weights'], now: number): Contact[] {
  const last = rules.classes.length - 1
  const ranked = contacts.map((contact) => {
    const own = rules.classes.indexOf(contact.class)
    const base = own < 0 ? last : own
    const aged = base <= 1 ? base : Math.max(2, base - Math.floor(Math.max(0, now - contact.enteredAt) / AGEING_MS))
    return { contact, base, rank: contact.front ? Math.min(1, base) : aged, points: sum(scoreOf(contact, weightsOf(contact), now)) }
  })
  const order = (a: typeof ranked[number], b: typeof ranked[number]): number => a.rank - b.rank || b.points - a.points || a.contact.enteredAt - b.contact.enteredAt || (a.contact.id < b.contact.id ? -1 : 1)
  ranked.sort(order)
  // Only so many special callers overtake; the others take their place by score among the ordinary ones.
  let ahead = 0
  let changed = false
  for (const one of ranked) {
    if (one.rank > 1 && one.rank < last && one.base < last && !one.contact.front) {
      ahead += 1
      if (ahead > rules.front) { one.rank = last; changed = true }
    }
  }
  if (changed) ranked.sort(order)
  return ranked.map((r) => r.contact)
}

/** A number from text that looks random and is not (FNV-1a): the strategy `random` must be repeatable from the journal. */
function chance(text: string): number {
  let hash = 2_166_136_261
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 16_777_619)
  return (hash >>> 0) / 4_294_967_296
}

/** How a queue stands when a rule is looked for: local time, free agents, who waits. */
export type QueueLoad = { weekday: number, minute: number, free: number, waiting: number, longestMs: number }

/** The first rule of a queue whose conditions all hold for a contact now (TEL-18). */
export function ruleFor(queue: QueuePolicy, contact: Contact, load: QueueLoad, now: number): QueueRule | null {
  const within = (limit: number | undefined, fits: (limit: number) => boolean): boolean => limit === undefined || fits(limit)
  return queue.rules.find(({ when }) =>
    (when.opening === undefined || inWeekly(when.opening, load.weekday, load.minute)) && (when.numbers === undefined || when.numbers.some((begin) => contact.number.startsWith(begin))) && (when.classes === undefined || when.classes.includes(contact.class))
    && (when.skills === undefined || when.skills.some((skill) => contact.needs.includes(skill))) && within(when.freeAtMost, (n) => load.free <= n) && within(when.freeAtLeast, (n) => load.free >= n) && within(when.waitingAtLeast, (n) => load.waiting >= n)
    && within(when.longestAtLeastSeconds, (n) => load.longestMs >= n * 1000) && within(when.waitedAtLeastSeconds, (n) => now - contact.enteredAt >= n * 1000)) ?? null
}

const matched = (contact: Contact, candidate: Candidate): number => contact.needs.reduce((points, need) => points + (candidate.skills.get(need) ?? 0), 0)

/** What speaks for an agent (`bestMatch`), figure by figure: skill, experience, load so far today, having served this caller. Urgent contacts weigh skill and experience more. */
export function matchOf(contact: Contact, candidate: Candidate, env: { lastAgent: string | null, most: { calls: number, averageMs: number } }): Record<string, number> {
  const share = contact.needs.length === 0 ? 1 : contact.needs.filter((need) => candidate.skills.has(need)).length / contact.needs.length
  const level = contact.needs.length === 0 ? Math.max(0, ...candidate.skills.values()) / 10 : matched(contact, candidate) / contact.needs.length / 10
  const averageMs = candidate.calls > 0 ? candidate.talkMs / candidate.calls : 0
  const urgent = 1 + (contact.factors['urgency'] ?? 0)
  return { 'agent.skill': 30 * share * urgent, 'agent.level': 20 * Math.min(1, level) * urgent, 'agent.load': 20 * (1 - candidate.calls / Math.max(1, env.most.calls)), 'agent.handling': 10 * (1 - averageMs / Math.max(1, env.most.averageMs)), 'agent.served': candidate.id === env.lastAgent ? 20 : 0 }
}

function cost(strategy: Exclude<Pick, 'bestMatch'>, contact: Contact, candidate: Candidate, after: string | null): number {
  switch (strategy) {
    case 'longestIdle': case 'ringAll': case 'lastAgent': return candidate.idleSince
    case 'leastCalls': return candidate.calls
    case 'leastTalk': return candidate.talkMs
    case 'sequential': return candidate.rank
    case 'random': return chance(contact.id + candidate.id)
    case 'roundRobin': return after !== null && candidate.id <= after ? 1 : 0
    case 'skill': return -matched(contact, candidate)
  }
}

/** Chooses agents for a contact: one, or all for `ringAll`. Null when no strategy that may be used by now finds any. */
export function pickAgents(contact: Contact, queue: QueuePolicy, free: readonly Candidate[], env: { now: number, lastAgent: string | null, after: string | null, load?: QueueLoad }): { agents: string[], pick: Pick, rule: string | null, score: Record<string, number> } | null {
  const rule = env.load ? ruleFor(queue, contact, env.load, env.now) : null
  const able = free.filter((c) => queue.skills.every((s) => (c.skills.get(s.skill) ?? 0) >= s.level))
  const fresh = able.filter((c) => !contact.missedBy.includes(c.id))
  const pool = fresh.length > 0 ? fresh : able
  if (pool.length === 0) return null
  const most = pool.reduce((held, c) => ({ calls: Math.max(held.calls, c.calls), averageMs: Math.max(held.averageMs, c.calls > 0 ? c.talkMs / c.calls : 0) }), { calls: 0, averageMs: 0 })
  const match = (c: Candidate): Record<string, number> => matchOf(contact, c, { lastAgent: env.lastAgent, most })
  for (const [i, { pick, afterSeconds }] of (rule?.strategies ?? queue.strategies).entries()) {
    if (i > 0 && env.now - contact.since < afterSeconds * 1000) break
    const fit = pick === 'lastAgent' ? pool.filter((c) => c.id === env.lastAgent)
      : pick === 'skill' && contact.needs.length > 0 ? pool.filter((c) => contact.needs.filter((n) => c.skills.has(n)).length >= Math.max(queue.skillMatch, Number.EPSILON) * contact.needs.length)
        : pool
    if (fit.length === 0) continue
    const limit = queue.dailyLimit
    const over = (c: Candidate): number => limit > 0 && c.calls >= limit ? 1 : 0
    const before = (a: Candidate, b: Candidate): number => over(a) - over(b) || (pick === 'bestMatch' ? sum(match(b)) - sum(match(a)) : cost(pick, contact, a, env.after) - cost(pick, contact, b, env.after)) || (pick === 'roundRobin' ? 0 : a.idleSince - b.idleSince) || (a.id < b.id ? -1 : 1)
    // Only ringing all needs the whole order; thousands of free seats are gone through once.
    const chosen = pick === 'ringAll' ? [...fit].sort(before) : [fit.reduce((best, one) => before(one, best) < 0 ? one : best)]
    const [best] = chosen
    if (best) return { agents: chosen.map((c) => c.id), pick, rule: rule?.name ?? null, score: { ...scoreOf(contact, rule?.weights ?? queue.weights, env.now), ...(pick === 'bestMatch' ? match(best) : {}) } }
  }
  return null
}
