// When a message that comes again is sent: pure, on the tenant's calendar.
import { addDays, atLocalTime, isWorkingDay, localParts } from '../../../kernel/time/index.ts'
import type { Instant, WorkCalendar } from '../../../kernel/time/index.ts'

export const repeats = ['once', 'daily', 'workdays', 'weekly'] as const
export type Repeat = (typeof repeats)[number]

function onDay(calendar: WorkCalendar, first: Instant, from: number, step: number, fits: (at: Instant, date: string) => boolean): Instant {
  const { date, hour, minute } = localParts(first, calendar.timeZone)
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  for (let days = from; ; days += step) {
    const day = addDays(date, days)
    const at = atLocalTime(day, time, calendar.timeZone)
    if (fits(at, day)) return at
  }
}

/** The first sending: as chosen, but on working days not before the next of them. */
export function firstSending(calendar: WorkCalendar, chosen: Instant, repeat: Repeat): Instant {
  return repeat === 'workdays' ? onDay(calendar, chosen, 0, 1, (_, day) => isWorkingDay(calendar, day)) : chosen
}

/** The sending after `last`, at the same time of day and after `now`: what was missed meanwhile is not made up for. */
export function nextSending(calendar: WorkCalendar, last: Instant, repeat: Exclude<Repeat, 'once'>, now: Instant): Instant {
  const step = repeat === 'weekly' ? 7 : 1
  return onDay(calendar, last, step, step, (at, day) => at > now && (repeat !== 'workdays' || isWorkingDay(calendar, day)))
}
