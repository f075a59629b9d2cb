import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dutyRoles, type DutyRole } from '../standard/content.ts'
import type { DutyLine } from './match-duty.ts'
import type { MattersTables } from '../tables.gen.ts'

/** Effective duty lines of a matter in force on a day, own tenant only: duties are never inherited. */
export async function dutyLinesOf(ctx: Ctx, matterId: string, today: string): Promise<DutyLine[]> {
  const rows = await ctx.db<MattersTables>().selectFrom('matter_duty_entry')
    .select(['id', 'unit_id as unitId', 'role', 'area_code as areaCode', 'boundary'])
    .where('tenant_id', '=', ctx.tenantId).where('matter_id', '=', matterId).where('state', '=', 'effective')
    .where(sql<boolean>`coalesce(valid_from <= ${today}::date, true) and coalesce(valid_to >= ${today}::date, true)`)
    .execute()
  return rows.map((row) => ({ ...row, role: roleOf(row.role) }))
}

export const roleOf = (text: string): DutyRole => dutyRoles.find((role) => role === text) ?? 'assist'
