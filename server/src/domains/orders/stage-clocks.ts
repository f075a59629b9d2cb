// The short time an order may stand at each desk of the centre (SUP-03): signing, review, sorting, callback. The result review keeps a kind of clock of its own.
import type { Ctx } from '../../kernel/ctx.ts'
import type { Duration } from '../../kernel/time/index.ts'
import { setting } from '../platform/index.ts'
import { cancelClocks, meetClocks, startClocks } from './clocks.ts'
import { nodeLimit } from './node-rules/index.ts'
import type { OrderRow } from './orders.queries.ts'
import { callbackHours, reviewMinutes, signingMinutes, sortingMinutes } from './settings.ts'

/** What a clock of a desk says where no rule of a node names it: the same kind of clock runs at each of them. */
export const deskStages = { acceptance: '签收环节时限', review: '审核环节时限', dispatch: '派发环节时限', callback: '回访环节时限' } as const

/** An order from above waits to be signed before anything else; one that came back to its agent has the time of the review. */
async function stageLimit(ctx: Ctx, order: OrderRow): Promise<{ duration: Duration; ruleText: string }> {
  const minutes = async (of: typeof sortingMinutes, ruleText: string) => ({ duration: { amount: await setting(ctx, of), unit: 'naturalMinutes' as const }, ruleText })
  if (order.upper_platform !== null && order.upper_signed_at === null) return minutes(signingMinutes, deskStages.acceptance)
  const sorting = order.state === 'pendingDispatch'
  const rule = await nodeLimit(ctx, order, sorting ? 'dispatch' : 'review')
  if (rule) return { duration: rule.duration, ruleText: `环节规则：${rule.name}` }
  return sorting ? minutes(sortingMinutes, deskStages.dispatch) : minutes(reviewMinutes, deskStages.review)
}

export async function startStageClock(ctx: Ctx, order: OrderRow): Promise<void> {
  await startClocks(ctx, order, [{ kind: 'stage', ...(await stageLimit(ctx, order)), startedAt: ctx.clock.now() }])
}

/** The desk is done with it; the next one has its own time. */
export async function nextStage(ctx: Ctx, order: OrderRow): Promise<void> {
  await meetClocks(ctx, order.id, { kinds: ['stage'] })
  await startStageClock(ctx, order)
}

/** Back at a desk of the centre from elsewhere: whatever ran does not count as done. */
export async function restartStageClock(ctx: Ctx, order: OrderRow): Promise<void> {
  await cancelClocks(ctx, order.id, { kinds: ['stage'] })
  await startStageClock(ctx, order)
}

/** The callback is a stage where the tenant set a time for it. */
export async function startCallbackClock(ctx: Ctx, order: OrderRow): Promise<void> {
  const hours = await setting(ctx, callbackHours)
  if (hours !== null) await startClocks(ctx, order, [{ kind: 'stage', duration: { amount: hours, unit: 'naturalHours' }, ruleText: deskStages.callback, startedAt: ctx.clock.now() }])
}
