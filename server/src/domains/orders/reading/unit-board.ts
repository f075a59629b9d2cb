// The unit's workbench: figures by box and by time, overdue rate, what lower units hold (ORD-37).
import { sql } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { kept } from '../../../kernel/db/statement-names.ts'
import { unitsByIds } from '../../platform/index.ts'
import { boxNames } from './reading.zh-CN.ts'
import { timings, unitBoxes, type Timing, type UnitBox, type unitBoardRoute } from './unit-contract.ts'
import { boardUnits, boxCondition, doneFrom, doneTiming, inBox, timingOf, unitFrom, unitsBelow } from './unit-work.ts'

type Count = { box: UnitBox; timing: Timing; n: number }

export async function unitBoard(ctx: Ctx, input: Input<typeof unitBoardRoute>) {
  if (!can(ctx, 'orders.approve')) authorize(ctx, 'orders.handle')
  const units = await boardUnits(ctx, input.unitId)
  const ids = units.map((u) => u.id)
  const [boxes, children] = await Promise.all([boxFigures(ctx, ids, unitBoxes, input.unitId === undefined ? {} : { unitId: input.unitId }), childCounts(ctx, ids)])
  const open = boxes.find((b) => b.box === 'open')
  const overdue = open?.split.find((s) => s.timing === 'overdue')?.count ?? 0
  return { at: ctx.clock.now(), units: units.map((u) => ({ id: u.id, name: u.name })), boxes, overdueRate: open?.total ? overdue / open.total : null, children }
}

/** The figures of some boxes of units, by time; each opens exactly the list it counts. Only what is asked for is counted: finished work is many rows. */
export async function boxFigures(ctx: Ctx, units: string[], wanted: readonly UnitBox[], narrowed: Record<string, string> = {}) {
  const counts = await boxCounts(ctx, units, wanted)
  const of = (box: UnitBox, timing: Timing): number => counts.find((c) => c.box === box && c.timing === timing)?.n ?? 0
  return wanted.map((box) => {
    const split = timings.map((timing) => ({ timing, count: of(box, timing), query: { box, timing, ...narrowed } }))
    return { box, name: boxNames[box], total: split.reduce((sum, s) => sum + s.count, 0), query: { box, ...narrowed }, split }
  })
}

/** Boxes over the same rows, the widest first, are counted in one reading of them. */
const readings: UnitBox[][] = [['open', 'toSign', 'handling', 'toApprove', 'rejected', 'redo', 'owed'], ['children', 'toAccept'], ['reported'], ['done']]

async function boxCounts(ctx: Ctx, units: string[], wanted: readonly UnitBox[]): Promise<Count[]> {
  if (units.length === 0) return []
  const parts = readings.filter((boxes) => boxes.some((b) => wanted.includes(b))).map((boxes) => {
    const widest = boxes[0] ?? 'open'
    const counts = boxes.map((box) => sql`${sql.lit(box)}, ${box === widest ? sql`count(*)` : sql`count(*) filter (where ${boxCondition(ctx, box, units)})`}`)
    const [timing, from] = widest === 'done' ? [doneTiming, doneFrom] : [timingOf(ctx), unitFrom]
    return sql`(select ${timing} as timing, jsonb_build_object(${sql.join(counts)}) as counts from ${from} where ${inBox(ctx, widest, units)} group by 1)`
  })
  const { rows } = await sql<{ timing: Timing; counts: Partial<Record<UnitBox, number>> }>`${kept}${sql.join(parts, sql` union all `)}`.execute(ctx.db())
  return rows.flatMap(({ timing, counts }) => unitBoxes.flatMap((box): Count[] => (counts[box] === undefined ? [] : [{ box, timing, n: counts[box] }])))
}

async function childCounts(ctx: Ctx, units: string[]) {
  const below = await unitsBelow(ctx, units)
  if (below.length === 0) return []
  const { rows } = await sql<{ unitId: string; open: number; overdue: number }>`select a.unit_id as "unitId", count(*)::int as open, count(*) filter (where ${timingOf(ctx)} = 'overdue')::int as overdue
    from ${unitFrom} where ${inBox(ctx, 'open', below)} group by 1`.execute(ctx.db())
  const names = await unitsByIds(ctx, rows.map((r) => r.unitId))
  return rows.map((r) => ({ ...r, unitName: names.get(r.unitId)?.name ?? '', query: { box: 'open', unitId: r.unitId } })).toSorted((a, b) => b.overdue - a.overdue || b.open - a.open)
}
