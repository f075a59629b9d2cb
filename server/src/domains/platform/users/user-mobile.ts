// Mobiles of users in clear, for sending a message; never for an answer to a screen.
import type { Ctx } from '../../../kernel/ctx.ts'
import { decrypt } from '../../../kernel/crypto/index.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { MOBILE_CONTEXT } from './mobile.ts'

/** Mobiles of active users of the own tenant by user id; users without one are missing in the map. */
export async function mobilesOf(ctx: Ctx, userIds: readonly string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map()
  const rows = await ctx
    .db<PlatformTables>()
    .selectFrom('platform_user')
    .select(['id', 'mobile_enc'])
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', 'in', [...new Set(userIds)])
    .where('state', '=', 'active')
    .where('mobile_enc', 'is not', null)
    .execute()
  return new Map(rows.flatMap(({ id, mobile_enc }) => (mobile_enc ? [[id, decrypt(ctx.keys, mobile_enc, MOBILE_CONTEXT)] as const] : [])))
}
