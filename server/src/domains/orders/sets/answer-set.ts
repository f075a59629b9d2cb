// One dispatch and one answer for all members, each under its own number (ORD-62).
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { isMobile } from '../../../kernel/crypto/index.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { sendSms } from '../../platform/index.ts'
import { about, move } from '../acts.ts'
import { meetClocks } from '../clocks.ts'
import { dispatchOrder } from '../dispatch-order.ts'
import { orderResultAccepted } from '../events.ts'
import { nextState } from '../order.ts'
import { db, lockOrder, readOrderRow, type OrderRow } from '../orders.queries.ts'
import { callbackOwed, replyChecks } from '../ports.ts'
import { plainPhone } from '../requesters/contact.ts'
import { record } from '../timeline.ts'
import { carry, release } from './carry.ts'
import { requireSetState } from './event-sets.ts'
import { setView } from './read-sets.ts'
import type * as contract from './set-contract.ts'
import { lockSet, membersOf, saveSet, setsLedBy, type SetRow } from './set.queries.ts'
import { setFail } from './sets.errors.ts'

/** Dispatches the leading order under the rules of every dispatch; the others follow it. */
export async function dispatchEventSet(ctx: Ctx, input: Input<typeof contract.dispatchSetRoute>) {
  authorize(ctx, 'orders.dispatch')
  const set = await lockSet(ctx, input.id, input.version)
  requireSetState(set, ['open'], '派发')
  if (!set.lead_order_id) throw setFail('memberUnknown')
  const lead = await lockOrder(ctx, set.lead_order_id)
  if (lead.state === 'pendingReview') {
    authorize(ctx, 'orders.review')
    await move(ctx, lead, 'passReview', { entry: { text: `随事件集“${set.title}”审核` } })
  }
  if (nextState((await readOrderRow(ctx, lead.id)).state, 'dispatch'))
    await dispatchOrder(ctx, { id: lead.id, units: input.units, ...(input.opinion ? { opinion: input.opinion } : {}), ...(input.dueAt !== undefined ? { dueAt: input.dueAt } : {}), ...(input.dueReason ? { dueReason: input.dueReason } : {}), fileIds: [] } as Parameters<typeof dispatchOrder>[1])
  else if (lead.state !== 'inProgress') throw setFail('setStateForbids', { rule: 'orders.set.lead', params: { state: '牵头工单未到派发环节', act: '派发' } })
  await saveSet(ctx, set.id, { state: 'dispatched', dispatched_at: ts(ctx.clock.now()) })
  for (const member of await membersOf(ctx, set.id)) if (member.state === 'joined' && member.order_id !== lead.id) await carry(ctx, set, await lockOrder(ctx, member.order_id))
  return setView(ctx, set.id)
}

/** The leading order's result was accepted: every member that follows it gets the same reply, goes to its own callback or closes. */
export async function answerMembers(ctx: Ctx, event: { orderId: string }): Promise<void> {
  for (const led of await setsLedBy(ctx, event.orderId)) {
    const lead = await readOrderRow(ctx, event.orderId)
    if (lead.reply === null) continue
    await answerAll(ctx, await lockSet(ctx, led.id), { reply: lead.reply, basis: lead.reply_basis })
  }
}

async function answerAll(ctx: Ctx, set: SetRow, answer: { reply: string; basis: string | null }): Promise<void> {
  const now = ts(ctx.clock.now())
  for (const member of await membersOf(ctx, set.id)) {
    if (member.state !== 'joined' || member.answered_at !== null) continue
    const order = await lockOrder(ctx, member.order_id)
    if (member.carried) await answerOne(ctx, set, order, answer)
    if (member.carried || order.id === set.lead_order_id) await db(ctx).updateTable('order_event_member').set({ answered_at: now }).where('tenant_id', '=', ctx.tenantId).where('set_id', '=', set.id).where('order_id', '=', order.id).execute()
  }
  await saveSet(ctx, set.id, { state: 'answered', reply: answer.reply, reply_basis: answer.basis, answered_at: now })
}

async function answerOne(ctx: Ctx, set: SetRow, order: OrderRow, answer: { reply: string; basis: string | null }): Promise<void> {
  if (!nextState(order.state, 'carriedResult')) return
  await meetClocks(ctx, order.id, {})
  const owed = await callbackOwed.one()(ctx, order)
  const saved = await move(ctx, order, 'carriedResult', { facts: { callbackOwed: owed }, change: { reply: answer.reply, reply_basis: answer.basis, ...(order.triage ? { triage: 'done' as const } : {}) }, entry: { text: answer.reply, data: { setId: set.id, number: set.number }, visibility: 'public' } })
  ctx.publish(orderResultAccepted({ ...about(saved), round: saved.round, callbackOwed: owed }))
}

/** A set whose cause is known is answered from the desk, without a unit: what every member would be told by a direct answer. */
export async function answerEventSet(ctx: Ctx, input: Input<typeof contract.answerSetRoute>) {
  authorize(ctx, 'orders.answerUncited')
  const set = await lockSet(ctx, input.id, input.version)
  requireSetState(set, ['open'], '统一答复')
  for (const check of replyChecks.all()) for (const member of set.lead_order_id ? [set.lead_order_id] : []) await check(ctx, { orderId: member, reply: input.reply })
  const members = (await membersOf(ctx, set.id)).filter((m) => m.state === 'joined')
  for (const member of members) {
    const order = await lockOrder(ctx, member.order_id)
    // A member that a unit handles already keeps its own way.
    if (!nextState(order.state, 'answer')) continue
    await meetClocks(ctx, order.id, {})
    await move(ctx, order, 'answer', { change: { reply: input.reply, reply_basis: input.basis, ...(order.triage ? { triage: 'done' as const } : {}) }, entry: { text: input.reply, data: { basis: input.basis, setId: set.id }, visibility: 'public' } })
    await db(ctx).updateTable('order_event_member').set({ answered_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('set_id', '=', set.id).where('order_id', '=', order.id).execute()
  }
  await saveSet(ctx, set.id, { state: 'answered', reply: input.reply, reply_basis: input.basis, answered_at: ts(ctx.clock.now()) })
  return setView(ctx, set.id)
}

/** Progress, compiled once: a public entry on each member, and a message to each mobile, no number twice. */
export async function tellSetRequesters(ctx: Ctx, input: Input<typeof contract.tellSetRoute>) {
  authorize(ctx, 'orders.manageSets')
  const set = await lockSet(ctx, input.id)
  requireSetState(set, ['open', 'dispatched', 'answered'], '通报进展')
  const members = (await membersOf(ctx, set.id)).filter((m) => m.state === 'joined')
  const phones = new Set<string>()
  for (const member of members) {
    const order = await readOrderRow(ctx, member.order_id)
    await record(ctx, order, { act: 'setNotice', text: input.text, data: { setId: set.id }, visibility: 'public' })
    const phone = input.sms && order.callback_manner !== 'none' ? plainPhone(ctx, order) : null
    if (phone === null || !isMobile(phone) || phones.has(phone)) continue
    phones.add(phone)
    await sendSms(ctx, { phone, template: 'notice', params: { text: `您反映的“${set.title}”：${input.text}` }, objectType: 'order', objectId: order.id })
  }
  await sql`update order_event_member set told_at = ${ts(ctx.clock.now())} where tenant_id = ${ctx.tenantId} and set_id = ${set.id} and state = 'joined'`.execute(ctx.db())
  return { told: members.length, messages: phones.size }
}

/** The leading order was withdrawn: the set is open again, its members return to the dispatch desk, the next one leads. */
export async function leadWithdrawn(ctx: Ctx, event: { orderId: string }): Promise<void> {
  for (const led of await setsLedBy(ctx, event.orderId)) {
    const set = await lockSet(ctx, led.id)
    const members = (await membersOf(ctx, set.id)).filter((m) => m.state === 'joined' && m.order_id !== event.orderId)
    for (const member of members) if (member.carried) {
      await release(ctx, await lockOrder(ctx, member.order_id), '牵头工单已撤销，待重新派发')
      await db(ctx).updateTable('order_event_member').set({ carried: false }).where('tenant_id', '=', ctx.tenantId).where('set_id', '=', set.id).where('order_id', '=', member.order_id).execute()
    }
    await db(ctx).updateTable('order_event_member').set({ state: 'removed', removed_reason: '牵头工单已撤销' }).where('tenant_id', '=', ctx.tenantId).where('set_id', '=', set.id).where('order_id', '=', event.orderId).execute()
    await saveSet(ctx, set.id, { state: members.length > 0 ? 'open' : 'dissolved', lead_order_id: members[0]?.order_id ?? null })
  }
}
