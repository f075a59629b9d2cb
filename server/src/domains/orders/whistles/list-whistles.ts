// The list of whistles, and the acts around them on the order page.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { unitsByIds } from '../../platform/index.ts'
import { actsFor } from '../orders.policy.ts'
import { actState, type HandlingActs } from '../requests/act-state.ts'
import { listOf, orderColumns, type OrderColumns } from '../requests/list-frame.ts'
import { stateNames } from '../texts.zh-CN.ts'
import { markable, mayWhistle } from './blow-whistle.ts'
import { actsAt } from './report-in.ts'
import type * as contract from './whistle-contract.ts'
import { callsOf, openWhistle, type CallRow, type WhistleRow } from './whistle.queries.ts'
import { whistleEnds } from './whistles.zh-CN.ts'

export async function listWhistles(ctx: Ctx, input: Input<typeof contract.listWhistlesRoute>) {
  authorize(ctx, 'orders.read')
  const now = ts(ctx.clock.now())
  const where = [sql`x.tenant_id = ${ctx.tenantId}`]
  if (input.state) where.push(sql`x.state = ${input.state}`)
  if (input.orderId) where.push(sql`x.order_id = ${input.orderId}`)
  if (input.supplementary !== undefined) where.push(sql`x.supplementary = ${input.supplementary}`)
  const call = (more: ReturnType<typeof sql>) => sql`exists (select 1 from order_whistle_call c where c.tenant_id = x.tenant_id and c.whistle_id = x.id and ${more})`
  const late = sql`(c.late or (c.state = 'called' and c.due_at <= ${now}))`
  if (input.mine) where.push(call(sql`c.state = 'called' and c.unit_id = any(${ctx.actor.unitIds}::uuid[])`))
  if (input.late) where.push(call(late))
  if (input.notTakenUp) where.push(sql`x.supplementary`, call(late))
  const page = await listOf<WhistleRow & OrderColumns>(ctx, { columns: sql`x.*, ${orderColumns}`, from: sql`order_whistle x join order_order o on o.tenant_id = x.tenant_id and o.id = x.order_id`, where, at: 'x.created_at', id: 'x.id', down: true }, input)
  const calls = await callsOf(ctx, page.rows.map((r) => r.id))
  return { items: page.rows.map((r) => whistleView(ctx, r, calls.filter((c) => c.whistle_id === r.id))), next: page.next, count: page.count }
}

function whistleView(ctx: Ctx, r: WhistleRow & OrderColumns, calls: CallRow[]) {
  const now = ctx.clock.now()
  const blown = r.state === 'blown'
  const street = blown && actsAt(ctx, r.unit_id)
  const centre = can(ctx, 'orders.manageWhistles')
  const rows = calls.map((c) => {
    const own = blown && c.state === 'called' && actsAt(ctx, c.unit_id)
    return {
      unitId: c.unit_id, unitName: c.unit_name, state: c.state as 'called' | 'reported' | 'released' | 'corrected', calledAt: c.called_at, dueAt: c.due_at, reportedAt: c.reported_at, person: c.person, result: c.result, late: c.late || (c.state === 'called' && blown && c.due_at <= now),
      agreedByName: c.agreed_by_name, agreeNote: c.agree_note, endReason: c.end_reason, mine: ctx.actor.unitIds.includes(c.unit_id), mayReport: own, mayAgree: own && c.agreed_at === null, mayRelease: street && c.state === 'called' && c.agreed_at !== null,
    }
  })
  return {
    id: r.id, orderId: r.order_id, number: r.number, title: r.title, urgency: r.urgency, orderState: r.order_state, state: r.state as 'wanted' | 'blown' | 'ended', supplementary: r.supplementary, unitId: r.unit_id, unitName: r.unit_name,
    markedByName: r.marked_by_name, markedAt: r.marked_at, markReason: r.mark_reason, reason: r.reason, place: r.place, dueAt: r.due_at, blownByName: r.blown_by_name, blownAt: r.blown_at, endedAt: r.ended_at, endKindName: r.end_kind === null ? null : (whistleEnds[r.end_kind] ?? r.end_kind),
    createdAt: r.created_at, calls: rows, late: rows.filter((c) => c.late).length, maySupplement: r.state === 'wanted' && centre && r.order_state === 'inProgress', mayCorrect: blown && centre, mayEnd: r.state !== 'ended' && (centre || (street && !r.supplementary)),
  }
}

export const whistleActs: HandlingActs = {
  async order(ctx, { order }) {
    const open = order.flags.includes('whistle') ? await openWhistle(ctx, order.id) : undefined
    const acts = []
    if (can(ctx, 'orders.manageWhistles')) {
      const blown = open?.state === 'blown' ? { rule: 'orders.whistle.open', reason: '工单已吹哨，尚未结束' } : null
      if (open?.state !== 'wanted') acts.push(actState('markWhistle', blown ?? (markable.includes(order.state) ? null : { rule: 'orders.whistle.state', reason: `工单当前为“${stateNames[order.state]}”` })))
      acts.push(actState('supplementWhistle', blown ?? (order.state === 'inProgress' ? null : { rule: 'orders.whistle.state', reason: `工单当前为“${stateNames[order.state]}”` })))
    }
    const calls = open?.state === 'blown' ? await callsOf(ctx, [open.id]) : []
    if (calls.some((c) => c.state === 'called' && actsAt(ctx, c.unit_id))) acts.push(actState('reportIn', null))
    return acts
  },
  async assignment(ctx, { order, assignment, signFirst }) {
    if (!actsFor(ctx, assignment.unit_id, 'orders.handle')) return []
    const unit = (await unitsByIds(ctx, [assignment.unit_id])).get(assignment.unit_id)
    if (!(await mayWhistle(ctx, unit))) return []
    const open = order.flags.includes('whistle') ? await openWhistle(ctx, order.id) : undefined
    return [actState('blowWhistle', assignment.state !== 'handling' ? signFirst : open?.state === 'blown' ? { rule: 'orders.whistle.open', reason: '工单已吹哨，尚未结束' } : null)]
  },
}
