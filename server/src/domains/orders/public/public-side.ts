// What a call taker may see of an order that a colleague registered: its public side only, each look logged (ORD-02, ORD-25).
import { z } from 'zod'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { actState, id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute, type Input } from '../../../kernel/http/route.ts'
import { repeatCallActs } from '../order-acts.ts'
import { orderFail } from '../orders.errors.ts'
import { readOrder } from '../orders.policy.ts'
import { readOrderRow } from '../orders.queries.ts'
import { publicOrder } from './public-order.ts'

export const publicSideRoute = describeRoute({
  id: 'orderPublicSide', method: 'GET', path: '/api/orders/:id/public-side', summary: '重复来电查看工单公开内容', audience: 'staff', access: { permission: 'orders.requesterHistory' }, writes: true,
  params: z.object({ id }),
  response: z.object({
    id, number: z.string(), title: z.string(), content: z.string(), appealTypeName: z.string(), channelName: z.string(), matterName: z.string().nullable(), place: z.string().nullable(), stateName: z.string(), registeredAt: instant, unitName: z.string().nullable(),
    promisedAt: instant.nullable(), reply: z.string().nullable(), again: z.boolean(), urges: z.number().int(),
    steps: z.array(z.object({ name: z.string(), text: z.string(), at: instant.nullable(), done: z.boolean(), current: z.boolean() })),
    reports: z.array(z.object({ at: instant, unitName: z.string(), text: z.string() })),
    supplements: z.array(z.object({ id, content: z.string(), at: instant })),
    acts: z.array(actState),
  }),
})

export async function publicSide(ctx: Ctx, input: Input<typeof publicSideRoute>) {
  authorize(ctx, 'orders.requesterHistory')
  const order = await readOrderRow(ctx, input.id)
  // A confidential order exists only for those who may read it whole.
  if (order.confidential) await readOrder(ctx, order.id)
  if (order.triage === 'waiting') throw orderFail('notFound')
  const seen = await publicOrder(ctx, order)
  ctx.audit({ module: 'orders', act: 'access:publicSide', objectType: 'order', objectId: order.id, text: order.number })
  return {
    id: seen.id, number: seen.number, title: seen.title, content: seen.content, appealTypeName: seen.appealTypeName, channelName: seen.channelName, matterName: seen.matterName, place: seen.place, stateName: seen.stateName, registeredAt: seen.registeredAt, unitName: seen.unitName,
    promisedAt: seen.promisedAt, reply: seen.reply, again: seen.again, urges: seen.urges, steps: seen.steps.map(({ name, text, at, done, current }) => ({ name, text, at, done, current })), reports: seen.reports,
    supplements: seen.supplements.map(({ id, content, at }) => ({ id, content, at })), acts: repeatCallActs(ctx, order),
  }
}
