// Lists and opens drafts; another agent's only with the right, and then it is logged.
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can, userId } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { db } from '../orders.queries.ts'
import { afterCursor, boundCount, nextPage } from '../../platform/index.ts'
import { phoneHash } from '../requesters/contact.ts'
import type { getDraftRoute, listDraftsRoute } from './draft-contract.ts'
import { draftFail } from './draft.errors.ts'
import { isOwn, opened, readableDraft, rowView } from './draft.queries.ts'

const contains = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

export async function listDrafts(ctx: Ctx, input: Input<typeof listDraftsRoute>) {
  if (input.box === 'all') authorize(ctx, 'orders.draftsOfOthers')
  let query = db(ctx).selectFrom('order_draft').where('tenant_id', '=', ctx.tenantId).where('deleted_at', input.deleted ? 'is not' : 'is', null)
  if (input.box === 'own') query = query.where('owner_id', '=', userId(ctx))
  if (input.channel) query = query.where('channel', 'in', input.channel)
  if (input.owner) query = query.where('owner_name', 'like', contains(input.owner).slice(1))
  // Drafts live for a month: there are never many, a scan of an agent's own is cheap.
  if (input.text) query = query.where('title', 'like', contains(input.text))
  if (input.phone) query = query.where('phone_hash', '=', phoneHash(ctx, input.phone))
  if (input.savedFrom !== undefined) query = query.where('saved_at', '>=', ts(input.savedFrom))
  if (input.savedTo !== undefined) query = query.where('saved_at', '<', ts(input.savedTo))
  const rows = await query
    .select(['id', 'title', 'owner_id', 'owner_name', 'generation', 'saved_at', 'deleted_at', 'channel'])
    .where(afterCursor(input.cursor, 'saved_at', 'id'))
    .orderBy('saved_at', 'desc')
    .orderBy('id', 'desc')
    .limit(input.limit + 1)
    .execute()
  const count = await boundCount(ctx, query)
  const page = nextPage(rows, input.limit, (r) => r.saved_at)
  return { items: page.items.map((row) => rowView(ctx, row)), next: page.next, count }
}

export async function getDraft(ctx: Ctx, input: Input<typeof getDraftRoute>) {
  if (!can(ctx, 'orders.draftsOfOthers')) authorize(ctx, 'orders.register')
  const row = await readableDraft(ctx, input.id, 'read', 'any')
  const generations = await db(ctx).selectFrom('order_draft_generation').select(['generation', 'saved_at as savedAt', 'data_enc']).where('tenant_id', '=', ctx.tenantId).where('draft_id', '=', row.id).orderBy('generation', 'desc').execute()
  const wanted = input.generation === undefined ? row.data_enc : generations.find((g) => g.generation === input.generation)?.data_enc
  if (wanted === undefined) throw draftFail('generationGone')
  if (row.owner_id !== ctx.actor.id) ctx.audit({ module: 'orders', act: 'access:getDraft', objectType: 'draft', objectId: row.id })
  return { ...rowView(ctx, row), data: opened(ctx, wanted), generations: generations.map(({ generation, savedAt }) => ({ generation, savedAt })) }
}

/** Whether a form exists already and is not the actor's: nothing of his may be tied to it. */
export async function isForeignDraft(ctx: Ctx, id: string): Promise<boolean> {
  const row = await db(ctx).selectFrom('order_draft').select(['id', 'owner_id']).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  return row !== undefined && !(await isOwn(ctx, row))
}

/** Forms that a person began and neither submitted nor deleted, newest first; for the check at the end of a shift. */
export const unfinishedDrafts = (ctx: Ctx, ownerId: string) =>
  db(ctx).selectFrom('order_draft').select(['id', 'title', 'saved_at as savedAt']).where('tenant_id', '=', ctx.tenantId).where('owner_id', '=', ownerId).where('deleted_at', 'is', null).orderBy('saved_at', 'desc').limit(50).execute()
