// Vertically managed bodies (垂管): a rule ⚙ decides whether they receive an order directly, through the upper centre, or together with the local unit (ORD-28).
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { areaPrefix, setting, unitById, type Unit } from '../platform/index.ts'
import type { OrderRow } from './orders.queries.ts'
import { verticalRule } from './settings.ts'
import { transferTargets } from './transfer/index.ts'

type Target = { unit: Unit; role: string }
type Placed = Pick<OrderRow, 'area_code'>

/** Why a vertical body cannot be chosen here; null where it can. Without an upper centre there is no other way than directly. */
export async function verticalBar(ctx: Ctx): Promise<string | null> {
  if ((await setting(ctx, verticalRule)) !== 'upper') return null
  return (await transferTargets(ctx)).some((t) => t.direction === 'up') ? '垂管单位须经上级热线中心转办' : null
}

/** The local unit that has to take part where only vertical bodies are chosen; null where nobody is missing or none can be told. */
export async function localBeside(ctx: Ctx, order: Placed, targets: readonly Target[]): Promise<Unit | null> {
  if (order.area_code === null || targets.length === 0 || targets.some((t) => !t.unit.vertical)) return null
  if ((await setting(ctx, verticalRule)) !== 'together') return null
  return localUnit(ctx, order.area_code)
}

/** The unit of the narrowest area around the place, the highest of the tree; two alike name none. */
async function localUnit(ctx: Ctx, areaCode: string): Promise<Unit | null> {
  const { rows } = await sql<{ id: string; area_code: string; depth: number }>`select u.id, u.area_code, cardinality(u.path) as depth from platform_unit_view u
    where u.tenant_id = ${ctx.tenantId} and u.state = 'active' and not u.vertical and u.kind in ('handling', 'community') and u.area_code <> (select c.area_code from platform_unit_view c where c.tenant_id = ${ctx.tenantId} and c.kind = 'centre' order by cardinality(c.path) limit 1)`.execute(ctx.db())
  const around = rows.map((row) => ({ ...row, prefix: areaPrefix(row.area_code) })).filter((row) => areaCode.startsWith(row.prefix)).toSorted((a, b) => b.prefix.length - a.prefix.length || a.depth - b.depth)
  const [best, next] = around
  if (!best || (next && next.prefix === best.prefix && next.depth === best.depth)) return null
  return unitById(ctx, best.id)
}
