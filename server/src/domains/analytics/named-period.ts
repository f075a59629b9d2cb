// Named periods of a board as days, by the tenant's own day, calendar and assessment month.
import { sql } from 'kysely'
import { authorize } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Output } from '../../kernel/http/route.ts'
import { addDays, dayOfWeek, daysBetween, isWorkingDay, localDate, type Instant, type LocalDate, type WorkCalendar } from '../../kernel/time/index.ts'
import { monthStartDay, periodHolding } from '../assessment/index.ts'
import { calendarOf, setting, tenantById } from '../platform/index.ts'
import { periods, type Board } from './board.ts'
import type * as contract from './contract.ts'

export type Period = { from: LocalDate; to: LocalDate }
type Name = Board['period']
/** What only the tenant's own data tell. */
type Told = 'all' | 'assessmentMonth' | 'holiday'
/** Three years less a day: the longest period a question may have is 1100 days. */
const LONGEST = 1095

/** From and to, both inclusive; periods that run end today. */
export function namedPeriod(name: Exclude<Name, Told>, today: LocalDate): Period {
  const monday = addDays(today, -((dayOfWeek(today) + 6) % 7))
  const year = Number(today.slice(0, 4))
  const first = `${today.slice(0, 8)}01`
  const quarter = quarterOf(today)
  switch (name) {
    case 'today': return { from: today, to: today }
    case 'yesterday': return { from: addDays(today, -1), to: addDays(today, -1) }
    case 'week': return { from: monday, to: today }
    case 'lastWeek': return { from: addDays(monday, -7), to: addDays(monday, -1) }
    case 'month': return { from: first, to: today }
    case 'lastMonth': { const end = addDays(first, -1); return { from: `${end.slice(0, 8)}01`, to: end } }
    case 'quarter': return { from: quarter, to: today }
    case 'lastQuarter': { const end = addDays(quarter, -1); return { from: quarterOf(end), to: end } }
    case 'halfYear': return { from: addDays(today, -179), to: today }
    case 'year': return { from: `${year}-01-01`, to: today }
    case 'lastYear': return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` }
    case 'last30': return { from: addDays(today, -29), to: today }
  }
}

const quarterOf = (day: LocalDate): LocalDate => `${day.slice(0, 5)}${String(Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`

/** The statutory holiday that runs or ran last, with the weekend days that touch it; ends today at the latest. */
export function holidayBefore(calendar: WorkCalendar, today: LocalDate): Period {
  const off = (day: LocalDate): boolean => !isWorkingDay(calendar, day)
  const oldest = addDays(today, -LONGEST)
  let to = today
  // A statutory day off or one within the week: a plain weekend is no holiday.
  while (to > oldest && !(off(to) && (calendar.days.get(to) === 'holiday' || (dayOfWeek(to) >= 1 && dayOfWeek(to) <= 5)))) to = addDays(to, -1)
  let from = to
  while (off(addDays(from, -1))) from = addDays(from, -1)
  while (to < today && off(addDays(to, 1))) to = addDays(to, 1)
  return { from, to }
}

async function firstDay(ctx: Ctx, timeZone: string): Promise<LocalDate | null> {
  const { rows } = await sql<{ at: Instant }>`select registered_at as at from orders_pub_fact_view where tenant_id = ${ctx.tenantId} order by registered_at limit 1`.execute(ctx.acrossTenants('rows are held to one tenant by name'))
  return rows[0] ? localDate(rows[0].at, timeZone) : null
}

/** The day of the tenant's first order; null before there is one. What lies before is not zero but unknown. */
export const dataBegan = async (ctx: Ctx): Promise<LocalDate | null> => firstDay(ctx, (await tenantById(ctx, ctx.tenantId)).timeZone)

const told: Record<Told, (ctx: Ctx, today: LocalDate, timeZone: string) => Promise<Period>> = {
  assessmentMonth: async (ctx, today) => { const { from, to } = periodHolding('month', today, await setting(ctx, monthStartDay)); return { from, to: to > today ? today : to } },
  holiday: async (ctx, today) => holidayBefore(await calendarOf(ctx), today),
  all: async (ctx, today, timeZone) => {
    const first = (await firstDay(ctx, timeZone)) ?? today
    const least = addDays(today, -LONGEST)
    return { from: first > least ? first : least, to: today }
  },
}
const isTold = (name: Name): name is Told => Object.hasOwn(told, name)

/** Any named period as days of this tenant. */
export async function periodNamed(ctx: Ctx, name: Name): Promise<Period> {
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const today = localDate(ctx.clock.now(), timeZone)
  return isTold(name) ? told[name](ctx, today, timeZone) : namedPeriod(name, today)
}

export async function listNamedPeriods(ctx: Ctx): Promise<Output<typeof contract.periodsRoute>> {
  authorize(ctx, 'data.read')
  const items = []
  for (const name of periods) items.push({ name, ...(await periodNamed(ctx, name)) })
  return { items }
}

/** A drawn course of more days than fit is one of weeks, then of months; other dimensions stay. */
export function grained(dimension: string, { from, to }: Period): string {
  if (dimension !== 'day') return dimension
  const days = daysBetween(from, to) + 1
  return days <= MOST_DAYS ? 'day' : days <= MOST_WEEKS ? 'week' : 'month'
}
const MOST_DAYS = 62
const MOST_WEEKS = 190
