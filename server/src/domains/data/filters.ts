// Filters that are no dimensions: orders themselves, words of an order, its labels, and names or kinds of units that stand for a list of units.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { hasWords } from '../orders/index.ts'
import { activeUnits, areaPrefix } from '../platform/index.ts'
import { dataFail } from './data.errors.ts'

export type Filter = { dimension: string; values: (string | null)[] }

/** Cells of maps, in degrees: about 550 m north to south, a block, not a door. */
export const CELL = 0.005
/** Orders with any of these texts, with none of them, with any of these labels (an order has many); those in any of these cells of the map, or inside any of these drawn regions; these orders by id; those in any of these areas or below. */
const OF_ORDER = ['words', 'notWords', 'label', 'cell', 'within', 'order', 'area']
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
  if (dimension === 'order') {
    if (!named.every((id) => UUID.test(id))) throw dataFail('wrongMember', { params: { dimension: '工单' } })
    return sql`o.id in (${sql.join(named.map((id) => sql`${id}::uuid`))})`
  }
  if (dimension === 'area') {
    if (!named.every((code) => AREA.test(code))) throw dataFail('wrongMember', { params: { dimension: '区划' } })
    return sql`(${sql.join(named.map((code) => sql`o.area_code like ${`${areaPrefix(code)}%`}`), sql` or `)})`
  }
  if (dimension === 'label') return sql`exists (select 1 from orders_pub_label_view l where l.tenant_id = o.tenant_id and l.order_id = o.id and l.name in (${sql.join(named)}))`
  if (dimension === 'cell' || dimension === 'within') return sql`exists (select 1 from orders_pub_point_view p where p.tenant_id = o.tenant_id and p.id = o.id and (${sql.join(named.map(dimension === 'cell' ? cellSql : regionSql), sql` or `)}))`
  const any = sql`(${sql.join(await Promise.all(named.map((word) => hasWords(ctx, word))), sql` or `)})`
  return dimension === 'notWords' ? sql`not coalesce(${any}, false)` : any
}

const AREA = /^\d{6,12}$/
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** `12,34`: the cell whose corner is at these multiples of its size. @throws data.wrongMember */
function cellSql(text: string): RawBuilder<unknown> {
  const found = /^(-?\d{1,6}),(-?\d{1,6})$/.exec(text)
  if (!found) throw dataFail('wrongMember', { params: { dimension: '地图方格' } })
  return sql`(floor(p.lon / ${CELL}) = ${Number(found[1])} and floor(p.lat / ${CELL}) = ${Number(found[2])})`
}

const VERTEX = /^-?\d{1,3}(\.\d{1,6})?,-?\d{1,2}(\.\d{1,6})?$/
/** `lon,lat;lon,lat;…`: a region drawn on the map, three corners or more. @throws data.wrongMember */
function regionSql(text: string): RawBuilder<unknown> {
  const corners = text.split(';')
  if (corners.length < 3 || !corners.every((corner) => VERTEX.test(corner))) throw dataFail('wrongMember', { params: { dimension: '画定区域' }, detail: '区域至少三个点，每个点是“经度,纬度”' })
  return sql`${corners.map((corner) => `(${corner})`).join(',')}::polygon @> point(p.lon::float8, p.lat::float8)`
}
