import { call } from '../../api/call.ts'
import type { TreeLoader } from '../../ui/Pickers.tsx'

/** Valid items by words. */
export const itemLoader: TreeLoader = {
  name: 'knowledge-items',
  search: async (text) => (await call('searchKnowledge', { q: text, limit: 20 })).items.map((one) => ({ id: one.id, name: one.title, path: one.typeName, leaf: true })),
  byIds: async (ids) => Promise.all(ids.map(async (id) => ({ id, name: (await call('getKnowledgeItem', { id })).title, leaf: true }))),
}

export const textList = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [])
/** Words that were typed with spaces, commas or the Chinese enumeration comma between them. */
export const wordList = (value: unknown): string[] => [...new Set(String(value ?? '').split(/[\s、,，]+/).map((one) => one.trim()).filter(Boolean))]
