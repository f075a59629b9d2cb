// Steps that wait at a unit go over with it.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Unit, Usage } from '../platform/index.ts'

export async function mergeStepsOfUnit(ctx: Ctx, { from, into, commit }: { from: Unit; into: Unit; commit: boolean }): Promise<Usage[]> {
  const open = sql`tenant_id = ${ctx.tenantId} and closed_at is null`
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from flow_token where ${open} and unit_id = ${from.id} and kind = 'task'`.execute(ctx.db())
  if (commit) {
    await sql`update flow_token set unit_id = ${into.id} where ${open} and unit_id = ${from.id}`.execute(ctx.db())
    await sql`update flow_token set resume_unit_id = ${into.id} where ${open} and resume_unit_id = ${from.id}`.execute(ctx.db())
    await sql`update flow_instance i set subject_unit_id = ${into.id} where i.tenant_id = ${ctx.tenantId} and i.subject_unit_id = ${from.id} and exists (select 1 from flow_token t where t.tenant_id = i.tenant_id and t.instance_id = i.id and t.closed_at is null)`.execute(ctx.db())
  }
  return [{ label: '待审批步骤', count: rows[0]?.n ?? 0 }]
}
