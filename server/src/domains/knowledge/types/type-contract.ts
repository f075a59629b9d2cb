import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'

const text = (max: number) => z.string().trim().max(max)
const field = z.strictObject({ key: z.string().regex(/^[a-zA-Z]\w{0,29}$/), label: text(40).min(1), kind: z.enum(['text', 'longText', 'date', 'choice']), required: z.boolean().default(false), options: z.array(text(60).min(1)).max(50).optional(), help: text(200).optional() })
const shape = { code: z.string(), name: z.string(), description: z.string(), sort: z.number().int(), weight: z.number().int(), enabled: z.boolean(), citation: z.string(), fields: z.array(field), version: z.number().int() }
export const knowledgeType = z.object(shape)
const staff = { audience: 'staff' } as const

export const listTypes = describeRoute({ ...staff, id: 'listKnowledgeTypes', method: 'GET', path: '/api/knowledge/types', summary: '知识类型', access: { permission: 'knowledge.read' }, response: z.object({ items: z.array(knowledgeType) }) })
export const saveType = describeRoute({
  ...staff, id: 'saveKnowledgeType', method: 'PUT', path: '/api/knowledge/types/:code', summary: '保存知识类型与采编模板', access: { permission: 'knowledge.manage' }, params: z.object({ code: z.string().regex(/^[a-zA-Z][\w-]{0,39}$/) }),
  body: z.strictObject({ name: text(40).min(1), description: text(200).default(''), sort: z.number().int().min(0).max(9999), weight: z.number().int().min(0).max(1000), enabled: z.boolean(), citation: text(200).min(1), fields: z.array(field).max(30), version: z.number().int() }), response: knowledgeType,
})
