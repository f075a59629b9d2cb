// What a role really holds: its own permissions and those of all its parents, cached per tenant until rights change.
import { sql, type Kysely } from 'kysely'
import type { Ctx, ScopeKind } from '../../../kernel/ctx.ts'
import { scopeKinds } from '../../../kernel/ctx.ts'
import { stampsOf } from '../stamps.ts'

export type Rights = Map<string, Set<ScopeKind>>
export type EffectiveRole = { id: string; code: string; name: string; template: string | null; startPage: string; active: boolean; parentIds: string[]; own: Rights; rights: Rights }

type AnyDb = Kysely<Record<string, never>>
type Row = { id: string; code: string; name: string; template: string | null; start_page: string; state: string; parent_ids: string[]; permissions: [string, ScopeKind][] }

const cache = new Map<string, { stamp: string; roles: Promise<Map<string, EffectiveRole>> }>()

/** Effective roles of a tenant by id, as they stand under the `rights` stamp. */
export async function effectiveRights(ctx: Ctx, tenantId: string): Promise<Map<string, EffectiveRole>> {
  return rolesUnder(ctx.acrossTenants('roles of the tenant in question'), tenantId, (await stampsOf(ctx)).rights)
}

/** Active roles of the caller's tenant by code and name, for choosing who sees something. */
export async function tenantRoles(ctx: Ctx): Promise<{ code: string; name: string }[]> {
  return [...(await effectiveRights(ctx, ctx.tenantId)).values()].filter((role) => role.active).map(({ code, name }) => ({ code, name })).toSorted((a, b) => (a.code < b.code ? -1 : 1))
}

/** The same for a caller that has just read the stamp itself (each request resolves its subject with one query). */
export function rolesUnder(db: AnyDb, tenantId: string, stamp: string): Promise<Map<string, EffectiveRole>> {
  const held = cache.get(tenantId)
  if (held?.stamp === stamp) return held.roles
  const roles = readRoles(db, tenantId)
  cache.set(tenantId, { stamp, roles })
  roles.catch(() => cache.delete(tenantId))
  return roles
}

async function readRoles(db: AnyDb, tenantId: string): Promise<Map<string, EffectiveRole>> {
  const { rows } = await sql<Row>`select r.id, r.code, r.name, r.template, r.start_page, r.state,
      coalesce((select array_agg(p.parent_id) from platform_role_parent p where p.tenant_id = r.tenant_id and p.role_id = r.id), '{}') as parent_ids,
      coalesce((select jsonb_agg(jsonb_build_array(m.permission, m.scope)) from platform_role_permission m where m.tenant_id = r.tenant_id and m.role_id = r.id), '[]') as permissions
    from platform_role r where r.tenant_id = ${tenantId}`.execute(db)
  return inherit(rows.map((row) => {
    const own: Rights = new Map()
    for (const [permission, scope] of row.permissions) addRight(own, permission, scope)
    return { id: row.id, code: row.code, name: row.name, template: row.template, startPage: row.start_page, active: row.state === 'active', parentIds: row.parent_ids, own }
  }))
}

/** Adds to every role what its active parents hold, through any depth. A disabled role gives nothing, also not to its children. */
export function inherit(roles: Omit<EffectiveRole, 'rights'>[]): Map<string, EffectiveRole> {
  const byId = new Map(roles.map((role) => [role.id, role]))
  const collect = (id: string, into: Rights, visited: Set<string>): void => {
    const role = byId.get(id)
    if (!role || visited.has(id) || !role.active) return
    visited.add(id)
    for (const [permission, scopes] of role.own) for (const scope of scopes) addRight(into, permission, scope)
    for (const parent of role.parentIds) collect(parent, into, visited)
  }
  return new Map(
    roles.map((role) => {
      const rights: Rights = new Map()
      collect(role.id, rights, new Set())
      return [role.id, { ...role, rights }]
    }),
  )
}

/** Whether giving `roleId` these parents would make a role its own ancestor. */
export function makesCycle(roles: ReadonlyMap<string, Pick<EffectiveRole, 'parentIds'>>, roleId: string, parentIds: readonly string[]): boolean {
  const reaches = (id: string, visited: Set<string>): boolean => {
    if (id === roleId) return true
    if (visited.has(id)) return false
    visited.add(id)
    return (roles.get(id)?.parentIds ?? []).some((parent) => reaches(parent, visited))
  }
  return parentIds.some((parent) => reaches(parent, new Set()))
}

export function addRight(rights: Rights, permission: string, scope: ScopeKind): void {
  const scopes = rights.get(permission)
  if (scopes) scopes.add(scope)
  else rights.set(permission, new Set([scope]))
}

/** The narrower of a role's scope and the narrowing of a grant. */
export function narrow(scope: ScopeKind, to: ScopeKind | null): ScopeKind {
  return to !== null && scopeKinds.indexOf(to) < scopeKinds.indexOf(scope) ? to : scope
}

/** The widest scope of a set, null for none. */
export function widest(scopes: ReadonlySet<ScopeKind> | undefined): ScopeKind | null {
  return scopes ? (scopeKinds.findLast((scope) => scopes.has(scope)) ?? null) : null
}
