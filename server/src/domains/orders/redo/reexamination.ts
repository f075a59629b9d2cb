// A person looks at a dissatisfied answer before anything follows (⚙ reexamineBeforeRedo): back to the units, or archived with the answer kept.
import { sql, type Selectable } from 'kysely'
import { authorize, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { answerOf, move } from '../acts.ts'
import { orderFail } from '../orders.errors.ts'
import { assertVisible } from '../orders.policy.ts'
import { db, lockOrder, saveOrder, type OrderRow } from '../orders.queries.ts'
import { withFlag } from '../requests/ask.ts'
import { listOf, orderColumns, type OrderColumns } from '../requests/list-frame.ts'
import { tellDesk } from '../requests/tell.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { record } from '../timeline.ts'
import type * as contract from './redo-contract.ts'
import { redo } from './redo-order.ts'
import { redoFail } from './redo.errors.ts'

type Row = Selectable<OrdersTables['order_reexamination']>

export const REEXAMINE = 'reexamine'

/** The order stays where it is, marked; its state moves only with the decision. */
export async function askReexamination(ctx: Ctx, order: OrderRow, reason: string, data: Record<string, unknown>): Promise<OrderRow> {
  await db(ctx).insertInto('order_reexamination').values({ tenant_id: ctx.tenantId, id: newId(), order_id: order.id, round: order.round, reason, data: json(data as never), state: 'pending', asked_at: ts(ctx.clock.now()) }).execute()
  await record(ctx, order, { act: 'askReexamination', text: reason, data, visibility: 'staff' })
  await tellDesk(ctx, order, 'orders.reexamine', { type: 'order.reexamination', level: 'P2', title: `不满意待复查：${order.title}`, text: `工单 ${order.number}：${reason.slice(0, 100)}` })
  return saveOrder(ctx, order, { flags: withFlag(order, REEXAMINE) })
}

export async function decideReexamination(ctx: Ctx, input: Input<typeof contract.decideReexaminationRoute>): Promise<Output<typeof contract.decideReexaminationRoute>> {
  authorize(ctx, 'orders.reexamine')
  const found = await db(ctx).selectFrom('order_reexamination').select('order_id').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  if (!found) throw orderFail('notFound')
  const order = await lockOrder(ctx, found.order_id, input.version)
  await assertVisible(ctx, order)
  const row = await db(ctx).selectFrom('order_reexamination').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirstOrThrow()
  if (row.state !== 'pending') throw redoFail('reexamined', { rule: 'orders.reexamine.once', params: { by: row.decided_by_name ?? '系统' }, current: { state: row.state, version: order.version } })
  const outcome = input.demanded || !input.compliant || !input.effective ? 'redo' : 'kept'
  // Against the requester's word only what was confirmed with him stands, in writing.
  if (outcome === 'kept' && (!input.confirmed || input.opinion === '')) throw redoFail('reexamineReason', { rule: 'orders.reexamine.confirmed', fields: [input.confirmed ? { path: 'opinion', message: '请说明维持的理由' } : { path: 'confirmed', message: '请先与诉求人核实原因' }] })
  const findings = { compliant: input.compliant, effective: input.effective, confirmed: input.confirmed, demanded: input.demanded }
  await db(ctx).updateTable('order_reexamination').set({ ...findings, state: outcome, opinion: input.opinion || null, decided_by: userId(ctx), decided_by_name: ctx.actor.name, decided_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  await record(ctx, order, { act: 'reexamine', text: input.opinion || null, data: { ...findings, outcome }, visibility: 'internal' })
  const free = await saveOrder(ctx, order, { flags: order.flags.filter((f) => f !== REEXAMINE) })
  const data = typeof row.data === 'object' && row.data !== null && !Array.isArray(row.data) ? row.data : {}
  if (outcome === 'kept') return { ...answerOf(await move(ctx, free, 'dissatisfiedKept', { entry: { text: input.opinion, visibility: 'staff' } })), outcome, redoNumber: null }
  const again = await redo(ctx, free, row.reason, data)
  return { ...answerOf(again), outcome, redoNumber: again.id === order.id ? null : again.number }
}

export async function listReexaminations(ctx: Ctx, input: Input<typeof contract.listReexaminationsRoute>) {
  authorize(ctx, 'orders.reexamine')
  const where = [sql`x.tenant_id = ${ctx.tenantId} and x.state = ${input.state}`]
  if (input.orderId) where.push(sql`x.order_id = ${input.orderId}`)
  type Shown = Row & OrderColumns & { lead_unit_name: string | null; reply: string | null; order_version: number }
  const page = await listOf<Shown>(ctx, { columns: sql`x.*, ${orderColumns}, o.lead_unit_name, o.reply, o.version as order_version`, from: sql`order_reexamination x join order_order o on o.tenant_id = x.tenant_id and o.id = x.order_id`, where, at: 'x.asked_at', id: 'x.id', down: input.state !== 'pending' }, input)
  return {
    items: page.rows.map((r) => ({
      id: r.id, orderId: r.order_id, number: r.number, title: r.title, urgency: r.urgency, orderState: r.order_state, round: r.round, leadUnitName: r.lead_unit_name, reply: r.reply, reason: r.reason, state: r.state as 'pending' | 'redo' | 'kept', askedAt: r.asked_at,
      compliant: r.compliant, effective: r.effective, confirmed: r.confirmed, demanded: r.demanded, opinion: r.opinion, decidedByName: r.decided_by_name, decidedAt: r.decided_at, mayDecide: r.state === 'pending', version: r.order_version,
    })),
    next: page.next, count: page.count,
  }
}
