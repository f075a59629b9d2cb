// What happens to an order, told to its requester in public words. Internal steps (review, sign, return) are no news for him.
import type { Ctx } from '../../../kernel/ctx.ts'
import { on } from '../../../kernel/events/event.ts'
import { orderEventTypes, readOrderRow } from '../../orders/index.ts'
import { db } from '../accounts/account.queries.ts'
import { messageTexts } from './messages.zh-CN.ts'
import { tellCitizen } from './tell-citizen.ts'

type News = { orderId: string; number: string; title: string }

async function tell(ctx: Ctx, news: News, kind: 'progress' | 'result', text: string, key: string): Promise<void> {
  const order = await readOrderRow(ctx, news.orderId)
  // A mirror of an upper centre's order is not the requester's: he follows the one above.
  if (!order || order.contact_phone_hash === null || order.source !== 'own') return
  const account = await db(ctx).selectFrom('intake_account').select('id').where('tenant_id', '=', ctx.tenantId).where('phone_hash', '=', order.contact_phone_hash).executeTakeFirst()
  if (account) await tellCitizen(ctx, { accountId: account.id, kind, title: text.replace('{title}', order.title), link: `/orders/${order.number}`, objectId: `${news.orderId}:${key}` })
}

const consumer = 'intake.messages'
const roundOf = async (ctx: Ctx, orderId: string): Promise<number> => (await readOrderRow(ctx, orderId))?.round ?? 1

export const orderNews = [
  on(orderEventTypes.orderDispatched, consumer, async (ctx, e) => tell(ctx, e, 'progress', messageTexts.dispatched, `dispatched:${await roundOf(ctx, e.orderId)}`)),
  on(orderEventTypes.feedbackSubmitted, consumer, async (ctx, e) => {
    if (e.kind !== 'progress') return
    const shown = await ctx.db<{ order_feedback: { id: string; tenant_id: string; assignment_id: string; kind: string; visibility: string; submitted_at: unknown } }>().selectFrom('order_feedback').select('id')
      .where('tenant_id', '=', ctx.tenantId).where('assignment_id', '=', e.assignmentId).where('kind', '=', 'progress').where('visibility', '=', 'public').orderBy('submitted_at', 'desc').limit(1).executeTakeFirst()
    if (shown) await tell(ctx, e, 'progress', messageTexts.report, `report:${shown.id}`)
  }),
  on(orderEventTypes.orderResultAccepted, consumer, async (ctx, e) => tell(ctx, e, 'result', messageTexts.result, `result:${e.round}`)),
  on(orderEventTypes.orderClosed, consumer, async (ctx, e) => tell(ctx, e, 'result', messageTexts.result, `result:${await roundOf(ctx, e.orderId)}`)),
  on(orderEventTypes.orderRedone, consumer, async (ctx, e) => tell(ctx, e, 'progress', messageTexts.redone, `redone:${e.round}`)),
  on(orderEventTypes.orderWithdrawn, consumer, async (ctx, e) => tell(ctx, e, 'result', messageTexts.withdrawn, 'withdrawn')),
]
