// A draw: objects of the filter in the order of the seed, as many as the plan says, none twice under one plan; each becomes a task.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { newId } from '../../kernel/runtime.ts'
import type { Instant } from '../../kernel/time/index.ts'
import { sheetById } from './catalogue.ts'
import { inspectBatch } from './inspect-batch.ts'
import { objectsOf } from './objects.ts'
import { drawOf, filterOf, type PlanRow } from './plan-row.ts'
import { db } from './quality.queries.ts'
import { drawnOf } from './sampling.ts'
import type { ObjectKind } from './sheet.ts'
import { toPersons } from './to-persons.ts'

type Drawn = { id: string; at: Instant; label: string | null; agent_id: string | null; agent_name: string | null; team_name: string | null; unit_id: string | null; unit_name: string | null; order_id: string | null; appeal_type: string | null; duration_ms: number | null }
const CHUNK = 500

/** What the sample consists of; nothing is written. `md5` orders by chance that the seed decides. */
export async function sample(ctx: Ctx, objects: RawBuilder<unknown>, seed: string, draw: ReturnType<typeof drawOf>): Promise<{ hits: number; ids: string[] }> {
  const key = sql`md5(${seed} || ':' || x.id::text)`
  if (draw.perAgent && draw.by === 'ratio') {
    const { rows } = await sql<{ id: string; hits: number }>`select id, hits from (select x.id, count(*) over ()::int as hits, count(*) over (partition by x.agent_id) as own, row_number() over (partition by x.agent_id order by ${key}) as place from ${objects}) s where place <= greatest(1, round(own * ${draw.value} / 100.0)) order by id`.execute(ctx.db())
    return { hits: rows[0]?.hits ?? 0, ids: rows.map((one) => one.id) }
  }
  const counted = await sql<{ n: number }>`select count(*)::int as n from ${objects}`.execute(ctx.db())
  const hits = counted.rows[0]?.n ?? 0
  const place = draw.perAgent ? sql`row_number() over (partition by x.agent_id order by ${key}), ${key}` : key
  const { rows } = await sql<{ id: string }>`select x.id from ${objects} order by ${place} limit ${drawnOf(draw, hits)}`.execute(ctx.db())
  return { hits, ids: rows.map((one) => one.id) }
}

/** Makes the batch and its tasks; null where nothing fits or all was drawn before. */
export async function drawBatch(ctx: Ctx, plan: PlanRow, seed: string): Promise<string | null> {
  const kind = plan.object_kind as ObjectKind
  const now = ctx.clock.now()
  const sheet = await sheetById(ctx, plan.sheet_id)
  const objects = sql`${objectsOf(kind, filterOf(plan), { tenantId: ctx.tenantId, now })} and not exists (select 1 from quality_task t where t.tenant_id = ${ctx.tenantId} and t.plan_id = ${plan.id} and t.object_id = x.id)`
  const { hits, ids } = await sample(ctx, objects, seed, drawOf(plan))
  if (ids.length === 0) return null
  const id = newId()
  const machine = plan.mode !== 'personOnly'
  await db(ctx).insertInto('quality_batch').values({ tenant_id: ctx.tenantId, id, plan_id: plan.id, at: ts(now), by_name: ctx.actor.name, seed, hits, drawn: ids.length, state: machine ? 'running' : 'done' }).execute()
  for (let from = 0; from < ids.length; from += CHUNK) {
    const { rows } = await sql<Drawn>`select x.id, x.at, x.label, x.agent_id, x.agent_name, (select t.team_name from quality_team_view t where t.tenant_id = x.tenant_id and t.user_id = x.agent_id) as team_name, x.unit_id, x.unit_name, x.order_id, x.appeal_type, x.duration_ms from ${objectsOf(kind, {}, { tenantId: ctx.tenantId, now })} and x.id = any(${ids.slice(from, from + CHUNK)}::uuid[])`.execute(ctx.db())
    await db(ctx).insertInto('quality_task').values(rows.map((one) => ({
      tenant_id: ctx.tenantId, id: newId(), plan_id: plan.id, batch_id: id, mode: plan.mode, object_kind: kind, object_id: one.id, object_at: ts(one.at), object_label: (one.label ?? '').slice(0, 200), order_id: one.order_id, appeal_type: one.appeal_type, duration_ms: one.duration_ms,
      agent_id: one.agent_id, agent_name: one.agent_name, team_name: one.team_name, unit_id: one.unit_id, unit_name: one.unit_name, sheet_id: sheet.id, sheet_version: sheet.number, state: 'machine', created_at: ts(now),
    }))).execute()
  }
  if (machine) ctx.enqueue(inspectBatch, { tenantId: ctx.tenantId, batchId: id }, { key: `quality.batch:${id}` })
  else await toPersons(ctx, plan, await db(ctx).selectFrom('quality_task').select(['id', 'agent_id as agentId']).where('tenant_id', '=', ctx.tenantId).where('batch_id', '=', id).orderBy('id').execute(), 'mode')
  ctx.signal('quality.tasks')
  return id
}
