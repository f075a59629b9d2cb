// Problem points of themes: a tree bound to categories, matters, labels and words, and through them to orders (MAT-14).
import { z } from 'zod'
import { boundedCount, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const read = { permission: 'matters.read' } as const
const edit = { permission: 'matters.edit' } as const
const one = z.object({ id })
const name = z.string().trim().min(1).max(60)
const theme = z.string().trim().min(1).max(60)
export const bindings = z.object({ categoryIds: z.array(id).max(50).default([]), matterIds: z.array(id).max(50).default([]), labelIds: z.array(id).max(50).default([]), words: z.array(z.string().trim().min(2).max(30)).max(30).default([]) })
export type Bindings = z.output<typeof bindings>
const point = z.object({ id, theme: z.string(), parentId: id.nullable(), name: z.string(), bindings, bindingNames: z.array(z.string()), /** Of this point and all below it, each order once; null: bound to nothing. */ orders: boundedCount.nullable(), version: z.number().int() })

export const listPoints = describeRoute({ id: 'listProblemPoints', method: 'GET', path: '/api/matters/problem-points', summary: '专题问题点', audience: 'staff', access: read, query: z.object({ theme: theme.optional() }), response: z.object({ themes: z.array(z.string()), items: z.array(point) }) })
export const createPoint = describeRoute({ id: 'createProblemPoint', method: 'POST', path: '/api/matters/problem-points', summary: '新建问题点', audience: 'staff', access: edit, body: z.object({ theme, parentId: id.nullable().default(null), name, bindings: bindings.prefault({}) }), response: one })
export const changePoint = describeRoute({ id: 'changeProblemPoint', method: 'PATCH', path: '/api/matters/problem-points/:id', summary: '修改或移动问题点', audience: 'staff', access: edit, params: one, body: z.object({ version: z.number().int(), name: name.optional(), parentId: id.nullable().optional(), bindings: bindings.optional() }), response: one })
export const mergePoint = describeRoute({ id: 'mergeProblemPoint', method: 'POST', path: '/api/matters/problem-points/:id/merge', summary: '合并问题点', audience: 'staff', access: edit, params: one, body: z.object({ intoId: id }), response: one })
export const removePoint = describeRoute({ id: 'removeProblemPoint', method: 'DELETE', path: '/api/matters/problem-points/:id', summary: '删除问题点', audience: 'staff', access: edit, params: one, response: z.object({}) })
const boundOrder = z.object({ id, number: z.string(), title: z.string(), state: z.string(), stateName: z.string(), registeredAt: instant })
export const pointOrders = describeRoute({ id: 'problemPointOrders', method: 'GET', path: '/api/matters/problem-points/:id/orders', summary: '问题点的工单', audience: 'staff', access: { permission: 'orders.read' }, params: one, query: pageQuery, response: pageOf(boundOrder) })
export const pointLog = describeRoute({ id: 'problemPointLog', method: 'GET', path: '/api/matters/problem-points/:id/log', summary: '问题点历史', audience: 'staff', access: read, params: one, response: z.object({ items: z.array(z.object({ id, act: z.string(), actName: z.string(), pointName: z.string(), text: z.string(), byName: z.string(), at: instant })) }) })
export const testPoint = describeRoute({ id: 'testProblemPoints', method: 'POST', path: '/api/matters/problem-points/test', summary: '测试一段话落在哪些问题点', audience: 'staff', access: read, body: z.object({ theme, text: z.string().trim().min(1).max(2000) }), response: z.object({ points: z.array(z.object({ id, path: z.string(), words: z.array(z.string()) })) }) })
