import { userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { PlatformTables } from '../tables.gen.ts'

const unread = (ctx: Ctx) =>
  ctx.db<PlatformTables>().updateTable('platform_message').set({ read_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('user_id', '=', userId(ctx)).where('read_at', 'is', null)

/** Ids of other people's messages are passed over in silence: nothing is learnt from them. */
export async function readMessages(ctx: Ctx, input: { ids: string[] }): Promise<Record<string, never>> {
  await unread(ctx).where('id', 'in', input.ids).execute()
  ctx.signal('messages')
  ctx.signal('home.counts')
  return {}
}

export async function readAllMessages(ctx: Ctx): Promise<Record<string, never>> {
  await unread(ctx).execute()
  ctx.signal('messages')
  ctx.signal('home.counts')
  return {}
}

export async function deleteMessages(ctx: Ctx, input: { ids: string[] }): Promise<Record<string, never>> {
  await ctx.db<PlatformTables>().deleteFrom('platform_message').where('tenant_id', '=', ctx.tenantId).where('user_id', '=', userId(ctx)).where('id', 'in', input.ids).execute()
  ctx.signal('messages')
  ctx.signal('home.counts')
  return {}
}
