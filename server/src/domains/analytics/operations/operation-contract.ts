// Recurring operation work as routes (ANA-45).
import { z } from 'zod'
import { actState, id, instant, localDate } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const read = { audience: 'staff', access: { permission: 'data.read' } } as const
const manage = { audience: 'staff', access: { permission: 'analytics.manage' } } as const
export const cycles = ['day', 'week', 'month', 'quarter', 'year'] as const
export const operationStates = ['done', 'due', 'late', 'off'] as const
const text = (max: number) => z.string().trim().max(max)
/** A page of the console; nothing outside it. */
const page = text(300).regex(/^\/(?!\/)[^\s\\]*$/, '请填写本系统的页面地址，以 / 开头')

const run = z.object({ id, at: instant, byName: z.string(), result: z.string(), path: z.string().nullable() })
export const operation = z.object({
  id, name: z.string(), detail: z.string(), cycle: z.enum(cycles), cycleName: z.string(), ownerId: id.nullable(), ownerName: z.string().nullable(), toolPath: z.string(), outputPath: z.string(), active: z.boolean(),
  state: z.enum(operationStates), stateName: z.string(), /** Of the period that runs: its first day, and the day after its last. */ from: localDate, before: localDate, last: run.nullable(), acts: z.array(actState), version: z.number().int(),
})
const list = z.object({ items: z.array(operation) })

export const operationsRoute = describeRoute({ ...read, id: 'listOperations', method: 'GET', path: '/api/analytics/operations', summary: '常态化运营', response: list })
export const saveOperationRoute = describeRoute({
  ...manage, id: 'saveOperation', method: 'POST', path: '/api/analytics/operations', summary: '维护运营工作',
  body: z.strictObject({ id: id.nullable().default(null), version: z.number().int().optional(), name: text(60).min(1, '请填写名称'), detail: text(500).default(''), cycle: z.enum(cycles), ownerId: id.nullable().default(null), toolPath: page, outputPath: page, active: z.boolean().default(true) }), response: operation,
})
export const doOperationRoute = describeRoute({
  ...read, id: 'doOperation', method: 'POST', path: '/api/analytics/operations/:id/runs', summary: '登记运营工作完成', params: z.object({ id }), body: z.strictObject({ result: text(1000).min(1, '请填写结果'), path: page.optional() }), response: operation,
})
export const operationRunsRoute = describeRoute({ ...read, id: 'listOperationRuns', method: 'GET', path: '/api/analytics/operations/:id/runs', summary: '运营工作记录', params: z.object({ id }), response: z.object({ items: z.array(run) }) })
