// Personal and public labels (KNO-16): a person's own words on an item, liked by others, made public by an editor.
import { z } from 'zod'
import { id } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const reads = { audience: 'staff', access: { permission: 'knowledge.read' } } as const
const manage = { audience: 'staff', access: { permission: 'knowledge.manage' } } as const
const content = z.string().trim().min(1, '请填写标签').max(20)
const one = z.object({ id })

export const itemLabels = describeRoute({ ...reads, id: 'listItemPersonalLabels', method: 'GET', path: '/api/knowledge/items/:id/personal-labels', summary: '知识上的个人标签', params: one, response: z.object({ items: z.array(z.object({ id, content: z.string(), byName: z.string(), mine: z.boolean(), likes: z.number().int(), liked: z.boolean(), public: z.boolean() })) }) })
export const addLabel = describeRoute({ ...reads, id: 'addPersonalLabel', method: 'POST', path: '/api/knowledge/items/:id/personal-labels', summary: '加个人标签', params: one, audit: false, body: z.strictObject({ content }), response: one })
export const removeLabel = describeRoute({ ...reads, id: 'removePersonalLabel', method: 'DELETE', path: '/api/knowledge/personal-labels/:id', summary: '去掉个人标签', params: one, audit: false, response: z.object({}) })
export const likeLabel = describeRoute({ ...reads, id: 'likePersonalLabel', method: 'PUT', path: '/api/knowledge/personal-labels/:id/like', summary: '给个人标签点赞', params: one, audit: false, body: z.strictObject({ on: z.boolean() }), response: z.object({ likes: z.number().int(), liked: z.boolean() }) })
/** What one may filter by: own labels, and the public ones that valid items bear. */
export const labelFilters = describeRoute({ ...reads, id: 'listKnowledgeLabelFilters', method: 'GET', path: '/api/knowledge/label-filters', summary: '可用于筛选的标签', response: z.object({ mine: z.array(z.object({ content: z.string(), items: z.number().int() })), public: z.array(z.object({ id, name: z.string(), items: z.number().int() })) }) })
export const likedLabels = describeRoute({ ...manage, id: 'listLikedPersonalLabels', method: 'GET', path: '/api/knowledge/personal-labels', summary: '个人标签和点赞', response: z.object({ promoteAt: z.number().int(), items: z.array(z.object({ content: z.string(), people: z.number().int(), items: z.number().int(), likes: z.number().int(), hint: z.boolean() })) }) })
export const promoteLabel = describeRoute({
  ...manage, id: 'promotePersonalLabel', method: 'POST', path: '/api/knowledge/personal-labels/promote', summary: '个人标签转为公共标签', body: z.strictObject({ content, classCode: z.string().max(60) }),
  /** `state` of the library's label: proposed where its keepers decide first. Items take it on by review, as any change of a text. */
  response: z.object({ labelId: id, state: z.string(), sent: z.number().int(), left: z.array(z.object({ title: z.string(), message: z.string() })) }),
})
