// Who is next, and who takes it: pure functions over waiting contacts and free agents. Ties are decided by id, so that every run decides alike.
import type { Pick, QueuePolicy, TelephoneSettings } from '../engine-port.ts'

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
export function orderContacts(contacts: readonly Contact[], rules: OrderRules, weightsOf: (queue: string) => QueuePolicy['weights'], now: number): Contact[] {
  const last = rules.classes.length - 1
  const ranked = contacts.map((contact) => {
    const own = rules.classes.indexOf(contact.class)
    const base = own < 0 ? last : own
    const aged = base <= 1 ? base : Math.max(2, base - Math.floor(Math.max(0, now - contact.enteredAt) / AGEING_MS))
    return { contact, base, rank: contact.front ? Math.min(1, base) : aged, points: sum(scoreOf(contact, weightsOf(contact.queue), now)) }
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

const matched = (contact: Contact, candidate: Candidate): number => contact.needs.reduce((points, need) => points + (candidate.skills.get(need) ?? 0), 0)

function cost(strategy: Pick, contact: Contact, candidate: Candidate, after: string | null): number {
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
export function pickAgents(contact: Contact, queue: QueuePolicy, free: readonly Candidate[], env: { now: number, lastAgent: string | null, after: string | null }): { agents: string[], pick: Pick, score: Record<string, number> } | null {
  const able = free.filter((c) => queue.skills.every((s) => (c.skills.get(s.skill) ?? 0) >= s.level))
  const fresh = able.filter((c) => !contact.missedBy.includes(c.id))
  const pool = fresh.length > 0 ? fresh : able
  if (pool.length === 0) return null
  for (const [i, { pick, afterSeconds }] of queue.strategies.entries()) {
    if (i > 0 && env.now - contact.since < afterSeconds * 1000) break
    const fit = pick === 'lastAgent' ? pool.filter((c) => c.id === env.lastAgent)
      : pick === 'skill' && contact.needs.length > 0 ? pool.filter((c) => contact.needs.filter((n) => c.skills.has(n)).length >= Math.max(queue.skillMatch, Number.EPSILON) * contact.needs.length)
        : pool
    if (fit.length === 0) continue
    const limit = queue.dailyLimit
    const over = (c: Candidate): number => limit > 0 && c.calls >= limit ? 1 : 0
    const sorted = [...fit].sort((a, b) => over(a) - over(b) || cost(pick, contact, a, env.after) - cost(pick, contact, b, env.after) || (pick === 'roundRobin' ? 0 : a.idleSince - b.idleSince) || (a.id < b.id ? -1 : 1))
    const [best] = sorted
    if (best) return { agents: pick === 'ringAll' ? sorted.map((c) => c.id) : [best.id], pick, score: scoreOf(contact, queue.weights, env.now) }
  }
  return null
}
