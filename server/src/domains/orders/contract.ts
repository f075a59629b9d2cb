// The acts on orders as routes. Reading, drafts, requesters and import have contracts of their own in their folders.
import { z } from 'zod'
import { describeRoute } from '../../kernel/http/route.ts'
import { id, instant } from '../../kernel/http/codec.ts'
import { duplicateAnswer } from './duplicates/duplicate-contract.ts'
import { proofreadChoices } from './proofread/proofread-contract.ts'
import { systems } from './places/coordinates.ts'
import { closingInput, declarationInput } from './closing/closing-contract.ts'
import { orderStates, urgencies } from './order.ts'
import { correction } from './checks/check-contract.ts'
import { citation, citationInput } from '../knowledge/index.ts'

const text = (max: number) => z.string().trim().max(max)
const required = (max: number) => z.string().trim().min(1).max(max)
const files = z.array(id).max(20).default([])
const version = z.number().int().optional().describe('Version the sender saw; 409 if the order moved on')

export const requesterInput = z.object({
  subjectKind: z.enum(['person', 'enterprise']).default('person'),
  name: text(60).default(''),
  anonymous: z.boolean().default(false),
  sex: z.enum(['male', 'female']).optional(),
  ageRange: text(20).optional(),
  phone: text(40).optional(),
  otherPhones: z.array(text(40)).max(5).default([]),
  idType: text(20).optional(),
  idNumber: text(40).optional(),
  areaCode: text(12).optional(),
  address: text(200).optional(),
  detailAddress: text(200).optional(),
})

/** What an order is made of; all channels register by it. */
export const orderInput = z.object({
  requester: requesterInput,
  requesterId: id.optional(),
  appealType: required(30),
  purpose: text(200).optional(),
  form: text(20).optional(),
  matterId: id.optional(),
  categoryId: id.optional(),
  industryId: id.optional(),
  title: required(80),
  content: required(5000),
  summary: text(500).optional(),
  areaCode: text(12).optional(),
  address: text(200).optional(),
  detailAddress: text(200).optional(),
  lon: z.number().min(-180).max(180).optional(),
  lat: z.number().min(-90).max(90).optional(),
  coordinateSystem: z.enum(systems).optional().describe('Of lon and lat; default WGS84, which is what is stored'),
  occurredAt: instant.optional(),
  requesterCount: z.number().int().min(1).max(100_000).default(1),
  involvedCount: z.number().int().min(0).max(10_000_000).optional(),
  urgency: z.enum(urgencies).default('normal'),
  confidential: z.boolean().default(false),
  callbackWanted: z.boolean().default(true),
  callbackManner: z.enum(['call', 'sms', 'none']).default('call'),
  remarks: text(500).optional(),
  formVersionId: id.optional(),
  formData: z.record(z.string(), z.unknown()).optional(),
  /** Merged line and the values of its own form; own fields of the case profile that the order turns out to be of. */
  line: text(40).optional(),
  lineData: z.record(z.string(), z.unknown()).optional(),
  profileData: z.record(z.string(), z.unknown()).optional(),
  /** An enterprise's order: by hand, else by who asks and by the enterprise named. */
  enterprise: z.boolean().optional(),
  enterpriseId: id.optional(),
  enterpriseCode: text(30).optional(),
  enterpriseName: text(100).optional(),
  legalPerson: z.boolean().optional(),
  extent: z.enum(['one', 'industry']).optional(),
  /** Where the item was registered first: this system, or the upper system it came from. Mandatory for visits and letters. */
  registrationSource: text(40).optional(),
  specialClassId: id.optional().describe('Node of the enterprise or tourism scheme'),
  fileIds: files,
})

const stateAnswer = z.object({ id, number: z.string(), state: z.enum(orderStates), version: z.number().int() })
const one = z.object({ id })

export const registerOrderRoute = describeRoute({
  id: 'registerOrder', method: 'POST', path: '/api/orders', summary: '登记工单', audience: 'staff', access: { permission: 'orders.register' },
  body: orderInput.extend({
    channel: z.enum(['phone', 'letter', 'visit', 'chat']).default('phone'),
    draftId: id.optional(),
    /** The order whose call this one belongs to (再登记一件). */
    sameCallAs: id.optional(),
    /** Straight to dispatch, for agents with the right. */
    pass: z.boolean().default(false),
    /** Which duplicate check was seen before saving, and what follows from it. */
    duplicate: duplicateAnswer.optional(),
    /** Deviations that proofreading showed, with the choice of each. */
    proofread: proofreadChoices.optional(),
  }),
  response: stateAnswer.extend({ enquiryCode: z.string() }),
})

// Without the defaults of registration: a field that is left out stays as it is.
const { urgency, requesterCount, confidential, callbackWanted, callbackManner } = orderInput.shape
const withoutDefaults = { urgency: urgency.unwrap(), requesterCount: requesterCount.unwrap(), confidential: confidential.unwrap(), callbackWanted: callbackWanted.unwrap(), callbackManner: callbackManner.unwrap() }

export const patchOrderRoute = describeRoute({
  id: 'patchOrder', method: 'PATCH', path: '/api/orders/:id', summary: '修改工单', audience: 'staff', access: { anyOf: ['orders.register', 'orders.review'] },
  params: one,
  body: orderInput.omit({ requester: true, requesterId: true, fileIds: true, line: true, lineData: true, profileData: true, registrationSource: true }).extend(withoutDefaults).partial().extend({ version: z.number().int(), reason: text(500).optional(), addFileIds: files }),
  response: stateAnswer,
})

const opinion = (id: string, path: string, summary: string, permission: string, more: z.ZodRawShape = {}) =>
  describeRoute({ id, method: 'POST', path, summary, audience: 'staff', access: { permission }, params: one, body: z.object({ opinion: required(1000), version, fileIds: files, ...more }), response: stateAnswer })

export const submitOrderRoute = describeRoute({ id: 'submitOrder', method: 'POST', path: '/api/orders/:id/submit', summary: '补正后重新提交', audience: 'staff', access: { permission: 'orders.register' }, params: one, body: z.object({ version }), response: stateAnswer })
export const passReviewRoute = describeRoute({ id: 'passReview', method: 'POST', path: '/api/orders/:id/pass-review', summary: '审核通过', audience: 'staff', access: { permission: 'orders.review' }, params: one, body: z.object({ opinion: text(1000).optional(), version }), response: stateAnswer })
export const returnToAgentRoute = opinion('returnToAgent', '/api/orders/:id/return-to-agent', '退回补正', 'orders.review')

export const answerOrderRoute = describeRoute({
  id: 'answerOrder', method: 'POST', path: '/api/orders/:id/answer', summary: '直接答复', audience: 'staff', access: { permission: 'orders.answer' },
  params: one, body: z.object({
    reply: required(5000), basis: text(1000).default(''),
    /** Knowledge the answer rests on, each in the version that was read; without a basis in words they are the basis. */
    citations: z.array(citationInput).max(10).default([]), version,
  }), response: stateAnswer,
})
export const listOrderCitationsRoute = describeRoute({
  id: 'listOrderCitations', method: 'GET', path: '/api/orders/:id/citations', summary: '工单引用的知识', audience: 'staff', access: { permission: 'orders.read' }, params: one, response: z.object({ items: z.array(citation) }),
})

export const dispatchUnits = z.array(z.object({ unitId: id, role: z.enum(['lead', 'assist', 'parallel']), requirement: text(500).optional() })).min(1).max(20)

export const dispatchOrderRoute = describeRoute({
  id: 'dispatchOrder', method: 'POST', path: '/api/orders/:id/dispatch', summary: '派发', audience: 'staff', access: { permission: 'orders.dispatch' },
  params: one,
  body: z.object({
    units: dispatchUnits,
    route: z.enum(['levelByLevel', 'straight']).optional(),
    opinion: text(1000).optional(),
    /** Own deadline instead of the rule's; needs a reason. */
    dueAt: instant.optional(),
    dueReason: text(500).optional(),
    /** Needed where a unit is chosen again whose return was approved. */
    overrideReason: text(500).optional(),
    recommendedUnitId: id.optional(),
    fileIds: files,
    version,
  }),
  response: stateAnswer.extend({ assignments: z.array(z.object({ id, unitId: id, role: z.string(), dueAt: instant.nullable() })) }),
})
export const recallDispatchRoute = describeRoute({ id: 'recallDispatch', method: 'POST', path: '/api/orders/:id/recall', summary: '取回派发', audience: 'staff', access: { permission: 'orders.dispatch' }, params: one, body: z.object({ reason: text(500).optional(), version }), response: stateAnswer })
export const transferOrderRoute = describeRoute({
  id: 'transferOrder', method: 'POST', path: '/api/orders/:id/transfer', summary: '转往其他中心', audience: 'staff', access: { permission: 'orders.transfer' },
  params: one, body: z.object({ tenantId: id, requirement: text(1000).optional(), dueAt: instant.optional(), fileIds: files, version }), response: stateAnswer.extend({ toNumber: z.string() }),
})

export const reviewResultRoute = describeRoute({
  id: 'reviewResult', method: 'POST', path: '/api/orders/:id/review-result', summary: '结果审核', audience: 'staff', access: { permission: 'orders.reviewResult' },
  params: one,
  body: z.object({
    outcome: z.enum(['accept', 'return', 'reject']),
    opinion: text(1000).optional(),
    /** Closing text for the requester; default: the lead's adopted feedback. */
    reply: text(5000).optional(),
    /** Why it may close although required evidence is missing. */
    missingReason: text(500).optional(),
    tellRequester: z.boolean().default(true),
    version,
  }),
  response: stateAnswer,
})
export const withdrawOrderRoute = describeRoute({ id: 'withdrawOrder', method: 'POST', path: '/api/orders/:id/withdraw', summary: '撤单', audience: 'staff', access: { permission: 'orders.withdraw' }, params: one, body: z.object({ reasonClass: required(40), reason: required(500), version }), /** `requested`: the tenant has withdrawals approved; the order is unchanged until then. */ response: stateAnswer.extend({ requested: z.boolean() }) })
export const supplementOrderRoute = describeRoute({ id: 'supplementOrder', method: 'POST', path: '/api/orders/:id/supplements', summary: '追加', audience: 'staff', access: { permission: 'orders.supplement' }, params: one, body: z.object({ content: required(2000), fileIds: files }), response: stateAnswer })

// Acts of units on their assignments.
const assignmentAnswer = z.object({ id, orderId: id, number: z.string(), state: z.string(), orderState: z.enum(orderStates) })
const unitAct = <B extends z.ZodType>(id: string, path: string, summary: string, permission: string, body: B) =>
  describeRoute({ id, method: 'POST', path: `/api/assignments/:id/${path}`, summary, audience: 'staff', access: { permission }, params: one, body, response: assignmentAnswer })

export const signAssignmentRoute = unitAct('signAssignment', 'sign', '签收', 'orders.handle', z.object({}))
export const handDownRoute = unitAct('handDown', 'hand-down', '下派', 'orders.handle', z.object({ unitId: id, handlerId: id.optional(), opinion: text(1000).optional(), dueAt: instant.optional(), fileIds: files }))
export const takeBackRoute = unitAct('takeBackAssignment', 'take-back', '取回下派', 'orders.handle', z.object({ reason: text(500).optional() }))

export const submitFeedbackRoute = unitAct(
  'submitFeedback', 'feedback', '办理反馈', 'orders.handle',
  z.object({
    kind: z.enum(['result', 'progress']).default('result'),
    handledAt: instant.optional(),
    method: text(40).optional(),
    result: required(5000),
    basis: text(1000).optional(),
    opinion: text(1000).optional(),
    contact: z.object({ method: text(40), at: instant.optional(), reached: z.boolean(), met: z.boolean().default(false), note: text(500).optional() }).optional(),
    contacted: z.enum(['yes', 'no', 'notStated']).default('notStated'),
    solved: z.enum(['yes', 'partly', 'no', 'notStated']).default('notStated'),
    satisfied: z.enum(['yes', 'no', 'notStated']).default('notStated'),
    checklist: z.array(z.object({ text: text(300), done: z.boolean() })).max(20).optional(),
    quotedFrom: id.optional(),
    callbackRequested: z.boolean().default(false),
    outsideArea: z.boolean().default(false),
    ...declarationInput,
    closing: closingInput.optional(),
    public: z.boolean().default(false),
    fileIds: files,
  }),
)
/** `corrected`: the leader mends words or files before accepting; both versions stay. */
export const reviewFeedbackRoute = unitAct('reviewFeedback', 'review', '审核反馈', 'orders.approve', z.object({ outcome: z.enum(['accept', 'sendBack']), opinion: text(1000).optional(), corrected: correction.optional() }))
/** The unit above decides on what it handed down. */
export const reviewChildRoute = unitAct('reviewChild', 'review-child', '审核下级反馈', 'orders.handle', z.object({ outcome: z.enum(['accept', 'sendBack']), opinion: text(1000).optional() }))
export const requestReturnRoute = unitAct('requestReturn', 'request-return', '申请退回', 'orders.handle', z.object({ reasonClass: required(40), reason: required(1000), fileIds: files }))
export const requestExtensionRoute = unitAct('requestExtension', 'request-extension', '申请延时', 'orders.handle', z.object({ newDueAt: instant, reason: required(1000), fileIds: files }))

export const decideReturnRoute = describeRoute({
  id: 'decideReturn', method: 'POST', path: '/api/order-requests/:id/decide', summary: '审核退回申请', audience: 'staff', access: { anyOf: ['orders.approve', 'orders.reviewReturn', 'orders.arbitrate', 'orders.handle', 'orders.approveWithdrawal'] },
  params: one,
  body: z.object({ outcome: z.enum(['approve', 'refuse', 'arbitrate', 'adjudicate', 'answerSelf', 'transfer', 'returnUpward']), opinion: text(1000).default(''), fileIds: files, /** Where `transfer` sends it. */ tenantId: id.optional(), /** The unit's leader mends the reason before it leaves the house. */ correctedReason: text(1000).optional() }),
  response: z.object({ id, orderId: id, state: z.string(), stage: z.string(), orderState: z.enum(orderStates) }),
})
export const cancelRequestRoute = describeRoute({ id: 'cancelRequest', method: 'POST', path: '/api/order-requests/:id/cancel', summary: '撤回申请', audience: 'staff', access: { anyOf: ['orders.handle', 'orders.withdraw', 'orders.dispute'] }, params: one, body: z.object({}), response: z.object({ id, state: z.string() }) })

export const dispatchOptionsRoute = describeRoute({
  id: 'dispatchOptions', method: 'GET', path: '/api/orders/:id/dispatch-options', summary: '派发建议与限制', audience: 'staff', access: { permission: 'orders.dispatch' }, params: one,
  response: z.object({
    /** Route that the order's case profile presets. */
    preset: z.object({ name: z.string(), opinion: z.string().nullable(), units: z.array(z.object({ unitId: id, unitName: z.string(), role: z.enum(['lead', 'assist', 'parallel']) })) }).nullable(),
    recommended: z.array(z.object({ unitId: id, unitName: z.string(), role: z.enum(['lead', 'assist']), reason: z.string(), barred: z.string().nullable() })),
    barred: z.array(z.object({ unitId: id, unitName: z.string(), cause: z.string(), absolute: z.boolean() })),
    route: z.enum(['levelByLevel', 'straight']),
    limits: z.array(z.object({ clock: z.string(), name: z.string(), text: z.string(), dueAt: instant })),
    tenants: z.array(z.object({ id, name: z.string(), areaCode: z.string(), direction: z.enum(['down', 'up', 'across']) })),
    /** Words of dispatch for this order, the best first; `best` fills the form by itself. */
    templates: z.array(z.object({ id: z.string(), name: z.string(), text: z.string(), own: z.boolean(), best: z.boolean() })),
    /** Who gave it back or contests it, with the recognised cause; the unit that has to handle it because its return was refused. */
    returned: z.array(z.object({ kind: z.enum(['return', 'turnedBack', 'dispute']), unitId: id.nullable(), unitName: z.string(), reasonClass: z.string().nullable(), reason: z.string(), cause: z.string(), decidedAt: instant.nullable(), opinion: z.string().nullable() })),
    preferred: z.object({ unitId: id, unitName: z.string() }).nullable(),
  }),
})

/** Words of this tenant that forms of orders offer. */
export const orderOptionsRoute = describeRoute({
  id: 'orderOptions', method: 'GET', path: '/api/order-options', summary: '工单操作选项', audience: 'staff', access: { permission: 'orders.read' },
  response: z.object({ returnReasons: z.array(z.string()), withdrawClasses: z.array(z.string()), withdrawalApproval: z.boolean(), /** Fields of the form that the next order of the same call begins with. */ copyFields: z.array(z.string()), /** How often an open form is backed up. */ backupSeconds: z.number().int() }),
})
export const turnBackRoute = describeRoute({ id: 'turnBackTransfer', method: 'POST', path: '/api/orders/:id/turn-back', summary: '退回转来中心', audience: 'staff', access: { permission: 'orders.transfer' }, params: one, body: z.object({ reason: required(1000), version }), response: stateAnswer })
