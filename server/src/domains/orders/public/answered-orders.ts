// Orders that ended with a reply, for what the centre publishes of them: within the reader's scope, never confidential ones.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { visible } from '../orders.policy.ts'
import { db } from '../orders.queries.ts'

export type AnsweredOrder = { id: string; number: string; title: string; content: string; reply: string; requesterName: string | null }

/** Closed within the period, the oldest first; `except`: ids that are left out. */
export async function answeredOrders(ctx: Ctx, of: { from: Instant; until: Instant; appealType?: string | undefined; matterId?: string | undefined; areaPrefix?: string | undefined; except: readonly string[]; limit: number }): Promise<AnsweredOrder[]> {
  let query = db(ctx).selectFrom('order_order as o').where('o.tenant_id', '=', ctx.tenantId).where('o.state', 'in', ['closed', 'archived']).where('o.source', '=', 'own').where('o.confidential', '=', false).where('o.reply', 'is not', null)
    .where('o.closed_at', '>=', ts(of.from)).where('o.closed_at', '<', ts(of.until)).where((eb) => visible(ctx, eb))
  if (of.appealType) query = query.where('o.appeal_type', '=', of.appealType)
  if (of.matterId) query = query.where('o.matter_id', '=', of.matterId)
  if (of.areaPrefix) query = query.where(sql<boolean>`starts_with(o.area_code, ${of.areaPrefix})`)
  if (of.except.length > 0) query = query.where(sql<boolean>`o.id <> all(${[...of.except]}::uuid[])`)
  const rows = await query.select(['o.id', 'o.number', 'o.title', 'o.content', 'o.reply', 'o.requester_name as requesterName']).orderBy('o.closed_at').orderBy('o.id').limit(of.limit).execute()
  return rows.map((row) => ({ ...row, reply: row.reply ?? '' }))
}
