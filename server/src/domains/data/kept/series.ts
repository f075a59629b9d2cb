// What is summed ahead: the counting half of basic definitions. Indicators and tenants that count the same share one series; a changed
// definition is another series, so that old and new versions stand side by side.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { catalogueOf } from '../catalogue.ts'
import { factOf } from '../fact-catalogue.ts'
import { isBasic, type Basic } from '../indicator.ts'

export type Counting = Pick<Basic, 'fact' | 'date' | 'aggregate' | 'measure' | 'where'>
export type Series = { number: number; key: string; counting: Counting; grp: number; slot: number }

const SLOTS = 16
const keyOf = (c: Counting): string => JSON.stringify([c.fact, c.date, c.aggregate, c.measure ?? null, c.where])

/** The series a definition is the sum of: those that enter, less those that left. Null: it has to be counted from rows. */
export function countingsOf(d: Basic): { enter: Counting; leave: Counting | null } | null {
  const fact = factOf(d.fact)
  if (!fact || fact.own || fact.apart || d.aggregate === 'max' || d.where.some((c) => fact.fields[c.field]?.moving)) return null
  if (d.aggregate === 'orders' && d.fact !== 'order') return null
  const counting: Counting = { fact: d.fact, date: d.date, aggregate: d.aggregate === 'sum' ? 'sum' : 'count', ...(d.aggregate === 'sum' ? { measure: d.measure } : {}), where: d.where }
  if (fact.dates[d.date]?.column) return { enter: counting, leave: null }
  return d.fact === 'order' && d.date === 'asOf' ? { enter: { ...counting, date: 'registered' }, leave: { ...counting, date: 'closed' } } : null
}

export async function readSeries(ctx: Ctx): Promise<Series[]> {
  const { rows } = await sql<Series>`select number, key, counting, grp, slot from data_series order by number`.execute(ctx.acrossTenants('definitions are shared'))
  return rows
}

export const seriesFor = (all: readonly Series[], counting: Counting): Series | undefined => {
  const key = keyOf(counting)
  return all.find((s) => s.key === key)
}

/** Adds what the tenant's catalogue counts, in all its versions, and returns every series. New ones have to be built before they are read. */
export async function ensureSeries(ctx: Ctx): Promise<Series[]> {
  const db = ctx.acrossTenants('definitions are shared')
  await sql`select pg_advisory_xact_lock(hashtextextended('data.series', 0))`.execute(db)
  const all = await readSeries(ctx)
  const wanted = [...(await catalogueOf(ctx)).values()].flatMap((entry) => entry.versions).flatMap(({ definition: d }) => {
    const countings = isBasic(d) ? countingsOf(d) : null
    return countings ? [countings.enter, ...(countings.leave ? [countings.leave] : [])] : []
  })
  for (const counting of wanted) {
    if (seriesFor(all, counting)) continue
    const made: Series = { number: all.length + 1, key: keyOf(counting), counting, ...placeFor(all, counting) }
    await sql`insert into data_series (number, key, counting, grp, slot) values (${made.number}, ${made.key}, ${JSON.stringify(counting)}::jsonb, ${made.grp}, ${made.slot})`.execute(db)
    all.push(made)
  }
  return all
}

/** A free column in a group of the same fact and date; a sum has a group to itself. */
function placeFor(all: readonly Series[], counting: Counting): { grp: number; slot: number } {
  const next = Math.max(0, ...all.map((s) => s.grp)) + 1
  if (counting.aggregate === 'sum') return { grp: next, slot: 0 }
  const same = Map.groupBy(all.filter((s) => s.counting.aggregate === 'count' && s.counting.fact === counting.fact && s.counting.date === counting.date), (s) => s.grp)
  const free = [...same].find(([, members]) => members.length < SLOTS)
  return free ? { grp: free[0], slot: free[1].length } : { grp: next, slot: 0 }
}
