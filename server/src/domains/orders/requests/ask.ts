// One way for every request on an order or assignment: a row with its reason and evidence, an approval as a process of the tenant,
// the effect when the last step is decided. Kinds are data of their rooms; this file knows none of them.
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { startFlow, type FinishedFlow, type Variables } from '../../flow/index.ts'
import { attachFiles } from '../../platform/index.ts'
import { orderFail } from '../orders.errors.ts'
import { db, lockAssignments, lockOrder, saveOrder, type AssignmentRow, type OrderChange, type OrderRow, type RequestRow } from '../orders.queries.ts'
import { endRequest } from '../return-requests.ts'
import { record, type Visibility } from '../timeline.ts'

export type Decided = { order: OrderRow; all: AssignmentRow[]; request: RequestRow; approved: boolean; opinion: string }

export type AskKind = {
  /** Stored as `order_request.kind`; its entries are `request<Kind>`, `approve<Kind>`, `refuse<Kind>`. */
  kind: string
  /** What refusals and lists call it. */
  name: string
  /** Key of the process that decides it. */
  flow: string
  /** Who may read the entries; default the unit's line. */
  visibility?: Visibility
  /** The effect, in the transaction of the last decision; what it returns is saved with the order. */
  decided(ctx: Ctx, decided: Decided): Promise<OrderChange | void>
}

export type Asked = {
  assignment?: AssignmentRow
  /** Whose line decides; default the assignment's unit. */
  unit: { id: string; name: string }
  reason: string
  reasonClass?: string
  oldDueAt?: Instant
  newDueAt?: Instant
  /** What the kind needs when it is decided. */
  data?: Record<string, unknown>
  variables?: Variables
  fileIds?: string[]
}

const actOf = (verb: 'request' | 'approve' | 'refuse', kind: string): string => `${verb}${kind.charAt(0).toUpperCase()}${kind.slice(1)}`

/** Stores the request and starts its approval. 409 while one of the kind is pending for the same assignment (or order). Returns the order as it stands afterwards. */
export async function ask(ctx: Ctx, kind: AskKind, order: OrderRow, asked: Asked): Promise<{ order: OrderRow; requestId: string; state: 'running' | 'approved' }> {
  const earlier = await db(ctx).selectFrom('order_request').select(['state', 'assignment_id']).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where('kind', '=', kind.kind).execute()
  const same = earlier.filter((r) => r.assignment_id === (asked.assignment?.id ?? null))
  if (same.some((r) => r.state === 'pending')) throw orderFail('requestPending', { rule: 'orders.requestPending', params: { kind: kind.name } })
  const id = newId()
  await db(ctx).insertInto('order_request').values({
    tenant_id: ctx.tenantId, id, order_id: order.id, assignment_id: asked.assignment?.id ?? null, unit_id: asked.unit.id, unit_name: asked.unit.name, kind: kind.kind, stage: 'flow', state: 'pending', round: same.length + 1,
    reason_class: asked.reasonClass ?? null, reason: asked.reason, old_due_at: asked.oldDueAt === undefined ? null : ts(asked.oldDueAt), new_due_at: asked.newDueAt === undefined ? null : ts(asked.newDueAt),
    data: asked.data ? json(asked.data as never) : null, applicant_id: ctx.actor.kind === 'user' ? ctx.actor.id : null, applicant_name: ctx.actor.name, created_at: ts(ctx.clock.now()),
  }).execute()
  await attachFiles(ctx, { fileIds: asked.fileIds ?? [], place: 'request', objectType: 'request', objectId: id, audience: 'staff' })
  await record(ctx, order, {
    act: actOf('request', kind.kind), assignmentId: asked.assignment?.id ?? null, text: asked.reason, visibility: kind.visibility ?? 'unitLine',
    data: { requestId: id, ...(asked.reasonClass ? { reasonClass: asked.reasonClass } : {}), ...(asked.newDueAt === undefined ? {} : { oldDueAt: asked.oldDueAt, newDueAt: asked.newDueAt }), ...asked.data },
  })
  const flow = await startFlow(ctx, {
    key: kind.flow, objectType: 'orderRequest', objectId: id, subjectUnitId: asked.unit.id, applicantName: ctx.actor.name, title: `${kind.name}申请：${order.title}`, link: `/orders/${order.number}`,
    variables: { orderId: order.id, urgency: order.urgency, ...asked.variables },
  })
  await db(ctx).updateTable('order_request').set({ flow_instance_id: flow.instanceId }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
  // A process whose steps all fall away has decided already, in this transaction.
  if (flow.state === 'approved') return { order: await lockOrder(ctx, order.id), requestId: id, state: 'approved' }
  return { order: await saveOrder(ctx, order, {}), requestId: id, state: 'running' }
}

/** For the port `flowFinished`: ends the request and lets its kind act. */
export function askFinisher(kinds: readonly AskKind[]): (ctx: Ctx, ended: FinishedFlow) => Promise<void> {
  const byKind = new Map(kinds.map((k) => [k.kind, k]))
  return async (ctx, ended) => {
    if (ended.objectType !== 'orderRequest') return
    const found = await db(ctx).selectFrom('order_request').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', ended.objectId).executeTakeFirst()
    const kind = found && byKind.get(found.kind)
    if (!found || !kind || found.state !== 'pending') return
    const order = await lockOrder(ctx, found.order_id)
    const all = await lockAssignments(ctx, order.id)
    const approved = ended.outcome === 'approved'
    await endRequest(ctx, found.id, approved ? 'approved' : 'refused', approved ? 'approved' : 'refused', ended.opinion)
    await record(ctx, order, { act: actOf(approved ? 'approve' : 'refuse', kind.kind), assignmentId: found.assignment_id, text: ended.opinion || null, data: { requestId: found.id }, visibility: kind.visibility ?? 'unitLine' })
    const change = await kind.decided(ctx, { order, all, request: found, approved, opinion: ended.opinion })
    // A kind that moved the order on has saved it itself: its version is the newer one.
    const now = await lockOrder(ctx, order.id)
    await saveOrder(ctx, now, change ?? {})
  }
}

/** What a kind stored with its request. */
export function dataOf(request: Pick<RequestRow, 'data'>): Record<string, unknown> {
  const { data } = request
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Record<string, unknown>) : {}
}

export const withFlag = (order: Pick<OrderRow, 'flags'>, flag: string): string[] => (order.flags.includes(flag) ? order.flags : [...order.flags, flag])
export const withoutFlag = (order: Pick<OrderRow, 'flags'>, flag: string): string[] => order.flags.filter((f) => f !== flag)
