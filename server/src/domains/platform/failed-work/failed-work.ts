// Events and jobs that keep failing: shown with their error, tried again, or given up with a reason. The others go on meanwhile:
// an event holds back only later ones of the same object for the same consumer, a job nothing.
import { sql, type RawBuilder } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { defineErrors, kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { reachableTenants } from '../reach.ts'
import type * as contract from './contract.ts'

const READ = 'platform.readFailedWork'
const RETRY = 'platform.retryFailedWork'

export const failedWorkErrors = defineErrors('platform', { jobRunning: { status: 409, title: '任务正在执行，请稍后再试' } })

type Item = Output<typeof contract.listFailedWork>['items'][number]

/** Failing events and jobs as rows of one shape; those waiting behind an event are only counted. */
const failing = (tenants: string[]): RawBuilder<Item> => sql<Item>`
  select 'event:' || r.consumer || ':' || r.event_id as id, 'event' as kind, case when r.next_at = 'infinity' then 'setAside' else 'retrying' end as state, o.name, r.consumer, r.aggregate_id as "objectId", r.attempts, r.error, o.at,
      nullif(r.next_at, 'infinity') as "nextAt", (select count(*)::int from kernel_outbox_retry b where b.consumer = r.consumer and b.aggregate_id = r.aggregate_id and b.event_id > r.event_id) as behind
    from kernel_outbox_retry r join kernel_outbox o on o.id = r.event_id
    where o.tenant_id = any(${tenants}::uuid[]) and not exists (select 1 from kernel_outbox_retry e where e.consumer = r.consumer and e.aggregate_id = r.aggregate_id and e.event_id < r.event_id)
  union all
  select 'job:' || j.id, 'job', case when j.attempts >= j.max_attempts then 'setAside' else 'retrying' end, t.identifier, null, j.payload ->> 'id', j.attempts, left(coalesce(j.last_error, ''), 500), j.created_at,
      case when j.attempts < j.max_attempts then j.run_at end, 0
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.last_error is not null and j.payload ->> 'tenantId' = any(${tenants}::text[])`

export async function listFailedWork(ctx: Ctx, input: Input<typeof contract.listFailedWork>): Promise<Output<typeof contract.listFailedWork>> {
  authorize(ctx, READ)
  const { rows } = await sql<Item>`select * from (${failing(reachableTenants(ctx, READ))}) f where (${input.kind ?? null}::text is null or f.kind = ${input.kind ?? null}) and (${input.state ?? null}::text is null or f.state = ${input.state ?? null})
    order by f.state desc, f.at desc limit 1001`.execute(ctx.acrossTenants('the stream and the queue of the installation, narrowed to reachable tenants'))
  // Hundreds at most: whatever fails more often than that is one fault. One page holds them.
  return { items: rows.slice(0, 200), next: null, count: { value: Math.min(rows.length, 1000), capped: rows.length > 1000 } }
}

type Target = { kind: 'event'; consumer: string; id: string; name: string; tenantId: string } | { kind: 'job'; id: string; name: string; tenantId: string; locked: boolean }

async function target(ctx: Ctx, key: string): Promise<Target> {
  authorize(ctx, RETRY)
  const db = ctx.acrossTenants('narrowed to reachable tenants')
  const [kind, first = '', second = ''] = key.split(':')
  const tenants = reachableTenants(ctx, RETRY)
  if (kind === 'event') {
    const { rows } = await sql<{ name: string; tenantId: string }>`select o.name, o.tenant_id as "tenantId" from kernel_outbox_retry r join kernel_outbox o on o.id = r.event_id
      where r.consumer = ${first} and r.event_id = ${second}::bigint and o.tenant_id = any(${tenants}::uuid[]) for update of r`.execute(db)
    if (rows[0]) return { kind: 'event', consumer: first, id: second, ...rows[0] }
  } else {
    const { rows } = await sql<{ name: string; tenantId: string; locked: boolean }>`select t.identifier as name, j.payload ->> 'tenantId' as "tenantId", j.locked_at is not null as locked from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where j.id = ${first}::bigint and j.last_error is not null and j.payload ->> 'tenantId' = any(${tenants}::text[])`.execute(db)
    if (rows[0]) return { kind: 'job', id: first, ...rows[0] }
  }
  throw kernelErrors('notFound')
}

export async function retryFailedWork(ctx: Ctx, input: { key: string }): Promise<Record<string, never>> {
  const found = await target(ctx, input.key)
  const db = ctx.acrossTenants('checked above')
  const now = toIso(ctx.clock.now())
  if (found.kind === 'event') await sql`update kernel_outbox_retry set attempts = 0, next_at = ${now}::timestamptz where consumer = ${found.consumer} and event_id = ${found.id}::bigint`.execute(db)
  else if (found.locked) throw failedWorkErrors('jobRunning')
  else await sql`select graphile_worker.reschedule_jobs(array[${found.id}::bigint], run_at => now(), attempts => 0)`.execute(db)
  return {}
}

/** The work is not done and will not be: what stands behind it goes on. */
export async function discardFailedWork(ctx: Ctx, input: { key: string; reason: string }): Promise<Record<string, never>> {
  const found = await target(ctx, input.key)
  const db = ctx.acrossTenants('checked above')
  if (found.kind === 'event') {
    await sql`update kernel_outbox_retry set next_at = ${toIso(ctx.clock.now())}::timestamptz where consumer = ${found.consumer} and event_id > ${found.id}::bigint
      and aggregate_id = (select aggregate_id from kernel_outbox_retry where consumer = ${found.consumer} and event_id = ${found.id}::bigint)`.execute(db)
    await sql`delete from kernel_outbox_retry where consumer = ${found.consumer} and event_id = ${found.id}::bigint`.execute(db)
  } else if (found.locked) throw failedWorkErrors('jobRunning')
  else await sql`select graphile_worker.complete_jobs(array[${found.id}::bigint])`.execute(db)
  ctx.audit({ module: 'platform', act: 'discardFailedWork', objectType: 'key:failedWork', objectId: input.key, tenantId: found.tenantId, changes: { work: { old: found.name, new: null } }, text: input.reason })
  return {}
}
