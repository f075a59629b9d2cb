// Conditions as SQL: one reading of a rule for orders as they stand, for past orders and for simulated ones.
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { addDuration, HOUR, plus, subtractDuration, toIso, type Duration, type Instant } from '../../../kernel/time/index.ts'
import { calendarOf } from '../../platform/index.ts'
import type { Condition, Definition } from './definition.ts'
import { factOf, facts, operatorsOf, type Fact, type FactKind } from './facts.ts'
import { satisfactionOf } from './unit-satisfaction.ts'
import { db } from '../supervision.queries.ts'

export const openStates = ['draft', 'pendingReview', 'pendingDispatch', 'inProgress', 'pendingResultReview', 'pendingCallback'] as const

export type When = 'live' | 'past' | 'simulated'

/** What is wrong with the conditions, by position; empty where they can be asked. */
export function conditionFaults(conditions: readonly Condition[]): { path: string; message: string }[] {
  return conditions.flatMap((c, i) => {
    const fact = factOf(c.fact)
    const path = `definition.conditions.${i}`
    if (!fact) return [{ path: `${path}.fact`, message: '没有这个条件项' }]
    if (!operatorsOf[fact.kind].includes(c.op)) return [{ path: `${path}.op`, message: '该条件项不支持这种比较' }]
    const kind = typeof c.value === 'number' ? 'number' : typeof c.value === 'boolean' ? 'boolean' : 'list'
    if (kind !== valueKinds[fact.kind]) return [{ path: `${path}.value`, message: '条件值不正确' }]
    if ((fact.kind === 'since' || fact.kind === 'until') && !c.unit) return [{ path: `${path}.unit`, message: '请选择时间单位' }]
    return []
  })
}
const valueKinds: Record<FactKind, 'number' | 'boolean' | 'list'> = { since: 'number', until: 'number', count: 'number', mark: 'boolean', choice: 'list', area: 'list', unit: 'list', flags: 'list' }

/** The condition of a rule on `orders_pub_order_view as o` (or on simulated facts `as f`). */
export async function ruleCondition(ctx: Ctx, definition: Pick<Definition, 'conditions'>, when: When): Promise<RawBuilder<SqlBool>> {
  const calendar = await calendarOf(ctx)
  const now = ctx.clock.now()
  const at = sql`${ts(now)}::timestamptz`
  const satisfaction = when !== 'simulated' && definition.conditions.some((c) => c.fact === 'unitSatisfaction') ? await satisfactionOf(ctx) : null
  const parts = definition.conditions.map((c): RawBuilder<SqlBool> => {
    const fact = factOf(c.fact)
    if (!fact) return sql<SqlBool>`false`
    // What state an order was in at its worst is not kept; the other facts speak for themselves.
    if (when === 'past' && fact.key === 'state') return sql<SqlBool>`true`
    const value = when === 'simulated' ? sql.ref(`f.${fact.key}`) : fact.key === 'unitSatisfaction' && satisfaction ? satisfaction : when === 'past' ? (fact.past ?? fact.live)(at) : fact.live(at)
    const length: Duration = { amount: typeof c.value === 'number' ? c.value : 0, unit: c.unit ?? 'naturalHours' }
    if (fact.kind === 'since') {
      const bound = sql`${ts(subtractDuration(calendar, now, length))}::timestamptz`
      return sql<SqlBool>`(${hint(fact, when, bound)}${value} <= ${bound})`
    }
    if (fact.kind === 'until') {
      const bound = sql`${ts(addDuration(calendar, now, length))}::timestamptz`
      return sql<SqlBool>`(${hint(fact, when, bound)}${value} > ${at} and ${value} <= ${bound})`
    }
    return compare(fact, value, c, ctx)
  })
  return sql<SqlBool>`(${sql.join(parts, sql` and `)})`
}

const hint = (fact: Fact, when: When, bound: RawBuilder<unknown>): RawBuilder<unknown> => (when === 'live' && fact.hint ? sql`${fact.hint(bound)} and ` : sql``)

function compare(fact: Fact, value: RawBuilder<unknown>, { op, value: wanted }: Condition, ctx: Ctx): RawBuilder<SqlBool> {
  if (fact.kind === 'count') return sql<SqlBool>`(${value} ${sql.raw(op === '>=' ? '>=' : op === '<=' ? '<=' : '=')} ${typeof wanted === 'number' ? wanted : 0})`
  if (fact.kind === 'mark') return sql<SqlBool>`(coalesce(${value}, false) = ${wanted === true})`
  const list = Array.isArray(wanted) ? wanted : []
  const found =
    fact.kind === 'area' ? sql<SqlBool>`${value} like any(array[${sql.join(list.map((code) => `${code.replace(/(00)+$/, '').replace(/\D/g, '')}%`))}]::text[])`
    : fact.kind === 'flags' ? sql<SqlBool>`${value} && array[${sql.join(list)}]::text[]`
    : fact.kind === 'unit' ? sql<SqlBool>`${value} in (select u.id from platform_unit_view u where u.tenant_id = ${ctx.tenantId} and u.path && array[${sql.join(list)}]::uuid[])`
    : sql<SqlBool>`${value}::text in (${sql.join(list)})`
  return op === 'notIn' ? sql<SqlBool>`not coalesce(${found}, false)` : sql<SqlBool>`coalesce(${found}, false)`
}

export type Match = { id: string; number: string; title: string; state: string; round: number; unitId: string | null; unitName: string | null }

// The unit that has the order: the one whose clock ran out first, else the lead; nobody while it stands at the centre.
const unitColumn = sql<string | null>`coalesce((select c.unit_id from orders_pub_clock_view c where c.tenant_id = o.tenant_id and c.order_id = o.id and c.kind = 'handling' and c.state in ('running', 'paused') and c.unit_id is not null order by c.due_at limit 1), o.lead_unit_id)`

/** Open orders that meet a rule, oldest first. `more` narrows; `limit` bounds. */
export async function matchingOrders(ctx: Ctx, definition: Pick<Definition, 'conditions'>, more: RawBuilder<SqlBool>, limit: number): Promise<Match[]> {
  const rows = await db(ctx)
    .selectFrom('orders_pub_order_view as o')
    .select(['o.id', 'o.number', 'o.title', 'o.state', 'o.round', unitColumn.as('unitId')])
    .where('o.tenant_id', '=', ctx.tenantId).where('o.state', 'in', openStates)
    .where(await ruleCondition(ctx, definition, 'live')).where(more)
    .orderBy('o.id').limit(limit)
    .execute()
  const ids = [...new Set(rows.flatMap((r) => (r.unitId ? [r.unitId] : [])))]
  const names = ids.length === 0 ? [] : await db(ctx).selectFrom('platform_unit_view').select(['id', 'name']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', ids).execute()
  return rows.map((r) => ({ id: r.id, number: r.number ?? '', title: r.title ?? '', state: r.state ?? '', round: r.round ?? 1, unitId: r.unitId, unitName: names.find((n) => n.id === r.unitId)?.name ?? null }))
}

export type SimulatedFacts = Record<string, number | string | boolean | string[]>

/** Which of the simulated orders meet the rule. Lengths of time are hours; what is not given is absent. */
export async function simulate(ctx: Ctx, definition: Pick<Definition, 'conditions'>, cases: readonly SimulatedFacts[]): Promise<boolean[]> {
  const now = ctx.clock.now()
  const rows = cases.map((given, position) => ({ position, ...Object.fromEntries(facts.flatMap((f) => (given[f.key] === undefined ? [] : [[f.key, simulated(f, given[f.key], now)]]))) }))
  const columns = sql.join(facts.map((f) => sql`${sql.id(f.key)} ${sql.raw(types[f.kind])}`))
  const condition = await ruleCondition(ctx, definition, 'simulated')
  const { rows: met } = await sql<{ position: number }>`select f.position from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f(position int, ${columns}) where ${condition}`.execute(db(ctx))
  const found = new Set(met.map((r) => r.position))
  return cases.map((_, position) => found.has(position))
}
const types: Record<FactKind, string> = { since: 'timestamptz', until: 'timestamptz', count: 'int', choice: 'text', area: 'text', unit: 'uuid', flags: 'text[]', mark: 'boolean' }
const simulated = (fact: Fact, value: unknown, now: Instant): unknown => (typeof value === 'number' && fact.kind === 'since' ? toIso(plus(now, -value * HOUR)) : typeof value === 'number' && fact.kind === 'until' ? toIso(plus(now, value * HOUR)) : value)
