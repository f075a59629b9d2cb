// Walks over working intervals, one step a day, never a minute.
import { instant, plus } from './instant.ts'
import type { Instant } from './instant.ts'
import { dayNumberAt } from './local-date.ts'
import { workingIntervals } from './work-calendar.ts'
import type { WorkCalendar } from './work-calendar.ts'

/**
 * Working time ends at an evening and goes on the next morning: both are the same point of working time. `closing` names
 * the evening (8 working hours from the morning are over in the evening), `opening` names the next morning.
 */
export type Boundary = 'closing' | 'opening'

/**
 * Working milliseconds from `a` to `b`; negative when `b` is earlier. Nights, breaks and days off count nothing.
 */
export function workingMsBetween(calendar: WorkCalendar, a: Instant, b: Instant): number {
  if (b < a) return -workingMsBetween(calendar, b, a)
  const last = dayNumberAt(b, calendar.timeZone)
  let sum = 0
  for (let day = dayNumberAt(a, calendar.timeZone); day <= last; day++) {
    for (const { from, to } of workingIntervals(calendar, day)) sum += Math.max(0, Math.min(to, b) - Math.max(from, a))
  }
  return sum
}

/** `at`, or the next opening when nobody works at that moment. */
export function nextWorkingMoment(calendar: WorkCalendar, at: Instant): Instant {
  return addWorking(calendar, at, 0, 'opening')
}

/** The moment by which exactly `ms` of working time have passed since `start`. */
export function addWorking(calendar: WorkCalendar, start: Instant, ms: number, boundary: Boundary): Instant {
  if (ms === 0 && boundary === 'closing') return start
  let rest = ms
  for (let day = dayNumberAt(start, calendar.timeZone); ; day++) {
    for (const interval of workingIntervals(calendar, day)) {
      const from = Math.max(interval.from, start)
      const length = interval.to - from
      if (length <= 0) continue
      if (rest < length || (rest === length && boundary === 'closing')) return plus(instant(from), rest)
      rest -= length
    }
  }
}

/** The latest moment from which exactly `ms` of working time remain until `end`; `end` itself for 0. */
export function subtractWorking(calendar: WorkCalendar, end: Instant, ms: number): Instant {
  if (ms === 0) return end
  let rest = ms
  for (let day = dayNumberAt(end, calendar.timeZone); ; day--) {
    for (const interval of workingIntervals(calendar, day).reverse()) {
      const to = Math.min(interval.to, end)
      const length = to - interval.from
      if (length <= 0) continue
      if (rest <= length) return plus(instant(to), -rest)
      rest -= length
    }
  }
}
