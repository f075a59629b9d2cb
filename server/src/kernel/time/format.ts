import { DAY, HOUR, MINUTE, SECOND } from './instant.ts'
import type { Instant } from './instant.ts'
import type { Duration, Remaining } from './duration.ts'
import { addDays, DEFAULT_TIME_ZONE, localDate, localParts } from './local-date.ts'
import type { LocalParts } from './local-date.ts'
import { durationUnitTexts, timeTexts } from './time.zh-CN.ts'

/**
 * `剩余 2天4小时`, `剩余 3小时20分`, `剩余 40分`, `超期 2小时10分`; on working clocks `剩余 2个工作日3小时`. What is left is rounded
 * down, what is over is rounded up. `seconds` is for calls and stage limits under 5 minutes: `剩余 4分20秒`.
 */
export function formatRemaining(left: Remaining, options: { seconds?: boolean } = {}): string {
  const round = left.overdue ? Math.ceil : Math.floor
  // Over is over: a clock that ended at a closing shows 1 minute in the night, not 0.
  const ms = left.overdue ? Math.max(left.ms, 1) : left.ms
  const text = lengthText(ms, round, left, options.seconds ?? false)
  return `${left.overdue ? timeTexts.overdue : timeTexts.remaining} ${text}`
}

/** `1小时05分` for a length of natural time in milliseconds, rounded down. */
export function formatElapsed(ms: number, options: { seconds?: boolean } = {}): string {
  return lengthText(ms, Math.floor, { basis: 'natural', dayMs: DAY }, options.seconds ?? false)
}

/** `3个工作日`, `24小时`: a limit as a rule states it. */
export function formatDuration(duration: Duration): string {
  return `${duration.amount}${durationUnitTexts[duration.unit]}`
}

/** `今天 14:20`, `昨天 09:12`, `11-18 09:12` in the year of `now`, else `2025-11-18 09:12`. */
export function formatMoment(at: Instant, now: Instant, timeZone: string = DEFAULT_TIME_ZONE): string {
  const parts = localParts(at, timeZone)
  const today = localDate(now, timeZone)
  const time = clockText(parts)
  if (parts.date === today) return `${timeTexts.today} ${time}`
  if (parts.date === addDays(today, -1)) return `${timeTexts.yesterday} ${time}`
  return `${dateText(parts, today)} ${time}`
}

/** `至 11-25 周三 17:30`: a deadline beside what is left of it; with the year when it is not this one. */
export function formatDue(due: Instant, now: Instant, timeZone: string = DEFAULT_TIME_ZONE): string {
  const parts = localParts(due, timeZone)
  const weekday = timeTexts.weekdays[parts.weekday - 1] ?? ''
  return `${timeTexts.until} ${dateText(parts, localDate(now, timeZone))} ${weekday} ${clockText(parts)}`
}

/** `2026-11-18 09:12:05 (Asia/Shanghai)`: the full form for hints and documents. */
export function formatFull(at: Instant, timeZone: string = DEFAULT_TIME_ZONE): string {
  const parts = localParts(at, timeZone)
  return `${parts.date} ${clockText(parts)}:${twoDigits(parts.second)} (${timeZone})`
}

type Rounding = (value: number) => number
type Basis = Pick<Remaining, 'basis' | 'dayMs'>

function lengthText(ms: number, round: Rounding, { basis, dayMs }: Basis, seconds: boolean): string {
  const minutes = round(ms / MINUTE)
  if (minutes * MINUTE >= dayMs) return dayText(minutes * MINUTE, round, { basis, dayMs })
  if (minutes >= 60) {
    const rest = minutes % 60
    return `${Math.floor(minutes / 60)}${timeTexts.hour}${rest > 0 ? `${twoDigits(rest)}${timeTexts.minute}` : ''}`
  }
  if (!seconds) return `${minutes}${timeTexts.minute}`
  const total = round(ms / SECOND)
  const whole = Math.floor(total / 60)
  return `${whole > 0 ? `${whole}${timeTexts.minute}` : ''}${total % 60}${timeTexts.second}`
}

function dayText(ms: number, round: Rounding, { basis, dayMs }: Basis): string {
  const unit = basis === 'working' ? timeTexts.workingDay : timeTexts.day
  const days = Math.floor(ms / dayMs)
  const hours = round((ms - days * dayMs) / HOUR)
  if (hours * HOUR >= dayMs) return `${days + 1}${unit}`
  return `${days}${unit}${hours > 0 ? `${hours}${timeTexts.hour}` : ''}`
}

function dateText(parts: LocalParts, today: string): string {
  return parts.date.slice(0, 4) === today.slice(0, 4) ? parts.date.slice(5) : parts.date
}

function clockText(parts: LocalParts): string {
  return `${twoDigits(parts.hour)}:${twoDigits(parts.minute)}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
