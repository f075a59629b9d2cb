// Where orders went astray: passed on, given back, to and fro, left lying, of nobody's duty; and the way of one order (ANA-11).
import { expressionBuilder, sql, type RawBuilder } from 'kysely'
import { authorize, scopesOf } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { factOf, scopeOf } from '../../data/index.ts'
import { recommendUnits } from '../../matters/index.ts'
import { assignmentStateNames, clockNames, deskStages, stateNames, visible } from '../../orders/index.ts'
import { setting, tenantById, unitsByIds } from '../../platform/index.ts'
import { stayAtUnit } from '../../supervision/index.ts'
import { analyticsFail } from '../analytics.errors.ts'
import { deskStageNames, flowTexts, patternNames, patternStatements, roleNames } from '../texts.zh-CN.ts'
import { flowPatterns } from './flow-contract.ts'
import type * as contract from './flow-contract.ts'
import { repeatsOfFlow, slowStage } from './flow-settings.ts'
import { columnOf, hopsOf, judgedOf, type Limits } from './hops.ts'

const PAGE = 50
const MOST_UNITS = 20
const MOST_MATTERS = 15
type Question = Pick<Input<typeof contract.flowRoute>, 'from' | 'to' | 'where'>

/** The named query `scoped`: orders registered in the period that the reader may see. */
async function scopedOrders(ctx: Ctx, input: Question): Promise<RawBuilder<unknown>> {
  const { range, rows } = await scopeOf(ctx, { ...input, below: false })
  const fact = factOf('order')
  if (!fact) throw new Error('the fact of orders is always there')
  return sql`scoped as materialized (select o.tenant_id, o.id, o.number, o.title, o.state, o.lead_unit_name, o.registered_at, o.return_count, o.matter_id, o.matter_name ${rows(fact)} and o.registered_at >= ${ts(range.from)} and o.registered_at < ${ts(range.before)} and o.state not in ('draft', 'merged'))`
}

const limitsOf = async (ctx: Ctx): Promise<Limits> => ({ repeats: await setting(ctx, repeatsOfFlow), stayHours: await setting(ctx, stayAtUnit), now: ctx.clock.now() })
const SCOPED = sql.ref('scoped')
const stateWords: Readonly<Record<string, string>> = stateNames
const taskWords: Readonly<Record<string, string>> = assignmentStateNames
const across = (ctx: Ctx) => ctx.acrossTenants<unknown>('rows are held to tenants by the scope')

/** A unit sees its own part of a way, never the names of others on it. */
const unitShown = (ctx: Ctx): ((unitId: string) => boolean) => {
  const wide = ctx.actor.kind === 'system' || scopesOf(ctx, 'orders.read').some((scope) => scope === 'tenant' || scope === 'tenantsBelow' || scope === 'area')
  return (unitId) => wide || ctx.actor.unitIds.includes(unitId)
}

/** One kind of clock runs at each desk of the centre: at which is told by its words; where a rule of a node gave the time, by the act that ended it. */
const stageKind = (now: Instant): RawBuilder<unknown> => sql`case when c.kind <> 'stage' then c.kind ${sql.join(Object.entries(deskStages).map(([kind, words]) => sql`when c.rule_text = ${words} then ${sql.lit(kind)}`), sql` `)}
  when (c.met_at is null and o.state = 'pendingReview') or exists (select 1 from orders_pub_act_view x where x.tenant_id = c.tenant_id and x.order_id = c.order_id and x.act in ('passReview', 'returnToAgent') and x.at > c.started_at and x.at <= coalesce(c.met_at, ${ts(now)}) + interval '1 second') then 'review' else 'dispatch' end`

type StageRow = { kind: string; done: number; average: number | null; median: number | null; due: number; late: number }
export async function findFlowPatterns(ctx: Ctx, input: Input<typeof contract.flowRoute>): Promise<Output<typeof contract.flowRoute>> {
  authorize(ctx, 'data.read')
  const [scoped, limits, slow, shown] = [await scopedOrders(ctx, input), await limitsOf(ctx), await setting(ctx, slowStage), unitShown(ctx)]
  const counts = (await sql<Record<string, number>>`with ${scoped}, ${judgedOf(SCOPED, limits)} select count(*)::int as orders, ${sql.join(flowPatterns.map((one) => sql`(count(*) filter (where ${columnOf(one)}))::int as ${sql.ref(one)}`))} from judged`.execute(across(ctx))).rows[0]
  const { rows: stages } = await sql<StageRow>`with ${scoped}, net as (
      select ${stageKind(limits.now)} as kind, c.met_at, c.due_at, case when c.met_at is not null then greatest(0, extract(epoch from c.met_at - c.started_at) - coalesce((select sum(extract(epoch from least(coalesce(p.ended_at, c.met_at), c.met_at) - greatest(p.started_at, c.started_at)))
        from orders_pub_pause_view p where p.tenant_id = c.tenant_id and p.assignment_id = c.assignment_id and p.started_at < c.met_at and coalesce(p.ended_at, c.met_at) > c.started_at), 0)) / 3600 end as hours
      from scoped o join orders_pub_clock_view c on c.tenant_id = o.tenant_id and c.order_id = o.id where c.state <> 'cancelled')
    select kind, count(hours)::int as done, round(avg(hours)::numeric, 1)::float8 as average, round(percentile_cont(0.5) within group (order by hours)::numeric, 1)::float8 as median,
      (count(*) filter (where due_at <= ${ts(limits.now)}))::int as due, (count(*) filter (where due_at <= ${ts(limits.now)} and coalesce(met_at > due_at, true)))::int as late
    from net group by kind order by array_position(array['acceptance', 'review', 'dispatch', 'sign', 'firstContact', 'handling', 'resultReview', 'callback'], kind) nulls last, kind`.execute(across(ctx))
  const { rows: pushed } = await sql<{ unit_id: string; unit_name: string; returns: number; duty: number }>`with ${scoped}
    select q.unit_id, max(q.unit_name) as unit_name, count(*)::int as returns, (count(*) filter (where q.reason_class like '%职责%'))::int as duty
    from scoped o join orders_pub_request_view q on q.tenant_id = o.tenant_id and q.order_id = o.id and q.kind = 'return' and q.state = 'approved' group by 1 order by 3 desc, 1 limit ${MOST_UNITS}`.execute(across(ctx))
  const unclear = await sql<{ matter_id: string | null; matter_name: string | null; orders: number; unit_ids: string[] }>`with ${scoped}
    select o.matter_id, max(o.matter_name) as matter_name, count(distinct o.id)::int as orders, array_agg(distinct q.unit_id::text) as unit_ids
    from scoped o join orders_pub_request_view q on q.tenant_id = o.tenant_id and q.order_id = o.id and (q.kind = 'dispute' or (q.kind = 'return' and q.state = 'approved' and q.reason_class like '%职责%')) group by 1 order by 3 desc, 1 limit ${MOST_MATTERS}`.execute(across(ctx))
  const names = await unitsByIds(ctx, unclear.rows.flatMap((row) => row.unit_ids))
  const { areaCode } = await tenantById(ctx, ctx.tenantId)
  const duties = new Map<string, string[]>()
  for (const { matter_id: matterId } of unclear.rows) {
    if (!matterId) continue
    const leads = (await recommendUnits(ctx, { matterId, areaCode })).filter((one) => one.role === 'lead')
    const units = await unitsByIds(ctx, leads.map((one) => one.unitId))
    duties.set(matterId, leads.flatMap((one) => units.get(one.unitId)?.name ?? []))
  }
  return {
    asOf: limits.now, orders: counts?.['orders'] ?? 0, stayHours: limits.stayHours, slowShare: slow,
    patterns: flowPatterns.map((pattern) => ({ pattern, name: patternNames[pattern], statement: patternStatements[pattern](limits), orders: counts?.[pattern] ?? 0 })),
    stages: stages.map((s) => { const lateRate = s.due > 0 ? Math.round((s.late / s.due) * 1000) / 10 : null; return { ...s, name: deskStageNames[s.kind] ?? clockNames[s.kind] ?? s.kind, lateRate, slow: lateRate !== null && lateRate >= slow } }),
    pushed: pushed.filter((row) => shown(row.unit_id)).map((row) => ({ unitId: row.unit_id, unitName: row.unit_name, returns: row.returns, duty: row.duty })),
    unclear: unclear.rows.map((row) => ({ matterId: row.matter_id, matterName: row.matter_name ?? flowTexts.noMatter, orders: row.orders, units: row.unit_ids.map((id) => (shown(id) ? (names.get(id)?.name ?? id) : flowTexts.otherUnit)).filter((name, i, all) => all.indexOf(name) === i), leads: duties.get(row.matter_id ?? '') ?? [] })),
  }
}

type OrderRow = { id: string; number: string; title: string; state: string; lead_unit_name: string | null; registered_at: Instant; dispatches: number; returns: number; longest: number | null; path: { id: string; name: string }[] | null }
export async function listFlowOrders(ctx: Ctx, input: Input<typeof contract.flowOrdersRoute>): Promise<Output<typeof contract.flowOrdersRoute>> {
  authorize(ctx, 'data.read')
  const [scoped, limits, shown] = [await scopedOrders(ctx, input), await limitsOf(ctx), unitShown(ctx)]
  const { rows } = await sql<OrderRow>`with ${scoped}, ${judgedOf(SCOPED, limits)}
    select j.id, j.number, j.title, j.state, j.lead_unit_name, j.registered_at, j.dispatches, j.returns, round(j.longest::numeric, 1)::float8 as longest,
      (select jsonb_agg(jsonb_build_object('id', h.unit_id, 'name', h.unit_name) order by h.dispatched_at, h.id) from hop h where h.tenant_id = j.tenant_id and h.order_id = j.id and h.parent_id is null and h.role in ('lead', 'parallel')) as path
    from judged j where ${columnOf(input.pattern)} and ${input.cursor === undefined ? sql`true` : sql`j.id < ${input.cursor}`} order by j.id desc limit ${PAGE + 1}`.execute(across(ctx))
  const page = rows.slice(0, PAGE)
  return {
    items: page.map((r) => ({ id: r.id, number: r.number, title: r.title, stateName: stateWords[r.state] ?? r.state, unitName: r.lead_unit_name, registeredAt: r.registered_at, dispatches: r.dispatches, returns: r.returns, longestHours: r.longest, path: (r.path ?? []).map((one) => (shown(one.id) ? one.name : flowTexts.otherUnit)) })),
    next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
  }
}

type HopRow = { id: string; parent_id: string | null; unit_id: string; unit_name: string; role: string; round: number; state: string; dispatched_at: Instant; signed_at: Instant | null; ended_at: Instant | null; hours: number; paused_hours: number; reason_class: string | null }
/** @throws analytics.unknownOrder for an order its reader may not see */
export async function showFlowPath(ctx: Ctx, { id }: { id: string }): Promise<Output<typeof contract.flowPathRoute>> {
  authorize(ctx, 'data.read')
  const own = sql`(select o.tenant_id, o.id, o.number, o.title, o.state, o.registered_at, o.closed_at from orders_pub_fact_view o where o.tenant_id = ${ctx.tenantId} and o.id = ${id} and o.state <> 'draft' and ${visible(ctx, expressionBuilder() as never)})`
  const order = (await sql<{ number: string; title: string; state: string; registered_at: Instant; closed_at: Instant | null }>`select * from ${own} o`.execute(across(ctx))).rows[0]
  if (!order) throw analyticsFail('unknownOrder')
  const [{ stayHours, now }, shown] = [await limitsOf(ctx), unitShown(ctx)]
  const { rows } = await sql<HopRow>`select h.*, h.hours::float8 as hours, h.paused_hours::float8 as paused_hours from (${hopsOf(own, now)}) h order by h.dispatched_at, h.id`.execute(across(ctx))
  const parents = new Map(rows.map((row) => [row.id, row.parent_id]))
  const level = (row: HopRow): number => { let [n, at] = [0, row.parent_id]; while (at && n < 10) { n += 1; at = parents.get(at) ?? null } return n }
  const round = (value: number): number => Math.round(value * 10) / 10
  return {
    number: order.number, title: order.title, stateName: stateWords[order.state] ?? order.state, registeredAt: order.registered_at, closedAt: order.closed_at,
    hops: rows.map((row) => ({ id: row.id, parentId: row.parent_id, level: level(row), unitName: shown(row.unit_id) ? row.unit_name : flowTexts.otherUnit, roleName: roleNames[row.role] ?? row.role, round: row.round, stateName: taskWords[row.state] ?? row.state, from: row.dispatched_at, signedAt: row.signed_at, to: row.ended_at, hours: round(row.hours), suspendedHours: round(row.paused_hours), long: row.hours > stayHours, reason: shown(row.unit_id) ? row.reason_class : null })),
  }
}
