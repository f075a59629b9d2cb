// Forms in progress as routes: saved every few seconds under an id that the client made, in several generations (ORD-04).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { flag, id, instant, listOf, pageOf, pageQuery } from '../../../kernel/http/codec.ts'

const draftChannels = ['phone', 'visit', 'letter', 'chat'] as const
const draftData = z.record(z.string(), z.unknown())
const access = { permission: 'orders.register' } as const
const one = z.object({ id })

export const draftRow = z.object({
  id, title: z.string(), ownerId: id, ownerName: z.string(), generation: z.number().int(), savedAt: instant, deletedAt: instant.nullable(), own: z.boolean(), channel: z.string().nullable(),
})
const generationRow = z.object({ generation: z.number().int(), savedAt: instant })
const saved = z.object({ id, generation: z.number().int(), savedAt: instant })

export const saveDraftRoute = describeRoute({
  id: 'saveDraft', method: 'PUT', path: '/api/orders/drafts/:id', summary: '自动保存登记表单', audience: 'staff', access, audit: false, params: one,
  body: z.object({
    title: z.string().trim().max(120).default(''),
    phone: z.string().trim().max(40).optional(),
    channel: z.enum(draftChannels).optional(),
    data: draftData,
    /** Generation the form was loaded from or saved as last; 0 for a new one. Another tab's newer save is answered by 409. */
    generation: z.number().int().min(0),
  }),
  response: saved,
})
export const listDraftsRoute = describeRoute({
  id: 'listDrafts', method: 'GET', path: '/api/orders/drafts', summary: '草稿与表单备份', audience: 'staff', access: { anyOf: ['orders.register', 'orders.draftsOfOthers'] },
  query: pageQuery.extend({
    box: z.enum(['own', 'all']).default('own'),
    channel: listOf(z.enum(draftChannels)).optional(),
    owner: z.string().trim().max(30).optional().describe('Beginning of the agent\'s name'),
    text: z.string().trim().max(60).optional().describe('Part of the title'),
    phone: z.string().trim().max(40).optional(),
    savedFrom: instant.optional(),
    savedTo: instant.optional(),
    deleted: flag.default(false),
  }),
  response: pageOf(draftRow),
})
export const getDraftRoute = describeRoute({
  id: 'getDraft', method: 'GET', path: '/api/orders/drafts/:id', summary: '打开草稿', audience: 'staff', access: { anyOf: ['orders.register', 'orders.draftsOfOthers'] }, params: one,
  query: z.object({ generation: z.coerce.number().int().min(1).optional() }),
  response: draftRow.extend({ data: draftData, generations: z.array(generationRow) }),
})
export const restoreDraftRoute = describeRoute({
  id: 'restoreDraft', method: 'POST', path: '/api/orders/drafts/:id/restore', summary: '恢复到某一代备份', audience: 'staff', access, params: one, body: z.object({ generation: z.number().int().min(1) }), response: saved,
})
export const deleteDraftRoute = describeRoute({ id: 'deleteDraft', method: 'DELETE', path: '/api/orders/drafts/:id', summary: '删除草稿', audience: 'staff', access, params: one, response: z.object({ id }) })
