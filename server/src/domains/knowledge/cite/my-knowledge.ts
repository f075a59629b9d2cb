// What a person keeps and how helpful it was.
import { sql } from 'kysely'
import { authorize, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { whyUnusable } from '../items/item.ts'
import { todayOf, watcherOf } from '../items/item.policy.ts'
import { db } from '../items/item.queries.ts'
import { readableItem } from '../items/read-item.ts'
import { typesOf } from '../types/types.ts'
import type * as contract from './cite-contract.ts'

/** An item taken down later stays in the folder with the reason, without its content. */
export async function listFavourites(ctx: Ctx): Promise<Output<typeof contract.favourites>> {
  authorize(ctx, 'knowledge.read')
  const rows = await db(ctx).selectFrom('knowledge_favourite as f').innerJoin('knowledge_item as i', (join) => join.onRef('i.tenant_id', '=', 'f.tenant_id').onRef('i.id', '=', 'f.item_id'))
    .select(['i.id', 'i.code', 'i.title', 'i.type_code as type', 'i.state', 'i.valid_from as validFrom', 'i.valid_to as validTo', 'f.folder', 'f.created_at as at']).where('f.tenant_id', '=', ctx.tenantId).where('f.user_id', '=', userId(ctx)).orderBy('f.folder').orderBy('f.created_at', 'desc').limit(500).execute()
  const [today, types] = [await todayOf(ctx), new Map((await typesOf(ctx)).map((type) => [type.code, type.name]))]
  return { items: rows.map((row) => ({ id: row.id, code: row.code, title: row.title, folder: row.folder, typeName: types.get(row.type) ?? row.type, why: whyUnusable(row, today), at: row.at })), folders: [...new Set(rows.map((row) => row.folder))] }
}

export async function setFavourite(ctx: Ctx, input: Input<typeof contract.setFavourite>): Promise<{ favourite: string | null }> {
  authorize(ctx, 'knowledge.read')
  if (!input.on) {
    await db(ctx).deleteFrom('knowledge_favourite').where('tenant_id', '=', ctx.tenantId).where('user_id', '=', userId(ctx)).where('item_id', '=', input.id).execute()
    return { favourite: null }
  }
  await readableItem(ctx, input.id, await watcherOf(ctx))
  await db(ctx).insertInto('knowledge_favourite').values({ tenant_id: ctx.tenantId, user_id: userId(ctx), item_id: input.id, folder: input.folder, created_at: ts(ctx.clock.now()) }).onConflict((c) => c.columns(['tenant_id', 'user_id', 'item_id']).doUpdateSet({ folder: input.folder })).execute()
  return { favourite: input.folder }
}

/** One vote a person; a second one replaces the first. */
export async function rateItem(ctx: Ctx, input: Input<typeof contract.rateItem>): Promise<{ useful: number; useless: number }> {
  authorize(ctx, 'knowledge.read')
  await readableItem(ctx, input.id, await watcherOf(ctx))
  return vote(ctx, { itemId: input.id, voter: userId(ctx), useful: input.useful })
}

export async function vote(ctx: Ctx, of: { itemId: string; voter: string; useful: boolean }): Promise<{ useful: number; useless: number }> {
  await db(ctx).insertInto('knowledge_rating').values({ tenant_id: ctx.tenantId, item_id: of.itemId, voter: of.voter, useful: of.useful, at: ts(ctx.clock.now()) }).onConflict((c) => c.columns(['tenant_id', 'item_id', 'voter']).doUpdateSet({ useful: of.useful })).execute()
  const { rows } = await sql<{ useful: number; useless: number }>`update knowledge_item i set useful = r.useful, useless = r.useless from (select count(*) filter (where useful)::int as useful, count(*) filter (where not useful)::int as useless from knowledge_rating where tenant_id = ${ctx.tenantId} and item_id = ${of.itemId}) r
    where i.tenant_id = ${ctx.tenantId} and i.id = ${of.itemId} returning i.useful, i.useless`.execute(ctx.db())
  return rows[0] ?? { useful: 0, useless: 0 }
}
