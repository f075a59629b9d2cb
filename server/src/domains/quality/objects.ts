// Calls, conversations and orders as inspection sees them: one row a thing to draw from, and what the rules read of it.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { DAY, plus, type Instant } from '../../kernel/time/index.ts'
import { clockNames } from '../orders/index.ts'
import type { Filter } from './contract.ts'
import type { Sentence, Subject } from './rule.ts'
import type { ObjectKind } from './sheet.ts'

/** Columns: id, at, label, agent_id, agent_name, unit_id, unit_name, order_id, appeal_type, duration_ms. */
const sources: Record<ObjectKind, RawBuilder<unknown>> = {
  call: sql`(select c.tenant_id, c.id, c.started_at as at, concat_ws(' ', case c.direction when 'outbound' then '去电' else '来电' end, c.phone_mask, c.queue_name) as label, c.agent_id, c.agent_name, null::uuid as unit_id, null::text as unit_name, c.order_id, null::text as appeal_type, c.talk_ms as duration_ms, c.direction, c.queue_name, c.rating, c.area, null::text as channel, null::text as state, null::text as number from quality_call_view c)`,
  chat: sql`(select c.tenant_id, c.id, c.accepted_at as at, concat_ws(' ', '会话', nullif(c.topic, '')) as label, c.agent_id, c.agent_name, null::uuid as unit_id, null::text as unit_name, c.order_id, null::text as appeal_type, (extract(epoch from c.closed_at - c.accepted_at) * 1000)::int as duration_ms, null::text as direction, null::text as queue_name, c.stars as rating, null::text as area, null::text as channel, null::text as state, null::text as number from quality_chat_view c)`,
  order: sql`(select o.tenant_id, o.id, o.registered_at as at, concat_ws(' ', o.number, o.title) as label, o.registered_by as agent_id, o.registered_by_name as agent_name, o.lead_unit_id as unit_id, o.lead_unit_name as unit_name, o.id as order_id, o.appeal_type, null::int as duration_ms, null::text as direction, null::text as queue_name, null::int as rating, o.area_code as area, o.channel, o.state, o.number from quality_order_view o where not o.confidential)`,
}

export type Place = { tenantId: string; now: Instant }

/** Objects of a filter as `x`; a filter by days looks back from now. */
export function objectsOf(kind: ObjectKind, f: Filter, { tenantId, now }: Place): RawBuilder<unknown> {
  const has = <T>(list: readonly T[] | undefined): list is readonly T[] => list !== undefined && list.length > 0
  const where: RawBuilder<unknown>[] = [sql`x.tenant_id = ${tenantId}`]
  if (f.days) where.push(sql`x.at >= ${ts(plus(now, -f.days * DAY))}`)
  if (f.from) where.push(sql`x.at >= ${ts(f.from)}`)
  if (f.to) where.push(sql`x.at < ${ts(f.to)}`)
  if (has(f.agentIds)) where.push(sql`x.agent_id in (${sql.join(f.agentIds)})`)
  if (has(f.teams)) where.push(sql`x.agent_id in (select t.user_id from quality_team_view t where t.tenant_id = ${tenantId} and t.team_name in (${sql.join(f.teams)}))`)
  if (has(f.unitIds)) where.push(sql`x.unit_id in (select u.id from platform_unit_view u where u.tenant_id = ${tenantId} and u.path && array[${sql.join(f.unitIds)}]::uuid[])`)
  if (f.direction) where.push(sql`x.direction = ${f.direction}`)
  if (f.minSeconds) where.push(sql`x.duration_ms >= ${f.minSeconds * 1000}`)
  if (f.maxSeconds) where.push(sql`x.duration_ms <= ${f.maxSeconds * 1000}`)
  if (f.area) where.push(sql`x.area like ${`${f.area.replaceAll(/[%_\\]/g, '')}%`}`)
  if (has(f.appealTypes)) where.push(sql`x.appeal_type in (${sql.join(f.appealTypes)})`)
  if (has(f.channels)) where.push(sql`x.channel in (${sql.join(f.channels)})`)
  if (has(f.states)) where.push(sql`x.state in (${sql.join(f.states)})`)
  if (has(f.ratings)) where.push(sql`x.rating in (${sql.join(f.ratings)})`)
  if (has(f.outcomes)) where.push(sql`(select r.outcome from callback_pub_result_view r where r.tenant_id = x.tenant_id and r.order_id = x.order_id order by r.at desc, r.id desc limit 1) in (${sql.join(f.outcomes)})`)
  if (f.numberFrom) where.push(sql`x.number >= ${f.numberFrom}`)
  if (f.numberTo) where.push(sql`x.number <= ${f.numberTo}`)
  return sql`${sources[kind]} as x where ${sql.join(where, sql` and `)}`
}

/** One object as a row of a draw; the reader's rights are the caller's matter. */
export const objectRow = (kind: ObjectKind, tenantId: string, id: string): RawBuilder<unknown> => sql`${sources[kind]} as x where x.tenant_id = ${tenantId} and x.id = ${id}`

type Line = { object_id: string; id: string; speaker: 'agent' | 'citizen'; start_ms: number; end_ms: number; text: string }
const nothing = (): Subject => ({ sentences: [], talkMs: null, fields: {}, lateClocks: [], returns: 0 })

/** What the rules read of these objects. Those that are gone are left out. */
export async function subjectsOf(ctx: Ctx, kind: ObjectKind, ids: readonly string[]): Promise<Map<string, Subject>> {
  if (ids.length === 0) return new Map()
  return { call: callSubjects, chat: chatSubjects, order: orderSubjects }[kind](ctx, ids)
}

function withLines(lines: readonly Line[], into: Map<string, Subject & { sentences: Sentence[] }>): void {
  for (const one of lines) into.get(one.object_id)?.sentences.push({ id: one.id, speaker: one.speaker, startMs: one.start_ms, endMs: one.end_ms, text: one.text })
}

async function callSubjects(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Subject>> {
  const list = sql`any(${[...ids]}::uuid[])`
  const [calls, lines] = await Promise.all([
    sql<{ id: string; talk_ms: number | null }>`select id, talk_ms from quality_call_view where tenant_id = ${ctx.tenantId} and id = ${list}`.execute(ctx.db()),
    sql<Line>`select call_id as object_id, id, speaker, start_ms, end_ms, text from quality_sentence_view where tenant_id = ${ctx.tenantId} and call_id = ${list} order by start_ms, id`.execute(ctx.db()),
  ])
  const out = new Map(calls.rows.map((one) => [one.id, { ...nothing(), sentences: [] as Sentence[], talkMs: one.talk_ms }]))
  withLines(lines.rows, out)
  return out
}

async function chatSubjects(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Subject>> {
  const list = sql`any(${[...ids]}::uuid[])`
  const [chats, lines] = await Promise.all([
    sql<{ id: string }>`select id from quality_chat_view where tenant_id = ${ctx.tenantId} and id = ${list}`.execute(ctx.db()),
    sql<Line>`
      select m.session_id as object_id, m.seq::text as id, m.author as speaker, (extract(epoch from m.created_at - c.queued_at) * 1000)::int as start_ms, (extract(epoch from m.created_at - c.queued_at) * 1000)::int as end_ms, m.text
      from quality_chat_message_view m join quality_chat_view c on c.tenant_id = m.tenant_id and c.id = m.session_id
      where m.tenant_id = ${ctx.tenantId} and m.session_id = ${list} and m.author in ('agent', 'citizen') and m.text <> '' order by m.seq`.execute(ctx.db()),
  ])
  const out = new Map(chats.rows.map((one) => [one.id, { ...nothing(), sentences: [] as Sentence[] }]))
  withLines(lines.rows, out)
  return out
}

type OrderLine = { id: string; title: string; content: string; address: string | null; area_code: string | null; matter_id: string | null; category_id: string | null; requester_name: string; contact_phone_mask: string | null; reply: string | null; reply_basis: string | null; return_count: number }

async function orderSubjects(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Subject>> {
  const list = sql`any(${[...ids]}::uuid[])`
  const [orders, late] = await Promise.all([
    sql<OrderLine>`select id, title, content, address, area_code, matter_id, category_id, requester_name, contact_phone_mask, reply, reply_basis, return_count from quality_order_view where tenant_id = ${ctx.tenantId} and id = ${list}`.execute(ctx.db()),
    sql<{ order_id: string; kind: string; minutes: number }>`select order_id, kind, (extract(epoch from coalesce(met_at, ${ts(ctx.clock.now())}) - due_at) / 60)::int as minutes from orders_pub_clock_view where tenant_id = ${ctx.tenantId} and order_id = ${list} and state <> 'cancelled' and paused_at is null and coalesce(met_at, ${ts(ctx.clock.now())}) > due_at order by due_at`.execute(ctx.db()),
  ])
  const lateOf = Map.groupBy(late.rows, (one) => one.order_id)
  return new Map(orders.rows.map((o) => [o.id, {
    ...nothing(), returns: o.return_count, lateClocks: (lateOf.get(o.id) ?? []).map((one) => ({ kind: one.kind, text: `${clockNames[one.kind] ?? one.kind}超时 ${one.minutes} 分钟` })),
    fields: { title: o.title, content: o.content, address: o.address, areaCode: o.area_code, matterId: o.matter_id, categoryId: o.category_id, requesterName: o.requester_name, phone: o.contact_phone_mask, reply: o.reply, replyBasis: o.reply_basis },
  }]))
}
