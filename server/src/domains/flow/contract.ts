import { z } from 'zod'
import { empty, id, instant, pageOf, pageQuery } from '../../kernel/http/codec.ts'
import { describeRoute } from '../../kernel/http/route.ts'

const key = z.string().regex(/^[a-z][A-Za-z0-9.]{1,39}$/, '标识须以小写字母开头，2 至 40 位字母、数字或点')
const variable = z.union([z.string(), z.number(), z.boolean(), z.null()])
const outcome = z.enum(['approve', 'return', 'passUp'])

const node = z.object({
  key,
  kind: z.enum(['start', 'userTask', 'exclusive', 'end']),
  name: z.string().min(1).max(60),
  actor: z.object({ permission: z.string().max(80).optional(), role: z.string().max(40).optional(), unit: z.enum(['subject', 'subjectParent', 'centre', 'fixed']), unitId: id.optional() }).nullable().optional(),
  mode: z.enum(['one', 'all']).optional(),
  limitHours: z.number().int().min(1).max(8760).nullable().optional(),
  levelUp: z.boolean().optional(),
  passUp: z.boolean().optional(),
  result: z.enum(['approved', 'returned']).nullable().optional(),
  x: z.number().int().nullable().optional(),
  y: z.number().int().nullable().optional(),
})
const edge = z.object({
  from: z.string(),
  to: z.string(),
  outcome: z.enum(['next', 'approve', 'return', 'passUp']),
  condition: z.object({ variable: z.string().max(60), op: z.enum(['=', '!=', '>', '>=', '<', '<=', 'in']), value: z.union([variable, z.array(variable)]) }).nullable().optional(),
})
export const graph = z.object({ nodes: z.array(node).min(2).max(100), edges: z.array(edge).min(1).max(300) })

const definition = z.object({
  id, key: z.string(), name: z.string(), businessType: z.string(), stage: z.string().nullable(), scope: z.enum(['deployment', 'tenant', 'area']), areaCode: z.string().nullable(), industry: z.string().nullable(),
  createdAt: instant, publishedVersion: z.number().int().nullable(), nodeCount: z.number().int(),
})
const version = z.object({ id, version: z.number().int(), state: z.enum(['draft', 'published', 'history']), createdAt: instant, createdByName: z.string(), publishedAt: instant.nullable(), running: z.number().int(), graph })
const problem = z.object({ path: z.string(), message: z.string() })

const read = { audience: 'staff', access: { permission: 'flow.read' } } as const
const manage = { audience: 'staff', access: { permission: 'flow.manage' } } as const
const signedIn = { audience: 'staff', access: 'signedIn' } as const

export const listFlows = describeRoute({
  ...read, id: 'listFlows', method: 'GET', path: '/api/flow/definitions', summary: '流程列表',
  query: z.object({ query: z.string().max(60).optional(), key: z.string().max(40).optional(), type: z.string().max(40).optional(), industry: z.string().max(40).optional(), state: z.enum(['published', 'draft']).optional() }),
  response: z.object({ items: z.array(definition) }),
})
export const showFlow = describeRoute({
  ...read, id: 'showFlow', method: 'GET', path: '/api/flow/definitions/:key', summary: '流程图与版本', params: z.object({ key: z.string() }), response: definition.extend({ versions: z.array(version) }),
})
export const createFlow = describeRoute({
  ...manage, id: 'createFlow', method: 'POST', path: '/api/flow/definitions', summary: '新建流程',
  body: z.object({ key, name: z.string().min(2).max(60), businessType: z.string().min(1).max(40), stage: z.string().max(40).optional(), industry: z.string().max(40).optional(), graph }).strict(),
  response: z.object({ versionId: id, problems: z.array(problem) }),
})
export const createFlowVersion = describeRoute({
  ...manage, id: 'createFlowVersion', method: 'POST', path: '/api/flow/definitions/:key/versions', summary: '新建流程版本', params: z.object({ key: z.string() }),
  body: z.object({ graph }).strict(), response: z.object({ versionId: id, version: z.number().int(), problems: z.array(problem) }),
})
export const checkFlow = describeRoute({ ...read, id: 'checkFlow', method: 'POST', path: '/api/flow/check', summary: '检查流程图', body: z.object({ graph }).strict(), response: z.object({ problems: z.array(problem) }), audit: false })
export const publishFlow = describeRoute({ ...manage, id: 'publishFlow', method: 'POST', path: '/api/flow/versions/:id/publish', summary: '发布流程版本', params: z.object({ id }), body: empty, response: empty })

const task = z.object({
  id, instanceId: id, flow: z.string(), title: z.string(), link: z.string().nullable(), objectType: z.string(), objectId: id, applicantName: z.string(), nodeName: z.string(), unitName: z.string().nullable(), at: instant, dueAt: instant.nullable(),
})
export const listMyFlowTasks = describeRoute({
  ...signedIn, id: 'listMyFlowTasks', method: 'GET', path: '/api/flow/tasks', summary: '我的审批', query: pageQuery.extend({ flow: z.string().max(40).optional() }), response: pageOf(task),
})
const step = z.object({
  node: z.string(), name: z.string(), actor: z.string(), state: z.enum(['approved', 'returned', 'passedUp', 'skipped', 'ended', 'current', 'waiting']),
  decidedBy: z.string().nullable(), decidedAt: instant.nullable(), opinion: z.string().nullable(),
})
const instance = z.object({
  id, flow: z.string(), flowName: z.string(), version: z.number().int(), title: z.string(), link: z.string().nullable(), objectType: z.string(), objectId: id, applicantName: z.string(),
  state: z.enum(['running', 'approved', 'returned', 'ended']), currentName: z.string().nullable(), startedAt: instant, finishedAt: instant.nullable(),
})
export const listFlowInstances = describeRoute({
  ...read, id: 'listFlowInstances', method: 'GET', path: '/api/flow/instances', summary: '流程实例',
  query: pageQuery.extend({ flow: z.string().max(40).optional(), state: z.enum(['running', 'approved', 'returned', 'ended']).optional(), objectId: id.optional() }), response: pageOf(instance),
})
export const showFlowInstance = describeRoute({
  ...signedIn, id: 'showFlowInstance', method: 'GET', path: '/api/flow/instances/:id', summary: '流程实例详情', params: z.object({ id }),
  response: instance.extend({
    steps: z.array(step), mayDecide: z.boolean(), graph,
    records: z.array(z.object({ id, node: z.string(), name: z.string(), unitName: z.string().nullable(), actorName: z.string(), outcome: z.enum(['start', 'approve', 'return', 'passUp', 'skip', 'reassign', 'end']), opinion: z.string().nullable(), fileIds: z.array(id), at: instant })),
  }),
})
export const decideFlowStep = describeRoute({
  ...signedIn, id: 'decideFlowStep', method: 'POST', path: '/api/flow/instances/:id/decide', summary: '审批', params: z.object({ id }),
  body: z.object({ outcome, opinion: z.string().max(1000).default(''), fileIds: z.array(id).max(20).optional() }).strict(), response: z.object({ state: z.enum(['running', 'approved', 'returned']) }),
})
const reason = z.string().trim().min(2, '请填写原因').max(500)
export const reassignFlowStep = describeRoute({
  audience: 'staff', access: { permission: 'flow.intervene' }, id: 'reassignFlowStep', method: 'POST', path: '/api/flow/instances/:id/reassign', summary: '改派审批人', params: z.object({ id }),
  body: z.object({ userId: id, reason }).strict(), response: empty,
})
export const endFlow = describeRoute({
  audience: 'staff', access: { permission: 'flow.intervene' }, id: 'endFlow', method: 'POST', path: '/api/flow/instances/:id/end', summary: '终止流程', params: z.object({ id }), body: z.object({ reason }).strict(), response: empty,
})
