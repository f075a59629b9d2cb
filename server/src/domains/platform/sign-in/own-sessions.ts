// The list of own sessions, ending them, signing out.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { userId } from '../../../kernel/access.ts'
import { endSessions } from '../../../kernel/auth/sessions.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output, RawExchange } from '../../../kernel/http/route.ts'
import { clearSessionCookie } from '../../../kernel/http/session-cookie.ts'
import { toIso, type Instant } from '../../../kernel/time/index.ts'
import type * as contract from './contract.ts'

type Row = { token_hash: string; created_at: Instant; seen_at: Instant; ip: string | null; terminal: string | null; method: string }

// The first characters of the stored hash name a session among a person's own; the hash itself opens nothing.
const shortId = (tokenHash: string): string => tokenHash.slice(0, 16)

async function readSessions(ctx: Ctx): Promise<Row[]> {
  const { rows } = await sql<Row>`select token_hash, created_at, seen_at, ip, terminal, method from kernel_session
    where subject_id = ${userId(ctx)} and audience = 'staff' and state = 'open' and expires_at > ${toIso(ctx.clock.now())}
      and (idle_minutes = 0 or seen_at > ${toIso(ctx.clock.now())}::timestamptz - make_interval(mins => idle_minutes)) order by seen_at desc`.execute(ctx.db())
  return rows
}

export async function listMySessions(ctx: Ctx): Promise<Output<typeof contract.listMySessions>> {
  const rows = await readSessions(ctx)
  return {
    items: rows.map((row) => ({
      id: shortId(row.token_hash), current: row.token_hash === ctx.actor.sessionId, startedAt: row.created_at, seenAt: row.seen_at, ip: row.ip, terminal: row.terminal, method: row.method,
    })),
  }
}

export async function endMySession(ctx: Ctx, input: Input<typeof contract.endMySession>): Promise<Record<string, never>> {
  const row = (await readSessions(ctx)).find((session) => shortId(session.token_hash) === input.sessionId)
  if (!row) throw kernelErrors('notFound')
  await endSessions(ctx, { subjectId: userId(ctx), only: row.token_hash })
  return {}
}

export async function endOtherSessions(ctx: Ctx): Promise<Record<string, never>> {
  await endSessions(ctx, { subjectId: userId(ctx), except: ctx.actor.sessionId ?? '' })
  return {}
}

export async function signOut(ctx: Ctx, _input: unknown, raw: RawExchange): Promise<Record<string, never>> {
  const session = raw.request.session
  if (session) {
    await endSessions(ctx, { subjectId: session.subjectId, only: session.tokenHash })
    ctx.audit({ module: 'login', act: 'signOut' })
  }
  clearSessionCookie(raw.reply, 'staff')
  return {}
}
