// At the set times every unit is told how its cases stand. Numbers and orders are frozen first; the text is written from what was
// frozen, so that both can never differ (SUP-08).
import { sql } from 'kysely'
import { isMobile } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { atLocalTime, HOUR, localDate, plus, type Instant } from '../../../kernel/time/index.ts'
import { mobilesOf, notify, sendSms, setting, tenantById } from '../../platform/index.ts'
import type { Person } from '../recipients.ts'
import { openStates, ruleCondition } from '../rules/matching.ts'
import { effectiveRules, ensureShippedRules, type EffectiveRule } from '../rules/rule-store.ts'
import { db } from '../supervision.queries.ts'
import { overviewReceivers, unitsWithCases } from './overview-recipients.ts'
import { overviewAddress, overviewLists, overviewOn, overviewTimes } from './overview-settings.ts'
import { overviewText } from './overview-texts.zh-CN.ts'

/** A time that was missed by more than this is not made up for. */
const LATEST = 2 * HOUR
const MOST_ORDERS = 500

export async function sweepOverviews(ctx: Ctx): Promise<void> {
  if (!(await setting(ctx, overviewOn))) return
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const now = ctx.clock.now()
  const today = localDate(now, timeZone)
  for (const time of await setting(ctx, overviewTimes)) {
    const moment = atLocalTime(today, time, timeZone)
    if (moment <= now && now < plus(moment, LATEST)) await sendSlot(ctx, `${today} ${time}`)
  }
}

type Counted = { unit_id: string; order_id: string; number: string; title: string | null; state: string; due_at: Instant | null; n: number }

async function sendSlot(ctx: Ctx, slot: string): Promise<void> {
  const done = new Set((await db(ctx).selectFrom('supervision_overview').select('unit_id').where('tenant_id', '=', ctx.tenantId).where('slot', '=', slot).execute()).map((r) => r.unit_id))
  const units = (await unitsWithCases(ctx)).filter((u) => !done.has(u.id))
  const receivers = await overviewReceivers(ctx, units.map((u) => u.id))
  const told = units.filter((u) => receivers.has(u.id))
  if (told.length === 0) return
  await ensureShippedRules(ctx)
  const wanted = await setting(ctx, overviewLists)
  const rules = (await effectiveRules(ctx, ['list'])).filter((r) => wanted.includes(r.key ?? r.id)).toSorted((a, b) => wanted.indexOf(a.key ?? a.id) - wanted.indexOf(b.key ?? b.id))
  const lists: { rule: EffectiveRule; rows: Map<string, Counted[]> }[] = []
  for (const rule of rules) lists.push({ rule, rows: Map.groupBy(await ordersOf(ctx, rule, told.map((u) => u.id)), (r) => r.unit_id) })
  const mobiles = await mobilesOf(ctx, [...new Set(told.flatMap((u) => (receivers.get(u.id) ?? []).map((p) => p.id)))])
  for (const unit of told) await sendOne(ctx, { unit, slot, people: receivers.get(unit.id) ?? [], mobiles, lists: lists.map(({ rule, rows }) => ({ rule, rows: rows.get(unit.id) ?? [] })) })
}

/** Orders that meet the list and stand in a unit's line, by unit; `n` counts all of them. */
async function ordersOf(ctx: Ctx, rule: EffectiveRule, unitIds: readonly string[]): Promise<Counted[]> {
  const condition = await ruleCondition(ctx, rule.definition, 'live')
  const { rows } = await sql<Counted>`
    select * from (
      select h.unit_id, o.id as order_id, o.number, case when o.confidential then null else o.title end as title, o.state, o.next_due_at as due_at,
        count(*) over (partition by h.unit_id)::int as n, row_number() over (partition by h.unit_id order by o.next_due_at nulls last, o.id) as place
      from orders_pub_order_view o
      join (select distinct a.order_id, line.unit_id from orders_pub_assignment_view a
          join platform_unit_view u on u.tenant_id = a.tenant_id and u.id = a.unit_id cross join lateral unnest(u.path) as line (unit_id)
        where a.tenant_id = ${ctx.tenantId} and a.state in ('pendingSign', 'handling', 'pendingReport') and line.unit_id = any(${[...unitIds]}::uuid[])) h on h.order_id = o.id
      where o.tenant_id = ${ctx.tenantId} and o.state in (${sql.join([...openStates])}) and ${condition}) w
    where place <= ${MOST_ORDERS} order by unit_id, place`.execute(db(ctx))
  return rows
}

type One = { unit: { id: string; name: string }; slot: string; people: Person[]; mobiles: Map<string, string>; lists: { rule: EffectiveRule; rows: Counted[] }[] }

async function sendOne(ctx: Ctx, { unit, slot, people, mobiles, lists }: One): Promise<void> {
  const id = newId()
  const figures = lists.map(({ rule, rows }) => ({ key: rule.key ?? rule.id, name: rule.name, count: rows[0]?.n ?? 0 }))
  const empty = figures.every((f) => f.count === 0)
  const told = empty ? [] : people
  const made = await db(ctx).insertInto('supervision_overview')
    .values({ tenant_id: ctx.tenantId, id, unit_id: unit.id, unit_name: unit.name, slot, at: ts(ctx.clock.now()), figures: json(figures), recipients: json(told.map((p) => ({ ...p, sms: isMobile(mobiles.get(p.id) ?? '') }))) })
    .onConflict((c) => c.columns(['tenant_id', 'unit_id', 'slot']).doNothing()).returning('id').executeTakeFirst()
  if (!made || empty) return
  const frozen = lists.flatMap(({ rule, rows }) => rows.map((r, position) => ({ tenant_id: ctx.tenantId, overview_id: id, list_key: rule.key ?? rule.id, position, order_id: r.order_id, number: r.number, title: r.title, state: r.state, due_at: r.due_at === null ? null : ts(r.due_at) })))
  for (let from = 0; from < frozen.length; from += MOST_ORDERS) await db(ctx).insertInto('supervision_overview_order').values(frozen.slice(from, from + MOST_ORDERS)).execute()
  if (told.length === 0) return
  const link = `/supervision/overviews/${id}`
  const words = overviewText(figures)
  const address = await setting(ctx, overviewAddress)
  await notify(ctx, { type: 'supervision.overview', to: { userIds: told.map((p) => p.id) }, level: 'P4', title: `${unit.name}案件情况（${slot.slice(11)}）`, text: words, link, objectType: 'overview', objectId: id })
  for (const phone of new Set(told.map((p) => mobiles.get(p.id) ?? ''))) {
    if (isMobile(phone)) await sendSms(ctx, { phone, template: 'unitOverview', params: { unit: unit.name, time: slot, figures: words, link: address ? `，明细 ${address.replace(/\/$/, '')}${link}` : '' }, objectType: 'overview', objectId: id })
  }
}
