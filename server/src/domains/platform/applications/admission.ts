// Whether the acting person may enter an application: admitted apart from roles, and the application running (PLA-11).
import { userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { applicationErrors } from './application.errors.ts'

/** @throws platform.notAdmitted, platform.applicationStopped */
export async function admitted(ctx: Ctx, application: { id: string; name: string; state: string }): Promise<void> {
  const held = await ctx.db<PlatformTables>().selectFrom('platform_application_admission').select('user_id').where('tenant_id', '=', ctx.tenantId).where('application_id', '=', application.id).where('user_id', '=', userId(ctx)).executeTakeFirst()
  if (!held) throw applicationErrors('notAdmitted', { rule: 'platform.admission', params: { name: application.name } })
  if (application.state !== 'running') throw applicationErrors('applicationStopped', { params: { name: application.name } })
}
