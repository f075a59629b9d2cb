// Results of the upper platform as routes: the detail file, and its comparison with the own results order by order (CBK-03, ASM-14, ASM-23).
import { z } from 'zod'
import { id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { statements } from '../callback.ts'
import { matchKinds } from './compare-levels.ts'

const read = { audience: 'staff', access: { permission: 'callback.read' } } as const
const manage = { audience: 'staff', access: { permission: 'callback.upper' } } as const
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '请选择月份')
const cell = (max: number) => z.string().max(max).default('')
const fault = z.object({ row: z.number().int(), field: z.string(), message: z.string() })

export const importUpperResults = describeRoute({
  ...manage, id: 'importUpperResults', method: 'POST', path: '/api/callback/upper/imports', summary: '导入上级回访结果',
  body: z.object({ month, name: z.string().trim().max(120).default(''), /** Looks only: nothing is kept. */ checkOnly: z.boolean().default(false), rows: z.array(z.object({ number: cell(60), contacted: cell(40), solved: cell(40), satisfied: cell(40), at: cell(40), opinion: cell(1000) })).min(1, '文件中没有数据').max(5000, '一次最多 5000 行，请分批导入') }),
  response: z.object({ importId: id.nullable(), imported: z.number().int(), replaced: z.number().int(), errors: z.array(fault) }),
})
export const listUpperImports = describeRoute({
  ...read, id: 'listUpperImports', method: 'GET', path: '/api/callback/upper/imports', summary: '上级回访结果导入记录', query: z.object({ month: month.optional() }),
  response: z.object({ items: z.array(z.object({ id, month: z.string(), name: z.string(), rows: z.number().int(), taken: z.number().int(), /** Rows that still count; the others were replaced by later files. */ standing: z.number().int(), faults: z.array(fault), byName: z.string(), createdAt: instant })) }),
})

const pair = z.object({ compared: z.number().int(), agreed: z.number().int(), /** 0–1; null where nothing could be compared. */ rate: z.number().nullable() })
const pairs = { ownUpper: pair, unitOwn: pair, unitUpper: pair }
export const upperComparison = describeRoute({
  ...read, id: 'upperComparison', method: 'GET', path: '/api/callback/upper/comparison', summary: '与上级回访结果比对', query: z.object({ month, unitId: id.optional() }),
  response: z.object({
    month: z.string(), total: z.number().int(), kinds: z.array(z.object({ kind: z.enum(matchKinds), name: z.string(), count: z.number().int() })), questions: z.array(z.object({ question: z.enum(['contacted', 'solved', 'satisfied']), name: z.string(), ownUpper: pair })), ...pairs,
    units: z.array(z.object({ unitId: id.nullable(), unitName: z.string(), orders: z.number().int(), differing: z.number().int(), ...pairs })), definition: z.string(),
  }),
})

const said = z.object({ contacted: z.enum(statements), solved: z.enum(statements), satisfied: z.enum(statements), at: instant.nullable() })
export const listUpperMatches = describeRoute({
  ...read, id: 'listUpperMatches', method: 'GET', path: '/api/callback/upper/matches', summary: '逐单比对', query: pageQuery.extend({ month, kind: z.enum(matchKinds).optional(), unitId: id.optional(), number: z.string().trim().max(60).optional() }),
  response: pageOf(z.object({
    id, number: z.string(), title: z.string(), unitName: z.string().nullable(), kind: z.enum(matchKinds), kindName: z.string(), unit: said.nullable(), own: said.extend({ callId: z.string().nullable(), byName: z.string() }).nullable(), upper: said.extend({ resultId: id, opinion: z.string().nullable() }).nullable(),
    differs: z.array(z.string()), cause: z.string().nullable(), causeByName: z.string().nullable(),
  })),
})
export const explainDifference = describeRoute({ ...manage, id: 'explainUpperDifference', method: 'POST', path: '/api/callback/upper/results/:id/cause', summary: '登记差异原因', params: z.object({ id }), body: z.object({ cause: z.string().trim().min(1, '请填写原因').max(300) }), response: z.object({ id, cause: z.string() }) })
