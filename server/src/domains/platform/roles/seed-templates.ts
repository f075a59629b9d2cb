// The shipped roles as rows of a tenant.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { newId } from '../../../kernel/runtime.ts'
import { touchStamp } from '../stamps.ts'
import { allPermissions, roleTemplates } from './rights-catalogue.ts'

const KNOWN = 'platform.knownPermissions'

/** Makes the shipped roles in a tenant that has none of them yet; returns role ids by template code. */
export async function seedRoleTemplates(ctx: Ctx, tenantId: string): Promise<Map<string, string>> {
  const roles = roleTemplates().map((template) => ({ ...template, id: newId() }))
  const at = toIso(ctx.clock.now())
  await sql`insert into platform_role (tenant_id, id, code, name, group_name, description, start_page, template, created_at, changed_at, changed_by)
    select ${tenantId}, id, code, name, "group", description, start_page, code, ${at}::timestamptz, ${at}::timestamptz, '系统'
    from jsonb_to_recordset(${JSON.stringify(roles.map((r) => ({ ...r, start_page: r.startPage, permissions: undefined })))}::jsonb)
      as r(id uuid, code text, name text, "group" text, description text, start_page text)`.execute(ctx.db())
  const rights = roles.flatMap((role) => role.permissions.map((p) => ({ role_id: role.id, ...p })))
  await sql`insert into platform_role_permission (tenant_id, role_id, permission, scope)
    select ${tenantId}, role_id, permission, scope from jsonb_to_recordset(${JSON.stringify(rights)}::jsonb) as p(role_id uuid, permission text, scope text)`.execute(ctx.db())
  await touchStamp(ctx, 'rights')
  return new Map(roles.map((role) => [role.code, role.id]))
}

/**
 * Gives permissions that came with an upgrade to the roles made from shipped templates, in all tenants; what administrators took away
 * before stays away, because only permissions never seen before are added. Called at every start; idempotent.
 */
export async function addNewPermissions(ctx: Ctx): Promise<string[]> {
  const db = ctx.acrossTenants('an upgrade concerns all tenants')
  const { rows } = await sql<{ value: string[] }>`select value from kernel_state where key = ${KNOWN} for update`.execute(db)
  const known = new Set(rows[0]?.value ?? [])
  const fresh = allPermissions().map((p) => p.code).filter((code) => !known.has(code))
  if (fresh.length === 0) return []
  const rights = roleTemplates().flatMap((t) => t.permissions.filter((p) => fresh.includes(p.permission)).map((p) => ({ code: t.code, ...p })))
  await sql`insert into platform_role_permission (tenant_id, role_id, permission, scope)
    select r.tenant_id, r.id, p.permission, p.scope from jsonb_to_recordset(${JSON.stringify(rights)}::jsonb) as p(code text, permission text, scope text)
    join platform_role r on r.template = p.code on conflict do nothing`.execute(db)
  await sql`insert into kernel_state (key, value) values (${KNOWN}, ${JSON.stringify([...known, ...fresh])}::jsonb) on conflict (key) do update set value = excluded.value`.execute(db)
  await touchStamp(ctx, 'rights')
  return fresh
}
