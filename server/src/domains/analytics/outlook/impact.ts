// What an event or a policy changed: what came in against what the weeks before would have led to expect, day by day.
export type ImpactDay = { day: string; observed: number; expected: number; extra: number }

/** `days`: the window, then `before`: whole weeks just before it, oldest first, as many days as weeks × 7. A day is expected to be like its weekdays were. */
export function impactOf(days: readonly { day: string; value: number }[], before: readonly number[]): { days: ImpactDay[]; observed: number; expected: number; extra: number } {
  const weeks = Math.floor(before.length / 7)
  const expectedAt = (i: number): number => (weeks === 0 ? 0 : Array.from({ length: weeks }, (_, w) => before[w * 7 + (i % 7)] ?? 0).reduce((sum, v) => sum + v, 0) / weeks)
  const round = (v: number): number => Math.round(v * 10) / 10
  // Each day is what the rounded sum grows by, so that days add up to the whole.
  const upTo = days.reduce<number[]>((sums, _, i) => [...sums, (sums[i] ?? 0) + expectedAt(i)], [0]).map(round)
  const lines = days.map(({ day, value }, i) => { const expected = round((upTo[i + 1] ?? 0) - (upTo[i] ?? 0)); return { day, observed: value, expected, extra: round(value - expected) } })
  const observed = days.reduce((sum, d) => sum + d.value, 0)
  const expected = upTo.at(-1) ?? 0
  return { days: lines, observed, expected, extra: round(observed - expected) }
}

/** A day stands out when it has a fifth more than was expected, and one at least. */
const OUT = 0.2
/** The day most beyond what was expected, and how long days stood out, first to last. */
export function surgeOf(days: readonly ImpactDay[]): { peak: string | null; lasted: number } {
  const out = days.flatMap((one, i) => (one.extra >= Math.max(1, one.expected * OUT) ? [i] : []))
  const [first, last] = [out[0], out.at(-1)]
  if (first === undefined || last === undefined) return { peak: null, lasted: 0 }
  return { peak: days.reduce((best, one) => (one.extra > best.extra ? one : best), { day: '', observed: 0, expected: 0, extra: -Infinity }).day, lasted: last - first + 1 }
}
