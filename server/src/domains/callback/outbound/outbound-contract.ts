// Calling out as routes: dialling, plans, strategies, numbers never dialled, and the robot's monitor (CBK-06 to CBK-09, CBK-11).
import { z } from 'zod'
import { actState, flag, id, instant, listOf, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const read = { audience: 'staff', access: { permission: 'callback.read' } } as const
const manage = { audience: 'staff', access: { permission: 'callback.plan' } } as const
const one = z.object({ id })
const name = z.string().trim().min(1, '请填写名称').max(60)
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, '请按 09:00 的格式填写')

export const dialCallback = describeRoute({
  id: 'dialCallback', method: 'POST', path: '/api/callbacks/:id/dial', summary: '拨打回访电话', audience: 'staff', access: { permission: 'callback.complete' }, params: one, body: z.object({}),
  response: z.object({ callId: z.string(), shown: z.string(), task: z.object({ id, state: z.string(), version: z.number().int() }) }),
})

export const scopeSchema = z.object({
  /** Orders in their callback, closed ones, archived ones. */
  states: z.array(z.enum(['pendingCallback', 'closed', 'archived'])).min(1, '请选择工单状态').max(3),
  appealTypes: z.array(z.string().max(30)).max(20).default([]), exceptTypes: z.array(z.string().max(30)).max(20).default([]), channels: z.array(z.string().max(30)).max(30).default([]), urgencies: z.array(z.string().max(20)).max(5).default([]), unitIds: z.array(id).max(50).default([]), areaCode: z.string().regex(/^\d{6,12}$/).optional(), requester: z.enum(['any', 'person', 'enterprise']).default('any'),
  /** Closed within so many days; without: at any time. */
  closedDays: z.number().int().min(1).max(400).optional(),
})
export type Scope = z.output<typeof scopeSchema>
const manner = z.enum(['person', 'robot', 'sms'])
/** Once; each order as it comes; or a share of what was closed in the week or month before, drawn when the next begins. */
const planKind = z.enum(['once', 'long', 'weekly', 'monthly'])
const planState = z.enum(['draft', 'running', 'paused', 'ended'])
const planBody = {
  name, aim: z.string().trim().max(200).default(''), kind: planKind, manner, scope: scopeSchema, ratio: z.number().int().min(1).max(100).default(100), seed: z.string().trim().min(1).max(40).optional(), strategyId: id.nullable().default(null), agentIds: z.array(id).max(100).default([]),
  script: z.array(z.string().trim().min(1).max(300)).max(20).default([]), startsAt: instant.nullable().default(null), endsAt: instant.nullable().default(null),
}
const counts = z.object({ notStarted: z.number().int(), running: z.number().int(), finished: z.number().int(), reached: z.number().int(), notReached: z.number().int(), problems: z.number().int() })
export const planView = z.object({
  id, name: z.string(), aim: z.string(), kind: planKind, kindName: z.string(), manner, mannerName: z.string(), scope: scopeSchema, ratio: z.number().int(), seed: z.string(), strategyId: id.nullable(), strategyName: z.string().nullable(), agentIds: z.array(id), agentNames: z.array(z.string()), script: z.array(z.string()),
  startsAt: instant, endsAt: instant.nullable(), state: planState, stateName: z.string(), filledAt: instant.nullable(), byName: z.string(), createdAt: instant, version: z.number().int(), counts, acts: z.array(actState),
})
export const listPlans = describeRoute({ ...read, id: 'listCallbackPlans', method: 'GET', path: '/api/callback/plans', summary: '回访计划', response: z.object({ items: z.array(planView), robot: z.object({ on: z.boolean() }) }) })
export const previewPlan = describeRoute({
  ...manage, id: 'previewCallbackPlan', method: 'POST', path: '/api/callback/plans/preview', summary: '回访计划范围预览', audit: false, body: z.object({ scope: scopeSchema, kind: planKind.default('once'), ratio: z.number().int().min(1).max(100).default(100), seed: z.string().max(40).optional() }),
  response: z.object({ /** In the scope, not yet called back in their round. */ hits: z.number().int(), drawn: z.number().int(), persons: z.number().int(), calledAlready: z.number().int(), listed: z.number().int() }),
})
export const savePlan = describeRoute({ ...manage, id: 'saveCallbackPlan', method: 'POST', path: '/api/callback/plans', summary: '保存回访计划', body: z.object({ id: id.nullable().default(null), version: z.number().int().optional(), ...planBody }), response: planView })
export const actOnPlan = describeRoute({ ...manage, id: 'actOnCallbackPlan', method: 'POST', path: '/api/callback/plans/:id/acts', summary: '启动、暂停、结束、复制回访计划', params: one, body: z.object({ act: z.enum(['start', 'pause', 'stop', 'copy']) }), response: planView })

const language = z.enum(['zh', 'ug', 'kk', 'mn', 'en', 'ru'])
const strategy = z.object({ id, name: z.string(), forKind: z.enum(['any', 'person', 'enterprise']), weekdays: z.array(z.number().int()), windows: z.array(z.object({ from: z.string(), to: z.string() })), contacts: z.number().int(), contactDays: z.number().int(), /** Null: as set for all. */ attempts: z.number().int().nullable(), intervalHours: z.number().nullable(), language, languageName: z.string(), offHoursShare: z.number().int(), /** Also for tasks without a plan, of requesters of its kind. */ standing: z.boolean(), byName: z.string(), changedAt: instant, version: z.number().int(), plans: z.number().int() })
export const listStrategies = describeRoute({ ...read, id: 'listCallbackStrategies', method: 'GET', path: '/api/callback/strategies', summary: '外呼策略', response: z.object({ items: z.array(strategy) }) })
export const saveStrategy = describeRoute({
  ...manage, id: 'saveCallbackStrategy', method: 'POST', path: '/api/callback/strategies', summary: '保存外呼策略',
  body: z.object({ id: id.nullable().default(null), version: z.number().int().optional(), name, forKind: z.enum(['any', 'person', 'enterprise']).default('any'), weekdays: z.array(z.number().int().min(1).max(7)).min(1, '请选择星期').max(7), windows: z.array(z.object({ from: time, to: time }).refine((w) => w.from < w.to, '结束要晚于开始')).min(1, '请填写时段').max(6), contacts: z.number().int().min(1).max(10).default(1), contactDays: z.number().int().min(1).max(90).default(1), attempts: z.number().int().min(1).max(20).nullable().default(null), intervalHours: z.number().min(0).max(240).nullable().default(null), language: language.default('zh'), offHoursShare: z.number().int().min(0).max(100).default(100), standing: z.boolean().default(false) }),
  response: z.object({ items: z.array(strategy) }),
})
export const dropStrategy = describeRoute({ ...manage, id: 'dropCallbackStrategy', method: 'DELETE', path: '/api/callback/strategies/:id', summary: '删除外呼策略', params: one, response: z.object({ items: z.array(strategy) }) })

const entry = z.object({ id, phone: z.string(), reason: z.string(), until: instant.nullable(), byName: z.string(), createdAt: instant, removedAt: instant.nullable(), removedByName: z.string().nullable(), active: z.boolean() })
export const listDoNotCall = describeRoute({ ...read, id: 'listDoNotCall', method: 'GET', path: '/api/callback/do-not-call', summary: '免打扰名单', query: pageQuery.extend({ phone: z.string().trim().max(30).optional(), all: flag.optional() }), response: pageOf(entry) })
export const addDoNotCall = describeRoute({ ...manage, id: 'addDoNotCall', method: 'POST', path: '/api/callback/do-not-call', summary: '加入免打扰名单', secret: true, body: z.object({ phone: z.string().trim().min(1, '请填写号码').max(30), reason: z.string().trim().min(1, '请填写原因').max(200), until: localDate.nullable().default(null) }), response: entry })
export const dropDoNotCall = describeRoute({ ...manage, id: 'dropDoNotCall', method: 'DELETE', path: '/api/callback/do-not-call/:id', summary: '移出免打扰名单', params: one, response: entry })

const stage = z.enum(['notStarted', 'running', 'finished'])
export const robotBoard = describeRoute({
  ...read, id: 'callbackRobotBoard', method: 'GET', path: '/api/callback/robot/board', summary: '机器人回访监控', query: z.object({ from: localDate, to: localDate, planId: id.optional() }),
  response: z.object({ on: z.boolean(), counts, connected: z.number().int(), recorded: z.number().int(), /** Connected calls without a recording. */ missing: z.number().int(), toPerson: z.number().int() }),
})
export const listRobotTasks = describeRoute({
  ...read, id: 'listRobotCallbacks', method: 'GET', path: '/api/callback/robot/tasks', summary: '机器人回访任务', query: pageQuery.extend({ from: localDate, to: localDate, planId: id.optional(), stage: stage.optional(), outcome: listOf(z.string().max(20)).optional(), agent: z.string().trim().max(40).optional(), phone: z.string().trim().max(30).optional(), missing: flag.optional() }),
  response: pageOf(z.object({ id, orderId: id, number: z.string(), title: z.string(), phone: z.string(), unitName: z.string().nullable(), planName: z.string().nullable(), byName: z.string(), stage, stageName: z.string(), stateName: z.string(), attempts: z.number().int(), dueAt: instant, at: instant.nullable(), callId: id.nullable(), recorded: z.boolean().nullable(), outcome: z.string().nullable(), outcomeName: z.string().nullable(), problem: z.string().nullable() })),
})
