// When recurring work is done, due or late. Pure.
import { addDays, dayOfWeek, localDate, monthOf, startOfDay, type Instant } from '../../../kernel/time/index.ts'
import type { cycles, operationStates } from './operation-contract.ts'

export type Cycle = (typeof cycles)[number]
export type OperationState = (typeof operationStates)[number]

const two = (n: number): string => String(n).padStart(2, '0')

/** First day of the cycle in which a day lies. Weeks begin on Monday. */
export function cycleStart(cycle: Cycle, day: string): string {
  const year = day.slice(0, 4)
  switch (cycle) {
    case 'day': return day
    case 'week': return addDays(day, 1 - dayOfWeek(day))
    case 'month': return `${monthOf(day)}-01`
    case 'quarter': return `${year}-${two(Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1)}-01`
    case 'year': return `${year}-01-01`
  }
}

/** First day of the next cycle; 366 days always reach beyond the longest. */
export function nextStart(cycle: Cycle, start: string): string {
  const far = { day: 1, week: 7, month: 31, quarter: 92, year: 366 }[cycle]
  return cycleStart(cycle, addDays(start, far))
}

/**
 * Done: in the running cycle. Late: not since the beginning of the one before, though the work stood then already, so that a whole
 * cycle went by without it. What was made in the running cycle is never late.
 */
export function stateOf(work: { cycle: Cycle; active: boolean; createdAt: Instant; lastAt: Instant | null }, now: Instant, timeZone: string): { state: OperationState; from: string; before: string } {
  const from = cycleStart(work.cycle, localDate(now, timeZone))
  const before = nextStart(work.cycle, from)
  if (!work.active) return { state: 'off', from, before }
  const began = startOfDay(from, timeZone)
  if (work.lastAt !== null && work.lastAt >= began) return { state: 'done', from, before }
  const former = startOfDay(cycleStart(work.cycle, addDays(from, -1)), timeZone)
  const missed = work.createdAt < began && (work.lastAt === null || work.lastAt < former)
  return { state: missed ? 'late' : 'due', from, before }
}
