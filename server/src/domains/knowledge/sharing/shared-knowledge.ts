// The receiver's side: found, read, copied as an own draft; the original stays the owner's and follows him.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { tenantById } from '../../platform/index.ts'
import { maskedCase, shownFields } from '../content.ts'
import { withoutImages } from '../document.ts'
import { createDraft } from '../items/edit-item.ts'
import { addressed, requireOwner, standing, todayOf, type Watcher } from '../items/item.policy.ts'
import { contentOf, db, versionRow, type ItemRow } from '../items/item.queries.ts'
import { attachmentsOf } from '../search/index-files.ts'
import { searchMasked } from '../cases/masked-search.ts'
import { typesOf } from '../types/types.ts'
import type { KnowledgeTables } from '../tables.gen.ts'
import type * as contract from './sharing-contract.ts'

type Line = Output<typeof contract.listShared>['items'][number]

const across = (ctx: Ctx) => ctx.acrossTenants<KnowledgeTables>('shares are written by their owner and read by their receiver')
/** As a guest of the owner: only what is shared with this tenant. */
export const guest = async (owner: Ctx, tenantId: string): Promise<Watcher> => ({ today: await todayOf(owner), outside: true, inCentre: false, unitIds: [], unitPath: [], keeps: 'none', sharedTo: tenantId })

/** Who shares with this tenant now, and which items were pushed to it. */
export async function ownersOf(ctx: Ctx): Promise<{ tenantId: string; pushed: Set<string> }[]> {
  const rows = await across(ctx).selectFrom('knowledge_share').select(['tenant_id', 'item_id', 'kind']).where('target_tenant_id', '=', ctx.tenantId).where('state', '=', 'active').execute()
  return [...Map.groupBy(rows, (row) => row.tenant_id)].map(([tenantId, of]) => ({ tenantId, pushed: new Set(of.flatMap((row) => (row.kind === 'push' && row.item_id ? [row.item_id] : []))) }))
}

/** Each owner's search with his own words and rules; what was pushed stands first where nothing was typed. */
export async function listShared(ctx: Ctx, input: Input<typeof contract.listShared>): Promise<Output<typeof contract.listShared>> {
  authorize(ctx, 'knowledge.read')
  const found: (Line & { at: number })[] = []
  let count = 0
  for (const owner of (await ownersOf(ctx)).slice(0, 50)) {
    const there = inTenant(ctx, owner.tenantId)
    const result = await searchMasked(there, { q: input.q, filter: input.typeCode ? { typeCode: input.typeCode } : {}, sort: 'fit', offset: 0, limit: 50 }, await guest(there, ctx.tenantId))
    count += result.count
    const { name } = await tenantById(ctx, owner.tenantId)
    result.items.forEach((hit, at) => found.push({ at, tenantId: owner.tenantId, tenantName: name, id: hit.id, code: hit.code, title: hit.title, excerpt: hit.summary || hit.excerpt, typeCode: hit.typeCode, typeName: hit.typeName, ownerUnitName: hit.ownerUnitName, version: hit.version, publishedAt: hit.publishedAt, pushed: owner.pushed.has(hit.id) }))
  }
  const order = input.q === '' ? (a: Line, b: Line) => Number(b.pushed) - Number(a.pushed) || b.publishedAt - a.publishedAt : (a: Line & { at: number }, b: Line & { at: number }) => a.at - b.at
  return { items: found.toSorted(order).slice(0, input.limit).map(({ at: _at, ...line }) => line), count }
}

type Shared = { there: Ctx; item: ItemRow; share: { id: string; kind: string; reason: string; shared_at: Instant } }

/** What is shared with this tenant now, by itself or with its directory; unknown otherwise. */
async function sharedItem(ctx: Ctx, input: { tenantId: string; id: string }): Promise<Shared> {
  const there = inTenant(ctx, input.tenantId)
  const watcher = await guest(there, ctx.tenantId)
  const item = await db(there).selectFrom('knowledge_item as i').selectAll('i').where('i.tenant_id', '=', input.tenantId).where('i.id', '=', input.id).where(standing(watcher.today)).where(addressed(watcher)).executeTakeFirst()
  if (!item) throw kernelErrors('notFound')
  const share = await across(ctx).selectFrom('knowledge_share').select(['id', 'kind', 'reason', 'shared_at']).where('tenant_id', '=', input.tenantId).where('target_tenant_id', '=', ctx.tenantId).where('state', '=', 'active')
    .where((e) => e.or([e('item_id', '=', item.id), e('directory_id', 'in', item.directory_ids.length > 0 ? item.directory_ids : [item.directory_id])])).orderBy(sql`item_id is null`).executeTakeFirst()
  if (!share) throw kernelErrors('notFound')
  return { there, item, share }
}

async function contentThere(of: Shared) {
  const version = await versionRow(of.there, of.item.id, of.item.version_number ?? 0)
  if (!version) throw kernelErrors('notFound')
  const content = maskedCase(contentOf(version))
  return { version, content: { ...content, body: withoutImages(content.body) } }
}

export async function openShared(ctx: Ctx, input: Input<typeof contract.openShared>): Promise<Output<typeof contract.openShared>> {
  authorize(ctx, 'knowledge.read')
  const shared = await sharedItem(ctx, input)
  const { version, content } = await contentThere(shared)
  const { item, share, there } = shared
  const type = (await typesOf(there)).find((one) => one.code === content.typeCode)
  ctx.atCommit(sql`update knowledge_share set reads = reads + 1, last_used_at = ${ts(ctx.clock.now())} where tenant_id = ${input.tenantId} and id = ${share.id}`)
  return {
    tenantId: input.tenantId, tenantName: (await tenantById(ctx, input.tenantId)).name, id: item.id, code: item.code, title: content.title, excerpt: content.summary, typeCode: item.type_code, typeName: type?.name ?? item.type_code, ownerUnitName: item.owner_unit_name, version: version.number, publishedAt: version.published_at, pushed: share.kind === 'push',
    content, fields: type ? shownFields(content, type).filter((field) => field.value !== '') : [], files: attachmentsOf(version, content), reason: share.reason, sharedAt: share.shared_at,
  }
}

async function noted(ctx: Ctx, of: Shared, kind: 'copy' | 'used', note: string): Promise<number> {
  const now = ts(ctx.clock.now())
  await across(ctx).insertInto('knowledge_share_use').values({ tenant_id: of.there.tenantId, id: newId(), share_id: of.share.id, item_id: of.item.id, kind, note, by_name: ctx.actor.name, unit_name: ctx.actor.unitName, at: now }).execute()
  const row = await across(ctx).updateTable('knowledge_share').set((e) => (kind === 'copy' ? { copies: e('copies', '+', 1), last_used_at: now } : { used: e('used', '+', 1), last_used_at: now })).where('tenant_id', '=', of.there.tenantId).where('id', '=', of.share.id).returning('used').executeTakeFirstOrThrow()
  return row.used
}

/** An own draft with the text only: matters, labels and related items are the owner's and mean nothing here. */
export async function copyShared(ctx: Ctx, input: Input<typeof contract.copyShared>): Promise<Output<typeof contract.copyShared>> {
  authorize(ctx, 'knowledge.edit')
  const shared = await sharedItem(ctx, input)
  const { content } = await contentThere(shared)
  await requireOwner(ctx, input.ownerUnitId)
  const { name } = await tenantById(ctx, input.tenantId)
  const made = await createDraft(ctx, { ...content, directoryId: input.directoryId, directoryIds: [], ownerUnitId: input.ownerUnitId, areaCode: null, audience: 'staff', audienceUnitIds: [], matterIds: [], labelIds: [], relatedIds: [], successorId: null, dropFileIds: [], source: content.source || `${name} ${shared.item.code}` }, { origin: { source: 'shared', sourceId: shared.item.id } })
  await noted(ctx, shared, 'copy', made.code)
  return made
}

export async function noteUse(ctx: Ctx, input: Input<typeof contract.noteUse>): Promise<{ used: number }> {
  authorize(ctx, 'knowledge.read')
  return { used: await noted(ctx, await sharedItem(ctx, input), 'used', input.note) }
}
