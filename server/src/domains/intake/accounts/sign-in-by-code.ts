// Sign-in of citizens: a code by SMS proves the mobile, and the mobile is the account (decision 3).
import { sql } from 'kysely'
import { isMobile, keyedHash, normalisePhone, numericCode, sameSecret } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { KeptRefusal, kernelErrors, type AppError } from '../../../kernel/errors.ts'
import type { Input, Output, RawExchange } from '../../../kernel/http/route.ts'
import { setSessionCookie } from '../../../kernel/http/session-cookie.ts'
import { endSessions, openSession } from '../../../kernel/auth/sessions.ts'
import { MINUTE, plus, SECOND } from '../../../kernel/time/index.ts'
import { sendSms, setting } from '../../platform/index.ts'
import { intakeFail } from '../intake.errors.ts'
import { codeLimit, publicSessionHours } from '../settings.ts'
import { admit } from '../throttle.ts'
import { accountFor, citizenView, db, phoneHashOf, type AccountRow } from './account.queries.ts'
import type * as contract from './account-contract.ts'

const VALID_MINUTES = 5
const RESEND_SECONDS = 60
const MAX_TRIES = 5

const codeHash = (ctx: Ctx, phoneHash: string, code: string): string => keyedHash(ctx.keys, 'intake.code', `${phoneHash}:${code}`)

export function mobileHash(ctx: Ctx, typed: string): { phone: string; hash: string } {
  const phone = normalisePhone(typed)
  const hash = isMobile(phone) ? phoneHashOf(ctx, phone) : null
  if (!hash) throw kernelErrors('invalid', { fields: [{ path: 'phone', message: '请填写 11 位手机号' }] })
  return { phone, hash }
}

/** The same answer for numbers with and without an account; a second request within a minute sends nothing and says the same. */
export async function sendCode(ctx: Ctx, input: Input<typeof contract.sendPublicCode>): Promise<Output<typeof contract.sendPublicCode>> {
  const { phone, hash } = mobileHash(ctx, input.phone)
  const answer = { validMinutes: VALID_MINUTES, resendSeconds: RESEND_SECONDS }
  const now = ctx.clock.now()
  await sql`select pg_advisory_xact_lock(hashtextextended(${`intake-code:${hash}`}, 0))`.execute(ctx.acrossTenants('a lock has no tenant'))
  const held = await db(ctx).selectFrom('intake_code').select('sent_at').where('tenant_id', '=', ctx.tenantId).where('phone_hash', '=', hash).executeTakeFirst()
  if (held && now - held.sent_at < RESEND_SECONDS * SECOND) return answer
  const limit = await setting(ctx, codeLimit)
  await admit(ctx, { kind: 'codePhone', value: hash, max: limit.phonePerDay, minutes: 24 * 60 })
  await admit(ctx, { kind: 'codeAddress', value: ctx.ip ?? '', max: limit.addressPerHour, minutes: 60 })
  const code = numericCode(6)
  const values = { code_hash: codeHash(ctx, hash, code), sent_at: ts(now), expires_at: ts(plus(now, VALID_MINUTES * MINUTE)), tries: 0 }
  await db(ctx).insertInto('intake_code').values({ tenant_id: ctx.tenantId, phone_hash: hash, ...values }).onConflict((c) => c.columns(['tenant_id', 'phone_hash']).doUpdateSet(values)).execute()
  await sendSms(ctx, { phone, template: 'loginCode', params: { code, minutes: String(VALID_MINUTES) } })
  return answer
}

export async function signInByCode(ctx: Ctx, input: Input<typeof contract.publicSignIn>, raw: RawExchange): Promise<Output<typeof contract.publicSignIn>> {
  const { phone, hash } = mobileHash(ctx, input.phone)
  await redeem(ctx, hash, input.code)
  const { account, firstTime } = await accountFor(ctx, phone, hash)
  return { ...(await openPublicSession(ctx, account, raw, 'sms')), firstTime }
}

/** The session of an account that has proved itself; one the browser had before ends. */
export async function openPublicSession(ctx: Ctx, account: AccountRow, raw: RawExchange, method: 'sms' | 'password' | 'wechat' | 'unified'): Promise<{ csrf: string; citizen: ReturnType<typeof citizenView> }> {
  if (account.state !== 'active') throw intakeFail('accountPaused')
  const before = raw.request.session
  if (before) await endSessions(ctx, { subjectId: before.subjectId, only: before.tokenHash })
  const hours = await setting(ctx, publicSessionHours)
  const { token, csrf } = await openSession(ctx, { audience: 'public', subjectId: account.id, tenantId: ctx.tenantId, state: 'open', method, hours, idleMinutes: 0 })
  setSessionCookie(raw.reply, 'public', token)
  ctx.audit({ module: 'login', act: 'publicSignIn', actor: { id: account.id, name: `诉求人 ${account.phone_mask}` } })
  return { csrf, citizen: citizenView(account) }
}

/** Uses a code up. A wrong one is counted although the caller is refused; after five the right one is refused too. */
export async function redeem(ctx: Ctx, hash: string, code: string, refusal: AppError = intakeFail('wrongCode', { fields: [{ path: 'code', message: '验证码不正确或已过期' }] })): Promise<void> {
  const mine = db(ctx).selectFrom('intake_code').select(['code_hash', 'expires_at', 'tries']).where('tenant_id', '=', ctx.tenantId).where('phone_hash', '=', hash)
  const held = await mine.forUpdate().executeTakeFirst()
  const right = held !== undefined && held.tries < MAX_TRIES && held.expires_at > ctx.clock.now() && sameSecret(held.code_hash, codeHash(ctx, hash, code.trim()))
  if (!right) {
    await db(ctx).updateTable('intake_code').set((eb) => ({ tries: eb('tries', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('phone_hash', '=', hash).execute()
    throw new KeptRefusal(refusal)
  }
  await db(ctx).deleteFrom('intake_code').where('tenant_id', '=', ctx.tenantId).where('phone_hash', '=', hash).execute()
}
