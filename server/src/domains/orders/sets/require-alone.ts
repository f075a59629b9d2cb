// An order that follows an event set is not moved on its own.
import type { Ctx } from '../../../kernel/ctx.ts'
import { setOf } from './set.queries.ts'
import { setFail } from './sets.errors.ts'

/** Throws 409 naming the set; taking the order out of it frees it. */
export async function requireAlone(ctx: Ctx, orderId: string): Promise<void> {
  const found = await setOf(ctx, orderId)
  if (found?.member.carried && found.member.answered_at === null) throw setFail('carriedAlone', { rule: 'orders.set.carried', params: { title: found.set.title } })
}
