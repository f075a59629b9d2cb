// What was sent, and the frozen orders behind it: readable by the unit's line and the centre.
import { sql, type SqlBool } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { stateNames, type OrderState } from '../../orders/index.ts'
import { afterCursor, boundCount, nextPage } from '../../platform/index.ts'
import { db, inUnit, listedTenants, ownLine, readableTenants } from '../supervision.queries.ts'
import { figuresOf, recipientsOf } from './overview-contract.ts'
import type * as contract from './overview-contract.ts'

const overviews = (ctx: Ctx, tenants = readableTenants(ctx)) => db(ctx).selectFrom('supervision_overview as v').where('v.tenant_id', 'in', tenants).where(ownLine(ctx, 'v.unit_id'))
type Row = { id: string; unit_id: string; unit_name: string; slot: string; at: number; figures: unknown; recipients: unknown }
const viewOf = (r: Row) => ({ id: r.id, unitId: r.unit_id, unitName: r.unit_name, slot: r.slot, figures: figuresOf.parse(r.figures), recipients: recipientsOf.parse(r.recipients) })

export async function listOverviews(ctx: Ctx, input: Input<typeof contract.listOverviewsRoute>): Promise<Output<typeof contract.listOverviewsRoute>> {
  authorize(ctx, 'supervision.read')
  // A unit without cases is frozen as empty, so that nobody counts it again; it was sent nothing.
  let query = overviews(ctx, listedTenants(ctx, input)).where(sql<SqlBool>`v.recipients <> '[]'::jsonb`)
  if (input.unitId) query = query.where(inUnit(ctx, 'v.unit_id', input.unitId))
  const rows = await query.selectAll('v').where(afterCursor(input.cursor, 'v.at', 'v.id')).orderBy('v.at', 'desc').orderBy('v.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.at)
  return { items: page.items.map((r) => ({ ...viewOf(r), at: r.at })), next: page.next, count: await boundCount(ctx, query) }
}

export async function showOverview(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.showOverviewRoute>> {
  authorize(ctx, 'supervision.read')
  const row = await overviews(ctx).selectAll('v').where('v.id', '=', input.id).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  const orders = await db(ctx).selectFrom('supervision_overview_order').selectAll().where('tenant_id', '=', row.tenant_id).where('overview_id', '=', row.id).orderBy('list_key').orderBy('position').execute()
  const view = viewOf(row)
  return {
    ...view, at: row.at,
    lists: view.figures.map((f) => ({ ...f, orders: orders.filter((o) => o.list_key === f.key).map((o) => ({ id: o.order_id, number: o.number, title: o.title, state: o.state, stateName: stateNames[o.state as OrderState], dueAt: o.due_at })) })),
  }
}
