// Pre-assessment lists: saved conditions that open their orders, within the reader's scope (SUP-09).
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, scopesOf } from '../../../kernel/access.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { stateNames, type OrderState } from '../../orders/index.ts'
import { afterCursor, boundCount, nextPage } from '../../platform/index.ts'
import { supervisionFail } from '../supervision.errors.ts'
import { db, readableTenants, seesOrder } from '../supervision.queries.ts'
import { openStates, ruleCondition } from './matching.ts'
import type * as contract from './rule-contract.ts'
import { effectiveRules, type EffectiveRule } from './rule-store.ts'
import type { Instant } from '../../../kernel/time/index.ts'

/** Centres see the lists for centres, units those for units. */
const audienceOf = (ctx: Ctx): 'centre' | 'unit' => (scopesOf(ctx, 'supervision.read').some((s) => s === 'tenant' || s === 'tenantsBelow' || s === 'area') ? 'centre' : 'unit')

export async function listOrders(ctx: Ctx, rule: EffectiveRule) {
  return db(ctx)
    .selectFrom('orders_pub_order_view as o')
    .where('o.tenant_id', '=', ctx.tenantId).where('o.tenant_id', 'in', readableTenants(ctx)).where('o.state', 'in', openStates)
    .where(await ruleCondition(ctx, rule.definition, 'live'))
    .where((eb) => seesOrder(ctx, eb as never) as never)
}

export async function preLists(ctx: Ctx): Promise<Output<typeof contract.preListsRoute>> {
  authorize(ctx, 'supervision.read')
  const audience = audienceOf(ctx)
  const lists = (await effectiveRules(ctx, ['list'])).filter((r) => r.definition.audience === audience)
  const items = []
  for (const rule of lists) items.push({ id: rule.id, name: rule.name, text: rule.definition.text, audience, count: await boundCount(ctx, await listOrders(ctx, rule)) })
  return { items }
}

export async function preListRows(ctx: Ctx, input: Input<typeof contract.listRowsRoute>): Promise<Output<typeof contract.listRowsRoute>> {
  authorize(ctx, 'supervision.read')
  const rule = (await effectiveRules(ctx, ['list'])).find((r) => r.id === input.id && r.definition.audience === audienceOf(ctx))
  if (!rule) throw supervisionFail('ruleNotFound')
  const query = await listOrders(ctx, rule)
  const rows = await query.select(['o.id', 'o.number', 'o.title', 'o.state', 'o.lead_unit_name as unitName', 'o.urgency', 'o.registered_at as registeredAt', 'o.next_due_at as nextDueAt'])
    .where(afterCursor(input.cursor, 'o.registered_at', 'o.id')).orderBy('o.registered_at', 'desc').orderBy('o.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.registeredAt ?? (0 as Instant))
  return { name: rule.name, items: page.items.map((r) => ({ ...r, number: r.number ?? '', title: r.title ?? '', state: r.state ?? '', stateName: stateNames[r.state as OrderState], urgency: r.urgency ?? '', registeredAt: r.registeredAt ?? (0 as Instant) })), next: page.next, count: await boundCount(ctx, query) }
}
