// Signatures of texts, written after the order is there: an index range finds near-duplicates whoever told them and wherever (AI-28).
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { on, type EventHandler } from '../../../kernel/events/event.ts'
import { bandsOf, shingles } from '../../ai/index.ts'
import { orderRegistered } from '../events.ts'
import { db } from '../orders.queries.ts'

/** A shorter text agrees with too many. */
const LEAST = 20
/** Without marks and spaces nothing is left of some texts. */
export const bandsFor = (text: string): number[] => (text.replace(/[^\p{L}\p{N}]/gu, '').length < LEAST ? [] : bandsOf(shingles(text)))

async function indexBands(ctx: Ctx, { orderId }: { orderId: string }): Promise<void> {
  const order = await db(ctx).selectFrom('order_order').select(['content', 'registered_at']).where('tenant_id', '=', ctx.tenantId).where('id', '=', orderId).executeTakeFirst()
  const bands = order ? bandsFor(order.content) : []
  if (order && bands.length > 0) await sql`insert into order_band (tenant_id, order_id, registered_at, bands) values (${ctx.tenantId}, ${orderId}, ${ts(order.registered_at)}, ${bands}::int[]) on conflict (tenant_id, order_id) do update set bands = excluded.bands`.execute(ctx.db())
}

export const bandHandlers: EventHandler[] = [on(orderRegistered, 'orders.bands', indexBands)]
