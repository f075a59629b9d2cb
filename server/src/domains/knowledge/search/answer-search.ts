// The search of staff: what was found, and the scenario the question belongs to with its items in front.
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { watcherOf } from '../items/item.policy.ts'
import { scenarioOf } from '../scenes/scenes.ts'
import { answerTo } from './attribute-answer.ts'
import type * as contract from './search-contract.ts'
import { logSearch, runSearch } from './search-knowledge.ts'

export async function searchKnowledge(ctx: Ctx, input: Input<typeof contract.searchKnowledge>): Promise<Output<typeof contract.searchKnowledge>> {
  authorize(ctx, 'knowledge.read')
  const start = performance.now()
  const { q, among, sort, offset, limit, settled, ...filter } = input
  const watcher = await watcherOf(ctx)
  const result = await runSearch(ctx, { q, among, filter, sort, offset, limit }, watcher)
  if (settled && q !== '' && offset === 0) logSearch(ctx, 'staff', q, result.count)
  return { ...result, answer: q === '' || offset > 0 ? null : await answerTo(ctx, q, result.items), scenario: q === '' || offset > 0 ? null : await scenarioOf(ctx, q, watcher), tookMs: Math.round(performance.now() - start) }
}
