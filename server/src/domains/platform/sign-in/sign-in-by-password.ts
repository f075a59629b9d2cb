import type { Ctx } from '../../../kernel/ctx.ts'
import { hashPassword, needsRehash, randomToken, verifyPassword } from '../../../kernel/crypto/index.ts'
import { kernelErrors, KeptRefusal } from '../../../kernel/errors.ts'
import type { Input, RawExchange } from '../../../kernel/http/route.ts'
import { setting } from '../settings/setting-chain.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { accountByLogin, normaliseLogin, type Account } from './account.queries.ts'
import { admitTry, countWrong, forgetTries } from './attempts.ts'
import type * as contract from './contract.ts'
import { signInErrors } from './sign-in.errors.ts'
import { methodsSetting } from './sign-in.settings.ts'
import { proceed, type SignInStep } from './staff-session.ts'

// An unknown login costs the same time as a known one: its password is checked against a hash that nothing matches.
let nobodysHash: Promise<string> | undefined

// Each check holds a connection for its 0.2 s: a flood of sign-ins must leave connections (20) for those who work.
const MOST_AT_ONCE = 12
let running = 0

export async function signInByPassword(ctx: Ctx, input: Input<typeof contract.signIn>, raw: RawExchange): Promise<SignInStep> {
  if (running >= MOST_AT_ONCE) throw kernelErrors('unavailable')
  running += 1
  try {
    return await check(ctx, input, raw)
  } finally {
    running -= 1
  }
}

async function check(ctx: Ctx, input: Input<typeof contract.signIn>, raw: RawExchange): Promise<SignInStep> {
  const login = normaliseLogin(input.login)
  const guessed = { kind: 'login', value: login } as const
  await admitTry(ctx, guessed)
  nobodysHash ??= hashPassword(randomToken())
  const standIn = await nobodysHash
  const account = await accountByLogin(ctx, login)
  const offered = (await setting(ctx, methodsSetting)).includes('password')
  const right = await verifyPassword(input.password, account?.passwordHash ?? standIn)
  if (!account || account.passwordHash === null || !right || !offered) {
    refuse(ctx, account, '账号或密码错误')
    throw await countWrong(ctx, guessed, signInErrors('wrongSignIn'))
  }
  if (!account.open) {
    // Only who knows the password learns that the account is closed.
    refuse(ctx, account, '账号已停用或不在有效期内')
    throw new KeptRefusal(signInErrors('accountClosed'))
  }
  await forgetTries(ctx, guessed)
  if (needsRehash(account.passwordHash)) await storeHash(ctx, account, await hashPassword(input.password))
  return proceed(ctx, account, { secondFactor: false, method: 'password' }, raw)
}

function refuse(ctx: Ctx, account: Account | null, text: string): void {
  // What was typed is not recorded: people type passwords into the wrong field.
  ctx.audit({ module: 'login', act: 'signIn', result: 'refused', text, actor: { id: account?.id ?? null, name: account?.name ?? '未知账号' }, ...(account ? { tenantId: account.tenantId } : {}) })
}

async function storeHash(ctx: Ctx, account: Account, hash: string): Promise<void> {
  await ctx.db<PlatformTables>().updateTable('platform_user').set({ password_hash: hash }).where('tenant_id', '=', account.tenantId).where('id', '=', account.id).execute()
}
