import type { Ctx } from '../../../kernel/ctx.ts'
import type { FileObject } from '../../platform/index.ts'
import { keepsTicket } from './edit-item.ts'
import { addressed, keepsItem, standing, watcherOf } from './item.policy.ts'
import { db, ITEM, TICKET } from './item.queries.ts'
import { mayOpenTopicOf, NODE } from '../topics/topic-nodes.ts'

/** Attachments follow their text: valid ones for its audience, working copies for whoever keeps it. */
export async function mayOpenKnowledgeFile(ctx: Ctx, object: FileObject): Promise<boolean | null> {
  if (object.objectType === TICKET) return ctx.actor.kind === 'user' && (await keepsTicket(ctx, object.objectId))
  if (object.objectType === NODE) return mayOpenTopicOf(ctx, object.objectId)
  if (object.objectType !== ITEM) return null
  const watcher = await watcherOf(ctx)
  const row = await db(ctx).selectFrom('knowledge_item as i').select('i.owner_unit_id').select(addressed(watcher).as('meant')).select(standing(watcher.today).as('standing')).where('i.tenant_id', '=', ctx.tenantId).where('i.id', '=', object.objectId).executeTakeFirst()
  return row !== undefined && ((row.meant && row.standing) || keepsItem(watcher, row))
}
