// The log of changes, one change with its difference, and the published versions of an object.
import { sql } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { instant, toIso } from '../../../kernel/time/index.ts'
import { flowsOf, type FlowView } from '../../flow/index.ts'
import { calendarOf } from '../../platform/index.ts'
import { limitFieldNames } from '../limits/limit-texts.zh-CN.ts'
import type { MattersTables } from '../tables.gen.ts'
import { standardKinds } from './content.ts'
import { kindOf } from './kinds.ts'
import { decodeCursor, encodeCursor } from './list-cursor.ts'
import * as contract from './standard-contract.ts'
import { changedFields } from './change-standard.ts'
import { tenantChain } from './standard-cache.ts'

type ChangeItem = Output<typeof contract.listChanges>['items'][number]

const operations: Record<ChangeItem['kind'], string> = { create: '新增', modify: '修改', offline: '下架', online: '重新上架', void: '作废', delete: '删除' }
const labelOf = (kind: string): string => {
  const known = standardKinds.find((standard) => standard === kind)
  return known ? kindOf(known).label : '时限规则'
}
const selectChange = (ctx: Ctx) => ctx.db<MattersTables>().selectFrom('matter_change').selectAll().where('tenant_id', '=', ctx.tenantId)
type Row = Awaited<ReturnType<ReturnType<typeof selectChange>['execute']>>[number]

/** Who may decide: a reviewer other than the submitter, or whoever the process asks now. */
async function flowsOfRows(ctx: Ctx, rows: readonly Row[]) {
  const ids = rows.flatMap((row) => row.flow_instance_id ?? [])
  return ids.length > 0 ? flowsOf(ctx, ids) : new Map<string, FlowView>()
}

function itemOf(ctx: Ctx, row: Row, flows: ReadonlyMap<string, FlowView>): ChangeItem {
  const kind = row.kind as ChangeItem['kind'] // held to these values by a check constraint, as state and object_kind are
  return {
    id: row.id, objectKind: row.object_kind as ChangeItem['objectKind'], objectId: row.object_id, kindName: labelOf(row.object_kind), title: row.title, kind, operation: operations[kind],
    state: row.state as ChangeItem['state'], effectiveOn: row.effective_on, reason: row.reason, version: row.version, submittedByName: row.submitted_by_name, submittedAt: row.submitted_at,
    decidedByName: row.decided_by_name, decidedAt: row.decided_at, opinion: row.opinion,
    mayDecide: row.state === 'pending' && (row.flow_instance_id ? (flows.get(row.flow_instance_id)?.mayDecide ?? false) : can(ctx, 'matters.review') && (row.submitted_by === null || row.submitted_by !== ctx.actor.id)),
  }
}

export async function listChanges(ctx: Ctx, input: Input<typeof contract.listChanges>): Promise<Output<typeof contract.listChanges>> {
  authorize(ctx, 'matters.read')
  const { timeZone } = await calendarOf(ctx)
  let query = selectChange(ctx)
  if (input.state?.length) query = query.where('state', 'in', input.state)
  if (input.kind?.length) query = query.where('kind', 'in', input.kind)
  if (input.objectKind?.length) query = query.where('object_kind', 'in', input.objectKind)
  if (input.objectId) query = query.where('object_id', '=', input.objectId)
  if (input.query) query = query.where(sql<boolean>`position(lower(${input.query}) in lower(title)) > 0`)
  if (input.from) query = query.where(sql<boolean>`submitted_at >= (${input.from}::date)::timestamp at time zone ${timeZone}`)
  if (input.to) query = query.where(sql<boolean>`submitted_at < (${input.to}::date + 1)::timestamp at time zone ${timeZone}`)
  const counted = await sql<{ n: number }>`select count(*)::int as n from (${query.clearSelect().select(sql`1`.as('one')).limit(1001)}) as bounded`.execute(ctx.db())
  let page = query.orderBy('submitted_at', 'desc').orderBy('id', 'desc').limit(input.limit + 1)
  if (input.cursor) {
    const [at, id] = decodeCursor(input.cursor)
    page = page.where(sql<boolean>`(submitted_at, id) < (${toIso(instant(at))}::timestamptz, ${id}::uuid)`)
  }
  const rows = await page.execute()
  const items = rows.slice(0, input.limit)
  const last = items.at(-1)
  const n = counted.rows[0]?.n ?? 0
  const flows = await flowsOfRows(ctx, items)
  return {
    items: items.map((row) => itemOf(ctx, row, flows)),
    next: last && rows.length > input.limit ? encodeCursor([toIso(last.submitted_at), last.id]) : null,
    count: { value: Math.min(n, 1000), capped: n > 1000 },
  }
}

export async function getChange(ctx: Ctx, input: Input<typeof contract.getChange>): Promise<Output<typeof contract.getChange>> {
  authorize(ctx, 'matters.read')
  const row = await selectChange(ctx).where('id', '=', input.id).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  const names = fieldNamesOf(row.object_kind)
  const before = asRecord(row.before)
  const after = row.after === null ? before : asRecord(row.after)
  const changed = new Set(row.kind === 'modify' ? changedFields(before, after) : row.kind === 'create' ? Object.keys(after) : [])
  const difference = Object.keys({ ...before, ...after }).map((field) => ({ field, label: names[field] ?? field, before: before[field] ?? null, after: after[field] ?? null, changed: changed.has(field) }))
  const flows = await flowsOfRows(ctx, [row])
  const steps = (row.flow_instance_id ? flows.get(row.flow_instance_id)?.steps : undefined) ?? []
  return {
    ...itemOf(ctx, row, flows), difference, similar: await similarMatters(ctx, row),
    steps: steps.map((step) => ({ name: step.name, actor: step.actor ?? '', state: step.state, decidedBy: step.decidedBy, decidedAt: step.decidedAt, opinion: step.opinion })),
  }
}

/** Effective matters whose names have most of their characters in common with a new or renamed one. */
async function similarMatters(ctx: Ctx, row: Row): Promise<{ id: string; code: string; name: string }[]> {
  const name = asRecord(row.after)['name']
  if (row.object_kind !== 'matter' || row.state !== 'pending' || typeof name !== 'string') return []
  return (await sql<{ id: string; code: string; name: string }>`select id, code, name from matter_matter where tenant_id = any(${await tenantChain(ctx)}::uuid[]) and state = 'effective' and id::text <> ${row.object_id} and similarity(name, ${name}) > 0.45
    order by similarity(name, ${name}) desc, code limit 5`.execute(ctx.acrossTenants('the standard of upper tenants holds below'))).rows
}

export async function listVersions(ctx: Ctx, input: Input<typeof contract.listVersions>): Promise<Output<typeof contract.listVersions>> {
  authorize(ctx, 'matters.read')
  const rows = await ctx.acrossTenants<MattersTables>('versions of inherited objects').selectFrom('matter_version')
    .select(['version', 'state', 'by_name as byName', 'opinion', 'at', 'snapshot'])
    .where('tenant_id', 'in', await tenantChain(ctx)).where('object_kind', '=', input.kind).where('object_id', '=', input.id).orderBy('version', 'desc').limit(200).execute()
  return { items: rows.map((row) => ({ ...row, snapshot: asRecord(row.snapshot) })) }
}

export function fieldNamesOf(kind: string): Record<string, string> {
  const known = standardKinds.find((standard) => standard === kind)
  return known ? kindOf(known).fieldNames : limitFieldNames
}

const asRecord = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {})
