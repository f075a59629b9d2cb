// The rules of calling out: when, how often, and how robots' keys are read. Pure.
import { addDays, localDate, localParts, startOfDay, type Instant } from '../../../kernel/time/index.ts'
import type { Statement } from '../callback.ts'

export type Window = { from: string; to: string }
export type Strategy = { weekdays: number[]; windows: Window[]; contacts: number; contactDays: number }

const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Weekday of a civil date, 1 Monday to 7 Sunday (Zeller's congruence on numbers alone). */
export function weekdayOf(date: string): number {
  const [y = 0, m = 0, d = 0] = date.split('-').map(Number)
  const [year, month] = m < 3 ? [y - 1, m + 12] : [y, m]
  const h = (d + Math.floor((13 * (month + 1)) / 5) + year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400)) % 7
  return ((h + 5) % 7) + 1
}

/** Whether one may call at this moment by every set of windows given (a strategy narrows what the telephone allows, it never widens). */
export function mayCall(strategy: Pick<Strategy, 'weekdays' | 'windows'>, at: Instant, timeZone: string): boolean {
  const { hour, minute } = localParts(at, timeZone)
  const time = clock(hour * 60 + minute)
  return strategy.weekdays.includes(weekdayOf(localDate(at, timeZone))) && strategy.windows.some(({ from, to }) => time >= from && time < to)
}

/** From when contacts count: the start of the local day, `days` − 1 days back. */
export const countedSince = (at: Instant, days: number, timeZone: string): Instant => startOfDay(addDays(localDate(at, timeZone), 1 - days), timeZone)
/** When the oldest counted day leaves the count. */
export const freeAgainAt = (at: Instant, timeZone: string): Instant => startOfDay(addDays(localDate(at, timeZone), 1), timeZone)

export type KeyedAnswers = { contacted: Statement; solved: Statement; satisfied: Statement; grade: string | null }
const stated: Record<string, Statement> = { '1': 'yes', '2': 'no', '3': 'notStated' }
const grades: Record<string, { satisfied: Statement; grade: string | null }> = { '1': { satisfied: 'yes', grade: 'satisfied' }, '2': { satisfied: 'yes', grade: 'basicallySatisfied' }, '3': { satisfied: 'no', grade: 'dissatisfied' }, '4': { satisfied: 'notStated', grade: null } }

/** What the keys of a robot's three questions say; null where one of them was not answered clearly: then nothing is taken for said. */
export function keyedAnswers(keys: Record<string, string> | null): KeyedAnswers | null {
  const contacted = stated[keys?.['contacted'] ?? '']
  const solved = stated[keys?.['solved'] ?? '']
  const satisfied = grades[keys?.['satisfied'] ?? '']
  return contacted && solved && satisfied ? { contacted, solved, ...satisfied } : null
}
