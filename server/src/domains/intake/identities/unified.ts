// The unified identity platform as a way into a citizen account: authorization code with PKCE, state and nonce. A verified mobile that the
// platform vouches for is the account's; without one the identity is bound by a code to the mobile, as any other.
import * as oidc from 'openid-client'
import { z } from 'zod'
import { authorize } from '../../../kernel/access.ts'
import { decrypt, encrypt, isMobile, normalisePhone } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output, RawExchange } from '../../../kernel/http/route.ts'
import { MINUTE, plus } from '../../../kernel/time/index.ts'
import { oidcClient, oidcSecret, setting } from '../../platform/index.ts'
import { accountFor, db } from '../accounts/account.queries.ts'
import { mobileHash, openPublicSession } from '../accounts/sign-in-by-code.ts'
import { portalAddress } from '../settings.ts'
import { keepProven } from './enter-by-wechat.ts'
import { identityFail } from './identity.errors.ts'
import { accountOfIdentity, bindIdentity } from './own-identities.ts'
import type * as contract from './unified-contract.ts'

const COOKIE = 'ms_unified'
const PATH = '/api/public/unified'
const CONTEXT = 'intake.unifiedCookie'
const REDIRECT = '/unified/back'
const kept = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), to: z.string(), until: z.number() })

const rowOf = (ctx: Ctx) => db(ctx).selectFrom('intake_identity_provider').selectAll().where('tenant_id', '=', ctx.tenantId).executeTakeFirst()

/** The platform that citizens may sign in by now, or null. */
export async function unifiedName(ctx: Ctx): Promise<string | null> {
  const row = await rowOf(ctx)
  return row?.enabled ? row.name : null
}

async function usable(ctx: Ctx) {
  const row = await rowOf(ctx)
  if (!row?.enabled) throw identityFail('wechatOff', { rule: 'unified' })
  return row
}

async function redirectUri(ctx: Ctx, raw: RawExchange): Promise<string> {
  const address = (await setting(ctx, portalAddress)).replace(/\/$/, '')
  return `${address || `${raw.request.protocol}://${raw.request.host}`}${REDIRECT}`
}

export async function startUnified(ctx: Ctx, input: Input<typeof contract.startUnified>, raw: RawExchange): Promise<{ url: string }> {
  const row = await usable(ctx)
  const client = await oidcClient(ctx, row).catch((error: unknown) => {
    ctx.log.warn({ err: error }, 'the identity platform of citizens does not answer')
    throw identityFail('unifiedAway')
  })
  const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()]
  const url = oidc.buildAuthorizationUrl(client, { redirect_uri: await redirectUri(ctx, raw), scope: row.scopes, state, nonce, code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' })
  const value = encrypt(ctx.keys, JSON.stringify({ state, nonce, verifier, to: input.to, until: plus(ctx.clock.now(), 10 * MINUTE) }), CONTEXT)
  void raw.reply.setCookie(COOKIE, value, { path: PATH, httpOnly: true, sameSite: 'lax', secure: raw.reply.server.secureCookies, maxAge: 600 })
  return { url: url.toString() }
}

function begun(ctx: Ctx, raw: RawExchange): z.output<typeof kept> | null {
  try {
    const one = kept.parse(JSON.parse(decrypt(ctx.keys, raw.request.cookies[COOKIE] ?? '', CONTEXT)))
    return one.until > ctx.clock.now() ? one : null
  } catch {
    return null // none, not ours, or changed on the way
  }
}

export async function finishUnified(ctx: Ctx, input: Input<typeof contract.finishUnified>, raw: RawExchange): Promise<Output<typeof contract.finishUnified>> {
  const row = await usable(ctx)
  const attempt = begun(ctx, raw)
  void raw.reply.clearCookie(COOKIE, { path: PATH })
  if (!attempt) throw identityFail('unifiedRefused')
  const query = new URLSearchParams({ code: input.code, state: input.state, ...(input.iss ? { iss: input.iss } : {}) })
  const url = new URL(`${await redirectUri(ctx, raw)}?${query.toString()}`)
  // Code, state, nonce, PKCE, issuer and signature are checked by the client.
  const claims = await oidcClient(ctx, row).then((client) => oidc.authorizationCodeGrant(client, url, { expectedState: attempt.state, expectedNonce: attempt.nonce, pkceCodeVerifier: attempt.verifier, idTokenExpected: true })).then((tokens) => tokens.claims(), (error: unknown) => {
    ctx.log.warn({ err: error }, 'sign-in of a citizen by the identity platform failed')
    return undefined
  })
  if (!claims || claims.sub === '') throw identityFail('unifiedRefused')
  const one = { provider: 'unified' as const, subject: claims.sub }
  const known = await accountOfIdentity(ctx, one)
  if (known) return { outcome: 'signedIn', ...(await openPublicSession(ctx, known, raw, 'unified')), to: attempt.to }
  const said = row.mobile_claim === '' ? undefined : claims[row.mobile_claim]
  const mobile = typeof said === 'string' ? normalisePhone(said.replace(/^\+?86[- ]?/, '')) : ''
  if (!isMobile(mobile) || claims['phone_number_verified'] === false) {
    keepProven(ctx, raw, { ...one, to: attempt.to })
    return { outcome: 'bind', to: attempt.to }
  }
  const { phone, hash } = mobileHash(ctx, mobile)
  const { account } = await accountFor(ctx, phone, hash)
  await bindIdentity(ctx, account, one)
  const name = row.name_claim === '' ? undefined : claims[row.name_claim]
  if (account.name === '' && typeof name === 'string' && name.length <= 60) await db(ctx).updateTable('intake_account').set({ name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', account.id).execute()
  return { outcome: 'signedIn', ...(await openPublicSession(ctx, account, raw, 'unified')), to: attempt.to }
}

type Held = Output<typeof contract.getUnified>

export async function getUnified(ctx: Ctx): Promise<Held> {
  authorize(ctx, 'intake.channels')
  const row = await rowOf(ctx)
  return { redirectPath: REDIRECT, provider: row ? { name: row.name, issuer: row.issuer, clientId: row.client_id, secretSet: row.secret_enc !== null, scopes: row.scopes, mobileClaim: row.mobile_claim, nameClaim: row.name_claim, enabled: row.enabled, version: row.version } : null }
}

export async function saveUnified(ctx: Ctx, input: Input<typeof contract.saveUnified>): Promise<Held> {
  authorize(ctx, 'intake.channels')
  const issuer = new URL(input.issuer)
  if (issuer.protocol !== 'https:' && !['127.0.0.1', '[::1]', 'localhost'].includes(issuer.hostname)) throw kernelErrors('invalid', { fields: [{ path: 'issuer', message: '须以 https:// 开头' }] })
  const before = await rowOf(ctx)
  if ((before?.version ?? 0) !== input.version) throw kernelErrors('conflict', { current: { version: before?.version ?? 0, changedBy: before?.changed_by_name ?? null } })
  const values = {
    name: input.name, issuer: input.issuer, client_id: input.clientId, secret_enc: input.secret ? oidcSecret(ctx, input.secret) : (before?.secret_enc ?? null), scopes: input.scopes, mobile_claim: input.mobileClaim, name_claim: input.nameClaim, enabled: input.enabled,
    version: input.version + 1, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name,
  }
  await db(ctx).insertInto('intake_identity_provider').values({ tenant_id: ctx.tenantId, ...values }).onConflict((c) => c.column('tenant_id').doUpdateSet(values)).execute()
  ctx.audit({ module: 'intake', act: 'savePublicIdentityProvider', objectType: 'key:identityProvider', objectId: ctx.tenantId, changes: { issuer: { old: before?.issuer ?? null, new: input.issuer }, enabled: { old: before?.enabled ?? false, new: input.enabled } } })
  return getUnified(ctx)
}
