// Labels on an order by people: put, removed, shown; and internal notes. Never part of anything public (ORD-11).
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can, scopesOf } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { labelsByIds, offeredLabels } from '../../platform/index.ts'
import { assertVisible, readOrder } from '../orders.policy.ts'
import { db, lockOrder, type OrderRow } from '../orders.queries.ts'
import { record } from '../timeline.ts'
import type * as contract from './label-contract.ts'
import { labelFail } from './labels.errors.ts'

type Marks = Output<typeof contract.orderMarksRoute>

/** Staff of a centre; whoever reads orders only as a unit sees the labels, not the notes. */
const ofCentre = (ctx: Ctx): boolean => scopesOf(ctx, 'orders.read').some((s) => s !== 'unit' && s !== 'unitTree')

export async function orderMarks(ctx: Ctx, input: { id: string }): Promise<Marks> {
  authorize(ctx, 'orders.read')
  return marksOf(ctx, await readOrder(ctx, input.id))
}

async function marksOf(ctx: Ctx, order: Pick<OrderRow, 'id' | 'tenant_id'>): Promise<Marks> {
  // Labels are those of the tenant that holds the order.
  const there: Ctx = order.tenant_id === ctx.tenantId ? ctx : { ...ctx, tenantId: order.tenant_id }
  const [rows, notes] = await Promise.all([
    db(ctx).selectFrom('order_label as l').leftJoin('order_label_rule as r', (j) => j.onRef('r.tenant_id', '=', 'l.tenant_id').onRef('r.id', '=', 'l.rule_id'))
      .select(['l.label_id', 'l.source', 'l.at', 'l.by_name', 'r.name as rule']).where('l.tenant_id', '=', order.tenant_id).where('l.order_id', '=', order.id).where('l.removed_at', 'is', null).orderBy('l.at').execute(),
    ofCentre(ctx) && order.tenant_id === ctx.tenantId ? db(ctx).selectFrom('order_note').select(['id', 'text', 'at', 'by_name as byName']).where('tenant_id', '=', order.tenant_id).where('order_id', '=', order.id).orderBy('at').limit(200).execute() : [],
  ])
  const known = await labelsByIds(there, rows.map((r) => r.label_id))
  return {
    labels: rows.flatMap((r) => {
      const label = known.get(r.label_id)
      return label ? [{ id: label.id, name: label.name, className: label.classCode, colour: label.colour, source: r.source as 'person', ruleName: r.rule, at: r.at, byName: r.by_name }] : []
    }),
    notes, mayChange: order.tenant_id === ctx.tenantId && can(ctx, 'orders.label'),
  }
}

export async function labelOrder(ctx: Ctx, input: Input<typeof contract.labelOrderRoute>): Promise<Marks> {
  authorize(ctx, 'orders.label')
  await requireOffered(ctx, input.add)
  const order = await lockOrder(ctx, input.id)
  await assertVisible(ctx, order)
  await change(ctx, order, input)
  return marksOf(ctx, order)
}

export async function labelOrders(ctx: Ctx, input: Input<typeof contract.labelOrdersRoute>) {
  authorize(ctx, 'orders.label')
  await requireOffered(ctx, input.add)
  const skipped: { id: string; reason: string }[] = []
  let changed = 0
  for (const id of [...new Set(input.orderIds)].toSorted()) {
    try {
      const order = await lockOrder(ctx, id)
      await assertVisible(ctx, order)
      if (await change(ctx, order, input)) changed += 1
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      skipped.push({ id, reason: error.title })
    }
  }
  return { changed, skipped }
}

async function requireOffered(ctx: Ctx, ids: string[]): Promise<void> {
  const offered = await offeredLabels(ctx, { ids })
  if (offered.length !== new Set(ids).size) throw labelFail('labelNotOffered', { rule: 'platform.label.enabled', fields: [{ path: 'add', message: '所选标签未启用或不存在' }] })
}

async function change(ctx: Ctx, order: OrderRow, input: { add: string[]; remove: string[]; reason?: string | undefined }): Promise<boolean> {
  const added = await putLabels(ctx, order.id, input.add.map((labelId) => ({ labelId, source: 'person' as const, ruleId: null })))
  const removed = input.remove.length === 0 ? [] : await db(ctx).updateTable('order_label').set({ removed_at: ts(ctx.clock.now()), removed_by_name: ctx.actor.name, remove_reason: input.reason ?? null })
    .where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where('label_id', 'in', input.remove).where('removed_at', 'is', null).returning('label_id').execute()
  if (added.length + removed.length === 0) return false
  const names = await labelsByIds(ctx, [...added, ...removed.map((r) => r.label_id)])
  const words = (ids: string[]): string => ids.map((id) => names.get(id)?.name ?? '').join('、')
  await record(ctx, order, { act: 'label', text: input.reason ?? null, visibility: 'internal', changes: { labels: { old: words(removed.map((r) => r.label_id)) || null, new: words(added) || null, label: '标签' } } })
  ctx.signal('orders.list', order.id)
  return true
}

/** Puts labels that are not there yet; returns the ids of those that were new. */
export async function putLabels(ctx: Ctx, orderId: string, list: { labelId: string; source: 'person' | 'rule' | 'upper'; ruleId: string | null }[]): Promise<string[]> {
  if (list.length === 0) return []
  const rows = await db(ctx).insertInto('order_label')
    .values(list.map((l) => ({ tenant_id: ctx.tenantId, id: newId(), order_id: orderId, label_id: l.labelId, source: l.source, rule_id: l.ruleId, at: ts(ctx.clock.now()), by_name: ctx.actor.name })))
    .onConflict((c) => c.columns(['tenant_id', 'order_id', 'label_id']).where('removed_at', 'is', null).doNothing()).returning('label_id').execute()
  return rows.map((r) => r.label_id)
}

export async function noteOrder(ctx: Ctx, input: Input<typeof contract.noteOrderRoute>): Promise<Marks> {
  authorize(ctx, 'orders.label')
  const order = await lockOrder(ctx, input.id)
  await assertVisible(ctx, order)
  await db(ctx).insertInto('order_note').values({ tenant_id: ctx.tenantId, id: newId(), order_id: order.id, text: input.text, at: ts(ctx.clock.now()), by_id: ctx.actor.kind === 'user' ? ctx.actor.id : null, by_name: ctx.actor.name }).execute()
  await record(ctx, order, { act: 'note', text: input.text, visibility: 'internal' })
  return marksOf(ctx, order)
}

/** Names and colours of the labels on rows of a list, by order. */
export async function labelsOfOrders(ctx: Ctx, tenants: string[], orderIds: string[]): Promise<Map<string, { id: string; name: string; colour: string }[]>> {
  if (orderIds.length === 0) return new Map()
  const { rows } = await sql<{ order_id: string; id: string; name: string; colour: string }>`select m.order_id, l.id, l.name, l.colour from order_label m join platform_label l on l.tenant_id = m.tenant_id and l.id = m.label_id
    where m.tenant_id in (${sql.join(tenants)}) and m.order_id = any(${orderIds}::uuid[]) and m.removed_at is null order by m.at`.execute(ctx.db())
  return Map.groupBy(rows, (r) => r.order_id)
}
