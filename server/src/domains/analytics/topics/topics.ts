// Topics of orders: what many tell alike, how its heat ran, and where. Pure.
import { addDays, daysBetween, type LocalDate } from '../../../kernel/time/index.ts'
import { trendNames } from '../texts.zh-CN.ts'

export type Told = { id: string; title: string; day: LocalDate; area: string | null; matter: string | null; people: number }
export type Trend = keyof typeof trendNames
type Count = { name: string; n: number }
export type Course = { orders: number; mentions: number; people: number; heat: number; days: { day: LocalDate; n: number }[]; peak: { day: LocalDate; n: number }; recent: number; former: number; trend: Trend; area: Count | null; areas: Count[]; matter: Count | null }

/** Heat halves in a week (analytics.md Settings). */
const HALF_LIFE = 7
/** What is compared to say whether heat rises: three days with the three before. */
const SPAN = 3
const MOST_AREAS = 3
/** A change by less than this share is none. */
const STEADY = 0.2

const counted = (names: readonly (string | null)[]): Count[] => {
  const counts = new Map<string, number>()
  for (const name of names) if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, n]) => ({ name, n })).toSorted((a, b) => b.n - a.n)
}

/** How a topic ran up to `to`, its last day. The members are of the period, at least one. */
export function courseOf(members: readonly Told[], keywords: readonly string[], to: LocalDate): Course {
  const first = members.reduce((least, one) => (one.day < least ? one.day : least), to)
  const perDay = new Map(counted(members.map((one) => one.day)).map(({ name, n }) => [name, n]))
  const days = Array.from({ length: daysBetween(first, to) + 1 }, (_, i) => { const day = addDays(first, i); return { day, n: perDay.get(day) ?? 0 } })
  const within = (ago: number): number => days.filter(({ day }) => { const age = daysBetween(day, to); return age >= ago && age < ago + SPAN }).reduce((sum, { n }) => sum + n, 0)
  const [recent, former] = [within(0), within(SPAN)]
  const areas = counted(members.map((one) => one.area))
  return {
    orders: members.length, people: members.reduce((sum, one) => sum + one.people, 0), days, recent, former, areas: areas.slice(0, MOST_AREAS), area: areas[0] ?? null, matter: counted(members.map((one) => one.matter))[0] ?? null,
    mentions: members.reduce((sum, one) => sum + keywords.reduce((n, word) => n + one.title.split(word).length - 1, 0), 0),
    heat: Math.round(days.reduce((sum, { day, n }) => sum + n * 0.5 ** (daysBetween(day, to) / HALF_LIFE), 0) * 10) / 10,
    peak: days.reduce((best, one) => (one.n > best.n ? one : best), days[0] ?? { day: to, n: 0 }),
    trend: recent > former * (1 + STEADY) ? 'rising' : recent < former * (1 - STEADY) ? 'falling' : 'steady',
  }
}
