// The receiving centre turns an order back that is not its matter, before it has dispatched it (ORD-29, ORD-41).
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { answerOf, move } from '../acts.ts'
import { cancelClocks } from '../clocks.ts'
import type * as contract from '../contract.ts'
import { orderFail } from '../orders.errors.ts'
import { assertVisible } from '../orders.policy.ts'
import { isMirror, lockOrder } from '../orders.queries.ts'
import { stateNames } from '../texts.zh-CN.ts'
import { refuseTransfer } from './index.ts'

export async function turnBack(ctx: Ctx, input: Input<typeof contract.turnBackRoute>) {
  authorize(ctx, 'orders.transfer')
  const order = await lockOrder(ctx, input.id, input.version)
  await assertVisible(ctx, order)
  if (!isMirror(order)) throw orderFail('notFound')
  if (order.state !== 'pendingReview' && order.state !== 'pendingDispatch') throw orderFail('stateForbids', { rule: 'orders.turnBack', params: { state: stateNames[order.state], act: '退回转来中心' } })
  await refuseTransfer(ctx, order, input.reason)
  await cancelClocks(ctx, order.id)
  return answerOf(await move(ctx, order, 'withdraw', { change: { withdraw_reason: `退回转来中心：${input.reason}`, ...(order.triage ? { triage: 'done' as const } : {}) }, entry: { act: 'turnBack', text: input.reason } }))
}
