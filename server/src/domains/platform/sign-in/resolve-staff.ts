// Who a staff session belongs to now. One query a request; what roles hold comes from the process's cache under the rights stamp.
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Actor, ScopeKind } from '../../../kernel/ctx.ts'
import { kept } from '../../../kernel/db/statement-names.ts'
import type { Session } from '../../../kernel/auth/sessions.ts'
import { toIso, type Instant } from '../../../kernel/time/index.ts'
import { applicationLimits } from '../applications/grants.ts'
import { keepStamps } from '../stamps.ts'
import { limitsUnder } from '../tenants/tenant-control.ts'
import { addRight, narrow, rolesUnder, type Rights } from '../roles/role-rights.ts'

type Row = {
  name: string
  stamps: Record<string, string>
  tenant_ids: string[]
  units: [id: string, name: string, areaCode: string][]
  grants: [roleId: string, scope: ScopeKind | null][]
  mates: string[]
}

/** Null when account or tenant is disabled or out of its validity, or the session is not one of staff: the caller is then nobody. */
export async function resolveStaff(db: Kysely<Record<string, never>>, session: Session, now: Instant): Promise<Actor | null> {
  if (session.audience !== 'staff') return null
  const plain = db.withoutPlugins()
  const row = session.subject === undefined ? await readStaff(plain, session, now) : (session.subject as Row | null)
  if (!row) return null
  const roles = await rolesUnder(plain, session.tenantId, row.stamps['rights'] ?? '')
  const limits = await limitsUnder(plain, session.tenantId, row.stamps['tenants'] ?? '')
  const grants: Rights = new Map()
  const names: string[] = []
  const codes = new Set<string>()
  const switchedOff = new Set<string>()
  for (const [roleId, narrowing] of row.grants) {
    const role = roles.get(roleId)
    if (!role?.active || (role.template !== null && limits.roles.has(role.template))) continue
    if (!names.includes(role.name)) names.push(role.name)
    codes.add(role.code)
    for (const [permission, scopes] of role.rights) {
      if (limits.off.has(permission)) switchedOff.add(permission)
      if (!limits.permissions.has(permission)) for (const scope of scopes) addRight(grants, permission, narrow(scope, narrowing))
    }
  }
  const application = await applicationLimits(plain, session, now)
  if (application === 'over') return null
  if (application) for (const permission of [...grants.keys()]) if (!application.scopes.has(permission)) grants.delete(permission)
  const actor: Actor = {
    kind: 'user', id: session.subjectId, name: application ? `${application.name}（应用）` : row.name, tenantId: session.tenantId, sessionId: session.tokenHash,
    unitIds: row.units.map(([id]) => id), unitName: row.units[0]?.[1] ?? null, areaCode: row.units[0]?.[2] ?? null,
    ...(row.mates.length > 0 ? { groupMates: row.mates } : {}),
    tenantIds: row.tenant_ids, grants, roleNames: names.join('、'), roleCodes: [...codes], ...(switchedOff.size > 0 ? { switchedOff } : {}), phoneHash: null,
  }
  keepStamps(actor, row.stamps)
  return actor
}

/** The account with its posts and grants as they stand today, found by the session's own columns: nothing while account or tenant is off. */
export const staffRow = (now: Instant): RawBuilder<Row> => sql<Row>`select u.name, (select jsonb_object_agg(v.key, v.stamp) from platform_version v) as stamps,
      array(select b.id from platform_tenant b where b.path @> array[t.id]) as tenant_ids,
      coalesce((select jsonb_agg(jsonb_build_array(n.id, n.name, n.area_code) order by p.main desc, n.code)
        from platform_held_post_view p join platform_unit n on n.tenant_id = p.tenant_id and n.id = p.unit_id and n.state = 'active'
        where p.tenant_id = u.tenant_id and p.user_id = u.id and coalesce(p.valid_to >= d.today, true)), '[]') as units,
      coalesce((select jsonb_agg(jsonb_build_array(g.role_id, g.scope)) from platform_held_role_view g
        where g.tenant_id = u.tenant_id and g.user_id = u.id and coalesce(g.valid_from <= d.today, true) and coalesce(g.valid_to >= d.today, true)), '[]') as grants,
      array(select distinct o.user_id from platform_group_member m join platform_group g on g.tenant_id = m.tenant_id and g.id = m.group_id and g.kind = 'team' and g.state = 'active' and coalesce(g.ends_on >= d.today, true)
        join platform_group_member o on o.tenant_id = g.tenant_id and o.group_id = g.id where m.tenant_id = u.tenant_id and m.user_id = u.id) as mates
    from platform_user u
      join platform_tenant t on t.id = u.tenant_id and t.state = 'active'
      cross join lateral (select (${toIso(now)}::timestamptz at time zone t.time_zone)::date as today) d
    where u.tenant_id = s.tenant_id and u.id = s.subject_id and u.state = 'active'
      and coalesce(u.valid_from <= d.today, true) and coalesce(u.valid_to >= d.today, true)`

async function readStaff(db: Kysely<Record<string, never>>, session: Session, now: Instant): Promise<Row | null> {
  const { rows } = await sql<Row>`${kept}select a.* from (values (${session.tenantId}::uuid, ${session.subjectId}::uuid)) as s (tenant_id, subject_id) cross join lateral (${staffRow(now)}) a`.execute(db)
  return rows[0] ?? null
}
