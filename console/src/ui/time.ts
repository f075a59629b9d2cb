// The only file of the console that touches Date. Instants are ISO strings from the server; "now" is the server's now.
import dayjs from 'dayjs'
import type { Dayjs } from 'dayjs'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

let drift = 0
let bestTrip = Infinity
let zone = 'Asia/Shanghai'

/** The clock of this machine, in epoch milliseconds; for measuring and for nothing else. */
export function localNow(): number {
  return Date.now()
}

/** The server's now in epoch milliseconds. */
export function now(): number {
  return Date.now() + drift
}

/** The server's now as ISO 8601. */
export function nowIso(): string {
  return new Date(now()).toISOString()
}

/** The tenant's time zone for everything shown. */
export function setTimeZone(name: string): void {
  zone = name
  formats.clear()
}

/**
 * Learns the server's clock from an answer. A `Date` header has whole seconds, so drift below 2 s is left alone;
 * quick answers are believed more than slow ones.
 */
export function learnServerTime(serverTime: string | null | undefined, sentAt: number, receivedAt: number): void {
  if (!serverTime) return
  const server = Date.parse(serverTime)
  if (Number.isNaN(server)) return
  const trip = receivedAt - sentAt
  if (trip > bestTrip * 2 + 200) return
  bestTrip = Math.min(bestTrip, trip)
  const measured = server + trip / 2 - receivedAt
  if (Math.abs(measured - drift) >= 2 * SECOND) drift = measured
}

/** Epoch milliseconds of an ISO instant; NaN for nonsense. */
export function instant(iso: string): number {
  return Date.parse(iso)
}

type Parts = { year: string; month: string; day: string; hour: string; minute: string; second: string; weekday: string }

const formats = new Map<string, Intl.DateTimeFormat>()

function formatter(key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat('zh-CN', { timeZone: zone, hourCycle: 'h23', ...options })
  formats.set(key, made)
  return made
}

function partsOf(ms: number): Parts {
  const all = formatter('parts', { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', weekday: 'short' }).formatToParts(ms)
  const get = (type: string) => all.find((p) => p.type === type)?.value ?? ''
  return { year: get('year'), month: get('month'), day: get('day'), hour: get('hour'), minute: get('minute'), second: get('second'), weekday: get('weekday') }
}

function dayKey(ms: number): string {
  const p = partsOf(ms)
  return `${p.year}-${p.month}-${p.day}`
}

/** 今天 14:20, 昨天 09:12, 11-18 09:12 (this year), 2025-11-18 09:12; "–" without a value. */
export function when(iso: string | null | undefined, at: number = now()): string {
  if (!iso) return '–'
  const ms = instant(iso)
  if (Number.isNaN(ms)) return '–'
  const p = partsOf(ms)
  const clock = `${p.hour}:${p.minute}`
  const key = `${p.year}-${p.month}-${p.day}`
  if (key === dayKey(at)) return `今天 ${clock}`
  if (key === dayKey(at - DAY)) return `昨天 ${clock}`
  if (p.year === partsOf(at).year) return `${p.month}-${p.day} ${clock}`
  return `${key} ${clock}`
}

/** Full form with zone, for hover: 2025-11-18 09:12:33 GMT+8. */
export function whenFull(iso: string | null | undefined): string {
  if (!iso) return '–'
  const ms = instant(iso)
  if (Number.isNaN(ms)) return '–'
  const p = partsOf(ms)
  const name = formatter('zone', { timeZoneName: 'short' }).formatToParts(ms).find((x) => x.type === 'timeZoneName')?.value ?? ''
  return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}:${p.second} ${name}`
}

/** 2025-11-18 in the tenant's zone. */
export function day(iso: string | null | undefined): string {
  return iso ? dayKey(instant(iso)) : '–'
}

/** 14:20:31. */
export function clockTime(iso: string | number): string {
  const p = partsOf(typeof iso === 'number' ? iso : instant(iso))
  return `${p.hour}:${p.minute}:${p.second}`
}

/** The moment of a deadline: 今天 17:30, otherwise 11-25 周三 17:30. */
export function moment(iso: string, at: number = now()): string {
  const ms = instant(iso)
  const p = partsOf(ms)
  if (dayKey(ms) === dayKey(at)) return `今天 ${p.hour}:${p.minute}`
  const date = p.year === partsOf(at).year ? `${p.month}-${p.day}` : `${p.year}-${p.month}-${p.day}`
  return `${date} ${p.weekday} ${p.hour}:${p.minute}`
}

/** Days and hours from one day, hours and minutes from one hour, else minutes; milliseconds in, rounding as asked. */
export function duration(ms: number, round: 'down' | 'up' = 'down'): string {
  const fit = round === 'up' ? Math.ceil : Math.floor
  if (ms >= DAY) return twoUnits(fit(ms / HOUR), 24, '天', '小时')
  const minutes = fit(ms / MINUTE)
  if (minutes >= 60) return minutes >= 24 * 60 ? '1天' : twoUnits(minutes, 60, '小时', '分')
  return `${Math.max(0, minutes)}分`
}

function twoUnits(small: number, per: number, bigName: string, smallName: string): string {
  const rest = small % per
  return `${Math.floor(small / per)}${bigName}${rest ? `${rest}${smallName}` : ''}`
}

/** Elapsed time with seconds, only for calls and stage limits under five minutes: 03:12. */
export function stopwatch(ms: number): string {
  const s = Math.max(0, Math.floor(ms / SECOND))
  const two = (n: number) => String(n).padStart(2, '0')
  return s >= 3600 ? `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}` : `${two(Math.floor(s / 60))}:${two(s % 60)}`
}

/**
 * Time left until an instant: 剩余 3小时20分 (rounded down), 超期 2小时10分 (rounded up); seconds under five minutes where asked.
 */
export function remaining(dueIso: string, at: number = now(), seconds = false): { overdue: boolean; text: string } {
  const left = instant(dueIso) - at
  if (left < 0) return { overdue: true, text: `超期 ${duration(-left, 'up')}` }
  if (seconds && left < 5 * MINUTE) return { overdue: false, text: `剩余 ${Math.floor(left / MINUTE)}分${Math.floor((left % MINUTE) / SECOND)}秒` }
  return { overdue: false, text: `剩余 ${duration(left)}` }
}

/** Working time left as the server counted it by the calendar: 剩余 2个工作日3小时. */
export function workingRemaining(left: { days: number; hours: number }): string {
  const d = left.days > 0 ? `${left.days}个工作日` : ''
  const h = left.hours > 0 ? `${left.hours}小时` : ''
  return `剩余 ${d}${h}` === '剩余 ' ? '剩余 不足1小时' : `剩余 ${d}${h}`
}

/** Reads typed dates: 1118 → 11-18 00:00, "1118 14", "1118 1430", "2025-11-18 14:30", 今天, 昨天. ISO instant or null. */
export function parseTyped(text: string, at: number = now()): string | null {
  const clean = text.trim().replace('今天', dayKey(at)).replace('昨天', dayKey(at - DAY))
  const m = /^(?:(\d{4})[-/.]?)?(\d{1,2})[-/.]?(\d{2})(?:\s+(\d{1,2})(?::?(\d{2}))?)?$/.exec(clean)
  if (!m) return null
  const [, year = partsOf(at).year, month = '', date = '', hour = '0', minute = '0'] = m
  return zoned(Number(year), Number(month), Number(date), Number(hour), Number(minute))
}

/** The instant of a wall-clock time in the tenant's zone, null when no such day or time exists. */
function zoned(year: number, month: number, date: number, hour: number, minute: number): string | null {
  if (month < 1 || month > 12 || date < 1 || hour > 23 || minute > 59) return null
  const guess = Date.UTC(year, month - 1, date, hour, minute)
  const back = new Date(guess)
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== date) return null
  const p = partsOf(guess)
  const shown = Date.UTC(Number(p.year), Number(p.month) - 1, Number(p.day), Number(p.hour), Number(p.minute))
  return new Date(guess - (shown - guess)).toISOString()
}

/** The picker shows the tenant's wall clock whatever the zone of this machine. */
export function toPicker(iso: string | null | undefined): Dayjs | null {
  if (!iso) return null
  const ms = instant(iso)
  if (Number.isNaN(ms)) return null
  const p = partsOf(ms)
  return dayjs(`${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}:${p.second}`)
}

/** The instant of what was picked. */
export function fromPicker(value: Dayjs | null): string | null {
  return value ? zoned(value.year(), value.month() + 1, value.date(), value.hour(), value.minute()) : null
}

/** A calendar date 2025-11-18 (no time, no zone) and back. */
export function dateToPicker(date: string | null | undefined): Dayjs | null {
  return date ? dayjs(date) : null
}

export function dateFromPicker(value: Dayjs | null): string | null {
  return value ? value.format('YYYY-MM-DD') : null
}

/** First moment of a calendar day, or of so many days later, in the tenant's zone. */
export function dayStart(date: string, plusDays = 0): string {
  return fromPicker(dayjs(date).add(plusDays, 'day')) ?? date
}

/** ISO instant of epoch milliseconds. */
export function fromEpoch(ms: number): string {
  return new Date(ms).toISOString()
}
