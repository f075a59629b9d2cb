import { authorize, permissionName } from '../../../kernel/access.ts'
import { scopeKinds, type Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { reachableTenants, targetTenant } from '../reach.ts'
import type * as contract from './contract.ts'
import { allPermissions, roleTemplates } from './rights-catalogue.ts'
import { readRoles, roleInReach } from './role.queries.ts'
import { effectiveRights, type EffectiveRole } from './role-rights.ts'
import { scopeTexts } from './scopes.zh-CN.ts'

export async function listPermissions(ctx: Ctx): Promise<Output<typeof contract.listPermissions>> {
  authorize(ctx, 'platform.readRoles')
  return { items: allPermissions(), scopes: scopeKinds.map((code) => ({ code, name: scopeTexts[code] })) }
}

export async function listRoleTemplates(ctx: Ctx): Promise<Output<typeof contract.listRoleTemplates>> {
  authorize(ctx, 'platform.readRoles')
  return { items: roleTemplates() }
}

export async function listRoles(ctx: Ctx, input: Input<typeof contract.listRoles>): Promise<Output<typeof contract.listRoles>> {
  const permission = ctx.actor.grants.has('platform.readRoles') ? 'platform.readRoles' : 'platform.grantRoles'
  authorize(ctx, permission)
  return { items: await readRoles(ctx, [targetTenant(ctx, permission, input.tenantId)]) }
}

export async function getRole(ctx: Ctx, input: Input<typeof contract.getRole>): Promise<Output<typeof contract.getRole>> {
  authorize(ctx, 'platform.readRoles')
  const row = await roleInReach(ctx, reachableTenants(ctx, 'platform.readRoles'), input.id)
  const roles = await effectiveRights(ctx, row.tenantId)
  const role = roles.get(row.id)
  if (!role) throw new Error(`role ${row.id} is missing in the effective rights`)
  return {
    ...row,
    parents: role.parentIds.flatMap((id) => roles.get(id) ?? []).map(({ id, name }) => ({ id, name })),
    permissions: [...role.own].flatMap(([permission, scopes]) => [...scopes].map((scope) => ({ permission, scope }))),
    effective: [...role.rights].flatMap(([permission, scopes]) =>
      [...scopes].map((scope) => ({ permission, scope, name: permissionName(permission), from: givers(roles, role, permission) })),
    ),
  }
}

/** Names of the roles in the line of inheritance that hold the permission themselves. */
export function givers(roles: ReadonlyMap<string, EffectiveRole>, role: EffectiveRole, permission: string, visited = new Set<string>()): string[] {
  if (visited.has(role.id) || !role.active) return []
  visited.add(role.id)
  const inherited = role.parentIds.flatMap((id) => roles.get(id) ?? []).flatMap((parent) => givers(roles, parent, permission, visited))
  return role.own.has(permission) ? [role.name, ...inherited] : inherited
}
