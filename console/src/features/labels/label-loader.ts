// Labels that may be put on an order now, for pickers.
import { call } from '../../api/call.ts'
import type { TreeLoader } from '../../ui/Pickers.tsx'

export const labelLoader: TreeLoader = {
  name: 'labels',
  search: async (text, signal) => (await call('listLabels', { offered: 'true', limit: 50, ...(text ? { query: text } : {}) } as never, { signal })).items.map((one) => ({ id: one.id, name: one.name, path: one.className, leaf: true })),
  byIds: async (ids, signal) => Promise.all(ids.map(async (id) => ({ id, name: (await call('getLabel', { id }, { signal })).name }))),
}
