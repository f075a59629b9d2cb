import { z } from 'zod'
import { scopeKinds } from '../../../kernel/ctx.ts'
import { id, instant, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const admin = { audience: 'staff' } as const
const read = { permission: 'platform.readUsers' } as const
const manage = { permission: 'platform.manageUsers' } as const
const params = z.object({ id })
const state = z.enum(['active', 'disabled', 'deleted'])
const reason = z.string().trim().max(200).optional()

export const pickUsers = describeRoute({
  ...admin, id: 'pickUsers', method: 'GET', path: '/api/users', summary: '选择用户', access: 'signedIn',
  query: z.object({ unitId: id.optional(), query: z.string().trim().max(40).optional(), permission: z.string().max(80).optional(), limit: z.coerce.number().int().min(1).max(100).default(30) }),
  response: z.object({ items: z.array(z.object({ id, name: z.string(), staffNo: z.string(), unitId: id.nullable(), unitName: z.string().nullable() })) }),
})

const userItem = z.object({
  id, tenantId: id, login: z.string(), staffNo: z.string(), name: z.string(), unitId: id.nullable(), unitName: z.string().nullable(), mobileMasked: z.string().nullable(),
  roles: z.array(z.string()), state, validTo: localDate.nullable(), lastSignInAt: instant.nullable(),
})
export const listUsers = describeRoute({
  ...admin, id: 'listUsers', method: 'GET', path: '/api/admin/users', summary: '用户列表', access: read,
  query: pageQuery.extend({ tenantId: id.optional(), unitId: id.optional(), query: z.string().trim().max(40).optional(), state: state.optional(), roleId: id.optional() }),
  response: pageOf(userItem),
})

const post = z.object({ unitId: id, main: z.boolean(), title: z.string().trim().max(40).nullable().default(null) })
export const getUser = describeRoute({
  ...admin, id: 'getUser', method: 'GET', path: '/api/admin/users/:id', summary: '用户', access: read, params,
  response: z.object({
    id, tenantId: id, login: z.string(), staffNo: z.string(), name: z.string(), mobileMasked: z.string().nullable(), email: z.string().nullable(), state,
    validFrom: localDate.nullable(), validTo: localDate.nullable(), mustChangePassword: z.boolean(), hasPassword: z.boolean(), totp: z.boolean(), lockedUntil: instant.nullable(),
    lastSignInAt: instant.nullable(), version: z.int(), createdAt: instant, changedAt: instant, changedBy: z.string(),
    posts: z.array(z.object({ unitId: id, unitName: z.string(), main: z.boolean(), title: z.string().nullable() })), sessions: z.int(),
  }),
})

const login = z.string().trim().regex(/^[A-Za-z0-9][\w.@-]{1,39}$/, '登录名为 2 到 40 位字母、数字或 . _ @ -')
const fields = {
  name: z.string().trim().min(1).max(40),
  staffNo: z.string().trim().min(1).max(40),
  mobile: z.string().trim().max(30).nullable(),
  email: z.email('邮箱格式不正确').max(120).nullable(),
  validFrom: localDate.nullable(),
  validTo: localDate.nullable(),
  posts: z.array(post).min(1, '至少一个任职机构').max(20).refine((list) => list.filter((p) => p.main).length === 1, '须指定一个主要机构').refine((list) => new Set(list.map((p) => p.unitId)).size === list.length, '任职机构重复'),
}
export const createUser = describeRoute({
  ...admin, id: 'createUser', method: 'POST', path: '/api/admin/users', summary: '新建用户', access: manage, secret: true,
  body: z.strictObject({
    tenantId: id.optional(), login, name: fields.name, staffNo: fields.staffNo, mobile: fields.mobile.default(null), email: fields.email.default(null),
    validFrom: fields.validFrom.default(null), validTo: fields.validTo.default(null), posts: fields.posts,
    roles: z.array(z.object({ roleId: id, scope: z.enum(scopeKinds).nullable().default(null) })).max(20).default([]),
  }),
  /** The password is shown once and must be changed at the first sign-in. */
  response: z.object({ id, oneTimePassword: z.string() }),
})
export const changeUser = describeRoute({
  ...admin, id: 'changeUser', method: 'PATCH', path: '/api/admin/users/:id', summary: '修改用户', access: manage, params,
  body: z.strictObject({
    version: z.int(), name: fields.name.optional(), staffNo: fields.staffNo.optional(), mobile: fields.mobile.optional(), email: fields.email.optional(),
    validFrom: fields.validFrom.optional(), validTo: fields.validTo.optional(), posts: fields.posts.optional(),
  }),
  response: z.object({ version: z.int() }),
})
const act = { ...admin, method: 'POST', access: manage, params, response: z.object({}), body: z.strictObject({ reason }) } as const
export const disableUser = describeRoute({ ...act, id: 'disableUser', path: '/api/admin/users/:id/disable', summary: '停用用户' })
export const enableUser = describeRoute({ ...act, id: 'enableUser', path: '/api/admin/users/:id/enable', summary: '启用用户' })
export const unlockUser = describeRoute({ ...act, id: 'unlockUser', path: '/api/admin/users/:id/unlock', summary: '解锁用户' })
export const endUserSessions = describeRoute({ ...act, id: 'endUserSessions', path: '/api/admin/users/:id/end-sessions', summary: '强制退出' })
export const resetTotp = describeRoute({ ...act, id: 'resetUserTotp', path: '/api/admin/users/:id/reset-totp', summary: '清除动态口令' })
export const resetPassword = describeRoute({
  ...act, id: 'resetUserPassword', path: '/api/admin/users/:id/reset-password', summary: '重置密码', secret: true, response: z.object({ oneTimePassword: z.string() }),
})
export const deleteUser = describeRoute({ ...admin, id: 'deleteUser', method: 'DELETE', path: '/api/admin/users/:id', summary: '删除用户', access: manage, params, response: z.object({}) })

const row = z.object({
  login: z.string().max(200), name: z.string().max(200), staffNo: z.string().max(200), unitCode: z.string().max(200), roleCodes: z.string().max(500).default(''),
  mobile: z.string().max(200).default(''), email: z.string().max(200).default(''), title: z.string().max(200).default(''), validTo: z.string().max(40).default(''),
})
export const importUsers = describeRoute({
  ...admin, id: 'importUsers', method: 'POST', path: '/api/admin/users/import', summary: '批量导入用户', access: manage,
  body: z.strictObject({ tenantId: id.optional(), rows: z.array(row).min(1).max(2000), checkOnly: z.boolean().default(false) }),
  /** Row numbers count from 1. Imported accounts have no password: they sign in by SMS, or get one by a reset. */
  response: z.object({ imported: z.int(), errors: z.array(z.object({ row: z.int(), field: z.string(), message: z.string() })) }),
})
export { login as loginName }
