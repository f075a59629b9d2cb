// A month of orders, 20 indicators, 800 units: rows frozen, all scores of both results, and running figures after one more callback.
// Works in a tenant of its own, which it leaves in the base: `npm run bench -- assess-month [orders]`.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { createApp } from '../server/src/app.ts'
import { ordersChanged, takeLive } from '../server/src/domains/assessment/live.ts'
import { lockPeriod } from '../server/src/domains/assessment/assessment.queries.ts'
import { addUnits, createLevel } from '../server/src/domains/assessment/keep-objects.ts'
import { createModel } from '../server/src/domains/assessment/keep-models.ts'
import { openPeriod } from '../server/src/domains/assessment/read-periods.ts'
import { calculatePeriod, startRun, verifyRun } from '../server/src/domains/assessment/run-period.ts'
import { definition } from '../server/src/domains/assessment/rules.ts'
import { readConfig } from '../server/src/kernel/config/index.ts'
import { systemActor, type Ctx } from '../server/src/kernel/ctx.ts'
import { runCommand } from '../server/src/kernel/runtime.ts'
import { figure, most, percentile, writeResult } from './result.ts'
import { benchData, openBase } from './volume.ts'

const UNITS = 800
const CHANGES = 20
const rate = (code: string, value: string, weight: number, cause = code) => ({ code, name: code, value, weight, cause, rule: { kind: 'proportional', full: 100 } })
const rules = definition.parse({
  missing: 'spread',
  items: [
    rate('a', 'responseRate', 20), rate('b', 'solvedRate', 25), rate('c', 'satisfiedRate', 25), rate('d', 'onTimeClosingRate', 5), rate('e', 'signOnTimeRate', 5), rate('f', 'firstResolutionRate', 5), rate('g', 'contactRate', 5), rate('h', 'threeRates', 5),
    { ...rate('i', 'returnRate', 5), rule: { kind: 'bands', bands: [{ below: 2, points: 5 }, { below: 5, points: 3 }], otherwise: 0 } },
    ...['dissatisfied', 'doubleNo', 'redone', 'urges', 'complaints', 'withdrawals'].map((value) => ({ ...rate(`x${value}`, value, 0), role: 'deduction', unit: '件', rule: { kind: 'perCase', each: 0.01, most: 1 } })),
    ...['praise', 'doubleYes', 'directAnswers', 'closed', 'received'].map((value) => ({ ...rate(`y${value}`, value, 0), role: 'bonus', unit: '件', rule: { kind: 'perCase', each: 0.001, most: 0.5 } })),
  ],
})

export async function benchAssessMonth(orders: number): Promise<void> {
  const app = await createApp(readConfig([`--data=${benchData}`], process.env, benchData))
  const { pool, stop } = await openBase()
  const tenant = randomUUID()
  const now = app.runtime.clock.now()
  const command = <T>(fn: (ctx: Ctx) => Promise<T>): Promise<T> => runCommand(app.runtime, { actor: systemActor(tenant), requestId: 'bench' }, fn)
  const timed = async <T>(fn: () => Promise<T>): Promise<[T, number]> => { const began = performance.now(); const value = await fn(); return [value, (performance.now() - began) / 1000] }
  try {
    const day = new Date(now) // a bench measures the machine's own month
    const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - 1, 1)).toISOString().slice(0, 10)
    const next = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1)).toISOString().slice(0, 10)
    const [, filled] = await timed(() => fill(pool, tenant, orders, last))
    const { periodId, liveId } = await command(async (ctx) => {
      const level = await createLevel(ctx, { code: 'bench', name: 'bench', goal: '', scope: '', standard: '' })
      const { rows } = await sql<{ id: string }>`select id from platform_unit_view where tenant_id = ${tenant} and parent_id is not null`.execute(ctx.db())
      await addUnits(ctx, { id: level.id, unitIds: rows.map((r) => r.id), peer: '', fromDay: last })
      const model = await createModel(ctx, { code: 'bench', name: 'bench', levelId: level.id, fromDay: last, definition: rules, reason: '' })
      return { periodId: (await openPeriod(ctx, { modelId: model.id, kind: 'month', day: last })).id, liveId: (await openPeriod(ctx, { modelId: model.id, kind: 'quarter', day: last })).id }
    })
    await command((ctx) => startRun(ctx, { id: periodId, reason: '' }))
    const [run, whole] = await timed(() => command((ctx) => calculatePeriod(ctx, periodId, '', { id: null, name: 'bench' })))
    const [verified, again] = await timed(() => command((ctx) => verifyRun(ctx, { id: periodId, runId: run?.id ?? '' })))
    const [, live] = await timed(() => command(async (ctx) => takeLive(ctx, await lockPeriod(ctx, liveId))))
    const changed = (await pool.query<{ id: string }>('select id from order_order where tenant_id = $1 order by id limit $2', [tenant, CHANGES])).rows
    const times: number[] = []
    for (const { id } of changed) {
      await pool.query("update callback_result set satisfied = 'no' where tenant_id = $1 and order_id = $2", [tenant, id])
      times.push((await timed(() => command((ctx) => ordersChanged(ctx, [id]))))[1])
    }
    const { rows: scored } = await pool.query<{ n: string }>('select count(*) as n from assessment_score where tenant_id = $1 and run_id = $2', [tenant, run?.id])
    writeResult('assess-month', {
      command: `npm run bench -- assess-month ${orders}`, base: `${orders} orders of ${last} to ${next}, each with assignment, two clocks and a callback; ${UNITS} units; ${rules.items.length} items`,
      metrics: {
        'month computed': most(whole, 's', 60), 'after one changed callback, p95': most(percentile(times, 95), 's', 1), 'after one changed callback, median': figure(percentile(times, 50), 's'), 'the first changed callback after the rows were taken': most(times[0] ?? 0, 's', 1), 'computed again from frozen rows': figure(again, 's'), 'every digit the same': { value: verified.same ? 1 : 0, unit: 'yes', target: 1, ok: verified.same },
        'running figures taken': figure(live, 's'), 'units scored': figure(Number(scored[0]?.n ?? 0), 'units'), 'base filled': figure(filled, 's'),
      },
      notes: ['rows are frozen, counted and scored in one transaction; both results, raw and adjusted'],
    })
  } finally {
    await stop()
    await app.stop()
  }
}

type Pool = Awaited<ReturnType<typeof openBase>>['pool']

/** One month of orders, spread over the units and days; numbers and answers by chance that can be repeated. */
async function fill(pool: Pool, tenant: string, orders: number, month: string): Promise<void> {
  const q = (text: string, values: unknown[] = []): Promise<unknown> => pool.query(text, values)
  const root = randomUUID()
  await q(`insert into platform_tenant (id, code, name, area_code, level, path, created_at) select $1::uuid, 'bench-' || left($1::uuid::text, 8), 'bench', (select area_code from platform_tenant limit 1), 2, array[$1::uuid], now()`, [tenant])
  await q(`insert into platform_unit (tenant_id, id, code, name, kind, area_code, path, created_at, changed_at, changed_by) select $1::uuid, $2::uuid, 'BR' || left($2::uuid::text, 8), 'centre', 'centre', (select area_code from platform_tenant limit 1), array[$2::uuid], now(), now(), 'bench'`, [tenant, root])
  await q(`insert into platform_unit (tenant_id, id, code, name, kind, area_code, parent_id, path, created_at, changed_at, changed_by)
    select $1::uuid, u.id, 'BU' || left($1::uuid::text, 8) || u.i, 'unit ' || u.i, 'handling', (select area_code from platform_tenant limit 1), $2::uuid, array[$2::uuid, u.id], now(), now(), 'bench' from (select i, gen_random_uuid() as id from generate_series(1, ${UNITS}) i) u`, [tenant, root])
  await q(`insert into order_order (tenant_id, id, number, enquiry_code, state, channel, registered_by_name, registered_at, appeal_type, title, content, lead_unit_id, lead_unit_name, stage_since_at, dispatched_at, closed_at, archived_at, updated_at)
    select $1::uuid, gen_random_uuid(), 'BA' || left($1::uuid::text, 8) || i, 'BENC-HBEN', 'archived', 'phone', 'bench', t.at, (array['help', 'complaint', 'consultation', 'praise'])[1 + i % 4], 'bench', 'bench', u.id, u.name, t.at, t.at, t.at + interval '1 day', t.at + interval '2 days', t.at
    from generate_series(1, ${orders}) i cross join lateral (select $2::date + interval '1 hour' + (i % 24) * interval '1 day' + (i % 1000) * interval '1 minute' as at) t
    join (select id, name, row_number() over (order by id) as n from platform_unit where tenant_id = $1::uuid and parent_id is not null) u on u.n = 1 + (i * 7919) % ${UNITS}`, [tenant, month])
  await q(`insert into order_assignment (tenant_id, id, order_id, unit_id, unit_name, role, route_mode, state, dispatched_at, dispatched_by_name, signed_at, contacted_at, done_at)
    select tenant_id, gen_random_uuid(), id, lead_unit_id, lead_unit_name, 'lead', 'levelByLevel', 'done', dispatched_at, 'bench', dispatched_at + interval '1 hour', dispatched_at + interval '2 hours', dispatched_at + interval '20 hours' from order_order where tenant_id = $1::uuid`, [tenant])
  await q(`insert into order_clock (tenant_id, id, order_id, unit_id, kind, amount, basis, rule_text, started_at, due_at, yellow_at, state, met_at)
    select a.tenant_id, gen_random_uuid(), a.order_id, a.unit_id, k.kind, 1, 'workingDays', 'bench', a.dispatched_at, a.dispatched_at + interval '12 hours', a.dispatched_at + interval '6 hours', 'met', a.dispatched_at + case when abs(hashtext(a.id::text || k.kind)) % 10 = 0 then interval '20 hours' else interval '1 hour' end
    from order_assignment a cross join (values ('sign'), ('handling')) k (kind) where a.tenant_id = $1::uuid`, [tenant])
  await q(`insert into callback_task (tenant_id, id, order_id, round, cause, manner, wish, state, due_at, unit_id, created_at, finished_at) select tenant_id, gen_random_uuid(), id, 1, 'wanted', 'person', 'call', 'done', closed_at, lead_unit_id, closed_at, closed_at + interval '3 hours' from order_order where tenant_id = $1::uuid`, [tenant])
  await q(`insert into callback_result (tenant_id, id, task_id, order_id, round, at, by_kind, actor_name, way, contacted, solved, satisfied, outcome, consequence, unit_id)
    select tenant_id, gen_random_uuid(), id, order_id, 1, finished_at, 'person', 'bench', 'call', case when h % 20 = 0 then 'no' else 'yes' end, case when h % 7 = 0 then 'no' else 'yes' end, case when h % 5 = 0 then 'no' else 'yes' end, 'satisfied', 'archived', unit_id from (select *, abs(hashtext(id::text)) as h from callback_task where tenant_id = $1::uuid) t`, [tenant])
  await q('analyze')
}
