// The period of statistics in the address, and the three offered at a click.
import { day, fromEpoch, instant, now, nowIso, parseTyped } from './time.ts'

export type Period = { from: string; to: string }
const DAY = 86_400_000
export const dayBefore = (date: string, days: number): string => day(fromEpoch(instant(parseTyped(date) ?? nowIso()) - days * DAY))
const isDate = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text)

export function month(): Period {
  const today = day(nowIso())
  return { from: `${today.slice(0, 8)}01`, to: today }
}

export function lastMonth(): Period {
  const to = dayBefore(month().from, 1)
  return { from: `${to.slice(0, 8)}01`, to }
}

export const lastDays = (days: number): Period => ({ from: day(fromEpoch(now() - (days - 1) * DAY)), to: day(nowIso()) })

/** This month unless the address says otherwise. */
export function periodOf(search: URLSearchParams): Period {
  const [from, to] = [search.get('from'), search.get('to')]
  return { ...month(), ...(isDate(from) ? { from } : {}), ...(isDate(to) ? { to } : {}) }
}

/** The running month and those before it, to choose from. */
export function lastMonths(n: number): { value: string; label: string }[] {
  const [year = 0, at = 1] = month().from.split('-').map(Number)
  return Array.from({ length: n }, (_, i) => {
    const index = year * 12 + at - 1 - i
    return { value: `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`, label: `${Math.floor(index / 12)}年${(index % 12) + 1}月` }
  })
}
