// The rules of callbacks: who is owed one, states of a task, what the answers lead to. Pure.

export const taskStates = ['due', 'claimed', 'waiting', 'done', 'givenUp', 'cancelled'] as const
export type TaskState = (typeof taskStates)[number]
export const openTaskStates = ['due', 'claimed', 'waiting'] as const satisfies TaskState[]
export const isOpenTask = (state: TaskState): boolean => (openTaskStates as readonly TaskState[]).includes(state)

export const statements = ['yes', 'no', 'notStated'] as const
export type Statement = (typeof statements)[number]
export const attemptResults = ['noAnswer', 'busy', 'refused', 'wrongNumber', 'powerOff'] as const
export type AttemptResult = (typeof attemptResults)[number]
/** What makes a callback owed without a wish, by setting. */
export const specialCauses = ['urgent', 'enterprise', 'dissatisfiedBefore'] as const
export const causes = ['wanted', ...specialCauses, 'profile', 'plan'] as const
export type Cause = (typeof causes)[number]
export const outcomes = ['satisfied', 'notStated', 'dissatisfied', 'notAttributable'] as const
export type Outcome = (typeof outcomes)[number]

export type OwedFacts = {
  id: string
  source: string
  round: number
  urgency: string
  enterprise: boolean
  /** The kind of the order is always called back. */
  byProfile: boolean
  wanted: boolean
  reachable: boolean
}

/**
 * Why a callback is owed, or null. The tenant that took the appeal calls back, never the one that handled it for an upper centre; a
 * person who left no number cannot be asked. `share` (percent) draws only among those who wish it, by the order's id, so that the
 * draw can be repeated.
 */
export function owedCause(facts: OwedFacts, always: readonly Cause[], share: number): Cause | null {
  if (['upper', 'lower', 'other'].includes(facts.source) || !facts.reachable) return null
  const special: [Cause, boolean][] = [['dissatisfiedBefore', facts.round > 1], ['urgent', facts.urgency !== 'normal'], ['enterprise', facts.enterprise]]
  const found = special.find(([cause, holds]) => holds && always.includes(cause))
  if (found) return found[0]
  if (facts.byProfile) return 'profile'
  return facts.wanted && drawn(facts.id, share) ? 'wanted' : null
}

/** Whether an id falls into a share of `percent`; the same id always falls alike. FNV-1a spreads time-ordered ids evenly. */
export function drawn(id: string, percent: number): boolean {
  let hash = 0x811c9dc5
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
  hash ^= hash >>> 16
  hash = Math.imul(hash, 0x45d9f3b)
  hash ^= hash >>> 16
  return ((hash >>> 0) % 10_000) / 100 < percent
}

export type Answers = { solved: Statement; satisfied: Statement; attributable: boolean }

/** Only an explicit “no” leads to a redo; what was not said is never read as satisfaction (decision 6). */
export function outcomeOf(answers: Answers): Outcome {
  if (answers.solved === 'no' || answers.satisfied === 'no') return answers.attributable ? 'dissatisfied' : 'notAttributable'
  return answers.solved === 'yes' && answers.satisfied === 'yes' ? 'satisfied' : 'notStated'
}

export type Compared = { unit: string | null; requester: Statement; same: boolean | null }

/** The unit's own statement beside the requester's; nothing is compared where one of them said nothing. */
export function compare(unit: string | null, requester: Statement): Compared {
  const stated = unit !== null && unit !== 'notStated' && requester !== 'notStated'
  return { unit, requester, same: stated ? unit === requester : null }
}

/** Of several departments' statements: the first that stated something. */
export const stated = (values: readonly (string | null)[]): string | null => values.find((v) => v !== null && v !== 'notStated') ?? values[0] ?? null

export type RateCount = { yes: number; no: number; notStated: number }

/** yes ÷ (yes + no); what was not stated leaves the base. `extra` are those not reached, where the tenant counts them in. */
export function rateOf(count: RateCount, extra = 0): RateCount & { base: number; rate: number | null } {
  const base = count.yes + count.no + extra
  return { ...count, base, rate: base === 0 ? null : count.yes / base }
}
