// Feedback and its way up: submit, review by the unit's leader or the unit above, until the round is complete (ORD-50, 51).
import type { Ctx } from '../../kernel/ctx.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import type { FieldError } from '../../kernel/errors.ts'
import type { Input } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { findMatter } from '../matters/index.ts'
import { attachFiles, filesOf, setting, unitsByIds } from '../platform/index.ts'
import { about, move } from './acts.ts'
import { checkClosing, declare } from './closing/index.ts'
import { demandAtClosing, leaderReviews } from './case-profiles/index.ts'
import { noteContact, requireContact } from './contacts/index.ts'
import { requireRunning } from './pauses/index.ts'
import { trackingDone } from './tracking/index.ts'
import { isOpenAssignment, resultComplete } from './assignment.ts'
import { correctVersion, latestResult, type Correction } from './checks/feedback-version.ts'
import { limitOf, meetClocks, startClocks } from './clocks.ts'
import { refuseBlocked } from './checks/block-words.ts'
import type * as contract from './contract.ts'
import { endPendingRequests } from './end-requests.ts'
import { feedbackSentBack, feedbackSubmitted, orderResultReady } from './events.ts'
import { obey } from './node-rules/index.ts'
import { orderFail } from './orders.errors.ts'
import { actsFor, requireUnit } from './orders.policy.ts'
import { db, lockAssignments, saveAssignment, saveAssignments, saveOrder, type AssignmentRow, type FeedbackRow, type OrderRow } from './orders.queries.ts'
import { pendingOf } from './requests/act-state.ts'
import { requestsOf } from './return-requests.ts'
import { acceptByRule } from './review-result.ts'
import { assistAfterLead, subCentreAnswers, unitClosingRoute, unitLeaderReview } from './settings.ts'
import { record } from './timeline.ts'
import { assignmentAnswer, holdAssignment, requireAssignmentAct, type Held } from './unit-acts.ts'

/** Feedback of this and every deeper level is immutable once submitted; a correction is a new version. */
export async function submitFeedback(ctx: Ctx, input: Input<typeof contract.submitFeedbackRoute>) {
  const held = await holdAssignment(ctx, input.id)
  const { order, assignment, all } = held
  requireUnit(ctx, assignment, 'orders.handle', '办理反馈')
  const result = input.kind === 'result'
  const reviewed = assignment.parent_id !== null || ((await leaderReviews(ctx, order, assignment.unit_id)) ?? (await setting(ctx, unitLeaderReview, assignment.unit_id)))
  const state = result ? requireAssignmentAct(assignment, 'submitFeedback', '办理反馈', { reviewed }) : assignment.state
  if (!result && assignment.state !== 'handling') requireAssignmentAct(assignment, 'submitFeedback', '反馈进展')
  const openChild = result ? all.find((a) => a.parent_id === assignment.id && isOpenAssignment(a.state)) : undefined
  if (openChild) throw orderFail('childOpen', { rule: 'orders.feedback.children', params: { unit: openChild.unit_name } })
  if (result) {
    // A unit that asks to give the assignment back cannot answer it meanwhile: nobody would know which of the two holds.
    if (pendingOf(await requestsOf(ctx, order.id), 'return', assignment.id)) throw orderFail('returnPending', { rule: 'orders.feedback.returnPending' })
    await refuseBlocked(ctx, order.id, { result: input.result, basis: input.basis })
    await requireRunning(ctx, order, assignment.id)
    await requireContact(ctx, assignment, input.contact?.reached === true)
    await checkComplete(ctx, order, input)
    await demandAtClosing(ctx, order, assignment, input)
    await obey(ctx, order, 'feedback', 'handling')
  }
  if (input.quotedFrom) await checkQuote(ctx, order, input.quotedFrom)
  const closing = await checkClosing(ctx, input.closing)

  const now = ctx.clock.now()
  const id = newId()
  const earlier = await db(ctx).selectFrom('order_feedback').select((eb) => eb.fn.max('version').as('version')).where('tenant_id', '=', ctx.tenantId).where('assignment_id', '=', assignment.id).executeTakeFirst()
  const version = (earlier?.version ?? 0) + 1
  await db(ctx).insertInto('order_feedback').values({
    tenant_id: ctx.tenantId, id, order_id: order.id, assignment_id: assignment.id, unit_id: assignment.unit_id, unit_name: assignment.unit_name, version, kind: input.kind, state: state === 'done' ? 'accepted' : 'submitted',
    handled_at: input.handledAt === undefined ? ts(now) : ts(input.handledAt), method: input.method ?? null, result: input.result, basis: input.basis ?? null, opinion: input.opinion ?? null,
    contact: input.contact ? json(input.contact as never) : null, contacted: input.contacted, solved: input.solved, satisfied: input.satisfied, checklist: input.checklist ? json(input.checklist as never) : null, closing: closing ? json(closing as never) : null, industry_unit_id: input.industryUnitId ?? null,
    quoted_from: input.quotedFrom ?? null, callback_requested: input.callbackRequested, outside_area: input.outsideArea, visibility: input.public ? 'public' : 'unitLine',
    submitted_by: ctx.actor.kind === 'user' ? ctx.actor.id : null, submitted_by_name: ctx.actor.name, submitted_at: ts(now),
  }).execute()
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'feedback', objectType: 'feedback', objectId: id, audience: input.public ? 'public' : 'staff' })
  if (result) await declare(ctx, order, assignment, input)
  if (input.contact) await noteContact(ctx, order, assignment, { method: input.contact.method, outcome: input.contact.reached ? 'reached' : 'notReached', met: input.contact.met, at: input.contact.at, note: input.contact.note })
  if (input.contacted === 'yes') await meetClocks(ctx, order.id, { kinds: ['firstContact', 'response'], assignmentIds: [assignment.id] })
  await record(ctx, order, { act: result ? 'feedback' : 'progress', assignmentId: assignment.id, text: input.result, data: { feedbackId: id, version, ...(input.quotedFrom ? { quotedFrom: input.quotedFrom } : {}) }, visibility: input.public ? 'public' : 'unitLine' })
  const parent = all.find((a) => a.id === assignment.parent_id)
  ctx.publish(feedbackSubmitted({ ...about(order), assignmentId: assignment.id, unitId: assignment.unit_id, parentUnitId: parent?.unit_id ?? null, kind: input.kind }))
  if (!result) return assignmentAnswer(await saveOrder(ctx, order, {}), assignment.id, assignment.state)
  await saveAssignment(ctx, assignment.id, { state, ...(state === 'done' ? { done_at: ts(now) } : {}) })
  const saved = state === 'done' ? await finish(ctx, held) : await saveOrder(ctx, order, {})
  return assignmentAnswer(saved, assignment.id, state)
}

/** Against the matter's closing standard: text, basis where the matter has one, and the evidence it demands. */
async function checkComplete(ctx: Ctx, order: OrderRow, input: Input<typeof contract.submitFeedbackRoute>): Promise<void> {
  const fields: FieldError[] = []
  const matter = order.matter_id ? await findMatter(ctx, order.matter_id) : null
  if (matter?.closingBasis && !input.basis) fields.push({ path: 'basis', message: '请填写处置依据' })
  const needed = matter?.closingStandard.filter((item) => item.evidence) ?? []
  if (needed.length > 0 && input.fileIds.length === 0 && !input.quotedFrom) fields.push({ path: 'fileIds', message: `请上传证明材料：${needed.map((n) => n.text).join('、')}` })
  if (fields.length > 0) throw orderFail('feedbackIncomplete', { rule: 'orders.closingStandard', fields })
}

async function checkQuote(ctx: Ctx, order: OrderRow, feedbackId: string): Promise<void> {
  const row = await db(ctx).selectFrom('order_feedback').select('id').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where('id', '=', feedbackId).executeTakeFirst()
  if (!row) throw orderFail('quoteUnknown', { fields: [{ path: 'quotedFrom', message: '引用的反馈不存在' }] })
}

/** The unit's leader decides on the result of a top assignment. */
export async function reviewFeedback(ctx: Ctx, input: ReviewInput) {
  const held = await holdAssignment(ctx, input.id)
  if (held.assignment.parent_id !== null) return reviewChild(ctx, input)
  requireUnit(ctx, held.assignment, 'orders.approve', '审核反馈')
  return decide(ctx, held, input)
}

/** The unit above decides on what it handed down. */
export async function reviewChild(ctx: Ctx, input: Input<typeof contract.reviewChildRoute>) {
  const held = await holdAssignment(ctx, input.id)
  const parent = held.all.find((a) => a.id === held.assignment.parent_id)
  if (!parent || !(actsFor(ctx, parent.unit_id, 'orders.handle') || actsFor(ctx, parent.unit_id, 'orders.approve'))) throw orderFail('notYours', { params: { act: '审核下级反馈' }, rule: 'orders.handle' })
  return decide(ctx, held, input)
}

type ReviewInput = { id: string; outcome: 'accept' | 'sendBack'; opinion?: string | undefined; corrected?: Correction | undefined }

async function decide(ctx: Ctx, held: Held, input: ReviewInput) {
  const { order, assignment } = held
  if (await latestResult(ctx, assignment.id, ['rejected'])) throw orderFail('correctFirst', { rule: 'orders.closing.correctFirst' })
  const accept = input.outcome === 'accept'
  if (assignment.parent_id === null) await obey(ctx, order, accept ? 'accept' : 'sendBack', 'unitReview')
  const state = requireAssignmentAct(assignment, accept ? 'accept' : 'sendBack', accept ? '审核通过' : '退回修改')
  if (!accept && !input.opinion) throw orderFail('feedbackIncomplete', { rule: 'orders.sendBack', fields: [{ path: 'opinion', message: '退回须填写意见' }] })
  const now = ctx.clock.now()
  // The leader mends words and files in place: the handler's version stays, the corrected one is approved (ORD-55).
  const base = accept && input.corrected ? await latestResult(ctx, assignment.id, ['submitted']) : undefined
  if (base && input.corrected) {
    const made = await correctVersion(ctx, assignment, base, input.corrected, 'submitted')
    if (Object.keys(made.changes).length > 0) await record(ctx, order, { act: 'correctFeedback', assignmentId: assignment.id, text: null, changes: made.changes, data: { feedbackId: made.id, version: made.version, corrects: base.id }, visibility: 'unitLine' })
  }
  await db(ctx).updateTable('order_feedback').set({ state: accept ? 'accepted' : 'sentBack', review_opinion: input.opinion ?? null, reviewed_by_name: ctx.actor.name, reviewed_at: ts(now) })
    .where('tenant_id', '=', ctx.tenantId).where('assignment_id', '=', assignment.id).where('kind', '=', 'result').where('state', '=', 'submitted').execute()
  await saveAssignment(ctx, assignment.id, { state, ...(accept ? { done_at: ts(now) } : {}) })
  await record(ctx, order, { act: accept ? 'acceptFeedback' : 'sendBackFeedback', assignmentId: assignment.id, text: input.opinion ?? null, data: { unitName: assignment.unit_name }, visibility: 'unitLine' })
  if (!accept) ctx.publish(feedbackSentBack({ ...about(order), assignmentId: assignment.id, unitId: assignment.unit_id, opinion: input.opinion ?? '' }))
  const saved = accept ? await finish(ctx, { ...held, order }) : await saveOrder(ctx, order, {})
  return assignmentAnswer(saved, assignment.id, state)
}

/** After an assignment is done: its clocks are met, and the order goes to result review when the round is complete. */
export async function finish(ctx: Ctx, { order: held, assignment }: Held): Promise<OrderRow> {
  await meetClocks(ctx, held.id, { kinds: ['handling', 'response', 'firstContact', 'tracking'], assignmentIds: [assignment.id] })
  const order = await trackingDone(ctx, held, assignment.id)
  if (assignment.parent_id !== null || order.state !== 'inProgress') return saveOrder(ctx, order, {})
  const all = await lockAssignments(ctx, order.id)
  const facts = all.map((a) => ({ id: a.id, parentId: a.parent_id, role: a.role, state: a.state, round: a.round, unitId: a.unit_id }))
  if (!resultComplete(facts, order.round).complete) return saveOrder(ctx, order, {})
  const ready = await resultReady(ctx, order, all)
  const rule = await closesWithoutReview(ctx, ready, all)
  return rule === null ? ready : acceptByRule(ctx, ready, rule)
}

/** A sub-centre answers itself; a direct order's closing goes to the platform above, both only where the tenant says so. */
async function closesWithoutReview(ctx: Ctx, order: OrderRow, all: AssignmentRow[]): Promise<string | null> {
  if (order.source === 'platform' && order.dispatch_kind === 'direct' && (await setting(ctx, unitClosingRoute)) === 'upper') return '直派件办结直接报送上级平台'
  const tops = all.filter((a) => a.parent_id === null && a.round === order.round && a.state === 'done' && a.role !== 'assist')
  const units = await unitsByIds(ctx, tops.map((a) => a.unit_id))
  const own = tops.length > 0 && tops.every((a) => units.get(a.unit_id)?.kind === 'subCentre')
  return own && (await setting(ctx, subCentreAnswers)) ? '分中心自行办结答复' : null
}

/** The order's result stands: the centre's reviewers have it now. Also called when the result of a lower tenant comes back. */
export async function resultReady(ctx: Ctx, order: OrderRow, all: AssignmentRow[]): Promise<OrderRow> {
  const now = ctx.clock.now()
  if ((await setting(ctx, assistAfterLead)) === 'autoClose') {
    const owed = all.filter((a) => a.role === 'assist' && isOpenAssignment(a.state))
    await saveAssignments(ctx, owed.map((a) => a.id), { state: 'done', done_at: ts(now) })
    await meetClocks(ctx, order.id, { assignmentIds: owed.map((a) => a.id) })
  }
  await endPendingRequests(ctx, order, 'resultReady')
  const limit = await limitOf(ctx, order, 'resultReview')
  await startClocks(ctx, order, [{ kind: 'resultReview', duration: limit?.duration ?? { amount: 1, unit: 'workingDays' }, ruleText: limit?.ruleText ?? '结果审核时限', startedAt: now }])
  const saved = await move(ctx, order, 'resultReady', { entry: { unit: null, text: null, visibility: 'internal' } })
  ctx.publish(orderResultReady(about(order)))
  return saved
}

/** Accepted or submitted results of the current round's top assignments, leads first: what the reviewer reads and may adopt. */
export async function currentResults(ctx: Ctx, order: OrderRow, all: AssignmentRow[]): Promise<FeedbackRow[]> {
  const tops = all.filter((a) => a.parent_id === null && a.round === order.round && a.state === 'done')
  if (tops.length === 0) return []
  const rows = await db(ctx).selectFrom('order_feedback').selectAll().where('tenant_id', '=', ctx.tenantId).where('assignment_id', 'in', tops.map((a) => a.id)).where('kind', '=', 'result').where('state', '=', 'accepted').orderBy('submitted_at', 'desc').execute()
  const leads = new Set(tops.filter((a) => a.role === 'lead').map((a) => a.id))
  return rows.toSorted((a, b) => Number(leads.has(b.assignment_id)) - Number(leads.has(a.assignment_id)))
}

/** Required evidence of the matter that no file of the results covers: the names of the missing items. */
export async function missingEvidence(ctx: Ctx, order: OrderRow, results: FeedbackRow[]): Promise<string[]> {
  const matter = order.matter_id ? await findMatter(ctx, order.matter_id) : null
  const needed = matter?.closingStandard.filter((item) => item.evidence).map((item) => item.text) ?? []
  if (needed.length === 0) return []
  const files = await filesOf(ctx, 'feedback', results.flatMap((r) => [r.id, ...(r.quoted_from ? [r.quoted_from] : [])]))
  return [...files.values()].some((list) => list.length > 0) ? [] : needed
}
