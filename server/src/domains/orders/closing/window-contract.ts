// Declaration windows and prepared declarations, as routes.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { flag, id, instant, listOf, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { batchAnswer } from '../checks/check-contract.ts'
import { files, one, required, text, unitAct } from '../requests/ask-contract.ts'

export const kinds = z.enum(['exclude', 'shelve'])
const opening = z.object({ open: z.boolean(), until: instant.nullable() })
const window = z.object({ id, kind: kinds.nullable(), opensAt: instant, closesAt: instant, note: z.string().nullable(), version: z.number().int(), changedAt: instant, changedByName: z.string() })
const body = z.object({ kind: kinds.optional().describe('Both kinds if left out'), opensAt: instant, closesAt: instant, note: text(200).optional() })
const manage = { audience: 'staff', access: { permission: 'orders.manageRules' } } as const
export const listDeclarationWindowsRoute = describeRoute({
  id: 'listDeclarationWindows', method: 'GET', path: '/api/declaration-windows', summary: '申报窗口期', audience: 'staff', access: { anyOf: ['orders.handle', 'orders.approveExclusion', 'orders.manageRules', 'flow.approveInUnit'] },
  response: z.object({ windowed: z.boolean(), exclude: opening, shelve: opening, items: z.array(window) }),
})
export const createDeclarationWindowRoute = describeRoute({ ...manage, id: 'createDeclarationWindow', method: 'POST', path: '/api/declaration-windows', summary: '新增申报窗口期', body, response: window })
export const changeDeclarationWindowRoute = describeRoute({ ...manage, id: 'changeDeclarationWindow', method: 'PATCH', path: '/api/declaration-windows/:id', summary: '修改申报窗口期', params: one, body: body.extend({ version: z.number().int() }), response: window })
export const deleteDeclarationWindowRoute = describeRoute({ ...manage, id: 'deleteDeclarationWindow', method: 'DELETE', path: '/api/declaration-windows/:id', summary: '删除申报窗口期', params: one, response: z.object({}) })

/** Saving again replaces the words, adds the files, and asks for review anew. */
export const prepareExclusionRoute = unitAct('prepareExclusion', 'exclusion-draft', '暂存剔除或挂账申报', z.object({ kind: kinds, reasonClass: required(60), reason: required(1000), expiresAt: instant.optional(), fileIds: files }))

export const draftStates = z.enum(['draft', 'passed', 'sentBack', 'submitted', 'discarded'])
const draft = z.object({
  id, orderId: id, number: z.string(), title: z.string(), orderState: z.string(), urgency: z.string(), assignmentId: id, unitId: id, unitName: z.string(), kind: kinds, reasonClass: z.string(), reason: z.string(), expiresAt: instant.nullable(), state: draftStates, preparedByName: z.string(), preparedAt: instant,
  reviewedByName: z.string().nullable(), reviewedAt: instant.nullable(), opinion: z.string().nullable(), endedAt: instant.nullable(), endedByName: z.string().nullable(),
  /** Why it could no longer be declared as it stands; null: nothing speaks against it but the window. */
  problem: z.string().nullable(),
  mayReview: z.boolean(), maySubmit: z.boolean(),
})
export const listExclusionDraftsRoute = describeRoute({
  id: 'listExclusionDrafts', method: 'GET', path: '/api/exclusion-drafts', summary: '暂存的剔除挂账申报', audience: 'staff', access: { permission: 'orders.read' },
  query: pageQuery.extend({ state: listOf(draftStates).default(['draft', 'passed', 'sentBack']), kind: kinds.optional(), unitId: id.optional(), orderId: id.optional(), invalid: flag.optional().describe('Only those that could no longer be declared') }), response: pageOf(draft),
})
const answer = z.object({ id, state: draftStates })
export const reviewExclusionDraftRoute = describeRoute({ id: 'reviewExclusionDraft', method: 'POST', path: '/api/exclusion-drafts/:id/review', summary: '预审暂存的申报', audience: 'staff', access: { permission: 'flow.approveInUnit' }, params: one, body: z.object({ outcome: z.enum(['pass', 'sendBack']), opinion: required(500) }), response: answer })
export const discardExclusionDraftRoute = describeRoute({ id: 'discardExclusionDraft', method: 'DELETE', path: '/api/exclusion-drafts/:id', summary: '放弃暂存的申报', audience: 'staff', access: { permission: 'orders.handle' }, params: one, response: answer })
export const submitExclusionDraftsRoute = describeRoute({ id: 'submitExclusionDrafts', method: 'POST', path: '/api/exclusion-drafts/submit', summary: '提交暂存的申报', audience: 'staff', access: { permission: 'orders.handle' }, body: z.object({ ids: z.array(id).min(1).max(200) }), response: batchAnswer })
