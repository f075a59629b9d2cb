// Brings the sums of some orders up to now: what they stood for is taken away, their rows are read anew, what they stand for is added, in
// one transaction. A changed order and a rebuild take the same way, so that neither can disagree with the other.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { factOf } from '../fact-catalogue.ts'
import { keptOrders, type Range } from '../facts.ts'
import { markMonths } from '../history/months.ts'
import { conditionSql } from '../indicator.ts'
import { cuts, placeSql } from './cuts.ts'
import type { Series } from './series.ts'

/** Orders by name, or those after one and up to another (null: from the first). */
export type Among = { ids: readonly string[] } | { after: string | null; upTo: string }
/** `daysFrom`: sums by day are kept from this day on. */
export type Target = { tenantId: string; timeZone: string; daysFrom: string; series: readonly Series[] }

const within = (among: Among, column: RawBuilder<unknown>): RawBuilder<unknown> =>
  'ids' in among ? sql`${column} = any(${among.ids}::uuid[])` : among.after === null ? sql`${column} <= ${among.upTo}::uuid` : sql`${column} > ${among.after}::uuid and ${column} <= ${among.upTo}::uuid`

const columns = ['tenant_id', 'id', 'state', 'close_kind', 'appeal_type', 'urgency', 'area_code', 'matter_id', 'category_id', 'industry_id', 'channel', 'registration_source', 'dispatch_kind', 'subject_kind', 'round', 'lead_unit_id', 'confidential', 'involved_count', 'urge_count', 'supplement_count', 'return_count', 'next_due_at', 'registered_at', 'dispatched_at', 'closed_at', 'archived_at', 'registered_by', 'picked_by']
const all = sql.join(columns.map((c) => sql.ref(c)))

/** The same transaction must hold `holdSums`. Returns the number of orders that are there now, less those that were. */
export async function refresh(ctx: Ctx, target: Target, among: Among): Promise<number> {
  const db = ctx.acrossTenants('the tenant is named in every statement')
  const { tenantId } = target
  const rowsOf = within(among, sql.ref('o.id'))
  await markMonths(ctx, tenantId, rowsOf)
  await fold(ctx, target, among, -1)
  await sql`delete from data_order_image i where i.tenant_id = ${tenantId} and ${within(among, sql.ref('i.id'))}`.execute(db)
  const gone = await sql`with gone as (delete from data_order_fact o where o.tenant_id = ${tenantId} and ${rowsOf} returning 1) select count(*)::int as n from gone`.execute(db)
  const here = await sql`with here as (insert into data_order_fact (${all}) select ${all} from orders_pub_fact_view o where o.tenant_id = ${tenantId} and ${rowsOf} returning 1) select count(*)::int as n from here`.execute(db)
  await markMonths(ctx, tenantId, rowsOf)
  await image(ctx, target, among)
  await fold(ctx, target, among, 1)
  return counted(here) - counted(gone)
}

const counted = ({ rows }: { rows: unknown[] }): number => (rows[0] as { n: number }).n // a count has one row

/** One change of a tenant's sums at a time. */
export async function holdSums(ctx: Ctx, tenantId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`data.kept:${tenantId}`}, 0))`.execute(ctx.acrossTenants('a lock has no tenant'))
}

/** Conditions on the hour are never part of a series. */
const noRange: Range = { from: 0 as Instant, before: 0 as Instant, now: 0 as Instant }

// The orders are named on both sides of each join: a build joins two ranges by hash and reads each once.
async function image(ctx: Ctx, { tenantId, timeZone, series }: Target, among: Among): Promise<void> {
  const parts = [...Map.groupBy(series, (s) => s.grp)].flatMap(([grp, members]) => {
    const counting = members[0]?.counting
    const fact = counting ? factOf(counting.fact) : undefined
    const date = counting ? fact?.dates[counting.date]?.column : null
    if (!counting || !fact || !date) return []
    const meets = (s: Series): RawBuilder<unknown> => (s.counting.where.length === 0 ? sql`true` : sql.join(s.counting.where.map((c) => conditionSql(fact, c, noRange)), sql` and `))
    const local = sql`${date} at time zone ${timeZone}`
    const sum = counting.aggregate === 'sum' && members[0] ? sql`case when ${meets(members[0])} then coalesce(${fact.measures[counting.measure ?? '']?.sql ?? sql`0`}, 0)::bigint else 0 end` : sql`0::bigint`
    const bits = counting.aggregate === 'sum' ? sql`0` : sql.join(members.map((s) => sql`case when ${meets(s)} then ${sql.lit(1 << s.slot)} else 0 end`), sql` + `)
    return [sql`select o.id, ${sql.lit(grp)}::smallint as grp, (${local})::date as day, extract(hour from ${local})::smallint as hour, ${fact.unit} as unit, (${bits})::int as hits, ${sum} as amount
      from ${fact.from(keptOrders)} where o.tenant_id = ${tenantId} and ${within(among, sql.ref('o.id'))} and ${within(among, fact.orderId)} and ${date} is not null`]
  })
  if (parts.length === 0) return
  await sql`insert into data_order_image (tenant_id, id, grps, days, hours, units, hits, amounts)
    select ${tenantId}, id, array_agg(grp), array_agg(day), array_agg(hour), array_agg(unit), array_agg(hits), array_agg(amount) from (${sql.join(parts, sql` union all `)}) p where hits <> 0 or amount <> 0 group by id`.execute(ctx.acrossTenants('the tenant is named'))
}

/** Counters of 21 bits, three to a number: one addition counts three series. A change or a step of a build counts far fewer parts than they hold. */
const BITS = 21
const EACH = 3

/** Adds (or takes away) what the images of these orders stand for, in every cut, by day and by month; days that are not kept count as the first of their month at once. */
async function fold(ctx: Ctx, { tenantId, daysFrom, series }: Target, among: Among, sign: 1 | -1): Promise<void> {
  const slots = Array.from({ length: Math.max(0, ...series.map((s) => s.slot)) + 1 }, (_, i) => i)
  const names = sql.join(slots.map((i) => sql.ref(`c${i}`)))
  const words = [...Map.groupBy(slots, (i) => Math.floor(i / EACH))]
  const k = (i: number): RawBuilder<unknown> => sql.ref(`k${i}`)
  await sql`with part as (
      select o.confidential as secret, p.grp, case when p.day < ${daysFrom}::date then date_trunc('month', p.day)::date else p.day end as day, p.amount,
        ${sql.join(words.map(([w, members]) => sql`${sql.join(members.map((i) => sql`(((p.hits >> ${sql.lit(i)}) & 1)::bigint << ${sql.lit((i % EACH) * BITS)})`), sql` + `)} as ${sql.ref(`w${w}`)}`))}, ${sql.join(cuts.map((cut, i) => sql`${placeSql(cut)} as ${k(i)}`))}
      from data_order_image i join data_order_fact o on o.tenant_id = i.tenant_id and o.id = i.id, unnest(i.grps, i.days, i.hours, i.units, i.hits, i.amounts) as p (grp, day, hour, unit, hits, amount)
      where i.tenant_id = ${tenantId} and ${within(among, sql.ref('i.id'))} and ${within(among, sql.ref('o.id'))}
    ), cell as (
      select grp, day, secret, case ${sql.join(cuts.map((_, i) => sql`when grouping(${k(i)}) = 0 then ${sql.lit(i)}`), sql` `)} end as cut, coalesce(${sql.join(cuts.map((_, i) => k(i)))}) as k,
        ${sql.join(slots.map((i) => sql`(sum(${sql.ref(`w${Math.floor(i / EACH)}`)})::bigint >> ${sql.lit((i % EACH) * BITS)}) & ${sql.lit((1 << BITS) - 1)} as ${sql.ref(`c${i}`)}`))}, sum(amount) as total
      from part group by grouping sets (${sql.join(cuts.map((_, i) => sql`(grp, day, secret, ${k(i)})`))})
    )
    insert into data_rollup as r (tenant_id, cut, grp, grain, day, secret, k, ${names}, total)
    select ${tenantId}, cut, grp, grain, first, secret, k, ${sql.join(slots.map((i) => sql`${sql.lit(sign)} * sum(${sql.ref(`c${i}`)})::int`))}, ${sql.lit(sign)} * sum(total)::bigint
    from (select cell.*, g.grain, case g.grain when 'd' then day else date_trunc('month', day)::date end as first from cell cross join (values ('d'), ('m')) as g (grain) where g.grain = 'm' or day >= ${daysFrom}::date) c
    group by cut, grp, grain, first, secret, k order by cut, grp, grain, first, secret, k
    on conflict (tenant_id, cut, grp, grain, day, secret, k) do update set ${sql.join(slots.map((i) => sql`${sql.ref(`c${i}`)} = r.${sql.ref(`c${i}`)} + excluded.${sql.ref(`c${i}`)}`))}, total = r.total + excluded.total`.execute(ctx.acrossTenants('the tenant is named'))
}
