// Entered figures as routes: what a period's rules ask for, sheets with evidence, their review, what stands behind one object's score (ASM-25, ASM-28 to ASM-30).
import { z } from 'zod'
import { empty, id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { fileInfo } from '../../platform/index.ts'

const staff = { audience: 'staff' } as const
const see = { ...staff, access: { anyOf: ['assessment.manage', 'assessment.publish'] } }
const enter = { ...staff, access: { permission: 'assessment.manage' } } as const
const decide = { ...staff, access: { permission: 'assessment.publish' } } as const
const one = z.object({ id })
const text = (most: number) => z.string().trim().max(most)
export const decimalText = z.string().trim().regex(/^-?\d{1,9}(\.\d{1,6})?$/, '请填写数字')

const row = z.object({ objectId: id, objectName: z.string(), code: z.string(), name: z.string(), unit: z.string(), value: z.string().nullable(), before: z.string().nullable(), reason: z.string() })
const sheet = z.object({
  id, periodId: id, source: z.enum(['entered', 'imported']), sourceName: z.string(), state: z.enum(['pending', 'approved', 'returned', 'withdrawn']), stateName: z.string(), note: z.string(), enteredAt: instant, enteredByName: z.string(), decidedAt: instant.nullable(), decidedByName: z.string().nullable(), opinion: z.string().nullable(),
  rows: z.array(row), files: z.array(fileInfo), mayDecide: z.boolean(), mayWithdraw: z.boolean(),
})
const figure = z.object({ objectId: id, code: z.string(), value: z.string().nullable(), reason: z.string(), sheetId: id.nullable(), periodId: id.nullable().describe('Of a score: the period it comes from'), pending: z.boolean().describe('A sheet with this figure awaits review') })
export const figuresRoute = describeRoute({
  ...see, id: 'listAssessmentFigures', method: 'GET', path: '/api/assessment/periods/:id/figures', summary: '考核录入数据', params: one,
  response: z.object({
    periodName: z.string(), modelName: z.string(), inputs: z.array(z.object({ code: z.string(), name: z.string(), unit: z.string(), scale: z.int(), source: z.enum(['entered', 'score']), modelName: z.string().nullable(), help: z.string(), least: z.number().nullable(), most: z.number().nullable() })),
    objects: z.array(z.object({ id, name: z.string(), peer: z.string() })), figures: z.array(figure), sheets: z.array(sheet).describe('Newest first'), mayEnter: z.boolean(), why: z.string().describe('Why nothing can be entered now'), behind: z.boolean().describe('The standing result was computed from other figures'),
  }),
})
export const enterFiguresRoute = describeRoute({
  ...enter, id: 'enterAssessmentFigures', method: 'POST', path: '/api/assessment/periods/:id/figures', summary: '录入考核数据', params: one,
  body: z.object({ rows: z.array(z.object({ objectId: id, code: text(40), value: decimalText.nullable().describe('Null: there is none, for the reason'), reason: text(200).default('') })).min(1, '请至少填写一项').max(5000), note: text(500).default(''), fileIds: z.array(id).max(20).default([]) }), response: sheet,
})
export const importFiguresRoute = describeRoute({ ...enter, id: 'importAssessmentFigures', method: 'POST', path: '/api/assessment/periods/:id/figures/import', summary: '导入考核数据', params: one, body: z.object({ fileId: id, note: text(500).default(''), fileIds: z.array(id).max(20).default([]) }), response: sheet })
export const figureTemplateRoute = describeRoute({ ...see, id: 'downloadFigureTemplate', method: 'GET', path: '/api/assessment/periods/:id/figures/template', summary: '下载考核数据表', raw: 'download', params: one, query: z.object({ format: z.enum(['xlsx', 'csv']).default('xlsx') }), response: empty })
export const decideFiguresRoute = describeRoute({ ...decide, id: 'decideAssessmentFigures', method: 'POST', path: '/api/assessment/figure-sheets/:id/decide', summary: '审核考核数据', params: one, body: z.object({ outcome: z.enum(['approve', 'return']), opinion: text(500).default('') }), response: sheet })
export const withdrawFiguresRoute = describeRoute({ ...enter, id: 'withdrawAssessmentFigures', method: 'POST', path: '/api/assessment/figure-sheets/:id/withdraw', summary: '撤回录入的考核数据', params: one, response: sheet })
export const objectFiguresRoute = describeRoute({
  ...staff, id: 'listObjectFigures', method: 'GET', path: '/api/assessment/periods/:id/objects/:objectId/figures', summary: '得分中的录入数据及依据', access: { permission: 'assessment.read' }, params: z.object({ id, objectId: id }), query: z.object({ runId: id.optional() }),
  response: z.object({ items: z.array(z.object({ code: z.string(), name: z.string(), unit: z.string(), value: z.string().nullable(), reason: z.string(), periodId: id.nullable(), note: z.string(), enteredAt: instant.nullable(), enteredByName: z.string().nullable(), decidedByName: z.string().nullable(), files: z.array(fileInfo) })) }),
})
