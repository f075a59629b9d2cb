import { can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { SearchSource } from '../../platform/index.ts'
import { watcherOf } from '../items/item.policy.ts'
import { runSearch } from './search-knowledge.ts'

async function find(ctx: Ctx, text: string, limit: number) {
  if (!can(ctx, 'knowledge.read') || text.trim() === '') return []
  const { items } = await runSearch(ctx, { q: text, filter: {}, sort: 'fit', offset: 0, limit }, await watcherOf(ctx))
  return items.map((item) => ({ id: item.id, title: item.title, hint: `${item.typeName} · ${item.ownerUnitName}`, link: `/knowledge/items/${item.id}` }))
}

/** What Ctrl K finds among knowledge. */
export const knowledgeSearch = (): SearchSource[] => [{ kind: 'knowledge', label: '知识', find }]
