// Satisfaction of units in the running month, for rules of supervision.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { localDate } from '../../kernel/time/index.ts'
import { dayRange, tenantById } from '../platform/index.ts'
import { db } from './callback.queries.ts'

/** Answers the port `unitSatisfaction`: of those who answered the question, per cent who are satisfied. Not reached and not stated count neither way. */
export async function satisfactionByUnit(ctx: Ctx): Promise<{ unitId: string; rate: number }[]> {
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const { from } = await dayRange(ctx, `${localDate(ctx.clock.now(), timeZone).slice(0, 7)}-01`, undefined)
  let query = db(ctx).selectFrom('callback_result as r').where('r.tenant_id', '=', ctx.tenantId).where('r.unit_id', 'is not', null).where('r.satisfied', 'in', ['yes', 'no'])
  if (from) query = query.where('r.at', '>=', from)
  const rows = await query.select(['r.unit_id as unitId', sql<number>`(count(*) filter (where r.satisfied = 'yes') * 100.0 / count(*))::float8`.as('rate')]).groupBy('r.unit_id').execute()
  return rows.flatMap((r) => (r.unitId ? [{ unitId: r.unitId, rate: Math.round(r.rate * 10) / 10 }] : []))
}
