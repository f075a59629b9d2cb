// Rows of drafts; contents are encrypted, because a form in progress holds telephone numbers in clear.
import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { can } from '../../../kernel/access.ts'
import { decrypt, encrypt } from '../../../kernel/crypto/index.ts'
import { orderFail } from '../orders.errors.ts'
import { db } from '../orders.queries.ts'
import { formPassedOn } from '../ports.ts'
import type { OrdersTables } from '../tables.gen.ts'

export type DraftRow = Selectable<OrdersTables['order_draft']>
const CONTEXT = 'order.draft'

export const sealed = (ctx: Ctx, data: Record<string, unknown>): string => encrypt(ctx.keys, JSON.stringify(data), CONTEXT)
export const opened = (ctx: Ctx, enc: string): Record<string, unknown> => JSON.parse(decrypt(ctx.keys, enc, CONTEXT)) as Record<string, unknown> // written by `sealed`

/** The actor's own form, or one that came to him with a call. */
export const isOwn = async (ctx: Ctx, row: Pick<DraftRow, 'id' | 'owner_id'>): Promise<boolean> => row.owner_id === ctx.actor.id || formPassedOn.one()(ctx, row.id)

/** A draft that the actor may open: the own one, one that came with a call, or any with the right. @throws orders.draftForeign */
export async function readableDraft(ctx: Ctx, id: string, lock: 'lock' | 'read', whose: 'own' | 'any'): Promise<DraftRow> {
  const query = db(ctx).selectFrom('order_draft').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id)
  const row = await (lock === 'lock' ? query.forUpdate() : query).executeTakeFirst()
  if (!row || !((await isOwn(ctx, row)) || (whose === 'any' && can(ctx, 'orders.draftsOfOthers')))) throw orderFail('draftForeign')
  return row
}

export const rowView = (ctx: Ctx, row: Pick<DraftRow, 'id' | 'title' | 'owner_id' | 'owner_name' | 'generation' | 'saved_at' | 'deleted_at' | 'channel'>) => ({
  id: row.id, title: row.title, ownerId: row.owner_id, ownerName: row.owner_name, generation: row.generation, savedAt: row.saved_at, deletedAt: row.deleted_at, own: row.owner_id === ctx.actor.id, channel: row.channel,
})
