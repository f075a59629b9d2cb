// This deployment as identity provider: OpenID Connect by authorization code with PKCE, and the end of a session told to what it opened (PLA-10).
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { userId } from '../../../kernel/access.ts'
import { hashToken, randomToken, sameSecret } from '../../../kernel/crypto/index.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output, RawExchange } from '../../../kernel/http/route.ts'
import { defineJob } from '../../../kernel/jobs/job.ts'
import type { Cron } from '../../../kernel/module.ts'
import { newId } from '../../../kernel/runtime.ts'
import { MINUTE, plus, toIso } from '../../../kernel/time/index.ts'
import { callOut } from '../delivery/adapters/call-out.ts'
import { tenantById } from '../tenants/tenant-tree.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { admitted } from './admission.ts'
import { applicationErrors } from './application.errors.ts'
import { secretOf } from './applications.ts'
import { casLogout } from './cas.ts'
import type * as contract from './contract.ts'
import { isSigned, signed, unverified } from './signed.ts'

const ID_SECONDS = 300
const ACCESS_SECONDS = 900
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout'
const issuerOf = (raw: RawExchange): string => `${raw.request.protocol}://${raw.request.host}/api/oauth`

export async function providerDocument(_ctx: Ctx, _input: unknown, raw: RawExchange): Promise<Output<typeof contract.providerDocument>> {
  const issuer = issuerOf(raw)
  return {
    issuer, authorization_endpoint: issuer.replace('/api/oauth', '/oauth/authorize'), token_endpoint: `${issuer}/token`, userinfo_endpoint: `${issuer}/userinfo`, response_types_supported: ['code'], grant_types_supported: ['authorization_code', 'client_credentials'], subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['HS256'], token_endpoint_auth_methods_supported: ['client_secret_post'], code_challenge_methods_supported: ['S256'], scopes_supported: ['openid', 'profile'], backchannel_logout_supported: true, backchannel_logout_session_supported: true,
  }
}

/** Remembers that this session entered the application, so that its end can be told. Returns the id that names the entry to it. */
export async function noteEntry(ctx: Ctx, applicationId: string, code?: { hash: string; redirectUri: string; challenge: string; nonce: string | null }): Promise<string> {
  const id = newId()
  const now = ctx.clock.now()
  await ctx.db<PlatformTables>().insertInto('platform_application_entry').values({
    tenant_id: ctx.tenantId, id, application_id: applicationId, user_id: userId(ctx), session_hash: ctx.actor.sessionId ?? '', at: ts(now),
    ...(code ? { code_hash: code.hash, code_until: ts(plus(now, MINUTE)), redirect_uri: code.redirectUri, challenge: code.challenge, nonce: code.nonce } : {}),
  }).execute()
  await sql`update platform_application set visits = visits + 1, visited_at = ${toIso(now)} where tenant_id = ${ctx.tenantId} and id = ${applicationId}`.execute(ctx.db())
  return id
}

/** Whoever is signed in and admitted gets a code for the application's own address; to any other address nothing is sent. */
export async function authorizeApplication(ctx: Ctx, input: Input<typeof contract.authorizeApplication>): Promise<{ url: string }> {
  const [code = '', tenantCode = ''] = input.clientId.split('@')
  const own = await tenantById(ctx, ctx.tenantId)
  const application = tenantCode === own.code ? await ctx.db<PlatformTables>().selectFrom('platform_application').selectAll().where('tenant_id', '=', ctx.tenantId).where('code', '=', code).executeTakeFirst() : undefined
  if (!application || application.address !== input.redirectUri) throw kernelErrors('notFound')
  await admitted(ctx, application)
  const token = randomToken(32)
  await noteEntry(ctx, application.id, { hash: hashToken(token), redirectUri: input.redirectUri, challenge: input.codeChallenge, nonce: input.nonce ?? null })
  const url = new URL(application.address)
  url.searchParams.set('code', token)
  if (input.state !== undefined) url.searchParams.set('state', input.state)
  return { url: url.toString() }
}

type Entry = { tenant_id: string; id: string; code: string; tenant_code: string; name: string; secret_enc: string; state: string; redirect_uri: string | null; challenge: string | null; nonce: string | null; login: string; staff_no: string; user_name: string; unit: string | null; fresh: boolean }

/** A code is good once and for a minute, only with the application's secret and the verifier. The same refusal for every cause. @throws 401 */
export async function exchangeCode(ctx: Ctx, input: Input<typeof contract.issueToken>, raw: RawExchange): Promise<Output<typeof contract.issueToken>> {
  const db = ctx.acrossTenants('a code is found by itself')
  const { rows } = await sql<Entry>`select e.tenant_id, e.id, a.code, t.code as tenant_code, a.name, a.secret_enc, a.state, e.redirect_uri, e.challenge, e.nonce, u.login, u.staff_no, u.name as user_name, n.name as unit, (e.code_until > ${toIso(ctx.clock.now())} and e.ended_at is null) as fresh
    from platform_application_entry e join platform_application a on a.tenant_id = e.tenant_id and a.id = e.application_id join platform_tenant t on t.id = e.tenant_id join platform_user u on u.tenant_id = e.tenant_id and u.id = e.user_id and u.state = 'active'
      left join platform_post p on p.tenant_id = u.tenant_id and p.user_id = u.id and p.main left join platform_unit n on n.tenant_id = p.tenant_id and n.id = p.unit_id
    where e.code_hash = ${hashToken(input.code ?? '')} for update of e`.execute(db)
  const entry = rows[0]
  const verified = createHash('sha256').update(input.code_verifier ?? '').digest('base64url')
  if (!entry?.fresh || entry.state !== 'running' || input.client_id !== `${entry.code}@${entry.tenant_code}` || input.redirect_uri !== entry.redirect_uri || verified !== entry.challenge) throw applicationErrors('applicationToken')
  const secret = secretOf(ctx, entry)
  if (!sameSecret(input.client_secret, secret)) throw applicationErrors('applicationToken')
  await sql`update platform_application_entry set code_hash = null, code_until = null where tenant_id = ${entry.tenant_id} and id = ${entry.id}`.execute(db)
  ctx.audit({ module: 'login', act: 'issueApplicationToken', actor: { id: null, name: entry.name }, tenantId: entry.tenant_id, text: entry.user_name })
  const claims = { iss: issuerOf(raw), aud: input.client_id, sub: entry.login, sid: entry.id }
  return {
    token_type: 'Bearer', expires_in: ACCESS_SECONDS, scope: 'openid profile', access_token: signed(ctx, secret, claims, ACCESS_SECONDS, 'at+jwt'),
    id_token: signed(ctx, secret, { ...claims, name: entry.user_name, staffNo: entry.staff_no, unit: entry.unit, ...(entry.nonce === null ? {} : { nonce: entry.nonce }) }, ID_SECONDS),
  }
}

/** Who the access token stands for, as long as the session that it came from stands. @throws 401 */
export async function userInfo(ctx: Ctx, _input: unknown, raw: RawExchange): Promise<Output<typeof contract.userInfo>> {
  const token = raw.request.headers.authorization?.replace(/^Bearer /, '') ?? ''
  const claims = unverified(token)
  const { rows } = await sql<Entry>`select e.tenant_id, a.secret_enc, a.state, u.login, u.staff_no, u.name as user_name, n.name as unit from platform_application_entry e join platform_application a on a.tenant_id = e.tenant_id and a.id = e.application_id
    join platform_user u on u.tenant_id = e.tenant_id and u.id = e.user_id and u.state = 'active' left join platform_post p on p.tenant_id = u.tenant_id and p.user_id = u.id and p.main left join platform_unit n on n.tenant_id = p.tenant_id and n.id = p.unit_id
    where e.id = ${claims?.sid ?? null}::uuid and e.ended_at is null`.execute(ctx.acrossTenants('a token names its entry'))
  const row = rows[0]
  if (!row || row.state !== 'running' || !isSigned(ctx, secretOf(ctx, row), token, 'at+jwt')) throw applicationErrors('applicationToken')
  return { sub: row.login, name: row.user_name, staffNo: row.staff_no, unit: row.unit }
}

type Ended = { tenantId: string; entryId: string }

export const logoutJob = defineJob<Ended>({
  name: 'platform.applicationLogout', schema: z.object({ tenantId: z.uuid(), entryId: z.uuid() }), maxAttempts: 6,
  async run(begin, { tenantId, entryId }) {
    const notice = await begin((ctx) => noticeOf(inTenant(ctx, tenantId), entryId))
    if (!notice) return
    const answer = await callOut(notice.address, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: notice.body })
    if (!answer.ok || answer.status >= 300) throw new Error(`logout notice: ${answer.ok ? answer.status : answer.reason}`)
  },
})

async function noticeOf(ctx: Ctx, entryId: string): Promise<{ address: string; body: string } | null> {
  const { rows } = await sql<{ code: string; secret_enc: string; logout_address: string | null; login: string; tenant_code: string; cas: boolean }>`select a.code, a.secret_enc, coalesce(a.logout_address, case when e.challenge is null then e.redirect_uri end) as logout_address, u.login, t.code as tenant_code, (e.challenge is null and e.redirect_uri is not null) as cas from platform_application_entry e join platform_application a on a.tenant_id = e.tenant_id and a.id = e.application_id
    join platform_user u on u.tenant_id = e.tenant_id and u.id = e.user_id join platform_tenant t on t.id = e.tenant_id where e.tenant_id = ${ctx.tenantId} and e.id = ${entryId}`.execute(ctx.db())
  const row = rows[0]
  if (!row?.logout_address) return null
  if (row.cas) return { address: row.logout_address, body: casLogout(ctx, { id: entryId, login: row.login }) }
  const token = signed(ctx, secretOf(ctx, row), { iss: 'minsheng', aud: `${row.code}@${row.tenant_code}`, sub: row.login, sid: entryId, jti: newId(), events: { [LOGOUT_EVENT]: {} } }, 120, 'logout+jwt')
  return { address: row.logout_address, body: new URLSearchParams({ logout_token: token }).toString() }
}

/** However a session ended (signed out, taken away, run out), what it opened is told. */
async function tellEnded(ctx: Ctx): Promise<void> {
  const now = toIso(ctx.clock.now())
  const { rows } = await sql<{ id: string }>`update platform_application_entry e set ended_at = ${now}, code_hash = null where e.tenant_id = ${ctx.tenantId} and e.ended_at is null and not exists (select 1 from kernel_session s
    where s.token_hash = e.session_hash and s.expires_at > ${now}::timestamptz and (s.idle_minutes = 0 or s.seen_at > ${now}::timestamptz - make_interval(mins => s.idle_minutes))) returning id`.execute(ctx.acrossTenants('a session is found by its token'))
  for (const { id } of rows) ctx.enqueue(logoutJob, { tenantId: ctx.tenantId, entryId: id }, { key: `logout-${id}` })
}

export const logoutCrons: Cron[] = [{ name: 'platform.applicationLogout', everySeconds: 3, run: tellEnded }]
