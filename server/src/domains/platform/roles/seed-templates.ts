// The shipped roles as rows of a tenant.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { newId } from '../../../kernel/runtime.ts'
import { touchStamp } from '../stamps.ts'
import { allPermissions, roleTemplates } from './rights-catalogue.ts'

const KNOWN = 'platform.knownPermissions'
const KNOWN_RIGHTS = 'platform.knownRoleRights'

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

/** Rights that shipped roles got before upgrades brought single rights to roles that stand: they come with the first start that does. */
const CAME_LATE = ['unitLeader quality.own', 'tenantAdmin callback.read', 'tenantAdmin callback.plan']

/**
 * Gives what came with an upgrade to the roles made from shipped templates, in all tenants: new permissions, and rights that a shipped
 * role has newly got. What administrators took away before stays away, because only what was never seen before is added. Called at every
 * start; idempotent. Returns the new permissions.
 */
export async function addNewPermissions(ctx: Ctx): Promise<string[]> {
  const db = ctx.acrossTenants('an upgrade concerns all tenants')
  const { rows } = await sql<{ key: string; value: string[] }>`select key, value from kernel_state where key in (${KNOWN}, ${KNOWN_RIGHTS}) order by key for update`.execute(db)
  const seen = (key: string): string[] | undefined => rows.find((one) => one.key === key)?.value
  const all = roleTemplates().flatMap((t) => t.permissions.map((p) => ({ code: t.code, ...p })))
  const nameOf = (right: { code: string; permission: string }): string => `${right.code} ${right.permission}`
  const known = new Set(seen(KNOWN) ?? [])
  const knownRights = new Set(seen(KNOWN_RIGHTS) ?? (known.size === 0 ? [] : all.map(nameOf).filter((name) => !CAME_LATE.includes(name))))
  const fresh = allPermissions().map((p) => p.code).filter((code) => !known.has(code))
  const rights = all.filter((right) => fresh.includes(right.permission) || !knownRights.has(nameOf(right)))
  if (fresh.length === 0 && rights.length === 0 && seen(KNOWN_RIGHTS)) return []
  await sql`insert into platform_role_permission (tenant_id, role_id, permission, scope)
    select r.tenant_id, r.id, p.permission, p.scope from jsonb_to_recordset(${JSON.stringify(rights)}::jsonb) as p(code text, permission text, scope text)
    join platform_role r on r.template = p.code on conflict do nothing`.execute(db)
  const keep = (key: string, value: Iterable<string>) => sql`insert into kernel_state (key, value) values (${key}, ${JSON.stringify([...value])}::jsonb) on conflict (key) do update set value = excluded.value`.execute(db)
  await keep(KNOWN, [...known, ...fresh])
  await keep(KNOWN_RIGHTS, new Set([...knownRights, ...all.map(nameOf)]))
  await touchStamp(ctx, 'rights')
  return fresh
}
