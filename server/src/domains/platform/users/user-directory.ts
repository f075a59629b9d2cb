// Reading users: names for other domains, and who can be asked to do something.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { localDate } from '../../../kernel/time/index.ts'
import { effectiveRights } from '../roles/role-rights.ts'
import { stampsOf } from '../stamps.ts'
import type { PlatformTables } from '../tables.gen.ts'

export type UserSummary = { id: string; name: string; staffNo: string; tenantId: string; unitId: string | null; unitName: string | null; state: 'active' | 'disabled' | 'deleted' }

const selectUser = (ctx: Ctx) =>
  ctx
    .db<PlatformTables>()
    .selectFrom('platform_user as u')
    .leftJoin('platform_post as p', (join) => join.onRef('p.tenant_id', '=', 'u.tenant_id').onRef('p.user_id', '=', 'u.id').on('p.main', '=', true))
    .leftJoin('platform_unit as n', (join) => join.onRef('n.tenant_id', '=', 'p.tenant_id').onRef('n.id', '=', 'p.unit_id'))
    .select(['u.id', 'u.name', 'u.staff_no as staffNo', 'u.tenant_id as tenantId', 'n.id as unitId', 'n.name as unitName', 'u.state'])

/** A user of the own tenant or of one below, deleted ones too (history names them). @throws kernel.notFound */
export async function userById(ctx: Ctx, id: string): Promise<UserSummary> {
  const row = await selectUser(ctx).where('u.tenant_id', 'in', [...new Set([ctx.tenantId, ...ctx.actor.tenantIds])]).where('u.id', '=', id).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return row as UserSummary // state is held to these values by a check constraint
}

/**
 * Users who can act now: with a post in `unitId` (all units of the tenant when absent), holding a permission in any scope or a
 * role (its code). Disabled and expired accounts and grants are left out.
 */
export async function usersOf(ctx: Ctx, which: { unitId?: string; permission?: string; role?: string }): Promise<{ id: string; name: string }[]> {
  const { unitId = WHOLE_TENANT, ...holding } = which
  return (await usersByUnit(ctx, { unitIds: [unitId], ...holding })).get(unitId) ?? []
}

/** Which of these users have an open staff session that was used within the last minutes. */
export async function onlineUsers(ctx: Ctx, ids: readonly string[], minutes = 10): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const now = ts(ctx.clock.now())
  const { rows } = await sql<{ id: string }>`select distinct subject_id as id from kernel_session where audience = 'staff' and tenant_id = ${ctx.tenantId} and subject_id = any(${[...ids]}::uuid[]) and expires_at > ${now}::timestamptz and seen_at > ${now}::timestamptz - make_interval(mins => ${minutes})`.execute(ctx.db())
  return new Set(rows.map((r) => r.id))
}

const WHOLE_TENANT = ''
type Named = { id: string; name: string }
type Held = { stamp: string; lists: Map<string, Named[]> }
const held = new Map<string, Held>()
const MOST_LISTS = 5000

/**
 * The same for many units at once, by unit. Answers are cached under the stamp of people and rights: sweeps and event handlers ask for
 * the same few units thousands of times.
 */
export async function usersByUnit(ctx: Ctx, which: { unitIds: readonly string[]; permission?: string; role?: string }): Promise<Map<string, Named[]>> {
  const today = localDate(ctx.clock.now())
  const stamps = await stampsOf(ctx)
  const stamp = `${stamps.people}:${stamps.rights}:${today}`
  let cache = held.get(ctx.tenantId)
  if (cache?.stamp !== stamp || cache.lists.size > MOST_LISTS) {
    cache = { stamp, lists: new Map() }
    held.set(ctx.tenantId, cache)
  }
  const key = (unitId: string): string => `${unitId} ${which.permission ?? ''} ${which.role ?? ''}`
  const missing = [...new Set(which.unitIds)].filter((unitId) => !cache.lists.has(key(unitId)))
  if (missing.length > 0) {
    const found = await readUsersByUnit(ctx, { ...which, unitIds: missing }, today)
    for (const unitId of missing) cache.lists.set(key(unitId), found.get(unitId) ?? [])
  }
  return new Map(which.unitIds.map((unitId) => [unitId, cache.lists.get(key(unitId)) ?? []]))
}

async function readUsersByUnit(ctx: Ctx, which: { unitIds: readonly string[]; permission?: string; role?: string }, today: string): Promise<Map<string, Named[]>> {
  const roleIds = which.permission === undefined && which.role === undefined ? null : await rolesWith(ctx, which)
  if (roleIds?.length === 0) return new Map()
  const units = which.unitIds.filter((unitId) => unitId !== WHOLE_TENANT)
  const { rows } = await sql<Named & { unitId: string }>`
    select u.id, u.name, w.unit_id as "unitId" from (
        select p.tenant_id, p.user_id, p.unit_id::text from platform_held_post_view p where p.tenant_id = ${ctx.tenantId} and p.unit_id = any(${units}::uuid[]) and coalesce(p.valid_to >= ${today}::date, true)
        union all select a.tenant_id, a.id, ${WHOLE_TENANT} from platform_user a where a.tenant_id = ${ctx.tenantId} and ${which.unitIds.length > units.length}) w
      join platform_user u on u.tenant_id = w.tenant_id and u.id = w.user_id
    where u.tenant_id = ${ctx.tenantId} and u.state = 'active' and coalesce(u.valid_from <= ${today}::date, true) and coalesce(u.valid_to >= ${today}::date, true)
      and (${roleIds === null} or exists (select 1 from platform_held_role_view g where g.tenant_id = u.tenant_id and g.user_id = u.id and g.role_id = any(${roleIds ?? []}::uuid[])
        and coalesce(g.valid_from <= ${today}::date, true) and coalesce(g.valid_to >= ${today}::date, true)))
    order by u.name, u.id`.execute(ctx.db())
  return new Map([...Map.groupBy(rows, (row) => row.unitId)].map(([unitId, list]) => [unitId, list.map(({ id, name }) => ({ id, name }))]))
}

async function rolesWith(ctx: Ctx, which: { permission?: string; role?: string }): Promise<string[]> {
  const roles = await effectiveRights(ctx, ctx.tenantId)
  return [...roles.values()]
    .filter((role) => role.active && (which.role === undefined || role.code === which.role) && (which.permission === undefined || role.rights.has(which.permission)))
    .map((role) => role.id)
}
