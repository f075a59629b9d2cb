import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/runtime.ts'
import { pinyinKey } from '../../../kernel/text/index.ts'
import { unitsByIds } from '../../platform/index.ts'
import { directoryPaths } from '../directory/directories.ts'
import type { Content } from '../content.ts'
import { keepEvidence } from '../evidence/evidence.ts'
import type { KnowledgeTables } from '../tables.gen.ts'

export type ItemRow = Selectable<KnowledgeTables['knowledge_item']>
export type TicketRow = Selectable<KnowledgeTables['knowledge_ticket']>
export type VersionRow = Selectable<KnowledgeTables['knowledge_version']>

export const ITEM = 'knowledgeItem'
export const TICKET = 'knowledgeTicket'
/** Place of the pictures inside a text. */
export const IMAGES = 'knowledgeImage'

export const db = (ctx: Ctx) => ctx.db<KnowledgeTables>()

/** What the contract did not know when older texts were written. */
const later = { groups: [] }
/** Checked by the contract when written. */
export const contentOf = (row: { content: unknown }): Content => ({ ...later, ...(row.content as Content) })

export async function itemRow(ctx: Ctx, id: string): Promise<ItemRow | undefined> {
  return db(ctx).selectFrom('knowledge_item').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
}

export async function versionRow(ctx: Ctx, itemId: string, number: number): Promise<VersionRow | undefined> {
  return db(ctx).selectFrom('knowledge_version').selectAll().where('tenant_id', '=', ctx.tenantId).where('item_id', '=', itemId).where('number', '=', number).executeTakeFirst()
}

export async function lockTicket(ctx: Ctx, id: string, version?: number): Promise<TicketRow> {
  const row = await db(ctx).selectFrom('knowledge_ticket').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  if (version !== undefined && row.version !== version) throw kernelErrors('conflict', { current: { version: row.version, state: row.state, title: row.title } })
  return row
}

type TicketChange = Partial<{ [K in keyof TicketRow]: unknown }>
export async function saveTicket(ctx: Ctx, row: TicketRow, change: TicketChange): Promise<TicketRow> {
  return db(ctx).updateTable('knowledge_ticket').set({ ...change, version: row.version + 1, changed_at: ts(ctx.clock.now()) } as never).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
}

type ItemChange = Partial<{ [K in keyof ItemRow]: unknown }>
export async function saveItem(ctx: Ctx, id: string, change: ItemChange): Promise<ItemRow> {
  return db(ctx).updateTable('knowledge_item').set({ ...change, changed_at: ts(ctx.clock.now()) } as never).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
}

/** What the item's own columns hold of a content: for rights, filters and search. */
export async function columnsOf(ctx: Ctx, of: Content) {
  const [paths, units] = [await directoryPaths(ctx), await unitsByIds(ctx, [of.ownerUnitId])]
  const owner = units.get(of.ownerUnitId)
  const gone = [of.directoryId, ...of.directoryIds].find((id) => !paths.has(id))
  if (gone) throw kernelErrors('invalid', { fields: [{ path: 'directoryId', message: '目录不存在，请重新选择' }] })
  if (!owner || owner.tenantId !== ctx.tenantId) throw kernelErrors('invalid', { fields: [{ path: 'ownerUnitId', message: '责任单位不存在' }] })
  return {
    type_code: of.typeCode, directory_id: of.directoryId, directory_ids: [...new Set([of.directoryId, ...of.directoryIds].flatMap((id) => paths.get(id)?.ids ?? []))], title: of.title, summary: of.summary, owner_unit_id: of.ownerUnitId, owner_unit_name: owner.name, area_code: of.areaCode,
    audience: of.audience, audience_unit_ids: of.audience === 'units' ? of.audienceUnitIds : [], groups: of.groups, matter_ids: of.matterIds, label_ids: of.labelIds, valid_from: of.validFrom, valid_to: of.validTo, successor_id: of.successorId, title_key: [of.title, ...of.keywords].map(pinyinKey).join(' ').slice(0, 2000),
  }
}

export type TrailEntry = { itemId: string; act: string; text?: string | null | undefined; data?: Record<string, string | number | null> }

/** One line of the life-cycle trail, written with the act. */
export async function trail(ctx: Ctx, entry: TrailEntry): Promise<void> {
  await db(ctx).insertInto('knowledge_trail').values({ tenant_id: ctx.tenantId, id: newId(), item_id: entry.itemId, act: entry.act, by_id: ctx.actor.id, by_name: ctx.actor.name, unit_name: ctx.actor.unitName, at: ts(ctx.clock.now()), text: entry.text ?? null, data: json(entry.data ?? {}) }).execute()
  await keepEvidence(ctx, entry)
}
