// Shapes of the order's readings, as in the server's contracts of list and detail.
import type { Act } from '../../ui/ActBar.tsx'

export type Named = { code: string; name: string }
export type FileInfo = { id: string; name: string; type: string; size: number; place: string; audience: 'staff' | 'public'; uploadedByName: string; createdAt: string }
export type NextClock = { kind: string; name: string; dueAt: string | null; paused: boolean }

/** What an act needs to know of the order before its drawer reads the rest. */
export type OrderRef = { id: string; number: string; title: string }

export type OrderRow = OrderRef & {
  tenantId: string; state: string; stateName: string; triage: string | null; urgency: string; urgencyName: string; appealType: string; appealTypeName: string; requesterName: string; contactPhoneMask: string | null
  matterName: string | null; leadUnitId: string | null; leadUnitName: string | null; areaName: string | null; address: string | null; channel: string; channelName: string; round: number; flags: Named[]; nextClock: NextClock | null
  registeredAt: string; registeredByName: string; closedAt: string | null; confidential: boolean; urgeCount: number; supplementCount: number; returnCount: number; version: number; acts: string[]
}

export type ClockChange = { at: string; what: string; oldDueAt: string | null; newDueAt: string | null; actorName: string; reason: string | null }
export type OrderClock = {
  id: string; kind: string; name: string; assignmentId: string | null; unitName: string | null; state: 'running' | 'paused' | 'met' | 'cancelled'; timing: 'inTime' | 'near' | 'overdue' | 'paused' | 'met' | 'cancelled'
  startedAt: string; dueAt: string; yellowAt: string; metAt: string | null; pausedAt: string | null; amount: number; basis: string; ruleText: string; changes: ClockChange[]
}

/** An assignment as acts need it: rows of the unit's lists fit as well as those of the detail. */
export type AssignmentRef = { id: string; unitId: string; unitName: string }

export type Assignment = AssignmentRef & {
  parentId: string | null; role: string; roleName: string; state: string; stateName: string; round: number; routeMode: string; handlerName: string | null; opinion: string | null; requirement: string | null; recommendedUnitId: string | null
  opinionHidden: boolean; dispatchedAt: string; dispatchedByName: string; signedAt: string | null; signedByName: string | null; autoSigned: boolean; autoSignAt: string | null; dueAt: string | null; contactedAt: string | null; doneAt: string | null
  owed: boolean; mine: boolean; version: number; acts: Act[]
}

export type Feedback = {
  id: string; assignmentId: string; unitId: string; unitName: string; version: number; kind: string; state: string; handledAt: string | null; method: string | null; result: string; basis: string | null; opinion: string | null; contact: unknown
  contacted: string | null; solved: string | null; satisfied: string | null; checklist: unknown; quotedFrom: string | null; callbackRequested: boolean; outsideArea: boolean; visibility: string
  submittedByName: string; submittedAt: string; reviewOpinion: string | null; reviewedByName: string | null; reviewedAt: string | null; files: FileInfo[]
}

export type OrderRequest = {
  id: string; kind: string; stage: string; state: string; round: number; assignmentId: string | null; unitId: string; unitName: string; reasonClass: string | null; reason: string; withinWindow: boolean | null; outcome: string | null
  oldDueAt: string | null; newDueAt: string | null; flowInstanceId: string | null; applicantName: string; createdAt: string; decidedAt: string | null; decidedByName: string | null; opinion: string | null; files: FileInfo[]; mayDecide: boolean
}

export type ChainLink = { tenantId: string; tenantName: string; orderId: string | null; number: string; state: string | null; stateName: string | null; responsible: string | null; requirement: string | null; transferState: string | null; passedAt: string | null; self: boolean; mayOpen: boolean }

export type OrderDetail = OrderRef & {
  tenantId: string; tenantName: string; own: boolean; enquiryCode: string | null; version: number; state: string; stateName: string; publicState: string; publicStateName: string; closeKind: string | null; closeKindName: string | null
  triage: string | null; pickedByName: string | null; pickedUntil: string | null; pickedByMe: boolean; round: number; channel: string; channelName: string; source: string; registeredByName: string; registeredAt: string; occurredAt: string | null; updatedAt: string; changedByName: string | null
  requester: { id: string | null; subjectKind: string; anonymous: boolean; name: string; phone: string | null; idNumber: string | null; sex: string | null; ageRange: string | null; mayReveal: boolean }
  appealType: string; appealTypeName: string; purpose: string | null; form: string | null
  matter: { id: string; name: string; version: number | null; path: string[]; closingStandard: { text: string; evidence: boolean }[]; closingBasis: boolean } | null
  categoryId: string | null; categoryName: string | null; industryId: string | null; content: string; summary: string | null; areaCode: string | null; areaName: string | null; address: string | null; detailAddress: string | null; lon: number | null; lat: number | null
  requesterCount: number; involvedCount: number | null; urgency: string; urgencyName: string; confidential: boolean; callbackWanted: boolean; callbackManner: string; remarks: string | null
  formVersionId: string | null; formFields: { key: string; label: string; value?: unknown }[]; extra: { key: string; value: string }[]
  dispatchKind: string; upperNumber: string | null; upperDispatchedAt: string | null; leadUnitId: string | null; leadUnitName: string | null; flags: Named[]; urgeCount: number; supplementCount: number; returnCount: number
  reply: string | null; replyBasis: string | null; withdrawReason: string | null; stageSince: string; dispatchedAt: string | null; closedAt: string | null; archivedAt: string | null; archiveDueAt: string | null
  nextClock: NextClock | null; clocks: OrderClock[]; assignments: Assignment[]; feedback: Feedback[]; hiddenFeedback: number; requests: OrderRequest[]
  supplements: { id: string; content: string; source: string; createdByName: string; createdAt: string; files: FileInfo[] }[]
  links: { kind: string; kindName: string; orderId: string; number: string; title: string; state: string; stateName: string }[]
  chain: ChainLink[]; files: FileInfo[]; acts: Act[]
}

export type TimelineItem = {
  id: string; at: string; stage: string; stageName: string; act: string; actName: string; actorName: string; unitName: string | null; assignmentId: string | null; text: string | null
  changes: { field: string; label: string; old?: unknown; new?: unknown }[]; data?: unknown; visibility: string; files: FileInfo[]; tookMs: number | null; hidden: boolean
}
export type StageTime = { stage: string; name: string; ms: number; current: boolean; slowest: boolean }
