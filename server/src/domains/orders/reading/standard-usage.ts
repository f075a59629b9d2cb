// What orders answer to the standard: how many of them name a matter, an appeal type or a class, and which are still running.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { MatterUsage, StandardKind } from '../../matters/index.ts'
import { tenantsBelow } from '../../platform/index.ts'
import { openStates } from '../order.ts'

const conditions: Partial<Record<StandardKind, (id: string) => ReturnType<typeof sql>>> = {
  matter: (id) => sql`o.matter_id = ${id}`,
  appealType: (id) => sql`o.appeal_type = ${id}`,
  schemeNode: (id) => sql`(o.category_id = ${id} or o.special_class_id = ${id} or o.industry_id = ${id})`,
}
const SAMPLES = 5

/** Orders of the tenant and of those below it: the standard holds there too. */
export async function ordersOfStandard(ctx: Ctx, { kind, id }: { kind: StandardKind; id: string }): Promise<MatterUsage[]> {
  const condition = conditions[kind]?.(id)
  if (!condition) return []
  const tenants = sql.join([...new Set([ctx.tenantId, ...(await tenantsBelow(ctx)).map((tenant) => tenant.id)])])
  const db = ctx.acrossTenants('the standard of an upper tenant holds below')
  const open = sql`o.state in (${sql.join([...openStates])})`
  const { rows } = await sql<{ n: number; open: number }>`select count(*)::int as n, (count(*) filter (where ${open}))::int as open from order_order o where o.tenant_id in (${tenants}) and ${condition}`.execute(db)
  const count = rows[0]?.n ?? 0
  if (count === 0) return []
  const samples = await sql<{ number: string }>`select o.number from order_order o where o.tenant_id = ${ctx.tenantId} and ${condition} order by (${open}) desc, o.registered_at desc limit ${SAMPLES}`.execute(ctx.db())
  return [{ label: '工单', count, open: rows[0]?.open ?? 0, samples: samples.rows.map(({ number }) => ({ title: number, link: `/orders/${number}` })) }]
}
