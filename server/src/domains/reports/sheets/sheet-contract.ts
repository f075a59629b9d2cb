// Spreadsheet reports as routes: designing, running, entering, files.
import { z } from 'zod'
import { empty, id, instant, localDate } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { book, bookValue, cellAddress } from '../../../kernel/sheets/book/index.ts'
import { readers } from '../contract.ts'
import { entryKinds, sheetDefinition } from './sheet.ts'

const staff = { audience: 'staff' } as const
const read = { permission: 'reports.read' } as const
const manage = { permission: 'reports.manage' } as const
const one = z.object({ id })
const everybody = { all: true, unitIds: [], userIds: [] }
const nobody = { all: false, unitIds: [], userIds: [] }

const head = z.object({ id, name: z.string(), folder: z.string(), cycle: z.string(), cycleName: z.string(), description: z.string(), state: z.enum(['draft', 'published', 'withdrawn']), stateName: z.string(), hasDraft: z.boolean(), version: z.int(), entries: z.int().describe('Cells to fill in'), mayFill: z.boolean(), mayDesign: z.boolean(), changedAt: instant, changedByName: z.string() })
const design = head.extend({ definition: sheetDefinition, edit: z.int(), readers, fillers: readers, designers: readers, warnings: z.array(z.string()) })
export const sheetsRoute = describeRoute({ ...staff, id: 'listSheets', method: 'GET', path: '/api/reports/sheets', summary: '报表清单', access: read, query: z.object({ q: z.string().trim().max(40).optional(), withdrawn: z.stringbool().default(false) }), response: z.object({ items: z.array(head), mayManage: z.boolean() }) })
export const readBookRoute = describeRoute({ ...staff, id: 'readSheetFile', method: 'POST', path: '/api/reports/sheets/read', summary: '读取 Excel 版式', access: manage, limit: 20, body: z.object({ fileId: id }), response: z.object({ name: z.string(), book, lost: z.array(z.string()).describe('What of the file is not kept') }) })
export const designRoute = describeRoute({ ...staff, id: 'showSheetDesign', method: 'GET', path: '/api/reports/sheets/:id', summary: '报表设计', access: manage, params: one, response: design })
export const createSheetRoute = describeRoute({ ...staff, id: 'createSheet', method: 'POST', path: '/api/reports/sheets', summary: '新建报表', access: manage, limit: 30, body: z.object({ definition: sheetDefinition, readers: readers.default(everybody), fillers: readers.default(nobody), designers: readers.default(everybody).describe('Of those who may keep reports: who may change this one') }), response: design })
export const saveSheetRoute = describeRoute({ ...staff, id: 'saveSheet', method: 'PATCH', path: '/api/reports/sheets/:id', summary: '保存报表', access: manage, limit: 60, params: one, body: z.object({ definition: sheetDefinition, readers, fillers: readers, designers: readers.optional(), edit: z.int().describe('As read: another’s change is not overwritten') }), response: design })
export const publishSheetRoute = describeRoute({ ...staff, id: 'publishSheet', method: 'POST', path: '/api/reports/sheets/:id/publish', summary: '发布报表', access: manage, params: one, body: z.object({ edit: z.int() }), response: design })
export const sheetStateRoute = describeRoute({ ...staff, id: 'changeSheetState', method: 'POST', path: '/api/reports/sheets/:id/state', summary: '撤下、恢复报表', access: manage, params: one, body: z.object({ act: z.enum(['withdraw', 'restore', 'discard']) }), response: design })

const entry = z.object({ sheet: z.int(), cell: z.string(), name: z.string(), type: z.enum(entryKinds), required: z.boolean(), choices: z.array(z.string()), value: bookValue, byName: z.string().nullable(), at: instant.nullable() })
const result = z.object({
  name: z.string(), book, computed: z.array(z.record(z.string(), z.object({ value: bookValue, text: z.string() }))), from: z.string(), to: z.string(), periodName: z.string(), previous: z.string().describe('A day of the period before'), next: z.string(), asOf: instant, basis: z.string().describe('What the reader’s rights let be counted'),
  entries: z.array(entry), mayFill: z.boolean(), mayDesign: z.boolean(), missing: z.int().describe('Cells that must be filled in and are empty'), folder: z.string(),
})
const day = localDate.optional().describe('Any day of the period; without it the last whole one')
export const previewSheetRoute = describeRoute({ ...staff, id: 'previewSheet', method: 'POST', path: '/api/reports/sheets/preview', summary: '预览报表', access: manage, audit: false, limit: 60, body: z.object({ definition: sheetDefinition, day }), response: result })
export const resultRoute = describeRoute({ ...staff, id: 'showSheet', method: 'GET', path: '/api/reports/sheets/:id/result', summary: '报表', access: read, limit: 60, params: one, query: z.object({ day }), response: result })
export const fillRoute = describeRoute({ ...staff, id: 'fillSheet', method: 'POST', path: '/api/reports/sheets/:id/entries', summary: '填报报表', access: read, audit: false, limit: 120, params: one, body: z.object({ day: localDate, values: z.array(z.object({ sheet: z.int(), cell: cellAddress, value: bookValue, was: bookValue.describe('As read: another’s entry is not overwritten') })).min(1).max(500) }), response: result })
export const sheetFileRoute = describeRoute({ ...staff, id: 'downloadSheet', method: 'GET', path: '/api/reports/sheets/:id/file', summary: '下载报表', access: read, raw: 'download', limit: 30, params: one, query: z.object({ day, format: z.enum(['xlsx', 'csv']).default('xlsx'), sheet: z.coerce.number().int().min(0).default(0).describe('Of a CSV') }), response: empty })
