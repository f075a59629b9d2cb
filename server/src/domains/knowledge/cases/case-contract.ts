// Search over cases of this hotline and of those that others share with it (KNO-31).
import { z } from 'zod'
import { id, instant, localDate } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const text = (max: number) => z.string().trim().max(max)
export const caseScopes = ['all', 'own', 'shared'] as const
const found = z.object({
  tenantId: id, /** Null for cases of the own hotline. */ tenantName: z.string().nullable(), pushed: z.boolean(), id, code: z.string(), title: z.string(), summary: z.string(), directoryPath: z.array(z.string()), ownerUnitName: z.string(), areaName: z.string().nullable(), publishedAt: instant, uses: z.number().int(),
  /** Share of the words asked for that the case holds, in per cent; null where nothing was asked, or where it was found by sound or likeness. */
  match: z.number().int().nullable(), byName: z.boolean(), words: z.array(z.string()), appeal: z.string(), handling: z.string(), result: z.string(), points: z.string(), labels: z.array(z.string()),
})
export const findCases = describeRoute({
  audience: 'staff', access: { permission: 'knowledge.read' }, id: 'findCases', method: 'GET', path: '/api/knowledge/cases', summary: '跨地区检索案例', writes: true, audit: false,
  query: z.object({
    q: text(200).default(''), scope: z.enum(caseScopes).default('all'), /** One hotline that shares with us. */ tenantId: id.optional(),
    /** Cases like this one; `likeTenantId` where it is shared by another hotline. */ likeId: id.optional(), likeTenantId: id.optional(),
    directoryId: id.optional(), ownerUnitId: id.optional(), areaCode: z.string().regex(/^\d{6,12}$/).optional(), labelId: id.optional(), publishedFrom: localDate.optional(), publishedTo: localDate.optional(), sort: z.enum(['fit', 'newest', 'used']).default('fit'), offset: z.coerce.number().int().min(0).max(450).default(0), limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  response: z.object({ items: z.array(found), count: z.number().int(), capped: z.boolean(), sources: z.array(z.object({ tenantId: id, name: z.string(), count: z.number().int() })) }),
})
