// How a screen comes in: it shows a code, an administrator confirms it, and the screen gets a session of its own that reads nothing but its boards.
import { sql, type Kysely } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Actor, Ctx } from '../../../kernel/ctx.ts'
import { enquiryCode, hashToken, normaliseEnquiryCode, randomToken } from '../../../kernel/crypto/index.ts'
import { endSessions, openSession, type Session } from '../../../kernel/auth/sessions.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { setDeviceCookie } from '../../../kernel/http/session-cookie.ts'
import type { Input, Output, RawExchange } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { HOUR, MINUTE, plus, type Instant } from '../../../kernel/time/index.ts'
import { tenantById } from '../../platform/index.ts'
import { analyticsFail } from '../analytics.errors.ts'
import { db, listBoards } from '../boards.ts'
import type { AnalyticsTables } from '../tables.gen.ts'
import type * as contract from './screen-contract.ts'

const METHOD = 'app:screen'
const WAITS = 15 * MINUTE
/** Until it is revoked: nobody signs in at a wall. */
const HOURS = 24 * 3650
const pairing = (ctx: Ctx) => ctx.acrossTenants<AnalyticsTables>('a screen that waits has no centre yet')

export async function beginPairing(ctx: Ctx): Promise<Output<typeof contract.beginPairingRoute>> {
  const now = ctx.clock.now()
  await pairing(ctx).deleteFrom('analytics_screen_pairing').where('created_at', '<', ts(plus(now, -HOUR))).execute()
  const [code, secret] = [enquiryCode(), randomToken(32)]
  await pairing(ctx).insertInto('analytics_screen_pairing').values({ secret_hash: hashToken(secret), code, created_at: ts(now), tenant_id: null, device_id: null }).execute()
  return { code, secret }
}

export async function claimPairing(ctx: Ctx, input: Input<typeof contract.claimPairingRoute>, raw: RawExchange): Promise<Output<typeof contract.claimPairingRoute>> {
  const hash = hashToken(input.secret)
  const held = await pairing(ctx).selectFrom('analytics_screen_pairing').selectAll().where('secret_hash', '=', hash).where('created_at', '>', ts(plus(ctx.clock.now(), -WAITS))).forUpdate().executeTakeFirst()
  if (!held) return { state: 'unknown' }
  if (held.device_id === null || held.tenant_id === null) return { state: 'waiting' }
  const { token } = await openSession(ctx, { audience: 'staff', subjectId: held.device_id, tenantId: held.tenant_id, state: 'open', method: METHOD, hours: HOURS, idleMinutes: 0 })
  await pairing(ctx).deleteFrom('analytics_screen_pairing').where('secret_hash', '=', hash).execute()
  setDeviceCookie(raw.reply, token)
  return { state: 'paired' }
}

/** Who a screen's session belongs to: the device while it is not revoked, with the one right to read its boards. */
export async function resolveDevice(plain: Kysely<Record<string, never>>, session: Session, _now: Instant): Promise<Actor | null> {
  if (session.audience !== 'staff' || session.method !== METHOD) return null
  const { rows } = await sql<{ name: string }>`select d.name from analytics_screen_device d join platform_tenant t on t.id = d.tenant_id and t.state = 'active' where d.tenant_id = ${session.tenantId} and d.id = ${session.subjectId} and d.state = 'active'`.execute(plain.withoutPlugins())
  const row = rows[0]
  if (!row) return null
  return { kind: 'client', id: session.subjectId, name: row.name, tenantId: session.tenantId, sessionId: session.tokenHash, unitIds: [], unitName: null, areaCode: null, tenantIds: [session.tenantId], grants: new Map([['analytics.screen', new Set(['tenant' as const])]]), phoneHash: null }
}

export async function ownScreen(ctx: Ctx): Promise<Output<typeof contract.ownScreenRoute>> {
  const tenantName = (await tenantById(ctx, ctx.tenantId)).name
  if (ctx.actor.kind !== 'client') return { device: false, name: ctx.actor.name, tenantName, boards: [], rotateSeconds: 30 }
  const held = await deviceRow(ctx, ctx.actor.id ?? '')
  return { device: true, name: held.name, tenantName, boards: held.boards, rotateSeconds: held.rotate_seconds }
}

export async function deviceRow(ctx: Ctx, id: string) {
  const held = await db(ctx).selectFrom('analytics_screen_device').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!held) throw analyticsFail('unknownScreen')
  return held
}

const screensOf = async (ctx: Ctx) => (await listBoards(ctx, {})).items.filter((b) => b.kind !== 'table' && b.state === 'published').map((b) => ({ code: b.code, name: b.name }))

async function check(ctx: Ctx, boards: string[]): Promise<void> {
  const known = new Set((await screensOf(ctx)).map((b) => b.code))
  const missing = boards.find((code) => !known.has(code))
  if (missing !== undefined) throw analyticsFail('screenBoard', { params: { code: missing }, fields: [{ path: 'boards', message: '没有这个看板或未发布' }] })
}

export async function listScreenDevices(ctx: Ctx): Promise<Output<typeof contract.screenDevicesRoute>> {
  authorize(ctx, 'analytics.screens')
  const rows = await db(ctx).selectFrom('analytics_screen_device').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('confirmed_at', 'desc').limit(200).execute()
  const { rows: seen } = await sql<{ id: string; at: Instant }>`select subject_id as id, max(seen_at) as at from kernel_session where tenant_id = ${ctx.tenantId} and method = ${METHOD} group by subject_id`.execute(ctx.db())
  const boards = await screensOf(ctx)
  const nameOf = (code: string): string => boards.find((b) => b.code === code)?.name ?? code
  return { boards, items: rows.map((r) => ({ id: r.id, name: r.name, boards: r.boards.map((code) => ({ code, name: nameOf(code) })), rotateSeconds: r.rotate_seconds, state: r.state === 'active' ? 'active' : 'revoked', confirmedAt: r.confirmed_at, confirmedByName: r.confirmed_by_name, revokedAt: r.revoked_at, revokedByName: r.revoked_by_name, seenAt: seen.find((s) => s.id === r.id)?.at ?? null })) }
}

export async function confirmScreen(ctx: Ctx, input: Input<typeof contract.confirmScreenRoute>): Promise<{ id: string }> {
  authorize(ctx, 'analytics.screens')
  await check(ctx, input.boards)
  const now = ctx.clock.now()
  const waiting = await pairing(ctx).selectFrom('analytics_screen_pairing').select('secret_hash').where('code', '=', normaliseEnquiryCode(input.code) ?? '').where('device_id', 'is', null).where('created_at', '>', ts(plus(now, -WAITS))).forUpdate().executeTakeFirst()
  if (!waiting) throw analyticsFail('screenCode', { fields: [{ path: 'code', message: '接入码不存在、已使用或已过期，请看大屏上的当前接入码' }] })
  const id = newId()
  await db(ctx).insertInto('analytics_screen_device').values({ tenant_id: ctx.tenantId, id, name: input.name, boards: input.boards, rotate_seconds: input.rotateSeconds, confirmed_at: ts(now), confirmed_by_name: ctx.actor.name, revoked_at: null, revoked_by_name: null }).execute()
  await pairing(ctx).updateTable('analytics_screen_pairing').set({ tenant_id: ctx.tenantId, device_id: id }).where('secret_hash', '=', waiting.secret_hash).execute()
  return { id }
}

export async function changeScreen(ctx: Ctx, input: Input<typeof contract.changeScreenRoute>): Promise<{ id: string }> {
  authorize(ctx, 'analytics.screens')
  await deviceRow(ctx, input.id)
  if (input.boards) await check(ctx, input.boards)
  const set = { ...(input.name ? { name: input.name } : {}), ...(input.boards ? { boards: input.boards } : {}), ...(input.rotateSeconds ? { rotate_seconds: input.rotateSeconds } : {}) }
  if (Object.keys(set).length > 0) await db(ctx).updateTable('analytics_screen_device').set(set).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).execute()
  ctx.signal('analytics.screen')
  return { id: input.id }
}

/** At once: its session ends, the wall goes calm and shows a new code. */
export async function revokeScreen(ctx: Ctx, input: Input<typeof contract.revokeScreenRoute>): Promise<{ id: string }> {
  authorize(ctx, 'analytics.screens')
  await deviceRow(ctx, input.id)
  await db(ctx).updateTable('analytics_screen_device').set({ state: 'revoked', revoked_at: ts(ctx.clock.now()), revoked_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).execute()
  await endSessions(ctx, { subjectId: input.id })
  ctx.signal('analytics.screen')
  return { id: input.id }
}
