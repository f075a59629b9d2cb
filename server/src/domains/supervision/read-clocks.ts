// The register of clocks: counts per kind, the rows behind them, deadlines of the next days (SUP-01, SUP-04).
import { sql, type SqlBool } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input } from '../../kernel/http/route.ts'
import { DAY, plus, type Instant } from '../../kernel/time/index.ts'
import { clockNames, stateNames, type OrderState } from '../orders/index.ts'
import { afterCursorUp, boundCount, dayRange, nextPage } from '../platform/index.ts'
import type * as contract from './contract.ts'
import { clockKinds, deadlineClocks, type ClockColour } from './supervision.ts'
import { limitConditions } from './limits/limit-facts.ts'
import { chosenQuery, clockColour, clocks, db, inArea, inUnit, lineOfReader, nearestClock } from './supervision.queries.ts'
import { basisNames, dueDayName } from './texts.zh-CN.ts'

export type ClockKindName = (typeof clockKinds)[number]
type ClockFilter = Partial<Omit<Input<typeof contract.listClocksRoute>, 'cursor' | 'limit'>> & { dueAfter?: Instant }

/** Met after its deadline, or running beyond it. */
export const lateClock = (ctx: Ctx) => sql<SqlBool>`(case c.state when 'met' then c.met_at > c.due_at when 'running' then c.due_at <= ${ts(ctx.clock.now())}::timestamptz else false end)`

/** Running and paused clocks that fit a filter, without columns yet; those of a period of deadlines with the ones that were met. */
/** Orders `o` with an answer of a unit before its leader. */
export const answerWaits = sql<SqlBool>`exists (select 1 from orders_pub_assignment_view w where w.tenant_id = o.tenant_id and w.order_id = o.id and w.state = 'pendingReport')`

export async function clockQuery(ctx: Ctx, input: ClockFilter) {
  const days = await dayRange(ctx, input.dueFrom, input.dueTo)
  const past = days.from !== null || days.before !== null || input.met !== undefined || input.late !== undefined
  let query = clocks(ctx, input).where('c.state', 'in', input.met ? ['met'] : past ? ['running', 'paused', 'met'] : ['running', 'paused'])
  if (days.from) query = query.where('c.due_at', '>=', days.from)
  if (days.before) query = query.where('c.due_at', '<', days.before)
  if (input.late !== undefined) query = query.where(input.late ? lateClock(ctx) : sql<SqlBool>`not ${lateClock(ctx)}`)
  for (const condition of await limitConditions(ctx, input)) query = query.where(condition)
  if (input.kind) query = query.where('c.kind', 'in', input.kind)
  if (input.colour) query = query.where(sql<SqlBool>`${await clockColour(ctx)} in (${sql.join(input.colour)})`)
  if (input.unitId) query = query.where(inUnit(ctx, 'c.unit_id', input.unitId))
  if (input.ownUnitId) query = query.where('c.unit_id', '=', input.ownUnitId)
  if (input.orderState) query = query.where('o.state', 'in', input.orderState)
  if (input.areaCode) query = query.where(inArea(input.areaCode, input.areaOnly))
  if (input.reported !== undefined) query = query.where(input.reported ? answerWaits : sql<SqlBool>`not ${answerWaits}`)
  if (input.redone) query = query.where(sql<SqlBool>`o.round > 1`)
  if (input.nearest) query = query.where(nearestClock)
  if (input.dueBefore !== undefined) query = query.where('c.due_at', '<=', ts(input.dueBefore))
  if (input.dueAfter !== undefined) query = query.where('c.due_at', '>', ts(input.dueAfter))
  return query
}

const selectClocks = async (ctx: Ctx, query: ReturnType<typeof clocks>) =>
  query
    .leftJoin('orders_pub_assignment_view as a', (join) => join.onRef('a.tenant_id', '=', 'c.tenant_id').onRef('a.id', '=', 'c.assignment_id'))
    .select([
      'c.id', 'c.order_id as orderId', 'o.number', 'o.title', 'o.state as orderState', 'o.urgency', 'c.kind', 'c.assignment_id as assignmentId', 'c.unit_id as unitId', 'a.unit_name as unitName', 'c.rule_text as ruleText', 'c.amount', 'c.basis',
      'c.started_at as startedAt', 'c.yellow_at as yellowAt', 'c.due_at as dueAt', 'c.state', 'c.met_at as metAt', 'c.tenant_id as tenantId',
    ])
    .select((await clockColour(ctx)).as('colour'))
type Row = Awaited<ReturnType<Awaited<ReturnType<typeof selectClocks>>['execute']>>[number]

const EPOCH = 0 as Instant // columns of views are nullable to the compiler only

const clockView = ({ tenantId: _tenant, ...row }: Row) => ({
  ...row, id: row.id ?? '', orderId: row.orderId ?? '', number: row.number ?? '', title: row.title ?? '', orderState: row.orderState ?? '', orderStateName: stateNames[row.orderState as OrderState] ?? '', urgency: row.urgency ?? '',
  kind: row.kind as ClockKindName, kindName: clockNames[row.kind ?? ''] ?? row.kind ?? '', ruleText: row.ruleText ?? '', amount: row.amount ?? 0, basis: row.basis ?? '', basisName: basisNames[row.basis ?? ''] ?? row.basis ?? '',
  startedAt: row.startedAt ?? EPOCH, yellowAt: row.yellowAt ?? EPOCH, dueAt: row.dueAt ?? EPOCH, state: row.state as 'running' | 'paused' | 'met' | 'cancelled', colour: row.colour as ClockColour,
})

const LIST = '/api/supervision/clocks/rows'

export async function clockRegister(ctx: Ctx, input: Input<typeof contract.clockRegisterRoute>) {
  authorize(ctx, 'supervision.read')
  const colour = await clockColour(ctx)
  const rows = await (await clockQuery(ctx, input)).select(['c.kind', colour.as('colour'), sql<number>`count(*)`.as('n')]).groupBy(['c.kind', sql`2`]).execute()
  const unit = chosenQuery(input)
  return {
    items: clockKinds.map((kind) => {
      const of = (...colours: string[]): number => rows.filter((r) => r.kind === kind && colours.includes(r.colour)).reduce((sum, r) => sum + r.n, 0)
      const list = (colours: string) => ({ path: LIST, query: { kind, colour: colours, ...unit } })
      return {
        kind, name: clockNames[kind] ?? kind, running: of('green', 'yellow', 'red'), near: of('yellow'), overdue: of('red'), paused: of('paused'),
        lists: { running: list('green,yellow,red'), near: list('yellow'), overdue: list('red'), paused: list('paused') },
      }
    }),
  }
}

export async function listClocks(ctx: Ctx, input: Input<typeof contract.listClocksRoute>) {
  authorize(ctx, 'supervision.read')
  const query = await clockQuery(ctx, input)
  const rows = await (await selectClocks(ctx, query)).where(afterCursorUp(input.cursor, 'c.due_at', 'c.id')).orderBy('c.due_at').orderBy('c.id').limit(input.limit + 1).execute()
  const page = nextPage(rows.map((r) => ({ ...r, id: r.id ?? '' })), input.limit, (r) => r.dueAt ?? EPOCH)
  return { items: page.items.map(clockView), next: page.next, count: await boundCount(ctx, query) }
}

/** All clocks of an order, ended ones too, for whoever may read the order; a unit sees its own line's and those of the order as a whole. */
export async function clocksOfOrder(ctx: Ctx, order: { id: string; tenant_id: string }) {
  const query = db(ctx)
    .selectFrom('orders_pub_clock_view as c')
    .innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 'c.tenant_id').onRef('o.id', '=', 'c.order_id'))
    .where('c.tenant_id', '=', order.tenant_id).where('c.order_id', '=', order.id)
    .where(sql<SqlBool>`(c.unit_id is null or ${lineOfReader(ctx, 'c.unit_id')})`)
  return (await (await selectClocks(ctx, query)).orderBy('c.due_at').execute()).map(clockView)
}

const DUE = '/api/supervision/due'

export async function dueLists(ctx: Ctx, input: Input<typeof contract.dueListsRoute>) {
  authorize(ctx, 'supervision.read')
  const now = ctx.clock.now()
  const kinds = (input.clock ? [input.clock] : deadlineClocks) as ClockKindName[]
  const base = { kind: kinds, unitId: input.unitId, below: input.below, colour: ['green' as const, 'yellow' as const] }
  const day = sql<number>`ceil(extract(epoch from (c.due_at - ${ts(now)})) / 86400)::int`
  const counted = await (await clockQuery(ctx, { ...base, dueAfter: now, dueBefore: plus(now, input.days * DAY) })).select(['c.kind', day.as('day'), sql<number>`count(*)`.as('n')]).groupBy(['c.kind', sql`2`]).execute()
  const counts = kinds.flatMap((clock) =>
    Array.from({ length: input.days }, (_, i) => {
      const d = i + 1
      return { clock, clockName: clockNames[clock] ?? clock, day: d, name: dueDayName(d), count: counted.find((r) => r.kind === clock && r.day === d)?.n ?? 0, list: { path: DUE, query: { days: String(input.days), day: String(d), clock, ...chosenQuery(input) } } }
    }),
  )
  const query = await clockQuery(ctx, { ...base, dueAfter: plus(now, ((input.day ?? 1) - 1) * DAY), dueBefore: plus(now, (input.day ?? input.days) * DAY) })
  const rows = await (await selectClocks(ctx, query)).where(afterCursorUp(input.cursor, 'c.due_at', 'c.id')).orderBy('c.due_at').orderBy('c.id').limit(input.limit + 1).execute()
  const page = nextPage(rows.map((r) => ({ ...r, id: r.id ?? '' })), input.limit, (r) => r.dueAt ?? EPOCH)
  const reminders = await remindersOf(ctx, page.items)
  const items = page.items.map((row) => ({ ...clockView(row), daysLeft: Math.ceil(((row.dueAt ?? now) - now) / DAY), reminders: reminders.filter((r) => r.clock_id === row.id && r.due_at === row.dueAt).map(({ days, at, sent }) => ({ days, at, sent })) }))
  return { counts, items, next: page.next, count: await boundCount(ctx, query) }
}

async function remindersOf(ctx: Ctx, rows: { id: string; tenantId: string }[]) {
  if (rows.length === 0) return []
  return db(ctx).selectFrom('supervision_reminder').select(['clock_id', 'due_at', 'days', 'at', 'sent']).where('tenant_id', 'in', [...new Set(rows.map((r) => r.tenantId))]).where('clock_id', 'in', rows.map((r) => r.id)).orderBy('days', 'desc').execute()
}
