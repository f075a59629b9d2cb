// Marks on orders: a topic by the unit that signed or by the centre, special marks by the connector; cancelled with a reason (ORD-17).
import { sql, type Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { can } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { isOpen } from '../order.ts'
import { orderFail } from '../orders.errors.ts'
import { actsFor, assertVisible, readOrder } from '../orders.policy.ts'
import { db, lockAssignments, lockOrder, saveOrder, type OrderRow } from '../orders.queries.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { stateNames } from '../texts.zh-CN.ts'
import { record } from '../timeline.ts'
import type * as contract from './key-case-contract.ts'
import { keyCaseFail } from './key-cases.errors.ts'

type Marks = Output<typeof contract.orderKeyMarksRoute>
type MarkRow = Selectable<OrdersTables['order_key_mark']>
const flagOf = { topic: 'keyCase', special: 'upperMark' } as const

async function rowsOf(ctx: Ctx, order: Pick<OrderRow, 'id' | 'tenant_id'>): Promise<MarkRow[]> {
  return db(ctx).selectFrom('order_key_mark').selectAll().where('tenant_id', '=', order.tenant_id).where('order_id', '=', order.id).orderBy('at').limit(100).execute()
}

/** A unit signs and marks; the centre marks with its own right. */
async function mayMark(ctx: Ctx, order: OrderRow): Promise<boolean> {
  if (order.tenant_id !== ctx.tenantId || !isOpen(order.state)) return false
  if (can(ctx, 'orders.markKeyCase')) return true
  if (ctx.actor.unitIds.length === 0 || !can(ctx, 'orders.handle')) return false
  const signed = await db(ctx).selectFrom('order_assignment').select('id').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where('unit_id', 'in', ctx.actor.unitIds).where('signed_at', 'is not', null).where('state', 'not in', ['returned', 'cancelled']).limit(1).executeTakeFirst()
  return signed !== undefined
}

const mayCancel = (ctx: Ctx, mark: MarkRow): boolean => can(ctx, 'orders.markKeyCase') || (mark.unit_id !== null && actsFor(ctx, mark.unit_id, 'orders.handle'))

async function view(ctx: Ctx, order: OrderRow): Promise<Marks> {
  const [rows, may, topics] = await Promise.all([rowsOf(ctx, order), mayMark(ctx, order), offeredTopics(ctx)])
  const held = new Set(rows.filter((r) => r.cancelled_at === null).map((r) => r.ref_id))
  return {
    items: rows.map((r) => ({
      id: r.id, kind: r.kind === 'special' ? 'special' : 'topic', name: r.name, at: r.at, byName: r.by_name, unitName: r.unit_name, cancelledAt: r.cancelled_at, cancelledByName: r.cancelled_by_name, cancelReason: r.cancel_reason,
      mayCancel: r.cancelled_at === null && order.tenant_id === ctx.tenantId && isOpen(order.state) && mayCancel(ctx, r),
    })),
    offered: may ? topics.filter((t) => !held.has(t.id)) : [], mayMark: may,
  }
}

async function offeredTopics(ctx: Ctx): Promise<{ id: string; name: string }[]> {
  const now = ts(ctx.clock.now())
  return db(ctx).selectFrom('order_key_topic').select(['id', 'name']).where('tenant_id', '=', ctx.tenantId).where('enabled', '=', true).where('starts_at', '<=', now).where('ends_at', '>', now).orderBy('name').limit(100).execute()
}

export async function orderKeyMarks(ctx: Ctx, input: { id: string }): Promise<Marks> {
  return view(ctx, await readOrder(ctx, input.id))
}

export async function markKeyCase(ctx: Ctx, input: Input<typeof contract.markKeyCaseRoute>): Promise<Marks> {
  const order = await lockOrder(ctx, input.id)
  await assertVisible(ctx, order)
  if (!isOpen(order.state)) throw orderFail('stateForbids', { rule: 'orders.keyCase.open', params: { state: stateNames[order.state], act: '标记重点案件' } })
  await lockAssignments(ctx, order.id)
  if (!(await mayMark(ctx, order))) throw keyCaseFail('markSignFirst', { rule: 'orders.keyCase.signed' })
  const topic = (await offeredTopics(ctx)).find((t) => t.id === input.topicId)
  if (!topic) throw keyCaseFail('topicNotOffered', { rule: 'orders.keyCase.validity', fields: [{ path: 'topicId', message: '请选择有效期内的专题' }] })
  const saved = await put(ctx, order, 'topic', [topic])
  if (!saved) throw keyCaseFail('markedAlready', { rule: 'orders.keyCase.once' })
  return view(ctx, saved)
}

/** Adds marks that the order does not bear; null when it bears them all. */
async function put(ctx: Ctx, order: OrderRow, kind: 'topic' | 'special', list: { id: string; name: string }[]): Promise<OrderRow | null> {
  const unit = ctx.actor.kind === 'user' && !can(ctx, 'orders.markKeyCase') ? { id: ctx.actor.unitIds[0] ?? null, name: ctx.actor.unitName } : null
  const made = list.length === 0 ? [] : await db(ctx).insertInto('order_key_mark')
    .values(list.map((one) => ({ tenant_id: ctx.tenantId, id: newId(), order_id: order.id, kind, ref_id: one.id, name: one.name, at: ts(ctx.clock.now()), by_name: ctx.actor.name, unit_id: unit?.id ?? null, unit_name: unit?.name ?? null })))
    .onConflict((c) => c.columns(['tenant_id', 'order_id', 'ref_id']).where('cancelled_at', 'is', null).doNothing()).returning('name').execute()
  if (made.length === 0) return null
  const flag = flagOf[kind]
  await record(ctx, order, { act: kind === 'topic' ? 'markKeyCase' : 'markSpecial', text: null, changes: { mark: { old: null, new: made.map((m) => m.name).join('、'), label: kind === 'topic' ? '重点案件' : '上级标记' } } })
  return saveOrder(ctx, order, { flags: order.flags.includes(flag) ? order.flags : [...order.flags, flag] })
}

/** Special marks that came with an order of the upper platform, by the codes of the library; unknown ones are left out. */
export async function applySpecialMarks(ctx: Ctx, order: OrderRow, codes: readonly string[]): Promise<OrderRow> {
  if (codes.length === 0) return order
  const list = await db(ctx).selectFrom('order_special_mark').select(['id', 'name']).where('tenant_id', '=', ctx.tenantId).where('enabled', '=', true).where('code', 'in', [...codes]).execute()
  return (await put(ctx, order, 'special', list)) ?? order
}

export async function cancelKeyMark(ctx: Ctx, input: Input<typeof contract.cancelKeyMarkRoute>): Promise<Marks> {
  const order = await lockOrder(ctx, input.id)
  await assertVisible(ctx, order)
  const rows = await rowsOf(ctx, order)
  const mark = rows.find((r) => r.id === input.markId && r.cancelled_at === null)
  if (!mark) throw keyCaseFail('keyNotFound')
  if (!mayCancel(ctx, mark)) throw keyCaseFail('markForeign', { rule: 'orders.keyCase.cancel' })
  await db(ctx).updateTable('order_key_mark').set({ cancelled_at: ts(ctx.clock.now()), cancelled_by_name: ctx.actor.name, cancel_reason: input.reason }).where('tenant_id', '=', ctx.tenantId).where('id', '=', mark.id).execute()
  const left = rows.some((r) => r.id !== mark.id && r.kind === mark.kind && r.cancelled_at === null)
  await record(ctx, order, { act: 'cancelKeyMark', text: input.reason, changes: { mark: { old: mark.name, new: null, label: mark.kind === 'topic' ? '重点案件' : '上级标记' } } })
  return view(ctx, await saveOrder(ctx, order, left ? {} : { flags: order.flags.filter((f) => f !== flagOf[mark.kind === 'special' ? 'special' : 'topic']) }))
}

/** Names of the marks that stand on orders, for heads and lists. */
export async function marksOfOrder(ctx: Ctx, order: Pick<OrderRow, 'id' | 'tenant_id' | 'flags'>): Promise<{ kind: string; name: string }[]> {
  if (!order.flags.includes('keyCase') && !order.flags.includes('upperMark')) return []
  return (await rowsOf(ctx, order)).filter((r) => r.cancelled_at === null).map((r) => ({ kind: r.kind, name: r.name }))
}

export const markedWith = (column: 'topic' | 'special', ids: readonly string[]) => sql`exists (select 1 from order_key_mark k where k.tenant_id = o.tenant_id and k.order_id = o.id and k.cancelled_at is null and k.kind = ${column} and k.ref_id = any(${[...ids]}::uuid[]))`

/** Everything that may be asked for in conditions, past topics too. */
export async function knownMarks(ctx: Ctx): Promise<{ id: string; kind: 'topic' | 'special'; name: string }[]> {
  const { rows } = await sql<{ id: string; kind: 'topic' | 'special'; name: string }>`select id, 'topic' as kind, name from order_key_topic where tenant_id = ${ctx.tenantId} union all select id, 'special', name from order_special_mark where tenant_id = ${ctx.tenantId} order by name`.execute(ctx.db())
  return rows
}
