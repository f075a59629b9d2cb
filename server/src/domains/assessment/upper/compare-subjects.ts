// The seven subjects in which a month's detail of the upper platform is compared with what stands here, order by order (ASM-14, table A2).
// A subject is three expressions over a row of the detail `u`, its order `o` and the last callback `r`: own words, the upper's words, whether they agree.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { addDays, startOfDay, toIso, type Instant } from '../../../kernel/time/index.ts'
import { schemeNodeById } from '../../matters/index.ts'
import { appealTypeNames, channelNames, readOrder, visible } from '../../orders/index.ts'
import { afterCursor, nextPage, setting, tenantById } from '../../platform/index.ts'
import { assessmentFail } from '../assessment.errors.ts'
import { db, orderScope } from '../assessment.queries.ts'
import { periodHolding } from '../periods.ts'
import { monthStartDay, upperWords } from '../settings.ts'
import { results, subjects } from './upper-contract.ts'
import type * as contract from "./upper-contract.ts"
import { definitionText, resultNames, subjectNames } from './upper.zh-CN.ts'

type Subject = (typeof subjects)[number]
type Words = { upper: RawBuilder<unknown>; categories: RawBuilder<unknown> }
type Shape = { own: RawBuilder<string | null>; upper: RawBuilder<string | null>; same: RawBuilder<boolean> }

const questions = [['contacted', '响应'], ['solved', '解决'], ['satisfied', '满意']] as const
/** "响应是 解决否 满意否", of what was said. */
const said = (alias: 'u' | 'r') => sql<string | null>`nullif(concat_ws(' ', ${sql.join(questions.map(([q, name]) => sql`case ${sql.ref(`${alias}.${q}`)} when 'yes' then ${`${name}是`} when 'no' then ${`${name}否`} end`))}), '')`
const agree = sql<boolean>`(${sql.join(questions.map(([q]) => sql`(${sql.ref(`r.${q}`)} not in ('yes', 'no') or ${sql.ref(`u.${q}`)} not in ('yes', 'no') or ${sql.ref(`r.${q}`)} = ${sql.ref(`u.${q}`)})`), sql` and `)})`
const yesNo = (test: RawBuilder<unknown>) => sql<string | null>`case when ${test} then '是' when not ${test} then '否' end`
const marked = (own: RawBuilder<unknown>, upper: string): Shape => ({ own: yesNo(own), upper: yesNo(sql.ref(upper)), same: sql<boolean>`(${own}) = ${sql.ref(upper)}` })
const stands = (kind: string, state: RawBuilder<unknown>) => sql`exists (select 1 from orders_pub_exclusion_view x where x.tenant_id = u.tenant_id and x.order_id = u.order_id and x.kind = ${kind} and ${state})`
/** The upper platform's word, put into ours where the tenant said how. */
const translated = (column: string, words: Words) => sql<string | null>`coalesce(${words.upper} ->> ${sql.ref(column)}, ${sql.ref(column)})`
const named = (names: Readonly<Record<string, string>>, column: string) => sql<string | null>`coalesce(${JSON.stringify(names)}::jsonb ->> ${sql.ref(column)}, ${sql.ref(column)})`

function shapeOf(subject: Subject, words: Words): Shape {
  switch (subject) {
    case 'callbacks': return { own: said('r'), upper: said('u'), same: agree }
    case 'exclusions': return marked(stands('exclude', sql`x.state = 'approved'`), 'u.not_counted')
    case 'shelvings': return marked(stands('shelve', sql`x.state in ('lifted', 'expired')`), 'u.shelving_ended')
    case 'keyEvents': return marked(sql`'keyCase' = any(o.flags)`, 'u.key_event')
    case 'units': {
      const upper = translated('u.unit_name', words)
      // The upper platform often knows the department only: any unit above the handling one agrees.
      return { own: sql`o.lead_unit_name`, upper, same: sql<boolean>`exists (select 1 from platform_unit_view l join platform_unit_view a on a.tenant_id = l.tenant_id and a.id = any(l.path) where l.tenant_id = u.tenant_id and l.id = o.lead_unit_id and ${upper} in (a.name, a.code))` }
    }
    case 'types': {
      const [upper, category] = [translated('u.case_type', words), sql<string | null>`(${words.categories} ->> o.category_id::text)`]
      return { own: sql`nullif(concat_ws(' / ', ${named(appealTypeNames, 'o.appeal_type')}, ${category}, o.matter_name), '')`, upper, same: sql<boolean>`${upper} in (${named(appealTypeNames, 'o.appeal_type')}, coalesce(${category}, ''), coalesce(o.matter_name, ''))` }
    }
    case 'sources': {
      const upper = translated('u.source', words)
      return { own: named(channelNames, 'o.channel'), upper, same: sql<boolean>`${upper} in (${named(channelNames, 'o.channel')}, coalesce(o.registration_source, ''))` }
    }
  }
}

const resultOf = ({ own, upper, same }: Shape) => sql<string>`case when ${upper} is null then 'upperMissing' when ${own} is null then 'ownMissing' when ${same} then 'same' else 'differs' end`

/**
 * Standing rows of the month's detail with their orders, as far as the reader sees them, and the last callback up to that month: it belongs
 * to the month in which its order was closed. What was asked after a later redo is no part of an old month.
 */
const rowsOf = (before: Instant): RawBuilder<unknown> => sql`assessment_upper_row u join orders_pub_fact_view o on o.tenant_id = u.tenant_id and o.id = u.order_id
  left join lateral (select c.contacted, c.solved, c.satisfied from callback_pub_result_view c where c.tenant_id = u.tenant_id and c.order_id = u.order_id
    order by ${inTime(before)} desc, case when ${inTime(before)} then c.at end desc, c.at limit 1) as r on true`
/** One that was closed at the end of the month is asked in the next: where nothing was asked in time, the first answer is its own. */
const inTime = (before: Instant): RawBuilder<unknown> => sql`(c.at < ${toIso(before)}::timestamptz or coalesce(o.closed_at < ${toIso(before)}::timestamptz, false))`

async function monthRows(ctx: Ctx, month: string): Promise<RawBuilder<unknown>> {
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const startDay = await setting(ctx, monthStartDay)
  const { to } = periodHolding('month', startDay > 1 ? `${month}-01` : `${month}-15`, startDay)
  return rowsOf(startOfDay(addDays(to, 1), timeZone))
}
const ofMonth = (ctx: Ctx, month: string) => sql`u.tenant_id = ${ctx.tenantId} and u.month = ${month} and u.replaced_at is null and ${visible(ctx, orderScope)}`

async function wordsOf(ctx: Ctx, month: string): Promise<Words> {
  const { rows } = await sql<{ id: string }>`select distinct o.category_id as id from ${await monthRows(ctx, month)} where ${ofMonth(ctx, month)} and o.category_id is not null`.execute(db(ctx))
  const categories = Object.fromEntries(await Promise.all(rows.map(async ({ id }) => [id, (await schemeNodeById(ctx, id))?.name ?? ''] as const)))
  return { upper: sql`${JSON.stringify(await setting(ctx, upperWords))}::jsonb`, categories: sql`${JSON.stringify(categories)}::jsonb` }
}

type Sums = Record<string, number>
const rateOf = (row: Sums, alias: string) => {
  const share = (q: string): number | null => { const n = row[`${alias}_${q}_n`] ?? 0; return n === 0 ? null : (row[`${alias}_${q}_yes`] ?? 0) / n }
  return { asked: row[`${alias}_asked`] ?? 0, contacted: share('contacted'), solved: share('solved'), satisfied: share('satisfied') }
}
const rateColumns = (['u', 'r'] as const).flatMap((a) => [sql`count(*) filter (where ${sql.ref(`${a}.contacted`)} in ('yes', 'no'))::int as ${sql.ref(`${a}_asked`)}`,
  ...questions.flatMap(([q]) => [sql`count(*) filter (where ${sql.ref(`${a}.${q}`)} = 'yes')::int as ${sql.ref(`${a}_${q}_yes`)}`, sql`count(*) filter (where ${sql.ref(`${a}.${q}`)} in ('yes', 'no'))::int as ${sql.ref(`${a}_${q}_n`)}`])])

export async function upperSummary(ctx: Ctx, { month }: Input<typeof contract.upperSummaryRoute>): Promise<Output<typeof contract.upperSummaryRoute>> {
  const words = await wordsOf(ctx, month)
  const counts = subjects.flatMap((subject) => results.map((result) => sql`count(*) filter (where ${resultOf(shapeOf(subject, words))} = ${result})::int as ${sql.ref(`${subject}_${result}`)}`))
  const { rows: [sums = {}] } = await sql<Sums>`select count(*)::int as orders, ${sql.join([...counts, ...rateColumns])} from ${await monthRows(ctx, month)} where ${ofMonth(ctx, month)}`.execute(db(ctx))
  const { rows: units } = await sql<Sums & { unitId: string | null; unitName: string }>`select o.lead_unit_id as "unitId", coalesce(max(o.lead_unit_name), '—') as "unitName", count(*)::int as orders, ${sql.join(rateColumns)} from ${await monthRows(ctx, month)} where ${ofMonth(ctx, month)} group by o.lead_unit_id order by orders desc, 2 limit 200`.execute(db(ctx))
  const tally = (subject: Subject) => Object.fromEntries(results.map((result) => [result, sums[`${subject}_${result}`] ?? 0])) as Record<(typeof results)[number], number>
  return {
    month, orders: sums['orders'] ?? 0, own: rateOf(sums, 'r'), upper: rateOf(sums, 'u'), definition: definitionText,
    subjects: subjects.map((subject) => { const n = tally(subject); return { subject, name: subjectNames[subject], compared: n.same + n.differs, ...n } }),
    units: units.map((u) => ({ unitId: u.unitId, unitName: u.unitName, orders: u['orders'] ?? 0, own: rateOf(u, 'r'), upper: rateOf(u, 'u') })),
  }
}

/** How often each value stands here and above, among the orders of the detail. */
export async function upperValues(ctx: Ctx, { month, subject }: Input<typeof contract.upperValuesRoute>): Promise<Output<typeof contract.upperValuesRoute>> {
  const shape = shapeOf(subject, await wordsOf(ctx, month))
  const { rows } = await sql<{ value: string; own: number; upper: number }>`with x as (select ${shape.own} as own, ${shape.upper} as upper from ${await monthRows(ctx, month)} where ${ofMonth(ctx, month)})
    select value, sum(own)::int as own, sum(upper)::int as upper from (select coalesce(own, '—') as value, 1 as own, 0 as upper from x union all select coalesce(upper, '—'), 0, 1 from x) as y group by value order by greatest(sum(own), sum(upper)) desc, value limit 200`.execute(db(ctx))
  return { items: rows.map((r) => ({ ...r, difference: r.own - r.upper })) }
}

type Row = { id: string; number: string; title: string; unitName: string | null; own: string | null; upper: string | null; result: (typeof results)[number]; cause: string | null; note: string | null; causeByName: string | null; at: Instant }

export async function listUpperRows(ctx: Ctx, input: Input<typeof contract.listUpperRowsRoute>): Promise<Output<typeof contract.listUpperRowsRoute>> {
  const shape = shapeOf(input.subject, await wordsOf(ctx, input.month))
  const result = resultOf(shape)
  const from = sql`${await monthRows(ctx, input.month)} left join assessment_upper_cause k on k.tenant_id = u.tenant_id and k.month = u.month and k.order_id = u.order_id and k.subject = ${input.subject}`
  const where = [ofMonth(ctx, input.month)]
  if (input.result) where.push(sql`${result} = ${input.result}`)
  if (input.unitId) where.push(sql`o.lead_unit_id = ${input.unitId}`)
  if (input.number) where.push(sql`o.number = ${input.number}`)
  if (input.explained !== undefined) where.push(sql`(k.cause is not null) = ${input.explained}`)
  const all = sql.join(where, sql` and `)
  const { rows } = await sql<Row>`select o.id, o.number, o.title, o.lead_unit_name as "unitName", ${shape.own} as own, ${shape.upper} as upper, ${result} as result, k.cause, k.note, k.by_name as "causeByName", o.registered_at as at
    from ${from} where ${all} and ${afterCursor(input.cursor, 'o.registered_at', 'o.id')} order by o.registered_at desc, o.id desc limit ${input.limit + 1}`.execute(db(ctx))
  const { rows: counted } = await sql<{ n: number }>`select count(*)::int as n from (select 1 from ${from} where ${all} limit 1001) as bounded`.execute(db(ctx))
  const n = counted[0]?.n ?? 0
  const page = nextPage(rows, input.limit, (row) => row.at)
  return { items: page.items.map((row) => ({ ...row, resultName: resultNames[row.result] })), next: page.next, count: { value: Math.min(n, 1000), capped: n > 1000 } }
}

export async function explainUpperRow(ctx: Ctx, input: Input<typeof contract.explainUpperRoute>): Promise<Output<typeof contract.explainUpperRoute>> {
  authorize(ctx, 'assessment.manage')
  const order = await readOrder(ctx, input.id)
  const row = await db(ctx).selectFrom('assessment_upper_row').select('id').where('tenant_id', '=', ctx.tenantId).where('month', '=', input.month).where('order_id', '=', order.id).where('replaced_at', 'is', null).executeTakeFirst()
  if (!row) throw assessmentFail('notFound')
  const said = { cause: input.cause, note: input.note || null, by_name: ctx.actor.name, at: ts(ctx.clock.now()) }
  await db(ctx).insertInto('assessment_upper_cause').values({ tenant_id: ctx.tenantId, month: input.month, order_id: order.id, subject: input.subject, ...said }).onConflict((c) => c.columns(['tenant_id', 'month', 'order_id', 'subject']).doUpdateSet(said)).execute()
  return { id: order.id, cause: input.cause }
}
