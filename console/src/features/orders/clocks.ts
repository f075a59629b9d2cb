// Clocks of orders as the kit draws them.
import type { Clock } from '../../ui/Tags.tsx'
import { fromEpoch, instant } from '../../ui/time.ts'
import type { NextClock, OrderClock } from './order-types.ts'

const HOUR = 3_600_000
/** A list row carries no yellow point: the usual one of each kind stands in, the detail shows the exact one. */
const nearBefore: Record<string, number> = { stage: HOUR / 4, sign: 2 * HOUR, firstContact: HOUR, response: HOUR }

export function nextClockOf(clock: NextClock): Clock {
  return { name: clock.name, state: clock.paused ? 'paused' : 'running', dueAt: clock.dueAt, nearAt: clock.dueAt ? fromEpoch(instant(clock.dueAt) - (nearBefore[clock.kind] ?? 24 * HOUR)) : null }
}

export function clockOf(clock: OrderClock): Clock {
  return { name: clock.name, state: clock.state === 'met' ? 'met' : clock.state === 'paused' ? 'paused' : 'running', dueAt: clock.dueAt, nearAt: clock.yellowAt, startedAt: clock.startedAt, endedAt: clock.metAt }
}

/** Those that run or stand, nearest first; then those that were met, latest first. Cancelled ones are history only. */
export function clocksInOrder(clocks: readonly OrderClock[]): { open: OrderClock[]; met: OrderClock[] } {
  const open = clocks.filter((one) => one.state === 'running' || one.state === 'paused').sort((a, b) => instant(a.dueAt) - instant(b.dueAt))
  const met = clocks.filter((one) => one.state === 'met').sort((a, b) => instant(b.metAt ?? b.dueAt) - instant(a.metAt ?? a.dueAt))
  return { open, met }
}
