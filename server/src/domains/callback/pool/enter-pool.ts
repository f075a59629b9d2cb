// How orders come into the pool and leave it without an answer.
import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { lockOrder, readOrder, readOrderRow, record, type OrderRow } from '../../orders/index.ts'
import { setting, tenantById } from '../../platform/index.ts'
import { drawn } from '../callback.ts'
import { callbackFail } from '../callback.errors.ts'
import { db } from '../callback.queries.ts'
import { isListed } from '../outbound/may-contact.ts'
import type { CallbackTables } from '../tables.gen.ts'
import type * as contract from './pool-contract.ts'
import { leaveAt, openPoolStates, type PoolState } from './pool.ts'
import { poolMaxStay, poolShare, poolSkipDay, poolTypes } from './pool.settings.ts'
import { leftNames, poolStateNames } from './pool.zh-CN.ts'

export type Entry = Omit<Selectable<CallbackTables['callback_pool']>, 'state'> & { state: PoolState }

export async function openEntry(ctx: Ctx, orderId: string): Promise<Entry | null> {
  const row = await db(ctx).selectFrom('callback_pool').selectAll().where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('state', 'in', ['asked', ...openPoolStates]).executeTakeFirst()
  return row ? (row as Entry) : null // the state is held to its list by a check
}

/** On `order.resultReady`: what the unit asked for, and what a rule draws. */
export async function enterPool(ctx: Ctx, event: { orderId: string }): Promise<void> {
  const order = await readOrderRow(ctx, event.orderId)
  if (order.state !== 'pendingResultReview') return
  const asked = await openEntry(ctx, order.id)
  if (asked && asked.state !== 'asked') return
  if (!(await reachable(ctx, order)) || !(asked || (await isDrawn(ctx, order)))) return
  await admit(ctx, order, asked)
}

const reachable = async (ctx: Ctx, order: OrderRow): Promise<boolean> => order.contact_phone_enc !== null && !(await isListed(ctx, order.contact_phone_hash))
const isDrawn = async (ctx: Ctx, order: OrderRow): Promise<boolean> => (await setting(ctx, poolTypes)).includes(order.appeal_type) || drawn(order.id, await setting(ctx, poolShare))

async function admit(ctx: Ctx, order: OrderRow, asked: Entry | null, reason?: string): Promise<void> {
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const now = ctx.clock.now()
  const leave = leaveAt(now, order.upper_dispatched_at, { skipDay: await setting(ctx, poolSkipDay), maxStayDays: await setting(ctx, poolMaxStay) }, timeZone)
  // On day six and later there is nothing to wait for.
  const over = leave.at <= now
  const state: PoolState = over ? 'skipped' : 'waiting'
  const values = { state, entered_at: ts(now), leave_at: ts(leave.at), leave_rule: leave.rule, unit_id: order.lead_unit_id, unit_name: order.lead_unit_name, phone_hash: order.contact_phone_hash, ...(over ? { finished_at: ts(now), finished_by_name: '系统', left_because: leave.rule } : {}) }
  if (asked) await db(ctx).updateTable('callback_pool').set(values).where('tenant_id', '=', ctx.tenantId).where('id', '=', asked.id).execute()
  else await db(ctx).insertInto('callback_pool').values({ tenant_id: ctx.tenantId, id: newId(), order_id: order.id, round: order.round, entered_because: reason === undefined ? 'rule' : 'unit', ask_reason: reason ?? null, asked_by_name: reason === undefined ? null : ctx.actor.name, ...values }).execute()
  ctx.signal('callback.queue')
}

/** The unit applies with its result or before; the review of the centre waits for the answer. */
export async function askPool(ctx: Ctx, input: Input<typeof contract.askPool>): Promise<Output<typeof contract.askPool>> {
  authorize(ctx, 'orders.handle')
  await readOrder(ctx, input.id)
  const order = await lockOrder(ctx, input.id)
  const refusal = await whyNot(ctx, order)
  if (refusal) throw callbackFail('poolRefused', { rule: 'callback.pool.ask', params: { why: refusal } })
  if (order.state === 'pendingResultReview') await admit(ctx, order, null, input.reason)
  else
    await db(ctx).insertInto('callback_pool').values({ tenant_id: ctx.tenantId, id: newId(), order_id: order.id, round: order.round, state: 'asked', entered_because: 'unit', ask_reason: input.reason, asked_by_name: ctx.actor.name, unit_id: order.lead_unit_id, unit_name: order.lead_unit_name, phone_hash: order.contact_phone_hash, entered_at: ts(ctx.clock.now()) }).execute()
  await record(ctx, order, { act: 'poolAsked', text: input.reason, visibility: 'staff' })
  return asking(ctx, order)
}

export async function orderPool(ctx: Ctx, input: Input<typeof contract.orderPool>): Promise<Output<typeof contract.orderPool>> {
  authorize(ctx, 'orders.handle')
  return asking(ctx, await readOrder(ctx, input.id))
}

async function whyNot(ctx: Ctx, order: OrderRow): Promise<string | null> {
  if (order.tenant_id !== ctx.tenantId || order.lead_unit_id === null || !ctx.actor.unitIds.includes(order.lead_unit_id)) return '只有主办单位可以申请'
  if (order.state !== 'inProgress' && order.state !== 'pendingResultReview') return '只有办理中或待结果审核的工单可以申请'
  if (!(await reachable(ctx, order))) return '没有可以拨打的诉求人电话'
  const open = await openEntry(ctx, order.id)
  return open ? `抽访${poolStateNames[open.state]}` : null
}

async function asking(ctx: Ctx, order: OrderRow): Promise<Output<typeof contract.askPool>> {
  const reason = await whyNot(ctx, order)
  const last = await db(ctx).selectFrom('callback_pool').select(['state', 'leave_at']).where('tenant_id', '=', order.tenant_id).where('order_id', '=', order.id).where('round', '=', order.round).orderBy('entered_at', 'desc').limit(1).executeTakeFirst()
  const state = (last?.state ?? null) as PoolState | null // held to its list by a check
  return { may: reason === null, reason, state, stateName: state === null ? null : poolStateNames[state], leaveAt: state === 'waiting' || state === 'claimed' ? (last?.leave_at ?? null) : null }
}

/** The order left its review otherwise: it is asked about no more. */
export async function leavePool(ctx: Ctx, event: { orderId: string }): Promise<void> {
  const open = await openEntry(ctx, event.orderId)
  if (open === null) return
  const order = await readOrderRow(ctx, event.orderId)
  if (order.state === 'pendingResultReview' || (open.state === 'asked' && order.state === 'inProgress')) return
  await db(ctx).updateTable('callback_pool').set({ state: 'cancelled', finished_at: ts(ctx.clock.now()), finished_by_name: ctx.actor.name, claimed_until_at: null }).where('tenant_id', '=', ctx.tenantId).where('id', '=', open.id).execute()
  ctx.signal('callback.queue')
}

/** Entries whose time is over go to the centre's closing without an answer; locks that ended are locks no more. */
export async function sweepPool(ctx: Ctx): Promise<void> {
  const now = ts(ctx.clock.now())
  await db(ctx).updateTable('callback_pool').set({ state: 'waiting', claimed_until_at: null, assignee_id: null, assignee_name: null }).where('tenant_id', '=', ctx.tenantId).where('state', '=', 'claimed').where('claimed_until_at', '<=', now).where('leave_at', '>', now).execute()
  const due = await db(ctx).selectFrom('callback_pool').select(['id', 'order_id', 'leave_rule']).where('tenant_id', '=', ctx.tenantId).where('state', 'in', openPoolStates).where('leave_at', '<=', now).orderBy('leave_at').limit(200).execute()
  for (const entry of due) {
    const order = await lockOrder(ctx, entry.order_id)
    await skipEntry(ctx, order, entry.id, entry.leave_rule ?? 'maxStay', leftNames[entry.leave_rule ?? 'maxStay'] ?? '')
  }
}

export async function skipEntry(ctx: Ctx, order: OrderRow, id: string, because: string, text: string): Promise<void> {
  const done = await db(ctx).updateTable('callback_pool').set({ state: 'skipped', left_because: because, finished_at: ts(ctx.clock.now()), finished_by_name: ctx.actor.name, claimed_until_at: null }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).where('state', 'in', openPoolStates).returning('id').execute()
  if (done.length === 0) return
  await record(ctx, order, { act: 'poolSkipped', text, visibility: 'staff' })
  ctx.signal('callback.queue')
}

/** A person's review waits for the pool; what the system accepts by rule does not. Answers the port `replyChecks` of orders. */
export async function waitForPool(ctx: Ctx, about: { orderId: string }): Promise<void> {
  if (ctx.actor.id === null) return
  const open = await openEntry(ctx, about.orderId)
  if (open === null || open.state === 'asked') return
  throw callbackFail('inPool', { rule: 'callback.pool', params: { state: poolStateNames[open.state] } })
}
