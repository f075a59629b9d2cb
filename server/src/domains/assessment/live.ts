// Running figures of open periods: kept row by row, so that one changed callback costs its own order and the objects above it. They are
// never what is published; at the period's run they end.
import { sql } from 'kysely'
import { systemActor, type Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { runNested } from '../../kernel/runtime.ts'
import { HOUR, startOfDay } from '../../kernel/time/index.ts'
import { tenantById } from '../platform/index.ts'
import { belongs, countObjects } from './counts.ts'
import { db, modelById, runById, snapshotById, versionsOf, type Period, type Run } from './assessment.queries.ts'
import { objectsOf, scored, storeRanks, storeScores } from './compute-run.ts'
import { evaluator } from './evaluate.ts'
import { addRun, dropLive } from './run-period.ts'
import { refreshOrders, takeSnapshot } from './snapshot.ts'

const REFRESH = 6 * HOUR

/** Takes the rows of every open period anew where they are older than some hours, or where the rules changed. */
export async function refreshLive(ctx: Ctx): Promise<void> {
  const open = await db(ctx).selectFrom('assessment_period').selectAll().where('tenant_id', '=', ctx.tenantId).where('state', '=', 'open').limit(50).execute()
  for (const period of open) {
    const run = await liveRun(ctx, period.id)
    if (run && ctx.clock.now() - run.computed_at < REFRESH) continue
    await takeLive(ctx, period)
  }
}

export async function takeLive(ctx: Ctx, period: Period): Promise<Run | null> {
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  if (ctx.clock.now() < startOfDay(period.from_day, timeZone)) return null
  const model = await modelById(ctx, period.model_id)
  const version = (await versionsOf(ctx, model.id)).findLast((v) => v.from_day <= period.from_day)
  const objects = await objectsOf(ctx, model.level_id, period)
  if (!version || objects.length === 0) return null
  await dropLive(ctx, period.id)
  const snapshot = await takeSnapshot(ctx, period, version.definition, 'live')
  return addRun(ctx, { period, snapshot, corrections: 0, definition: version.definition, modelVersion: version.version, objects, reason: '', state: 'live' })
}

async function liveRun(ctx: Ctx, periodId: string): Promise<Run | null> {
  const row = await db(ctx).selectFrom('assessment_run').select('id').where('tenant_id', '=', ctx.tenantId).where('period_id', '=', periodId).where('number', '=', 0).executeTakeFirst()
  return row ? runById(ctx, row.id) : null
}

/** Notes orders whose rates changed; they are scored together, because a busy hour would count the same units' months with every batch of events. */
export async function noteChanges(ctx: Ctx, changes: readonly { orderId: string }[]): Promise<void> {
  const ids = [...new Set(changes.map((c) => c.orderId))].toSorted()
  ctx.atCommit(sql`insert into assessment_change (tenant_id, order_id) select ${ctx.tenantId}, unnest(${ids}::uuid[]) on conflict do nothing`)
}

/** Scores what was noted, of all tenants; a tenant that fails keeps its notes and does not keep the others. */
export async function followChanges(ctx: Ctx): Promise<void> {
  const { rows } = await sql<{ tenant_id: string }>`select distinct tenant_id from assessment_change order by tenant_id`.execute(ctx.acrossTenants('changes of all tenants'))
  for (const { tenant_id: tenantId } of rows) {
    try {
      await runNested(ctx, async () => {
        const inside = { ...ctx, tenantId, actor: systemActor(tenantId) }
        const taken = await db(inside).deleteFrom('assessment_change').where('tenant_id', '=', tenantId).returning('order_id').execute()
        await ordersChanged(inside, taken.map((t) => t.order_id))
      })
    } catch (error) {
      ctx.log.error({ err: error, tenant: tenantId }, 'running figures were not brought up to date, will be tried again')
    }
  }
}

/** Rows of these orders are read anew, and the objects they touch are scored anew, in every open period. */
export async function ordersChanged(ctx: Ctx, orderIds: readonly string[]): Promise<void> {
  const runs = await db(ctx).selectFrom('assessment_run').select('id').where('tenant_id', '=', ctx.tenantId).where('state', '=', 'live').orderBy('id').execute()
  for (const { id } of runs) {
    // Nobody takes the run's rows anew meanwhile.
    await db(ctx).selectFrom('assessment_run').select('id').where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
    await rescore(ctx, await runById(ctx, id), orderIds)
  }
}

async function rescore(ctx: Ctx, run: Run, orderIds: readonly string[]): Promise<void> {
  const snapshot = await snapshotById(ctx, run.snapshot_id)
  const before = await placesOf(ctx, snapshot.id, orderIds)
  await refreshOrders(ctx, snapshot, run.pins.definition, orderIds)
  const touched = [...before, ...(await placesOf(ctx, snapshot.id, orderIds))]
  if (touched.length === 0) return
  const objects = run.pins.objects.filter((o) => {
    const test = belongs(o, snapshot.pins.units)
    return touched.some((t) => [t.unit_id, t.area_code, t.person_id].some((key) => key !== null && test?.(key)))
  })
  if (objects.length === 0) return
  // Points by rank depend on the others: then all are scored from their stored counts.
  const ranked = run.pins.definition.items.some((i) => i.rule.kind === 'rank')
  const counts = await countObjects(ctx, snapshot, 0, ranked ? run.pins.objects : objects)
  const { rows } = scored(evaluator(run.pins.definition, snapshot.pins.indicators), ranked ? run.pins.objects : objects, counts)
  await storeScores(ctx, run.id, rows)
  await storeRanks(ctx, run.id)
  await db(ctx).updateTable('assessment_run').set({ computed_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', run.id).execute()
  ctx.signal('assessment', run.period_id)
}

type PlaceKeys = { unit_id: string | null; area_code: string | null; person_id: string | null }
async function placesOf(ctx: Ctx, snapshotId: string, orderIds: readonly string[]): Promise<PlaceKeys[]> {
  const { rows } = await sql<PlaceKeys>`select distinct unit_id, area_code, person_id from assessment_fact where tenant_id = ${ctx.tenantId} and snapshot_id::text = ${snapshotId}::text and order_id = any(${orderIds}::uuid[])`.execute(db(ctx))
  return rows
}
