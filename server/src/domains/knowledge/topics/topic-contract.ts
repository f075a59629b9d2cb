// Mind maps of a large area (KNO-21): nodes with text and pictures, each leading to items; edited once, drawn as cards, list or map.
import { z } from 'zod'
import { id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { document, emptyDoc } from '../document.ts'

const text = (max: number) => z.string().trim().max(max)
const reads = { audience: 'staff', access: { permission: 'knowledge.read' } } as const
const manage = { audience: 'staff', access: { permission: 'knowledge.manage' } } as const
const one = z.object({ id })
const version = z.number().int()

export const topicStyles = ['cards', 'list', 'map'] as const
export const topicStates = ['draft', 'published', 'offline'] as const
const head = { name: text(60).min(1, '请填写名称'), description: text(300).default(''), style: z.enum(topicStyles), level: text(20).default(''), audience: z.enum(['public', 'staff']) }
const attribute = z.strictObject({ label: text(20).min(1), value: text(300).min(1) })
const file = z.object({ id, name: z.string(), type: z.string(), size: z.number().int() })
const linked = z.object({ id, code: z.string(), title: z.string(), summary: z.string(), typeName: z.string(), usable: z.boolean(), /** Why it is not available. */ why: z.string().nullable() })
export const topicNode = z.object({ id, parentId: id.nullable(), name: z.string(), description: z.string(), attributes: z.array(z.object({ label: z.string(), value: z.string() })), body: document, files: z.array(file), items: z.array(linked), sort: z.number().int() })
export const topicLine = z.object({ id, name: z.string(), description: z.string(), style: z.enum(topicStyles), level: z.string(), audience: z.enum(['public', 'staff']), state: z.enum(topicStates), stateName: z.string(), nodes: z.number().int(), createdAt: instant, createdByName: z.string(), changedAt: instant, changedByName: z.string(), publishedAt: instant.nullable(), version })
const log = z.object({ id, topicName: z.string(), actName: z.string(), text: z.string().nullable(), byName: z.string(), at: instant })

export const listTopics = describeRoute({ ...reads, id: 'listKnowledgeTopics', method: 'GET', path: '/api/knowledge/topics', summary: '专题导图', query: z.object({ q: text(60).optional(), state: z.enum(topicStates).optional() }), response: z.object({ items: z.array(topicLine) }) })
export const getTopic = describeRoute({ ...reads, id: 'getKnowledgeTopic', method: 'GET', path: '/api/knowledge/topics/:id', summary: '专题导图详情', params: one, response: topicLine.extend({ tree: z.array(topicNode) }) })
export const topicLog = describeRoute({ ...manage, id: 'listKnowledgeTopicLog', method: 'GET', path: '/api/knowledge/topics/:id/log', summary: '专题导图操作记录', params: one, response: z.object({ items: z.array(log) }) })
export const saveTopic = describeRoute({ ...manage, id: 'saveKnowledgeTopic', method: 'POST', path: '/api/knowledge/topics', summary: '保存专题导图', body: z.strictObject({ id: id.optional(), version: version.default(0), ...head }), response: one })
export const setTopicState = describeRoute({ ...manage, id: 'setKnowledgeTopicState', method: 'POST', path: '/api/knowledge/topics/:id/state', summary: '发布或下线专题导图', params: one, body: z.strictObject({ state: z.enum(['published', 'offline']), version }), response: z.object({ state: z.enum(topicStates), version }) })
/** `confirm`: the name, typed a second time. */
export const deleteTopic = describeRoute({ ...manage, id: 'deleteKnowledgeTopic', method: 'POST', path: '/api/knowledge/topics/:id/delete', summary: '删除专题导图', params: one, body: z.strictObject({ confirm: text(60) }), response: z.object({}) })
export const drawTopic = describeRoute({ ...manage, id: 'drawKnowledgeTopic', method: 'POST', path: '/api/knowledge/topics/:id/draw', summary: '按场景知识库自动生成导图', params: one, body: z.strictObject({ libraryIds: z.array(id).min(1, '请选择场景知识库').max(20) }), response: z.object({ added: z.number().int() }) })
export const saveNode = describeRoute({
  ...manage, id: 'saveKnowledgeTopicNode', method: 'POST', path: '/api/knowledge/topics/:id/nodes', summary: '保存导图节点', params: one,
  body: z.strictObject({ nodeId: id.optional(), parentId: id.nullable().default(null), name: text(40).min(1, '请填写名称'), description: text(500).default(''), attributes: z.array(attribute).max(20).default([]), body: document.default(emptyDoc), itemIds: z.array(id).max(50).default([]), sort: z.number().int().min(0).max(9999).default(100), addFileIds: z.array(id).max(20).default([]) }), response: one,
})
export const deleteNode = describeRoute({ ...manage, id: 'deleteKnowledgeTopicNode', method: 'DELETE', path: '/api/knowledge/topics/:id/nodes/:nodeId', summary: '删除导图节点', params: z.object({ id, nodeId: id }), response: z.object({ removed: z.number().int() }) })
