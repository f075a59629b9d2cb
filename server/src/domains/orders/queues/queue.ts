// Queues: an order of a task force waits for its sorters; who they are now, and who may act on it.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { db, type OrderChange, type OrderRow } from '../orders.queries.ts'
import { queueFail } from './queues.errors.ts'

export type TaskForce = { id: string; code: string; name: string; enabled: boolean; fallbackMinutes: number | null; version: number }

export const taskForces = (ctx: Ctx): Promise<TaskForce[]> =>
  db(ctx).selectFrom('order_task_force').select(['id', 'code', 'name', 'enabled', 'fallback_minutes as fallbackMinutes', 'version']).where('tenant_id', '=', ctx.tenantId).orderBy('name').limit(200).execute()

/**
 * Where an order of this queue goes: into it, or, where the task force is switched off or has no members at all, straight to the
 * general pool, because nobody could ever come on duty.
 */
export async function queueFor(ctx: Ctx, code: string | null): Promise<OrderChange> {
  if (code === null) return { queue: null, queue_since_at: null }
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from order_task_force f join order_task_force_member m on m.tenant_id = f.tenant_id and m.force_id = f.id where f.tenant_id = ${ctx.tenantId} and f.code = ${code} and f.enabled`.execute(ctx.db())
  return (rows[0]?.n ?? 0) === 0 ? { queue: null, queue_since_at: null } : { queue: code, queue_since_at: ts(ctx.clock.now()) }
}

/** Codes of the queues whose orders the actor may sort now: member and on the roster. The system sorts none, but is refused nowhere. */
export async function queuesOnDuty(ctx: Ctx): Promise<Set<string>> {
  if (ctx.actor.kind !== 'user') return new Set()
  const now = ts(ctx.clock.now())
  const { rows } = await sql<{ code: string }>`select distinct f.code from order_task_force f join order_task_force_member m on m.tenant_id = f.tenant_id and m.force_id = f.id
    join order_task_force_duty d on d.tenant_id = f.tenant_id and d.force_id = f.id and d.user_id = m.user_id
    where f.tenant_id = ${ctx.tenantId} and f.enabled and m.user_id = ${ctx.actor.id} and d.starts_at <= ${now} and d.ends_at > ${now}`.execute(ctx.db())
  return new Set(rows.map((r) => r.code))
}

/** Queues with members by code, and those of which the actor is one, on duty or not: who calls back for a seat. */
export async function callingQueues(ctx: Ctx): Promise<{ staffed: Map<string, string>; mine: Set<string> }> {
  const { rows } = await sql<{ code: string; name: string; mine: boolean }>`select f.code, f.name, bool_or(m.user_id = ${ctx.actor.kind === 'user' ? ctx.actor.id : null}::uuid) is true as mine from order_task_force f join order_task_force_member m on m.tenant_id = f.tenant_id and m.force_id = f.id
    where f.tenant_id = ${ctx.tenantId} and f.enabled group by f.code, f.name`.execute(ctx.db())
  return { staffed: new Map(rows.map((r) => [r.code, r.name])), mine: new Set(rows.filter((r) => r.mine).map((r) => r.code)) }
}

const atDesk = new Set(['pendingReview', 'pendingDispatch'])

type Queued = Pick<OrderRow, 'queue' | 'state' | 'triage'>

/** Waits in a queue that is not the actor's; an online appeal is first taken at the common desk. */
export const foreignQueue = (order: Queued, mine: ReadonlySet<string>): boolean => order.queue !== null && atDesk.has(order.state) && (order.triage === null || order.triage === 'done') && !mine.has(order.queue)

/** Throws 409 unless the actor sorts the order's queue now. Rules and the system pass. */
export async function requireSorter(ctx: Ctx, order: Queued): Promise<void> {
  if (ctx.actor.kind !== 'user' || order.queue === null || !foreignQueue(order, await queuesOnDuty(ctx))) return
  const name = (await taskForces(ctx)).find((f) => f.code === order.queue)?.name ?? order.queue
  throw queueFail('foreignQueue', { rule: 'orders.queue', params: { queue: name } })
}
