// Open orders by urgency, level and class on the colours of the clocks, and how a period kept its limits (MAT-20). Counted by the queries of the lists.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { clockQuery, lateClock } from '../read-clocks.ts'
import { clockColour } from '../supervision.queries.ts'
import { limitWays, type LimitWay } from './limit-contract.ts'
import type * as contract from './limit-contract.ts'
import { limitGroup, limitKey } from './limit-facts.ts'
import { TOTAL } from './limit-texts.zh-CN.ts'

type Board = Output<typeof contract.limitBoardRoute>
type Report = Output<typeof contract.limitReportRoute>
const ROWS = '/api/supervision/clocks/rows'
const colours = { running: 'green,yellow,red', inTime: 'green', near: 'yellow', overdue: 'red', paused: 'paused' } as const

const narrowed = (input: { urgency?: string | undefined; level?: number | undefined; industryId?: string | undefined; categoryId?: string | undefined; unitId?: string | undefined }): Record<string, string> =>
  Object.fromEntries([['urgency', input.urgency], ['level', input.level?.toString()], ['industryId', input.industryId], ['categoryId', input.categoryId], ['unitId', input.unitId]].filter((one): one is [string, string] => one[1] !== undefined))

/** Rows of several raw keys that belong to one group, summed in the order given. */
async function grouped<R extends { key: string | null }, T>(ctx: Ctx, by: LimitWay, rows: R[], line: (group: { key: string; name: string; query: Record<string, string> }, rows: R[]) => T): Promise<T[]> {
  const groups = new Map<string, { group: Awaited<ReturnType<typeof limitGroup>>; rows: R[] }>()
  for (const row of rows) {
    const group = await limitGroup(ctx, by, row.key)
    const known = groups.get(group.key)
    if (known) known.rows.push(row)
    else groups.set(group.key, { group, rows: [row] })
  }
  return [...groups.values()].map((one) => line(one.group, one.rows))
}

export async function limitBoard(ctx: Ctx, input: Input<typeof contract.limitBoardRoute>): Promise<Board> {
  authorize(ctx, 'supervision.read')
  const { clock, ...filter } = input
  const colour = await clockColour(ctx)
  const base = { kind: clock, ...narrowed(filter) }
  const line = (group: { key: string; name: string; query: Record<string, string> }, rows: { colour: string; n: number }[]): Board['total'] => {
    const figure = (of: keyof typeof colours) => ({ count: rows.filter((r) => colours[of].split(',').includes(r.colour)).reduce((sum, r) => sum + r.n, 0), list: { path: ROWS, query: { ...base, ...group.query, colour: colours[of] } } })
    return { key: group.key, name: group.name, running: figure('running'), inTime: figure('inTime'), near: figure('near'), overdue: figure('overdue'), paused: figure('paused') }
  }
  const panels: Board['panels'] = []
  let all: { colour: string; n: number }[] = []
  for (const by of limitWays) {
    const rows = await (await clockQuery(ctx, { kind: [clock], ...filter })).select([limitKey[by].as('key'), colour.as('colour'), sql<number>`count(*)::int`.as('n')]).groupBy([sql`1`, sql`2`]).execute()
    if (by === 'urgency') all = rows
    const lines = await grouped(ctx, by, rows, line)
    panels.push({ by, lines: lines.toSorted((a, b) => (by === 'level' ? a.key.localeCompare(b.key) : b.overdue.count - a.overdue.count || b.near.count - a.near.count || b.running.count - a.running.count)) })
  }
  return { at: ctx.clock.now(), total: line({ key: 'total', name: TOTAL, query: {} }, all), panels }
}

const rate = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part / whole) * 1000) / 10)

/** Clocks whose deadline lies in the period: how many were met, how long that took, how many ran over. */
export async function limitReport(ctx: Ctx, input: Input<typeof contract.limitReportRoute>): Promise<Report> {
  authorize(ctx, 'supervision.read')
  const { clock, by, from, to, ...filter } = input
  const base = { kind: clock, dueFrom: from, dueTo: to, ...narrowed(filter) }
  const rows = await (await clockQuery(ctx, { kind: [clock], dueFrom: from, dueTo: to, ...filter }))
    .select([
      limitKey[by].as('key'), sql<number>`count(*)::int`.as('due'), sql<number>`count(*) filter (where c.state = 'met')::int`.as('closed'), sql<number>`count(*) filter (where ${lateClock(ctx)})::int`.as('overdue'),
      sql<number | null>`sum(extract(epoch from c.met_at - c.started_at)) filter (where c.state = 'met')::float8`.as('seconds'),
    ])
    .groupBy(sql`1`).execute()
  const line = (group: { key: string; name: string; query: Record<string, string> }, of: typeof rows): Report['total'] => {
    const sum = (pick: (r: (typeof rows)[number]) => number): number => of.reduce((all, r) => all + pick(r), 0)
    const figure = (count: number, more: Record<string, string>) => ({ count, list: { path: ROWS, query: { ...base, ...group.query, ...more } } })
    const [due, closed, overdue] = [sum((r) => r.due), sum((r) => r.closed), sum((r) => r.overdue)]
    return { key: group.key, name: group.name, due: figure(due, {}), closed: figure(closed, { met: 'true' }), overdue: figure(overdue, { late: 'true' }), overdueRate: rate(overdue, due), averageHours: closed === 0 ? null : Math.round((sum((r) => r.seconds ?? 0) / closed / 3600) * 10) / 10 }
  }
  const lines = await grouped(ctx, by, rows, line)
  return { from, to, total: line({ key: 'total', name: TOTAL, query: {} }, rows), lines: lines.toSorted((a, b) => (by === 'level' ? a.key.localeCompare(b.key) : b.due.count - a.due.count)) }
}
