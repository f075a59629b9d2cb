// Which results of other centres are looked at a second time: all, a share, and always the named types (ORD-58).
import { createHash } from 'node:crypto'
import type { Ctx } from '../../../kernel/ctx.ts'
import { setting } from '../../platform/index.ts'
import type { OrderRow } from '../orders.queries.ts'
import { acceptByRule } from '../review-result.ts'
import { upperCheckShare, upperCheckTypes } from '../settings.ts'

/** The same order is always in or out of a share, in every round. 0 to 99. */
export const sampleOf = (orderId: string): number => createHash('sha256').update(orderId).digest().readUInt32BE(0) % 100

/** Accepts a result that need not be checked again; otherwise the order waits in result review. */
export async function secondCheck(ctx: Ctx, order: OrderRow): Promise<void> {
  if (order.state !== 'pendingResultReview') return
  const share = await setting(ctx, upperCheckShare)
  if (sampleOf(order.id) < share || (await setting(ctx, upperCheckTypes)).includes(order.appeal_type)) return
  await acceptByRule(ctx, order, `不在上级复核范围（比例 ${share}%）`)
}
