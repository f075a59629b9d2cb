// The calendar on the wall of a tenant. Moments become dates here; everything after that is done on dates.
import { DAY, HOUR, instant, MINUTE } from './instant.ts'
import type { Instant } from './instant.ts'
import { fromLocal, offsetAt } from './time-zone.ts'

/** A day in a tenant's time zone as `YYYY-MM-DD`; sorts as text. */
export type LocalDate = string

export const DEFAULT_TIME_ZONE = 'Asia/Shanghai'

/** What a wall calendar and clock show. `weekday` is 1 (Monday) to 7 (Sunday). */
export type LocalParts = {
  date: LocalDate
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  weekday: number
}

/** The local day of a moment: `2026-10-01`. */
export function localDate(at: Instant, timeZone: string = DEFAULT_TIME_ZONE): LocalDate {
  return dateOfDayNumber(dayNumberAt(at, timeZone))
}

/** Everything a wall calendar shows at a moment. */
export function localParts(at: Instant, timeZone: string = DEFAULT_TIME_ZONE): LocalParts {
  const shown = new Date(at + offsetAt(at, timeZone))
  return {
    date: dateOfDayNumber(Math.floor(shown.getTime() / DAY)),
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
    weekday: shown.getUTCDay() || 7,
  }
}

/** The first moment of a local day (not always 00:00 where summer time starts at midnight). */
export function startOfDay(date: LocalDate, timeZone: string = DEFAULT_TIME_ZONE): Instant {
  return fromLocal(dayNumber(date) * DAY, timeZone)
}

/**
 * The moment at which local clocks show `time` (`HH:mm`, up to `24:00`) on a day.
 * @throws RangeError when date or time cannot be read
 */
export function atLocalTime(date: LocalDate, time: string, timeZone: string = DEFAULT_TIME_ZONE): Instant {
  return fromLocal(dayNumber(date) * DAY + timeOfDay(time), timeZone)
}

/** 1 (Monday) to 7 (Sunday). */
export function dayOfWeek(date: LocalDate): number {
  return weekdayOf(dayNumber(date))
}

/** `2026-10` of `2026-10-01`. */
export function monthOf(date: LocalDate): string {
  dayNumber(date)
  return date.slice(0, 7)
}

/** `2026-02-28` of `2026-02-03`. */
export function lastOfMonth(date: LocalDate): LocalDate {
  return addDays(`${monthOf(addDays(`${monthOf(date)}-28`, 4))}-01`, -1)
}

/** `261001` of `2026-10-01`: the first part of an order number. */
export function yyMMdd(date: LocalDate): string {
  dayNumber(date)
  return date.slice(2, 4) + date.slice(5, 7) + date.slice(8, 10)
}

/** The day `days` later (earlier when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfDayNumber(dayNumber(date) + days)
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from)
}

/** Whether the text is an existing day as `YYYY-MM-DD`. */
export function isLocalDate(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  if (!match) return false
  const day = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))
  return Number.isFinite(day) && dateOfDayNumber(day / DAY) === text
}

/** Days since 1970-01-01 of a local date. @throws RangeError when it is no existing day */
export function dayNumber(date: LocalDate): number {
  if (!isLocalDate(date)) throw new RangeError(`not a day: ${date}`)
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY
}

export function dateOfDayNumber(day: number): LocalDate {
  return new Date(day * DAY).toISOString().slice(0, 10)
}

export function dayNumberAt(at: Instant, timeZone: string): number {
  return Math.floor((at + offsetAt(at, timeZone)) / DAY)
}

// 1970-01-01 was a Thursday.
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

/** Milliseconds after midnight of `HH:mm`; `24:00` is the end of the day. @throws RangeError when it cannot be read */
export function timeOfDay(time: string): number {
  const match = /^(\d\d):(\d\d)$/.exec(time)
  const ms = match ? Number(match[1]) * HOUR + Number(match[2]) * MINUTE : Number.NaN
  if (!match || Number(match[2]) > 59 || ms > DAY) throw new RangeError(`not a time of day (HH:mm): ${time}`)
  return instant(ms)
}
