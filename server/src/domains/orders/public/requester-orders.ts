// The orders of a telephone number, and the order of a number and its enquiry code.
import { normaliseEnquiryCode, sameSecret } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { afterCursor, boundCount, nextPage } from '../../platform/index.ts'
import type { OrderState } from '../order.ts'
import { db, type OrderRow } from '../orders.queries.ts'
import { publicLines, type PublicLine } from './public-order.ts'

// In public a pending callback is over.
const over: OrderState[] = ['pendingCallback', 'closed', 'archived', 'withdrawn', 'merged']

/** Orders whose contact is the number of this hash (`contactFields`), newest first, whatever channel they came by. Mirrors of an upper centre's order are left out: its requester follows the order above. */
export async function ordersOfPhone(ctx: Ctx, phoneHash: string, page: { limit: number; cursor?: string | undefined; state?: 'open' | 'done' | 'all' | undefined }): Promise<{ items: PublicLine[]; next: string | null; count: { value: number; capped: boolean } }> {
  let query = db(ctx).selectFrom('order_order').where('tenant_id', '=', ctx.tenantId).where('contact_phone_hash', '=', phoneHash).where('source', '=', 'own')
  if (page.state === 'open') query = query.where('state', 'not in', over)
  if (page.state === 'done') query = query.where('state', 'in', over)
  const rows = await query.selectAll().where(afterCursor(page.cursor, 'registered_at', 'id')).orderBy('registered_at', 'desc').orderBy('id', 'desc').limit(page.limit + 1).execute()
  const { items, next } = nextPage(rows as OrderRow[], page.limit, (r) => r.registered_at)
  return { items: await publicLines(ctx, items), next, count: await boundCount(ctx, query) }
}

/** The order of this number if the enquiry code is its own, else null: a wrong number and a wrong code cannot be told apart. */
export async function orderByEnquiry(ctx: Ctx, number: string, code: string): Promise<OrderRow | null> {
  const row = await db(ctx).selectFrom('order_order').selectAll().where('tenant_id', '=', ctx.tenantId).where('number', '=', number.trim()).executeTakeFirst()
  const right = sameSecret(row?.enquiry_code ?? '', normaliseEnquiryCode(code) ?? ' ')
  return row && right ? (row as OrderRow) : null
}

/** Telephone hash of the order that a file hangs on (the order itself, a supplement, a public result of an ended order); null where it hangs elsewhere. */
export async function requesterOfFile(ctx: Ctx, object: { objectType: string; objectId: string }): Promise<string | null> {
  const order = db(ctx).selectFrom('order_order as o').select('o.contact_phone_hash as hash').where('o.tenant_id', '=', ctx.tenantId)
  switch (object.objectType) {
    case 'order':
      return (await order.where('o.id', '=', object.objectId).executeTakeFirst())?.hash ?? null
    case 'supplement':
      return (await order.innerJoin('order_supplement as s', (j) => j.onRef('s.tenant_id', '=', 'o.tenant_id').onRef('s.order_id', '=', 'o.id')).where('s.id', '=', object.objectId).executeTakeFirst())?.hash ?? null
    case 'feedback': {
      const shown = order.innerJoin('order_feedback as f', (j) => j.onRef('f.tenant_id', '=', 'o.tenant_id').onRef('f.order_id', '=', 'o.id')).where('f.visibility', '=', 'public').where('f.state', '!=', 'sentBack').where('o.state', 'in', over)
      return (await shown.where('f.id', '=', object.objectId).executeTakeFirst())?.hash ?? null
    }
    default:
      return null
  }
}
