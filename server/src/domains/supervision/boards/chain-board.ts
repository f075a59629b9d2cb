// 全环节: from receiving to rating, what runs, what is warned of, what is blocked; each number opens its list.
import { sql, type SqlBool } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { answerWaits, clockQuery } from '../read-clocks.ts'
import { chosenQuery, clockColour, type Chosen } from '../supervision.queries.ts'
import { taskQuery } from '../tasks/read-tasks.ts'
import type * as contract from './board-contract.ts'
import { chainNames, figureNames } from './board-texts.zh-CN.ts'

const states = { receiving: ['draft', 'pendingReview'], dispatch: ['pendingDispatch'], handling: ['inProgress'], reply: ['inProgress'], conclusion: ['pendingResultReview'], callback: ['pendingCallback'] } as const
const ROWS = '/api/supervision/clocks/rows'

export async function chainBoard(ctx: Ctx, input: Input<typeof contract.chainBoardRoute>): Promise<Output<typeof contract.chainBoardRoute>> {
  authorize(ctx, 'supervision.read')
  const unit = chosenQuery(input)
  const chosen = { unitId: input.unitId, below: input.below }
  const colour = await clockColour(ctx)
  const counted = await (await clockQuery(ctx, { ...chosen, nearest: true })).select(['o.state', colour.as('colour'), sql<boolean>`${answerWaits}`.as('reported'), sql<number>`count(*)::int`.as('n')]).groupBy(['o.state', sql`2`, sql`3`]).execute()
  const cell = (key: string, name: string, colours: string[], of: readonly string[], reported?: boolean) => ({
    key, name, count: counted.filter((r) => of.includes(r.state ?? '') && colours.includes(r.colour) && (reported === undefined || r.reported === reported)).reduce((n, r) => n + r.n, 0),
    list: { path: ROWS, query: { nearest: 'true', colour: colours.join(','), orderState: of.join(','), ...unit, ...(reported === undefined ? {} : { reported: String(reported) }) } },
  })
  const stage = (key: keyof typeof states, reported?: boolean) => ({ key, name: chainNames[key], running: cell('running', '', ['green', 'yellow', 'red'], states[key], reported), warned: cell('near', figureNames.near, ['yellow'], states[key], reported), blocked: cell('overdue', figureNames.overdue, ['red'], states[key], reported) })
  const now = ts(ctx.clock.now())
  const task = await taskQuery(ctx, chosen).where('t.state', '<>', 'closed').select([sql<number>`count(*)::int`.as('n'), sql<number>`count(*) filter (where t.state = 'replied')::int`.as('replied'), sql<number>`count(*) filter (where t.state = 'open' and t.reply_due_at <= ${now}::timestamptz)::int`.as('over')]).executeTakeFirstOrThrow()
  const tasks = (key: string, name: string, count: number, query: Record<string, string>) => ({ key, name, count, list: { path: '/api/supervision/tasks', query: { ...query, ...unit } } })
  const supervision = { key: 'supervision', name: chainNames.supervision, running: tasks('running', '', task.n, { state: 'open,replied' }), warned: tasks('near', figureNames.near, task.replied, { state: 'replied' }), blocked: tasks('overdue', figureNames.overdue, task.over, { overdue: 'true' }) }
  const rated = await redone(ctx, chosen)
  return { at: ctx.clock.now(), stages: [stage('receiving'), stage('dispatch'), stage('handling', false), stage('reply', true), supervision, stage('conclusion'), stage('callback'), rated] }
}

/** Orders in a further round after a dissatisfied answer, by the handling clock that runs again. */
async function redone(ctx: Ctx, chosen: Pick<Chosen, 'unitId' | 'below'>) {
  const unit = chosenQuery(chosen)
  const colour = await clockColour(ctx)
  const rows = await (await clockQuery(ctx, { ...chosen, kind: ['handling'], redone: true })).where(sql<SqlBool>`c.state = 'running'`).select([colour.as('colour'), sql<number>`count(*)::int`.as('n')]).groupBy(sql`1`).execute()
  const cell = (key: string, colours: string[]) => ({ key, name: '', count: rows.filter((r) => colours.includes(r.colour)).reduce((n, r) => n + r.n, 0), list: { path: ROWS, query: { kind: 'handling', redone: 'true', colour: colours.join(','), ...unit } } })
  return { key: 'rating', name: chainNames.rating, running: cell('running', ['green', 'yellow', 'red']), warned: cell('near', ['yellow']), blocked: cell('overdue', ['red']) }
}
