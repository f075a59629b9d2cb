import { z } from 'zod'
import { id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

/** In the body of an act that quotes: the item and the exact version that was read. */
export const citationInput = z.strictObject({ itemId: id, version: z.number().int().min(1) })
export const citation = z.object({ id, itemId: id, version: z.number().int(), title: z.string(), citation: z.string(), public: z.boolean(), byName: z.string(), at: instant, current: z.number().int().nullable(), why: z.string().nullable() })

const reads = { audience: 'staff', access: { permission: 'knowledge.read' } } as const
export const favourites = describeRoute({
  ...reads, id: 'listKnowledgeFavourites', method: 'GET', path: '/api/knowledge/favourites', summary: '我的知识收藏',
  response: z.object({ items: z.array(z.object({ id, code: z.string(), title: z.string(), folder: z.string(), typeName: z.string(), why: z.string().nullable(), at: instant })), folders: z.array(z.string()) }),
})
export const setFavourite = describeRoute({ ...reads, id: 'keepKnowledge', method: 'PUT', path: '/api/knowledge/items/:id/favourite', summary: '收藏知识', params: z.object({ id }), audit: false, body: z.strictObject({ on: z.boolean(), folder: z.string().trim().max(40).default('') }), response: z.object({ favourite: z.string().nullable() }) })
export const rateItem = describeRoute({ ...reads, id: 'rateKnowledge', method: 'PUT', path: '/api/knowledge/items/:id/rating', summary: '评价知识', params: z.object({ id }), audit: false, body: z.strictObject({ useful: z.boolean() }), response: z.object({ useful: z.number().int(), useless: z.number().int() }) })
const row = z.object({ id, title: z.string(), typeName: z.string(), n: z.number().int() })
export const statistics = describeRoute({
  ...reads, id: 'knowledgeStatistics', method: 'GET', path: '/api/knowledge/statistics', summary: '知识使用统计', access: { anyOf: ['knowledge.edit', 'knowledge.manage'] }, query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
  response: z.object({
    figures: z.object({ published: z.number().int(), drafts: z.number().int(), inReview: z.number().int(), expired: z.number().int(), expiring: z.number().int(), searches: z.number().int(), noHit: z.number().int(), cites: z.number().int() }),
    mostRead: z.array(row), mostCited: z.array(row), noHits: z.array(z.object({ words: z.string(), n: z.number().int(), last: instant })), hotWords: z.array(z.object({ words: z.string(), n: z.number().int() })), byUnit: z.array(z.object({ unitName: z.string(), published: z.number().int(), expired: z.number().int(), cites: z.number().int(), useless: z.number().int() })),
  }),
})
