// One requester's record, its changes and its orders.
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { orderFail } from '../orders.errors.ts'
import { db } from '../orders.queries.ts'
import { afterCursor, nextPage } from '../../platform/index.ts'
import type { getRequesterRoute, requesterChangesRoute, requesterOrdersRoute } from './requester-contract.ts'
import { requesterFieldNames } from './requesters.zh-CN.ts'
import { countEarlier, earlierOrders, viewsOf, type RequesterRow } from './requesters.queries.ts'

export async function requesterById(ctx: Ctx, id: string): Promise<RequesterRow> {
  const row = await db(ctx).selectFrom('order_requester').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!row) throw orderFail('requesterNotFound')
  return row
}

export async function getRequester(ctx: Ctx, input: Input<typeof getRequesterRoute>) {
  authorize(ctx, 'orders.requesterHistory')
  const row = await requesterById(ctx, input.id)
  ctx.audit({ module: 'orders', act: 'access:getRequester', objectType: 'requester', objectId: row.id })
  return viewOf(ctx, row)
}

export async function viewOf(ctx: Ctx, row: RequesterRow) {
  const [view] = await viewsOf(ctx, [row])
  if (!view) throw orderFail('requesterNotFound')
  return view
}

export async function requesterChanges(ctx: Ctx, input: Input<typeof requesterChangesRoute>) {
  authorize(ctx, 'orders.requesterHistory')
  const row = await requesterById(ctx, input.id)
  const base = db(ctx).selectFrom('order_requester_change').where('tenant_id', '=', ctx.tenantId).where('requester_id', '=', row.id)
  const [rows, counted] = await Promise.all([
    base.select(['id', 'at', 'actor_name as actorName', 'changes']).where(afterCursor(input.cursor, 'at', 'id')).orderBy('at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute(),
    base.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow(),
  ])
  const page = nextPage(rows, input.limit, (r) => r.at)
  return {
    ...page,
    items: page.items.map((r) => ({
      ...r,
      changes: Object.entries(r.changes as Record<string, { old: string; new: string }>).map(([field, change]) => ({ field, label: requesterFieldNames[field] ?? field, old: change.old, new: change.new })),
    })),
    count: { value: counted.n, capped: false },
  }
}

export async function requesterOrders(ctx: Ctx, input: Input<typeof requesterOrdersRoute>) {
  authorize(ctx, 'orders.requesterHistory')
  const row = await requesterById(ctx, input.id)
  const whose = { requesterIds: [row.id] }
  const [rows, counts] = await Promise.all([earlierOrders(ctx, whose, { limit: input.limit + 1, openFirst: false, cursor: input.cursor }), countEarlier(ctx, whose)])
  ctx.audit({ module: 'orders', act: 'access:requesterOrders', objectType: 'requester', objectId: row.id })
  return { ...nextPage(rows, input.limit, (r) => r.registeredAt), count: counts.total }
}
