// What an administrator sees of the sums: how far they are, how late, what the last check found; and the build by hand.
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import type * as contract from '../contract.ts'
import { dataFail } from '../data.errors.ts'
import { historyState } from '../history/months.ts'
import { startBuild } from './rebuild.ts'
import { keptOf } from './state.ts'

type State = Output<typeof contract.sumsRoute>

export async function showSums(ctx: Ctx): Promise<State> {
  authorize(ctx, 'data.manage')
  const kept = await keptOf(ctx, ctx.tenantId)
  const history = await historyState(ctx)
  if (!kept) return { history, kept: false, building: false, usable: false, orders: 0, done: 0, expected: 0, startedAt: null, finishedAt: null, followedAt: null, waiting: false, fault: null }
  return { history, kept: true, building: kept.building, usable: kept.series > 0, orders: kept.orders, done: kept.done, expected: kept.expected, startedAt: kept.startedAt, finishedAt: kept.finishedAt, followedAt: kept.followedAt, waiting: kept.pending, fault: kept.fault }
}

export async function buildSums(ctx: Ctx, input: Input<typeof contract.buildSumsRoute>): Promise<State> {
  authorize(ctx, 'data.manage')
  if ((await keptOf(ctx, ctx.tenantId))?.building) throw dataFail('building')
  await startBuild(ctx, input.fresh)
  return showSums(ctx)
}
