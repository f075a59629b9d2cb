import announced from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import type { CalendarDay } from './work-calendar.ts'
import type { LocalDate } from './local-date.ts'

export type HolidaySeed = { days: (CalendarDay & { name: string })[]; coveredUntil: LocalDate }

/**
 * Statutory holidays and make-up days of the given years with Chinese names, by date, and the last day they cover. Source:
 * the State Council's yearly notices as collected by npm chinese-days (1.5.7: 2004 to 2026); years not yet announced
 * give no rows and end the covered time.
 */
export function seedHolidays(years: readonly number[]): HolidaySeed {
  const wanted = new Set(years.map(String))
  const lastAnnounced = Object.keys(announced.holidays).reduce((last, date) => Math.max(last, Number(date.slice(0, 4))), 0)
  const days = [...rowsOf(announced.holidays, 'holiday'), ...rowsOf(announced.workdays, 'workday')]
    .filter((row) => wanted.has(row.date.slice(0, 4)))
    .sort((a, b) => (a.date < b.date ? -1 : 1))
  return { days, coveredUntil: `${Math.min(Math.max(...years), lastAnnounced)}-12-31` }
}

// "National Day,国庆节,3": English name, Chinese name, days of statutory rest.
function rowsOf(source: Record<string, string>, kind: CalendarDay['kind']): HolidaySeed['days'] {
  return Object.entries(source).map(([date, text]) => ({ date, kind, name: text.split(',')[1] ?? text }))
}
