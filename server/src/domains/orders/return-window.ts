// When a unit may still ask to return an assignment (ORD-39, domain.md Clocks). Pure.
import { HOUR, type Instant, plus } from '../../kernel/time/index.ts'

export type WindowFacts = {
  now: Instant
  /** Dispatch by the upper platform where there is one, else the own dispatch. */
  from: Instant
  windowHours: number
  multiRoundHours: number
  /** A bureau of a transferred order that already went through other units, every earlier return approved. */
  multiRound: boolean
}

export type WindowState = { open: boolean; closesAt: Instant; multiRound: boolean }

/** Up to 19 h after dispatch, or 48 h in the multi-round case; at the very moment it closes it is closed. */
export function returnWindow(facts: WindowFacts): WindowState {
  const normal = plus(facts.from, facts.windowHours * HOUR)
  if (facts.now < normal) return { open: true, closesAt: normal, multiRound: false }
  if (!facts.multiRound) return { open: false, closesAt: normal, multiRound: false }
  const late = plus(facts.from, facts.multiRoundHours * HOUR)
  return { open: facts.now < late, closesAt: late, multiRound: true }
}
