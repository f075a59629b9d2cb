import { z } from 'zod'
import { flag, id, instant, localDate } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { audiences } from '../content.ts'

const text = (max: number) => z.string().trim().max(max)
const staff = { audience: 'staff', access: { permission: 'knowledge.read' } } as const
const facet = z.array(z.object({ value: z.string(), name: z.string(), count: z.number().int() }))

export const why = z.object({
  /** all: every word; some: part of them; sound: by pinyin; near: by likeness of the name. */
  by: z.enum(['all', 'some', 'sound', 'near', /* in a directory of that name */ 'category', 'newest']),
  part: z.enum(['title', 'body', 'file']), heading: z.string().nullable(), fileName: z.string().nullable(), words: z.array(z.string()), synonyms: z.array(z.object({ typed: z.string(), synonym: z.string() })),
})
export const hit = z.object({
  id, code: z.string(), title: z.string(), summary: z.string(), excerpt: z.string(), typeCode: z.string(), typeName: z.string(), directoryPath: z.array(z.string()), ownerUnitName: z.string(), audience: z.enum(audiences), version: z.number().int(), validTo: z.string().nullable(), publishedAt: instant, reads: z.number().int(), cites: z.number().int(), hasFiles: z.boolean(), why,
})
const filters = {
  q: text(200).default(''), typeCode: z.string().max(40).optional(), directoryId: id.optional(), ownerUnitId: id.optional(), areaCode: z.string().regex(/^\d{6,12}$/).optional(), matterId: id.optional(), labelId: id.optional(), /** A personal label of whoever asks. */ ownLabel: text(20).optional(), files: flag.optional(), publishedFrom: localDate.optional(), publishedTo: localDate.optional(),
  sort: z.enum(['fit', 'newest', 'used']).default('fit'), offset: z.coerce.number().int().min(0).max(980).default(0), limit: z.coerce.number().int().min(1).max(50).default(20),
}
const response = z.object({ /** Asked for an attribute of a thing: what the valid text says of it, with its source. */ answer: z.object({ attribute: z.string(), value: z.string(), itemId: id, title: z.string(), version: z.number().int(), citation: z.string(), from: z.enum(['field', 'text']) }).nullable(), items: z.array(hit), count: z.number().int(), capped: z.boolean(), tookMs: z.number().int(), facets: z.object({ types: facet, directories: facet, units: facet }), words: z.array(z.string()),
  /** The scenario whose words the question holds, with the items linked to it. */
  scenario: z.object({ id, name: z.string(), libraryName: z.string(), items: z.array(z.object({ id, code: z.string(), title: z.string(), summary: z.string(), typeName: z.string(), linked: z.boolean() })) }).nullable() })
export const searchKnowledge = describeRoute({
  ...staff, id: 'searchKnowledge', method: 'GET', path: '/api/knowledge/search', summary: '检索知识', writes: true, audit: false,
  /** `settled`: the person has stopped typing; only then the words are counted. `among`: search within what an earlier search found. */
  query: z.object({ ...filters, among: text(200).optional(), settled: flag.optional() }), response,
})

const synonym = z.object({ id, words: z.array(z.string()), oneWay: z.boolean(), enabled: z.boolean(), uses: z.number().int(), version: z.number().int(), changedAt: instant, changedByName: z.string() })
const words = z.array(text(40).min(1)).min(2, '至少两个词').max(30).transform((list) => [...new Set(list)])
const manage = { audience: 'staff', access: { permission: 'knowledge.manage' } } as const
export const listSynonyms = describeRoute({ ...staff, id: 'listKnowledgeSynonyms', method: 'GET', path: '/api/knowledge/synonyms', summary: '同义词', query: z.object({ q: text(40).optional() }), response: z.object({ items: z.array(synonym) }) })
export const saveSynonym = describeRoute({ ...manage, id: 'saveKnowledgeSynonym', method: 'POST', path: '/api/knowledge/synonyms', summary: '保存同义词', body: z.strictObject({ id: id.optional(), words, oneWay: z.boolean().default(false), enabled: z.boolean().default(true), version: z.number().int().default(0) }), response: z.object({ id }) })
export const importSynonyms = describeRoute({ ...manage, id: 'importKnowledgeSynonyms', method: 'POST', path: '/api/knowledge/synonyms/import', summary: '导入同义词', body: z.strictObject({ rows: z.array(z.array(text(40)).max(30)).min(1).max(1000) }), response: z.object({ added: z.number().int(), failed: z.array(z.object({ row: z.number().int(), words: z.string(), message: z.string() })) }) })
export const deleteSynonym = describeRoute({ ...manage, id: 'deleteKnowledgeSynonym', method: 'DELETE', path: '/api/knowledge/synonyms/:id', summary: '删除同义词', params: z.object({ id }), response: z.object({}) })
