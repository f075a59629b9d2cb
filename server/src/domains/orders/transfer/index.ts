// Orders across tenants (ORD-29, ORD-58): passing an order on makes a mirror in the other tenant with its own number and clocks; each
// step of the one side reaches the other by an event. The direction only decides who may be chosen and where the mirror starts.
import { sql, type Selectable } from 'kysely'
import { z } from 'zod'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { defineEvent } from '../../../kernel/events/event.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { addDuration, type Instant } from '../../../kernel/time/index.ts'
import { attachFiles, calendarOf, tenantById } from '../../platform/index.ts'
import { about, answerOf, move } from '../acts.ts'
import { limitOf, meetClocks, startClocks } from '../clocks.ts'
import type * as contract from '../contract.ts'
import { orderTransferred } from '../events.ts'
import { orderFail } from '../orders.errors.ts'
import { assertVisible } from '../orders.policy.ts'
import { isMirror, isPassedOn, lockOrder, passedFlags, type OrderRow } from '../orders.queries.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { createMirror } from './create-mirror.ts'
import { directionTo, type Direction } from './transfer-targets.ts'

export { transferTargets, type Direction } from './transfer-targets.ts'
export type TransferRow = Selectable<OrdersTables['order_transfer']>

/** Steps of the chain after it was opened; each is applied to the other side by its own handler. */
export const transferMoved = defineEvent(
  'order.transferMoved',
  z.object({ transferId: z.string(), step: z.enum(['reported', 'returned', 'accepted', 'redo', 'withdrawn', 'archived', 'refused']), text: z.string() }),
  'transferId',
)

const chain = (ctx: Ctx) => ctx.acrossTenants<OrdersTables>('the chain belongs to both tenants')

/** The link to the tenant that holds the mirror, newest first; null for orders that were not passed on. */
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

const transferActs: Record<Direction, string> = { down: 'transfer', up: 'transferUp', across: 'transferAcross' }

/** Passes an order to another tenant: 下派 to one below, 上报 to the one above, 转办 to any other, with requirement and limit. */
export async function transferOrder(ctx: Ctx, input: Input<typeof contract.transferOrderRoute>) {
  authorize(ctx, 'orders.transfer')
  const order = await lockOrder(ctx, input.id, input.version)
  await assertVisible(ctx, order)
  if (order.upper_platform !== null && order.upper_signed_at === null) throw orderFail('signFirst', { rule: 'orders.upper.sign' })
  return passOn(ctx, order, input)
}

export type PassOn = { tenantId: string; requirement?: string | undefined; dueAt?: Instant | undefined; fileIds: string[] }

/** The same for an order that is locked and may be worked on; also one outcome of a reviewed return. */
export async function passOn(ctx: Ctx, order: OrderRow, input: PassOn) {
  const direction = await directionTo(ctx, input.tenantId)
  await refuseCircle(ctx, order, input.tenantId)
  const [own, other] = await Promise.all([tenantById(ctx, ctx.tenantId), tenantById(ctx, input.tenantId)])
  const now = ctx.clock.now()
  if (input.dueAt !== undefined && input.dueAt <= now) throw orderFail('limitInPast', { fields: [{ path: 'dueAt', message: '时限必须晚于现在' }] })
  const limit = await limitOf(ctx, order, 'handling')
  const due = input.dueAt ?? (limit ? addDuration(await calendarOf(ctx), now, limit.duration) : undefined)
  const ruleText = input.dueAt !== undefined ? '转往其他中心时指定的时限' : (limit?.ruleText ?? '')
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'order', objectType: 'order', objectId: order.id, audience: 'staff' })
  const mirror = await createMirror(inTenant(ctx, other.id), order, { direction, requirement: input.requirement, fromTenant: own.name, due, ruleText })
  const id = newId()
  await chain(ctx).insertInto('order_transfer').values({
    id, from_tenant: ctx.tenantId, from_order_id: order.id, from_number: order.number, to_tenant: other.id, to_order_id: mirror.id, to_number: mirror.number, state: 'open', direction, requirement: input.requirement ?? null,
    due_at: due === undefined ? null : ts(due), created_at: ts(now), created_by_name: ctx.actor.name, updated_at: ts(now),
  }).execute()
  await meetClocks(ctx, order.id, { kinds: ['stage'] })
  if (due !== undefined) await startClocks(ctx, order, [{ kind: 'handling', duration: limit?.duration ?? { amount: 1, unit: 'workingDays' }, ruleText, startedAt: now, dueAt: due }])
  const saved = await move(ctx, order, 'transfer', {
    change: { lead_unit_name: other.name, lead_unit_id: null, dispatched_at: ts(now), flags: [...new Set([...order.flags, passedFlags[direction]])], ...(order.triage ? { triage: 'done' as const } : {}) },
    entry: { act: transferActs[direction], text: input.requirement ?? null, data: { toTenant: other.name, toNumber: mirror.number } },
  })
  ctx.publish(orderTransferred({ ...about(order), toTenantId: other.id, toOrderId: mirror.id }))
  return { ...answerOf(saved), toNumber: mirror.number }
}

/** A chain never comes back to a tenant that holds it already. */
async function refuseCircle(ctx: Ctx, order: OrderRow, tenantId: string): Promise<void> {
  let at: { tenant: string; id: string } | null = { tenant: ctx.tenantId, id: order.id }
  while (at) {
    const above: TransferRow | null = await transferUp(inTenant(ctx, at.tenant), at.id)
    if (above?.from_tenant === tenantId) throw orderFail('transferCircle', { rule: 'orders.transfer.circle', fields: [{ path: 'tenantId', message: '该工单正是由这个中心转来，可办理后上报或退回' }] })
    at = above ? { tenant: above.from_tenant, id: above.from_order_id } : null
  }
}

/** True if the result of this mirror has to be accepted by its sender first: the chain is told, the order waits in result review. */
export async function reportUp(ctx: Ctx, order: OrderRow, report: { reply: string; basis: string | null }): Promise<boolean> {
  if (!isMirror(order)) return false
  const link = await transferUp(ctx, order.id)
  if (!link || !['open', 'returned'].includes(link.state)) return false
  await setState(ctx, link.id, 'reported', report)
  await meetClocks(ctx, order.id, { kinds: ['upper'] })
  ctx.publish(transferMoved({ transferId: link.id, step: 'reported', text: report.reply }))
  return true
}

const reportSchema = z.object({ reply: z.string(), basis: z.string().nullable() })

/** The result that came back from the other tenant, or null when the order was handled here. */
export async function resultOfTransfer(ctx: Ctx, order: OrderRow): Promise<{ reply: string; basis: string | null; tenantName: string } | null> {
  if (!isPassedOn(order)) return null
  const link = await transferDown(ctx, order.id)
  if (link?.state !== 'reported') return null
  return { ...reportSchema.parse(link.report), tenantName: (await tenantById(ctx, link.to_tenant)).name }
}

/** The receiving centre turns the order back before it dispatched it: the sender has it on its desk again. */
export async function refuseTransfer(ctx: Ctx, order: OrderRow, reason: string): Promise<void> {
  const link = await transferUp(ctx, order.id)
  if (!link || link.state !== 'open') throw orderFail('notFound')
  await setState(ctx, link.id, 'refused')
  ctx.publish(transferMoved({ transferId: link.id, step: 'refused', text: reason }))
}

const tellOther = (step: 'returned' | 'accepted' | 'redo' | 'withdrawn' | 'archived', state: TransferRow['state']) => async (ctx: Ctx, order: OrderRow, text: string): Promise<void> => {
  if (!isPassedOn(order)) return
  const link = await transferDown(ctx, order.id)
  if (!link || link.state === 'refused' || link.state === 'cancelled') return
  await setState(ctx, link.id, state)
  ctx.publish(transferMoved({ transferId: link.id, step, text }))
}

/** The second check sent the result back. */
export const returnTransfer = tellOther('returned', 'returned')
/** Accepted for good: at the top of the chain, then step by step below. */
export const acceptTransfer = tellOther('accepted', 'accepted')
/** The requester was not satisfied: the other tenant handles again, round + 1. */
export const redoTransfer = tellOther('redo', 'returned')
export const withdrawTransfer = tellOther('withdrawn', 'cancelled')
export const archiveTransfer = tellOther('archived', 'accepted')
