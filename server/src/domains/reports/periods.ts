// Periods of reports and the days on which they are made. Pure.
import { addDays, type LocalDate } from '../../kernel/time/index.ts'
import { periodHolding } from '../assessment/index.ts'
import type { Cycle } from './template.ts'

export type Period = { from: LocalDate; to: LocalDate; name: string }

/** The period of a cycle that holds a day. */
export function periodOf(cycle: Cycle, day: LocalDate): Period {
  if (cycle !== 'halfYear') return periodHolding(cycle, day, 1)
  const year = day.slice(0, 4)
  return day.slice(5, 7) <= '06' ? { from: `${year}-01-01`, to: `${year}-06-30`, name: `${year}年上半年` } : { from: `${year}-07-01`, to: `${year}-12-31`, name: `${year}年下半年` }
}

/** The period that ended before the one that holds this day. */
export const lastPeriod = (cycle: Cycle, today: LocalDate): Period => periodOf(cycle, addDays(periodOf(cycle, today).from, -1))

/** The day of a cycle a report is due: its `at`-th day, the last one where there are fewer (the 31st of April is the 30th). Weeks count from Monday. */
export function dueDay(cycle: Cycle, holding: LocalDate, at: number): LocalDate {
  const { from, to } = periodOf(cycle, holding)
  const day = addDays(from, Math.max(1, at) - 1)
  return day > to ? to : day
}

/** The first due day after `after`. */
export function nextDue(cycle: Cycle, after: LocalDate, at: number): LocalDate {
  const same = dueDay(cycle, after, at)
  return same > after ? same : dueDay(cycle, addDays(periodOf(cycle, after).to, 1), at)
}
