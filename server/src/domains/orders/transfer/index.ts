// Orders across tenants: a mirror order in the lower tenant with its own number and clocks; results come back by events (ORD-29, ORD-58).
import { sql } from 'kysely'
import { z } from 'zod'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { defineEvent } from '../../../kernel/events/event.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { Selectable } from 'kysely'
import { tenantById } from '../../platform/index.ts'
import { about, answerOf, move } from '../acts.ts'
import { meetClocks, startClocks } from '../clocks.ts'
import type * as contract from '../contract.ts'
import { orderTransferred } from '../events.ts'
import { orderFail } from '../orders.errors.ts'
import { assertVisible } from '../orders.policy.ts'
import { lockOrder, saveOrder, type OrderRow } from '../orders.queries.ts'
import { createOrder } from '../register-order.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { record } from '../timeline.ts'

export type TransferRow = Selectable<OrdersTables['order_transfer']>

/** Steps of the chain after it was opened; each is applied to the other side by its own handler. */
export const transferMoved = defineEvent(
  'order.transferMoved',
  z.object({ transferId: z.string(), step: z.enum(['reported', 'returned', 'accepted', 'redo', 'withdrawn', 'archived']), text: z.string() }),
  'transferId',
)

const chain = (ctx: Ctx) => ctx.acrossTenants<OrdersTables>('the chain belongs to both tenants')

/** The link to the tenant that holds the mirror, newest first; null for orders that were not passed down. */
export async function transferDown(ctx: Ctx, orderId: string): Promise<TransferRow | null> {
  return (await chain(ctx).selectFrom('order_transfer').selectAll().where('from_tenant', '=', ctx.tenantId).where('from_order_id', '=', orderId).orderBy('created_at', 'desc').executeTakeFirst()) ?? null
}

/** The link to the tenant that this mirror came from. */
export async function transferUp(ctx: Ctx, orderId: string): Promise<TransferRow | null> {
  return (await chain(ctx).selectFrom('order_transfer').selectAll().where('to_tenant', '=', ctx.tenantId).where('to_order_id', '=', orderId).executeTakeFirst()) ?? null
}

async function setState(ctx: Ctx, id: string, state: TransferRow['state'], report?: { reply: string; basis: string | null }): Promise<void> {
  await chain(ctx).updateTable('order_transfer').set({ state, updated_at: ts(ctx.clock.now()), ...(report ? { report: sql`${JSON.stringify(report)}::jsonb` as never } : {}) }).where('id', '=', id).execute()
}

/** Passes an order down to a tenant below: 下派 with requirement and limit. */
export async function transferOrder(ctx: Ctx, input: Input<typeof contract.transferOrderRoute>) {
  authorize(ctx, 'orders.transfer')
  const order = await lockOrder(ctx, input.id, input.version)
  await assertVisible(ctx, order)
  if (input.tenantId === ctx.tenantId || !ctx.actor.tenantIds.includes(input.tenantId)) throw orderFail('tenantNotBelow', { rule: 'orders.transfer.below', fields: [{ path: 'tenantId', message: '只能下派到下级热线中心' }] })
  const [own, below] = await Promise.all([tenantById(ctx, ctx.tenantId), tenantById(ctx, input.tenantId)])
  if (below.state !== 'active') throw orderFail('unitDisabled', { params: { unit: below.name } })
  const now = ctx.clock.now()
  const mirror = await createMirror(inTenant(ctx, below.id), order, { requirement: input.requirement, fromTenant: own.name })
  const id = newId()
  await chain(ctx).insertInto('order_transfer').values({
    id, from_tenant: ctx.tenantId, from_order_id: order.id, from_number: order.number, to_tenant: below.id, to_order_id: mirror.id, to_number: mirror.number, state: 'open', requirement: input.requirement ?? null,
    created_at: ts(now), created_by_name: ctx.actor.name, updated_at: ts(now),
  }).execute()
  await meetClocks(ctx, order.id, { kinds: ['stage'] })
  if (input.dueAt !== undefined) await startClocks(ctx, order, [{ kind: 'handling', duration: { amount: 1, unit: 'workingDays' }, ruleText: '下派时指定的时限', startedAt: now, dueAt: input.dueAt }])
  const saved = await move(ctx, order, 'transfer', {
    change: { lead_unit_name: below.name, lead_unit_id: null, dispatched_at: ts(now), flags: [...new Set([...order.flags, 'transferredDown'])], ...(order.triage ? { triage: 'done' as const } : {}) },
    entry: { text: input.requirement ?? null, data: { toTenant: below.name, toNumber: mirror.number }, visibility: 'public' },
  })
  ctx.publish(orderTransferred({ ...about(order), toTenantId: below.id, toOrderId: mirror.id }))
  return { ...answerOf(saved), toNumber: mirror.number }
}

async function createMirror(below: Ctx, order: OrderRow, from: { requirement?: string | undefined; fromTenant: string }): Promise<OrderRow> {
  const mirror = await createOrder(below, {
    requester: { subjectKind: order.subject_kind === 'enterprise' ? 'enterprise' : 'person', name: order.requester_name, anonymous: order.anonymous, otherPhones: [] },
    appealType: order.appeal_type, title: order.title, content: order.content, requesterCount: order.requester_count, urgency: order.urgency as never, confidential: order.confidential, callbackWanted: order.callback_wanted,
    callbackManner: order.callback_manner as never, fileIds: [], channel: 'connector',
    ...(order.matter_id ? { matterId: order.matter_id } : {}), ...(order.category_id ? { categoryId: order.category_id } : {}), ...(order.area_code ? { areaCode: order.area_code } : {}),
    ...(order.address ? { address: order.address } : {}), ...(order.detail_address ? { detailAddress: order.detail_address } : {}), ...(order.occurred_at !== null ? { occurredAt: order.occurred_at } : {}),
    ...(order.purpose ? { purpose: order.purpose } : {}),
    mirror: { upperNumber: order.number, upperDispatchedAt: below.clock.now(), dispatchKind: 'transferred' },
  })
  await copyFiles(below, order, mirror)
  await record(below, mirror, { act: 'receiveTransfer', text: from.requirement ?? null, data: { fromTenant: from.fromTenant, fromNumber: order.number } })
  // The contact is copied as ciphertext: one key ring serves the deployment.
  return saveOrder(below, mirror, { contact_phone_enc: order.contact_phone_enc, contact_phone_hash: order.contact_phone_hash, contact_last4_hash: order.contact_last4_hash, contact_phone_mask: order.contact_phone_mask })
}

/** The same contents under the lower tenant's own rows, so that its users open them by its own rights. */
async function copyFiles(below: Ctx, from: OrderRow, to: OrderRow): Promise<void> {
  await sql`insert into kernel_file (tenant_id, id, place, object_type, object_id, name, type, size, checksum, storage_key, uploaded_by, uploaded_by_name, audience, created_at)
    select ${to.tenant_id}::uuid, gen_random_uuid(), place, object_type, ${to.id}::uuid, name, type, size, checksum, storage_key, null, uploaded_by_name, audience, created_at
    from kernel_file where tenant_id = ${from.tenant_id} and object_type = 'order' and object_id = ${from.id} and deleted_at is null`.execute(below.acrossTenants('contents are shared along the chain'))
}

/** True if the result of this mirror has to be accepted above first: the chain is told, the order waits in result review. */
export async function reportUp(ctx: Ctx, order: OrderRow, report: { reply: string; basis: string | null }): Promise<boolean> {
  if (order.source !== 'upper') return false
  const link = await transferUp(ctx, order.id)
  if (!link || !['open', 'returned'].includes(link.state)) return false
  await setState(ctx, link.id, 'reported', report)
  ctx.publish(transferMoved({ transferId: link.id, step: 'reported', text: report.reply }))
  return true
}

/** The result that came back from below, or null when the order was handled here. */
export async function resultOfTransfer(ctx: Ctx, order: OrderRow): Promise<{ reply: string; basis: string | null } | null> {
  if (!order.flags.includes('transferredDown')) return null
  const link = await transferDown(ctx, order.id)
  if (link?.state !== 'reported') return null
  await setState(ctx, link.id, 'accepted')
  ctx.publish(transferMoved({ transferId: link.id, step: 'accepted', text: '' }))
  return z.object({ reply: z.string(), basis: z.string().nullable() }).parse(link.report)
}

const tellBelow = (step: 'returned' | 'redo' | 'withdrawn' | 'archived', state: TransferRow['state']) => async (ctx: Ctx, order: OrderRow, text: string): Promise<void> => {
  if (!order.flags.includes('transferredDown')) return
  const link = await transferDown(ctx, order.id)
  if (!link) return
  await setState(ctx, link.id, state)
  ctx.publish(transferMoved({ transferId: link.id, step, text }))
}

/** The upper check sent the result back. */
export const returnTransfer = tellBelow('returned', 'returned')
/** The requester was not satisfied: the lower tenant handles again, round + 1. */
export const redoTransfer = tellBelow('redo', 'returned')
export const withdrawTransfer = tellBelow('withdrawn', 'cancelled')
export const archiveTransfer = tellBelow('archived', 'accepted')
