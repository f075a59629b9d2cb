// Who else has a report open to edit, and at which text (ANA-36). Each open page tells so again and again; who stops telling is gone.
import { authorize } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { plus, SECOND } from '../../kernel/time/index.ts'
import type * as contract from './contract.ts'
import { db, reportById } from './reports.queries.ts'

/** Three times as long as pages wait between two tellings. */
const STAYS = 60 * SECOND

export async function stayInReport(ctx: Ctx, input: Input<typeof contract.presenceRoute>): Promise<Output<typeof contract.presenceRoute>> {
  authorize(ctx, 'reports.write')
  const r = await reportById(ctx, input.id)
  const me = ctx.actor.id
  const now = ctx.clock.now()
  const here = await db(ctx).selectFrom('reports_presence').select(['user_id', 'user_name as name', 'block_id as block']).where('tenant_id', '=', ctx.tenantId).where('report_id', '=', r.id).where('seen_at', '>', ts(plus(now, -STAYS))).orderBy('user_name').limit(50).execute()
  if (me !== null) {
    const set = { user_name: ctx.actor.name, block_id: input.block, seen_at: ts(input.leave ? plus(now, -STAYS) : now) }
    await db(ctx).insertInto('reports_presence').values({ tenant_id: ctx.tenantId, report_id: r.id, user_id: me, ...set }).onConflict((c) => c.columns(['tenant_id', 'report_id', 'user_id']).doUpdateSet(set)).execute()
  }
  return { others: here.filter((one) => one.user_id !== me).map(({ name, block }) => ({ name, block })) }
}
