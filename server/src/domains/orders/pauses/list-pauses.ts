// The live list: how long work has been suspended, and what is left of the permitted time.
import { sql } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { listOf, orderColumns, type OrderColumns } from '../requests/list-frame.ts'
import type { listPausesRoute } from './pause-contract.ts'
import type { PauseRow } from './pause.queries.ts'
import { pauseEnds } from './pauses.zh-CN.ts'

type Row = PauseRow & OrderColumns & { reason: string }

export async function listPauses(ctx: Ctx, input: Input<typeof listPausesRoute>) {
  authorize(ctx, 'orders.read')
  const where = [sql`x.tenant_id = ${ctx.tenantId}`, input.state.length === 0 ? sql`true` : sql`x.state in (${sql.join(input.state)})`]
  if (input.unitId) where.push(sql`x.unit_id = ${input.unitId}`)
  if (input.orderId) where.push(sql`x.order_id = ${input.orderId}`)
  if (input.condition) where.push(sql`x.condition_name = ${input.condition}`)
  if (input.over) where.push(sql`x.state = 'active' and x.permitted_until_at <= ${ts(ctx.clock.now())}`)
  if (input.promised) where.push(sql`x.promised_at is not null`)
  const down = !(input.state.length === 1 && input.state[0] === 'active')
  const page = await listOf<Row>(ctx, {
    columns: sql`x.*, ${orderColumns}, r.reason`, from: sql`order_pause x join order_order o on o.tenant_id = x.tenant_id and o.id = x.order_id join order_request r on r.tenant_id = x.tenant_id and r.id = x.request_id`,
    where, at: down ? 'x.started_at' : 'x.permitted_until_at', id: 'x.id', down,
  }, input)
  return { items: page.rows.map((row) => pauseView(ctx, row)), next: page.next, count: page.count }
}

export function pauseView(ctx: Ctx, r: Row) {
  const now = ctx.clock.now()
  const active = r.state === 'active'
  return {
    id: r.id, orderId: r.order_id, number: r.number, title: r.title, urgency: r.urgency, orderState: r.order_state, assignmentId: r.assignment_id, unitId: r.unit_id, unitName: r.unit_name, conditionName: r.condition_name, reason: r.reason, round: r.round, state: active ? ('active' as const) : ('ended' as const),
    startedAt: r.started_at, permittedUntil: r.permitted_until_at, stoodMs: (r.ended_at ?? now) - r.started_at, leftMs: active ? r.permitted_until_at - now : null, promisedAt: r.promised_at, confirmedAt: r.confirmed_at, confirmedByName: r.confirmed_by_name, progress: r.progress, promiserName: r.promiser_name,
    endedAt: r.ended_at, endKind: r.end_kind, endKindName: r.end_kind ? (pauseEnds[r.end_kind] ?? r.end_kind) : null, endReason: r.end_reason, endedByName: r.ended_by_name, mayResume: active && can(ctx, 'orders.reviewPause'),
  }
}
