// The one search: words with synonyms in passages, then less strict, then by sound and likeness; rights, validity and facets in
// the same query. Every hit says why it was found.
import { sql, type RawBuilder } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { pinyinKey } from '../../../kernel/text/index.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import type { Audience } from '../content.ts'
import { usable, watcherOf, type Watcher } from '../items/item.policy.ts'
import { namesOf } from '../items/list-items.ts'
import { typesOf } from '../types/types.ts'
import { excerptOf, foundIn, looseQuery, parseQuery, shareFound, shownWords, strictQuery, type Group } from './query.ts'
import type * as contract from './search-contract.ts'
import { countSynonyms, synonymSets } from './synonyms.ts'

/** Hits that are ranked and counted; beyond it nobody reads on. */
const MOST = 1000
/** With fewer hits for all words, texts with part of them follow. */
const FEW = 3
const LEAST_SHARE = 0.5
const LEAST_LIKENESS = 0.45

type By = 'all' | 'some' | 'sound' | 'near' | 'newest'
type Hit = Output<typeof contract.searchKnowledge>['items'][number]
type Candidate = { id: string; type: string; directory: string; unit: string; unitName: string; score: number; by: By }
export type Filter = Omit<Input<typeof contract.searchKnowledge>, 'settled' | 'among' | 'offset' | 'limit' | 'sort' | 'q'>
export type Search = { q: string; among?: string | undefined; filter: Filter; sort: 'fit' | 'newest' | 'used'; offset: number; limit: number }
export type Result = Omit<Output<typeof contract.searchKnowledge>, 'tookMs'>

function conditions(watcher: Watcher, f: Filter): RawBuilder<boolean> {
  const parts = [usable(watcher)]
  if (f.typeCode) parts.push(sql`i.type_code = ${f.typeCode}`)
  if (f.directoryId) parts.push(sql`i.directory_ids @> array[${f.directoryId}]::uuid[]`)
  if (f.ownerUnitId) parts.push(sql`i.owner_unit_id = ${f.ownerUnitId}`)
  // What holds for the area: items of it, of those above it, and those without one.
  if (f.areaCode) parts.push(sql`(i.area_code is null or starts_with(${f.areaCode}, rtrim(i.area_code, '0')) or starts_with(i.area_code, ${f.areaCode}))`)
  if (f.matterId) parts.push(sql`i.matter_ids @> array[${f.matterId}]::uuid[]`)
  if (f.labelId) parts.push(sql`i.label_ids @> array[${f.labelId}]::uuid[]`)
  if (f.files) parts.push(sql`exists (select 1 from knowledge_passage x where x.tenant_id = i.tenant_id and x.item_id = i.id and x.part = 'file')`)
  if (f.publishedFrom) parts.push(sql`i.published_at >= ${f.publishedFrom}::date`)
  if (f.publishedTo) parts.push(sql`i.published_at < ${f.publishedTo}::date + 1`)
  return sql.join<boolean>(parts, sql` and `)
}

const columns = sql`i.id, i.type_code as type, i.directory_id as directory, i.owner_unit_id as unit, i.owner_unit_name as "unitName"`
/** Use lifts a text a little, never above a better fit. */
const used = sql`(1 + 0.03 * ln(1 + i.reads + 5 * i.cites) + 0.05 * ln(1 + i.useful))`
const order = (sort: Search['sort']): RawBuilder<unknown> => (sort === 'newest' ? sql`i.published_at desc, i.id` : sql`(i.reads + 5 * i.cites) desc, i.id`)

async function byWords(ctx: Ctx, query: string, among: string | null, where: RawBuilder<boolean>, by: By): Promise<Candidate[]> {
  const within = among ? sql`and exists (select 1 from knowledge_passage a where a.tenant_id = i.tenant_id and a.item_id = i.id and a.tokens @@ ${among}::tsquery)` : sql``
  const { rows } = await sql<Candidate>`with found as (select p.item_id, max(ts_rank('{0.15, 0.3, 0.5, 1.0}', p.tokens, ${query}::tsquery, 1)) as r from knowledge_passage p where p.tenant_id = ${ctx.tenantId} and p.tokens @@ ${query}::tsquery group by p.item_id)
    select ${columns}, (f.r * ${used})::float8 as score, ${by} as by from found f join knowledge_item i on i.tenant_id = ${ctx.tenantId} and i.id = f.item_id where ${where} ${within} order by score desc, i.id limit ${MOST}`.execute(ctx.db())
  return rows
}

/** Homophones and wrong syllables: the name sounds like what was typed. */
async function bySound(ctx: Ctx, text: string, where: RawBuilder<boolean>): Promise<Candidate[]> {
  const key = pinyinKey(text)
  const full = key.split(' ').at(-1) ?? ''
  if (full.length < 4) return []
  const typed = text.normalize('NFKC').toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  const latin = typed === full
  const { rows } = await sql<Candidate>`select ${columns}, (case when i.title_key like ${`%${full}%`} then 1 else word_similarity(${full}, i.title_key) end)::float8 as score, (case when i.title_key like ${`%${full}%`} then 'sound' else 'near' end) as by
    from knowledge_item i where i.tenant_id = ${ctx.tenantId} and ${where} and (i.title_key like ${`%${full}%`} or ${full} <% i.title_key) order by score desc, i.id limit 50`.execute(ctx.db())
  return rows.filter((row) => row.by === 'sound' || row.score >= (latin ? LEAST_LIKENESS : 0.6))
}

async function newest(ctx: Ctx, where: RawBuilder<boolean>, sort: Search['sort']): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`select ${columns}, 0::float8 as score, 'newest' as by from knowledge_item i where i.tenant_id = ${ctx.tenantId} and ${where} order by ${order(sort === 'fit' ? 'newest' : sort)} limit ${MOST}`.execute(ctx.db())
  return rows
}

async function candidates(ctx: Ctx, search: Search, groups: Group[], among: string | null, where: RawBuilder<boolean>, weights: Map<string, number>): Promise<Candidate[]> {
  if (search.q.trim() === '') return newest(ctx, where, search.sort)
  const strict = groups.length > 0 ? await byWords(ctx, strictQuery(groups), among, where, 'all') : []
  const weigh = (list: Candidate[]): Candidate[] => list.map((one) => ({ ...one, score: one.score * (weights.get(one.type) ?? 1) * (weights.get(one.directory) ?? 1) })).toSorted((a, b) => b.score - a.score)
  const all = weigh(strict)
  const more = (list: Candidate[]): Candidate[] => {
    const seen = new Set(all.map((one) => one.id))
    return list.filter((one) => !seen.has(one.id))
  }
  if (all.length >= FEW) return all
  const some = groups.flat().length > 1 ? more(await byWords(ctx, looseQuery(groups), among, where, 'some')).slice(0, 200) : []
  all.push(...(await enough(ctx, some, groups)))
  if (all.length < FEW && among === null) all.push(...more(await bySound(ctx, search.q, where)))
  return all
}

/** Of texts with part of the words those with at least half of what was asked, by that share. */
async function enough(ctx: Ctx, some: Candidate[], groups: Group[]): Promise<Candidate[]> {
  if (some.length === 0) return []
  const texts = await sql<{ id: string; text: string }>`select p.item_id as id, string_agg(p.text, ' ') as text from knowledge_passage p where p.tenant_id = ${ctx.tenantId} and p.item_id = any(${some.map((one) => one.id)}::uuid[]) and (p.part = 'title' or p.tokens @@ ${looseQuery(groups)}::tsquery) group by p.item_id`.execute(ctx.db())
  const share = new Map(texts.rows.map((row) => [row.id, shareFound(groups, row.text)]))
  return some.filter((one) => (share.get(one.id) ?? 0) >= LEAST_SHARE).map((one) => ({ ...one, score: (share.get(one.id) ?? 0) + one.score })).toSorted((a, b) => b.score - a.score)
}

type Row = { id: string; code: string; title: string; summary: string; type: string; directory: string; unitName: string; audience: Audience; version: number; validTo: string | null; publishedAt: Instant; reads: number; cites: number; hasFiles: boolean; part: 'title' | 'body' | 'file' | null; heading: string | null; text: string | null }

async function shown(ctx: Ctx, page: Candidate[], groups: Group[]): Promise<Row[]> {
  if (page.length === 0) return []
  const ids = page.map((one) => one.id)
  const query = groups.length > 0 ? looseQuery(groups) : null
  // The passage with most of the words; the title passage only where no other has any.
  const best = query ? sql`left join lateral (select p.part, p.heading, p.text from knowledge_passage p where p.tenant_id = i.tenant_id and p.item_id = i.id and p.tokens @@ ${query}::tsquery
      order by ts_rank('{1, 1, 0.2, 0.1}', p.tokens, ${query}::tsquery) desc, p.no limit 1) p on true` : sql`left join lateral (select p.part, p.heading, p.text from knowledge_passage p where p.tenant_id = i.tenant_id and p.item_id = i.id order by (p.part = 'title'), p.no limit 1) p on true`
  const { rows } = await sql<Row>`select i.id, i.code, i.title, i.summary, i.type_code as type, i.directory_id as directory, i.owner_unit_name as "unitName", i.audience, i.version_number as version, i.valid_to as "validTo", i.published_at as "publishedAt", i.reads, i.cites,
      exists (select 1 from knowledge_version v where v.tenant_id = i.tenant_id and v.item_id = i.id and v.number = i.version_number and v.files <> '[]'::jsonb) as "hasFiles", p.part, p.heading, p.text
    from knowledge_item i ${best} where i.tenant_id = ${ctx.tenantId} and i.id = any(${ids}::uuid[])`.execute(ctx.db())
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

const count = (list: Candidate[], key: (one: Candidate) => string, name: (value: string) => string) =>
  [...Map.groupBy(list, key)].map(([value, of]) => ({ value, name: name(value), count: of.length })).toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name, 'zh')).slice(0, 20)

/** The search itself, for staff, the public and the machines of other domains alike; the watcher says for whom. */
export async function runSearch(ctx: Ctx, search: Search, watcher: Watcher): Promise<Result> {
  const sets = search.q === '' ? [] : await synonymSets(ctx)
  const groups = parseQuery(search.q, sets)
  const among = search.among ? strictQuery(parseQuery(search.among, sets)) || null : null
  const [names, types] = [await namesOf(ctx), await typesOf(ctx)]
  const weights = new Map([...types.map((type): [string, number] => [type.code, type.weight / 100]), ...[...names.directories].map(([id, one]): [string, number] => [id, one.weight / 100])])
  let found = await candidates(ctx, search, groups, among, conditions(watcher, search.filter), weights)
  if (search.sort !== 'fit' && search.q !== '' && found.length > 0) {
    const { rows } = await sql<{ id: string }>`select i.id from knowledge_item i where i.tenant_id = ${ctx.tenantId} and i.id = any(${found.map((one) => one.id)}::uuid[]) order by ${order(search.sort)}`.execute(ctx.db())
    const place = new Map(rows.map((row, at) => [row.id, at]))
    found = found.toSorted((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0))
  }
  const page = found.slice(search.offset, search.offset + search.limit)
  const by = new Map(page.map((one) => [one.id, one.by]))
  const helped = new Set<string>()
  const items = (await shown(ctx, page, groups)).map((row): Hit => {
    const hit = foundIn(groups, `${row.title} ${row.text ?? ''} ${row.heading ?? ''}`)
    for (const one of hit.synonyms) helped.add(one.setId)
    const inTitle = row.part === null || row.part === 'title'
    return {
      id: row.id, code: row.code, title: row.title, summary: row.summary, excerpt: excerptOf(inTitle ? (row.summary || (row.text ?? '').replace(row.title, '').trim()) : (row.text ?? ''), hit.words), typeCode: row.type, typeName: names.types.get(row.type) ?? row.type, directoryPath: names.directories.get(row.directory)?.path ?? [], ownerUnitName: row.unitName, audience: row.audience,
      version: row.version, validTo: row.validTo, publishedAt: row.publishedAt, reads: row.reads, cites: row.cites, hasFiles: row.hasFiles,
      why: { by: by.get(row.id) ?? 'all', part: inTitle ? 'title' : (row.part ?? 'body'), heading: row.part === 'body' ? row.heading : null, fileName: row.part === 'file' ? row.heading : null, words: hit.words, synonyms: hit.synonyms.map(({ typed, synonym }) => ({ typed, synonym })) },
    }
  })
  if (helped.size > 0 && search.offset === 0) countSynonyms(ctx, [...helped])
  const units = new Map(found.map((one) => [one.unit, one.unitName]))
  return {
    items, count: found.length, capped: found.length >= MOST, words: shownWords(groups),
    facets: { types: count(found, (one) => one.type, (code) => names.types.get(code) ?? code), directories: count(found, (one) => names.directories.get(one.directory)?.ids[0] ?? one.directory, (id) => names.directories.get(id)?.name ?? ''), units: count(found, (one) => one.unit, (id) => units.get(id) ?? '') },
  }
}

export async function searchKnowledge(ctx: Ctx, input: Input<typeof contract.searchKnowledge>): Promise<Output<typeof contract.searchKnowledge>> {
  authorize(ctx, 'knowledge.read')
  const start = performance.now()
  const { q, among, sort, offset, limit, settled, ...filter } = input
  const result = await runSearch(ctx, { q, among, filter, sort, offset, limit }, await watcherOf(ctx))
  if (settled && q !== '' && offset === 0) logSearch(ctx, 'staff', q, result.count)
  return { ...result, tookMs: Math.round(performance.now() - start) }
}

/** Words that were searched; of the public without the person. */
export function logSearch(ctx: Ctx, audience: 'staff' | 'public', words: string, hits: number): void {
  ctx.atCommit(sql`insert into knowledge_search_log (tenant_id, id, audience, words, hits, user_id, at) values (${ctx.tenantId}, ${newId()}, ${audience}, ${words.slice(0, 200)}, ${hits}, ${audience === 'staff' ? ctx.actor.id : null}, ${ts(ctx.clock.now())})`)
}
