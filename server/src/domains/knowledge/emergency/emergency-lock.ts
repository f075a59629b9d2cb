import type { Ctx } from '../../../kernel/ctx.ts'
import { formatMoment, toIso } from '../../../kernel/time/index.ts'
import { db } from '../items/item.queries.ts'

/** Until when an emergency push keeps the item as it is, or null. */
export async function emergencyUntil(ctx: Ctx, itemId: string): Promise<{ text: string; iso: string } | null> {
  const row = await db(ctx).selectFrom('knowledge_emergency').select('locked_until').where('tenant_id', '=', ctx.tenantId).where('item_id', '=', itemId).where('ended_at', 'is', null).orderBy('locked_until', 'desc').executeTakeFirst()
  return row && row.locked_until > ctx.clock.now() ? { text: formatMoment(row.locked_until, ctx.clock.now()), iso: toIso(row.locked_until) } : null
}
