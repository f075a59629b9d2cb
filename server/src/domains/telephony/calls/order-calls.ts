// Calls of an order at all its steps, each with its recording for who may hear it (TEL-43).
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { readOrder, stateNames, type OrderState } from '../../orders/index.ts'
import { db } from '../telephony.queries.ts'
import { callTenants, callsInScope } from './call-scope.ts'
import { callViews, recordingsOf } from './call-views.ts'

export async function orderCalls(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'orders.read')
  const order = await readOrder(ctx, input.id)
  const links = await db(ctx).selectFrom('telephony_order_call').selectAll().where('tenant_id', '=', order.tenant_id).where('order_id', '=', order.id).orderBy('call_at', 'desc').limit(200).execute()
  const ids = links.map((l) => l.call_id)
  const rows = ids.length === 0 ? [] : await db(ctx).selectFrom('telephony_call').selectAll().where('tenant_id', '=', order.tenant_id).where('id', 'in', ids).execute()
  const open = ids.length === 0 || !can(ctx, 'telephony.calls') ? new Set<string>() : new Set((await db(ctx).selectFrom('telephony_call as c').select('c.id').where('c.tenant_id', 'in', callTenants(ctx, 'telephony.calls')).where('c.id', 'in', ids).where(callsInScope(ctx, 'telephony.calls')).execute()).map((r) => r.id))
  const [views, recordings] = await Promise.all([callViews(ctx, rows), recordingsOf(ctx, rows)])
  const items = links.flatMap((link) => {
    const view = views.find((v) => v.id === link.call_id)
    if (!view) return []
    const stepName = link.step === 'register' ? '登记' : (stateNames[link.step as OrderState] ?? link.step)
    // Another unit's call: that it was made, not what it led to.
    const hidden = !open.has(view.id)
    return [{ ...view, step: link.step, stepName, kind: link.kind, unitName: link.unit_name, userName: hidden ? '' : link.user_name, recordings: hidden ? [] : (recordings.get(view.id) ?? []), hidden }]
  })
  const dial = !can(ctx, 'telephony.dial') ? '没有外呼权限' : order.contact_phone_enc === null ? '工单没有可拨打的号码' : null
  return { items, mayDial: dial === null, dialReason: dial }
}
