// The demonstration's leaders have departments, so that their board shows something on the first day.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { setLeaderUnits } from './boards/leader-units.ts'
import { leadersOf } from './instructions/instructions.ts'
import { clocks } from './supervision.queries.ts'

const DEPARTMENTS = 6

/** The units that had most to handle go to the centre's leaders, shared out in turn. */
export async function seedSupervision(ctx: Ctx): Promise<void> {
  const leaders = await leadersOf(ctx)
  const busiest = await clocks(ctx, {}).where('c.kind', '=', 'handling').where('c.unit_id', 'is not', null).select(['c.unit_id as id', sql<number>`count(*)::int`.as('n')]).groupBy('c.unit_id').orderBy(sql`2`, 'desc').orderBy('c.unit_id').limit(DEPARTMENTS * leaders.length).execute()
  for (const [i, leader] of leaders.entries()) await setLeaderUnits(ctx, { userId: leader.id, unitIds: busiest.flatMap((row, k) => (k % leaders.length === i && row.id ? [row.id] : [])) })
}
