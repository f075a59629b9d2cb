// Catalogue of elements in six families, with relations and a graph (MAT-09).
import { z } from 'zod'
import { flag, id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const read = { permission: 'matters.read' } as const
const edit = { permission: 'matters.edit' } as const
const one = z.object({ id })
export const families = ['event', 'request', 'subject', 'object', 'address', 'requester'] as const
export const relationKinds = ['hierarchy', 'association', 'dependency'] as const
const text = (max: number) => z.string().trim().min(1).max(max)
const attribute = z.object({ name: text(40), text: text(500) })
export const elementContent = z.object({ name: text(60), category: text(100), definition: text(2000), attributes: z.array(attribute).max(30).default([]) })
const element = elementContent.extend({ id, family: z.enum(families), familyName: z.string(), code: z.string(), version: z.number().int(), retired: z.boolean(), changedByName: z.string(), changedAt: instant, /** Own matters whose elements have this code. */ matters: z.number().int() })
const relation = z.object({ fromId: id, toId: id, kind: z.enum(relationKinds), kindName: z.string() })

export const listElements = describeRoute({ id: 'listElements', method: 'GET', path: '/api/matters/elements', summary: '要素目录', audience: 'staff', access: read, query: z.object({ family: z.enum(families).optional(), query: z.string().trim().max(60).optional(), retired: flag.optional() }), response: z.object({ items: z.array(element) }) })
export const getElement = describeRoute({
  id: 'getElement', method: 'GET', path: '/api/matters/elements/:id', summary: '要素详情', audience: 'staff', access: read, params: one,
  response: element.extend({ versions: z.array(z.object({ version: z.number().int(), snapshot: elementContent, byName: z.string(), at: instant })), usedBy: z.array(z.object({ id, code: z.string(), name: z.string() })), relations: z.array(relation.extend({ otherName: z.string() })) }),
})
export const createElement = describeRoute({ id: 'createElement', method: 'POST', path: '/api/matters/elements', summary: '新建要素', audience: 'staff', access: edit, body: elementContent.extend({ family: z.enum(families), code: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,29}$/) }), response: one })
export const changeElement = describeRoute({ id: 'changeElement', method: 'PATCH', path: '/api/matters/elements/:id', summary: '修改或停用要素', audience: 'staff', access: edit, params: one, body: elementContent.partial().extend({ version: z.number().int(), retired: z.boolean().optional() }), response: one })
export const relateElements = describeRoute({ id: 'relateElements', method: 'POST', path: '/api/matters/element-relations', summary: '建立或删除要素关系', audience: 'staff', access: edit, body: z.object({ fromId: id, toId: id, kind: z.enum(relationKinds), remove: z.boolean().default(false) }), response: z.object({ relations: z.number().int() }) })
export const elementGraph = describeRoute({
  id: 'elementGraph', method: 'GET', path: '/api/matters/element-graph', summary: '要素关系图谱', audience: 'staff', access: read,
  query: z.object({ family: z.enum(families).optional(), kind: z.enum(relationKinds).optional(), /** Only the elements of this matter and the relations between them. */ matterId: id.optional(), /** An element with what stands next to it. */ around: id.optional() }),
  response: z.object({ nodes: z.array(element.pick({ id: true, family: true, familyName: true, code: true, name: true, category: true, matters: true })), relations: z.array(relation) }),
})
