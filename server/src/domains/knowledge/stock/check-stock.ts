// Looks through what is published: each night as a whole, after a publication for the one item. Findings wait for an editor; what he
// keeps stays kept until one of the two texts changes.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { afterCursor, boundCount, nextPage } from '../../platform/index.ts'
import type { Content } from '../content.ts'
import { blocksOf, type DocNode } from '../document.ts'
import { kept, keepsItem, standing, todayOf, watcherOf } from '../items/item.policy.ts'
import { contentOf, db } from '../items/item.queries.ts'
import { knowledgeFail } from '../knowledge.errors.ts'
import { typesOf } from '../types/types.ts'
import { contradictions, type FactLabel, type Text } from './facts.ts'
import type * as contract from './stock-contract.ts'
import { findingStates } from './stock-contract.ts'

type Kind = Output<typeof contract.listFindings>['items'][number]['kind']
type Found = { kind: Kind; label: string; itemId: string; version: number; passage: string; otherId: string | null; otherVersion: number; otherPassage: string | null }
type Held = { id: string; version: number; content: Content }

const MOST = 20_000
const kindNames: Record<Kind, string> = { contradiction: '相互矛盾', missingField: '缺少必填项', deadLink: '链接失效', repealedBasis: '依据已失效', sourceGone: '原网页已撤下' }
const labelNames: Record<FactLabel, string> = { fee: '收费', limit: '时限', phone: '电话', hours: '办理时间', validity: '有效期' }
const stateNames = { open: '待处理', kept: '保留', corrected: '已改正', retired: '已下架', gone: '已消失' } as const

const textOf = (one: Held): Text => ({ id: one.id, version: one.version, title: one.content.title, typeCode: one.content.typeCode, matterIds: one.content.matterIds, areaCode: one.content.areaCode, fields: one.content.fields, blocks: [one.content.summary, ...blocksOf(one.content.body).map((block) => block.text), one.content.contact].filter(Boolean) })

/** Items of this system that a text links to. */
function linkedItems(of: Content): string[] {
  const found: string[] = []
  const walk = (node: DocNode): void => {
    for (const mark of node.marks ?? []) if (mark.type === 'link') { const id = /\/knowledge\/items\/([0-9a-f-]{36})/.exec(mark.attrs.href)?.[1]; if (id) found.push(id) }
    node.content?.forEach(walk)
  }
  of.body.content.forEach(walk)
  return [...found, ...of.relatedIds]
}

async function structureOf(ctx: Ctx, stock: readonly Held[], only?: string): Promise<Found[]> {
  const types = new Map((await typesOf(ctx)).map((type) => [type.code, type]))
  const usable = new Set(stock.map((one) => one.id))
  // Statutes and policies by name, the names of those that hold no more apart.
  const { rows: gone } = await sql<{ title: string }>`select title from knowledge_item where tenant_id = ${ctx.tenantId} and type_code in ('statute', 'policy') and state in ('expired', 'suspended', 'discarded') and version_number is not null`.execute(ctx.db())
  const standingTitles = new Set(stock.filter((one) => one.content.typeCode === 'statute' || one.content.typeCode === 'policy').map((one) => one.content.title))
  const repealed = gone.map((row) => row.title).filter((title) => !standingTitles.has(title) && title.length >= 4)
  const pages = await db(ctx).selectFrom('knowledge_crawl_page').select(['item_id as itemId', 'url']).where('tenant_id', '=', ctx.tenantId).where('state', '=', 'gone').where('item_id', 'is not', null).execute()
  const left = new Map(pages.map((page) => [page.itemId, page.url]))
  return stock.filter((one) => only === undefined || one.id === only).flatMap((one) => {
    const of = (kind: Kind, label: string, passage: string): Found => ({ kind, label, itemId: one.id, version: one.version, passage, otherId: null, otherVersion: 0, otherPassage: null })
    const missing = (types.get(one.content.typeCode)?.fields ?? []).filter((field) => field.required && (one.content.fields[field.key] ?? '') === '').map((field) => of('missingField', field.label, ''))
    const dead = linkedItems(one.content).filter((id) => !usable.has(id)).map((id) => of('deadLink', id, ''))
    const basis = repealed.filter((title) => one.content.basis.includes(title)).map((title) => of('repealedBasis', title, one.content.basis))
    const url = left.get(one.id)
    return [...missing, ...dead, ...basis, ...(url ? [of('sourceGone', '来源', url)] : [])]
  })
}

async function stockOf(ctx: Ctx): Promise<Held[]> {
  const { rows } = await sql<{ id: string; version: number; content: unknown }>`select i.id, v.number as version, v.content from knowledge_item i join knowledge_version v on v.tenant_id = i.tenant_id and v.item_id = i.id and v.number = i.version_number where i.tenant_id = ${ctx.tenantId} and ${standing(await todayOf(ctx))} order by i.id limit ${MOST}`.execute(ctx.db())
  return rows.map((row) => ({ id: row.id, version: row.version, content: contentOf(row) }))
}

/** Writes what is new, and closes what is not there any more. */
export async function runCheck(ctx: Ctx, only?: string): Promise<{ items: number; found: number }> {
  const stock = await stockOf(ctx)
  const versions = new Map(stock.map((one) => [one.id, one.version]))
  // Statutes are long and speak for themselves: they are not held against each other.
  const against = contradictions(stock.filter((one) => one.content.typeCode !== 'statute').map(textOf), only).map((one): Found => ({ kind: 'contradiction', label: labelNames[one.label], itemId: one.a, version: versions.get(one.a) ?? 0, passage: one.passageA, otherId: one.b, otherVersion: versions.get(one.b) ?? 0, otherPassage: one.passageB }))
  const found = [...against, ...(await structureOf(ctx, stock, only))]
  const now = ts(ctx.clock.now())
  const key = (one: { kind: string; label: string; itemId: string; version: number; otherId: string | null; otherVersion: number }): string => [one.kind, one.label, one.itemId, one.version, one.otherId ?? '', one.otherVersion].join(' ')
  let open = db(ctx).selectFrom('knowledge_finding').select(['id', 'kind', 'label', 'item_id as itemId', 'item_version as version', 'other_id as otherId', 'other_version as otherVersion']).where('tenant_id', '=', ctx.tenantId).where('state', '=', 'open')
  if (only) open = open.where((e) => e.or([e('item_id', '=', only), e('other_id', '=', only)]))
  const there = new Set(found.map(key))
  const gone = (await open.execute()).filter((row) => !there.has(key(row))).map((row) => row.id)
  if (gone.length > 0) await db(ctx).updateTable('knowledge_finding').set({ state: 'gone', decided_at: now }).where('tenant_id', '=', ctx.tenantId).where('id', 'in', gone).execute()
  let fresh = 0
  for (const one of found.slice(0, 5000)) {
    const made = await db(ctx).insertInto('knowledge_finding').values({ tenant_id: ctx.tenantId, id: newId(), kind: one.kind, label: one.label, item_id: one.itemId, item_version: one.version, passage: one.passage, other_id: one.otherId, other_version: one.otherVersion, other_passage: one.otherPassage, state: 'open', found_at: now }).onConflict((c) => c.doNothing()).returning('id').executeTakeFirst()
    if (made) fresh++
  }
  return { items: stock.length, found: fresh }
}

export async function checkStock(ctx: Ctx): Promise<{ items: number; found: number }> {
  authorize(ctx, 'knowledge.manage')
  return runCheck(ctx)
}

/** Cron: once a day. */
export const checkDaily = async (ctx: Ctx): Promise<void> => void (await runCheck(ctx))

export async function listFindings(ctx: Ctx, input: Input<typeof contract.listFindings>): Promise<Output<typeof contract.listFindings>> {
  authorize(ctx, 'knowledge.edit')
  const watcher = await watcherOf(ctx)
  let query = db(ctx).selectFrom('knowledge_finding as f').innerJoin('knowledge_item as i', (join) => join.onRef('i.tenant_id', '=', 'f.tenant_id').onRef('i.id', '=', 'f.item_id')).leftJoin('knowledge_item as o', (join) => join.onRef('o.tenant_id', '=', 'f.tenant_id').onRef('o.id', '=', 'f.other_id')).where('f.tenant_id', '=', ctx.tenantId).where('f.state', '=', input.state)
    // Who keeps one of the two sees both passages: the contradiction is his too.
    .where((e) => e.or([kept(watcher), e('o.owner_unit_id', 'in', ctx.actor.unitIds.length > 0 ? ctx.actor.unitIds : ['00000000-0000-0000-0000-000000000000'])]))
  if (input.kind) query = query.where('f.kind', '=', input.kind)
  if (input.itemId) query = query.where((e) => e.or([e('f.item_id', '=', input.itemId ?? ''), e('f.other_id', '=', input.itemId ?? '')]))
  const [count, rows] = [await boundCount(ctx, query), await query.selectAll('f').select(['i.code', 'i.title', 'i.owner_unit_name as unit', 'o.code as otherCode', 'o.title as otherTitle', 'o.owner_unit_name as otherUnit']).where(afterCursor(input.cursor, 'f.found_at', 'f.id')).orderBy('f.found_at', 'desc').orderBy('f.id', 'desc').limit(input.limit + 1).execute()]
  const page = nextPage(rows, input.limit, (row) => row.found_at)
  return {
    count, next: page.next, items: page.items.map((row) => ({
      id: row.id, kind: row.kind as Kind, kindName: kindNames[row.kind as Kind], label: row.kind === 'deadLink' ? '相关知识' : row.label, a: { id: row.item_id, code: row.code, title: row.title, unitName: row.unit, passage: row.passage }, b: row.other_id ? { id: row.other_id, code: row.otherCode ?? '', title: row.otherTitle ?? '', unitName: row.otherUnit ?? '', passage: row.other_passage ?? '' } : null,
      state: findingStates.find((one) => one === row.state) ?? 'open', stateName: stateNames[row.state as keyof typeof stateNames], note: row.note, foundAt: row.found_at, decidedAt: row.decided_at, decidedByName: row.decided_by_name,
    })),
  }
}

export async function decideFinding(ctx: Ctx, input: Input<typeof contract.decideFinding>): Promise<Output<typeof contract.decideFinding>> {
  authorize(ctx, 'knowledge.edit')
  const row = await db(ctx).selectFrom('knowledge_finding').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  const items = row ? await db(ctx).selectFrom('knowledge_item').select('owner_unit_id').where('tenant_id', '=', ctx.tenantId).where('id', 'in', [row.item_id, ...(row.other_id ? [row.other_id] : [])]).execute() : []
  const watcher = await watcherOf(ctx)
  if (!row || !items.some((item) => keepsItem(watcher, item))) throw kernelErrors('notFound')
  if (row.state !== 'open') throw knowledgeFail('findingDecided')
  await db(ctx).updateTable('knowledge_finding').set({ state: input.state, note: input.note, decided_at: ts(ctx.clock.now()), decided_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  return { state: input.state }
}
