// Timers are rows swept every few seconds. One that fires sends a token along its route; an interrupting one ends its step.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { runNested } from '../../kernel/runtime.ts'
import { toIso } from '../../kernel/time/index.ts'
import { advance, along, endChildren, placeOf } from './advance.ts'
import { lockInstance, recordOf } from './instance.ts'

const BATCH = 100

/** Fires what is due in the context's tenant, oldest first. A timer whose process cannot go on is logged and tried again with the next sweep. */
export async function fireTimers(ctx: Ctx): Promise<void> {
  const { rows } = await sql<{ id: string; instanceId: string }>`
    select t.id, t.instance_id as "instanceId" from flow_timer t join flow_instance i on i.tenant_id = t.tenant_id and i.id = t.instance_id
    where t.tenant_id = ${ctx.tenantId} and t.fired_at is null and t.cancelled_at is null and t.due_at <= ${toIso(ctx.clock.now())}::timestamptz and i.suspended_at is null and i.state = 'running'
    order by t.due_at, t.id limit ${BATCH}`.execute(ctx.db())
  for (const { id, instanceId } of rows) {
    await runNested(ctx, () => fire(ctx, id, instanceId)).catch((error: unknown) => ctx.log.error({ err: error, timer: id, instance: instanceId }, 'a timer could not fire'))
  }
}

async function fire(ctx: Ctx, id: string, instanceId: string): Promise<void> {
  const instance = await lockInstance(ctx, instanceId)
  const { rows } = await sql<{ visitId: string; nodeKey: string }>`update flow_timer set fired_at = ${toIso(ctx.clock.now())}::timestamptz
    where tenant_id = ${ctx.tenantId} and id = ${id} and fired_at is null and cancelled_at is null returning visit_id as "visitId", node_key as "nodeKey"`.execute(ctx.db())
  const timer = rows[0]
  const visit = instance.tokens.filter((token) => token.visitId === timer?.visitId)
  if (!timer || visit.length === 0) return
  const place = await placeOf(ctx, instance)
  const node = place.compiled.node(timer.nodeKey)
  const ends = node.interrupting ?? false
  if (ends && visit.some((token) => token.kind === 'call')) await endChildren(ctx, instance.id, node.name)
  const record = { ...recordOf(ctx, { nodeKey: node.key, nodeName: node.name, unitId: visit[0]?.unitId ?? instance.subjectUnitId }, 'timeout', `${visit[0]?.nodeName ?? ''}已超过设定时间`), actor_id: null, actor_name: '系统' }
  await advance(ctx, instance, place, { record, close: ends ? Object.fromEntries(visit.map((token) => [token.id, 'timeout'])) : {}, begin: along(place, place.compiled.out(node.key)), opinion: '' })
}
