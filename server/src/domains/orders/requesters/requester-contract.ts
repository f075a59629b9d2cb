// The requester's record as routes: lookup while a call comes in, the record, its changes, and revealing a masked contact.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'

export const requesterView = z.object({
  id,
  subjectKind: z.enum(['person', 'enterprise']),
  /** Masked, as are numbers and the detailed address; masked values sent back are never stored. */
  name: z.string(),
  sex: z.enum(['male', 'female']).nullable(),
  ageRange: z.string().nullable(),
  idType: z.string().nullable(),
  idNumber: z.string().nullable(),
  phones: z.array(z.object({ mask: z.string(), main: z.boolean(), verified: z.boolean() })),
  areaCode: z.string().nullable(),
  areaName: z.string().nullable(),
  address: z.string().nullable(),
  detailAddress: z.string().nullable(),
  labels: z.array(z.object({ kind: z.enum(['frequency', 'appealType', 'manual']), text: z.string() })),
  orderCount: z.number().int(),
  version: z.number().int(),
  updatedAt: instant,
})

/** An earlier order in the reduced field set: it may lie outside the reader's own scope. */
export const earlierOrder = z.object({
  id,
  number: z.string(),
  title: z.string(),
  appealType: z.string(),
  appealTypeName: z.string(),
  state: z.string(),
  stateName: z.string(),
  open: z.boolean(),
  unitName: z.string().nullable(),
  registeredAt: instant,
  nextDueAt: instant.nullable(),
  round: z.number().int(),
  urgeCount: z.number().int(),
  rates: z.object({ contacted: z.string().nullable(), solved: z.string().nullable(), satisfied: z.string().nullable() }).nullable(),
  /** False where only this line may be seen, not the order itself. */
  mayOpen: z.boolean(),
})

const permission = 'orders.requesterHistory'
const one = z.object({ id })

export const lookupRequesterRoute = describeRoute({
  id: 'lookupRequester', method: 'GET', path: '/api/requesters/lookup', summary: '按电话或证件号查诉求人及历史诉求', audience: 'staff', access: { permission },
  query: z.object({ phone: z.string().trim().min(3).max(40).optional(), idNumber: z.string().trim().min(4).max(40).optional() }),
  response: z.object({
    /** The most recent record; null for a first-time caller. */
    requester: requesterView.nullable(),
    /** All records on this number, where several people share it. */
    candidates: z.array(requesterView),
    orders: z.array(earlierOrder),
    openCount: z.number().int(),
    total: z.object({ value: z.number().int(), capped: z.boolean() }),
  }),
})
export const getRequesterRoute = describeRoute({ id: 'getRequester', method: 'GET', path: '/api/requesters/:id', summary: '诉求人资料', audience: 'staff', access: { permission }, params: one, response: requesterView })

const text = (max: number) => z.string().trim().max(max).nullable().optional()
export const patchRequesterRoute = describeRoute({
  id: 'patchRequester', method: 'PATCH', path: '/api/requesters/:id', summary: '修改诉求人资料', audience: 'staff', access: { permission: 'orders.editRequester' },
  params: one,
  body: z.object({
    version: z.number().int(),
    name: text(60), sex: z.enum(['male', 'female']).nullable().optional(), ageRange: text(20), idType: text(20), idNumber: text(40), areaCode: text(12), address: text(200), detailAddress: text(200),
    /** Numbers to add; taking one off is done by its mask. */
    addPhones: z.array(z.string().trim().max(40)).max(5).default([]),
    removePhones: z.array(z.string()).max(5).default([]),
    labels: z.array(z.string().trim().min(1).max(20)).max(20).optional(),
  }),
  response: requesterView,
})

export const requesterChangesRoute = describeRoute({
  id: 'requesterChanges', method: 'GET', path: '/api/requesters/:id/changes', summary: '诉求人资料变更记录', audience: 'staff', access: { permission }, params: one,
  query: pageQuery,
  response: pageOf(z.object({ id, at: instant, actorName: z.string(), changes: z.array(z.object({ field: z.string(), label: z.string(), old: z.string(), new: z.string() })) })),
})
export const requesterOrdersRoute = describeRoute({ id: 'requesterOrders', method: 'GET', path: '/api/requesters/:id/orders', summary: '诉求人历史诉求', audience: 'staff', access: { permission }, params: one, query: pageQuery, response: pageOf(earlierOrder) })

export const revealContactRoute = describeRoute({
  id: 'revealContact', method: 'POST', path: '/api/orders/:id/reveal', summary: '查看联系方式原文', audience: 'staff', access: { permission: 'orders.reveal' }, secret: true, audit: false,
  params: one,
  body: z.object({ field: z.enum(['phone', 'idNumber', 'name']), reason: z.string().trim().min(1).max(200) }),
  response: z.object({ value: z.string(), used: z.number().int(), quota: z.number().int() }),
})
