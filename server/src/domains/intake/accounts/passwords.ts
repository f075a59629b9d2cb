// Signing in by password, setting it by a fresh code, resetting it by name, identity number, code and the answer where one was given.
import { hashPassword, keyedHash, verifyPassword } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { KeptRefusal, kernelErrors } from '../../../kernel/errors.ts'
import { endSessions } from '../../../kernel/auth/sessions.ts'
import type { Input, Output, RawExchange } from '../../../kernel/http/route.ts'
import { intakeFail } from '../intake.errors.ts'
import { admit } from '../throttle.ts'
import { db, ownAccount, type AccountRow } from './account.queries.ts'
import type * as contract from './password-contract.ts'
import { mobileHash, openPublicSession, redeem } from './sign-in-by-code.ts'

const TRIES_PER_HOUR = 5

const answerHash = (ctx: Ctx, accountId: string, answer: string): string => keyedHash(ctx.keys, 'intake.securityAnswer', `${accountId}:${answer.normalize('NFKC').replace(/\s/g, '').toLowerCase()}`)
const byPhone = (ctx: Ctx, hash: string): Promise<AccountRow | undefined> => db(ctx).selectFrom('intake_account').selectAll().where('tenant_id', '=', ctx.tenantId).where('phone_hash', '=', hash).executeTakeFirst()

/** Unknown number, no password and a wrong one answer alike; after five tries in an hour the right one is refused too, and the code remains. */
export async function signInByPassword(ctx: Ctx, input: Input<typeof contract.passwordSignIn>, raw: RawExchange): Promise<Output<typeof contract.passwordSignIn>> {
  const { hash } = mobileHash(ctx, input.phone)
  await admit(ctx, { kind: 'passwordPhone', value: hash, max: TRIES_PER_HOUR, minutes: 60 })
  await admit(ctx, { kind: 'passwordAddress', value: ctx.ip ?? '', max: 60, minutes: 60 })
  const account = await byPhone(ctx, hash)
  if (!account?.password_hash || !(await verifyPassword(input.password, account.password_hash))) throw new KeptRefusal(intakeFail('wrongPassword', { fields: [{ path: 'password', message: '手机号或密码不正确' }] }))
  return { ...(await openPublicSession(ctx, account, raw, 'password')), firstTime: false }
}

const stateOf = (account: Pick<AccountRow, 'password_hash' | 'security_question'>): Output<typeof contract.passwordState> => ({ set: account.password_hash !== null, question: account.security_question })

export async function passwordState(ctx: Ctx): Promise<Output<typeof contract.passwordState>> {
  return stateOf(await ownAccount(ctx))
}

/** A code again: a telephone left lying open must not be enough to lock its owner out. */
export async function setPassword(ctx: Ctx, input: Input<typeof contract.setPasswordRoute>): Promise<Output<typeof contract.passwordState>> {
  const account = await ownAccount(ctx)
  if ((input.question === '') !== (input.answer === '')) throw kernelErrors('invalid', { fields: [{ path: 'answer', message: '密保问题和答案须一起填写' }] })
  await redeem(ctx, account.phone_hash, input.code)
  const row = await db(ctx)
    .updateTable('intake_account')
    .set({ password_hash: await hashPassword(input.password), password_changed_at: ts(ctx.clock.now()), ...(input.question === '' ? {} : { security_question: input.question, security_answer_hash: answerHash(ctx, account.id, input.answer) }) })
    .where('tenant_id', '=', ctx.tenantId).where('id', '=', account.id).returningAll().executeTakeFirstOrThrow()
  return stateOf(row)
}

export async function resetPassword(ctx: Ctx, input: Input<typeof contract.resetPasswordRoute>): Promise<Output<typeof contract.resetPasswordRoute>> {
  const { hash } = mobileHash(ctx, input.phone)
  await admit(ctx, { kind: 'resetPhone', value: hash, max: TRIES_PER_HOUR, minutes: 60 })
  const refused = intakeFail('resetFailed')
  await redeem(ctx, hash, input.code, refused)
  const account = await byPhone(ctx, hash)
  const idHash = keyedHash(ctx.keys, 'idNumber', input.idNumber.replace(/\s/g, '').toUpperCase())
  const fits = account !== undefined && account.state === 'active' && account.name !== '' && account.name === input.name && account.id_number_hash === idHash && (account.security_answer_hash === null || account.security_answer_hash === answerHash(ctx, account.id, input.answer))
  if (!fits) throw new KeptRefusal(refused)
  await db(ctx).updateTable('intake_account').set({ password_hash: await hashPassword(input.password), password_changed_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', account.id).execute()
  await endSessions(ctx, { subjectId: account.id })
  ctx.audit({ module: 'login', act: 'resetPublicPassword', actor: { id: account.id, name: `诉求人 ${account.phone_mask}` } })
  return { done: true }
}
