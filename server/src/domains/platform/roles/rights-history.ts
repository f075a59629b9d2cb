// What was held before: ended grants and former contents of roles are kept, so that a past day can be reported (PLA-15).
import { sql } from 'kysely'
import { inTenant, type Ctx, type ScopeKind } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { newId } from '../../../kernel/runtime.ts'
import { notify } from '../messages/notify.ts'
import type { PlatformTables } from '../tables.gen.ts'
import type { EffectiveRole } from './role-rights.ts'

export type Via = 'grant' | 'group' | 'delegation'
export type HeldRole = {
  userId: string; roleId: string; scope: string | null; via: Via
  /** Name of the group, or of the person who let his role be held. */
  viaName: string | null
  validFrom: string | null; validTo: string | null; givenAt: Instant; givenBy: string; givenReason?: string | null
}

/** Keeps what ends now. The role's name is kept with it: the role may be deleted later. */
export async function keepEnded(ctx: Ctx, tenantId: string, ended: readonly HeldRole[], reason: string | undefined): Promise<void> {
  if (ended.length === 0) return
  const db = ctx.db<PlatformTables>()
  const names = await db.selectFrom('platform_role').select(['id', 'name']).where('tenant_id', '=', tenantId).where('id', 'in', [...new Set(ended.map((one) => one.roleId))]).execute()
  const nameOf = new Map(names.map((row) => [row.id, row.name]))
  await db
    .insertInto('platform_grant_ended')
    .values(ended.map((one) => ({
      tenant_id: tenantId, id: newId(), user_id: one.userId, role_id: one.roleId, role_name: nameOf.get(one.roleId) ?? '', scope: one.scope, via: one.via, via_name: one.viaName,
      valid_from: one.validFrom, valid_to: one.validTo, given_at: ts(one.givenAt), given_by: one.givenBy, given_reason: one.givenReason ?? null, ended_at: ts(ctx.clock.now()), ended_by: ctx.actor.name, reason: reason ?? null,
    })))
    .execute()
}

/** Keeps what a role was until this change. */
export async function keepPast(ctx: Ctx, tenantId: string, role: Pick<EffectiveRole, 'id' | 'name' | 'parentIds' | 'own'> & { state: string }, reason?: string): Promise<void> {
  const permissions = [...role.own].flatMap(([permission, scopes]) => [...scopes].map((scope): [string, ScopeKind] => [permission, scope]))
  await ctx
    .db<PlatformTables>()
    .insertInto('platform_role_past')
    .values({ tenant_id: tenantId, id: newId(), role_id: role.id, name: role.name, state: role.state, parent_ids: role.parentIds, permissions: json(permissions), until_at: ts(ctx.clock.now()), changed_by: ctx.actor.name, reason: reason ?? null })
    .execute()
}

/** Everybody who holds a role that was changed hears of it, those of inheriting roles too. */
export async function tellHolders(ctx: Ctx, role: { id: string; name: string; tenantId: string }, reason: string | undefined): Promise<void> {
  const { rows } = await sql<{ user_id: string }>`with recursive heirs as (
      select ${role.id}::uuid as id union select p.role_id from platform_role_parent p join heirs h on p.parent_id = h.id where p.tenant_id = ${role.tenantId})
    select distinct h.user_id from platform_held_role_view h where h.tenant_id = ${role.tenantId} and h.role_id in (select id from heirs)`.execute(ctx.db())
  const userIds = rows.map((row) => row.user_id).filter((id) => id !== ctx.actor.id)
  if (userIds.length === 0) return
  const text = `角色：${role.name}；操作人：${ctx.actor.name}${reason ? `；原因：${reason}` : ''}`
  await notify(inTenant(ctx, role.tenantId), { type: 'system.rights', to: { userIds }, title: '您的权限有变更：所持角色的内容已调整', text, link: '/me', objectType: 'role', objectId: role.id, level: 'P3' })
}
