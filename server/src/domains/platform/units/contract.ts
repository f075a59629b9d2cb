import { z } from 'zod'
import { flag, id, instant, localDate } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { unitKinds } from './unit-tree.ts'

const kind = z.enum(unitKinds)
const ownKind = kind.exclude(['virtual'])
const state = z.enum(['active', 'disabled'])
const admin = { audience: 'staff' } as const
const manage = { permission: 'platform.manageUnits' } as const
const params = z.object({ id })
const areaCode = z.string().regex(/^(\d{6}|\d{9}|\d{12})$/, '区划编码为 6、9 或 12 位数字')

export const pickUnits = describeRoute({
  ...admin, id: 'pickUnits', method: 'GET', path: '/api/units', summary: '选择机构', access: 'signedIn',
  query: z.object({
    query: z.string().trim().max(40).optional(), under: id.optional(), kind: kind.optional(), area: areaCode.optional(), ids: z.string().max(4000).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(30),
  }),
  response: z.object({ items: z.array(z.object({ id, code: z.string(), name: z.string(), kind, areaCode: z.string(), parentId: id.nullable(), parentName: z.string().nullable(), vertical: z.boolean() })) }),
})
export const unitTree = describeRoute({
  ...admin, id: 'getUnitTree', method: 'GET', path: '/api/units/tree', summary: '机构树', access: 'signedIn',
  query: z.object({ tenantId: id.optional(), disabled: flag.default(false) }),
  /** Flat, upper units before lower ones, siblings in their order. */
  response: z.object({ items: z.array(z.object({ id, code: z.string(), name: z.string(), kind, areaCode: z.string(), parentId: id.nullable(), depth: z.int(), vertical: z.boolean(), state, users: z.int() })) }),
})
export const getUnit = describeRoute({
  ...admin, id: 'getUnit', method: 'GET', path: '/api/admin/units/:id', summary: '机构', access: manage, params,
  response: z.object({
    id, tenantId: id, code: z.string(), name: z.string(), kind, areaCode: z.string(), areaName: z.string(), parentId: id.nullable(), path: z.array(z.object({ id, name: z.string() })), sort: z.int(),
    vertical: z.boolean(), state, validFrom: localDate.nullable(), validTo: localDate.nullable(), leaderName: z.string().nullable(), contactName: z.string().nullable(), phoneMasked: z.string().nullable(),
    mergedInto: z.object({ id, name: z.string() }).nullable(), version: z.int(), createdAt: instant, changedAt: instant, changedBy: z.string(),
  }),
})
const fields = {
  name: z.string().trim().min(1).max(60), kind: ownKind, areaCode, vertical: z.boolean(), sort: z.int().min(0).max(99999), validFrom: localDate.nullable(), validTo: localDate.nullable(),
  leaderName: z.string().trim().max(40).nullable(), contactName: z.string().trim().max(40).nullable(), phone: z.string().trim().max(40).nullable(),
}
export const createUnit = describeRoute({
  ...admin, id: 'createUnit', method: 'POST', path: '/api/admin/units', summary: '新建机构', access: manage,
  body: z.strictObject({
    code: z.string().trim().regex(/^[\w-]{2,40}$/, '编码为 2 到 40 位字母、数字、- 或 _'), parentId: id, name: fields.name, kind: fields.kind, areaCode: fields.areaCode,
    vertical: fields.vertical.default(false), sort: fields.sort.default(0), validFrom: fields.validFrom.default(null), validTo: fields.validTo.default(null),
    leaderName: fields.leaderName.default(null), contactName: fields.contactName.default(null), phone: fields.phone.default(null),
  }),
  response: z.object({ id }),
})
export const changeUnit = describeRoute({
  ...admin, id: 'changeUnit', method: 'PATCH', path: '/api/admin/units/:id', summary: '修改机构', access: manage, params,
  body: z.strictObject({
    version: z.int(), name: fields.name.optional(), kind: fields.kind.optional(), areaCode: fields.areaCode.optional(), vertical: fields.vertical.optional(), sort: fields.sort.optional(),
    validFrom: fields.validFrom.optional(), validTo: fields.validTo.optional(), leaderName: fields.leaderName.optional(), contactName: fields.contactName.optional(), phone: fields.phone.optional(),
  }),
  response: z.object({ version: z.int() }),
})
export const moveUnit = describeRoute({
  ...admin, id: 'moveUnit', method: 'POST', path: '/api/admin/units/:id/move', summary: '移动机构', access: manage, params,
  body: z.strictObject({ parentId: id, version: z.int() }), response: z.object({ version: z.int(), moved: z.int() }),
})
export const previewMerge = describeRoute({
  ...admin, id: 'previewUnitMerge', method: 'GET', path: '/api/admin/units/:id/merge', summary: '预览机构合并', access: manage, params, query: z.object({ intoId: id }),
  response: z.object({ from: z.object({ id, name: z.string(), areaName: z.string() }), into: z.object({ id, name: z.string(), areaName: z.string() }), items: z.array(z.object({ label: z.string(), count: z.int() })) }),
})
export const mergeUnit = describeRoute({
  ...admin, id: 'mergeUnit', method: 'POST', path: '/api/admin/units/:id/merge', summary: '合并机构', access: manage, params,
  body: z.strictObject({ intoId: id, version: z.int(), reason: z.string().trim().min(1, '请填写原因').max(200) }), response: z.object({ items: z.array(z.object({ label: z.string(), count: z.int() })) }),
})
const state_ = { ...admin, method: 'POST', access: manage, params, body: z.strictObject({ reason: z.string().trim().max(200).optional() }), response: z.object({}) } as const
export const disableUnit = describeRoute({ ...state_, id: 'disableUnit', path: '/api/admin/units/:id/disable', summary: '停用机构' })
export const enableUnit = describeRoute({ ...state_, id: 'enableUnit', path: '/api/admin/units/:id/enable', summary: '启用机构' })
export const deleteUnit = describeRoute({ ...admin, id: 'deleteUnit', method: 'DELETE', path: '/api/admin/units/:id', summary: '删除机构', access: manage, params, response: z.object({}) })

const cell = z.string().max(200)
export const importUnits = describeRoute({
  ...admin, id: 'importUnits', method: 'POST', path: '/api/admin/units/import', summary: '批量导入机构', access: manage,
  body: z.strictObject({
    tenantId: id.optional(),
    rows: z.array(z.object({ code: cell, name: cell, kind: cell, areaCode: cell, parentCode: cell, vertical: cell.default(''), leaderName: cell.default(''), contactName: cell.default(''), phone: cell.default('') })).min(1).max(2000),
  }),
  response: z.object({ imported: z.int(), errors: z.array(z.object({ row: z.int(), field: z.string(), message: z.string() })) }),
})
