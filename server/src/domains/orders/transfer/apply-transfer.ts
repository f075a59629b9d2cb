// Applies a step of the chain to the other tenant's order; handlers repeat safely because a step that was done finds another state.
import type { z } from 'zod'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { move } from '../acts.ts'
import { cancelClocks, meetClocks } from '../clocks.ts'
import { reopenOrder } from '../callback-outcome.ts'
import { isOpenAssignment } from '../assignment.ts'
import { lockAssignments, lockOrder, type OrderRow } from '../orders.queries.ts'
import { giveBack } from '../review-result.ts'
import { resultReady } from '../submit-feedback.ts'
import { cancelAssignments } from '../unit-acts.ts'
import type { TransferRow, transferMoved } from './index.ts'

type Step = z.output<typeof transferMoved.schema>['step']
type Apply = (ctx: Ctx, order: OrderRow, text: string) => Promise<unknown>

const upward: Step[] = ['reported']

const steps: Record<Step, Apply> = {
  // In the upper tenant: the result is here, its reviewers have it now.
  async reported(ctx, order) {
    if (order.state === 'inProgress') await resultReady(ctx, order, await lockAssignments(ctx, order.id))
  },
  // In the lower tenant from here on.
  async returned(ctx, order, text) {
    if (order.state === 'pendingResultReview') await giveBack(ctx, order, await lockAssignments(ctx, order.id), text)
  },
  async accepted(ctx, order) {
    if (order.state !== 'pendingResultReview') return
    await meetClocks(ctx, order.id, {})
    // The mirror is archived with the order above, not by its own rating period.
    await move(ctx, order, 'acceptResult', { facts: { callbackOwed: false }, entry: { text: '上级中心复核通过' } })
  },
  async redo(ctx, order, text) {
    if (order.state === 'closed') await reopenOrder(ctx, order.id, text, { fromUpper: true })
  },
  async withdrawn(ctx, order, text) {
    if (!['pendingReview', 'pendingDispatch', 'inProgress', 'pendingResultReview'].includes(order.state)) return
    const all = await lockAssignments(ctx, order.id)
    await cancelAssignments(ctx, order, all, all.filter((a) => isOpenAssignment(a.state)).map((a) => a.id))
    await cancelClocks(ctx, order.id)
    await move(ctx, order, 'withdraw', { change: { withdraw_reason: text }, entry: { text } })
  },
  async archived(ctx, order) {
    if (order.state === 'closed') await move(ctx, order, 'archive', { entry: { text: '随上级工单归档' } })
  },
}

export async function applyTransfer(ctx: Ctx, payload: z.output<typeof transferMoved.schema>): Promise<void> {
  const link: TransferRow | undefined = await ctx.acrossTenants<OrdersTables>('the chain belongs to both tenants').selectFrom('order_transfer').selectAll().where('id', '=', payload.transferId).executeTakeFirst()
  if (!link) return
  const up = upward.includes(payload.step)
  const other = inTenant(ctx, up ? link.from_tenant : link.to_tenant)
  const order = await lockOrder(other, up ? link.from_order_id : link.to_order_id)
  await steps[payload.step](other, order, payload.text)
}
