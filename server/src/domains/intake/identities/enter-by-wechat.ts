// Coming in from WeChat. What has been proven between two requests (state, then the openid) stands in an encrypted cookie of ten minutes;
// an identity that nobody bound yet opens nothing: it is bound by a verified mobile and only then signs in.
import { z } from 'zod'
import { decrypt, encrypt, randomToken, sameSecret } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output, RawExchange } from '../../../kernel/http/route.ts'
import { MINUTE, plus } from '../../../kernel/time/index.ts'
import { setting } from '../../platform/index.ts'
import { ownAccount } from '../accounts/account.queries.ts'
import { openPublicSession } from '../accounts/sign-in-by-code.ts'
import { portalAddress } from '../settings.ts'
import type * as contract from './identity-contract.ts'
import { identityFail } from './identity.errors.ts'
import { accountOfIdentity, bindIdentity, identitiesOf } from './own-identities.ts'
import { wechatConfig } from './wechat-accounts.ts'
import { authorizeUrl, exchangeCode, type WechatApp, type WechatConfig } from './wechat-platform.ts'

const COOKIE = 'ms_wechat'
const CONTEXT = 'intake.wechatCookie'
const VALID = 10 * MINUTE
const kept = z.object({ state: z.string(), provider: z.enum(['officialAccount', 'miniProgram', 'unified']).nullable(), subject: z.string(), to: z.string(), until: z.number() })
type Kept = z.output<typeof kept>

function keep(ctx: Ctx, raw: RawExchange, one: Omit<Kept, 'until'>): void {
  const value = encrypt(ctx.keys, JSON.stringify({ ...one, until: plus(ctx.clock.now(), VALID) }), CONTEXT)
  void raw.reply.setCookie(COOKIE, value, { path: '/api/public/wechat', httpOnly: true, sameSite: 'lax', secure: raw.reply.server.secureCookies, maxAge: 600 })
}
/** What another way of proving has proven, to be bound like an identity of WeChat. */
export const keepProven = (ctx: Ctx, raw: RawExchange, one: { provider: 'unified'; subject: string; to: string }): void => keep(ctx, raw, { state: '', ...one })
const forget = (raw: RawExchange): void => void raw.reply.clearCookie(COOKIE, { path: '/api/public/wechat' })

function recall(ctx: Ctx, raw: RawExchange): Kept | null {
  try {
    const one = kept.parse(JSON.parse(decrypt(ctx.keys, raw.request.cookies[COOKIE] ?? '', CONTEXT)))
    return one.until > ctx.clock.now() ? one : null
  } catch {
    return null // none, not ours, or changed on the way
  }
}

async function usable(ctx: Ctx, app: WechatApp): Promise<WechatConfig> {
  const config = await wechatConfig(ctx, app)
  if (!config) throw identityFail('wechatOff', { rule: `wechat.${app}` })
  return config
}

export async function startWechat(ctx: Ctx, input: Input<typeof contract.startWechat>, raw: RawExchange): Promise<{ url: string }> {
  const config = await usable(ctx, 'officialAccount')
  const address = (await setting(ctx, portalAddress)).replace(/\/$/, '')
  if (address === '') throw identityFail('wechatOff', { rule: portalAddress.key })
  const state = randomToken().slice(0, 40)
  keep(ctx, raw, { state, provider: null, subject: '', to: input.to })
  return { url: authorizeUrl(config, `${address}/wechat/back`, state) }
}

async function subjectOf(ctx: Ctx, config: WechatConfig, code: string): Promise<string> {
  const answer = await exchangeCode(config, code)
  if (answer.ok) return answer.subject
  ctx.log.warn({ reason: answer.reason }, 'WeChat did not confirm a code')
  throw identityFail('wechatRefused')
}

export async function finishWechat(ctx: Ctx, input: Input<typeof contract.finishWechat>, raw: RawExchange): Promise<Output<typeof contract.finishWechat>> {
  const begun = recall(ctx, raw)
  forget(raw)
  if (!begun || begun.state === '' || !sameSecret(begun.state, input.state)) throw identityFail('wechatRefused')
  const one = { provider: 'officialAccount' as const, subject: await subjectOf(ctx, await usable(ctx, 'officialAccount'), input.code) }
  const account = await accountOfIdentity(ctx, one)
  if (account) return { outcome: 'signedIn', ...(await openPublicSession(ctx, account, raw, 'wechat')), to: begun.to }
  keep(ctx, raw, { state: '', ...one, to: begun.to })
  return { outcome: 'bind', to: begun.to }
}

export async function enterByMini(ctx: Ctx, input: Input<typeof contract.enterByMini>, raw: RawExchange): Promise<Output<typeof contract.enterByMini>> {
  const one = { provider: 'miniProgram' as const, subject: await subjectOf(ctx, await usable(ctx, 'miniProgram'), input.code) }
  const account = await accountOfIdentity(ctx, one)
  keep(ctx, raw, { state: '', ...one, to: input.to })
  return account ? { outcome: 'continue', mobile: account.phone_mask, to: input.to } : { outcome: 'bind', to: input.to }
}

export async function continueWechat(ctx: Ctx, _input: unknown, raw: RawExchange): Promise<Output<typeof contract.continueWechat>> {
  const proven = recall(ctx, raw)
  const account = proven?.provider ? await accountOfIdentity(ctx, { provider: proven.provider, subject: proven.subject }) : undefined
  if (!proven || !account) throw identityFail('nothingProven')
  forget(raw)
  return { ...(await openPublicSession(ctx, account, raw, 'wechat')), to: proven.to }
}

export async function bindWechat(ctx: Ctx, _input: unknown, raw: RawExchange): Promise<Output<typeof contract.bindWechat>> {
  const account = await ownAccount(ctx)
  const proven = recall(ctx, raw)
  if (!proven?.provider) throw identityFail('nothingProven')
  await bindIdentity(ctx, account, { provider: proven.provider, subject: proven.subject })
  forget(raw)
  return { ...(await identitiesOf(ctx, account.id)), to: proven.to }
}
