// What the public may read: valid items with the audience `public`, for the portal, the robot and every other public entry.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { addDays, plus, startOfDay, type Instant } from '../../../kernel/time/index.ts'
import { calendarOf } from '../../platform/index.ts'
import { plainText, type Doc } from '../document.ts'
import { maskedCase, shownFields } from '../content.ts'
import { publicGroups } from '../ports.ts'
import { publicScenes as scenesFor } from '../scenes/scenes.ts'
import { addressed, standing, watcherOf, type Watcher } from '../items/item.policy.ts'
import { contentOf, db, versionRow, type ItemRow } from '../items/item.queries.ts'
import { attachmentsOf, type VersionFile } from '../search/index-files.ts'
import { searchMasked } from '../cases/masked-search.ts'
import { logSearch } from '../search/search-knowledge.ts'
import { directoryPaths } from '../directory/directories.ts'
import { typesOf } from '../types/types.ts'
import { hotItems } from '../upkeep/hot-list.ts'
import { treeOf } from '../topics/topic-nodes.ts'

export type PublicLine = { id: string; title: string; excerpt: string; category: string; updatedAt: Instant; /** End of the last valid day. */
  validUntil: Instant | null; fit: number }
export type PublicItem = PublicLine & { version: number; text: string; doc: Doc; summary: string; fields: { label: string; value: string }[]; basis: string; contact: string; source: string; files: VersionFile[]; matterId: string | null }

/** The last moment of the last valid day. */
async function endOf(ctx: Ctx, day: string | null): Promise<Instant | null> {
  return day === null ? null : plus(startOfDay(addDays(day, 1), (await calendarOf(ctx)).timeZone), -1)
}

/** Whoever asks, only what the public may read, and of it what is meant for his groups: a member of staff who looks at the portal too. */
const outsider = async (ctx: Ctx): Promise<Watcher> => ({ ...(await watcherOf(ctx)), outside: true, keeps: 'none', groups: (await Promise.all(publicGroups.all().map((ask) => ask(ctx)))).flat() })
const fits = { all: 1, some: 0.6, sound: 0.55, near: 0.45, category: 0.42, newest: 0.4 } as const

/** By words, best first, or by category (name of a top directory), or the newest. A fit of 1 means that all words occur. */
export async function searchPublic(ctx: Ctx, which: { q?: string; category?: string; limit: number }): Promise<PublicLine[]> {
  const category = which.category ? await db(ctx).selectFrom('knowledge_directory').select('id').where('tenant_id', '=', ctx.tenantId).where('parent_id', 'is', null).where('name', '=', which.category).executeTakeFirst() : undefined
  if (which.category && !category) return []
  const { items, count } = await searchMasked(ctx, { q: which.q ?? '', filter: category ? { directoryId: category.id } : {}, sort: 'fit', offset: 0, limit: which.limit }, await outsider(ctx))
  if (which.q) logSearch(ctx, 'public', which.q, count)
  return Promise.all(items.map(async (item) => ({ id: item.id, title: item.title, excerpt: item.summary || item.excerpt, category: item.directoryPath[0] ?? '', updatedAt: item.publishedAt, validUntil: await endOf(ctx, item.validTo), fit: fits[item.why.by] })))
}

/** Null when it is not public, not valid any more, or unknown. Counts a read. An older version opens only where an answer quoted it. */
export async function openPublic(ctx: Ctx, id: string): Promise<PublicItem | null> {
  const watcher = await outsider(ctx)
  const row: ItemRow | undefined = await db(ctx).selectFrom('knowledge_item as i').selectAll('i').where('i.tenant_id', '=', ctx.tenantId).where('i.id', '=', id).where(standing(watcher.today)).where(addressed(watcher)).executeTakeFirst()
  const version = row ? await versionRow(ctx, id, row.version_number ?? 0) : undefined
  if (!row || !version) return null
  ctx.atCommit(sql`update knowledge_item set reads = reads + 1 where tenant_id = ${ctx.tenantId} and id = ${id}`)
  const of = maskedCase(contentOf(version))
  const type = (await typesOf(ctx)).find((one) => one.code === of.typeCode)
  const fields = type ? shownFields(of, type).filter((field) => field.value !== '').map(({ label, value }) => ({ label, value })) : []
  return {
    id, title: of.title, excerpt: of.summary, category: (await directoryPaths(ctx)).get(row.directory_id)?.path[0] ?? '', updatedAt: version.published_at, validUntil: await endOf(ctx, row.valid_to), fit: 1, version: version.number,
    text: [of.summary, plainText(of.body), ...fields.map((field) => `${field.label}：${field.value}`)].filter(Boolean).join('\n\n'), doc: of.body, summary: of.summary, fields, basis: of.basis, contact: of.contact, source: row.owner_unit_name, files: attachmentsOf(version, of), matterId: of.matterIds[0] ?? null,
  }
}

export async function publicCategories(ctx: Ctx): Promise<{ name: string; count: number }[]> {
  const watcher = await outsider(ctx)
  const { rows } = await sql<{ name: string; count: number }>`select d.name, count(*)::int as count from knowledge_item i join knowledge_directory d on d.tenant_id = i.tenant_id and d.id = any(i.directory_ids) and d.parent_id is null where i.tenant_id = ${ctx.tenantId} and ${standing(watcher.today)} and ${addressed(watcher)} group by d.name`.execute(ctx.db())
  return rows
}

/** Libraries of scenarios that are for everybody, each with what was linked and holds today. */
export const publicScenes = async (ctx: Ctx) => scenesFor(ctx, await outsider(ctx))

/** Valid policies meant for whoever asks, newest first; `forGroup` where they name a group he belongs to. */
export async function publicPolicies(ctx: Ctx, which: { q?: string; limit: number }): Promise<(PublicLine & { forGroup: boolean; hot: boolean })[]> {
  const watcher = await outsider(ctx)
  const { items } = await searchMasked(ctx, { q: which.q ?? '', filter: { typeCode: 'policy' }, sort: which.q ? 'fit' : 'newest', offset: 0, limit: which.limit }, watcher)
  const [named, hot] = [await namedGroups(ctx, items.map((item) => item.id)), new Set((await hotItems(ctx, watcher)).map((item) => item.id))]
  return Promise.all(items.map(async (item) => ({ id: item.id, title: item.title, excerpt: item.summary || item.excerpt, category: item.directoryPath[0] ?? '', updatedAt: item.publishedAt, validUntil: await endOf(ctx, item.validTo), fit: fits[item.why.by], forGroup: named.has(item.id), hot: hot.has(item.id) })))
}

async function namedGroups(ctx: Ctx, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db(ctx).selectFrom('knowledge_item').select('id').where('tenant_id', '=', ctx.tenantId).where('id', 'in', ids).where(sql<boolean>`cardinality(groups) > 0`).execute()
  return new Set(rows.map((row) => row.id))
}

export type PublicTopic = { id: string; name: string; description: string; style: 'cards' | 'list' | 'map' }
const publicTopicRows = (ctx: Ctx) => db(ctx).selectFrom('knowledge_topic').select((eb) => ['id', 'name', 'description', eb.ref('style').$castTo<PublicTopic['style']>().as('style')]).where('tenant_id', '=', ctx.tenantId).where('state', '=', 'published').where('audience', '=', 'public')

/** Published mind maps for everybody, the newest first. */
export async function publicTopics(ctx: Ctx): Promise<PublicTopic[]> {
  return publicTopicRows(ctx).orderBy('published_at', 'desc').limit(50).execute()
}

/** Null where it is unknown, offline or not for everybody. */
export async function publicTopic(ctx: Ctx, id: string): Promise<(PublicTopic & { tree: Awaited<ReturnType<typeof treeOf>> }) | null> {
  const row = await publicTopicRows(ctx).where('id', '=', id).executeTakeFirst()
  return row ? { ...row, tree: await treeOf(ctx, row.id, await outsider(ctx)) } : null
}
