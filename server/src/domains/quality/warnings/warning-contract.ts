// Warnings of sub-standard handling as routes (QUA-23).
import { z } from 'zod'
import { flag, id, instant, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const read = { audience: 'staff', access: { permission: 'quality.read' } } as const
const manage = { audience: 'staff', access: { permission: 'quality.manage' } } as const
const one = z.object({ id })
const text = (max: number) => z.string().trim().max(max)
const required = (max: number) => z.string().trim().min(1, '必填').max(max)
export const warningStates = ['open', 'closed'] as const

const row = z.object({
  id, origin: z.enum(['job', 'person']), originName: z.string(), orderId: id, number: z.string(), title: z.string(), indicator: z.string(), content: z.string(), points: z.int().nullable(), standard: z.int().nullable(), unitId: id.nullable(), unitName: z.string().nullable(), personName: z.string().nullable(),
  state: z.enum(warningStates), stateName: z.string(), raisedAt: instant, raisedByName: z.string(), closedAt: instant.nullable(), closedByName: z.string().nullable(), remark: z.string().nullable(), version: z.int(), /** Tellings of persons, and those whose SMS did not go out. */ pushes: z.int(), failed: z.int(),
})
const push = z.object({ id, at: instant, byName: z.string(), personName: z.string(), state: z.string(), stateName: z.string(), problem: z.string().nullable() })
const detail = row.extend({ pushList: z.array(push) })

export const listWarnings = describeRoute({ ...read, id: 'listQualityWarnings', method: 'GET', path: '/api/quality/warnings', summary: '办理质量预警', query: pageQuery.extend({ state: z.enum(warningStates).optional(), origin: z.enum(['job', 'person']).optional(), unitId: id.optional(), failed: flag.optional(), from: localDate.optional(), to: localDate.optional() }), response: pageOf(row) })
export const showWarning = describeRoute({ ...read, id: 'showQualityWarning', method: 'GET', path: '/api/quality/warnings/:id', summary: '办理质量预警详情', params: one, response: detail })
export const addWarning = describeRoute({ ...manage, id: 'addQualityWarning', method: 'POST', path: '/api/quality/warnings', summary: '新增办理质量预警', body: z.object({ number: required(40), indicator: required(200), content: text(1000).default('') }), response: detail })
export const changeWarning = describeRoute({ ...manage, id: 'changeQualityWarning', method: 'PUT', path: '/api/quality/warnings/:id', summary: '修改办理质量预警', params: one, body: z.object({ version: z.int(), indicator: required(200), content: text(1000).default('') }), response: detail })
export const pushWarning = describeRoute({ ...manage, id: 'pushQualityWarning', method: 'POST', path: '/api/quality/warnings/:id/push', summary: '再次推送办理质量预警', params: one, body: z.object({}), response: detail })
export const closeWarning = describeRoute({ ...manage, id: 'closeQualityWarning', method: 'POST', path: '/api/quality/warnings/:id/close', summary: '关闭办理质量预警', params: one, body: z.object({ remark: required(500) }), response: detail })
