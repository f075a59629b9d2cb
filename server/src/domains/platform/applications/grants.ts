// What a third-party application may do through the API: applied for with purpose, scopes and validity, decided by another person,
// narrowed or withdrawn at any time; a token lives minutes and dies with its grant (PLA-10).
import { sql, type Kysely } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import { openSession } from '../../../kernel/auth/sessions.ts'
import { sameSecret } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output, RawExchange } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { localDate, toIso, type Instant } from '../../../kernel/time/index.ts'
import { calendarOf } from '../calendar/tenant-calendar.ts'
import { allPermissions } from '../roles/rights-catalogue.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { applicationErrors } from './application.errors.ts'
import { applicationOf, secretOf } from './applications.ts'
import { grantStates } from './contract.ts'
import type * as contract from './contract.ts'
import { exchangeCode } from './single-sign-on.ts'

const TOKEN_MINUTES = 15
/** How the session of an application is told from a person's. */
const METHOD = 'app:'
const stateNames: Record<string, string> = { requested: '待审批', approved: '已批准', refused: '已拒绝', withdrawn: '已收回' }
const table = (ctx: Ctx) => ctx.db<PlatformTables>()
const today = async (ctx: Ctx): Promise<string> => localDate(ctx.clock.now(), (await calendarOf(ctx)).timeZone)

/** Rights that administer rights, accounts and applications are lent to no application. */
const barred = /^platform\.(manage|approve|grant|delegate)/
export const offeredScopes = (): { code: string; name: string }[] => allPermissions().filter(({ code }) => !barred.test(code)).map(({ code, name }) => ({ code, name }))
const nameOf = (code: string): string => allPermissions().find((one) => one.code === code)?.name ?? code

export async function grantsOf(ctx: Ctx, applicationId: string): Promise<Output<typeof contract.getApplication>['grantItems']> {
  const rows = await table(ctx).selectFrom('platform_application_grant').selectAll().where('tenant_id', '=', ctx.tenantId).where('application_id', '=', applicationId).orderBy('requested_at', 'desc').limit(100).execute()
  const day = await today(ctx)
  return rows.map((row) => ({
    id: row.id, purpose: row.purpose, scopes: row.scopes, scopeNames: row.scopes.map(nameOf), validTo: row.valid_to, state: grantStates.find((one) => one === row.state) ?? 'refused', expired: row.valid_to < day, reason: row.reason,
    requestedByName: row.requested_by_name, requestedAt: row.requested_at, decidedByName: row.decided_by_name, decidedAt: row.decided_at, tokens: row.tokens, usedAt: row.used_at, mayDecide: can(ctx, 'platform.approveApplications') && (row.state === 'approved' || (row.state === 'requested' && row.requested_by !== ctx.actor.id)),
  }))
}

async function checkScopes(ctx: Ctx, scopes: readonly string[]): Promise<void> {
  const known = new Set(offeredScopes().map((one) => one.code))
  const unknown = scopes.filter((code) => !known.has(code))
  if (unknown.length > 0) throw kernelErrors('invalid', { fields: [{ path: 'scopes', message: `不能开放：${unknown.map(nameOf).join('、')}` }] })
}

export async function requestGrant(ctx: Ctx, input: Input<typeof contract.requestGrant>): Promise<{ id: string }> {
  authorize(ctx, 'platform.manageApplications')
  const application = await applicationOf(ctx, input.id)
  await checkScopes(ctx, input.scopes)
  if (input.validTo < (await today(ctx))) throw kernelErrors('invalid', { fields: [{ path: 'validTo', message: '不能早于今天' }] })
  const id = newId()
  await table(ctx).insertInto('platform_application_grant').values({ tenant_id: ctx.tenantId, id, application_id: application.id, purpose: input.purpose, scopes: [...new Set(input.scopes)], valid_to: input.validTo, state: 'requested', requested_by: ctx.actor.id, requested_by_name: ctx.actor.name, requested_at: ts(ctx.clock.now()) }).execute()
  return { id }
}

/** Approval is another person's; narrowing only takes scopes and days away. */
export async function decideGrant(ctx: Ctx, input: Input<typeof contract.decideGrant>): Promise<Output<typeof contract.decideGrant>> {
  authorize(ctx, 'platform.approveApplications')
  const row = await table(ctx).selectFrom('platform_application_grant').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  const first = input.outcome === 'approve' || input.outcome === 'refuse'
  if (row.state !== (first ? 'requested' : 'approved')) throw applicationErrors('applicationGrantState', { params: { state: stateNames[row.state] ?? '' } })
  if (first && row.requested_by === ctx.actor.id) throw applicationErrors('applicationOwnGrant')
  if (input.outcome !== 'approve' && input.outcome !== 'narrow' && !input.reason) throw kernelErrors('invalid', { fields: [{ path: 'reason', message: '请填写理由' }] })
  const scopes = input.scopes ? row.scopes.filter((code) => input.scopes?.includes(code)) : row.scopes
  if (scopes.length === 0 || (input.validTo && input.validTo > row.valid_to)) throw kernelErrors('invalid', { fields: [{ path: scopes.length === 0 ? 'scopes' : 'validTo', message: '只能在申请的范围内缩小' }] })
  const state = input.outcome === 'refuse' ? 'refused' : input.outcome === 'withdraw' ? 'withdrawn' : 'approved'
  await table(ctx).updateTable('platform_application_grant').set({ state, scopes, valid_to: input.validTo ?? row.valid_to, reason: input.reason ?? row.reason, decided_by_name: ctx.actor.name, decided_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.audit({ module: 'platform', act: 'decideApplicationGrant', objectType: 'key:permission', objectId: row.id, changes: { state: { old: row.state, new: state }, scopes: { old: row.scopes, new: scopes } } })
  return { state }
}

/** OAuth 2.0 client credentials: the newest grant that holds. The same refusal for every cause. @throws 401 */
export async function issueToken(ctx: Ctx, input: Input<typeof contract.issueToken>, raw: RawExchange): Promise<Output<typeof contract.issueToken>> {
  if (input.grant_type === 'authorization_code') return exchangeCode(ctx, input, raw)
  const across = ctx.acrossTenants<PlatformTables>('an application is found by its credentials, whose tenant it names')
  const [code = '', tenantCode = ''] = input.client_id.split('@')
  const application = await across.selectFrom('platform_application as a').innerJoin('platform_tenant as t', 't.id', 'a.tenant_id').selectAll('a').select('t.time_zone').where('t.code', '=', tenantCode).where('a.code', '=', code).executeTakeFirst()
  if (!application || !sameSecret(input.client_secret, secretOf(ctx, application)) || application.state !== 'running') throw applicationErrors('applicationToken')
  const grant = await across.selectFrom('platform_application_grant').selectAll().where('tenant_id', '=', application.tenant_id).where('application_id', '=', application.id).where('state', '=', 'approved').where('valid_to', '>=', localDate(ctx.clock.now(), application.time_zone)).orderBy('decided_at', 'desc').executeTakeFirst()
  if (!grant) throw applicationErrors('applicationToken')
  const { token } = await openSession(ctx, { audience: 'staff', subjectId: application.account_id, tenantId: application.tenant_id, state: 'open', method: `${METHOD}${grant.id}`, hours: TOKEN_MINUTES / 60, idleMinutes: 0 })
  await across.updateTable('platform_application_grant').set((e) => ({ tokens: e('tokens', '+', 1), used_at: ts(ctx.clock.now()) })).where('tenant_id', '=', grant.tenant_id).where('id', '=', grant.id).execute()
  ctx.audit({ module: 'login', act: 'issueApplicationToken', actor: { id: application.account_id, name: application.name } })
  return { access_token: token, token_type: 'Bearer', expires_in: TOKEN_MINUTES * 60, scope: grant.scopes.join(' ') }
}

/** Of a session: what its application may do now, with its name; null when it is a person's; 'over' when the grant does not hold any more. */
export async function applicationLimits(db: Kysely<Record<string, never>>, session: { method: string; tenantId: string }, now: Instant): Promise<{ name: string; scopes: ReadonlySet<string> } | 'over' | null> {
  if (!session.method.startsWith(METHOD)) return null
  const { rows } = await sql<{ name: string; scopes: string[] }>`select a.name, g.scopes from platform_application_grant g join platform_application a on a.tenant_id = g.tenant_id and a.id = g.application_id and a.state = 'running'
    join platform_tenant t on t.id = g.tenant_id where g.tenant_id = ${session.tenantId} and g.id = ${session.method.slice(METHOD.length)} and g.state = 'approved' and g.valid_to >= (${toIso(now)}::timestamptz at time zone t.time_zone)::date`.execute(db)
  return rows[0] ? { name: rows[0].name, scopes: new Set(rows[0].scopes) } : 'over'
}
