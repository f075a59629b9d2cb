// Open supervision of a unit that is merged into another goes over; what is finished keeps the name of its time.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Unit, Usage } from '../platform/index.ts'

const places: { label: string; table: string; open: RawBuilder<unknown> }[] = [
  { label: '有效红黄牌', table: 'supervision_card', open: sql`state = 'open'` },
  { label: '未结督办任务', table: 'supervision_task', open: sql`state <> 'closed'` },
  { label: '待裁定申诉', table: 'supervision_appeal', open: sql`state = 'pending'` },
  { label: '未结束预警', table: 'supervision_hit', open: sql`state <> 'closed'` },
  { label: '未结督查案件', table: 'supervision_case', open: sql`state <> 'closed'` },
]

export async function mergeSupervisionOfUnit(ctx: Ctx, { from, into, commit }: { from: Unit; into: Unit; commit: boolean }): Promise<Usage[]> {
  const db = ctx.db()
  const found: Usage[] = []
  for (const { label, table, open } of places) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} where tenant_id = ${ctx.tenantId} and unit_id = ${from.id} and ${open}`.execute(db)
    found.push({ label, count: rows[0]?.n ?? 0 })
    if (commit) await sql`update ${sql.table(table)} set unit_id = ${into.id}, unit_name = ${into.name} where tenant_id = ${ctx.tenantId} and unit_id = ${from.id} and ${open}`.execute(db)
  }
  const urges = sql`tenant_id = ${ctx.tenantId} and ${from.id} = any(unit_ids) and answered_at is null`
  found.push({ label: '未答复催办', count: (await sql<{ n: number }>`select count(*)::int as n from supervision_urge where ${urges}`.execute(db)).rows[0]?.n ?? 0 })
  // What a leader of the unit was told to carry out and has not reported.
  const owed = sql`tenant_id = ${ctx.tenantId} and unit_id = ${from.id} and reported_at is null`
  found.push({ label: '未报告批示', count: (await sql<{ n: number }>`select count(*)::int as n from supervision_instruction_unit where ${owed}`.execute(db)).rows[0]?.n ?? 0 })
  found.push({ label: '包案月报', count: (await sql<{ n: number }>`select count(*)::int as n from supervision_leader_report where tenant_id = ${ctx.tenantId} and unit_id = ${from.id} and state in ('draft', 'rejected')`.execute(db)).rows[0]?.n ?? 0 })
  if (!commit) return found
  await sql`update supervision_urge set unit_ids = (select array_agg(distinct case when u = ${from.id}::uuid then ${into.id}::uuid else u end) from unnest(unit_ids) u), unit_names = replace(unit_names, ${from.name}, ${into.name}) where ${urges}`.execute(db)
  await sql`delete from supervision_instruction_unit i where ${owed} and exists (select 1 from supervision_instruction_unit o where o.tenant_id = i.tenant_id and o.instruction_id = i.instruction_id and o.unit_id = ${into.id})`.execute(db)
  await sql`update supervision_instruction_unit set unit_id = ${into.id}, unit_name = ${into.name} where ${owed}`.execute(db)
  await sql`update supervision_instruction n set state = 'reported' where n.tenant_id = ${ctx.tenantId} and n.state = 'issued' and exists (select 1 from supervision_instruction_unit u where u.tenant_id = n.tenant_id and u.instruction_id = n.id and u.unit_id = ${into.id})
    and not exists (select 1 from supervision_instruction_unit u where u.tenant_id = n.tenant_id and u.instruction_id = n.id and u.reported_at is null)`.execute(db)
  await sql`update supervision_leader_report p set unit_id = ${into.id}, unit_name = ${into.name} where p.tenant_id = ${ctx.tenantId} and p.unit_id = ${from.id} and p.state in ('draft', 'rejected')
    and not exists (select 1 from supervision_leader_report o where o.tenant_id = p.tenant_id and o.unit_id = ${into.id} and o.leader_id = p.leader_id and o.month = p.month)`.execute(db)
  await sql`delete from supervision_overview_list l where l.tenant_id = ${ctx.tenantId} and l.unit_id = ${from.id}`.execute(db)
  return found
}
