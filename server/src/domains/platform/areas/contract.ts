import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'

const code = z.string().regex(/^(\d{6}|\d{9}|\d{12})$/, '区划编码为 6、9 或 12 位数字')
const area = z.object({ code, name: z.string(), fullName: z.string(), level: z.int(), parentCode: z.string().nullable(), lon: z.number().nullable(), lat: z.number().nullable(), leaf: z.boolean() })

export const listAreas = describeRoute({
  id: 'listAreas', method: 'GET', path: '/api/areas', summary: '区划', audience: 'both', access: 'everybody', limit: 300,
  query: z.object({ parent: code.optional(), query: z.string().trim().min(2).max(30).optional(), code: code.optional() }),
  response: z.object({ items: z.array(area) }),
})
const manage = { audience: 'staff', access: { permission: 'platform.manageAreas' } } as const
const fields = { name: z.string().trim().min(1).max(40), lon: z.number().min(-180).max(180).nullable(), lat: z.number().min(-90).max(90).nullable() }
export const createArea = describeRoute({
  ...manage, id: 'createArea', method: 'POST', path: '/api/admin/areas', summary: '新增区划',
  body: z.strictObject({ code, parentCode: code.nullable(), name: fields.name, lon: fields.lon.default(null), lat: fields.lat.default(null) }), response: z.object({ code }),
})
export const importAreas = describeRoute({
  ...manage, id: 'importAreas', method: 'POST', path: '/api/admin/areas/import', summary: '批量导入区划',
  body: z.strictObject({ areas: z.array(z.object({ code, name: fields.name, lon: fields.lon.default(null), lat: fields.lat.default(null) })).min(1).max(10_000) }),
  response: z.object({ imported: z.int(), errors: z.array(z.object({ row: z.int(), field: z.string(), message: z.string() })) }),
})
export const changeArea = describeRoute({
  ...manage, id: 'changeArea', method: 'PATCH', path: '/api/admin/areas/:code', summary: '修改区划', params: z.object({ code }),
  body: z.strictObject({ name: fields.name.optional(), lon: fields.lon.optional(), lat: fields.lat.optional(), state: z.enum(['active', 'disabled']).optional() }), response: z.object({}),
})
