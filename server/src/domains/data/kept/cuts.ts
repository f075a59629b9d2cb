// The few cuts by which sums are kept. A question is read from the smallest cut that has all its dimensions and filters; day and month lie
// in every cut.
import { sql, type RawBuilder } from 'kysely'
import { dimensionOf } from '../dimensions.ts'
import type { Fact } from '../facts.ts'
import { noSpecialDays } from '../special-days.ts'

/** The position is the cut's number in `data_rollup`: append only. Small ones first. */
export const cuts: readonly (readonly string[])[] = [
  ['hour', 'appealType'],
  ['category'],
  ['street'],
  ['county', 'appealType', 'channel', 'urgency', 'dispatchKind', 'subjectKind'],
  ['unit'],
  ['matter'],
]

export const cutFor = (dimensions: readonly string[]): number => cuts.findIndex((cut) => dimensions.every((d) => cut.includes(d)))

/** A part's place in a cut: orders as `o`, the part's unit and hour as `p`. */
export function placeSql(cut: readonly string[]): RawBuilder<unknown> {
  const part = { unit: sql.ref('p.unit') } as Fact // only the unit is asked of it
  const keys = cut.map((key) => (key === 'hour' ? sql`lpad(p.hour::text, 2, '0')` : sql`coalesce(${dimensionOf(key)?.sql({ fact: part, date: null, timeZone: '', days: noSpecialDays }) ?? sql`null`}, '')`))
  return sql`array[${sql.join(keys)}]::text[]`
}
