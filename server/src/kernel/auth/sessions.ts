// Sessions of staff and citizens: a random token in an HttpOnly cookie, its hash in the database, different audiences never mix.
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { kept } from '../db/statement-names.ts'
import { hashToken, randomToken } from '../crypto/index.ts'
import { type Instant, plus, HOUR, MINUTE, toIso } from '../time/index.ts'
import { definePort } from '../port.ts'
import type { Actor, Ctx } from '../ctx.ts'

export type Audience = 'staff' | 'public'
export type SessionState = 'open' | 'totp' | 'changePassword'

export type Session = {
  tokenHash: string
  audience: Audience
  subjectId: string
  tenantId: string
  csrf: string
  state: SessionState
  method: string
  /** What `subjectRow` of this audience read with the session; null when it found nothing, undefined when nobody asked. */
  subject?: unknown
}

type Db = Kysely<Record<string, never>>

/** Who a session belongs to now: roles and units as they stand at this request. Implemented by platform (staff) and intake (citizens). */
export const resolveSubject = definePort<(db: Db, session: Session, now: Instant) => Promise<Actor | null>>('kernel.resolveSubject')

/**
 * A select of one row about the subject of this audience (null: not mine), joined to the session so that a request asks the database
 * once who calls. It may use `s.tenant_id` and `s.subject_id`; the row reaches `resolveSubject` as JSON in `session.subject`.
 */
export const subjectRow = definePort<(audience: Audience, now: Instant) => RawBuilder<unknown> | null>('kernel.subjectRow')

/** Opens a session and returns the token for the cookie; it is never stored in plain text. */
export async function openSession(
  ctx: Ctx,
  input: { audience: Audience; subjectId: string; tenantId: string; state: SessionState; method: string; hours: number; idleMinutes: number },
): Promise<{ token: string; csrf: string }> {
  const token = randomToken(32)
  const csrf = randomToken(18)
  const now = ctx.clock.now()
  await sql`insert into kernel_session (token_hash, audience, subject_id, tenant_id, csrf, state, created_at, seen_at, expires_at, idle_minutes, ip, terminal, method)
    values (${hashToken(token)}, ${input.audience}, ${input.subjectId}, ${input.tenantId}, ${csrf}, ${input.state}, ${toIso(now)}, ${toIso(now)}, ${toIso(plus(now, input.hours * HOUR))},
      ${input.idleMinutes}, ${ctx.ip}, ${ctx.terminal}, ${input.method})`.execute(ctx.acrossTenants('a session is found by its token'))
  return { token, csrf }
}

type Row = { token_hash: string; audience: Audience; subject_id: string; tenant_id: string; csrf: string; state: SessionState; method: string; seen_at: Instant; subject?: unknown }

/** The session of a token, or null when unknown, expired or idle too long; `seen_at` is written at most once a minute. */
export async function findSession(db: Db, token: string, audience: Audience, now: Instant): Promise<Session | null> {
  const plain = db.withoutPlugins()
  const hash = hashToken(token)
  const about = subjectRow.all().map((port) => port(audience, now)).find((select) => select !== null)
  const subject = about ? sql`, (select to_jsonb(a) from (${about}) a) as subject` : sql``
  const { rows } = await sql<Row>`${kept}select token_hash, audience, subject_id, tenant_id, csrf, state, method, seen_at${subject} from kernel_session s
    where token_hash = ${hash} and audience = ${audience} and expires_at > ${toIso(now)}
      and (idle_minutes = 0 or seen_at > ${toIso(now)}::timestamptz - make_interval(mins => idle_minutes))`.execute(plain)
  const row = rows[0]
  if (!row) return null
  if (now - row.seen_at > MINUTE) await sql`update kernel_session set seen_at = ${toIso(now)} where token_hash = ${hash}`.execute(plain)
  return { tokenHash: row.token_hash, audience: row.audience, subjectId: row.subject_id, tenantId: row.tenant_id, csrf: row.csrf, state: row.state, method: row.method, ...(about ? { subject: row.subject } : {}) }
}

export async function setSessionState(ctx: Ctx, tokenHash: string, state: SessionState): Promise<void> {
  await sql`update kernel_session set state = ${state} where token_hash = ${tokenHash}`.execute(ctx.acrossTenants('a session is found by its token'))
}

/** Ends sessions of a person: all, all but one, or exactly one. */
export async function endSessions(ctx: Ctx, which: { subjectId: string; except?: string; only?: string }): Promise<void> {
  const db = ctx.acrossTenants('a session is found by its token')
  if (which.only) await sql`delete from kernel_session where subject_id = ${which.subjectId} and token_hash = ${which.only}`.execute(db)
  else await sql`delete from kernel_session where subject_id = ${which.subjectId} and token_hash is distinct from ${which.except ?? null}`.execute(db)
}
