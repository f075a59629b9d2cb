// One order in the reader's view, and its timeline, as routes.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { actState, empty, flag, id, instant } from '../../../kernel/http/codec.ts'
import { fileInfo } from '../../platform/index.ts'
import { orderStates } from '../order.ts'
import { nextClock } from './list-contract.ts'

const text = z.string().nullable()
const at = instant.nullable()
const named = z.object({ code: z.string(), name: z.string() })

const clock = z.object({
  id, kind: z.string(), name: z.string(), assignmentId: id.nullable(), unitName: text, state: z.enum(['running', 'paused', 'met', 'cancelled']), timing: z.enum(['inTime', 'near', 'overdue', 'paused', 'met', 'cancelled']),
  startedAt: instant, dueAt: instant, yellowAt: instant, metAt: at, pausedAt: at, amount: z.number(), basis: z.string(), ruleText: z.string(),
  changes: z.array(z.object({ at: instant, what: z.string(), oldDueAt: at, newDueAt: at, actorName: z.string(), reason: text })),
})

const assignment = z.object({
  id, parentId: id.nullable(), unitId: id, unitName: z.string(), role: z.string(), roleName: z.string(), state: z.string(), stateName: z.string(), round: z.number().int(), routeMode: z.string(), handlerName: text,
  opinion: text, requirement: text, recommendedUnitId: id.nullable(),
  /** Opinion and requirement belong to another unit's line. */
  opinionHidden: z.boolean(),
  dispatchedAt: instant, dispatchedByName: z.string(), signedAt: at, signedByName: text, autoSigned: z.boolean(), autoSignAt: at, dueAt: at, contactedAt: at, doneAt: at,
  /** Assist whose report is still due although the order went on. */
  owed: z.boolean(),
  mine: z.boolean(),
  version: z.number().int(),
  acts: z.array(actState),
})

const feedback = z.object({
  id, assignmentId: id, unitId: id, unitName: z.string(), version: z.number().int(), kind: z.string(), state: z.string(), handledAt: at, method: text, result: z.string(), basis: text, opinion: text, contact: z.unknown(),
  contacted: text, solved: text, satisfied: text, checklist: z.unknown(), quotedFrom: id.nullable(), callbackRequested: z.boolean(), outsideArea: z.boolean(), visibility: z.string(),
  submittedByName: z.string(), submittedAt: instant, reviewOpinion: text, reviewedByName: text, reviewedAt: at, files: z.array(fileInfo),
})

const request = z.object({
  id, kind: z.string(), kindName: z.string(), stage: z.string(), state: z.string(), round: z.number().int(), assignmentId: id.nullable(), unitId: id, unitName: z.string(), reasonClass: text, reason: z.string(), withinWindow: z.boolean().nullable(), outcome: text,
  oldDueAt: at, newDueAt: at, flowInstanceId: id.nullable(), applicantName: z.string(), createdAt: instant, decidedAt: at, decidedByName: text, opinion: text, files: z.array(fileInfo), mayDecide: z.boolean(),
  /** What may be decided here, where the reader may. */
  outcomes: z.array(z.string()),
})

/** One order of the chain over tenants, from the top down; `responsible` is who holds it there now. */
const chainLink = z.object({ tenantId: id, tenantName: z.string(), orderId: id.nullable(), number: z.string(), state: text, stateName: text, responsible: text, requirement: text, transferState: text, direction: text, group: text, groupName: text, dueAt: at, passedAt: at, self: z.boolean(), mayOpen: z.boolean() })

export const orderDetail = z.object({
  id, tenantId: id, tenantName: z.string(), /** False for an order read downward in a lower tenant: looked at, not worked on. */ own: z.boolean(), number: z.string(), enquiryCode: text, version: z.number().int(),
  state: z.enum(orderStates), stateName: z.string(), publicState: z.string(), publicStateName: z.string(), closeKind: text, closeKindName: text, triage: text, pickedByName: text, pickedUntil: at, pickedByMe: z.boolean(), round: z.number().int(),
  channel: z.string(), channelName: z.string(), source: z.string(), registeredByName: z.string(), registeredAt: instant, occurredAt: at, updatedAt: instant, changedByName: text,
  requester: z.object({ id: id.nullable(), subjectKind: z.string(), anonymous: z.boolean(), name: z.string(), phone: text, idNumber: text, sex: text, ageRange: text, mayReveal: z.boolean() }),
  appealType: z.string(), appealTypeName: z.string(), purpose: text, form: text,
  matter: z.object({ id, name: z.string(), version: z.number().int().nullable(), path: z.array(z.string()), closingStandard: z.array(z.object({ text: z.string(), evidence: z.boolean() })), closingBasis: z.boolean() }).nullable(),
  categoryId: id.nullable(), categoryName: text, industryId: id.nullable(), title: z.string(), content: z.string(), summary: text, areaCode: text, areaName: text, address: text, detailAddress: text, lon: z.number().nullable(), lat: z.number().nullable(),
  requesterCount: z.number().int(), involvedCount: z.number().int().nullable(), urgency: z.string(), urgencyName: z.string(), confidential: z.boolean(), callbackWanted: z.boolean(), callbackManner: z.string(), remarks: text,
  formVersionId: id.nullable(), formFields: z.array(z.object({ key: z.string(), label: z.string(), value: z.unknown() })), extra: z.array(z.object({ key: z.string(), value: z.string() })),
  /** Case profile, merged line and queue by name; the rest of it is read by `orderProfile`. */
  priority: z.number().int(), priorityManual: z.number().int().nullable(), registrationSource: z.string(), /** Key-case topics and special marks that stand. */ keyMarks: z.array(z.object({ kind: z.string(), name: z.string() })), profileName: text, lineName: text, queueName: text,
  enterprise: z.object({ id: id.nullable(), name: text, creditCode: text, legalPerson: z.boolean().nullable(), extent: text, grade: text }).nullable(), specialClassId: id.nullable(), specialClassName: text,
  dispatchKind: z.string(), upperNumber: text, upperDispatchedAt: at, leadUnitId: id.nullable(), leadUnitName: text, flags: z.array(named), urgeCount: z.number().int(), supplementCount: z.number().int(), returnCount: z.number().int(),
  reply: text, replyBasis: text, withdrawReason: text, stageSince: instant, dispatchedAt: at, closedAt: at, archivedAt: at, archiveDueAt: at,
  nextClock: nextClock.nullable(),
  clocks: z.array(clock), assignments: z.array(assignment), feedback: z.array(feedback),
  /** Versions of other units that the reader may not see; the page says so in one line. */
  hiddenFeedback: z.number().int(),
  requests: z.array(request),
  supplements: z.array(z.object({ id, content: z.string(), source: z.string(), createdByName: z.string(), createdAt: instant, files: z.array(fileInfo) })),
  links: z.array(z.object({ kind: z.string(), kindName: z.string(), orderId: id, number: z.string(), title: z.string(), state: z.string(), stateName: z.string() })),
  /** What the centre that the order was passed to reported, while it waits for this centre's check. */
  lowerResult: z.object({ tenantName: z.string(), reply: z.string(), basis: text }).nullable(),
  chain: z.array(chainLink),
  files: z.array(fileInfo),
  acts: z.array(actState),
})
export type OrderDetail = z.output<typeof orderDetail>

const access = { permission: 'orders.read' } as const
export const getOrderRoute = describeRoute({ id: 'getOrder', method: 'GET', path: '/api/orders/:id', summary: '工单详情', audience: 'staff', access, params: z.object({ id }), response: orderDetail })
export const getOrderByNumberRoute = describeRoute({ id: 'getOrderByNumber', method: 'GET', path: '/api/orders/by-number/:number', summary: '按编号查工单', audience: 'staff', access, params: z.object({ number: z.string().max(40) }), response: orderDetail })

export const timelineEntry = z.object({
  id, at: instant, stage: z.string(), stageName: z.string(), act: z.string(), actName: z.string(), actorName: z.string(), unitName: text, assignmentId: id.nullable(), text,
  changes: z.array(z.object({ field: z.string(), label: z.string(), old: z.unknown(), new: z.unknown() })), data: z.unknown(), visibility: z.string(), files: z.array(fileInfo),
  /** Milliseconds since the entry before. */
  tookMs: z.number().nullable(),
  /** Another unit's entry: that it happened is shown, what it says is not. */
  hidden: z.boolean(),
})
export const orderTimelineRoute = describeRoute({
  id: 'orderTimeline', method: 'GET', path: '/api/orders/:id/timeline', summary: '工单时间轴', audience: 'staff', access, params: z.object({ id }),
  query: z.object({
    cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(200).default(50), order: z.enum(['desc', 'asc']).default('desc'),
    stage: z.enum(orderStates).optional(), unitId: id.optional(), onlyChanges: flag.optional(), onlyFiles: flag.optional(),
  }),
  response: z.object({
    items: z.array(timelineEntry), next: z.string().nullable(), total: z.number().int(),
    /** Time spent in each stage, in the order in which it was first reached. */
    stages: z.array(z.object({ stage: z.string(), name: z.string(), ms: z.number(), current: z.boolean(), slowest: z.boolean() })),
  }),
})
export const exportTimelineRoute = describeRoute({
  id: 'exportOrderTimeline', method: 'GET', path: '/api/orders/:id/timeline/export', summary: '导出操作日志', audience: 'staff', access, params: z.object({ id }), raw: 'download', writes: true, response: empty,
})
