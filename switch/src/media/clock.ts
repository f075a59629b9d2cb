// The 20 ms clock: an absolute schedule, so that no lateness adds up. At most three ticks are caught up at once; more are skipped and told.

export const TICK_MS = 20
const CATCH_UP = 3
const BUCKETS_MS = [1, 2, 5, 10, 20, 50] as const

export type ClockFigures = { ticks: number; skipped: number; /** Ticks by lateness: up to each of 1, 2, 5, 10, 20, 50 ms, and beyond. */ late: number[]; worstMs: number }

/** `tick(skipped)`: how many ticks before this one were left out. */
export function startClock(tick: (skipped: number) => void): { figures: ClockFigures; stop: () => void } {
  const figures: ClockFigures = { ticks: 0, skipped: 0, late: [0, ...BUCKETS_MS.map(() => 0)], worstMs: 0 }
  const began = performance.now()
  let done = 0
  let timer: NodeJS.Timeout

  function turn(): void {
    let now = performance.now()
    const due = Math.floor((now - began) / TICK_MS)
    let skipped = 0
    if (due - done > CATCH_UP) {
      skipped = due - done - CATCH_UP
      done += skipped
      figures.skipped += skipped
    }
    while (done < due) {
      done++
      note(performance.now() - began - done * TICK_MS)
      tick(skipped)
      skipped = 0
    }
    now = performance.now()
    timer = setTimeout(turn, Math.max(0, began + (done + 1) * TICK_MS - now))
  }

  function note(late: number): void {
    figures.ticks++
    if (late > figures.worstMs) figures.worstMs = late
    const at = BUCKETS_MS.findIndex((most) => late <= most)
    const bucket = at < 0 ? BUCKETS_MS.length : at
    figures.late[bucket] = (figures.late[bucket] ?? 0) + 1
  }

  timer = setTimeout(turn, TICK_MS)
  return { figures, stop: () => clearTimeout(timer) }
}
