// Named periods of a board as days; the address holds either a name or two dates.
import { lastDays, lastMonth, month, type Period } from '../../ui/period.ts'
import { day, fromEpoch, instant, now, nowIso, parseTyped } from '../../ui/time.ts'

export const periodNames = ['today', 'yesterday', 'week', 'lastWeek', 'month', 'lastMonth', 'quarter', 'halfYear', 'year', 'last30'] as const
export type PeriodName = (typeof periodNames)[number]
const DAY = 86_400_000

const ago = (days: number): string => day(fromEpoch(now() - days * DAY))
/** Monday of the week of a day. */
const monday = (date: string): number => {
  const at = instant(parseTyped(date) ?? nowIso())
  return at - ((Math.floor((at + 8 * 3_600_000) / DAY) + 3) % 7) * DAY
}
const quarterStart = (today: string): string => `${today.slice(0, 5)}${String(Math.floor((Number(today.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`

const ways: Record<PeriodName, () => Period> = {
  today: () => lastDays(1), yesterday: () => ({ from: ago(1), to: ago(1) }), month, lastMonth, last30: () => lastDays(30), halfYear: () => lastDays(180),
  week: () => ({ from: day(fromEpoch(monday(ago(0)))), to: ago(0) }),
  lastWeek: () => { const start = monday(ago(0)); return { from: day(fromEpoch(start - 7 * DAY)), to: day(fromEpoch(start - DAY)) } },
  quarter: () => ({ from: quarterStart(ago(0)), to: ago(0) }), year: () => ({ from: `${ago(0).slice(0, 4)}-01-01`, to: ago(0) }),
}

export const isPeriodName = (text: string | null): text is PeriodName => text !== null && Object.hasOwn(ways, text)
export const namedPeriod = (name: PeriodName): Period => ways[name]()
