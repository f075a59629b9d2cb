// Giving roles to people and taking them back.
import { sql } from 'kysely'
import { z } from 'zod'
import { authorize } from '../../../kernel/access.ts'
import { inTenant, type Ctx, type ScopeKind } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { defineSetting } from '../../../kernel/settings.ts'
import { notify } from '../messages/notify.ts'
import { forgetStamps } from '../stamps.ts'
import { reachesUnit } from '../reach.ts'
import { setting } from '../settings/setting-chain.ts'
import { limitsOf } from '../tenants/tenant-control.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { unitsByIds } from '../units/unit-tree.ts'
import { userInReach } from '../users/user.queries.ts'
import type * as contract from './contract.ts'
import { checkDelegation } from './delegation.ts'
import { keepEnded } from './rights-history.ts'
import { roleErrors } from './role.errors.ts'
import { addRight, effectiveRights, narrow, type EffectiveRole, type Rights } from './role-rights.ts'

const GRANT = 'platform.grantRoles'

export const exclusiveSetting = defineSetting<[string, string][]>({
  key: 'roles.exclusive',
  label: '互斥角色',
  help: '同一人不能同时持有的角色对，按角色编码或模板编码',
  schema: z.array(z.tuple([z.string(), z.string()])).max(50),
  fallback: [['auditor', 'systemAdmin'], ['auditor', 'tenantAdmin']],
  scope: 'tenant',
})

export async function grantRole(ctx: Ctx, input: Input<typeof contract.grantRole>): Promise<{ id: string }> {
  authorize(ctx, GRANT)
  const user = await userInReach(ctx, GRANT, input.id)
  if (user.id === ctx.actor.id) throw roleErrors('ownGrant')
  await checkPostsInReach(ctx, user)
  const id = await addGrant(ctx, { tenantId: user.tenantId, userId: user.id, roleId: input.roleId, scope: input.scope, validFrom: input.validFrom, validTo: input.validTo, origin: 'manual', reason: input.reason ?? null })
  ctx.audit({
    module: 'platform', act: 'grantRole', objectType: 'key:grant', objectId: user.id, tenantId: user.tenantId, changes: { role: { old: null, new: input.roleId }, scope: { old: null, new: input.scope } },
    ...(input.reason ? { text: input.reason } : {}),
  })
  await tellOfRights(ctx, user, { title: '您的权限有变更：新授予角色', roleId: input.roleId, reason: input.reason })
  return { id }
}

/** A right of the unit holds at every post of the person: all of them must lie where the giver may give. @throws platform.postsBeyondReach */
export async function checkPostsInReach(ctx: Ctx, user: { posts: readonly { unitId: string; unitName: string }[] }): Promise<void> {
  const units = await unitsByIds(ctx, user.posts.map((post) => post.unitId))
  const outside = user.posts.filter((post) => { const unit = units.get(post.unitId); return unit !== undefined && !reachesUnit(ctx, GRANT, unit) })
  if (outside.length > 0) throw roleErrors('postsBeyondReach', { rule: GRANT, params: { units: outside.map((post) => post.unitName).join('、') } })
}

/** PLA-15: who was given or lost a role hears of it in the house and by e-mail (the type's own channel). */
export async function tellOfRights(ctx: Ctx, user: { id: string; tenantId: string }, change: { title: string; roleId: string; reason?: string | undefined }): Promise<void> {
  const role = (await effectiveRights(ctx, user.tenantId)).get(change.roleId)
  const text = `角色：${role?.name ?? ''}；操作人：${ctx.actor.name}${change.reason ? `；原因：${change.reason}` : ''}`
  await notify(inTenant(ctx, user.tenantId), { type: 'system.rights', to: { userIds: [user.id] }, title: change.title, text, link: '/me', objectType: 'user', objectId: user.id, level: 'P2' })
}

export type NewGrant = { tenantId: string; userId: string; roleId: string; scope: ScopeKind | null; validFrom: string | null; validTo: string | null; origin: 'manual' | 'import' | 'firstAdmin'; reason?: string | null }

/** Checks delegation and exclusive roles, then writes the grant. */
export async function addGrant(ctx: Ctx, grant: NewGrant): Promise<string> {
  const roles = await effectiveRights(ctx, grant.tenantId)
  const role = roles.get(grant.roleId)
  if (!role?.active) throw roleErrors('unknownRole', { fields: [{ path: 'roleId', message: '角色不存在或已停用' }] })
  if (role.template !== null && (await limitsOf(ctx, grant.tenantId)).roles.has(role.template)) throw roleErrors('roleBarred', { params: { name: role.name } })
  checkDelegation(ctx, grantedRights(role, grant.scope))
  const db = ctx.db<PlatformTables>()
  const held = await db.selectFrom('platform_grant').select('role_id').where('tenant_id', '=', grant.tenantId).where('user_id', '=', grant.userId).where('role_id', '=', grant.roleId).executeTakeFirst()
  if (held) throw roleErrors('grantExists')
  await checkExclusive(ctx, grant.tenantId, grant.userId, [role])
  const id = newId()
  await db
    .insertInto('platform_grant')
    .values({
      tenant_id: grant.tenantId, id, user_id: grant.userId, role_id: grant.roleId, scope: grant.scope, valid_from: grant.validFrom, valid_to: grant.validTo,
      origin: grant.origin, reason: grant.reason ?? null, granted_by: ctx.actor.name, granted_at: ts(ctx.clock.now()),
    })
    .execute()
  forgetStamps(ctx)
  return id
}

/** What a role gives through a grant that narrows it. */
export function grantedRights(role: Pick<EffectiveRole, 'rights'>, narrowing: ScopeKind | null): Rights {
  const rights: Rights = new Map()
  for (const [permission, scopes] of role.rights) for (const scope of scopes) addRight(rights, permission, narrow(scope, narrowing))
  return rights
}

/** @throws platform.exclusiveRoles when one person would hold two roles that exclude each other, whichever way he comes by them */
export async function checkExclusive(ctx: Ctx, tenantId: string, userId: string, next: readonly EffectiveRole[]): Promise<void> {
  const pairs = await setting(inTenant(ctx, tenantId), exclusiveSetting)
  const roles = await effectiveRights(ctx, tenantId)
  const { rows } = await sql<{ role_id: string }>`select distinct role_id from platform_held_role_view where tenant_id = ${tenantId} and user_id = ${userId}`.execute(ctx.db())
  const held = [...rows.flatMap((row) => roles.get(row.role_id) ?? []), ...next]
  const is = (r: EffectiveRole, code: string): boolean => r.code === code || r.template === code
  for (const role of next) {
    for (const other of held) {
      const clash = other.id !== role.id && pairs.some(([a, b]) => (is(role, a) && is(other, b)) || (is(role, b) && is(other, a)))
      if (clash) throw roleErrors('exclusiveRoles', { rule: exclusiveSetting.key, params: { a: role.name, b: other.name } })
    }
  }
}

export async function withdrawGrant(ctx: Ctx, input: Input<typeof contract.withdrawGrant>): Promise<Record<string, never>> {
  authorize(ctx, GRANT)
  const user = await userInReach(ctx, GRANT, input.id)
  if (user.id === ctx.actor.id) throw roleErrors('ownGrant')
  const row = await ctx.db<PlatformTables>().deleteFrom('platform_grant').where('tenant_id', '=', user.tenantId).where('user_id', '=', user.id).where('id', '=', input.grantId).returningAll().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  await keepEnded(ctx, user.tenantId, [{ userId: user.id, roleId: row.role_id, scope: row.scope, via: 'grant', viaName: null, validFrom: row.valid_from, validTo: row.valid_to, givenAt: row.granted_at, givenBy: row.granted_by, givenReason: row.reason }], input.reason)
  ctx.audit({ module: 'platform', act: 'withdrawGrant', objectType: 'key:grant', objectId: user.id, tenantId: user.tenantId, changes: { role: { old: row.role_id, new: null } }, ...(input.reason ? { text: input.reason } : {}) })
  forgetStamps(ctx)
  await tellOfRights(ctx, user, { title: '您的权限有变更：收回角色', roleId: row.role_id, reason: input.reason })
  return {}
}

/** Everything that a person's grants give, for comparing with what an administrator may give himself. */
export async function rightsOfUser(ctx: Ctx, tenantId: string, userId: string): Promise<Rights> {
  const roles = await effectiveRights(ctx, tenantId)
  const { rows } = await sql<{ role_id: string; scope: ScopeKind | null }>`select role_id, scope from platform_held_role_view where tenant_id = ${tenantId} and user_id = ${userId}`.execute(ctx.db())
  const rights: Rights = new Map()
  for (const row of rows) {
    const role = roles.get(row.role_id)
    if (role) for (const [permission, scopes] of grantedRights(role, row.scope)) for (const scope of scopes) addRight(rights, permission, scope)
  }
  return rights
}
