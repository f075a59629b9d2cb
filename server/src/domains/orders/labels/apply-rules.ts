// Rules at work: after each step of an order's life, and once an hour over what is open.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { on, type EventHandler } from '../../../kernel/events/event.ts'
import { ts } from '../../../kernel/db/connect.ts'
import * as events from '../events.ts'
import { openStates } from '../order.ts'
import { db, readOrderRow } from '../orders.queries.ts'
import { compile } from '../query/compile-conditions.ts'
import { parseConditions } from '../query/conditions.ts'
import { record } from '../timeline.ts'
import type { Trigger } from './label-contract.ts'
import { putLabels } from './order-labels.ts'

type Rule = { id: string; name: string; label_id: string; condition: unknown; acts: string[]; label: string }

// A batch of events asks for the same rules again and again: they are read once a transaction and tenant.
const known = new WeakMap<Ctx['publish'], Map<string, Promise<Rule[]>>>()

/** Enabled rules of this trigger whose label may still be put, the heaviest first. */
async function rulesFor(ctx: Ctx, trigger: Trigger): Promise<Rule[]> {
  const ofTenant = known.get(ctx.publish) ?? new Map<string, Promise<Rule[]>>()
  known.set(ctx.publish, ofTenant)
  const rules = ofTenant.get(ctx.tenantId) ?? readRules(ctx)
  ofTenant.set(ctx.tenantId, rules)
  return (await rules).filter((rule) => rule.acts.includes(trigger))
}

async function readRules(ctx: Ctx): Promise<Rule[]> {
  const { rows } = await sql<Rule>`select r.id, r.name, r.label_id, r.condition, r.acts, l.name as label from order_label_rule r join platform_label l on l.tenant_id = r.tenant_id and l.id = r.label_id
    where r.tenant_id = ${ctx.tenantId} and r.enabled and l.state = 'enabled' order by r.weight desc, r.name`.execute(ctx.db())
  return rows
}

async function apply(ctx: Ctx, trigger: Trigger, orderId: string): Promise<void> {
  const rules = await rulesFor(ctx, trigger)
  if (rules.length === 0) return
  // One statement asks all rules about the one order.
  const tests = await Promise.all(rules.map(async (rule, i) => sql`(select ${i}::int as i from order_order o where o.tenant_id = ${ctx.tenantId} and o.id = ${orderId} and ${await compile(ctx, parseConditions(rule.condition))})`))
  const { rows } = await sql<{ i: number }>`${sql.join(tests, sql` union all `)}`.execute(ctx.db())
  const hits = rows.flatMap((r) => rules[r.i] ?? [])
  if (hits.length === 0) return
  const order = await readOrderRow(ctx, orderId)
  for (const rule of hits) {
    if ((await putLabels(ctx, order.id, [{ labelId: rule.label_id, source: 'rule', ruleId: rule.id }])).length === 0) continue
    await record(ctx, order, { act: 'label', text: `规则“${rule.name}”`, visibility: 'internal', data: { ruleId: rule.id }, changes: { labels: { old: null, new: rule.label, label: '标签' } } })
    await count(ctx, rule.id, 1)
  }
  ctx.signal('orders.list', orderId)
}

const count = async (ctx: Ctx, ruleId: string, n: number): Promise<void> => {
  await db(ctx).updateTable('order_label_rule').set((eb) => ({ added: eb('added', '+', n), last_at: ts(ctx.clock.now()) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', ruleId).execute()
}

const BATCH = 500

/** Time passes without an act: rules of this trigger look at open orders that do not bear the label yet. */
export async function applyHourly(ctx: Ctx): Promise<void> {
  for (const rule of await rulesFor(ctx, 'hourly')) {
    const condition = await compile(ctx, parseConditions(rule.condition))
    const { rows } = await sql<{ id: string }>`select o.id from order_order o where o.tenant_id = ${ctx.tenantId} and o.state in (${sql.join([...openStates])}) and ${condition}
      and not exists (select 1 from order_label m where m.tenant_id = o.tenant_id and m.order_id = o.id and m.label_id = ${rule.label_id} and m.removed_at is null) limit ${BATCH}`.execute(ctx.db())
    for (const { id } of rows) {
      const order = await readOrderRow(ctx, id)
      if ((await putLabels(ctx, id, [{ labelId: rule.label_id, source: 'rule', ruleId: rule.id }])).length > 0)
        await record(ctx, order, { act: 'label', text: `规则“${rule.name}”`, visibility: 'internal', data: { ruleId: rule.id }, changes: { labels: { old: null, new: rule.label, label: '标签' } } })
    }
    if (rows.length > 0) await count(ctx, rule.id, rows.length)
  }
}

const after = (trigger: Trigger) => (ctx: Ctx, event: { orderId: string }): Promise<void> => apply(ctx, trigger, event.orderId)
const CONSUMER = 'orders.labels'

export const labelHandlers: EventHandler[] = [
  on(events.orderRegistered, CONSUMER, after('registered')), on(events.orderReturnedToAgent, CONSUMER, after('returnedToAgent')), on(events.orderDispatched, CONSUMER, after('dispatched')), on(events.assignmentSigned, CONSUMER, after('assignmentSigned')),
  on(events.feedbackSubmitted, CONSUMER, after('feedbackSubmitted')), on(events.orderResultReady, CONSUMER, after('resultReady')), on(events.orderResultReturned, CONSUMER, after('resultReturned')), on(events.orderResultAccepted, CONSUMER, after('resultAccepted')),
  on(events.returnDecided, CONSUMER, after('returnDecided')), on(events.extensionDecided, CONSUMER, after('extensionDecided')), on(events.orderSupplemented, CONSUMER, after('supplemented')), on(events.orderRedone, CONSUMER, after('redone')),
  on(events.orderClosed, CONSUMER, after('closed')), on(events.orderArchived, CONSUMER, after('archived')), on(events.orderWithdrawn, CONSUMER, after('withdrawn')),
]
