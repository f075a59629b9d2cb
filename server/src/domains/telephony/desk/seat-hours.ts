// When a seat role may sit at a desk (TEL-25). Pure.
import { localParts, type Instant } from '../../../kernel/time/index.ts'

export type SeatHours = Record<string, { days: number[]; from: string; to: string }[]>

/** True where one of the roles may work now; roles without hours may always. A span that ends before it begins runs over midnight. */
export function maySitNow(hours: SeatHours, roleCodes: string[], at: Instant, timeZone: string): boolean {
  const bound = roleCodes.filter((code) => hours[code])
  if (bound.length < roleCodes.length || roleCodes.length === 0) return true
  const parts = localParts(at, timeZone)
  const time = `${String(parts.hour).padStart(2, '0')}:${String(parts.minute).padStart(2, '0')}`
  const yesterday = parts.weekday === 1 ? 7 : parts.weekday - 1
  return bound.some((code) => (hours[code] ?? []).some(({ days, from, to }) => (from <= to ? days.includes(parts.weekday) && time >= from && time < to : (days.includes(parts.weekday) && time >= from) || (days.includes(yesterday) && time < to))))
}
