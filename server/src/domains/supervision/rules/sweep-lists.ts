// Pre-assessment lists with recipients are told once a time, counted for each reader's part; empty ones are not told (SUP-09).
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { atLocalTime, HOUR, localDate, plus } from '../../../kernel/time/index.ts'
import { notify, setting, tenantById } from '../../platform/index.ts'
import { peopleFinder, unique, type PeopleFinder, type Person } from '../recipients.ts'
import { listTimes } from '../settings.ts'
import { db } from '../supervision.queries.ts'
import { openStates, ruleCondition } from './matching.ts'
import { effectiveRules, type EffectiveRule } from './rule-store.ts'

/** A time that was missed by more than this is not made up for. */
const LATEST = 2 * HOUR

export async function sweepLists(ctx: Ctx): Promise<void> {
  const times = await setting(ctx, listTimes)
  if (times.length === 0) return
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const now = ctx.clock.now()
  const today = localDate(now, timeZone)
  const slot = times.filter((time) => atLocalTime(today, time, timeZone) <= now && now < plus(atLocalTime(today, time, timeZone), LATEST)).at(-1)
  if (slot === undefined) return
  const people = peopleFinder(ctx)
  for (const rule of await effectiveRules(ctx, ['list'])) if (rule.definition.recipients.length > 0) await tellList(ctx, rule, `${today} ${slot}`, people)
}

async function tellList(ctx: Ctx, rule: EffectiveRule, slot: string, people: PeopleFinder): Promise<void> {
  const condition = await ruleCondition(ctx, rule.definition, 'live')
  const { rows } = await sql<{ unit_id: string | null; n: number }>`select o.lead_unit_id as unit_id, count(*)::int as n from orders_pub_order_view o where o.tenant_id = ${ctx.tenantId} and o.state in (${sql.join([...openStates])}) and ${condition} group by 1`.execute(db(ctx))
  const counted = rows.reduce((n, r) => n + r.n, 0)
  const told = new Map<string, { people: Person[]; n: number }>()
  if (rule.definition.audience === 'centre') told.set('centre', { people: await desks(rule, people), n: counted })
  else for (const { unit_id, n } of rows) if (unit_id) told.set(unit_id, { people: await ofUnit(rule, unit_id, people), n })
  const made = await db(ctx).insertInto('supervision_list_notice').values({ tenant_id: ctx.tenantId, rule_id: rule.id, slot, at: ts(ctx.clock.now()), counted, told: [...told.values()].reduce((sum, t) => sum + t.people.length, 0) }).onConflict((c) => c.doNothing()).returning('slot').executeTakeFirst()
  if (!made || counted === 0) return
  for (const [key, { people: list, n }] of told) {
    if (list.length > 0) await notify(ctx, { type: 'supervision.list', to: { userIds: list.map((p) => p.id) }, level: 'P3', title: `${rule.name} ${n} 件`, text: rule.definition.text, link: `/supervision/lists?list=${rule.id}`, objectType: 'supervisionList', objectId: `${rule.id}:${key}:${slot}` })
  }
}

async function desks(rule: EffectiveRule, people: PeopleFinder): Promise<Person[]> {
  const found: Person[] = []
  for (const kind of rule.definition.recipients) {
    if (kind === 'supervisors') found.push(...(await people.desk('supervision.manage')))
    if (kind === 'dispatchDesk') found.push(...(await people.desk('orders.dispatch')))
    if (kind === 'reviewers') found.push(...(await people.desk('orders.review')))
  }
  return unique(found)
}

async function ofUnit(rule: EffectiveRule, unitId: string, people: PeopleFinder): Promise<Person[]> {
  const found: Person[] = []
  if (rule.definition.recipients.includes('handlers')) found.push(...(await people.ofUnit(unitId, null, false)))
  if (rule.definition.recipients.includes('unitLeaders')) found.push(...(await people.inUnit(unitId, 'orders.approve')))
  return unique(found)
}
