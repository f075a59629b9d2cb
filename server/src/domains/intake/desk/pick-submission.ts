// Picking is a lock on the order: the row lock decides a race, the loser is told who won.
import { authorize, scopesOf } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { MINUTE, plus } from '../../../kernel/time/index.ts'
import { lockOrder, pickLock, record, saveOrder, type OrderRow } from '../../orders/index.ts'
import { areaPrefix, setting } from '../../platform/index.ts'
import { intakeFail } from '../intake.errors.ts'
import type * as contract from './desk-contract.ts'

type Picked = Output<typeof contract.pickSubmission>

/** Area codes the actor takes appeals of; null for all of the tenant. */
export function deskArea(ctx: Ctx): string | null {
  const scopes = scopesOf(ctx, 'intake.desk')
  if (scopes.some((s) => s !== 'area')) return null
  return ctx.actor.areaCode ? areaPrefix(ctx.actor.areaCode) : '-'
}

async function online(ctx: Ctx, orderId: string): Promise<OrderRow> {
  authorize(ctx, 'intake.desk')
  const order = await lockOrder(ctx, orderId)
  const area = deskArea(ctx)
  if (order.triage === null || (area !== null && !(order.area_code ?? '').startsWith(area))) throw intakeFail('orderUnknown')
  return order
}

const answer = (order: OrderRow): Picked => ({ id: order.id, number: order.number, version: order.version, pickedUntil: order.picked_until_at })

export async function pick(ctx: Ctx, input: Input<typeof contract.pickSubmission>): Promise<Picked> {
  const order = await online(ctx, input.orderId)
  const now = ctx.clock.now()
  const held = order.triage === 'picked' && order.picked_until_at !== null && order.picked_until_at > now
  if (held && order.picked_by !== ctx.actor.id) throw intakeFail('pickedByOther', { rule: pickLock.key, params: { by: order.picked_by_name ?? '他人' }, current: { pickedBy: order.picked_by_name } })
  if (order.triage === 'done' || order.state !== 'pendingReview') throw intakeFail('notWaiting', { rule: 'intake.triage' })
  if (!held) await record(ctx, order, { act: 'pick', visibility: 'staff' })
  const saved = await saveOrder(ctx, order, { triage: 'picked', picked_by: ctx.actor.id, picked_by_name: ctx.actor.name, picked_until_at: ts(plus(now, (await setting(ctx, pickLock)) * MINUTE)) })
  ctx.signal('desk.channels', order.id)
  return answer(saved)
}

/** Back to the list in its old place; the shift leader may release what others hold. */
export async function release(ctx: Ctx, input: Input<typeof contract.releaseSubmission>): Promise<Picked> {
  const order = await online(ctx, input.orderId)
  if (order.triage !== 'picked' || (order.picked_by !== ctx.actor.id && !scopesOf(ctx, 'intake.releaseOthers').length)) throw intakeFail('notPickedByYou')
  await record(ctx, order, { act: 'release', visibility: 'staff' })
  const saved = await saveOrder(ctx, order, { triage: 'waiting', picked_by: null, picked_by_name: null, picked_until_at: null })
  ctx.signal('desk.channels', order.id)
  return answer(saved)
}

export async function finish(ctx: Ctx, input: Input<typeof contract.finishSubmission>): Promise<Picked> {
  const order = await online(ctx, input.orderId)
  if (order.triage !== 'picked' || order.picked_by !== ctx.actor.id) throw intakeFail('notPickedByYou')
  await record(ctx, order, { act: 'submit', text: input.note ?? null, visibility: 'staff' })
  const saved = await saveOrder(ctx, order, { triage: 'done', picked_until_at: null })
  ctx.signal('desk.channels', order.id)
  return answer(saved)
}
