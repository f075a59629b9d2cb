// Numeric bands as dimensions. The limits are part of the key, so that every panel has its own list: `peopleBand` with the delivered
// limits, `peopleBand.5.20.100` with others (ANA-14).
import { sql, type RawBuilder } from 'kysely'
import type { Dimension } from './dimensions.ts'

type Band = { label: string; unit: string; /** A whole number of the order as `o`; null where it has none. */ of: RawBuilder<unknown>; limits: readonly number[] }
const bands: Readonly<Record<string, Band>> = {
  peopleBand: { label: '涉及人数分段', unit: '人', of: sql`o.involved_count`, limits: [10, 20, 30, 50] },
  daysBand: { label: '办结天数分段', unit: '天', of: sql`ceil(extract(epoch from o.closed_at - o.registered_at) / 86400)`, limits: [5, 10, 15, 30] },
  returnsBand: { label: '退单次数分段', unit: '次', of: sql`o.return_count`, limits: [0, 1, 2] },
  urgesBand: { label: '催办次数分段', unit: '次', of: sql`o.urge_count`, limits: [0, 1, 2, 5] },
}
const MOST_LIMITS = 8
const KEY = /^([a-z]+Band)((?:\.\d{1,6})*)$/

/** `daysBand.3.7`: up to 3, 4 to 7, more than 7. Limits rise; undefined for any other key. */
export function bandDimension(key: string): Dimension | undefined {
  const [, name = '', list = ''] = KEY.exec(key) ?? []
  const band = Object.hasOwn(bands, name) ? bands[name] : undefined
  if (!band) return undefined
  const limits = list === '' ? band.limits : list.slice(1).split('.').map(Number)
  if (limits.length > MOST_LIMITS || limits.some((n, i) => i > 0 && n <= (limits[i - 1] ?? 0))) return undefined
  const names = new Map(Array.from({ length: limits.length + 1 }, (_, i) => [String(i), nameOf(limits, i, band.unit)]))
  return {
    key, label: band.label, group: 'course', sorted: true,
    sql: () => sql`(case ${sql.join(limits.map((limit, i) => sql`when ${band.of} <= ${sql.lit(limit)} then ${sql.lit(String(i))}`), sql` `)} when ${band.of} is not null then ${sql.lit(String(limits.length))} end)`,
    names: async (_ctx, keys) => new Map(keys.map((k) => [k, names.get(k) ?? k])),
  }
}

function nameOf(limits: readonly number[], i: number, unit: string): string {
  const most = limits[i]
  if (most === undefined) return `${limits.at(-1) ?? 0} ${unit}以上`
  const least = i === 0 ? 0 : (limits[i - 1] ?? 0) + 1
  return least === most ? `${most} ${unit}` : `${least}–${most} ${unit}`
}

/** The delivered ones, as the catalogue lists them. */
export const bandDimensions: readonly Dimension[] = Object.keys(bands).map(bandDimension).filter((d) => d !== undefined)
