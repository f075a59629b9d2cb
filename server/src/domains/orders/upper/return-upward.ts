// A direct order may go back to the platform above, within the permitted ratio, which is computed live (ORD-32).
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { localDate, startOfDay, type Instant } from '../../../kernel/time/index.ts'
import { notify, setting, tenantById } from '../../platform/index.ts'
import { about, answerOf, move, requireTransition } from '../acts.ts'
import { isOpenAssignment } from '../assignment.ts'
import { cancelClocks } from '../clocks.ts'
import { endPendingRequests } from '../end-requests.ts'
import { assignmentCancelled, orderWithdrawn } from '../events.ts'
import { orderFail } from '../orders.errors.ts'
import { assertVisible } from '../orders.policy.ts'
import { db, lockAssignments, lockOrder, type OrderRow } from '../orders.queries.ts'
import { directRatioLimit, directRatioOnExcess, directRatioWarnAt } from '../settings.ts'
import { cancelAssignments } from '../unit-acts.ts'
import type { returnUpwardRoute } from './upper-contract.ts'

export type RatioLevel = 'none' | 'calm' | 'near' | 'over'
type Share = { direct: number; returned: number; percent: number | null }

const share = (direct: number, returned: number): Share => ({ direct, returned, percent: direct === 0 ? null : Math.round((returned / direct) * 1000) / 10 })

/** `warnAt` is a percentage of the limit itself. Pure. */
export function ratioLevel(percent: number | null, limit: number | null, warnAt: number): RatioLevel {
  if (limit === null || percent === null) return 'none'
  return percent > limit ? 'over' : percent >= (limit * warnAt) / 100 ? 'near' : 'calm'
}

/** Direct orders of the running month by their first lead unit, and how many of them went back upward. */
export async function upwardRatio(ctx: Ctx) {
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const from: Instant = startOfDay(`${localDate(ctx.clock.now(), timeZone).slice(0, 7)}-01`, timeZone)
  const [limit, warnAt, onExcess] = [await setting(ctx, directRatioLimit), await setting(ctx, directRatioWarnAt), await setting(ctx, directRatioOnExcess)]
  const { rows } = await sql<{ unitId: string | null; unitName: string | null; direct: number; returned: number }>`
    select f.unit_id as "unitId", max(f.unit_name) as "unitName", count(*)::int as direct, count(r.order_id)::int as returned
    from order_order o
    left join lateral (select a.unit_id, a.unit_name from order_assignment a where a.tenant_id = o.tenant_id and a.order_id = o.id and a.parent_id is null order by (a.role = 'lead') desc, a.dispatched_at, a.id limit 1) f on true
    left join order_upward_return r on r.tenant_id = o.tenant_id and r.order_id = o.id
    where o.tenant_id = ${ctx.tenantId} and o.upper_platform is not null and o.dispatch_kind = 'direct' and o.upper_dispatched_at >= ${ts(from)}
    group by f.unit_id`.execute(ctx.db())
  const all = share(rows.reduce((n, r) => n + r.direct, 0), rows.reduce((n, r) => n + r.returned, 0))
  const units = rows.flatMap((r) => (r.unitId === null ? [] : [{ unitId: r.unitId, unitName: r.unitName ?? '', ...share(r.direct, r.returned) }])).map((u) => ({ ...u, level: ratioLevel(u.percent, limit, warnAt) }))
  return { from, limit, warnAt, onExcess, level: ratioLevel(all.percent, limit, warnAt), all, units: units.toSorted((a, b) => (b.percent ?? 0) - (a.percent ?? 0)) }
}

export const mayReturnUpward = (order: Pick<OrderRow, 'source' | 'dispatch_kind' | 'state'>): boolean => order.source === 'platform' && order.dispatch_kind === 'direct' && ['pendingReview', 'pendingDispatch', 'inProgress'].includes(order.state)

export async function returnOrderUpward(ctx: Ctx, input: Input<typeof returnUpwardRoute>) {
  authorize(ctx, 'orders.returnUpward')
  const order = await lockOrder(ctx, input.id, input.version)
  await assertVisible(ctx, order)
  return answerOf(await returnUpward(ctx, order, input.reason))
}

/** Also one outcome of a reviewed return. Ends the order here as withdrawn, reason class 退回上级; the first unit is remembered. */
export async function returnUpward(ctx: Ctx, order: OrderRow, reason: string): Promise<OrderRow> {
  if (!mayReturnUpward(order)) throw orderFail('upwardOnlyDirect', { rule: 'orders.returnUpward.direct' })
  requireTransition(order, 'withdraw')
  const all = await lockAssignments(ctx, order.id)
  const first = all.find((a) => a.parent_id === null && a.role === 'lead') ?? all.find((a) => a.parent_id === null)
  const before = await upwardRatio(ctx)
  const after = share(before.all.direct, before.all.returned + 1)
  const level = ratioLevel(after.percent, before.limit, before.warnAt)
  const unit = before.units.find((u) => u.unitId === first?.unit_id)
  const unitLevel = unit ? ratioLevel(share(unit.direct, unit.returned + 1).percent, before.limit, before.warnAt) : 'none'
  if (before.onExcess === 'block' && (level === 'over' || unitLevel === 'over')) throw orderFail('upwardRatio', { rule: 'directRatio.limit', params: { percent: after.percent ?? 0, limit: before.limit ?? 0 }, current: { percent: after.percent, limit: before.limit } })
  await db(ctx).insertInto('order_upward_return').values({ tenant_id: ctx.tenantId, order_id: order.id, unit_id: first?.unit_id ?? null, unit_name: first?.unit_name ?? null, reason, at: ts(ctx.clock.now()), by_name: ctx.actor.name }).execute()
  const cancelled = await cancelAssignments(ctx, order, all, all.filter((a) => isOpenAssignment(a.state)).map((a) => a.id))
  await cancelClocks(ctx, order.id)
  await endPendingRequests(ctx, order, 'orderWithdrawn')
  const saved = await move(ctx, order, 'withdraw', { change: { withdraw_reason: `退回上级：${reason}`, close_kind: 'returnedUpward' }, entry: { act: 'returnUpward', text: reason, data: { platform: order.upper_platform, upperNumber: order.upper_number, ...(first ? { unitName: first.unit_name } : {}) } } })
  ctx.publish(orderWithdrawn({ ...about(order), reason: `退回上级：${reason}` }))
  if (cancelled.length > 0) ctx.publish(assignmentCancelled({ ...about(order), assignments: cancelled.map((a) => ({ id: a.id, unitId: a.unit_id, role: a.role })), reason: '工单退回上级平台' }))
  if (level === 'near' || level === 'over') await notify(ctx, { type: 'order.upwardRatio', to: { permission: 'orders.returnUpward' }, level: 'P2', title: level === 'over' ? '直派件退回比例已超过上限' : '直派件退回比例接近上限', text: `本月 ${after.returned}/${after.direct}，${after.percent}%，上限 ${before.limit}%`, link: '/review/upper' })
  return saved
}
