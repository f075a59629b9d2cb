// Objects below the average of an item, each item on its own basis. Exact fractions: one that is exactly at the average is not below. Pure.
import Fraction from 'fraction.js'
import { decimal } from '../data/index.ts'
import { exact } from './compute-run.ts'
import type { Item } from './rules.ts'
import type { StoredItem } from './assessment.queries.ts'

type Scored = { object_id: string; name: string; items: readonly StoredItem[] }
export type BelowAverage = { code: string; name: string; unit: string; average: string; of: number; rows: { objectId: string; name: string; value: string; gap: string }[] }

/** Only rates: items in per cent. Objects without a value neither count nor are listed; worst first. */
export function belowAverage(items: readonly Pick<Item, 'code' | 'name' | 'unit' | 'scale' | 'role'>[], scores: readonly Scored[]): BelowAverage[] {
  return items.filter((item) => item.role === 'score' && item.unit === '%').flatMap((item) => {
    const valued = scores.flatMap((score) => {
      const value = exact(score.items.find((one) => one.code === item.code)?.value ?? null)
      return value === null ? [] : [{ score, value }]
    })
    if (valued.length === 0) return []
    const average = valued.reduce((sum, one) => sum.add(one.value), new Fraction(0)).div(valued.length)
    const below = valued.filter((one) => one.value.compare(average) < 0).toSorted((a, b) => a.value.compare(b.value) || (a.score.name < b.score.name ? -1 : 1))
    const text = (value: Fraction): string => decimal(value, item.scale) ?? ''
    return [{ code: item.code, name: item.name, unit: item.unit, average: text(average), of: valued.length, rows: below.map((one) => ({ objectId: one.score.object_id, name: one.score.name, value: text(one.value), gap: text(one.value.sub(average)) })) }]
  })
}
