// Who gets a waiting conversation: the agent on duty with the fewest, the oldest first, never more than his limit.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { MINUTE, plus } from '../../../kernel/time/index.ts'
import { setting } from '../../platform/index.ts'
import { db } from '../accounts/account.queries.ts'
import { note, saveSession, type SessionRow } from './chat.queries.ts'
import { autoAssign, awayMinutes, maxSessions } from './chat.settings.ts'
import { chatTexts } from './chat.zh-CN.ts'

type Agent = { user_id: string; user_name: string; open: number }

/** Agents whose page is open, the least busy first. `taking`: those who get new ones. */
export async function agentsOnDuty(ctx: Ctx, options: { taking: boolean }): Promise<Agent[]> {
  const seen = ts(plus(ctx.clock.now(), -(await setting(ctx, awayMinutes)) * MINUTE))
  const { rows } = await sql<Agent>`select d.user_id, d.user_name, (select count(*)::int from intake_chat_session s where s.tenant_id = d.tenant_id and s.agent_id = d.user_id and s.state = 'open') as open
    from intake_chat_duty d where d.tenant_id = ${ctx.tenantId} and d.seen_at > ${seen} ${options.taking ? sql`and d.taking` : sql``} order by open, d.since_at, d.user_id`.execute(ctx.db())
  return rows
}

export async function giveTo(ctx: Ctx, session: SessionRow, agent: { id: string; name: string }): Promise<SessionRow> {
  const again = session.accepted_at !== null
  const now = ctx.clock.now()
  const held = await saveSession(ctx, session, { state: 'open', agent_id: agent.id, agent_name: agent.name, accepted_at: session.accepted_at ?? now, last_message_at: now })
  return note(ctx, held, again ? chatTexts.transferTaken : chatTexts.taken)
}

/** Gives out what waits, as far as there are hands; called whenever somebody comes, ends or begins to work. */
export async function assignWaiting(ctx: Ctx): Promise<void> {
  if (!(await setting(ctx, autoAssign))) return
  await sql`select pg_advisory_xact_lock(hashtextextended(${`chat-assign:${ctx.tenantId}`}, 0))`.execute(ctx.acrossTenants('a lock has no tenant'))
  const max = await setting(ctx, maxSessions)
  for (;;) {
    const agents = (await agentsOnDuty(ctx, { taking: true })).filter((one) => one.open < max)
    if (agents.length === 0) return
    const next = await db(ctx).selectFrom('intake_chat_session').selectAll().where('tenant_id', '=', ctx.tenantId).where('state', '=', 'queued').orderBy('priority', 'desc').orderBy('queued_at').orderBy('id').limit(1).forUpdate().skipLocked().executeTakeFirst()
    if (!next) return
    // An enterprise's own seat takes it where it has room; nobody waits for a seat that has none.
    const agent = agents.find((one) => one.user_id === next.seat_id) ?? agents[0]
    if (agent) await giveTo(ctx, next, { id: agent.user_id, name: agent.user_name })
  }
}
