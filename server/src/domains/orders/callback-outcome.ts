// What the answers of a callback do to the order: archive, or bring it back to the same unit in a new round (CBK-03, ORD-60).
import type { Ctx } from '../../kernel/ctx.ts'
import { unitsByIds } from '../platform/index.ts'
import { about, move, requireTransition } from './acts.ts'
import { createAssignments } from './dispatch-order.ts'
import { orderRedone } from './events.ts'
import { limitOf, startClocks } from './clocks.ts'
import { isPassedOn, lockAssignments, lockOrder, saveOrder, type OrderRow } from './orders.queries.ts'
import { unitsThatAnswered } from './sets/set.queries.ts'
import { restartStageClock } from './review-order.ts'
import { redoTransfer } from './transfer/index.ts'

export type CallbackOutcome =
  | { kind: 'satisfied' | 'notReached' | 'notStated'; text: string; data: Record<string, unknown> }
  | { kind: 'notAttributable'; text: string; data: Record<string, unknown> }
  | { kind: 'dissatisfied'; reason: string; data: Record<string, unknown> }

const acts = { satisfied: 'callbackSatisfied', notReached: 'callbackGivenUp', notStated: 'callbackNotStated', notAttributable: 'callbackNotAttributable' } as const

/** Applied by the callback domain in the transaction that stores the answers. Idempotence is the caller's: one result per task. */
export async function applyCallback(ctx: Ctx, orderId: string, outcome: CallbackOutcome): Promise<OrderRow> {
  const order = await lockOrder(ctx, orderId)
  if (outcome.kind !== 'dissatisfied') return move(ctx, order, acts[outcome.kind], { entry: { text: outcome.text, data: outcome.data } })
  return redo(ctx, order, 'callbackDissatisfied', outcome.reason, outcome.data)
}

/** A closed order that the requester rates as unsolved or dissatisfied within the rating period. */
export async function reopenOrder(ctx: Ctx, orderId: string, reason: string, data: Record<string, unknown>): Promise<OrderRow> {
  return redo(ctx, await lockOrder(ctx, orderId), 'reopen', reason, data)
}

/** New top assignments at the same units, signed by the system, round + 1, new clocks; the old ones stay done. */
async function redo(ctx: Ctx, order: OrderRow, act: 'callbackDissatisfied' | 'reopen', reason: string, data: Record<string, unknown>): Promise<OrderRow> {
  requireTransition(order, act)
  const all = await lockAssignments(ctx, order.id)
  const own = all.filter((a) => a.parent_id === null && a.round === order.round && a.state === 'done' && a.role !== 'assist')
  // A member of an event set was answered by the leading order's units: they take it up again.
  const before = own.length > 0 ? own : await unitsThatAnswered(ctx, order.id)
  const units = await unitsByIds(ctx, before.map((a) => a.unit_id))
  const round = order.round + 1
  const again = { ...order, round }
  const saved = await move(ctx, order, act, { change: { round, close_kind: null, closed_at: null, archive_due_at: null }, entry: { text: reason, data: { ...data, round }, visibility: 'staff' } })
  const targets = before.flatMap((a) => {
    const unit = units.get(a.unit_id)
    return unit ? [{ unit, role: a.role }] : []
  })
  const made = targets.length > 0 ? await createAssignments(ctx, again, targets, { route: 'straight', opinion: `重办：${reason}`, handler: null, signed: true, round }) : { assignments: [] }
  if (isPassedOn(order)) {
    const limit = await limitOf(ctx, order, 'handling')
    if (limit) await startClocks(ctx, order, [{ kind: 'handling', duration: limit.duration, ruleText: limit.ruleText, startedAt: ctx.clock.now(), yellowBefore: limit.yellowBefore }])
  }
  await redoTransfer(ctx, order, reason)
  // Answered at the desk in the round before: no unit holds it, so it waits for a dispatch.
  if (targets.length === 0 && !isPassedOn(order)) {
    await restartStageClock(ctx, saved)
    const desk = await move(ctx, saved, 'returnToDesk', { entry: { text: reason } })
    ctx.publish(orderRedone({ ...about(order), round, reason, assignments: [] }))
    return desk
  }
  ctx.publish(orderRedone({ ...about(order), round, reason, assignments: made.assignments.map((a) => ({ id: a.id, unitId: a.unitId, role: a.role })) }))
  return saveOrder(ctx, saved, {})
}
