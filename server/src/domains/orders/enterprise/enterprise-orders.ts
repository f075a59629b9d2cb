// Answers the registry's question which orders name an enterprise, within the viewer's scope (MAT-21).
import { sql } from 'kysely'
import { can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { readableTenants, visible } from '../orders.policy.ts'
import { db } from '../orders.queries.ts'
import type { OrderState } from '../order.ts'
import { stateNames } from '../texts.zh-CN.ts'

const SHOWN = 20

/** By the registry's id, or by its code where the order was registered before the enterprise was. */
export async function ordersOfEnterprise(ctx: Ctx, enterprise: { id: string; creditCode: string; names: string[] }) {
  if (!can(ctx, 'orders.read')) return { count: 0, items: [] }
  const query = db(ctx).selectFrom('order_order as o').where('o.tenant_id', 'in', readableTenants(ctx)).where((eb) => eb.or([eb('o.enterprise_id', '=', enterprise.id), eb('o.enterprise_code', '=', enterprise.creditCode)])).where((eb) => visible(ctx, eb))
  const [rows, counted] = await Promise.all([
    query.select(['o.number', 'o.title', 'o.state', 'o.registered_at']).orderBy('o.registered_at', 'desc').limit(SHOWN).execute(),
    query.select(sql<number>`count(*)::int`.as('n')).executeTakeFirst(),
  ])
  return { count: counted?.n ?? 0, items: rows.map((r) => ({ number: r.number, title: r.title, stateName: stateNames[r.state as OrderState], registeredAt: toIso(r.registered_at), link: `/orders/${r.number}` })) }
}
