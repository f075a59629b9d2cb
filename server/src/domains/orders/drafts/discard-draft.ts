// The end of a draft: by submission, by hand, by age.
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, userId } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { setting } from '../../platform/index.ts'
import { db } from '../orders.queries.ts'
import type { deleteDraftRoute } from './draft-contract.ts'
import { draftFail } from './draft.errors.ts'
import { isOwn, readableDraft } from './draft.queries.ts'
import { backupKeep } from './draft.settings.ts'

/** Called with the registration: no working copy remains. A draft of somebody else, or none, is left alone. */
export async function discardDraft(ctx: Ctx, id: string): Promise<void> {
  if (ctx.actor.id === null) return
  const row = await db(ctx).selectFrom('order_draft').select(['id', 'owner_id']).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (row && (await isOwn(ctx, row))) await db(ctx).deleteFrom('order_draft').where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
}

/** By hand a draft only disappears from the list: its backups can still be restored until they are too old. */
export async function deleteDraft(ctx: Ctx, input: Input<typeof deleteDraftRoute>) {
  authorize(ctx, 'orders.register')
  await refuseSubmitted(ctx, input.id)
  const row = await readableDraft(ctx, input.id, 'lock', 'own')
  await db(ctx).updateTable('order_draft').set({ deleted_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  return { id: row.id }
}

/** What was submitted is an order: it is withdrawn, not deleted. Others learn nothing of it. */
async function refuseSubmitted(ctx: Ctx, id: string): Promise<void> {
  const order = await db(ctx).selectFrom('order_order').select('number').where('tenant_id', '=', ctx.tenantId).where('draft_id', '=', id).where('registered_by', '=', userId(ctx)).executeTakeFirst()
  if (order) throw draftFail('draftSubmitted', { rule: 'orders.draft.submitted', params: { number: order.number } })
}

/** Hourly: what nobody touched for `backupKeep` days goes, its generations with it. */
export async function dropOldDrafts(ctx: Ctx): Promise<void> {
  const before = plus(ctx.clock.now(), -(await setting(ctx, backupKeep)) * DAY)
  await db(ctx).deleteFrom('order_draft').where('tenant_id', '=', ctx.tenantId).where('saved_at', '<', ts(before)).execute()
}
