import { z } from 'zod'
import { scopeKinds } from '../../../kernel/ctx.ts'
import { id, instant, localDate } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const scope = z.enum(scopeKinds)
const right = z.object({ permission: z.string().max(80), scope })
const roleId = z.object({ id })
const tenant = z.object({ tenantId: id.optional() })
const roleItem = z.object({
  id, tenantId: id, code: z.string(), name: z.string(), group: z.string(), description: z.string(), startPage: z.string(), state: z.enum(['active', 'disabled']), template: z.string().nullable(),
  holders: z.int(), version: z.int(), changedAt: instant, changedBy: z.string(),
})
const writable = {
  name: z.string().trim().min(1).max(40),
  group: z.string().trim().max(40),
  description: z.string().trim().max(200),
  startPage: z.string().trim().regex(/^\/[\w/-]*$/, '起始页须以 / 开头').max(80),
  parentIds: z.array(id).max(20),
  permissions: z.array(right).max(1000),
}
const admin = { audience: 'staff' } as const
const read = { permission: 'platform.readRoles' } as const
const manage = { permission: 'platform.manageRoles' } as const
const grant = { permission: 'platform.grantRoles' } as const

export const listPermissions = describeRoute({
  ...admin, id: 'listPermissions', method: 'GET', path: '/api/admin/permissions', summary: '权限目录', access: read,
  response: z.object({ items: z.array(z.object({ code: z.string(), name: z.string(), module: z.string() })), scopes: z.array(z.object({ code: scope, name: z.string() })) }),
})
export const listRoleTemplates = describeRoute({
  ...admin, id: 'listRoleTemplates', method: 'GET', path: '/api/admin/role-templates', summary: '角色模板', access: read,
  response: z.object({ items: z.array(z.object({ code: z.string(), name: z.string(), group: z.string(), description: z.string(), startPage: z.string(), permissions: z.array(right) })) }),
})
export const listRoles = describeRoute({
  ...admin, id: 'listRoles', method: 'GET', path: '/api/admin/roles', summary: '角色列表', access: { anyOf: ['platform.readRoles', 'platform.grantRoles'] }, query: tenant,
  response: z.object({ items: z.array(roleItem) }),
})
export const getRole = describeRoute({
  ...admin, id: 'getRole', method: 'GET', path: '/api/admin/roles/:id', summary: '角色', access: read, params: roleId,
  response: roleItem.extend({
    parents: z.array(z.object({ id, name: z.string() })),
    permissions: z.array(right),
    /** With what is inherited; `from` names the role that gives it. */
    effective: z.array(right.extend({ name: z.string(), from: z.array(z.string()) })),
  }),
})
export const createRole = describeRoute({
  ...admin, id: 'createRole', method: 'POST', path: '/api/admin/roles', summary: '新建角色', access: manage,
  body: z.strictObject({
    tenantId: id.optional(), code: z.string().trim().regex(/^[A-Za-z][\w-]{1,39}$/, '编码以字母开头，只含字母、数字、- 和 _'), name: writable.name,
    group: writable.group.default(''), description: writable.description.default(''), startPage: writable.startPage.default('/home'),
    parentIds: writable.parentIds.default([]), permissions: writable.permissions.default([]),
    /** Start from a role of the tenant, or from a shipped template by its code. */
    copyOf: id.optional(), template: z.string().max(40).optional(),
  }),
  response: z.object({ id }),
})
export const changeRole = describeRoute({
  ...admin, id: 'changeRole', method: 'PATCH', path: '/api/admin/roles/:id', summary: '修改角色', access: manage, params: roleId,
  body: z.strictObject({
    version: z.int(), name: writable.name.optional(), group: writable.group.optional(), description: writable.description.optional(), startPage: writable.startPage.optional(),
    parentIds: writable.parentIds.optional(), permissions: writable.permissions.optional(), state: z.enum(['active', 'disabled']).optional(), reason: z.string().trim().max(200).optional(),
  }),
  response: z.object({ version: z.int() }),
})
export const deleteRole = describeRoute({ ...admin, id: 'deleteRole', method: 'DELETE', path: '/api/admin/roles/:id', summary: '删除角色', access: manage, params: roleId, response: z.object({}) })

export const grantRole = describeRoute({
  ...admin, id: 'grantRole', method: 'POST', path: '/api/admin/users/:id/grants', summary: '授予角色', access: grant, params: roleId,
  body: z.strictObject({ roleId: id, scope: scope.nullable().default(null), validFrom: localDate.nullable().default(null), validTo: localDate.nullable().default(null), reason: z.string().trim().max(200).optional() }),
  response: z.object({ id }),
})
export const withdrawGrant = describeRoute({
  ...admin, id: 'withdrawGrant', method: 'DELETE', path: '/api/admin/users/:id/grants/:grantId', summary: '收回角色', access: grant, params: z.object({ id, grantId: id }),
  body: z.strictObject({ reason: z.string().trim().max(200).optional() }), response: z.object({}),
})
export const userRights = describeRoute({
  ...admin, id: 'getUserRights', method: 'GET', path: '/api/admin/users/:id/rights', summary: '用户的全部权限及来源', access: { anyOf: ['platform.readUsers', 'platform.grantRoles'] }, params: roleId,
  response: z.object({
    grants: z.array(z.object({
      id, roleId: id, roleCode: z.string(), roleName: z.string(), scope: scope.nullable(), validFrom: localDate.nullable(), validTo: localDate.nullable(),
      inForce: z.boolean(), origin: z.string(), via: z.enum(['grant', 'group', 'delegation']), viaName: z.string().nullable(), grantedBy: z.string(), grantedAt: instant,
    })),
    rights: z.array(z.object({
      permission: z.string(), name: z.string(), module: z.string(), scope,
      origins: z.array(z.object({ grantId: id, roleName: z.string(), via: z.array(z.string()), scope })),
    })),
  }),
})
