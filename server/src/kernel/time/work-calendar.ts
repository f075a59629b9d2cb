import { DAY } from './instant.ts'
import type { Instant } from './instant.ts'
import { dateOfDayNumber, dayNumber, DEFAULT_TIME_ZONE, localDate, timeOfDay, weekdayOf } from './local-date.ts'
import type { LocalDate } from './local-date.ts'
import { fromLocal, offsetAt } from './time-zone.ts'

/** `holiday`: a statutory or own day off; `workday`: a make-up day (调休上班), usually at a weekend. */
export type DayKind = 'holiday' | 'workday'

/** A row of a tenant's holiday table. */
export type CalendarDay = { date: LocalDate; kind: DayKind; name?: string }

/** A stretch of working time in a day, local, `HH:mm`, from inclusive to exclusive. */
export type WorkingHours = { from: string; to: string }

export type CalendarSettings = {
  /** IANA name; default Asia/Shanghai. */
  timeZone?: string
  /** In order, not overlapping; default 09:00–12:00 and 14:00–18:00. */
  workingHours?: readonly WorkingHours[]
  /** Last day for which the rows are complete. Later days follow the fixed-date holidays and are uncertain. */
  coveredUntil: LocalDate
}

/** A tenant's working time. Made by buildCalendar; immutable, may be cached until its rows or settings change. */
export type WorkCalendar = {
  readonly timeZone: string
  readonly workingHours: readonly WorkingHours[]
  readonly days: ReadonlyMap<LocalDate, DayKind>
  readonly coveredUntil: LocalDate
  /** Working time of a full day in milliseconds. */
  readonly dayMs: number
  /** The working hours as milliseconds after local midnight. */
  readonly spans: readonly Span[]
}

type Span = { readonly from: number; readonly to: number }

export const DEFAULT_WORKING_HOURS: readonly WorkingHours[] = [
  { from: '09:00', to: '12:00' },
  { from: '14:00', to: '18:00' },
]

// 全国年节及纪念日放假办法 (2024 revision, in force since 2025-01-01). The holidays of the lunar calendar and all
// make-up days are announced a year at a time and cannot be known before.
const FIXED_HOLIDAYS: ReadonlySet<string> = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'])

/**
 * Makes the calendar of a tenant from its holiday rows and settings. Of two rows for one day the later in the list wins,
 * so that a tenant's own rows may follow the statutory ones.
 * @throws RangeError when a row or a setting cannot be read, when hours overlap or when there are none
 */
export function buildCalendar(rows: readonly CalendarDay[], settings: CalendarSettings): WorkCalendar {
  const { timeZone = DEFAULT_TIME_ZONE, workingHours = DEFAULT_WORKING_HOURS, coveredUntil } = settings
  offsetAt(0, timeZone)
  dayNumber(coveredUntil)
  const days = new Map<LocalDate, DayKind>()
  for (const row of rows) days.set(dateOfDayNumber(dayNumber(row.date)), row.kind)
  const spans = workingHours.map(({ from, to }) => ({ from: timeOfDay(from), to: timeOfDay(to) }))
  let end = 0
  for (const span of spans) {
    if (span.from < end || span.to <= span.from) throw new RangeError('working hours overlap or are out of order')
    end = span.to
  }
  const dayMs = spans.reduce((sum, span) => sum + span.to - span.from, 0)
  if (dayMs === 0) throw new RangeError('a calendar needs working hours')
  return { timeZone, workingHours, days, coveredUntil, dayMs, spans }
}

/**
 * Whether people work on a day: the calendar's row decides, else Monday to Friday; after `coveredUntil` the holidays
 * with a fixed date are days off too.
 */
export function isWorkingDay(calendar: WorkCalendar, date: LocalDate): boolean {
  return isWorkingDayNumber(calendar, dayNumber(date))
}

/** Whether a day, or the day of a moment, lies beyond the known holidays: a deadline there may still move. */
export function isUncertain(calendar: WorkCalendar, when: LocalDate | Instant): boolean {
  const date = typeof when === 'string' ? when : localDate(when, calendar.timeZone)
  return date > calendar.coveredUntil
}

export function isWorkingDayNumber(calendar: WorkCalendar, day: number): boolean {
  const date = dateOfDayNumber(day)
  const kind = calendar.days.get(date)
  if (kind) return kind === 'workday'
  if (weekdayOf(day) > 5) return false
  return date <= calendar.coveredUntil || !FIXED_HOLIDAYS.has(date.slice(5))
}

/** Working intervals of a day as moments, in order; none on a day off. */
export function workingIntervals(calendar: WorkCalendar, day: number): { from: Instant; to: Instant }[] {
  if (!isWorkingDayNumber(calendar, day)) return []
  return calendar.spans.map((span) => ({
    from: fromLocal(day * DAY + span.from, calendar.timeZone),
    to: fromLocal(day * DAY + span.to, calendar.timeZone),
  }))
}
