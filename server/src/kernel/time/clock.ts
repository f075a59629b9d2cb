import { instant, plus } from './instant.ts'
import type { Instant } from './instant.ts'

/** Where a command reads the time. Business SQL never calls now(), so that tests and the demo can move the clock. */
export type Clock = { now(): Instant }

/** A clock that stands still until it is moved; for tests and the demo. */
export type MovableClock = Clock & {
  /** Moves to a moment, forward or back. */
  set(at: Instant | string): void
  /** Moves by milliseconds and answers the new time. */
  advance(ms: number): Instant
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => instant(Date.now()) }

/** A clock standing at `start` (a moment or ISO text). */
export function movableClock(start: Instant | string): MovableClock {
  let current = instant(start)
  return {
    now: () => current,
    set: (at) => {
      current = instant(at)
    },
    advance: (ms) => {
      current = plus(current, ms)
      return current
    },
  }
}
