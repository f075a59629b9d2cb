// Counts of the frozen rows: integers by unit, area or person from SQL, rolled up to the objects here.
import { sql } from 'kysely'
import Fraction from 'fraction.js'
import type { Ctx } from '../../kernel/ctx.ts'
import { isBasic, type Basic } from '../data/index.ts'
import { db, type PinnedObject, type Snapshot, type SnapshotPins } from './assessment.queries.ts'

export type Both = { adjusted: Map<string, Fraction>; raw: Map<string, Fraction> }
type Line = { key: string | null; adjusted: Map<string, Fraction>; raw: Map<string, Fraction> }

/** Which column of the rows an object's key is found in. */
const columnOf = { unit: 'f.unit_id', group: 'f.unit_id', area: 'f.area_code', person: 'f.person_id', external: null } as const

/**
 * Rows as a run sees them: with the corrections up to its number. `hits`, `gone` (counts nowhere), `apart` (left out of the adjusted result).
 * `units`: only rows of these, each looked up by the index `assessment_fact_unit`, which alone serves the snapshot as text.
 */
export const effective = (snapshotId: string, tenantId: string, corrections: number, units: readonly string[] | null = null) => sql`(select f.grp, f.row_id, f.order_id, f.unit_id, f.area_code, f.person_id, f.appeal_type, f.at, f.amounts, f.left_out, f.superseded,
    (f.hits | coalesce(c.added, 0)) & ~coalesce(c.removed, 0) as hits, f.superseded or coalesce(c.gone, false) as gone, coalesce(c.gone, false) as corrected
  from ${units ? sql`unnest(${units}::uuid[]) w (id) cross join lateral (select * from assessment_fact where tenant_id = ${tenantId} and snapshot_id::text = ${snapshotId}::text and unit_id = w.id offset 0) f` : sql`assessment_fact f`}
  left join (select grp, row_id, bit_or(add_hits) as added, bit_or(remove_hits) as removed, bool_or(leave_out) as gone from assessment_correction where tenant_id = ${tenantId} and snapshot_id = ${snapshotId} and number <= ${corrections} group by grp, row_id) c on c.grp = f.grp and c.row_id = f.row_id
  where f.tenant_id = ${tenantId} and f.snapshot_id = ${snapshotId})`

const basicsOf = (pins: SnapshotPins, codes: readonly string[]): { code: string; d: Basic }[] => codes.flatMap((code) => {
  const found = pins.indicators.find((i) => i.code === code)?.definition
  return found && isBasic(found) ? [{ code, d: found }] : []
})

async function lines(ctx: Ctx, snapshot: Snapshot, corrections: number, column: string, units: readonly string[] | null): Promise<Line[]> {
  const all = new Map<string | null, Line>()
  for (const [grp, group] of snapshot.pins.groups.entries()) {
    const basics = basicsOf(snapshot.pins, group.codes)
    const counted = basics.flatMap(({ d }, i) => (['adjusted', 'raw'] as const).map((which) => {
      const meets = sql`(f.hits & ${sql.lit(String(1n << BigInt(i)))}::bigint) <> 0 and not f.gone${which === 'adjusted' ? sql` and f.left_out is null` : sql``}`
      const what = d.aggregate === 'count' ? sql`count(*)` : d.aggregate === 'orders' ? sql`count(distinct f.order_id)` : sql`sum(f.amounts[${sql.lit(i + 1)}])`
      return sql`coalesce(${what} filter (where ${meets}), 0)::text as ${sql.ref(`${which}${i}`)}`
    }))
    const { rows } = await sql<Record<string, string | null>>`select ${sql.ref(column)}::text as key, ${sql.join(counted)} from ${effective(snapshot.id, ctx.tenantId, corrections, units)} f where f.grp = ${grp} group by 1`.execute(db(ctx))
    for (const row of rows) {
      const key = row['key'] ?? null
      const line = all.get(key) ?? { key, adjusted: new Map<string, Fraction>(), raw: new Map<string, Fraction>() }
      basics.forEach(({ code }, i) => {
        line.adjusted.set(code, new Fraction(row[`adjusted${i}`] ?? '0'))
        line.raw.set(code, new Fraction(row[`raw${i}`] ?? '0'))
      })
      all.set(key, line)
    }
  }
  return [...all.values()]
}

/** Keys of the rows that belong to an object; null: none do (figures of other districts are entered). */
export function belongs(object: PinnedObject, units: SnapshotPins['units']): ((key: string) => boolean) | null {
  switch (object.kind) {
    case 'unit': return (key) => key === object.refId || (units[key] ?? []).includes(object.refId ?? '')
    case 'group': return (key) => object.members.some((m) => key === m || (units[key] ?? []).includes(m))
    case 'area': {
      const prefix = (object.areaCode ?? '').replace(/(00)+$/, '')
      return (key) => prefix !== '' && key.startsWith(prefix)
    }
    case 'person': return (key) => key === object.refId
    case 'external': return null
  }
}

/** Counts of every object. `only`: the objects to count, after some of their rows changed. */
export async function countObjects(ctx: Ctx, snapshot: Snapshot, corrections: number, objects: readonly PinnedObject[]): Promise<Map<string, Both>> {
  const found = new Map<string, Both>()
  for (const [column, group] of Map.groupBy(objects, (o) => columnOf[o.kind])) {
    if (column === null) continue
    const rows = await lines(ctx, snapshot, corrections, column, narrowed(group, snapshot.pins.units, objects.length))
    for (const object of group) found.set(object.id, added(rows, belongs(object, snapshot.pins.units)))
  }
  for (const object of objects) {
    const figures = Object.entries(snapshot.pins.figures?.[object.id] ?? {})
    if (figures.length === 0) continue
    const both: Both = found.get(object.id) ?? { adjusted: new Map(), raw: new Map() }
    for (const [code, { value }] of figures) if (value !== null) for (const which of [both.adjusted, both.raw]) which.set(code, new Fraction(value))
    found.set(object.id, both)
  }
  return found
}

/** A few objects of units are counted from their own units' rows alone. */
function narrowed(objects: readonly PinnedObject[], units: SnapshotPins['units'], all: number): string[] | null {
  if (all > 20 || objects.some((o) => o.kind !== 'unit' && o.kind !== 'group')) return null
  const tests = objects.map((o) => belongs(o, units))
  return Object.keys(units).filter((id) => tests.some((test) => test?.(id)))
}

function added(rows: readonly Line[], mine: ReturnType<typeof belongs>): Both {
  const both: Both = { adjusted: new Map(), raw: new Map() }
  for (const row of rows) {
    if (row.key === null || !mine?.(row.key)) continue
    for (const which of ['adjusted', 'raw'] as const) for (const [code, n] of row[which]) both[which].set(code, (both[which].get(code) ?? new Fraction(0)).add(n))
  }
  return both
}
