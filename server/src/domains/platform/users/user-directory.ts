// Reading users: names for other domains, and who can be asked to do something.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { localDate } from '../../../kernel/time/index.ts'
import { effectiveRights } from '../roles/role-rights.ts'
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
  const today = localDate(ctx.clock.now())
  let query = ctx
    .db<PlatformTables>()
    .selectFrom('platform_user as u')
    .select(['u.id', 'u.name'])
    .where('u.tenant_id', '=', ctx.tenantId)
    .where('u.state', '=', 'active')
    .where(sql<boolean>`coalesce(u.valid_from <= ${today}::date, true) and coalesce(u.valid_to >= ${today}::date, true)`)
    .orderBy('u.name')
    .orderBy('u.id')
  const { unitId } = which
  if (unitId !== undefined) {
    query = query.where((e) => e.exists(e.selectFrom('platform_post as p').select('p.user_id').whereRef('p.tenant_id', '=', 'u.tenant_id').whereRef('p.user_id', '=', 'u.id').where('p.unit_id', '=', unitId)))
  }
  if (which.permission !== undefined || which.role !== undefined) {
    const roleIds = await rolesWith(ctx, which)
    if (roleIds.length === 0) return []
    query = query.where((e) =>
      e.exists(
        e
          .selectFrom('platform_grant as g')
          .select('g.id')
          .whereRef('g.tenant_id', '=', 'u.tenant_id')
          .whereRef('g.user_id', '=', 'u.id')
          .where('g.role_id', 'in', roleIds)
          .where(sql<boolean>`coalesce(g.valid_from <= ${today}::date, true) and coalesce(g.valid_to >= ${today}::date, true)`),
      ),
    )
  }
  return query.execute()
}

async function rolesWith(ctx: Ctx, which: { permission?: string; role?: string }): Promise<string[]> {
  const roles = await effectiveRights(ctx, ctx.tenantId)
  return [...roles.values()]
    .filter((role) => role.active && (which.role === undefined || role.code === which.role) && (which.permission === undefined || role.rights.has(which.permission)))
    .map((role) => role.id)
}
