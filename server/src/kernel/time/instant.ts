// Moments. Everywhere else in the product a moment is a branded number; `Date` is used in this folder only.

/** A moment: whole milliseconds since 1970-01-01T00:00:00Z. Compare and sort it as a number. */
export type Instant = number & { readonly __instant: true }

/** Milliseconds. */
export const SECOND = 1_000
export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000

/** The largest distance from 1970 that ECMAScript can turn into a calendar date. */
const LIMIT = 8.64e15

function isInstant(value: number): value is Instant {
  return Number.isInteger(value) && Math.abs(value) <= LIMIT
}

/**
 * Makes a moment from epoch milliseconds (a fraction is cut off) or from ISO 8601 text.
 * @throws RangeError when the value is no moment
 */
export function instant(value: string | number): Instant {
  if (typeof value === 'string') return parseIso(value)
  const whole = Math.trunc(value)
  if (!isInstant(whole)) throw new RangeError(`not a moment: ${value}`)
  return whole
}

/** `2026-10-01T01:00:00.000Z`: the form of moments in JSON. */
export function toIso(at: Instant): string {
  return new Date(at).toISOString()
}

// Also the text form of PostgreSQL's timestamptz: a space for T, an offset without minutes, microseconds.
const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:(Z)|([+-])(\d\d)(?::?(\d\d))?)$/

/**
 * Reads ISO 8601 with an offset (`Z`, `+08:00`, `+08`); a local time without offset is refused because its zone would
 * be a guess. PostgreSQL's `2026-10-01 09:00:00.123456+08` is read too; digits after the millisecond are cut off.
 * @throws RangeError on anything else, also on days that do not exist (30 February)
 */
export function parseIso(text: string): Instant {
  const match = ISO.exec(text)
  if (!match) throw new RangeError(`not an ISO 8601 moment with an offset: ${text}`)
  const part = (index: number): number => Number(match[index] ?? 0)
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)]
  const ms = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3))
  const midnight = new Date(0)
  midnight.setUTCFullYear(year, month - 1, day) // Date.UTC would read years below 100 as 19xx
  const exists = midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day
  if (!exists || hour > 23 || minute > 59 || second > 59 || part(10) > 23 || part(11) > 59) {
    throw new RangeError(`no such moment: ${text}`)
  }
  const offset = (match[9] === '-' ? -1 : 1) * (part(10) * HOUR + part(11) * MINUTE)
  return instant(midnight.getTime() + hour * HOUR + minute * MINUTE + second * SECOND + ms - offset)
}

/** The moment `ms` milliseconds later (earlier when negative); fractions of a millisecond are rounded. */
export function plus(at: Instant, ms: number): Instant {
  return instant(Math.round(at + ms))
}

/** The earlier of two moments. */
export function earlier(a: Instant, b: Instant): Instant {
  return a <= b ? a : b
}

/** The later of two moments. */
export function later(a: Instant, b: Instant): Instant {
  return a >= b ? a : b
}

/** For the `Date` header: browsers learn from it what time it is at the server. */
export const toHttpDate = (i: Instant): string => new Date(i).toUTCString()

/** For libraries that take dates. */
export const toDate = (at: Instant): Date => new Date(at)
