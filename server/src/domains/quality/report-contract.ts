// Statistics, trials of rules, cases and live alerts as routes.
import { z } from 'zod'
import { describeRoute } from '../../kernel/http/route.ts'
import { empty, id, instant, localDate, pageOf, pageQuery } from '../../kernel/http/codec.ts'
import { ruleDefinition } from './rule.ts'
import { objectKinds } from './sheet.ts'

const read = { permission: 'quality.read' } as const
const manage = { permission: 'quality.manage' } as const
const kind = z.enum(objectKinds)
const one = z.object({ id })
const group = z.object({ key: z.string().nullable(), name: z.string(), total: z.int(), passed: z.int(), violations: z.int(), mean: z.number().nullable(), machineMean: z.number().nullable(), /** Scored by both, and how many of them within five points. */ both: z.int(), near: z.int(), appeals: z.int(), reversed: z.int() })

export const statisticsRoute = describeRoute({
  id: 'qualityStatistics', method: 'GET', path: '/api/quality/statistics', summary: '质检统计', audience: 'staff', access: read, query: z.object({ from: localDate, to: localDate, by: z.enum(['agent', 'team', 'unit', 'inspector', 'kind', 'day']).default('agent'), kind: kind.optional(), planId: id.optional() }),
  response: z.object({ groups: z.array(group), total: group, items: z.array(z.object({ code: z.string(), name: z.string(), lost: z.int(), times: z.int(), tasks: z.int() })), rules: z.array(z.object({ id, name: z.string(), times: z.int(), tasks: z.int() })) }),
})
export const tryRuleRoute = describeRoute({
  id: 'tryQualityRule', method: 'POST', path: '/api/quality/rules/try', summary: '试跑规则', audience: 'staff', access: manage, audit: false, limit: 30, body: z.object({ kind, definition: ruleDefinition, days: z.int().min(1).max(90).default(30), /** Pasted lines instead of what is stored: “座席：…”, “诉求人：…”. */ text: z.string().max(5000).optional() }),
  response: z.object({ examined: z.int(), objects: z.int(), hits: z.int(), points: z.int(), unchecked: z.int(), capped: z.boolean(), sample: z.array(z.object({ objectId: id.nullable(), label: z.string(), at: instant.nullable(), atMs: z.int().nullable(), quote: z.string(), note: z.string() })) }),
})

const passage = z.object({ fromMs: z.int().min(0), toMs: z.int().min(0) }).refine((one) => one.toMs > one.fromMs, { message: '结束须晚于开始', path: ['toMs'] })
const caseKind = z.enum(['classic', 'warning'])
const caseState = z.enum(['proposed', 'published', 'declined'])
const caseView = z.object({ id, taskId: id.nullable(), kind: caseKind, kindName: z.string(), state: caseState, stateName: z.string(), title: z.string(), tags: z.array(z.string()), note: z.string(), proposedBy: z.string(), at: instant, decidedBy: z.string().nullable(), views: z.int(), version: z.int(), objectKindName: z.string(), points: z.int().nullable(), durationMs: z.int().nullable() })
const reads = { anyOf: ['quality.read', 'quality.own'] }
export const casesRoute = describeRoute({ id: 'listQualityCases', method: 'GET', path: '/api/quality/cases', summary: '优秀与警示案例', audience: 'staff', access: reads, query: pageQuery.extend({ kind: caseKind.optional(), state: caseState.optional(), tag: z.string().max(20).optional() }), response: pageOf(caseView) })
export const caseRoute = describeRoute({ id: 'showQualityCase', method: 'GET', path: '/api/quality/cases/:id', summary: '案例', audience: 'staff', access: reads, params: one, writes: true, response: caseView.extend({ withSound: z.boolean(), mutes: z.array(passage), recordings: z.array(z.object({ id, ms: z.int().nullable() })).describe('To be heard with names and numbers silenced'), sentences: z.array(z.object({ id: z.string(), speaker: z.enum(['agent', 'citizen']), startMs: z.int(), endMs: z.int(), text: z.string() })) }) })
export const caseSoundRoute = describeRoute({ id: 'playQualityCase', method: 'GET', path: '/api/quality/cases/:id/recordings/:recordingId', summary: '播放案例录音', audience: 'staff', access: reads, raw: 'download', params: z.object({ id, recordingId: id }), response: empty })
export const proposeCaseRoute = describeRoute({ id: 'proposeQualityCase', method: 'POST', path: '/api/quality/tasks/:id/case', summary: '推荐为案例', audience: 'staff', access: read, params: one, body: z.object({ kind: caseKind, title: z.string().trim().min(1).max(120), note: z.string().trim().max(500).default('') }), response: one })
export const decideCaseRoute = describeRoute({ id: 'decideQualityCase', method: 'POST', path: '/api/quality/cases/:id/decide', summary: '发布或不采用案例', audience: 'staff', access: manage, params: one, body: z.object({ state: caseState, title: z.string().trim().min(1).max(120), tags: z.array(z.string().trim().min(1).max(20)).max(10).default([]), note: z.string().trim().max(500).default(''), withSound: z.boolean().default(false), mutes: z.array(passage).max(50).default([]), version: z.int() }), response: caseRoute.response })

const alerts = { permission: 'quality.alerts' } as const
export const alertsRoute = describeRoute({
  id: 'listQualityAlerts', method: 'GET', path: '/api/quality/alerts', summary: '通话实时预警', audience: 'staff', access: alerts, query: pageQuery.extend({ state: z.enum(['open', 'handled']).optional(), grade: z.enum(['light', 'serious']).optional(), agentId: id.optional() }),
  response: pageOf(z.object({ id, callId: id, at: instant, grade: z.enum(['light', 'serious']), gradeName: z.string(), ruleName: z.string(), speakerName: z.string(), atMs: z.int(), text: z.string(), note: z.string(), agentName: z.string().nullable(), running: z.boolean(), state: z.enum(['open', 'handled']), handledBy: z.string().nullable(), handledAt: instant.nullable(), handling: z.string().nullable() })),
})
export const handleAlertRoute = describeRoute({ id: 'handleQualityAlert', method: 'POST', path: '/api/quality/alerts/:id/handle', summary: '处置通话预警', audience: 'staff', access: alerts, params: one, body: z.object({ handling: z.string().trim().min(1, '必填').max(300) }), response: empty })
