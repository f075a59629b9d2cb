import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Cron } from '../../../kernel/module.ts'
import { DAY, plus, toIso } from '../../../kernel/time/index.ts'
import { setting } from '../settings/setting-chain.ts'
import { keepDays } from './message-settings.ts'
import type { PlatformTables } from '../tables.gen.ts'

/** Month partitions ahead of time, and read messages past their keeping time removed. */
async function keepMessages(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  await sql`select kernel_ensure_months('platform_message', ${toIso(now)}::timestamptz::date, ${toIso(plus(now, 92 * DAY))}::timestamptz::date)`.execute(ctx.acrossTenants('partitions have no tenant'))
  const limit = plus(now, -(await setting(ctx, keepDays)) * DAY)
  await ctx.db<PlatformTables>().deleteFrom('platform_message').where('tenant_id', '=', ctx.tenantId).where('read_at', '<', ts(limit)).where('created_at', '<', ts(limit)).execute()
}

export const messageCrons: Cron[] = [{ name: 'platform.keepMessages', everySeconds: 6 * 3600, run: keepMessages }]
