// The log of checks as a list: order, units, submitting centre, time, outcome, opinion (ORD-58).
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { parseIso, toIso } from '../../../kernel/time/index.ts'
import { visible } from '../orders.policy.ts'
import { db } from '../orders.queries.ts'
import { isMoment, isUuid, readCursor, writeCursor } from '../reading/cursor.ts'
import { asCount } from '../reading/list-branches.ts'
import type { listChecksRoute } from './check-contract.ts'

export async function listChecks(ctx: Ctx, input: Input<typeof listChecksRoute>) {
  authorize(ctx, 'orders.reviewResult')
  let query = db(ctx).selectFrom('order_result_check as c').innerJoin('order_order as o', (j) => j.onRef('o.tenant_id', '=', 'c.tenant_id').onRef('o.id', '=', 'c.order_id')).where('c.tenant_id', '=', ctx.tenantId).where('o.tenant_id', '=', ctx.tenantId).where((eb) => visible(ctx, eb as never))
  if (input.level) query = query.where('c.level', '=', input.level)
  if (input.outcome) query = query.where('c.outcome', '=', input.outcome)
  if (input.automatic) query = query.where('c.automatic', '=', input.automatic === 'true')
  if (input.number) query = query.where('o.number', '>=', input.number).where('o.number', '<', `${input.number}~`)
  if (input.from !== undefined) query = query.where('c.checked_at', '>=', ts(input.from) as never)
  if (input.to !== undefined) query = query.where('c.checked_at', '<', ts(input.to) as never)
  const [at, id] = input.cursor === undefined ? [undefined, undefined] : readCursor(input.cursor, [isMoment, isUuid])
  const page = at === undefined || id === undefined ? query : query.where(sql<boolean>`(c.checked_at, c.id) < (${toIso(parseIso(at))}::timestamptz, ${id}::uuid)`)
  const [rows, counted] = await Promise.all([
    page.select(['c.id', 'c.order_id as orderId', 'o.number', 'o.title', 'c.level', 'c.outcome', 'c.automatic', 'c.rule_text as ruleText', 'c.round', 'c.unit_names as unitNames', 'c.from_tenant_name as fromTenantName', 'c.opinion', 'c.checked_by_name as checkedByName', 'c.checked_at as checkedAt'])
      .orderBy('c.checked_at', 'desc').orderBy('c.id', 'desc').limit(input.limit + 1).execute(),
    sql<{ n: number }>`select count(*)::int as n from (${query.select(sql`1`.as('x')).limit(1001)}) as bounded`.execute(ctx.db()),
  ])
  const items = rows.slice(0, input.limit)
  const last = items.at(-1)
  return { items, next: last && rows.length > input.limit ? writeCursor([toIso(last.checkedAt), last.id]) : null, count: asCount(counted.rows[0]?.n ?? 0) }
}
