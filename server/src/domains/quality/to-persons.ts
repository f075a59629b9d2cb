// Tasks that reach inspectors: shared out evenly, or laid into the pool to be taken.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { calendarOf, notify, usersOf } from '../platform/index.ts'
import { addDuration } from '../../kernel/time/index.ts'
import type { PlanRow } from './plan-row.ts'
import { shareOut } from './sampling.ts'

export type Reason = 'mode' | 'sampled' | 'failed' | 'highRisk' | 'unchecked'

export async function toPersons(ctx: Ctx, plan: PlanRow, tasks: readonly { id: string; agentId: string | null }[], reason: Reason): Promise<void> {
  if (tasks.length === 0) return
  const now = ctx.clock.now()
  const due = ts(addDuration(await calendarOf(ctx), now, { amount: plan.due_days, unit: 'workingDays' }))
  const all = await usersOf(ctx, { permission: 'quality.inspect' })
  const named = plan.inspector_ids.length > 0 ? all.filter((one) => plan.inspector_ids.includes(one.id)) : all
  const shared = plan.assign === 'grab' ? new Map<string, string | null>() : shareOut(tasks, await loads(ctx, named))
  const groups = Map.groupBy(tasks, (one) => shared.get(one.id) ?? null)
  for (const [inspector, own] of groups) {
    const name = named.find((one) => one.id === inspector)?.name ?? null
    await sql`update quality_task set state = ${inspector ? 'first' : 'pending'}, inspector_id = ${inspector}::uuid, inspector_name = ${name}, reason = ${reason}, due_at = ${due}, version = version + 1 where tenant_id = ${ctx.tenantId} and id = any(${own.map((one) => one.id)}::uuid[])`.execute(ctx.db())
    if (inspector) await notify(ctx, { type: 'quality.assigned', to: { userIds: [inspector] }, title: `新的质检任务 ${own.length} 件`, text: plan.name, link: '/quality/tasks?box=mine', objectType: 'qualityPlan', objectId: plan.id, level: 'P3' })
  }
}

async function loads(ctx: Ctx, people: readonly { id: string }[]): Promise<{ id: string; load: number }[]> {
  const { rows } = await sql<{ id: string; n: number }>`select inspector_id as id, count(*)::int as n from quality_task where tenant_id = ${ctx.tenantId} and inspector_id = any(${people.map((one) => one.id)}::uuid[]) and state in ('first', 'second', 'final') group by inspector_id`.execute(ctx.db())
  return people.map(({ id }) => ({ id, load: rows.find((one) => one.id === id)?.n ?? 0 }))
}
