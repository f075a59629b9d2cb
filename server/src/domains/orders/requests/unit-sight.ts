// What a unit's reader may see of other units' records: his own units and those below; the centre sees all (domain rule 2).
import { sql, type RawBuilder } from 'kysely'
import { scopesOf } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'

/** A condition on the column that names the unit of a record. */
export function readerUnits(ctx: Ctx, column: string): RawBuilder<unknown> {
  if (readsCentre(ctx)) return sql`true`
  if (ctx.actor.unitIds.length === 0) return sql`false`
  return sql`${sql.ref(column)} in (select v.id from platform_unit_view v where v.tenant_id = ${ctx.tenantId} and (v.id = any(${ctx.actor.unitIds}::uuid[]) or v.path && ${ctx.actor.unitIds}::uuid[]))`
}

/** Whoever reads orders only as a unit is a unit; any other staff belongs to the centre. */
export const readsCentre = (ctx: Ctx): boolean => ctx.actor.kind === 'system' || scopesOf(ctx, 'orders.read').some((scope) => scope !== 'unit' && scope !== 'unitTree')
