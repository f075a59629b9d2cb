// Whose an order is: the requester's whose verified mobile is its contact, and his enterprise's as far as his role there reaches. Everything else does not exist for him.
import type { Ctx } from '../../../kernel/ctx.ts'
import { readOrderRow, type OrderRow } from '../../orders/index.ts'
import { mayFollowOrder } from '../enterprises/enterprise.queries.ts'
import { intakeFail } from '../intake.errors.ts'

/** @throws intake.orderUnknown (404) for unknown numbers and for those of other requesters alike */
export async function ownOrder(ctx: Ctx, number: string): Promise<OrderRow> {
  const found = await ctx.db().selectFrom('order_view').select('id').where('tenant_id', '=', ctx.tenantId).where('number', '=', number.replace(/\s/g, '')).executeTakeFirst()
  const order = found ? await readOrderRow(ctx, found.id) : null
  if (!order || ctx.actor.kind !== 'citizen' || ctx.actor.phoneHash === null) throw intakeFail('orderUnknown')
  if (order.contact_phone_hash !== ctx.actor.phoneHash && !(await mayFollowOrder(ctx, order.id))) throw intakeFail('orderUnknown')
  return order
}
