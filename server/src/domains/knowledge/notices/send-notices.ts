// What a change of an item tells to whom: planned with the change, sent when due, each person once for one version of one item.
import { sql, type Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { HOUR, plus, type Instant } from '../../../kernel/time/index.ts'
import { activeUnits, notify, usersByUnit, usersOf } from '../../platform/index.ts'
import { standing, todayOf } from '../items/item.policy.ts'
import { db, type ItemRow } from '../items/item.queries.ts'
import type { KnowledgeTables } from '../tables.gen.ts'
import { typesOf } from '../types/types.ts'
import type { triggers } from './notice-contract.ts'
import type { TemplateRow } from './templates.ts'

type Trigger = (typeof triggers)[number]
export type NoticeRow = Selectable<KnowledgeTables['knowledge_notice']>
export const NOTICE = 'knowledgeNotice'
const AT_ONCE = 200

/** With the change itself: whoever takes it back makes the notice void, because another version or state holds when it is due. */
export async function planNotices(ctx: Ctx, item: Pick<ItemRow, 'id' | 'type_code'>, version: number, trigger: Exclude<Trigger, 'byHand'>): Promise<void> {
  const templates = await db(ctx).selectFrom('knowledge_notice_template').selectAll().where('tenant_id', '=', ctx.tenantId).where('enabled', '=', true).where('trigger', '=', trigger).where(sql<boolean>`(cardinality(type_codes) = 0 or ${item.type_code} = any(type_codes))`).execute()
  for (const template of templates) await addNotice(ctx, { template, queueId: null, itemId: item.id, version, trigger, dueAt: plus(ctx.clock.now(), template.delay_hours * HOUR) })
}

export async function addNotice(ctx: Ctx, of: { template: TemplateRow; queueId: string | null; itemId: string; version: number; trigger: Trigger; dueAt: Instant }): Promise<string> {
  const id = newId()
  await db(ctx).insertInto('knowledge_notice').values({ tenant_id: ctx.tenantId, id, template_id: of.template.id, queue_id: of.queueId, item_id: of.itemId, item_version: of.version, trigger: of.trigger, state: 'waiting', due_at: ts(of.dueAt), by_name: ctx.actor.name }).execute()
  return id
}

/** Cron: what is due, oldest first. */
export async function sendDue(ctx: Ctx): Promise<void> {
  const rows = await db(ctx).selectFrom('knowledge_notice').selectAll().where('tenant_id', '=', ctx.tenantId).where('state', '=', 'waiting').where('due_at', '<=', ts(ctx.clock.now())).orderBy('due_at').orderBy('id').limit(AT_ONCE).forUpdate().skipLocked().execute()
  for (const row of rows) await sendNotice(ctx, row)
}

/** Returns how many were told; 0 with the state `void` where what it speaks of does not hold any more. */
export async function sendNotice(ctx: Ctx, row: NoticeRow): Promise<number> {
  const set = (change: Partial<NoticeRow> | Record<string, unknown>) => db(ctx).updateTable('knowledge_notice').set(change as never).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  const item = await db(ctx).selectFrom('knowledge_item as i').selectAll('i').select(standing(await todayOf(ctx)).as('stands')).where('i.tenant_id', '=', ctx.tenantId).where('i.id', '=', row.item_id).executeTakeFirst()
  const template = await db(ctx).selectFrom('knowledge_notice_template').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', row.template_id).executeTakeFirst()
  const holds = item !== undefined && item.version_number === row.item_version && (row.trigger === 'down' ? !item.stands : item.stands)
  if (!item || !template || !holds) {
    await set({ state: 'void' })
    return 0
  }
  const people = await recipients(ctx, template, item)
  const fresh = people.length === 0 ? [] : await sql<{ id: string }>`insert into knowledge_notice_told (tenant_id, item_id, item_version, about, user_id) select ${ctx.tenantId}, ${item.id}, ${row.item_version}, ${row.trigger === 'down' ? 'down' : 'up'}, u from unnest(${people}::uuid[]) u on conflict do nothing returning user_id as id`.execute(ctx.db()).then(({ rows }) => rows.map((one) => one.id))
  const type = (await typesOf(ctx)).find((one) => one.code === item.type_code)?.name ?? item.type_code
  const values: Record<string, string> = { title: item.title, summary: item.summary, code: item.code, type, unit: item.owner_unit_name, day: await todayOf(ctx) }
  const filled = (text: string): string => text.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '')
  const title = filled(template.title).slice(0, 200)
  if (fresh.length > 0) await notify(ctx, { type: 'knowledge.notice', to: { userIds: fresh }, title, ...(template.body ? { text: filled(template.body).slice(0, 1000) } : {}), link: `/knowledge/items/${item.id}`, objectType: NOTICE, objectId: row.id, level: 'P3', params: values })
  await set({ state: 'sent', sent_at: ts(ctx.clock.now()), title, told: fresh.length, spared: people.length - fresh.length })
  return fresh.length
}

/** Whoever holds one of the roles and the permission, and may read the item: a title tells too. */
async function recipients(ctx: Ctx, template: TemplateRow, item: ItemRow): Promise<string[]> {
  const holders = new Set((await usersOf(ctx, { permission: template.permission })).map((user) => user.id))
  const inRole = template.role_codes.length === 0 ? null : new Set((await Promise.all(template.role_codes.map((role) => usersOf(ctx, { role })))).flat().map((user) => user.id))
  const readers = await readersOf(ctx, item)
  return [...holders].filter((id) => (inRole === null || inRole.has(id)) && (readers === null || readers.has(id)))
}

/** Null: all staff. */
async function readersOf(ctx: Ctx, item: ItemRow): Promise<Set<string> | null> {
  if (item.audience === 'public' || item.audience === 'staff') return null
  const units = (await activeUnits(ctx)).filter((unit) => unit.kind === 'centre' || unit.id === item.owner_unit_id || (item.audience === 'units' && [...unit.path, unit.id].some((id) => item.audience_unit_ids.includes(id))))
  return new Set([...(await usersByUnit(ctx, { unitIds: units.map((unit) => unit.id) })).values()].flat().map((user) => user.id))
}
