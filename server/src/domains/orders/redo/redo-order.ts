// Back to the units after a dissatisfied answer: the same order in its next round, or a new one linked to it (ORD-60).
import { sql } from 'kysely'
import { enquiryCode } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { localDate, toIso, yyMMdd } from '../../../kernel/time/index.ts'
import { setting, tenantById, unitsByIds } from '../../platform/index.ts'
import { about, move, requireTransition } from '../acts.ts'
import { limitOf, startClocks } from '../clocks.ts'
import { createAssignments } from '../dispatch-order.ts'
import { indexPlace } from '../duplicates/index.ts'
import { orderRedone, orderRegistered } from '../events.ts'
import { db, isMirror, isPassedOn, lockAssignments, nextNumber, readOrderRow, saveOrder, type OrderRow } from '../orders.queries.ts'
import { indexOrder } from '../reading/search-index.ts'
import { restartStageClock } from '../stage-clocks.ts'
import { unitsThatAnswered } from '../sets/set.queries.ts'
import { record } from '../timeline.ts'
import { redoTransfer } from '../transfer/index.ts'
import { redoMode, reexamineBeforeRedo } from './redo.settings.ts'

export type RedoWay = 'reexamine' | 'sameOrder' | 'newOrder'

/** What a dissatisfied answer to this order leads to now. */
export async function wayAfterDissatisfaction(ctx: Ctx, order: OrderRow): Promise<RedoWay> {
  return (await setting(ctx, reexamineBeforeRedo)) && !isMirror(order) ? 'reexamine' : redoWay(ctx, order)
}

/** Orders that another centre or an event set handles keep their number: their way back hangs on it. */
async function redoWay(ctx: Ctx, order: OrderRow): Promise<'sameOrder' | 'newOrder'> {
  const own = order.source === 'own' && !isPassedOn(order) && !order.flags.includes('eventMember')
  return own && (await setting(ctx, redoMode)) === 'newLinkedOrder' ? 'newOrder' : 'sameOrder'
}

/** Returns the order that is handled again: the same, or the new one. */
export async function redo(ctx: Ctx, order: OrderRow, reason: string, data: Record<string, unknown>): Promise<OrderRow> {
  return (await redoWay(ctx, order)) === 'newOrder' ? redoAsNew(ctx, order, reason, data) : redoInPlace(ctx, order, reason, data)
}

/** New top assignments at the same units, signed by the system, round + 1, new clocks; the old ones stay done. */
async function redoInPlace(ctx: Ctx, order: OrderRow, reason: string, data: Record<string, unknown>): Promise<OrderRow> {
  const act = order.state === 'closed' ? 'reopen' : 'callbackDissatisfied'
  requireTransition(order, act)
  const targets = await formerUnits(ctx, order)
  const round = order.round + 1
  const saved = await move(ctx, order, act, { change: { round, close_kind: null, closed_at: null, archive_due_at: null }, entry: { text: reason, data: { ...data, round }, visibility: 'staff' } })
  const made = await assignAgain(ctx, { ...order, round }, targets, reason)
  if (isPassedOn(order)) {
    const limit = await limitOf(ctx, order, 'handling')
    if (limit) await startClocks(ctx, order, [{ kind: 'handling', duration: limit.duration, ruleText: limit.ruleText, startedAt: ctx.clock.now(), yellowBefore: limit.yellowBefore }])
  }
  await redoTransfer(ctx, order, reason)
  // Answered at the desk in the round before: no unit holds it, so it waits for a dispatch.
  if (targets.length === 0 && !isPassedOn(order)) {
    await restartStageClock(ctx, saved)
    const desk = await move(ctx, saved, 'returnToDesk', { entry: { text: reason } })
    ctx.publish(orderRedone({ ...about(order), round, reason, assignments: [] }))
    return desk
  }
  ctx.publish(orderRedone({ ...about(order), round, reason, assignments: made }))
  return saveOrder(ctx, saved, {})
}

/** The old order is archived with the answer it got; a copy of its registration goes to the same units under a number of its own. */
async function redoAsNew(ctx: Ctx, order: OrderRow, reason: string, data: Record<string, unknown>): Promise<OrderRow> {
  requireTransition(order, 'redoAsNew')
  const targets = await formerUnits(ctx, order)
  const now = ctx.clock.now()
  const round = order.round + 1
  const id = newId()
  const tenant = await tenantById(ctx, ctx.tenantId)
  const number = await nextNumber(ctx, tenant.areaCode, yyMMdd(localDate(now, tenant.timeZone)))
  const handed = targets.length > 0
  const fresh = {
    id, number, enquiry_code: enquiryCode(), state: handed ? 'inProgress' : 'pendingDispatch', round, registered_at: toIso(now), stage_since_at: toIso(now), updated_at: toIso(now), dispatched_at: handed ? toIso(now) : null, registered_by: null, registered_by_name: ctx.actor.name, changed_by_name: ctx.actor.name,
    close_kind: null, closed_at: null, archived_at: null, archive_due_at: null, reply: null, reply_basis: null, version: 1, return_count: 0, urge_count: 0, supplement_count: 0, draft_id: null, import_source: null, import_key: null, queue: null, queue_since_at: null, queue_left: null, triage: null, picked_by: null, picked_by_name: null, picked_until_at: null,
    next_due_at: null, flags: [...new Set([...order.flags.filter((f) => kept.includes(f)), 'redoOrder'])],
  }
  await sql`insert into order_order select made.* from order_order o cross join lateral jsonb_populate_record(o, ${JSON.stringify(fresh)}::jsonb) made where o.tenant_id = ${ctx.tenantId} and o.id = ${order.id}`.execute(ctx.db())
  const made = await readOrderRow(ctx, id)
  await indexOrder(ctx, id, made)
  await indexPlace(ctx, made)
  await db(ctx).insertInto('order_link').values({ tenant_id: ctx.tenantId, id: newId(), from_id: id, to_id: order.id, kind: 'redo', created_at: ts(now) }).execute()
  await move(ctx, order, 'redoAsNew', { entry: { text: reason, data: { ...data, round, redoNumber: number }, visibility: 'staff' } })
  await record(ctx, made, { act: 'register', text: `重办：${reason}`, data: { channel: made.channel, redoOf: order.number, round }, visibility: 'staff' })
  if (!handed) await restartStageClock(ctx, made)
  const assignments = await assignAgain(ctx, made, targets, reason)
  ctx.publish(orderRegistered({ orderId: id, number, title: made.title, channel: made.channel }))
  ctx.publish(orderRedone({ ...about(made), round, reason, assignments }))
  return saveOrder(ctx, made, {})
}

/** Of the old order's flags those that say what kind of order it is, not what was going on. */
const kept: readonly string[] = ['enterprise', 'keyCase', 'upperMark', 'unstable', 'emergency', 'repeat', 'hard']

/** Units of the round before; a member of an event set was answered by the leading order's units. */
async function formerUnits(ctx: Ctx, order: OrderRow) {
  const all = await lockAssignments(ctx, order.id)
  const own = all.filter((a) => a.parent_id === null && a.round === order.round && a.state === 'done' && a.role !== 'assist')
  const before = own.length > 0 ? own : await unitsThatAnswered(ctx, order.id)
  const units = await unitsByIds(ctx, before.map((a) => a.unit_id))
  return before.flatMap((a) => {
    const unit = units.get(a.unit_id)
    return unit ? [{ unit, role: a.role }] : []
  })
}

async function assignAgain(ctx: Ctx, order: OrderRow, targets: Awaited<ReturnType<typeof formerUnits>>, reason: string) {
  if (targets.length === 0) return []
  const made = await createAssignments(ctx, order, targets, { route: 'straight', opinion: `重办：${reason}`, handler: null, signed: true, round: order.round })
  return made.assignments.map((a) => ({ id: a.id, unitId: a.unitId, role: a.role }))
}
