// The centre's weights of priority, kept where the trigger of orders reads them (ORD-15).
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { setting, settingChanged } from '../../platform/index.ts'
import { on } from '../../../kernel/events/event.ts'
import { openStates } from '../order.ts'
import { db } from '../orders.queries.ts'
import { priorityWeights } from './profiles.settings.ts'

/** Writes the weights and touches what is open, so that lists re-sort. */
export async function keepWeights(ctx: Ctx): Promise<void> {
  const { instruction, urgency } = await setting(ctx, priorityWeights)
  const held = await db(ctx).selectFrom('order_priority_weight').selectAll().where('tenant_id', '=', ctx.tenantId).executeTakeFirst()
  if ((held?.instruction ?? 2) === instruction && (held?.urgency ?? 1) === urgency) return
  await db(ctx).insertInto('order_priority_weight').values({ tenant_id: ctx.tenantId, instruction, urgency }).onConflict((c) => c.column('tenant_id').doUpdateSet({ instruction, urgency })).execute()
  await sql`update order_order set urgency = urgency where tenant_id = ${ctx.tenantId} and state in (${sql.join([...openStates])}) and (urgency <> 'normal' or flags @> array['instructed'])`.execute(ctx.db())
  ctx.signal('orders.list')
}

export const weightHandlers = [on(settingChanged, 'orders.priorityWeights', async (ctx, event) => { if (event.key === priorityWeights.key) await keepWeights(ctx) })]
