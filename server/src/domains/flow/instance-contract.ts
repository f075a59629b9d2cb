// Running processes: tasks, decisions, monitoring.
import { z } from 'zod'
import { actState, empty, flag, id, instant, pageOf, pageQuery } from '../../kernel/http/codec.ts'
import { describeRoute } from '../../kernel/http/route.ts'
import { graph, outcome } from './graph-contract.ts'

const read = { audience: 'staff', access: { permission: 'flow.read' } } as const
const intervene = { audience: 'staff', access: { permission: 'flow.intervene' } } as const
const signedIn = { audience: 'staff', access: 'signedIn' } as const
const reason = z.string().trim().min(2, '请填写原因').max(500)
const note = z.string().trim().max(500).default('')
const params = z.object({ id })

const task = z.object({
  id, instanceId: id, flow: z.string(), title: z.string(), link: z.string().nullable(), objectType: z.string(), objectId: id, applicantName: z.string(), nodeName: z.string(), unitName: z.string().nullable(), at: instant, dueAt: instant.nullable(),
})
export const listMyFlowTasks = describeRoute({
  ...signedIn, id: 'listMyFlowTasks', method: 'GET', path: '/api/flow/tasks', summary: '我的审批', query: pageQuery.extend({ flow: z.string().max(40).optional() }), response: pageOf(task),
})
const step = z.object({
  node: z.string(), name: z.string(), actor: z.string(), state: z.enum(['approved', 'returned', 'passedUp', 'skipped', 'ended', 'withdrawn', 'timedOut', 'jumped', 'current', 'waiting']),
  decidedBy: z.string().nullable(), decidedAt: instant.nullable(), opinion: z.string().nullable(),
})
const instance = z.object({
  id, flow: z.string(), flowName: z.string(), version: z.number().int(), title: z.string(), link: z.string().nullable(), objectType: z.string(), objectId: id, applicantName: z.string(), unitName: z.string().nullable(),
  state: z.enum(['running', 'approved', 'returned', 'ended']), suspended: z.boolean(), currentName: z.string().nullable(), startedAt: instant, finishedAt: instant.nullable(),
})
export const listFlowInstances = describeRoute({
  ...read, id: 'listFlowInstances', method: 'GET', path: '/api/flow/instances', summary: '流程实例',
  query: pageQuery.extend({
    flow: z.string().max(40).optional(), state: z.enum(['running', 'approved', 'returned', 'ended']).optional(), objectId: id.optional(), node: z.string().max(80).optional(), unitId: id.optional(), applicant: z.string().max(40).optional(),
    from: instant.optional(), to: instant.optional(), overdue: flag.optional(), suspended: flag.optional(), q: z.string().max(60).optional(),
  }),
  response: pageOf(instance.extend({ dueAt: instant.nullable() })),
})
export const showFlowInstance = describeRoute({
  ...signedIn, id: 'showFlowInstance', method: 'GET', path: '/api/flow/instances/:id', summary: '流程实例详情', params,
  response: instance.extend({
    steps: z.array(step), mayDecide: z.boolean(), graph, acts: z.array(actState),
    /** Extra targets of a return at the step that waits for the reader. */
    returnTo: z.array(z.object({ to: z.string(), label: z.string() })),
    tasks: z.array(z.object({ id, node: z.string(), name: z.string(), actor: z.string(), openedAt: instant, dueAt: instant.nullable(), mine: z.boolean() })),
    records: z.array(z.object({
      id, node: z.string(), name: z.string(), unitName: z.string().nullable(), actorName: z.string(), opinion: z.string().nullable(), fileIds: z.array(id), trail: z.array(z.number().int()), at: instant,
      outcome: z.enum(['start', 'approve', 'return', 'passUp', 'skip', 'reassign', 'end', 'withdraw', 'addSigner', 'forward', 'jump', 'timeout', 'service', 'suspend', 'resume']),
    })),
    parentId: id.nullable(), children: z.array(z.object({ id, flowName: z.string(), state: z.enum(['running', 'approved', 'returned', 'ended']) })),
  }),
})
export const decideFlowStep = describeRoute({
  ...signedIn, id: 'decideFlowStep', method: 'POST', path: '/api/flow/instances/:id/decide', summary: '审批', params,
  body: z.object({ outcome, opinion: z.string().max(1000).default(''), fileIds: z.array(id).max(20).optional(), returnTo: z.string().max(80).optional(), taskId: id.optional() }).strict(),
  response: z.object({ state: z.enum(['running', 'approved', 'returned']) }),
})
export const forwardFlowStep = describeRoute({
  ...signedIn, id: 'forwardFlowStep', method: 'POST', path: '/api/flow/instances/:id/forward', summary: '转办审批', params, body: z.object({ userId: id, opinion: note, taskId: id.optional() }).strict(), response: empty,
})
export const addFlowSigner = describeRoute({
  ...signedIn, id: 'addFlowSigner', method: 'POST', path: '/api/flow/instances/:id/add-signer', summary: '加签', params, body: z.object({ userId: id, opinion: note, taskId: id.optional() }).strict(), response: empty,
})
export const withdrawFlow = describeRoute({
  ...signedIn, id: 'withdrawFlow', method: 'POST', path: '/api/flow/instances/:id/withdraw', summary: '撤回申请', params, body: z.object({ reason }).strict(), response: empty,
})
export const reassignFlowStep = describeRoute({
  ...intervene, id: 'reassignFlowStep', method: 'POST', path: '/api/flow/instances/:id/reassign', summary: '改派审批人', params, body: z.object({ userId: id, reason, taskId: id.optional() }).strict(), response: empty,
})
export const jumpFlow = describeRoute({
  ...intervene, id: 'jumpFlow', method: 'POST', path: '/api/flow/instances/:id/jump', summary: '跳转环节', params, body: z.object({ nodeKey: z.string().max(80), reason }).strict(), response: empty,
})
export const suspendFlow = describeRoute({ ...intervene, id: 'suspendFlow', method: 'POST', path: '/api/flow/instances/:id/suspend', summary: '暂停流程', params, body: z.object({ reason }).strict(), response: empty })
export const resumeFlow = describeRoute({ ...intervene, id: 'resumeFlow', method: 'POST', path: '/api/flow/instances/:id/resume', summary: '恢复流程', params, body: z.object({ reason }).strict(), response: empty })
export const endFlow = describeRoute({ ...intervene, id: 'endFlow', method: 'POST', path: '/api/flow/instances/:id/end', summary: '终止流程', params, body: z.object({ reason }).strict(), response: empty })
