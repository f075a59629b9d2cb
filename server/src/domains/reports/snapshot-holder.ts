// Reports that point at a snapshot: as long as the report is kept, what it shows can be opened.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'

/** Snapshots whose address stands in the text of a report, with the report's name. */
export async function heldByReports(ctx: Ctx, snapshots: readonly { id: string }[]): Promise<ReadonlyMap<string, string>> {
  if (snapshots.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`select distinct on (found.id) found.id, '报告“' || r.name || '”' as name from reports_report r
    cross join lateral (select m[1] as id from regexp_matches(r.content::text, '/analytics/snapshots/([0-9a-f-]{36})', 'g') m) found
    where r.tenant_id = ${ctx.tenantId} and r.content::text like '%/analytics/snapshots/%' and found.id in (${sql.join(snapshots.map((s) => s.id))})`.execute(ctx.db())
  return new Map(rows.map((r) => [r.id, r.name]))
}
