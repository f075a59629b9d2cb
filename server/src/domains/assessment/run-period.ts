// The month run: rows are frozen, scores computed, and both await review. Nobody assessed sees them before they are published.
import { sql } from 'kysely'
import { z } from 'zod'
import { authorize } from '../../kernel/access.ts'
import { inTenant, type Ctx } from '../../kernel/ctx.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Input } from '../../kernel/http/route.ts'
import { asJob, defineJob } from '../../kernel/jobs/job.ts'
import { newId } from '../../kernel/runtime.ts'
import { addDays, startOfDay } from '../../kernel/time/index.ts'
import { tenantById } from '../platform/index.ts'
import { db, lockPeriod, modelById, periodById, runById, snapshotById, step, versionFor, type Period, type PinnedObject, type Run, type Snapshot } from './assessment.queries.ts'
import { assessmentFail } from './assessment.errors.ts'
import { carryCorrections } from './carry-corrections.ts'
import { compute, objectsOf, storeScores } from './compute-run.ts'
import type * as contract from './contract.ts'
import { requireState } from './periods.ts'
import type { Definition } from './rules.ts'
import { takeSnapshot } from './snapshot.ts'
import { endWarnings } from './warn-ranks.ts'

type RunDraft = { period: Period; snapshot: Snapshot; corrections: number; definition: Definition; modelVersion: number; objects: PinnedObject[]; reason: string; state: Run['state'] }

/** Computes and stores one more run of a period. */
export async function addRun(ctx: Ctx, draft: RunDraft): Promise<Run> {
  const { period, snapshot, corrections, definition, objects } = draft
  const { rows, digest } = await compute(ctx, snapshot, corrections, definition, objects)
  const last = await db(ctx).selectFrom('assessment_run').select((eb) => eb.fn.max('number').as('n')).where('tenant_id', '=', ctx.tenantId).where('period_id', '=', period.id).executeTakeFirst()
  const id = newId()
  await db(ctx).insertInto('assessment_run').values({
    tenant_id: ctx.tenantId, id, period_id: period.id, number: draft.state === 'live' ? 0 : (last?.n ?? 0) + 1, snapshot_id: snapshot.id, corrections, state: draft.state, model_version: draft.modelVersion, pins: json({ definition, objects } as never), digest, reason: draft.reason, computed_at: ts(ctx.clock.now()), computed_by_id: ctx.actor.id, computed_by_name: ctx.actor.name,
  }).execute()
  await storeScores(ctx, id, rows)
  return runById(ctx, id)
}

/** Starts the run; it goes on behind the scenes. */
export async function startRun(ctx: Ctx, input: Input<typeof contract.runPeriodRoute>): Promise<{ id: string; state: string }> {
  authorize(ctx, 'assessment.manage')
  const period = await lockPeriod(ctx, input.id)
  requireState(period.state, 'run')
  if (period.state === 'inReview' && input.reason === '') throw assessmentFail('rerunReason', { rule: 'assessment.rerunReason', fields: [{ path: 'reason', message: '请说明原因' }] })
  if (ctx.clock.now() < (await endOf(ctx, period))) throw assessmentFail('notOver', { rule: 'assessment.run', params: { day: period.to_day } })
  const model = await modelById(ctx, period.model_id)
  await versionFor(ctx, model, period.from_day)
  if ((await objectsOf(ctx, model.level_id, period)).length === 0) throw assessmentFail('noObjects')
  await db(ctx).updateTable('assessment_period').set({ state: 'calculating', problem: null, version: period.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', period.id).execute()
  ctx.enqueue(runJob, { tenantId: ctx.tenantId, periodId: period.id, userId: ctx.actor.id, userName: ctx.actor.name, reason: input.reason }, { key: `assessment.run:${period.id}` })
  return { id: period.id, state: 'calculating' }
}

async function endOf(ctx: Ctx, period: Period): Promise<number> {
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  return startOfDay(addDays(period.to_day, 1), timeZone)
}

/** A fresh snapshot and its scores; the period then awaits review. Null where the period is not being calculated (a job that came twice). */
export async function calculatePeriod(ctx: Ctx, periodId: string, reason: string, by: { id: string | null; name: string }): Promise<Run | null> {
  const period = await lockPeriod(ctx, periodId)
  if (period.state !== 'calculating') return null
  const model = await modelById(ctx, period.model_id)
  const version = await versionFor(ctx, model, period.from_day)
  const snapshot = await takeSnapshot(ctx, period, version.definition, 'run')
  const corrections = await carryCorrections(ctx, snapshot)
  const named = { ...ctx, actor: { ...ctx.actor, id: by.id, name: by.name } }
  const run = await addRun(named, { period, snapshot, corrections, definition: version.definition, modelVersion: version.version, objects: await objectsOf(ctx, model.level_id, period), reason, state: 'inReview' })
  await replaceWorking(ctx, period)
  await db(ctx).updateTable('assessment_period').set({ state: 'inReview', working_run_id: run.id, version: period.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', period.id).execute()
  await step(named, period, run.id, 'run', reason)
  await dropLive(ctx, period.id)
  await endWarnings(ctx, period.id)
  ctx.signal('assessment', period.id)
  return run
}

/** A run nobody published gives way to the next one; it stays stored. */
export async function replaceWorking(ctx: Ctx, period: Period): Promise<void> {
  if (period.working_run_id && period.working_run_id !== period.published_run_id) await db(ctx).updateTable('assessment_run').set({ state: 'replaced' }).where('tenant_id', '=', ctx.tenantId).where('id', '=', period.working_run_id).where('state', 'in', ['calculated', 'inReview', 'returned']).execute()
}

/** Running figures end with the period's run. */
export async function dropLive(ctx: Ctx, periodId: string): Promise<void> {
  const live = await db(ctx).selectFrom('assessment_run').select(['id', 'snapshot_id']).where('tenant_id', '=', ctx.tenantId).where('period_id', '=', periodId).where('number', '=', 0).executeTakeFirst()
  if (!live) return
  await db(ctx).deleteFrom('assessment_score').where('tenant_id', '=', ctx.tenantId).where('run_id', '=', live.id).execute()
  await db(ctx).deleteFrom('assessment_run').where('tenant_id', '=', ctx.tenantId).where('id', '=', live.id).execute()
  await db(ctx).deleteFrom('assessment_fact').where('tenant_id', '=', ctx.tenantId).where('snapshot_id', '=', live.snapshot_id).execute()
  await db(ctx).deleteFrom('assessment_snapshot').where('tenant_id', '=', ctx.tenantId).where('id', '=', live.snapshot_id).execute()
}

const payload = z.object({ tenantId: z.uuid(), periodId: z.uuid(), userId: z.uuid().nullable(), userName: z.string(), reason: z.string() })

export const runJob = defineJob({
  name: 'assessment.run', schema: payload, maxAttempts: 2,
  async run(begin, { tenantId, periodId, userId, userName, reason }, info) {
    try {
      await begin((ctx) => calculatePeriod(inTenant(ctx, tenantId), periodId, reason, { id: userId, name: userName }))
    } catch (error) {
      if (!(error instanceof AppError) && info.attempt < info.maxAttempts) throw error
      await begin(async (plain) => {
        const ctx = inTenant(plain, tenantId)
        ctx.log.error({ err: error, period: periodId }, 'assessment run failed')
        await db(ctx).updateTable('assessment_period').set({ state: sql<string>`case when published_run_id is not null then 'published' when working_run_id is not null then 'inReview' else 'open' end`, problem: error instanceof AppError ? error.title : '核算出错，请重试' }).where('tenant_id', '=', tenantId).where('id', '=', periodId).where('state', '=', 'calculating').execute()
        ctx.signal('assessment', periodId)
      })
    }
  },
})
export const assessmentJobs = [asJob(runJob)]

/** Computes a stored run anew from its frozen rows by its own rules. True if every digit is the same. */
export async function verifyRun(ctx: Ctx, input: Input<typeof contract.verifyRunRoute>): Promise<{ same: boolean; digest: string; computed: string }> {
  authorize(ctx, 'assessment.manage')
  const run = await runById(ctx, input.runId)
  if (run.period_id !== (await periodById(ctx, input.id)).id || run.state === 'live') throw assessmentFail('notFound')
  const { digest } = await compute(ctx, await snapshotById(ctx, run.snapshot_id), run.corrections, run.pins.definition, run.pins.objects)
  return { same: digest === run.digest, digest: run.digest, computed: digest }
}
