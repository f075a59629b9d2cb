// Periods and their results as people read them: the standing is always named, and nothing unpublished reaches those assessed.
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize, can } from '../../kernel/access.ts'
import type { ActState } from '../../kernel/http/codec.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { decimal } from '../data/index.ts'
import { setting } from '../platform/index.ts'
import { assessmentFail } from './assessment.errors.ts'
import { db, modelById, runById, runsOf, scoresOf, versionsOf, type Period, type Run, type ScoreRow } from './assessment.queries.ts'
import { exact } from './compute-run.ts'
import type * as contract from './contract.ts'
import { mayIn, periodHolding, type PeriodKind } from './periods.ts'
import { requireShown, reviews, sightOf } from './policy.ts'
import { awaitsReview } from './publish.ts'
import { anomalies } from './anomalies.ts'
import { belowAverage } from './below-average.ts'
import { gradeOf, type Definition } from './rules.ts'
import { warningsOfPeriod } from './warn-ranks.ts'
import { anomalyJump, monthStartDay } from './settings.ts'
import { anomalyNames, periodKindNames, periodStateNames, roleNames, runStateNames, stepNames } from './texts.zh-CN.ts'

type Row = Output<typeof contract.openPeriodRoute>
type Brief = Pick<Row, 'id' | 'modelId' | 'modelName' | 'levelName' | 'kind' | 'kindName' | 'name' | 'fromDay' | 'toDay' | 'state' | 'stateName'>

type Named = Period & { model_name: string; level_name: string }

const named = (ctx: Ctx) => db(ctx).selectFrom('assessment_period as p').innerJoin('assessment_model as m', (j) => j.onRef('m.tenant_id', '=', 'p.tenant_id').onRef('m.id', '=', 'p.model_id')).innerJoin('assessment_level as l', (j) => j.onRef('l.tenant_id', '=', 'm.tenant_id').onRef('l.id', '=', 'm.level_id'))
  .selectAll('p').select(['m.name as model_name', 'l.name as level_name']).where('p.tenant_id', '=', ctx.tenantId)

export const brief = (p: Named): Brief => ({ id: p.id, modelId: p.model_id, modelName: p.model_name, levelName: p.level_name, kind: p.kind as PeriodKind, kindName: periodKindNames[p.kind as PeriodKind], name: p.name, fromDay: p.from_day, toDay: p.to_day, state: p.state, stateName: awaitsReview(p) ? periodStateNames.inReview : periodStateNames[p.state as keyof typeof periodStateNames] })

function actsOf(ctx: Ctx, p: Period): ActState[] {
  const act = (name: string, label: string, permission: string, enabled: boolean): ActState[] => (can(ctx, permission) ? [{ act: name, label, enabled, ...(enabled ? {} : { rule: `assessment.${name}`, reason: `考核期当前为“${periodStateNames[p.state as keyof typeof periodStateNames]}”` }) }] : [])
  return [
    ...act('run', p.state === 'inReview' ? '重新核算' : '核算', 'assessment.manage', mayIn(p.state, 'run')), ...act('review', '审核发布', 'assessment.publish', awaitsReview(p)),
    ...act('reopen', '重新核算已发布成绩', 'assessment.publish', mayIn(p.state, 'reopen')), ...act('withdraw', '撤回发布', 'assessment.publish', mayIn(p.state, 'withdraw')),
  ]
}

const row = (ctx: Ctx, p: Named, published: Run | null): Row => ({ ...brief(p), published: published?.published_at ? { runId: published.id, number: published.number, at: published.published_at } : null, appealUntil: p.appeal_until_at, problem: p.problem, acts: actsOf(ctx, p) })

export async function namedPeriod(ctx: Ctx, id: string): Promise<Named> {
  const found = await named(ctx).where('p.id', '=', id).executeTakeFirst()
  if (!found) throw assessmentFail('notFound')
  return found as Named
}

/** Newest first; those assessed find published ones only. */
export async function listPeriods(ctx: Ctx, input: Input<typeof contract.periodsRoute>): Promise<{ items: Row[] }> {
  authorize(ctx, 'assessment.read')
  let query = named(ctx)
  if (input.modelId) query = query.where('p.model_id', '=', input.modelId)
  if (input.kind) query = query.where('p.kind', '=', input.kind)
  if (!reviews(ctx)) query = query.where('p.published_run_id', 'is not', null)
  const periods = (await query.orderBy('p.from_day', 'desc').orderBy('m.name').limit(200).execute()) as Named[]
  return { items: await Promise.all(periods.map(async (p) => row(ctx, p, p.published_run_id ? await runById(ctx, p.published_run_id) : null))) }
}

export async function openPeriod(ctx: Ctx, input: Input<typeof contract.openPeriodRoute>): Promise<Row> {
  authorize(ctx, 'assessment.manage')
  await modelById(ctx, input.modelId)
  const days = periodHolding(input.kind, input.day, await setting(ctx, monthStartDay))
  const id = newId()
  const made = await db(ctx).insertInto('assessment_period').values({ tenant_id: ctx.tenantId, id, model_id: input.modelId, kind: input.kind, name: days.name, from_day: days.from, to_day: days.to, state: 'open' }).onConflict((c) => c.columns(['tenant_id', 'model_id', 'kind', 'from_day']).doNothing()).returning('id').executeTakeFirst()
  if (!made) throw assessmentFail('periodTwice')
  return row(ctx, await namedPeriod(ctx, id), null)
}

/** The run a question means: the one named, else what is published; reviewers fall back on what awaits review, then on running figures. */
export async function chosenRun(ctx: Ctx, period: Period, runId: string | undefined): Promise<Run | null> {
  if (runId) {
    const run = await runById(ctx, runId)
    requireShown(ctx, period, run)
    return run
  }
  if (period.published_run_id) return runById(ctx, period.published_run_id)
  if (!reviews(ctx)) throw assessmentFail('notFound')
  if (period.working_run_id) return runById(ctx, period.working_run_id)
  const live = await db(ctx).selectFrom('assessment_run').select('id').where('tenant_id', '=', ctx.tenantId).where('period_id', '=', period.id).where('number', '=', 0).executeTakeFirst()
  return live ? runById(ctx, live.id) : null
}

export const standingOf = (run: Run | null): 'asPublished' | 'provisional' | 'live' => (run === null || run.state === 'live' ? 'live' : run.published_at !== null ? 'asPublished' : 'provisional')
export const runView = (r: Run) => ({ id: r.id, number: r.number, state: r.state, stateName: runStateNames[r.state], modelVersion: r.model_version, reason: r.reason, computedAt: r.computed_at, computedByName: r.computed_by_name, publishedAt: r.published_at, publishedByName: r.published_by_name, digest: r.digest, corrections: r.corrections })

/** Scores of the period before this one by the same rules, as published. */
async function before(ctx: Ctx, period: Period): Promise<{ scores: Map<string, ScoreRow>; definition: Definition | null }> {
  const last = await db(ctx).selectFrom('assessment_period').select('published_run_id').where('tenant_id', '=', ctx.tenantId).where('model_id', '=', period.model_id).where('kind', '=', period.kind).where('from_day', '<', period.from_day).where('published_run_id', 'is not', null).orderBy('from_day', 'desc').limit(1).executeTakeFirst()
  if (!last?.published_run_id) return { scores: new Map(), definition: null }
  return { scores: new Map((await scoresOf(ctx, last.published_run_id)).map((s) => [s.object_id, s])), definition: (await runById(ctx, last.published_run_id)).pins.definition }
}

const shownItems = (d: Definition, items: ScoreRow['items']) => items.map((i) => ({ code: i.code, value: decimal(exact(i.value), d.items.find((x) => x.code === i.code)?.scale ?? 2), points: i.points, lost: i.lost, weight: i.weight }))

export async function showPeriod(ctx: Ctx, input: Input<typeof contract.periodRoute>): Promise<Output<typeof contract.periodRoute>> {
  authorize(ctx, 'assessment.read')
  const period = await namedPeriod(ctx, input.id)
  const run = await chosenRun(ctx, period, input.runId)
  const sight = await sightOf(ctx)
  const [scores, { scores: earlier, definition: rulesBefore }, runs] = [run ? await scoresOf(ctx, run.id) : [], await before(ctx, period), await runsOf(ctx, period.id)]
  const shown = scores.filter((s) => sight.others !== 'none' || sight.own.has(s.object_id))
  const steps = await db(ctx).selectFrom('assessment_step').select(['act', 'text', 'at', 'by_name as byName']).where('tenant_id', '=', ctx.tenantId).where('period_id', '=', period.id).orderBy('at').orderBy('id').execute()
  const goals = new Map(run?.pins.objects.map((o) => [o.id, o.goalRank]))
  const definition = run?.pins.definition
  const grade = (s: ScoreRow | undefined, d: Definition | null | undefined): string | null => (s && d ? gradeOf(d, s.total) : null)
  return {
    ...brief(period), standing: standingOf(run), run: run && runView(run), runs: runs.filter((r) => r.number > 0 && (reviews(ctx) || (r.published_at !== null && r.state !== 'withdrawn'))).map(runView),
    steps: steps.filter((s) => reviews(ctx) || ['publish', 'withdraw', 'correct', 'freeze'].includes(s.act)).map((s) => ({ ...s, act: stepNames[s.act] ?? s.act })), appealUntil: period.appeal_until_at, problem: reviews(ctx) ? period.problem : null,
    full: definition?.full ?? 100, grades: (definition?.grades ?? []).map((g) => ({ ...g, objects: shown.filter((s) => grade(s, definition) === g.name).length })), heads: (definition?.items ?? []).map((i) => ({ code: i.code, name: i.name, role: i.role, roleName: roleNames[i.role], unit: i.unit, scale: i.scale })),
    rows: shown.map((s) => {
      const mine = sight.own.has(s.object_id)
      const open = sight.all || mine
      return { objectId: s.object_id, name: s.name, peer: s.peer, mine, total: s.total, grade: grade(s, definition), gradeBefore: grade(earlier.get(s.object_id), rulesBefore), rawTotal: open ? s.raw_total : null, bonus: s.bonus, rank: s.rank, peerRank: s.peer_rank, rawRank: open ? s.raw_rank : null, rankBefore: earlier.get(s.object_id)?.rank ?? null, totalBefore: earlier.get(s.object_id)?.total ?? null, goalRank: open ? (goals.get(s.object_id) ?? null) : null, items: open && definition ? shownItems(definition, s.items) : [] }
    }),
    acts: actsOf(ctx, period), inputs: reviews(ctx) ? ((await versionsOf(ctx, period.model_id)).findLast((v) => v.from_day <= period.from_day)?.definition.inputs.length ?? 0) : 0, belowAverage: sight.all && definition ? belowAverage(definition.items, scores) : [], warnings: sight.all ? await warningsOfPeriod(ctx, period.id) : [],
    anomalies: reviews(ctx) && definition ? anomalies(definition.items, scores, earlier, await setting(ctx, anomalyJump)).map((a) => ({ ...a, kindName: anomalyNames[a.kind] })) : [],
  }
}

