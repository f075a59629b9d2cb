import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { DAY, plus, toIso, type Instant } from '../../../kernel/time/index.ts'
import { afterCursor } from '../lists/keyset.ts'

export type AuditFilter = {
  tenantIds: string[]; from?: Instant; to?: Instant; kind?: string; actorId?: string; actor?: string; module?: string; act?: string; objectType?: string; objectId?: string; ip?: string; result?: string; requestId?: string
}
export type AuditRow = {
  id: string; at: Instant; tenantId: string; kind: 'login' | 'access' | 'operation' | 'keyData'; actorId: string | null; actorName: string; role: string | null; ip: string | null; terminal: string | null
  module: string; act: string; objectType: string | null; objectId: string | null; changes: Record<string, unknown> | null; text: string | null; result: string; requestId: string | null
}

// Without a lower bound a search by address or act would walk through years of partitions.
const DEFAULT_DAYS = 31

function where(ctx: Ctx, f: AuditFilter) {
  const from = f.from ?? plus(f.to ?? ctx.clock.now(), -DEFAULT_DAYS * DAY)
  const equal = (column: string, value: string | undefined) => (value === undefined ? sql`true` : sql`${sql.ref(column)} = ${value}`)
  return sql<boolean>`a.tenant_id = any(${f.tenantIds}::uuid[]) and a.at >= ${toIso(from)}::timestamptz and ${f.to === undefined ? sql`true` : sql`a.at < ${toIso(f.to)}::timestamptz`}
    and ${equal('a.kind', f.kind)} and ${equal('a.actor_id', f.actorId)} and ${equal('a.actor_name', f.actor)} and ${equal('a.module', f.module)} and ${equal('a.act', f.act)}
    and ${equal('a.object_type', f.objectType)} and ${equal('a.object_id', f.objectId)} and ${equal('a.ip', f.ip)} and ${equal('a.result', f.result)} and ${equal('a.request_id', f.requestId)}`
}

/** Newest first. */
export async function readAudit(ctx: Ctx, filter: AuditFilter, cursor: string | undefined, limit: number): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`select a.id, a.at, a.tenant_id as "tenantId", a.kind, a.actor_id as "actorId", a.actor_name as "actorName", a.role, a.ip, a.terminal, a.module, a.act,
      a.object_type as "objectType", a.object_id as "objectId", a.changes, a.text, a.result, a.request_id as "requestId"
    from kernel_audit a where ${where(ctx, filter)} and ${afterCursor(cursor, 'a.at', 'a.id')} order by a.at desc, a.id desc limit ${limit}`.execute(ctx.db())
  return rows
}

export async function countAudit(ctx: Ctx, filter: AuditFilter, bound: number): Promise<{ value: number; capped: boolean }> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (select 1 from kernel_audit a where ${where(ctx, filter)} limit ${bound + 1}) c`.execute(ctx.db())
  const n = rows[0]?.n ?? 0
  return { value: Math.min(n, bound), capped: n > bound }
}
