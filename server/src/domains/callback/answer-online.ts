// The requester answers by himself on the portal before anybody has called: his words take the place of the callback (CBK-03, CBK-12).
import type { Ctx } from '../../kernel/ctx.ts'
import type { RequesterAnswer } from '../intake/index.ts'
import { lockOrder } from '../orders/index.ts'
import { db, lockTask } from './callback.queries.ts'
import { conclude } from './conclude-callback.ts'
import { scheduleCallback } from './schedule-callback.ts'

/** Answers the port `answerByRequester` of intake: ends the task of this round and moves the order. True when it goes back to its unit. */
export async function answerOnline(ctx: Ctx, answer: RequesterAnswer): Promise<boolean> {
  const order = await lockOrder(ctx, answer.orderId)
  // The event that makes the task may still be on its way.
  await scheduleCallback(ctx, { orderId: order.id, round: order.round, callbackOwed: true })
  const { id } = await db(ctx).selectFrom('callback_task').select('id').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where('round', '=', order.round).executeTakeFirstOrThrow()
  // 部分解决 is no explicit "no": it leads to no redo and counts as not stated (decision 6).
  const said = { contacted: 'notStated', solved: answer.solved === 'partly' ? 'notStated' : answer.solved, satisfied: answer.satisfied, stars: answer.stars, reasons: answer.reasons, opinion: answer.text } as const
  const { outcome } = await conclude(ctx, order, await lockTask(ctx, id), said, { kind: 'online', actorId: null, actorName: ctx.actor.name, way: 'otherWay', wayNote: '门户评价' })
  return outcome === 'dissatisfied'
}
