// Orders of a plan: its conditions, without those called back in their round, without listed numbers, drawn by the plan's seed.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { DAY, plus, type Instant } from '../../../kernel/time/index.ts'
import { openTaskStates } from '../callback.ts'
import type { Scope } from './outbound-contract.ts'

/** A scope, of a plan by periods with those closed in [from, before) alone. */
export type Range = Scope & { closed?: { from: Instant; before: Instant } }

/** Orders of the scope as `o`; nothing is left out yet. */
function orders(ctx: Ctx, scope: Range): RawBuilder<unknown> {
  const where: RawBuilder<unknown>[] = [sql`o.tenant_id = ${ctx.tenantId}`, sql`o.state in (${sql.join(scope.states)})`]
  const among = (column: string, list: readonly string[]): void => { if (list.length > 0) where.push(sql`${sql.ref(column)} in (${sql.join(list)})`) }
  among('o.appeal_type', scope.appealTypes)
  among('o.channel', scope.channels)
  among('o.urgency', scope.urgencies)
  if (scope.exceptTypes.length > 0) where.push(sql`o.appeal_type not in (${sql.join(scope.exceptTypes)})`)
  if (scope.unitIds.length > 0) where.push(sql`o.lead_unit_id in (select u.id from platform_unit_view u where u.tenant_id = ${ctx.tenantId} and u.path && array[${sql.join(scope.unitIds)}]::uuid[])`)
  if (scope.areaCode) where.push(sql`o.area_code like ${`${scope.areaCode}%`}`)
  if (scope.requester !== 'any') where.push(scope.requester === 'enterprise' ? sql`(o.subject_kind = 'enterprise' or 'enterprise' = any(o.flags))` : sql`o.subject_kind <> 'enterprise' and not 'enterprise' = any(o.flags)`)
  if (scope.closed) where.push(sql`o.closed_at >= ${ts(scope.closed.from)} and o.closed_at < ${ts(scope.closed.before)}`)
  else if (scope.closedDays) where.push(sql`o.closed_at >= ${ts(plus(ctx.clock.now(), -scope.closedDays * DAY))}`)
  return sql`callback_order_view o where ${sql.join(where, sql` and `)}`
}

const task = (ctx: Ctx, more: RawBuilder<unknown>) => sql`exists (select 1 from callback_task t where t.tenant_id = ${ctx.tenantId} and t.order_id = o.id and t.round = o.round and ${more})`
/** Called in this round already, given up, or in another plan's or an agent's hands. */
const taken = (ctx: Ctx) => task(ctx, sql`(t.state not in (${sql.join([...openTaskStates])}) or t.plan_id is not null or t.state = 'claimed' or t.dial_task_id is not null)`)
const listed = (ctx: Ctx) => sql`exists (select 1 from callback_do_not_call n where n.tenant_id = ${ctx.tenantId} and n.phone_hash = o.contact_phone_hash and n.removed_at is null and (n.until_at is null or n.until_at > ${ts(ctx.clock.now())}))`

export type Drawn = { id: string; round: number; lead_unit_id: string | null; lead_unit_name: string | null; contact_phone_hash: string; callback_manner: string; task_id: string | null }
const fitting = (ctx: Ctx, scope: Range) => sql`${orders(ctx, scope)} and not ${taken(ctx)} and not ${listed(ctx)}`
const key = (seed: string) => sql`md5(${seed} || ':' || o.id::text)`
/** Rounded half up, at least one of some. */
export const drawnOf = (hits: number, ratio: number): number => (hits === 0 ? 0 : Math.max(1, Math.round((hits * ratio) / 100)))

export async function measure(ctx: Ctx, scope: Range, ratio: number) {
  const { rows } = await sql<{ hits: number; persons: number }>`select count(*)::int as hits, count(distinct o.contact_phone_hash)::int as persons from ${fitting(ctx, scope)}`.execute(ctx.db())
  const left = await sql<{ called: number; listed: number }>`select count(*) filter (where ${taken(ctx)})::int as called, count(*) filter (where not ${taken(ctx)} and ${listed(ctx)})::int as listed from ${orders(ctx, scope)}`.execute(ctx.db())
  const hits = rows[0]?.hits ?? 0
  return { hits, drawn: drawnOf(hits, ratio), persons: rows[0]?.persons ?? 0, calledAlready: left.rows[0]?.called ?? 0, listed: left.rows[0]?.listed ?? 0 }
}

/**
 * The draw of a plan that runs once: exactly its share, in the order of the seed, so that the same seed over the same orders draws
 * the same. A plan that goes on takes each new order by itself: it falls into the share or not, by the same hash.
 */
export async function draw(ctx: Ctx, plan: { scope: Range; ratio: number; seed: string; long: boolean }, limit: number): Promise<Drawn[]> {
  const columns = sql`o.id, o.round, o.lead_unit_id, o.lead_unit_name, o.contact_phone_hash, o.callback_manner, (select t.id from callback_task t where t.tenant_id = o.tenant_id and t.order_id = o.id and t.round = o.round) as task_id`
  if (plan.long) {
    const share = sql`('x' || substr(${key(plan.seed)}, 1, 8))::bit(32)::bigint % 10000 < ${plan.ratio * 100}`
    return (await sql<Drawn>`select ${columns} from ${fitting(ctx, plan.scope)} and ${share} order by o.closed_at, o.id limit ${limit}`.execute(ctx.db())).rows
  }
  const { hits } = await measure(ctx, plan.scope, plan.ratio)
  return (await sql<Drawn>`select ${columns} from ${fitting(ctx, plan.scope)} order by ${key(plan.seed)} limit ${Math.min(limit, drawnOf(hits, plan.ratio))}`.execute(ctx.db())).rows
}
