// Opens and promotes sessions of staff. Every step gives a new token, so that a token known before the sign-in opens nothing.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { inTenant } from '../../../kernel/ctx.ts'
import type { RawExchange } from '../../../kernel/http/route.ts'
import { setSessionCookie } from '../../../kernel/http/session-cookie.ts'
import { endSessions, openSession, type SessionState } from '../../../kernel/auth/sessions.ts'
import { passwordAge } from '../../../kernel/crypto/index.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { setting } from '../settings/setting-chain.ts'
import { noteSignIn, type Account } from './account.queries.ts'
import { secondFactorOf } from './second-factor.ts'
import { absoluteSetting, concurrentSetting, idleSetting, passwordSetting } from './sign-in.settings.ts'

export type SignInStep = { next: 'done' | 'totp' | 'changePassword'; enrol?: boolean }
export type SignInMethod = 'password' | 'sms' | 'demo' | 'oidc'

/** `again`: the person was in already and only gets a new token. */
export type Shown = { secondFactor: boolean; method: SignInMethod; again?: boolean }

/** What is still asked for after what has been shown. */
async function nextState(ctx: Ctx, account: Account, shown: Shown): Promise<{ state: SessionState; enrol: boolean }> {
  if (shown.method === 'demo') return { state: 'open', enrol: false }
  const tenant = inTenant(ctx, account.tenantId)
  if (!shown.secondFactor) {
    if (account.totpConfirmed) return { state: 'totp', enrol: false }
    const factor = await secondFactorOf(tenant, account.id)
    if (factor.required && factor.strict) return { state: 'totp', enrol: true }
  }
  if (shown.method !== 'password' || account.passwordAt === null) return { state: 'open', enrol: false }
  const age = passwordAge(await setting(tenant, passwordSetting), account.passwordAt, ctx.clock.now())
  return { state: account.mustChange || age.state === 'expired' ? 'changePassword' : 'open', enrol: false }
}

/** Gives the caller a session in the state that follows, ends the one he came with, and records a finished sign-in. */
export async function proceed(ctx: Ctx, account: Account, shown: Shown, raw: RawExchange): Promise<SignInStep> {
  const { state, enrol } = await nextState(ctx, account, shown)
  const tenant = inTenant(ctx, account.tenantId)
  const before = raw.request.session
  if (before) await endSessions(ctx, { subjectId: before.subjectId, only: before.tokenHash })
  if (state === 'open' && !shown.again) await finish(ctx, tenant, account, shown.method)
  const { token } = await openSession(ctx, {
    audience: 'staff', subjectId: account.id, tenantId: account.tenantId, state, method: shown.method,
    hours: state === 'open' ? await setting(tenant, absoluteSetting) : 1,
    idleMinutes: state === 'open' ? await setting(tenant, idleSetting) : 10,
  })
  setSessionCookie(raw.reply, 'staff', token)
  return { next: state === 'open' ? 'done' : state, ...(enrol ? { enrol } : {}) }
}

async function finish(ctx: Ctx, tenant: Ctx, account: Account, method: SignInMethod): Promise<void> {
  // Several windows of a demonstration may be the same person.
  if (method !== 'demo' && (await setting(tenant, concurrentSetting)) === 'onePerTerminal') await endOfTerminal(ctx, account.id)
  await noteSignIn(ctx, account)
  ctx.audit({ module: 'login', act: 'signIn', actor: { id: account.id, name: account.name }, tenantId: account.tenantId, text: methodTexts[method] })
}

const methodTexts: Record<SignInMethod, string> = { password: '密码登录', sms: '短信验证码登录', demo: '演示登录', oidc: '统一身份认证登录' }

const MOBILE = 'Mobile|Android|iPhone|HarmonyOS'

/** A second sign-in from the same kind of terminal ends the first (OPS-02). */
async function endOfTerminal(ctx: Ctx, userId: string): Promise<void> {
  const mobile = new RegExp(MOBILE).test(ctx.terminal ?? '')
  await sql`delete from kernel_session where subject_id = ${userId} and audience = 'staff' and expires_at > ${toIso(ctx.clock.now())}
    and (coalesce(terminal, '') ~ ${MOBILE}) = ${mobile}`.execute(ctx.acrossTenants('a session is found by its subject'))
}
