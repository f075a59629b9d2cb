// Users as rows.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { likeText, reachableTenants, unitsInReach } from '../reach.ts'
import { forgetStamps } from '../stamps.ts'
import type { PlatformTables } from '../tables.gen.ts'

export type UserRow = {
  id: string; tenantId: string; login: string; staffNo: string; name: string; mobileMasked: string | null; email: string | null; state: 'active' | 'disabled' | 'deleted'
  validFrom: string | null; validTo: string | null; mustChangePassword: boolean; hasPassword: boolean; totp: boolean; lastSignInAt: Instant | null
  version: number; createdAt: Instant; changedAt: Instant; changedBy: string
  posts: { unitId: string; unitName: string; main: boolean; title: string | null }[]
}

/** A user with at least one post within reach of the permission. @throws kernel.notFound */
export async function userInReach(ctx: Ctx, permission: string, userId: string): Promise<UserRow> {
  const { rows } = await sql<UserRow>`select u.id, u.tenant_id as "tenantId", u.login, u.staff_no as "staffNo", u.name, u.mobile_mask as "mobileMasked", u.email, u.state,
      u.valid_from as "validFrom", u.valid_to as "validTo", u.must_change as "mustChangePassword", u.password_hash is not null as "hasPassword", u.totp_confirmed as totp,
      u.last_sign_in_at as "lastSignInAt", u.version, u.created_at as "createdAt", u.changed_at as "changedAt", u.changed_by as "changedBy",
      coalesce((select jsonb_agg(jsonb_build_object('unitId', n.id, 'unitName', n.name, 'main', p.main, 'title', p.title) order by p.main desc, n.code)
        from platform_post p join platform_unit n on n.tenant_id = p.tenant_id and n.id = p.unit_id where p.tenant_id = u.tenant_id and p.user_id = u.id), '[]') as posts
    from platform_user u where u.tenant_id = any(${reachableTenants(ctx, permission)}::uuid[]) and u.id = ${userId} and ${hasPostInReach(ctx, permission)}`.execute(ctx.db())
  const row = rows[0]
  if (!row) throw kernelErrors('notFound')
  return row
}

const hasPostInReach = (ctx: Ctx, permission: string) => sql<boolean>`exists (select 1 from platform_post rp join platform_unit ru on ru.tenant_id = rp.tenant_id and ru.id = rp.unit_id
  where rp.tenant_id = u.tenant_id and rp.user_id = u.id and ${unitsInReach(ctx, permission, 'ru')})`

export type UserItem = {
  id: string; tenantId: string; login: string; staffNo: string; name: string; unitId: string | null; unitName: string | null; mobileMasked: string | null; roles: string[]
  state: 'active' | 'disabled' | 'deleted'; validTo: string | null; lastSignInAt: Instant | null
}
export type UserFilter = { tenantId: string; unitId?: string; query?: string; state?: string; roleId?: string }

function filterOf(ctx: Ctx, permission: string, filter: UserFilter) {
  const pattern = `%${likeText(filter.query ?? '')}%`
  return sql<boolean>`u.tenant_id = ${filter.tenantId} and ${hasPostInReach(ctx, permission)}
    and ${filter.state === undefined ? sql`u.state <> 'deleted'` : sql`u.state = ${filter.state}`}
    and ${filter.query ? sql`(u.name ilike ${pattern} or u.login ilike ${pattern} or u.staff_no ilike ${pattern})` : sql`true`}
    and ${filter.unitId ? sql`exists (select 1 from platform_post fp join platform_unit fu on fu.tenant_id = fp.tenant_id and fu.id = fp.unit_id
        where fp.tenant_id = u.tenant_id and fp.user_id = u.id and fu.path @> array[${filter.unitId}]::uuid[])` : sql`true`}
    and ${filter.roleId ? sql`exists (select 1 from platform_held_role_view fg where fg.tenant_id = u.tenant_id and fg.user_id = u.id and fg.role_id = ${filter.roleId})` : sql`true`}`
}

/** Ordered by staff number; `after` is the last row's staff number and id. */
export async function readUsers(ctx: Ctx, permission: string, filter: UserFilter, after: [string, string] | null, limit: number): Promise<UserItem[]> {
  const { rows } = await sql<UserItem>`select u.id, u.tenant_id as "tenantId", u.login, u.staff_no as "staffNo", u.name, n.id as "unitId", n.name as "unitName", u.mobile_mask as "mobileMasked",
      array(select r.name from platform_held_role_view g join platform_role r on r.tenant_id = g.tenant_id and r.id = g.role_id where g.tenant_id = u.tenant_id and g.user_id = u.id group by r.id, r.name order by min(g.given_at)) as roles,
      u.state, u.valid_to as "validTo", u.last_sign_in_at as "lastSignInAt"
    from platform_user u left join platform_post p on p.tenant_id = u.tenant_id and p.user_id = u.id and p.main left join platform_unit n on n.tenant_id = p.tenant_id and n.id = p.unit_id
    where ${filterOf(ctx, permission, filter)} and ${after ? sql`(u.staff_no, u.id) > (${after[0]}, ${after[1]}::uuid)` : sql`true`}
    order by u.staff_no, u.id limit ${limit}`.execute(ctx.db())
  return rows
}

export async function countUsers(ctx: Ctx, permission: string, filter: UserFilter): Promise<{ value: number; capped: boolean }> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (select 1 from platform_user u where ${filterOf(ctx, permission, filter)} limit 1001) c`.execute(ctx.db())
  const n = rows[0]?.n ?? 0
  return { value: Math.min(n, 1000), capped: n > 1000 }
}

/** Names for pickers: active people of the own tenant. */
export async function pickRows(ctx: Ctx, filter: { unitId?: string; query?: string }, ids: string[] | null, limit: number) {
  const pattern = `%${likeText(filter.query ?? '')}%`
  const { rows } = await sql<{ id: string; name: string; staffNo: string; unitId: string | null; unitName: string | null }>`
    select u.id, u.name, u.staff_no as "staffNo", n.id as "unitId", n.name as "unitName"
    from platform_user u left join platform_post p on p.tenant_id = u.tenant_id and p.user_id = u.id and p.main left join platform_unit n on n.tenant_id = p.tenant_id and n.id = p.unit_id
    where u.tenant_id = ${ctx.tenantId} and u.state = 'active' and ${ids === null ? sql`true` : sql`u.id = any(${ids}::uuid[])`}
      and ${filter.unitId ? sql`exists (select 1 from platform_post fp where fp.tenant_id = u.tenant_id and fp.user_id = u.id and fp.unit_id = ${filter.unitId})` : sql`true`}
      and ${filter.query ? sql`(u.name ilike ${pattern} or u.staff_no ilike ${pattern})` : sql`true`}
    order by u.name, u.id limit ${limit}`.execute(ctx.db())
  return rows
}

export async function writePosts(ctx: Ctx, tenantId: string, userId: string, posts: readonly { unitId: string; main: boolean; title: string | null }[]): Promise<void> {
  const db = ctx.db<PlatformTables>()
  await db.deleteFrom('platform_post').where('tenant_id', '=', tenantId).where('user_id', '=', userId).execute()
  await db.insertInto('platform_post').values(posts.map((post) => ({ tenant_id: tenantId, user_id: userId, unit_id: post.unitId, main: post.main, title: post.title }))).execute()
  forgetStamps(ctx)
}

/** Which of login and staff number belong to somebody else already. Logins are unique in the deployment, staff numbers in the tenant. */
export async function takenNames(ctx: Ctx, tenantId: string, names: { login?: string; staffNo?: string; except?: string }): Promise<{ login: boolean; staffNo: boolean }> {
  const { rows } = await sql<{ login: boolean; staffNo: boolean }>`select
      exists (select 1 from platform_user where login = ${names.login ?? ''} and state <> 'deleted' and id is distinct from ${names.except ?? null}::uuid) as login,
      exists (select 1 from platform_user where tenant_id = ${tenantId} and staff_no = ${names.staffNo ?? ''} and state <> 'deleted' and id is distinct from ${names.except ?? null}::uuid) as "staffNo"`
    .execute(ctx.acrossTenants('logins are unique in the deployment'))
  return rows[0] ?? { login: false, staffNo: false }
}
