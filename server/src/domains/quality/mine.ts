// My scores: what was found in my work, how I stand beside my team, what to work on.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize, userId } from '../../kernel/access.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { afterCursor, boundCount, nextPage } from '../platform/index.ts'
import { itemNames, lastScores, lossesOf, type Loss } from './statistics.ts'
import type * as contract from './contract.ts'
import { filtered, taskViews, unitsAnswered } from './tasks.ts'

export async function myScores(ctx: Ctx, input: Input<typeof contract.myScoresRoute>): Promise<Output<typeof contract.myScoresRoute>> {
  authorize(ctx, 'quality.own')
  const me = userId(ctx)
  const units = unitsAnswered(ctx)
  const query = (await filtered(ctx, { box: 'concluded', from: input.from, to: input.to })).where('t.state', '=', 'concluded').where((eb) => eb.or([eb('t.agent_id', '=', me), ...(units.length > 0 ? [eb.and([eb('t.object_kind', '=', 'order'), eb('t.unit_id', 'in', units)])] : [])]))
  const rows = await query.selectAll('t').where(afterCursor(input.cursor, 't.concluded_at', 't.id')).orderBy('t.concluded_at', 'desc').orderBy('t.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (row) => row.concluded_at ?? row.created_at)
  const means = await query.select(sql<number | null>`avg(t.points)::float8`.as('own')).executeTakeFirst()
  const team = await (await filtered(ctx, { box: 'concluded', from: input.from, to: input.to })).where('t.state', '=', 'concluded').where(sql<boolean>`t.team_name = (select v.team_name from quality_team_view v where v.tenant_id = ${ctx.tenantId} and v.user_id = ${me})`).select(sql<number | null>`avg(t.points)::float8`.as('mean')).executeTakeFirst()
  const lost = await sql<Loss>`${await lossesOf(ctx, lastScores(query))} limit 5`.execute(ctx.db())
  const names = await itemNames(ctx)
  return { items: await taskViews(ctx, page.items), next: page.next, count: await boundCount(ctx, query), average: round(means?.own), teamAverage: round(team?.mean), weakest: lost.rows.map((one) => ({ name: names.get(one.item_code) ?? one.item_code, lost: one.lost, times: one.times })) }
}
const round = (value: number | null | undefined): number | null => (value === null || value === undefined ? null : Math.round(value * 10) / 10)
