// What follows a whistle: departments report in, are withdrawn when they agreed, corrected by the centre; who is late is told (ORD-33).
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { MINUTE, plus, toIso } from '../../../kernel/time/index.ts'
import { attachFiles, unitsByIds } from '../../platform/index.ts'
import { answerOf } from '../acts.ts'
import { isOpen } from '../order.ts'
import { orderFail } from '../orders.errors.ts'
import { actsFor } from '../orders.policy.ts'
import { db, dropParty, lockOrder, saveOrder, type OrderChange, type OrderRow } from '../orders.queries.ts'
import { withoutFlag } from '../requests/ask.ts'
import { tellDesk, tellUnit } from '../requests/tell.ts'
import { record } from '../timeline.ts'
import { callUnits, departments } from './blow-whistle.ts'
import type * as contract from './whistle-contract.ts'
import { whistleFail } from './whistle.errors.ts'
import { callsOf, lockWhistle, openWhistle, type CallRow, type WhistleRow } from './whistle.queries.ts'

export const actsAt = (ctx: Ctx, unitId: string | null): boolean => unitId !== null && (actsFor(ctx, unitId, 'orders.handle') || actsFor(ctx, unitId, 'orders.approve'))

function requireBlown(whistle: WhistleRow): void {
  if (whistle.state === 'wanted') throw whistleFail('whistleNotBlown', { rule: 'orders.whistle.blown' })
  if (whistle.state === 'ended') throw whistleFail('whistleEnded', { rule: 'orders.whistle.ended' })
}

/** The call of the actor's own unit. */
function ownCall(ctx: Ctx, calls: CallRow[], unitId: string | undefined): CallRow {
  const call = calls.find((c) => (unitId === undefined || c.unit_id === unitId) && actsAt(ctx, c.unit_id))
  if (!call) throw whistleFail('whistleNotCalled', { rule: 'orders.whistle.called' })
  return call
}

function requireCalled(call: CallRow): void {
  if (call.state === 'reported') throw whistleFail('whistleReported', { rule: 'orders.whistle.reported', params: { unit: call.unit_name } })
  if (call.state !== 'called') throw whistleFail('whistleCallEnded', { rule: 'orders.whistle.called', params: { unit: call.unit_name } })
}

const saveCall = async (ctx: Ctx, call: CallRow, change: Partial<Record<keyof CallRow, unknown>>): Promise<void> => {
  await db(ctx).updateTable('order_whistle_call').set(change as never).where('tenant_id', '=', ctx.tenantId).where('whistle_id', '=', call.whistle_id).where('unit_id', '=', call.unit_id).execute()
}

export async function reportIn(ctx: Ctx, input: Input<typeof contract.reportInRoute>) {
  const { order, whistle, calls } = await lockWhistle(ctx, input.id)
  requireBlown(whistle)
  const call = ownCall(ctx, calls, input.unitId)
  requireCalled(call)
  const now = ctx.clock.now()
  const at = input.at ?? now
  if (at > plus(now, 5 * MINUTE) || at < call.called_at) throw whistleFail('whistleUnits', { rule: 'orders.whistle.at', params: { fault: '报到时间应在吹哨之后、现在之前' }, fields: [{ path: 'at', message: '报到时间应在吹哨之后、现在之前' }] })
  // Entered later than they came, the limit still asks when it was entered: nobody can turn a late report into one in time.
  const late = now > call.due_at
  await saveCall(ctx, call, { state: 'reported', reported_at: ts(at), person: input.person, result: input.result, late })
  const entry = await record(ctx, order, { act: 'reportIn', unit: { id: call.unit_id, name: call.unit_name }, text: input.result, data: { whistleId: whistle.id, person: input.person, ...(late ? { late: true } : {}) }, visibility: 'staff' })
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'request', objectType: 'timeline', objectId: entry, audience: 'staff' })
  if (whistle.unit_id) await tellUnit(ctx, order, { unit_id: whistle.unit_id, handler_id: null }, { type: 'order.whistle', level: 'P3', title: `已报到：${order.title}`, text: `${call.unit_name} ${input.person}：${input.result.slice(0, 80)}` })
  return answerOf(await settle(ctx, order, whistle.id))
}

/** The last department came, or was withdrawn: the whistle is over. */
async function settle(ctx: Ctx, order: OrderRow, whistleId: string): Promise<OrderRow> {
  const left = (await callsOf(ctx, [whistleId])).filter((c) => c.state === 'called')
  return saveOrder(ctx, order, left.length > 0 ? {} : await end(ctx, order, whistleId, 'allIn'))
}

async function end(ctx: Ctx, order: Pick<OrderRow, 'flags'>, whistleId: string, how: string): Promise<OrderChange> {
  await db(ctx).updateTable('order_whistle').set({ state: 'ended', end_kind: how, ended_at: ts(ctx.clock.now()), ended_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', whistleId).execute()
  return { flags: withoutFlag(order, 'whistle') }
}

/** The department says that it need not come; the street decides then. */
export async function agreeRelease(ctx: Ctx, input: Input<typeof contract.agreeReleaseRoute>) {
  const { order, whistle, calls } = await lockWhistle(ctx, input.id)
  requireBlown(whistle)
  const call = ownCall(ctx, calls, input.unitId)
  requireCalled(call)
  await saveCall(ctx, call, { agreed_at: ts(ctx.clock.now()), agreed_by_name: ctx.actor.name, agree_note: input.note })
  await record(ctx, order, { act: 'agreeRelease', unit: { id: call.unit_id, name: call.unit_name }, text: input.note, visibility: 'staff' })
  if (whistle.unit_id) await tellUnit(ctx, order, { unit_id: whistle.unit_id, handler_id: null }, { type: 'order.whistle', level: 'P3', title: `部门同意撤回：${order.title}`, text: `${call.unit_name}：${input.note.slice(0, 100)}` })
  return answerOf(await saveOrder(ctx, order, {}))
}

/** The street withdraws a department, only with that department's consent. */
export async function releaseWhistle(ctx: Ctx, input: Input<typeof contract.releaseWhistleRoute>) {
  const { order, whistle, calls } = await lockWhistle(ctx, input.id)
  requireBlown(whistle)
  if (!actsAt(ctx, whistle.unit_id)) throw orderFail('notYours', { rule: 'orders.whistle.street', params: { act: '撤回部门' } })
  const call = calls.find((c) => c.unit_id === input.unitId)
  if (!call) throw orderFail('notFound')
  requireCalled(call)
  if (call.agreed_at === null) throw whistleFail('whistleNotAgreed', { rule: 'orders.whistle.agreement', params: { unit: call.unit_name } })
  await saveCall(ctx, call, { state: 'released', ended_by_name: ctx.actor.name, ended_at: ts(ctx.clock.now()), end_reason: input.reason })
  await letGo(ctx, order, call)
  await record(ctx, order, { act: 'releaseWhistle', text: input.reason, data: { units: [call.unit_name] }, visibility: 'staff' })
  await tellUnit(ctx, order, { unit_id: call.unit_id, handler_id: null }, { type: 'order.whistle', level: 'P3', title: `已撤回吹哨：${order.title}`, text: `工单 ${order.number}，贵单位不必再到场` })
  return answerOf(await settle(ctx, order, whistle.id))
}

/** A department that the order turned out not to concern does not read it any longer. */
async function letGo(ctx: Ctx, order: OrderRow, call: CallRow): Promise<void> {
  const unit = (await unitsByIds(ctx, [call.unit_id])).get(call.unit_id)
  if (call.brought && unit) await dropParty(ctx, order.id, unit)
}

/** The centre corrects who has to come. */
export async function correctWhistle(ctx: Ctx, input: Input<typeof contract.correctWhistleRoute>) {
  authorize(ctx, 'orders.manageWhistles')
  const { order, whistle, calls } = await lockWhistle(ctx, input.id)
  requireBlown(whistle)
  const standing = calls.filter((c) => c.state === 'called' || c.state === 'reported')
  const removed = standing.filter((c) => input.remove.includes(c.unit_id))
  const added = (await departments(ctx, input.add)).filter((u) => !standing.some((c) => c.unit_id === u.id) && u.id !== whistle.unit_id)
  if (removed.length + added.length === 0) throw whistleFail('whistleUnits', { rule: 'orders.whistle.units', params: { fault: '没有需要更正的部门' }, fields: [{ path: 'add', message: '请选择要增加或去掉的部门' }] })
  const came = removed.find((c) => c.state === 'reported')
  if (came) throw whistleFail('whistleReported', { rule: 'orders.whistle.reported', params: { unit: came.unit_name } })
  const now = ctx.clock.now()
  for (const call of removed) {
    await saveCall(ctx, call, { state: 'corrected', ended_by_name: ctx.actor.name, ended_at: ts(now), end_reason: input.reason })
    await letGo(ctx, order, call)
    await tellUnit(ctx, order, { unit_id: call.unit_id, handler_id: null }, { type: 'order.whistle', level: 'P3', title: `报到部门已更正：${order.title}`, text: `工单 ${order.number}，贵单位不必再到场` })
  }
  // Called later, they have the same time from now on as the others had.
  const due = plus(now, whistle.due_at !== null && whistle.blown_at !== null ? whistle.due_at - whistle.blown_at : 0)
  if (added.length > 0) await callUnits(ctx, order, { id: whistle.id, due, units: added, supplementary: whistle.supplementary, by: whistle.unit_name ?? '热线中心' })
  await record(ctx, order, { act: 'correctWhistle', text: input.reason, changes: { 报到部门: { old: standing.map((c) => c.unit_name), new: [...standing.filter((c) => !removed.includes(c)).map((c) => c.unit_name), ...added.map((u) => u.name)], label: '报到部门' } }, visibility: 'staff' })
  return answerOf(await settle(ctx, order, whistle.id))
}

/** The street (its own whistle) or the centre ends it; whoever has not come by then stays late where the limit passed. */
export async function endWhistle(ctx: Ctx, input: Input<typeof contract.endWhistleRoute>) {
  const { order, whistle, calls } = await lockWhistle(ctx, input.id)
  if (whistle.state === 'ended') throw whistleFail('whistleEnded', { rule: 'orders.whistle.ended' })
  const street = actsAt(ctx, whistle.unit_id) && !whistle.supplementary && whistle.state === 'blown'
  if (!street) authorize(ctx, 'orders.manageWhistles')
  const waiting = calls.find((c) => c.state === 'called' && c.agreed_at === null)
  if (street && waiting) throw whistleFail('whistleNotAgreed', { rule: 'orders.whistle.agreement', params: { unit: waiting.unit_name } })
  await dropCalls(ctx, whistle.id, input.reason)
  await record(ctx, order, { act: whistle.state === 'wanted' ? 'unmarkWhistle' : 'endWhistle', text: input.reason, visibility: 'staff' })
  return answerOf(await saveOrder(ctx, order, await end(ctx, order, whistle.id, whistle.state === 'wanted' ? 'unmarked' : street ? 'byUnit' : 'byCentre')))
}

async function dropCalls(ctx: Ctx, whistleId: string, reason: string): Promise<void> {
  const now = ts(ctx.clock.now())
  await db(ctx).updateTable('order_whistle_call').set({ state: 'released', ended_by_name: ctx.actor.name, ended_at: now, end_reason: reason }).where('tenant_id', '=', ctx.tenantId).where('whistle_id', '=', whistleId).where('state', '=', 'called').execute()
}

/** The order is over: nobody has to come any more. */
export async function dropWhistle(ctx: Ctx, orderId: string): Promise<void> {
  const open = await openWhistle(ctx, orderId)
  if (!open) return
  await dropCalls(ctx, open.id, '工单已结束')
  await end(ctx, { flags: [] }, open.id, 'orderEnded')
}

/** Once for each department whose limit passed: it is late, and street, department and centre know. */
export async function sweepWhistles(ctx: Ctx): Promise<void> {
  const due = await db(ctx).selectFrom('order_whistle_call as c').innerJoin('order_whistle as w', (j) => j.onRef('w.tenant_id', '=', 'c.tenant_id').onRef('w.id', '=', 'c.whistle_id')).select(['c.whistle_id', 'c.unit_id', 'w.order_id'])
    .where('c.tenant_id', '=', ctx.tenantId).where('c.state', '=', 'called').where('c.warned_at', 'is', null).where('c.due_at', '<=', ts(ctx.clock.now())).where('w.state', '=', 'blown').orderBy('w.order_id').limit(200).execute()
  for (const seen of due) {
    const order = await lockOrder(ctx, seen.order_id)
    const whistle = await openWhistle(ctx, order.id)
    const call = (await callsOf(ctx, [seen.whistle_id])).find((c) => c.unit_id === seen.unit_id)
    if (!whistle || !call || call.state !== 'called' || call.warned_at !== null) continue
    // Of an order that is over nobody is called any more; marked, the sweep does not look at it again.
    if (!isOpen(order.state)) {
      await saveCall(ctx, call, { warned_at: ts(ctx.clock.now()) })
      continue
    }
    await saveCall(ctx, call, { late: true, warned_at: ts(ctx.clock.now()) })
    await record(ctx, order, { act: 'whistleLate', unit: { id: call.unit_id, name: call.unit_name }, text: whistle.supplementary ? '补哨未按时报到' : '未按时报到', data: { dueAt: toIso(call.due_at) }, visibility: 'staff' })
    const word = { type: 'order.whistle', level: 'P2' as const, title: `未按时报到：${order.title}`, text: `工单 ${order.number}，${call.unit_name}${whistle.supplementary ? '（补哨）' : ''}` }
    await tellUnit(ctx, order, { unit_id: call.unit_id, handler_id: null }, { ...word, sms: 'unitWhistleLate' })
    if (whistle.unit_id) await tellUnit(ctx, order, { unit_id: whistle.unit_id, handler_id: null }, word)
    await tellDesk(ctx, order, 'orders.manageWhistles', word)
    await saveOrder(ctx, order, {})
  }
}
