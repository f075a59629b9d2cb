// How a person wants to be reminded: channels switched off for groups of messages, as far as the tenant lets him.
import { sql } from 'kysely'
import { userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { declaredTypes, groupOf } from '../messages/message-types.ts'
import { setting } from '../settings/setting-chain.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { channelNames } from './channel-names.zh-CN.ts'
import type * as contract from './contract.ts'
import { deliveryErrors } from './delivery.errors.ts'
import { userMayDisable } from './delivery-settings.ts'
import { allTypes } from './manage-rules.ts'
import { setupOf } from './message-setup.ts'

type Preferences = Output<typeof contract.getMyMessagePreferences>

/** A group is fixed where all its declared types are duties. */
async function groupsOf(ctx: Ctx): Promise<Preferences['groups']> {
  const types = await allTypes(ctx)
  const declared = declaredTypes()
  const codes = [...new Set(types.map((type) => groupOf(type.code)))]
  return codes.map((code) => {
    const members = declared.filter((type) => groupOf(type.code) === code)
    return { code, name: types.find((type) => type.code === code)?.name ?? members[0]?.name ?? code, fixed: members.length > 0 && members.every((type) => type.duty) }
  })
}

export async function getMyMessagePreferences(ctx: Ctx): Promise<Preferences> {
  const me = userId(ctx)
  const off = await sql<Preferences['off'][number]>`select type, channel from platform_message_preference where tenant_id = ${ctx.tenantId} and user_id = ${me} order by type, channel`.execute(ctx.db())
  const { rows } = await sql<{ sms: string | null; email: string | null; wechat: string | null }>`select u.mobile_mask as sms, nullif(u.email, '') as email,
      (select a.address_mask from platform_user_address a where a.tenant_id = u.tenant_id and a.user_id = u.id and a.channel = 'wechat') as wechat from platform_user u where u.tenant_id = ${ctx.tenantId} and u.id = ${me}`.execute(ctx.db())
  const setup = await setupOf(ctx)
  return {
    off: off.rows, mayChange: (await setting(ctx, userMayDisable)) !== 'none', groups: await groupsOf(ctx),
    channels: (['sms', 'email', 'wechat'] as const).map((channel) => ({ channel, name: channelNames[channel], address: rows[0]?.[channel] ?? null, enabled: setup.channels.get(channel)?.enabled ?? false })),
  }
}

export async function saveMyMessagePreferences(ctx: Ctx, input: Input<typeof contract.saveMyMessagePreferences>): Promise<Record<string, never>> {
  const me = userId(ctx)
  const groups = await groupsOf(ctx)
  const fixed = input.off.find((one) => groups.find((group) => group.code === one.type)?.fixed)
  if (fixed || (input.off.length > 0 && (await setting(ctx, userMayDisable)) === 'none')) throw deliveryErrors('preferenceFixed', { rule: userMayDisable.key })
  const db = ctx.db<PlatformTables>()
  await db.deleteFrom('platform_message_preference').where('tenant_id', '=', ctx.tenantId).where('user_id', '=', me).execute()
  const known = input.off.filter((one) => one.type === '*' || groups.some((group) => group.code === one.type))
  const unique = [...new Map(known.map((one) => [`${one.type} ${one.channel}`, one])).values()]
  if (unique.length > 0) await db.insertInto('platform_message_preference').values(unique.map((one) => ({ tenant_id: ctx.tenantId, user_id: me, ...one }))).execute()
  return {}
}
