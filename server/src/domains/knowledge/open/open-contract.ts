// The open interface (KNO-36): connected applications ask with their token and get what their account may use, structured.
import { z } from 'zod'
import { flag, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { document } from '../document.ts'
import { file } from '../items/item-contract.ts'

const text = (max: number) => z.string().trim().max(max)
const reads = { audience: 'staff', access: { permission: 'knowledge.read' }, tag: 'open' } as const
const item = z.object({
  id, code: z.string(), version: z.number().int(), typeCode: z.string(), typeName: z.string(), title: z.string(), summary: z.string(), keywords: z.array(z.string()), wordings: z.array(z.string()), directoryPath: z.array(z.string()), ownerUnitName: z.string(), areaCode: z.string().nullable(), audience: z.string(), groups: z.array(z.string()), matterCodes: z.array(z.string()),
  text: z.string(), doc: document, fields: z.array(z.object({ key: z.string(), label: z.string(), value: z.string() })), basis: z.string(), source: z.string(), contact: z.string(), citation: z.string(), validFrom: z.string().nullable(), validTo: z.string().nullable(), publishedAt: instant, changedAt: instant, files: z.array(file),
})
export const openItems = describeRoute({
  ...reads, id: 'openKnowledge', method: 'GET', path: '/api/open/knowledge', summary: '开放接口：按条件查询知识', writes: true, audit: false,
  query: z.object({ q: text(200).default(''), matterCode: text(60).optional(), typeCode: text(40).optional(), directoryCode: text(40).optional(), areaCode: z.string().regex(/^\d{6,12}$/).optional(), library: text(40).optional(), changedFrom: instant.optional(), offset: z.coerce.number().int().min(0).max(980).default(0), limit: z.coerce.number().int().min(1).max(50).default(20), files: flag.optional() }),
  response: z.object({ items: z.array(item), count: z.number().int() }),
})
/** In the order of change; what the application may no longer use comes as a deletion. Ask again with the last cursor. */
export const openChanges = describeRoute({
  ...reads, id: 'openKnowledgeChanges', method: 'GET', path: '/api/open/knowledge/changes', summary: '开放接口：增量变更（含撤下）', writes: true, audit: false,
  query: z.object({ after: z.string().max(100).optional(), library: text(40).optional(), limit: z.coerce.number().int().min(1).max(200).default(100) }),
  response: z.object({ changes: z.array(z.object({ id, code: z.string(), change: z.enum(['put', 'delete']), version: z.number().int(), at: instant, item: item.nullable() })), after: z.string().nullable(), more: z.boolean() }),
})
export const openCalls = describeRoute({ audience: 'staff', access: { permission: 'knowledge.manage' }, id: 'listKnowledgeOpenCalls', method: 'GET', path: '/api/knowledge/open-calls', summary: '开放接口调用日志', query: pageQuery.extend({ application: text(60).optional() }), response: pageOf(z.object({ id, application: z.string(), act: z.string(), filter: z.string(), items: z.number().int(), at: instant })).extend({ today: z.array(z.object({ application: z.string(), calls: z.number().int() })), quota: z.number().int() }) })
export type OpenItem = z.output<typeof item>
