// The upper platform's detail as routes: template, look, import, comparison by subject, orders it removed itself (ASM-14, ASM-15).
import { z } from 'zod'
import { empty, flag, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { upperFields } from './upper-row.ts'

const read = { audience: 'staff' as const, access: { anyOf: ['assessment.manage', 'assessment.publish', 'assessment.decide'] } }
const manage = { audience: 'staff', access: { permission: 'assessment.manage' } } as const
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '请选择月份')
const mapping = z.partialRecord(z.enum(upperFields), z.string().min(1).max(200))
const fault = z.object({ line: z.int(), field: z.string(), message: z.string() })
export const subjects = ['callbacks', 'exclusions', 'shelvings', 'units', 'types', 'keyEvents', 'sources'] as const
export const results = ['differs', 'same', 'ownMissing', 'upperMissing'] as const

export const upperTemplateRoute = describeRoute({ ...manage, id: 'downloadUpperTemplate', method: 'GET', path: '/api/assessment/upper/template', summary: '下载上级明细模板', raw: 'download', query: z.object({ format: z.enum(['xlsx', 'csv']).default('xlsx') }), response: empty })
const chosen = { month, fileId: id, mapping: mapping.optional().describe('Default: guessed from the column names'), whole: z.boolean().default(true).describe('The file is the whole month: what it does not name any more is replaced too') }
export const previewUpperRoute = describeRoute({
  ...manage, id: 'previewUpperDetail', method: 'POST', path: '/api/assessment/upper/preview', summary: '检查上级明细', audit: false, body: z.object(chosen),
  response: z.object({
    fileName: z.string(), columns: z.array(z.string()), mapping, fields: z.array(z.object({ field: z.enum(upperFields), name: z.string(), required: z.boolean(), example: z.string() })),
    rows: z.int(), good: z.int(), faultCount: z.int(), faults: z.array(fault), replaces: z.int().describe('Standing rows of the month that would be replaced'), dropped: z.int().describe('Of these: orders that the file does not name'),
  }),
})
export const importUpperRoute = describeRoute({ ...manage, id: 'importUpperDetail', method: 'POST', path: '/api/assessment/upper/imports', summary: '导入上级明细', body: z.object(chosen), response: z.object({ taskId: id.describe('Its progress and result: showTask') }) })
const importRow = z.object({ id, month: z.string(), fileName: z.string(), fileId: id, whole: z.boolean(), rows: z.int(), taken: z.int(), standing: z.int(), faultCount: z.int(), faults: z.array(fault), byName: z.string(), at: instant })
export const listUpperDetailsRoute = describeRoute({ ...read, id: 'listUpperDetails', method: 'GET', path: '/api/assessment/upper/imports', summary: '上级明细导入记录', query: z.object({ month: month.optional() }), response: z.object({ items: z.array(importRow) }) })

const tally = z.object({ compared: z.int(), differs: z.int(), same: z.int(), ownMissing: z.int(), upperMissing: z.int() })
const rates = z.object({ asked: z.int(), contacted: z.number().nullable(), solved: z.number().nullable(), satisfied: z.number().nullable() })
export const upperSummaryRoute = describeRoute({
  ...read, id: 'upperSummary', method: 'GET', path: '/api/assessment/upper/summary', summary: '与上级比对', query: z.object({ month }),
  response: z.object({
    month: z.string(), orders: z.int(), subjects: z.array(tally.extend({ subject: z.enum(subjects), name: z.string() })), own: rates, upper: rates,
    units: z.array(z.object({ unitId: id.nullable(), unitName: z.string(), orders: z.int(), own: rates, upper: rates })), definition: z.string(),
  }),
})
export const upperValuesRoute = describeRoute({ ...read, id: 'upperValues', method: 'GET', path: '/api/assessment/upper/values', summary: '比对项目的两级数值', query: z.object({ month, subject: z.enum(subjects) }), response: z.object({ items: z.array(z.object({ value: z.string(), own: z.int(), upper: z.int(), difference: z.int() })) }) })
const matched = z.object({ id, number: z.string(), title: z.string(), unitName: z.string().nullable(), own: z.string().nullable(), upper: z.string().nullable(), result: z.enum(results), resultName: z.string(), cause: z.string().nullable(), note: z.string().nullable(), causeByName: z.string().nullable() })
export const listUpperRowsRoute = describeRoute({
  ...read, id: 'listUpperRows', method: 'GET', path: '/api/assessment/upper/rows', summary: '上级明细逐单比对', query: pageQuery.extend({ month, subject: z.enum(subjects).default('callbacks'), result: z.enum(results).optional(), unitId: id.optional(), number: z.string().trim().max(60).optional(), explained: flag.optional() }), response: pageOf(matched),
})
export const explainUpperRoute = describeRoute({ ...manage, id: 'explainUpperRow', method: 'POST', path: '/api/assessment/upper/rows/:id/cause', summary: '登记与上级不一致的原因', params: z.object({ id }), body: z.object({ month, subject: z.enum(subjects), cause: z.string().trim().min(1, '请填写原因').max(200), note: z.string().trim().max(500).default('') }), response: z.object({ id, cause: z.string() }) })

const removed = z.object({ id, orderId: id, number: z.string(), title: z.string(), unitName: z.string().nullable(), reason: z.string().nullable(), sinceAt: instant, sinceMonth: z.string(), endedAt: instant.nullable(), endedMonth: z.string().nullable() })
export const listRemovedRoute = describeRoute({ ...read, id: 'listRemovedOrders', method: 'GET', path: '/api/assessment/upper/removed', summary: '上级主动剔除的工单', query: pageQuery.extend({ standing: flag.default(true), month: month.optional(), unitId: id.optional(), number: z.string().trim().max(60).optional() }), response: pageOf(removed) })
export const removedByUnitRoute = describeRoute({ ...read, id: 'removedByUnit', method: 'GET', path: '/api/assessment/upper/removed/units', summary: '主动剔除统计', query: z.object({ month: month.optional() }), response: z.object({ standing: z.int(), ended: z.int(), units: z.array(z.object({ unitId: id.nullable(), unitName: z.string(), standing: z.int(), ended: z.int() })), reasons: z.array(z.object({ reason: z.string(), standing: z.int() })) }) })
