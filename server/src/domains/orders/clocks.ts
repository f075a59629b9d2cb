// Clocks of an order: start, meet, move, cancel; every move of a deadline is kept (SUP-01, MAT-19).
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { newId } from '../../kernel/runtime.ts'
import { addDuration, durationBetween, leadBefore, type Duration, type Instant, type WorkCalendar } from '../../kernel/time/index.ts'
import { limitFor } from '../matters/index.ts'
import { calendarOf } from '../platform/index.ts'
import { db, type ClockRow, type OrderRow } from './orders.queries.ts'

export type ClockKind = 'stage' | 'sign' | 'firstContact' | 'response' | 'handling' | 'resultReview' | 'upper' | 'ownEarlier' | 'tracking'

export type NewClock = {
  kind: ClockKind
  assignmentId?: string
  unitId?: string
  duration: Duration
  ruleText: string
  startedAt: Instant
  /** Given where a dispatcher set the moment by hand; else start + duration on the calendar. */
  dueAt?: Instant
  yellowBefore?: Duration | null
}

const DEFAULT_YELLOW: Duration = { amount: 24, unit: 'naturalHours' }

const moments = (calendar: WorkCalendar, clock: NewClock): { due: Instant; yellow: Instant } => {
  const due = clock.dueAt ?? addDuration(calendar, clock.startedAt, clock.duration)
  const limit = clock.dueAt ? durationBetween(calendar, clock.startedAt, due, 'naturalHours') : clock.duration
  return { due, yellow: leadBefore(calendar, due, clock.yellowBefore ?? DEFAULT_YELLOW, limit) }
}

/** Starts clocks in one insert and returns their due times by kind and assignment. */
export async function startClocks(ctx: Ctx, order: Pick<OrderRow, 'id'>, clocks: NewClock[]): Promise<Map<NewClock, Instant>> {
  const due = new Map<NewClock, Instant>()
  if (clocks.length === 0) return due
  const calendar = await calendarOf(ctx)
  await db(ctx)
    .insertInto('order_clock')
    .values(
      clocks.map((clock) => {
        const at = moments(calendar, clock)
        due.set(clock, at.due)
        return {
          tenant_id: ctx.tenantId, id: newId(), order_id: order.id, assignment_id: clock.assignmentId ?? null, unit_id: clock.unitId ?? null, kind: clock.kind,
          amount: clock.duration.amount, basis: clock.duration.unit, rule_text: clock.ruleText, started_at: ts(clock.startedAt), due_at: ts(at.due), yellow_at: ts(at.yellow), state: 'running',
        }
      }),
    )
    .execute()
  return due
}

type Which = { kinds?: ClockKind[]; assignmentIds?: string[] }

async function end(ctx: Ctx, orderId: string, state: 'met' | 'cancelled', which: Which): Promise<void> {
  let query = db(ctx).updateTable('order_clock').set({ state, met_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('state', 'in', ['running', 'paused'])
  if (which.kinds) query = query.where('kind', 'in', which.kinds)
  if (which.assignmentIds) {
    if (which.assignmentIds.length === 0) return
    query = query.where('assignment_id', 'in', which.assignmentIds)
  }
  await query.execute()
}

/** The clocks' aim was reached: sign by signing, handling by the accepted result … */
export const meetClocks = (ctx: Ctx, orderId: string, which: Which): Promise<void> => end(ctx, orderId, 'met', which)

/** The clocks' object is gone: returned, cancelled, withdrawn. */
export const cancelClocks = (ctx: Ctx, orderId: string, which: Which = {}): Promise<void> => end(ctx, orderId, 'cancelled', which)

/** A clock that was met runs on from its old start: a result that is sent back gives no new time. */
export async function reopenClocks(ctx: Ctx, orderId: string, which: Required<Which>): Promise<void> {
  if (which.assignmentIds.length === 0) return
  await db(ctx).updateTable('order_clock').set({ state: 'running', met_at: null }).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId)
    .where('kind', 'in', which.kinds).where('assignment_id', 'in', which.assignmentIds).where('state', '=', 'met').execute()
}

/** The same for clocks of the order itself, such as the limit of the centre that passed it on. */
export async function reopenOrderClocks(ctx: Ctx, orderId: string, kinds: ClockKind[]): Promise<void> {
  await db(ctx).updateTable('order_clock').set({ state: 'running', met_at: null }).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('kind', 'in', kinds).where('assignment_id', 'is', null).where('state', '=', 'met').execute()
}

/** Moves a deadline, with who and why; the card marks are reset so that the new moments count. */
export async function moveClock(ctx: Ctx, clock: ClockRow, newDue: Instant, reason: string): Promise<void> {
  const calendar = await calendarOf(ctx)
  const yellow = leadBefore(calendar, newDue, DEFAULT_YELLOW, durationBetween(calendar, clock.started_at, newDue, 'naturalHours'))
  await db(ctx).updateTable('order_clock').set({ due_at: ts(newDue), yellow_at: ts(yellow), yellow_done: false, red_done: false }).where('tenant_id', '=', ctx.tenantId).where('id', '=', clock.id).execute()
  await noteChange(ctx, clock, 'moved', newDue, reason)
}

async function noteChange(ctx: Ctx, clock: ClockRow, what: string, newDue: Instant, reason: string): Promise<void> {
  await db(ctx).insertInto('order_clock_change').values({
    tenant_id: ctx.tenantId, id: newId(), clock_id: clock.id, order_id: clock.order_id, at: ts(ctx.clock.now()), what, old_due_at: ts(clock.due_at), new_due_at: ts(newDue), actor_name: ctx.actor.name, reason,
  }).execute()
}

export async function clockOf(ctx: Ctx, assignmentId: string, kind: ClockKind): Promise<ClockRow | undefined> {
  return db(ctx).selectFrom('order_clock').selectAll().where('tenant_id', '=', ctx.tenantId).where('assignment_id', '=', assignmentId).where('kind', '=', kind).where('state', 'in', ['running', 'paused']).executeTakeFirst()
}

/** The limit of a clock for an order: the most specific rule of matters, or null where none is set. */
export const limitOf = (ctx: Ctx, order: OrderRow, clock: 'sign' | 'response' | 'handling' | 'resultReview' | 'firstContact', unitKind?: string) =>
  limitFor(ctx, {
    matterId: order.matter_id, categoryId: order.category_id, industryId: order.industry_id, appealType: order.appeal_type, urgency: order.urgency, enterpriseGrade: order.enterprise_grade, clock,
    ...(unitKind ? { unitKind } : {}),
  })

/** Running clocks whose yellow or red moment has come, marked as taken, so that each card is issued exactly once. */
export async function takeDueClocks(ctx: Ctx, colour: 'yellow' | 'red', limit: number): Promise<ClockRow[]> {
  const now = ctx.clock.now()
  const [moment, done] = colour === 'yellow' ? (['yellow_at', 'yellow_done'] as const) : (['due_at', 'red_done'] as const)
  const { rows } = await sql<ClockRow>`update order_clock set ${sql.ref(done)} = true
    where tenant_id = ${ctx.tenantId} and id in (
      select id from order_clock where tenant_id = ${ctx.tenantId} and state = 'running' and not ${sql.ref(done)} and ${sql.ref(moment)} <= ${ts(now)} order by ${sql.ref(moment)} limit ${limit} for update skip locked)
    returning *`.execute(ctx.db())
  return rows
}
