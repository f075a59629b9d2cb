// One statement moves an instance: records, closed steps, opened steps and the new state together.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { newId } from '../../kernel/runtime.ts'
import { HOUR, plus, toIso, type Instant } from '../../kernel/time/index.ts'
import { decidersOf, rightOf } from './unit-line.ts'
import { isCentre, isStep, stepAfter, type FlowNode, type Graph, type Step, type UnitLine, type Variables } from './graph.ts'

export type RecordRow = {
  node_key: string
  node_name: string
  unit_id: string | null
  actor_id: string | null
  actor_name: string
  outcome: 'start' | 'approve' | 'return' | 'passUp' | 'skip' | 'reassign' | 'end'
  opinion: string | null
  file_ids: string[]
}
export type TokenRow = { id: string; node_key: string; node_name: string; unit_id: string; at_centre: boolean; permission: string | null; role: string | null; assignee_id: string | null; due_at: string | null }
export type InstanceState = 'running' | 'approved' | 'returned' | 'ended'
export type Move = { records: RecordRow[]; close: string[] | 'all'; open: TokenRow[]; state: InstanceState; currentName: string | null }

export type Landing = { step: Step | FlowNode; skipped: RecordRow[]; holders: { id: string; name: string }[] }
type Place = { graph: Graph; line: UnitLine; variables: Variables; applicantId: string | null }

/**
 * Where the process comes to rest. A unit's step that nobody there could decide (no holder of the right besides the applicant) is
 * passed over with a record, as long as another step follows; the last decision is never taken by absence.
 */
export async function land(ctx: Ctx, place: Place, first: Step | FlowNode): Promise<Landing> {
  const skipped: RecordRow[] = []
  let step = first
  for (;;) {
    if (!isStep(step)) return { step, skipped, holders: [] }
    const all = step.node.mode === 'all'
    if (isCentre(place.line, step.unit.id) && !all) return { step, skipped, holders: [] }
    const holders = (await decidersOf(ctx, step, place.line)).filter((user) => user.id !== place.applicantId)
    if (holders.length > 0) return { step, skipped, holders }
    const next = stepAfter(place.graph, step, place.line, place.variables)
    if (!isStep(next)) return { step, skipped, holders }
    skipped.push({ ...recordAt(step), actor_id: null, actor_name: '系统', outcome: 'skip', opinion: `${step.unit.name}没有可审批的人员，自动进入下一环节`, file_ids: [] })
    step = next
  }
}

export const recordAt = (step: Step): Pick<RecordRow, 'node_key' | 'node_name' | 'unit_id'> => ({ node_key: step.node.key, node_name: step.node.name, unit_id: step.unit.id })

/** The move that follows a record: rest at the landing, or the end of the instance. */
export function moveTo(ctx: Ctx, landing: Landing, line: UnitLine, record: RecordRow, close: Move['close']): Move {
  const records = [record, ...landing.skipped]
  if (!isStep(landing.step)) return { records, close, open: [], state: landing.step.result ?? 'returned', currentName: null }
  const { step } = landing
  const due = step.node.limitHours ? toIso(plus(ctx.clock.now(), step.node.limitHours * HOUR)) : null
  const token = (assignee: string | null): TokenRow => ({
    id: newId(), node_key: step.node.key, node_name: step.node.name, unit_id: step.unit.id, at_centre: isCentre(line, step.unit.id), ...rightOf(step.node.actor), assignee_id: assignee, due_at: due,
  })
  const open = step.node.mode === 'all' && landing.holders.length > 0 ? landing.holders.map((user) => token(user.id)) : [token(null)]
  return { records, close, open, state: 'running', currentName: `${step.node.name}（${step.unit.name}）` }
}

export type NewInstance = {
  id: string
  definition_key: string
  version_id: string
  object_type: string
  object_id: string
  subject_unit_id: string
  applicant_id: string | null
  applicant_name: string
  title: string
  link: string | null
  variables: Variables
}

const recordColumns = sql`r(id uuid, node_key text, node_name text, unit_id uuid, actor_id uuid, actor_name text, outcome text, opinion text, file_ids uuid[], at timestamptz)`
const tokenColumns = sql`t(id uuid, node_key text, node_name text, unit_id uuid, at_centre boolean, permission text, role text, assignee_id uuid, due_at timestamptz)`

// Records of one statement keep their order by a millisecond each.
const recordRows = (records: RecordRow[], now: Instant): string => JSON.stringify(records.map((record, at) => ({ ...record, id: newId(), at: toIso(plus(now, at)) })))

export async function writeStart(ctx: Ctx, instance: NewInstance, move: Move): Promise<void> {
  const now = ctx.clock.now()
  const at = toIso(now)
  const finished = move.state === 'running' ? null : at
  await sql`
    with i as (
      insert into flow_instance (tenant_id, id, definition_key, version_id, object_type, object_id, subject_unit_id, applicant_id, applicant_name, title, link, variables, state, current_name, started_at, finished_at)
      values (${ctx.tenantId}, ${instance.id}, ${instance.definition_key}, ${instance.version_id}, ${instance.object_type}, ${instance.object_id}, ${instance.subject_unit_id}, ${instance.applicant_id},
        ${instance.applicant_name}, ${instance.title}, ${instance.link}, ${JSON.stringify(instance.variables)}::jsonb, ${move.state}, ${move.currentName}, ${at}::timestamptz, ${finished}::timestamptz)
    ), ${insertRecords(ctx, instance.id, recordRows(move.records, now))}
    ${insertTokens(ctx, instance.id, move.open, at)}`.execute(ctx.db())
}

export async function writeMove(ctx: Ctx, instanceId: string, move: Move): Promise<void> {
  const now = ctx.clock.now()
  const at = toIso(now)
  const finished = move.state === 'running' ? null : at
  const which = move.close === 'all' ? sql`true` : sql`id = any(${move.close}::uuid[])`
  await sql`
    with c as (
      update flow_token set closed_at = ${at}::timestamptz where tenant_id = ${ctx.tenantId} and instance_id = ${instanceId} and closed_at is null and ${which}
    ), i as (
      update flow_instance set state = ${move.state}, current_name = ${move.currentName}, finished_at = ${finished}::timestamptz where tenant_id = ${ctx.tenantId} and id = ${instanceId}
    ), ${insertRecords(ctx, instanceId, recordRows(move.records, now))}
    ${insertTokens(ctx, instanceId, move.open, at)}`.execute(ctx.db())
}

const insertRecords = (ctx: Ctx, instanceId: string, rows: string) => sql`n as (
  insert into flow_record (tenant_id, id, instance_id, node_key, node_name, unit_id, actor_id, actor_name, outcome, opinion, file_ids, at)
  select ${ctx.tenantId}::uuid, r.id, ${instanceId}::uuid, r.node_key, r.node_name, r.unit_id, r.actor_id, r.actor_name, r.outcome, r.opinion, r.file_ids, r.at from jsonb_to_recordset(${rows}::jsonb) as ${recordColumns}
)`

const insertTokens = (ctx: Ctx, instanceId: string, tokens: TokenRow[], at: string) => sql`
  insert into flow_token (tenant_id, id, instance_id, node_key, node_name, unit_id, at_centre, permission, role, assignee_id, opened_at, due_at)
  select ${ctx.tenantId}::uuid, t.id, ${instanceId}::uuid, t.node_key, t.node_name, t.unit_id, t.at_centre, t.permission, t.role, t.assignee_id, ${at}::timestamptz, t.due_at
  from jsonb_to_recordset(${JSON.stringify(tokens)}::jsonb) as ${tokenColumns}`

