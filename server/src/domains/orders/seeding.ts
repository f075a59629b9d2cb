// The acts of orders for seeds: the same use-cases that the routes bind, and the look-ups a script needs between them.
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { newId } from '../../kernel/runtime.ts'
import { decideFlow } from '../flow/index.ts'
import { findMatter } from '../matters/index.ts'
import { tenantById } from '../platform/index.ts'
import { db, lockAssignments, lockOrder, orderIdOf, saveOrder } from './orders.queries.ts'
import { submitFeedback } from './submit-feedback.ts'
import { transferUp } from './transfer/index.ts'
import { signAssignment } from './unit-acts.ts'

export { createOrder } from './register-order.ts'
export { readOrderRow } from './orders.queries.ts'
export { answerOrder, passReview } from './review-order.ts'
export { receiveUpperOrder, signUpper } from './upper/receive-upper.ts'
export { dispatchOrder } from './dispatch-order.ts'
export { transferOrder } from './transfer/index.ts'
export { handDown } from './unit-acts.ts'
export { recordContact } from './contacts/index.ts'
export { loadAreaOutlines } from './places/check-point.ts'
export { seedHandling } from './handling/seed-handling.ts'
export { reviewChild, reviewFeedback } from './submit-feedback.ts'
export { reviewResult } from './review-result.ts'
export { decideReturn } from './decide-return.ts'
export { requestReturn } from './return-requests.ts'
export { requestExtension } from './extension-requests.ts'
export { supplementOrder, withdrawOrder } from './withdraw-order.ts'

/** An online appeal is taken by whoever reviews it. */
export async function finishTriage(ctx: Ctx, orderId: string): Promise<void> {
  const order = await lockOrder(ctx, orderId)
  if (order.triage) await saveOrder(ctx, order, { triage: 'done', picked_by: ctx.actor.id, picked_by_name: ctx.actor.name })
}

export async function signIfWaiting(ctx: Ctx, id: string): Promise<void> {
  await lockOrder(ctx, await orderIdOf(ctx, id))
  const row = await db(ctx).selectFrom('order_assignment').select('state').where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirstOrThrow()
  if (row.state === 'pendingSign') await signAssignment(ctx, { id })
}

/** A result with the evidence that the matter's closing standard asks for: a small note stands for the photograph. */
export async function feedbackWithProof(ctx: Ctx, id: string, text: { method: string; result: string; basis: string; opinion: string; solved: boolean; satisfied: boolean; contacted: boolean }): Promise<void> {
  const order = await lockOrder(ctx, await orderIdOf(ctx, id))
  const matter = order.matter_id ? await findMatter(ctx, order.matter_id) : null
  const fileIds = matter?.closingStandard.some((item) => item.evidence) ? [await proof(ctx)] : []
  await submitFeedback(ctx, { id, kind: 'result', result: text.result, basis: text.basis, method: text.method, opinion: text.opinion, contacted: text.contacted ? 'yes' : 'no', solved: text.solved ? 'yes' : 'no', satisfied: text.satisfied ? 'yes' : 'no', callbackRequested: false, outsideArea: false, public: false, fileIds })
}

/** Row of a file whose content is written once for all demo evidence (`demoProofKey`). */
async function proof(ctx: Ctx): Promise<string> {
  const id = newId()
  await ctx.acrossTenants<{ kernel_file: Record<string, unknown> }>('files are the kernel’s').insertInto('kernel_file').values({
    tenant_id: ctx.tenantId, id, place: 'feedback', name: '现场情况.png', type: 'image/png', size: demoProof.size, checksum: demoProof.sha256, storage_key: demoProof.key, uploaded_by: ctx.actor.id, uploaded_by_name: ctx.actor.name, audience: 'staff', created_at: ts(ctx.clock.now()) as never,
  }).execute()
  return id
}

/** Set by the seed after it stored the picture. */
export const demoProof = { key: '', size: 0, sha256: '' }

/** What the tenant's orders are about, for acts that are done to some of them. */
export const titlesOf = (ctx: Ctx): Promise<{ id: string; title: string }[]> => db(ctx).selectFrom('order_order').select(['id', 'title']).where('tenant_id', '=', ctx.tenantId).where('state', 'not in', ['draft', 'merged']).where('confidential', '=', false).orderBy('id').execute()

export async function idOfNumber(ctx: Ctx, number: string): Promise<string> {
  const row = await db(ctx).selectFrom('order_order').select('id').where('tenant_id', 'in', ctx.actor.tenantIds).where('number', '=', number).executeTakeFirstOrThrow()
  return row.id
}

export async function upperOf(ctx: Ctx, orderId: string): Promise<{ orderId: string; tenantCode: string } | null> {
  const link = await transferUp(ctx, orderId)
  return link ? { orderId: link.from_order_id, tenantCode: (await tenantById(ctx, link.from_tenant)).code } : null
}

export async function redoAssignmentOf(ctx: Ctx, orderId: string): Promise<string | null> {
  const all = await lockAssignments(ctx, orderId)
  // An assist of an earlier round may still owe its report: the newest round's own task is meant.
  return all.filter((a) => a.state === 'handling' && a.parent_id === null && a.role !== 'assist').toSorted((a, b) => b.round - a.round)[0]?.id ?? null
}

export async function pendingReturnOf(ctx: Ctx, orderId: string): Promise<string | null> {
  const row = await db(ctx).selectFrom('order_request').select('id').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('kind', '=', 'return').where('state', '=', 'pending').executeTakeFirst()
  return row?.id ?? null
}

export async function approveExtension(ctx: Ctx, orderId: string): Promise<void> {
  const row = await db(ctx).selectFrom('order_request').select('flow_instance_id').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('kind', '=', 'extension').where('state', '=', 'pending').executeTakeFirst()
  if (row?.flow_instance_id) await decideFlow(ctx, { instanceId: row.flow_instance_id, outcome: 'approve', opinion: '情况属实，同意。' })
}
