// Rows × columns × measures out of one answer, with the sums of both sides counted for themselves (a rate has no sum).
import { asked, numberOf, type Answer, type Row } from './question.ts'

export type Key = Row['keys'][number]
export type Pivot = { down: Key[]; across: Key[]; cell: (down: Key, across: Key) => Row | undefined }
/** Rows put in the order of one measure under one column; without `across` by the sum of the row. */
export type Sort = { across?: string; code: string; up: boolean }

const id = (key: Key): string => key.key ?? ''
const TIME = ['year', 'halfYear', 'quarter', 'month', 'week', 'day', 'hour']
/** A time is looked at, not filtered by: the period does that. */
export const isTime = (dimension: string): boolean => TIME.includes(dimension)

/** Members of both sides: by size of the first measure, time in its own order. */
export function pivotOf(answer: Answer, most: { down: number; across: number }): Pivot {
  const code = asked(answer)[0]?.code ?? ''
  const at = new Map(answer.rows.map((row) => [row.keys.map(id).join('\0'), row]))
  const side = (i: number, limit: number): Key[] => {
    const held = new Map<string, { key: Key; size: number }>()
    for (const row of answer.rows) {
      const key = row.keys[i]
      if (!key) continue
      const one = held.get(id(key)) ?? { key, size: 0 }
      one.size += Math.abs(numberOf(row.values, code) ?? 0)
      held.set(id(key), one)
    }
    const all = [...held.values()]
    const first = all[0]
    return (first && isTime(first.key.dimension) ? all.toSorted((a, b) => id(a.key).localeCompare(id(b.key))) : all.toSorted((a, b) => b.size - a.size)).slice(0, limit).map((one) => one.key)
  }
  return { down: side(0, most.down), across: side(1, most.across), cell: (down, across) => at.get([id(down), id(across)].join('\0')) }
}

/** Keys in the order of their values; what has none comes last whichever way. */
export const sortedBy = (keys: readonly Key[], valueOf: (key: Key) => number | null, up: boolean): Key[] =>
  keys.toSorted((a, b) => {
    const [x, y] = [valueOf(a), valueOf(b)]
    return x === null ? (y === null ? 0 : 1) : y === null ? -1 : up ? x - y : y - x
  })

const below: Record<string, string> = { county: 'street', street: 'community', year: 'month', quarter: 'month', month: 'day', week: 'day', category: 'matter' }
/** The dimension a member goes down to. */
export const levelBelow = (dimension: string): string | undefined => below[dimension]

const above: Record<string, { dimension: string; digits: number }> = { street: { dimension: 'county', digits: 6 }, community: { dimension: 'street', digits: 9 }, day: { dimension: 'month', digits: 7 }, month: { dimension: 'year', digits: 4 }, quarter: { dimension: 'year', digits: 4 }, matter: { dimension: 'category', digits: 0 }, hour: { dimension: 'day', digits: 0 } }
/** The dimension one level up. */
export const levelAbove = (dimension: string): string | undefined => above[dimension]?.dimension

/** The dimension whose members have subtotals among the rows: a key begins with that of its parent. */
export const subtotalBy = (dimension: string): string | undefined => ((above[dimension]?.digits ?? 0) > 0 ? above[dimension]?.dimension : undefined)
export const parentOf = (key: Key): string => id(key).slice(0, above[key.dimension]?.digits ?? 0)
