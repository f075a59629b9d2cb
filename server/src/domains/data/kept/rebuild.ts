// Builds the sums of a tenant from its orders, in steps that commit: memory stays flat, a killed build goes on where it was, and orders that
// change meanwhile are followed as always. Nothing is emptied first: each order's old part is replaced by its new one.
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import { inTenant } from '../../../kernel/ctx.ts'
import { defineJob } from '../../../kernel/jobs/job.ts'
import { addDays, localDate, toIso } from '../../../kernel/time/index.ts'
import { setting, tenantById } from '../../platform/index.ts'
import { forgetMonths } from '../history/months.ts'
import { keptFrom } from '../settings.ts'
import { holdSums, refresh } from './refresh.ts'
import { ensureSeries, readSeries } from './series.ts'
import { keptOf } from './state.ts'

const STEP = 40_000
/** Half a year and what a comparison with the period before needs. */
export const DAYS_KEPT = 200

export const buildKept = defineJob({
  name: 'data.buildKept',
  schema: z.object({ tenantId: z.string() }),
  maxAttempts: 25,
  async run(begin, { tenantId }) {
    while (await begin((ctx) => buildStep(inTenant(ctx, tenantId), tenantId))) continue
  },
})

/** Starts a build; with `fresh` the present sums are not used until it ends. */
export async function startBuild(ctx: Ctx, fresh = false): Promise<void> {
  const db = ctx.acrossTenants('the tenant is named')
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  await holdSums(ctx, ctx.tenantId)
  const series = await ensureSeries(ctx)
  const held = await keptOf(ctx, ctx.tenantId, true)
  // Days are cut by the zone: sums of another zone are no sums of this one.
  const anew = fresh || (held !== null && held.timeZone !== timeZone)
  if (anew) await forgetMonths(ctx, ctx.tenantId)
  if (anew) for (const table of ['data_rollup', 'data_order_image', 'data_order_fact']) await sql`delete from ${sql.table(table)} where tenant_id = ${ctx.tenantId}`.execute(db)
  const daysFrom = addDays(localDate(ctx.clock.now(), timeZone), -DAYS_KEPT)
  const { rows } = await sql<{ n: number }>`select count(*)::float8 as n from orders_pub_fact_view where tenant_id = ${ctx.tenantId}`.execute(db)
  await sql`insert into data_kept (tenant_id, time_zone, days_from, building, target, expected, started_at) values (${ctx.tenantId}, ${timeZone}, ${daysFrom}, true, ${series.length}, ${rows[0]?.n ?? 0}, ${toIso(ctx.clock.now())})
    on conflict (tenant_id) do update set time_zone = excluded.time_zone, building = true, target = excluded.target, after_id = null, done = 0, expected = excluded.expected, started_at = excluded.started_at, finished_at = null, fault = null
      ${anew ? sql`, series = 0, orders = 0, days_from = excluded.days_from` : sql``}`.execute(db)
  ctx.enqueue(buildKept, { tenantId: ctx.tenantId }, { key: `data.buildKept:${ctx.tenantId}` })
}

/** One step; true while there is more to do. */
export async function buildStep(ctx: Ctx, tenantId: string, step = STEP): Promise<boolean> {
  const db = ctx.acrossTenants('the tenant is named')
  // Tables that are just being filled have no statistics: a nested loop would read the step again for each of its rows.
  await sql`set local statement_timeout = '15min'; set local enable_nestloop = off; set local work_mem = '192MB'`.execute(db)
  await holdSums(ctx, tenantId)
  const kept = await keptOf(ctx, tenantId, true)
  if (!kept?.building) return false
  const from = kept.afterId === null ? sql`true` : sql`id > ${kept.afterId}::uuid`
  const { rows } = await sql<{ id: string; n: number }>`select id, row_number() over (order by id)::int as n from (select id from orders_pub_fact_view where tenant_id = ${tenantId} and ${from} order by id limit ${step}) s order by id desc limit 1`.execute(db)
  const last = rows[0]
  if (!last) {
    await sql`update data_kept set building = false, series = target, finished_at = ${toIso(ctx.clock.now())} where tenant_id = ${tenantId}`.execute(db)
    return false
  }
  const series = (await readSeries(ctx)).filter((s) => s.number <= kept.target)
  const more = await refresh(ctx, { tenantId, timeZone: kept.timeZone, daysFrom: kept.daysFrom, series }, { after: kept.afterId, upTo: last.id })
  await sql`update data_kept set after_id = ${last.id}, done = done + ${last.n}, orders = orders + ${more} where tenant_id = ${tenantId}`.execute(db)
  return true
}

/** Begins keeping sums for a tenant that has grown, and builds what its catalogue has newly defined. */
export async function keepBuilt(ctx: Ctx): Promise<void> {
  const held = await keptOf(ctx, ctx.tenantId)
  if (held?.building) return
  if (!held) {
    const from = await setting(ctx, keptFrom)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from (select 1 from orders_pub_fact_view where tenant_id = ${ctx.tenantId} limit ${from}) s`.execute(ctx.acrossTenants('the tenant is named'))
    if ((rows[0]?.n ?? 0) >= from) await startBuild(ctx)
    return
  }
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const series = await ensureSeries(ctx)
  if (series.length > held.series || timeZone !== held.timeZone) await startBuild(ctx)
}

/** Days that have become old are read by month from now on. */
export async function dropOldDays(ctx: Ctx, tenantId: string, timeZone: string): Promise<void> {
  const db = ctx.acrossTenants('the tenant is named')
  const from = addDays(localDate(ctx.clock.now(), timeZone), -DAYS_KEPT)
  await holdSums(ctx, tenantId)
  await sql`update data_kept set days_from = ${from} where tenant_id = ${tenantId} and days_from < ${from}::date`.execute(db)
  await sql`delete from data_rollup where tenant_id = ${tenantId} and grain = 'd' and day < ${from}::date`.execute(db)
}
