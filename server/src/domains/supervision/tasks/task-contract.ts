// Supervision tasks, supervisors, appeals as routes (SUP-12, SUP-13, SUP-16 to SUP-19, SUP-28).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { flag, id, instant, listOf, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { taskStates } from '../supervision.ts'

const one = z.object({ id })
const required = (max: number) => z.string().trim().min(1).max(max)
const files = z.array(id).max(20).default([])
const fileView = z.object({ id, name: z.string(), type: z.string(), size: z.number().int() })
const read = { permission: 'supervision.read' } as const
const manage = { permission: 'supervision.manage' } as const
/** By the centre, or by a department on units below it. */
const supervise = { anyOf: ['supervision.manage', 'supervision.superviseBelow'] }
const answer = { permission: 'supervision.answer' } as const

export const taskSources = ['auto', 'manual', 'instruction', 'warning'] as const

const taskRow = z.object({
  id,
  orderId: id,
  number: z.string(),
  title: z.string(),
  orderStateName: z.string(),
  /** Further orders of the same task. */
  moreOrders: z.number().int(),
  rule: z.string(),
  ruleName: z.string(),
  level: z.string(),
  levelName: z.string(),
  source: z.enum(taskSources),
  sourceName: z.string(),
  unitId: id.nullable(),
  unitName: z.string(),
  supervisorId: id.nullable(),
  supervisorName: z.string().nullable(),
  demand: z.string(),
  state: z.enum(taskStates),
  stateName: z.string(),
  round: z.number().int(),
  raisedCount: z.number().int(),
  openedAt: instant,
  replyDueAt: instant,
  overdue: z.boolean(),
  acknowledgedAt: instant.nullable(),
  firstReplyAt: instant.nullable(),
  late: z.boolean(),
  voided: z.boolean(),
  evaluation: z.enum(['good', 'fair', 'poor']).nullable(),
  evaluationName: z.string().nullable(),
  closedAt: instant.nullable(),
  closedByName: z.string().nullable(),
  closeKindName: z.string().nullable(),
  mayReply: z.boolean(),
  mayClose: z.boolean(),
  mayAppeal: z.boolean(),
  version: z.number().int(),
})

export const appealView = z.object({
  id, objectKind: z.enum(['card', 'task']), objectId: id, orderId: id, number: z.string(), title: z.string(), unitName: z.string(), ground: z.enum(['concluded', 'notDue']), groundName: z.string(), content: z.string(),
  state: z.enum(['pending', 'upheld', 'refused']), stateName: z.string(), createdByName: z.string(), createdAt: instant, decidedAt: instant.nullable(), opinion: z.string().nullable(), flowInstanceId: id.nullable(), mayDecide: z.boolean(),
})

const taskDetail = taskRow.extend({
  description: z.string().nullable(), violation: z.string().nullable(), opinion: z.string().nullable(), createdByName: z.string(),
  orders: z.array(z.object({ id, number: z.string(), title: z.string(), stateName: z.string() })),
  steps: z.array(z.object({ id, node: z.string(), nodeName: z.string(), actorName: z.string(), unitName: z.string().nullable(), at: instant, content: z.string(), files: z.array(fileView) })),
  appeal: appealView.nullable(),
  /** Limits of stages as the rule said when the task was opened. */
  stages: z.array(z.object({ stage: z.string(), name: z.string(), hours: z.number().int(), person: z.string(), dueAt: instant.nullable(), late: z.boolean() })),
  /** First response took so many hours; null while nobody has answered. */
  firstResponseHours: z.number().nullable(),
})

const taskFilter = {
  state: listOf(z.enum(taskStates)).optional(), unitId: id.optional(), below: flag.optional(), ownUnitId: id.optional(), overdue: flag.optional(), orderId: id.optional(), source: z.enum(taskSources).optional(), level: z.string().max(2).optional(), rule: z.string().max(60).optional(),
  supervisor: z.enum(['mine', 'none']).optional(), from: localDate.optional(), to: localDate.optional(), areaCode: z.string().max(12).optional(), areaOnly: flag.optional(), onTime: flag.optional(), extended: flag.optional(), firstLate: flag.optional(),
}
export const listTasksRoute = describeRoute({ id: 'listSupervisionTasks', method: 'GET', path: '/api/supervision/tasks', summary: '督办任务', audience: 'staff', access: read, query: pageQuery.extend(taskFilter), response: pageOf(taskRow) })
export const showTaskRoute = describeRoute({ id: 'showSupervisionTask', method: 'GET', path: '/api/supervision/tasks/:id', summary: '督办任务详情', audience: 'staff', access: read, params: one, response: taskDetail })
export const createTaskRoute = describeRoute({
  id: 'createSupervisionTask', method: 'POST', path: '/api/supervision/tasks', summary: '发起督办', audience: 'staff', access: supervise,
  body: z.object({
    orderIds: z.array(id).min(1).max(50), unitId: id, level: z.number().int().min(1).max(5).default(1), replyDueAt: instant, demand: required(500),
    description: z.string().trim().max(2000).optional(), violation: z.string().trim().max(500).optional(), opinion: z.string().trim().max(1000).optional(), supervisorId: id.optional(), fileIds: files,
  }),
  response: taskDetail,
})
export const taskOptionsRoute = describeRoute({
  id: 'supervisionTaskOptions', method: 'GET', path: '/api/supervision/task-options', summary: '发起督办的选项', audience: 'staff', access: supervise, query: z.object({ orderIds: listOf(id).optional() }),
  response: z.object({ levels: z.array(z.object({ level: z.number().int(), name: z.string() })), people: z.array(z.object({ id, name: z.string() })), units: z.array(z.object({ id, name: z.string() })), replyHours: z.number() }),
})
export const acknowledgeTaskRoute = describeRoute({ id: 'acknowledgeSupervisionTask', method: 'POST', path: '/api/supervision/tasks/:id/acknowledge', summary: '签收督办', audience: 'staff', access: answer, params: one, response: taskDetail })
export const progressTaskRoute = describeRoute({ id: 'progressSupervisionTask', method: 'POST', path: '/api/supervision/tasks/:id/progress', summary: '报告督办进展', audience: 'staff', access: answer, params: one, body: z.object({ content: required(2000), fileIds: files }), response: taskDetail })
export const replyTaskRoute = describeRoute({ id: 'replySupervisionTask', method: 'POST', path: '/api/supervision/tasks/:id/reply', summary: '答复督办', audience: 'staff', access: answer, params: one, body: z.object({ content: required(2000), fileIds: files }), response: taskDetail })
export const closeTaskRoute = describeRoute({
  id: 'closeSupervisionTask', method: 'POST', path: '/api/supervision/tasks/:id/close', summary: '督办结案或退回', audience: 'staff', access: supervise, params: one,
  body: z.object({ outcome: z.enum(['accept', 'return']), opinion: required(1000), evaluation: z.enum(['good', 'fair', 'poor']).optional() }), response: taskDetail,
})
export const transferTaskRoute = describeRoute({ id: 'transferSupervisionTask', method: 'POST', path: '/api/supervision/tasks/:id/transfer', summary: '转派督办员', audience: 'staff', access: manage, params: one, body: z.object({ supervisorId: id, reason: required(500) }), response: taskDetail })
export const raiseTaskRoute = describeRoute({ id: 'raiseSupervisionTask', method: 'POST', path: '/api/supervision/tasks/:id/raise', summary: '提级督办', audience: 'staff', access: manage, params: one, body: z.object({ reason: required(500) }), response: taskDetail })
export const remindTaskRoute = describeRoute({ id: 'remindSupervisionTask', method: 'POST', path: '/api/supervision/tasks/:id/remind', summary: '督促答复', audience: 'staff', access: { permission: 'supervision.urge' }, params: one, body: z.object({ content: required(500) }), response: taskDetail })

export const listDutiesRoute = describeRoute({
  id: 'listSupervisionDuties', method: 'GET', path: '/api/supervision/duties', summary: '督办员分工', audience: 'staff', access: { permission: 'supervision.assign' },
  response: z.object({ items: z.array(z.object({ id, level: z.number().int(), areaCode: z.string().nullable(), areaName: z.string().nullable(), appealTypes: z.array(z.string()), userId: id, userName: z.string(), absent: z.boolean() })), people: z.array(z.object({ id, name: z.string() })) }),
})
export const addDutyRoute = describeRoute({
  id: 'addSupervisionDuty', method: 'POST', path: '/api/supervision/duties', summary: '新增督办员分工', audience: 'staff', access: { permission: 'supervision.assign' },
  body: z.object({ level: z.number().int().min(1).max(5), areaCode: z.string().max(12).optional(), appealTypes: z.array(z.string().max(40)).max(20).default([]), userId: id }), response: listDutiesRoute.response,
})
export const removeDutyRoute = describeRoute({ id: 'removeSupervisionDuty', method: 'DELETE', path: '/api/supervision/duties/:id', summary: '删除督办员分工', audience: 'staff', access: { permission: 'supervision.assign' }, params: one, response: listDutiesRoute.response })

export const appealRoute = describeRoute({
  id: 'appealSupervision', method: 'POST', path: '/api/supervision/appeals', summary: '督办申诉', audience: 'staff', access: answer,
  body: z.object({ objectKind: z.enum(['card', 'task']), objectId: id, ground: z.enum(['concluded', 'notDue']), content: required(1000), fileIds: files }), response: appealView,
})
export const listAppealsRoute = describeRoute({
  id: 'listSupervisionAppeals', method: 'GET', path: '/api/supervision/appeals', summary: '督办申诉列表', audience: 'staff', access: read,
  query: pageQuery.extend({ state: z.enum(['pending', 'upheld', 'refused']).optional(), objectKind: z.enum(['card', 'task']).optional(), unitId: id.optional(), below: flag.optional() }), response: pageOf(appealView),
})
export const decideAppealRoute = describeRoute({ id: 'decideSupervisionAppeal', method: 'POST', path: '/api/supervision/appeals/:id/decide', summary: '裁定督办申诉', audience: 'staff', access: manage, params: one, body: z.object({ outcome: z.enum(['uphold', 'refuse']), opinion: required(1000) }), response: appealView })
