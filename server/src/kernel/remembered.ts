// Answers that cost much and are asked for often (the figures of a start page), kept for a moment in this process.
import type { Ctx } from './ctx.ts'

type Kept = { at: number; answer: Promise<unknown> }

const kept = new Map<string, Map<string, Kept>>()
const MOST_PEOPLE = 5_000
let scale = 1

/**
 * The answer of `make`, at most `seconds` old, one computation at a time for each person and name. A person's own command makes
 * his answers forgotten, so that he never misses what he has just done; what others do he sees `seconds` later at the latest.
 * For queries only: a command must see what it writes. Failures are not kept.
 */
export async function remembered<T>(ctx: Ctx, name: string, seconds: number, make: () => Promise<T>): Promise<T> {
  const { id: person, tenantId, unitIds, roleNames } = ctx.actor
  // Who loses a post or a role must not go on seeing what it showed him.
  const key = [name, tenantId, roleNames, ...unitIds].join(' ')
  if (person === null || scale === 0) return make()
  const own = kept.get(person) ?? new Map<string, Kept>()
  const found = own.get(key)
  if (found && performance.now() - found.at < seconds * 1000 * scale) return found.answer as Promise<T> // a name belongs to one `make`
  const entry: Kept = { at: performance.now(), answer: make() }
  own.set(key, entry)
  if (kept.size >= MOST_PEOPLE) kept.clear()
  kept.set(person, own)
  try {
    return (await entry.answer) as T
  } catch (error) {
    if (own.get(key) === entry) own.delete(key)
    throw error
  }
}

/** Called when a command of this person was committed. */
export function forget(person: string | null): void {
  if (person !== null) kept.delete(person)
}

/** Tests look at once at what somebody else did: they set the age to nothing. */
export function scaleRemembered(factor: number): void {
  scale = factor
  kept.clear()
}
