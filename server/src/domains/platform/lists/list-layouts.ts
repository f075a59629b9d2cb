import { userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { JsonValue } from '../../../kernel/db/json.ts'
import type { PlatformTables } from '../tables.gen.ts'

export async function showListLayout(ctx: Ctx, input: { page: string }): Promise<{ layout: Record<string, unknown> | null }> {
  const row = await ctx
    .db<PlatformTables>()
    .selectFrom('platform_list_layout')
    .select((eb) => eb.ref('layout').$castTo<Record<string, unknown>>().as('layout'))
    .where('tenant_id', '=', ctx.tenantId)
    .where('user_id', '=', userId(ctx))
    .where('page', '=', input.page)
    .executeTakeFirst()
  return { layout: row?.layout ?? null }
}

export async function saveListLayout(ctx: Ctx, input: { page: string; layout: Record<string, unknown> }): Promise<Record<string, never>> {
  const values = { layout: json(input.layout as JsonValue), updated_at: ts(ctx.clock.now()) }
  await ctx
    .db<PlatformTables>()
    .insertInto('platform_list_layout')
    .values({ tenant_id: ctx.tenantId, user_id: userId(ctx), page: input.page, ...values })
    .onConflict((oc) => oc.columns(['tenant_id', 'user_id', 'page']).doUpdateSet(values))
    .execute()
  return {}
}
