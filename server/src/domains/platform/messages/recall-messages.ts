import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import type { PlatformTables } from '../tables.gen.ts'

export type Recall = { objectType: string; objectId: string; type?: string; userIds?: string[] }

/**
 * Takes back messages on an object: in the lists of their recipients they stand struck out, without words and link, whether they were
 * read or not (SUP-07); deliveries that have not gone out are recalled. What has left the house stays. Returns the number of recipients.
 */
export async function recallMessages(ctx: Ctx, which: Recall): Promise<number> {
  const now = ts(ctx.clock.now())
  let query = ctx
    .db<PlatformTables>()
    .updateTable('platform_message')
    .set({ recalled_at: now, read_at: sql<Instant>`coalesce(read_at, ${now})`, text: null, link: null })
    .where('tenant_id', '=', ctx.tenantId)
    .where('object_id', '=', which.objectId)
    .where('object_type', '=', which.objectType)
    .where('recalled_at', 'is', null)
  const { type, userIds } = which
  if (type !== undefined) query = query.where('type', '=', type)
  if (userIds !== undefined) query = query.where('user_id', 'in', userIds)
  const rows = await query.returning('user_id').execute()
  await sql`update platform_delivery set state = 'recalled', next_at = null where tenant_id = ${ctx.tenantId} and object_id = ${which.objectId} and object_type = ${which.objectType} and state in ('waiting', 'queued')
    and (${type ?? null}::text is null or type = ${type ?? null}) and (${userIds ?? null}::uuid[] is null or user_id = any(${userIds ?? null}::uuid[]))`.execute(ctx.db())
  if (rows.length > 0) {
    ctx.signal('messages')
    ctx.signal('home.counts')
  }
  return new Set(rows.map((row) => row.user_id)).size
}
