// Reports as routes: templates, reports with their life, schedules, files.
import { z } from 'zod'
import { actState, empty, id, instant, localDate } from '../../kernel/http/codec.ts'
import { describeRoute } from '../../kernel/http/route.ts'
import { documentFormats } from '../../kernel/documents/index.ts'
import { content } from './content.ts'
import { viewKeys } from './shipped/views.ts'
import { cycles, sectionKeys, template } from './template.ts'

const staff = { audience: 'staff' } as const
const read = { permission: 'reports.read' } as const
const write = { permission: 'reports.write' } as const
const manage = { permission: 'reports.manage' } as const
/** Of a template, `board:` and the code of a board, or `event:` and the id of a hot event. */
const code = z.string().max(48)
const coded = z.object({ code })
const one = z.object({ id })
const required = (most: number) => z.string().trim().min(1).max(most)
export const kind = z.enum(['periodic', 'thematic'])
const cycle = z.enum(cycles)
export const readers = z.object({ all: z.boolean().describe('Everybody who may read reports'), unitIds: z.array(id).max(200), userIds: z.array(id).max(500) })
const nobodyElse = { all: true, unitIds: [], userIds: [] }

// ── templates
const templateState = z.enum(['draft', 'published', 'withdrawn'])
const templateHead = z.object({ code: z.string(), name: z.string(), kind, kindName: z.string(), category: z.string(), cycle, cycleName: z.string(), description: z.string(), sort: z.int(), state: templateState, stateName: z.string(), shipped: z.boolean(), changed: z.boolean(), hasDraft: z.boolean(), version: z.int(), departmentId: id.nullable(), departmentName: z.string(), createdAt: instant.nullable(), createdByName: z.string().nullable(), changedAt: instant.nullable(), reports: z.int().describe('Reports made from it') })
const templateView = templateHead.extend({ definition: template, edit: z.int(), versions: z.array(z.object({ version: z.int(), at: instant, byName: z.string() })), warnings: z.array(z.string()), sections: z.array(z.object({ key: z.enum(sectionKeys), name: z.string(), inherited: z.int().describe('Blocks that come from its base') })) })
export const templatesRoute = describeRoute({ ...staff, id: 'listReportTemplates', method: 'GET', path: '/api/reports/templates', summary: '报告模板库', access: write, response: z.object({ items: z.array(templateHead), mayManage: z.boolean() }) })
export const templateRoute = describeRoute({ ...staff, id: 'showReportTemplate', method: 'GET', path: '/api/reports/templates/:code', summary: '报告模板', access: write, params: coded, query: z.object({ draft: z.stringbool().default(false) }), response: templateView })
export const templateFileRoute = describeRoute({ ...staff, id: 'downloadReportTemplate', method: 'GET', path: '/api/reports/templates/:code/file', summary: '下载报告模板', access: write, raw: 'download', limit: 30, params: coded, response: empty })
export const readWordRoute = describeRoute({ ...staff, id: 'readTemplateWord', method: 'POST', path: '/api/reports/templates/word', summary: '由 Word 文件读出报告模板', access: manage, audit: false, limit: 20, body: z.object({ fileId: id, code: code.optional().describe('Whose marks it holds'), newCode: code.default('wordTemplate') }), response: z.object({ definition: template, lost: z.array(z.string()).describe('What of the file has no place') }) })
export const createTemplateRoute = describeRoute({ ...staff, id: 'createReportTemplate', method: 'POST', path: '/api/reports/templates', summary: '新建报告模板', access: manage, body: z.object({ definition: template, departmentId: id.nullable().default(null) }), response: templateView })
export const saveTemplateRoute = describeRoute({ ...staff, id: 'saveReportTemplate', method: 'PATCH', path: '/api/reports/templates/:code', summary: '保存报告模板', access: manage, params: coded, body: z.object({ definition: template, departmentId: id.nullable().optional(), edit: z.int().describe('As read; 0 for a delivered one changed for the first time') }), response: templateView })
export const publishTemplateRoute = describeRoute({ ...staff, id: 'publishReportTemplate', method: 'POST', path: '/api/reports/templates/:code/publish', summary: '发布报告模板', access: manage, params: coded, response: templateView })
export const templateStateRoute = describeRoute({ ...staff, id: 'changeReportTemplateState', method: 'POST', path: '/api/reports/templates/:code/state', summary: '撤下、恢复报告模板', access: manage, params: coded, body: z.object({ act: z.enum(['withdraw', 'restore', 'discard', 'delivered']) }), response: templateView })
export const previewRoute = describeRoute({ ...staff, id: 'previewReport', method: 'POST', path: '/api/reports/preview', summary: '预览报告模板', access: write, audit: false, limit: 60, body: z.object({ definition: template, from: localDate, to: localDate }), response: z.object({ content }) })

// ── categories
const category = z.object({ name: z.string(), kind, kindName: z.string(), parent: z.string().nullable(), departmentId: id.nullable(), departmentName: z.string(), sort: z.int(), state: z.enum(['published', 'withdrawn']), edit: z.int().describe('0: as templates name it'), templates: z.int(), reports: z.int() })
const categories = z.object({ items: z.array(category), mayManage: z.boolean() })
const byName = z.object({ name: required(20) })
export const categoriesRoute = describeRoute({ ...staff, id: 'listReportCategories', method: 'GET', path: '/api/reports/categories', summary: '报告分类', access: read, response: categories })
export const saveCategoryRoute = describeRoute({ ...staff, id: 'saveReportCategory', method: 'PUT', path: '/api/reports/categories/:name', summary: '保存报告分类', access: manage, params: byName, body: z.object({ kind, parent: z.string().max(20).nullable().default(null), departmentId: id.nullable().default(null), sort: z.int().min(0).max(9999).default(100), edit: z.int() }), response: categories })
export const categoryStateRoute = describeRoute({ ...staff, id: 'changeReportCategoryState', method: 'POST', path: '/api/reports/categories/:name/state', summary: '撤下、恢复报告分类', access: manage, params: byName, body: z.object({ act: z.enum(['withdraw', 'restore']) }), response: categories })

// ── reports
export const state = z.enum(['draft', 'inReview', 'published', 'unpublished', 'withdrawn'])
const reportHead = z.object({ id, name: z.string(), templateCode: z.string(), kind, kindName: z.string(), category: z.string(), cycle: z.string().nullable(), cycleName: z.string(), fromDay: z.string(), toDay: z.string(), state, stateName: z.string(), unread: z.boolean(), createdAt: instant, createdByName: z.string(), publishedAt: instant.nullable(), publishedByName: z.string().nullable() })
export const circulationState = z.enum(['sent', 'read', 'returned', 'adopted', 'recalled'])
const circulated = z.object({ id, reportId: id, parentId: id.nullable(), toUnit: z.boolean(), toName: z.string(), note: z.string(), state: circulationState, stateName: z.string(), opinion: z.string().nullable(), fromName: z.string(), sentAt: instant, readAt: instant.nullable(), readByName: z.string().nullable(), answeredAt: instant.nullable(), answeredByName: z.string().nullable(), mine: z.boolean().describe('Sent to the reader or a unit of his'), acts: z.array(z.enum(['adopt', 'return', 'recall'])) })
const circulation = z.object({ items: z.array(circulated), maySend: z.boolean(), anywhere: z.boolean().describe('To every unit; otherwise below the own ones only'), unitIds: z.array(id).describe('Own units of who passes on') })
const step = z.object({ act: z.string(), actName: z.string(), blockId: z.string().nullable(), oldText: z.string().nullable(), newText: z.string().nullable(), at: instant, byName: z.string() })
const reportView = reportHead.extend({ content, version: z.int(), templateVersion: z.int(), readers, readerNames: z.array(z.string()), opinion: z.string().nullable(), untraced: z.int().describe('Numbers without a source'), personal: z.array(z.object({ place: z.string(), kinds: z.array(z.string()) })).describe('Personal data in clear, for those who write or publish'), reads: z.int(), steps: z.array(step), acts: z.array(actState), mayEdit: z.boolean(), circulation })
export const reportsRoute = describeRoute({
  ...staff, id: 'listReports', method: 'GET', path: '/api/reports', summary: '报告清单', access: read,
  query: z.object({ kind: kind.optional(), category: z.string().max(20).optional(), state: state.optional(), template: code.optional(), q: z.string().trim().max(40).optional(), unread: z.stringbool().optional(), from: localDate.optional().describe('Report periods that touch from … to'), to: localDate.optional(), cursor: z.string().max(120).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
  response: z.object({ items: z.array(reportHead), next: z.string().nullable(), unread: z.int(), categories: z.array(z.object({ kind, category: z.string(), reports: z.int() })), mayWrite: z.boolean(), mayManage: z.boolean(), works: z.boolean().describe('Writes or publishes: sees what is not published') }),
})
export const reportRoute = describeRoute({ ...staff, id: 'showReport', method: 'GET', path: '/api/reports/:id', summary: '报告', access: read, params: one, writes: true, response: reportView })
export const createReportRoute = describeRoute({ ...staff, id: 'createReport', method: 'POST', path: '/api/reports', summary: '生成报告', access: write, limit: 30, body: z.object({ template: code, from: localDate, to: localDate, name: z.string().trim().max(60).default(''), readers: readers.default(nobodyElse) }), response: reportView })
export const changeReportRoute = describeRoute({ ...staff, id: 'changeReport', method: 'PATCH', path: '/api/reports/:id', summary: '修改报告名称、分类、模板、报告期与阅读范围', access: write, limit: 30, params: one, body: z.object({ name: required(60), readers, version: z.int(), category: required(20).optional(), template: code.optional().describe('With another template or period the report is made anew'), from: localDate.optional(), to: localDate.optional() }), response: reportView })
export const editBlockRoute = describeRoute({ ...staff, id: 'editReportText', method: 'PATCH', path: '/api/reports/:id/blocks/:block', summary: '编辑报告文字', access: write, params: one.extend({ block: z.string().max(20) }), body: z.object({ text: z.string().trim().max(5000).describe('Empty: as generated'), was: z.string().max(6000).describe('The text as read: another’s change of the same block is not overwritten') }), response: reportView })
export const presenceRoute = describeRoute({ ...staff, id: 'stayInReport', method: 'POST', path: '/api/reports/:id/presence', summary: '正在编辑报告的人', access: write, audit: false, limit: 120, params: one, body: z.object({ block: z.string().max(20).nullable().default(null).describe('The text being edited'), leave: z.boolean().default(false) }), response: z.object({ others: z.array(z.object({ name: z.string(), block: z.string().nullable() })) }) })
export const regenerateRoute = describeRoute({ ...staff, id: 'regenerateReport', method: 'POST', path: '/api/reports/:id/regenerate', summary: '重新生成报告', access: write, limit: 30, params: one, body: z.object({ version: z.int() }), response: reportView })
export const reportStateRoute = describeRoute({ ...staff, id: 'changeReportState', method: 'POST', path: '/api/reports/:id/state', summary: '送审、退回、发布、撤回报告', access: { anyOf: ['reports.write', 'reports.publish'] }, params: one, body: z.object({ act: z.enum(['submit', 'return', 'publish', 'unpublish', 'withdraw']), opinion: z.string().trim().max(500).default(''), untracedConfirmed: z.boolean().default(false), personalConfirmed: z.boolean().default(false) }), response: reportView })
export const reportFileRoute = describeRoute({ ...staff, id: 'downloadReport', method: 'GET', path: '/api/reports/:id/file', summary: '下载报告', access: read, raw: 'download', limit: 30, params: one, query: z.object({ format: z.enum(documentFormats).default('pdf') }), response: empty })
export const reportViewRoute = describeRoute({ ...staff, id: 'showReportView', method: 'GET', path: '/api/reports/:id/views/:view', summary: '报告导览', access: read, limit: 60, params: one.extend({ view: z.enum(viewKeys) }), response: z.object({ content, pictures: z.record(z.string(), z.string()).describe('SVG by block') }) })
export const secretFileRoute = describeRoute({ ...staff, id: 'downloadReportSecret', method: 'POST', path: '/api/reports/:id/file', summary: '下载加密的报告', access: read, raw: 'download', secret: true, limit: 30, params: one, body: z.object({ password: z.string().min(6, '密码不少于 6 位').max(64) }), response: empty })
export const pictureRoute = describeRoute({ ...staff, id: 'showReportPicture', method: 'GET', path: '/api/reports/:id/blocks/:block/picture', summary: '报告图表', access: read, raw: 'download', params: one.extend({ block: z.string().max(20) }), response: empty })
export const previewPictureRoute = describeRoute({ ...staff, id: 'previewReportPicture', method: 'POST', path: '/api/reports/preview/picture', summary: '预览图表', access: write, audit: false, limit: 240, body: z.object({ block: content.shape.sections.element.shape.blocks.element }), response: z.object({ svg: z.string() }) })

// ── circulation
export const circulationRoute = describeRoute({
  ...staff, id: 'listReportCirculation', method: 'GET', path: '/api/reports/circulation', summary: '报告流转', access: read,
  query: z.object({ box: z.enum(['in', 'out']).default('in'), state: circulationState.optional(), q: z.string().trim().max(40).optional(), cursor: z.string().max(120).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
  response: z.object({ items: z.array(circulated.extend({ reportName: z.string(), reportStateName: z.string(), open: z.boolean().describe('The report can be opened now') })), next: z.string().nullable(), waiting: z.int().describe('Received and not answered, up to 1,000') }),
})
export const circulateRoute = describeRoute({ ...staff, id: 'circulateReport', method: 'POST', path: '/api/reports/:id/circulation', summary: '送阅报告', access: read, limit: 30, params: one, body: z.object({ unitIds: z.array(id).max(200).default([]), userIds: z.array(id).max(200).default([]), note: z.string().trim().max(500).default('') }), response: circulation })
export const answerCirculationRoute = describeRoute({ ...staff, id: 'answerReportCirculation', method: 'POST', path: '/api/reports/circulation/:id/answer', summary: '采用、退回、收回送阅的报告', access: read, params: one, body: z.object({ act: z.enum(['adopt', 'return', 'recall']), opinion: z.string().trim().max(500).default('') }), response: circulated })

// ── schedules
const scheduleBody = z.object({ name: required(40), templateCode: code, cycle, atDay: z.int().min(1).max(366), atTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/), ofPeriod: z.enum(['last', 'running']).default('last'), fromDay: localDate, toDay: localDate.nullable().default(null), readers: readers.default(nobodyElse), publish: z.enum(['setting', 'draft', 'published']).default('setting'), enabled: z.boolean().default(true) })
const scheduleRun = z.object({ id, state: z.enum(['running', 'done', 'failed']), stateName: z.string(), fromDay: z.string(), toDay: z.string(), reportId: id.nullable(), problem: z.string().nullable(), attempts: z.int(), at: instant, tookMs: z.int().nullable() })
const schedule = scheduleBody.extend({ id, templateName: z.string(), cycleName: z.string(), ownerName: z.string(), nextAt: instant.nullable(), version: z.int(), runs: z.array(scheduleRun).describe('The last ten') })
export const schedulesRoute = describeRoute({ ...staff, id: 'listReportSchedules', method: 'GET', path: '/api/reports/schedules', summary: '定时报告', access: manage, response: z.object({ items: z.array(schedule) }) })
export const createScheduleRoute = describeRoute({ ...staff, id: 'createReportSchedule', method: 'POST', path: '/api/reports/schedules', summary: '新建定时报告', access: manage, body: scheduleBody, response: schedule })
export const changeScheduleRoute = describeRoute({ ...staff, id: 'changeReportSchedule', method: 'PATCH', path: '/api/reports/schedules/:id', summary: '修改定时报告', access: manage, params: one, body: scheduleBody.extend({ version: z.int() }), response: schedule })
export const runScheduleRoute = describeRoute({ ...staff, id: 'runReportSchedule', method: 'POST', path: '/api/reports/schedules/:id/run', summary: '立即生成', access: manage, limit: 20, params: one, response: schedule })
