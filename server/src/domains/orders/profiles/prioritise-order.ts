import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { assertVisible } from '../orders.policy.ts'
import { lockOrder, saveOrder } from '../orders.queries.ts'
import { record } from '../timeline.ts'
import type { prioritiseRoute } from './profile-contract.ts'

/** Raises or lowers by hand, with a reason; null gives the order back to the rule. */
export async function prioritiseOrder(ctx: Ctx, input: Input<typeof prioritiseRoute>) {
  authorize(ctx, 'orders.prioritise')
  const order = await lockOrder(ctx, input.id, input.version)
  await assertVisible(ctx, order)
  const saved = await saveOrder(ctx, order, { priority_manual: input.value })
  await record(ctx, order, { act: 'prioritise', text: input.reason, changes: { priority: { old: order.priority, new: saved.priority, label: '优先级' } } })
  return { id: order.id, priority: saved.priority ?? 0, manual: saved.priority_manual !== null, version: saved.version }
}
