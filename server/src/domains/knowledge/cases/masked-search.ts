// Hits of cases quote their text: numbers of persons in it are masked for everybody, in lists nobody needs them (KNO-31).
import { maskText } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import type { Watcher } from '../items/item.policy.ts'
import { searchKnowledge } from '../search/answer-search.ts'
import type * as contract from '../search/search-contract.ts'
import { runSearch, type Result, type Search } from '../search/search-knowledge.ts'

const CASE = 'case'
const masked = <T extends { items: Result['items'] }>(of: T): T => ({ ...of, items: of.items.map((hit) => (hit.typeCode === CASE ? { ...hit, title: maskText(hit.title), summary: maskText(hit.summary), excerpt: maskText(hit.excerpt) } : hit)) })

/** The search as anybody is shown it: for lists of other hotlines, the public and connected programs. */
export const searchMasked = async (ctx: Ctx, search: Search, watcher: Watcher): Promise<Result> => masked(await runSearch(ctx, search, watcher))

/** The search of staff, shown the same way. */
export const searchShown = async (ctx: Ctx, input: Input<typeof contract.searchKnowledge>): Promise<Output<typeof contract.searchKnowledge>> => masked(await searchKnowledge(ctx, input))
