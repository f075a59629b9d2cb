import { z } from 'zod'
import { scopeKinds } from '../../../kernel/ctx.ts'
import { id, instant, localDate } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const manage = { audience: 'staff', access: { permission: 'platform.manageGroups' } } as const
const kind = z.enum(['team', 'project', 'virtual'])
const state = z.enum(['active', 'disabled'])
const params = z.object({ id })
const scope = z.enum(scopeKinds).nullable()

const groupItem = z.object({
  id, name: z.string(), kind, unitId: id, unitName: z.string(), ownUnitId: id.nullable(), ownUnitCode: z.string().nullable(), purpose: z.string(), endsOn: localDate.nullable(), state, members: z.int(), leaders: z.array(z.string()), roles: z.array(z.string()), version: z.int(), changedAt: instant, changedBy: z.string(),
})
export const listGroups = describeRoute({
  ...manage, id: 'listGroups', method: 'GET', path: '/api/admin/groups', summary: '用户组列表', query: z.object({ query: z.string().trim().max(40).optional() }), response: z.object({ items: z.array(groupItem) }),
})
export const getGroup = describeRoute({
  ...manage, id: 'getGroup', method: 'GET', path: '/api/admin/groups/:id', summary: '用户组', params,
  response: groupItem.omit({ members: true, roles: true, leaders: true }).extend({
    members: z.array(z.object({ userId: id, name: z.string(), staffNo: z.string(), unitName: z.string().nullable(), leader: z.boolean(), state: z.string(), joinedAt: instant, addedBy: z.string() })),
    roles: z.array(z.object({ roleId: id, name: z.string(), scope })),
  }),
})
const fields = {
  name: z.string().trim().min(1).max(40), kind, unitId: id, purpose: z.string().trim().max(200), endsOn: localDate.nullable(),
  members: z.array(z.object({ userId: id, leader: z.boolean().default(false) })).max(500).refine((list) => new Set(list.map((one) => one.userId)).size === list.length, '成员重复'),
  roles: z.array(z.object({ roleId: id, scope: scope.default(null) })).max(20).refine((list) => new Set(list.map((one) => one.roleId)).size === list.length, '角色重复'),
}
export const createGroup = describeRoute({
  ...manage, id: 'createGroup', method: 'POST', path: '/api/admin/groups', summary: '新建用户组',
  body: z.strictObject({ name: fields.name, kind: fields.kind, unitId: fields.unitId, purpose: fields.purpose.default(''), endsOn: fields.endsOn.default(null), members: fields.members.default([]), roles: fields.roles.default([]) }), response: z.object({ id }),
})
export const changeGroup = describeRoute({
  ...manage, id: 'changeGroup', method: 'PATCH', path: '/api/admin/groups/:id', summary: '修改用户组', params,
  body: z.strictObject({
    version: z.int(), name: fields.name.optional(), kind: fields.kind.optional(), purpose: fields.purpose.optional(), endsOn: fields.endsOn.optional(), state: state.optional(),
    members: fields.members.optional(), roles: fields.roles.optional(), reason: z.string().trim().max(200).optional(),
  }),
  response: z.object({ version: z.int() }),
})
export const deleteGroup = describeRoute({ ...manage, id: 'deleteGroup', method: 'DELETE', path: '/api/admin/groups/:id', summary: '删除用户组', params, body: z.strictObject({ reason: z.string().trim().max(200).optional() }), response: z.object({}) })
