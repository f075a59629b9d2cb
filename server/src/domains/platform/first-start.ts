// The first start in production: one tenant, its centre, one administrator with a password that is printed once.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { DEFAULT_TIME_ZONE } from '../../kernel/time/index.ts'
import { writeAreas } from './areas/manage-areas.ts'
import { markFirstStart, seedCalendar } from './seed.ts'
import { openTenant } from './tenants/open-tenant.ts'

/** Stands for the site's area until its administrator imports the real ones and binds the tenant to its own. */
const UNNAMED_AREA = { code: '000000', name: '本辖区', lon: null, lat: null }

/**
 * Makes the first tenant and its administrator, or returns null when there is a tenant already (also when another process was faster).
 * The password must be changed at the first sign-in.
 */
export async function createFirstTenantAndAdmin(ctx: Ctx): Promise<{ login: string; oneTimePassword: string } | null> {
  const db = ctx.acrossTenants('before the first tenant there is none')
  await sql`select pg_advisory_xact_lock(7030)`.execute(db)
  const { rows } = await sql`select 1 from platform_tenant limit 1`.execute(db)
  if (rows.length > 0) return null
  await writeAreas(ctx, [UNNAMED_AREA])
  await seedCalendar(ctx)
  const opened = await openTenant(ctx, {
    code: 'main', name: '12345热线中心', kind: 'administration', areaCode: UNNAMED_AREA.code, parent: null, timeZone: DEFAULT_TIME_ZONE,
    centre: { code: 'CENTRE', name: '12345热线中心' }, admin: { login: 'admin', name: '管理员', mobile: null },
  })
  await markFirstStart(ctx, opened.id)
  return { login: opened.adminLogin, oneTimePassword: opened.oneTimePassword }
}
