// 效能监察: warnings, graded supervision and what came late, from region down to village; a row opens the level below it.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { areaPrefix, setting, tenantById } from '../../platform/index.ts'
import { cardQuery } from '../read-cards.ts'
import { clockQuery } from '../read-clocks.ts'
import { levelNames } from '../settings.ts'
import { clockColour } from '../supervision.queries.ts'
import { taskQuery } from '../tasks/read-tasks.ts'
import type * as contract from './board-contract.ts'
import { figureNames, otherArea } from './board-texts.zh-CN.ts'

type Board = Output<typeof contract.levelsBoardRoute>
type Area = { code: string; name: string; parent_code: string | null }
const areas = (ctx: Ctx) => ctx.acrossTenants<never>('areas have no tenant')

export async function levelsBoard(ctx: Ctx, input: Input<typeof contract.levelsBoardRoute>): Promise<Board> {
  authorize(ctx, 'supervision.read')
  const top = (await tenantById(ctx, ctx.tenantId)).areaCode
  const code = input.areaCode ?? top
  if (!code.startsWith(areaPrefix(top))) throw kernelErrors('notFound')
  const path = await pathTo(ctx, code, top)
  if (path.length === 0) throw kernelErrors('notFound')
  const children = (await sql<Area>`select code, name, parent_code from platform_area where parent_code = ${code} and state = 'active' order by code limit 300`.execute(areas(ctx))).rows
  // What lies below a child begins with its code; what is filed under the area itself has a row of its own.
  const length = children[0] ? areaPrefix(children[0].code).length : code.length
  const key = sql<string>`left(o.area_code, ${length}::int)`
  const within = { areaCode: code }
  const colour = await clockColour(ctx)
  const names = await setting(ctx, levelNames)
  const count = sql<number>`count(*)::int`.as('n')
  const clocks = await (await clockQuery(ctx, { kind: ['handling'], colour: ['yellow', 'red'], ...within })).select([key.as('area'), colour.as('colour'), count]).groupBy([sql`1`, sql`2`]).execute()
  const cards = await (await cardQuery(ctx, { colour: 'red', current: true, ...within })).select([key.as('area'), count]).groupBy(sql`1`).execute()
  const open = await taskQuery(ctx, { state: ['open', 'replied'], ...within }).select([key.as('area'), 't.level', count]).groupBy([sql`1`, 't.level']).execute()
  const past = await taskQuery(ctx, within).select([key.as('area'), sql<number>`count(*) filter (where t.raised_count > 0)::int`.as('raised'), sql<number>`count(*) filter (where t.state = 'closed' and t.late and t.close_kind is distinct from 'void')::int`.as('late')]).groupBy(sql`1`).execute()
  const row = (area: { code: string; name: string }, of: string | null, deeper: boolean): Board['rows'][number] => {
    const mine = <T extends { area: string | null }>(rows: T[]): T[] => (of === null ? rows.filter((r) => !children.some((c) => areaPrefix(c.code) === r.area)) : rows.filter((r) => r.area === of))
    const sum = (rows: { n: number }[]): number => rows.reduce((n, r) => n + r.n, 0)
    const figure = (k: string, name: string, n: number, list: string, query: Record<string, string>) => ({ key: k, name, count: n, list: { path: list, query: { ...query, areaCode: area.code, ...(of === null ? { areaOnly: 'true' } : {}) } } })
    return {
      ...area, deeper,
      near: figure('near', figureNames.near, sum(mine(clocks).filter((r) => r.colour === 'yellow')), '/api/supervision/clocks/rows', { kind: 'handling', colour: 'yellow' }),
      overdue: figure('overdue', figureNames.overdue, sum(mine(clocks).filter((r) => r.colour === 'red')), '/api/supervision/clocks/rows', { kind: 'handling', colour: 'red' }),
      red: figure('redCards', figureNames.red, sum(mine(cards)), '/api/supervision/cards', { colour: 'red', current: 'true' }),
      tasks: names.map((name, i) => figure('tasksOpen', name, sum(mine(open).filter((r) => r.level === String(i + 1))), '/api/supervision/tasks', { state: 'open,replied', level: String(i + 1) })),
      raised: figure('raised', figureNames.raised, mine(past).reduce((n, r) => n + r.raised, 0), '/api/supervision/tasks', { extended: 'true' }),
      late: figure('late', figureNames.late, mine(past).reduce((n, r) => n + r.late, 0), '/api/supervision/tasks', { onTime: 'false' }),
    }
  }
  const rows = children.map((c) => row({ code: c.code, name: c.name }, areaPrefix(c.code), c.code.length < 12))
  const rest = row({ code, name: otherArea }, null, false)
  const empty = [rest.near, rest.overdue, rest.red, rest.raised, rest.late, ...rest.tasks].every((f) => f.count === 0)
  return { at: ctx.clock.now(), path, levels: names, rows: empty && rows.length > 0 ? rows : [...rows, rest] }
}

/** From the tenant's own area down to the one asked for. */
async function pathTo(ctx: Ctx, code: string, top: string): Promise<{ code: string; name: string }[]> {
  const { rows } = await sql<Area & { depth: number }>`
    with recursive up as (select code, name, parent_code, 0 as depth from platform_area where code = ${code} union all select a.code, a.name, a.parent_code, u.depth + 1 from platform_area a join up u on a.code = u.parent_code where u.depth < 6)
    select code, name, parent_code, depth from up order by depth desc`.execute(areas(ctx))
  const from = rows.findIndex((r) => r.code === top)
  return from < 0 ? [] : rows.slice(from).map(({ code: at, name }) => ({ code: at, name }))
}
