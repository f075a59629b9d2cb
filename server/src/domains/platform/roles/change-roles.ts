// Creating, changing, copying and deleting roles; holders feel a change on their next call.
import { authorize } from '../../../kernel/access.ts'
import type { Ctx, ScopeKind } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { changesOf } from '../changes.ts'
import { reachableTenants, targetTenant } from '../reach.ts'
import { touchStamp } from '../stamps.ts'
import type { PlatformTables } from '../tables.gen.ts'
import type * as contract from './contract.ts'
import { checkDelegation } from './delegation.ts'
import { isPermission, roleTemplates } from './rights-catalogue.ts'
import { roleErrors } from './role.errors.ts'
import { keepPast, tellHolders } from './rights-history.ts'
import { insertRole, roleInReach, writeParents, writePermissions } from './role.queries.ts'
import { addRight, effectiveRights, inherit, makesCycle, type EffectiveRole, type Rights } from './role-rights.ts'

type Right = { permission: string; scope: ScopeKind }
const MANAGE = 'platform.manageRoles'

const rightsOf = (list: readonly Right[]): Rights => {
  const rights: Rights = new Map()
  for (const { permission, scope } of list) addRight(rights, permission, scope)
  return rights
}
const listOf = (rights: Rights): Right[] => [...rights].flatMap(([permission, scopes]) => [...scopes].map((scope) => ({ permission, scope })))

export async function createRole(ctx: Ctx, input: Input<typeof contract.createRole>): Promise<{ id: string }> {
  authorize(ctx, MANAGE)
  const tenantId = targetTenant(ctx, MANAGE, input.tenantId)
  const roles = await effectiveRights(ctx, tenantId)
  if ([...roles.values()].some((role) => role.code === input.code)) throw roleErrors('roleCodeTaken', { params: { code: input.code }, fields: [{ path: 'code', message: '编码已存在' }] })
  const from = origin(roles, input)
  const permissions = input.permissions.length > 0 ? input.permissions : from.permissions
  const parentIds = input.parentIds.length > 0 ? input.parentIds : from.parentIds
  const role: Omit<EffectiveRole, 'rights'> = { id: newId(), code: input.code, name: input.name, template: null, startPage: input.startPage, active: true, parentIds, own: rightsOf(permissions) }
  checkRole(ctx, roles, role)
  await insertRole(ctx, { tenantId, id: role.id, code: input.code, name: input.name, group: input.group, description: input.description, startPage: input.startPage, template: null })
  await writeParents(ctx, tenantId, role.id, parentIds)
  await writePermissions(ctx, tenantId, role.id, permissions)
  await touchStamp(ctx, 'rights')
  ctx.audit({ module: 'platform', act: 'createRole', objectType: 'key:role', objectId: role.id, tenantId, changes: { name: { old: null, new: input.name }, permissions: { old: null, new: permissions } } })
  return { id: role.id }
}

function origin(roles: Map<string, EffectiveRole>, input: Input<typeof contract.createRole>): { permissions: Right[]; parentIds: string[] } {
  if (input.copyOf !== undefined) {
    const source = roles.get(input.copyOf)
    if (!source) throw roleErrors('unknownRole', { fields: [{ path: 'copyOf', message: '角色不存在' }] })
    return { permissions: listOf(source.own), parentIds: source.parentIds }
  }
  return { permissions: roleTemplates().find((template) => template.code === input.template)?.permissions ?? [], parentIds: [] }
}

/** Refuses unknown permissions and parents, cycles, and whatever the change would newly give beyond the actor's own rights. */
function checkRole(ctx: Ctx, roles: Map<string, EffectiveRole>, next: Omit<EffectiveRole, 'rights'>): void {
  for (const permission of next.own.keys()) {
    if (!isPermission(permission) && !roles.get(next.id)?.own.has(permission)) throw roleErrors('unknownPermission', { params: { permission }, fields: [{ path: 'permissions', message: `权限 ${permission} 不存在` }] })
  }
  if (next.parentIds.some((id) => !roles.has(id))) throw roleErrors('unknownRole', { fields: [{ path: 'parentIds', message: '上级角色不存在' }] })
  if (makesCycle(roles, next.id, next.parentIds)) throw roleErrors('roleCycle', { fields: [{ path: 'parentIds', message: '形成循环继承' }] })
  const after = inherit([...[...roles.values()].filter((role) => role.id !== next.id), next])
  // Children of the role gain with it: all of them are compared.
  for (const role of after.values()) {
    const before = roles.get(role.id)?.rights ?? new Map()
    const added: Rights = new Map()
    for (const [permission, scopes] of role.rights) for (const scope of scopes) if (!before.get(permission)?.has(scope)) addRight(added, permission, scope)
    checkDelegation(ctx, added)
  }
}

export async function changeRole(ctx: Ctx, input: Input<typeof contract.changeRole>): Promise<{ version: number }> {
  authorize(ctx, MANAGE)
  const row = await roleInReach(ctx, reachableTenants(ctx, MANAGE), input.id)
  const roles = await effectiveRights(ctx, row.tenantId)
  const role = roles.get(row.id)
  if (!role) throw kernelErrors('notFound')
  const parentIds = input.parentIds ?? role.parentIds
  const own = input.permissions === undefined ? role.own : rightsOf(input.permissions)
  const state = input.state ?? row.state
  checkRole(ctx, roles, { ...role, parentIds, own, active: state === 'active' })
  const updated = await ctx
    .db<PlatformTables>()
    .updateTable('platform_role')
    .set((e) => ({
      name: input.name ?? row.name, group_name: input.group ?? row.group, description: input.description ?? row.description, start_page: input.startPage ?? row.startPage, state,
      version: e('version', '+', 1), changed_at: ts(ctx.clock.now()), changed_by: ctx.actor.name,
    }))
    .where('tenant_id', '=', row.tenantId)
    .where('id', '=', row.id)
    .where('version', '=', input.version)
    .returning('version')
    .executeTakeFirst()
  if (!updated) throw kernelErrors('conflict', { current: { version: row.version, changedBy: row.changedBy, changedAt: row.changedAt } })
  const touched = input.permissions !== undefined || input.parentIds !== undefined || state !== row.state
  if (touched) await keepPast(ctx, row.tenantId, { ...role, state: row.state }, input.reason)
  if (input.parentIds) await writeParents(ctx, row.tenantId, row.id, parentIds)
  if (input.permissions) await writePermissions(ctx, row.tenantId, row.id, input.permissions)
  await touchStamp(ctx, 'rights')
  const before = { name: row.name, state: row.state, parentIds: role.parentIds, permissions: listOf(role.own) }
  const changes = changesOf(before, { name: input.name, state: input.state, parentIds: input.parentIds, permissions: input.permissions })
  if (touched) await tellHolders(ctx, row, input.reason)
  ctx.audit({ module: 'platform', act: 'changeRole', objectType: 'key:role', objectId: row.id, tenantId: row.tenantId, changes, ...(input.reason ? { text: input.reason } : {}) })
  return updated
}

export async function deleteRole(ctx: Ctx, input: Input<typeof contract.deleteRole>): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  const row = await roleInReach(ctx, reachableTenants(ctx, MANAGE), input.id)
  const roles = await effectiveRights(ctx, row.tenantId)
  const children = [...roles.values()].filter((role) => role.parentIds.includes(row.id))
  const groups = await ctx.db<PlatformTables>().selectFrom('platform_group_role').select('group_id').where('tenant_id', '=', row.tenantId).where('role_id', '=', row.id).execute()
  if (row.holders > 0 || children.length > 0 || groups.length > 0) throw roleErrors('roleInUse', { detail: `${row.holders} 人持有，${children.length} 个角色继承${groups.length > 0 ? `，${groups.length} 个用户组使用` : ''}` })
  const own = roles.get(row.id)
  if (own) await keepPast(ctx, row.tenantId, { ...own, state: row.state })
  await ctx.db<PlatformTables>().deleteFrom('platform_delegation').where('tenant_id', '=', row.tenantId).where('role_id', '=', row.id).where('ended_at', 'is not', null).execute()
  await ctx.db<PlatformTables>().deleteFrom('platform_role').where('tenant_id', '=', row.tenantId).where('id', '=', row.id).execute()
  await touchStamp(ctx, 'rights')
  ctx.audit({ module: 'platform', act: 'deleteRole', objectType: 'key:role', objectId: row.id, tenantId: row.tenantId, changes: { name: { old: row.name, new: null } } })
  return {}
}
