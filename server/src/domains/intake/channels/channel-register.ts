// The register as it stands for a tenant: shipped rows, replaced by what the tenant changed (INT-01).
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { localParts } from '../../../kernel/time/index.ts'
import { tenantById } from '../../platform/index.ts'
import { intakeFail } from '../intake.errors.ts'
import type { IntakeTables } from '../tables.gen.ts'
import { closedNotice, isChannelCode, shippedChannels, type Channel, type ChannelCode } from './channel.ts'
import type * as contract from './channel-contract.ts'

export async function channelsOf(ctx: Ctx): Promise<Channel[]> {
  const rows = await ctx.db<IntakeTables>().selectFrom('intake_channel').selectAll().where('tenant_id', '=', ctx.tenantId).execute()
  return shippedChannels.map((channel) => {
    const row = rows.find((r) => r.code === channel.code)
    if (!row) return channel
    return { ...channel, name: row.name, enabled: row.enabled, opensAt: row.opens_at_time, closesAt: row.closes_at_time, notice: row.notice, maxFiles: row.max_files, version: row.version }
  })
}

/** The open channel. @throws intake.channelClosed with the channel's notice */
export async function openChannel(ctx: Ctx, code: ChannelCode): Promise<Channel> {
  const channel = (await channelsOf(ctx)).find((c) => c.code === code)
  if (!channel) throw intakeFail('channelUnknown')
  const notice = closedNotice(channel, await timeOfDay(ctx))
  if (notice !== null) throw intakeFail('channelClosed', { rule: `channel.${code}`, params: { notice } })
  return channel
}

export async function timeOfDay(ctx: Ctx): Promise<string> {
  const parts = localParts(ctx.clock.now(), (await tenantById(ctx, ctx.tenantId)).timeZone)
  return `${String(parts.hour).padStart(2, '0')}:${String(parts.minute).padStart(2, '0')}`
}

export async function listChannels(ctx: Ctx): Promise<{ items: Channel[] }> {
  authorize(ctx, 'intake.channels')
  return { items: await channelsOf(ctx) }
}

export async function changeChannel(ctx: Ctx, input: Input<typeof contract.changeChannelRoute>): Promise<Channel> {
  authorize(ctx, 'intake.channels')
  if (!isChannelCode(input.code)) throw intakeFail('channelUnknown')
  const db = ctx.db<IntakeTables>()
  await db.selectFrom('intake_channel').select('code').where('tenant_id', '=', ctx.tenantId).where('code', '=', input.code).forUpdate().execute()
  const old = (await channelsOf(ctx)).find((c) => c.code === input.code)
  if (!old) throw intakeFail('channelUnknown')
  if (old.version !== input.version) throw kernelErrors('conflict', { current: old })
  const { code, version, ...change } = input
  const next = { ...old, ...change }
  if ((next.opensAt === null) !== (next.closesAt === null)) throw kernelErrors('invalid', { fields: [{ path: 'closesAt', message: '开始和结束时间须一起填写' }] })
  const now = ctx.clock.now()
  const values = { name: next.name, enabled: next.enabled, opens_at_time: next.opensAt, closes_at_time: next.closesAt, notice: next.notice, max_files: next.maxFiles, version: version + 1, updated_at: ts(now), updated_by_name: ctx.actor.name }
  await db.insertInto('intake_channel').values({ tenant_id: ctx.tenantId, code, ...values }).onConflict((c) => c.columns(['tenant_id', 'code']).doUpdateSet(values)).execute()
  const changes = Object.fromEntries(Object.entries(change).filter(([k, v]) => old[k as keyof Channel] !== v).map(([k, v]) => [k, { old: old[k as keyof Channel], new: v }]))
  ctx.audit({ module: 'intake', act: 'changeChannel', objectType: 'key:channel', objectId: code, changes })
  return { ...next, version: version + 1 }
}
