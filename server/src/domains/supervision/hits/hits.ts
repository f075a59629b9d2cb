// Alerts and findings: lists, acknowledgement, measure and result, response rates.
import { sql, type SqlBool } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { readOrder, stateNames, type OrderState } from '../../orders/index.ts'
import { afterCursor, boundCount, dayRange, nextPage, tenantById } from '../../platform/index.ts'
import type { FindingKind } from '../rules/definition.ts'
import { findingNames, hitStateNames } from '../rules/rule-texts.zh-CN.ts'
import { supervisionFail } from '../supervision.errors.ts'
import { answersFor, db, inUnit, listedTenants, ownLine, seesOrder } from '../supervision.queries.ts'
import type * as contract from './hit-contract.ts'

type Filter = Partial<Omit<Input<typeof contract.listHitsRoute>, 'cursor' | 'limit'>>

export async function hitQuery(ctx: Ctx, input: Filter) {
  const { from, before } = await dayRange(ctx, input.from, input.to)
  let query = db(ctx)
    .selectFrom('supervision_hit as h')
    .innerJoin('supervision_rule as r', (join) => join.onRef('r.tenant_id', '=', 'h.tenant_id').onRef('r.id', '=', 'h.rule_id'))
    .innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 'h.tenant_id').onRef('o.id', '=', 'h.order_id'))
    .where('h.tenant_id', 'in', listedTenants(ctx, input))
    .where((eb) => seesOrder(ctx, eb as never) as never)
    .where(ownLine(ctx, 'h.unit_id'))
  if (input.effect) query = query.where('h.effect', '=', input.effect)
  if (input.state) query = query.where('h.state', 'in', input.state)
  if (input.current !== undefined) query = query.where('h.ended_at', input.current ? 'is' : 'is not', null)
  if (input.kind) query = query.where('h.kind', '=', input.kind)
  if (input.ruleId) query = query.where('h.rule_id', '=', input.ruleId)
  if (input.orderId) query = query.where('h.order_id', '=', input.orderId)
  if (input.unitId) query = query.where(inUnit(ctx, 'h.unit_id', input.unitId))
  if (from) query = query.where('h.found_at', '>=', from)
  if (before) query = query.where('h.found_at', '<', before)
  return query
}

const select = (query: Awaited<ReturnType<typeof hitQuery>>) =>
  query
    .select(['h.id', 'h.tenant_id', 'h.effect', 'h.rule_id as ruleId', 'r.name as ruleName', 'h.kind', 'h.order_id as orderId', 'o.number', 'o.title', 'o.state as orderState', 'h.unit_id as unitId', 'h.unit_name as unitName', 'h.state', 'h.found_at as foundAt', 'h.told_count as toldCount',
      'h.acknowledged_at as acknowledgedAt', 'h.acknowledged_by_name as acknowledgedByName', 'h.measure', 'h.result', 'h.answered_at as answeredAt', 'h.answered_by_name as answeredByName', 'h.ended_at as endedAt', 'h.ended_reason as endedReason'])
    .select(sql<string[]>`array(select p.name from supervision_hit_recipient p where p.tenant_id = h.tenant_id and p.hit_id = h.id order by p.name)`.as('recipients'))
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]
type View = Output<typeof contract.answerHitRoute>

async function view(ctx: Ctx, { tenant_id, orderState, ...row }: Row): Promise<View> {
  return {
    ...row, effect: row.effect as 'alert' | 'finding', kind: row.kind as FindingKind | null, kindName: row.kind ? (findingNames[row.kind] ?? row.kind) : null, number: row.number ?? '', title: row.title ?? '', orderStateName: stateNames[orderState as OrderState],
    state: row.state as 'open' | 'answered' | 'closed', stateName: hitStateNames[row.state] ?? row.state, mayAnswer: tenant_id === ctx.tenantId && row.state === 'open' && (await mayAnswer(ctx, row.unitId)),
  }
}
/** The unit that has the order, and the supervisors of the centre. */
const mayAnswer = async (ctx: Ctx, unitId: string | null): Promise<boolean> => can(ctx, 'supervision.manage') || (await answersFor(ctx, unitId ? [unitId] : []))

export async function listHits(ctx: Ctx, input: Input<typeof contract.listHitsRoute>): Promise<Output<typeof contract.listHitsRoute>> {
  authorize(ctx, 'supervision.read')
  const query = await hitQuery(ctx, input)
  const rows = await select(query).where(afterCursor(input.cursor, 'h.found_at', 'h.id')).orderBy('h.found_at', 'desc').orderBy('h.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.foundAt)
  const items: View[] = []
  for (const row of page.items) items.push(await view(ctx, row))
  return { items, next: page.next, count: await boundCount(ctx, query) }
}

async function one(ctx: Ctx, id: string): Promise<View> {
  const row = await select(await hitQuery(ctx, { below: true })).where('h.id', '=', id).executeTakeFirst()
  if (!row) throw supervisionFail('hitNotFound')
  return view(ctx, row)
}

async function hold(ctx: Ctx, id: string) {
  authorize(ctx, 'supervision.read')
  const seen = await one(ctx, id)
  await readOrder(ctx, seen.orderId)
  const hit = await db(ctx).selectFrom('supervision_hit').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!hit) throw supervisionFail('hitNotFound')
  if (!(await mayAnswer(ctx, hit.unit_id))) throw supervisionFail('notYours', { rule: 'supervision.answer', params: { act: '答复该预警' } })
  return hit
}

export async function acknowledgeHit(ctx: Ctx, input: { id: string }): Promise<View> {
  const hit = await hold(ctx, input.id)
  if (hit.acknowledged_at === null) await db(ctx).updateTable('supervision_hit').set({ acknowledged_at: ts(ctx.clock.now()), acknowledged_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', hit.id).execute()
  return one(ctx, hit.id)
}

export async function answerHit(ctx: Ctx, input: Input<typeof contract.answerHitRoute>): Promise<View> {
  const hit = await hold(ctx, input.id)
  if (hit.state !== 'open') throw supervisionFail('hitAnswered', { rule: 'supervision.hit.open', params: { state: hitStateNames[hit.state] ?? '' } })
  const now = ts(ctx.clock.now())
  await db(ctx).updateTable('supervision_hit').set({ state: 'answered', measure: input.measure, result: input.result ?? null, answered_at: now, answered_by_name: ctx.actor.name, acknowledged_at: hit.acknowledged_at === null ? now : ts(hit.acknowledged_at), acknowledged_by_name: hit.acknowledged_by_name ?? ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', hit.id).execute()
  ctx.signal('supervision.board')
  return one(ctx, hit.id)
}

const rate = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part / whole) * 1000) / 10)

/** Response rate per rule, and beside the alerts of each month the share of deadlines that were missed in it. */
export async function hitStats(ctx: Ctx, input: Input<typeof contract.hitStatsRoute>): Promise<Output<typeof contract.hitStatsRoute>> {
  authorize(ctx, 'supervision.read')
  const answered = sql<number>`count(*) filter (where h.answered_at is not null)::int`
  const rules = await (await hitQuery(ctx, input)).select('r.name').select([sql<string>`min(h.rule_id::text)`.as('ruleId'), sql<number>`count(*)::int`.as('count'), answered.as('answered')]).groupBy('r.name').orderBy(sql`3`, 'desc').execute()
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const months = await (await hitQuery(ctx, input)).select(sql<string>`to_char(h.found_at at time zone ${timeZone}, 'YYYY-MM')`.as('month')).select(sql<number>`count(*)::int`.as('count')).groupBy(sql`1`).orderBy(sql`1`).execute()
  const { from, before } = await dayRange(ctx, input.from, input.to)
  const late = await db(ctx).selectFrom('orders_pub_clock_view as c')
    .select([sql<string>`to_char(c.due_at at time zone ${timeZone}, 'YYYY-MM')`.as('month'), sql<number>`count(*)::int`.as('due'), sql<number>`count(*) filter (where coalesce(c.met_at, ${ts(ctx.clock.now())}::timestamptz) > c.due_at)::int`.as('late')])
    .where('c.tenant_id', 'in', listedTenants(ctx, input)).where(ownLine(ctx, 'c.unit_id')).where('c.kind', '=', 'handling').where('c.state', 'in', ['running', 'met'])
    .where(sql<SqlBool>`c.due_at >= ${from}::timestamptz and c.due_at < least(${before}::timestamptz, ${ts(ctx.clock.now())}::timestamptz)`).groupBy(sql`1`).execute()
  const count = rules.reduce((n, r) => n + r.count, 0)
  const done = rules.reduce((n, r) => n + r.answered, 0)
  return {
    total: { count, answered: done, rate: rate(done, count) },
    rules: rules.map((r) => ({ ...r, rate: rate(r.answered, r.count) })),
    months: [...new Set([...months.map((m) => m.month), ...late.map((m) => m.month)])].sort().map((month) => {
      const due = late.find((l) => l.month === month)
      return { month, count: months.find((m) => m.month === month)?.count ?? 0, overdueRate: due ? rate(due.late, due.due) : null }
    }),
  }
}
