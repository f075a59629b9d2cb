// Hints of declarations and the form that uses them, as routes (ASM-08, ASM-11).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { one, text } from '../requests/ask-contract.ts'
import { kinds } from './window-contract.ts'

const hint = { id, kind: kinds, reasonClass: z.string(), reason: z.string(), because: z.string() }
export const exclusionFormRoute = describeRoute({
  id: 'exclusionForm', method: 'GET', path: '/api/assignments/:id/exclusion-form', summary: '剔除与挂账申报表单', audience: 'staff', access: { permission: 'orders.handle' }, params: one,
  response: z.object({ items: z.array(z.object({ name: z.string(), kind: z.enum(['exclude', 'shelve', 'both']), files: z.boolean() })), hints: z.array(z.object(hint)), texts: z.array(z.object({ reasonClass: z.string(), reason: z.string() })).describe('Reasons the unit used before, newest first') }),
})
const row = z.object({ ...hint, orderId: id, number: z.string(), title: z.string(), urgency: z.string(), assignmentId: id, unitName: z.string(), source: z.enum(['rule', 'history']), state: z.string(), createdAt: instant, decidedAt: instant.nullable(), decidedByName: z.string().nullable(), decidedWhy: z.string().nullable(), mayAct: z.boolean() })
export const listExclusionHintsRoute = describeRoute({ id: 'listExclusionHints', method: 'GET', path: '/api/exclusion-hints', summary: '剔除挂账申报提示', audience: 'staff', access: { permission: 'orders.read' }, query: pageQuery.extend({ state: z.enum(['open', 'confirmed', 'changed', 'rejected']).default('open'), kind: kinds.optional(), unitId: id.optional(), orderId: id.optional() }), response: pageOf(row) })
export const exclusionHintShareRoute = describeRoute({ id: 'exclusionHintShare', method: 'GET', path: '/api/exclusion-hints/share', summary: '申报提示采用率', audience: 'staff', access: { permission: 'orders.read' }, response: z.object({ open: z.int(), confirmed: z.int(), changed: z.int(), rejected: z.int(), share: z.number().nullable() }) })
export const rejectExclusionHintRoute = describeRoute({ id: 'rejectExclusionHint', method: 'POST', path: '/api/exclusion-hints/:id/reject', summary: '不采用申报提示', audience: 'staff', access: { permission: 'orders.handle' }, params: one, body: z.object({ reason: text(200).default('') }), response: z.object({ id, state: z.string() }) })
