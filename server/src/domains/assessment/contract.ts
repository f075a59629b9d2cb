// Assessment as routes: levels and objects, rules, periods with run, review and publication, scores, lost points, appeals.
import { z } from 'zod'
import { documentFormats } from '../../kernel/documents/index.ts'
import { describeRoute } from '../../kernel/http/route.ts'
import { actState, empty, id, instant, localDate } from '../../kernel/http/codec.ts'
import { periodKinds } from './periods.ts'
import { definition } from './rules.ts'

const read = { permission: 'assessment.read' } as const
const manage = { permission: 'assessment.manage' } as const
const staff = { audience: 'staff' } as const
const one = z.object({ id })
const text = (most: number) => z.string().trim().max(most)
const required = (most: number) => z.string().trim().min(1).max(most)
const code = z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/)
const points = z.string().nullable().describe('Decimal; null where there is none')

// ── levels and objects
const level = z.object({ id, code: z.string(), name: z.string(), goal: z.string(), scope: z.string(), standard: z.string(), objects: z.int(), models: z.int() })
const levelBody = z.object({ name: required(40), goal: text(500).default(''), scope: text(500).default(''), standard: text(1000).default('') })
export const levelsRoute = describeRoute({ ...staff, id: 'listAssessmentLevels', method: 'GET', path: '/api/assessment/levels', summary: '考核层级', access: read, response: z.object({ items: z.array(level) }) })
export const createLevelRoute = describeRoute({ ...staff, id: 'createAssessmentLevel', method: 'POST', path: '/api/assessment/levels', summary: '新增考核层级', access: manage, body: levelBody.extend({ code }), response: level })
export const changeLevelRoute = describeRoute({ ...staff, id: 'changeAssessmentLevel', method: 'PATCH', path: '/api/assessment/levels/:id', summary: '修改考核层级', access: manage, params: one, body: levelBody, response: level })
export const deleteLevelRoute = describeRoute({ ...staff, id: 'deleteAssessmentLevel', method: 'DELETE', path: '/api/assessment/levels/:id', summary: '删除考核层级', access: manage, params: one, response: empty })

const kind = z.enum(['unit', 'area', 'person', 'group', 'external'])
const object = z.object({ id, levelId: id, kind, kindName: z.string(), refId: id.nullable(), areaCode: z.string().nullable(), members: z.array(id), name: z.string(), peer: z.string(), fromDay: z.string(), toDay: z.string().nullable(), goalRank: z.int().nullable(), version: z.int() })
const objectBody = z.object({ name: required(60), peer: text(40).default(''), fromDay: localDate, toDay: localDate.nullable().default(null), goalRank: z.int().min(1).max(10_000).nullable().default(null), members: z.array(id).max(200).default([]) })
export const objectsRoute = describeRoute({ ...staff, id: 'listAssessmentObjects', method: 'GET', path: '/api/assessment/levels/:id/objects', summary: '考核对象', access: manage, params: one, response: z.object({ items: z.array(object) }) })
export const createObjectRoute = describeRoute({ ...staff, id: 'createAssessmentObject', method: 'POST', path: '/api/assessment/levels/:id/objects', summary: '新增考核对象', access: manage, params: one, body: objectBody.extend({ kind, refId: id.optional(), areaCode: z.string().regex(/^\d{6,12}$/).optional() }), response: object })
export const addUnitsRoute = describeRoute({
  ...staff, id: 'addAssessmentUnits', method: 'POST', path: '/api/assessment/levels/:id/units', summary: '按机构批量添加考核对象', access: manage, params: one,
  body: z.object({ unitIds: z.array(id).min(1).max(1000), peer: text(40).default(''), fromDay: localDate }), response: z.object({ added: z.int(), skipped: z.array(z.object({ unitId: id, reason: z.string() })) }),
})
export const changeObjectRoute = describeRoute({ ...staff, id: 'changeAssessmentObject', method: 'PATCH', path: '/api/assessment/objects/:id', summary: '修改考核对象', access: manage, params: one, body: objectBody.extend({ version: z.int() }), response: object })

// ── rules
const version = z.object({ version: z.int(), fromDay: z.string(), definition, reason: z.string(), at: instant, byName: z.string() })
const model = z.object({ id, code: z.string(), name: z.string(), levelId: id, levelName: z.string(), objects: z.int(), current: z.int().nullable().describe('Version in force today'), versions: z.array(version).describe('Newest first') })
const indicator = z.object({ code: z.string(), name: z.string(), unit: z.string(), scale: z.int(), counted: z.boolean(), statement: z.string(), formula: z.string().nullable() })
export const modelsRoute = describeRoute({ ...staff, id: 'listAssessmentModels', method: 'GET', path: '/api/assessment/models', summary: '评分模型', access: manage, response: z.object({ items: z.array(model), indicators: z.array(indicator), appealTypes: z.array(z.object({ value: z.string(), label: z.string() })), templates: z.array(z.object({ code: z.string(), name: z.string(), definition })), functions: z.array(z.string()) }) })
export const createModelRoute = describeRoute({ ...staff, id: 'createAssessmentModel', method: 'POST', path: '/api/assessment/models', summary: '新增评分模型', access: manage, body: z.object({ code, name: required(60), levelId: id, fromDay: localDate, definition, reason: text(200).default('') }), response: model })
export const addVersionRoute = describeRoute({ ...staff, id: 'addAssessmentRules', method: 'POST', path: '/api/assessment/models/:id/versions', summary: '新的评分规则', access: manage, params: one, body: z.object({ fromDay: localDate, definition, reason: required(200) }), response: model })
const trialRow = z.object({ objectId: id, name: z.string(), before: points, after: points, difference: points, rankBefore: z.int().nullable(), rankAfter: z.int().nullable() })
export const tryRulesRoute = describeRoute({ ...staff, id: 'tryAssessmentRules', method: 'POST', path: '/api/assessment/periods/:id/trial', summary: '用过去的考核期试算规则', access: manage, audit: false, limit: 20, params: one, body: z.object({ definition }), response: z.object({ items: z.array(trialRow) }) })

// ── periods
const run = z.object({ id, number: z.int(), state: z.string(), stateName: z.string(), modelVersion: z.int(), reason: z.string(), computedAt: instant, computedByName: z.string(), publishedAt: instant.nullable(), publishedByName: z.string().nullable(), digest: z.string(), corrections: z.int() })
const brief = { id, modelId: id, modelName: z.string(), levelName: z.string(), kind: z.enum(periodKinds), kindName: z.string(), name: z.string(), fromDay: z.string(), toDay: z.string(), state: z.string(), stateName: z.string() }
const periodRow = z.object({ ...brief, published: z.object({ runId: id, number: z.int(), at: instant }).nullable(), appealUntil: instant.nullable(), problem: z.string().nullable(), acts: z.array(actState) })
export const periodsRoute = describeRoute({ ...staff, id: 'listAssessmentPeriods', method: 'GET', path: '/api/assessment/periods', summary: '考核期', access: read, query: z.object({ modelId: id.optional(), kind: z.enum(periodKinds).optional() }), response: z.object({ items: z.array(periodRow) }) })
export const openPeriodRoute = describeRoute({ ...staff, id: 'openAssessmentPeriod', method: 'POST', path: '/api/assessment/periods', summary: '建立考核期', access: manage, body: z.object({ modelId: id, kind: z.enum(periodKinds), day: localDate.describe('Any day of the period') }), response: periodRow })
const state = z.object({ id, state: z.string() })
const act = <const I extends string, const P extends string, B extends z.ZodType>(routeId: I, path: P, summary: string, permission: string, body: B) => describeRoute({ ...staff, id: routeId, method: 'POST', path: `/api/assessment/periods/:id/${path}`, summary, access: { permission }, params: one, body, response: state })
export const runPeriodRoute = act('runAssessmentPeriod', 'run', '核算考核期', 'assessment.manage', z.object({ reason: text(200).default('') }))
export const reviewPeriodRoute = act('reviewAssessmentPeriod', 'review', '审核并发布成绩', 'assessment.publish', z.object({ runId: id, outcome: z.enum(['publish', 'return']), opinion: text(500).default('') }))
export const withdrawPeriodRoute = act('withdrawAssessmentPeriod', 'withdraw', '撤回已发布成绩', 'assessment.publish', z.object({ reason: required(500) }))
export const reopenPeriodRoute = act('reopenAssessmentPeriod', 'reopen', '重新核算已发布的考核期', 'assessment.publish', z.object({ reason: required(500) }))
export const verifyRunRoute = describeRoute({ ...staff, id: 'verifyAssessmentRun', method: 'POST', path: '/api/assessment/periods/:id/verify', summary: '按原规则复算', access: manage, audit: false, limit: 20, params: one, body: z.object({ runId: id }), response: z.object({ same: z.boolean(), digest: z.string(), computed: z.string() }) })

// ── scores
const itemShown = z.object({ code: z.string(), value: points, points, lost: points, weight: z.string() })
const rank = z.int().nullable()
const scoreRow = z.object({ objectId: id, name: z.string(), peer: z.string(), mine: z.boolean(), total: points, grade: z.string().nullable(), gradeBefore: z.string().nullable(), rawTotal: points, bonus: z.string(), rank, peerRank: rank, rawRank: rank, rankBefore: rank, totalBefore: points, goalRank: rank, items: z.array(itemShown).describe('Empty for others’ where only totals are shown') })
const head = z.object({ code: z.string(), name: z.string(), role: z.string(), roleName: z.string(), unit: z.string(), scale: z.int() })
/** `asPublished`: frozen and reviewed. `provisional`: under review, for reviewers only. `live`: running figures. */
const standing = z.enum(['asPublished', 'provisional', 'live'])
const runQuery = { runId: id.optional() }
export const periodRoute = describeRoute({
  ...staff, id: 'showAssessmentPeriod', method: 'GET', path: '/api/assessment/periods/:id', summary: '考核成绩', access: read, params: one, query: z.object(runQuery),
  response: z.object({ ...brief, standing, run: run.nullable(), runs: z.array(run), steps: z.array(z.object({ act: z.string(), text: z.string(), at: instant, byName: z.string() })), appealUntil: instant.nullable(), problem: z.string().nullable(), full: z.number(), grades: z.array(z.object({ name: z.string(), from: z.number(), objects: z.int() })).describe('Bands of the total by the rules of this period, best first'), heads: z.array(head), rows: z.array(scoreRow), acts: z.array(actState), inputs: z.int().describe('How many inputs the rules ask people for; for reviewers'),
    /** For those who see all objects; empty for others. */
    belowAverage: z.array(z.object({ code: z.string(), name: z.string(), unit: z.string(), average: z.string(), of: z.int(), rows: z.array(z.object({ objectId: id, name: z.string(), value: z.string(), gap: z.string() })) })),
    warnings: z.array(z.object({ objectId: id, text: z.string(), since: instant, endedAt: instant.nullable() })),
    /** What looks wrong beside the period before; for those who review. */
    anomalies: z.array(z.object({ kind: z.enum(['jump', 'missing', 'absent', 'range']), kindName: z.string(), objectId: id, name: z.string(), item: z.string().nullable(), before: points, now: points })),
  }),
})
const lineOfItem = z.object({
  code: z.string(), name: z.string(), role: z.string(), roleName: z.string(), ruleText: z.string(), basis: z.string(), cause: z.string(), formula: z.string(), unit: z.string(), weight: z.string(), value: points, points, lost: points, target: points, deviation: points, rawValue: points, rawPoints: points, calculation: z.string().describe('The formula with the numbers put in'),
  parts: z.array(z.object({ code: z.string(), name: z.string(), value: points, rawValue: points, counted: z.boolean() })), rank, note: z.string(),
})
const objectParams = z.object({ id, objectId: id })
export const scoreRoute = describeRoute({
  ...staff, id: 'showAssessmentScore', method: 'GET', path: '/api/assessment/periods/:id/objects/:objectId', summary: '考核对象得分', access: read, params: objectParams, query: z.object(runQuery),
  response: z.object({
    ...brief, standing, run, objectId: id, objectName: z.string(), peer: z.string(), full: z.number(), total: points, grade: z.string().nullable(), rawTotal: points, bonus: z.string(), lost: points, rank, peerRank: rank, rawRank: rank, of: z.int(), goalRank: rank, appealUntil: instant.nullable(), mayAppeal: z.boolean(), items: z.array(lineOfItem),
    trend: z.array(z.object({ periodId: id, name: z.string(), total: points, grade: z.string().nullable(), rank, items: z.array(z.object({ code: z.string(), points })) })).describe('Published periods of the same model, oldest first, each graded by its own rules'), leftOut: z.array(z.object({ reason: z.string(), reasonName: z.string(), orders: z.int() })),
  }),
})
const loss = z.object({ key: z.string(), item: z.string(), itemName: z.string(), cause: z.string(), basis: z.string(), orderId: id.nullable(), number: z.string().nullable(), title: z.string().nullable(), points: z.string(), calculation: z.string(), behind: z.int().describe('Orders behind a line of the rules'), appeal: z.string().nullable(), appealName: z.string().nullable() })
export const lossesRoute = describeRoute({
  ...staff, id: 'listAssessmentLosses', method: 'GET', path: '/api/assessment/periods/:id/objects/:objectId/losses', summary: '失分明细', access: read, params: objectParams, query: z.object({ ...runQuery, item: z.string().max(40).optional(), behind: z.string().max(40).optional().describe('Orders behind the line of this item'), cursor: z.string().max(20).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
  response: z.object({ items: z.array(loss), next: z.string().nullable(), count: z.int(), lost: z.string(), agrees: z.boolean().describe('All shares add up to full score − score, bonus apart') }),
})
export const leftOutRoute = describeRoute({
  ...staff, id: 'listAssessmentLeftOut', method: 'GET', path: '/api/assessment/periods/:id/objects/:objectId/left-out', summary: '未计入的工单', access: read, params: objectParams, query: z.object(runQuery),
  response: z.object({ items: z.array(z.object({ orderId: id, number: z.string().nullable(), title: z.string().nullable(), reason: z.string(), reasonName: z.string(), detail: z.string() })) }),
})
const callbackAnswer = z.object({ at: instant, way: z.string(), contacted: z.string(), solved: z.string(), satisfied: z.string(), round: z.int() })
const clockLine = z.object({ kind: z.string(), unitName: z.string().nullable(), dueAt: instant, metAt: instant.nullable(), late: z.boolean(), ruleText: z.string() })
export const evidenceRoute = describeRoute({
  ...staff, id: 'showAssessmentEvidence', method: 'GET', path: '/api/assessment/periods/:id/objects/:objectId/orders/:orderId', summary: '失分依据', access: read, params: objectParams.extend({ orderId: id }), query: z.object(runQuery),
  response: z.object({
    orderId: id, number: z.string(), title: z.string(), stateName: z.string(), unitName: z.string().nullable(), losses: z.array(loss), rows: z.array(z.object({ factName: z.string(), at: instant.nullable(), meets: z.array(z.string()), lacks: z.array(z.string()), leftOut: z.string().nullable(), corrected: z.boolean() })),
    callbacks: z.array(callbackAnswer), clocks: z.array(clockLine), calls: z.array(z.object({ id, at: instant, directionName: z.string(), talkMs: z.int().nullable() })),
  }),
})
export const simulateRoute = describeRoute({
  ...staff, id: 'simulateAssessmentScore', method: 'POST', path: '/api/assessment/periods/:id/objects/:objectId/simulate', summary: '模拟提升', access: read, audit: false, limit: 120, params: objectParams, body: z.object({ runId: id.optional(), item: z.string().max(40), value: z.number().min(0).max(1_000_000) }),
  response: z.object({ total: points, rank, totalNow: points, rankNow: rank, gain: points }),
})
export const mineRoute = describeRoute({
  ...staff, id: 'myAssessment', method: 'GET', path: '/api/assessment/mine', summary: '我的考核', access: read,
  response: z.object({ items: z.array(z.object({ objectId: id, objectName: z.string(), modelName: z.string(), asPublished: z.object({ periodId: id, name: z.string(), total: points, rank, of: z.int(), appealUntil: instant.nullable() }).nullable(), live: z.object({ periodId: id, name: z.string(), total: points, rank, of: z.int(), asOf: instant }).nullable(), goalRank: rank })) }),
})

export const printReportRoute = describeRoute({ ...staff, id: 'downloadAssessmentReport', method: 'GET', path: '/api/assessment/periods/:id/report', summary: '下载考核通报', access: read, raw: 'download', limit: 30, params: one, query: z.object({ ...runQuery, objectId: id.optional(), format: z.enum(documentFormats).default('pdf') }), response: empty })

// ── appeals and special orders
const appeal = z.object({ id, periodId: id, periodName: z.string(), modelName: z.string(), objectId: id, objectName: z.string(), orderId: id, orderNumber: z.string(), itemName: z.string(), points: z.string(), wish: z.string(), wishName: z.string(), reason: z.string(), state: z.string(), stateName: z.string(), askedAt: instant, askedByName: z.string(), decidedAt: instant.nullable(), decidedByName: z.string().nullable(), opinion: z.string().nullable(), files: z.array(z.object({ id, name: z.string(), size: z.number(), type: z.string() })), mayDecide: z.boolean() })
export const appealsRoute = describeRoute({ ...staff, id: 'listAssessmentAppeals', method: 'GET', path: '/api/assessment/appeals', summary: '成绩申诉', access: read, query: z.object({ periodId: id.optional(), state: z.enum(['pending', 'accepted', 'rejected']).optional(), limit: z.coerce.number().int().min(1).max(200).default(100) }), response: z.object({ items: z.array(appeal) }) })
export const appealRoute = describeRoute({ ...staff, id: 'appealAssessmentLoss', method: 'POST', path: '/api/assessment/periods/:id/objects/:objectId/appeals', summary: '申诉失分', access: { permission: 'assessment.appeal' }, params: objectParams, body: z.object({ runId: id, item: z.string().max(40), orderId: id, wish: z.enum(['notCounted', 'achieved']), reason: required(1000), fileIds: z.array(id).max(20).default([]) }), response: appeal })
export const decideAppealRoute = describeRoute({ ...staff, id: 'decideAssessmentAppeal', method: 'POST', path: '/api/assessment/appeals/:id/decide', summary: '裁定成绩申诉', access: { permission: 'assessment.decide' }, params: one, body: z.object({ outcome: z.enum(['accept', 'reject']), opinion: required(500) }), response: appeal })
const special = z.object({ id, orderId: id, orderNumber: z.string(), kind: z.string(), reason: z.string(), at: instant, byName: z.string(), endedAt: instant.nullable(), endedByName: z.string().nullable() })
export const specialsRoute = describeRoute({ ...staff, id: 'listSpecialOrders', method: 'GET', path: '/api/assessment/special-orders', summary: '特殊工单', access: manage, response: z.object({ items: z.array(special) }) })
export const addSpecialRoute = describeRoute({ ...staff, id: 'addSpecialOrder', method: 'POST', path: '/api/assessment/special-orders', summary: '登记特殊工单', access: manage, body: z.object({ number: required(40), kind: required(40), reason: required(500) }), response: special })
export const endSpecialRoute = describeRoute({ ...staff, id: 'endSpecialOrder', method: 'POST', path: '/api/assessment/special-orders/:id/end', summary: '取消特殊工单', access: manage, params: one, body: empty, response: special })
