import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dutyRoles, type DutyRole } from '../standard/content.ts'
import { EVERYWHERE, type DutyLine } from './match-duty.ts'
import type { MattersTables } from '../tables.gen.ts'

/** Effective duty lines of a matter in force on a day, own tenant only: duties are never inherited. */
export async function dutyLinesOf(ctx: Ctx, matterId: string, today: string): Promise<DutyLine[]> {
  const rows = await ctx.db<MattersTables>().selectFrom('matter_duty_entry')
    .select(['id', 'unit_id as unitId', 'role', 'area_code as areaCode', 'boundary'])
    .where('tenant_id', '=', ctx.tenantId).where('matter_id', '=', matterId).where('state', '=', 'effective')
    .where(sql<boolean>`coalesce(valid_from <= ${today}::date, true) and coalesce(valid_to >= ${today}::date, true)`)
    .execute()
  // A line of the negative list holds in every area.
  const barred = await ctx.db<MattersTables>().selectFrom('matter_duty_line').select(['id', 'unit_id as unitId', 'text'])
    .where('tenant_id', '=', ctx.tenantId).where('matter_id', '=', matterId).where('kind', '=', 'negative').where('state', '=', 'effective')
    .where(sql<boolean>`coalesce(valid_from <= ${today}::date, true) and coalesce(valid_to >= ${today}::date, true)`).execute()
  return [...rows.map((row) => ({ ...row, role: roleOf(row.role) })), ...barred.map((row): DutyLine => ({ id: row.id, unitId: row.unitId, role: 'negative', areaCode: EVERYWHERE, boundary: row.text }))]
}

export const roleOf = (text: string): DutyRole => dutyRoles.find((role) => role === text) ?? 'assist'
