// Published figures (DAT-24): an administrator fixes the form, an application calls it with its token.
import { z } from 'zod'
import { id, instant, localDate } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const manage = { permission: 'data.manage' } as const
const read = { permission: 'data.read' } as const
const code = z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/)
const key = z.string().max(80).nullable()
/** What is fixed; a caller chooses the period and the page only. */
export const form = z.strictObject({
  indicators: z.array(code).min(1).max(12), dimensions: z.array(z.string().max(40)).max(2).default([]),
  where: z.array(z.strictObject({ dimension: z.string().max(40), values: z.array(key).min(1).max(200) })).max(5).default([]),
})
const body = z.object({ name: z.string().trim().min(1).max(40), description: z.string().trim().max(500).default(''), form, state: z.enum(['open', 'stopped']).default('open'), perMinute: z.int().min(1).max(600).default(60), callerIds: z.array(id).max(100).default([]).describe('Accounts by which applications act') })
const one = body.extend({ code: z.string(), version: z.int(), callers: z.array(z.object({ id, name: z.string() })), changedAt: instant, changedByName: z.string(), address: z.string() })
const column = z.object({ code: z.string(), name: z.string(), unit: z.string(), statement: z.string(), version: z.int() })

export const interfacesRoute = describeRoute({ id: 'listFigureInterfaces', method: 'GET', path: '/api/data/interfaces', summary: '指标接口', audience: 'staff', access: manage, response: z.object({ items: z.array(one) }) })
export const keepInterfaceRoute = describeRoute({ id: 'keepFigureInterface', method: 'PUT', path: '/api/data/interfaces/:code', summary: '发布或修改指标接口', audience: 'staff', access: manage, params: z.object({ code }), body: body.extend({ version: z.int().min(0).describe('As read; 0 for a new one') }), response: one })
export const interfaceCallsRoute = describeRoute({
  id: 'listFigureInterfaceCalls', method: 'GET', path: '/api/data/interfaces/:code/calls', summary: '指标接口调用记录', audience: 'staff', access: manage, params: z.object({ code }), query: z.object({ cursor: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
  response: z.object({ items: z.array(z.object({ id, callerName: z.string(), at: instant, params: z.record(z.string(), z.unknown()), rows: z.int(), version: z.int() })), next: z.string().nullable() }),
})
export const describeInterfaceRoute = describeRoute({ id: 'describeFigureInterface', method: 'GET', path: '/api/data/published/:code/description', summary: '指标接口说明', audience: 'staff', access: read, params: z.object({ code }), response: z.object({ code: z.string(), name: z.string(), description: z.string(), version: z.int(), perMinute: z.int(), indicators: z.array(column), dimensions: z.array(z.object({ key: z.string(), label: z.string() })), query: z.array(z.object({ name: z.string(), words: z.string() })) }) })
export const callInterfaceRoute = describeRoute({
  id: 'callFigureInterface', method: 'GET', path: '/api/data/published/:code', summary: '读取指标接口', audience: 'staff', access: read, writes: true, params: z.object({ code }),
  query: z.object({ from: localDate, to: localDate, page: z.coerce.number().int().min(1).max(1000).default(1), pageSize: z.coerce.number().int().min(1).max(500).default(100) }),
  response: z.object({
    code: z.string(), name: z.string(), version: z.int(), from: z.string(), to: z.string(), asOf: instant, columns: z.array(column), page: z.int(), pageSize: z.int(), count: z.int().describe('Rows in all'),
    rows: z.array(z.object({ keys: z.array(z.object({ dimension: z.string(), key, name: z.string() })), values: z.record(z.string(), z.string().nullable()) })), total: z.record(z.string(), z.string().nullable()),
  }),
})
