// Cron: conversations nobody speaks in end, those whose agent's page is gone wait again at their old place, long waits become left messages.
import { ts } from '../../../kernel/db/connect.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { MINUTE, plus } from '../../../kernel/time/index.ts'
import { setting } from '../../platform/index.ts'
import { db } from '../accounts/account.queries.ts'
import { assignWaiting } from './assign-chat.ts'
import { lockSession, note, saveSession, type SessionRow } from './chat.queries.ts'
import { awayMinutes, idleMinutes } from './chat.settings.ts'
import { chatTexts } from './chat.zh-CN.ts'
import { keepLeft } from './talk-as-citizen.ts'

/** Longer than this nobody waits before a screen. */
const QUEUE_MINUTES = 60

export async function sweepChats(ctx: Ctx): Promise<void> {
  await endSilent(ctx)
  await requeueLost(ctx)
  await leaveLong(ctx)
  await assignWaiting(ctx)
}

const before = (ctx: Ctx, minutes: number) => ts(plus(ctx.clock.now(), -minutes * MINUTE))
const sessions = (ctx: Ctx) => db(ctx).selectFrom('intake_chat_session').select('id').where('tenant_id', '=', ctx.tenantId).orderBy('id').limit(200)

/** Both are silent, and nothing of the citizen waits for an answer. */
async function endSilent(ctx: Ctx): Promise<void> {
  const idle = await setting(ctx, idleMinutes)
  const rows = await sessions(ctx).where('state', '=', 'open').where('unanswered_since_at', 'is', null).where('last_message_at', '<', before(ctx, idle)).forUpdate().skipLocked().execute()
  for (const { id } of rows) await end(ctx, await lockSession(ctx, id), chatTexts.closedIdle)
}

async function end(ctx: Ctx, session: SessionRow, text: string): Promise<void> {
  await saveSession(ctx, await note(ctx, session, text), { state: 'closed', closed_at: ctx.clock.now(), closed_by: 'idle', unanswered_since_at: null })
}

async function requeueLost(ctx: Ctx): Promise<void> {
  const gone = before(ctx, await setting(ctx, awayMinutes))
  await db(ctx).deleteFrom('intake_chat_duty').where('tenant_id', '=', ctx.tenantId).where('seen_at', '<', gone).execute()
  const rows = await sessions(ctx).where('state', '=', 'open').where((eb) => eb.not(eb.exists(eb.selectFrom('intake_chat_duty as d').select('d.user_id').whereRef('d.tenant_id', '=', 'intake_chat_session.tenant_id').whereRef('d.user_id', '=', 'intake_chat_session.agent_id'))))
    .forUpdate().skipLocked().execute()
  for (const { id } of rows) {
    const session = await lockSession(ctx, id)
    await saveSession(ctx, await note(ctx, session, chatTexts.agentGone), { state: 'queued', agent_id: null, agent_name: null })
  }
}

async function leaveLong(ctx: Ctx): Promise<void> {
  const rows = await sessions(ctx).where('state', '=', 'queued').where('last_message_at', '<', before(ctx, QUEUE_MINUTES)).forUpdate().skipLocked().execute()
  for (const { id } of rows) {
    const session = await lockSession(ctx, id)
    const said = await db(ctx).selectFrom('intake_chat_message').select('text').where('tenant_id', '=', ctx.tenantId).where('session_id', '=', id).where('author', '=', 'citizen').where('text', '<>', '').orderBy('seq').execute()
    if (said.length > 0) await keepLeft(ctx, session.account_id, `queue-${session.id}`, said.map((m) => m.text).join('\n').slice(0, 1000))
    await end(ctx, session, said.length > 0 ? chatTexts.becameLeft : chatTexts.closedIdle)
  }
}
