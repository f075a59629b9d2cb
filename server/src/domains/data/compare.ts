// The period a period is compared with, and where a group of it stood then.
import { addDays, daysBetween, type LocalDate } from '../../kernel/time/index.ts'

export const comparisons = ['previous', 'lastYear'] as const
/** previous 环比: the same length just before, whole months by whole months; lastYear 同比: the same days a year earlier. */
export type Comparison = (typeof comparisons)[number]
export type Period = { from: LocalDate; to: LocalDate }

const isFirst = (date: LocalDate): boolean => date.endsWith('-01')
const isLast = (date: LocalDate): boolean => isFirst(addDays(date, 1))
const monthNumber = (date: LocalDate): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1
const monthText = (n: number): string => `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`
const lastOf = (month: string): LocalDate => addDays(`${monthText(monthNumber(`${month}-01`) + 1)}-01`, -1)

/** A day by so many months; what the month does not have becomes its last day (29 February a year back is the 28th). */
export function byMonths(date: LocalDate, months: number): LocalDate {
  const month = monthText(monthNumber(date) + months)
  const last = lastOf(month)
  const same = `${month}-${date.slice(8)}`
  return same > last ? last : same
}

const wholeMonths = ({ from, to }: Period): number | null => (isFirst(from) && isLast(to) ? monthNumber(to) - monthNumber(from) + 1 : null)

export function periodBefore(period: Period, by: Comparison): Period {
  if (by === 'lastYear') return { from: byMonths(period.from, -12), to: isLast(period.to) ? lastOf(byMonths(period.to, -12).slice(0, 7)) : byMonths(period.to, -12) }
  const months = wholeMonths(period)
  if (months !== null) return { from: byMonths(period.from, -months), to: addDays(period.from, -1) }
  const days = daysBetween(period.from, period.to) + 1
  return { from: addDays(period.from, -days), to: addDays(period.from, -1) }
}

/** The key of a group in the period before; null where it has none. Only groups by time have moved. */
export function keyBefore(dimension: string, key: string | null, period: Period, by: Comparison): string | null {
  if (key === null) return null
  const months = by === 'lastYear' ? 12 : wholeMonths(period)
  switch (dimension) {
    case 'day': return months === null ? addDays(key, -(daysBetween(period.from, period.to) + 1)) : sameDay(key, byMonths(key, -months))
    case 'month': return months === null ? null : monthText(monthNumber(`${key}-01`) - months)
    case 'year': return by === 'lastYear' ? String(Number(key) - 1) : null
    case 'halfYear': case 'quarter': return by === 'lastYear' ? `${Number(key.slice(0, 4)) - 1}${key.slice(4)}` : null
    case 'week': return by === 'lastYear' ? `${Number(key.slice(0, 4)) - 1}${key.slice(4)}` : null
    default: return key
  }
}

/** The 31st has no counterpart in a month of thirty days. */
const sameDay = (key: string, moved: string): string | null => (moved.slice(8) === key.slice(8) ? moved : null)

const MOST_BUCKETS = 400

/** All keys of a time dimension within a period up to today; empty for others and for very long courses. */
export function bucketsOf(dimension: string, { from, to }: Period, today: LocalDate): string[] {
  const end = to > today ? today : to
  if (end < from) return []
  switch (dimension) {
    case 'hour': return Array.from({ length: 24 }, (_, i) => String(i).padStart(2, '0'))
    case 'day': return daysBetween(from, end) < MOST_BUCKETS ? Array.from({ length: daysBetween(from, end) + 1 }, (_, i) => addDays(from, i)) : []
    case 'month': return Array.from({ length: monthNumber(end) - monthNumber(from) + 1 }, (_, i) => monthText(monthNumber(from) + i))
    default: return []
  }
}
