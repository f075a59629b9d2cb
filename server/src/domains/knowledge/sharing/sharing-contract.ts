// Knowledge for other tenants (KNO-13, KNO-31): shared by the owner, read-only at the receiver, use told to the owner.
import { z } from 'zod'
import { id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { content } from '../content.ts'
import { file } from '../items/item-contract.ts'

const text = (max: number) => z.string().trim().max(max)
const reads = { audience: 'staff', access: { permission: 'knowledge.read' } } as const
const shares = { audience: 'staff', access: { permission: 'knowledge.publish' } } as const
const kind = z.enum(['share', 'push'])
const state = z.enum(['active', 'suspended', 'cancelled'])
const tenant = z.object({ id, name: z.string(), relation: z.enum(['upper', 'sister', 'lower']) })
const outgoing = z.object({ id, what: z.enum(['item', 'directory']), objectId: id, title: z.string(), targetName: z.string(), kind, reason: z.string(), state, reads: z.number().int(), copies: z.number().int(), used: z.number().int(), lastUsedAt: instant.nullable(), sharedAt: instant, sharedByName: z.string() })
const use = z.object({ id, title: z.string(), kind: z.enum(['copy', 'used']), note: z.string(), byName: z.string(), unitName: z.string().nullable(), at: instant })
const one = z.object({ tenantId: id, id })
const line = z.object({ tenantId: id, tenantName: z.string(), id, code: z.string(), title: z.string(), excerpt: z.string(), typeCode: z.string(), typeName: z.string(), ownerUnitName: z.string(), version: z.number().int(), publishedAt: instant, pushed: z.boolean() })

export const shareTargets = describeRoute({ ...shares, id: 'listKnowledgeShareTargets', method: 'GET', path: '/api/knowledge/shares/targets', summary: '可以共享的热线', response: z.object({ items: z.array(tenant) }) })
export const listShares = describeRoute({ ...shares, id: 'listKnowledgeShares', method: 'GET', path: '/api/knowledge/shares', summary: '已共享的知识', query: z.object({ itemId: id.optional() }), response: z.object({ items: z.array(outgoing) }) })
export const shareUses = describeRoute({ ...shares, id: 'listKnowledgeShareUses', method: 'GET', path: '/api/knowledge/shares/:id/uses', summary: '共享知识的使用情况', params: z.object({ id }), response: z.object({ items: z.array(use) }) })
export const addShares = describeRoute({
  ...shares, id: 'shareKnowledge', method: 'POST', path: '/api/knowledge/shares', summary: '共享或推送知识',
  body: z.strictObject({ itemId: id.optional(), directoryId: id.optional(), tenantIds: z.array(id).min(1, '请选择热线').max(200), kind: kind.default('share'), reason: text(500).default('') }).refine((of) => (of.itemId === undefined) !== (of.directoryId === undefined), { path: ['itemId'], error: '请选择知识或目录' }),
  response: z.object({ added: z.number().int() }),
})
export const setShare = describeRoute({ ...shares, id: 'setKnowledgeShare', method: 'POST', path: '/api/knowledge/shares/:id/state', summary: '暂停、恢复、取消共享', params: z.object({ id }), body: z.strictObject({ state }), response: z.object({ state }) })

export const listShared = describeRoute({ ...reads, id: 'listSharedKnowledge', method: 'GET', path: '/api/knowledge/shared', summary: '外地共享的知识', writes: true, audit: false, query: z.object({ q: text(200).default(''), typeCode: z.string().max(40).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }), response: z.object({ items: z.array(line), count: z.number().int() }) })
export const openShared = describeRoute({
  ...reads, id: 'openSharedKnowledge', method: 'GET', path: '/api/knowledge/shared/:tenantId/:id', summary: '外地共享的知识详情', params: one, writes: true, audit: false,
  response: line.extend({ content, fields: z.array(z.object({ key: z.string(), label: z.string(), kind: z.string(), value: z.string() })), files: z.array(file), reason: z.string(), sharedAt: instant }),
})
export const copyShared = describeRoute({ audience: 'staff', access: { permission: 'knowledge.edit' }, id: 'copySharedKnowledge', method: 'POST', path: '/api/knowledge/shared/:tenantId/:id/copy', summary: '复制为本地草稿', params: one, body: z.strictObject({ directoryId: id, ownerUnitId: id }), response: z.object({ itemId: id, ticketId: id, code: z.string() }) })
export const noteUse = describeRoute({ ...reads, id: 'noteSharedKnowledgeUse', method: 'POST', path: '/api/knowledge/shared/:tenantId/:id/use', summary: '登记使用情况', params: one, body: z.strictObject({ note: text(500).min(1, '请说明怎样使用') }), response: z.object({ used: z.number().int() }) })
