// Urging: stored on the order, told to the unit in charge, answered on the order or shown as owed (SUP-11).
import { inTenant, type Ctx } from '../../kernel/ctx.ts'
import { authorize, scopesOf } from '../../kernel/access.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { isPassedOn, lockOrder, readOrder, record, saveOrder, stateNames, transferDown, type OrderRow } from '../orders/index.ts'
import { attachFiles, notify } from '../platform/index.ts'
import { peopleFinder, unique, type Person } from './recipients.ts'
import { supervisionFail } from './supervision.errors.ts'
import { urgeFault, type UrgeSource } from './supervision.ts'
import { answersFor, db } from './supervision.queries.ts'
import type * as contract from './urge-contract.ts'

export type Urging = { content: string; fileIds?: string[]; source: UrgeSource; /** Only the units to which this one handed the order down. */ belowUnits?: string[]; /** Of the centre: holders by name, also assisting ones. */ unitIds?: string[]; byName?: string }
export type Urged = { order: OrderRow; id: string; unitNames: string }

export async function urgeOrderByStaff(ctx: Ctx, input: Input<typeof contract.urgeOrderRoute>) {
  authorize(ctx, 'supervision.urge')
  // A unit urges what it passed down; the centre urges the unit in charge.
  const centre = scopesOf(ctx, 'supervision.urge').some((s) => s === 'tenant' || s === 'tenantsBelow')
  if (!centre) await readOrder(ctx, input.id)
  const order = await lockOrder(ctx, input.id)
  // Whoever takes the call urges, also an order that another agent registered; a confidential one exists only for those who see it.
  if (order.confidential) await readOrder(ctx, order.id)
  const urged = await urgeOrder(ctx, order, { content: input.content, fileIds: input.fileIds, source: 'staff', ...(centre ? (input.unitIds ? { unitIds: input.unitIds } : {}) : { belowUnits: ctx.actor.unitIds }) })
  return { id: urged.id, urgeCount: urged.order.urge_count, unitNames: urged.unitNames, orderVersion: urged.order.version }
}

/**
 * Urges a locked order; for staff and for requesters on the portal. Throws `supervision.urgeClosed` (409, rule `supervision.urge.open`)
 * for a closed order, whose requester is offered a new one, and `supervision.urgeNotDispatched` before a unit has it.
 */
export async function urgeOrder(ctx: Ctx, order: OrderRow, urging: Urging): Promise<Urged> {
  const fault = urgeFault(order.state)
  if (fault === 'closed') throw supervisionFail('urgeClosed', { rule: 'supervision.urge.open', params: { state: stateNames[order.state] }, detail: '请另行登记新工单并关联原工单', current: { offer: 'newOrder', relatedOrderId: order.id, number: order.number } })
  if (fault) throw supervisionFail('urgeNotDispatched', { rule: 'supervision.urge.dispatched', params: { state: stateNames[order.state] } })
  const units = await unitsInCharge(ctx, order, urging.belowUnits, urging.unitIds)
  if (urging.unitIds && units.length < new Set(urging.unitIds).size) throw supervisionFail('unitWithoutOrder', { rule: 'supervision.urge.holder', fields: [{ path: 'unitIds', message: '该单位没有未办结的任务' }] })
  if (urging.belowUnits && units.length === 0) throw supervisionFail('nothingBelow', { rule: 'supervision.urge.below' })
  const id = newId()
  const nth = order.urge_count + 1
  const unitNames = units.map((u) => u.unitName).join('、') || (order.state === 'inProgress' ? (order.lead_unit_name ?? '热线中心') : '热线中心')
  await db(ctx)
    .insertInto('supervision_urge')
    .values({
      tenant_id: ctx.tenantId, id, order_id: order.id, number: nth, source: urging.source, content: urging.content, unit_ids: units.map((u) => u.unitId), unit_names: unitNames, created_by: ctx.actor.kind === 'user' ? ctx.actor.id : null,
      created_by_name: urging.byName ?? ctx.actor.name, created_unit_name: ctx.actor.unitName, created_at: ts(ctx.clock.now()), answer: null, answered_by_name: null, answered_unit_id: null, answered_unit_name: null, answered_at: null,
    })
    .execute()
  await attachFiles(ctx, { fileIds: urging.fileIds ?? [], place: 'order', objectType: 'urge', objectId: id, audience: 'staff' })
  await record(ctx, order, { act: 'urge', text: urging.content, data: { urgeId: id, nth, source: urging.source, units: unitNames }, visibility: urging.source === 'requester' ? 'public' : 'staff' })
  const saved = await saveOrder(ctx, order, { urge_count: nth, flags: [...new Set([...order.flags, 'urged'])] })
  await tell(ctx, saved, id, { nth, unitNames, content: urging.content }, units)
  await passDown(ctx, saved, urging)
  ctx.signal('supervision.board')
  return { order: saved, id, unitNames }
}

type InCharge = { unitId: string; unitName: string; handlerId: string | null }

/** The open assignments of the round that answer to the centre, or those that the given units handed down. */
async function unitsInCharge(ctx: Ctx, order: OrderRow, belowUnits: string[] | undefined, named?: string[]): Promise<InCharge[]> {
  const rows = await db(ctx)
    .selectFrom('orders_pub_assignment_view')
    .select(['id', 'parent_id', 'unit_id', 'unit_name', 'role', 'state', 'handler_id'])
    .where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where('round', '=', order.round)
    .orderBy('dispatched_at')
    .execute()
  const isOpen = (state: string | null): boolean => state === 'pendingSign' || state === 'handling' || state === 'pendingReport'
  const parents = new Set(rows.filter((r) => r.unit_id !== null && belowUnits?.includes(r.unit_id)).map((r) => r.id))
  const wanted = rows.filter((r) => isOpen(r.state) && (named ? r.unit_id !== null && named.includes(r.unit_id) : (belowUnits ? r.parent_id !== null && parents.has(r.parent_id) : r.parent_id === null && r.role !== 'assist')))
  return [...new Map(wanted.map((r) => [r.unit_id ?? '', { unitId: r.unit_id ?? '', unitName: r.unit_name ?? '', handlerId: r.handler_id }])).values()]
}

async function tell(ctx: Ctx, order: OrderRow, id: string, urge: { nth: number; unitNames: string; content: string }, units: InCharge[]): Promise<void> {
  const people = peopleFinder(ctx)
  const told: Person[] = []
  for (const unit of units) told.push(...(await people.ofUnit(unit.unitId, unit.handlerId)))
  if (units.length === 0) told.push(...(await people.desk(order.state === 'pendingResultReview' ? 'orders.reviewResult' : 'orders.dispatch')))
  const userIds = unique(told).map((p) => p.id).filter((person) => person !== ctx.actor.id)
  if (userIds.length > 0) await notify(ctx, { type: 'urge', to: { userIds }, level: 'P2', title: `催办（第 ${urge.nth} 次）：${order.title}`, text: urge.content, link: `/orders/${order.number}`, objectType: 'urge', objectId: id })
}

/** An order that was passed down is urged there, too: the tenant below answers on its own order. */
async function passDown(ctx: Ctx, order: OrderRow, urging: Urging): Promise<void> {
  if (!isPassedOn(order)) return
  const link = await transferDown(ctx, order.id)
  if (!link || link.state === 'cancelled') return
  const below = inTenant(ctx, link.to_tenant)
  const mirror = await lockOrder(below, link.to_order_id)
  if (urgeFault(mirror.state) === null) await urgeOrder(below, mirror, { content: urging.content, source: 'upper', byName: `上级中心（${order.number}）` })
  else if (urgeFault(mirror.state) === 'notDispatched') {
    await record(below, mirror, { act: 'urge', text: urging.content, data: { source: 'upper', units: '' } })
    await notify(below, { type: 'urge', to: { permission: 'orders.dispatch' }, level: 'P2', title: `上级催办：${mirror.title}`, text: urging.content, link: `/orders/${mirror.number}`, objectType: 'order', objectId: mirror.id })
  }
}

/** The unit's answer, once; it stands on the order and goes back to who urged. */
export async function answerUrge(ctx: Ctx, input: Input<typeof contract.answerUrgeRoute>): Promise<{ id: string }> {
  authorize(ctx, 'supervision.answer')
  const found = await db(ctx).selectFrom('supervision_urge').select(['order_id', 'unit_ids']).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  if (!found) throw supervisionFail('urgeNotFound')
  await readOrder(ctx, found.order_id)
  const order = await lockOrder(ctx, found.order_id)
  const urge = await db(ctx).selectFrom('supervision_urge').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirstOrThrow()
  if (urge.answered_at !== null) throw supervisionFail('answered', { rule: 'supervision.urge.once', params: { by: urge.answered_unit_name ?? urge.answered_by_name ?? '' } })
  if (!(await answersFor(ctx, urge.unit_ids))) throw supervisionFail('notYours', { rule: 'supervision.answer', params: { act: '答复该催办' } })
  const now = ctx.clock.now()
  await db(ctx)
    .updateTable('supervision_urge')
    .set({ answer: input.content, answered_by_name: ctx.actor.name, answered_unit_id: ctx.actor.unitIds[0] ?? null, answered_unit_name: ctx.actor.unitName, answered_at: ts(now) })
    .where('tenant_id', '=', ctx.tenantId).where('id', '=', urge.id).execute()
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'order', objectType: 'urge', objectId: urge.id, audience: 'staff' })
  await record(ctx, order, { act: 'answerUrge', text: input.content, data: { urgeId: urge.id, nth: urge.number }, visibility: 'staff' })
  if (urge.created_by) await notify(ctx, { type: 'urge.answered', to: { userIds: [urge.created_by] }, level: 'P3', title: `催办已答复：${order.title}`, text: input.content, link: `/orders/${order.number}`, objectType: 'urge', objectId: urge.id })
  ctx.signal('supervision.board')
  return { id: urge.id }
}

/** A notice of repeated urging from an upper platform: kept apart from own urges, marks its order. */
export async function recordUpperNotice(ctx: Ctx, input: Input<typeof contract.recordUpperNoticeRoute>) {
  authorize(ctx, 'supervision.manage')
  await readOrder(ctx, input.id)
  const order = await lockOrder(ctx, input.id)
  const now = ctx.clock.now()
  const id = newId()
  const stored = await db(ctx)
    .insertInto('supervision_upper_notice')
    .values({ tenant_id: ctx.tenantId, id, order_id: order.id, upper_number: input.upperNumber, content: input.content, received_at: ts(input.receivedAt ?? now), created_by: ctx.actor.id, created_by_name: ctx.actor.name, created_at: ts(now) })
    .onConflict((c) => c.columns(['tenant_id', 'order_id', 'upper_number']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!stored) throw supervisionFail('noticeKnown', { rule: 'supervision.notice.once', params: { number: input.upperNumber } })
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'order', objectType: 'upperNotice', objectId: id, audience: 'staff' })
  await record(ctx, order, { act: 'upperUrgeNotice', text: input.content, data: { noticeId: id, upperNumber: input.upperNumber } })
  const saved = await saveOrder(ctx, order, { flags: [...new Set([...order.flags, 'repeatUrged'])] })
  return { id, orderVersion: saved.version }
}
