// Own cases and those of other hotlines in one list, by how much of the question they hold: each owner's search under his own rules,
// and nothing of it counted that this reader could not open.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import type { LocalDate } from '../../../kernel/time/index.ts'
import { areaNames, labelsByIds, tenantById } from '../../platform/index.ts'
import { maskedCase, type Content } from '../content.ts'
import { plainText } from '../document.ts'
import { usable, watcherOf, type Watcher } from '../items/item.policy.ts'
import { contentOf, db } from '../items/item.queries.ts'
import type { Filter } from '../search/search-knowledge.ts'
import { guest, ownersOf } from '../sharing/shared-knowledge.ts'
import type * as contract from './case-contract.ts'
import { searchMasked } from './masked-search.ts'

type Found = Output<typeof contract.findCases>['items'][number]
type Query = Input<typeof contract.findCases>
type Shelf = { ctx: Ctx; watcher: Watcher; tenantId: string; name: string | null; pushed: ReadonlySet<string> }

const CASE = 'case'
const BRIEF = 400
const OWNERS = 50
/** Found by sound or likeness: after everything that holds words of the question. */
const ALIKE = -1

const cut = (text: string): string => ([...text].length > BRIEF ? `${[...text].slice(0, BRIEF).join('')}…` : text)

/** How much of the words is held, longer ones counting more: 0–100. */
export function matchOf(words: readonly string[], text: string): number {
  const held = text.normalize('NFKC').toLowerCase()
  const [all, of] = words.reduce<[number, number]>(([sum, hit], word) => [sum + word.length, hit + (held.includes(word.toLowerCase()) ? word.length : 0)], [0, 0])
  return all === 0 ? 0 : Math.round((of / all) * 100)
}

/** Directories, units and labels are the owner's own: asked for one of ours, only ours can answer. */
const onlyOurs = (query: Query): boolean => query.directoryId !== undefined || query.ownerUnitId !== undefined || query.labelId !== undefined

async function shelvesOf(ctx: Ctx, query: Query): Promise<Shelf[]> {
  const own: Shelf[] = query.scope === 'shared' || query.tenantId !== undefined ? [] : [{ ctx, watcher: await watcherOf(ctx), tenantId: ctx.tenantId, name: null, pushed: new Set() }]
  if (query.scope === 'own' || onlyOurs(query)) return own
  const owners = (await ownersOf(ctx)).filter((one) => query.tenantId === undefined || one.tenantId === query.tenantId).slice(0, OWNERS)
  return [...own, ...(await Promise.all(owners.map(async (owner): Promise<Shelf> => {
    const there = inTenant(ctx, owner.tenantId)
    return { ctx: there, watcher: await guest(there, ctx.tenantId), tenantId: owner.tenantId, name: (await tenantById(ctx, owner.tenantId)).name, pushed: owner.pushed }
  })))]
}

/** The words of a case that this reader may open: its title and keywords, one or the other. */
async function wordsOf(ctx: Ctx, query: Query): Promise<string> {
  if (query.likeId === undefined) return query.q
  const shelves = await shelvesOf(ctx, { ...query, scope: 'all', tenantId: query.likeTenantId === ctx.tenantId ? undefined : query.likeTenantId, directoryId: undefined, ownerUnitId: undefined, labelId: undefined })
  for (const shelf of shelves) {
    const content = (await contentsOf(shelf, [query.likeId])).get(query.likeId)
    if (content) return [...new Set([content.title, ...content.keywords])].join('；').slice(0, 200)
  }
  throw kernelErrors('notFound')
}

/** Texts of the versions that hold, of cases within the reader's audience. */
async function contentsOf(shelf: Shelf, ids: readonly string[]): Promise<Map<string, Content>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; content: unknown }>`select i.id, v.content from knowledge_item i join knowledge_version v on v.tenant_id = i.tenant_id and v.item_id = i.id and v.number = i.version_number
    where i.tenant_id = ${shelf.tenantId} and i.id = any(${[...ids]}::uuid[]) and i.type_code = ${CASE} and ${usable(shelf.watcher)}`.execute(db(shelf.ctx))
  return new Map(rows.map((row) => [row.id, maskedCase(contentOf(row))]))
}

async function searched(shelf: Shelf, q: string, query: Query): Promise<{ items: (Found & { at: number })[]; count: number; capped: boolean }> {
  const { directoryId, ownerUnitId, areaCode, labelId, publishedFrom, publishedTo, sort, likeId } = query
  const filter: Filter = { typeCode: CASE, ...(directoryId ? { directoryId } : {}), ...(ownerUnitId ? { ownerUnitId } : {}), ...(areaCode ? { areaCode } : {}), ...(labelId ? { labelId } : {}), ...(publishedFrom ? { publishedFrom: publishedFrom as LocalDate } : {}), ...(publishedTo ? { publishedTo: publishedTo as LocalDate } : {}) }
  const result = await searchMasked(shelf.ctx, { q, filter, sort, offset: 0, limit: query.offset + query.limit + 1 }, shelf.watcher)
  const contents = await contentsOf(shelf, result.items.map((hit) => hit.id))
  const labels = await labelsByIds(shelf.ctx, [...contents.values()].flatMap((of) => of.labelIds))
  const areas = await areaNames(shelf.ctx, [...contents.values()].flatMap((of) => of.areaCode ?? []))
  const self = result.items.some((hit) => hit.id === likeId)
  return {
    count: result.count - (self ? 1 : 0), capped: result.capped,
    items: result.items.flatMap((hit, at) => {
      const of = contents.get(hit.id)
      if (!of || hit.id === likeId) return []
      const alike = hit.why.by === 'sound' || hit.why.by === 'near'
      const match = q === '' || alike ? null : hit.why.by === 'all' && likeId === undefined ? 100 : matchOf(result.words, [of.title, of.summary, ...of.keywords, ...of.wordings, plainText(of.body), ...Object.values(of.fields)].join('\n'))
      const field = (key: string): string => cut(of.fields[key] ?? '')
      return [{
        at, tenantId: shelf.tenantId, tenantName: shelf.name, pushed: shelf.pushed.has(hit.id), id: hit.id, code: hit.code, title: of.title, summary: of.summary, directoryPath: hit.directoryPath, ownerUnitName: hit.ownerUnitName, areaName: of.areaCode ? (areas.get(of.areaCode) ?? null) : null, publishedAt: hit.publishedAt, uses: hit.reads + 5 * hit.cites,
        match, byName: alike, words: hit.why.words, appeal: field('appeal'), handling: field('handling'), result: field('result'), points: field('points'), labels: of.labelIds.flatMap((id) => labels.get(id)?.name ?? []),
      }]
    }),
  }
}

const orders: Record<Query['sort'], (a: Found & { at: number }, b: Found & { at: number }) => number> = {
  // Equal in what they hold: in the order of their own search, our own first.
  fit: (a, b) => (b.match ?? ALIKE) - (a.match ?? ALIKE) || a.at - b.at || Number(a.tenantName !== null) - Number(b.tenantName !== null),
  newest: (a, b) => b.publishedAt - a.publishedAt,
  used: (a, b) => b.uses - a.uses,
}

export async function findCases(ctx: Ctx, input: Query): Promise<Output<typeof contract.findCases>> {
  authorize(ctx, 'knowledge.read')
  const q = await wordsOf(ctx, input)
  const shelves = await shelvesOf(ctx, input)
  const found = await Promise.all(shelves.map(async (shelf) => ({ shelf, ...(await searched(shelf, q, input)) })))
  const sorted = found.flatMap((one) => one.items).toSorted(orders[input.q === '' && input.likeId === undefined && input.sort === 'fit' ? 'newest' : input.sort])
  return {
    items: sorted.slice(input.offset, input.offset + input.limit).map(({ at: _at, ...row }) => row),
    count: found.reduce((sum, one) => sum + one.count, 0), capped: found.some((one) => one.capped),
    sources: found.flatMap(({ shelf, count }) => (shelf.name === null ? [] : [{ tenantId: shelf.tenantId, name: shelf.name, count }])),
  }
}
