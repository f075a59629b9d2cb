// The pool before closing: when an entry leaves by itself, and what the requester's word does beside the unit's. Pure.
import { addDays, DAY, earlier, localDate, plus, startOfDay, type Instant } from '../../../kernel/time/index.ts'
import { compare, type Statement } from '../callback.ts'

export const poolStates = ['asked', 'waiting', 'claimed', 'agreed', 'returned', 'skipped', 'cancelled'] as const
export type PoolState = (typeof poolStates)[number]
export const openPoolStates = ['waiting', 'claimed'] as const satisfies PoolState[]
export const isOpenEntry = (state: PoolState): boolean => (openPoolStates as readonly PoolState[]).includes(state)
export type Rates = { contacted: Statement; solved: Statement; satisfied: Statement }
export type UnitRates = { contacted: string | null; solved: string | null; satisfied: string | null }
export const poolQuestions = ['contacted', 'solved', 'satisfied'] as const

/** The day an upper platform sent the order is day one; on day `skipDay` the order goes to closing without being asked about. */
export function leaveAt(entered: Instant, upperDispatched: Instant | null, rule: { skipDay: number; maxStayDays: number }, timeZone: string): { at: Instant; rule: 'maxStay' | 'skipDay' } {
  const stay = plus(entered, rule.maxStayDays * DAY)
  if (upperDispatched === null) return { at: stay, rule: 'maxStay' }
  const day = startOfDay(addDays(localDate(upperDispatched, timeZone), rule.skipDay - 1), timeZone)
  return earlier(stay, day) === stay ? { at: stay, rule: 'maxStay' } : { at: day, rule: 'skipDay' }
}

/** Questions both answered, differently. What one of them did not say is no difference. */
export const differences = (unit: UnitRates, said: Rates): (typeof poolQuestions)[number][] => poolQuestions.filter((question) => compare(unit[question], said[question]).same === false)
