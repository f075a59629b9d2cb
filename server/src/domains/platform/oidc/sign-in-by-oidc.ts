// Sign-in by the identity platform: authorization code with PKCE, state and nonce. What must be kept between the two requests goes into
// an encrypted cookie of ten minutes; nothing is stored for visitors who never come back.
import { sql } from 'kysely'
import * as oidc from 'openid-client'
import { z } from 'zod'
import { decrypt, encrypt, normalisePhone } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { KeptRefusal } from '../../../kernel/errors.ts'
import type { Input, Output, RawExchange } from '../../../kernel/http/route.ts'
import { definePort } from '../../../kernel/port.ts'
import { MINUTE, plus } from '../../../kernel/time/index.ts'
import { setting } from '../settings/setting-chain.ts'
import { accountById, accountByLogin, accountByMobile, normaliseLogin, type Account } from '../sign-in/account.queries.ts'
import { signInErrors } from '../sign-in/sign-in.errors.ts'
import { methodsSetting } from '../sign-in/sign-in.settings.ts'
import { proceed, type SignInStep } from '../sign-in/staff-session.ts'
import { mobileHash } from '../users/mobile.ts'
import type * as contract from './contract.ts'
import { oidcErrors } from './oidc.errors.ts'
import { clientOf, enabledProvider, REDIRECT_PATH, type Provider } from './provider.ts'

const COOKIE = 'ms_oidc'
const CONTEXT = 'sign-in.oidc'
const kept = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), until: z.number() })

/** A site's face recognition: true when the picture is the account's owner. Without an adapter the method is not offered. */
export const faceRecognition = definePort<(input: { login: string; picture: Buffer }) => Promise<boolean>>('platform.faceRecognition')

export async function signInOptions(ctx: Ctx): Promise<Output<typeof contract.signInOptions>> {
  const provider = await enabledProvider(ctx)
  const face = faceRecognition.all().length > 0
  return { methods: await setting(ctx, methodsSetting), oidc: provider && { name: provider.name }, face: { available: face, text: face ? '人脸识别' : '未配置人脸识别，请使用其他方式登录' } }
}

const here = (raw: RawExchange): string => `${raw.request.protocol}://${raw.request.host}`

export async function startOidc(ctx: Ctx, _input: unknown, raw: RawExchange): Promise<{ url: string }> {
  const provider = await enabledProvider(ctx)
  if (!provider) throw oidcErrors('oidcOff')
  const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()]
  const client = await clientOf(ctx, provider).catch((error: unknown) => {
    ctx.log.warn({ err: error }, 'the identity platform does not answer')
    throw oidcErrors('oidcUnreachable')
  })
  const url = oidc.buildAuthorizationUrl(client, {
    redirect_uri: `${here(raw)}${REDIRECT_PATH}`, scope: provider.scopes, state, nonce, code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  })
  const value = encrypt(ctx.keys, JSON.stringify({ state, nonce, verifier, until: plus(ctx.clock.now(), 10 * MINUTE) }), CONTEXT)
  void raw.reply.setCookie(COOKIE, value, { path: '/api/sign-in/oidc', httpOnly: true, sameSite: 'lax', secure: raw.reply.server.secureCookies, maxAge: 600 })
  return { url: url.toString() }
}

export async function finishOidc(ctx: Ctx, input: Input<typeof contract.finishOidc>, raw: RawExchange): Promise<SignInStep> {
  const provider = await enabledProvider(ctx)
  if (!provider) throw oidcErrors('oidcOff')
  void raw.reply.clearCookie(COOKIE, { path: '/api/sign-in/oidc' })
  const attempt = openCookie(ctx, raw.request.cookies[COOKIE])
  if (!attempt) throw oidcErrors('oidcRefused')
  const query = new URLSearchParams({ code: input.code, state: input.state, ...(input.iss ? { iss: input.iss } : {}) })
  const value = await identityOf(ctx, provider, attempt, new URL(`${here(raw)}${REDIRECT_PATH}?${query.toString()}`)).catch((error: unknown) => {
    ctx.log.warn({ err: error }, 'sign-in by the identity platform failed')
    return null
  })
  const account = value === null ? null : await accountFor(ctx, provider, value)
  if (account?.open) return proceed(ctx, account, { secondFactor: false, method: 'oidc' }, raw)
  const [text, refusal] = value === null ? ['统一身份认证未通过', oidcErrors('oidcRefused')] as const : account ? ['账号已停用或不在有效期内', signInErrors('accountClosed')] as const : ['没有对应的账号', oidcErrors('oidcUnknown')] as const
  ctx.audit({ module: 'login', act: 'signInByOidc', result: 'refused', text, actor: { id: account?.id ?? null, name: account?.name ?? '未知账号' }, ...(account ? { tenantId: account.tenantId } : {}) })
  throw new KeptRefusal(refusal)
}

function openCookie(ctx: Ctx, cookie: string | undefined): z.output<typeof kept> | null {
  if (cookie === undefined) return null
  try {
    const attempt = kept.parse(JSON.parse(decrypt(ctx.keys, cookie, CONTEXT)))
    return attempt.until > ctx.clock.now() ? attempt : null
  } catch {
    return null // not ours, or changed on the way
  }
}

/** The value of the claim that names the person; code, state, nonce, PKCE, issuer and signature are checked by the client. */
async function identityOf(ctx: Ctx, provider: Provider, attempt: z.output<typeof kept>, url: URL): Promise<string> {
  const tokens = await oidc.authorizationCodeGrant(await clientOf(ctx, provider), url, { expectedState: attempt.state, expectedNonce: attempt.nonce, pkceCodeVerifier: attempt.verifier, idTokenExpected: true })
  const value = tokens.claims()?.[provider.claim]
  if (typeof value !== 'string' || value === '') throw new Error(`the identity token has no claim ${provider.claim}`)
  return value
}

async function accountFor(ctx: Ctx, provider: Provider, value: string): Promise<Account | null> {
  if (provider.matched_by === 'login') return accountByLogin(ctx, normaliseLogin(value))
  if (provider.matched_by === 'mobile') return accountByMobile(ctx, mobileHash(ctx, normalisePhone(value)))
  const { rows } = await sql<{ id: string }>`select id from platform_user where staff_no = ${value} and state <> 'deleted' limit 2`.execute(ctx.acrossTenants('before the sign-in nobody knows the tenant'))
  // Staff numbers are unique in a tenant only: two of them identify nobody.
  return rows.length === 1 && rows[0] ? accountById(ctx, rows[0].id) : null
}
