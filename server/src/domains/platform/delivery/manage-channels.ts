// Configuring channels: adapters with their fields, secrets encrypted and never shown again.
import { sql } from 'kysely'
import { authorize, userId } from '../../../kernel/access.ts'
import { encrypt } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { changesOf } from '../changes.ts'
import { touchStamp } from '../stamps.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { adapterOf, allAdapters } from './adapters/index.ts'
import { channelNames, tryTexts } from './channel-names.zh-CN.ts'
import { channels, type Adapter, type Channel, type Config } from './channels.ts'
import type * as contract from './contract.ts'
import { deliveryErrors } from './delivery.errors.ts'
import { channelOf, CONTENT, deliverJob, SECRETS } from './deliver-job.ts'

const MANAGE = 'platform.manageMessages'

const missing = (adapter: Adapter, config: Config): string[] => adapter.fields.filter((f) => !f.optional && !config[f.key]).map((f) => f.label)

export async function listMessageChannels(ctx: Ctx): Promise<Output<typeof contract.listMessageChannels>> {
  authorize(ctx, 'platform.readDeliveries')
  const { rows } = await sql<{ channel: Channel; waiting: number; failed: number }>`select channel, count(*) filter (where state in ('waiting', 'queued'))::int as waiting, count(*) filter (where state = 'failed')::int as failed
    from platform_delivery where tenant_id = ${ctx.tenantId} and state in ('waiting', 'queued', 'failed') group by channel`.execute(ctx.db())
  const versions = await ctx.db<PlatformTables>().selectFrom('platform_message_channel').select(['channel', 'version']).where('tenant_id', '=', ctx.tenantId).execute()
  const items = []
  for (const channel of channels) {
    const state = await channelOf(ctx, channel)
    const adapter = adapterOf(channel, state.adapter)
    const secret = new Set(adapter?.fields.filter((f) => f.secret).map((f) => f.key))
    const lacking = adapter ? missing(adapter, state.config) : []
    const counts = rows.find((row) => row.channel === channel)
    items.push({
      channel, name: channelNames[channel], enabled: state.enabled, adapter: state.adapter, version: versions.find((v) => v.channel === channel)?.version ?? 0, waiting: counts?.waiting ?? 0, failed: counts?.failed ?? 0,
      adapters: allAdapters().filter((one) => one.channel === channel).map((one) => ({ code: one.code, name: one.name, fields: one.fields.map(({ key, label, secret: hidden, optional, help }) => ({ key, label, secret: hidden ?? false, optional: optional ?? false, help: help ?? null })) })),
      config: Object.fromEntries(Object.entries(state.config).filter(([key]) => !secret.has(key))), secretsSet: [...secret].filter((key) => state.config[key]),
      problem: !adapter ? '接入方式不存在' : lacking.length > 0 ? `未填写：${lacking.join('、')}` : null,
    })
  }
  return { items }
}

export async function saveMessageChannel(ctx: Ctx, input: Input<typeof contract.saveMessageChannel>): Promise<{ version: number }> {
  authorize(ctx, MANAGE)
  const adapter = adapterOf(input.channel, input.adapter)
  if (!adapter) throw deliveryErrors('unknownAdapter', { fields: [{ path: 'adapter', message: '请选择接入方式' }] })
  const before = await channelOf(ctx, input.channel)
  const plain: Config = {}
  const secrets: Config = {}
  const wrong = []
  for (const f of adapter.fields) {
    const kept = before.adapter === adapter.code ? (before.config[f.key] ?? '') : ''
    const value = f.secret ? (input.secrets[f.key] || kept) : (input.config[f.key] ?? '').trim()
    if (value !== '' && f.pattern && !f.pattern.test(value)) wrong.push({ path: f.secret ? `secrets.${f.key}` : `config.${f.key}`, message: f.message ?? '格式不正确' })
    if (value !== '') (f.secret ? secrets : plain)[f.key] = value
    else if (!f.optional && input.enabled) wrong.push({ path: f.secret ? `secrets.${f.key}` : `config.${f.key}`, message: '必填' })
  }
  if (wrong.length > 0) throw deliveryErrors('channelIncomplete', { fields: wrong })
  const values = { adapter: adapter.code, enabled: input.enabled, config: json(plain), secret_enc: Object.keys(secrets).length === 0 ? null : encrypt(ctx.keys, JSON.stringify(secrets), SECRETS), changed_at: ts(ctx.clock.now()), changed_by: ctx.actor.name }
  const row = await ctx
    .db<PlatformTables>()
    .insertInto('platform_message_channel')
    .values({ tenant_id: ctx.tenantId, channel: input.channel, ...values })
    .onConflict((c) => c.columns(['tenant_id', 'channel']).doUpdateSet((e) => ({ ...values, version: e('platform_message_channel.version', '+', 1) })).where('platform_message_channel.version', '=', input.version))
    .returning('version')
    .executeTakeFirst()
  if (!row) throw kernelErrors('conflict')
  await touchStamp(ctx, 'messages')
  // Which secrets were renewed is told, never what they are.
  ctx.audit({ module: 'platform', act: 'saveMessageChannel', objectType: 'key:messageChannel', objectId: input.channel, changes: { ...changesOf({ adapter: before.adapter, enabled: before.enabled }, { adapter: adapter.code, enabled: input.enabled }), secrets: { old: null, new: Object.keys(input.secrets).filter((key) => input.secrets[key]) } } })
  return row
}

/** A delivery to oneself by this channel, at once; its result stands in the log. */
export async function tryMessageChannel(ctx: Ctx, input: { channel: Channel }): Promise<{ deliveryId: string }> {
  authorize(ctx, MANAGE)
  const id = newId()
  const now = toIso(ctx.clock.now())
  const person = input.channel === 'webhook' ? null : userId(ctx)
  await sql`insert into platform_delivery (tenant_id, id, channel, type, level, user_id, user_name, content_enc, state, created_at, next_at)
    values (${ctx.tenantId}, ${id}, ${input.channel}, 'system.test', 'P1', ${person}, ${person === null ? null : ctx.actor.name}, ${encrypt(ctx.keys, JSON.stringify({ ...tryTexts, link: null }), CONTENT)}, 'queued', ${now}::timestamptz, ${now}::timestamptz)`.execute(ctx.db())
  ctx.enqueue(deliverJob, { tenantId: ctx.tenantId, id }, { key: `delivery-${id}` })
  return { deliveryId: id }
}
