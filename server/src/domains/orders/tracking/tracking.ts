// Demands that last longer than any normal limit: tracked by reports at an interval until a normal result ends them (ORD-46).
import { sql, type Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { defineErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, plus, toIso, type Instant } from '../../../kernel/time/index.ts'
import { approvalFlow } from '../../flow/index.ts'
import { attachFiles, setting } from '../../platform/index.ts'
import { isOpenAssignment } from '../assignment.ts'
import { cancelClocks, clockOf, meetClocks, moveClock, startClocks } from '../clocks.ts'
import { orderFail } from '../orders.errors.ts'
import { actsFor, requireUnit } from '../orders.policy.ts'
import { db, lockAssignments, lockOrder, saveAssignment, saveOrder, type OrderRow } from '../orders.queries.ts'
import { requireRunning } from '../pauses/index.ts'
import { actState, pendingOf, type HandlingActs } from '../requests/act-state.ts'
import { ask, dataOf, withFlag, withoutFlag, type AskKind } from '../requests/ask.ts'
import { listOf, orderColumns, type OrderColumns } from '../requests/list-frame.ts'
import { tellDesk, tellUnit } from '../requests/tell.ts'
import { assignmentStateNames } from '../texts.zh-CN.ts'
import { record } from '../timeline.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { assignmentAnswer, holdAssignment, overFor, requireBeforeClosing } from '../unit-acts.ts'
import type * as contract from './tracking-contract.ts'
import { trackingInterval, trackingMaxDays } from './tracking.settings.ts'

type TrackingRow = Selectable<OrdersTables['order_tracking']>

const trackingFail = defineErrors('orders', {
  trackedAlready: { status: 409, title: '该任务已在跟踪' },
  notTracked: { status: 409, title: '该任务不在跟踪' },
  trackingUntil: { status: 422, title: '{fault}' },
})

export const trackingFlow = approvalFlow({
  key: 'orders.tracking', name: '工单-任务跟踪-审批', businessType: '工单', stage: '任务跟踪', names: { start: '申请任务跟踪', approved: '转为任务跟踪', returned: '不同意' },
  steps: [{ key: 'unit', name: '单位领导审批', actor: { permission: 'flow.approveInUnit', unit: 'subject' } }, { key: 'centre', name: '中心审批', actor: { permission: 'orders.approveTracking', unit: 'centre' } }],
})

export const activeTracking = (ctx: Ctx, assignmentId: string): Promise<TrackingRow | undefined> =>
  db(ctx).selectFrom('order_tracking').selectAll().where('tenant_id', '=', ctx.tenantId).where('assignment_id', '=', assignmentId).where('state', '=', 'active').executeTakeFirst()

export async function requestTracking(ctx: Ctx, input: Input<typeof contract.requestTrackingRoute>) {
  const { order, assignment } = await holdAssignment(ctx, input.id)
  requireUnit(ctx, assignment, 'orders.handle', '申请任务跟踪')
  requireBeforeClosing(order, '申请任务跟踪')
  if (assignment.state !== 'handling') throw orderFail('assignmentForbids', { rule: 'orders.assignment.tracking', params: { state: assignmentStateNames[assignment.state], act: '申请任务跟踪' } })
  await requireRunning(ctx, order, assignment.id)
  if (await activeTracking(ctx, assignment.id)) throw trackingFail('trackedAlready', { rule: 'orders.tracking' })
  const now = ctx.clock.now()
  const clock = await clockOf(ctx, assignment.id, 'handling')
  if (clock && clock.due_at <= now) throw orderFail('afterDeadline', { rule: 'orders.tracking.beforeDeadline', until: toIso(clock.due_at) })
  const latest = plus(now, (await setting(ctx, trackingMaxDays)) * DAY)
  const fault = clock && input.untilAt <= clock.due_at ? '预计完成时间须晚于办理时限，否则请按时限办理' : input.untilAt <= now ? '预计完成时间须晚于现在' : input.untilAt > latest ? '预计完成时间超过允许的跟踪时长' : null
  if (fault) throw trackingFail('trackingUntil', { rule: 'tracking.maxDays', params: { fault }, until: toIso(latest), fields: [{ path: 'untilAt', message: fault }] })
  const intervalDays = Math.min(input.intervalDays ?? 366, await setting(ctx, trackingInterval))
  const asked = await ask(ctx, tracking, order, {
    assignment, unit: { id: assignment.unit_id, name: assignment.unit_name }, reason: input.reason, fileIds: input.fileIds, newDueAt: input.untilAt, ...(clock ? { oldDueAt: clock.due_at } : {}), data: { plan: input.plan, intervalDays },
  })
  return assignmentAnswer(asked.order, assignment.id, assignment.state)
}

export const tracking: AskKind = {
  kind: 'tracking', name: '任务跟踪', flow: 'orders.tracking',
  async decided(ctx, { order, all, request, approved }) {
    const assignment = all.find((a) => a.id === request.assignment_id)
    if (!approved || !assignment || !isOpenAssignment(assignment.state) || overFor(order) || request.new_due_at === null) return
    const { plan, intervalDays } = dataOf(request)
    const days = typeof intervalDays === 'number' ? intervalDays : await setting(ctx, trackingInterval)
    const now = ctx.clock.now()
    const next = plus(now, days * DAY)
    await db(ctx).insertInto('order_tracking').values({
      tenant_id: ctx.tenantId, id: newId(), order_id: order.id, assignment_id: assignment.id, unit_id: assignment.unit_id, unit_name: assignment.unit_name, request_id: request.id, state: 'active', plan: typeof plan === 'string' ? plan : request.reason, interval_days: days,
      started_at: ts(now), until_at: ts(request.new_due_at), next_report_at: ts(next),
    }).execute()
    // Beyond the normal limit: the handling clock ends with the plan, reports have a clock of their own.
    const clock = await clockOf(ctx, assignment.id, 'handling')
    if (clock) {
      await moveClock(ctx, clock, request.new_due_at, '转为任务跟踪')
      await saveAssignment(ctx, assignment.id, { due_at: ts(request.new_due_at) })
    }
    await startReportClock(ctx, order, assignment, days)
    await record(ctx, order, { act: 'tracked', assignmentId: assignment.id, unit: { id: assignment.unit_id, name: assignment.unit_name }, text: '已转为长期办理，将定期反馈进展', data: { untilAt: toIso(request.new_due_at), intervalDays: days }, visibility: 'public' })
    return { flags: withFlag(order, 'tracking') }
  },
}

const startReportClock = async (ctx: Ctx, order: Pick<OrderRow, 'id'>, assignment: { id: string; unit_id: string }, days: number): Promise<void> => {
  await startClocks(ctx, order, [{ kind: 'tracking', assignmentId: assignment.id, unitId: assignment.unit_id, duration: { amount: days, unit: 'naturalDays' }, ruleText: `任务跟踪每 ${days} 天报告一次`, startedAt: ctx.clock.now() }])
}

/** A stage report: progress that the requester sees, and the next interval begins. */
export async function reportTracking(ctx: Ctx, input: Input<typeof contract.reportTrackingRoute>) {
  const { order, assignment } = await holdAssignment(ctx, input.id)
  requireUnit(ctx, assignment, 'orders.handle', '提交阶段报告')
  const row = await activeTracking(ctx, assignment.id)
  if (!row) throw trackingFail('notTracked', { rule: 'orders.tracking' })
  const now = ctx.clock.now()
  const id = newId()
  const earlier = await db(ctx).selectFrom('order_feedback').select((eb) => eb.fn.max('version').as('version')).where('tenant_id', '=', ctx.tenantId).where('assignment_id', '=', assignment.id).executeTakeFirst()
  await db(ctx).insertInto('order_feedback').values({
    tenant_id: ctx.tenantId, id, order_id: order.id, assignment_id: assignment.id, unit_id: assignment.unit_id, unit_name: assignment.unit_name, version: (earlier?.version ?? 0) + 1, kind: 'progress', state: 'accepted', handled_at: ts(now), method: '阶段报告', result: input.text,
    visibility: input.public ? 'public' : 'unitLine', submitted_by: ctx.actor.kind === 'user' ? ctx.actor.id : null, submitted_by_name: ctx.actor.name, submitted_at: ts(now),
  }).execute()
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'feedback', objectType: 'feedback', objectId: id, audience: input.public ? 'public' : 'staff' })
  await meetClocks(ctx, order.id, { kinds: ['tracking'], assignmentIds: [assignment.id] })
  await startReportClock(ctx, order, assignment, row.interval_days)
  await db(ctx).updateTable('order_tracking').set({ reports: row.reports + 1, next_report_at: ts(plus(now, row.interval_days * DAY)), warned_for_at: null }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  await record(ctx, order, { act: 'reportTracking', assignmentId: assignment.id, text: input.text, data: { feedbackId: id, nth: row.reports + 1 }, visibility: input.public ? 'public' : 'unitLine' })
  return assignmentAnswer(await saveOrder(ctx, order, {}), assignment.id, assignment.state)
}

/** A missed report is told and counted once for each report time; the list shows it until somebody reports. */
export async function sweepTrackings(ctx: Ctx): Promise<void> {
  const late = await db(ctx).selectFrom('order_tracking').selectAll().where('tenant_id', '=', ctx.tenantId).where('state', '=', 'active').where('next_report_at', '<=', ts(ctx.clock.now())).where((eb) => eb.or([eb('warned_for_at', 'is', null), eb('warned_for_at', '<', eb.ref('next_report_at'))])).limit(200).execute()
  for (const seen of late) {
    const order = await lockOrder(ctx, seen.order_id)
    const assignment = (await lockAssignments(ctx, order.id)).find((a) => a.id === seen.assignment_id)
    if (!assignment || !isOpenAssignment(assignment.state)) {
      await endTracking(ctx, order.id, assignment?.state === 'done' ? 'result' : 'orderEnded', [seen.assignment_id])
      await saveOrder(ctx, order, { flags: withoutFlag(order, 'tracking') })
      continue
    }
    await db(ctx).updateTable('order_tracking').set({ missed: seen.missed + 1, warned_for_at: ts(seen.next_report_at) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', seen.id).execute()
    await record(ctx, order, { act: 'trackingMissed', assignmentId: assignment.id, unit: { id: assignment.unit_id, name: assignment.unit_name }, text: '阶段报告逾期', data: { dueAt: toIso(seen.next_report_at) }, visibility: 'unitLine' })
    const word = { type: 'order.tracking', level: 'P2' as const, title: `阶段报告逾期：${order.title}`, text: `工单 ${order.number}，请立即提交阶段报告` }
    await tellUnit(ctx, order, assignment, { ...word, sms: 'unitTrackingLate' })
    await tellDesk(ctx, order, 'orders.approveTracking', word)
  }
}

export async function endTracking(ctx: Ctx, orderId: string, how: 'result' | 'orderEnded', assignmentIds?: string[]): Promise<void> {
  let query = db(ctx).updateTable('order_tracking').set({ state: 'ended', ended_at: ts(ctx.clock.now()), end_kind: how }).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('state', '=', 'active')
  if (assignmentIds) query = query.where('assignment_id', 'in', assignmentIds)
  await query.execute()
  if (assignmentIds) await cancelClocks(ctx, orderId, { kinds: ['tracking'], assignmentIds })
}

/** Its normal result ends the tracking of an assignment: the last interval owes no report. */
export async function trackingDone(ctx: Ctx, order: OrderRow, assignmentId: string): Promise<OrderRow> {
  if (!order.flags.includes('tracking')) return order
  await endTracking(ctx, order.id, 'result', [assignmentId])
  const left = await db(ctx).selectFrom('order_tracking').select('id').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where('state', '=', 'active').executeTakeFirst()
  return left ? order : saveOrder(ctx, order, { flags: withoutFlag(order, 'tracking') })
}

export async function listTrackings(ctx: Ctx, input: Input<typeof contract.listTrackingsRoute>) {
  authorize(ctx, 'orders.read')
  const now = ctx.clock.now()
  const where = [sql`x.tenant_id = ${ctx.tenantId} and x.state = ${input.state}`]
  if (input.overdue) where.push(sql`x.next_report_at <= ${ts(now)}`)
  if (input.orderId) where.push(sql`x.order_id = ${input.orderId}`)
  if (input.unitId) where.push(sql`x.unit_id = ${input.unitId}`)
  const active = input.state === 'active'
  const page = await listOf<TrackingRow & OrderColumns>(ctx, { columns: sql`x.*, ${orderColumns}`, from: sql`order_tracking x join order_order o on o.tenant_id = x.tenant_id and o.id = x.order_id`, where, at: active ? 'x.next_report_at' : 'x.started_at', id: 'x.id', down: !active }, input)
  return {
    items: page.rows.map((r) => ({
      id: r.id, orderId: r.order_id, number: r.number, title: r.title, urgency: r.urgency, orderState: r.order_state, assignmentId: r.assignment_id, unitId: r.unit_id, unitName: r.unit_name, state: r.state as 'active' | 'ended', plan: r.plan, intervalDays: r.interval_days, startedAt: r.started_at, untilAt: r.until_at,
      nextReportAt: r.next_report_at, overdue: r.state === 'active' && (r.next_report_at as Instant) <= now, reports: r.reports, missed: r.missed, endedAt: r.ended_at, endKind: r.end_kind,
    })),
    next: page.next, count: page.count,
  }
}

export const trackingActs: HandlingActs = {
  async assignment(ctx, { order, assignment, requests, signFirst }) {
    if (!actsFor(ctx, assignment.unit_id, 'orders.handle') || !isOpenAssignment(assignment.state)) return []
    if (order.flags.includes('tracking') && (await activeTracking(ctx, assignment.id))) return [actState('reportTracking', assignment.state === 'handling' ? null : signFirst)]
    const late = assignment.due_at !== null && assignment.due_at <= ctx.clock.now()
    return [actState('requestTracking', assignment.state !== 'handling' ? signFirst : pendingOf(requests, 'tracking', assignment.id) ? { rule: 'orders.requestPending', reason: '任务跟踪申请正在审批' } : late ? { rule: 'orders.tracking.beforeDeadline', reason: '已超过办理时限' } : null)]
  },
}
