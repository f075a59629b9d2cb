// Task forces, their rosters and their queues as routes (ORD-20).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { id, instant } from '../../../kernel/http/codec.ts'

const words = (max: number) => z.string().trim().max(max)
const person = z.object({ id, name: z.string() })
const duty = z.object({ id, user: person, startsAt: instant, endsAt: instant, now: z.boolean() })
const force = z.object({
  id, code: z.string(), name: z.string(), fallbackMinutes: z.number().int().nullable(), enabled: z.boolean(), version: z.number().int(), members: z.array(person), onDuty: z.array(person), duties: z.array(duty),
  /** Waiting in its queue; fallen back to the general pool and still at a desk. */
  waiting: z.number().int(), left: z.number().int(),
})
const manage = { audience: 'staff', access: { permission: 'orders.manageTaskForces' }, tag: 'taskForces' } as const
const one = z.object({ id })
const body = { name: words(60).min(1), fallbackMinutes: z.number().int().min(1).max(10_000).nullable().default(null), enabled: z.boolean().default(true), userIds: z.array(id).max(200).default([]) }

export const listTaskForcesRoute = describeRoute({ ...manage, id: 'listTaskForces', method: 'GET', path: '/api/task-forces', summary: '专班', response: z.object({ items: z.array(force), fallbackMinutes: z.number().int() }) })
export const createTaskForceRoute = describeRoute({ ...manage, id: 'createTaskForce', method: 'POST', path: '/api/task-forces', summary: '新建专班', body: z.object({ code: z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/, '代码须以小写字母开头，2 至 40 位字母或数字'), ...body }), response: force })
export const changeTaskForceRoute = describeRoute({ ...manage, id: 'changeTaskForce', method: 'PATCH', path: '/api/task-forces/:id', summary: '修改专班', params: one, body: z.object({ ...body, version: z.number().int() }), response: force })
export const addDutyRoute = describeRoute({ ...manage, id: 'addTaskForceDuty', method: 'POST', path: '/api/task-forces/:id/duties', summary: '排班', params: one, body: z.object({ userIds: z.array(id).min(1).max(50), startsAt: instant, endsAt: instant }), response: force })
export const removeDutyRoute = describeRoute({ ...manage, id: 'removeTaskForceDuty', method: 'DELETE', path: '/api/task-forces/:id/duties/:dutyId', summary: '取消排班', params: z.object({ id, dutyId: id }), response: force })
/** Queues of the own task forces, whether one is on duty now. */
export const ownQueuesRoute = describeRoute({
  id: 'ownQueues', method: 'GET', path: '/api/task-forces/mine', summary: '我的专班队列', audience: 'staff', access: { anyOf: ['orders.review', 'orders.dispatch'] }, tag: 'taskForces',
  response: z.object({ items: z.array(z.object({ code: z.string(), name: z.string(), onDuty: z.boolean(), dutyUntil: instant.nullable(), waiting: z.number().int() })) }),
})
