import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { PlatformTables } from '../tables.gen.ts'

export type Recall = { objectType: string; objectId: string; type?: string; userIds?: string[] }

/**
 * Takes back messages on an object that nobody has read yet: unread in-app messages are removed, deliveries that have not gone out are
 * recalled. What a person has read, and what has left the house, stays. Returns the number of people whose message went.
 */
export async function recallMessages(ctx: Ctx, which: Recall): Promise<number> {
  let query = ctx
    .db<PlatformTables>()
    .deleteFrom('platform_message')
    .where('tenant_id', '=', ctx.tenantId)
    .where('object_id', '=', which.objectId)
    .where('object_type', '=', which.objectType)
    .where('read_at', 'is', null)
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
