// How many orders of a period bear each label, as the reader may list them; the link opens exactly those.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { can } from '../../../kernel/access.ts'
import { startOfDay, toIso, addDays, type LocalDate } from '../../../kernel/time/index.ts'
import { tenantById, type LabelUse } from '../../platform/index.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { branchesFor } from '../reading/list-branches.ts'

export async function usesBetween(ctx: Ctx, period: { from: LocalDate; to: LocalDate }): Promise<LabelUse> {
  const zone = (await tenantById(ctx, ctx.tenantId)).timeZone
  const bounds = (from: string, to: string) => [startOfDay(from as LocalDate, zone), startOfDay(addDays(to as LocalDate, 1), zone)] as const
  const link: LabelUse['link'] = (labelId, from, to) => {
    const [start, end] = bounds(from, to)
    return `/orders/query?where=${encodeURIComponent(JSON.stringify({ all: [{ field: 'labels', op: 'has', value: [labelId] }, { field: 'registeredAt', op: 'between', value: [toIso(start), toIso(end)] }] }))}`
  }
  if (!can(ctx, 'orders.read')) return { counts: new Map(), link }
  const [start, end] = bounds(period.from, period.to)
  const branches = branchesFor(ctx, { conditions: [sql`o.registered_at >= ${ts(start)} and o.registered_at < ${ts(end)} and exists (select 1 from order_label x where x.tenant_id = o.tenant_id and x.order_id = o.id and x.removed_at is null)` as never], states: [], selective: false, open: false })
  const { rows } = await sql<{ label_id: string; n: number }>`select m.label_id, count(*)::int as n from (${sql.join(branches.map((b) => sql`(select o.tenant_id, o.id from ${b.from} where ${b.where})`), sql` union all `)}) as o
    join order_label m on m.tenant_id = o.tenant_id and m.order_id = o.id and m.removed_at is null group by m.label_id`.execute(ctx.db())
  return { counts: new Map(rows.map((r) => [r.label_id, r.n])), link }
}
