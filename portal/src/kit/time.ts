// The only file of the portal and of the light kit that touches Date. Instants are ISO strings; "now" is the server's now.

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

let drift = 0
let bestTrip = Infinity
let zone = 'Asia/Shanghai'
let formatter: Intl.DateTimeFormat | null = null

/** The clock of this device in epoch milliseconds; for measuring and for ages of what is kept on it. */
export const localNow = (): number => Date.now()

/** The server's now in epoch milliseconds. */
export const now = (): number => Date.now() + drift

/** Epoch milliseconds of an ISO instant. */
export const instant = (iso: string): number => Date.parse(iso)

/** The tenant's time zone for everything shown. */
export function setTimeZone(name: string): void {
  zone = name
  formatter = null
}

/** Learns the server's clock from a `Date` header (whole seconds: drift below 2 s is left alone); quick answers are believed more. */
export function learnServerTime(serverTime: string | null, sentAt: number, receivedAt: number): void {
  const server = serverTime ? Date.parse(serverTime) : Number.NaN
  const trip = receivedAt - sentAt
  if (Number.isNaN(server) || trip > bestTrip * 2 + 200) return
  bestTrip = Math.min(bestTrip, trip)
  const measured = server + trip / 2 - receivedAt
  if (Math.abs(measured - drift) >= 2 * SECOND) drift = measured
}

type Parts = Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'weekday', string>

function partsOf(ms: number): Parts {
  formatter ??= new Intl.DateTimeFormat('zh-CN', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', weekday: 'short' })
  const all = formatter.formatToParts(ms)
  const get = (type: string) => all.find((p) => p.type === type)?.value ?? ''
  return { year: get('year'), month: get('month'), day: get('day'), hour: get('hour'), minute: get('minute'), weekday: get('weekday') }
}

const dayKey = (p: Parts): string => `${p.year}-${p.month}-${p.day}`

/** An instant as a `datetime-local` control holds it, in the tenant's zone: `2026-11-22T14:20`. */
export function localMoment(iso: string): string {
  const p = partsOf(instant(iso))
  return `${dayKey(p)}T${p.hour}:${p.minute}`
}

/** The instant that such a text names in the tenant's zone; null for none. */
export function momentIso(local: string): string | null {
  const asUtc = Date.parse(`${local}Z`)
  if (Number.isNaN(asUtc)) return null
  const shown = Date.parse(`${localMoment(new Date(asUtc).toISOString())}Z`)
  return new Date(asUtc - (shown - asUtc)).toISOString()
}

/** 今天 14:20, 昨天 09:12, 11-18 09:12 (this year), 2025-11-18 09:12; "–" without a value. */
export function when(iso: string | null | undefined, at: number = now()): string {
  if (!iso) return '–'
  const p = partsOf(instant(iso))
  const clock = `${p.hour}:${p.minute}`
  if (dayKey(p) === dayKey(partsOf(at))) return `今天 ${clock}`
  if (dayKey(p) === dayKey(partsOf(at - DAY))) return `昨天 ${clock}`
  return p.year === partsOf(at).year ? `${p.month}-${p.day} ${clock}` : `${dayKey(p)} ${clock}`
}

/** 11月25日 周三, with the year when it is not this one. */
export function day(iso: string | null | undefined, at: number = now()): string {
  if (!iso) return '–'
  const p = partsOf(instant(iso))
  const date = `${Number(p.month)}月${Number(p.day)}日 ${p.weekday}`
  return p.year === partsOf(at).year ? date : `${p.year}年${date}`
}

/** 2天4小时, 3小时20分, 40分. */
export function duration(ms: number, round: 'down' | 'up' = 'down'): string {
  const unit = ms >= DAY ? HOUR : MINUTE
  const whole = (round === 'down' ? Math.floor(ms / unit) : Math.ceil(ms / unit)) * unit
  if (whole >= DAY) return parts([[Math.floor(whole / DAY), '天'], [Math.floor((whole % DAY) / HOUR), '小时']])
  if (whole >= HOUR) return parts([[Math.floor(whole / HOUR), '小时'], [Math.floor((whole % HOUR) / MINUTE), '分']])
  return `${Math.max(Math.floor(whole / MINUTE), round === 'up' ? 1 : 0)}分`
}

const parts = (list: [number, string][]): string => list.filter(([n]) => n > 0).map(([n, unit]) => `${n}${unit}`).join('')

/** 剩余 3小时20分 (rounded down), 超期 2小时10分 (rounded up). */
export function remaining(dueIso: string, at: number = now()): { overdue: boolean; text: string } {
  const left = instant(dueIso) - at
  return left < 0 ? { overdue: true, text: `超期 ${duration(-left, 'up')}` } : { overdue: false, text: `剩余 ${duration(left)}` }
}

/** Whole days left until an instant, rounded up; 0 when it is over. */
export const daysLeft = (iso: string, at: number = now()): number => Math.max(0, Math.ceil((instant(iso) - at) / DAY))

/** Milliseconds in days, for ages of what is kept on the device. */
export const days = (n: number): number => n * DAY
