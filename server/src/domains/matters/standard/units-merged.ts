// Duties and matters of a unit that is merged into another.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Unit, Usage } from '../../platform/index.ts'
import { touchStandard } from './standard-cache.ts'

/** What the merged unit stood for, by table and column. */
const places = [
  ['职责清单条目', 'matter_duty_entry', 'unit_id'], ['责任权力清单', 'matter_duty_line', 'unit_id'], ['主管事项', 'matter_matter', 'competent_unit_id'], ['归口分类', 'matter_scheme_node', 'owner_unit_id'],
] as const

export async function mergeDutiesOfUnit(ctx: Ctx, { from, into, commit }: { from: Unit; into: Unit; commit: boolean }): Promise<Usage[]> {
  const found: Usage[] = []
  for (const [label, table, column] of places) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} where tenant_id = ${ctx.tenantId} and ${sql.ref(column)} = ${from.id}`.execute(ctx.db())
    found.push({ label, count: rows[0]?.n ?? 0 })
  }
  if (!commit) return found
  // Where the other unit has the same duty already, that one stands and this one is void.
  await sql`update matter_duty_entry d set state = 'void' where d.tenant_id = ${ctx.tenantId} and d.unit_id = ${from.id} and d.state <> 'void' and exists (select 1 from matter_duty_entry o
    where o.tenant_id = d.tenant_id and o.unit_id = ${into.id} and o.matter_id = d.matter_id and o.role = d.role and o.area_code = d.area_code and o.state <> 'void')`.execute(ctx.db())
  for (const [, table, column] of places) await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${into.id} where tenant_id = ${ctx.tenantId} and ${sql.ref(column)} = ${from.id}`.execute(ctx.db())
  await touchStandard(ctx)
  return found
}
