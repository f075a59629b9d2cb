// What the demo city needs of callbacks: the same use-cases as people.
import type { Ctx } from '../../kernel/ctx.ts'
import { openTaskStates } from './callback.ts'
import { db } from './callback.queries.ts'

export { completeCallback } from './complete-callback.ts'
export { recordAttempt } from './record-attempt.ts'

/** The open task of an order; null when nobody is owed a call. */
export async function openCallbackOf(ctx: Ctx, orderId: string): Promise<{ id: string } | null> {
  return (await db(ctx).selectFrom('callback_task').select('id').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('state', 'in', openTaskStates).executeTakeFirst()) ?? null
}
