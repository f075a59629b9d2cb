// Who sees which result: the assessed see what is published, their own down to the order, others' as totals; reviewers see all of it.
import { can, scopesOf } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { setting } from '../platform/index.ts'
import { assessmentFail } from './assessment.errors.ts'
import { db, type Period, type Run } from './assessment.queries.ts'
import { othersShown } from './settings.ts'

/** Whoever calculates, reviews or decides appeals sees results before they are published. */
export const reviews = (ctx: Ctx): boolean => ctx.actor.kind === 'system' || ['assessment.manage', 'assessment.publish', 'assessment.decide'].some((p) => can(ctx, p))
export const seesAll = (ctx: Ctx): boolean => reviews(ctx) || scopesOf(ctx, 'assessment.read').some((s) => s === 'tenant' || s === 'tenantsBelow')

/** Objects that are the reader's own: his units and those below, groups with one of them, himself. Who sees all anyhow has only his very unit as his own. */
export async function ownObjects(ctx: Ctx): Promise<Set<string>> {
  const mine = ctx.actor.unitIds
  const rows = await db(ctx).selectFrom('assessment_object as x').leftJoin('platform_unit_view as u', (j) => j.onRef('u.tenant_id', '=', 'x.tenant_id').onRef('u.id', '=', 'x.ref_id'))
    .select(['x.id', 'x.kind', 'x.ref_id as refId', 'x.members', 'u.path']).where('x.tenant_id', '=', ctx.tenantId).execute()
  const holds = (id: string): boolean => mine.includes(id)
  const below = !seesAll(ctx)
  return new Set(rows.filter((r) => (r.kind === 'person' ? r.refId === ctx.actor.id : r.kind === 'group' ? r.members.some(holds) : r.kind === 'unit' && ((r.refId !== null && holds(r.refId)) || (below && (r.path ?? []).some(holds))))).map((r) => r.id))
}

/** What of others' scores a reader sees. */
export async function sightOf(ctx: Ctx): Promise<{ all: boolean; own: Set<string>; others: 'all' | 'totals' | 'none' }> {
  if (seesAll(ctx)) return { all: true, own: await ownObjects(ctx), others: 'all' }
  return { all: false, own: await ownObjects(ctx), others: await setting(ctx, othersShown) }
}

/** @throws assessment.notFound for an object whose orders are not the reader's */
export async function requireObject(ctx: Ctx, objectId: string): Promise<void> {
  if (!seesAll(ctx) && !(await ownObjects(ctx)).has(objectId)) throw assessmentFail('notFound')
}

/** What is or was published may be read by those assessed; the rest by reviewers. @throws assessment.notFound */
export function requireShown(ctx: Ctx, period: Period, run: Run): void {
  if (run.period_id !== period.id) throw assessmentFail('notFound')
  if (!reviews(ctx) && (period.published_run_id === null || run.published_at === null || run.state === 'withdrawn' || run.state === 'live')) throw assessmentFail('notFound')
}
