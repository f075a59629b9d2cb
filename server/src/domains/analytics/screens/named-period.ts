// Named periods of a board as days, by the tenant's own day.
import { addDays, dayOfWeek, type LocalDate } from '../../../kernel/time/index.ts'
import type { Board } from '../board.ts'

/** From and to, both inclusive; periods that run end today. */
export function namedPeriod(name: Board['period'], today: LocalDate): { from: LocalDate; to: LocalDate } {
  const monday = addDays(today, -((dayOfWeek(today) + 6) % 7))
  const first = `${today.slice(0, 8)}01`
  const quarter = `${today.slice(0, 5)}${String(Math.floor((Number(today.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`
  switch (name) {
    case 'today': return { from: today, to: today }
    case 'yesterday': return { from: addDays(today, -1), to: addDays(today, -1) }
    case 'week': return { from: monday, to: today }
    case 'lastWeek': return { from: addDays(monday, -7), to: addDays(monday, -1) }
    case 'month': return { from: first, to: today }
    case 'lastMonth': { const end = addDays(first, -1); return { from: `${end.slice(0, 8)}01`, to: end } }
    case 'quarter': return { from: quarter, to: today }
    case 'halfYear': return { from: addDays(today, -179), to: today }
    case 'year': return { from: `${today.slice(0, 4)}-01-01`, to: today }
    case 'last30': return { from: addDays(today, -29), to: today }
  }
}
