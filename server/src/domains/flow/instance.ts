// A running instance with all that waits in it, locked.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import { flowErrors } from './flow.errors.ts'
import type { Variables } from './graph.ts'
import type { Marking } from './token-engine.ts'
import type { OpenToken } from './unit-line.ts'
import type { InstanceState, RecordOutcome, RecordRow } from './write-step.ts'

export type Instance = {
  id: string
  versionId: string
  state: InstanceState
  objectType: string
  objectId: string
  subjectUnitId: string
  applicantId: string | null
  applicantName: string
  title: string
  link: string | null
  variables: Variables
  approved: boolean
  level: number
  parentId: string | null
  parentTokenId: string | null
  suspended: boolean
  tokens: OpenToken[]
}

export const stateNames: Record<InstanceState, string> = { running: '审批中', approved: '已同意', returned: '已退回', ended: '已终止' }

/** Locks the instance with its open tokens: of two deciders the second sees what the first left. `suspendedToo`: for administrators. */
export async function lockInstance(ctx: Ctx, id: string, suspendedToo = false): Promise<Instance> {
  type Row = Omit<Instance, 'tokens'> & { tokenId: string } & Omit<OpenToken, 'id'>
  const { rows } = await sql<Row>`
    select i.id, i.version_id as "versionId", i.state, i.object_type as "objectType", i.object_id as "objectId", i.subject_unit_id as "subjectUnitId", i.applicant_id as "applicantId", i.applicant_name as "applicantName",
      i.title, i.link, i.variables, i.approved, i.level, i.parent_id as "parentId", i.parent_token_id as "parentTokenId", i.suspended_at is not null as suspended,
      t.id as "tokenId", t.kind, t.visit_id as "visitId", t.node_key as "nodeKey", t.node_name as "nodeName", t.unit_id as "unitId", t.at_centre as "atCentre", t.permission, t.role, t.assignee_id as "assigneeId",
      t.candidates, t.must, t.own, t.resume_unit_id as "resumeUnitId", t.edge
    from flow_instance i join flow_token t on t.tenant_id = i.tenant_id and t.instance_id = i.id and t.closed_at is null
    where i.tenant_id = ${ctx.tenantId} and i.id = ${id} order by t.opened_at, t.id for update of i, t`.execute(ctx.db())
  const first = rows[0]
  if (!first) {
    const held = await sql<{ state: InstanceState }>`select state from flow_instance where tenant_id = ${ctx.tenantId} and id = ${id}`.execute(ctx.db())
    const state = held.rows[0]?.state
    if (!state) throw kernelErrors('notFound')
    throw state === 'running' ? flowErrors('alreadyDecided') : flowErrors('ended', { params: { state: stateNames[state] } })
  }
  if (first.suspended && !suspendedToo) throw flowErrors('suspended')
  const tokens = rows.map(({ tokenId, kind, visitId, nodeKey, nodeName, unitId, atCentre, permission, role, assigneeId, candidates, must, own, resumeUnitId, edge }): OpenToken => ({
    id: tokenId, kind, visitId, nodeKey, nodeName, unitId, atCentre, permission, role, assigneeId, candidates, must, own, resumeUnitId, edge,
  }))
  const { versionId, state, objectType, objectId, subjectUnitId, applicantId, applicantName, title, link, variables, approved, level, parentId, parentTokenId, suspended } = first
  return { id, versionId, state, objectType, objectId, subjectUnitId, applicantId, applicantName, title, link, variables, approved, level, parentId, parentTokenId, suspended, tokens }
}

/** What is left of an instance without some of its tokens. */
export function markingOf(instance: Pick<Instance, 'tokens' | 'variables' | 'approved'>, closing: ReadonlySet<string>): Marking {
  const left = instance.tokens.filter((token) => !closing.has(token.id))
  const visits = new Map(left.filter((token) => token.kind !== 'join').map((token) => [token.visitId, token.nodeKey]))
  return {
    resting: [...visits.values()], variables: instance.variables, approved: instance.approved,
    arrived: left.flatMap((token) => (token.kind === 'join' && token.edge !== null ? [{ gate: token.nodeKey, route: token.edge, id: token.id }] : [])),
  }
}

export const recordOf = (ctx: Ctx, at: Pick<OpenToken, 'nodeKey' | 'nodeName' | 'unitId'> | undefined, outcome: RecordOutcome, opinion: string, fileIds: string[] = []): RecordRow => ({
  node_key: at?.nodeKey ?? '', node_name: at?.nodeName ?? '', unit_id: at?.unitId ?? null, actor_id: ctx.actor.id, actor_name: ctx.actor.name, outcome, opinion: opinion.trim() || null, file_ids: fileIds,
})
