// Reminders so many days before a deadline, each step of each clock exactly once (SUP-04).
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { isMobile } from '../../kernel/crypto/index.ts'
import { addDuration, formatMoment, type Instant } from '../../kernel/time/index.ts'
import { clockNames } from '../orders/index.ts'
import { calendarOf, mobilesOf, notify, sendSms, setting, tenantById } from '../platform/index.ts'
import { peopleFinder, unique, type PeopleFinder, type Person } from './recipients.ts'
import { petitionReminder, petitionUnits, reminderCalendar, reminderChannels, reminderClocks, reminderDays, reminderRecipients } from './settings.ts'
import { db } from './supervision.queries.ts'

const BATCH = 500

type Step = { clock_id: string; order_id: string; unit_id: string | null; clock_kind: string; due_at: Instant; days: number }

type Plan = { days: number[]; clocks: string[]; recipients: string[]; channels: string[]; /** Of petition bodies, or of everybody else. */ petition: boolean }

export async function sweepReminders(ctx: Ctx): Promise<void> {
  const bodies = await setting(ctx, petitionUnits)
  const plain = { days: await setting(ctx, reminderDays), clocks: await setting(ctx, reminderClocks), recipients: await setting(ctx, reminderRecipients), channels: await setting(ctx, reminderChannels), petition: false }
  await remind(ctx, plain, bodies)
  if (bodies.length > 0) await remind(ctx, { ...(await setting(ctx, petitionReminder)), petition: true }, bodies)
}

async function remind(ctx: Ctx, plan: Plan, bodies: readonly string[]): Promise<void> {
  if (plan.days.length === 0 || plan.clocks.length === 0) return
  const steps = await takeSteps(ctx, plan, bodies)
  if (steps.length === 0) return
  const people = peopleFinder(ctx)
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const about = await aboutOf(ctx, steps)
  const { channels } = plan
  for (const mine of Map.groupBy(steps, (s) => s.clock_id).values()) {
    // After a standstill several steps are due at once: the nearest is told, the others are kept as passed.
    const step = mine.reduce((a, b) => (b.days < a.days ? b : a))
    const told = await recipientsOf(plan, step, about.handlers.get(step.clock_id) ?? null, people)
    const order = about.orders.get(step.order_id)
    if (order && told.length > 0 && channels.includes('sms')) await text(ctx, told, step, order.number, formatMoment(step.due_at, ctx.clock.now(), timeZone))
    if (order && told.length > 0 && channels.includes('system')) {
      await notify(ctx, {
        type: 'supervision.reminder', to: { userIds: told.map((p) => p.id) }, level: 'P3', title: `${clockNames[step.clock_kind] ?? ''}时限剩余 ${step.days} 天：${order.title}`,
        text: `工单 ${order.number}，${formatMoment(step.due_at, ctx.clock.now(), timeZone)} 到期`, link: `/orders/${order.number}`, objectType: 'clock', objectId: `${step.clock_id}:${step.days}`,
      })
    }
    await db(ctx).updateTable('supervision_reminder').set({ sent: true, recipients: told.length }).where('tenant_id', '=', ctx.tenantId).where('clock_id', '=', step.clock_id).where('due_at', '=', ts(step.due_at)).where('days', '=', step.days).execute()
  }
}

async function recipientsOf(plan: Plan, step: Step, handlerId: string | null, people: PeopleFinder): Promise<Person[]> {
  const told: Person[] = []
  for (const kind of plan.recipients) {
    if (kind === 'handlers') told.push(...(step.unit_id ? await people.ofUnit(step.unit_id, handlerId) : await people.desk('orders.dispatch')))
    if (kind === 'unitLeaders' && step.unit_id) told.push(...(await people.inUnit(step.unit_id, 'orders.approve')))
    if (kind === 'closingDesk') told.push(...(await people.desk('orders.reviewResult')))
    if (kind === 'supervisors') told.push(...(await people.desk('supervision.manage')))
  }
  return unique(told)
}

async function text(ctx: Ctx, told: Person[], step: Step, number: string, due: string): Promise<void> {
  const mobiles = await mobilesOf(ctx, told.map((p) => p.id))
  for (const phone of new Set(mobiles.values())) if (isMobile(phone)) await sendSms(ctx, { phone, template: 'unitReminder', params: { number, clock: clockNames[step.clock_kind] ?? '', days: String(step.days), due }, objectType: 'order', objectId: step.order_id })
}

/** Steps whose moment has come, of running clocks that lasted longer than the step; a three-day clock has no three-day reminder. */
async function takeSteps(ctx: Ctx, { days, clocks, petition }: Plan, bodies: readonly string[]): Promise<Step[]> {
  const now = ts(ctx.clock.now())
  // Petition bodies have days, clocks and recipients of their own; a clock belongs to one plan.
  const ofBodies = sql`exists (select 1 from platform_unit_view u where u.tenant_id = c.tenant_id and u.id = c.unit_id and u.path && ${[...bodies]}::uuid[])`
  const mine = bodies.length === 0 ? sql`true` : petition ? ofBodies : sql`not ${ofBodies}`
  // Where so many days ahead ends: on the clock, or on the tenant's working calendar.
  const calendar = await calendarOf(ctx)
  const unit = (await setting(ctx, reminderCalendar)) === 'working' ? 'workingDays' : 'naturalDays'
  const reaches = sql.join(days.map((amount) => sql`(${amount}::int, ${ts(addDuration(calendar, ctx.clock.now(), { amount, unit }))}::timestamptz)`))
  const { rows } = await sql<Step>`
    insert into supervision_reminder (tenant_id, clock_id, due_at, days, order_id, unit_id, clock_kind, at, sent)
    select c.tenant_id, c.id, c.due_at, d.days, c.order_id, c.unit_id, c.kind, ${now}, false
    from orders_pub_clock_view c cross join (values ${reaches}) as d(days, reach)
    where c.tenant_id = ${ctx.tenantId} and c.state = 'running' and c.kind in (${sql.join(clocks)})
      and ${mine} and c.due_at > ${now} and c.due_at <= d.reach
      and c.due_at - c.started_at > d.reach - ${now}::timestamptz
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
