// The standard in time: two versions side by side, and the whole of it as it stood at the end of a day.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { addDays, startOfDay, toIso, type Instant } from '../../../kernel/time/index.ts'
import { calendarOf } from '../../platform/index.ts'
import { changedFields } from './change-standard.ts'
import { standardKinds, standardStates, type StandardKind, type StandardState } from './content.ts'
import { kindOf } from './kinds.ts'
import { fieldNamesOf, listVersions } from './read-changes.ts'
import { tenantChain } from './standard-cache.ts'
import type * as contract from './standard-contract.ts'

export async function compareVersions(ctx: Ctx, input: Input<typeof contract.compareVersions>): Promise<Output<typeof contract.compareVersions>> {
  authorize(ctx, 'matters.read')
  const { items } = await listVersions(ctx, input)
  const [after, before] = [input.version, input.with].map((version) => items.find((one) => one.version === version))
  if (!after || !before) throw kernelErrors('notFound')
  const names = fieldNamesOf(input.kind)
  const changed = new Set(changedFields(before.snapshot, after.snapshot))
  const fields = [...new Set([...Object.keys(before.snapshot), ...Object.keys(after.snapshot)])]
  return { difference: fields.map((field) => ({ field, label: names[field] ?? field, before: before.snapshot[field] ?? null, after: after.snapshot[field] ?? null, changed: changed.has(field) })) }
}

type Row = { kind: StandardKind; id: string; version: number; state: StandardState; at: Instant; byName: string; snapshot: Record<string, unknown> }

async function rowsAsOf(ctx: Ctx, day: string, kind: StandardKind | undefined): Promise<Map<string, Row>> {
  const { timeZone } = await calendarOf(ctx)
  const end = toIso(startOfDay(addDays(day, 1), timeZone))
  const { rows } = await sql<Row>`
    select distinct on (object_kind, object_id) object_kind as kind, object_id as id, version, state, at, by_name as "byName", snapshot from matter_version
    where tenant_id = any(${await tenantChain(ctx)}::uuid[]) and object_kind = any(${kind ? [kind] : [...standardKinds]}) and at < ${end}::timestamptz
    order by object_kind, object_id, version desc`.execute(ctx.acrossTenants('the standard of upper tenants holds below'))
  return new Map(rows.map((row) => [`${row.kind}:${row.id}`, row]))
}

const standing = (row: Row | undefined): boolean => row?.state === 'effective'
const MOST = 500

/** What held at the end of a day; with `since` only what is different from the end of that day. */
export async function standardAsOf(ctx: Ctx, input: Input<typeof contract.standardAsOf>): Promise<Output<typeof contract.standardAsOf>> {
  authorize(ctx, 'matters.read')
  const now = await rowsAsOf(ctx, input.asOf, input.kind)
  const then = input.since ? await rowsAsOf(ctx, input.since, input.kind) : null
  const found = [...now].flatMap(([key, row]): { row: Row; change: 'added' | 'changed' | 'retired' | null }[] => {
    const before = then?.get(key)
    if (!then) return standing(row) ? [{ row, change: null }] : []
    if (before?.version === row.version) return []
    if (!standing(row) && !standing(before)) return []
    return [{ row, change: !standing(before) ? 'added' : standing(row) ? 'changed' : 'retired' }]
  })
  const named = await Promise.all(found.slice(0, 5000).map(async ({ row, change }) => ({
    kind: row.kind, kindName: kindOf(row.kind).label, id: row.id, title: titleOf(row), version: row.version, state: standardStates.find((state) => state === row.state) ?? ('void' as const), at: row.at, byName: row.byName, change,
  })))
  const text = input.query?.toLowerCase() ?? ''
  const fitting = named.filter((one) => one.title.toLowerCase().includes(text)).toSorted((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1))
  return { total: fitting.length, items: fitting.slice(0, MOST) }
}

/** By what the snapshot itself says: names of other objects may have changed since. */
function titleOf(row: Row): string {
  const part = (field: string): string => { const value = row.snapshot[field]; return typeof value === 'string' ? value : '' }
  return [part('code') || part('creditCode') || part('implementationCode'), part('name') || part('implementationName') || part('text')].filter(Boolean).join(' ') || row.id
}
