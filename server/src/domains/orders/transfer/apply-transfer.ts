// Applies a step of the chain to the other tenant's order; handlers repeat safely because a step that was done finds another state.
import type { z } from 'zod'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { tenantById } from '../../platform/index.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { move } from '../acts.ts'
import { reopenOrder } from '../callback-outcome.ts'
import { secondCheck } from '../checks/second-check.ts'
import { cancelClocks, meetClocks, reopenOrderClocks } from '../clocks.ts'
import { isOpenAssignment } from '../assignment.ts'
import { lockAssignments, lockOrder, withoutPassedFlags, type OrderRow } from '../orders.queries.ts'
import { restartStageClock } from '../stage-clocks.ts'
import { giveBack } from '../review-result.ts'
import { resultReady } from '../submit-feedback.ts'
import { cancelAssignments } from '../unit-acts.ts'
import { acceptTransfer, withdrawTransfer, type TransferRow, type transferMoved } from './index.ts'

type Step = z.output<typeof transferMoved.schema>['step']
type Apply = (ctx: Ctx, order: OrderRow, text: string, link: TransferRow) => Promise<unknown>

/** Steps that travel from the mirror to its sender. */
const back: Step[] = ['reported', 'refused']

const steps: Record<Step, Apply> = {
  // At the sender: the result is here, its reviewers have it now, or the rule accepts it.
  async reported(ctx, order) {
    if (order.state !== 'inProgress') return
    await meetClocks(ctx, order.id, { kinds: ['handling'] })
    await secondCheck(ctx, await resultReady(ctx, order, await lockAssignments(ctx, order.id)))
  },
  async refused(ctx, order, text, link) {
    if (order.state !== 'inProgress') return
    await cancelClocks(ctx, order.id)
    await restartStageClock(ctx, order)
    const { name } = await tenantById(ctx, link.to_tenant)
    await move(ctx, order, 'returned', { change: { lead_unit_id: null, lead_unit_name: null, flags: withoutPassedFlags(order.flags) }, entry: { act: 'transferReturned', text, data: { tenant: name } } })
  },
  // At the mirror from here on.
  async returned(ctx, order, text) {
    if (order.state !== 'pendingResultReview') return
    await reopenOrderClocks(ctx, order.id, ['upper'])
    await giveBack(ctx, order, await lockAssignments(ctx, order.id), text)
  },
  async accepted(ctx, order) {
    if (order.state !== 'pendingResultReview') return
    await meetClocks(ctx, order.id, {})
    // The mirror is archived with the order of its sender, not by its own rating period.
    const saved = await move(ctx, order, 'acceptResult', { facts: { callbackOwed: false }, entry: { act: 'upperAccepted', text: '转来中心复核通过' } })
    await acceptTransfer(ctx, saved, '')
  },
  async redo(ctx, order, text) {
    if (order.state === 'closed') await reopenOrder(ctx, order.id, text, { fromUpper: true })
  },
  async withdrawn(ctx, order, text) {
    if (!['pendingReview', 'pendingDispatch', 'inProgress', 'pendingResultReview'].includes(order.state)) return
    const all = await lockAssignments(ctx, order.id)
    await cancelAssignments(ctx, order, all, all.filter((a) => isOpenAssignment(a.state)).map((a) => a.id))
    await cancelClocks(ctx, order.id)
    await withdrawTransfer(ctx, order, text)
    await move(ctx, order, 'withdraw', { change: { withdraw_reason: text }, entry: { text } })
  },
  async archived(ctx, order) {
    if (order.state === 'closed') await move(ctx, order, 'archive', { entry: { text: '随转来工单归档' } })
  },
}

export async function applyTransfer(ctx: Ctx, payload: z.output<typeof transferMoved.schema>): Promise<void> {
  const link: TransferRow | undefined = await ctx.acrossTenants<OrdersTables>('the chain belongs to both tenants').selectFrom('order_transfer').selectAll().where('id', '=', payload.transferId).executeTakeFirst()
  if (!link) return
  const toSender = back.includes(payload.step)
  const other = inTenant(ctx, toSender ? link.from_tenant : link.to_tenant)
  const order = await lockOrder(other, toSender ? link.from_order_id : link.to_order_id)
  await steps[payload.step](other, order, payload.text, link)
}
