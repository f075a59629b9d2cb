// Where material went and how it was received; the channels' own figures are entered by hand, nobody here can read them.
import { sql } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { afterCursor, boundCount, nextPage } from '../../platform/index.ts'
import { whyUnusable, type ItemState } from '../items/item.ts'
import { kept, todayOf, watcherOf } from '../items/item.policy.ts'
import { db, trail, type ItemRow } from '../items/item.queries.ts'
import { knowledgeFail } from '../knowledge.errors.ts'
import { itemStateNames } from '../texts.zh-CN.ts'
import { MATERIAL } from '../types/shipped-types.zh-CN.ts'
import type * as contract from './material-contract.ts'

function requireKeeper(ctx: Ctx): void {
  if (!can(ctx, 'knowledge.edit') && !can(ctx, 'knowledge.review') && !can(ctx, 'knowledge.publish')) throw kernelErrors('forbidden', { rule: 'knowledge.edit', params: { permission: '维护知识' } })
}

export async function listMaterials(ctx: Ctx, input: Input<typeof contract.listMaterials>): Promise<Output<typeof contract.listMaterials>> {
  requireKeeper(ctx)
  const field = (key: string) => sql<string>`coalesce(v.content -> 'fields' ->> ${key}, t.content -> 'fields' ->> ${key}, '')`
  let query = db(ctx).selectFrom('knowledge_item as i').leftJoin('knowledge_version as v', (join) => join.onRef('v.tenant_id', '=', 'i.tenant_id').onRef('v.item_id', '=', 'i.id').onRef('v.number', '=', 'i.version_number')).leftJoin('knowledge_ticket as t', (join) => join.onRef('t.tenant_id', '=', 'i.tenant_id').onRef('t.id', '=', 'i.ticket_id'))
    .where('i.tenant_id', '=', ctx.tenantId).where('i.type_code', '=', MATERIAL).where(kept(await watcherOf(ctx)))
  query = input.state ? query.where('i.state', '=', input.state) : query.where('i.state', '<>', 'discarded')
  if (input.q) query = query.where((e) => e.or([e('i.code', '=', input.q?.toUpperCase() ?? ''), e(sql<number>`position(lower(${input.q ?? ''}) in lower(i.title))`, '>', 0)]))
  if (input.channel) query = query.where((e) => e.exists(e.selectFrom('knowledge_release as r').select('r.id').whereRef('r.tenant_id', '=', 'i.tenant_id').whereRef('r.item_id', '=', 'i.id').where('r.channel', '=', input.channel ?? '')))
  const rows = await query.select(['i.id', 'i.code', 'i.title', 'i.state', 'i.owner_unit_name as ownerUnitName', 'i.published_at as publishedAt', 'i.changed_at as changedAt', 'i.reads', 't.publish_at as publishAt']).select([field('form').as('form'), field('channels').as('plannedChannels')])
    .where(afterCursor(input.cursor, 'i.changed_at', 'i.id')).orderBy('i.changed_at', 'desc').orderBy('i.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (row) => row.changedAt)
  const ids = page.items.map((row) => row.id)
  const told = ids.length === 0 ? [] : await db(ctx).selectFrom('knowledge_release').select(['item_id', sql<string[]>`array_agg(distinct channel)`.as('channels'), sql<number>`count(*)::int`.as('n'), sql<number>`coalesce(sum(views), 0)::float8`.as('views')]).where('tenant_id', '=', ctx.tenantId).where('item_id', 'in', ids).groupBy('item_id').execute()
  const of = new Map(told.map((row) => [row.item_id, row]))
  return { items: page.items.map((row) => ({ ...row, state: row.state as ItemState, stateName: itemStateNames[row.state as ItemState], channels: of.get(row.id)?.channels ?? [], releases: of.get(row.id)?.n ?? 0, views: of.get(row.id)?.views ?? 0 })), next: page.next, count: await boundCount(ctx, query) } // held by a check constraint
}

async function materialOf(ctx: Ctx, id: string): Promise<ItemRow> {
  const row = await db(ctx).selectFrom('knowledge_item as i').selectAll('i').where('i.tenant_id', '=', ctx.tenantId).where('i.id', '=', id).where('i.type_code', '=', MATERIAL).where(kept(await watcherOf(ctx))).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return row
}
const whyNot = async (ctx: Ctx, row: ItemRow): Promise<string | null> => whyUnusable({ state: row.state, validFrom: row.valid_from, validTo: row.valid_to }, await todayOf(ctx))

export async function listReleases(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.listReleases>> {
  requireKeeper(ctx)
  const row = await materialOf(ctx, input.id)
  const items = await db(ctx).selectFrom('knowledge_release').select(['id', 'version_number as versionNumber', 'channel', 'address', 'released_on as releasedOn', 'views', 'viewed_at as viewedAt', 'by_name as byName', 'at']).where('tenant_id', '=', ctx.tenantId).where('item_id', '=', row.id).orderBy('released_on', 'desc').orderBy('id', 'desc').limit(200).execute()
  const channels = await db(ctx).selectFrom('knowledge_release').select('channel').distinct().where('tenant_id', '=', ctx.tenantId).orderBy('channel').limit(100).execute()
  return { items, usable: (await whyNot(ctx, row)) === null, channels: channels.map((one) => one.channel) }
}

/** Only of what holds: a draft cannot have been released, what was taken down must not be any more. */
export async function addRelease(ctx: Ctx, input: Input<typeof contract.addRelease>): Promise<{ id: string }> {
  authorize(ctx, 'knowledge.publish')
  const row = await materialOf(ctx, input.id)
  const why = await whyNot(ctx, row)
  if (why) throw knowledgeFail('notReleasable', { params: { title: row.title, why } })
  const today = await todayOf(ctx)
  if (input.releasedOn > today) throw kernelErrors('invalid', { fields: [{ path: 'releasedOn', message: '还没到的日子请用“定时发布”' }] })
  const [id, now] = [newId(), ts(ctx.clock.now())]
  await db(ctx).insertInto('knowledge_release').values({ tenant_id: ctx.tenantId, id, item_id: row.id, version_number: row.version_number ?? 0, channel: input.channel, address: input.address, released_on: input.releasedOn, views: input.views, viewed_at: input.views === null ? null : now, by_name: ctx.actor.name, at: now }).execute()
  await trail(ctx, { itemId: row.id, act: 'release', text: input.channel })
  return { id }
}

async function lockRelease(ctx: Ctx, id: string) {
  const row = await db(ctx).selectFrom('knowledge_release').select(['id', 'item_id', 'channel']).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  await materialOf(ctx, row.item_id)
  return row
}

export async function noteViews(ctx: Ctx, input: Input<typeof contract.noteViews>): Promise<{ id: string }> {
  authorize(ctx, 'knowledge.publish')
  const row = await lockRelease(ctx, input.id)
  await db(ctx).updateTable('knowledge_release').set({ views: input.views, viewed_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  return { id: row.id }
}

export async function removeRelease(ctx: Ctx, input: { id: string }): Promise<{ id: string }> {
  authorize(ctx, 'knowledge.publish')
  const row = await lockRelease(ctx, input.id)
  await db(ctx).deleteFrom('knowledge_release').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  await trail(ctx, { itemId: row.item_id, act: 'unrelease', text: row.channel })
  return { id: row.id }
}
