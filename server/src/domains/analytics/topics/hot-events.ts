// Hot events: topics that people looked at, put into words and confirmed. Readers see confirmed ones, with their orders within scope.
import { expressionBuilder, sql, type RawBuilder } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { Instant, LocalDate } from '../../../kernel/time/index.ts'
import { visible } from '../../orders/index.ts'
import { analyticsFail } from '../analytics.errors.ts'
import { db } from '../boards.ts'
import { eventListNames, eventStateNames } from '../texts.zh-CN.ts'
import { openTopics } from './find-topics.ts'
import { eventLists, eventStates } from './topic-contract.ts'
import type * as contract from './topic-contract.ts'

type One = Output<typeof contract.eventRoute>
type Row = { id: string; from_day: string; to_day: string; title: string; summary: string; subject: string; people: number; area_name: string; keywords: string[]; list: string; state: string; edit: number; found_at: Instant; changed_at: Instant; changed_by_name: string; seen: string[] }
const MOST_LISTED = 200
/** A topic that mostly lies in an event already listed is that event. */
const SAME = 0.5

/** Events with the orders the reader may see; an event of none of his is not his. */
async function events(ctx: Ctx, which: RawBuilder<unknown>): Promise<Row[]> {
  const shown = can(ctx, 'analytics.events') ? sql`true` : sql`e.state = 'confirmed'`
  const { rows } = await sql<Row>`select * from (
      select e.id, e.from_day::text, e.to_day::text, e.title, e.summary, e.subject, e.people, e.area_name, e.keywords, e.list, e.state, e.edit, e.found_at, e.changed_at, e.changed_by_name,
        array(select o.id::text from orders_pub_fact_view o where o.tenant_id = e.tenant_id and o.id = any(e.order_ids) and o.state not in ('draft', 'merged') and ${visible(ctx, expressionBuilder() as never)} order by o.id) as seen
      from analytics_hot_event e where e.tenant_id = ${ctx.tenantId} and ${shown} and ${which}) x
    where cardinality(x.seen) > 0 order by cardinality(x.seen) desc, x.to_day desc, x.id limit ${MOST_LISTED}`.execute(ctx.acrossTenants('rows are held to one tenant by name'))
  return rows
}

const stateOf = (text: string): One['state'] => eventStates.find((one) => one === text) ?? 'draft'
const listOf = (text: string): One['list'] => eventLists.find((one) => one === text) ?? 'own'
const view = (r: Row): Omit<One, 'orderIds'> => ({ id: r.id, from: r.from_day, to: r.to_day, title: r.title, summary: r.summary, subject: r.subject, people: r.people, areaName: r.area_name, keywords: r.keywords, list: listOf(r.list), listName: eventListNames[listOf(r.list)], state: stateOf(r.state), stateName: eventStateNames[stateOf(r.state)], edit: r.edit, orders: r.seen.length, foundAt: r.found_at, changedAt: r.changed_at, changedByName: r.changed_by_name })

/** Events whose days touch the period, the largest first. */
export async function listHotEvents(ctx: Ctx, input: Input<typeof contract.eventsRoute>): Promise<Output<typeof contract.eventsRoute>> {
  authorize(ctx, 'data.read')
  const state = input.state === undefined ? sql`true` : sql`e.state = ${input.state}`
  const list = input.list === undefined ? sql`true` : sql`e.list = ${input.list}`
  return { items: (await events(ctx, sql`e.from_day <= ${input.to} and e.to_day >= ${input.from} and ${state} and ${list}`)).map(view), mayManage: can(ctx, 'analytics.events') }
}

/** @throws analytics.unknownEvent */
export async function showHotEvent(ctx: Ctx, { id }: { id: string }): Promise<One> {
  authorize(ctx, 'data.read')
  const row = (await events(ctx, sql`e.id = ${id}`))[0]
  if (!row) throw analyticsFail('unknownEvent')
  return { ...view(row), orderIds: row.seen }
}

/** Drafts of the period's topics; what lies in an event of the period already, whatever was decided of it, is not told again. */
export async function generateHotEvents(ctx: Ctx, input: Input<typeof contract.generateRoute>): Promise<Output<typeof contract.generateRoute>> {
  authorize(ctx, 'analytics.events')
  return { made: await makeEvents(ctx, input, 'own') }
}

/** How many events were made; `list` is the list they stand in. */
export async function makeEvents(ctx: Ctx, input: { from: LocalDate; to: LocalDate }, list: One['list']): Promise<number> {
  const { items } = await openTopics(ctx, input)
  const held = await db(ctx).selectFrom('analytics_hot_event').select('order_ids').where('tenant_id', '=', ctx.tenantId).where('from_day', '<=', input.to).where('to_day', '>=', input.from).execute()
  const told = held.map((one) => new Set(one.order_ids))
  const fresh = items.filter((one) => !told.some((own) => one.orderIds.filter((id) => own.has(id)).length > SAME * one.orderIds.length))
  const now = ts(ctx.clock.now())
  if (fresh.length > 0) await db(ctx).insertInto('analytics_hot_event').values(fresh.map((one) => ({ tenant_id: ctx.tenantId, id: newId(), from_day: input.from, to_day: input.to, title: one.name.slice(0, 60), summary: one.words, people: one.people, area_name: one.areas[0]?.name ?? '', keywords: one.keywords, order_ids: one.orderIds, list, state: 'draft', found_at: now, changed_at: now, changed_by_name: ctx.actor.name }))).execute()
  return fresh.length
}

/** @throws analytics.eventDecided, analytics.eventChanged when another changed it meanwhile, analytics.eventEmpty */
export async function changeHotEvent(ctx: Ctx, input: Input<typeof contract.changeEventRoute>): Promise<One> {
  authorize(ctx, 'analytics.events')
  const held = await locked(ctx, input.id)
  if (held.state !== 'draft') throw analyticsFail('eventDecided', { params: { state: eventStateNames[stateOf(held.state)] } })
  if (held.edit !== input.edit) throw analyticsFail('eventChanged', { params: { by: held.changed_by_name } })
  const left = held.order_ids.filter((id) => !input.drop.includes(id))
  if (left.length === 0) throw analyticsFail('eventEmpty')
  await keep(ctx, input.id, { title: input.title, summary: input.summary, subject: input.subject, people: input.people, area_name: input.areaName, order_ids: left })
  return showHotEvent(ctx, input)
}

const decided = { confirm: 'confirmed', reject: 'rejected', reopen: 'draft' } as const
export async function decideHotEvent(ctx: Ctx, { id, act }: Input<typeof contract.decideEventRoute>): Promise<One> {
  authorize(ctx, 'analytics.events')
  await locked(ctx, id)
  await keep(ctx, id, { state: decided[act] })
  return showHotEvent(ctx, { id })
}

async function locked(ctx: Ctx, id: string): Promise<{ state: string; edit: number; order_ids: string[]; changed_by_name: string }> {
  const row = await db(ctx).selectFrom('analytics_hot_event').select(['state', 'edit', 'order_ids', 'changed_by_name']).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw analyticsFail('unknownEvent')
  return row
}

const keep = (ctx: Ctx, id: string, change: { title?: string; summary?: string; subject?: string; people?: number; area_name?: string; order_ids?: string[]; state?: string }) =>
  db(ctx).updateTable('analytics_hot_event').set((eb) => ({ ...change, edit: eb('edit', '+', 1), changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name })).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
