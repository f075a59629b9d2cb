// Running scores for the board of a leader's departments (SUP-29): of the open period that ends first, where several rate a unit.
import type { Ctx } from '../../kernel/ctx.ts'
import { can } from '../../kernel/access.ts'
import type { RunningScore } from '../supervision/index.ts'
import { db, scoresOf } from './assessment.queries.ts'

/** Answers the port `runningScores` of supervision; nothing for who may not read scores. */
export async function scoresNow(ctx: Ctx, unitIds: readonly string[]): Promise<ReadonlyMap<string, RunningScore>> {
  const found = new Map<string, RunningScore>()
  if (unitIds.length === 0 || !can(ctx, 'assessment.read')) return found
  const objects = new Map((await db(ctx).selectFrom('assessment_object').select(['id', 'ref_id']).where('tenant_id', '=', ctx.tenantId).where('kind', '=', 'unit').where('ref_id', 'in', [...unitIds]).execute()).map((o) => [o.id, o.ref_id ?? '']))
  if (objects.size === 0) return found
  const runs = await db(ctx).selectFrom('assessment_run as r').innerJoin('assessment_period as p', (j) => j.onRef('p.tenant_id', '=', 'r.tenant_id').onRef('p.id', '=', 'r.period_id')).select(['r.id', 'p.id as periodId', 'p.name']).where('r.tenant_id', '=', ctx.tenantId).where('r.state', '=', 'live').where('p.state', '=', 'open').orderBy('p.to_day').orderBy('p.name').execute()
  for (const run of runs) {
    const scores = await scoresOf(ctx, run.id)
    for (const row of scores) {
      const unit = objects.get(row.object_id)
      if (unit !== undefined && row.total !== null && !found.has(unit)) found.set(unit, { score: row.total, rank: row.rank, of: scores.filter((s) => s.rank !== null).length, periodId: run.periodId, period: run.name })
    }
  }
  return found
}
