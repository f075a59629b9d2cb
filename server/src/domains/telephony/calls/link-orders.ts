// Calls and orders: one call may become several orders, one order has many calls.
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { readOrderRow, type OrderRow } from '../../orders/index.ts'
import { userById } from '../../platform/index.ts'
import { db } from '../telephony.queries.ts'
import { tell } from './call-rows.ts'
import type { CallRow } from './call-views.ts'

type Link = { orderId: string; kind: 'registered' | 'dialled' | 'linked'; step: string; assignmentId?: string | null; by?: { id: string | null; name: string; unitId: string | null; unitName: string | null } }

/** False when they belonged together already. */
export async function linkCall(ctx: Ctx, call: Pick<CallRow, 'id' | 'started_at'>, link: Link): Promise<boolean> {
  const by = link.by ?? { id: ctx.actor.kind === 'user' ? ctx.actor.id : null, name: ctx.actor.name, unitId: ctx.actor.unitIds[0] ?? null, unitName: ctx.actor.unitName }
  const made = await db(ctx).insertInto('telephony_order_call').values({
    tenant_id: ctx.tenantId, order_id: link.orderId, call_id: call.id, call_at: ts(call.started_at), kind: link.kind, step: link.step, assignment_id: link.assignmentId ?? null, unit_id: by.unitId, unit_name: by.unitName, user_id: by.id, user_name: by.name, at: ts(ctx.clock.now()),
  }).onConflict((c) => c.columns(['tenant_id', 'order_id', 'call_id']).doNothing()).returning('call_id').executeTakeFirst()
  if (made) {
    tell(ctx, call.id)
    ctx.signal('telephony.orderCalls', link.orderId)
  }
  return made !== undefined
}

/** The form opened at ringing carries the call; a further order of the same call follows the first (ORD-03). */
export async function followRegistration(ctx: Ctx, event: { orderId: string; draftId?: string | undefined; sameCallAs?: string | undefined }): Promise<void> {
  const calls = await callsBehind(ctx, event)
  if (calls.length === 0) return
  const orderRow: OrderRow = await readOrderRow(ctx, event.orderId)
  const agent = orderRow.registered_by ? await userById(ctx, orderRow.registered_by) : null
  for (const call of calls) await linkCall(ctx, call, { orderId: event.orderId, kind: 'registered', step: 'register', by: { id: agent?.id ?? null, name: orderRow.registered_by_name, unitId: agent?.unitId ?? null, unitName: agent?.unitName ?? null } })
}

async function callsBehind(ctx: Ctx, event: { draftId?: string | undefined; sameCallAs?: string | undefined }): Promise<Pick<CallRow, 'id' | 'started_at'>[]> {
  if (event.draftId) {
    const rows = await db(ctx).selectFrom('telephony_call').select(['id', 'started_at']).where('tenant_id', '=', ctx.tenantId).where('draft_id', '=', event.draftId).execute()
    const mail = rows.length > 0 ? undefined : await db(ctx).selectFrom('telephony_voicemail').select(['id', 'call_id']).where('tenant_id', '=', ctx.tenantId).where('draft_id', '=', event.draftId).executeTakeFirst()
    if (rows.length > 0) return rows
    if (mail) return db(ctx).selectFrom('telephony_call').select(['id', 'started_at']).where('tenant_id', '=', ctx.tenantId).where('id', '=', mail.call_id).execute()
  }
  if (!event.sameCallAs) return []
  const rows = await db(ctx).selectFrom('telephony_order_call').select(['call_id as id', 'call_at as started_at']).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', event.sameCallAs).where('kind', '=', 'registered').execute()
  return rows
}
