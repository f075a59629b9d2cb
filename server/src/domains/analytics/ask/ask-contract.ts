// Questions in words as routes.
import { z } from 'zod'
import { id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { comparisons } from '../../data/index.ts'

const read = { permission: 'data.read' } as const
const named = z.object({ code: z.string(), name: z.string() })
export const refusedKinds = ['unknownIndicator', 'personalData', 'notAQuestion', 'forecast', 'noSuchDay', 'notAllowed', 'notDivided', 'failed'] as const

/** What a question came to; it can be corrected and asked again. */
export const understood = z.object({
  indicators: z.array(z.string().max(40)).min(1).max(5), by: z.array(z.string().max(40)).max(2),
  where: z.array(z.object({ dimension: z.string().max(40), members: z.array(z.object({ name: z.string().max(100), keys: z.array(z.string().max(80)).min(1).max(200) })).min(1).max(20) })).max(8),
  from: z.iso.date(), to: z.iso.date(), compare: z.enum(comparisons).nullable(), order: z.string().max(41).nullable(), limit: z.int().min(1).max(300).nullable(),
})
const question = z.object({ indicators: z.array(z.string()), dimensions: z.array(z.string()), where: z.array(z.object({ dimension: z.string(), values: z.array(z.string()) })), from: z.string(), to: z.string(), compare: z.enum(comparisons).optional(), order: z.string().optional(), known: z.boolean(), limit: z.int() })
const turn = z.object({
  id, conversationId: id, text: z.string(), at: instant, understood: understood.nullable(), words: z.array(z.object({ part: z.enum(['indicator', 'by', 'where', 'period', 'compare', 'order']), label: z.string(), text: z.string(), hint: z.string().nullable() })),
  question: question.nullable().describe('To be asked of POST /api/data/figures'), refused: z.object({ kind: z.enum(refusedKinds), text: z.string(), nearest: z.array(named) }).nullable(), sentence: z.string().nullable(), follow: z.array(z.string()), favourite: z.boolean(), feedback: z.enum(['right', 'wrong']).nullable(),
})
export const askRoute = describeRoute({ id: 'askData', method: 'POST', path: '/api/analytics/ask', summary: '智能问数', audience: 'staff', access: read, limit: 60, body: z.object({ text: z.string().trim().min(1).max(200), conversationId: id.optional(), understood: understood.optional().describe('Corrected by hand: asked as it stands') }), response: turn })
export const asksRoute = describeRoute({ id: 'listAsks', method: 'GET', path: '/api/analytics/asks', summary: '我的提问', audience: 'staff', access: read, query: z.object({ text: z.string().trim().max(50).optional(), favourite: z.enum(['true']).optional() }), response: z.object({ items: z.array(z.object({ id, conversationId: id, text: z.string(), at: instant, refused: z.boolean(), favourite: z.boolean() })), examples: z.array(z.string()) }) })
export const markAskRoute = describeRoute({ id: 'markAsk', method: 'PATCH', path: '/api/analytics/asks/:id', summary: '收藏或评价提问', audience: 'staff', access: read, params: z.object({ id }), body: z.object({ favourite: z.boolean().optional(), feedback: z.enum(['right', 'wrong']).nullable().optional() }), response: z.object({}) })
