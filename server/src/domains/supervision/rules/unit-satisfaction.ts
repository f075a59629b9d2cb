// Satisfaction of units as a fact of rules: the module of callbacks answers; a unit that nobody has rated has none (SUP-09).
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { definePort } from '../../../kernel/port.ts'

/** Per cent of satisfied among the rated answers of this month, by unit. */
export const unitSatisfaction = definePort<(ctx: Ctx) => Promise<{ unitId: string; rate: number }[]>>('supervision.unitSatisfaction')

export async function satisfactionOf(ctx: Ctx): Promise<RawBuilder<unknown>> {
  const rates: { unitId: string; rate: number }[] = []
  for (const answer of unitSatisfaction.all()) rates.push(...(await answer(ctx)))
  return sql`(select r.rate from jsonb_to_recordset(${JSON.stringify(rates)}::jsonb) as r("unitId" uuid, rate numeric) where r."unitId" = o.lead_unit_id)`
}
