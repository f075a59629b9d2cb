// Roles as rows.
import { sql } from 'kysely'
import type { Ctx, ScopeKind } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import type { PlatformTables } from '../tables.gen.ts'

export type RoleRow = {
  id: string; tenantId: string; code: string; name: string; group: string; description: string; startPage: string; state: 'active' | 'disabled'; template: string | null
  holders: number; version: number; changedAt: Instant; changedBy: string
}

export async function readRoles(ctx: Ctx, tenantIds: string[], roleId?: string): Promise<RoleRow[]> {
  const { rows } = await sql<RoleRow>`select r.id, r.tenant_id as "tenantId", r.code, r.name, r.group_name as "group", r.description, r.start_page as "startPage", r.state, r.template,
      (select count(distinct g.user_id)::int from platform_held_role_view g where g.tenant_id = r.tenant_id and g.role_id = r.id) as holders, r.version, r.changed_at as "changedAt", r.changed_by as "changedBy"
    from platform_role r where r.tenant_id = any(${tenantIds}::uuid[]) and (${roleId ?? null}::uuid is null or r.id = ${roleId ?? null}::uuid)
    order by r.group_name, r.created_at, r.code`.execute(ctx.db())
  return rows
}

/** A role within reach. @throws kernel.notFound */
export async function roleInReach(ctx: Ctx, tenantIds: string[], roleId: string): Promise<RoleRow> {
  const [row] = await readRoles(ctx, tenantIds, roleId)
  if (!row) throw kernelErrors('notFound')
  return row
}

export async function writeParents(ctx: Ctx, tenantId: string, roleId: string, parentIds: readonly string[]): Promise<void> {
  const db = ctx.db<PlatformTables>()
  await db.deleteFrom('platform_role_parent').where('tenant_id', '=', tenantId).where('role_id', '=', roleId).execute()
  const rows = [...new Set(parentIds)].map((parent_id) => ({ tenant_id: tenantId, role_id: roleId, parent_id }))
  if (rows.length > 0) await db.insertInto('platform_role_parent').values(rows).execute()
}

export async function writePermissions(ctx: Ctx, tenantId: string, roleId: string, permissions: readonly { permission: string; scope: ScopeKind }[]): Promise<void> {
  const db = ctx.db<PlatformTables>()
  await db.deleteFrom('platform_role_permission').where('tenant_id', '=', tenantId).where('role_id', '=', roleId).execute()
  const rows = permissions.map(({ permission, scope }) => ({ tenant_id: tenantId, role_id: roleId, permission, scope }))
  if (rows.length > 0) await db.insertInto('platform_role_permission').values(rows).onConflict((c) => c.doNothing()).execute()
}

export async function insertRole(ctx: Ctx, role: { tenantId: string; id: string; code: string; name: string; group: string; description: string; startPage: string; template: string | null }): Promise<void> {
  const now = ts(ctx.clock.now())
  await ctx
    .db<PlatformTables>()
    .insertInto('platform_role')
    .values({
      tenant_id: role.tenantId, id: role.id, code: role.code, name: role.name, group_name: role.group, description: role.description, start_page: role.startPage,
      template: role.template, created_at: now, changed_at: now, changed_by: ctx.actor.name,
    })
    .execute()
}
