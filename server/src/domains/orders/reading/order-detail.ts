// One order in the reader's view: facts masked, other units' opinions left out, acts with their reasons.
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { byKey } from '../../../kernel/db/statement-names.ts'
import { flowsOf } from '../../flow/index.ts'
import { formVersion } from '../../forms/index.ts'
import { categoryById, findMatter, schemeNodeById } from '../../matters/index.ts'
import { areaName, tenantById } from '../../platform/index.ts'
import { linesOf } from '../lines/line-store.ts'
import { profileOf } from '../case-profiles/profile-store.ts'
import { assignmentActs, orderActs } from '../order-acts.ts'
import { publicState } from '../order.ts'
import { readOrder, readOrderByNumber } from '../orders.policy.ts'
import { db, type AssignmentRow, type OrderRow, type RequestRow } from '../orders.queries.ts'
import { taskForces } from '../queues/queue.ts'
import { shownName } from '../requesters/contact.ts'
import { mayDecide, returnOutcomes } from '../decide-return.ts'
import { appealTypeNames, channelNames, closeKindNames, publicStateNames, stateNames, urgencyNames } from '../texts.zh-CN.ts'
import { resultOfTransfer } from '../transfer/index.ts'
import { mayDecideWithdrawal } from '../withdrawal-requests.ts'
import { chainOf } from './chain.ts'
import type { OrderDetail } from './detail-contract.ts'
import { clockOfRow } from './list-rows.ts'
import { assignmentView, clockViews, feedbackView, requestView } from './order-views.ts'
import { marksOfOrder } from '../key-cases/index.ts'
import { orderFiles, partsOf } from './order-parts.ts'
import { readerOf } from './reader.ts'
import { linkNames, namedFlags } from './reading.zh-CN.ts'

export async function getOrder(ctx: Ctx, input: { id: string }): Promise<OrderDetail> {
  authorize(ctx, 'orders.read')
  const keyed = byKey(ctx)
  return detailOf(keyed, await readOrder(keyed, input.id))
}

export async function getOrderByNumber(ctx: Ctx, input: { number: string }): Promise<OrderDetail> {
  authorize(ctx, 'orders.read')
  const keyed = byKey(ctx)
  return detailOf(keyed, await readOrderByNumber(keyed, input.number))
}

async function detailOf(ctx: Ctx, order: OrderRow): Promise<OrderDetail> {
  const parts = await partsOf(ctx, order)
  const reader = await readerOf(ctx, parts.assignments)
  const sees = (visibility: string, assignmentId: string | null, unitId: string | null): boolean => reader.sees({ visibility, assignmentId, unitId })
  const feedback = parts.feedback.filter((f) => sees(f.visibility, f.assignment_id, f.unit_id))
  const requests = parts.requests.filter((r) => sees('unitLine', r.assignment_id, r.unit_id))
  const [flows, files, facts, chain, acts, assignments] = await Promise.all([
    flowsOf(ctx, requests.flatMap((r) => (r.flow_instance_id && r.state === 'pending' ? [r.flow_instance_id] : []))),
    orderFiles(ctx, order, { feedback, requests, supplements: parts.supplements }),
    factsOf(ctx, order, reader.centre),
    chainOf(ctx, order, parts.transfers),
    orderActs(ctx, order, parts.assignments, parts.requests, parts.transfers),
    Promise.all(parts.assignments.map(async (a) => assignmentView(ctx, order, a, reader, await assignmentActs(ctx, order, a, parts.assignments, parts.requests)))),
  ])
  const paused = parts.clocks.find((c) => c.state === 'paused')?.kind
  return {
    ...facts,
    nextClock: clockOfRow(order, paused),
    clocks: clockViews(ctx, parts, reader),
    assignments,
    feedback: feedback.map((f) => feedbackView(f, files.get(f.id) ?? [])),
    hiddenFeedback: parts.feedback.length - feedback.length,
    requests: requests.map((r) => requestView(r, files.get(r.id) ?? [], decisionOf(ctx, order, r, parts.assignments, flows))),
    supplements: parts.supplements.map((s) => ({ id: s.id, content: s.content, source: s.source, createdByName: s.created_by_name, createdAt: s.created_at, files: files.get(s.id) ?? [] })),
    links: parts.links.map((l) => ({ kind: l.kind, kindName: linkNames[l.kind] ?? l.kind, orderId: l.id, number: l.number, title: l.title, state: l.state, stateName: stateNames[l.state] })),
    chain,
    lowerResult: order.tenant_id === ctx.tenantId && reader.centre && order.state === 'pendingResultReview' ? await resultOfTransfer(ctx, order) : null,
    files: files.get(order.id) ?? [],
    acts,
  }
}

/** Whether the reader may decide on a request now, and by which outcomes; extensions ask their approval. */
function decisionOf(ctx: Ctx, order: OrderRow, request: RequestRow, all: AssignmentRow[], flows: Awaited<ReturnType<typeof flowsOf>>): { mayDecide: boolean; outcomes: string[] } {
  if (request.state !== 'pending' || order.tenant_id !== ctx.tenantId) return { mayDecide: false, outcomes: [] }
  if (request.kind === 'withdrawal') return { mayDecide: mayDecideWithdrawal(ctx, request), outcomes: ['approve', 'refuse'] }
  if (request.flow_instance_id) return { mayDecide: flows.get(request.flow_instance_id)?.mayDecide ?? false, outcomes: ['approve', 'return'] }
  const assignment = all.find((a) => a.id === request.assignment_id)
  return { mayDecide: request.kind === 'return' && request.applicant_id !== ctx.actor.id && mayDecide(ctx, request, assignment, all), outcomes: returnOutcomes(request, assignment, order) }
}

type Facts = Omit<OrderDetail, 'nextClock' | 'clocks' | 'assignments' | 'feedback' | 'hiddenFeedback' | 'requests' | 'supplements' | 'links' | 'chain' | 'lowerResult' | 'files' | 'acts'>

async function factsOf(ctx: Ctx, order: OrderRow, centre: boolean): Promise<Facts> {
  // Standards, forms and categories are those of the tenant that holds the order.
  const there: Ctx = order.tenant_id === ctx.tenantId ? ctx : { ...ctx, tenantId: order.tenant_id }
  const [keyMarks, profile, lines, forces, special, tenant, matter, category, area, form, requester] = await Promise.all([
    marksOfOrder(ctx, order), profileOf(there, order), order.line ? linesOf(there) : [], order.queue ? taskForces(there) : [], order.special_class_id ? schemeNodeById(there, order.special_class_id) : null,
    tenantById(ctx, order.tenant_id),
    order.matter_id ? findMatter(there, order.matter_id) : null,
    order.category_id ? categoryById(there, order.category_id) : null,
    order.area_code ? areaName(ctx, order.area_code) : null,
    order.form_version_id ? formVersion(there, order.form_version_id) : null,
    order.requester_id ? db(ctx).selectFrom('order_requester').select(['id', 'sex', 'age_range', 'id_number_mask']).where('tenant_id', '=', order.tenant_id).where('id', '=', order.requester_id).executeTakeFirst() : null,
  ])
  const data = isRecord(order.form_data) ? order.form_data : {}
  const seen = publicState(order.state)
  return {
    id: order.id, tenantId: order.tenant_id, tenantName: tenant.name, own: order.tenant_id === ctx.tenantId, number: order.number, enquiryCode: centre && order.tenant_id === ctx.tenantId ? order.enquiry_code : null, version: order.version,
    state: order.state, stateName: stateNames[order.state], publicState: seen, publicStateName: publicStateNames[seen], closeKind: order.close_kind, closeKindName: order.close_kind ? (closeKindNames[order.close_kind] ?? order.close_kind) : null,
    triage: order.triage, pickedByName: order.picked_by_name, pickedUntil: order.picked_until_at, pickedByMe: order.picked_by !== null && order.picked_by === ctx.actor.id, round: order.round, channel: order.channel, channelName: channelNames[order.channel] ?? order.channel,
    source: order.source, registeredByName: order.registered_by_name, registeredAt: order.registered_at, occurredAt: order.occurred_at, updatedAt: order.updated_at, changedByName: order.changed_by_name,
    requester: {
      id: can(ctx, 'orders.requesterHistory') && order.tenant_id === ctx.tenantId ? order.requester_id : null, subjectKind: order.subject_kind, anonymous: order.anonymous, name: shownName({ subject_kind: order.subject_kind, name: order.requester_name, anonymous: order.anonymous }),
      phone: order.contact_phone_mask, idNumber: requester?.id_number_mask ?? null, sex: requester?.sex ?? null, ageRange: requester?.age_range ?? null, mayReveal: can(ctx, 'orders.reveal') && order.contact_phone_enc !== null,
    },
    appealType: order.appeal_type, appealTypeName: appealTypeNames[order.appeal_type] ?? order.appeal_type, purpose: order.purpose, form: order.form,
    matter: matter ? { id: matter.id, name: order.matter_name ?? matter.name, version: order.matter_version, path: matter.directoryPath, closingStandard: matter.closingStandard.map(({ text, evidence }) => ({ text, evidence })), closingBasis: Boolean(matter.closingBasis) } : null,
    categoryId: order.category_id, categoryName: category?.name ?? null, industryId: order.industry_id, title: order.title, content: order.content, summary: order.summary, areaCode: order.area_code, areaName: area, address: order.address,
    detailAddress: order.detail_address, lon: order.lon, lat: order.lat, requesterCount: order.requester_count, involvedCount: order.involved_count, urgency: order.urgency, urgencyName: urgencyNames[order.urgency] ?? order.urgency, confidential: order.confidential,
    callbackWanted: order.callback_wanted, callbackManner: order.callback_manner, remarks: order.remarks, formVersionId: order.form_version_id,
    formFields: form ? form.fields.filter((f) => data[f.key] !== undefined).map((f) => ({ key: f.key, label: f.title, value: named(f.choices, data[f.key]) })) : [],
    extra: isRecord(order.extra) ? Object.entries(order.extra).map(([key, value]) => ({ key, value: String(value) })) : [],
    priority: order.priority ?? 0, priorityManual: order.priority_manual, registrationSource: order.registration_source, keyMarks, profileName: profile?.name ?? null, lineName: order.line ? (lines.find((l) => l.code === order.line)?.name ?? order.line) : null, queueName: order.queue ? (forces.find((f) => f.code === order.queue)?.name ?? order.queue) : null,
    enterprise: order.flags.includes('enterprise') ? { id: order.enterprise_id, name: order.enterprise_name, creditCode: order.enterprise_code, legalPerson: order.legal_person, extent: order.extent, grade: order.enterprise_grade } : null,
    specialClassId: order.special_class_id, specialClassName: special?.pathNames.join(' / ') ?? null,
    dispatchKind: order.dispatch_kind, upperNumber: order.upper_number, upperDispatchedAt: order.upper_dispatched_at, leadUnitId: order.lead_unit_id, leadUnitName: order.lead_unit_name, flags: namedFlags(order.flags), urgeCount: order.urge_count,
    supplementCount: order.supplement_count, returnCount: order.return_count, reply: order.reply, replyBasis: order.reply_basis, withdrawReason: order.withdraw_reason, stageSince: order.stage_since_at, dispatchedAt: order.dispatched_at, closedAt: order.closed_at,
    archivedAt: order.archived_at, archiveDueAt: order.archive_due_at,
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Codes of a choice field as the words of the form. */
function named(choices: { value: string; label: string }[] | null, value: unknown): unknown {
  if (!choices) return value
  const word = (one: unknown): unknown => choices.find((c) => c.value === one)?.label ?? one
  return Array.isArray(value) ? value.map(word) : word(value)
}
