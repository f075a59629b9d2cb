import { sql } from 'kysely'
import { can } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import { attachFiles } from '../platform/index.ts'
import { graphOf } from './definition-store.ts'
import { flowEnded, flowStepOpened } from './events.ts'
import { flowErrors } from './flow.errors.ts'
import { tellFinished } from './flow-finished.ts'
import { enter, follow, hasEdge, unitAbove, stepAfter, type FlowNode, type Graph, type Outcome, type Step, type UnitLine, type Variables } from './graph.ts'
import type { FlowTables } from './tables.gen.ts'
import { mayDecide, unitLine, type OpenToken } from './unit-line.ts'
import { land, moveTo, writeMove, type InstanceState, type Move, type RecordRow } from './write-step.ts'

export type Decision = { instanceId: string; outcome: Outcome; opinion: string; fileIds?: string[] | undefined }

export type LockedInstance = {
  id: string
  versionId: string
  state: InstanceState
  objectType: string
  objectId: string
  subjectUnitId: string
  applicantId: string | null
  variables: Variables
  tokens: OpenToken[]
}

export const stateNames: Record<InstanceState, string> = { running: '审批中', approved: '已同意', returned: '已退回', ended: '已终止' }

/**
 * Decides the step that waits for the actor. `passUp` hands it one unit up, or along the node's own route. Errors: `flow.notYours`,
 * `flow.ownRequest` (403), `flow.ended`, `flow.alreadyDecided` (409), `flow.cannotPassUp`, `flow.opinionWanted` (422).
 * At most five statements besides files and what flowFinished does.
 */
export async function decideFlow(ctx: Ctx, input: Decision): Promise<{ state: 'running' | 'approved' | 'returned' }> {
  if (input.outcome === 'return' && input.opinion.trim() === '') throw flowErrors('opinionWanted', { fields: [{ path: 'opinion', message: '必填' }] })
  const instance = await lockInstance(ctx, input.instanceId)
  const token = await tokenOfActor(ctx, instance)
  const graph = await graphOf(ctx, instance.versionId)
  const node = graph.nodes.find((one) => one.key === token.nodeKey)
  if (!node) throw new Error(`instance ${instance.id} stands at an unknown node ${token.nodeKey}`)
  if (input.fileIds?.length) await attachFiles(ctx, { fileIds: input.fileIds, place: 'approval', objectType: 'flow', objectId: instance.id, audience: 'staff' })
  const record: RecordRow = {
    node_key: node.key, node_name: node.name, unit_id: token.unitId, actor_id: ctx.actor.id, actor_name: ctx.actor.name, outcome: input.outcome, opinion: input.opinion.trim() || null, file_ids: input.fileIds ?? [],
  }
  const move = await moveAfter(ctx, { instance, graph, node, token, record, outcome: input.outcome })
  await writeMove(ctx, instance.id, move)
  await tell(ctx, instance, move, input.opinion)
  return { state: move.state === 'ended' ? 'returned' : move.state }
}

type Situation = { instance: LockedInstance; graph: Graph; node: FlowNode; token: OpenToken; record: RecordRow; outcome: Outcome }

async function moveAfter(ctx: Ctx, at: Situation): Promise<Move> {
  const { instance, graph, node, token, outcome } = at
  const others = instance.tokens.filter((one) => one.id !== token.id && one.nodeKey === token.nodeKey)
  if (outcome === 'approve' && others.length > 0) {
    return { records: [at.record], close: [token.id], open: [], state: 'running', currentName: node.name }
  }
  const line = await unitLine(ctx, instance.subjectUnitId, graph)
  const place = { graph, line, variables: instance.variables, applicantId: instance.applicantId }
  const landing = await land(ctx, place, nextOf(at, line))
  return moveTo(ctx, landing, line, at.record, 'all')
}

function nextOf({ instance, graph, node, token, outcome }: Situation, line: UnitLine): Step | FlowNode {
  const step: Step = { node, unit: { id: token.unitId, name: line.fixed.get(token.unitId) ?? '' } }
  if (outcome === 'approve') return stepAfter(graph, step, line, instance.variables)
  if (outcome === 'return' || hasEdge(graph, node.key, 'passUp')) return enter(graph, follow(graph, node.key, outcome, instance.variables), line, instance.variables)
  const above = node.passUp ? unitAbove(line, token.unitId) : null
  if (!above) throw flowErrors('cannotPassUp')
  return { node, unit: above }
}

/** Locks the instance with its open steps: of two deciders the second sees what the first left. */
export async function lockInstance(ctx: Ctx, id: string): Promise<LockedInstance> {
  type Row = Omit<LockedInstance, 'tokens'> & { tokenId: string } & Omit<OpenToken, 'id'>
  const { rows } = await sql<Row>`
    select i.id, i.version_id as "versionId", i.state, i.object_type as "objectType", i.object_id as "objectId", i.subject_unit_id as "subjectUnitId", i.applicant_id as "applicantId", i.variables,
      t.id as "tokenId", t.node_key as "nodeKey", t.node_name as "nodeName", t.unit_id as "unitId", t.at_centre as "atCentre", t.permission, t.role, t.assignee_id as "assigneeId"
    from flow_instance i join flow_token t on t.tenant_id = i.tenant_id and t.instance_id = i.id and t.closed_at is null
    where i.tenant_id = ${ctx.tenantId} and i.id = ${id} for update of i, t`.execute(ctx.db())
  const first = rows[0]
  if (!first) {
    const held = await sql<{ state: InstanceState }>`select state from flow_instance where tenant_id = ${ctx.tenantId} and id = ${id}`.execute(ctx.db())
    const state = held.rows[0]?.state
    if (!state) throw kernelErrors('notFound')
    throw state === 'running' ? flowErrors('alreadyDecided') : flowErrors('ended', { params: { state: stateNames[state] } })
  }
  return {
    id: first.id, versionId: first.versionId, state: first.state, objectType: first.objectType, objectId: first.objectId, subjectUnitId: first.subjectUnitId, applicantId: first.applicantId,
    variables: first.variables, tokens: rows.map(({ tokenId, nodeKey, nodeName, unitId, atCentre, permission, role, assigneeId }) => ({ id: tokenId, nodeKey, nodeName, unitId, atCentre, permission, role, assigneeId })),
  }
}

async function tokenOfActor(ctx: Ctx, instance: LockedInstance): Promise<OpenToken> {
  for (const token of instance.tokens) {
    if (!(await mayDecide(ctx, token))) continue
    if (instance.applicantId !== null && instance.applicantId === ctx.actor.id) throw flowErrors('ownRequest')
    return token
  }
  for (const token of await closedTokens(ctx, instance.id)) if (await mayDecide(ctx, token)) throw flowErrors('alreadyDecided')
  // Who has nothing to do with approvals does not learn that this one exists.
  const own = instance.applicantId !== null && instance.applicantId === ctx.actor.id
  if (!own && !can(ctx, 'flow.read') && !instance.tokens.some((token) => token.permission !== null && can(ctx, token.permission))) throw kernelErrors('notFound')
  throw flowErrors('notYours', { rule: instance.tokens[0]?.permission ?? 'flow', params: { actor: instance.tokens[0]?.nodeName ?? '' } })
}

async function closedTokens(ctx: Ctx, instanceId: string): Promise<OpenToken[]> {
  return ctx
    .db<FlowTables>()
    .selectFrom('flow_token')
    .select(['id', 'node_key as nodeKey', 'node_name as nodeName', 'unit_id as unitId', 'at_centre as atCentre', 'permission', 'role', 'assignee_id as assigneeId'])
    .where('tenant_id', '=', ctx.tenantId)
    .where('instance_id', '=', instanceId)
    .where('closed_at', 'is not', null)
    .execute()
}

async function tell(ctx: Ctx, instance: LockedInstance, move: Move, opinion: string): Promise<void> {
  ctx.signal('home.counts')
  if (move.open.length > 0) ctx.publish(flowStepOpened({ instanceId: instance.id, tokenIds: move.open.map((token) => token.id) }))
  if (move.state !== 'approved' && move.state !== 'returned') return
  ctx.publish(flowEnded({ instanceId: instance.id, outcome: move.state, opinion: opinion.trim() || null }))
  await tellFinished(ctx, { objectType: instance.objectType, objectId: instance.objectId, outcome: move.state, instanceId: instance.id, opinion })
}
