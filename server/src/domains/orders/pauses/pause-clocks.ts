// Stopping the clocks of an assignment and of what it handed down, and starting them again by exactly the time they stood (ORD-44).
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { durationBetween, leadBefore, pauseShift, type Duration, type DurationUnit, type Instant } from '../../../kernel/time/index.ts'
import { calendarOf } from '../../platform/index.ts'
import { isOpenAssignment, withChildren } from '../assignment.ts'
import { db, saveAssignment, type AssignmentRow, type ClockRow } from '../orders.queries.ts'

/** What the unit owes: these stand still. The upper platform's clock moves only with the upper platform's own approval. */
const pausable = ['handling', 'response', 'firstContact', 'tracking'] as const

const idsOf = (all: AssignmentRow[], assignmentId: string): string[] => withChildren(all, assignmentId).filter((a) => a.id === assignmentId || isOpenAssignment(a.state)).map((a) => a.id)

export async function pauseClocks(ctx: Ctx, all: AssignmentRow[], assignmentId: string, reason: string): Promise<void> {
  const now = ctx.clock.now()
  const rows = await db(ctx).updateTable('order_clock').set({ state: 'paused', paused_at: ts(now) }).where('tenant_id', '=', ctx.tenantId).where('assignment_id', 'in', idsOf(all, assignmentId))
    .where('kind', 'in', pausable).where('state', '=', 'running').returningAll().execute()
  await note(ctx, rows.map((clock) => ({ clock, what: 'paused', due: clock.due_at })), reason)
}

/** Each clock goes on with the time it had left when it stopped, on its own calendar of natural or working time. */
export async function resumeClocks(ctx: Ctx, all: AssignmentRow[], assignmentId: string, reason: string): Promise<void> {
  const now = ctx.clock.now()
  const calendar = await calendarOf(ctx)
  const paused = await db(ctx).selectFrom('order_clock').selectAll().where('tenant_id', '=', ctx.tenantId).where('assignment_id', 'in', withChildren(all, assignmentId).map((a) => a.id)).where('state', '=', 'paused').forUpdate().execute()
  const moved: { clock: ClockRow; what: string; due: Instant }[] = []
  for (const clock of paused) {
    const stood = clock.paused_at ?? now
    const unit = clock.basis as DurationUnit // held to these values by the matters' rules that start clocks
    const due = pauseShift(calendar, clock.due_at, stood, now, unit)
    // The warning stays as far before the deadline as it was, never in the past of a clock that had not warned yet.
    const lead: Duration = durationBetween(calendar, clock.yellow_at, clock.due_at, 'naturalHours')
    const yellow = leadBefore(calendar, due, lead, { amount: Math.max(clock.amount, 0), unit })
    await db(ctx).updateTable('order_clock').set({ state: 'running', paused_at: null, due_at: ts(due), yellow_at: ts(yellow) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', clock.id).execute()
    if (clock.kind === 'handling' && clock.assignment_id) await saveAssignment(ctx, clock.assignment_id, { due_at: ts(due) })
    moved.push({ clock, what: 'resumed', due })
  }
  await note(ctx, moved, reason)
}

async function note(ctx: Ctx, list: { clock: ClockRow; what: string; due: Instant }[], reason: string): Promise<void> {
  if (list.length === 0) return
  await db(ctx).insertInto('order_clock_change').values(list.map(({ clock, what, due }) => ({
    tenant_id: ctx.tenantId, id: newId(), clock_id: clock.id, order_id: clock.order_id, at: ts(ctx.clock.now()), what, old_due_at: ts(clock.due_at), new_due_at: ts(due), actor_name: ctx.actor.name, reason,
  }))).execute()
}
