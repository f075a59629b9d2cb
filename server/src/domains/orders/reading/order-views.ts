// Rows of an order as its page shows them.
import type { Ctx } from '../../../kernel/ctx.ts'
import type { ActState } from '../../../kernel/http/codec.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import type { FileInfo } from '../../platform/index.ts'
import { isOpenAssignment } from '../assignment.ts'
import type { AssignmentRow, ClockRow, FeedbackRow, OrderRow, RequestRow } from '../orders.queries.ts'
import { assignmentStateNames, clockNames, roleNames } from '../texts.zh-CN.ts'
import { requestKindNames } from '../requests/requests.zh-CN.ts'
import type { OrderDetail } from './detail-contract.ts'
import type { OrderParts } from './order-parts.ts'
import type { Reader } from './reader.ts'

type ClockView = OrderDetail['clocks'][number]

/** Clocks of the centre's own desks. */
const deskClocks: readonly string[] = ['stage', 'resultReview']

/** Running ones by what ends first, then the paused, then those that are over. Units see when others are due, not why that was moved: the reason is the other unit's own words; the desks' clocks are the centre's. */
export function clockViews(ctx: Ctx, { clocks, clockChanges, assignments }: Pick<OrderParts, 'clocks' | 'clockChanges' | 'assignments'>, reader: Reader): ClockView[] {
  const reads = (c: ClockRow): boolean => reader.centre || (c.assignment_id !== null && reader.line.has(c.assignment_id))
  const now = ctx.clock.now()
  const rank: Record<string, number> = { running: 0, paused: 1, met: 2, cancelled: 3 }
  return clocks
    .filter((c) => reader.centre || !deskClocks.includes(c.kind))
    .toSorted((a, b) => (rank[a.state] ?? 9) - (rank[b.state] ?? 9) || a.due_at - b.due_at)
    .map((c) => ({
      id: c.id, kind: c.kind, name: clockNames[c.kind] ?? c.kind, assignmentId: c.assignment_id, unitName: assignments.find((a) => a.id === c.assignment_id)?.unit_name ?? null, state: c.state as ClockView['state'], timing: clockTiming(c, now),
      startedAt: c.started_at, dueAt: c.due_at, yellowAt: c.yellow_at, metAt: c.met_at, pausedAt: c.paused_at, amount: c.amount, basis: c.basis, ruleText: c.rule_text,
      changes: clockChanges.filter((h) => h.clock_id === c.id).map((h) => ({ at: h.at, what: h.what, oldDueAt: h.old_due_at, newDueAt: h.new_due_at, ...(reads(c) ? { actorName: h.actor_name, reason: h.reason } : { actorName: '', reason: null }) })),
    }))
}

export function clockTiming(clock: Pick<ClockRow, 'state' | 'due_at' | 'yellow_at'>, now: Instant): ClockView['timing'] {
  if (clock.state === 'met' || clock.state === 'cancelled' || clock.state === 'paused') return clock.state
  return clock.due_at <= now ? 'overdue' : clock.yellow_at <= now ? 'near' : 'inTime'
}

export function assignmentView(ctx: Ctx, order: OrderRow, a: AssignmentRow, reader: Reader, acts: ActState[]): OrderDetail['assignments'][number] {
  const open = reader.centre || reader.line.has(a.id)
  const afterLead = order.state === 'pendingResultReview' || order.state === 'pendingCallback' || order.state === 'closed' || order.state === 'archived'
  return {
    id: a.id, parentId: a.parent_id, unitId: a.unit_id, unitName: a.unit_name, role: a.role, roleName: roleNames[a.role], state: a.state, stateName: assignmentStateNames[a.state], round: a.round, routeMode: a.route_mode, handlerName: open ? a.handler_name : null,
    opinion: open ? a.opinion : null, requirement: open ? a.requirement : null, recommendedUnitId: reader.centre ? a.recommended_unit_id : null, opinionHidden: !open && Boolean(a.opinion ?? a.requirement),
    dispatchedAt: a.dispatched_at, dispatchedByName: a.dispatched_by_name, signedAt: a.signed_at, signedByName: a.signed_by_name, autoSigned: a.auto_signed, autoSignAt: a.state === 'pendingSign' ? a.auto_sign_at : null, dueAt: a.due_at,
    contactedAt: a.contacted_at, doneAt: a.done_at, owed: a.role === 'assist' && afterLead && isOpenAssignment(a.state), mine: ctx.actor.unitIds.includes(a.unit_id), version: a.version, acts,
  }
}

export const feedbackView = (f: FeedbackRow, files: FileInfo[]): OrderDetail['feedback'][number] => ({
  id: f.id, assignmentId: f.assignment_id, unitId: f.unit_id, unitName: f.unit_name, version: f.version, kind: f.kind, state: f.state, handledAt: f.handled_at, method: f.method, result: f.result, basis: f.basis, opinion: f.opinion, contact: f.contact,
  contacted: f.contacted, solved: f.solved, satisfied: f.satisfied, checklist: f.checklist, quotedFrom: f.quoted_from, callbackRequested: f.callback_requested, outsideArea: f.outside_area, visibility: f.visibility,
  submittedByName: f.submitted_by_name, submittedAt: f.submitted_at, reviewOpinion: f.review_opinion, reviewedByName: f.reviewed_by_name, reviewedAt: f.reviewed_at, files,
})

const kindNames: Record<string, string> = { ...requestKindNames, return: '退回', extension: '延时', withdrawal: '撤单', appeal: '不满意申诉', returnReset: '退回重开', report: '办理报告' }

export const requestView = (r: RequestRow, files: FileInfo[], { mayDecide, outcomes }: { mayDecide: boolean; outcomes: string[] }): OrderDetail['requests'][number] => ({
  id: r.id, kind: r.kind, kindName: kindNames[r.kind] ?? r.kind, stage: r.stage, state: r.state, round: r.round, assignmentId: r.assignment_id, unitId: r.unit_id, unitName: r.unit_name, reasonClass: r.reason_class, reason: r.reason, withinWindow: r.within_window, outcome: r.outcome,
  oldDueAt: r.old_due_at, newDueAt: r.new_due_at, flowInstanceId: r.flow_instance_id, applicantName: r.applicant_name, createdAt: r.created_at, decidedAt: r.decided_at, decidedByName: r.decided_by_name, opinion: r.opinion, files, mayDecide, outcomes: mayDecide ? outcomes : [],
})
