import type { Ctx } from '../../../kernel/ctx.ts'
import { inTenant } from '../../../kernel/ctx.ts'
import { userId } from '../../../kernel/access.ts'
import { endSessions } from '../../../kernel/auth/sessions.ts'
import { checkPasswordPolicy, hashPassword, passwordRuleTexts, verifyPassword } from '../../../kernel/crypto/index.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, RawExchange } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { setting } from '../settings/setting-chain.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { accountById, type Account } from './account.queries.ts'
import { admitTry, countWrong, forgetTries } from './attempts.ts'
import type * as contract from './contract.ts'
import { signInErrors } from './sign-in.errors.ts'
import { passwordSetting } from './sign-in.settings.ts'
import { methodOf } from './sign-in-totp.ts'
import { proceed, type SignInStep } from './staff-session.ts'

/** Changes the own password, forced or by wish; all other sessions of the person end. */
export async function changePassword(ctx: Ctx, input: Input<typeof contract.changePassword>, raw: RawExchange): Promise<SignInStep> {
  const session = raw.request.session
  const account = await accountById(ctx, userId(ctx))
  // A session that still owes the second factor must not change the first.
  if (!account?.open || !session || session.state === 'totp') throw kernelErrors('signInRequired')
  await checkCurrent(ctx, account, input.current, session.method)
  await checkNext(ctx, account, input.next)
  const hash = await hashPassword(input.next)
  const now = ctx.clock.now()
  const db = ctx.db<PlatformTables>()
  if (account.passwordHash !== null) await db.insertInto('platform_password_history').values({ tenant_id: account.tenantId, id: newId(), user_id: account.id, password_hash: account.passwordHash, at: ts(now) }).execute()
  await db.updateTable('platform_user').set({ password_hash: hash, password_at: ts(now), must_change: false }).where('tenant_id', '=', account.tenantId).where('id', '=', account.id).execute()
  await endSessions(ctx, { subjectId: account.id, except: session.tokenHash })
  ctx.audit({ module: 'login', act: 'changePassword', objectType: 'key:user', objectId: account.id, tenantId: account.tenantId })
  return proceed(ctx, { ...account, passwordHash: hash, passwordAt: now, mustChange: false }, { secondFactor: true, method: methodOf(session.method), again: session.state === 'open' }, raw)
}

async function checkCurrent(ctx: Ctx, account: Account, current: string, method: string): Promise<void> {
  // An imported account has no password yet; the SMS code of this very session has shown who it is.
  if (account.passwordHash === null && method === 'sms') return
  const guessed = { kind: 'current', value: account.id } as const
  await admitTry(ctx, guessed)
  if (account.passwordHash === null || !(await verifyPassword(current, account.passwordHash))) {
    throw await countWrong(ctx, guessed, signInErrors('wrongPassword', { fields: [{ path: 'current', message: '当前密码不正确' }] }))
  }
  await forgetTries(ctx, guessed)
}

async function checkNext(ctx: Ctx, account: Account, next: string): Promise<void> {
  const policy = await setting(inTenant(ctx, account.tenantId), passwordSetting)
  const earlier = await ctx
    .db<PlatformTables>()
    .selectFrom('platform_password_history')
    .select('password_hash')
    .where('tenant_id', '=', account.tenantId)
    .where('user_id', '=', account.id)
    .orderBy('at', 'desc')
    .limit(24)
    .execute()
  const history = [account.passwordHash ?? '', ...earlier.map((row) => row.password_hash)].filter((hash) => hash !== '')
  const violations = await checkPasswordPolicy(policy, next, { login: account.login, name: account.name, history })
  if (violations.length > 0) throw signInErrors('weakPassword', { rule: passwordSetting.key, fields: violations.map((v) => ({ path: 'next', message: passwordRuleTexts[v.rule].replace('{limit}', String(v.limit ?? '')) })) })
}
