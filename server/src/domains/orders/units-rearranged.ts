// Orders when units are merged or moved: open work goes over, and who stands above sees at once what lies below him now.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Unit, Usage, UsedObject } from '../platform/index.ts'
import { recordAll } from './timeline.ts'

const OPEN = sql`('pendingSign', 'handling', 'pendingReport')`

/** Open rows that name their unit: table, condition, whether the name stands beside the id. */
const followers: { table: string; open: ReturnType<typeof sql>; named: boolean }[] = [
  { table: 'order_clock', open: sql`state in ('running', 'paused')`, named: false },
  { table: 'order_request', open: sql`state = 'pending'`, named: true },
  { table: 'order_pause', open: sql`state = 'active'`, named: true },
  { table: 'order_tracking', open: sql`state = 'active'`, named: true },
  { table: 'order_report', open: sql`state = 'pending'`, named: true },
]

export async function mergeOrdersOfUnit(ctx: Ctx, { from, into, commit }: { from: Unit; into: Unit; commit: boolean }): Promise<Usage[]> {
  const db = ctx.db()
  const open = await sql<{ id: string; orderId: string; state: string }>`select a.id, a.order_id as "orderId", o.state from order_assignment a join order_order o on o.tenant_id = a.tenant_id and o.id = a.order_id
    where a.tenant_id = ${ctx.tenantId} and a.unit_id = ${from.id} and a.state in ${OPEN}`.execute(db)
  const seen = await sql<{ n: number }>`select count(*)::int as n from order_party where tenant_id = ${ctx.tenantId} and unit_id = ${from.id}`.execute(db)
  const found = [{ label: '在办任务', count: open.rows.length }, { label: '可查阅的工单', count: seen.rows[0]?.n ?? 0 }]
  if (!commit) return found
  await sql`update order_assignment set unit_id = ${into.id}, unit_name = ${into.name}, version = version + 1 where tenant_id = ${ctx.tenantId} and unit_id = ${from.id} and state in ${OPEN}`.execute(db)
  for (const { table, open: condition, named } of followers) await sql`update ${sql.table(table)} set unit_id = ${into.id}${named ? sql`, unit_name = ${into.name}` : sql``} where tenant_id = ${ctx.tenantId} and unit_id = ${from.id} and ${condition}`.execute(db)
  await sql`update order_order set lead_unit_id = ${into.id}, lead_unit_name = ${into.name} where tenant_id = ${ctx.tenantId} and lead_unit_id = ${from.id} and state in ('pendingDispatch', 'inProgress', 'pendingResultReview', 'pendingCallback')`.execute(db)
  await sql`insert into order_party (tenant_id, unit_id, order_id, direct, open, registered_at)
    select p.tenant_id, above.id, p.order_id, above.id = ${into.id} and p.direct, p.open, p.registered_at from order_party p cross join unnest(${into.path}::uuid[]) above (id)
    where p.tenant_id = ${ctx.tenantId} and p.unit_id = ${from.id}
    on conflict (tenant_id, unit_id, order_id) do update set direct = order_party.direct or excluded.direct, open = order_party.open or excluded.open`.execute(db)
  await forget(ctx, from.id, from.path.filter((id) => !into.path.includes(id)))
  await recordAll(ctx, open.rows.map((row) => ({ order: { id: row.orderId, state: row.state as 'inProgress' }, entry: { act: 'unitMerged', assignmentId: row.id, unit: { id: into.id, name: into.name }, text: `${from.name}并入${into.name}，任务转由${into.name}办理`, visibility: 'staff' as const } }))) // states are held to the list by a check
  return found
}

/** The units above a moved branch: new ones see its orders, former ones only what they have a reason of their own to see. */
export async function followBranch(ctx: Ctx, move: { unitId: string; oldPath: string[]; newPath: string[] }): Promise<void> {
  const gained = move.newPath.filter((id) => !move.oldPath.includes(id))
  await sql`insert into order_party (tenant_id, unit_id, order_id, direct, open, registered_at)
    select p.tenant_id, above.id, p.order_id, false, p.open, p.registered_at from order_party p cross join unnest(${gained}::uuid[]) above (id)
    where p.tenant_id = ${ctx.tenantId} and p.unit_id = ${move.unitId}
    on conflict (tenant_id, unit_id, order_id) do update set open = order_party.open or excluded.open`.execute(ctx.db())
  await forget(ctx, move.unitId, move.oldPath.filter((id) => !move.newPath.includes(id)))
}

/** Of the orders of a unit: takes the given units out of those that have no assignment at them or below them any more. */
async function forget(ctx: Ctx, unitId: string, lost: readonly string[]): Promise<void> {
  if (lost.length === 0) return
  await sql`delete from order_party p where p.tenant_id = ${ctx.tenantId} and p.unit_id = any(${[...lost]}::uuid[]) and p.order_id in (select m.order_id from order_party m where m.tenant_id = ${ctx.tenantId} and m.unit_id = ${unitId})
    and not exists (select 1 from order_assignment a join platform_unit_view u on u.tenant_id = a.tenant_id and u.id = a.unit_id where a.tenant_id = p.tenant_id and a.order_id = p.order_id and u.path @> array[p.unit_id])`.execute(ctx.db())
}

const BOUND = 1001

/** Stands against deleting a unit: any order that it ever had. */
export async function orderUsage(ctx: Ctx, object: UsedObject): Promise<Usage[]> {
  if (object.type !== 'unit') return []
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (select 1 from order_assignment where unit_id = ${object.id} limit ${BOUND}) a`.execute(ctx.acrossTenants('a unit is used by its own tenant only; the upper administrator asks'))
  return [{ label: '工单任务', count: rows[0]?.n ?? 0 }]
}
