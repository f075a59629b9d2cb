// What the system does by itself: sign at the limit, archive after the rating period, release locks, make months ahead.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { localDate, plus, DAY } from '../../kernel/time/index.ts'
import { move } from './acts.ts'
import { REEXAMINE } from './redo/index.ts'
import { db, lockAssignments, lockOrder, orderIdOf } from './orders.queries.ts'
import { sign } from './unit-acts.ts'

const BATCH = 200

/** Signs once at the limit; an assignment that was signed meanwhile is left alone. */
export async function autoSign(ctx: Ctx): Promise<void> {
  const due = await db(ctx).selectFrom('order_assignment').select('id').where('tenant_id', '=', ctx.tenantId).where('state', '=', 'pendingSign').where('auto_sign_at', '<=', ts(ctx.clock.now())).orderBy('auto_sign_at').limit(BATCH).execute()
  for (const { id } of due) {
    const order = await lockOrder(ctx, await orderIdOf(ctx, id))
    const all = await lockAssignments(ctx, order.id)
    const assignment = all.find((a) => a.id === id)
    if (assignment?.state === 'pendingSign') await sign(ctx, { order, assignment, all }, true)
  }
}

export async function archiveDue(ctx: Ctx): Promise<void> {
  const due = await db(ctx).selectFrom('order_order').select('id').where('tenant_id', '=', ctx.tenantId).where('state', '=', 'closed').where('archive_due_at', '<=', ts(ctx.clock.now())).where(sql<boolean>`not (${REEXAMINE} = any(flags))`).orderBy('archive_due_at').limit(BATCH).execute()
  for (const { id } of due) {
    const order = await lockOrder(ctx, id)
    if (order.state === 'closed') await move(ctx, order, 'archive', { entry: { text: '评价期满，系统归档' } })
  }
}

/** An agent who picked an online appeal and went away holds it for the time of the lock only. */
export async function releasePicks(ctx: Ctx): Promise<void> {
  await db(ctx).updateTable('order_order').set({ triage: 'waiting', picked_by: null, picked_by_name: null, picked_until_at: null })
    .where('tenant_id', '=', ctx.tenantId).where('triage', '=', 'picked').where('picked_until_at', '<=', ts(ctx.clock.now())).execute()
}

export async function makeMonths(ctx: Ctx): Promise<void> {
  const today = localDate(ctx.clock.now(), 'UTC')
  await sql`select kernel_ensure_months('order_timeline', ${today}::date, ${localDate(plus(ctx.clock.now(), 92 * DAY), 'UTC')}::date)`.execute(ctx.acrossTenants('partitions have no tenant'))
}
