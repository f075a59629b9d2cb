import { z } from 'zod'
import { empty, id } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const text = (max: number) => z.string().trim().max(max)
const staff = { audience: 'staff' } as const
const manage = { ...staff, access: { permission: 'knowledge.manage' } } as const
const fields = { name: text(60).min(1, '请填写名称'), code: text(40).regex(/^[\w-]+$/, '编码只用字母、数字和横线'), sort: z.number().int().min(0).max(9999).default(0), weight: z.number().int().min(0).max(1000).default(100), ownerUnitId: id.nullable().default(null) }
export const directory = z.object({ id, parentId: id.nullable(), code: z.string(), name: z.string(), path: z.array(z.string()), sort: z.number().int(), weight: z.number().int(), ownerUnitId: id.nullable(), ownerUnitName: z.string().nullable(), items: z.number().int(), version: z.number().int() })

export const listDirectories = describeRoute({ ...staff, id: 'listKnowledgeDirectories', method: 'GET', path: '/api/knowledge/directories', summary: '知识目录', access: { permission: 'knowledge.read' }, response: z.object({ items: z.array(directory) }) })
export const addDirectory = describeRoute({ ...manage, id: 'addKnowledgeDirectory', method: 'POST', path: '/api/knowledge/directories', summary: '新增知识目录', body: z.strictObject({ ...fields, parentId: id.nullable().default(null) }), response: z.object({ id }) })
export const changeDirectory = describeRoute({ ...manage, id: 'changeKnowledgeDirectory', method: 'PATCH', path: '/api/knowledge/directories/:id', summary: '修改、移动知识目录', params: z.object({ id }), body: z.strictObject({ ...fields, parentId: id.nullable(), version: z.number().int() }), response: z.object({ id }) })
export const deleteDirectory = describeRoute({ ...manage, id: 'deleteKnowledgeDirectory', method: 'DELETE', path: '/api/knowledge/directories/:id', summary: '删除知识目录', params: z.object({ id }), response: empty })
