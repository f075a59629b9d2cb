/** Days and spans that one text names; what is named later must not contradict what was named before. */
import { addDays, isoDay, spokenDay, type CivilHour } from '../civil-date.ts'
import type { Rng } from '../rng.ts'

export interface ToldTime {
  /** A day in the past, between the first thing told and now: 3月5日. */
  day(): string
  /** A day still to come. */
  dayToCome(): string
  /** How long it has lasted: 三天, 一个多月. */
  span(kind: 'short' | 'long'): string
  /** The date of an element, `min` to `max` days back unless the text has said more; `recent`: a fresh event, which 昨天 in the text fixes. */
  elementDay(min: number, max: number, recent: boolean): { text: string; iso: string }
}

/** Spans as people say them, with the days they stand for, shortest first. */
const spans = [
  ['两天', 2], ['三天', 3], ['四五天', 5], ['快一周', 6], ['一个星期', 7], ['十来天', 11],
  ['半个月', 15], ['二十多天', 23], ['一个多月', 38], ['快两个月', 56], ['两个多月', 70], ['小半年', 160],
] as const
const choices = { short: spans.slice(0, 6), long: spans.slice(6) }
const sayDays = (days: number) => spans.findLast(([, least]) => least <= days)?.[0] ?? spans[0][0]

/** `said` answers the words that the text has used for 昨天 and the like. */
export function createToldTime(rng: Rng, on: CivilHour, said: () => string | undefined): ToldTime {
  // Days back to the day or span that the text has named, and to the first dated element.
  let spoken: number | null = null
  let dated: number | null = null

  /** 昨天, 前天, 3月5日: the way people name a day seen from another. */
  function speak(daysAgo: number): string {
    if (daysAgo <= 2) return ['今天', '昨天', '前天'][daysAgo] ?? '今天'
    const day = addDays(on, -daysAgo)
    return (day.year < on.year ? '去年' : '') + spokenDay(day)
  }

  function daysSinceSaid(): number | null {
    const word = said()
    if (word === undefined) return null
    return word.startsWith('今天') ? 0 : word.startsWith('前天') ? 2 : 1
  }

  return {
    day() {
      const daysAgo: number = spoken ?? (dated === null ? rng.int(4, 45) : rng.int(1, Math.max(1, dated - 1)))
      spoken ??= daysAgo
      return speak(daysAgo)
    },
    dayToCome: () => spokenDay(addDays(on, rng.int(5, 25))),
    span(kind) {
      const known = spoken ?? dated
      if (known !== null) return sayDays(known)
      const [label, days] = rng.pick<(typeof spans)[number]>(choices[kind])
      spoken = days
      return label
    },
    elementDay(min, max, recent) {
      const daysAgo = (recent ? daysSinceSaid() : null) ?? spoken ?? rng.int(min, max)
      dated ??= daysAgo
      return { text: speak(daysAgo), iso: isoDay(addDays(on, -daysAgo)) }
    },
  }
}
