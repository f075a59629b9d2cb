// Requests that lose their object: the result is in, or the order was withdrawn. Their approvals end with them.
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { cancelFlows } from '../flow/index.ts'
import { db, type OrderRow } from './orders.queries.ts'

/** What is asked about a finished order: marks of the assessment, and the unit's own account. */
const outlive = ['exclusion', 'report'] as const

const reasons = { orderWithdrawn: '工单已撤单', resultReady: '办理结果已提交', orderClosed: '工单已办结' } as const

/** Cancels what is still pending on an order; returns how many requests there were. What may be asked of a closed order goes on when it closes. */
export async function endPendingRequests(ctx: Ctx, order: Pick<OrderRow, 'id'>, outcome: keyof typeof reasons): Promise<number> {
  const rows = await db(ctx).updateTable('order_request').set({ state: 'cancelled', stage: 'ended', outcome, decided_at: ts(ctx.clock.now()) })
    .where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where('state', '=', 'pending').$if(outcome === 'orderClosed', (q) => q.where('kind', 'not in', outlive)).returning(['id', 'flow_instance_id']).execute()
  for (const row of rows) if (row.flow_instance_id) await cancelFlows(ctx, 'orderRequest', row.id, reasons[outcome])
  return rows.length
}
