// Dissatisfaction appeal: in a redo round a unit proves that there is no room left to handle (ORD-61).
import { can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { filesOf } from '../../platform/index.ts'
import { move } from '../acts.ts'
import { isOpenAssignment } from '../assignment.ts'
import { cancelClocks } from '../clocks.ts'
import { endPendingRequests } from '../end-requests.ts'
import { orderFail } from '../orders.errors.ts'
import { requireUnit } from '../orders.policy.ts'
import { db, isMirror, type AssignmentRow, type OrderRow, type RequestRow } from '../orders.queries.ts'
import type { ActState } from '../../../kernel/http/codec.ts'
import { pendingOf, type AssignmentActFacts } from '../requests/act-state.ts'
import { ask, dataOf, withFlag, type AskKind } from '../requests/ask.ts'
import { requestsOf } from '../return-requests.ts'
import { actNames, assignmentStateNames } from '../texts.zh-CN.ts'
import { assignmentAnswer, cancelAssignments, holdAssignment, requireBeforeClosing } from '../unit-acts.ts'
import { fileMarks } from './file-marks.ts'
import type { appealRoute } from './appeal-contract.ts'
import { APPEAL_FLOW } from './appeal-flow.ts'

/** Only what was given back by the requester's dissatisfaction can be appealed. */
const offered = (order: OrderRow, assignment: AssignmentRow): boolean => order.round > 1 && assignment.round === order.round && assignment.parent_id === null && assignment.role !== 'assist'

export const appealKind: AskKind = {
  kind: 'appeal', name: '不满意申诉', flow: APPEAL_FLOW,
  async decided(ctx, { order, all, request, approved, opinion }) {
    if (!approved) return leaveInUnit(ctx, request)
    if (order.state !== 'inProgress') return
    await cancelAssignments(ctx, order, all, all.filter((a) => isOpenAssignment(a.state)).map((a) => a.id))
    await cancelClocks(ctx, order.id)
    await endPendingRequests(ctx, order, 'resultReady')
    // Archived and marked: nobody calls the requester back any more.
    await move(ctx, order, 'appealApproved', { change: { flags: withFlag(order, 'appealApproved') }, entry: { text: opinion || null } })
  },
}

export async function appeal(ctx: Ctx, input: Input<typeof appealRoute>) {
  const { order, assignment } = await holdAssignment(ctx, input.id)
  requireUnit(ctx, assignment, 'orders.handle', '不满意申诉')
  requireBeforeClosing(order, '申诉')
  if (!offered(order, assignment)) throw orderFail('appealRound', { rule: 'orders.appeal.round' })
  if (isMirror(order)) throw orderFail('appealMirror', { rule: 'orders.appeal.mirror' })
  if (assignment.state !== 'handling') throw orderFail('assignmentForbids', { rule: 'orders.assignment.appeal', params: { state: assignmentStateNames[assignment.state], act: '申诉' } })
  if (input.fileIds.length === 0) throw orderFail('appealEvidence', { rule: 'orders.appeal.evidence', fields: [{ path: 'fileIds', message: '请上传证明材料' }] })
  await refuseOldEvidence(ctx, await requestsOf(ctx, order.id), input.fileIds)
  const asked = await ask(ctx, appealKind, order, { assignment, unit: { id: assignment.unit_id, name: assignment.unit_name }, reason: input.reason, fileIds: input.fileIds })
  return assignmentAnswer(asked.order, assignment.id, assignment.state)
}

/** The unit's own leader gave it back: the office has not seen the evidence. */
async function leaveInUnit(ctx: Ctx, request: RequestRow): Promise<void> {
  if (can(ctx, 'orders.decideAppeal')) return
  await db(ctx).updateTable('order_request').set({ data: json({ ...dataOf(request), withinUnit: true } as never) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', request.id).execute()
}

/** What the office refused once cannot be appealed again with the same files, however they are named. */
async function refuseOldEvidence(ctx: Ctx, requests: RequestRow[], fileIds: string[]): Promise<void> {
  const refused = requests.filter((r) => r.kind === 'appeal' && r.state === 'refused' && dataOf(r)['withinUnit'] !== true).map((r) => r.id)
  if (refused.length === 0) return
  const old = await fileMarks(ctx, [...(await filesOf(ctx, 'request', refused)).values()].flat().map((f) => f.id))
  const now = await fileMarks(ctx, fileIds)
  if ([...now].every((mark) => old.has(mark))) throw orderFail('appealSameEvidence', { rule: 'orders.appeal.sameEvidence', fields: [{ path: 'fileIds', message: '与已驳回的申诉材料相同，请补充新的证明' }] })
}

export function appealActs({ order, assignment, requests, signFirst }: Pick<AssignmentActFacts, 'order' | 'assignment' | 'requests' | 'signFirst'>): ActState[] {
  if (!offered(order, assignment)) return []
  const why: { rule: string; reason: string } | null = isMirror(order) ? { rule: 'orders.appeal.mirror', reason: '由转来中心回访，申诉请报转来中心' }
    : assignment.state !== 'handling' ? signFirst
    : pendingOf(requests, 'appeal', assignment.id) ? { rule: 'orders.requestPending', reason: '申诉正在审批' } : null
  return [{ act: 'appeal', label: actNames['appeal'] ?? '', enabled: why === null, ...why }]
}
