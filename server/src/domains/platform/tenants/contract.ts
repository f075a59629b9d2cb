import { z } from 'zod'
import { id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const manage = { audience: 'staff', access: { permission: 'platform.manageTenants' } } as const
const params = z.object({ id })
const state = z.enum(['active', 'suspended'])
const kind = z.enum(['administration', 'enterprise'])
const areaCode = z.string().regex(/^(\d{6}|\d{9}|\d{12})$/, '区划编码为 6、9 或 12 位数字')
const zone = z.string().max(60).refine((name) => {
  try {
    return new Intl.DateTimeFormat('zh-CN', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}, '时区不正确')

export const listTenants = describeRoute({
  id: 'listTenants', method: 'GET', path: '/api/tenants', summary: '本租户及下级租户', audience: 'staff', access: 'signedIn',
  response: z.object({ items: z.array(z.object({ id, code: z.string(), name: z.string(), level: z.int(), parentId: id.nullable(), areaCode: z.string(), state })) }),
})
export const listTenantTree = describeRoute({
  ...manage, id: 'listTenantTree', method: 'GET', path: '/api/admin/tenants', summary: '租户树',
  response: z.object({
    items: z.array(z.object({
      id, code: z.string(), name: z.string(), kind, areaCode: z.string(), areaName: z.string(), parentId: id.nullable(), level: z.int(), timeZone: z.string(), state, stateReason: z.string().nullable(),
      users: z.int(), units: z.int(), version: z.int(), createdAt: instant,
    })),
  }),
})
const name = z.string().trim().min(2).max(40)
export const createTenant = describeRoute({
  ...manage, id: 'createTenant', method: 'POST', path: '/api/admin/tenants', summary: '新建租户', secret: true,
  body: z.strictObject({
    code: z.string().trim().regex(/^[a-z][a-z0-9-]{1,29}$/, '编码为 2 到 30 位小写字母、数字或 -，以字母开头'), name, kind: kind.default('administration'), areaCode, parentId: id.optional(), timeZone: zone.optional(),
    centre: z.strictObject({ code: z.string().trim().regex(/^[\w-]{2,40}$/, '编码为 2 到 40 位字母、数字、- 或 _'), name: z.string().trim().min(1).max(60) }),
    admin: z.strictObject({ login: z.string().trim().regex(/^[A-Za-z0-9][\w.@-]{1,39}$/, '登录名为 2 到 40 位字母、数字或 . _ @ -'), name: z.string().trim().min(1).max(40), mobile: z.string().trim().max(30).nullable().default(null) }),
  }),
  response: z.object({ id, adminLogin: z.string(), oneTimePassword: z.string() }),
})
export const changeTenant = describeRoute({
  ...manage, id: 'changeTenant', method: 'PATCH', path: '/api/admin/tenants/:id', summary: '修改租户', params,
  body: z.strictObject({ version: z.int(), name: name.optional(), timeZone: zone.optional(), areaCode: areaCode.optional() }), response: z.object({ version: z.int() }),
})
const act = { ...manage, method: 'POST', params, body: z.strictObject({ reason: z.string().trim().min(1).max(200) }), response: z.object({}) } as const
export const suspendTenant = describeRoute({ ...act, id: 'suspendTenant', path: '/api/admin/tenants/:id/suspend', summary: '停用租户' })
export const reopenTenant = describeRoute({ ...act, id: 'reopenTenant', path: '/api/admin/tenants/:id/reopen', summary: '恢复租户' })
