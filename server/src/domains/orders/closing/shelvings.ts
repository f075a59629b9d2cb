// 挂账: what comes due is announced to the unit and the centre, and may be given more time (ASM-13).
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { DAY, plus, toIso } from '../../../kernel/time/index.ts'
import { notify, setting } from '../../platform/index.ts'
import { answerOf } from '../acts.ts'
import { orderFail } from '../orders.errors.ts'
import { db, saveOrder } from '../orders.queries.ts'
import { record } from '../timeline.ts'
import type * as contract from './closing-contract.ts'
import { closingFail } from './closing.errors.ts'
import { shelvingDays, shelvingExtensions, shelvingNotices } from './closing.settings.ts'
import { lockExclusion } from './exclusions.ts'

/** The step that `left` milliseconds fall into: the smallest number of days that is not passed yet; null: not near. */
export const noticeStep = (days: readonly number[], left: number): number | null => days.toSorted((a, b) => a - b).find((d) => left <= d * DAY) ?? null

/** Each shelving once a step, to the unit that asked and to those who approve. */
export async function announceShelvings(ctx: Ctx): Promise<void> {
  const days = await setting(ctx, shelvingNotices)
  if (days.length === 0) return
  const now = ctx.clock.now()
  const rows = await db(ctx).selectFrom('order_exclusion as x').innerJoin('order_order as o', (j) => j.onRef('o.tenant_id', '=', 'x.tenant_id').onRef('o.id', '=', 'x.order_id')).select(['x.id', 'x.unit_id', 'x.expires_at', 'x.announced_days', 'o.id as orderId', 'o.number', 'o.title'])
    .where('x.tenant_id', '=', ctx.tenantId).where('x.state', '=', 'approved').where('x.kind', '=', 'shelve').where('x.expires_at', '>', ts(now)).where('x.expires_at', '<=', ts(plus(now, Math.max(...days) * DAY))).orderBy('x.expires_at').orderBy('x.id').limit(5000).execute()
  for (const row of rows) {
    const step = row.expires_at === null ? null : noticeStep(days, row.expires_at - now)
    if (step === null || (row.announced_days !== null && row.announced_days <= step)) continue
    await db(ctx).updateTable('order_exclusion').set({ announced_days: step }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
    const words = { type: 'order.shelvingDue', title: `挂账 ${step} 天内到期：${row.title}`, text: '到期未销账的，恢复计入考核', link: `/orders/${row.number}`, objectType: 'order', objectId: row.orderId, level: 'P3' } as const
    await notify(ctx, { ...words, to: { unitIds: [row.unit_id] } })
    await notify(ctx, { ...words, to: { permission: 'orders.approveExclusion' } })
  }
}

/** More time, as often and as long as the tenant allows; it is announced anew. */
export async function extendShelving(ctx: Ctx, input: Input<typeof contract.extendShelvingRoute>) {
  authorize(ctx, 'orders.approveExclusion')
  const { order, row } = await lockExclusion(ctx, input.id)
  if (row.kind !== 'shelve' || row.expires_at === null) throw orderFail('requestEnded', { rule: 'orders.requestEnded', current: { state: row.state } })
  const most = await setting(ctx, shelvingExtensions)
  if (row.extensions >= most) throw closingFail('shelvingExtended', { rule: 'shelving.extensions', params: { most } })
  const latest = plus(ctx.clock.now(), (await setting(ctx, shelvingDays)) * DAY)
  if (input.expiresAt <= row.expires_at || input.expiresAt > latest) throw closingFail('shelvingUntil', { rule: 'shelving.days', fields: [{ path: 'expiresAt', message: '须晚于原到期时间，且不超过挂账最长时间' }] })
  await db(ctx).updateTable('order_exclusion').set({ expires_at: ts(input.expiresAt), extensions: row.extensions + 1, announced_days: null }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  await record(ctx, order, { act: 'extendShelving', text: input.reason, changes: { 挂账到期: { old: toIso(row.expires_at), new: toIso(input.expiresAt) } }, visibility: 'staff' })
  return answerOf(await saveOrder(ctx, order, {}))
}
