// The working time of a tenant: statutory holidays of the deployment, working hours and time zone of the tenant.
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import { defineSetting } from '../../../kernel/settings.ts'
import { buildCalendar, DEFAULT_WORKING_HOURS, type CalendarDay, type WorkCalendar, type WorkingHours } from '../../../kernel/time/index.ts'
import { setting } from '../settings/setting-chain.ts'
import { stampsOf } from '../stamps.ts'
import { tenantById } from '../tenants/tenant-tree.ts'

const clockTime = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, '请填写如 09:00 的时间')

export const workingHoursSetting = defineSetting<WorkingHours[]>({
  key: 'calendar.workingHours',
  label: '工作时间',
  help: '按先后顺序填写，互不重叠；按工作时计的时限只在这些时段内计时',
  schema: z.array(z.object({ from: clockTime, to: clockTime })).min(1).max(6).refine((spans) => {
    let end = ''
    return spans.every((span) => {
      const fits = span.from >= end && span.to > span.from && span.to <= '24:00'
      end = span.to
      return fits
    })
  }, '时段有重叠或先后颠倒'),
  fallback: [...DEFAULT_WORKING_HOURS],
  scope: 'tenant',
})

export const COVERED_UNTIL = 'calendar.coveredUntil'

const cache = new Map<string, { stamp: string; calendar: Promise<WorkCalendar> }>()

/** The tenant's calendar; cached until holidays, working hours or time zone change. */
export async function calendarOf(ctx: Ctx): Promise<WorkCalendar> {
  const { settings, calendar: holidays, tenants } = await stampsOf(ctx)
  const stamp = `${settings}:${holidays}:${tenants}`
  const held = cache.get(ctx.tenantId)
  if (held?.stamp === stamp) return held.calendar
  const calendar = readCalendar(ctx)
  cache.set(ctx.tenantId, { stamp, calendar })
  calendar.catch(() => cache.delete(ctx.tenantId))
  return calendar
}

async function readCalendar(ctx: Ctx): Promise<WorkCalendar> {
  const db = ctx.acrossTenants('holidays are global')
  const { rows } = await sql<CalendarDay>`select date, kind from kernel_holiday order by date`.execute(db)
  const tenant = await tenantById(ctx, ctx.tenantId)
  return buildCalendar(rows, { timeZone: tenant.timeZone, workingHours: await setting(ctx, workingHoursSetting), coveredUntil: await coveredUntil(ctx) })
}

/** Last day for which the holidays are known. */
export async function coveredUntil(ctx: Ctx): Promise<string> {
  const { rows } = await sql<{ value: string }>`select value from kernel_state where key = ${COVERED_UNTIL}`.execute(ctx.acrossTenants('a fact of the installation'))
  return rows[0]?.value ?? '1970-01-01'
}
