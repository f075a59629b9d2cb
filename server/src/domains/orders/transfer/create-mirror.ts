// The order of the other tenant: content, place and files are copied, the requester stays with the centre that registered.
import type { Ctx } from '../../../kernel/ctx.ts'
import { durationBetween, type Instant } from '../../../kernel/time/index.ts'
import { categoryById, findMatter } from '../../matters/index.ts'
import { calendarOf, copyFiles } from '../../platform/index.ts'
import { startClocks } from '../clocks.ts'
import { saveOrder, type OrderRow } from '../orders.queries.ts'
import { createOrder } from '../register-order.ts'
import { record } from '../timeline.ts'
import type { Direction } from './transfer-targets.ts'

const sources: Record<Direction, 'upper' | 'lower' | 'other'> = { down: 'upper', up: 'lower', across: 'other' }

export type MirrorOf = { direction: Direction; requirement?: string | undefined; fromTenant: string; due: Instant | undefined; ruleText: string }

export async function createMirror(there: Ctx, order: OrderRow, from: MirrorOf): Promise<OrderRow> {
  const now = there.clock.now()
  // Matters and categories are inherited downward only: what the other centre does not know is left to its reviewers.
  const matterId = order.matter_id && (await findMatter(there, order.matter_id)) ? order.matter_id : undefined
  const categoryId = order.category_id && (await categoryById(there, order.category_id)) ? order.category_id : undefined
  const mirror = await createOrder(there, {
    requester: { subjectKind: order.subject_kind === 'enterprise' ? 'enterprise' : 'person', name: order.requester_name, anonymous: order.anonymous, otherPhones: [] },
    appealType: order.appeal_type, title: order.title, content: order.content, requesterCount: order.requester_count, urgency: order.urgency as never, confidential: order.confidential, callbackWanted: order.callback_wanted,
    callbackManner: order.callback_manner as never, fileIds: [], channel: 'connector',
    ...(matterId ? { matterId } : {}), ...(categoryId ? { categoryId } : {}), ...(order.area_code ? { areaCode: order.area_code } : {}),
    ...(order.address ? { address: order.address } : {}), ...(order.detail_address ? { detailAddress: order.detail_address } : {}), ...(order.occurred_at !== null ? { occurredAt: order.occurred_at } : {}),
    ...(order.purpose ? { purpose: order.purpose } : {}),
    // What comes from above goes straight to dispatch; what comes from below or beside is first seen by the review post.
    mirror: { upperNumber: order.number, upperDispatchedAt: now, dispatchKind: from.direction === 'down' ? 'transferred' : 'own', source: sources[from.direction], state: from.direction === 'down' ? 'pendingDispatch' : 'pendingReview' },
  })
  await copyFiles(there, { tenantId: order.tenant_id, objectType: 'order', objectId: order.id }, { objectType: 'order', objectId: mirror.id })
  await record(there, mirror, { act: 'receiveTransfer', text: from.requirement ?? null, data: { fromTenant: from.fromTenant, fromNumber: order.number, direction: from.direction } })
  // The own handling clock follows at dispatch; the sender's limit runs from the first moment.
  if (from.due !== undefined) {
    const { amount } = durationBetween(await calendarOf(there), now, from.due, 'naturalHours')
    await startClocks(there, mirror, [{ kind: 'upper', duration: { amount: Math.max(1, Math.round(amount)), unit: 'naturalHours' }, ruleText: `${from.fromTenant}要求：${from.ruleText}`, startedAt: now, dueAt: from.due }])
  }
  // The contact is copied as ciphertext: one key ring serves the deployment.
  return saveOrder(there, mirror, { contact_phone_enc: order.contact_phone_enc, contact_phone_hash: order.contact_phone_hash, contact_last4_hash: order.contact_last4_hash, contact_phone_mask: order.contact_phone_mask })
}
