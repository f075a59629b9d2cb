// Scenarios lead what is found: a question is given to the scenario whose words it holds, and its linked items stand first.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { touchStamp, underStamp } from '../../platform/index.ts'
import { directoryPaths } from '../directory/directories.ts'
import { usable, watcherOf, type Watcher } from '../items/item.policy.ts'
import { db, trail } from '../items/item.queries.ts'
import { namesOf } from '../items/list-items.ts'
import { runSearch } from '../search/search-knowledge.ts'
import type * as contract from './scene-contract.ts'
import { shippedLibraries } from './shipped-libraries.zh-CN.ts'

type Library = Output<typeof contract.listLibraries>['items'][number]
type Scenario = Library['scenarios'][number]
type Brief = Output<typeof contract.openScenario>['list'][number]

const NEAR = 12

const librariesOf = underStamp('knowledge', async (ctx): Promise<Library[]> => {
  const rows = await db(ctx).selectFrom('knowledge_library').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('sort').orderBy('code').execute()
  const scenarios = await sql<Scenario>`select s.id, s.library_id as "libraryId", s.name, s.description, s.words, s.enabled, s.sort, s.version, (select count(*)::int from knowledge_scenario_item x where x.tenant_id = s.tenant_id and x.scenario_id = s.id) as items from knowledge_scenario s where s.tenant_id = ${ctx.tenantId} order by s.sort, s.name`.execute(ctx.db())
  const paths = await directoryPaths(ctx)
  return rows.map((row) => ({
    id: row.id, code: row.code, name: row.name, description: row.description, directoryIds: row.directory_ids, directoryNames: row.directory_ids.flatMap((id) => paths.get(id)?.path.at(-1) ?? []), audience: row.audience === 'public' ? ('public' as const) : ('staff' as const), open: row.open, enabled: row.enabled, sort: row.sort, version: row.version,
    scenarios: scenarios.rows.filter((one) => one.libraryId === row.id),
  }))
})

export async function listLibraries(ctx: Ctx): Promise<Output<typeof contract.listLibraries>> {
  authorize(ctx, 'knowledge.read')
  const items = await librariesOf(ctx)
  const words = items.flatMap((one) => one.scenarios.flatMap((scenario) => scenario.words))
  const { rows } = await sql<{ words: string; n: number }>`select words, count(*)::int as n from knowledge_search_log where tenant_id = ${ctx.tenantId} and at >= ${ts(plus(ctx.clock.now(), -30 * DAY))} group by words order by n desc, words limit 100`.execute(ctx.db())
  return { items, loose: rows.filter((row) => !words.some((word) => row.words.includes(word))).slice(0, 10), shipped: shippedLibraries.filter((one) => !items.some((known) => known.code === one.code)).length }
}

export async function addShippedLibraries(ctx: Ctx): Promise<{ added: number }> {
  authorize(ctx, 'knowledge.manage')
  const known = new Set((await librariesOf(ctx)).map((one) => one.code))
  const fresh = shippedLibraries.filter((one) => !known.has(one.code))
  for (const [at, one] of fresh.entries()) {
    const { id } = await saveLibrary(ctx, { version: 0, code: one.code, name: one.name, description: one.description, directoryIds: [], audience: one.audience, open: one.open, enabled: true, sort: (at + 1) * 10 })
    for (const [place, [name, words]] of one.scenarios.entries()) await saveScenario(ctx, { version: 0, libraryId: id, name, description: '', words: words.split(' '), enabled: true, sort: (place + 1) * 10 })
  }
  return { added: fresh.length }
}

export async function saveLibrary(ctx: Ctx, input: Input<typeof contract.saveLibrary>): Promise<{ id: string }> {
  authorize(ctx, 'knowledge.manage')
  const all = await librariesOf(ctx)
  if (all.some((one) => one.code === input.code && one.id !== input.id)) throw kernelErrors('invalid', { fields: [{ path: 'code', message: '编码已被使用' }] })
  const paths = await directoryPaths(ctx)
  if (input.directoryIds.some((id) => !paths.has(id))) throw kernelErrors('invalid', { fields: [{ path: 'directoryIds', message: '目录不存在' }] })
  await touchStamp(ctx, 'knowledge')
  const { id, version, directoryIds, ...rest } = input
  const values = { ...rest, directory_ids: directoryIds, version: version + 1, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }
  return saved(ctx, 'knowledge_library', id, version, values)
}

export async function saveScenario(ctx: Ctx, input: Input<typeof contract.saveScenario>): Promise<{ id: string }> {
  authorize(ctx, 'knowledge.manage')
  const library = (await librariesOf(ctx)).find((one) => one.id === input.libraryId)
  if (!library) throw kernelErrors('invalid', { fields: [{ path: 'libraryId', message: '场景知识库不存在' }] })
  if (library.scenarios.some((one) => one.name === input.name && one.id !== input.id)) throw kernelErrors('invalid', { fields: [{ path: 'name', message: '已有同名场景' }] })
  await touchStamp(ctx, 'knowledge')
  const { id, version, libraryId, ...rest } = input
  return saved(ctx, 'knowledge_scenario', id, version, { ...rest, words: [...new Set(input.words)], library_id: libraryId, version: version + 1, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name })
}

async function saved(ctx: Ctx, table: 'knowledge_library' | 'knowledge_scenario', id: string | undefined, version: number, values: Record<string, unknown>): Promise<{ id: string }> {
  if (id === undefined) {
    const made = newId()
    await db(ctx).insertInto(table).values({ tenant_id: ctx.tenantId, id: made, ...values } as never).execute()
    return { id: made }
  }
  const done = await db(ctx).updateTable(table).set(values as never).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).where('version', '=', version).returning('id').executeTakeFirst()
  if (!done) throw kernelErrors('conflict')
  return { id }
}

/** Items linked by hand that the reader may use, in their order. */
async function linked(ctx: Ctx, scenarioId: string, watcher: Watcher, types: Map<string, string>): Promise<Brief[]> {
  const { rows } = await sql<{ id: string; code: string; title: string; summary: string; type: string }>`select i.id, i.code, i.title, i.summary, i.type_code as type from knowledge_scenario_item s join knowledge_item i on i.tenant_id = s.tenant_id and i.id = s.item_id where s.tenant_id = ${ctx.tenantId} and s.scenario_id = ${scenarioId} and ${usable(watcher)} order by s.place, i.id`.execute(ctx.db())
  return rows.map(({ type, ...row }) => ({ ...row, typeName: types.get(type) ?? type, linked: true }))
}

/** First what was linked, then what its words find in the library's directories. */
export async function scenarioItems(ctx: Ctx, library: Library, scenario: Scenario, watcher: Watcher, limit = NEAR): Promise<Brief[]> {
  const { types } = await namesOf(ctx)
  const list = await linked(ctx, scenario.id, watcher, types)
  const held = new Set(list.map((one) => one.id))
  if (list.length < limit && scenario.words.length > 0)
    for (const directoryId of library.directoryIds.length > 0 ? library.directoryIds : [undefined]) {
      const { items } = await runSearch(ctx, { q: scenario.words.join('；').slice(0, 200), filter: directoryId ? { directoryId } : {}, sort: 'fit', offset: 0, limit }, watcher)
      for (const hit of items) {
        if (held.has(hit.id) || list.length >= limit) continue
        held.add(hit.id)
        list.push({ id: hit.id, code: hit.code, title: hit.title, summary: hit.summary, typeName: hit.typeName, linked: false })
      }
    }
  return list
}

export async function openScenario(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.openScenario>> {
  authorize(ctx, 'knowledge.read')
  const found = (await librariesOf(ctx)).flatMap((library) => library.scenarios.map((scenario) => ({ library, scenario }))).find((one) => one.scenario.id === input.id)
  if (!found) throw kernelErrors('notFound')
  return { ...found.scenario, libraryName: found.library.name, list: await scenarioItems(ctx, found.library, found.scenario, await watcherOf(ctx)) }
}

export async function linkScenario(ctx: Ctx, input: Input<typeof contract.linkScenario>): Promise<{ items: number }> {
  authorize(ctx, 'knowledge.manage')
  const scenario = await db(ctx).selectFrom('knowledge_scenario').select(['id', 'name', 'library_id']).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!scenario) throw kernelErrors('notFound')
  const ids = [...new Set(input.itemIds)]
  const known = ids.length === 0 ? [] : await db(ctx).selectFrom('knowledge_item').select('id').where('tenant_id', '=', ctx.tenantId).where('id', 'in', ids).execute()
  if (known.length < ids.length) throw kernelErrors('invalid', { fields: [{ path: 'itemIds', message: '有的知识不存在' }] })
  const before = new Set((await db(ctx).selectFrom('knowledge_scenario_item').select('item_id').where('tenant_id', '=', ctx.tenantId).where('scenario_id', '=', scenario.id).execute()).map((row) => row.item_id))
  await db(ctx).deleteFrom('knowledge_scenario_item').where('tenant_id', '=', ctx.tenantId).where('scenario_id', '=', scenario.id).execute()
  if (ids.length > 0) await db(ctx).insertInto('knowledge_scenario_item').values(ids.map((item_id, place) => ({ tenant_id: ctx.tenantId, scenario_id: scenario.id, item_id, place, linked_at: ts(ctx.clock.now()), linked_by_name: ctx.actor.name }))).execute()
  for (const id of ids) if (!before.has(id)) await trail(ctx, { itemId: id, act: 'scene', text: scenario.name })
  for (const id of before) if (!ids.includes(id)) await trail(ctx, { itemId: id, act: 'unscene', text: scenario.name })
  const moved = [...ids.filter((id) => !before.has(id)), ...[...before].filter((id) => !ids.includes(id))]
  if ((await openLibraries(ctx)).some((one) => one.id === scenario.library_id)) await feedAgain(ctx, scenario.library_id, moved)
  await touchStamp(ctx, 'knowledge')
  return { items: ids.length }
}

/** The scenario a question belongs to: the most of its words, longer ones counting more; none where no word occurs. */
export async function scenarioOf(ctx: Ctx, q: string, watcher: Watcher): Promise<{ id: string; name: string; libraryName: string; items: Brief[] } | null> {
  const asked = q.normalize('NFKC').toLowerCase()
  const scored = (await librariesOf(ctx)).filter((one) => one.enabled && (!watcher.outside || one.audience === 'public')).flatMap((library) => library.scenarios.filter((one) => one.enabled).map((scenario) => ({ library, scenario, score: [...scenario.words, scenario.name].reduce((sum, word) => sum + (asked.includes(word.toLowerCase()) ? word.length : 0), 0) })))
  const best = scored.toSorted((a, b) => b.score - a.score)[0]
  if (!best || best.score < 2) return null
  return { id: best.scenario.id, name: best.scenario.name, libraryName: best.library.name, items: await linked(ctx, best.scenario.id, watcher, (await namesOf(ctx)).types) }
}

/** Libraries for everybody with their scenarios that hold something. */
export async function publicScenes(ctx: Ctx, watcher: Watcher): Promise<{ id: string; name: string; description: string; scenarios: { id: string; name: string; items: Brief[] }[] }[]> {
  const libraries = (await librariesOf(ctx)).filter((one) => one.enabled && one.audience === 'public')
  const { types } = await namesOf(ctx)
  const filled = await Promise.all(libraries.map(async (library) => ({ id: library.id, name: library.name, description: library.description, scenarios: (await Promise.all(library.scenarios.filter((one) => one.enabled).map(async (one) => ({ id: one.id, name: one.name, items: await linked(ctx, one.id, watcher, types) })))).filter((one) => one.items.length > 0) })))
  return filled.filter((one) => one.scenarios.length > 0)
}

/** Whether an item stands in a library that connected applications take over. */
export async function openLibraries(ctx: Ctx): Promise<Library[]> {
  return (await librariesOf(ctx)).filter((one) => one.enabled && one.open)
}

/** For programs that take the library over these items came or went now: the feed of changes tells it, a removal as a deletion. */
async function feedAgain(ctx: Ctx, libraryId: string, itemIds: readonly string[]): Promise<void> {
  const now = ts(ctx.clock.now())
  for (const itemId of itemIds) await sql`insert into knowledge_library_change (tenant_id, library_id, item_id, at) values (${ctx.tenantId}, ${libraryId}, ${itemId}, ${now}) on conflict (tenant_id, library_id, item_id) do update set at = excluded.at`.execute(ctx.db())
}
