// Followed orders: leaders' and one's own; followers hear of a change once (SUP-24).
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can, userId } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { readOrder, stateNames, type OrderState } from '../../orders/index.ts'
import { afterCursor, boundCount, nextPage, notify } from '../../platform/index.ts'
import { db, readableTenants, seesOrder } from '../supervision.queries.ts'
import type * as contract from './instruction-contract.ts'

export async function orderFocus(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.orderFocusRoute>> {
  const order = await readOrder(ctx, input.id)
  const rows = await db(ctx).selectFrom('supervision_focus').select(['user_id', 'user_name', 'kind']).where('tenant_id', 'in', [...new Set([order.tenant_id, ctx.tenantId])]).where('order_id', '=', order.id).orderBy('user_name').execute()
  return { mine: rows.some((r) => r.user_id === ctx.actor.id), leaders: rows.filter((r) => r.kind === 'leader').map((r) => r.user_name) }
}

export async function followOrder(ctx: Ctx, input: Input<typeof contract.followOrderRoute>): Promise<Output<typeof contract.orderFocusRoute>> {
  authorize(ctx, 'supervision.read')
  const order = await readOrder(ctx, input.id)
  await db(ctx).insertInto('supervision_focus')
    .values({ tenant_id: order.tenant_id, user_id: userId(ctx), order_id: order.id, user_name: ctx.actor.name, kind: can(ctx, 'supervision.instruct') ? 'leader' : 'own', note: input.note ?? null, created_at: ts(ctx.clock.now()) })
    .onConflict((c) => c.columns(['tenant_id', 'user_id', 'order_id']).doUpdateSet({ note: input.note ?? null })).execute()
  return orderFocus(ctx, input)
}

export async function unfollowOrder(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.orderFocusRoute>> {
  authorize(ctx, 'supervision.read')
  const order = await readOrder(ctx, input.id)
  await db(ctx).deleteFrom('supervision_focus').where('tenant_id', '=', order.tenant_id).where('user_id', '=', userId(ctx)).where('order_id', '=', order.id).execute()
  return orderFocus(ctx, input)
}

export async function listFocus(ctx: Ctx, input: Input<typeof contract.listFocusRoute>): Promise<Output<typeof contract.listFocusRoute>> {
  authorize(ctx, 'supervision.read')
  let query = db(ctx)
    .selectFrom('supervision_focus as f')
    .innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 'f.tenant_id').onRef('o.id', '=', 'f.order_id'))
    .innerJoin('orders_pub_order_view as w', (join) => join.onRef('w.tenant_id', '=', 'f.tenant_id').onRef('w.id', '=', 'f.order_id'))
    .where('f.tenant_id', 'in', readableTenants(ctx)).where((eb) => seesOrder(ctx, eb as never) as never)
  query = input.list === 'mine' ? query.where('f.user_id', '=', userId(ctx)) : query.where('f.kind', '=', 'leader')
  const rows = await query.select(['o.id', 'f.order_id as orderId', 'o.number', 'o.title', 'o.state', 'o.lead_unit_name as unitName', 'f.kind', 'f.user_name as userName', 'f.note', 'f.created_at as createdAt', 'w.next_due_at as nextDueAt'])
    .where(afterCursor(input.cursor, 'f.created_at', 'f.order_id')).orderBy('f.created_at', 'desc').orderBy('f.order_id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.createdAt)
  return { items: page.items.map((r) => ({ ...r, number: r.number ?? '', title: r.title ?? '', state: r.state ?? '', stateName: stateNames[r.state as OrderState], kind: r.kind as 'leader' | 'own' })), next: page.next, count: await boundCount(ctx, query) }
}

/** On a change of the order; whoever follows is told once, also while several changes are unread. */
export async function tellFollowers(ctx: Ctx, order: { id: string; number: string; title: string }, what: string): Promise<void> {
  const rows = await db(ctx).selectFrom('supervision_focus').select('user_id').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where(sql<boolean>`user_id is distinct from ${ctx.actor.kind === 'user' ? ctx.actor.id : null}::uuid`).execute()
  if (rows.length > 0) await notify(ctx, { type: 'supervision.focus', to: { userIds: rows.map((r) => r.user_id) }, level: 'P3', title: `关注的工单${what}：${order.title}`, link: `/orders/${order.number}`, objectType: 'order', objectId: order.id })
}
