// How far a tenant's sums are built, and whether they may answer.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Instant } from '../../../kernel/time/index.ts'

export type Kept = {
  tenantId: string; timeZone: string; /** Sums by day are complete from here on. */ daysFrom: string; orders: number; series: number; building: boolean; target: number; afterId: string | null; done: number; expected: number
  startedAt: Instant | null; finishedAt: Instant | null; followedAt: Instant | null; fault: string | null; pending: boolean
}

export async function keptOf(ctx: Ctx, tenantId: string, lock = false): Promise<Kept | null> {
  const { rows } = await sql<Kept>`select k.tenant_id as "tenantId", k.time_zone as "timeZone", k.days_from::text as "daysFrom", k.orders::float8 as orders, k.series, k.building, k.target, k.after_id as "afterId", k.done::float8 as done, k.expected::float8 as expected,
      k.started_at as "startedAt", k.finished_at as "finishedAt", k.followed_at as "followedAt", k.fault, exists (select 1 from data_change c where c.tenant_id = k.tenant_id) as pending
    from data_kept k where k.tenant_id = ${tenantId} ${lock ? sql`for update` : sql``}`.execute(ctx.acrossTenants('the tenant is named'))
  return rows[0] ?? null
}
