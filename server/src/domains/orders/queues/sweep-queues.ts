// Nobody on duty: after some minutes an order falls back to the general pool, and the desks are told; none may get stuck (ORD-20).
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { notify, setting, usersOf } from '../../platform/index.ts'
import { lockOrder, saveOrder } from '../orders.queries.ts'
import { record } from '../timeline.ts'
import { taskForceFallback } from './queues.settings.ts'

const BATCH = 200

/** Who sorts what waits at which desk: a duty of somebody who may not is as good as none. */
async function sortersOf(ctx: Ctx): Promise<RawBuilder<unknown>> {
  const [reviewers, dispatchers] = await Promise.all([usersOf(ctx, { permission: 'orders.review' }), usersOf(ctx, { permission: 'orders.dispatch' })])
  return sql`(d.tenant_id = o.tenant_id and d.force_id = f.id and d.user_id = any(case o.state when 'pendingReview' then ${reviewers.map((u) => u.id)}::uuid[] else ${dispatchers.map((u) => u.id)}::uuid[] end))`
}

export async function sweepQueues(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  const minutes = await setting(ctx, taskForceFallback)
  const waiting = sql`o.tenant_id = ${ctx.tenantId} and o.queue is not null and o.state in ('pendingReview', 'pendingDispatch')`
  const { rows: some } = await sql`select 1 from order_order o where ${waiting} limit 1`.execute(ctx.db())
  if (some.length === 0) return
  const fit = await sortersOf(ctx)
  // A roster that became empty counts from its last duty's end, not from the order's arrival before it.
  const { rows } = await sql<{ id: string; code: string; name: string | null; waited: number }>`select o.id, o.queue as code, f.name, coalesce(f.fallback_minutes, ${minutes}) as waited from order_order o left join order_task_force f on f.tenant_id = o.tenant_id and f.code = o.queue
    where ${waiting}
      and (f.id is null or not f.enabled or (
        not exists (select 1 from order_task_force_duty d join order_task_force_member m on m.tenant_id = d.tenant_id and m.force_id = d.force_id and m.user_id = d.user_id where ${fit} and d.starts_at <= ${ts(now)} and d.ends_at > ${ts(now)})
        and greatest(o.queue_since_at, (select max(d.ends_at) from order_task_force_duty d where ${fit} and d.ends_at <= ${ts(now)})) <= ${ts(now)}::timestamptz - make_interval(mins => coalesce(f.fallback_minutes, ${minutes}))))
    order by o.queue_since_at limit ${BATCH}`.execute(ctx.db())
  for (const { id, code, name, waited } of rows) {
    const order = await lockOrder(ctx, id)
    if (order.queue !== code) continue
    await record(ctx, order, { act: 'leaveQueue', text: `“${name ?? code}”${waited} 分钟无人值守，转入普通队列`, data: { queue: code }, visibility: 'internal' })
    await saveOrder(ctx, order, { queue: null, queue_since_at: null, queue_left: code })
    await notify(ctx, { type: 'order.queueLeft', to: { permission: order.state === 'pendingReview' ? 'orders.review' : 'orders.dispatch' }, title: `专班无人值守，请分拣：${order.title}`, text: `“${name ?? code}”队列`, link: `/orders/${order.number}`, objectType: 'order', objectId: order.id, level: 'P2' })
  }
}

