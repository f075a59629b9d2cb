// Supplement, urge, withdraw by the requester himself.
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { lockOrder, publicOrder, supplement, withdraw, type OrderRow } from '../../orders/index.ts'
import { intakeFail } from '../intake.errors.ts'
import { urgeByRequester } from '../ports.ts'
import { intakeTexts, type PublicAct } from '../texts.zh-CN.ts'
import { actStates } from './own-acts.ts'
import { ownOrder } from './own-orders.ts'
import { rateOrder } from './rate-order.ts'
import { viewOf } from './read-own.ts'
import type * as contract from './own-contract.ts'

async function lockFor(ctx: Ctx, number: string, act: PublicAct): Promise<OrderRow> {
  const order = await lockOrder(ctx, (await ownOrder(ctx, number)).id)
  const state = actStates(ctx, order, (await publicOrder(ctx, order)).may, false).find((a) => a.act === act)
  if (!state?.enabled) throw intakeFail('actNotNow', { rule: `public.${act}`, params: { reason: state?.reason ?? '现在不能进行此操作' } })
  return order
}

export async function supplementOwnOrder(ctx: Ctx, input: Input<typeof contract.supplementOwn>) {
  const order = await lockFor(ctx, input.number, 'supplement')
  const saved = await supplement(ctx, order, { content: input.content, fileIds: input.fileIds, source: 'requester' })
  if (order.triage !== null && order.triage !== 'done') ctx.signal('desk.channels', order.id)
  return viewOf(ctx, saved)
}

export async function urgeOwnOrder(ctx: Ctx, input: Input<typeof contract.urgeOwn>) {
  const order = await lockFor(ctx, input.number, 'urge')
  await urgeByRequester.one()(ctx, { orderId: order.id, content: input.content || intakeTexts.urged })
  return viewOf(ctx, await lockOrder(ctx, order.id))
}

export async function withdrawOwnOrder(ctx: Ctx, input: Input<typeof contract.withdrawOwn>) {
  const order = await lockFor(ctx, input.number, 'withdraw')
  const saved = await withdraw(ctx, order, `${intakeTexts.withdrawn}：${input.reason}`)
  if (order.triage !== null) ctx.signal('desk.channels', order.id)
  return viewOf(ctx, saved)
}

export async function rateOwnOrder(ctx: Ctx, input: Input<typeof contract.rateOwn>) {
  return viewOf(ctx, await rateOrder(ctx, input))
}
