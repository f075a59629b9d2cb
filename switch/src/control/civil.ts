// Civil time of a tenant by plain arithmetic (fixed offset from UTC), and opening calendars.
import type { CalendarPolicy, ListEntry } from '../engine-port.ts'

const DAY = 86_400_000
export type Civil = { /** days since 1970-01-01 */ day: number, /** `YYYY-MM-DD` */ date: string, /** 1 Monday – 7 */ weekday: number, minute: number }

/** Civil time at an instant. Source of the date arithmetic: Howard Hinnant, days_from_civil. */
export function civilAt(at: number, offsetMinutes: number): Civil {
  const local = at + offsetMinutes * 60_000
  const day = Math.floor(local / DAY)
  const z = day + 719_468
  const era = Math.floor(z / 146_097)
  const doe = z - era * 146_097
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365)
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100))
  const mp = Math.floor((5 * doy + 2) / 153)
  const month = mp < 10 ? mp + 3 : mp - 9
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0)
  const dom = doy - Math.floor((153 * mp + 2) / 5) + 1
  const pad = (n: number, l: number): string => String(n).padStart(l, '0')
  return { day, date: `${pad(year, 4)}-${pad(month, 2)}-${pad(dom, 2)}`, weekday: ((day + 3) % 7 + 7) % 7 + 1, minute: Math.floor((local - day * DAY) / 60_000) }
}

const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
type Weekly = CalendarPolicy['open']
/** Whether a weekly window holds; one that ends before it begins goes over midnight. */
export function inWeekly(weekly: Weekly, weekday: number, minute: number): boolean {
  return weekly.some(({ days, from, to }) => {
    const [a, b] = [minutes(from), minutes(to)]
    if (a < b) return days.includes(weekday) && minute >= a && minute < b
    return (days.includes(weekday) && minute >= a) || (days.includes(weekday === 1 ? 7 : weekday - 1) && minute < b)
  })
}

/** Open, closed, or a statutory holiday. */
export function calendarState(calendar: CalendarPolicy, at: number, offsetMinutes: number): 'open' | 'closed' | 'holiday' {
  const civil = civilAt(at, offsetMinutes)
  if (calendar.holidays.includes(civil.date)) return 'holiday'
  return inWeekly(calendar.open, calendar.makeUp.includes(civil.date) ? calendar.makeUpAs : civil.weekday, civil.minute) ? 'open' : 'closed'
}

/** Whether an entry of a list is in force now. */
export function entryInForce(entry: ListEntry, at: number, offsetMinutes: number): boolean {
  if ((entry.from !== null && at < entry.from) || (entry.until !== null && at >= entry.until)) return false
  if (entry.weekly.length === 0) return true
  const civil = civilAt(at, offsetMinutes)
  return inWeekly(entry.weekly, civil.weekday, civil.minute)
}
