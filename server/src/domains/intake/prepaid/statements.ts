// Daily and monthly statements: what each charge came to, against the running balance and against the orders that were submitted.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { tenantById } from '../../platform/index.ts'

export type Line = { enterpriseId: string; name: string; period: string; opening: number; toppedUp: number; charges: number; charged: number; closing: number; orders: number; uncharged: number; agrees: boolean }
export type Period = 'day' | 'month'

const format = { day: 'YYYY-MM-DD', month: 'YYYY-MM' } as const

/**
 * One line an enterprise and period in which something happened, newest first. It agrees when the opening balance and the entries give the closing one,
 * and every charge has its order. `uncharged` are orders of the time when nothing was charged.
 */
export async function statementLines(ctx: Ctx, asked: { by: Period; enterpriseId?: string; /** Local dates, both inclusive. */ from?: string; to?: string; limit: number }): Promise<Line[]> {
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const enterprise = (column: RawBuilder<unknown>) => (asked.enterpriseId ? sql`${column} = ${asked.enterpriseId}` : sql`${column} is not null`)
  const within = (column: RawBuilder<unknown>) => sql`coalesce(${column} >= (${asked.from ?? null}::date)::timestamp at time zone ${timeZone}, true) and coalesce(${column} < (${asked.to ?? null}::date + 1)::timestamp at time zone ${timeZone}, true)`
  const period = (column: RawBuilder<unknown>) => sql`to_char(${column} at time zone ${timeZone}, ${format[asked.by]})`
  const { rows } = await sql<Line>`with entries as (
      select e.enterprise_id, ${period(sql`e.at`)} as period, min(e.seq) as first_seq, count(*)::int as n, max(e.seq) - min(e.seq) + 1 as span,
        (array_agg(e.balance - e.amount order by e.seq))[1] as opening, (array_agg(e.balance order by e.seq desc))[1] as closing,
        coalesce(sum(e.amount) filter (where e.kind = 'topUp'), 0)::int as topped_up, coalesce(-sum(e.amount) filter (where e.kind = 'appeal'), 0)::int as charged, count(*) filter (where e.kind = 'appeal')::int as charges, count(s.order_id)::int as matched
      from intake_ledger_entry e left join intake_submission s on s.tenant_id = e.tenant_id and s.order_id = e.order_id and s.enterprise_id = e.enterprise_id
      where e.tenant_id = ${ctx.tenantId} and ${enterprise(sql`e.enterprise_id`)} and ${within(sql`e.at`)} group by 1, 2),
    submitted as (
      select s.enterprise_id, ${period(sql`s.created_at`)} as period, count(*)::int as n, count(*) filter (where not exists (select 1 from intake_ledger_entry c where c.tenant_id = s.tenant_id and c.order_id = s.order_id))::int as uncharged
      from intake_submission s where s.tenant_id = ${ctx.tenantId} and ${enterprise(sql`s.enterprise_id`)} and ${within(sql`s.created_at`)} group by 1, 2)
    select en.id as "enterpriseId", en.name, e.period, e.opening, e.topped_up as "toppedUp", e.charges, e.charged, e.closing, coalesce(o.n, 0) as orders, coalesce(o.uncharged, 0) as uncharged,
      (e.opening + e.topped_up - e.charged = e.closing and e.matched = e.charges and e.span = e.n) as agrees
    from entries e join intake_enterprise en on en.tenant_id = ${ctx.tenantId} and en.id = e.enterprise_id left join submitted o on o.enterprise_id = e.enterprise_id and o.period = e.period
    order by e.period desc, en.name limit ${asked.limit}`.execute(ctx.db())
  return rows
}
