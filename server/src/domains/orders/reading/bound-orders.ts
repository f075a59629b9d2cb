// Orders that meet any of a problem point's bindings, within the reader's scope: the answer to the standard's question.
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { BoundOrders } from '../../matters/index.ts'
import { afterCursor, boundCount, nextPage } from '../../platform/index.ts'
import type { OrderState } from '../order.ts'
import { readableTenants, visible } from '../orders.policy.ts'
import { db } from '../orders.queries.ts'
import { stateNames } from '../texts.zh-CN.ts'
import { hasWords } from './order-filter.ts'

export const ordersBound: BoundOrders = async (ctx: Ctx, bound, page) => {
  const parts: RawBuilder<SqlBool>[] = []
  if (bound.categoryIds.length > 0) parts.push(sql`o.category_id = any(${bound.categoryIds}::uuid[])`)
  if (bound.matterIds.length > 0) parts.push(sql`o.matter_id = any(${bound.matterIds}::uuid[])`)
  if (bound.labelIds.length > 0) parts.push(sql`exists (select 1 from order_label m where m.tenant_id = o.tenant_id and m.order_id = o.id and m.removed_at is null and m.label_id = any(${bound.labelIds}::uuid[]))`)
  for (const word of bound.words) parts.push(sql<SqlBool>`${await hasWords(ctx, word)}`)
  if (parts.length === 0) return { items: [], next: null, count: { value: 0, capped: false } }
  const query = db(ctx).selectFrom('order_order as o').where('o.tenant_id', 'in', readableTenants(ctx)).where((eb) => visible(ctx, eb)).where(sql<SqlBool>`(${sql.join(parts, sql` or `)})`)
  const count = await boundCount(ctx, query)
  if (page.limit === 0) return { items: [], next: null, count }
  const rows = await query.select(['o.id', 'o.number', 'o.title', 'o.state', 'o.registered_at as registeredAt']).where(afterCursor(page.cursor, 'o.registered_at', 'o.id')).orderBy('o.registered_at', 'desc').orderBy('o.id', 'desc').limit(page.limit + 1).execute()
  const found = nextPage(rows, page.limit, (r) => r.registeredAt)
  return { items: found.items.map((r) => ({ ...r, stateName: stateNames[r.state as OrderState] })), next: found.next, count }
}
