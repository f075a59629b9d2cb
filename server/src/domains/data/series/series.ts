// Keeping and loading series from elsewhere: wrong rows are told one by one, right ones are kept; the same area and day again replaces its value.
import { sql } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { isLocalDate, type Instant } from '../../../kernel/time/index.ts'
import { areaNames, areasUnder, tenantById } from '../../platform/index.ts'
import { catalogueOf, db } from '../catalogue.ts'
import { dataFail } from '../data.errors.ts'
import { isBasic } from '../indicator.ts'
import { seriesTexts as say } from '../texts.zh-CN.ts'
import type * as contract from './series-contract.ts'

type View = Output<typeof contract.keepSeriesRoute>
type Row = { code: string; name: string; unit: string; source: string; digits: number; changed_at: Instant; changed_by_name: string; areas: number; first_day: string | null; last_day: string | null }
const MOST_SHOWN = 2000
const levels: readonly View['digits'][] = [4, 6, 9, 12]

async function views(ctx: Ctx, code?: string): Promise<View[]> {
  const { rows } = await sql<Row>`select s.code, s.name, s.unit, s.source, s.digits, s.changed_at, s.changed_by_name, count(distinct v.area_code)::int as areas, min(v.from_day)::text as first_day, max(v.from_day)::text as last_day
    from data_external_series s left join data_external_value v on v.tenant_id = s.tenant_id and v.series = s.code where s.tenant_id = ${ctx.tenantId} and ${code === undefined ? sql`true` : sql`s.code = ${code}`} group by s.tenant_id, s.code order by s.code limit 500`.execute(ctx.db())
  const catalogue = await catalogueOf(ctx)
  const users = (series: string): string[] => [...catalogue.values()].filter(({ versions }) => { const d = versions.at(-1)?.definition; return d !== undefined && isBasic(d) && d.fact === 'external' && d.where.some((c) => c.field === 'series' && Array.isArray(c.value) && c.value.includes(series)) }).map(({ name }) => name)
  return rows.map((r) => ({ code: r.code, name: r.name, unit: r.unit, source: r.source, digits: levels.find((n) => n === r.digits) ?? 6, areas: r.areas, firstDay: r.first_day, lastDay: r.last_day, usedBy: users(r.code), changedAt: r.changed_at, changedByName: r.changed_by_name }))
}

async function one(ctx: Ctx, code: string): Promise<View> {
  const [found] = await views(ctx, code)
  if (!found) throw dataFail('unknownSeries')
  return found
}

export async function listSeries(ctx: Ctx): Promise<Output<typeof contract.seriesRoute>> {
  authorize(ctx, 'data.read')
  return { items: await views(ctx), mayManage: can(ctx, 'data.manage') }
}

/** @throws data.seriesLevel when values of another level are loaded already */
export async function keepSeries(ctx: Ctx, input: Input<typeof contract.keepSeriesRoute>): Promise<View> {
  authorize(ctx, 'data.manage')
  const { code, name, unit, source, digits } = input
  const [held] = await views(ctx, code)
  if (held && held.areas > 0 && held.digits !== digits) throw dataFail('seriesLevel', { fields: [{ path: 'digits', message: say.levelHeld }] })
  const values = { name, unit, source, digits, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }
  await db(ctx).insertInto('data_external_series').values({ tenant_id: ctx.tenantId, code, ...values }).onConflict((c) => c.columns(['tenant_id', 'code']).doUpdateSet(values)).execute()
  return one(ctx, code)
}

/** @throws data.unknownSeries */
export async function listSeriesValues(ctx: Ctx, { code }: { code: string }): Promise<Output<typeof contract.seriesValuesRoute>> {
  authorize(ctx, 'data.read')
  await one(ctx, code)
  const { rows } = await sql<{ area_code: string; from_day: string; value: string }>`select area_code, from_day::text, trim_scale(value)::text as value from data_external_value where tenant_id = ${ctx.tenantId} and series = ${code} order by from_day desc, area_code limit ${MOST_SHOWN + 1}`.execute(ctx.db())
  const page = rows.slice(0, MOST_SHOWN)
  const names = await areaNames(ctx, page.map((r) => r.area_code))
  return { items: page.map((r) => ({ areaCode: r.area_code, areaName: names.get(r.area_code) ?? r.area_code, fromDay: r.from_day, value: r.value })), more: rows.length > MOST_SHOWN }
}

/** 990100 names a prefecture, 990101 a county, longer ones streets and communities. */
const levelOf = (code: string): number => (code.length === 6 && code.endsWith('00') ? (code.endsWith('0000') ? 2 : 4) : code.length)
/** A year alone stands for its first day. */
const dayOf = (text: string): string => (/^\d{4}$/.test(text) ? `${text}-01-01` : text.replaceAll(/[/.]/g, '-').replace(/-(\d)(?=-|$)/g, '-0$1'))

/** @throws data.unknownSeries */
export async function loadSeries(ctx: Ctx, { code, check, rows }: Input<typeof contract.loadSeriesRoute>): Promise<Output<typeof contract.loadSeriesRoute>> {
  authorize(ctx, 'data.manage')
  const { digits } = await one(ctx, code)
  const { areaCode: own } = await tenantById(ctx, ctx.tenantId)
  const known = new Set([own, ...(await areasUnder(ctx, own)).map((area) => area.code)])
  const errors: Output<typeof contract.loadSeriesRoute>['errors'] = []
  const good = new Map<string, { area: string; day: string; value: string }>()
  rows.forEach((given, row) => {
    const [area, day, value] = [given.areaCode.trim(), dayOf(given.fromDay.trim()), given.value.trim().replaceAll(',', '')]
    const faults = [
      ...(!known.has(area) ? [{ field: 'areaCode', message: say.unknownArea(area) }] : levelOf(area) !== digits ? [{ field: 'areaCode', message: say.otherLevel }] : []),
      ...(isLocalDate(day) ? [] : [{ field: 'fromDay', message: say.noDay }]), ...(/^-?\d{1,15}(?:\.\d{1,4})?$/.test(value) ? [] : [{ field: 'value', message: say.noNumber }]), ...(good.has(`${area} ${day}`) ? [{ field: 'areaCode', message: say.twice }] : []),
    ]
    if (faults.length > 0) errors.push(...faults.map((fault) => ({ row, ...fault })))
    else good.set(`${area} ${day}`, { area, day, value })
  })
  const values = [...good.values()]
  if (check || values.length === 0) return { imported: check ? values.length : 0, errors }
  await db(ctx).insertInto('data_external_value').values(values.map(({ area, day, value }) => ({ tenant_id: ctx.tenantId, id: newId(), series: code, area_code: area, from_day: day, value: value as never }))) // numeric: written as text, so that no digit is lost
    .onConflict((c) => c.columns(['tenant_id', 'series', 'area_code', 'from_day']).doUpdateSet((eb) => ({ value: eb.ref('excluded.value') }))).execute()
  await db(ctx).updateTable('data_external_series').set({ changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('code', '=', code).execute()
  return { imported: values.length, errors }
}
