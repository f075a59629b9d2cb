// Checks of the stock (KNO-12): what contradicts, lacks or rests on something repealed; an editor keeps, corrects or retires.
import { z } from 'zod'
import { id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const text = (max: number) => z.string().trim().max(max)
const edits = { audience: 'staff', access: { permission: 'knowledge.edit' } } as const
export const findingKinds = ['contradiction', 'missingField', 'deadLink', 'repealedBasis', 'sourceGone'] as const
export const findingStates = ['open', 'kept', 'corrected', 'retired', 'gone'] as const
const side = z.object({ id, code: z.string(), title: z.string(), unitName: z.string(), passage: z.string() })
const finding = z.object({ id, kind: z.enum(findingKinds), kindName: z.string(), label: z.string(), a: side, b: side.nullable(), state: z.enum(findingStates), stateName: z.string(), note: z.string(), foundAt: instant, decidedAt: instant.nullable(), decidedByName: z.string().nullable() })

export const listFindings = describeRoute({ ...edits, id: 'listKnowledgeFindings', method: 'GET', path: '/api/knowledge/findings', summary: '存量校验发现', query: pageQuery.extend({ kind: z.enum(findingKinds).optional(), state: z.enum(findingStates).default('open'), itemId: id.optional() }), response: pageOf(finding) })
export const checkStock = describeRoute({ audience: 'staff', access: { permission: 'knowledge.manage' }, id: 'checkKnowledgeStock', method: 'POST', path: '/api/knowledge/findings/check', summary: '立即校验存量知识', limit: 6, body: z.strictObject({}), response: z.object({ items: z.number().int(), found: z.number().int() }) })
export const decideFinding = describeRoute({ ...edits, id: 'decideKnowledgeFinding', method: 'POST', path: '/api/knowledge/findings/:id/decide', summary: '处理校验发现', params: z.object({ id }), body: z.strictObject({ state: z.enum(['kept', 'corrected', 'retired']), note: text(500).default('') }), response: z.object({ state: z.enum(findingStates) }) })
