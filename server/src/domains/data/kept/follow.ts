// Orders that changed are brought into the sums about each second; what changed is written down by triggers with the change itself.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { holdSums, refresh } from './refresh.ts'
import { readSeries } from './series.ts'

const ROUNDS = 10
const MARKS = 500

/** Of all tenants, in one transaction: marks that are taken and sums that are changed go together. */
export async function followChanges(ctx: Ctx): Promise<void> {
  const db = ctx.acrossTenants('changes of all tenants')
  const { rows: kept } = await sql<{ id: string; zone: string; days: string }>`select tenant_id as id, time_zone as zone, days_from::text as days from data_kept order by tenant_id`.execute(db)
  let series: Awaited<ReturnType<typeof readSeries>> | null = null
  for (let round = 0; round < ROUNDS; round++) {
    const { rows: marks } = await sql<{ tenant_id: string; order_id: string }>`delete from data_change where seq in (select seq from data_change order by seq limit ${MARKS} for update skip locked) returning tenant_id, order_id`.execute(db)
    for (const { id, zone, days } of kept) {
      const ids = [...new Set(marks.filter((m) => m.tenant_id === id).map((m) => m.order_id))].toSorted()
      if (ids.length === 0) continue
      await holdSums(ctx, id)
      series ??= await readSeries(ctx)
      const more = await refresh(ctx, { tenantId: id, timeZone: zone, daysFrom: days, series }, { ids })
      if (more !== 0) await sql`update data_kept set orders = orders + ${more} where tenant_id = ${id}`.execute(db)
    }
    if (marks.length < MARKS) {
      await sql`update data_kept set followed_at = ${toIso(ctx.clock.now())} where followed_at is null or followed_at < ${toIso(ctx.clock.now())}::timestamptz - interval '3 seconds'`.execute(db)
      return
    }
  }
}
