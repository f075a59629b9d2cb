// The rules of calling out: when, how often, and how robots' keys are read. Pure.
import { addDays, dayOfWeek, localDate, localParts, monthOf, startOfDay, type Instant } from '../../../kernel/time/index.ts'
import type { Statement } from '../callback.ts'

export type Window = { from: string; to: string }
export type Strategy = { weekdays: number[]; windows: Window[]; contacts: number; contactDays: number }

const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Whether one may call at this moment by every set of windows given (a strategy narrows what the telephone allows, it never widens). */
export function mayCall(strategy: Pick<Strategy, 'weekdays' | 'windows'>, at: Instant, timeZone: string): boolean {
  const { hour, minute } = localParts(at, timeZone)
  const time = clock(hour * 60 + minute)
  return strategy.weekdays.includes(dayOfWeek(localDate(at, timeZone))) && strategy.windows.some(({ from, to }) => time >= from && time < to)
}

/** From when contacts count: the start of the local day, `days` − 1 days back. */
export const countedSince = (at: Instant, days: number, timeZone: string): Instant => startOfDay(addDays(localDate(at, timeZone), 1 - days), timeZone)
/** When the oldest counted day leaves the count. */
export const freeAgainAt = (at: Instant, timeZone: string): Instant => startOfDay(addDays(localDate(at, timeZone), 1), timeZone)

/** The whole week (from Monday) or month before the one in which `at` lies, as [from, before), and the day it begins with. */
export function periodBefore(kind: 'weekly' | 'monthly', at: Instant, timeZone: string): { day: string; from: Instant; before: Instant } {
  const today = localDate(at, timeZone)
  const next = kind === 'weekly' ? addDays(today, 1 - dayOfWeek(today)) : `${monthOf(today)}-01`
  const day = kind === 'weekly' ? addDays(next, -7) : `${monthOf(addDays(next, -1))}-01`
  return { day, from: startOfDay(day, timeZone), before: startOfDay(next, timeZone) }
}

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
