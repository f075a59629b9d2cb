// Running places against their goals and the last published ones: told once a day while it lasts, ended when the place is right again.
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { newId } from '../../kernel/runtime.ts'
import { localDate, type Instant } from '../../kernel/time/index.ts'
import { notify, setting, tenantById } from '../platform/index.ts'
import { db, scoresOf } from './assessment.queries.ts'
import { rankFall } from './settings.ts'

type Kind = 'goal' | 'fall'
/** Which warnings a place gives. Larger numbers are worse places. */
export const warningsOf = (rank: number | null, goal: number | null, before: number | null, fall: number): { kind: Kind; against: number }[] => (rank === null ? [] : [
  ...(goal !== null && rank > goal ? [{ kind: 'goal' as const, against: goal }] : []), ...(before !== null && rank - before >= fall ? [{ kind: 'fall' as const, against: before }] : []),
])

export const warningText = (name: string, kind: Kind, rank: number, against: number): string => (kind === 'goal' ? `${name}第 ${rank} 名，目标第 ${against} 名` : `${name}由第 ${against} 名降到第 ${rank} 名`)

export async function warnRanks(ctx: Ctx): Promise<void> {
  const runs = await db(ctx).selectFrom('assessment_run as r').innerJoin('assessment_period as p', (j) => j.onRef('p.tenant_id', '=', 'r.tenant_id').onRef('p.id', '=', 'r.period_id')).select(['r.id', 'p.id as periodId', 'p.name', 'p.model_id', 'p.kind', 'p.from_day']).where('r.tenant_id', '=', ctx.tenantId).where('r.state', '=', 'live').where('p.state', '=', 'open').execute()
  if (runs.length === 0) return
  const [{ timeZone }, fall] = [await tenantById(ctx, ctx.tenantId), await setting(ctx, rankFall)]
  for (const run of runs) {
    const before = await lastPublished(ctx, run)
    const scores = await scoresOf(ctx, run.id)
    const objects = new Map((await db(ctx).selectFrom('assessment_object').select(['id', 'kind', 'ref_id', 'goal_rank']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', scores.length > 0 ? scores.map((s) => s.object_id) : ['00000000-0000-0000-0000-000000000000']).execute()).map((o) => [o.id, o]))
    const open = await db(ctx).selectFrom('assessment_rank_warning').selectAll().where('tenant_id', '=', ctx.tenantId).where('period_id', '=', run.periodId).where('ended_at', 'is', null).execute()
    const now = ctx.clock.now()
    const day = localDate(now, timeZone)
    const standing = new Set<string>()
    for (const score of scores) {
      const object = objects.get(score.object_id)
      for (const found of warningsOf(score.rank, object?.goal_rank ?? null, before.get(score.object_id) ?? null, fall)) {
        standing.add(`${score.object_id} ${found.kind}`)
        const held = open.find((w) => w.object_id === score.object_id && w.kind === found.kind)
        if (held?.told_day === day) continue
        await keep(ctx, run.periodId, score.object_id, score.rank ?? 0, found, held?.id ?? null, day, now)
        const title = `名次预警：${warningText(score.name, found.kind, score.rank ?? 0, found.against)}（${run.name}）`
        const about = { type: 'assessment.rank', title, link: `/assessment/${run.periodId}`, objectType: 'assessmentRank', objectId: score.object_id, level: 'P3' as const }
        await notify(ctx, { ...about, to: { permission: 'assessment.manage' } })
        if (object?.kind === 'unit' && object.ref_id) await notify(ctx, { ...about, to: { unitIds: [object.ref_id], permission: 'assessment.appeal' } })
      }
    }
    const over = open.filter((w) => !standing.has(`${w.object_id} ${w.kind}`)).map((w) => w.id)
    if (over.length > 0) await db(ctx).updateTable('assessment_rank_warning').set({ ended_at: ts(now) }).where('tenant_id', '=', ctx.tenantId).where('id', 'in', over).execute()
  }
}

/** A period that was computed has no running places any more. */
export async function endWarnings(ctx: Ctx, periodId: string): Promise<void> {
  await db(ctx).updateTable('assessment_rank_warning').set({ ended_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('period_id', '=', periodId).where('ended_at', 'is', null).execute()
}

async function keep(ctx: Ctx, periodId: string, objectId: string, rank: number, found: { kind: Kind; against: number }, held: string | null, day: string, now: Instant): Promise<void> {
  if (held === null) await db(ctx).insertInto('assessment_rank_warning').values({ tenant_id: ctx.tenantId, id: newId(), period_id: periodId, object_id: objectId, kind: found.kind, rank, against: found.against, since_at: ts(now), told_day: day }).execute()
  else await db(ctx).updateTable('assessment_rank_warning').set({ rank, against: found.against, told_day: day }).where('tenant_id', '=', ctx.tenantId).where('id', '=', held).execute()
}

async function lastPublished(ctx: Ctx, run: { model_id: string; kind: string; from_day: string }): Promise<Map<string, number>> {
  const last = await db(ctx).selectFrom('assessment_period').select('published_run_id').where('tenant_id', '=', ctx.tenantId).where('model_id', '=', run.model_id).where('kind', '=', run.kind).where('from_day', '<', run.from_day).where('published_run_id', 'is not', null).orderBy('from_day', 'desc').limit(1).executeTakeFirst()
  return new Map(last?.published_run_id ? (await scoresOf(ctx, last.published_run_id)).flatMap((s) => (s.rank === null ? [] : [[s.object_id, s.rank] as const])) : [])
}

/** Of a period, those that last first. */
export async function warningsOfPeriod(ctx: Ctx, periodId: string): Promise<{ objectId: string; text: string; since: Instant; endedAt: Instant | null }[]> {
  const rows = await db(ctx).selectFrom('assessment_rank_warning as w').innerJoin('assessment_object as o', (j) => j.onRef('o.tenant_id', '=', 'w.tenant_id').onRef('o.id', '=', 'w.object_id')).select(['w.object_id', 'w.kind', 'w.rank', 'w.against', 'w.since_at', 'w.ended_at', 'o.name']).where('w.tenant_id', '=', ctx.tenantId).where('w.period_id', '=', periodId).orderBy('w.ended_at', (o) => o.desc().nullsFirst()).orderBy('w.since_at', 'desc').limit(100).execute()
  return rows.map((w) => ({ objectId: w.object_id, text: warningText(w.name, w.kind === 'goal' ? 'goal' : 'fall', w.rank, w.against), since: w.since_at, endedAt: w.ended_at }))
}
