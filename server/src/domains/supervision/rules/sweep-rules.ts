// Effective rules against open orders: tasks, alerts and findings appear where a rule holds and end where it no longer does.
import { sql, type SqlBool } from 'kysely'
import { isMobile } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { HOUR, plus } from '../../../kernel/time/index.ts'
import { mobilesOf, notify, sendSms } from '../../platform/index.ts'
import { peopleFinder, unique, type PeopleFinder, type Person } from '../recipients.ts'
import { db } from '../supervision.queries.ts'
import { openTask } from '../tasks/open-task.ts'
import type { Definition } from './definition.ts'
import { matchingOrders, openStates, ruleCondition, type Match } from './matching.ts'
import { effectiveRules, ensureShippedRules, type EffectiveRule } from './rule-store.ts'
import { ENDED_BY_ITSELF } from './rule-texts.zh-CN.ts'

const BATCH = 200

/** Supervision tasks by rules. */
export async function sweepTaskRules(ctx: Ctx): Promise<void> {
  await ensureShippedRules(ctx)
  for (const rule of await effectiveRules(ctx, ['task'])) await openTasks(ctx, rule)
}

/** Alerts and findings by rules. */
export async function sweepWatchRules(ctx: Ctx): Promise<void> {
  await ensureShippedRules(ctx)
  const people = peopleFinder(ctx)
  for (const rule of await effectiveRules(ctx, ['alert', 'finding'])) await watch(ctx, rule, people)
}

/** One task per rule and round of work: what the supervisor has closed is not opened again by the same cause. */
async function openTasks(ctx: Ctx, rule: EffectiveRule): Promise<void> {
  const fresh = sql<SqlBool>`not exists (select 1 from supervision_task t where t.tenant_id = o.tenant_id and t.order_id = o.id and (t.rule_id = ${rule.id} or (t.rule_id is null and t.rule = ${rule.key ?? rule.id})) and (t.state <> 'closed' or t.order_round = o.round))`
  // Locks go in the order of ids, as everywhere.
  for (const match of await matchingOrders(ctx, rule.definition, fresh, BATCH)) {
    await openTask(ctx, { source: 'auto', rule: rule.key ?? rule.id, ruleId: rule.id, ruleNumber: rule.number, level: rule.definition.level, replyHours: rule.definition.replyHours, stages: rule.definition.stages, demand: rule.definition.text, unitId: match.unitId, unitName: match.unitName, orderIds: [match.id] })
  }
}

async function watch(ctx: Ctx, rule: EffectiveRule, people: PeopleFinder): Promise<void> {
  await endHits(ctx, rule)
  const fresh = sql<SqlBool>`not exists (select 1 from supervision_hit h where h.tenant_id = o.tenant_id and h.rule_id = ${rule.id} and h.order_id = o.id and h.ended_at is null)`
  for (const match of await matchingOrders(ctx, rule.definition, fresh, BATCH)) {
    const id = newId()
    const now = ts(ctx.clock.now())
    const made = await db(ctx).insertInto('supervision_hit')
      .values({ tenant_id: ctx.tenantId, id, rule_id: rule.id, rule_number: rule.number, effect: rule.effect as 'alert' | 'finding', kind: rule.definition.kind, order_id: match.id, unit_id: match.unitId, unit_name: match.unitName, state: 'open', found_at: now, told_at: null, acknowledged_at: null, answered_at: null, ended_at: null })
      .onConflict((c) => c.columns(['tenant_id', 'rule_id', 'order_id']).where('ended_at', 'is', null).doNothing()).returning('id').executeTakeFirst()
    if (made) await tell(ctx, rule, id, match, people)
  }
  await tellAgain(ctx, rule, people)
}

/** Those whose order no longer meets the rule end by themselves; answered ones keep their answer. */
async function endHits(ctx: Ctx, rule: EffectiveRule): Promise<void> {
  const condition = await ruleCondition(ctx, rule.definition, 'live')
  const now = ts(ctx.clock.now())
  const { rows } = await sql<{ id: string }>`update supervision_hit h set ended_at = ${now}, ended_reason = ${ENDED_BY_ITSELF}, state = case when h.state = 'open' then 'closed' else h.state end
    where h.tenant_id = ${ctx.tenantId} and h.rule_id = ${rule.id} and h.ended_at is null
      and not exists (select 1 from orders_pub_order_view o where o.tenant_id = h.tenant_id and o.id = h.order_id and o.state in (${sql.join([...openStates])}) and ${condition}) returning h.id`.execute(db(ctx))
  if (rows.length > 0) ctx.signal('supervision.board')
}

/** Alerts that nobody has answered are repeated as often as their rule says. */
async function tellAgain(ctx: Ctx, rule: EffectiveRule, people: PeopleFinder): Promise<void> {
  const every = rule.definition.repeatHours
  if (every === null) return
  const waiting = await db(ctx).selectFrom('supervision_hit').select(['id', 'order_id']).where('tenant_id', '=', ctx.tenantId).where('rule_id', '=', rule.id).where('ended_at', 'is', null).where('state', '=', 'open').where('told_at', '<=', ts(plus(ctx.clock.now(), -every * HOUR))).orderBy('told_at').limit(BATCH).execute()
  if (waiting.length === 0) return
  const matches = await matchingOrders(ctx, rule.definition, sql<SqlBool>`o.id in (${sql.join(waiting.map((w) => w.order_id))})`, BATCH)
  for (const hit of waiting) {
    const match = matches.find((m) => m.id === hit.order_id)
    if (match) await tell(ctx, rule, hit.id, match, people)
  }
}

async function tell(ctx: Ctx, rule: EffectiveRule, hitId: string, match: Match, people: PeopleFinder): Promise<void> {
  const told = await recipientsOf(ctx, rule.definition, match, people)
  const now = ts(ctx.clock.now())
  await db(ctx).updateTable('supervision_hit').set((eb) => ({ told_at: now, told_count: eb('told_count', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', hitId).execute()
  if (told.length === 0) return
  await db(ctx).insertInto('supervision_hit_recipient').values(told.map((p) => ({ tenant_id: ctx.tenantId, hit_id: hitId, user_id: p.id, name: p.name, at: now }))).onConflict((c) => c.columns(['tenant_id', 'hit_id', 'user_id']).doUpdateSet({ at: now })).execute()
  if (rule.definition.channels.includes('system') || rule.effect === 'finding') {
    await notify(ctx, { type: `supervision.${rule.effect}`, to: { userIds: told.map((p) => p.id) }, level: rule.effect === 'alert' ? 'P2' : 'P3', title: `${rule.name}：${match.title}`, text: `工单 ${match.number}，${rule.definition.text}`, link: `/supervision/${rule.effect === 'alert' ? 'alerts' : 'findings'}?orderId=${match.id}`, objectType: 'supervisionHit', objectId: hitId })
  }
  if (rule.effect === 'alert' && rule.definition.channels.includes('sms')) {
    const mobiles = await mobilesOf(ctx, told.map((p) => p.id))
    for (const phone of new Set(mobiles.values())) if (isMobile(phone)) await sendSms(ctx, { phone, template: 'unitAlert', params: { number: match.number, text: rule.definition.text }, objectType: 'order', objectId: match.id })
  }
  ctx.signal('supervision.board')
}

async function recipientsOf(ctx: Ctx, definition: Definition, match: Match, people: PeopleFinder): Promise<Person[]> {
  const told: Person[] = []
  for (const kind of definition.recipients) {
    if (kind === 'handlers') told.push(...(match.unitId ? await people.ofUnit(match.unitId, await handlerOf(ctx, match)) : await people.desk('orders.dispatch')))
    if (kind === 'unitLeaders' && match.unitId) told.push(...(await people.inUnit(match.unitId, 'orders.approve')))
    if (kind === 'supervisors') told.push(...(await people.desk('supervision.manage')))
    if (kind === 'dispatchDesk') told.push(...(await people.desk('orders.dispatch')))
    if (kind === 'reviewers') told.push(...(await people.desk('orders.review')))
  }
  return unique(told)
}

const handlerOf = async (ctx: Ctx, match: Match): Promise<string | null> =>
  (await db(ctx).selectFrom('orders_pub_assignment_view').select('handler_id').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', match.id).where('unit_id', '=', match.unitId).where('state', 'in', ['pendingSign', 'handling', 'pendingReport']).orderBy('dispatched_at', 'desc').limit(1).executeTakeFirst())?.handler_id ?? null
