// The monitor: calls finished, running, not started, and whether each connected call left its recording (CBK-09).
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { afterCursor, boundCount, dayRange, nextPage, setting } from '../../platform/index.ts'
import { contactFields } from '../../orders/index.ts'
import type { Outcome, TaskState } from '../callback.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { tasks } from '../callback.queries.ts'
import { mannerNames, outcomeNames, taskStateNames } from '../texts.zh-CN.ts'
import type * as contract from './outbound-contract.ts'
import { robotOn } from './outbound.settings.ts'
import { stageNames } from './outbound.zh-CN.ts'

type Stage = 'notStarted' | 'running' | 'finished'
type Counts = { notStarted: number; running: number; finished: number; reached: number; notReached: number; problems: number }
/** Where a task stands: being called or in an agent's hands, over, or still to come. */
const stage = sql<Stage>`case when t.state in ('done', 'givenUp', 'cancelled') then 'finished' when t.state = 'claimed' or (t.dial_task_id is not null and (select d.state from callback_dial_view d where d.tenant_id = t.tenant_id and d.id = t.dial_task_id) in ('claimed', 'dialling')) then 'running' else 'notStarted' end`
const robotCalls = sql`(t.manner = 'robot' or exists (select 1 from callback_dial_view d where d.tenant_id = t.tenant_id and d.origin_id = t.id::text))`
/** The last call about the order since the task exists. */
const lastCall = sql`left join lateral (select c.call_id, c.call_at, c.user_name, c.answered_at, c.ended_at, c.recordings from callback_call_view c where c.tenant_id = t.tenant_id and c.order_id = t.order_id and c.call_at >= t.created_at order by c.call_at desc limit 1) c on true`
const unrecorded = sql`c.answered_at is not null and c.ended_at is not null and c.recordings = 0`

export async function stageCounts(ctx: Ctx, where: RawBuilder<unknown>, group: RawBuilder<unknown>): Promise<Map<string, Counts>> {
  const { rows } = await sql<Counts & { key: string }>`select ${group} as key, count(*) filter (where ${stage} = 'notStarted')::int as "notStarted", count(*) filter (where ${stage} = 'running')::int as running, count(*) filter (where ${stage} = 'finished')::int as finished,
      count(*) filter (where t.state = 'done')::int as reached, count(*) filter (where t.state = 'givenUp')::int as "notReached", count(*) filter (where t.manner = 'person' and exists (select 1 from callback_dial_view d where d.tenant_id = t.tenant_id and d.origin_id = t.id::text))::int as problems
    from callback_task t where t.tenant_id = ${ctx.tenantId} and ${where} group by 1`.execute(ctx.db())
  return new Map(rows.map(({ key, ...counts }) => [key, counts]))
}

async function period(ctx: Ctx, input: { from: string; to: string; planId?: string | undefined }): Promise<RawBuilder<unknown>> {
  const { from, before } = await dayRange(ctx, input.from, input.to)
  return sql`${robotCalls} and t.created_at >= ${from} and t.created_at < ${before} ${input.planId ? sql`and t.plan_id = ${input.planId}` : sql``}`
}

export async function robotBoard(ctx: Ctx, input: Input<typeof contract.robotBoard>): Promise<Output<typeof contract.robotBoard>> {
  authorize(ctx, 'callback.read')
  const where = await period(ctx, input)
  const counts = (await stageCounts(ctx, where, sql`'all'`)).get('all') ?? { notStarted: 0, running: 0, finished: 0, reached: 0, notReached: 0, problems: 0 }
  const { rows } = await sql<{ connected: number; recorded: number; missing: number }>`select count(*) filter (where c.answered_at is not null and c.ended_at is not null)::int as connected, count(*) filter (where c.answered_at is not null and c.ended_at is not null and c.recordings > 0)::int as recorded, count(*) filter (where ${unrecorded})::int as missing
    from callback_task t ${lastCall} where t.tenant_id = ${ctx.tenantId} and ${where}`.execute(ctx.db())
  return { on: await setting(ctx, robotOn), counts, connected: rows[0]?.connected ?? 0, recorded: rows[0]?.recorded ?? 0, missing: rows[0]?.missing ?? 0, toPerson: counts.problems }
}

type Detail = { id: string; stage: Stage; call_id: string | null; call_at: Instant | null; user_name: string | null; recorded: boolean | null; plan_name: string | null; outcome: Outcome | null; problem: string | null; phone: string | null }

export async function listRobotTasks(ctx: Ctx, input: Input<typeof contract.listRobotTasks>): Promise<Output<typeof contract.listRobotTasks>> {
  authorize(ctx, 'callback.read')
  const where = [await period(ctx, input)]
  if (input.stage) where.push(sql`${stage} = ${input.stage}`)
  if (input.missing) where.push(unrecorded)
  if (input.agent) where.push(sql`c.user_name = ${input.agent}`)
  if (input.phone) where.push(sql`t.phone_hash = ${contactFields(ctx, input.phone).contact_phone_hash}`)
  if (input.outcome) where.push(sql`exists (select 1 from callback_result r where r.tenant_id = t.tenant_id and r.task_id = t.id and r.outcome in (${sql.join(input.outcome)}))`)
  const query = tasks(ctx).where('t.tenant_id', '=', ctx.tenantId).where(sql<boolean>`t.id in (select t.id from callback_task t ${lastCall} where t.tenant_id = ${ctx.tenantId} and ${sql.join(where, sql` and `)})`)
  const rows = await query.select(['t.id', 't.order_id as orderId', 'o.number', 'o.title', 't.unit_name as unitName', 't.manner', 't.state', 't.attempts', 't.due_at as dueAt', 't.created_at as createdAt']).where(afterCursor(input.cursor, 't.created_at', 't.id')).orderBy('t.created_at', 'desc').orderBy('t.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (row) => row.createdAt)
  const details = await detailsOf(ctx, page.items.map((row) => row.id))
  const items = page.items.map(({ createdAt: _created, manner, state, ...row }) => {
    const more = details.get(row.id)
    const at: Stage = more?.stage ?? 'notStarted'
    return {
      ...row, number: row.number ?? '', title: row.title ?? '', phone: more?.phone ?? '', planName: more?.plan_name ?? null, byName: more?.user_name ?? mannerNames[manner] ?? manner, stage: at, stageName: stageNames[at], stateName: state === 'waiting' ? '待拨打' : taskStateNames[state as TaskState],
      at: more?.call_at ?? null, callId: more?.call_id ?? null, recorded: more?.recorded ?? null, outcome: more?.outcome ?? null, outcomeName: more?.outcome ? outcomeNames[more.outcome] : null, problem: more?.problem ?? null,
    }
  })
  return { items, next: page.next, count: await boundCount(ctx, query) }
}

async function detailsOf(ctx: Ctx, ids: string[]): Promise<Map<string, Detail>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Detail>`select t.id, ${stage} as stage, c.call_id, c.call_at, c.user_name, case when c.answered_at is null or c.ended_at is null then null else c.recordings > 0 end as recorded, p.name as plan_name, r.outcome, d.reason as problem, o.contact_phone_mask as phone
    from callback_task t ${lastCall}
    left join callback_plan p on p.tenant_id = t.tenant_id and p.id = t.plan_id left join callback_result r on r.tenant_id = t.tenant_id and r.task_id = t.id
    left join lateral (select d.reason from callback_dial_view d where d.tenant_id = t.tenant_id and d.origin_id = t.id::text order by d.id desc limit 1) d on true
    left join callback_mask_view o on o.tenant_id = t.tenant_id and o.id = t.order_id
    where t.tenant_id = ${ctx.tenantId} and t.id = any(${ids}::uuid[])`.execute(ctx.db())
  return new Map(rows.map((row) => [row.id, row]))
}
