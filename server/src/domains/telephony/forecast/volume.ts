// How many calls are to be expected in a half hour: days of the same kind, weighted by likeness and nearness, bent by how today goes so far.
// Pure: a history of counts in, numbers out.

export const SLOTS = 48
export type DayKind = { weekday: number; work: boolean }
/** `counts` has one number a half hour of the local day; a day not over yet has fewer of them. */
export type Day = DayKind & { counts: readonly number[] }

/** Half of a day's weight is gone after this many days: the level follows sooner than the shape of a day. */
const LEVEL_HALF_LIFE = 5
const SHAPE_HALF_LIFE = 21
/** A day of the same kind (work, rest) on another weekday says this much of what the same weekday says. */
const OTHER_WEEKDAY = 0.15
/** A day counts at most as this many times an ordinary one, at least as its inverse. */
const MOST_DAY = 1.5
/** So many expected calls weigh as much as what was counted today. */
const TRUST = 12
const RECENT_SLOTS = 6

const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0)
const mean = (list: readonly number[]): number => (list.length === 0 ? 0 : sum(list) / list.length)
const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0
/** A holiday in the week is like a Sunday. */
const likeness = ({ weekday, work }: DayKind): string => (work ? `work ${weekday}` : weekday === 6 ? 'rest 6' : 'rest 7')

/** How a kind of day stands to the week around it; what was never seen is like other days of work, or of rest. */
function factors(days: readonly { key: string; work: boolean; total: number; around: number }[]): (day: DayKind) => number {
  const seen = days.filter((d) => d.around > 0)
  const of = (list: typeof seen): number => (list.length === 0 ? 1 : sum(list.map((d) => d.total)) / sum(list.map((d) => d.around)))
  const held = new Map([...Map.groupBy(seen, (d) => d.key)].map(([key, list]) => [key, of(list)]))
  return (day) => held.get(likeness(day)) ?? of(seen.filter((d) => d.work === day.work))
}

/** Seven days around one, shifted where the ends are, so that each weekday is in once. */
const week = <T>(days: readonly T[], i: number): T[] => { const start = Math.max(0, Math.min(i - 3, days.length - 7)); return days.slice(start, start + 7) }

/** The half hours of a day, from the days before it, the oldest first; zeros where nothing is known. `ahead`: days between the last of them and it. */
export function expectDay(before: readonly Day[], target: DayKind, ahead = 1): number[] {
  const days = before.filter((d) => d.counts.length >= SLOTS).map((d) => ({ ...d, key: likeness(d), total: sum(d.counts) }))
  const seen = days.map((d, i) => ({ ...d, around: mean(week(days, i).map((x) => x.total)) }))
  const factor = factors(seen)
  const levelsOf = seen.map((day) => (factor(day) > 0 ? day.total / factor(day) : 0))
  // One day of storm says little about the next one.
  const middle = median(levelsOf.slice(-14))
  let [level, levels] = [0, 0]
  let shapes = 0
  const shape = Array.from({ length: SLOTS }, () => 0)
  seen.forEach((day, i) => {
    const age = seen.length - i + ahead - 1
    const usual = factor(day)
    if (usual > 0) {
      const weight = 0.5 ** (age / LEVEL_HALF_LIFE)
      level += Math.min(middle * MOST_DAY, Math.max(middle / MOST_DAY, levelsOf[i] ?? 0)) * weight
      levels += weight
    }
    if (day.work !== target.work || day.total === 0) return
    const weight = 0.5 ** (age / SHAPE_HALF_LIFE) * (day.weekday === target.weekday ? 1 : OTHER_WEEKDAY)
    shapes += weight
    day.counts.forEach((n, slot) => { shape[slot] = (shape[slot] ?? 0) + (n / day.total) * weight })
  })
  // Days of rest have a shape of their own; until one was seen they are told by the shape of all.
  if (shapes === 0) seen.forEach((day) => day.counts.forEach((n, slot) => { shape[slot] = (shape[slot] ?? 0) + n / Math.max(1, sum(seen.map((d) => d.total))) }))
  const whole = levels === 0 ? 0 : (level / levels) * factor(target)
  const plain = shape.map((n) => (n / (shapes || 1)) * whole)
  return plain.map((n, slot) => 0.5 * n + 0.25 * (plain[slot - 1] ?? n) + 0.25 * (plain[slot + 1] ?? n))
}

/** What the rest of a day becomes after its first half hours went as they did. */
export function bent(expected: readonly number[], soFar: readonly number[]): number[] {
  const from = Math.max(0, soFar.length - RECENT_SLOTS)
  const happened = soFar.slice(from).reduce((a, b) => a + b, 0)
  const thought = expected.slice(from, soFar.length).reduce((a, b) => a + b, 0)
  const factor = Math.min(3, Math.max(0.4, (happened + TRUST) / (thought + TRUST)))
  // What is unusual now fades within some hours.
  return expected.map((n, slot) => (slot < soFar.length ? n : n * (1 + (factor - 1) * 0.9 ** (slot - soFar.length))))
}

export type Backtest = { slots: number; calls: number; /** Sum of errors over sum of calls, per cent. */ error: number | null; naive: number | null }
const share = (errors: number, calls: number): number | null => (calls === 0 ? null : Math.round((errors / calls) * 1000) / 10)

/**
 * Both forecasts told again for the last days, each from what was known before it, beside the simplest one: the same half hour a week earlier.
 * `halfHour` is told with one half hour in between, `day` the evening before for whole days.
 */
export function backtest(days: readonly Day[], last: number): { halfHour: Backtest; day: Backtest } {
  const half = { errors: 0, naive: 0, calls: 0, slots: 0 }
  const whole = { errors: 0, naive: 0, calls: 0, slots: 0 }
  for (let i = Math.max(7, days.length - last); i < days.length; i++) {
    const day = days[i]
    const weekBefore = days[i - 7]
    if (!day || !weekBefore || day.counts.length < SLOTS) continue
    const plain = expectDay(days.slice(0, i), day)
    for (let slot = 0; slot < SLOTS; slot++) {
      const actual = day.counts[slot] ?? 0
      half.errors += Math.abs(actual - (bent(plain, day.counts.slice(0, Math.max(0, slot - 1)))[slot] ?? 0))
      half.naive += Math.abs(actual - (weekBefore.counts[slot] ?? 0))
      half.calls += actual
      half.slots += 1
    }
    whole.errors += Math.abs(sum(day.counts) - sum(plain))
    whole.naive += Math.abs(sum(day.counts) - sum(weekBefore.counts))
    whole.calls += sum(day.counts)
    whole.slots += 1
  }
  const told = (t: typeof half): Backtest => ({ slots: t.slots, calls: t.calls, error: share(t.errors, t.calls), naive: share(t.naive, t.calls) })
  return { halfHour: told(half), day: told(whole) }
}
