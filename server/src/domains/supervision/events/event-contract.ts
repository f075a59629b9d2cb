// Warning events under supervision as routes (SUP-20).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { id, instant, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { panelKinds } from './warning-events.ts'

export const eventStatuses = ['awaiting', 'open', 'replied', 'closed'] as const
const row = z.object({
  id, number: z.string(), title: z.string(), ruleName: z.string(), level: z.string(), levelName: z.string(), raisedAt: instant, unitId: id.nullable(), unitName: z.string().nullable(),
  status: z.enum(eventStatuses), statusName: z.string(), taskId: id.nullable(), startedAt: instant.nullable(), startedByName: z.string().nullable(), replyDueAt: instant.nullable(), overdue: z.boolean(),
})
const warningRule = z.object({ id, name: z.string(), chosen: z.boolean() })
const orderRow = z.object({ id, number: z.string(), title: z.string(), stateName: z.string() })

export const listEventsRoute = describeRoute({
  id: 'listSupervisedEvents', method: 'GET', path: '/api/supervision/events', summary: '预警事件督办', audience: 'staff', access: { permission: 'supervision.read' },
  query: pageQuery.extend({ status: z.enum(eventStatuses).default('awaiting'), unitId: id.optional(), from: localDate.optional(), to: localDate.optional() }), response: pageOf(row).extend({ rules: z.array(warningRule), mayChoose: z.boolean() }),
})
export const showEventRoute = describeRoute({
  id: 'showSupervisedEvent', method: 'GET', path: '/api/supervision/events/:id', summary: '预警事件：六类信息与督办', audience: 'staff', access: { permission: 'supervision.read' }, params: z.object({ id }),
  response: row.extend({
    panels: z.array(z.object({ kind: z.enum(panelKinds), name: z.string(), facts: z.array(z.object({ label: z.string(), value: z.string() })), orders: z.array(orderRow) })),
    tasks: z.array(z.object({ taskId: id, startedAt: instant, startedByName: z.string(), unitName: z.string(), stateName: z.string() })),
    units: z.array(z.object({ id, name: z.string() })), leaders: z.array(z.object({ id, name: z.string() })), maySupervise: z.boolean(), reason: z.string().nullable(),
  }),
})
export const superviseEventRoute = describeRoute({
  id: 'superviseEvent', method: 'POST', path: '/api/supervision/events/:id/supervise', summary: '对预警事件发起督办', audience: 'staff', access: { permission: 'supervision.manage' }, params: z.object({ id }),
  /** With a leader the instruction of a superior is asked for on the first case at the same time. */
  body: z.object({ unitId: id, level: z.number().int().min(1).max(5).default(1), replyDueAt: instant, demand: z.string().trim().min(1).max(500), leaderId: id.optional() }), response: z.object({ taskId: id }),
})
export const chooseWarningRulesRoute = describeRoute({
  id: 'chooseWarningRules', method: 'PUT', path: '/api/supervision/event-rules', summary: '选择参与督办的预警规则', audience: 'staff', access: { permission: 'supervision.configure' },
  /** Empty: every rule takes part, later ones as well. */
  body: z.object({ ruleIds: z.array(id).max(500) }), response: z.object({ rules: z.array(warningRule) }),
})
