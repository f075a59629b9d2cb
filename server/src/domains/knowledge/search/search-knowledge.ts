// The one search: words with synonyms in passages, then less strict, then by sound and likeness; rights, validity and facets in
// the same query. Every hit says why it was found.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { pinyinKey } from '../../../kernel/text/index.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { heldWords } from '../../platform/index.ts'
import type { Audience } from '../content.ts'
import { usable, type Watcher } from '../items/item.policy.ts'
import { namesOf } from '../items/list-items.ts'
import { typesOf } from '../types/types.ts'
import { excerptOf, foundIn, halfQuery, looseQuery, parseQuery, sharesOf, shownWords, strictQuery, type Group } from './query.ts'
import type * as contract from './search-contract.ts'
import { countSynonyms, synonymSets } from './synonyms.ts'

/** Hits that are ranked and counted; beyond it nobody reads on. */
const MOST = 1000
/** With fewer hits for all words, texts with part of them follow. */
const FEW = 3
const LEAST_SHARE = 0.5
const LEAST_LIKENESS = 0.45

type By = 'all' | 'some' | 'sound' | 'near' | 'category' | 'newest'
type Hit = Output<typeof contract.searchKnowledge>['items'][number]
type Candidate = { id: string; type: string; directory: string; unit: string; unitName: string; score: number; by: By }
export type Filter = Omit<Input<typeof contract.searchKnowledge>, 'settled' | 'among' | 'offset' | 'limit' | 'sort' | 'q'> & { changedFrom?: Instant | undefined; /** Only these. */ among?: string[] | undefined }
export type Search = { q: string; among?: string | undefined; filter: Filter; sort: 'fit' | 'newest' | 'used'; offset: number; limit: number }
export type Result = Omit<Output<typeof contract.searchKnowledge>, 'tookMs' | 'scenario' | 'answer'>

function conditions(watcher: Watcher, f: Filter): RawBuilder<boolean> {
  const parts = [usable(watcher)]
  if (f.typeCode) parts.push(sql`i.type_code = ${f.typeCode}`)
  if (f.directoryId) parts.push(sql`i.directory_ids @> array[${f.directoryId}]::uuid[]`)
  if (f.ownerUnitId) parts.push(sql`i.owner_unit_id = ${f.ownerUnitId}`)
  // What holds for the area: items of it, of those above it, and those without one.
  if (f.areaCode) parts.push(sql`(i.area_code is null or starts_with(${f.areaCode}, rtrim(i.area_code, '0')) or starts_with(i.area_code, ${f.areaCode}))`)
  if (f.matterId) parts.push(sql`i.matter_ids @> array[${f.matterId}]::uuid[]`)
  if (f.labelId) parts.push(sql`i.label_ids @> array[${f.labelId}]::uuid[]`)
  // Only the reader's own words: those of others stay beside the item until they are public.
  if (f.ownLabel) parts.push(sql`exists (select 1 from knowledge_personal_label o where o.tenant_id = i.tenant_id and o.item_id = i.id and o.user_id = ${watcher.userId ?? null} and o.content = ${f.ownLabel})`)
  if (f.files) parts.push(sql`exists (select 1 from knowledge_passage x where x.tenant_id = i.tenant_id and x.item_id = i.id and x.part = 'file')`)
  if (f.publishedFrom) parts.push(sql`i.published_at >= ${f.publishedFrom}::date`)
  if (f.publishedTo) parts.push(sql`i.published_at < ${f.publishedTo}::date + 1`)
  if (f.changedFrom !== undefined) parts.push(sql`i.changed_at >= ${ts(f.changedFrom)}`)
  if (f.among) parts.push(sql`i.id = any(${f.among}::uuid[])`)
  return sql.join<boolean>(parts, sql` and `)
}

const columns = sql`i.id, i.type_code as type, i.directory_id as directory, i.owner_unit_id as unit, i.owner_unit_name as "unitName"`
/** Use lifts a text a little, never above a better fit. */
const used = sql`(1 + 0.03 * ln(1 + i.reads + 5 * i.cites) + 0.05 * ln(1 + i.useful))`
const order = (sort: Search['sort']): RawBuilder<unknown> => (sort === 'newest' ? sql`i.published_at desc, i.id` : sort === 'used' ? sql`(i.reads + 5 * i.cites) desc, i.id` : sql`score desc, i.id`)
const ranked = (query: string): RawBuilder<number> => sql`ts_rank('{0.15, 0.3, 0.5, 1.0}', p.tokens, ${query}::tsquery, 1)`

type Row = { id: string; code: string; title: string; summary: string; type: string; directory: string; unitName: string; audience: Audience; version: number; validTo: string | null; publishedAt: Instant; reads: number; cites: number; hasFiles: boolean; part: 'title' | 'body' | 'file' | null; heading: string | null; text: string | null; by: By }

/** What a hit shows, for items named `i`: with the passage that has most of the words, the title passage only where no other has any. */
function rowOf(groups: Group[], by: RawBuilder<unknown>): { columns: RawBuilder<unknown>; passage: RawBuilder<unknown> } {
  const query = groups.length > 0 ? looseQuery(groups) : null
  const from = sql`select p.part, p.heading, p.text from knowledge_passage p where p.tenant_id = i.tenant_id and p.item_id = i.id`
  const best = query ? sql`${from} and p.tokens @@ ${query}::tsquery order by ts_rank('{1, 1, 0.2, 0.1}', p.tokens, ${query}::tsquery) desc, p.no limit 1` : sql`${from} order by (p.part = 'title'), p.no limit 1`
  return {
    columns: sql`i.id, i.code, i.title, i.summary, i.type_code as type, i.directory_id as directory, i.owner_unit_name as "unitName", i.audience, i.version_number as version, i.valid_to as "validTo", (extract(epoch from i.published_at) * 1000)::float8 as "publishedAt", i.reads, i.cites,
      exists (select 1 from knowledge_version v where v.tenant_id = i.tenant_id and v.item_id = i.id and v.number = i.version_number and v.files <> '[]'::jsonb) as "hasFiles", p.part, p.heading, p.text, ${by} as by`,
    passage: sql`left join lateral (${best}) p on true`,
  }
}

type Facet = [value: string, count: number, name?: string][]
/** The page that was asked for, all of the first when they are few, and counts over the best 1,000. */
type Found = { count: number; /** Of the page; null where the hits were too few and others join them. */ rows: Row[] | null; page: Candidate[]; types: Facet; directories: Facet; units: Facet }

/** Ranks, counts, cuts and fills the page in one statement: what is not shown never leaves the database. */
async function ranking(ctx: Ctx, hits: RawBuilder<unknown>, search: Search, groups: Group[], by: By): Promise<Found> {
  const facet = (key: RawBuilder<unknown>, name: RawBuilder<unknown>) => sql`coalesce((select json_agg(json_build_array(f.v, f.n, f.name)) from (select ${key} as v, count(*)::int as n, ${name} as name from hit i group by ${key}) f), '[]')`
  const { columns: shown, passage } = rowOf(groups, sql`${by}::text`)
  const { rows } = await sql<{ found: Found }>`with hit as materialized (${hits}), n as materialized (select count(*)::int as n from hit)
    select json_build_object('count', n.n,
      'page', case when n.n < ${FEW} then coalesce((select json_agg(x) from (select i.id, i.type, i.directory, i.unit, i."unitName", i.score, ${by}::text as by from hit i order by score desc, i.id) x), '[]') else '[]' end,
      'rows', case when n.n < ${FEW} then null else coalesce((select json_agg(x) from (select ${shown} from (select i.id, row_number() over (order by ${order(search.sort)}) as place from hit i order by place offset ${search.offset} limit ${search.limit}) h join knowledge_item i on i.tenant_id = ${ctx.tenantId} and i.id = h.id ${passage} order by h.place) x), '[]') end,
      'types', ${facet(sql`i.type`, sql`null`)}, 'directories', ${facet(sql`i.directory`, sql`null`)}, 'units', ${facet(sql`i.unit`, sql`min(i."unitName")`)}) as found from n`.execute(ctx.db())
  return rows[0]?.found ?? nothing
}
const nothing: Found = { count: 0, rows: null, page: [], types: [], directories: [], units: [] }

const sorting = sql`i.published_at, i.reads, i.cites`
const amongst = (among: string | null): RawBuilder<unknown> => (among ? sql`and exists (select 1 from knowledge_passage a where a.tenant_id = i.tenant_id and a.item_id = i.id and a.tokens @@ ${among}::tsquery)` : sql``)

/** Types and directories that an administrator made more or less important. */
function weighed(weights: Weights): RawBuilder<unknown> {
  const cases = (column: RawBuilder<unknown>, of: Map<string, number>) => (of.size === 0 ? sql`` : sql`* case ${column} ${sql.join([...of].map(([key, weight]) => sql`when ${key} then ${weight}::float8`), sql` `)} else 1 end`)
  return sql`${cases(sql`i.type_code`, weights.types)} ${cases(sql`i.directory_id::text`, weights.directories)}`
}
type Weights = { types: Map<string, number>; directories: Map<string, number> }

const byWords = (ctx: Ctx, search: Search, groups: Group[], query: string, among: string | null, where: RawBuilder<boolean>, weights: Weights): Promise<Found> =>
  ranking(ctx, sql`select ${columns}, ${sorting}, (f.r * ${used} ${weighed(weights)})::float8 as score from (select p.item_id, max(${ranked(query)}) as r from knowledge_passage p where p.tenant_id = ${ctx.tenantId} and p.tokens @@ ${query}::tsquery group by p.item_id) f
    join knowledge_item i on i.tenant_id = ${ctx.tenantId} and i.id = f.item_id where ${where} ${amongst(among)} order by score desc, i.id limit ${MOST}`, search, groups, 'all')

/** Of texts with part of the words those with a passage (and the title over it) that holds at least half of what was asked, by that share. */
async function byPart(ctx: Ctx, groups: Group[], among: string | null, where: RawBuilder<boolean>, weights: Weights): Promise<Candidate[]> {
  const shares = sharesOf(groups).map((terms) => sql`(${sql.join(terms.map(({ query, share }) => sql`case when p.tokens @@ ${query}::tsquery then ${share}::float8 else 0 end`), sql` + `)})`)
  const { rows } = await sql<Candidate>`select ${columns}, ((f.share + f.r * ${used}) ${weighed(weights)})::float8 as score, 'some' as by from (select p.item_id, max(greatest(${sql.join(shares)})) as share, max(${ranked(looseQuery(groups))}) as r from knowledge_passage p where p.tenant_id = ${ctx.tenantId} and p.tokens @@ ${halfQuery(groups)}::tsquery group by p.item_id) f
    join knowledge_item i on i.tenant_id = ${ctx.tenantId} and i.id = f.item_id where f.share >= ${LEAST_SHARE - 0.001} and ${where} ${amongst(among)} order by score desc, i.id limit 200`.execute(ctx.db())
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

/** Directories named by what was typed: 社保 leads to what lies in 社保医保, though no text says the word. */
async function byDirectory(ctx: Ctx, text: string, directories: Map<string, { name: string }>, where: RawBuilder<boolean>): Promise<Candidate[]> {
  const typed = text.normalize('NFKC').trim().toLowerCase()
  const ids = typed.length < 2 ? [] : [...directories].filter(([, one]) => one.name.toLowerCase().includes(typed)).map(([id]) => id)
  if (ids.length === 0) return []
  const { rows } = await sql<Candidate>`select ${columns}, 0::float8 as score, 'category' as by from knowledge_item i where i.tenant_id = ${ctx.tenantId} and i.directory_ids && ${ids}::uuid[] and ${where} order by i.published_at desc, i.id limit 50`.execute(ctx.db())
  return rows
}

const newest = (ctx: Ctx, search: Search, where: RawBuilder<boolean>): Promise<Found> => {
  const sort = search.sort === 'fit' ? 'newest' : search.sort
  return ranking(ctx, sql`select ${columns}, ${sorting}, 0::float8 as score from knowledge_item i where i.tenant_id = ${ctx.tenantId} and ${where} order by ${order(sort)} limit ${MOST}`, { ...search, sort }, [], 'newest')
}

const counted = (list: readonly Candidate[], key: (one: Candidate) => string): Facet => [...Map.groupBy(list, key)].map(([value, of]) => [value, of.length, of[0]?.unitName])

async function find(ctx: Ctx, search: Search, groups: Group[], among: string | null, where: RawBuilder<boolean>, weights: Weights, directories: Map<string, { name: string }>): Promise<Found> {
  if (search.q.trim() === '') return newest(ctx, search, where)
  const strict = groups.length > 0 ? await byWords(ctx, search, groups, strictQuery(groups), among, where, weights) : nothing
  if (strict.count >= FEW) return strict
  const all = [...strict.page]
  const add = (list: Candidate[]): void => {
    const seen = new Set(all.map((one) => one.id))
    all.push(...list.filter((one) => !seen.has(one.id)))
  }
  if (groups.flat().length > 1) add(await byPart(ctx, groups, among, where, weights))
  if (all.length < FEW && among === null) add(await bySound(ctx, search.q, where))
  if (all.length < FEW && among === null) add(await byDirectory(ctx, search.q, directories, where))
  const sorted = search.sort === 'fit' ? all : await resorted(ctx, all, search.sort)
  return { count: all.length, rows: null, page: sorted.slice(search.offset, search.offset + search.limit), types: counted(all, (one) => one.type), directories: counted(all, (one) => one.directory), units: counted(all, (one) => one.unit) }
}

async function shown(ctx: Ctx, page: Candidate[], groups: Group[]): Promise<Row[]> {
  if (page.length === 0) return []
  const { columns: parts, passage } = rowOf(groups, sql`null`)
  const { rows } = await sql<Row>`select ${parts} from knowledge_item i ${passage} where i.tenant_id = ${ctx.tenantId} and i.id = any(${page.map((one) => one.id)}::uuid[])`.execute(ctx.db())
  const byId = new Map(rows.map((row) => [row.id, row]))
  return page.flatMap((one) => { const row = byId.get(one.id); return row ? [{ ...row, by: one.by }] : [] })
}

async function resorted(ctx: Ctx, list: Candidate[], sort: Search['sort']): Promise<Candidate[]> {
  const { rows } = await sql<{ id: string }>`select i.id from knowledge_item i where i.tenant_id = ${ctx.tenantId} and i.id = any(${list.map((one) => one.id)}::uuid[]) order by ${order(sort)}`.execute(ctx.db())
  const place = new Map(rows.map((row, at) => [row.id, at]))
  return list.toSorted((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0))
}

/** Largest first; values that share a name (directories below one top) are counted together. */
function facetOf(rows: Facet, valueOf: (value: string) => string, nameOf: (value: string, name: string | null) => string) {
  const sums = new Map<string, { value: string; name: string; count: number }>()
  for (const [raw, n, name] of rows) {
    const value = valueOf(raw)
    const known = sums.get(value)
    if (known) known.count += n
    else sums.set(value, { value, name: nameOf(value, name ?? null), count: n })
  }
  return [...sums.values()].toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name, 'zh')).slice(0, 20)
}

/** The search itself, for staff, the public and the machines of other domains alike; the watcher says for whom. */
export async function runSearch(ctx: Ctx, search: Search, watcher: Watcher): Promise<Result> {
  const sets = search.q === '' ? [] : await synonymSets(ctx)
  const stop = new Set(search.q === '' ? [] : await heldWords(ctx, 'stop'))
  const groups = parseQuery(search.q, sets, stop)
  const among = search.among ? strictQuery(parseQuery(search.among, sets, stop)) || null : null
  const [names, types] = [await namesOf(ctx), await typesOf(ctx)]
  const unusual = (list: Iterable<readonly [string, { weight: number }]>): Map<string, number> => new Map([...list].filter(([, one]) => one.weight !== 100).map(([key, one]) => [key, one.weight / 100]))
  const weights = { types: unusual(types.map((type) => [type.code, type] as const)), directories: unusual(names.directories) }
  const found = await find(ctx, search, groups, among, conditions(watcher, search.filter), weights, names.directories)
  const helped = new Set<string>()
  const items = (found.rows ?? (await shown(ctx, found.page, groups))).map((row): Hit => {
    const hit = foundIn(groups, `${row.title} ${row.text ?? ''} ${row.heading ?? ''}`)
    for (const one of hit.synonyms) helped.add(one.setId)
    const inTitle = row.part === null || row.part === 'title'
    return {
      id: row.id, code: row.code, title: row.title, summary: row.summary, excerpt: excerptOf(inTitle ? (row.summary || (row.text ?? '').replace(row.title, '').trim()) : (row.text ?? ''), hit.words), typeCode: row.type, typeName: names.types.get(row.type) ?? row.type, directoryPath: names.directories.get(row.directory)?.path ?? [], ownerUnitName: row.unitName, audience: row.audience,
      version: row.version, validTo: row.validTo, publishedAt: row.publishedAt, reads: row.reads, cites: row.cites, hasFiles: row.hasFiles,
      why: { by: row.by, part: inTitle ? 'title' : (row.part ?? 'body'), heading: row.part === 'body' ? row.heading : null, fileName: row.part === 'file' ? row.heading : null, words: hit.words, synonyms: hit.synonyms.map(({ typed, synonym }) => ({ typed, synonym })) },
    }
  })
  if (helped.size > 0 && search.offset === 0) countSynonyms(ctx, [...helped])
  return {
    items, count: found.count, capped: found.count >= MOST, words: shownWords(groups),
    facets: { types: facetOf(found.types, (code) => code, (code) => names.types.get(code) ?? code), directories: facetOf(found.directories, (id) => names.directories.get(id)?.ids[0] ?? id, (id) => names.directories.get(id)?.name ?? ''), units: facetOf(found.units, (id) => id, (_, name) => name ?? '') },
  }
}

/** Words that were searched; of the public without the person. */
export function logSearch(ctx: Ctx, audience: 'staff' | 'public', words: string, hits: number): void {
  ctx.atCommit(sql`insert into knowledge_search_log (tenant_id, id, audience, words, hits, user_id, at) values (${ctx.tenantId}, ${newId()}, ${audience}, ${words.slice(0, 200)}, ${hits}, ${audience === 'staff' ? ctx.actor.id : null}, ${ts(ctx.clock.now())})`)
}
