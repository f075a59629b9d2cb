// Reading instances and tasks.
import { sql } from 'kysely'
import { can } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Instant } from '../../kernel/time/index.ts'
import { compiledOf } from './definition-store.ts'
import { foresee } from './foresee.ts'
import type { FlowNode, Variables } from './graph.ts'
import { markingOf, type Instance } from './instance.ts'
import { firstUnit, isCentre } from './places.ts'
import type { FlowTables } from './tables.gen.ts'
import { mayDecide, reachesTenant, unitLine, type OpenToken } from './unit-line.ts'
import type { InstanceState, RecordRow } from './write-step.ts'

export type FlowStep = {
  node: string
  name: string
  /** Unit or person of the step. */
  actor: string
  state: 'approved' | 'returned' | 'passedUp' | 'skipped' | 'ended' | 'withdrawn' | 'timedOut' | 'jumped' | 'current' | 'waiting'
  decidedBy: string | null
  decidedAt: Instant | null
  opinion: string | null
}
export type FlowView = { state: InstanceState; steps: FlowStep[]; mayDecide: boolean }

const readable = (ctx: Ctx): string[] => [...new Set([ctx.tenantId, ...ctx.actor.tenantIds])]
const stepStates: Partial<Record<RecordRow['outcome'], FlowStep['state']>> = { approve: 'approved', return: 'returned', passUp: 'passedUp', skip: 'skipped', end: 'ended', withdraw: 'withdrawn', timeout: 'timedOut', jump: 'jumped' }

/** Instances with their steps, done, current and (for a running one) still to come; unknown ids are missing. The caller has checked who asks. */
export async function flowsOf(ctx: Ctx, instanceIds: readonly string[]): Promise<Map<string, FlowView>> {
  if (instanceIds.length === 0) return new Map()
  const db = ctx.db<FlowTables>()
  const ids = [...instanceIds]
  const instances = await db
    .selectFrom('flow_instance')
    .select((eb) => ['id', 'version_id as versionId', 'subject_unit_id as subjectUnitId', 'applicant_id as applicantId', eb.ref('state').$castTo<InstanceState>().as('state'), eb.ref('variables').$castTo<Variables>().as('variables'), 'approved', 'suspended_at as suspendedAt'])
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
    const current = own.filter((token) => token.kind !== 'join').map((token): FlowStep => ({ node: token.nodeKey, name: token.nodeName, actor: token.own ? '申请人' : (token.assigneeName ?? (token.kind === 'call' ? '子流程' : token.unitName) ?? ''), state: 'current', decidedBy: null, decidedAt: null, opinion: null }))
    views.set(instance.id, { state: instance.state, steps: [...done, ...current, ...(await stepsAhead(ctx, instance, own))], mayDecide: instance.suspendedAt === null && (await mayDecideAny(ctx, instance, own)) })
  }
  return views
}

type Open = OpenToken & { unitName: string | null }

/** The first step that waits for the actor: his own requests only where they came back to him. */
export async function taskOf<T extends OpenToken>(ctx: Ctx, applicantId: string | null, tokens: readonly T[]): Promise<T | undefined> {
  const own = applicantId !== null && applicantId === ctx.actor.id
  for (const token of tokens) if ((!own || token.own) && (await mayDecide(ctx, token))) return token
  return undefined
}

async function mayDecideAny(ctx: Ctx, instance: Pick<Instance, 'applicantId'>, tokens: OpenToken[]): Promise<boolean> {
  if (await taskOf(ctx, instance.applicantId, tokens)) return true
  return false
}

/** What would come if everybody approved; conditions may still turn it, and people are not looked up. */
async function stepsAhead(ctx: Ctx, instance: Pick<Instance, 'state' | 'versionId' | 'subjectUnitId' | 'variables' | 'approved'>, tokens: Open[]): Promise<FlowStep[]> {
  if (instance.state !== 'running' || !tokens.some((token) => token.kind !== 'join')) return []
  const compiled = await compiledOf(ctx, instance.versionId)
  const line = await unitLine(ctx, instance.subjectUnitId, compiled.graph, instance.variables)
  const visits = new Map(tokens.filter((token) => token.kind !== 'join').map((token) => [token.visitId, token]))
  const stays = [...visits.values()].map((token) => ({ node: compiled.node(token.nodeKey), unit: { id: token.unitId, name: token.unitName ?? '' } }))
  const found = await foresee(compiled, line, { begin: [], stays, marking: markingOf({ tokens, variables: instance.variables, approved: instance.approved }, new Set()) }, {
    async seat(node, unit) {
      const first = unit ?? firstUnit(node, line)
      return node.levelUp && isCentre(line, first.id) ? 'pass' : { node, unit: first }
    },
  }).catch(() => ({ stays: [] })) // a way that needs variables not known yet cannot be foreseen
  return found.stays.map((stay) => ({ node: stay.node.key, name: stay.node.name, actor: actorOf(stay.node) ?? stay.unit.name, state: 'waiting', decidedBy: null, decidedAt: null, opinion: null }))
}

const actorOf = (node: FlowNode): string | null => (node.kind === 'call' ? '子流程' : node.actor?.applicant ? '申请人' : node.actor?.userIds?.length ? '指定人员' : null)

export async function recordsOf(ctx: Ctx, instanceIds: string[]) {
  return ctx
    .db<FlowTables>()
    .selectFrom('flow_record as r')
    .leftJoin('platform_unit_view as u', (join) => join.onRef('u.tenant_id', '=', 'r.tenant_id').onRef('u.id', '=', 'r.unit_id'))
    .select((eb) => [
      'r.id', 'r.instance_id as instanceId', 'r.node_key as node', 'r.node_name as name', 'u.name as unitName', 'r.actor_id as actorId', 'r.actor_name as actorName',
      eb.ref('r.outcome').$castTo<RecordRow['outcome']>().as('outcome'), 'r.opinion', 'r.file_ids as fileIds', 'r.trail', 'r.at',
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
    .select((eb) => [
      't.id', 't.instance_id as instanceId', 't.visit_id as visitId', 't.node_key as nodeKey', 't.node_name as nodeName', 't.unit_id as unitId', 'u.name as unitName', 't.at_centre as atCentre', 't.permission', 't.role',
      't.assignee_id as assigneeId', 'p.name as assigneeName', 't.candidates', 't.must', 't.own', 't.resume_unit_id as resumeUnitId', 't.edge', 't.opened_at as openedAt', 't.due_at as dueAt',
      eb.ref('t.kind').$castTo<OpenToken['kind']>().as('kind'),
    ])
    .where('t.tenant_id', 'in', readable(ctx))
    .where('t.instance_id', 'in', instanceIds)
    .where('t.closed_at', 'is', null)
    .orderBy('t.opened_at')
    .orderBy('t.id')
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
    .where('t.kind', '=', 'task')
    .where('i.suspended_at', 'is', null)
    .where((eb) => eb.or([eb('i.applicant_id', 'is', null), eb('i.applicant_id', '<>', me), eb('t.own', '=', true)]))
    .where(sql<boolean>`(t.assignee_id = ${me} or (t.assignee_id is null and t.candidates @> array[${me}]::uuid[]) or (t.assignee_id is null and t.candidates is null and (
      (t.unit_id = any(${ctx.actor.unitIds}::uuid[]) and t.permission = any(${held})) or (t.at_centre and t.permission = any(${overall})))))`)
}

/** Steps decided before, so that a late decider hears that somebody was quicker. */
export async function closedTokens(ctx: Ctx, instanceId: string) {
  return ctx
    .db<FlowTables>()
    .selectFrom('flow_token')
    .select((eb) => ['unit_id as unitId', 'at_centre as atCentre', 'permission', 'role', 'assignee_id as assigneeId', 'candidates', 'own', eb.ref('kind').$castTo<OpenToken['kind']>().as('kind')])
    .where('tenant_id', '=', ctx.tenantId)
    .where('instance_id', '=', instanceId)
    .where('closed_at', 'is not', null)
    .execute()
}

/** The step that somebody else than the applicant approved last before this one. */
export async function lastApproval(ctx: Ctx, instanceId: string, not: { nodeKey: string; unitId: string; actorId: string | null }): Promise<{ nodeKey: string; unitId: string | null } | undefined> {
  return ctx
    .db<FlowTables>()
    .selectFrom('flow_record')
    .select(['node_key as nodeKey', 'unit_id as unitId'])
    .where('tenant_id', '=', ctx.tenantId)
    .where('instance_id', '=', instanceId)
    .where('outcome', '=', 'approve')
    .where('actor_id', 'is not', null)
    .$if(not.actorId !== null, (query) => query.where('actor_id', '<>', not.actorId ?? ''))
    .where((eb) => eb.or([eb('node_key', '<>', not.nodeKey), eb('unit_id', '<>', not.unitId)]))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
}

export async function usersNamed(ctx: Ctx, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return []
  const rows = await ctx.db<FlowTables>().selectFrom('platform_user_view').select(['id', 'name']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', [...ids]).orderBy('name').execute()
  return rows.map((row) => ({ id: row.id, name: row.name ?? '' }))
}
