import { sql } from 'kysely'
import { authorize, permissionName } from '../../../kernel/access.ts'
import type { Ctx, ScopeKind } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { localDate } from '../../../kernel/time/index.ts'
import { userInReach } from '../users/user.queries.ts'
import type * as contract from './contract.ts'
import { grantedRights } from './grants.ts'
import { givers } from './list-roles.ts'
import { allPermissions } from './rights-catalogue.ts'
import { effectiveRights, widest } from './role-rights.ts'

type Answer = Output<typeof contract.userRights>
type Grant = Answer['grants'][number]

/** All rights of a person with the grants and roles they come from. */
export async function userRights(ctx: Ctx, input: Input<typeof contract.userRights>): Promise<Answer> {
  const permission = ctx.actor.grants.has('platform.readUsers') ? 'platform.readUsers' : 'platform.grantRoles'
  authorize(ctx, permission)
  const user = await userInReach(ctx, permission, input.id)
  const today = localDate(ctx.clock.now())
  const { rows } = await sql<Omit<Grant, 'inForce'> & { roleState: string }>`select h.via_id as id, r.id as "roleId", r.code as "roleCode", r.name as "roleName", r.state as "roleState", h.scope, h.valid_from as "validFrom",
      h.valid_to as "validTo", h.via, coalesce((select g.origin from platform_grant g where g.tenant_id = h.tenant_id and g.id = h.via_id), h.via) as origin,
      case h.via when 'group' then (select g.name from platform_group g where g.tenant_id = h.tenant_id and g.id = h.via_id) when 'delegation' then h.given_by end as "viaName", h.given_by as "grantedBy", h.given_at as "grantedAt"
    from platform_held_role_view h join platform_role r on r.tenant_id = h.tenant_id and r.id = h.role_id
    where h.tenant_id = ${user.tenantId} and h.user_id = ${user.id} order by h.given_at, h.via_id, r.code`.execute(ctx.db())
  const grants = rows.map(({ roleState, ...grant }) => ({
    ...grant, inForce: roleState === 'active' && (grant.validFrom ?? today) <= today && (grant.validTo ?? today) >= today,
  }))
  return { grants, rights: await rightsWithOrigins(ctx, user.tenantId, grants.filter((grant) => grant.inForce)) }
}

async function rightsWithOrigins(ctx: Ctx, tenantId: string, grants: Grant[]): Promise<Answer['rights']> {
  const roles = await effectiveRights(ctx, tenantId)
  const modules = new Map(allPermissions().map((p) => [p.code, p.module]))
  const found = new Map<string, Answer['rights'][number]>()
  for (const grant of grants) {
    const role = roles.get(grant.roleId)
    if (!role) continue
    for (const [permission, scopes] of grantedRights(role, grant.scope)) {
      const scope = widest(scopes) ?? 'own'
      const right = found.get(permission) ?? { permission, name: permissionName(permission), module: modules.get(permission) ?? '', scope, origins: [] }
      right.scope = widest(new Set<ScopeKind>([right.scope, scope])) ?? scope
      right.origins.push({ grantId: grant.id, roleName: role.name, via: givers(roles, role, permission), scope })
      found.set(permission, right)
    }
  }
  return [...found.values()].toSorted((a, b) => a.module.localeCompare(b.module) || a.permission.localeCompare(b.permission))
}
