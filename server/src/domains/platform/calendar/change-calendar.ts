// The statutory holidays: read by everybody, changed by the topmost tenant; deadlines are recomputed by who has them.
import { sql } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { defineErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { daysBetween, localDate, seedHolidays, type CalendarDay } from '../../../kernel/time/index.ts'
import { calendarChanged } from '../events.ts'
import { touchStamp } from '../stamps.ts'
import { listTenantIds, tenantById } from '../tenants/tenant-tree.ts'
import type * as contract from './contract.ts'
import { calendarOf, COVERED_UNTIL, coveredUntil } from './tenant-calendar.ts'

export const calendarErrors = defineErrors('platform', {
  upperCalendar: { status: 403, title: '节假日由最上级租户统一维护' },
  yearNotShipped: { status: 422, title: '随产品提供的节假日不含 {year} 年，请导入国务院办公厅公布的安排' },
})

const MANAGE = 'platform.manageCalendar'
const WARN_DAYS = 60

/** Told while the known holidays reach less than two months ahead. */
export async function calendarWarning(ctx: Ctx): Promise<string | null> {
  const until = await coveredUntil(ctx)
  const left = daysBetween(localDate(ctx.clock.now()), until)
  if (left >= WARN_DAYS) return null
  return left < 0 ? `节假日安排只到 ${until}，之后的工作日时限仅按固定日期节日推算，请导入新的安排` : `节假日安排只到 ${until}，请及时导入下一年度安排`
}

async function mayEdit(ctx: Ctx): Promise<boolean> {
  return can(ctx, MANAGE) && (await tenantById(ctx, ctx.tenantId)).parentId === null
}

export async function getCalendar(ctx: Ctx, input: Input<typeof contract.getCalendar>): Promise<Output<typeof contract.getCalendar>> {
  const year = input.year ?? Number(localDate(ctx.clock.now()).slice(0, 4))
  const calendar = await calendarOf(ctx)
  const { rows } = await sql<Output<typeof contract.getCalendar>['days'][number]>`select date, kind, name from kernel_holiday where date between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date order by date`.execute(ctx.db())
  return {
    year, days: rows, workingHours: [...calendar.workingHours], timeZone: calendar.timeZone, coveredUntil: calendar.coveredUntil, warning: await calendarWarning(ctx), editable: await mayEdit(ctx),
  }
}

export async function saveCalendarDays(ctx: Ctx, input: Input<typeof contract.saveCalendarDays>): Promise<{ changed: number }> {
  authorize(ctx, MANAGE)
  if (!(await mayEdit(ctx))) throw calendarErrors('upperCalendar')
  return { changed: await writeDays(ctx, input.days, input.remove, input.coveredUntil) }
}

export async function removeCalendarDay(ctx: Ctx, input: Input<typeof contract.removeCalendarDay>): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  if (!(await mayEdit(ctx))) throw calendarErrors('upperCalendar')
  await writeDays(ctx, [], [input.date])
  return {}
}

/** The year's arrangement as it ships with the product. @throws platform.yearNotShipped */
export async function importShippedYear(ctx: Ctx, input: Input<typeof contract.importShippedYear>): Promise<{ changed: number }> {
  authorize(ctx, MANAGE)
  if (!(await mayEdit(ctx))) throw calendarErrors('upperCalendar')
  const { days, coveredUntil: until } = seedHolidays([input.year])
  if (days.length === 0) throw calendarErrors('yearNotShipped', { params: { year: input.year } })
  return { changed: await writeDays(ctx, days, [], until) }
}

/** Writes rows, moves the covered-until date forward, and tells every tenant. Used by the first start too. */
export async function writeDays(ctx: Ctx, days: readonly (CalendarDay & { name?: string })[], remove: readonly string[], until?: string): Promise<number> {
  const db = ctx.acrossTenants<Record<string, never>>('holidays are global')
  const dates = [...days.map((day) => day.date), ...remove].toSorted()
  if (remove.length > 0) await sql`delete from kernel_holiday where date = any(${remove}::date[])`.execute(db)
  const { rows } = await sql<{ date: string }>`insert into kernel_holiday (date, kind, name)
    select date, kind, name from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as d(date date, kind text, name text)
    on conflict (date) do update set kind = excluded.kind, name = excluded.name returning date`.execute(db)
  const before = await coveredUntil(ctx)
  if (until !== undefined && until > before) {
    await sql`insert into kernel_state (key, value) values (${COVERED_UNTIL}, ${JSON.stringify(until)}::jsonb) on conflict (key) do update set value = excluded.value`.execute(db)
  }
  await touchStamp(ctx, 'calendar')
  const [from, to] = [dates[0] ?? '', dates.at(-1) ?? '']
  ctx.audit({ module: 'platform', act: 'saveCalendarDays', objectType: 'key:calendar', changes: { days: { old: null, new: days.length }, removed: { old: null, new: remove } } })
  for (const tenantId of await listTenantIds(db)) ctx.publish({ ...calendarChanged({ tenantId, from, to }), tenantId })
  return rows.length + remove.length
}
