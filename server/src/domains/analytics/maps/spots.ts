// What a place says over time: a chronic spot comes back week after week, a sudden one was quiet and is not any more.
export type Spot = { n: number; weeks: number; last: number }
export type Limits = { weeks: number; rise: number; least: number }

/** `n` orders in `weeks` different weeks, `last` of them in the last seven days; `all` weeks were looked at. */
export function spotKind({ n, weeks, last }: Spot, all: number, limits: Limits): 'chronic' | 'sudden' | null {
  if (n < limits.least) return null
  const before = all > 1 ? (n - last) / (all - 1) : 0
  if (all > 1 && last >= limits.least && last >= limits.rise * Math.max(before, 1)) return 'sudden'
  return weeks >= limits.weeks ? 'chronic' : null
}
