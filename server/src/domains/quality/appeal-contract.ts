// Inspection appeals as routes.
import { z } from 'zod'
import { describeRoute } from '../../kernel/http/route.ts'
import { id, instant, listOf, pageOf, pageQuery } from '../../kernel/http/codec.ts'
import { claimTaskRoute, sheetFilled } from './contract.ts'

const one = z.object({ id })
const states = z.enum(['running', 'approved', 'kept', 'returned', 'withdrawn'])
const access = { anyOf: ['quality.read', 'quality.own'] }
const excerpt = z.array(z.object({ sentenceId: z.string().max(60), atMs: z.int().min(0), text: z.string().max(300) })).max(10)
const appeal = z.object({
  id, state: z.string(), stateName: z.string(), reason: z.string(), excerpt, byName: z.string(), at: instant, oldPoints: z.int(), newPoints: z.int().nullable(), decidedAt: instant.nullable(), outcome: z.string().nullable(), task: claimTaskRoute.response,
  current: z.object({ node: z.string(), name: z.string(), actor: z.string(), /** The step fills in a sheet. */ scores: z.boolean() }).nullable(), mayDecide: z.boolean(), barred: z.string().nullable(),
  chain: z.array(z.object({ name: z.string(), actor: z.string(), state: z.string(), by: z.string().nullable(), at: instant.nullable(), opinion: z.string().nullable(), points: z.int().nullable() })),
})
export const appealTaskRoute = describeRoute({ id: 'appealQualityTask', method: 'POST', path: '/api/quality/tasks/:id/appeal', summary: '质检申诉', audience: 'staff', access: { permission: 'quality.own' }, params: one, body: z.object({ reason: z.string().trim().min(5, '请写明申诉理由（至少 5 个字）').max(1000), excerpt: excerpt.default([]) }), response: appeal })
export const showAppealRoute = describeRoute({ id: 'showQualityAppeal', method: 'GET', path: '/api/quality/appeals/:id', summary: '质检申诉详情', audience: 'staff', access, params: one, response: appeal })
export const listAppealsRoute = describeRoute({
  id: 'listQualityAppeals', method: 'GET', path: '/api/quality/appeals', summary: '质检申诉列表', audience: 'staff', access, query: pageQuery.extend({ state: listOf(states).optional() }),
  response: pageOf(z.object({ id, taskId: id, label: z.string(), state: z.string(), stateName: z.string(), reason: z.string(), byName: z.string(), at: instant, oldPoints: z.int(), newPoints: z.int().nullable(), step: z.string().nullable(), mayDecide: z.boolean() })),
})
export const decideAppealRoute = describeRoute({ id: 'decideQualityAppeal', method: 'POST', path: '/api/quality/appeals/:id/decide', summary: '办理质检申诉', audience: 'staff', access: { anyOf: ['quality.decideAppeal', 'quality.review', 'quality.own'] }, params: one, body: z.object({ outcome: z.enum(['approve', 'return']), opinion: z.string().trim().min(1, '请填写意见').max(500), sheet: sheetFilled.nullable().default(null) }), response: appeal })
