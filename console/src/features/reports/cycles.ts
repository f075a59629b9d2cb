// Days of a template's last and running period.
import { dayBefore, lastDays, lastMonth, month, type Period } from '../../ui/period.ts'
import { day, fromEpoch, now } from '../../ui/time.ts'
import { namedPeriod } from '../analytics/periods.ts'

export type Cycle = 'day' | 'week' | 'month' | 'quarter' | 'halfYear' | 'year'
const today = (): string => day(fromEpoch(now()))
const yearOf = (): number => Number(today().slice(0, 4))

export function runningPeriod(cycle: Cycle): Period {
  switch (cycle) {
    case 'day': return lastDays(1)
    case 'week': return namedPeriod('week')
    case 'quarter': return namedPeriod('quarter')
    case 'halfYear': return { from: `${yearOf()}-${today().slice(5, 7) <= '06' ? '01' : '07'}-01`, to: today() }
    case 'year': return namedPeriod('year')
    default: return month()
  }
}

export function lastPeriod(cycle: Cycle): Period {
  switch (cycle) {
    case 'day': return namedPeriod('yesterday')
    case 'week': return namedPeriod('lastWeek')
    case 'month': return lastMonth()
    case 'year': return { from: `${yearOf() - 1}-01-01`, to: `${yearOf() - 1}-12-31` }
    default: {
      const to = dayBefore(runningPeriod(cycle).from, 1)
      const first = Number(to.slice(5, 7)) - (cycle === 'quarter' ? 2 : 5)
      return { from: `${to.slice(0, 4)}-${String(first).padStart(2, '0')}-01`, to }
    }
  }
}
