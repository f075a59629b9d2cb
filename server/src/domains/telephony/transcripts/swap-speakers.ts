import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'

/**
 * Agent and citizen change places in all that was understood of a call: a recogniser took one for the other. Returns how many sentences
 * there are. Rights are the caller's matter; run in his transaction.
 */
export async function swapSpeakers(ctx: Ctx, callId: string): Promise<number> {
  const done = await sql`update telephony_utterance set speaker = case speaker when 'agent' then 'citizen' else 'agent' end where tenant_id = ${ctx.tenantId} and call_id = ${callId} and speaker in ('agent', 'citizen') returning id`.execute(ctx.db())
  return done.rows.length
}
