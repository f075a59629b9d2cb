// Which events of an order give points to its requester, and which take them back.
import type { Ctx } from '../../../kernel/ctx.ts'
import { on } from '../../../kernel/events/event.ts'
import { orderEventTypes, readOrderRow } from '../../orders/index.ts'
import { db } from '../accounts/account.queries.ts'
import { orderRated } from '../events.ts'
import { earn, offsetOrder } from './ledger.ts'
import type { PointEvent } from './rules.ts'

async function give(ctx: Ctx, orderId: string, event: PointEvent): Promise<void> {
  const order = await readOrderRow(ctx, orderId)
  // A mirror is the upper centre's order; an enterprise's appeals are no person's.
  if (!order || order.contact_phone_hash === null || order.source !== 'own' || order.subject_kind === 'enterprise' || order.state === 'withdrawn') return
  const account = await db(ctx).selectFrom('intake_account').select('id').where('tenant_id', '=', ctx.tenantId).where('phone_hash', '=', order.contact_phone_hash).where('state', '=', 'active').executeTakeFirst()
  if (account) await earn(ctx, account.id, event, { id: order.id, number: order.number })
}

const consumer = 'intake.points'

export const pointEventsOfOrders = [
  on(orderEventTypes.orderRegistered, consumer, async (ctx, e) => give(ctx, e.orderId, 'submitted')),
  on(orderEventTypes.orderClosed, consumer, async (ctx, e) => give(ctx, e.orderId, 'closed')),
  on(orderEventTypes.orderArchived, consumer, async (ctx, e) => give(ctx, e.orderId, 'closed')),
  on(orderRated, consumer, async (ctx, e) => give(ctx, e.orderId, 'rated')),
  on(orderEventTypes.orderWithdrawn, consumer, async (ctx, e) => offsetOrder(ctx, { id: e.orderId, number: e.number })),
]
