// What the next month (or week) may bring, from what the past ones brought. Four simple ways compete on the last periods held out; the best
// one is used and says how wrong it was. Too little history gives no forecast.

export const LEAST = 4
const HELD_OUT = 3
/** Ninety per cent of normal errors lie within so many standard deviations. */
const NINETY = 1.645
export type Forecast = { value: number; low: number; high: number; error: number | null; way: Way }
export const ways = ['last', 'mean', 'trend', 'season'] as const
export type Way = (typeof ways)[number]

const mean = (list: readonly number[]): number => list.reduce((sum, v) => sum + v, 0) / Math.max(1, list.length)
const SEASON = 12

const next: Record<Way, (past: readonly number[]) => number | null> = {
  last: (past) => past.at(-1) ?? null,
  mean: (past) => mean(past.slice(-3)),
  trend: (past) => {
    const y = past.slice(-6)
    if (y.length < 3) return null
    const [mx, my] = [(y.length - 1) / 2, mean(y)]
    const slope = y.reduce((sum, v, i) => sum + (i - mx) * (v - my), 0) / y.reduce((sum, _, i) => sum + (i - mx) ** 2, 0)
    return my + slope * (y.length - mx)
  },
  // The same month a year ago, moved by how the last three compare with theirs.
  season: (past) => {
    const [then, now, before] = [past.at(-SEASON), mean(past.slice(-3)), mean(past.slice(-SEASON - 3, -SEASON))]
    return past.length < SEASON + 3 || then === undefined || before === 0 ? null : then * (now / before)
  },
}

/** `past`: whole periods, oldest first. Null where there are fewer than four with anything in them. */
export function forecastOf(past: readonly number[]): Forecast | null {
  const first = past.findIndex((v) => v > 0)
  const list = first < 0 ? [] : past.slice(first)
  if (list.length < LEAST) return null
  // A season shows only over a year.
  const held = list.length >= 2 * SEASON ? SEASON : Math.min(HELD_OUT, list.length - LEAST + 1)
  const tried = ways.flatMap((way) => {
    const misses = Array.from({ length: held }, (_, i) => list.length - held + i).flatMap((at) => {
      const guess = next[way](list.slice(0, at))
      return guess === null ? [] : [{ miss: guess - (list[at] ?? 0), was: list[at] ?? 0 }]
    })
    const value = next[way](list)
    return value === null || misses.length < held ? [] : [{ way, value, spread: Math.sqrt(mean(misses.map((m) => m.miss ** 2))), error: rateOf(misses) }]
  })
  const best = tried.toSorted((a, b) => a.spread - b.spread)[0]
  if (!best) return null
  const round = (v: number): number => Math.max(0, Math.round(v))
  // With few held out the spread is a guess too: never narrower than chance alone would make it.
  const spread = NINETY * Math.max(best.spread, Math.sqrt(Math.max(1, best.value)))
  return { value: round(best.value), low: round(best.value - spread), high: round(best.value + spread), error: best.error, way: best.way }
}

const rateOf = (misses: readonly { miss: number; was: number }[]): number | null => {
  const all = misses.reduce((sum, m) => sum + m.was, 0)
  return all === 0 ? null : Math.round((misses.reduce((sum, m) => sum + Math.abs(m.miss), 0) / all) * 1000) / 10
}
