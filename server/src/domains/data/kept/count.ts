// Counts read from the sums: the same lines that counting the rows gives.
import Fraction from 'fraction.js'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Dimension } from '../dimensions.ts'
import { isBasic, type Basic, type Indicator } from '../indicator.ts'
import { cutFor, cuts } from './cuts.ts'
import { segmentsOf, type Segment } from './periods.ts'
import { countingsOf, seriesFor, type Series } from './series.ts'
import type { Kept } from './state.ts'

export type Counted = { keys: (string | null)[]; total: boolean; values: Map<string, Fraction> }
type Filter = { dimension: string; values: (string | null)[] }
export type KeptAsk = { from: string; to: string; where: readonly Filter[]; by: readonly Dimension[]; tenantId: string; /** Confidential orders too. */ secret: boolean }

type Terms = { enter: Series; leave: Series | null }
/** What an indicator is the sum of, if that is built. */
function termsOf(d: Basic, series: readonly Series[], kept: Kept): Terms | null {
  const countings = countingsOf(d)
  if (!countings) return null
  const built = (counting: typeof countings.enter): Series | null => {
    const found = seriesFor(series, counting)
    return found && found.number <= kept.series ? found : null
  }
  const enter = built(countings.enter)
  const leave = countings.leave ? built(countings.leave) : null
  return enter && (leave || !countings.leave) ? { enter, leave } : null
}

const isTime = (d: Dimension): boolean => d.group === 'time' && d.key !== 'hour'

/** The cut that has every dimension and filter of the question; null if none has. */
export function cutOf(by: readonly Dimension[], where: readonly Filter[]): number | null {
  const found = cutFor([...by.filter((d) => !isTime(d)).map((d) => d.key), ...where.map((f) => f.dimension)])
  return found < 0 ? null : found
}

/** Whether the days a question needs are still kept; whole months always are. */
export const daysKept = (ask: Pick<KeptAsk, 'from' | 'to' | 'by'>, stock: boolean, kept: Kept): boolean => segments(ask, stock).every((s) => s.grain === 'm' || (s.from !== null && s.from >= kept.daysFrom))

const segments = (ask: Pick<KeptAsk, 'from' | 'to' | 'by'>, stock: boolean): Segment[] => segmentsOf(stock ? null : ask.from, ask.to, ask.by.some((d) => d.key === 'day' || d.key === 'week'))

export const summable = (indicator: Indicator, series: readonly Series[], kept: Kept): boolean => isBasic(indicator.definition) && termsOf(indicator.definition, series, kept) !== null

/** All of one fact and date, each `summable`. */
export async function countKept(ctx: Ctx, ask: KeptAsk, cut: number, group: readonly Indicator[], series: readonly Series[], kept: Kept): Promise<Counted[]> {
  const basics = group.flatMap(({ code, definition: d }) => {
    const terms = isBasic(d) ? termsOf(d, series, kept) : null
    return terms && isBasic(d) ? [{ code, d, terms }] : []
  })
  const dims = cuts[cut] ?? []
  const at = (key: string): RawBuilder<unknown> => sql`nullif(k[${sql.lit(dims.indexOf(key) + 1)}], '')`
  const keyOf = (d: Dimension): RawBuilder<unknown> => (isTime(d) ? (d.text ?? ((day) => day))(sql.ref('day')) : at(d.key))
  const stock = basics.some(({ terms }) => terms.leave)
  const grps = [...new Set(basics.flatMap(({ terms }) => [terms.enter.grp, ...(terms.leave ? [terms.leave.grp] : [])]))]
  const filters = ask.where.map((f) => {
    const named = f.values.filter((v) => v !== null)
    const parts = [...(named.length > 0 ? [sql`${at(f.dimension)} in (${sql.join(named)})`] : []), ...(named.length < f.values.length ? [sql`${at(f.dimension)} is null`] : [])]
    return sql`(${sql.join(parts, sql` or `)})`
  })
  const rows = segments(ask, stock).map((s) => sql`select *, ${sql.lit(s.sign)} as sign from data_rollup where ${sql.join([sql`tenant_id = ${ask.tenantId} and cut = ${sql.lit(cut)} and grp in (${sql.join(grps.map((g) => sql.lit(g)))}) and grain = ${sql.lit(s.grain)} and ${daysOf(s)}`, ...(ask.secret ? [] : [sql`not secret`]), ...filters], sql` and `)}`)
  const sum = (s: Series): RawBuilder<unknown> => sql`coalesce(sum(sign * ${s.counting.aggregate === 'sum' ? sql.ref('total') : sql.ref(`c${s.slot}`)}) filter (where grp = ${sql.lit(s.grp)}), 0)`
  const values = basics.map(({ terms }, i) => sql`(${sum(terms.enter)}${terms.leave ? sql` - ${sum(terms.leave)}` : sql``})::text as ${sql.ref(`v${i}`)}`)
  const names = ask.by.map((_, i) => sql.ref(`k${i}`))
  const heads = [...names, names[0] ? sql`grouping(${names[0]}) = 1 as total` : sql`true as total`, ...values]
  const { rows: found } = await sql<Record<string, unknown>>`select ${sql.join(heads)} from (select sign, grp, total, ${sql.join([...Array.from({ length: 16 }, (_, i) => sql.ref(`c${i}`)), ...ask.by.map((d, i) => sql`${keyOf(d)} as ${sql.ref(`k${i}`)}`)])} from (${sql.join(rows, sql` union all `)}) r) f
    ${names.length > 0 ? sql`group by grouping sets ((${sql.join(names)}), ())` : sql``}`.execute(ctx.acrossTenants('the tenant is named'))
  return found.map((row) => ({
    keys: ask.by.map((_, i) => (typeof row[`k${i}`] === 'string' ? (row[`k${i}`] as string) : null)), total: row['total'] === true,
    values: new Map(basics.map(({ code }, i) => [code, new Fraction(String(row[`v${i}`] ?? '0'))])),
  }))
}

const daysOf = ({ from, to }: Segment): RawBuilder<unknown> => (from === null ? sql`day <= ${to}::date` : sql`day >= ${from}::date and day <= ${to}::date`)
