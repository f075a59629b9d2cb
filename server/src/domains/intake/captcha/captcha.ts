// Proof that a person sends a public form: digits drawn by ourselves, or a small sum in words for whoever does not see them. Nothing is
// kept: the token says until when it holds and what the answer hashes to; it is good for one use.
import { randomInt } from 'node:crypto'
import { keyedHash, sameSecret } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { KeptRefusal, kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { MINUTE } from '../../../kernel/time/index.ts'
import { admit } from '../throttle.ts'
import type * as contract from './captcha-contract.ts'
import { drawDigits, sumInWords } from './draw.ts'

const HOLDS_MINUTES = 10
const DIGITS = '23456789'
const LENGTH = 5

const sealOf = (ctx: Ctx, nonce: string, until: string, answer: string): string => keyedHash(ctx.keys, 'intake.captcha', `${ctx.tenantId}:${nonce}:${until}:${answer}`)

export async function newCaptcha(ctx: Ctx, input: Input<typeof contract.captchaRoute>): Promise<Output<typeof contract.captchaRoute>> {
  const [nonce, until] = [newId(), String(ctx.clock.now() + HOLDS_MINUTES * MINUTE)]
  const token = (answer: string): string => `${nonce}.${until}.${sealOf(ctx, nonce, until, answer)}`
  if (input.kind === 'words') {
    const { question, answer } = sumInWords(randomInt)
    return { token: token(answer), picture: null, question }
  }
  const answer = Array.from({ length: LENGTH }, () => DIGITS[randomInt(DIGITS.length)]).join('')
  return { token: token(answer), picture: `data:image/svg+xml;base64,${Buffer.from(drawDigits(answer, randomInt)).toString('base64')}`, question: null }
}

/** @throws kernel.invalid (422) at the field of the answer: wrong, too late or used before */
export async function requireCaptcha(ctx: Ctx, given: { token: string; answer: string }): Promise<void> {
  const refuse = (message: string) => kernelErrors('invalid', { fields: [{ path: 'captcha.answer', message }] })
  const [nonce = '', until = '', seal = ''] = given.token.split('.')
  const answer = given.answer.normalize('NFKC').replaceAll(/\s/g, '')
  if (!/^\d{1,15}$/.test(until) || Number(until) < ctx.clock.now()) throw refuse('验证码已过期，请换一个')
  await admit(ctx, { kind: 'captcha', value: nonce, max: 1, minutes: HOLDS_MINUTES }).catch(() => { throw refuse('验证码已用过，请换一个') })
  // Kept: a second try with the same token is refused too, guessing costs a picture each time.
  if (!sameSecret(sealOf(ctx, nonce, until, answer), seal)) throw new KeptRefusal(refuse('验证码不对，请看新的一个'))
}
