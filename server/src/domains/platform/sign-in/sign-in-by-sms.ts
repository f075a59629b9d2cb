// Sign-in by a one-time code sent to the mobile of the account.
import type { Ctx } from '../../../kernel/ctx.ts'
import { inTenant } from '../../../kernel/ctx.ts'
import { isMobile, keyedHash, normalisePhone, numericCode, sameSecret } from '../../../kernel/crypto/index.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, RawExchange } from '../../../kernel/http/route.ts'
import { MINUTE, plus } from '../../../kernel/time/index.ts'
import { sendSms } from '../messages/index.ts'
import { setting } from '../settings/setting-chain.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { mobileHash } from '../users/mobile.ts'
import { accountByMobile } from './account.queries.ts'
import { admitTry, countWrong, forgetTries } from './attempts.ts'
import type * as contract from './contract.ts'
import { signInErrors } from './sign-in.errors.ts'
import { methodsSetting } from './sign-in.settings.ts'
import { proceed, type SignInStep } from './staff-session.ts'

const VALID_MINUTES = 5

const codeHash = (ctx: Ctx, mobile: string, code: string): string => keyedHash(ctx.keys, 'sign-in.smsCode', `${mobile}:${code}`)

/** The same answer and the same row whether an account has the number or not; at most one code a minute and number. */
export async function sendSignInCode(ctx: Ctx, input: Input<typeof contract.sendSignInCode>): Promise<{ validMinutes: number }> {
  if (!(await setting(ctx, methodsSetting)).includes('sms')) throw signInErrors('smsOff')
  const mobile = normalisePhone(input.mobile)
  const answer = { validMinutes: VALID_MINUTES }
  if (!isMobile(mobile)) return answer
  const hash = mobileHash(ctx, mobile)
  await admitTry(ctx, { kind: 'mobile', value: mobile })
  const db = ctx.db<PlatformTables>()
  const now = ctx.clock.now()
  const held = await db.selectFrom('platform_sign_in_code').select('sent_at').where('mobile_hash', '=', hash).executeTakeFirst()
  if (held && now - held.sent_at < MINUTE) return answer
  const code = numericCode(6)
  const values = { code_hash: codeHash(ctx, mobile, code), sent_at: ts(now), expires_at: ts(plus(now, VALID_MINUTES * MINUTE)), tries: 0 }
  await db.insertInto('platform_sign_in_code').values({ mobile_hash: hash, ...values }).onConflict((c) => c.column('mobile_hash').doUpdateSet(values)).execute()
  const account = await accountByMobile(ctx, hash)
  if (account) await sendSms(inTenant(ctx, account.tenantId), { phone: mobile, template: 'loginCode', params: { code, minutes: String(VALID_MINUTES) } })
  return answer
}

export async function signInBySms(ctx: Ctx, input: Input<typeof contract.signInBySms>, raw: RawExchange): Promise<SignInStep> {
  if (!(await setting(ctx, methodsSetting)).includes('sms')) throw signInErrors('smsOff')
  const mobile = normalisePhone(input.mobile)
  const guessed = { kind: 'mobile', value: mobile } as const
  await admitTry(ctx, guessed)
  const hash = mobileHash(ctx, mobile)
  const db = ctx.db<PlatformTables>()
  const held = await db.selectFrom('platform_sign_in_code').select(['code_hash', 'expires_at']).where('mobile_hash', '=', hash).executeTakeFirst()
  const account = await accountByMobile(ctx, hash)
  const right = held !== undefined && held.expires_at > ctx.clock.now() && sameSecret(held.code_hash, codeHash(ctx, mobile, input.code))
  if (!right || !account) {
    ctx.audit({ module: 'login', act: 'signInBySms', result: 'refused', text: '短信验证码错误', actor: { id: account?.id ?? null, name: account?.name ?? '未知账号' }, ...(account ? { tenantId: account.tenantId } : {}) })
    throw await countWrong(ctx, guessed, signInErrors('wrongCode'))
  }
  await db.deleteFrom('platform_sign_in_code').where('mobile_hash', '=', hash).execute()
  await forgetTries(ctx, guessed)
  return proceed(ctx, account, { secondFactor: false, method: 'sms' }, raw)
}
