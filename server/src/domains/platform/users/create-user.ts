import { z } from 'zod'
import { authorize } from '../../../kernel/access.ts'
import { inTenant, type Ctx, type ScopeKind } from '../../../kernel/ctx.ts'
import { hashPassword, oneTimePassword } from '../../../kernel/crypto/index.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { defineSetting } from '../../../kernel/settings.ts'
import { reachesUnit, targetTenant } from '../reach.ts'
import { addGrant } from '../roles/grants.ts'
import { normaliseLogin } from '../sign-in/account.queries.ts'
import { setting } from '../settings/setting-chain.ts'
import { tenantById } from '../tenants/tenant-tree.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { unitsByIds } from '../units/unit-tree.ts'
import type * as contract from './contract.ts'
import { mobileColumns } from './mobile.ts'
import { userErrors } from './user.errors.ts'
import { takenNames, writePosts } from './user.queries.ts'

const MANAGE = 'platform.manageUsers'

export async function createUser(ctx: Ctx, input: Input<typeof contract.createUser>): Promise<{ id: string; oneTimePassword: string }> {
  authorize(ctx, MANAGE)
  const tenantId = targetTenant(ctx, MANAGE, input.tenantId)
  await checkOpening(ctx, tenantId)
  await checkPosts(ctx, tenantId, input.posts)
  if (input.roles.length > 0) authorize(ctx, 'platform.grantRoles')
  const password = oneTimePassword()
  const id = await insertUser(ctx, { ...input, tenantId, passwordHash: await hashPassword(password) })
  for (const role of input.roles) await addGrant(ctx, { tenantId, userId: id, roleId: role.roleId, scope: role.scope, validFrom: null, validTo: null, origin: 'manual' })
  ctx.audit({
    module: 'platform', act: 'createUser', objectType: 'key:user', objectId: id, tenantId,
    changes: { login: { old: null, new: input.login }, name: { old: null, new: input.name }, roles: { old: null, new: input.roles } },
  })
  return { id, oneTimePassword: password }
}

export const openingSetting = defineSetting({
  key: 'account.opening', label: '开通账户', help: 'delegated：各租户自行开户；upper：下级租户的账户只能由上级租户的管理员开通。以上级租户的设置为准', schema: z.enum(['delegated', 'upper']), fallback: 'delegated' as const, scope: 'tenant',
})

/** Whether this administrator may open accounts in the tenant; what the tenant above has set decides. @throws platform.openedAbove */
export async function checkOpening(ctx: Ctx, tenantId: string): Promise<void> {
  if (ctx.actor.kind === 'system' || ctx.tenantId !== tenantId) return
  const { parentId } = await tenantById(ctx, tenantId)
  if (parentId !== null && (await setting(inTenant(ctx, parentId), openingSetting)) === 'upper') throw userErrors('openedAbove', { rule: openingSetting.key })
}

/** All units of the posts are active, of the tenant, and within the administrator's reach. */
export async function checkPosts(ctx: Ctx, tenantId: string, posts: readonly { unitId: string }[], permission = MANAGE): Promise<void> {
  const units = await unitsByIds(ctx, posts.map((post) => post.unitId))
  posts.forEach((post, index) => {
    const unit = units.get(post.unitId)
    if (!unit || unit.tenantId !== tenantId || unit.state !== 'active' || unit.kind === 'virtual' || !reachesUnit(ctx, permission, unit)) {
      throw kernelErrors('invalid', { fields: [{ path: `posts.${index}.unitId`, message: '机构不存在、已停用或不在您的管理范围' }] })
    }
  })
}

/** @throws platform.quotaReached */
async function checkQuota(ctx: Ctx, tenantId: string): Promise<void> {
  const row = await ctx.db<PlatformTables>().selectFrom('platform_tenant_control').select('account_quota').where('tenant_id', '=', tenantId).executeTakeFirst()
  if (row?.account_quota === null || row === undefined) return
  const { n } = await ctx.db<PlatformTables>().selectFrom('platform_user').select((e) => e.fn.countAll<number>().as('n')).where('tenant_id', '=', tenantId).where('state', '<>', 'deleted').executeTakeFirstOrThrow()
  if (n >= row.account_quota) throw userErrors('quotaReached', { params: { quota: row.account_quota } })
}

export type NewUser = {
  tenantId: string; login: string; name: string; staffNo: string; mobile: string | null; email: string | null; validFrom: string | null; validTo: string | null
  posts: readonly { unitId: string; main: boolean; title: string | null }[]; passwordHash: string | null; roles?: readonly { roleId: string; scope: ScopeKind | null }[]
}

/** Writes the account and its posts. @throws platform.loginTaken, platform.staffNoTaken, platform.badMobile */
export async function insertUser(ctx: Ctx, user: NewUser): Promise<string> {
  await checkQuota(ctx, user.tenantId)
  const login = normaliseLogin(user.login)
  const taken = await takenNames(ctx, user.tenantId, { login, staffNo: user.staffNo })
  if (taken.login) throw userErrors('loginTaken', { params: { login }, fields: [{ path: 'login', message: '登录名已被使用' }] })
  if (taken.staffNo) throw userErrors('staffNoTaken', { params: { staffNo: user.staffNo }, fields: [{ path: 'staffNo', message: '工号已被使用' }] })
  const id = newId()
  const now = ts(ctx.clock.now())
  await ctx
    .db<PlatformTables>()
    .insertInto('platform_user')
    .values({
      tenant_id: user.tenantId, id, login, staff_no: user.staffNo, name: user.name, ...mobileColumns(ctx, user.mobile), email: user.email, valid_from: user.validFrom, valid_to: user.validTo,
      password_hash: user.passwordHash, password_at: user.passwordHash === null ? null : now, must_change: user.passwordHash !== null, created_at: now, changed_at: now, changed_by: ctx.actor.name,
    })
    .execute()
  await writePosts(ctx, user.tenantId, id, user.posts)
  return id
}
