// The requester's own judgement (CBK-12): once per order and round, within the rating period; "no" brings a closed order back to its unit.
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { lockOrder, publicOrder, record, reopenOrder, type OrderRow } from '../../orders/index.ts'
import { setting } from '../../platform/index.ts'
import { db, ownAccount } from '../accounts/account.queries.ts'
import { orderRated } from '../events.ts'
import { intakeFail } from '../intake.errors.ts'
import { answerByRequester } from '../ports.ts'
import { ratingReasons } from '../settings.ts'
import { intakeTexts } from '../texts.zh-CN.ts'
import { rateState } from './own-acts.ts'
import { ownOrder } from './own-orders.ts'
import type * as contract from './own-contract.ts'

type Rating = Input<typeof contract.rateOwn>

export async function rateOrder(ctx: Ctx, input: Rating): Promise<OrderRow> {
  const account = await ownAccount(ctx)
  const order = await lockOrder(ctx, (await ownOrder(ctx, input.number)).id)
  const earlier = await ratingOf(ctx, order)
  if (earlier) throw intakeFail('ratedAlready', { rule: 'rating.once' })
  const rate = rateState(ctx, order, (await publicOrder(ctx, order)).may, false)
  if (!rate.enabled) throw intakeFail(order.state === 'archived' ? 'ratingOver' : 'actNotNow', { rule: 'rating.period', params: { reason: rate.reason ?? '' } })
  await checkReasons(ctx, input)
  // Not satisfied but solved is an opinion; only what is not solved, or explicitly not satisfied, goes back (decision 6).
  const bad = input.satisfied === 'no' || input.solved === 'no'
  const answer = { orderId: order.id, round: order.round, stars: input.stars, satisfied: input.satisfied, solved: input.solved, reasons: input.reasons, text: input.text || null }
  await record(ctx, order, { act: 'rate', text: input.text || null, data: { stars: input.stars, satisfied: input.satisfied, solved: input.solved, reasons: input.reasons }, visibility: 'staff' })
  const reopened = order.state === 'pendingCallback' ? await answerByRequester.one()(ctx, answer) : bad && (await reopen(ctx, order, input))
  await db(ctx)
    .insertInto('intake_rating')
    .values({
      tenant_id: ctx.tenantId, id: newId(), order_id: order.id, round: order.round, account_id: account.id, channel: 'portal', stars: input.stars, satisfied: input.satisfied, solved: input.solved, reasons: input.reasons,
      text: input.text || null, reopened, created_at: ts(ctx.clock.now()),
    })
    .execute()
  ctx.publish(orderRated({ orderId: order.id, number: order.number, round: order.round, stars: input.stars, satisfied: input.satisfied, solved: input.solved, reasons: input.reasons, reopened }))
  return lockOrder(ctx, order.id)
}

/** An order that was answered directly has no unit to go back to: it returns to nobody, the rating stands for itself. */
async function reopen(ctx: Ctx, order: OrderRow, input: Rating): Promise<boolean> {
  if (order.close_kind === 'answered') return false
  const why = [input.reasons.join('、'), input.text].filter((s) => s !== '').join('：')
  await reopenOrder(ctx, order.id, why === '' ? intakeTexts.ratedBad : `${intakeTexts.ratedBad}：${why}`, { stars: input.stars, satisfied: input.satisfied, solved: input.solved, reasons: input.reasons })
  return true
}

async function checkReasons(ctx: Ctx, input: Rating): Promise<void> {
  const known = await setting(ctx, ratingReasons)
  if (input.reasons.some((r) => !known.includes(r)) || new Set(input.reasons).size < input.reasons.length) throw kernelErrors('invalid', { fields: [{ path: 'reasons', message: '请从列出的原因中选择' }] })
}

export async function ratingOf(ctx: Ctx, order: Pick<OrderRow, 'id' | 'round'>) {
  return db(ctx).selectFrom('intake_rating').selectAll().where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where('round', '=', order.round).executeTakeFirst()
}
