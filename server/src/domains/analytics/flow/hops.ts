// One row a stay of an order at a unit, with its time net of suspension; and per order what was unusual on its way. SQL, so that a month of a city is judged in one statement.
import { sql, type RawBuilder } from 'kysely'
import { ts } from '../../../kernel/db/connect.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import type { flowPatterns } from './flow-contract.ts'

export type Pattern = (typeof flowPatterns)[number]
export type Limits = { repeats: number; stayHours: number; now: Instant }

/** A stay ends with the report, with the return that was approved, or has not ended. What was taken back or cancelled has no end of its own and is no stay. */
export const hopsOf = (orders: RawBuilder<unknown>, now: Instant): RawBuilder<unknown> => sql`
  select a.tenant_id, a.order_id, a.id, a.parent_id, a.unit_id, a.unit_name, a.role, a.round, a.state, a.dispatched_at, a.signed_at, e.ended_at, r.reason_class,
    greatest(0, extract(epoch from coalesce(e.ended_at, ${ts(now)}) - a.dispatched_at) - coalesce(p.paused, 0)) / 3600 as hours, coalesce(p.paused, 0) / 3600 as paused_hours
  from ${orders} o join orders_pub_assignment_view a on a.tenant_id = o.tenant_id and a.order_id = o.id and a.state <> 'cancelled'
  left join lateral (select q.decided_at, q.reason_class from orders_pub_request_view q where a.state = 'returned' and q.tenant_id = a.tenant_id and q.assignment_id = a.id and q.kind = 'return' and q.state = 'approved' order by q.decided_at desc limit 1) r on true
  cross join lateral (select case when a.state = 'returned' then coalesce(r.decided_at, a.dispatched_at) else a.done_at end as ended_at) e
  left join lateral (select sum(extract(epoch from least(coalesce(x.ended_at, ${ts(now)}), coalesce(e.ended_at, ${ts(now)})) - greatest(x.started_at, a.dispatched_at))) as paused
    from orders_pub_pause_view x where x.tenant_id = a.tenant_id and x.assignment_id = a.id and x.started_at < coalesce(e.ended_at, ${ts(now)}) and coalesce(x.ended_at, ${ts(now)}) > a.dispatched_at) p on true`

/** Of dispatches only those of the centre count: what a unit hands down is its own way of working. Ping-pong: a unit, another, the first again. */
export const judgedOf = (orders: RawBuilder<unknown>, { repeats, stayHours, now }: Limits): RawBuilder<unknown> => sql`
  hop as materialized (${hopsOf(orders, now)}),
  sent as (select tenant_id, order_id, max(n) as dispatches from (select tenant_id, order_id, round, count(distinct dispatched_at) as n from hop where parent_id is null and role in ('lead', 'parallel') group by 1, 2, 3) s group by 1, 2),
  swung as (select distinct tenant_id, order_id from (select tenant_id, order_id, unit_id, lag(unit_id, 1) over w as one, lag(unit_id, 2) over w as two from hop where parent_id is null and role = 'lead' window w as (partition by tenant_id, order_id order by dispatched_at, id)) s where unit_id = two and unit_id <> one),
  stayed as (select tenant_id, order_id, max(hours) as longest from hop group by 1, 2),
  judged as (select o.*, coalesce(sent.dispatches, 0)::int as dispatches, coalesce(o.return_count, 0)::int as returns, stayed.longest,
      coalesce(sent.dispatches, 0) >= ${repeats} as "repeatedDispatch", coalesce(o.return_count, 0) >= ${repeats} as "returnsMany", swung.order_id is not null as "pingPong", coalesce(stayed.longest, 0) > ${stayHours} as "longStay",
      exists (select 1 from orders_pub_request_view q where q.tenant_id = o.tenant_id and q.order_id = o.id and (q.kind = 'dispute' or (q.kind = 'return' and q.state = 'approved' and q.reason_class like '%职责%'))) as "unclearDuty"
    from ${orders} o left join sent on sent.tenant_id = o.tenant_id and sent.order_id = o.id left join swung on swung.tenant_id = o.tenant_id and swung.order_id = o.id left join stayed on stayed.tenant_id = o.tenant_id and stayed.order_id = o.id)`

/** The column of a pattern in `judged`. */
export const columnOf = (pattern: Pattern): RawBuilder<unknown> => sql.ref(pattern === 'returns' ? 'returnsMany' : pattern)
