// Setting up, confirming and removing the own time code.
import type { Ctx } from '../../../kernel/ctx.ts'
import { userId } from '../../../kernel/access.ts'
import { encrypt, newTotpSecret, totpUri, verifyPassword } from '../../../kernel/crypto/index.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, RawExchange } from '../../../kernel/http/route.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { accountById, type Account } from './account.queries.ts'
import { admitTry, countWrong, forgetTries } from './attempts.ts'
import type * as contract from './contract.ts'
import { secondFactorOf, TOTP_CONTEXT, useTotp } from './second-factor.ts'
import { signInErrors } from './sign-in.errors.ts'
import { methodOf } from './sign-in-totp.ts'
import { proceed, type SignInStep } from './staff-session.ts'

async function ownAccount(ctx: Ctx): Promise<Account> {
  const account = await accountById(ctx, userId(ctx))
  if (!account?.open) throw kernelErrors('signInRequired')
  return account
}

const updateOwn = (ctx: Ctx, account: Account) => ctx.db<PlatformTables>().updateTable('platform_user').where('tenant_id', '=', account.tenantId).where('id', '=', account.id)

/** A new secret, shown once; it counts only after confirmTotp. */
export async function startTotp(ctx: Ctx): Promise<{ secret: string; uri: string }> {
  const account = await ownAccount(ctx)
  if (account.totpConfirmed) throw signInErrors('totpActive')
  const secret = newTotpSecret()
  await updateOwn(ctx, account).set({ totp_enc: encrypt(ctx.keys, secret, TOTP_CONTEXT), totp_confirmed: false, totp_counter: null }).execute()
  return { secret, uri: totpUri(secret, { issuer: '民声', login: account.login }) }
}

/** The first right code switches the time code on; in a sign-in that waits for it, it is the second factor too. */
export async function confirmTotp(ctx: Ctx, input: Input<typeof contract.confirmTotp>, raw: RawExchange): Promise<SignInStep> {
  const session = raw.request.session
  const account = await ownAccount(ctx)
  if (!session) throw kernelErrors('signInRequired')
  if (account.totpConfirmed) throw signInErrors('totpActive')
  if (account.totpEnc === null) throw signInErrors('totpMissing')
  await useTotp(ctx, account, input.code)
  await updateOwn(ctx, account).set({ totp_confirmed: true }).execute()
  ctx.audit({ module: 'login', act: 'confirmTotp', objectType: 'key:user', objectId: account.id })
  return proceed(ctx, { ...account, totpConfirmed: true }, { secondFactor: true, method: methodOf(session.method), again: session.state === 'open' }, raw)
}

export async function removeTotp(ctx: Ctx, input: Input<typeof contract.removeTotp>): Promise<Record<string, never>> {
  const account = await ownAccount(ctx)
  if (!account.totpConfirmed) throw signInErrors('totpMissing')
  const guessed = { kind: 'current', value: account.id } as const
  await admitTry(ctx, guessed)
  if (account.passwordHash === null || !(await verifyPassword(input.password, account.passwordHash))) {
    throw await countWrong(ctx, guessed, signInErrors('wrongPassword', { fields: [{ path: 'password', message: '当前密码不正确' }] }))
  }
  await forgetTries(ctx, guessed)
  const factor = await secondFactorOf(ctx, account.id)
  if (factor.required && factor.strict) throw signInErrors('totpRequired')
  await updateOwn(ctx, account).set({ totp_enc: null, totp_confirmed: false, totp_counter: null }).execute()
  ctx.audit({ module: 'login', act: 'removeTotp', objectType: 'key:user', objectId: account.id })
  return {}
}
