// Named periods of a board as days; the address holds either a name or two dates. What only the tenant's calendar, assessment month or
// orders tell is asked of the server.
import type { OutputOf } from '../../api/call.ts'
import { dayBefore, lastDays, lastMonth, month, type Period } from '../../ui/period.ts'
import { day, fromEpoch, instant, now, nowIso, parseTyped } from '../../ui/time.ts'

/** Always in sight; the rest under 更多. */
export const usualPeriods = ['today', 'yesterday', 'week', 'lastWeek', 'month', 'lastMonth', 'quarter', 'halfYear', 'year', 'last30'] as const
const rarePeriods = ['lastQuarter', 'lastYear'] as const
const toldPeriods = ['assessmentMonth', 'holiday', 'all'] as const
export const periodNames = [...usualPeriods, ...rarePeriods, ...toldPeriods] as const
export type PeriodName = (typeof periodNames)[number]
type Told = (typeof toldPeriods)[number]
export type LocalName = Exclude<PeriodName, Told>
export type ToldPeriods = OutputOf<'listNamedPeriods'>['items'] | undefined
const DAY = 86_400_000

const ago = (days: number): string => day(fromEpoch(now() - days * DAY))
/** Monday of the week of a day. */
const monday = (date: string): number => {
  const at = instant(parseTyped(date) ?? nowIso())
  return at - ((Math.floor((at + 8 * 3_600_000) / DAY) + 3) % 7) * DAY
}
const quarterStart = (today: string): string => `${today.slice(0, 5)}${String(Math.floor((Number(today.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`

const lastQuarter = (): Period => { const to = dayBefore(quarterStart(ago(0)), 1); return { from: quarterStart(to), to } }
const lastYear = (): Period => { const year = Number(ago(0).slice(0, 4)) - 1; return { from: `${year}-01-01`, to: `${year}-12-31` } }

const ways: Record<LocalName, () => Period> = {
  today: () => lastDays(1), yesterday: () => ({ from: ago(1), to: ago(1) }), month, lastMonth, lastQuarter, lastYear, last30: () => lastDays(30), halfYear: () => lastDays(180),
  week: () => ({ from: day(fromEpoch(monday(ago(0)))), to: ago(0) }),
  lastWeek: () => { const start = monday(ago(0)); return { from: day(fromEpoch(start - 7 * DAY)), to: day(fromEpoch(start - DAY)) } },
  quarter: () => ({ from: quarterStart(ago(0)), to: ago(0) }), year: () => ({ from: `${ago(0).slice(0, 4)}-01-01`, to: ago(0) }),
}

export const isPeriodName = (text: string | null): text is PeriodName => periodNames.some((one) => one === text)
const isLocal = (name: PeriodName): name is LocalName => Object.hasOwn(ways, name)
export const namedPeriod = (name: LocalName): Period => ways[name]()
/** Null while the server has not yet said. */
export function periodNamed(name: PeriodName, told: ToldPeriods): Period | null {
  if (isLocal(name)) return namedPeriod(name)
  const found = told?.find((one) => one.name === name)
  return found ? { from: found.from, to: found.to } : null
}
