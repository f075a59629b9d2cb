// Everything that hangs on one order, read side by side by the order's id.
import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { filesOf, type FileInfo } from '../../platform/index.ts'
import { db, type AssignmentRow, type ClockRow, type FeedbackRow, type OrderRow, type RequestRow } from '../orders.queries.ts'
import type { OrdersTables } from '../tables.gen.ts'
import type { TransferRow } from '../transfer/index.ts'

export type SupplementRow = Selectable<OrdersTables['order_supplement']>
export type ClockChangeRow = Selectable<OrdersTables['order_clock_change']>
export type LinkedOrder = { kind: string; id: string; number: string; title: string; state: OrderRow['state'] }
export type Files = Map<string, FileInfo[]>

export type OrderParts = {
  assignments: AssignmentRow[]; clocks: ClockRow[]; clockChanges: ClockChangeRow[]; feedback: FeedbackRow[]; requests: RequestRow[]; supplements: SupplementRow[]; links: LinkedOrder[]; transfers: TransferRow[]
}

export async function partsOf(ctx: Ctx, order: OrderRow): Promise<OrderParts> {
  const of = <T extends 'order_assignment' | 'order_clock' | 'order_feedback' | 'order_request' | 'order_supplement' | 'order_clock_change'>(table: T) => db(ctx).selectFrom(table as 'order_assignment').where('tenant_id', '=', order.tenant_id).where('order_id', '=', order.id)
  const [assignments, clocks, clockChanges, feedback, requests, supplements, links, transfers] = await Promise.all([
    of('order_assignment').selectAll().orderBy('dispatched_at').orderBy('id').execute() as Promise<AssignmentRow[]>,
    db(ctx).selectFrom('order_clock').selectAll().where('tenant_id', '=', order.tenant_id).where('order_id', '=', order.id).orderBy('started_at').execute(),
    clockChangesOf(ctx, order),
    db(ctx).selectFrom('order_feedback').selectAll().where('tenant_id', '=', order.tenant_id).where('order_id', '=', order.id).orderBy('submitted_at', 'desc').orderBy('id', 'desc').execute(),
    db(ctx).selectFrom('order_request').selectAll().where('tenant_id', '=', order.tenant_id).where('order_id', '=', order.id).orderBy('created_at', 'desc').orderBy('id', 'desc').execute(),
    db(ctx).selectFrom('order_supplement').selectAll().where('tenant_id', '=', order.tenant_id).where('order_id', '=', order.id).orderBy('created_at').orderBy('id').execute(),
    linksOf(ctx, order),
    transfersOf(ctx, order),
  ])
  return { assignments, clocks, clockChanges, feedback, requests, supplements, links, transfers }
}

/** Changes of deadlines; read through the clocks, which are indexed by order. */
const clockChangesOf = (ctx: Ctx, order: OrderRow): Promise<ClockChangeRow[]> =>
  db(ctx)
    .selectFrom('order_clock_change as h')
    .selectAll('h')
    .where('h.tenant_id', '=', order.tenant_id)
    .where('h.clock_id', 'in', (eb) => eb.selectFrom('order_clock as c').select('c.id').where('c.tenant_id', '=', order.tenant_id).where('c.order_id', '=', order.id))
    .orderBy('h.at')
    .execute()

async function linksOf(ctx: Ctx, order: OrderRow): Promise<LinkedOrder[]> {
  const rows = await db(ctx)
    .selectFrom('order_link as l')
    .innerJoin('order_order as o', (join) => join.onRef('o.tenant_id', '=', 'l.tenant_id').on((eb) => eb.or([eb.and([eb('l.from_id', '=', order.id), eb('o.id', '=', eb.ref('l.to_id'))]), eb.and([eb('l.to_id', '=', order.id), eb('o.id', '=', eb.ref('l.from_id'))])])))
    .select(['l.kind', 'o.id', 'o.number', 'o.title', 'o.state'])
    .where('l.tenant_id', '=', order.tenant_id)
    .where((eb) => eb.or([eb('l.from_id', '=', order.id), eb('l.to_id', '=', order.id)]))
    .orderBy('l.created_at')
    .limit(100)
    .execute()
  return rows as LinkedOrder[]
}

export const transfersOf = (ctx: Ctx, order: Pick<OrderRow, 'tenant_id' | 'id'>): Promise<TransferRow[]> =>
  ctx
    .acrossTenants<OrdersTables>('the chain belongs to both tenants')
    .selectFrom('order_transfer')
    .selectAll()
    .where((eb) => eb.or([eb.and([eb('from_tenant', '=', order.tenant_id), eb('from_order_id', '=', order.id)]), eb.and([eb('to_tenant', '=', order.tenant_id), eb('to_order_id', '=', order.id)])]))
    .orderBy('created_at')
    .execute()

/** Files of the order and of what hangs on it, by the id of the object they belong to. */
export async function orderFiles(ctx: Ctx, order: OrderRow, parts: Pick<OrderParts, 'feedback' | 'requests' | 'supplements'>): Promise<Files> {
  const found = await Promise.all([
    filesOf(ctx, 'order', [order.id]),
    filesOf(ctx, 'feedback', parts.feedback.map((f) => f.id)),
    filesOf(ctx, 'request', parts.requests.map((r) => r.id)),
    filesOf(ctx, 'supplement', parts.supplements.map((s) => s.id)),
  ])
  return new Map(found.flatMap((map) => [...map]))
}
