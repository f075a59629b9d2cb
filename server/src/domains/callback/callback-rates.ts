// The three rates over a period, and the rows behind every figure. What was not stated, and who was not reached, stands apart.
import { sql, type SqlBool } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import type { Input } from '../../kernel/http/route.ts'
import { afterCursor, boundCount, centreUnit, dayRange, nextPage, setting, unitsByIds } from '../platform/index.ts'
import { rateOf, type Outcome, type RateCount, type Statement } from './callback.ts'
import { answerKey, keyName, recheck, taskKey, zone, type Breakdown } from './breakdown.ts'
import { db, inLine, readableTenants, seesOrder } from './callback.queries.ts'
import type * as contract from './contract.ts'
import { includeNotReached, notReachedCountsAs } from './settings.ts'
import { outcomeNames, ratesDefinition } from './texts.zh-CN.ts'

type Period = { from: string; to: string; unitId?: string | undefined; by?: Breakdown | undefined; key?: string | undefined }

/** Answers of the period; confidential orders count for those who may see them. */
async function answers(ctx: Ctx, input: Period) {
  const { from, before } = await dayRange(ctx, input.from, input.to)
  let query = db(ctx)
    .selectFrom('callback_result as r')
    .innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 'r.tenant_id').onRef('o.id', '=', 'r.order_id'))
    .where('r.tenant_id', 'in', readableTenants(ctx))
    .where((eb) => seesOrder(ctx, eb as never) as never)
  if (from) query = query.where('r.at', '>=', from)
  if (before) query = query.where('r.at', '<', before)
  if (input.by && input.key !== undefined) query = query.where(answerKey(input.by, await zone(ctx)), '=', input.key)
  return input.unitId ? query.where(inLine(ctx, 'r.unit_id', input.unitId)) : query
}

async function givenUp(ctx: Ctx, input: Period, because: 'notReached' | 'formUnanswered') {
  const { from, before } = await dayRange(ctx, input.from, input.to)
  let query = db(ctx)
    .selectFrom('callback_task as t')
    .innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 't.tenant_id').onRef('o.id', '=', 't.order_id'))
    .where('t.tenant_id', 'in', readableTenants(ctx))
    .where('t.state', '=', 'givenUp')
    .where(sql`coalesce(t.ended_because, 'notReached')`, '=', because)
    .where((eb) => seesOrder(ctx, eb as never) as never)
  if (from) query = query.where('t.finished_at', '>=', from)
  if (before) query = query.where('t.finished_at', '<', before)
  if (input.by && input.key !== undefined) query = query.where(taskKey(input.by, await zone(ctx)), '=', input.key)
  return input.unitId ? query.where(inLine(ctx, 't.unit_id', input.unitId)) : query
}

const countOf = (question: 'contacted' | 'solved' | 'satisfied') => sql<RateCount>`json_build_object('yes', count(*) filter (where ${sql.ref(`r.${question}`)} = 'yes'), 'no', count(*) filter (where ${sql.ref(`r.${question}`)} = 'no'), 'notStated', count(*) filter (where ${sql.ref(`r.${question}`)} = 'notStated'))`.as(question)

export async function callbackRates(ctx: Ctx, input: Input<typeof contract.callbackRatesRoute>) {
  authorize(ctx, 'callback.read')
  const row = await (await answers(ctx, input))
    .select([countOf('contacted'), countOf('solved'), countOf('satisfied'), sql<number>`count(*)`.as('calledBack'), sql<number>`count(*) filter (where r.outcome = 'notAttributable')`.as('notAttributable')])
    .executeTakeFirstOrThrow()
  const missed = await (await givenUp(ctx, input, 'notReached')).select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()
  const silent = await (await givenUp(ctx, input, 'formUnanswered')).select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()
  return { from: input.from, to: input.to, calledBack: row.calledBack, notAttributable: row.notAttributable, formUnanswered: silent.n, ...(await ratesBy(ctx))(row, missed.n), definition: ratesDefinition }
}

type Counted = { contacted: RateCount; solved: RateCount; satisfied: RateCount }

/** How those not reached enter the rates is the tenant's own setting; those it counts as satisfied are in the rate, and named apart beside it. */
async function ratesBy(ctx: Ctx) {
  const included = await setting(ctx, includeNotReached)
  const satisfies = (await setting(ctx, notReachedCountsAs)) === 'satisfied'
  return (row: Counted, notReached: number) => {
    const [extra, asSatisfied] = [included ? notReached : 0, satisfies ? notReached : 0]
    const satisfied = { ...row.satisfied, yes: row.satisfied.yes + asSatisfied }
    return { response: rateOf(row.contacted, extra), solved: rateOf(row.solved, extra), satisfied: rateOf(satisfied, extra - Math.min(extra, asSatisfied)), notReached, countedAsSatisfied: asSatisfied, includesNotReached: included }
  }
}

/** The line directly below the top that a unit belongs to; rows of the top itself belong to none and fall away. */
const lineBelow = (top: string) => sql<string>`u.path[array_position(u.path, ${top}::uuid) + 1]`

const none: RateCount = { yes: 0, no: 0, notStated: 0 }

/** The root of the tree that the centre stands in: often the centre itself. */
async function topOf(ctx: Ctx): Promise<string> {
  const centre = await centreUnit(ctx)
  return centre.path[0] ?? centre.id
}

/** The lines directly below a unit, each with everything under it, worst satisfaction first: two statements, however many units there are. */
export async function callbackRatesByUnit(ctx: Ctx, input: Input<typeof contract.callbackRatesByUnitRoute>) {
  authorize(ctx, 'callback.read')
  const top = input.unitId ?? (await topOf(ctx))
  const line = lineBelow(top)
  const within = sql<SqlBool>`u.path @> array[${top}]::uuid[] and u.id <> ${top}`
  const said = await (await answers(ctx, { from: input.from, to: input.to })).innerJoin('platform_unit_view as u', (join) => join.onRef('u.tenant_id', '=', 'r.tenant_id').onRef('u.id', '=', 'r.unit_id'))
    .where(within).select([line.as('unitId'), countOf('contacted'), countOf('solved'), countOf('satisfied'), sql<number>`count(*)`.as('calledBack')]).groupBy(sql`1`).execute()
  const missed = await (await givenUp(ctx, { from: input.from, to: input.to }, 'notReached')).innerJoin('platform_unit_view as u', (join) => join.onRef('u.tenant_id', '=', 't.tenant_id').onRef('u.id', '=', 't.unit_id'))
    .where(within).select([line.as('unitId'), sql<number>`count(*)`.as('n')]).groupBy(sql`1`).execute()
  const rates = await ratesBy(ctx)
  const units = await unitsByIds(ctx, [...new Set([...said, ...missed].map((row) => row.unitId))])
  const items = [...units.values()].map((unit) => {
    const row = said.find((one) => one.unitId === unit.id) ?? { contacted: none, solved: none, satisfied: none, calledBack: 0 }
    const { response, solved, satisfied, notReached } = rates(row, missed.find((one) => one.unitId === unit.id)?.n ?? 0)
    return { unitId: unit.id, unitName: unit.name, calledBack: row.calledBack, notReached, response, solved, satisfied }
  })
  return { items: items.toSorted((a, b) => (a.satisfied.rate ?? 2) - (b.satisfied.rate ?? 2) || b.calledBack - a.calledBack) }
}

/** The same figures by seat, manner, result, attempts, month or source: two statements, their lines sum up to the whole. */
export async function callbackBreakdown(ctx: Ctx, input: Input<typeof contract.callbackBreakdownRoute>) {
  authorize(ctx, 'callback.read')
  const { by, ...period } = input
  const timeZone = await zone(ctx)
  const said = await (await answers(ctx, period))
    .select([answerKey(by, timeZone).as('key'), countOf('contacted'), countOf('solved'), countOf('satisfied'), sql<number>`count(*)`.as('calledBack'), sql<number>`count(*) filter (where r.outcome = 'dissatisfied' and not ${recheck})`.as('returned'), sql<number>`count(*) filter (where ${recheck})`.as('recheck')]).groupBy(sql`1`).execute()
  const missed = await (await givenUp(ctx, period, 'notReached')).select([taskKey(by, timeZone).as('key'), sql<number>`count(*)`.as('n')]).groupBy(sql`1`).execute()
  const rates = await ratesBy(ctx)
  const items = [...new Set([...said, ...missed].map((row) => row.key))].map((key) => {
    const row = said.find((one) => one.key === key) ?? { contacted: none, solved: none, satisfied: none, calledBack: 0, returned: 0, recheck: 0 }
    const { response, solved, satisfied, notReached } = rates(row, missed.find((one) => one.key === key)?.n ?? 0)
    return { key, name: keyName(by, key), calledBack: row.calledBack, notReached, returned: row.returned, recheck: row.recheck, response, solved, satisfied }
  })
  return { items: items.toSorted(by === 'month' || by === 'attempts' ? (a, b) => (a.key < b.key ? -1 : 1) : (a, b) => b.calledBack - a.calledBack || (a.key < b.key ? -1 : 1)) }
}

type Rows = Input<typeof contract.callbackRateRowsRoute>

export async function callbackRateRows(ctx: Ctx, input: Rows) {
  authorize(ctx, 'callback.read')
  return input.figure === 'notReached' || input.figure === 'formUnanswered' ? notReachedRows(ctx, input, input.figure) : answeredRows(ctx, input, input.figure)
}

async function answeredRows(ctx: Ctx, input: Rows, figure: Exclude<Rows['figure'], 'notReached' | 'formUnanswered'>) {
  let query = await answers(ctx, input)
  if (figure === 'notAttributable') query = query.where('r.outcome', '=', 'notAttributable')
  else if (figure !== 'calledBack') {
    const [question, value] = figure.split('.') as ['contacted' | 'solved' | 'satisfied', Statement] // the contract names no other figures
    query = query.where(`r.${question}`, '=', value)
  }
  const rows = await query
    .innerJoin('callback_task as t', (join) => join.onRef('t.tenant_id', '=', 'r.tenant_id').onRef('t.id', '=', 'r.task_id'))
    .select(['r.id', 'r.task_id as taskId', 'r.order_id as orderId', 'o.number', 'o.title', 'r.round', 'r.at', 'r.actor_name as actorName', 'r.unit_name as unitName', 'r.contacted', 'r.solved', 'r.satisfied', 'r.reasons', 'r.opinion', 'r.outcome', 't.attempts'])
    .where(afterCursor(input.cursor, 'r.at', 'r.id')).orderBy('r.at', 'desc').orderBy('r.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.at)
  const items = page.items.map((r) => ({ ...r, number: r.number ?? '', title: r.title ?? '', contacted: r.contacted as Statement, solved: r.solved as Statement, satisfied: r.satisfied as Statement, outcomeName: outcomeNames[r.outcome as Outcome] }))
  return { items, next: page.next, count: await boundCount(ctx, query) }
}

async function notReachedRows(ctx: Ctx, input: Rows, because: 'notReached' | 'formUnanswered') {
  const query = await givenUp(ctx, input, because)
  const rows = await query
    .select(['t.id', 't.order_id as orderId', 'o.number', 'o.title', 't.round', 't.finished_at as finishedAt', 't.created_at as createdAt', 't.finished_by_name as actorName', 't.unit_name as unitName', 't.attempts'])
    .where(afterCursor(input.cursor, 't.finished_at', 't.id')).orderBy('t.finished_at', 'desc').orderBy('t.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.finishedAt ?? r.createdAt)
  const items = page.items.map(({ finishedAt, createdAt, actorName, ...r }) => ({
    ...r, taskId: r.id, number: r.number ?? '', title: r.title ?? '', at: finishedAt ?? createdAt, actorName: actorName ?? '', contacted: null, solved: null, satisfied: null, reasons: [], opinion: null, outcome: because, outcomeName: outcomeNames[because],
  }))
  return { items, next: page.next, count: await boundCount(ctx, query) }
}
