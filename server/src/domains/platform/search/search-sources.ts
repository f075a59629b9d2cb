// What the one search box finds: each domain answers for its own objects, under its own data scope.
import type { Ctx } from '../../../kernel/ctx.ts'
import { definePort } from '../../../kernel/port.ts'

export const searchKinds = ['orders', 'people', 'units', 'matters', 'knowledge', 'other'] as const
export type SearchKind = (typeof searchKinds)[number]
export type SearchItem = { id: string; title: string; hint?: string; link: string }
export type SearchSource = {
  kind: SearchKind
  label: string
  /** At most `limit` items, the likeliest first; nothing for a person without the right. Answers within some 50 ms or bounds itself. */
  find(ctx: Ctx, text: string, limit: number): Promise<SearchItem[]>
}

export const searchSources = definePort<() => SearchSource[]>('platform.searchSources')
