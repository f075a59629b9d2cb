// A period as the fewest rows of sums: whole months, days at its ends; where a month lacks only a few days, the month less those.
import { addDays, daysBetween, type LocalDate } from '../../../kernel/time/index.ts'

/** Rows from `from` to `to` (null: from the very first), added or taken away. */
export type Segment = { grain: 'd' | 'm'; from: LocalDate | null; to: LocalDate; sign: 1 | -1 }

const first = (day: LocalDate): LocalDate => `${day.slice(0, 7)}-01`
const next = (day: LocalDate): LocalDate => first(addDays(first(day), 31))
const last = (day: LocalDate): LocalDate => addDays(next(day), -1)

/** @param from null: everything up to `to`, for stocks. @param daily groups by day or week need days. */
export function segmentsOf(from: LocalDate | null, to: LocalDate, daily: boolean): Segment[] {
  if (daily) return [{ grain: 'd', from, to, sign: 1 }]
  const parts: Segment[] = []
  const start = from === null ? null : first(from)
  // Whole months from the first to the last touched; ends that are not whole are put right.
  if (from !== null && first(from) === first(to) && (from !== first(from) || to !== last(to))) {
    const lacking = daysBetween(first(from), from) + daysBetween(to, last(to))
    if (lacking >= daysBetween(from, to) + 1) return [{ grain: 'd', from, to, sign: 1 }]
  }
  let months: [LocalDate | null, LocalDate] = [start, first(to)]
  if (from !== null && from !== first(from)) {
    const [before, within] = [daysBetween(first(from), from), daysBetween(from, last(from)) + 1]
    if (before <= within || first(from) === first(to)) parts.push({ grain: 'd', from: first(from), to: addDays(from, -1), sign: -1 })
    else {
      parts.push({ grain: 'd', from, to: last(from), sign: 1 })
      months = [next(from), months[1]]
    }
  }
  if (to !== last(to)) {
    const [within, after] = [daysBetween(first(to), to) + 1, daysBetween(to, last(to))]
    if (after <= within || (from !== null && first(from) === first(to))) parts.push({ grain: 'd', from: addDays(to, 1), to: last(to), sign: -1 })
    else {
      parts.push({ grain: 'd', from: first(to), to, sign: 1 })
      months = [months[0], first(addDays(first(to), -1))]
    }
  }
  if (months[0] === null || months[0] <= months[1]) parts.push({ grain: 'm', from: months[0], to: months[1], sign: 1 })
  return parts
}
