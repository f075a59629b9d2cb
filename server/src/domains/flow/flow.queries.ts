// Reading instances and tasks.
import { sql } from 'kysely'
import { can } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Instant } from '../../kernel/time/index.ts'
import { graphOf } from './definition-store.ts'
import { follow, isStep, stepAfter, type Graph, type Step, type UnitLine, type Variables } from './graph.ts'
import type { FlowTables } from './tables.gen.ts'
import { mayDecide, reachesTenant, unitLine, type OpenToken } from './unit-line.ts'
import type { InstanceState, RecordRow } from './write-step.ts'

export type FlowStep = {
  node: string
  name: string
  /** Unit or person of the step. */
  actor: string
  state: 'approved' | 'returned' | 'passedUp' | 'skipped' | 'ended' | 'current' | 'waiting'
  decidedBy: string | null
  decidedAt: Instant | null
  opinion: string | null
}
export type FlowView = { state: InstanceState; steps: FlowStep[]; mayDecide: boolean }

const readable = (ctx: Ctx): string[] => [...new Set([ctx.tenantId, ...ctx.actor.tenantIds])]
const stepStates: Partial<Record<RecordRow['outcome'], FlowStep['state']>> = { approve: 'approved', return: 'returned', passUp: 'passedUp', skip: 'skipped', end: 'ended' }

type Instance = { id: string; state: InstanceState; versionId: string; subjectUnitId: string; applicantId: string | null; variables: Variables }

/** Instances with their steps, done, current and (for a running one) still to come; unknown ids are missing. The caller has checked who asks. */
export async function flowsOf(ctx: Ctx, instanceIds: readonly string[]): Promise<Map<string, FlowView>> {
  if (instanceIds.length === 0) return new Map()
  const db = ctx.db<FlowTables>()
  const ids = [...instanceIds]
  const instances = await db
    .selectFrom('flow_instance')
    .select((eb) => ['id', 'version_id as versionId', 'subject_unit_id as subjectUnitId', 'applicant_id as applicantId', eb.ref('state').$castTo<InstanceState>().as('state'), eb.ref('variables').$castTo<Variables>().as('variables')])
    .where('tenant_id', 'in', readable(ctx))
    .where('id', 'in', ids)
    .execute()
  const records = await recordsOf(ctx, ids)
  const tokens = await openTokens(ctx, ids)
  const views = new Map<string, FlowView>()
  for (const instance of instances) {
    const done = records.filter((r) => r.instanceId === instance.id).flatMap((r): FlowStep[] => {
      const state = stepStates[r.outcome]
      return state ? [{ node: r.node, name: r.name, actor: r.unitName ?? r.actorName, state, decidedBy: r.outcome === 'skip' ? null : r.actorName, decidedAt: r.at, opinion: r.opinion }] : []
    })
    const own = tokens.filter((token) => token.instanceId === instance.id)
    const current = own.map((token): FlowStep => ({ node: token.nodeKey, name: token.nodeName, actor: token.assigneeName ?? token.unitName ?? '', state: 'current', decidedBy: null, decidedAt: null, opinion: null }))
    views.set(instance.id, { state: instance.state, steps: [...done, ...current, ...(await stepsAhead(ctx, instance, own[0]))], mayDecide: await mayDecideAny(ctx, instance, own) })
  }
  return views
}

async function mayDecideAny(ctx: Ctx, instance: Instance, tokens: OpenToken[]): Promise<boolean> {
  if (instance.applicantId !== null && instance.applicantId === ctx.actor.id) return false
  for (const token of tokens) if (await mayDecide(ctx, token)) return true
  return false
}

/** What would come if everybody approved; conditions may still turn it. */
async function stepsAhead(ctx: Ctx, instance: Instance, token: OpenToken | undefined): Promise<FlowStep[]> {
  if (!token || instance.state !== 'running') return []
  const graph = await graphOf(ctx, instance.versionId)
  const line = await unitLine(ctx, instance.subjectUnitId, graph)
  return ahead(graph, line, instance.variables, token).map((step) => ({ node: step.node.key, name: step.node.name, actor: step.unit.name, state: 'waiting', decidedBy: null, decidedAt: null, opinion: null }))
}

function ahead(graph: Graph, line: UnitLine, variables: Variables, token: OpenToken): Step[] {
  const node = graph.nodes.find((one) => one.key === token.nodeKey)
  const steps: Step[] = []
  let next = node ? stepAfter(graph, { node, unit: { id: token.unitId, name: '' } }, line, variables) : follow(graph, token.nodeKey, 'approve', variables)
  while (isStep(next) && steps.length < 20) {
    steps.push(next)
    next = stepAfter(graph, next, line, variables)
  }
  return steps
}

export async function recordsOf(ctx: Ctx, instanceIds: string[]) {
  return ctx
    .db<FlowTables>()
    .selectFrom('flow_record as r')
    .leftJoin('platform_unit_view as u', (join) => join.onRef('u.tenant_id', '=', 'r.tenant_id').onRef('u.id', '=', 'r.unit_id'))
    .select((eb) => [
      'r.id', 'r.instance_id as instanceId', 'r.node_key as node', 'r.node_name as name', 'u.name as unitName', 'r.actor_id as actorId', 'r.actor_name as actorName',
      eb.ref('r.outcome').$castTo<RecordRow['outcome']>().as('outcome'), 'r.opinion', 'r.file_ids as fileIds', 'r.at',
    ])
    .where('r.tenant_id', 'in', readable(ctx))
    .where('r.instance_id', 'in', instanceIds)
    .orderBy('r.at')
    .orderBy('r.id')
    .execute()
}

export async function openTokens(ctx: Ctx, instanceIds: string[]) {
  return ctx
    .db<FlowTables>()
    .selectFrom('flow_token as t')
    .leftJoin('platform_unit_view as u', (join) => join.onRef('u.tenant_id', '=', 't.tenant_id').onRef('u.id', '=', 't.unit_id'))
    .leftJoin('platform_user_view as p', (join) => join.onRef('p.tenant_id', '=', 't.tenant_id').onRef('p.id', '=', 't.assignee_id'))
    .select([
      't.id', 't.instance_id as instanceId', 't.node_key as nodeKey', 't.node_name as nodeName', 't.unit_id as unitId', 'u.name as unitName', 't.at_centre as atCentre', 't.permission', 't.role',
      't.assignee_id as assigneeId', 'p.name as assigneeName', 't.opened_at as openedAt', 't.due_at as dueAt',
    ])
    .where('t.tenant_id', 'in', readable(ctx))
    .where('t.instance_id', 'in', instanceIds)
    .where('t.closed_at', 'is', null)
    .execute()
}

/** Steps that wait for the actor: assigned to him, in his units with his rights, or at the centre with a right over the tenant. */
export function myTasks(ctx: Ctx) {
  const me = ctx.actor.id ?? ''
  const held = [...ctx.actor.grants.keys()].filter((permission) => can(ctx, permission))
  const overall = held.filter((permission) => reachesTenant(ctx, permission))
  return ctx
    .db<FlowTables>()
    .selectFrom('flow_token as t')
    .innerJoin('flow_instance as i', (join) => join.onRef('i.tenant_id', '=', 't.tenant_id').onRef('i.id', '=', 't.instance_id'))
    .where('t.tenant_id', '=', ctx.tenantId)
    .where('t.closed_at', 'is', null)
    .where((eb) => eb.or([eb('i.applicant_id', 'is', null), eb('i.applicant_id', '<>', me)]))
    .where(sql<boolean>`(t.assignee_id = ${me} or (t.assignee_id is null and (
      (t.unit_id = any(${ctx.actor.unitIds}::uuid[]) and t.permission = any(${held})) or (t.at_centre and t.permission = any(${overall})))))`)
}
