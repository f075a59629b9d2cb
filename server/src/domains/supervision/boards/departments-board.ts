// 督导监管: only the departments under a leader; urging, orders on the map, what the month will come to, frequent problems.
import { sql, type SqlBool } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { localDate, startOfDay, addDays, toIso } from '../../../kernel/time/index.ts'
import { countOrders } from '../../orders/index.ts'
import { tenantById, usersOf } from '../../platform/index.ts'
import { cardQuery } from '../read-cards.ts'
import { clockQuery } from '../read-clocks.ts'
import { urgeQuery } from '../read-urges.ts'
import { clockColour, clocks, inUnit } from '../supervision.queries.ts'
import type * as contract from './board-contract.ts'
import { figureNames } from './board-texts.zh-CN.ts'
import { unitsOfLeader } from './leader-units.ts'
import { runningScores } from './ports.ts'

const MOST_POINTS = 500
const PROBLEMS = 5
type Counted = { select: (c: unknown) => { executeTakeFirstOrThrow: () => Promise<{ n: number }> } }
const countOf = async (query: unknown): Promise<number> => (await (query as Counted).select(sql<number>`count(*)::int`.as('n')).executeTakeFirstOrThrow()).n // each query here takes one more column

export async function departmentsBoard(ctx: Ctx, input: Input<typeof contract.departmentsBoardRoute>): Promise<Output<typeof contract.departmentsBoardRoute>> {
  authorize(ctx, 'supervision.read')
  const other = input.leaderId !== undefined && input.leaderId !== ctx.actor.id
  if (other && !can(ctx, 'supervision.assign')) throw kernelErrors('notFound')
  const leader = other ? (await usersOf(ctx, { permission: 'supervision.instruct' })).find((u) => u.id === input.leaderId) : { id: ctx.actor.id ?? '', name: ctx.actor.name }
  if (!leader) throw kernelErrors('notFound')
  const mine = await unitsOfLeader(ctx, leader.id)
  const month = await monthOf(ctx)
  const scores = await runningScores.one()(ctx, mine.map((u) => u.id))
  const units = []
  for (const unit of mine) units.push({ ...(await department(ctx, unit, month)), score: scores.get(unit.id) ?? null })
  // By running score; the share on time where there is none.
  const ranked = units.toSorted((a, b) => Number(b.score?.score ?? -1) - Number(a.score?.score ?? -1) || (b.predicted ?? -1) - (a.predicted ?? -1) || a.overdue.count - b.overdue.count).map((u, i) => ({ ...u, rank: i + 1 }))
  const ids = mine.map((u) => u.id)
  return { at: ctx.clock.now(), leader, units: ranked, problems: ids.length === 0 ? [] : await problems(ctx, ids), points: ids.length === 0 ? [] : await points(ctx, ids) }
}

async function monthOf(ctx: Ctx): Promise<{ from: string; to: string }> {
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const from = `${localDate(ctx.clock.now(), timeZone).slice(0, 7)}-01`
  const next = `${addDays(from, 32).slice(0, 7)}-01`
  return { from, to: addDays(next, -1) }
}

async function department(ctx: Ctx, unit: { id: string; name: string }, month: { from: string; to: string }) {
  const narrow = { unitId: unit.id }
  const clock = (colour: 'yellow' | 'red') => clockQuery(ctx, { kind: ['handling'], colour: [colour], ...narrow })
  const figure = (key: keyof typeof figureNames, count: number, path: string, query: Record<string, string>) => ({ key, name: figureNames[key], count, list: { path, query: { ...query, ...narrow } } })
  // Of everything due this month: what was met in time, and what runs and is not late yet.
  const due = await (await clockQuery(ctx, { kind: ['handling'], dueFrom: month.from, dueTo: month.to, ...narrow }))
    .select([sql<number>`count(*)::int`.as('n'), sql<number>`count(*) filter (where (c.state = 'met' and c.met_at <= c.due_at) or (c.state <> 'met' and c.due_at > ${ts(ctx.clock.now())}::timestamptz))::int`.as('good')]).executeTakeFirstOrThrow()
  return {
    unitId: unit.id, unitName: unit.name, rank: 0, predicted: due.n === 0 ? null : Math.round((due.good / due.n) * 1000) / 10, due: figure('due', due.n, '/api/supervision/clocks/rows', { kind: 'handling', dueFrom: month.from, dueTo: month.to }),
    urges: figure('urges', await countOf(await urgeQuery(ctx, { owed: true, ...narrow })), '/api/urges', { owed: 'true' }),
    near: figure('near', await countOf(await clock('yellow')), '/api/supervision/clocks/rows', { kind: 'handling', colour: 'yellow' }),
    overdue: figure('overdue', await countOf(await clock('red')), '/api/supervision/clocks/rows', { kind: 'handling', colour: 'red' }),
    red: figure('red', await countOf(await cardQuery(ctx, { colour: 'red', current: true, ...narrow })), '/api/supervision/cards', { colour: 'red', current: 'true' }),
  }
}

/** Open orders whose handling clock is with one of the departments. */
const held = (ctx: Ctx, ids: readonly string[]) => clocks(ctx, { below: true }).where('c.kind', '=', 'handling').where('c.state', 'in', ['running', 'paused']).where(sql<SqlBool>`(${sql.join(ids.map((id) => inUnit(ctx, 'c.unit_id', id)), sql` or `)})`)

/** What was most often complained of to the departments; the candidates by their clocks, the figures by the query that they open. */
async function problems(ctx: Ctx, ids: readonly string[]) {
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const since = startOfDay(addDays(localDate(ctx.clock.now(), timeZone), -30), timeZone)
  const often = await clocks(ctx, { below: true }).where('c.kind', '=', 'handling').where('c.started_at', '>=', ts(since)).where('o.matter_id', 'is not', null).where(sql<SqlBool>`(${sql.join(ids.map((id) => inUnit(ctx, 'c.unit_id', id)), sql` or `)})`)
    .select(['o.matter_id as matterId', sql<string | null>`max(o.matter_name)`.as('name'), sql<number>`count(distinct o.id)::int`.as('n')]).groupBy('o.matter_id').orderBy(sql`3`, 'desc').limit(2 * PROBLEMS).execute()
  const counted = await Promise.all(often.map(async ({ matterId, name }) => {
    const where = { all: [{ field: 'matter', op: 'in', value: [matterId] }, { field: 'unitLine', op: 'has', value: ids }, { field: 'registeredAt', op: 'after', value: toIso(since) }] }
    return { name: name ?? '', count: await countOrders(ctx, where), list: { path: '/api/orders/query', query: { where: JSON.stringify(where) } } }
  }))
  return counted.filter((one) => one.count > 0).toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name)).slice(0, PROBLEMS)
}

async function points(ctx: Ctx, ids: readonly string[]) {
  const rows = await held(ctx, ids).innerJoin('orders_pub_point_view as p', (join) => join.onRef('p.tenant_id', '=', 'o.tenant_id').onRef('p.id', '=', 'o.id'))
    .select(['o.id', 'o.number', 'o.title', 'p.lon', 'p.lat', (await clockColour(ctx)).as('colour')]).orderBy('c.due_at').limit(MOST_POINTS).execute()
  return rows.flatMap((r) => (r.id && r.lon !== null && r.lat !== null ? [{ id: r.id, number: r.number ?? '', title: r.title ?? '', lon: r.lon, lat: r.lat, colour: r.colour }] : []))
}
