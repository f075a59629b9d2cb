// What the answers of a callback do to the order: archive, a person's re-examination, or back to the same unit (CBK-03, ORD-60).
import type { Ctx } from '../../kernel/ctx.ts'
import { move, requireTransition } from './acts.ts'
import { lockOrder, type OrderRow } from './orders.queries.ts'
import { askReexamination, redo, wayAfterDissatisfaction } from './redo/index.ts'

export type CallbackOutcome =
  | { kind: 'satisfied' | 'notReached' | 'notStated'; text: string; data: Record<string, unknown> }
  | { kind: 'notAttributable'; text: string; data: Record<string, unknown> }
  | { kind: 'dissatisfied'; reason: string; data: Record<string, unknown> }

const acts = { satisfied: 'callbackSatisfied', notReached: 'callbackGivenUp', notStated: 'callbackNotStated', notAttributable: 'callbackNotAttributable' } as const

/** Applied by the callback domain in the transaction that stores the answers. Idempotence is the caller's: one result per task. */
export async function applyCallback(ctx: Ctx, orderId: string, outcome: CallbackOutcome): Promise<OrderRow> {
  const order = await lockOrder(ctx, orderId)
  if (outcome.kind !== 'dissatisfied') return move(ctx, order, acts[outcome.kind], { entry: { text: outcome.text, data: outcome.data } })
  requireTransition(order, 'callbackDissatisfied')
  return dissatisfied(ctx, order, outcome.reason, outcome.data)
}

/** A closed order that the requester rates as unsolved or dissatisfied within the rating period. */
export async function reopenOrder(ctx: Ctx, orderId: string, reason: string, data: Record<string, unknown>): Promise<OrderRow> {
  const order = await lockOrder(ctx, orderId)
  requireTransition(order, 'reopen')
  return dissatisfied(ctx, order, reason, data)
}

async function dissatisfied(ctx: Ctx, order: OrderRow, reason: string, data: Record<string, unknown>): Promise<OrderRow> {
  return (await wayAfterDissatisfaction(ctx, order)) === 'reexamine' ? askReexamination(ctx, order, reason, data) : redo(ctx, order, reason, data)
}
