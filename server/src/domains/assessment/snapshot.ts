// Freezes the rows of a period: every row that counts for an indicator of the rules, with the reason why the adjusted result leaves it out.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import { newId } from '../../kernel/runtime.ts'
import { addDays, startOfDay, toIso } from '../../kernel/time/index.ts'
import { catalogueOf, closure, pinGroups, pinnedRows, type Basic, type PinGroup, type Range } from '../data/index.ts'
import { tenantById } from '../platform/index.ts'
import { figuresFor } from './figures/freeze.ts'
import { db, type Period, type Snapshot, type SnapshotPins } from './assessment.queries.ts'
import { indicatorsOf, type Definition } from './rules.ts'

/** The date an indicator is counted by in an assessment: answers of callbacks belong to the period in which their order was closed. */
const dateOf = (d: Definition) => (basic: Basic): string => (d.dateBase === 'closed' && basic.fact === 'callback' && basic.date === 'calledBack' ? 'assessed' : basic.date)

/** Definitions as they hold on the last day of the period. @throws data.unknownIndicator, data.circle, data.stopped */
export async function pinsOf(ctx: Ctx, period: Pick<Period, 'from_day' | 'to_day'>, definition: Definition): Promise<{ pins: SnapshotPins; groups: PinGroup[] }> {
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const indicators = closure(await catalogueOf(ctx), indicatorsOf(definition), period.to_day)
  const groups = pinGroups(indicators, dateOf(definition))
  const units = await db(ctx).selectFrom('platform_unit_view').select(['id', 'path']).where('tenant_id', '=', ctx.tenantId).execute()
  return {
    groups,
    pins: {
      from: startOfDay(period.from_day, timeZone), before: startOfDay(addDays(period.to_day, 1), timeZone), indicators, groups: groups.map((g) => ({ fact: g.fact, date: g.date, codes: g.basics.map((b) => b.code) })),
      units: Object.fromEntries(units.map((u) => [u.id, u.path ?? []])),
    },
  }
}

export async function takeSnapshot(ctx: Ctx, period: Period, definition: Definition, kind: 'live' | 'run'): Promise<Snapshot> {
  const { pins, groups } = await pinsOf(ctx, period, definition)
  const last = await db(ctx).selectFrom('assessment_snapshot').select((eb) => eb.fn.max('number').as('n')).where('tenant_id', '=', ctx.tenantId).where('period_id', '=', period.id).executeTakeFirst()
  const head = { id: newId(), period_id: period.id, number: (last?.n ?? 0) + 1, kind, taken_at: ctx.clock.now(), pins: { ...pins, figures: await figuresFor(ctx, period, definition) }, row_count: 0 }
  await db(ctx).insertInto('assessment_snapshot').values({ tenant_id: ctx.tenantId, ...head, taken_at: ts(head.taken_at), pins: json(head.pins as never) }).execute()
  const count = await insertRows(ctx, head, groups, definition)
  await db(ctx).updateTable('assessment_snapshot').set({ row_count: count }).where('tenant_id', '=', ctx.tenantId).where('id', '=', head.id).execute()
  return { ...head, row_count: count }
}

/** Reads some orders anew into a running snapshot: by the definitions it was taken by. */
export async function refreshOrders(ctx: Ctx, snapshot: Snapshot, definition: Definition, orderIds: readonly string[]): Promise<void> {
  const basics = new Map(snapshot.pins.indicators.map((i) => [i.code, i]))
  const groups = pinGroups(snapshot.pins.groups.flatMap((g) => g.codes.flatMap((code) => basics.get(code) ?? [])), dateOf(definition))
  await db(ctx).deleteFrom('assessment_fact').where('tenant_id', '=', ctx.tenantId).where(sql`snapshot_id::text`, '=', snapshot.id).where('order_id', 'in', orderIds).execute() // as text: found by the order, never through the whole snapshot
  await insertRows(ctx, snapshot, groups, definition, orderIds)
}

async function insertRows(ctx: Ctx, snapshot: Pick<Snapshot, 'id' | 'pins' | 'period_id'>, groups: readonly PinGroup[], definition: Definition, orderIds?: readonly string[]): Promise<number> {
  const range: Range = { from: snapshot.pins.from, before: snapshot.pins.before, now: ctx.clock.now() }
  let count = 0
  for (const [grp, group] of groups.entries()) {
    const rows = pinnedRows(group, { tenantId: ctx.tenantId, range, late: late(ctx, snapshot, range), ...(orderIds ? { orderIds } : {}) })
    const superseded = group.fact === 'callback' && definition.callbacks === 'latest' ? sql`row_number() over (partition by p.order_id order by p.row_id desc) > 1` : sql`false`
    const written = await sql<{ n: number }>`with written as (insert into assessment_fact (tenant_id, snapshot_id, grp, row_id, order_id, unit_id, area_code, person_id, appeal_type, at, hits, amounts, superseded, left_out)
      select ${ctx.tenantId}::uuid, ${snapshot.id}::uuid, ${grp}::int, p.row_id, p.order_id, p.unit_id, p.area_code, p.person_id, p.appeal_type, p.at, p.hits, p.amounts, ${superseded}, ${reason(definition)}
      from (${rows}) p
      left join (${apart(ctx, range)}) x on x.order_id = p.order_id
      left join assessment_special_order s on s.tenant_id = ${ctx.tenantId} and s.order_id = p.order_id and s.ended_at is null returning 1) select count(*)::int as n from written`.execute(db(ctx))
    count += written.rows[0]?.n ?? 0
  }
  return count
}

/** One row an order: whether an exclusion stands, and whether a shelving held to the end of the period. */
const apart = (ctx: Ctx, range: Range): RawBuilder<unknown> => sql`select e.order_id, bool_or(e.kind = 'exclude' and e.state = 'approved') as excluded, bool_or(e.kind = 'shelve' and (e.ended_at is null or e.ended_at >= ${toIso(range.before)}::timestamptz)) as shelved
  from orders_pub_exclusion_view e where e.tenant_id = ${ctx.tenantId} group by e.order_id`

const reason = (d: Definition): RawBuilder<unknown> => sql`case ${d.excludedTypes.length > 0 ? sql`when p.appeal_type in (${sql.join(d.excludedTypes)}) then 'type'` : sql``} when x.excluded then 'excluded' when x.shelved then 'shelved' when s.id is not null then 'special' end`

/** A shelved order counts in the period in which its shelving ended, unless a published result has counted it already. */
const late = (ctx: Ctx, snapshot: Pick<Snapshot, 'period_id'>, range: Range): RawBuilder<unknown> => sql`exists (select 1 from orders_pub_exclusion_view e where e.tenant_id = o.tenant_id and e.order_id = o.id and e.kind = 'shelve'
    and e.ended_at >= ${toIso(range.from)}::timestamptz and e.ended_at < ${toIso(range.before)}::timestamptz)
  and not exists (select 1 from assessment_fact f join assessment_snapshot h on h.tenant_id = f.tenant_id and h.id = f.snapshot_id join assessment_run u on u.tenant_id = h.tenant_id and u.snapshot_id = h.id
    where f.tenant_id = ${ctx.tenantId} and f.order_id = o.id and f.left_out is null and u.state = 'published' and u.period_id <> ${snapshot.period_id}::uuid)`
