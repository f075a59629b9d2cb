// Who a public session belongs to, what the portal shows of him, and its end.
import { sql, type Kysely } from 'kysely'
import { endSessions, type Session } from '../../../kernel/auth/sessions.ts'
import type { Actor, Ctx } from '../../../kernel/ctx.ts'
import type { Output, RawExchange } from '../../../kernel/http/route.ts'
import { clearSessionCookie } from '../../../kernel/http/session-cookie.ts'
import { citizenView, ownAccount } from './account.queries.ts'
import type * as contract from './account-contract.ts'

/** Timeline and lists must not carry the name of who asks: every citizen acts as 诉求人; the id tells which. */
export async function resolveCitizen(db: Kysely<Record<string, never>>, session: Session): Promise<Actor | null> {
  if (session.audience !== 'public') return null
  const { rows } = await sql<{ phone_hash: string }>`select phone_hash from intake_account where tenant_id = ${session.tenantId} and id = ${session.subjectId} and state = 'active'`.execute(db.withoutPlugins())
  const row = rows[0]
  if (!row) return null
  return {
    kind: 'citizen', id: session.subjectId, name: '诉求人', tenantId: session.tenantId, sessionId: session.tokenHash, unitIds: [], unitName: null, areaCode: null,
    tenantIds: [session.tenantId], grants: new Map(), phoneHash: row.phone_hash,
  }
}

export async function getSession(ctx: Ctx, _input: unknown, raw: RawExchange): Promise<Output<typeof contract.getPublicSession>> {
  const serverTime = ctx.clock.now()
  if (ctx.actor.kind !== 'citizen' || !raw.request.session) return { citizen: null, csrf: null, serverTime }
  return { citizen: citizenView(await ownAccount(ctx)), csrf: raw.request.session.csrf, serverTime }
}

export async function signOut(ctx: Ctx, _input: unknown, raw: RawExchange): Promise<Record<string, never>> {
  const { session } = raw.request
  if (session) await endSessions(ctx, { subjectId: session.subjectId, only: session.tokenHash })
  clearSessionCookie(raw.reply, 'public')
  return {}
}
