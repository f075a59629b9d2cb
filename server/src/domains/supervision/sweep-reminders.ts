// Reminders so many days before a deadline, each step of each clock exactly once (SUP-04).
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { formatMoment, type Instant } from '../../kernel/time/index.ts'
import { clockNames } from '../orders/index.ts'
import { notify, setting, tenantById } from '../platform/index.ts'
import { peopleFinder } from './recipients.ts'
import { reminderDays } from './settings.ts'
import { deadlineClocks } from './supervision.ts'
import { db } from './supervision.queries.ts'

const BATCH = 500

type Step = { clock_id: string; order_id: string; unit_id: string | null; clock_kind: string; due_at: Instant; days: number }

export async function sweepReminders(ctx: Ctx): Promise<void> {
  const days = await setting(ctx, reminderDays)
  if (days.length === 0) return
  const steps = await takeSteps(ctx, days)
  if (steps.length === 0) return
  const people = peopleFinder(ctx)
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const about = await aboutOf(ctx, steps)
  for (const mine of Map.groupBy(steps, (s) => s.clock_id).values()) {
    // After a standstill several steps are due at once: the nearest is told, the others are kept as passed.
    const step = mine.reduce((a, b) => (b.days < a.days ? b : a))
    const told = step.unit_id ? await people.ofUnit(step.unit_id, about.handlers.get(step.clock_id) ?? null) : await people.desk('orders.dispatch')
    const order = about.orders.get(step.order_id)
    if (order && told.length > 0) {
      await notify(ctx, {
        type: 'supervision.reminder', to: { userIds: told.map((p) => p.id) }, level: 'P3', title: `${clockNames[step.clock_kind] ?? ''}时限剩余 ${step.days} 天：${order.title}`,
        text: `工单 ${order.number}，${formatMoment(step.due_at, ctx.clock.now(), timeZone)} 到期`, link: `/orders/${order.number}`, objectType: 'clock', objectId: `${step.clock_id}:${step.days}`,
      })
    }
    await db(ctx).updateTable('supervision_reminder').set({ sent: true, recipients: told.length }).where('tenant_id', '=', ctx.tenantId).where('clock_id', '=', step.clock_id).where('due_at', '=', ts(step.due_at)).where('days', '=', step.days).execute()
  }
}

/** Steps whose moment has come, of running clocks that lasted longer than the step; a three-day clock has no three-day reminder. */
async function takeSteps(ctx: Ctx, days: number[]): Promise<Step[]> {
  const now = ts(ctx.clock.now())
  const { rows } = await sql<Step>`
    insert into supervision_reminder (tenant_id, clock_id, due_at, days, order_id, unit_id, clock_kind, at, sent)
    select c.tenant_id, c.id, c.due_at, d.days, c.order_id, c.unit_id, c.kind, ${now}, false
    from orders_pub_clock_view c cross join unnest(${days}::int[]) as d(days)
    where c.tenant_id = ${ctx.tenantId} and c.state = 'running' and c.kind in (${sql.join([...deadlineClocks])})
      and c.due_at > ${now} and c.due_at <= ${now} + make_interval(days => ${Math.max(...days)})
      and c.due_at - make_interval(days => d.days) <= ${now} and c.due_at - make_interval(days => d.days) > c.started_at
      and not exists (select 1 from supervision_reminder r where r.tenant_id = c.tenant_id and r.clock_id = c.id and r.due_at = c.due_at and r.days = d.days)
    order by c.due_at limit ${BATCH}
    on conflict do nothing
    returning clock_id, order_id, unit_id, clock_kind, due_at, days`.execute(db(ctx))
  return rows
}

async function aboutOf(ctx: Ctx, steps: Step[]) {
  const orders = await db(ctx).selectFrom('order_view').select(['id', 'number', 'title']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', [...new Set(steps.map((s) => s.order_id))]).execute()
  const handlers = await db(ctx)
    .selectFrom('orders_pub_clock_view as c')
    .innerJoin('orders_pub_assignment_view as a', (join) => join.onRef('a.tenant_id', '=', 'c.tenant_id').onRef('a.id', '=', 'c.assignment_id'))
    .select(['c.id', 'a.handler_id']).where('c.tenant_id', '=', ctx.tenantId).where('c.id', 'in', [...new Set(steps.map((s) => s.clock_id))]).execute()
  return { orders: new Map(orders.map((o) => [o.id, { number: o.number ?? '', title: o.title ?? '' }])), handlers: new Map(handlers.map((h) => [h.id, h.handler_id])) }
}
