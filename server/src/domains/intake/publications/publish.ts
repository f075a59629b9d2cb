// The moment something becomes public: everywhere at once, and in the message centres where it is to be announced.
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { db } from '../accounts/account.queries.ts'
import type { PublicationRow } from './edit-publications.ts'
import { announce } from './tell-many.ts'

export async function publish(ctx: Ctx, row: PublicationRow): Promise<PublicationRow> {
  const now = ts(ctx.clock.now())
  const saved = await db(ctx).updateTable('intake_publication').set({ state: 'published', published_at: now, updated_at: now, version: row.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
  ctx.audit({ module: 'intake', act: 'publishPublication', objectType: 'publication', objectId: row.id })
  if (row.announce) announce(ctx, row.id)
  return saved
}
