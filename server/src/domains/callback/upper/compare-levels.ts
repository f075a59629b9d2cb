// The same order called back by several levels: the unit's own statement, the centre's callback, the upper platform's. Where only one
// level asked, or one of two said nothing, nothing is compared.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { lastOfMonth, type Instant } from '../../../kernel/time/index.ts'
import { afterCursor, dayRange, nextPage } from '../../platform/index.ts'
import type { Statement } from '../callback.ts'
import { db, inLine, seesOrder } from '../callback.queries.ts'
import type * as contract from './upper-contract.ts'
import { comparisonDefinition, matchKindNames, questionNames } from './upper.zh-CN.ts'

export const matchKinds = ['differs', 'same', 'ownOnly', 'upperOnly', 'unstated'] as const
export type MatchKind = (typeof matchKinds)[number]
const questions = ['contacted', 'solved', 'satisfied'] as const
type Level = 'own' | 'upper' | 'unit'
const alias: Record<Level, string> = { own: 'r', upper: 'u', unit: 's' }

const both = (a: Level, b: Level, q: string): RawBuilder<boolean> => sql`(${sql.ref(`${alias[a]}.${q}`)} in ('yes', 'no') and ${sql.ref(`${alias[b]}.${q}`)} in ('yes', 'no'))`
const unequal = (a: Level, b: Level, q: string): RawBuilder<boolean> => sql`(${both(a, b, q)} and ${sql.ref(`${alias[a]}.${q}`)} <> ${sql.ref(`${alias[b]}.${q}`)})`
const any = (parts: RawBuilder<boolean>[]): RawBuilder<boolean> => sql`coalesce(${sql.join(parts, sql` or `)}, false)`
const compared = (a: Level, b: Level) => any(questions.map((q) => both(a, b, q)))
const differing = (a: Level, b: Level) => any(questions.map((q) => unequal(a, b, q)))
const kindOf = sql<MatchKind>`case when u.id is null then 'ownOnly' when r.id is null then 'upperOnly' when ${differing('own', 'upper')} then 'differs' when ${compared('own', 'upper')} then 'same' else 'unstated' end`

/**
 * Orders of the month that the upper platform's detail names, and those the centre called back in it. The own answer is the last one up to
 * the end of the month, or the first after it where nobody had asked before: what came of a later redo is no part of an old month.
 */
async function matches(ctx: Ctx, input: { month: string; unitId?: string | undefined }) {
  const first = `${input.month}-01`
  const { from, before } = await dayRange(ctx, first, lastOfMonth(first))
  const ids = sql`select order_id from callback_upper_result where tenant_id = ${ctx.tenantId} and month = ${input.month} and replaced_at is null
    union select order_id from callback_result where tenant_id = ${ctx.tenantId} and at >= ${from} and at < ${before}`
  let query = db(ctx)
    .selectFrom(sql<{ order_id: string }>`(${ids})`.as('x'))
    .innerJoin('order_view as o', (join) => join.on('o.tenant_id', '=', ctx.tenantId).onRef('o.id', '=', 'x.order_id'))
    .leftJoin('callback_upper_result as u', (join) => join.on('u.tenant_id', '=', ctx.tenantId).onRef('u.order_id', '=', 'x.order_id').on('u.month', '=', input.month).on('u.replaced_at', 'is', null))
    .leftJoinLateral((eb) => eb.selectFrom('callback_result').select(['id', 'contacted', 'solved', 'satisfied', 'at', 'call_id', 'actor_name']).where('tenant_id', '=', ctx.tenantId).whereRef('order_id', '=', 'x.order_id').orderBy(sql`at < ${before}`, 'desc').orderBy(sql`case when at < ${before} then at end`, 'desc').orderBy('at').limit(1).as('r'), (join) => join.onTrue())
    .leftJoinLateral((eb) => eb.selectFrom('callback_statement_view').select(['contacted', 'solved', 'satisfied', 'submitted_at']).where('tenant_id', '=', ctx.tenantId).whereRef('order_id', '=', 'x.order_id').where('state', '=', 'accepted').where('role', '<>', 'assist').orderBy('submitted_at', 'desc').limit(1).as('s'), (join) => join.onTrue())
    .where((eb) => seesOrder(ctx, eb as never) as never)
  if (input.unitId) query = query.where(inLine(ctx, 'o.lead_unit_id', input.unitId))
  return query
}

const sum = (test: RawBuilder<boolean>) => sql<number>`count(*) filter (where ${test})::int`
const pairColumns = [['ownUpper', 'own', 'upper'], ['unitOwn', 'unit', 'own'], ['unitUpper', 'unit', 'upper']] as const satisfies [string, Level, Level][]
type Counts = Record<string, number>
const pairOf = (row: Counts, name: string) => {
  const [n, off] = [row[`${name}N`] ?? 0, row[`${name}Off`] ?? 0]
  return { compared: n, agreed: n - off, rate: n === 0 ? null : (n - off) / n }
}
const pairsOf = (row: Counts) => ({ ownUpper: pairOf(row, 'ownUpper'), unitOwn: pairOf(row, 'unitOwn'), unitUpper: pairOf(row, 'unitUpper') })

export async function upperComparison(ctx: Ctx, input: Input<typeof contract.upperComparison>): Promise<Output<typeof contract.upperComparison>> {
  authorize(ctx, 'callback.read')
  const counts = [
    ...pairColumns.flatMap(([name, a, b]) => [sum(compared(a, b)).as(`${name}N`), sum(differing(a, b)).as(`${name}Off`)]),
    ...questions.flatMap((q) => [sum(sql`coalesce(${both('own', 'upper', q)}, false)`).as(`${q}N`), sum(sql`coalesce(${unequal('own', 'upper', q)}, false)`).as(`${q}Off`)]),
    ...matchKinds.map((kind) => sum(sql`${kindOf} = ${kind}`).as(`kind_${kind}`)),
    sql<number>`count(*)::int`.as('orders'),
  ]
  const rows = (await (await matches(ctx, input)).select(['o.lead_unit_id as unitId', 'o.lead_unit_name as unitName', ...counts] as never).groupBy(['o.lead_unit_id', 'o.lead_unit_name']).execute()) as unknown as (Counts & { unitId: string | null; unitName: string | null })[]
  const total: Counts = {}
  for (const row of rows) for (const [key, n] of Object.entries(row)) if (typeof n === 'number') total[key] = (total[key] ?? 0) + n
  return {
    month: input.month, total: total['orders'] ?? 0, kinds: matchKinds.map((kind) => ({ kind, name: matchKindNames[kind], count: total[`kind_${kind}`] ?? 0 })),
    questions: questions.map((question) => ({ question, name: questionNames[question], ownUpper: pairOf(total, question) })), ...pairsOf(total),
    units: rows.map((row) => ({ unitId: row.unitId, unitName: row.unitName ?? '—', orders: row['orders'] ?? 0, differing: row['kind_differs'] ?? 0, ...pairsOf(row) })).toSorted((a, b) => b.differing - a.differing || b.orders - a.orders),
    definition: comparisonDefinition,
  }
}

type Row = { id: string; number: string | null; title: string | null; unitName: string | null; kind: MatchKind; at: Instant } & Record<`${Level}_${(typeof questions)[number]}`, Statement | null> & { own_id: string | null; own_at: Instant | null; own_call: string | null; own_by: string | null; upper_id: string | null; upper_at: Instant | null; upper_opinion: string | null; unit_at: Instant | null; cause: string | null; cause_by: string | null }

export async function listUpperMatches(ctx: Ctx, input: Input<typeof contract.listUpperMatches>): Promise<Output<typeof contract.listUpperMatches>> {
  authorize(ctx, 'callback.read')
  let query = await matches(ctx, input)
  if (input.kind) query = query.where(sql<boolean>`${kindOf} = ${input.kind}`)
  if (input.number) query = query.where('o.number', '=', input.number)
  const rows = (await query
    .select(['o.id', 'o.number', 'o.title', 'o.lead_unit_name as unitName', kindOf.as('kind'), 'o.registered_at as at', 'r.id as own_id', 'r.at as own_at', 'r.call_id as own_call', 'r.actor_name as own_by', 'u.id as upper_id', 'u.at as upper_at', 'u.opinion as upper_opinion', 's.submitted_at as unit_at', 'u.cause', 'u.cause_by_name as cause_by',
      ...questions.flatMap((q) => [sql`r.${sql.raw(q)}`.as(`own_${q}`), sql`u.${sql.raw(q)}`.as(`upper_${q}`), sql`s.${sql.raw(q)}`.as(`unit_${q}`)])] as never)
    .where(afterCursor(input.cursor, 'o.registered_at', 'o.id')).orderBy('o.registered_at', 'desc').orderBy('o.id', 'desc').limit(input.limit + 1).execute()) as unknown as Row[]
  const page = nextPage(rows, input.limit, (row) => row.at)
  const count = await query.select(sql<number>`count(*)::int`.as('n')).executeTakeFirstOrThrow()
  const said = (row: Row, level: Level) => ({ contacted: row[`${level}_contacted`] ?? 'notStated', solved: row[`${level}_solved`] ?? 'notStated', satisfied: row[`${level}_satisfied`] ?? 'notStated' })
  const items = page.items.map((row) => {
    const [own, upper] = [said(row, 'own'), said(row, 'upper')]
    return {
      id: row.id, number: row.number ?? '', title: row.title ?? '', unitName: row.unitName, kind: row.kind, kindName: matchKindNames[row.kind],
      unit: row.unit_at === null ? null : { ...said(row, 'unit'), at: row.unit_at }, own: row.own_id === null ? null : { ...own, at: row.own_at, callId: row.own_call, byName: row.own_by ?? '' }, upper: row.upper_id === null ? null : { ...upper, at: row.upper_at, resultId: row.upper_id, opinion: row.upper_opinion },
      differs: row.kind === 'differs' ? questions.filter((q) => own[q] !== 'notStated' && upper[q] !== 'notStated' && own[q] !== upper[q]).map((q) => questionNames[q]) : [], cause: row.cause, causeByName: row.cause_by,
    }
  })
  return { items, next: page.next, count: { value: count.n, capped: false } }
}
