// How long processes and their steps take, per version.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { toIso } from '../../kernel/time/index.ts'
import type * as contract from './contract.ts'
import { visibleDefinition } from './visible-definitions.ts'

type Stats = Output<typeof contract.flowStatistics>

/** Of instances of the own tenant that began in the period; hours are of the clock on the wall, nights and days off included. */
export async function flowStatistics(ctx: Ctx, input: Input<typeof contract.flowStatistics>): Promise<Stats> {
  const definition = await visibleDefinition(ctx, input.key)
  const began = sql`i.tenant_id = ${ctx.tenantId} and v.definition_id = ${definition.id}
    ${input.from === undefined ? sql`` : sql`and i.started_at >= ${toIso(input.from)}::timestamptz`} ${input.to === undefined ? sql`` : sql`and i.started_at < ${toIso(input.to)}::timestamptz`}`
  const now = toIso(ctx.clock.now())
  const versions = await sql<Stats['versions'][number]>`
    select v.version, count(*)::int as started, count(*) filter (where i.state = 'running')::int as running, count(*) filter (where i.state = 'approved')::int as approved,
      count(*) filter (where i.state = 'returned')::int as returned, count(*) filter (where i.state = 'ended')::int as ended,
      round((avg(extract(epoch from i.finished_at - i.started_at)) / 3600)::numeric, 2)::float8 as "meanHours",
      round((percentile_cont(0.5) within group (order by extract(epoch from i.finished_at - i.started_at)) / 3600)::numeric, 2)::float8 as "medianHours"
    from flow_instance i join flow_version v on v.id = i.version_id where ${began} group by v.version order by v.version desc`.execute(ctx.db())
  const decided = sql`t.outcome in ('approve', 'return', 'passUp')`
  const nodes = await sql<Stats['nodes'][number]>`
    select v.version, t.node_key as key, max(t.node_name) as name, count(*) filter (where t.closed_at is null)::int as waiting, count(*) filter (where ${decided})::int as count,
      round((avg(extract(epoch from t.closed_at - t.opened_at)) filter (where ${decided}) / 3600)::numeric, 2)::float8 as "meanHours",
      round((percentile_cont(0.5) within group (order by extract(epoch from t.closed_at - t.opened_at)) filter (where ${decided}) / 3600)::numeric, 2)::float8 as "medianHours",
      count(*) filter (where t.due_at < coalesce(t.closed_at, ${now}::timestamptz) and (t.closed_at is null or ${decided}))::int as overdue
    from flow_token t join flow_instance i on i.tenant_id = t.tenant_id and i.id = t.instance_id join flow_version v on v.id = i.version_id
    where ${began} and t.tenant_id = ${ctx.tenantId} and t.kind = 'task' and t.resume_unit_id is null group by v.version, t.node_key order by v.version desc, min(t.opened_at)`.execute(ctx.db())
  return { versions: versions.rows, nodes: nodes.rows }
}
