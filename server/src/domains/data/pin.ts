// Rows of a period written down with what they count for: an assessment freezes them and counts from them ever after. The conditions are
// those of live figures; here each row carries the indicators it meets as bits, so that one pass over the rows serves all of them.
import { sql, type RawBuilder } from 'kysely'
import { dataFail } from './data.errors.ts'
import { factOf } from './fact-catalogue.ts'
import { liveOrders, type Fact, type FactKey, type Range } from './facts.ts'
import { conditionSql, isBasic, type Basic, type Indicator } from './indicator.ts'

/** One fact by one date; a row meets `basics[i]` if bit i of its `hits` is set. */
export type PinGroup = { fact: FactKey; date: string; basics: { code: string; definition: Basic }[] }

/** Bits of a signed 64-bit number. */
const MOST = 62

/** Basic indicators in groups that are read in one pass. `dateOf` may lay an indicator on another date than its own. @throws data.definitionFault for more than 62 of one group */
export function pinGroups(indicators: readonly Indicator[], dateOf: (d: Basic) => string): PinGroup[] {
  const basics = indicators.flatMap(({ code, definition }) => (isBasic(definition) ? [{ code, definition }] : []))
  const groups = [...Map.groupBy(basics, ({ definition: d }) => `${d.fact} ${dateOf(d)}`).values()]
  return groups.map((group) => {
    const first = group[0]
    if (!first || !factOf(first.definition.fact)) throw dataFail('definitionFault', { params: { fault: first?.definition.fact ?? '' } })
    // Scores are counted from orders; the largest of something is no sum of parts.
    if (factOf(first.definition.fact)?.own || group.some((g) => g.definition.aggregate === 'max')) throw dataFail('definitionFault', { params: { fault: '考核只能使用工单的计数与求和指标' } })
    if (group.length > MOST) throw dataFail('definitionFault', { params: { fault: `同一类数据最多 ${MOST} 个基础指标` } })
    return { fact: first.definition.fact as FactKey, date: dateOf(first.definition), basics: group } // checked by factOf
  })
}

export type PinScope = {
  tenantId: string
  range: Range
  /** Only these orders: after one of them changed. */
  orderIds?: readonly string[]
  /** Orders (`o`) that count in this period though their own date lies before it. */
  late?: RawBuilder<unknown>
}

/**
 * A select of the group's rows: row_id, order_id, unit_id, area_code, person_id (who registered), appeal_type, at, hits (bigint), amounts
 * (bigint[], one a basic, null where nothing is summed). Rows that meet nothing are left out. The caller answers for the reader's rights.
 */
export function pinnedRows(group: PinGroup, scope: PinScope): RawBuilder<unknown> {
  const fact: Fact | undefined = factOf(group.fact)
  const date = fact?.dates[group.date]
  if (!fact || !date) throw dataFail('definitionFault', { params: { fault: `${group.fact}.${group.date}` } })
  const { range } = scope
  const bits = group.basics.map(({ definition: d }, i) => (d.where.length === 0 ? sql`${sql.lit(String(1n << BigInt(i)))}::bigint` : sql`case when ${sql.join(d.where.map((c) => conditionSql(fact, c, range)), sql` and `)} then ${sql.lit(String(1n << BigInt(i)))}::bigint else 0 end`))
  const sums = group.basics.some(({ definition: d }) => d.aggregate === 'sum')
  const amounts = sums ? sql`array[${sql.join(group.basics.map(({ definition: d }) => (d.aggregate === 'sum' && d.measure ? sql`coalesce(${fact.measures[d.measure]?.sql ?? sql`0`}, 0)::bigint` : sql`0::bigint`)))}]` : sql`null::bigint[]`
  const within = scope.late && date.column ? sql`(${date.within(range)} or (${date.column} < ${iso(range)} and ${scope.late}))` : date.within(range)
  const only = scope.orderIds ? sql` and o.id = any(${scope.orderIds}::uuid[])` : sql``
  return sql`select * from (select ${fact.id} as row_id, o.id as order_id, ${fact.unit} as unit_id, o.area_code, o.registered_by as person_id, o.appeal_type, ${date.column ?? sql`null::timestamptz`} as at, ${sql.join(bits, sql` + `)} as hits, ${amounts} as amounts
    from ${fact.from(liveOrders)} where o.tenant_id = ${scope.tenantId} and ${within}${only}) p where p.hits <> 0`
}

const iso = (range: Range): RawBuilder<unknown> => sql`to_timestamp(${range.from / 1000})`
