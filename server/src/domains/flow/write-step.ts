// One statement moves an instance: records, closed tokens, opened tokens, timers and the new state together.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { newId } from '../../kernel/runtime.ts'
import { plus, toIso, type Instant } from '../../kernel/time/index.ts'
import type { Variables } from './graph.ts'

export type RecordOutcome = 'start' | 'approve' | 'return' | 'passUp' | 'skip' | 'reassign' | 'end' | 'withdraw' | 'addSigner' | 'forward' | 'jump' | 'timeout' | 'service' | 'suspend' | 'resume'
export type RecordRow = {
  node_key: string
  node_name: string
  unit_id: string | null
  actor_id: string | null
  actor_name: string
  outcome: RecordOutcome
  opinion: string | null
  file_ids: string[]
  trail?: number[]
}
export type TokenRow = {
  id: string
  kind: 'task' | 'call' | 'join'
  visit_id: string
  node_key: string
  node_name: string
  unit_id: string
  at_centre: boolean
  permission: string | null
  role: string | null
  assignee_id: string | null
  candidates: string[] | null
  must: boolean
  own: boolean
  resume_unit_id: string | null
  edge: number | null
  due_at: string | null
}
export type TimerRow = { id: string; visit_id: string; node_key: string; due_at: string }
export type InstanceState = 'running' | 'approved' | 'returned' | 'ended'
export type Move = {
  records: RecordRow[]
  /** Tokens that end and how; `all` closes every other one as cancelled. */
  close: Record<string, string>
  closeAll?: boolean
  open: TokenRow[]
  /** Timers to set; null where the process has none, which saves the statement's part. */
  timers: TimerRow[] | null
  state: InstanceState
  currentName: string | null
  variables?: Variables
  approved?: boolean
  endKey?: string | null
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
  parent_id: string | null
  parent_token_id: string | null
  level: number
}

const recordColumns = sql`r(id uuid, node_key text, node_name text, unit_id uuid, actor_id uuid, actor_name text, outcome text, opinion text, file_ids uuid[], trail int[], at timestamptz)`
const tokenColumns = sql`t(id uuid, kind text, visit_id uuid, node_key text, node_name text, unit_id uuid, at_centre boolean, permission text, role text, assignee_id uuid, candidates uuid[], must boolean, own boolean, resume_unit_id uuid, edge int, due_at timestamptz)`

// Records of one statement keep their order by a millisecond each.
const recordRows = (records: RecordRow[], now: Instant): string => JSON.stringify(records.map((record, at) => ({ trail: [], ...record, id: newId(), at: toIso(plus(now, at)) })))

export async function writeStart(ctx: Ctx, instance: NewInstance, move: Move): Promise<void> {
  const now = ctx.clock.now()
  const at = toIso(now)
  const finished = move.state === 'running' ? null : at
  await sql`
    with i as (
      insert into flow_instance (tenant_id, id, definition_key, version_id, object_type, object_id, subject_unit_id, applicant_id, applicant_name, title, link, variables, state, current_name, started_at, finished_at, parent_id, parent_token_id, level, approved, end_key)
      values (${ctx.tenantId}, ${instance.id}, ${instance.definition_key}, ${instance.version_id}, ${instance.object_type}, ${instance.object_id}, ${instance.subject_unit_id}, ${instance.applicant_id},
        ${instance.applicant_name}, ${instance.title}, ${instance.link}, ${JSON.stringify(move.variables ?? {})}::jsonb, ${move.state}, ${move.currentName}, ${at}::timestamptz, ${finished}::timestamptz,
        ${instance.parent_id}, ${instance.parent_token_id}, ${instance.level}, ${move.approved ?? false}, ${move.endKey ?? null})
    ), ${setTimers(ctx, instance.id, move)} ${insertRecords(ctx, instance.id, recordRows(move.records, now))}
    ${insertTokens(ctx, instance.id, move.open, at)}`.execute(ctx.db())
}

export async function writeMove(ctx: Ctx, instanceId: string, move: Move): Promise<void> {
  const now = ctx.clock.now()
  const at = toIso(now)
  const finished = move.state === 'running' ? null : at
  const closed = JSON.stringify(move.close)
  const which = move.closeAll ? sql`true` : sql`id = any(${Object.keys(move.close)}::uuid[])`
  const changes = sql`${move.variables ? sql`, variables = ${JSON.stringify(move.variables)}::jsonb` : sql``} ${move.approved === undefined ? sql`` : sql`, approved = ${move.approved}`} ${move.endKey === undefined ? sql`` : sql`, end_key = ${move.endKey}`}`
  await sql`
    with c as (
      update flow_token set closed_at = ${at}::timestamptz, outcome = coalesce(${closed}::jsonb ->> id::text, 'cancelled') where tenant_id = ${ctx.tenantId} and instance_id = ${instanceId} and closed_at is null and ${which}
      returning visit_id
    ), i as (
      update flow_instance set state = ${move.state}, current_name = ${move.currentName}, finished_at = ${finished}::timestamptz ${changes} where tenant_id = ${ctx.tenantId} and id = ${instanceId}
    ), ${cancelTimers(ctx, instanceId, move, at)} ${setTimers(ctx, instanceId, move)} ${insertRecords(ctx, instanceId, recordRows(move.records, now))}
    ${insertTokens(ctx, instanceId, move.open, at)}`.execute(ctx.db())
}

// Timers end with the last token of their visit; several tokens of one visit leave it one by one.
const cancelTimers = (ctx: Ctx, instanceId: string, move: Move, at: string) =>
  move.timers === null
    ? sql``
    : sql`k as (
      update flow_timer set cancelled_at = ${at}::timestamptz where tenant_id = ${ctx.tenantId} and instance_id = ${instanceId} and fired_at is null and cancelled_at is null
        and visit_id in (select visit_id from c) and not exists (select 1 from flow_token o where o.tenant_id = ${ctx.tenantId} and o.instance_id = ${instanceId} and o.visit_id = flow_timer.visit_id and o.closed_at is null
          and not ${move.closeAll ? sql`true` : sql`o.id = any(${Object.keys(move.close)}::uuid[])`})
    ),`

const setTimers = (ctx: Ctx, instanceId: string, move: Move) =>
  move.timers === null || move.timers.length === 0
    ? sql``
    : sql`m as (
      insert into flow_timer (tenant_id, id, instance_id, visit_id, node_key, due_at)
      select ${ctx.tenantId}::uuid, t.id, ${instanceId}::uuid, t.visit_id, t.node_key, t.due_at from jsonb_to_recordset(${JSON.stringify(move.timers)}::jsonb) as t(id uuid, visit_id uuid, node_key text, due_at timestamptz)
    ),`

const insertRecords = (ctx: Ctx, instanceId: string, rows: string) => sql`n as (
  insert into flow_record (tenant_id, id, instance_id, node_key, node_name, unit_id, actor_id, actor_name, outcome, opinion, file_ids, trail, at)
  select ${ctx.tenantId}::uuid, r.id, ${instanceId}::uuid, r.node_key, r.node_name, r.unit_id, r.actor_id, r.actor_name, r.outcome, r.opinion, r.file_ids, r.trail, r.at from jsonb_to_recordset(${rows}::jsonb) as ${recordColumns}
)`

const insertTokens = (ctx: Ctx, instanceId: string, tokens: TokenRow[], at: string) => sql`
  insert into flow_token (tenant_id, id, instance_id, kind, visit_id, node_key, node_name, unit_id, at_centre, permission, role, assignee_id, candidates, must, own, resume_unit_id, edge, opened_at, due_at)
  select ${ctx.tenantId}::uuid, t.id, ${instanceId}::uuid, t.kind, t.visit_id, t.node_key, t.node_name, t.unit_id, t.at_centre, t.permission, t.role, t.assignee_id, t.candidates, t.must, t.own, t.resume_unit_id, t.edge, ${at}::timestamptz, t.due_at
  from jsonb_to_recordset(${JSON.stringify(tokens)}::jsonb) as ${tokenColumns}`
