// One question to the semantic layer: indicators by dimensions over a period. SQL gives integers, formulas give the rest; the total is
// counted with the rows, in the same statement, so that parts add up to it.
import { expressionBuilder, sql, type RawBuilder } from 'kysely'
import Fraction from 'fraction.js'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Input } from '../../kernel/http/route.ts'
import { addDays, DAY, startOfDay, type Instant } from '../../kernel/time/index.ts'
import { readableTenants, visible } from '../orders/index.ts'
import { tenantById } from '../platform/index.ts'
import { closure, type Catalogue } from './catalogue.ts'
import { changesIn, spansOf, type Change } from './spans.ts'
import type * as contract from './contract.ts'
import { dataFail } from './data.errors.ts'
import { applies, dimensionOf, type Dimension, type Place } from './dimensions.ts'
import { specialDaysOf } from './special-days.ts'
import { factOf } from './fact-catalogue.ts'
import { keptOrders, liveOrders, type Fact, type Range } from './facts.ts'
import { isOfOrder, ofOrderSql, unitsNamed, UUID, type Filter } from './filters.ts'
import type { Exact } from './formula.ts'
import { allConditions, formulaOf, isBasic, type Basic, type Definition, type Indicator } from './indicator.ts'
import { isFiled } from './history/columns.ts'
import { askFiles, filesOf, outside } from './history/count-history.ts'
import type { Month } from './history/months.ts'
import { countKept, cutOf, daysKept, summable, type Counted } from './kept/count.ts'
import { planOf, type Plan, type Way } from './kept/plan.ts'

const MOST_DAYS = 1100
type Ask = Pick<Input<typeof contract.figuresRoute>, 'indicators' | 'dimensions' | 'from' | 'to' | 'where' | 'below'>
type Groups = Map<string | null, { keys: (string | null)[]; values: Map<string, Exact> }>

/** What a question runs against: the period as moments, and rows under the reader's scope and the question's filters. */
export async function scopeOf(ctx: Ctx, input: Pick<Ask, 'from' | 'to' | 'where' | 'below'>) {
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const range: Range = { from: startOfDay(input.from, timeZone), before: startOfDay(addDays(input.to, 1), timeZone), now: ctx.clock.now() }
  if (range.before <= range.from || range.before - range.from > (MOST_DAYS + 1) * DAY) throw dataFail('period', { params: { days: MOST_DAYS }, fields: [{ path: 'to', message: '请检查统计期' }] })
  const [where, days] = [await unitsNamed(ctx, input.where), await specialDaysOf(ctx)]
  const words = await Promise.all(where.filter(isOfOrder).map((f) => ofOrderSql(ctx, f)))
  const filters = (fact: Fact, date: RawBuilder<unknown> | null): RawBuilder<unknown>[] => {
    if (fact.own && words.length > 0) throw dataFail('notOfFact', { params: { dimension: '词语', fact: fact.label } })
    return [...words, ...where.filter((f) => !isOfOrder(f)).map((f) => filterSql(f, { fact, date, timeZone, days }))]
  }
  const rows = (fact: Fact, kept = false, date: RawBuilder<unknown> | null = null): RawBuilder<unknown> => {
    const own = input.below ? readableTenants(ctx) : [ctx.tenantId]
    const scope = fact.own ? [fact.own.scope(ctx, input.below)] : [sql`o.tenant_id in (${sql.join(own)})`, visible(ctx, expressionBuilder() as never)]
    return sql`from ${fact.from(kept ? keptOrders : liveOrders)} where ${sql.join([...scope, ...filters(fact, date)], sql` and `)}`
  }
  /** Rows of past months from their files, for who sees the whole tenant; confidential ones only with the right to them. */
  const past = (fact: Fact, date: RawBuilder<unknown> | null, key: string, months: readonly Month[], secret: boolean): RawBuilder<unknown> => sql`from ${fact.from(filesOf(months), isFiled(key) ? filesOf(months, key) : undefined)} where ${sql.join([secret ? sql`true` : sql`not o.confidential`, ...filters(fact, date)], sql` and `)}`
  return { range, timeZone, days, rows, past }
}

/** Dimensions whose members are ids: another text is a slip of the caller, not a member without rows. */
const byId = new Set(['unit', 'category', 'matter', 'industry', 'hotEvent'])

function filterSql({ dimension, values }: Filter, place: Place): RawBuilder<unknown> {
  const by = chosen(dimension)
  held(by, place.fact)
  if (by.group === 'slot' && !place.date) throw dataFail('wrongMember', { params: { dimension: by.label }, detail: '期末的数没有时段' })
  if (by.group === 'time') throw dataFail('wrongMember', { params: { dimension: by.label }, detail: '时间请用统计期限定' })
  if (byId.has(by.key) && !values.every((v) => v === null || UUID.test(v))) throw dataFail('wrongMember', { params: { dimension: by.label }, fields: [{ path: 'where', message: `“${by.label}”的值应是编号` }] })
  const key = by.sql(place)
  const named = values.filter((v) => v !== null)
  const parts = [...(named.length > 0 ? [sql`${key} in (${sql.join(named)})`] : []), ...(named.length < values.length ? [sql`${key} is null`] : [])]
  return sql`(${sql.join(parts, sql` or `)})`
}

export const chosen = (key: string): Dimension => {
  const found = dimensionOf(key)
  if (!found) throw dataFail('unknownDimension', { params: { dimension: key } })
  return found
}

/** @throws data.notOfFact for a dimension of orders asked of calls, and the other way round */
export const held = (by: Dimension, fact: Fact): void => {
  if (!applies(by, fact)) throw dataFail('notOfFact', { params: { dimension: by.label, fact: fact.label } })
}

type Scope = Awaited<ReturnType<typeof scopeOf>>

type From = { kept?: boolean; only?: RawBuilder<unknown>; /** Counted from these months' files. */ past?: { months: readonly Month[]; secret: boolean } }

/** All basic indicators of one fact and date in one statement: from orders, from the narrow rows kept of them, or from files (null: these cannot be asked now). */
async function count(ctx: Ctx, scope: Scope, group: Indicator[], by: readonly Dimension[], from?: From & { past?: undefined }): Promise<Counted[]>
async function count(ctx: Ctx, scope: Scope, group: Indicator[], by: readonly Dimension[], from: From): Promise<Counted[] | null>
async function count(ctx: Ctx, scope: Scope, group: Indicator[], by: readonly Dimension[], { kept = false, only, past }: From = {}): Promise<Counted[] | null> {
  const basics = group.map((g) => ({ code: g.code, d: g.definition as Basic })) // grouped from basic ones
  const first = basics[0]
  const fact = factOf(first?.d.fact ?? '')
  const date = fact?.dates[first?.d.date ?? '']
  if (!first || !fact || !date) return []
  if (!date.column && by.some((d) => d.group === 'time')) throw dataFail('noTime', { params: { name: group[0]?.name ?? '' } })
  for (const d of by) held(d, fact)
  const { range, timeZone, days, rows } = scope
  // What is past its limit has a limit: the few rows that have one are found by their own index.
  const moved = basics.every(({ d }) => d.where.some((c) => c.field === 'overdue' && c.op === 'yes')) ? sql` and o.next_due_at is not null` : sql``
  const name = (prefix: string, i: number): RawBuilder<unknown> => sql.ref(`${prefix}${i}`)
  const inner = [
    sql`${fact.orderId} as order_id`,
    ...by.map((d, i) => sql`${d.sql({ fact, date: date.column, timeZone, days })} as ${name('k', i)}`),
    ...basics.flatMap(({ d }, i) => [sql`(${allConditions(fact, d, range)}) as ${name('c', i)}`, ...(d.aggregate !== 'count' && d.aggregate !== 'orders' && d.measure ? [sql`${fact.measures[d.measure]?.sql ?? sql`0`} as ${name('m', i)}`] : [])]),
  ]
  const aggregates = basics.map(({ d }, i) => {
    const what = { count: sql`count(*)`, orders: sql`count(distinct order_id)`, sum: sql`sum(${name('m', i)})`, max: sql`max(${name('m', i)})` }[d.aggregate]
    return sql`coalesce(${what} filter (where ${name('c', i)}), 0)::text as ${name('v', i)}`
  })
  const keys = by.map((_, i) => name('k', i))
  const sets = keys.length === 0 ? sql`` : sql`group by grouping sets ((${sql.join(keys)}), ())`
  const heads = [...keys, keys.length === 0 ? sql`true as total` : sql`grouping(${keys[0] as RawBuilder<unknown>}) = 1 as total`, ...aggregates]
  const source = past ? scope.past(fact, date.column, first.d.fact, past.months, past.secret) : rows(fact, kept, date.column)
  const statement = sql<Record<string, unknown>>`select ${sql.join(heads)} from (select ${sql.join(inner)} ${source} and ${date.within(range)}${only ? sql` and ${only}` : sql``}${moved}) f ${sets}`
  const found = past ? await askFiles(ctx, statement) : (await statement.execute(ctx.acrossTenants('rows are held to tenants by the scope'))).rows
  return found && found.map((row) => ({
    keys: by.map((_, i) => (typeof row[`k${i}`] === 'string' ? (row[`k${i}`] as string) : null)), total: row['total'] === true,
    values: new Map(basics.map(({ code }, i) => [code, new Fraction(String(row[`v${i}`] ?? '0'))])),
  }))
}

const groupKey = (i: Indicator): string => (isBasic(i.definition) ? `${i.definition.fact} ${i.definition.date}` : '')

const isStock = ({ definition: d }: Indicator): boolean => isBasic(d) && factOf(d.fact)?.dates[d.date]?.column === null

/** Sums where they are kept, rows where they are not; what a reader without the right to confidential orders may still see of them is counted by itself. */
async function countPlanned(ctx: Ctx, ask: Ask, scope: Scope, plan: Plan, group: Indicator[], by: readonly Dimension[]): Promise<Counted[]> {
  const cut = plan.sums ? cutOf(by, ask.where) : null
  const ready = plan.sums && cut !== null ? group.filter((i) => summable(i, plan.series, plan.kept) && daysKept({ ...ask, by }, isStock(i), plan.kept)) : []
  const rest = group.filter((i) => !ready.includes(i))
  const kept = plan.way !== 'live'
  const timed = by.some((d) => d.group === 'time')
  const stock = ready.find(isStock)
  if (timed && stock) throw dataFail('noTime', { params: { name: stock.name } })
  const lines: Counted[] = rest.length > 0 ? await countRows(ctx, scope, plan, rest, by) : []
  if (ready.length > 0 && plan.sums && cut !== null) {
    lines.push(...(await countKept(ctx, { from: ask.from, to: ask.to, where: ask.where, by, tenantId: ctx.tenantId, secret: plan.secret }, cut, ready, plan.series, plan.kept)))
    if (!plan.secret) lines.push(...(await count(ctx, scope, ready, by, { kept, only: sql`o.confidential` })))
  }
  return lines
}

/** A file is worth its reading from this many on: of fewer months the index finds the rows as soon. */
const LEAST_MONTHS = 3
const LONG = 90 * DAY

/** What a question reads from files: of orders by registration the months of the period; of tasks, clocks and callbacks, which come after it, all months up to its end, where it is long. */
function monthsFor(d: Definition | undefined, range: Range, past: readonly Month[]): readonly Month[] {
  if (!d || !isBasic(d) || !isFiled(d.fact)) return []
  if (d.fact === 'order') return d.date === 'registered' ? past.filter((m) => m.startsAt < range.before && m.endsAt > range.from) : past
  return range.before - range.from < LONG ? [] : past.filter((m) => m.startsAt < range.before)
}

/** Rows: those of past months from files where there are some, the rest from PostgreSQL; the parts add up, since an order is in one month. */
async function countRows(ctx: Ctx, scope: Scope, plan: Plan, group: Indicator[], by: readonly Dimension[]): Promise<Counted[]> {
  const kept = plan.way !== 'live'
  // The largest of two parts is not their sum.
  const largest = group.filter(({ definition: d }) => isBasic(d) && d.aggregate === 'max')
  if (largest.length > 0 && largest.length < group.length) return [...(await count(ctx, scope, largest, by, { kept })), ...(await countRows(ctx, scope, plan, group.filter((i) => !largest.includes(i)), by))]
  const months = monthsFor(group[0]?.definition, scope.range, plan.past)
  if (months.length < LEAST_MONTHS || largest.length > 0) return count(ctx, scope, group, by, { kept })
  const past = await count(ctx, scope, group, by, { past: { months, secret: plan.secret } })
  if (past === null) return count(ctx, scope, group, by, { kept })
  const present = await count(ctx, scope, group, by, { kept, only: outside(months) })
  if (plan.secret) return [...past, ...present]
  return [...past, ...present, ...(await count(ctx, scope, group, by, { kept, only: sql`o.confidential and not (${outside(months)})` }))]
}

type Evaluated = { indicators: Indicator[]; groups: Groups; asOf: Instant }

/**
 * Values of every indicator asked for and of all their parts, by group; the total's key is null. A group of time is counted by the definitions
 * of its last day, the total by those of the period's last day; `changed` names the definitions that changed in between. `way` holds the planner to one way, for tests.
 */
export async function evaluate(ctx: Ctx, asked: Ask, catalogue: Catalogue, way?: Way): Promise<Evaluated & { changed: Change[] }> {
  const ask = { ...asked, where: await unitsNamed(ctx, asked.where) }
  const whole = await evaluateSpan(ctx, ask, catalogue, way)
  const bucket = ask.dimensions.map(chosen).find((d) => d.group === 'time' && d.key !== 'hour')
  const changed = bucket ? changesIn(catalogue, ask.indicators, ask) : []
  const spans = bucket ? spansOf(bucket.key, ask, changed.map((c) => c.fromDay)) : []
  if (spans.length < 2) return { ...whole, changed }
  const groups: Groups = new Map([...whole.groups].filter(([key]) => key === null))
  for (const span of spans) for (const [key, group] of (await evaluateSpan(ctx, { ...ask, ...span }, catalogue, way)).groups) if (key !== null) groups.set(key, group)
  return { ...whole, groups, changed }
}

/** One set of definitions, those of the span's last day. */
async function evaluateSpan(ctx: Ctx, ask: Ask, catalogue: Catalogue, way?: Way): Promise<Evaluated> {
  const by = ask.dimensions.map(chosen)
  const indicators = closure(catalogue, ask.indicators, ask.to)
  const scope = await scopeOf(ctx, ask)
  const plan = await planOf(ctx, { below: ask.below, words: ask.where.some(isOfOrder), timeZone: scope.timeZone }, way)
  const groups: Groups = new Map()
  const basics = indicators.filter((i) => isBasic(i.definition))
  for (const group of Map.groupBy(basics, groupKey).values()) {
    for (const line of await countPlanned(ctx, ask, scope, plan, group, by)) {
      const key = line.total ? null : JSON.stringify(line.keys)
      const held = groups.get(key) ?? { keys: line.keys, values: new Map<string, Exact>() }
      for (const [code, value] of line.values) held.values.set(code, value.add(held.values.get(code) ?? 0))
      groups.set(key, held)
    }
  }
  if (!groups.has(null)) groups.set(null, { keys: by.map(() => null), values: new Map() })
  for (const { values } of groups.values()) {
    // A group without a row of one fact counts none of it.
    for (const { code } of basics) if (!values.has(code)) values.set(code, new Fraction(0))
    for (const { code, definition: d } of indicators) if (!isBasic(d)) values.set(code, formulaOf(d).run(values))
  }
  return { indicators, groups, asOf: plan.asOf }
}
