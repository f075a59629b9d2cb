// A period in the steps a time axis plays: days, weeks or months, whichever gives a number one can watch.
import type { Period } from '../../ui/period.ts'
import { day, fromEpoch, instant } from '../../ui/time.ts'

const DAY = 86_400_000
const MOST_DAYS = 31
const MOST_WEEKS = 190
const noon = (date: string): number => instant(`${date}T12:00:00+08:00`)

/** Steps that cover the period without gap or overlap, oldest first; weeks are counted from its first day. */
export function stepsOf({ from, to }: Period): Period[] {
  const days = Math.round((noon(to) - noon(from)) / DAY) + 1
  if (days <= MOST_WEEKS) {
    const size = days <= MOST_DAYS ? 1 : 7
    return Array.from({ length: Math.ceil(days / size) }, (_, i) => ({ from: day(fromEpoch(noon(from) + i * size * DAY)), to: day(fromEpoch(noon(from) + (Math.min(days, (i + 1) * size) - 1) * DAY)) }))
  }
  const steps: Period[] = []
  for (let at = from; at <= to;) {
    const [year, month] = [Number(at.slice(0, 4)), Number(at.slice(5, 7))]
    const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`
    const last = day(fromEpoch(noon(next) - DAY))
    steps.push({ from: at, to: last < to ? last : to })
    at = next
  }
  return steps
}
