// Files inherit the visibility of their entry (ORD-08).
import type { Ctx } from '../../../kernel/ctx.ts'
import { can } from '../../../kernel/access.ts'
import { AppError } from '../../../kernel/errors.ts'
import { readableTenants, readOrder } from '../orders.policy.ts'
import { db, type AssignmentRow, type OrderRow } from '../orders.queries.ts'
import { readerOf } from './reader.ts'

type Owner = { orderId: string; assignmentId: string | null; unitId: string | null; visibility: string }

const kinds = new Set(['order', 'feedback', 'request', 'supplement', 'timeline'])

/** For platform's port: who may open a file that hangs on an order; null where the object is not one of orders. */
export async function mayOpenFile(ctx: Ctx, object: { objectType: string; objectId: string }): Promise<boolean | null> {
  // Requesters' own files are intake's answer.
  if (!kinds.has(object.objectType) || ctx.actor.kind === 'citizen') return null
  const owner = await ownerOf(ctx, object.objectType, object.objectId)
  if (!owner) return false
  if (!can(ctx, 'orders.read')) return false
  const order = await readOrder(ctx, owner.orderId).catch((error: unknown) => {
    if (error instanceof AppError && error.status === 404) return null
    throw error
  })
  return order !== null && maySee(ctx, order, owner)
}

async function maySee(ctx: Ctx, order: OrderRow, owner: Owner): Promise<boolean> {
  if (owner.visibility === 'staff' || owner.visibility === 'public') return true
  const assignments = await db(ctx).selectFrom('order_assignment').selectAll().where('tenant_id', '=', order.tenant_id).where('order_id', '=', order.id).execute()
  return (await readerOf(ctx, assignments as AssignmentRow[])).sees(owner)
}

async function ownerOf(ctx: Ctx, type: string, id: string): Promise<Owner | null> {
  const tenants = readableTenants(ctx)
  if (type === 'order') return { orderId: id, assignmentId: null, unitId: null, visibility: 'staff' }
  if (type === 'supplement') {
    const row = await db(ctx).selectFrom('order_supplement').select('order_id').where('tenant_id', 'in', tenants).where('id', '=', id).executeTakeFirst()
    return row ? { orderId: row.order_id, assignmentId: null, unitId: null, visibility: 'public' } : null
  }
  if (type === 'request') {
    const row = await db(ctx).selectFrom('order_request').select(['order_id', 'assignment_id', 'unit_id']).where('tenant_id', 'in', tenants).where('id', '=', id).executeTakeFirst()
    return row ? { orderId: row.order_id, assignmentId: row.assignment_id, unitId: row.unit_id, visibility: 'unitLine' } : null
  }
  const columns = ['order_id', 'assignment_id', 'unit_id', 'visibility'] as const
  const row =
    type === 'feedback'
      ? await db(ctx).selectFrom('order_feedback').select(columns).where('tenant_id', 'in', tenants).where('id', '=', id).executeTakeFirst()
      : await db(ctx).selectFrom('order_timeline').select(columns).where('tenant_id', 'in', tenants).where('id', '=', id).executeTakeFirst()
  return row ? { orderId: row.order_id, assignmentId: row.assignment_id, unitId: row.unit_id, visibility: row.visibility } : null
}
