// Cards as boards and the order page show them: recipients, who has read, and the first act after the card.
import { sql, type SqlBool } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import type { Input } from '../../kernel/http/route.ts'
import { HOUR, parseIso, plus, type Instant } from '../../kernel/time/index.ts'
import { actNames, clockNames, isOpen, readOrder, stateNames, type OrderState } from '../orders/index.ts'
import { afterCursor, boundCount, dayRange, nextPage, setting } from '../platform/index.ts'
import type * as contract from './contract.ts'
import { clocksOfOrder, type ClockKindName } from './read-clocks.ts'
import { nextUrgingAfter, stayAtUnit } from './settings.ts'
import type { CardColour, CardState } from './supervision.ts'
import { db, inArea, inUnit, lineOfReader, listedTenants, ownLine, seesOrder } from './supervision.queries.ts'
import { cardStateNames, moreActNames } from './texts.zh-CN.ts'

export type CardFilter = Partial<Pick<Input<typeof contract.listCardsRoute>, 'colour' | 'clock' | 'unitId' | 'state' | 'current' | 'areaCode' | 'areaOnly' | 'from' | 'to'>>

const joined = (ctx: Ctx, tenants: string[]) =>
  db(ctx)
    .selectFrom('supervision_card as k')
    .innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 'k.tenant_id').onRef('o.id', '=', 'k.order_id'))
    .innerJoin('orders_pub_clock_view as c', (join) => join.onRef('c.tenant_id', '=', 'k.tenant_id').onRef('c.id', '=', 'k.clock_id'))
    .where('k.tenant_id', 'in', tenants)
    .where((eb) => seesOrder(ctx, eb as never) as never)

export async function cardQuery(ctx: Ctx, input: CardFilter) {
  const { from, before } = await dayRange(ctx, input.from, input.to)
  let query = joined(ctx, listedTenants(ctx, input)).where(ownLine(ctx, 'k.unit_id'))
  if (input.colour) query = query.where('k.colour', '=', input.colour)
  if (input.clock) query = query.where('k.clock_kind', 'in', input.clock)
  if (input.unitId) query = query.where(inUnit(ctx, 'k.unit_id', input.unitId))
  if (input.areaCode) query = query.where(inArea(input.areaCode, input.areaOnly))
  if (input.state) query = query.where('k.state', 'in', input.state)
  if (input.current !== undefined) {
    const current = sql<SqlBool>`(k.state = 'open' and c.state in ('running', 'paused'))`
    query = query.where(input.current ? current : sql<SqlBool>`not ${current}`)
  }
  if (from) query = query.where('k.issued_at', '>=', from)
  if (before) query = query.where('k.issued_at', '<', before)
  return query
}

type Reaction = { at: string; act: string; actorName: string } | null

// Looking at the order or urging it is no reaction of who has it.
const firstAct = sql<Reaction>`(select json_build_object('at', to_char(t.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'act', t.act, 'actorName', t.actor_name) from orders_pub_act_view t
  where t.tenant_id = k.tenant_id and t.order_id = k.order_id and t.at > k.issued_at and t.actor_id is not null and (k.assignment_id is null or t.assignment_id = k.assignment_id)
    and t.act not in ('reveal', 'urge', 'supplement', 'upperUrgeNotice') order by t.at, t.id limit 1)`

const select = (query: ReturnType<typeof joined>) =>
  query
    .select([
      'k.id', 'k.tenant_id as tenantId', 'k.order_id as orderId', 'o.number', 'o.title', 'o.state as orderState', 'o.urgency', 'k.colour', 'k.state', 'k.clock_id as clockId', 'k.clock_kind as clockKind', 'c.state as clockState', 'k.assignment_id as assignmentId',
      'k.unit_id as unitId', 'k.unit_name as unitName', 'k.due_at as dueAt', 'k.issued_at as issuedAt', 'k.ended_at as endedAt', 'k.ended_reason as endedReason',
    ])
    .select(firstAct.as('reaction'))
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]

async function views(ctx: Ctx, rows: Row[]) {
  const recipients = await recipientsOf(ctx, rows)
  return rows.map(({ tenantId: _tenant, reaction, ...row }) => ({
    ...row, number: row.number ?? '', title: row.title ?? '', orderState: row.orderState ?? '', orderStateName: stateNames[row.orderState as OrderState] ?? '', urgency: row.urgency ?? '', colour: row.colour as CardColour, state: row.state as CardState,
    stateName: cardStateNames[row.state as CardState], clockKind: row.clockKind as ClockKindName, clockName: clockNames[row.clockKind] ?? row.clockKind, clockState: row.clockState ?? '', recipients: recipients.get(row.id) ?? [],
    reaction: reaction === null ? null : { at: parseIso(reaction.at), act: reaction.act, actName: actNames[reaction.act] ?? moreActNames[reaction.act] ?? reaction.act, actorName: reaction.actorName },
  }))
}

/** A recipient has read the card when no unread message of it is left to him. */
async function recipientsOf(ctx: Ctx, rows: { id: string; tenantId: string }[]): Promise<Map<string, { id: string; name: string; read: boolean }[]>> {
  if (rows.length === 0) return new Map()
  const tenants = [...new Set(rows.map((r) => r.tenantId))]
  const people = await db(ctx).selectFrom('supervision_card_recipient').select(['card_id', 'user_id', 'name']).where('tenant_id', 'in', tenants).where('card_id', 'in', rows.map((r) => r.id)).orderBy('name').execute()
  if (people.length === 0) return new Map()
  const unread = await db(ctx)
    .selectFrom('supervision_message_view').select(['user_id', 'object_id'])
    .where('tenant_id', 'in', tenants).where('user_id', 'in', [...new Set(people.map((p) => p.user_id))]).where('type', 'in', ['supervision.yellow', 'supervision.red']).where('object_id', 'in', rows.map((r) => r.id)).where('read_at', 'is', null)
    .execute()
  const waiting = new Set(unread.map((u) => `${u.object_id} ${u.user_id}`))
  return new Map([...Map.groupBy(people, (p) => p.card_id)].map(([card, list]) => [card, list.map((p) => ({ id: p.user_id, name: p.name, read: !waiting.has(`${card} ${p.user_id}`) }))]))
}

export async function listCards(ctx: Ctx, input: Input<typeof contract.listCardsRoute>) {
  authorize(ctx, 'supervision.read')
  const query = await cardQuery(ctx, input)
  const rows = await select(query).where(afterCursor(input.cursor, 'k.issued_at', 'k.id')).orderBy('k.issued_at', 'desc').orderBy('k.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.issuedAt)
  return { items: await views(ctx, page.items), next: page.next, count: await boundCount(ctx, query) }
}

/** What stands on an order: its clocks with colours, all cards, and the three risks of the current node (SUP-02). */
export async function orderCards(ctx: Ctx, input: Input<typeof contract.orderCardsRoute>) {
  const order = await readOrder(ctx, input.id)
  const now = ctx.clock.now()
  const cards = await select(joined(ctx, [order.tenant_id]).where(lineOfReader(ctx, 'k.unit_id'))).where('k.order_id', '=', order.id).orderBy('k.issued_at', 'desc').orderBy('k.id', 'desc').execute()
  const clocks = await clocksOfOrder(ctx, order)
  const limitHours = await setting(ctx, stayAtUnit)
  const held = await db(ctx)
    .selectFrom('orders_pub_assignment_view as a').select(['a.unit_id as unitId', 'a.unit_name as unitName', 'a.dispatched_at as since'])
    .where(lineOfReader(ctx, 'a.unit_id')).where('a.tenant_id', '=', order.tenant_id).where('a.order_id', '=', order.id).where('a.state', 'in', ['pendingSign', 'handling', 'pendingReport'])
    .where(sql<SqlBool>`not exists (select 1 from orders_pub_assignment_view d where d.tenant_id = a.tenant_id and d.parent_id = a.id and d.state in ('pendingSign', 'handling', 'pendingReport'))`)
    .execute()
  const reminders = await db(ctx).selectFrom('supervision_reminder').select(['clock_kind', 'days', 'at', 'sent', 'recipients']).where(lineOfReader(ctx, 'unit_id')).where('tenant_id', '=', order.tenant_id).where('order_id', '=', order.id).orderBy('at').orderBy('days', 'desc').execute()
  return {
    cards: await views(ctx, cards),
    clocks,
    risks: {
      nextUrgingAt: isOpen(order.state) ? await nextUrging(ctx, order) : null,
      handlingDueAt: clocks.find((c) => c.kind === 'handling' && c.state === 'running')?.dueAt ?? null,
      stays: held.map((h) => {
        const since = h.since ?? now
        return { unitId: h.unitId ?? '', unitName: h.unitName ?? '', since, hours: Math.floor((now - since) / HOUR), limitHours, over: now - since > limitHours * HOUR }
      }),
    },
    reminders: reminders.map((r) => ({ clock: r.clock_kind as ClockKindName, clockName: clockNames[r.clock_kind] ?? r.clock_kind, days: r.days, at: r.at, sent: r.sent, recipients: r.recipients })),
  }
}

/** Counted from the last urge, or from the dispatch where nobody has urged yet. */
async function nextUrging(ctx: Ctx, order: { id: string; tenant_id: string; dispatched_at: Instant | null }): Promise<Instant | null> {
  const last = await db(ctx).selectFrom('supervision_urge').select((eb) => eb.fn.max('created_at').as('at')).where('tenant_id', '=', order.tenant_id).where('order_id', '=', order.id).executeTakeFirst()
  const from = (last?.at as Instant | null | undefined) ?? order.dispatched_at
  return from === null ? null : plus(from, (await setting(ctx, nextUrgingAfter)) * HOUR)
}
