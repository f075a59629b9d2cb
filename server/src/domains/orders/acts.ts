// The common step of every act on an order: check the transition, write the change, the entry and the flags together.
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { plus, DAY } from '../../kernel/time/index.ts'
import { setting } from '../platform/index.ts'
import { archiveTransfer } from './transfer/index.ts'
import { meetClocks } from './clocks.ts'
import { disputeFail } from './disputes/dispute.errors.ts'
import { orderArchived, orderClosed } from './events.ts'
import { endHandling, passingFlags } from './handling/index.ts'
import { obey } from './node-rules/index.ts'
import { endPendingRequests } from './end-requests.ts'
import { isOpen, nextState, publicState, type OrderAct, type OrderFacts } from './order.ts'
import { orderFail } from './orders.errors.ts'
import { closeParties, isMirror, saveOrder, type OrderChange, type OrderRow } from './orders.queries.ts'
import { ratingPeriodDays } from './settings.ts'
import { nextStage, startCallbackClock } from './stage-clocks.ts'
import { actNames, stateNames } from './texts.zh-CN.ts'
import { record, type Entry } from './timeline.ts'

/** From the pool of contested orders only a decision leads on. */
export const leavesPool: ReadonlySet<string> = new Set<OrderAct>(['dispatch', 'transfer', 'answer'])

/** One desk of the centre hands over to the next. */
const deskActs: ReadonlySet<OrderAct> = new Set<OrderAct>(['submit', 'passReview', 'returnToAgent'])

/** Throws 409 naming the rule when the transition table does not allow the act. */
export function requireTransition(order: OrderRow, act: OrderAct, facts: OrderFacts = {}) {
  if (order.flags.includes('disputed') && leavesPool.has(act)) throw disputeFail('disputed', { rule: 'orders.disputed', current: { version: order.version, state: order.state } })
  const next = nextState(order.state, act, facts)
  if (!next) throw orderFail('stateForbids', { rule: `orders.transition.${act}`, params: { state: stateNames[order.state], act: actNames[act] ?? act }, current: { version: order.version, state: order.state, changedBy: order.changed_by_name } })
  return next
}

/**
 * Moves the order by an act: state, stage time, closing facts, parties and the timeline entry. Clocks that the act meets are
 * ended by the caller before, since saving computes the nearest clock. The entry shows the stage in which the act was done.
 */
export async function move(ctx: Ctx, order: OrderRow, act: OrderAct, options: { facts?: OrderFacts; change?: OrderChange; entry: Omit<Entry, 'act'> & { act?: string } }): Promise<OrderRow> {
  const next = requireTransition(order, act, options.facts)
  await obey(ctx, order, act)
  const now = ctx.clock.now()
  await record(ctx, order, { act, ...options.entry })
  const closing: OrderChange = {}
  if (next.state === 'closed') Object.assign(closing, { closed_at: ts(now), close_kind: next.closeKind ?? null, // A mirror order is archived with the order above it.
      archive_due_at: isMirror(order) ? null : ts(plus(now, (await setting(ctx, ratingPeriodDays)) * DAY)) })
  if (next.state === 'pendingCallback') Object.assign(closing, { closed_at: ts(now) })
  if (next.state === 'archived') Object.assign(closing, { archived_at: ts(now), closed_at: ts(order.closed_at ?? now), close_kind: next.closeKind ?? order.close_kind })
  // Told once that it is done, the requester does not hear of a pause or an extension any more.
  if (publicState(next.state) === 'done' && publicState(order.state) !== 'done') await endPendingRequests(ctx, order, 'orderClosed')
  if (!isOpen(next.state)) {
    await meetClocks(ctx, order.id, {})
    await closeParties(ctx, order.id, false)
    if (order.flags.length > 0 || options.change?.flags !== undefined) {
      await endHandling(ctx, order)
      // Flags that the act itself sets are kept.
      const flags: readonly string[] = Array.isArray(options.change?.flags) ? options.change.flags : order.flags
      closing.flags = flags.filter((f) => !passingFlags.includes(f))
    }
  }
  if (deskActs.has(act)) await nextStage(ctx, { ...order, ...options.change, state: next.state } as OrderRow)
  if (order.state === 'pendingCallback') await meetClocks(ctx, order.id, { kinds: ['stage'] })
  if (next.state === 'pendingCallback') await startCallbackClock(ctx, order)
  const saved = await saveOrder(ctx, order, { ...options.change, ...closing, state: next.state, stage_since_at: ts(now) })
  const about = { orderId: order.id, number: order.number, title: order.title }
  if (next.state === 'archived') await archiveTransfer(ctx, order, '')
  if (next.state === 'closed') ctx.publish(orderClosed({ ...about, closeKind: saved.close_kind ?? '' }))
  if (next.state === 'archived') ctx.publish(orderArchived({ ...about, closeKind: saved.close_kind ?? '' }))
  return saved
}

export const about = (order: OrderRow) => ({ orderId: order.id, number: order.number, title: order.title })
export const answerOf = (order: OrderRow) => ({ id: order.id, number: order.number, state: order.state, version: order.version })
