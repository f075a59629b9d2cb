// Definitions: drawing, versions, publishing, trial, exchange of files. Instances are described in instance-contract.ts.
import { z } from 'zod'
import { empty, id, instant } from '../../kernel/http/codec.ts'
import { describeRoute } from '../../kernel/http/route.ts'
import { graph, key, outcome, problem, variable, variableRule } from './graph-contract.ts'

const read = { audience: 'staff', access: { permission: 'flow.read' } } as const
const manage = { audience: 'staff', access: { permission: 'flow.manage' } } as const
const signedIn = { audience: 'staff', access: 'signedIn' } as const
const state = z.enum(['draft', 'scheduled', 'published', 'history'])

const definition = z.object({
  id, key: z.string(), name: z.string(), businessType: z.string(), stage: z.string().nullable(), scope: z.enum(['deployment', 'tenant', 'area']), areaCode: z.string().nullable(), areaName: z.string().nullable(), tenantName: z.string().nullable(),
  industry: z.string().nullable(), previousKey: z.string().nullable(), nextKey: z.string().nullable(), createdAt: instant, publishedVersion: z.number().int().nullable(), nodeCount: z.number().int(),
  /** Whether the own tenant keeps it; others belong to a tenant above. */
  editable: z.boolean(),
})
const versionHead = {
  id, version: z.number().int(), state, revision: z.number().int(), createdAt: instant, createdByName: z.string(), changedAt: instant.nullable(), changedByName: z.string().nullable(), publishedAt: instant.nullable(), publishedByName: z.string().nullable(),
  note: z.string().nullable(), effectiveAt: instant.nullable(), retiredAt: instant.nullable(), running: z.number().int(),
}

export const listFlows = describeRoute({
  ...read, id: 'listFlows', method: 'GET', path: '/api/flow/definitions', summary: '流程列表',
  query: z.object({ query: z.string().max(60).optional(), key: z.string().max(40).optional(), type: z.string().max(40).optional(), industry: z.string().max(40).optional(), state: z.enum(['published', 'draft']).optional() }),
  response: z.object({ items: z.array(definition) }),
})
export const showFlow = describeRoute({
  ...read, id: 'showFlow', method: 'GET', path: '/api/flow/definitions/:key', summary: '流程图与版本（标识或编号）', params: z.object({ key: z.string().max(40) }),
  response: definition.extend({ versions: z.array(z.object({ ...versionHead, graph })), variants: z.array(definition) }),
})
export const createFlow = describeRoute({
  ...manage, id: 'createFlow', method: 'POST', path: '/api/flow/definitions', summary: '新建流程',
  body: z.object({ key, name: z.string().trim().min(2).max(60), businessType: z.string().trim().min(1).max(40), stage: z.string().max(40).optional(), industry: z.string().max(40).optional(), previousKey: key.optional(), nextKey: key.optional(), areaCode: z.string().max(12).optional(), graph }).strict(),
  response: z.object({ id, versionId: id, problems: z.array(problem) }),
})
export const createFlowVariant = describeRoute({
  ...manage, id: 'createFlowVariant', method: 'POST', path: '/api/flow/definitions/:key/variants', summary: '建立本中心或区划的流程变体', params: z.object({ key: z.string().max(40) }),
  body: z.object({ areaCode: z.string().max(12).optional() }).strict(), response: z.object({ id, versionId: id }),
})
export const createFlowVersion = describeRoute({
  ...manage, id: 'createFlowVersion', method: 'POST', path: '/api/flow/definitions/:key/versions', summary: '新建流程版本', params: z.object({ key: z.string().max(40) }),
  body: z.object({ graph }).strict(), response: z.object({ versionId: id, version: z.number().int(), problems: z.array(problem) }),
})
export const saveFlowDraft = describeRoute({
  ...manage, id: 'saveFlowDraft', method: 'PUT', path: '/api/flow/versions/:id', summary: '保存流程草稿', params: z.object({ id }), audit: false,
  body: z.object({ graph, revision: z.number().int() }).strict(), response: z.object({ revision: z.number().int(), problems: z.array(problem) }),
})
export const deleteFlowDraft = describeRoute({ ...manage, id: 'deleteFlowDraft', method: 'DELETE', path: '/api/flow/versions/:id', summary: '删除流程草稿', params: z.object({ id }), response: empty })
export const publishFlow = describeRoute({
  ...manage, id: 'publishFlow', method: 'POST', path: '/api/flow/versions/:id/publish', summary: '发布流程版本', params: z.object({ id }),
  body: z.object({ note: z.string().trim().max(500).optional(), effectiveAt: instant.optional() }).strict(), response: z.object({ state }),
})
export const retireFlow = describeRoute({
  ...manage, id: 'retireFlow', method: 'POST', path: '/api/flow/versions/:id/retire', summary: '停用流程版本', params: z.object({ id }), body: z.object({ reason: z.string().trim().min(2, '请填写原因').max(500) }).strict(), response: empty,
})
const change = z.object({ path: z.string(), kind: z.enum(['added', 'removed', 'changed']), what: z.string(), property: z.string().nullable(), before: z.string().nullable(), after: z.string().nullable() })
export const compareFlowVersions = describeRoute({
  ...read, id: 'compareFlowVersions', method: 'GET', path: '/api/flow/versions/:id/compare', summary: '比较两个流程版本', params: z.object({ id }), query: z.object({ with: id }),
  response: z.object({ before: z.number().int(), after: z.number().int(), changes: z.array(change) }),
})
export const checkFlow = describeRoute({ ...read, id: 'checkFlow', method: 'POST', path: '/api/flow/check', summary: '检查流程图', body: z.object({ graph }).strict(), response: z.object({ problems: z.array(problem) }), audit: false })
export const simulateFlow = describeRoute({
  ...read, id: 'simulateFlow', method: 'POST', path: '/api/flow/simulate', summary: '试运行流程', audit: false,
  body: z.object({ versionId: id.optional(), graph: graph.optional(), unitId: id, variables: z.record(z.string().max(60), variable).default({}), decisions: z.record(z.string().max(80), outcome).default({}) }).strict(),
  response: z.object({
    steps: z.array(z.object({
      node: z.string(), name: z.string(), unitName: z.string().nullable(), people: z.array(z.string()), decision: outcome, from: instant, dueAt: instant.nullable(), timers: z.array(z.object({ name: z.string(), at: instant, interrupting: z.boolean() })),
    })),
    trail: z.array(z.number().int()), services: z.array(z.string()), outcome: z.enum(['running', 'approved', 'returned']), endKey: z.string().nullable(), variables: z.record(z.string(), variable),
  }),
})
export const previewFlow = describeRoute({
  ...signedIn, id: 'previewFlow', method: 'GET', path: '/api/flow/preview', summary: '预览审批环节', query: z.object({ key: z.string().max(40), unitId: id }),
  response: z.object({ steps: z.array(z.object({ name: z.string(), actors: z.array(z.string()) })) }),
})
export const exportFlow = describeRoute({
  ...read, id: 'exportFlow', method: 'GET', path: '/api/flow/versions/:id/bpmn', summary: '导出 BPMN', params: z.object({ id }), response: z.object({ fileName: z.string(), xml: z.string() }),
})
export const importFlow = describeRoute({
  ...manage, id: 'importFlow', method: 'POST', path: '/api/flow/import', summary: '读入 BPMN（不保存）', body: z.object({ xml: z.string().max(1_000_000) }).strict(), response: z.object({ name: z.string().nullable(), graph }), audit: false,
})
const part = z.object({ code: z.string(), name: z.string() })
export const showFlowParts = describeRoute({
  ...read, id: 'showFlowParts', method: 'GET', path: '/api/flow/parts', summary: '流程设计可用的权限、角色与服务',
  response: z.object({ permissions: z.array(part), roles: z.array(part), functions: z.array(z.string()), operations: z.array(z.object({ name: z.string(), label: z.string(), takes: z.array(variableRule), gives: z.array(variableRule) })) }),
})
const measure = { count: z.number().int(), meanHours: z.number().nullable(), medianHours: z.number().nullable(), overdue: z.number().int() }
export const flowStatistics = describeRoute({
  ...read, id: 'flowStatistics', method: 'GET', path: '/api/flow/definitions/:key/statistics', summary: '流程统计', params: z.object({ key: z.string().max(40) }), query: z.object({ from: instant.optional(), to: instant.optional() }),
  response: z.object({
    versions: z.array(z.object({ version: z.number().int(), started: z.number().int(), running: z.number().int(), approved: z.number().int(), returned: z.number().int(), ended: z.number().int(), meanHours: z.number().nullable(), medianHours: z.number().nullable() })),
    nodes: z.array(z.object({ version: z.number().int(), key: z.string(), name: z.string(), waiting: z.number().int(), ...measure })),
  }),
})
