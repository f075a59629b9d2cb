// The sign-in queue, and what was signed how: people, rules and the limit are counted apart.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { DAY, parseIso, plus, toIso } from '../../../kernel/time/index.ts'
import { visible } from '../orders.policy.ts'
import { db } from '../orders.queries.ts'
import { isMoment, isUuid, readCursor, writeCursor } from '../reading/cursor.ts'
import { asCount } from '../reading/list-branches.ts'
import type { OrderState } from '../order.ts'
import { stateNames } from '../texts.zh-CN.ts'
import { LIMIT_RULE } from './receive-upper.ts'
import { MODEL_RULE } from './sign-model.ts'
import type { listUpperRoute } from './upper-contract.ts'

export async function listUpper(ctx: Ctx, input: Input<typeof listUpperRoute>) {
  authorize(ctx, 'orders.review')
  const waiting = input.box === 'waiting'
  const at = waiting ? 'o.upper_sign_due_at' : 'o.upper_signed_at'
  let query = db(ctx).selectFrom('order_order as o').where('o.tenant_id', '=', ctx.tenantId).where('o.upper_platform', 'is not', null).where('o.upper_signed_at', waiting ? 'is' : 'is not', null).where((eb) => visible(ctx, eb as never))
  if (waiting) query = query.where('o.state', '=', 'pendingReview')
  if (input.dispatchKind) query = query.where('o.dispatch_kind', '=', input.dispatchKind)
  if (input.way === 'person') query = query.where('o.upper_sign_rule', 'is', null)
  if (input.way === 'limit') query = query.where('o.upper_sign_rule', '=', LIMIT_RULE)
  if (input.way === 'rule') query = query.where('o.upper_sign_rule', 'is not', null).where('o.upper_sign_rule', '!=', LIMIT_RULE).where('o.upper_sign_rule', 'not like', `${MODEL_RULE}%`)
  if (input.way === 'model') query = query.where('o.upper_sign_rule', 'like', `${MODEL_RULE}%`)
  const [moment, id] = input.cursor === undefined ? [undefined, undefined] : readCursor(input.cursor, [isMoment, isUuid])
  const after = moment === undefined || id === undefined ? query : query.where(waiting ? sql<boolean>`(o.upper_sign_due_at, o.id) > (${toIso(parseIso(moment))}::timestamptz, ${id}::uuid)` : sql<boolean>`(o.upper_signed_at, o.id) < (${toIso(parseIso(moment))}::timestamptz, ${id}::uuid)`)
  const [rows, counted, signed] = await Promise.all([
    after.select(['o.id', 'o.number', 'o.title', 'o.upper_platform as platform', 'o.upper_number as upperNumber', 'o.dispatch_kind as dispatchKind', 'o.state', 'o.urgency', 'o.upper_dispatched_at as upperDispatchedAt', 'o.upper_sign_due_at as signDueAt', 'o.upper_signed_at as signedAt',
      'o.upper_signed_by_name as signedByName', 'o.upper_sign_rule as rule', 'o.version', (eb) => eb.selectFrom('order_clock as c').select('c.due_at').where('c.tenant_id', '=', ctx.tenantId).whereRef('c.order_id', '=', 'o.id').where('c.kind', '=', 'upper').orderBy('c.started_at', 'desc').limit(1).as('upperDueAt')])
      .orderBy(at, waiting ? 'asc' : 'desc').orderBy('o.id', waiting ? 'asc' : 'desc').limit(input.limit + 1).execute(),
    sql<{ n: number }>`select count(*)::int as n from (${query.select(sql`1`.as('x')).limit(1001)}) as bounded`.execute(ctx.db()),
    sql<{ person: number; rule: number; model: number; limit: number }>`select count(*) filter (where upper_sign_rule is null)::int as person, count(*) filter (where upper_sign_rule <> ${LIMIT_RULE} and upper_sign_rule not like ${`${MODEL_RULE}%`})::int as rule, count(*) filter (where upper_sign_rule like ${`${MODEL_RULE}%`})::int as model, count(*) filter (where upper_sign_rule = ${LIMIT_RULE})::int as "limit"
      from order_order where tenant_id = ${ctx.tenantId} and upper_platform is not null and upper_signed_at >= ${ts(plus(ctx.clock.now(), -30 * DAY))}`.execute(ctx.db()),
  ])
  const items = rows.slice(0, input.limit).map((r) => ({ ...r, platform: r.platform ?? '', upperNumber: r.upperNumber ?? '', stateName: stateNames[r.state as OrderState] }))
  const last = items.at(-1)
  const key = last ? (waiting ? last.signDueAt : last.signedAt) : null
  return { items, next: last && key !== null && rows.length > input.limit ? writeCursor([toIso(key), last.id]) : null, count: asCount(counted.rows[0]?.n ?? 0), signed: signed.rows[0] ?? { person: 0, rule: 0, model: 0, limit: 0 } }
}
