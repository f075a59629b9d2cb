// Deadlines. The conventions are fixed here and are the same for every clock of the product:
//
// - Natural units run through nights and days off. A natural day ends at the same local time of day.
// - Working units start to count at the next working moment: an order dispatched on Saturday or at 20:00 counts from the
//   next opening. Hotlines keep the moment; the rule of administrative law that the day of acceptance does not count
//   (受理次日起算) is not applied.
// - Working hours are counted exactly: 7 h from an opening are over at that day's closing.
// - n working days end at the same time of day n working days later: Friday 15:00 + 1 = Monday 15:00; from a Saturday,
//   1 working day counts from Monday 09:00 and ends on Tuesday 09:00, so that everybody has one full working day.
import { DAY, HOUR, later, MINUTE, plus } from './instant.ts'
import type { Instant } from './instant.ts'
import { dayNumberAt } from './local-date.ts'
import { fromLocal, offsetAt } from './time-zone.ts'
import { isWorkingDayNumber } from './work-calendar.ts'
import type { WorkCalendar } from './work-calendar.ts'
import { addWorking, nextWorkingMoment, subtractWorking, workingMsBetween } from './working-time.ts'

export type DurationUnit = 'naturalMinutes' | 'naturalHours' | 'naturalDays' | 'workingHours' | 'workingDays'

/** A time limit or a lead; the amount is 0 or more and may be a fraction. */
export type Duration = { amount: number; unit: DurationUnit }

export const DURATION_UNITS: readonly DurationUnit[] = [
  'naturalMinutes',
  'naturalHours',
  'naturalDays',
  'workingHours',
  'workingDays',
]

/**
 * What is left of a clock, or by how much it is over. `ms` is never negative; on a working clock it is working time, and
 * `dayMs` the working time of a full day. A clock that ended at a closing is overdue in the night with 0 ms.
 */
export type Remaining = { overdue: boolean; ms: number; basis: 'natural' | 'working'; dayMs: number }

/** Whether a unit counts working time only. */
export function isWorkingUnit(unit: DurationUnit): boolean {
  return unit === 'workingHours' || unit === 'workingDays'
}

/**
 * The deadline of a limit that starts at `start`; `start` itself for an amount of 0. Conventions: head of this file.
 * @throws RangeError when the amount is negative or no number
 */
export function addDuration(calendar: WorkCalendar, start: Instant, duration: Duration): Instant {
  const { amount, unit } = checked(duration)
  if (amount === 0) return start
  const days = Math.floor(amount)
  switch (unit) {
    case 'naturalMinutes':
    case 'naturalHours':
      return plus(start, naturalMs(amount, unit))
    case 'naturalDays':
      return plus(shiftDays(calendar, start, days), (amount - days) * DAY)
    case 'workingHours':
      return addWorking(calendar, start, Math.round(amount * HOUR), 'closing')
    case 'workingDays': {
      const target = shiftWorkingDays(calendar, nextWorkingMoment(calendar, start), days)
      return addWorking(calendar, target, Math.round((amount - days) * calendar.dayMs), 'opening')
    }
  }
}

/**
 * The moment that lies a duration before `end`, for leads and reminders; working units count working time back and
 * prefer a morning to the evening before.
 * @throws RangeError when the amount is negative or no number
 */
export function subtractDuration(calendar: WorkCalendar, end: Instant, duration: Duration): Instant {
  const { amount, unit } = checked(duration)
  const days = Math.floor(amount)
  switch (unit) {
    case 'naturalMinutes':
    case 'naturalHours':
      return plus(end, -naturalMs(amount, unit))
    case 'naturalDays':
      return plus(shiftDays(calendar, end, -days), -(amount - days) * DAY)
    case 'workingHours':
      return subtractWorking(calendar, end, Math.round(amount * HOUR))
    case 'workingDays':
      return subtractWorking(calendar, end, Math.round(amount * calendar.dayMs))
  }
}

/** The time from `a` to `b` in a unit, as a fraction where needed; 0 when `b` is not later. */
export function durationBetween(calendar: WorkCalendar, a: Instant, b: Instant, unit: DurationUnit): Duration {
  if (b <= a) return { amount: 0, unit }
  return { amount: (isWorkingUnit(unit) ? workingMsBetween(calendar, a, b) : b - a) / unitMs(calendar, unit), unit }
}

/** What is left until `due` at `now`, counted in the kind of time of `unit`. */
export function remaining(calendar: WorkCalendar, now: Instant, due: Instant, unit: DurationUnit): Remaining {
  const working = isWorkingUnit(unit)
  const ms = working ? workingMsBetween(calendar, now, due) : due - now
  return {
    overdue: now > due,
    ms: Math.abs(ms),
    basis: working ? 'working' : 'natural',
    dayMs: working ? calendar.dayMs : DAY,
  }
}

/**
 * The new deadline of a clock that stood from `pausedAt` to `resumedAt`: later by exactly the time that passed, working
 * time on working clocks. The same time is left (or over) at the resume as at the pause.
 * @throws RangeError when the resume is before the pause
 */
export function pauseShift(
  calendar: WorkCalendar,
  dueAt: Instant,
  pausedAt: Instant,
  resumedAt: Instant,
  unit: DurationUnit,
): Instant {
  if (resumedAt < pausedAt) throw new RangeError('a clock cannot resume before it was paused')
  if (!isWorkingUnit(unit)) return plus(dueAt, resumedAt - pausedAt)
  const stood = workingMsBetween(calendar, pausedAt, resumedAt)
  if (stood === 0) return dueAt
  return addWorking(calendar, dueAt, stood, unit === 'workingDays' ? 'opening' : 'closing')
}

/**
 * When a clock starts to warn (yellow card): `lead` before the deadline, but never earlier than half of the limit. Both
 * are counted back from the deadline, so pauses and extensions move the warning with it. A limit given from outside as
 * two moments becomes a duration by durationBetween.
 * @throws RangeError when an amount is negative or no number
 */
export function leadBefore(calendar: WorkCalendar, due: Instant, lead: Duration, limit: Duration): Instant {
  const half = { amount: limit.amount / 2, unit: limit.unit }
  return later(subtractDuration(calendar, due, lead), subtractDuration(calendar, due, half))
}

function checked(duration: Duration): Duration {
  if (!Number.isFinite(duration.amount) || duration.amount < 0) {
    throw new RangeError(`a duration must be 0 or more: ${duration.amount}`)
  }
  return duration
}

function naturalMs(amount: number, unit: 'naturalMinutes' | 'naturalHours'): number {
  return amount * (unit === 'naturalHours' ? HOUR : MINUTE)
}

function unitMs(calendar: WorkCalendar, unit: DurationUnit): number {
  if (unit === 'workingDays') return calendar.dayMs
  if (unit === 'naturalDays') return DAY
  return unit === 'naturalMinutes' ? MINUTE : HOUR
}

// Same time of day, also across a change to summer time.
function shiftDays(calendar: WorkCalendar, at: Instant, days: number): Instant {
  return fromLocal(at + offsetAt(at, calendar.timeZone) + days * DAY, calendar.timeZone)
}

function shiftWorkingDays(calendar: WorkCalendar, at: Instant, count: number): Instant {
  const first = dayNumberAt(at, calendar.timeZone)
  let day = first
  for (let left = count; left > 0; ) {
    day++
    if (isWorkingDayNumber(calendar, day)) left--
  }
  return shiftDays(calendar, at, day - first)
}
