// The lists behind the board: assignments with what their orders are about, nearest clock first.
import { sql, type RawBuilder } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { parseIso, toIso, type Instant } from '../../../kernel/time/index.ts'
import { areaNames } from '../../platform/index.ts'
import { shownName } from '../requesters/contact.ts'
import { appealTypeNames, assignmentStateNames, clockNames, roleNames, stateNames, urgencyNames } from '../texts.zh-CN.ts'
import { actsFor } from '../orders.policy.ts'
import type { AssignmentRow, OrderRow } from '../orders.queries.ts'
import { isMoment, isUuid, readCursor, writeCursor } from './cursor.ts'
import { asCount } from './list-branches.ts'
import { conditionsOf } from './order-filter.ts'
import { namedFlags } from './reading.zh-CN.ts'
import type { Timing, unitAssignmentsRoute, UnitBox, UnitFilter, UnitRow } from './unit-contract.ts'
import { boardUnits, inBox, timingOf, unitFrom } from './unit-work.ts'

type OrderPart = Pick<OrderRow, 'number' | 'title' | 'urgency' | 'appeal_type' | 'subject_kind' | 'requester_name' | 'anonymous' | 'contact_phone_mask' | 'matter_name' | 'area_code' | 'address' | 'flags' | 'urge_count' | 'supplement_count' | 'content' | 'confidential'>
export type UnitWorkRow = AssignmentRow & OrderPart & { order_state: OrderRow['state']; parent_unit: string | null; parent_unit_id: string | null; timing: Timing; clock_kind: string | null; clock_due: Instant | null; clock_state: string | null; sort_at: Instant }

/** Without any deadline a task stands at the end of the list. */
const NEVER = sql`'9999-01-01T00:00:00Z'::timestamptz`
const sortKey = (box: UnitBox): RawBuilder<unknown> => (box === 'done' ? sql`a.done_at` : sql`coalesce(k.due_at, a.due_at, ${NEVER})`)

export async function unitAssignments(ctx: Ctx, input: Input<typeof unitAssignmentsRoute>) {
  if (!can(ctx, 'orders.approve')) authorize(ctx, 'orders.handle')
  const [page, n] = await Promise.all([unitPage(ctx, input, input), countUnitWork(ctx, input, 1001)])
  return { items: await unitRows(ctx, page.rows), next: page.next, count: asCount(n) }
}

async function where(ctx: Ctx, filter: UnitFilter) {
  const units = (await boardUnits(ctx, filter.unitId)).map((u) => u.id)
  if (units.length === 0) return sql`false`
  const more = await conditionsOf(ctx, { text: filter.text, number: filter.number })
  if (filter.timing) more.push(sql`${timingOf(ctx)} = ${filter.timing}`)
  return inBox(ctx, filter.box, units, more)
}

export async function countUnitWork(ctx: Ctx, filter: UnitFilter, bound: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (select 1 from ${unitFrom} where ${await where(ctx, filter)} limit ${bound}) as bounded`.execute(ctx.db())
  return rows[0]?.n ?? 0
}

export async function unitPage(ctx: Ctx, filter: UnitFilter, page: { limit: number; cursor?: string | undefined }): Promise<{ rows: UnitWorkRow[]; next: string | null }> {
  const key = sortKey(filter.box)
  const down = filter.box === 'done'
  const way = down ? sql`desc` : sql`asc`
  const [at, id] = page.cursor === undefined ? [undefined, undefined] : readCursor(page.cursor, [isMoment, isUuid])
  const after = at === undefined || id === undefined ? sql`true` : down ? sql`(${key}, a.id) < (${toIso(parseIso(at))}::timestamptz, ${id}::uuid)` : sql`(${key}, a.id) > (${toIso(parseIso(at))}::timestamptz, ${id}::uuid)`
  const { rows } = await sql<UnitWorkRow>`select a.*, o.number, o.title, o.urgency, o.appeal_type, o.subject_kind, o.requester_name, o.anonymous, o.contact_phone_mask, o.matter_name, o.area_code, o.address, o.flags, o.urge_count,
      o.supplement_count, o.content, o.confidential, o.state as order_state, up.unit_name as parent_unit, up.unit_id as parent_unit_id, ${timingOf(ctx)} as timing, k.kind as clock_kind, k.due_at as clock_due, k.state as clock_state, ${key} as sort_at
    from ${unitFrom} where ${await where(ctx, filter)} and ${after} order by ${key} ${way}, a.id ${way} limit ${page.limit + 1}`.execute(ctx.db())
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  return { rows: shown, next: last && rows.length > page.limit ? writeCursor([toIso(last.sort_at), last.id]) : null }
}

export async function unitRows(ctx: Ctx, rows: UnitWorkRow[]): Promise<UnitRow[]> {
  const areas = await areaNames(ctx, rows.flatMap((r) => r.area_code ?? []))
  return rows.map((r) => ({
    id: r.id, orderId: r.order_id, number: r.number, title: r.title, orderState: r.order_state, orderStateName: stateNames[r.order_state], urgency: r.urgency, urgencyName: urgencyNames[r.urgency] ?? r.urgency,
    appealTypeName: appealTypeNames[r.appeal_type] ?? r.appeal_type, requesterName: shownName({ subject_kind: r.subject_kind, name: r.requester_name, anonymous: r.anonymous }), contactPhoneMask: r.contact_phone_mask,
    matterName: r.matter_name, areaName: r.area_code ? (areas.get(r.area_code) ?? null) : null, address: r.address, unitId: r.unit_id, unitName: r.unit_name, parentUnitName: r.parent_unit, role: r.role, roleName: roleNames[r.role],
    state: r.state, stateName: assignmentStateNames[r.state], round: r.round, handlerName: r.handler_name, requirement: r.requirement, dispatchedAt: r.dispatched_at, signedAt: r.signed_at, dueAt: r.due_at, doneAt: r.done_at,
    clock: r.clock_kind === null ? null : { kind: r.clock_kind, name: clockNames[r.clock_kind] ?? r.clock_kind, dueAt: r.clock_state === 'paused' ? null : r.clock_due, paused: r.clock_state === 'paused' }, timing: r.timing,
    flags: namedFlags(r.flags), urgeCount: r.urge_count, supplementCount: r.supplement_count, version: r.version, acts: unitRowActs(ctx, r),
  }))
}

/** By state and rights only; the detail knows windows and open children and says why not. */
function unitRowActs(ctx: Ctx, row: UnitWorkRow): string[] {
  const acts: string[] = []
  if (actsFor(ctx, row.unit_id, 'orders.handle')) {
    if (row.state === 'pendingSign') acts.push('sign', 'requestReturn')
    if (row.state === 'handling') acts.push('feedback', 'progress', 'handDown', 'contact', 'requestReturn', 'requestExtension')
  }
  const decides = row.parent_unit_id === null ? actsFor(ctx, row.unit_id, 'orders.approve') : actsFor(ctx, row.parent_unit_id, 'orders.handle') || actsFor(ctx, row.parent_unit_id, 'orders.approve')
  if (decides && row.state === 'pendingReport') acts.push('accept', 'sendBack')
  if (row.parent_unit_id !== null && row.state === 'pendingSign' && actsFor(ctx, row.parent_unit_id, 'orders.handle')) acts.push('takeBack')
  return acts
}
