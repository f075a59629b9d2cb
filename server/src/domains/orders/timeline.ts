// The timeline: one entry per act, who, when, from where, what changed; appended in the command's transaction, sealed afterwards.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { SealedStore } from '../../kernel/audit/index.ts'
import { auditHash, newId } from '../../kernel/runtime.ts'
import { toIso, type Instant } from '../../kernel/time/index.ts'
import type { OrderRow } from './orders.queries.ts'

export type Visibility = 'internal' | 'unitLine' | 'staff' | 'public'
export type Change = { old: unknown; new: unknown; label?: string }

export type Entry = {
  act: string
  assignmentId?: string | null
  /** Acting unit where it is not the actor's own (automatic acts). */
  unit?: { id: string; name: string } | null
  text?: string | null
  changes?: Record<string, Change>
  data?: Record<string, unknown>
  visibility?: Visibility
  /** For imports and corrections; default is now. */
  at?: Instant
}

type Subject = Pick<OrderRow, 'id' | 'state'> & { tenant_id?: string }

/** Appends entries of one act; files are attached to the entry's id, which is returned. Written with the commit: the command itself does not see them. */
export async function record(ctx: Ctx, order: Subject, entry: Entry): Promise<string> {
  const [id] = await recordAll(ctx, [{ order, entry }])
  return id ?? ''
}

export async function recordAll(ctx: Ctx, list: { order: Subject; entry: Entry }[]): Promise<string[]> {
  if (list.length === 0) return []
  const now = ctx.clock.now()
  const rows = list.map(({ order, entry }) => {
    const row = {
      id: newId(),
      tenant_id: ctx.tenantId,
      order_id: order.id,
      at: toIso(entry.at ?? now),
      assignment_id: entry.assignmentId ?? null,
      stage: order.state,
      act: entry.act,
      actor_id: ctx.actor.kind === 'user' ? ctx.actor.id : null,
      actor_name: ctx.actor.name,
      unit_id: entry.unit?.id ?? ctx.actor.unitIds[0] ?? null,
      unit_name: entry.unit?.name ?? ctx.actor.unitName,
      text: entry.text ?? null,
      changes: entry.changes && Object.keys(entry.changes).length > 0 ? entry.changes : null,
      data: entry.data ?? null,
      visibility: entry.visibility ?? 'staff',
    }
    return { ...row, row_hash: `\\x${timelineHash(row).toString('hex')}` }
  })
  ctx.atCommit(sql`insert into order_timeline (tenant_id, id, order_id, at, assignment_id, stage, act, actor_id, actor_name, unit_id, unit_name, text, changes, data, visibility, row_hash)
    select tenant_id, id, order_id, at, assignment_id, stage, act, actor_id, actor_name, unit_id, unit_name, text, changes, data, visibility, row_hash::bytea
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(tenant_id uuid, id uuid, order_id uuid, at timestamptz, assignment_id uuid, stage text, act text, actor_id uuid,
      actor_name text, unit_id uuid, unit_name text, text text, changes jsonb, data jsonb, visibility text, row_hash text)`)
  return rows.map((r) => r.id)
}

// jsonb does not keep key order and numbers may be printed anew: the hash is taken over a canonical form.
const canonical = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(canonical) : value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, canonical(v)])) : value

const timelineHash = (row: Record<string, unknown>): Buffer => auditHash({ ...row, changes: canonical(row['changes']), data: canonical(row['data']) })

export const timelineStore: SealedStore = {
  name: 'timeline',
  table: 'order_timeline',
  async rehash(database, ids) {
    if (ids.length === 0) return new Map()
    const { rows } = await sql<Record<string, unknown> & { id: string; at: Instant }>`select id, tenant_id, order_id, at, assignment_id, stage, act, actor_id, actor_name, unit_id, unit_name, text, changes, data, visibility
      from order_timeline where id = any(${ids}::uuid[])`.execute(database)
    return new Map(rows.map((row) => [row.id, timelineHash({ ...row, at: toIso(row.at) })]))
  },
}
