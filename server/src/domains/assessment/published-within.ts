// Published periods that touch some days: what later domains must keep for them.
import type { Ctx } from '../../kernel/ctx.ts'
import { db } from './assessment.queries.ts'

/** Names and days of periods whose result stands published and that share a day with these; for housekeeping, which asks for no one's eyes. */
export async function publishedWithin(ctx: Ctx, { from, to }: { from: string; to: string }): Promise<{ name: string; fromDay: string; toDay: string }[]> {
  return db(ctx).selectFrom('assessment_period').select(['name', 'from_day as fromDay', 'to_day as toDay']).where('tenant_id', '=', ctx.tenantId).where('published_run_id', 'is not', null).where('from_day', '<=', to).where('to_day', '>=', from).orderBy('from_day').execute()
}
