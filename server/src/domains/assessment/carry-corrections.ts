// What accepted appeals corrected, taken over into rows that were taken anew: recomputing a period does not undo what was decided.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { db, type Snapshot, type SnapshotPins } from './assessment.queries.ts'

/** The highest number of a snapshot's corrections: a run with it counts all of them, also those whose own result was returned. */
export async function lastCorrection(ctx: Ctx, snapshotId: string): Promise<number> {
  const row = await db(ctx).selectFrom('assessment_correction').select((eb) => eb.fn.max('number').as('n')).where('tenant_id', '=', ctx.tenantId).where('snapshot_id', '=', snapshotId).executeTakeFirst()
  return row?.n ?? 0
}

type Old = { snapshot_id: string; grp: number; row_id: string; order_id: string; leave_out: boolean; add_hits: string; remove_hits: string; appeal_id: string | null; reason: string; by_name: string }

/**
 * Corrections of every accepted appeal of the period, put on the same rows of a fresh snapshot, one number an appeal in the order of
 * decision. Bits are found again by their indicator's code. A row that is there no more needs no correction; an order that should not
 * count is left out with all rows it has now. Returns the last number.
 */
export async function carryCorrections(ctx: Ctx, snapshot: Snapshot): Promise<number> {
  const { rows: appeals } = await sql<{ id: string; snapshot_id: string }>`select a.id, (select k.snapshot_id from assessment_correction k join assessment_snapshot s on s.tenant_id = k.tenant_id and s.id = k.snapshot_id where k.tenant_id = a.tenant_id and k.appeal_id = a.id order by s.number desc limit 1) as snapshot_id
    from assessment_appeal a where a.tenant_id = ${ctx.tenantId} and a.period_id = ${snapshot.period_id} and a.state = 'accepted' order by a.decided_at, a.id`.execute(db(ctx))
  let number = 0
  for (const appeal of appeals) {
    if (appeal.snapshot_id === null) continue
    const { rows: old } = await sql<Old>`select snapshot_id, grp, row_id, order_id, leave_out, add_hits::text as add_hits, remove_hits::text as remove_hits, appeal_id, reason, by_name from assessment_correction where tenant_id = ${ctx.tenantId} and snapshot_id = ${appeal.snapshot_id} and appeal_id = ${appeal.id}`.execute(db(ctx))
    const pins = (await db(ctx).selectFrom('assessment_snapshot').select('pins').where('tenant_id', '=', ctx.tenantId).where('id', '=', appeal.snapshot_id).executeTakeFirstOrThrow()).pins as unknown as SnapshotPins // written by takeSnapshot
    const values = await onRowsOf(ctx, snapshot, pins, old)
    if (values.length === 0) continue
    number += 1
    const common = { tenant_id: ctx.tenantId, snapshot_id: snapshot.id, number, at: ts(ctx.clock.now()) }
    await db(ctx).insertInto('assessment_correction').values(values.map((v) => ({ ...common, ...v })) as never).execute() // 64-bit masks travel as text
  }
  return number
}

async function onRowsOf(ctx: Ctx, snapshot: Snapshot, before: SnapshotPins, old: readonly Old[]): Promise<Omit<Old, 'snapshot_id'>[]> {
  const found = await db(ctx).selectFrom('assessment_fact').select(['grp', 'row_id', 'order_id', 'unit_id']).where('tenant_id', '=', ctx.tenantId).where('snapshot_id', '=', snapshot.id).where('order_id', 'in', [...new Set(old.map((o) => o.order_id))]).execute()
  const units = new Set<string | null>()
  const taken = new Map<string, Omit<Old, 'snapshot_id'>>()
  for (const { snapshot_id: _from, ...one } of old) {
    const group = before.groups[one.grp]
    const grp = snapshot.pins.groups.findIndex((g) => g.fact === group?.fact && g.date === group.date)
    const row = found.find((f) => f.grp === grp && f.row_id === one.row_id)
    if (!row || !group) continue
    units.add(row.unit_id)
    const moved = (bits: string): string => String(group.codes.reduce((all, code, i) => {
      const at = snapshot.pins.groups[grp]?.codes.indexOf(code) ?? -1
      return at >= 0 && (BigInt(bits) & (1n << BigInt(i))) !== 0n ? all | (1n << BigInt(at)) : all
    }, 0n))
    taken.set(`${grp} ${row.row_id}`, { ...one, grp, add_hits: moved(one.add_hits), remove_hits: moved(one.remove_hits) })
  }
  const whole = old.find((o) => o.leave_out)
  if (whole) {
    const { snapshot_id: _from, ...like } = whole
    for (const row of found) if (row.order_id === whole.order_id && units.has(row.unit_id)) taken.set(`${row.grp} ${row.row_id}`, { ...like, grp: row.grp, row_id: row.row_id })
  }
  return [...taken.values()]
}
