// The requester's list and one order in public words, with the rating given and the acts possible now.
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { ordersOfPhone, publicOrder, type OrderRow, type PublicLine } from '../../orders/index.ts'
import { db } from '../accounts/account.queries.ts'
import type * as submission from '../submissions/submission-contract.ts'
import { actStates, rateState } from './own-acts.ts'
import type * as contract from './own-contract.ts'
import type { OwnLine, PublicOrderView } from './own-contract.ts'
import { ownOrder } from './own-orders.ts'

type Rated = { id: string; round: number }

export async function listOwn(ctx: Ctx, input: Input<typeof contract.listOwnOrders>): Promise<Output<typeof contract.listOwnOrders>> {
  const page = await ordersOfPhone(ctx, ctx.actor.phoneHash ?? '', input)
  return { ...page, items: await ownLines(ctx, page.items) }
}

export async function readOwn(ctx: Ctx, input: Input<typeof contract.getOwnOrder>): Promise<PublicOrderView> {
  return viewOf(ctx, await ownOrder(ctx, input.number))
}

export async function viewOf(ctx: Ctx, order: OrderRow): Promise<PublicOrderView> {
  const { may, ...view } = await publicOrder(ctx, order)
  const row = await db(ctx).selectFrom('intake_rating').selectAll().where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).orderBy('round', 'desc').executeTakeFirst()
  const rated = row?.round === order.round
  const rating = row ? { stars: row.stars, satisfied: row.satisfied === 'yes' ? ('yes' as const) : ('no' as const), solved: solvedOf(row.solved), reasons: row.reasons, text: row.text, at: row.created_at, reopened: row.reopened } : null
  const rate = rateState(ctx, order, may, rated)
  return { ...view, ...lineOf({ ...view, rateUntil: rate.until ?? null }, rated), enquiryCode: order.enquiry_code, callbackManner: order.callback_manner, rating, acts: actStates(ctx, order, may, rated) }
}

const solvedOf = (text: string): 'yes' | 'partly' | 'no' => (text === 'yes' || text === 'partly' ? text : 'no')

/** Field by field: what a line carries is decided here, not by what happens to be in a row. */
const lineOf = (line: PublicLine, rated: boolean): OwnLine => ({
  number: line.number, title: line.title, state: line.state, stateName: line.stateName, appealTypeName: line.appealTypeName, registeredAt: line.registeredAt, unitName: line.unitName, promisedAt: line.promisedAt, closedAt: line.closedAt,
  again: line.again, rateUntil: rated ? null : line.rateUntil, rated,
})

/** Public lines with the ratings given. */
export async function ownLines(ctx: Ctx, lines: readonly PublicLine[]): Promise<OwnLine[]> {
  const rated = await ratedNow(ctx, lines.map((line) => line.id))
  return lines.map((line) => lineOf(line, rated.has(line.id)))
}

/** Orders whose present round has been rated. */
async function ratedNow(ctx: Ctx, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows: Rated[] = await db(ctx)
    .selectFrom('intake_rating as r').innerJoin('order_view as o', (j) => j.onRef('o.tenant_id', '=', 'r.tenant_id').onRef('o.id', '=', 'r.order_id').onRef('o.round', '=', 'r.round'))
    .select(['r.order_id as id', 'r.round']).where('r.tenant_id', '=', ctx.tenantId).where('r.order_id', 'in', ids).execute()
  return new Set(rows.map((r) => r.id))
}

/** Own open orders on the matter that is about to be submitted: adding to one is quicker for everybody. */
export async function ownOpen(ctx: Ctx, input: Input<typeof submission.ownOpenRoute>): Promise<Output<typeof submission.ownOpenRoute>> {
  const { items } = await ordersOfPhone(ctx, ctx.actor.phoneHash ?? '', { state: 'open', limit: 50 })
  if (items.length === 0) return { items: [] }
  const same = await ctx.db().selectFrom('order_view').select('id').where('tenant_id', '=', ctx.tenantId).where('id', 'in', items.map((l) => l.id)).where('matter_id', '=', input.matterId).execute()
  const ids = new Set(same.map((r) => r.id))
  return { items: items.filter((l) => ids.has(l.id)).slice(0, 3).map((l) => ({ number: l.number, title: l.title, state: l.state, stateName: l.stateName, registeredAt: toIso(l.registeredAt) })) }
}
