// Rows of whistles, locked after their order.
import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { orderFail } from '../orders.errors.ts'
import { assertVisible } from '../orders.policy.ts'
import { db, lockOrder, type OrderRow } from '../orders.queries.ts'
import type { OrdersTables } from '../tables.gen.ts'

export type WhistleRow = Selectable<OrdersTables['order_whistle']>
export type CallRow = Selectable<OrdersTables['order_whistle_call']>

export async function lockWhistle(ctx: Ctx, id: string): Promise<{ order: OrderRow; whistle: WhistleRow; calls: CallRow[] }> {
  const found = await db(ctx).selectFrom('order_whistle').select('order_id').where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!found) throw orderFail('notFound')
  const order = await lockOrder(ctx, found.order_id)
  await assertVisible(ctx, order)
  const whistle = await db(ctx).selectFrom('order_whistle').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
  return { order, whistle, calls: await callsOf(ctx, [id]) }
}

/** The whistle of an order that is wanted or blown; there is at most one. */
export const openWhistle = (ctx: Ctx, orderId: string): Promise<WhistleRow | undefined> =>
  db(ctx).selectFrom('order_whistle').selectAll().where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('state', 'in', ['wanted', 'blown']).executeTakeFirst()

export const callsOf = async (ctx: Ctx, whistleIds: string[]): Promise<CallRow[]> =>
  whistleIds.length === 0 ? [] : db(ctx).selectFrom('order_whistle_call').selectAll().where('tenant_id', '=', ctx.tenantId).where('whistle_id', 'in', whistleIds).orderBy('called_at').orderBy('unit_name').execute()
