// Filters that are no dimensions: words of an order, its labels, and names or kinds of units that stand for a list of units.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { hasWords } from '../orders/index.ts'
import { activeUnits } from '../platform/index.ts'

export type Filter = { dimension: string; values: (string | null)[] }

/** Orders with any of these texts, with none of them, with any of these labels: an order has many. */
const OF_ORDER = ['words', 'notWords', 'label']
const OF_UNITS = ['unitNamed', 'unitKind']
/** What a filter may name beside dimensions. */
export const filterKeys: readonly string[] = [...OF_ORDER, ...OF_UNITS]
export const isOfOrder = (f: Filter): boolean => OF_ORDER.includes(f.dimension)

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Names and kinds of units become the units that bear them today, so that every way of counting knows them. */
export async function unitsNamed<T extends Filter>(ctx: Ctx, where: readonly T[]): Promise<(T | Filter)[]> {
  if (!where.some((f) => OF_UNITS.includes(f.dimension))) return [...where]
  const units = await activeUnits(ctx)
  return where.map((f) => {
    if (!OF_UNITS.includes(f.dimension)) return f
    const found = units.filter((u) => f.values.some((v) => v !== null && (f.dimension === 'unitKind' ? u.kind === v : u.name.includes(v)))).map((u) => u.id)
    return { dimension: 'unit', values: found.length > 0 ? found : [NOBODY] }
  })
}

/** The condition of one such filter on orders as `o`. */
export async function ofOrderSql(ctx: Ctx, { dimension, values }: Filter): Promise<RawBuilder<unknown>> {
  const named = values.filter((v) => v !== null)
  if (named.length === 0) return sql`false`
  if (dimension === 'label') return sql`exists (select 1 from orders_pub_label_view l where l.tenant_id = o.tenant_id and l.order_id = o.id and l.name in (${sql.join(named)}))`
  const any = sql`(${sql.join(await Promise.all(named.map((word) => hasWords(ctx, word))), sql` or `)})`
  return dimension === 'notWords' ? sql`not coalesce(${any}, false)` : any
}
