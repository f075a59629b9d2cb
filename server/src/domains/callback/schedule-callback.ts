// Tasks come and go with their orders: owed by rule, made once per round, cancelled when the order leaves.
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { newId } from '../../kernel/runtime.ts'
import { callbackTerms, readOrderRow, type OrderRow } from '../orders/index.ts'
import { setting } from '../platform/index.ts'
import { cancelDialTasks } from '../telephony/index.ts'
import { openTaskStates, owedCause, type Cause } from './callback.ts'
import { db } from './callback.queries.ts'
import { closeForm } from './forms/form.queries.ts'
import { mannerOrder } from './forms/form.settings.ts'
import { mannerOf } from './forms/form.ts'
import { sendForm, smsReady } from './forms/send-form.ts'
import { isListed } from './outbound/may-contact.ts'
import { robotOn } from './outbound/outbound.settings.ts'
import { callbackAlways, callbackShare } from './settings.ts'

/** Why the requester of this order must be called back before it closes; null when nobody is owed anything. */
export async function causeOf(ctx: Ctx, order: OrderRow): Promise<Cause | null> {
  const facts = { id: order.id, source: order.source, round: order.round, urgency: order.urgency, enterprise: order.subject_kind === 'enterprise' || order.flags.includes('enterprise'), byProfile: (await callbackTerms(ctx, order))?.owed ?? false, wanted: order.callback_wanted, reachable: order.contact_phone_enc !== null && !(await isListed(ctx, order.contact_phone_hash)) }
  return owedCause(facts, await setting(ctx, callbackAlways), await setting(ctx, callbackShare))
}

/** Answers the port `callbackOwed` of orders. */
export const owesCallback = async (ctx: Ctx, order: OrderRow): Promise<boolean> => (await causeOf(ctx, order)) !== null

/** On `order.resultAccepted`. An event that comes twice, or late, makes no second task and none for an order that moved on. */
export async function scheduleCallback(ctx: Ctx, event: { orderId: string; round: number; callbackOwed: boolean }): Promise<void> {
  if (!event.callbackOwed) return
  const order = await readOrderRow(ctx, event.orderId)
  if (order.state !== 'pendingCallback' || order.round !== event.round) return
  const now = ctx.clock.now()
  const id = newId()
  const manner = mannerOf(await setting(ctx, mannerOrder), { wish: order.callback_manner, confidential: order.confidential, smsReady: await smsReady(ctx, order), robotReady: await setting(ctx, robotOn) })
  const made = await db(ctx)
    .insertInto('callback_task')
    .values({
      tenant_id: ctx.tenantId, id, order_id: order.id, round: order.round, cause: (await causeOf(ctx, order)) ?? 'wanted', manner, wish: order.callback_manner, state: manner === 'person' ? 'due' : 'waiting', phone_hash: order.contact_phone_hash, assignee_id: null, assignee_name: null,
      claimed_until_at: null, due_at: ts(now), unit_id: order.lead_unit_id, unit_name: order.lead_unit_name, queue: (await callbackTerms(ctx, order))?.queue ?? null, created_at: ts(now), finished_at: null, finished_by_name: null,
    })
    .onConflict((c) => c.columns(['tenant_id', 'order_id', 'round']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return
  if (manner === 'sms') await sendForm(ctx, order, id)
  ctx.signal('callback.queue', id)
}

/** On `order.withdrawn` and `order.archived`: what is still open is not called any more. */
export async function cancelCallback(ctx: Ctx, event: { orderId: string }): Promise<void> {
  const done = await db(ctx)
    .updateTable('callback_task')
    .set({ state: 'cancelled', claimed_until_at: null, finished_at: ts(ctx.clock.now()), finished_by_name: ctx.actor.name })
    .where('tenant_id', '=', ctx.tenantId)
    .where('order_id', '=', event.orderId)
    .where('state', 'in', openTaskStates)
    .returning('id')
    .execute()
  for (const { id } of done) {
    await closeForm(ctx, id, 'closed')
    await cancelDialTasks(ctx, { domain: 'callback', id }, '工单已撤销或归档')
    ctx.signal('callback.queue', id)
  }
}
