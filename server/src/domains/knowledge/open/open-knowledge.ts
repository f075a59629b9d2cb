// What connected applications, robots and training read: the same items under the same rights, counted and logged.
import { sql } from 'kysely'
import { authorize, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, plus, startOfDay, type Instant } from '../../../kernel/time/index.ts'
import { mattersByIds } from '../../matters/index.ts'
import { afterCursor, boundCount, calendarOf, nextPage, setting } from '../../platform/index.ts'
import { maskedCase, shownFields } from '../content.ts'
import { plainText } from '../document.ts'
import { standing, usable, watcherOf, addressed, todayOf } from '../items/item.policy.ts'
import { contentOf, db, type ItemRow } from '../items/item.queries.ts'
import { namesOf } from '../items/list-items.ts'
import { knowledgeFail } from '../knowledge.errors.ts'
import { openLibraries } from '../scenes/scenes.ts'
import { filesOfVersion } from '../search/index-files.ts'
import { runSearch } from '../search/search-knowledge.ts'
import { openQuota } from '../settings.ts'
import { typesOf } from '../types/types.ts'
import type * as contract from './open-contract.ts'
import type { OpenItem } from './open-contract.ts'

/** Changes of the last seconds may still be on their way in other transactions. */
const SETTLED = 5000

/** One line a call, of which a day has so many. */
async function counted(ctx: Ctx, act: string, filter: Record<string, unknown>): Promise<(items: number) => void> {
  const most = await setting(ctx, openQuota)
  const since = ts(startOfDay(await todayOf(ctx), (await calendarOf(ctx)).timeZone))
  const { n } = await db(ctx).selectFrom('knowledge_open_call').select((e) => e.fn.countAll<number>().as('n')).where('tenant_id', '=', ctx.tenantId).where('account_id', '=', userId(ctx)).where('at', '>=', since).executeTakeFirstOrThrow()
  if (n >= most) throw knowledgeFail('openQuota', { rule: 'kno.open.quota', params: { most } })
  return (items) => ctx.atCommit(sql`insert into knowledge_open_call (tenant_id, id, account_id, application, act, filter, items, at) values (${ctx.tenantId}, ${newId()}, ${userId(ctx)}, ${ctx.actor.name}, ${act}, ${JSON.stringify(filter)}::jsonb, ${items}, ${ts(ctx.clock.now())})`)
}

async function wholeOf(ctx: Ctx, rows: readonly ItemRow[]): Promise<OpenItem[]> {
  if (rows.length === 0) return []
  const versions = await db(ctx).selectFrom('knowledge_version').selectAll().where('tenant_id', '=', ctx.tenantId).where('item_id', 'in', rows.map((row) => row.id)).execute()
  const [names, types, matters] = [await namesOf(ctx), await typesOf(ctx), await mattersByIds(ctx, [...new Set(rows.flatMap((row) => row.matter_ids))])]
  return rows.flatMap((row) => {
    const version = versions.find((one) => one.item_id === row.id && one.number === row.version_number)
    if (!version) return []
    const of = maskedCase(contentOf(version))
    const type = types.find((one) => one.code === of.typeCode)
    return [{
      id: row.id, code: row.code, version: version.number, typeCode: of.typeCode, typeName: type?.name ?? of.typeCode, title: of.title, summary: of.summary, keywords: of.keywords, wordings: of.wordings, directoryPath: names.directories.get(row.directory_id)?.path ?? [], ownerUnitName: row.owner_unit_name, areaCode: row.area_code, audience: row.audience, groups: of.groups, matterCodes: of.matterIds.flatMap((id) => matters.get(id)?.code ?? []),
      text: plainText(of.body), doc: of.body, fields: type ? shownFields(of, type).filter((field) => field.value !== '').map(({ key, label, value }) => ({ key, label, value })) : [], basis: of.basis, source: of.source, contact: of.contact, citation: version.citation, validFrom: row.valid_from, validTo: row.valid_to, publishedAt: version.published_at, changedAt: row.changed_at, files: filesOfVersion(version),
    }]
  })
}

const byIds = async (ctx: Ctx, ids: readonly string[]): Promise<ItemRow[]> => {
  const rows = ids.length === 0 ? [] : await db(ctx).selectFrom('knowledge_item').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', 'in', ids).execute()
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? [])
}

export async function openItems(ctx: Ctx, input: Input<typeof contract.openItems>): Promise<Output<typeof contract.openItems>> {
  authorize(ctx, 'knowledge.read')
  const { q, matterCode, typeCode, directoryCode, areaCode, library, changedFrom, offset, limit, files } = input
  const done = await counted(ctx, 'query', { q, matterCode, typeCode, directoryCode, areaCode, library, changedFrom })
  const nothing = () => { done(0); return { items: [], count: 0 } }
  const watcher = await watcherOf(ctx)
  const matter = matterCode ? (await sql<{ id: string }>`select distinct m as id from knowledge_item i, unnest(i.matter_ids) m where i.tenant_id = ${ctx.tenantId} and ${standing(watcher.today)}`.execute(ctx.db())).rows.map((row) => row.id) : []
  const matterId = matterCode ? [...(await mattersByIds(ctx, matter)).values()].find((one) => one.code === matterCode)?.id : undefined
  const directoryId = directoryCode ? (await db(ctx).selectFrom('knowledge_directory').select('id').where('tenant_id', '=', ctx.tenantId).where('code', '=', directoryCode).executeTakeFirst())?.id : undefined
  if ((matterCode && !matterId) || (directoryCode && !directoryId)) return nothing()
  const within = library ? await itemsOfLibrary(ctx, library) : null
  if (within?.length === 0) return nothing()
  const filter = { typeCode, areaCode, files, ...(matterId ? { matterId } : {}), ...(directoryId ? { directoryId } : {}), ...(changedFrom ? { changedFrom } : {}), ...(within ? { among: within } : {}) }
  const { items, count } = await runSearch(ctx, { q, filter, sort: 'fit', offset, limit }, watcher)
  const whole = await wholeOf(ctx, await byIds(ctx, items.map((item) => item.id)))
  done(whole.length)
  return { items: whole, count }
}

/** Ids of what a library open to applications leads or holds; empty for any other. */
async function itemsOfLibrary(ctx: Ctx, code: string): Promise<string[]> {
  const library = (await openLibraries(ctx)).find((one) => one.code === code)
  if (!library) return []
  const { rows } = await sql<{ id: string }>`select i.id from knowledge_item i where i.tenant_id = ${ctx.tenantId} and (i.directory_ids && ${library.directoryIds}::uuid[] or exists (select 1 from knowledge_scenario_item s join knowledge_scenario c on c.tenant_id = s.tenant_id and c.id = s.scenario_id where s.tenant_id = i.tenant_id and s.item_id = i.id and c.library_id = ${library.id})) limit 5000`.execute(ctx.db())
  return rows.map((row) => row.id)
}

/** By the moment an item became what it is: changed, begun to hold, run out. */
export async function openChanges(ctx: Ctx, input: Input<typeof contract.openChanges>): Promise<Output<typeof contract.openChanges>> {
  authorize(ctx, 'knowledge.read')
  const done = await counted(ctx, 'changes', { after: input.after, library: input.library })
  const [watcher, zone] = [await watcherOf(ctx), (await calendarOf(ctx)).timeZone]
  const [from = '', fromId = '00000000-0000-0000-0000-000000000000'] = (input.after ?? '').split('_')
  const since = /^\d{1,15}$/.test(from) ? Number(from) : 0
  const library = input.library ? (await openLibraries(ctx)).find((one) => one.code === input.library) : undefined
  const within = input.library ? await itemsOfLibrary(ctx, input.library) : null
  // What left the library is told once more, as a deletion: by hand from a scenario, or by a version that stands in other directories.
  const left = library ? sql`(exists (select 1 from knowledge_library_change c where c.tenant_id = i.tenant_id and c.library_id = ${library.id} and c.item_id = i.id) or exists (select 1 from knowledge_version o where o.tenant_id = i.tenant_id and o.item_id = i.id and (o.content ->> 'directoryId' = any(${library.directoryIds}::text[]) or o.content -> 'directoryIds' ?| ${library.directoryIds}::text[])))` : sql`false`
  const moved = library ? sql`(select c.at from knowledge_library_change c where c.tenant_id = i.tenant_id and c.library_id = ${library.id} and c.item_id = i.id)` : sql`null::timestamptz`
  const begins = sql`case when i.valid_from <= ${watcher.today}::date then (i.valid_from::timestamp at time zone ${zone}) end`
  const ends = sql`case when i.valid_to < ${watcher.today}::date then ((i.valid_to + 1)::timestamp at time zone ${zone}) end`
  const { rows } = await sql<{ id: string; at: Instant; open: boolean }>`select id, at, open from (select i.id, (extract(epoch from date_trunc('milliseconds', greatest(i.changed_at, ${begins}, ${ends}, ${moved}))) * 1000)::float8 as at, (${usable(watcher)} and (${within === null} or i.id = any(${within ?? []}::uuid[]))) as open from knowledge_item i
      where i.tenant_id = ${ctx.tenantId} and i.version_number is not null and (${within === null} or i.id = any(${within ?? []}::uuid[]) or ${left}) and (${addressed(watcher)} or exists (select 1 from knowledge_version v where v.tenant_id = i.tenant_id and v.item_id = i.id and v.content ->> 'audience' in ('public', 'staff')))) x
    where (x.at, x.id) > (${since}::float8, ${/^[0-9a-f-]{36}$/.test(fromId) ? fromId : '00000000-0000-0000-0000-000000000000'}::uuid) and x.at <= ${ctx.clock.now() - SETTLED}::float8 order by x.at, x.id limit ${input.limit + 1}`.execute(ctx.db())
  const page = rows.slice(0, input.limit)
  const [items, whole] = [await byIds(ctx, page.map((row) => row.id)), new Map<string, OpenItem>()]
  for (const one of await wholeOf(ctx, items.filter((row) => page.some((line) => line.id === row.id && line.open)))) whole.set(one.id, one)
  done(page.length)
  const last = page.at(-1)
  return {
    changes: page.flatMap((line) => { const row = items.find((one) => one.id === line.id); return row ? [{ id: row.id, code: row.code, change: line.open ? ('put' as const) : ('delete' as const), version: row.version_number ?? 0, at: line.at, item: whole.get(row.id) ?? null }] : [] }),
    after: last ? `${last.at}_${last.id}` : (input.after ?? null), more: rows.length > input.limit,
  }
}

export async function listOpenCalls(ctx: Ctx, input: Input<typeof contract.openCalls>): Promise<Output<typeof contract.openCalls>> {
  authorize(ctx, 'knowledge.manage')
  let query = db(ctx).selectFrom('knowledge_open_call').where('tenant_id', '=', ctx.tenantId)
  if (input.application) query = query.where('application', '=', input.application)
  const [count, rows] = [await boundCount(ctx, query), await query.selectAll().where(afterCursor(input.cursor, 'at', 'id')).orderBy('at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()]
  const page = nextPage(rows, input.limit, (row) => row.at)
  const since = ts(startOfDay(await todayOf(ctx), (await calendarOf(ctx)).timeZone))
  const today = await db(ctx).selectFrom('knowledge_open_call').select(['application', (e) => e.fn.countAll<number>().as('calls')]).where('tenant_id', '=', ctx.tenantId).where('at', '>=', since).groupBy('application').orderBy('application').execute()
  return { count, next: page.next, today, quota: await setting(ctx, openQuota), items: page.items.map((row) => ({ id: row.id, application: row.application, act: row.act, filter: JSON.stringify(row.filter), items: row.items, at: row.at })) }
}

/** Cron: lines older than half a year. */
export async function forgetOpenCalls(ctx: Ctx): Promise<void> {
  await db(ctx).deleteFrom('knowledge_open_call').where('tenant_id', '=', ctx.tenantId).where('at', '<', ts(plus(ctx.clock.now(), -180 * DAY))).execute()
}
