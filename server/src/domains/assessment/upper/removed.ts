// Cases that the upper platform itself does not assess (主动剔除): marked as its detail says, unmarked as soon as a later one says otherwise,
// and kept from being declared without need meanwhile (ASM-15).
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { visible } from '../../orders/index.ts'
import { afterCursor, nextPage } from '../../platform/index.ts'
import { db, orderScope } from '../assessment.queries.ts'
import type * as contract from './upper-contract.ts'

/**
 * Marks follow what the standing detail says last: of several months that name an order, the newest. So a whole month's file that names an
 * order no more takes its mark away, and an older month taken in again never ends what a newer one says.
 */
export async function followRemoved(ctx: Ctx, { importId, month }: { importId: string; month: string }): Promise<{ marked: number; unmarked: number }> {
  const now = ts(ctx.clock.now())
  const said = sql`select distinct on (r.order_id) r.order_id, r.removed, r.removed_reason from assessment_upper_row r
    where r.tenant_id = ${ctx.tenantId} and r.replaced_at is null and r.removed is not null and r.order_id in (select t.order_id from assessment_upper_row t where t.tenant_id = ${ctx.tenantId} and t.month = ${month}) order by r.order_id, r.month desc`
  const { rows: [ended] } = await sql<{ n: number }>`with r as materialized (${said}), gone as (update assessment_removed_mark m set ended_at = ${now}, ended_import_id = ${importId}
    where m.tenant_id = ${ctx.tenantId} and m.ended_at is null and exists (select 1 from assessment_upper_row t where t.tenant_id = m.tenant_id and t.order_id = m.order_id and t.month = ${month}) and not exists (select 1 from r where r.order_id = m.order_id and r.removed) returning 1) select count(*)::int as n from gone`.execute(db(ctx))
  const { rows: fresh } = await sql<{ order_id: string; removed_reason: string | null }>`select r.order_id, r.removed_reason from (${said}) as r where r.removed
    and not exists (select 1 from assessment_removed_mark m where m.tenant_id = ${ctx.tenantId} and m.order_id = r.order_id and m.ended_at is null)`.execute(db(ctx))
  for (let i = 0; i < fresh.length; i += 1000) {
    await db(ctx).insertInto('assessment_removed_mark').values(fresh.slice(i, i + 1000).map((r) => ({ tenant_id: ctx.tenantId, id: newId(), order_id: r.order_id, reason: r.removed_reason, since_at: now, since_import_id: importId }))).execute()
  }
  return { marked: fresh.length, unmarked: ended?.n ?? 0 }
}

/** Answers the port `declarationNeedless` of orders. */
export async function removedAbove(ctx: Ctx, orderIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (orderIds.length === 0) return new Map()
  const rows = await db(ctx).selectFrom('assessment_removed_mark').select('order_id').where('tenant_id', '=', ctx.tenantId).where('order_id', 'in', orderIds).where('ended_at', 'is', null).execute()
  return new Map(rows.map((r) => [r.order_id, '上级已主动剔除，不计入考核，无须申报']))
}

const from = sql`assessment_removed_mark m join orders_pub_fact_view o on o.tenant_id = m.tenant_id and o.id = m.order_id
  join assessment_upper_import s on s.tenant_id = m.tenant_id and s.id = m.since_import_id left join assessment_upper_import e on e.tenant_id = m.tenant_id and e.id = m.ended_import_id`
const inMonth = (month: string): RawBuilder<unknown> => sql`${month} in (s.month, e.month)`

export async function listRemoved(ctx: Ctx, input: Input<typeof contract.listRemovedRoute>): Promise<Output<typeof contract.listRemovedRoute>> {
  const where = [sql`m.tenant_id = ${ctx.tenantId} and ${visible(ctx, orderScope)}`, input.standing ? sql`m.ended_at is null` : sql`m.ended_at is not null`]
  if (input.month) where.push(inMonth(input.month))
  if (input.unitId) where.push(sql`o.lead_unit_id = ${input.unitId}`)
  if (input.number) where.push(sql`o.number = ${input.number}`)
  const all = sql`${sql.join(where, sql` and `)}`
  type Row = { id: string; orderId: string; number: string; title: string; unitName: string | null; reason: string | null; sinceAt: Instant; sinceMonth: string; endedAt: Instant | null; endedMonth: string | null }
  const { rows } = await sql<Row>`select m.id, o.id as "orderId", o.number, o.title, o.lead_unit_name as "unitName", m.reason, m.since_at as "sinceAt", s.month as "sinceMonth", m.ended_at as "endedAt", e.month as "endedMonth"
    from ${from} where ${all} and ${afterCursor(input.cursor, 'm.since_at', 'm.id')} order by m.since_at desc, m.id desc limit ${input.limit + 1}`.execute(db(ctx))
  const { rows: counted } = await sql<{ n: number }>`select count(*)::int as n from (select 1 from ${from} where ${all} limit 1001) as bounded`.execute(db(ctx))
  const n = counted[0]?.n ?? 0
  return { ...nextPage(rows, input.limit, (row) => row.sinceAt), count: { value: Math.min(n, 1000), capped: n > 1000 } }
}

export async function removedByUnit(ctx: Ctx, input: Input<typeof contract.removedByUnitRoute>): Promise<Output<typeof contract.removedByUnitRoute>> {
  const where = sql`m.tenant_id = ${ctx.tenantId} and ${visible(ctx, orderScope)} and ${input.month ? inMonth(input.month) : sql`true`}`
  const [standing, ended] = [sql`count(*) filter (where m.ended_at is null)::int`, sql`count(*) filter (where m.ended_at is not null)::int`]
  const { rows: units } = await sql<{ unitId: string | null; unitName: string; standing: number; ended: number }>`select o.lead_unit_id as "unitId", coalesce(max(o.lead_unit_name), '—') as "unitName", ${standing} as standing, ${ended} as ended from ${from} where ${where} group by o.lead_unit_id order by standing desc, ended desc, 2 limit 200`.execute(db(ctx))
  const { rows: reasons } = await sql<{ reason: string; standing: number }>`select coalesce(m.reason, '未写明') as reason, ${standing} as standing from ${from} where ${where} and m.ended_at is null group by 1 order by 2 desc limit 50`.execute(db(ctx))
  return { standing: units.reduce((sum, u) => sum + u.standing, 0), ended: units.reduce((sum, u) => sum + u.ended, 0), units, reasons }
}
