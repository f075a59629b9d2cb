// Offsets of time zones from Intl, without a library. Node 24 has no Temporal.
import { DAY, instant } from './instant.ts'
import type { Instant } from './instant.ts'

type Zone = {
  /** Milliseconds to add to UTC for local time, valid at and after FIXED_SINCE; undefined for zones that change. */
  fixed: number | undefined
  format: Intl.DateTimeFormat
}

/** China used summer time until 1991: before this moment even "fixed" zones ask Intl. */
const FIXED_SINCE = Date.UTC(1995, 0, 1)
const PROBE_UNTIL_YEAR = 2040

const zones = new Map<string, Zone>()

/**
 * Local time minus UTC at a moment, in milliseconds (+8 h for Asia/Shanghai).
 * @throws RangeError when the zone is unknown
 */
export function offsetAt(at: number, timeZone: string): number {
  const zone = zoneOf(timeZone)
  return zone.fixed !== undefined && at >= FIXED_SINCE ? zone.fixed : intlOffset(zone.format, at)
}

/**
 * The moment at which clocks in the zone show the local time `local` (counted as if it were UTC). A time skipped by
 * summer time gives the moment as much later; a time that comes twice gives the first one.
 */
export function fromLocal(local: number, timeZone: string): Instant {
  const before = offsetAt(local - DAY, timeZone)
  const after = offsetAt(local + DAY, timeZone)
  if (before === after || offsetAt(local - before, timeZone) === before) return instant(local - before)
  if (offsetAt(local - after, timeZone) === after) return instant(local - after)
  return instant(local - before)
}

function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const zone = { format, fixed: fixedOffset(format) }
  zones.set(timeZone, zone)
  return zone
}

// A monthly probe finds every seasonal rule, also Ramadan's, which wanders through the year.
function fixedOffset(format: Intl.DateTimeFormat): number | undefined {
  const first = intlOffset(format, FIXED_SINCE)
  for (let year = 1995; year <= PROBE_UNTIL_YEAR; year++) {
    for (let month = 0; month < 12; month++) {
      if (intlOffset(format, Date.UTC(year, month, 1, 12)) !== first) return undefined
    }
  }
  return first
}

function intlOffset(format: Intl.DateTimeFormat, at: number): number {
  const second = Math.floor(at / 1000) * 1000
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
  for (const { type, value } of format.formatToParts(second)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second: seconds = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, seconds) - second
}
