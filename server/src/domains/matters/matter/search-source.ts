import { can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { SearchSource } from '../../platform/index.ts'
import { searchMatters as route } from './matter-contract.ts'
import { searchMatters } from './search-matters.ts'

async function find(ctx: Ctx, text: string, limit: number) {
  if (!can(ctx, 'matters.read')) return []
  const { items } = await searchMatters(ctx, route.query.parse({ query: text, limit: String(limit) }))
  return items.map((matter) => ({ id: matter.id, title: matter.name, hint: `${matter.code} · ${matter.path.at(-1) ?? ''}`, link: `/matters/${matter.id}` }))
}

/** What Ctrl K finds among matters. */
export const matterSearch = (): SearchSource[] => [{ kind: 'matters', label: '事项', find }]
