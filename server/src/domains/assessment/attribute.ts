// The rows behind one object's score, order by order, and where its lost points went.
import { sql, type RawBuilder } from 'kysely'
import Fraction from 'fraction.js'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Instant } from '../../kernel/time/index.ts'
import { isBasic } from '../data/index.ts'
import { assessmentFail } from './assessment.errors.ts'
import { db, snapshotById, type PinnedObject, type Run, type ScoreRow, type Snapshot } from './assessment.queries.ts'
import { restored } from './compute-run.ts'
import { effective } from './counts.ts'
import { isRatioOfCounts, ratioOf } from './linear.ts'
import { lossesOf, type Loss, type OrderCounts } from './losses.ts'
import type { Item } from './rules.ts'

export type FactRow = { grp: number; row_id: string; order_id: string; at: Instant | null; hits: bigint; amounts: string[] | null; gone: boolean; corrected: boolean; superseded: boolean; left_out: string | null }

/** Rows of an object: of its units and those below as the tree stood, its area, or its person. */
function mine(object: PinnedObject, snapshot: Snapshot): RawBuilder<unknown> {
  const below = (roots: readonly string[]): string[] => Object.entries(snapshot.pins.units).filter(([id, path]) => roots.includes(id) || path.some((p) => roots.includes(p))).map(([id]) => id)
  switch (object.kind) {
    case 'unit': return sql`f.unit_id = any(${below([object.refId ?? ''])}::uuid[])`
    case 'group': return sql`f.unit_id = any(${below(object.members)}::uuid[])`
    case 'area': return sql`f.area_code like ${`${(object.areaCode ?? 'x').replace(/(00)+$/, '')}%`}`
    case 'person': return sql`f.person_id = ${object.refId}::uuid`
    case 'external': return sql`false`
  }
}

export async function rowsOf(ctx: Ctx, run: Run, snapshot: Snapshot, object: PinnedObject, orderId?: string): Promise<FactRow[]> {
  const only = orderId ? sql` and f.order_id = ${orderId}::uuid` : sql``
  const { rows } = await sql<Omit<FactRow, 'hits'> & { hits: string }>`select f.grp, f.row_id, f.order_id, f.at, f.hits::text as hits, f.amounts::text[] as amounts, f.gone, f.corrected, f.superseded, f.left_out
    from ${effective(snapshot.id, ctx.tenantId, run.corrections)} f where ${mine(object, snapshot)}${only} order by f.order_id, f.grp, f.row_id`.execute(db(ctx))
  return rows.map((r) => ({ ...r, hits: BigInt(r.hits) }))
}

/** What each order counts for in the adjusted result. */
function countsByOrder(rows: readonly FactRow[], snapshot: Snapshot): OrderCounts[] {
  const orders = new Map<string, Map<string, number>>()
  const sums = new Set(snapshot.pins.indicators.filter((i) => isBasic(i.definition) && i.definition.aggregate === 'sum').map((i) => i.code))
  for (const row of rows) {
    if (row.gone || row.left_out !== null) continue
    const counts = orders.get(row.order_id) ?? new Map<string, number>()
    snapshot.pins.groups[row.grp]?.codes.forEach((code, i) => {
      if (row.hits & (1n << BigInt(i))) counts.set(code, (counts.get(code) ?? 0) + (sums.has(code) ? Number(row.amounts?.[i] ?? 0) : 1))
    })
    orders.set(row.order_id, counts)
  }
  return [...orders].map(([orderId, counts]) => ({ orderId, counts }))
}

export type Attribution = { run: Run; snapshot: Snapshot; object: PinnedObject; score: ScoreRow; orders: OrderCounts[]; losses: (Loss & { rule: Item; behind: string[] })[] }

export async function attribute(ctx: Ctx, run: Run, objectId: string): Promise<Attribution> {
  const object = run.pins.objects.find((o) => o.id === objectId)
  const found = await db(ctx).selectFrom('assessment_score').selectAll().where('tenant_id', '=', ctx.tenantId).where('run_id', '=', run.id).where('object_id', '=', objectId).executeTakeFirst()
  if (!object || !found) throw assessmentFail('notFound')
  const score = found as unknown as ScoreRow
  const snapshot = await snapshotById(ctx, run.snapshot_id)
  const orders = countsByOrder(await rowsOf(ctx, run, snapshot, object), snapshot)
  const indicators = new Map(snapshot.pins.indicators.map((i) => [i.code, i]))
  const losses = run.pins.definition.items.flatMap((rule) => {
    const item = score.items.find((i) => i.code === rule.code)
    if (!item) return []
    const { losses: lost, behind } = lossesOf(rule, restored(item), orders, indicators, run.pins.definition.scale)
    return lost.map((l) => ({ ...l, rule, behind: l.orderId === null ? behind : [] }))
  })
  return { run, snapshot, object, score, orders, losses }
}

export const lostTotal = (score: ScoreRow): Fraction => score.items.reduce((sum, i) => sum.add(i.lost ?? '0'), new Fraction(0))

/** The frozen item of a loss, and the bits that would make the order's rows count as achieved; null where no bit does. */
export function achievement(a: Attribution, itemCode: string, rows: readonly FactRow[]): { grp: number; rowId: string; addHits: bigint }[] | null {
  const item = a.run.pins.definition.items.find((i) => i.code === itemCode)
  const ratio = item && ratioOf(item.value, new Map(a.snapshot.pins.indicators.map((i) => [i.code, i])))
  if (!ratio || !isRatioOfCounts(ratio)) return null
  const found = rows.filter((r) => !r.gone && r.left_out === null).flatMap((r) => {
    const codes = a.snapshot.pins.groups[r.grp]?.codes ?? []
    const based = codes.some((code, i) => ratio.bottom.has(code) && (r.hits & (1n << BigInt(i))) !== 0n)
    const missing = codes.reduce((bits, code, i) => (ratio.top.has(code) && !(r.hits & (1n << BigInt(i))) ? bits | (1n << BigInt(i)) : bits), 0n)
    return based && missing !== 0n ? [{ grp: r.grp, rowId: r.row_id, addHits: missing }] : []
  })
  return found.length > 0 ? found : null
}
