// Merging: one order leads and flows on, members end as 并单 under its number; its reply is theirs, and they can be restored (ORD-63).
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { isMobile } from '../../../kernel/crypto/index.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { sendSms } from '../../platform/index.ts'
import { about, move } from '../acts.ts'
import { isOpenAssignment } from '../assignment.ts'
import { cancelClocks } from '../clocks.ts'
import { endPendingRequests } from '../end-requests.ts'
import { assignmentCancelled } from '../events.ts'
import { isOpen, nextState, type OrderState } from '../order.ts'
import { assertVisible } from '../orders.policy.ts'
import { closeParties, db, lockAssignments, lockOrder, readOrderRow, saveOrder, type OrderRow } from '../orders.queries.ts'
import { plainPhone } from '../requesters/contact.ts'
import { restartStageClock } from '../stage-clocks.ts'
import { stateNames } from '../texts.zh-CN.ts'
import { record } from '../timeline.ts'
import { cancelAssignments } from '../unit-acts.ts'
import type * as contract from './merge-contract.ts'
import { mergeView } from './read-merges.ts'
import { lockOrders, nextSetNumber, setOf, type MergeRow } from './set.queries.ts'
import { setFail } from './sets.errors.ts'
import { mergeStateNames } from './sets.zh-CN.ts'

async function lockMerge(ctx: Ctx, id: string, version?: number): Promise<MergeRow> {
  const row = await db(ctx).selectFrom('order_merge').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw setFail('mergeNotFound')
  if (version !== undefined && version !== row.version) throw setFail('setChanged', { current: { version: row.version } })
  return row
}

const requireMergeState = (merge: MergeRow, state: string, act: string): void => {
  if (merge.state !== state) throw setFail('mergeStateForbids', { rule: 'orders.merge.state', params: { state: mergeStateNames[merge.state] ?? merge.state, act } })
}

export async function createMerge(ctx: Ctx, input: Input<typeof contract.createMergeRoute>) {
  authorize(ctx, 'orders.merge')
  const ids = [...new Set(input.orderIds)].filter((id) => id !== input.leadId)
  if (ids.length === 0) throw setFail('mergeAlone', { rule: 'orders.merge.alone', fields: [{ path: 'orderIds', message: '请选择其他工单' }] })
  const orders = await lockOrders(ctx, [input.leadId, ...ids])
  const lead = orders.find((o) => o.id === input.leadId)
  if (!lead || orders.length !== ids.length + 1) throw setFail('memberUnknown')
  for (const order of orders) await assertVisible(ctx, order)
  await requireLead(lead)
  for (const order of orders) if (order.id !== lead.id) await requireMergeable(ctx, order)
  const id = await insertMerge(ctx, lead, ids, { title: input.title ?? lead.title, reason: input.reason ?? null })
  if (input.send) await send(ctx, await lockMerge(ctx, id))
  return mergeView(ctx, id)
}

async function requireLead(order: OrderRow): Promise<void> {
  if (!isOpen(order.state) || order.state === 'pendingCallback') throw setFail('memberState', { rule: 'orders.merge.lead', params: { number: order.number, state: stateNames[order.state], act: '作为牵头工单' } })
}

/** Merged or closed orders cannot be merged again, nor what already is with another centre or leads others. */
async function requireMergeable(ctx: Ctx, order: OrderRow): Promise<void> {
  if (!nextState(order.state, 'merge')) throw setFail('memberState', { rule: 'orders.merge.state', params: { number: order.number, state: stateNames[order.state], act: '并单' } })
  if (order.flags.includes('transferredDown') || order.source === 'upper') throw setFail('mergeTransferred', { rule: 'orders.merge.transferred', params: { number: order.number } })
  const set = await setOf(ctx, order.id)
  if (set) throw setFail('memberElsewhere', { rule: 'orders.set.one', params: { number: order.number, title: set.set.title } })
  const leads = await db(ctx).selectFrom('order_merge').select('id').where('tenant_id', '=', ctx.tenantId).where('lead_order_id', '=', order.id).where('state', '=', 'sent').executeTakeFirst()
  if (leads) throw setFail('memberState', { rule: 'orders.merge.chain', params: { number: order.number, state: '并单牵头工单', act: '并入其他工单' } })
}

async function insertMerge(ctx: Ctx, lead: OrderRow, ids: string[], about: { title: string; reason: string | null }): Promise<string> {
  const id = newId()
  await db(ctx).insertInto('order_merge').values({ tenant_id: ctx.tenantId, id, number: await nextSetNumber(ctx, 'BD'), ...about, lead_order_id: lead.id, state: 'draft', created_by: ctx.actor.kind === 'user' ? ctx.actor.id : null, created_by_name: ctx.actor.name, created_at: ts(ctx.clock.now()) }).execute()
  await db(ctx).insertInto('order_merge_member').values(ids.map((order_id) => ({ tenant_id: ctx.tenantId, merge_id: id, order_id, state: 'chosen' }))).execute()
  return id
}

export async function sendMerge(ctx: Ctx, input: Input<typeof contract.sendMergeRoute>) {
  authorize(ctx, 'orders.merge')
  const merge = await lockMerge(ctx, input.id, input.version)
  await send(ctx, merge)
  return mergeView(ctx, merge.id)
}

async function send(ctx: Ctx, merge: MergeRow): Promise<void> {
  requireMergeState(merge, 'draft', '生效')
  const members = await db(ctx).selectFrom('order_merge_member').select('order_id').where('tenant_id', '=', ctx.tenantId).where('merge_id', '=', merge.id).execute()
  const orders = await lockOrders(ctx, [merge.lead_order_id, ...members.map((m) => m.order_id)])
  const lead = orders.find((o) => o.id === merge.lead_order_id)
  if (!lead) throw setFail('memberUnknown')
  await requireLead(lead)
  for (const order of orders) if (order.id !== lead.id) await mergeOne(ctx, merge, lead, order)
  const merged = orders.filter((o) => o.id !== lead.id)
  await record(ctx, lead, { act: 'mergeLead', text: `并入 ${merged.map((o) => o.number).join('、')}`, data: { mergeId: merge.id, number: merge.number }, visibility: 'staff' })
  await saveOrder(ctx, lead, { requester_count: lead.requester_count + merged.reduce((n, o) => n + o.requester_count, 0), flags: [...new Set([...lead.flags, 'mergeLead'])] })
  await db(ctx).updateTable('order_merge').set((eb) => ({ state: 'sent', sent_at: ts(ctx.clock.now()), version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', merge.id).execute()
}

async function mergeOne(ctx: Ctx, merge: Pick<MergeRow, 'id' | 'number'>, lead: OrderRow, order: OrderRow): Promise<OrderRow> {
  await requireMergeable(ctx, order)
  const all = await lockAssignments(ctx, order.id)
  const cancelled = await cancelAssignments(ctx, order, all, all.filter((a) => isOpenAssignment(a.state)).map((a) => a.id))
  await cancelClocks(ctx, order.id)
  await endPendingRequests(ctx, order, 'orderWithdrawn')
  await db(ctx).insertInto('order_link').values({ tenant_id: ctx.tenantId, id: newId(), from_id: order.id, to_id: lead.id, kind: 'merged', created_at: ts(ctx.clock.now()) }).execute()
  const saved = await move(ctx, order, 'merge', { change: order.triage ? { triage: 'done' as const } : {}, entry: { text: `并入 ${lead.number}`, data: { mergeId: merge.id, leadNumber: lead.number }, visibility: 'public' } })
  await db(ctx).updateTable('order_merge_member').set({ state: 'merged', prior_state: order.state, merged_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('merge_id', '=', merge.id).where('order_id', '=', order.id).execute()
  if (cancelled.length > 0) ctx.publish(assignmentCancelled({ ...about(order), assignments: cancelled.map((a) => ({ id: a.id, unitId: a.unit_id, role: a.role })), reason: `工单已并入 ${lead.number}` }))
  return saved
}

/** A newly registered order goes into an older one at once; a merge that the older one leads takes it in. */
export async function mergeInto(ctx: Ctx, order: OrderRow, leadId: string): Promise<OrderRow> {
  authorize(ctx, 'orders.merge')
  const lead = await lockOrder(ctx, leadId)
  await assertVisible(ctx, lead)
  await requireLead(lead)
  const sent = await db(ctx).selectFrom('order_merge').selectAll().where('tenant_id', '=', ctx.tenantId).where('lead_order_id', '=', lead.id).where('state', '=', 'sent').forUpdate().executeTakeFirst()
  if (!sent) {
    const id = await insertMerge(ctx, lead, [order.id], { title: lead.title, reason: '登记时并单' })
    await send(ctx, await lockMerge(ctx, id))
    return readOrderRow(ctx, order.id)
  }
  await db(ctx).insertInto('order_merge_member').values({ tenant_id: ctx.tenantId, merge_id: sent.id, order_id: order.id, state: 'chosen' }).execute()
  const merged = await mergeOne(ctx, sent, lead, await lockOrder(ctx, order.id))
  await record(ctx, lead, { act: 'mergeLead', text: `并入 ${order.number}`, data: { mergeId: sent.id, number: sent.number }, visibility: 'staff' })
  await saveOrder(ctx, lead, { requester_count: lead.requester_count + order.requester_count })
  return merged
}

/** Members come back to the desk they were taken from; what a unit had begun starts anew at the dispatch desk. */
export async function undoMerge(ctx: Ctx, input: Input<typeof contract.undoMergeRoute>) {
  authorize(ctx, 'orders.merge')
  const merge = await lockMerge(ctx, input.id)
  requireMergeState(merge, 'sent', '取消')
  const members = await db(ctx).selectFrom('order_merge_member').selectAll().where('tenant_id', '=', ctx.tenantId).where('merge_id', '=', merge.id).where('state', '=', 'merged').execute()
  const wanted = members.filter((m) => !input.orderIds || input.orderIds.includes(m.order_id))
  if (wanted.length === 0) throw setFail('memberUnknown')
  const lead = await lockOrder(ctx, merge.lead_order_id)
  let people = 0
  for (const member of wanted) {
    const order = await lockOrder(ctx, member.order_id)
    people += order.requester_count
    await restore(ctx, merge, order, member.prior_state === 'pendingReview' || member.prior_state === 'draft' ? 'pendingReview' : 'pendingDispatch', input.reason)
  }
  const rest = members.length - wanted.length
  await record(ctx, lead, { act: 'mergeUndone', text: input.reason, data: { mergeId: merge.id, restored: wanted.length }, visibility: 'staff' })
  await saveOrder(ctx, lead, { requester_count: Math.max(1, lead.requester_count - people), ...(rest === 0 ? { flags: lead.flags.filter((f) => f !== 'mergeLead') } : {}) })
  if (rest === 0) await db(ctx).updateTable('order_merge').set((eb) => ({ state: 'undone', undone_at: ts(ctx.clock.now()), undone_reason: input.reason, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', merge.id).execute()
  return mergeView(ctx, merge.id)
}

async function restore(ctx: Ctx, merge: MergeRow, order: OrderRow, restoreTo: OrderState, reason: string): Promise<void> {
  await db(ctx).deleteFrom('order_link').where('tenant_id', '=', ctx.tenantId).where('from_id', '=', order.id).where('to_id', '=', merge.lead_order_id).where('kind', '=', 'merged').execute()
  await db(ctx).updateTable('order_merge_member').set({ state: 'restored' }).where('tenant_id', '=', ctx.tenantId).where('merge_id', '=', merge.id).where('order_id', '=', order.id).execute()
  await restartStageClock(ctx, order)
  await move(ctx, order, 'unmerge', { facts: { restoreTo }, change: { lead_unit_id: null, lead_unit_name: null, closed_at: null, reply: null, reply_basis: null }, entry: { text: reason, data: { mergeId: merge.id }, visibility: 'staff' } })
  await closeParties(ctx, order.id, false)
}

export async function deleteMerge(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'orders.merge')
  const merge = await lockMerge(ctx, input.id)
  requireMergeState(merge, 'draft', '删除')
  await db(ctx).deleteFrom('order_merge').where('tenant_id', '=', ctx.tenantId).where('id', '=', merge.id).execute()
  return {}
}

/** The lead's result was accepted: its reply stands on every member and goes to each requester once. */
export async function answerMerged(ctx: Ctx, event: { orderId: string }): Promise<void> {
  const merges = await db(ctx).selectFrom('order_merge').select('id').where('tenant_id', '=', ctx.tenantId).where('lead_order_id', '=', event.orderId).where('state', '=', 'sent').execute()
  if (merges.length === 0) return
  const lead = await readOrderRow(ctx, event.orderId)
  if (lead.reply === null) return
  const members = await db(ctx).selectFrom('order_merge_member').selectAll().where('tenant_id', '=', ctx.tenantId).where('merge_id', 'in', merges.map((m) => m.id)).where('state', '=', 'merged').where('answered_at', 'is', null).execute()
  for (const member of members) {
    const order = await lockOrder(ctx, member.order_id)
    await record(ctx, order, { act: 'answeredWithLead', text: lead.reply, data: { leadNumber: lead.number }, visibility: 'public' })
    await saveOrder(ctx, order, { reply: lead.reply, reply_basis: lead.reply_basis })
    await db(ctx).updateTable('order_merge_member').set({ answered_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('merge_id', '=', member.merge_id).where('order_id', '=', order.id).execute()
    const phone = plainPhone(ctx, order)
    if (phone !== null && isMobile(phone) && !order.anonymous && order.import_source === null && phone !== plainPhone(ctx, lead)) await sendSms(ctx, { phone, template: 'orderReplied', params: { number: order.number, code: order.enquiry_code, reply: lead.reply.slice(0, 200) }, objectType: 'order', objectId: order.id })
  }
}
