// Quoting: an exact, valid version that the speaker may use, kept as it was whatever happens to the item later.
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/runtime.ts'
import { whyUnusable } from '../items/item.ts'
import { addressed, todayOf, watcherOf } from '../items/item.policy.ts'
import { db, versionRow } from '../items/item.queries.ts'
import { knowledgeFail } from '../knowledge.errors.ts'
import type { citation, citationInput } from './cite-contract.ts'

export type CitationInput = z.output<typeof citationInput>
export type Citation = z.output<typeof citation>

/**
 * Writes down what an object quotes. Each item must be published, valid today, within the actor's reach, and the version the one
 * that holds now. Errors: `kernel.notFound` (404) for what the actor may not know of, `knowledge.notCitable` (409) with the reason.
 */
export async function cite(ctx: Ctx, of: { objectType: string; objectId: string; citations: readonly CitationInput[] }): Promise<Citation[]> {
  if (of.citations.length === 0) return []
  const watcher = await watcherOf(ctx)
  const ids = [...new Set(of.citations.map((one) => one.itemId))]
  const items = await db(ctx).selectFrom('knowledge_item as i').selectAll('i').where('i.tenant_id', '=', ctx.tenantId).where('i.id', 'in', ids).where(addressed(watcher)).orderBy('i.id').forUpdate().execute()
  if (items.length < ids.length) throw kernelErrors('notFound')
  const now = ctx.clock.now()
  const made: Citation[] = []
  for (const item of items) {
    const wanted = of.citations.find((one) => one.itemId === item.id)?.version ?? 0
    const why = whyUnusable({ state: item.state, validFrom: item.valid_from, validTo: item.valid_to }, watcher.today) ?? (wanted === item.version_number ? null : `已更新为第 ${item.version_number ?? 0} 版，请重新查看后引用`)
    if (why) throw knowledgeFail('notCitable', { rule: 'knowledge.cite', params: { title: item.title, why }, fields: [{ path: 'citations', message: `“${item.title}”${why}` }] })
    const version = await versionRow(ctx, item.id, wanted)
    if (!version) throw kernelErrors('notFound')
    const row = { id: newId(), item_id: item.id, version_number: wanted, title: item.title, citation: version.citation, public: item.audience === 'public' }
    await db(ctx).insertInto('knowledge_citation').values({ tenant_id: ctx.tenantId, ...row, object_type: of.objectType, object_id: of.objectId, by_id: ctx.actor.id, by_name: ctx.actor.name, at: ts(now) }).execute()
    made.push({ id: row.id, itemId: item.id, version: wanted, title: row.title, citation: row.citation, public: row.public, byName: ctx.actor.name, at: now, current: item.version_number, why: null })
  }
  await db(ctx).updateTable('knowledge_item').set({ cites: sql<number>`cites + 1` }).where('tenant_id', '=', ctx.tenantId).where('id', 'in', ids).execute()
  return made
}

/** What an object quotes, oldest first, with what has become of it since. The caller has checked who asks. */
export async function citationsOf(ctx: Ctx, objectType: string, objectId: string, which: { onlyPublic?: boolean } = {}): Promise<Citation[]> {
  let query = db(ctx).selectFrom('knowledge_citation as c').innerJoin('knowledge_item as i', (join) => join.onRef('i.tenant_id', '=', 'c.tenant_id').onRef('i.id', '=', 'c.item_id'))
    .select(['c.id', 'c.item_id as itemId', 'c.version_number as version', 'c.title', 'c.citation', 'c.public', 'c.by_name as byName', 'c.at', 'i.version_number as current', 'i.state', 'i.valid_from as validFrom', 'i.valid_to as validTo'])
    .where('c.tenant_id', '=', ctx.tenantId).where('c.object_type', '=', objectType).where('c.object_id', '=', objectId)
  if (which.onlyPublic) query = query.where('c.public', '=', true)
  const [rows, today] = [await query.orderBy('c.at').orderBy('c.id').limit(100).execute(), await todayOf(ctx)]
  return rows.map(({ state, validFrom, validTo, ...row }) => ({ ...row, why: whyUnusable({ state, validFrom, validTo }, today) }))
}
