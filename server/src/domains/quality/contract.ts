// Inspection as routes: sheets and rules, plans and draws, tasks and the desk, results.
import { z } from 'zod'
import { describeRoute } from '../../kernel/http/route.ts'
import { actState, boundedCount, flag, id, instant, listOf, localDate, pageOf, pageQuery } from '../../kernel/http/codec.ts'
import { ruleDefinition } from './rule.ts'
import { objectKinds, sheetDefinition } from './sheet.ts'

const read = { permission: 'quality.read' } as const
const manage = { permission: 'quality.manage' } as const
const inspectRight = { anyOf: ['quality.inspect', 'quality.review'] }
const text = (max: number) => z.string().trim().max(max)
const required = (max: number) => z.string().trim().min(1, '必填').max(max)
const kind = z.enum(objectKinds)
const one = z.object({ id })
const named = z.object({ id, name: z.string() })

const sheetVersion = z.object({ number: z.int(), name: z.string(), at: instant.nullable(), byName: z.string().nullable(), definition: sheetDefinition })
const sheet = sheetVersion.extend({ id, kind, kindName: z.string(), state: z.enum(['active', 'stopped']), shipped: z.boolean(), versions: z.array(sheetVersion) })
export const sheetRoute = describeRoute({ id: 'showQualitySheet', method: 'GET', path: '/api/quality/sheets/:id', summary: '评分表', audience: 'staff', access: read, params: one, response: sheet })
export const sheetsRoute = describeRoute({ id: 'listQualitySheets', method: 'GET', path: '/api/quality/sheets', summary: '评分表列表', audience: 'staff', access: read, response: z.object({ items: z.array(sheet) }) })
export const saveSheetRoute = describeRoute({
  id: 'saveQualitySheet', method: 'POST', path: '/api/quality/sheets', summary: '发布评分表新版本', audience: 'staff', access: manage,
  body: z.object({ id: id.nullable(), /** The version that was edited. */ number: z.int().default(0), name: required(60), kind, state: z.enum(['active', 'stopped']).default('active'), definition: sheetDefinition }), response: sheet,
})

const ruleVersion = z.object({ number: z.int(), name: z.string(), group: z.string(), enabled: z.boolean(), definition: ruleDefinition, effectiveFrom: instant.nullable(), at: instant.nullable(), byName: z.string().nullable(), reason: z.string() })
const rule = ruleVersion.extend({ id, kind, kindName: z.string(), conditionName: z.string(), severityName: z.string(), shipped: z.boolean(), /** What holds now; null while the first version has not begun. */ live: z.object({ number: z.int(), enabled: z.boolean() }).nullable(), versions: z.array(ruleVersion) })
export const ruleRoute = describeRoute({ id: 'showQualityRule', method: 'GET', path: '/api/quality/rules/:id', summary: '质检规则', audience: 'staff', access: read, params: one, response: rule })
export const rulesRoute = describeRoute({ id: 'listQualityRules', method: 'GET', path: '/api/quality/rules', summary: '质检规则列表', audience: 'staff', access: read, response: z.object({ items: z.array(rule), groups: z.array(z.string()), kinds: z.array(z.object({ value: z.string(), label: z.string() })) }) })
export const saveRuleRoute = describeRoute({
  id: 'saveQualityRule', method: 'POST', path: '/api/quality/rules', summary: '发布规则新版本', audience: 'staff', access: manage,
  body: z.object({ id: id.nullable(), number: z.int().default(0), name: required(60), group: required(40), kind, enabled: z.boolean().default(true), definition: ruleDefinition, /** Now where empty or past. */ effectiveFrom: instant.nullish(), reason: text(200).default('') }), response: rule,
})
export const issueRuleGroupRoute = describeRoute({
  id: 'issueQualityRuleGroup', method: 'POST', path: '/api/quality/rule-groups/issue', summary: '整组下发或停用规则', audience: 'staff', access: manage,
  body: z.object({ group: required(40), enabled: z.boolean(), effectiveFrom: instant.nullish(), reason: text(200).default('') }), response: z.object({ rules: z.int() }),
})

const list = z.array(z.string().max(60)).max(50)
export const filter = z.object({
  /** Looking back so many days from the draw; for plans that repeat. */
  days: z.int().min(1).max(400).optional(), from: instant.optional(), to: instant.optional(),
  agentIds: z.array(id).max(200).optional(), teams: list.optional(), unitIds: z.array(id).max(50).optional(),
  direction: z.enum(['inbound', 'outbound']).optional(), minSeconds: z.int().min(0).max(36_000).optional(), maxSeconds: z.int().min(0).max(36_000).optional(), area: text(40).optional(), /** Marks of callers and chat partners, 1 to 5. */ ratings: z.array(z.int().min(0).max(10)).max(10).optional(), /** What requesters said of orders at the last callback. */ outcomes: z.array(z.enum(['satisfied', 'notStated', 'dissatisfied', 'notAttributable'])).max(4).optional(),
  appealTypes: list.optional(), channels: list.optional(), states: list.optional(), numberFrom: text(40).optional(), numberTo: text(40).optional(),
})
export type Filter = z.output<typeof filter>
const draw = z.object({ by: z.enum(['ratio', 'number']), value: z.int().min(1), perAgent: z.boolean().default(false) }).refine((d) => d.by === 'number' || d.value <= 100, { message: '比例应在 1–100 之间', path: ['value'] }).refine((d) => d.value <= 100_000, { message: '一次最多抽取 10 万件', path: ['value'] })
const modes = z.enum(['parallel', 'machineFirst', 'personOnly', 'machineOnly'])
const planBody = z.object({
  name: required(60), kind, mode: modes, filter, draw, sheetId: id, ruleGroups: z.array(required(40)).max(20).default([]), verifyRatio: z.int().min(0).max(100).default(10), assign: z.enum(['dispatch', 'grab']).default('dispatch'), inspectorIds: z.array(id).max(100).default([]),
  dueDays: z.int().min(1).max(60).default(3), cycle: z.enum(['once', 'day', 'week']).default('once'), state: z.enum(['active', 'paused', 'ended']).default('active'),
})
const plan = planBody.extend({
  id, kindName: z.string(), modeName: z.string(), sheetName: z.string(), assignName: z.string(), inspectorNames: z.array(z.string()), cycleName: z.string(), stateName: z.string(), nextRunAt: instant.nullable(), byName: z.string(), createdAt: instant, version: z.int(), tasks: z.int(), done: z.int(), person: z.int(),
  batches: z.array(z.object({ id, at: instant, byName: z.string(), seed: z.string(), hits: z.int(), drawn: z.int(), state: z.enum(['running', 'done', 'failed']) })),
})
export const planRoute = describeRoute({ id: 'showQualityPlan', method: 'GET', path: '/api/quality/plans/:id', summary: '质检计划', audience: 'staff', access: read, params: one, response: plan })
export const plansRoute = describeRoute({ id: 'listQualityPlans', method: 'GET', path: '/api/quality/plans', summary: '质检计划列表', audience: 'staff', access: read, response: z.object({ items: z.array(plan) }) })
const choiceOf = z.object({ code: z.string(), name: z.string() })
export const planOptionsRoute = describeRoute({ id: 'qualityPlanOptions', method: 'GET', path: '/api/quality/plan-options', summary: '质检计划可选人员', audience: 'staff', access: read, response: z.object({ inspectors: z.array(named), agents: z.array(named), teams: z.array(z.string()), units: z.array(named), channels: z.array(choiceOf), states: z.array(choiceOf), mode: modes }) })
export const savePlanRoute = describeRoute({ id: 'saveQualityPlan', method: 'POST', path: '/api/quality/plans', summary: '保存质检计划', audience: 'staff', access: manage, body: planBody.extend({ id: id.nullable(), version: z.int().optional() }), response: plan })
export const previewDrawRoute = describeRoute({ id: 'previewQualityDraw', method: 'POST', path: '/api/quality/draws/preview', summary: '预览抽样数量', audience: 'staff', access: manage, audit: false, body: z.object({ kind, filter, draw }), response: z.object({ hits: z.int(), drawn: z.int(), agents: z.int() }) })
export const runPlanRoute = describeRoute({ id: 'runQualityPlan', method: 'POST', path: '/api/quality/plans/:id/run', summary: '立即抽取', audience: 'staff', access: manage, params: one, body: z.object({ /** Draws the same again over the same objects. */ seed: text(40).min(1).optional() }), response: plan })

export const taskStates = ['machine', 'pending', 'first', 'second', 'final', 'concluded', 'unchecked', 'withdrawn'] as const
const points = z.int().nullable()
const task = z.object({
  id, kind, kindName: z.string(), objectId: id, objectAt: instant, label: z.string(), orderId: id.nullable(), durationMs: z.int().nullable(), agentId: id.nullable(), agentName: z.string().nullable(), teamName: z.string().nullable(), unitName: z.string().nullable(),
  planName: z.string(), mode: modes, modeName: z.string(), sheetName: z.string(), state: z.enum(taskStates), stateName: z.string(), reason: z.string().nullable(), reasonName: z.string().nullable(), highRisk: z.boolean(), inspectorId: id.nullable(), inspectorName: z.string().nullable(), mine: z.boolean(), dueAt: instant.nullable(), overdue: z.boolean(),
  machinePoints: points, humanPoints: points, points, grade: z.string().nullable(), passed: z.boolean().nullable(), violation: z.boolean(), abnormal: z.boolean(), uncheckedName: z.string().nullable(), createdAt: instant, concludedAt: instant.nullable(), version: z.int(),
})
const taskQuery = pageQuery.extend({
  box: z.enum(['mine', 'pool', 'open', 'review', 'concluded', 'unchecked', 'all']).default('all'), kind: kind.optional(), state: listOf(z.enum(taskStates)).optional(), planId: id.optional(), agentId: id.optional(), inspectorId: id.optional(), team: text(60).optional(), passed: flag.optional(), violation: flag.optional(), abnormal: flag.optional(), highRisk: flag.optional(),
  item: text(40).optional(), ruleId: id.optional(), from: localDate.optional(), to: localDate.optional(), q: text(60).optional(),
})
export const tasksRoute = describeRoute({ id: 'listQualityTasks', method: 'GET', path: '/api/quality/tasks', summary: '质检任务与结果列表', audience: 'staff', access: read, query: taskQuery, response: pageOf(task) })
export const taskCountsRoute = describeRoute({ id: 'qualityTaskCounts', method: 'GET', path: '/api/quality/tasks/counts', summary: '质检任务计数', audience: 'staff', access: read, response: z.object({ mine: boundedCount, pool: boundedCount, review: boundedCount, open: boundedCount, unchecked: boundedCount }) })
export const myScoresRoute = describeRoute({ id: 'myQualityScores', method: 'GET', path: '/api/quality/mine', summary: '我的质检结果', audience: 'staff', access: { permission: 'quality.own' }, query: pageQuery.extend({ from: localDate.optional(), to: localDate.optional() }), response: pageOf(task).extend({ average: z.number().nullable(), teamAverage: z.number().nullable(), weakest: z.array(z.object({ name: z.string(), lost: z.int(), times: z.int() })) }) })

const deduction = z.object({ id, itemCode: z.string(), itemName: z.string(), points: z.int(), origin: z.enum(['machine', 'person']), ruleId: id.nullable(), ruleName: z.string().nullable(), ruleVersion: z.int().nullable(), severity: z.string().nullable(), severityName: z.string().nullable(), sentenceId: z.string().nullable(), speaker: z.string().nullable(), atMs: z.int().nullable(), field: z.string().nullable(), fieldName: z.string().nullable(), quote: z.string().nullable(), note: z.string().nullable() })
const choice = z.object({ choice: z.enum(['accepted', 'rejected']), reason: text(200).default('') })
const score = z.object({ id, stage: z.string(), stageName: z.string(), state: z.enum(['draft', 'done']), byName: z.string(), mine: z.boolean(), at: instant, points: z.int(), scored: z.array(z.string()), fatal: z.array(z.string()), choices: z.record(z.string(), choice), comment: z.string().nullable(), deductions: z.array(deduction) })
const deskObject = z.object({
  sentences: z.array(z.object({ id: z.string(), speaker: z.enum(['agent', 'citizen']), startMs: z.int(), endMs: z.int(), text: z.string() })), withheld: z.boolean().describe('What was said in a call is for inspectors, the agent himself and who may hear recordings'), lengthMs: z.int().nullable(),
  recordings: z.array(z.object({ id, state: z.string(), ms: z.int().nullable(), offsetMs: z.int() })),
  order: z.object({ id, number: z.string(), title: z.string(), content: z.string(), stateName: z.string(), appealTypeName: z.string(), address: z.string().nullable(), areaName: z.string().nullable(), requesterName: z.string(), phoneMask: z.string().nullable(), unitName: z.string().nullable(), reply: z.string().nullable(), replyBasis: z.string().nullable(), registeredAt: instant, closedAt: instant.nullable() }).nullable(),
})
const appealState = z.object({ id, state: z.string(), stateName: z.string(), reason: z.string(), at: instant, byName: z.string(), outcome: z.string().nullable() })
export const showTaskRoute = describeRoute({
  id: 'showQualityTask', method: 'GET', path: '/api/quality/tasks/:id', summary: '质检台', audience: 'staff', access: { anyOf: ['quality.read', 'quality.own'] }, params: one,
  response: z.object({
    task, sheet: z.object({ id, number: z.int(), name: z.string(), definition: sheetDefinition }), object: deskObject, /** The machine's is shown where the mode lets persons see it. */ machine: score.nullable(), scores: z.array(score), draft: score.nullable(),
    changes: z.array(z.object({ id, at: instant, byName: z.string(), whatName: z.string(), oldPoints: points, newPoints: points, reason: z.string().nullable() })), appeals: z.array(appealState), acts: z.array(actState),
  }),
})

export const claimTaskRoute = describeRoute({ id: 'claimQualityTask', method: 'POST', path: '/api/quality/tasks/:id/claim', summary: '领取质检任务', audience: 'staff', access: inspectRight, params: one, body: z.object({}), response: task })
export const releaseTaskRoute = describeRoute({ id: 'releaseQualityTask', method: 'POST', path: '/api/quality/tasks/:id/release', summary: '退回任务池', audience: 'staff', access: inspectRight, params: one, body: z.object({}), response: task })
export const assignTasksRoute = describeRoute({ id: 'assignQualityTasks', method: 'POST', path: '/api/quality/tasks/assign', summary: '批量指派质检任务', audience: 'staff', access: manage, body: z.object({ ids: z.array(id).min(1).max(200), inspectorId: id.nullable() }), response: z.object({ done: z.int(), refused: z.array(z.object({ id, label: z.string(), reason: z.string() })) }) })
export const withdrawTasksRoute = describeRoute({ id: 'withdrawQualityTasks', method: 'POST', path: '/api/quality/tasks/withdraw', summary: '批量撤销质检任务', audience: 'staff', access: manage, body: z.object({ ids: z.array(id).min(1).max(200), reason: required(200) }), response: z.object({ done: z.int() }) })

export const sheetFilled = z.object({
  scored: z.array(z.string().max(40)).max(400), fatal: z.array(z.string().max(40)).max(40).default([]), choices: z.record(z.uuid(), choice).default({}), comment: text(1000).nullable().default(null),
  deductions: z.array(z.object({ itemCode: z.string().max(40), points: z.int().min(0).max(100), note: text(300).default(''), sentenceId: z.string().max(60).nullable().default(null), speaker: z.enum(['agent', 'citizen']).nullable().default(null), atMs: z.int().min(0).max(86_400_000).nullable().default(null), field: z.string().max(40).nullable().default(null), quote: text(200).default('') })).max(100).default([]),
})
export type SheetFilled = z.output<typeof sheetFilled>
export const saveScoreRoute = describeRoute({ id: 'saveQualityScore', method: 'POST', path: '/api/quality/tasks/:id/score', summary: '暂存评分', audience: 'staff', access: inspectRight, audit: false, params: one, body: sheetFilled, response: z.object({ points: z.int(), at: instant }) })
export const submitScoreRoute = describeRoute({ id: 'submitQualityScore', method: 'POST', path: '/api/quality/tasks/:id/submit', summary: '提交评分', audience: 'staff', access: inspectRight, params: one, body: sheetFilled, response: z.object({ task, consequence: z.string() }) })
export const swapSpeakersRoute = describeRoute({ id: 'swapQualitySpeakers', method: 'POST', path: '/api/quality/tasks/:id/swap-speakers', summary: '对调说话人并重新机检', audience: 'staff', access: { anyOf: ['quality.inspect', 'quality.review', 'quality.manage'] }, params: one, body: z.object({}), response: task })
export const correctScoreRoute = describeRoute({ id: 'correctQualityScore', method: 'POST', path: '/api/quality/tasks/:id/correct', summary: '更正质检得分', audience: 'staff', access: manage, params: one, body: z.object({ points: z.int().min(0).max(1000), reason: required(300), version: z.int() }), response: task })
