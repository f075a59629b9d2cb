// One item as its reader may see it: the valid version, an older one that was quoted, or the reason why it is gone.
import { sql } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { mattersByIds } from '../../matters/index.ts'
import { areaName, labelsByIds, unitsByIds } from '../../platform/index.ts'
import { maskedCase, shownFields } from '../content.ts'
import { emergencyUntil } from '../emergency/emergency-lock.ts'
import { attachmentsOf } from '../search/index-files.ts'
import { itemActNames, itemStateNames, ticketStateNames } from '../texts.zh-CN.ts'
import { typesOf } from '../types/types.ts'
import { itemActs, mayItem, whyUnusable, type ItemAct, type ItemState, type TicketState } from './item.ts'
import type * as contract from './item-contract.ts'
import { addressed, keepsItem, watcherOf, type Watcher } from './item.policy.ts'
import { contentOf, db, versionRow, type ItemRow } from './item.queries.ts'
import { lineOf, namesOf } from './list-items.ts'

type Whole = Output<typeof contract.getItem>
type Act = Whole['acts'][number]

/** An item within the reader's audience, or one that the reader keeps; unknown otherwise. */
export async function readableItem(ctx: Ctx, id: string, watcher: Watcher): Promise<ItemRow> {
  const row = await db(ctx).selectFrom('knowledge_item as i').selectAll('i').select(addressed(watcher).as('meant')).where('i.tenant_id', '=', ctx.tenantId).where('i.id', '=', id).executeTakeFirst()
  if (!row || (!keepsItem(watcher, row) && (!row.meant || row.version_number === null))) throw kernelErrors('notFound')
  return row
}

export const standingOf = (row: ItemRow) => ({ state: row.state, validFrom: row.valid_from, validTo: row.valid_to })

async function actsOf(ctx: Ctx, row: ItemRow, locked: string | null): Promise<Act[]> {
  const open = row.ticket_id ? await db(ctx).selectFrom('knowledge_ticket').select('state').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.ticket_id).executeTakeFirst() : undefined
  const state = (act: ItemAct): Act => {
    const reason = locked !== null && act !== 'confirm' ? `应急推送期间锁定，${locked} 前不能修改` : open && act !== 'emergencySuspend' && act !== 'confirm' && act !== 'discard' ? `有未完成的变更（${ticketStateNames[open.state as TicketState]}）` : null
    return { act, label: itemActNames[act], enabled: reason === null, ...(reason ? { reason } : {}) }
  }
  const may = (act: ItemAct): boolean => mayItem(act, row.state) && (act === 'emergencySuspend' ? can(ctx, 'knowledge.publish') : can(ctx, 'knowledge.edit'))
  return (Object.keys(itemActs) as ItemAct[]).filter(may).map(state)
}

async function briefs(ctx: Ctx, ids: readonly string[], watcher: Watcher) {
  if (ids.length === 0) return []
  const rows = await db(ctx).selectFrom('knowledge_item as i').select(['i.id', 'i.code', 'i.title', 'i.state', 'i.valid_from as validFrom', 'i.valid_to as validTo']).where('i.tenant_id', '=', ctx.tenantId).where('i.id', 'in', [...ids]).where(addressed(watcher)).execute()
  return rows.map((row) => ({ id: row.id, code: row.code, title: row.title, stateName: itemStateNames[row.state as ItemState], usable: whyUnusable(row, watcher.today) === null }))
}

/** Counts a read of what is valid, of others by the reader once an hour at most is not worth a table: each opening counts. */
export async function getItem(ctx: Ctx, input: Input<typeof contract.getItem>): Promise<Whole> {
  authorize(ctx, 'knowledge.read')
  const watcher = await watcherOf(ctx)
  const row = await readableItem(ctx, input.id, watcher)
  const keeps = keepsItem(watcher, row)
  const why = whyUnusable(standingOf(row), watcher.today)
  const number = input.version ?? row.version_number
  // A version that was quoted stays readable for whoever holds its number; the valid one only while it is valid.
  const quoted = input.version !== undefined && (await isQuoted(ctx, row.id, input.version))
  const open = keeps || (why === null && (input.version === undefined || input.version === row.version_number)) || quoted
  const version = number !== null && open ? await versionRow(ctx, row.id, number) : undefined
  if (input.version !== undefined && open && !version) throw kernelErrors('notFound')
  const draft = version ?? (keeps && row.ticket_id ? await db(ctx).selectFrom('knowledge_ticket').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', row.ticket_id).executeTakeFirst() : undefined)
  const content = draft ? (keeps ? contentOf(draft) : maskedCase(contentOf(draft))) : null
  const [names, types, locked] = [await namesOf(ctx), await typesOf(ctx), await emergencyUntil(ctx, row.id)]
  const type = types.find((one) => one.code === (content?.typeCode ?? row.type_code))
  const [units, matters, labels] = [await unitsByIds(ctx, row.audience_unit_ids), await mattersByIds(ctx, content?.matterIds ?? []), await labelsByIds(ctx, content?.labelIds ?? [])]
  if (why === null && ctx.actor.kind === 'user') await db(ctx).updateTable('knowledge_item').set({ reads: sql<number>`reads + 1` }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  const mine = ctx.actor.id === null ? undefined : await db(ctx).selectFrom('knowledge_favourite').select('folder').where('tenant_id', '=', ctx.tenantId).where('user_id', '=', ctx.actor.id).where('item_id', '=', row.id).executeTakeFirst()
  const rated = ctx.actor.id === null ? undefined : await db(ctx).selectFrom('knowledge_rating').select('useful').where('tenant_id', '=', ctx.tenantId).where('item_id', '=', row.id).where('voter', '=', ctx.actor.id).executeTakeFirst()
  return {
    ...lineOf(row, names, null), content, number: version?.number ?? null, fields: content && type ? shownFields(content, type).filter((field) => field.value !== '') : [], files: version && content ? attachmentsOf(version, content) : [], citation: version?.citation ?? null, usable: why === null, why, downReason: keeps ? row.down_reason : null,
    downAt: row.down_at, downByName: keeps ? row.down_by_name : null, areaName: row.area_code ? await areaName(ctx, row.area_code) : null, audienceUnits: [...units.values()].map((unit) => ({ id: unit.id, name: unit.name })),
    matters: [...matters.values()].map((matter) => ({ id: matter.id, name: matter.name })), labels: [...labels.values()].map((label) => ({ id: label.id, name: label.name, colour: label.colour })),
    related: await briefs(ctx, content?.relatedIds ?? [], watcher), successor: (await briefs(ctx, row.successor_id ? [row.successor_id] : [], watcher))[0] ?? null, publisherName: version?.publisher_name ?? null, authorName: draft?.author_name ?? null, favourite: mine?.folder ?? null, myRating: rated?.useful ?? null,
    ticketId: keeps ? row.ticket_id : null, lockedUntil: locked?.text ?? null, keeps, acts: keeps ? await actsOf(ctx, row, locked?.text ?? null) : [],
  }
}

async function isQuoted(ctx: Ctx, itemId: string, number: number): Promise<boolean> {
  return (await db(ctx).selectFrom('knowledge_citation').select('id').where('tenant_id', '=', ctx.tenantId).where('item_id', '=', itemId).where('version_number', '=', number).limit(1).executeTakeFirst()) !== undefined
}
