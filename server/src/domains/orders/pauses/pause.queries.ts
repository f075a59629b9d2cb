import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { db, type OrderRow } from '../orders.queries.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { pauseFail } from './pause.errors.ts'

export type PauseRow = Selectable<OrdersTables['order_pause']>

export const activePause = (ctx: Ctx, assignmentId: string): Promise<PauseRow | undefined> =>
  db(ctx).selectFrom('order_pause').selectAll().where('tenant_id', '=', ctx.tenantId).where('assignment_id', '=', assignmentId).where('state', '=', 'active').executeTakeFirst()

/** @throws orders.pausedFirstResume while the assignment is suspended: what needs a running clock waits for the resumption. */
export async function requireRunning(ctx: Ctx, order: Pick<OrderRow, 'flags'>, assignmentId: string): Promise<void> {
  if (order.flags.includes('suspended') && (await activePause(ctx, assignmentId))) throw pauseFail('pausedFirstResume', { rule: 'orders.paused' })
}
