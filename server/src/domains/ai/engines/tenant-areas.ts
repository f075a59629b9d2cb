// The areas that citizens of a tenant may name.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { areaPrefix, tenantById } from '../../platform/index.ts'
import type { Area } from './read-words.ts'

/** All active areas within the tenant's own, at most 5,000. */
export async function areasOfTenant(ctx: Ctx): Promise<Area[]> {
  const tenant = await tenantById(ctx, ctx.tenantId)
  const { rows } = await sql<Area>`select code, name, full_name as "fullName" from platform_area where starts_with(code, ${areaPrefix(tenant.areaCode)}) and state = 'active' and length(name) >= 2 limit 5000`.execute(ctx.acrossTenants('areas have no tenant'))
  return rows
}
