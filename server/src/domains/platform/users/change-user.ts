// Changing, disabling, deleting, unlocking and resetting accounts.
import { authorize } from '../../../kernel/access.ts'
import { endSessions } from '../../../kernel/auth/sessions.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { hashPassword, oneTimePassword } from '../../../kernel/crypto/index.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { changesOf } from '../changes.ts'
import { userChanged } from '../events.ts'
import { checkDelegation } from '../roles/delegation.ts'
import { rightsOfUser } from '../roles/grants.ts'
import { forgetTries } from '../sign-in/attempts.ts'
import { forgetStamps } from '../stamps.ts'
import type { PlatformTables } from '../tables.gen.ts'
import type * as contract from './contract.ts'
import { checkPosts } from './create-user.ts'
import { mobileColumns } from './mobile.ts'
import { userErrors } from './user.errors.ts'
import { takenNames, userInReach, writePosts, type UserRow } from './user.queries.ts'

const MANAGE = 'platform.manageUsers'
type Acted = { id: string; reason?: string | undefined }

const update = (ctx: Ctx, user: UserRow) => ctx.db<PlatformTables>().updateTable('platform_user').where('tenant_id', '=', user.tenantId).where('id', '=', user.id)
const stamp = (ctx: Ctx) => ({ changed_at: ts(ctx.clock.now()), changed_by: ctx.actor.name })

function record(ctx: Ctx, act: string, user: UserRow, changes: Record<string, { old: unknown; new: unknown }>, reason?: string): void {
  ctx.audit({ module: 'platform', act, objectType: 'key:user', objectId: user.id, tenantId: user.tenantId, changes, ...(reason ? { text: reason } : {}) })
}

export async function changeUser(ctx: Ctx, input: Input<typeof contract.changeUser>): Promise<{ version: number }> {
  authorize(ctx, MANAGE)
  const user = await managed(ctx, input.id)
  if (input.posts) {
    // Posts outside the administrator's branch may stay, but none may be added there.
    const kept = new Set(user.posts.map((post) => post.unitId))
    await checkPosts(ctx, user.tenantId, input.posts.filter((post) => !kept.has(post.unitId)))
  }
  if (input.staffNo !== undefined && (await takenNames(ctx, user.tenantId, { staffNo: input.staffNo, except: user.id })).staffNo) {
    throw userErrors('staffNoTaken', { params: { staffNo: input.staffNo }, fields: [{ path: 'staffNo', message: '工号已被使用' }] })
  }
  const mobile = mobileColumns(ctx, input.mobile)
  // A new mobile is a way into the account (SMS code): it needs as much right as a new password.
  if (mobile.mobile_enc !== undefined) checkDelegation(ctx, await rightsOfUser(ctx, user.tenantId, user.id))
  const next = { name: input.name, staffNo: input.staffNo, email: input.email, validFrom: input.validFrom, validTo: input.validTo }
  const updated = await update(ctx, user)
    .set((e) => ({
      name: next.name ?? user.name, staff_no: next.staffNo ?? user.staffNo, ...mobile, email: next.email === undefined ? user.email : next.email,
      valid_from: next.validFrom === undefined ? user.validFrom : next.validFrom, valid_to: next.validTo === undefined ? user.validTo : next.validTo,
      version: e('version', '+', 1), ...stamp(ctx),
    }))
    .where('version', '=', input.version)
    .returning('version')
    .executeTakeFirst()
  if (!updated) throw kernelErrors('conflict', { current: { version: user.version, changedBy: user.changedBy, changedAt: user.changedAt } })
  if (input.posts) await writePosts(ctx, user.tenantId, user.id, input.posts)
  const posts = input.posts?.map(({ unitId, main }) => ({ unitId, main }))
  record(ctx, 'changeUser', user, changesOf({ ...user, posts: user.posts.map(({ unitId, main }) => ({ unitId, main })) }, { ...next, posts, mobileMasked: mobile.mobile_mask }))
  return updated
}

async function managed(ctx: Ctx, id: string): Promise<UserRow> {
  const user = await userInReach(ctx, MANAGE, id)
  if (user.state === 'deleted') throw userErrors('userDeleted')
  return user
}

/** Acts that would lock out or take over an account: never on the own one, never on one with more rights than the administrator may give. */
async function over(ctx: Ctx, id: string): Promise<UserRow> {
  authorize(ctx, MANAGE)
  const user = await managed(ctx, id)
  if (user.id === ctx.actor.id) throw userErrors('ownAccount')
  checkDelegation(ctx, await rightsOfUser(ctx, user.tenantId, user.id))
  return user
}

async function setState(ctx: Ctx, user: UserRow, state: 'active' | 'disabled' | 'deleted', act: string, reason: string | undefined): Promise<Record<string, never>> {
  const secrets = state === 'deleted' ? { password_hash: null, totp_enc: null, totp_confirmed: false, mobile_enc: null, mobile_hash: null } : {}
  await update(ctx, user).set((e) => ({ state, ...secrets, version: e('version', '+', 1), ...stamp(ctx) })).execute()
  forgetStamps(ctx)
  if (state !== 'active') await endSessions(ctx, { subjectId: user.id })
  record(ctx, act, user, { state: { old: user.state, new: state } }, reason)
  ctx.publish(userChanged({ userId: user.id, state }))
  return {}
}

export const disableUser = async (ctx: Ctx, input: Acted): Promise<Record<string, never>> => setState(ctx, await over(ctx, input.id), 'disabled', 'disableUser', input.reason)
export const enableUser = async (ctx: Ctx, input: Acted): Promise<Record<string, never>> => setState(ctx, await over(ctx, input.id), 'active', 'enableUser', input.reason)
/** The row stays as a tombstone so that history keeps its name; login and staff number may be given again. */
export const deleteUser = async (ctx: Ctx, input: Acted): Promise<Record<string, never>> => setState(ctx, await over(ctx, input.id), 'deleted', 'deleteUser', input.reason)

export async function unlockUser(ctx: Ctx, input: Acted): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  const user = await managed(ctx, input.id)
  await forgetTries(ctx, { kind: 'login', value: user.login })
  await forgetTries(ctx, { kind: 'totp', value: user.id })
  await forgetTries(ctx, { kind: 'current', value: user.id })
  record(ctx, 'unlockUser', user, {}, input.reason)
  return {}
}

export async function endUserSessions(ctx: Ctx, input: Acted): Promise<Record<string, never>> {
  const user = await over(ctx, input.id)
  await endSessions(ctx, { subjectId: user.id })
  record(ctx, 'endUserSessions', user, {}, input.reason)
  return {}
}

export async function resetTotp(ctx: Ctx, input: Acted): Promise<Record<string, never>> {
  const user = await over(ctx, input.id)
  await update(ctx, user).set({ totp_enc: null, totp_confirmed: false, totp_counter: null, ...stamp(ctx) }).execute()
  record(ctx, 'resetUserTotp', user, {}, input.reason)
  return {}
}

/** A one-time password, returned once; it must be changed at the next sign-in. */
export async function resetPassword(ctx: Ctx, input: Acted): Promise<{ oneTimePassword: string }> {
  const user = await over(ctx, input.id)
  const password = oneTimePassword()
  const db = ctx.db<PlatformTables>()
  const before = await db.selectFrom('platform_user').select('password_hash').where('tenant_id', '=', user.tenantId).where('id', '=', user.id).executeTakeFirst()
  if (before?.password_hash) await db.insertInto('platform_password_history').values({ tenant_id: user.tenantId, id: newId(), user_id: user.id, password_hash: before.password_hash, at: ts(ctx.clock.now()) }).execute()
  await update(ctx, user).set({ password_hash: await hashPassword(password), password_at: ts(ctx.clock.now()), must_change: true, ...stamp(ctx) }).execute()
  await endSessions(ctx, { subjectId: user.id })
  await forgetTries(ctx, { kind: 'login', value: user.login })
  record(ctx, 'resetUserPassword', user, {}, input.reason)
  return { oneTimePassword: password }
}
