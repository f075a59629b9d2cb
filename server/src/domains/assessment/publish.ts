// Review, publication, withdrawal, recomputation, freezing. What was published stays stored, whatever follows it.
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input } from '../../kernel/http/route.ts'
import { addDuration, type Instant } from '../../kernel/time/index.ts'
import { calendarOf, notify, setting } from '../platform/index.ts'
import { assessmentFail } from './assessment.errors.ts'
import { db, lockPeriod, modelById, runById, scoresOf, step, type Period, type Run } from './assessment.queries.ts'
import type * as contract from './contract.ts'
import { requireState } from './periods.ts'
import { replaceWorking, runJob } from './run-period.ts'
import { appealDays, ownReview } from './settings.ts'

/** A first result, or a corrected one beside the published. */
export const awaitsReview = (period: Period): boolean => period.state === 'inReview' || (['published', 'frozen'].includes(period.state) && period.working_run_id !== null && period.working_run_id !== period.published_run_id)

type State = { id: string; state: string }

const setPeriod = async (ctx: Ctx, period: Period, change: Partial<Pick<Period, 'state' | 'published_run_id' | 'working_run_id' | 'problem'>> & { appealUntil?: Instant | null }): Promise<void> => {
  const { appealUntil, ...rest } = change
  await db(ctx).updateTable('assessment_period').set({ ...rest, ...(appealUntil === undefined ? {} : { appeal_until_at: appealUntil === null ? null : ts(appealUntil) }), version: period.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', period.id).execute()
  ctx.signal('assessment', period.id)
}
const setRun = async (ctx: Ctx, id: string, state: Run['state'], published?: Instant): Promise<void> => {
  await db(ctx).updateTable('assessment_run').set({ state, ...(published === undefined ? {} : { published_at: ts(published), published_by_name: ctx.actor.name }) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
}

/** Somebody else than who computed looks at the result; published, it is frozen and its units are told. */
export async function reviewPeriod(ctx: Ctx, input: Input<typeof contract.reviewPeriodRoute>): Promise<State> {
  authorize(ctx, 'assessment.publish')
  const period = await lockPeriod(ctx, input.id)
  if (!awaitsReview(period)) requireState(period.state, 'review')
  if (period.working_run_id !== input.runId) throw assessmentFail('changed')
  const run = await runById(ctx, input.runId)
  if (input.outcome === 'publish' && run.computed_by_id !== null && run.computed_by_id === ctx.actor.id && !(await setting(ctx, ownReview))) throw assessmentFail('ownWork', { rule: 'assessment.ownReview' })
  if (input.outcome === 'return') {
    await setRun(ctx, run.id, 'returned')
    await setPeriod(ctx, period, { state: period.published_run_id ? 'published' : 'open', working_run_id: period.published_run_id })
    await step(ctx, period, run.id, 'return', input.opinion)
    return { id: period.id, state: period.published_run_id ? 'published' : 'open' }
  }
  return publish(ctx, period, run, input.opinion)
}

async function publish(ctx: Ctx, period: Period, run: Run, opinion: string): Promise<State> {
  const now = ctx.clock.now()
  if (period.published_run_id && period.published_run_id !== run.id) await setRun(ctx, period.published_run_id, 'replaced')
  await setRun(ctx, run.id, 'published', now)
  // A further version does not prolong the time for appeals: only the first publication opens it, and a recomputation anew.
  const stood = period.published_run_id ? await runById(ctx, period.published_run_id) : null
  const recomputed = stood?.snapshot_id !== run.snapshot_id
  const until = recomputed ? addDuration(await calendarOf(ctx), now, { amount: await setting(ctx, appealDays), unit: 'workingDays' }) : (period.appeal_until_at ?? now)
  await setPeriod(ctx, period, { state: 'published', published_run_id: run.id, working_run_id: run.id, appealUntil: until })
  await step(ctx, period, run.id, 'publish', opinion)
  const model = await modelById(ctx, period.model_id)
  const { unitIds, userIds } = await assessed(ctx, run)
  if (unitIds.length + userIds.length > 0) await notify(ctx, { type: 'assessment.published', to: { unitIds, userIds, permission: 'assessment.read' }, title: `${period.name}${model.name}成绩已发布${run.number > 1 ? `（第 ${run.number} 版）` : ''}`, link: `/assessment/${period.id}`, objectType: 'assessmentPeriod', objectId: period.id, level: 'P3' })
  return { id: period.id, state: 'published' }
}

/** Units and persons that have a score in it. */
async function assessed(ctx: Ctx, run: Run): Promise<{ unitIds: string[]; userIds: string[] }> {
  const scored = new Set((await scoresOf(ctx, run.id)).map((s) => s.object_id))
  const objects = run.pins.objects.filter((o) => scored.has(o.id))
  return {
    unitIds: [...new Set(objects.flatMap((o) => (o.kind === 'unit' && o.refId ? [o.refId] : o.kind === 'group' ? o.members : [])))],
    userIds: [...new Set(objects.flatMap((o) => (o.kind === 'person' && o.refId ? [o.refId] : [])))],
  }
}

/** Taken back, the period is open again; what stood is kept and marked. */
export async function withdrawPeriod(ctx: Ctx, input: Input<typeof contract.withdrawPeriodRoute>): Promise<State> {
  authorize(ctx, 'assessment.publish')
  const period = await lockPeriod(ctx, input.id)
  requireState(period.state, 'withdraw')
  if (period.published_run_id) await setRun(ctx, period.published_run_id, 'withdrawn')
  await setPeriod(ctx, period, { state: 'open', published_run_id: null, working_run_id: null, appealUntil: null })
  await step(ctx, period, period.published_run_id, 'withdraw', input.reason)
  return { id: period.id, state: 'open' }
}

/** Rows are taken anew and scored by the period's own rules; the published result stands until the new one is published. */
export async function reopenPeriod(ctx: Ctx, input: Input<typeof contract.reopenPeriodRoute>): Promise<State> {
  authorize(ctx, 'assessment.publish')
  const period = await lockPeriod(ctx, input.id)
  requireState(period.state, 'reopen')
  await replaceWorking(ctx, period)
  await setPeriod(ctx, period, { state: 'calculating', problem: null, working_run_id: period.published_run_id })
  await step(ctx, period, period.published_run_id, 'reopen', input.reason)
  ctx.enqueue(runJob, { tenantId: ctx.tenantId, periodId: period.id, userId: ctx.actor.id, userName: ctx.actor.name, reason: input.reason }, { key: `assessment.run:${period.id}` })
  return { id: period.id, state: 'calculating' }
}

/** When the time for appeals is over and none is pending, the result is final. */
export async function freezePeriods(ctx: Ctx): Promise<void> {
  const due = await db(ctx).selectFrom('assessment_period as p').selectAll('p').where('p.tenant_id', '=', ctx.tenantId).where('p.state', '=', 'published').where('p.appeal_until_at', '<=', ts(ctx.clock.now()))
    .where((eb) => eb.not(eb.exists(eb.selectFrom('assessment_appeal as a').select('a.id').whereRef('a.tenant_id', '=', 'p.tenant_id').whereRef('a.period_id', '=', 'p.id').where('a.state', '=', 'pending')))).limit(50).execute()
  for (const row of due) {
    const period = await lockPeriod(ctx, row.id)
    if (period.state !== 'published' || awaitsReview(period)) continue
    await setPeriod(ctx, period, { state: 'frozen' })
    await step(ctx, period, period.published_run_id, 'freeze')
  }
}
