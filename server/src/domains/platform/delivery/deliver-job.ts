// One attempt to send a delivery; the next attempt is a new job at its own time.
import { sql } from 'kysely'
import { z } from 'zod'
import { decrypt } from '../../../kernel/crypto/index.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { defineJob } from '../../../kernel/jobs/job.ts'
import type { Cron } from '../../../kernel/module.ts'
import { newId } from '../../../kernel/runtime.ts'
import { MINUTE, plus, SECOND, toIso, formatFull } from '../../../kernel/time/index.ts'
import { retryMinutes } from '../messages/message-settings.ts'
import { setting } from '../settings/setting-chain.ts'
import { MOBILE_CONTEXT } from '../users/mobile.ts'
import { adapterOf } from './adapters/index.ts'
import type { Adapter, Channel, Config, Outgoing, Sent } from './channels.ts'
import { channelDefault } from './message-setup.ts'

export const CONTENT = 'platform.delivery'
export const ADDRESS = 'platform.address'
export const SECRETS = 'platform.channel'

type Payload = { tenantId: string; id: string }
type Taken = { message: Outgoing; adapter: Adapter; config: Config }

export const deliverJob = defineJob<Payload>({
  name: 'platform.deliver',
  schema: z.object({ tenantId: z.uuid(), id: z.uuid() }),
  maxAttempts: 5,
  async run(begin, payload) {
    // The adapter is called between two transactions: it may be slow, and no row stays locked meanwhile.
    const taken = await begin((ctx) => take(inTenant(ctx, payload.tenantId), payload))
    if (!taken) return
    const sent = await taken.adapter.send(taken.message, taken.config).catch((error: unknown): Sent => ({ ok: false, reason: error instanceof Error ? error.message : String(error) }))
    await begin((ctx) => recordSent(inTenant(ctx, payload.tenantId), payload.id, sent))
  },
})

type Row = { channel: Channel; type: string; level: string; user_id: string | null; content_enc: string; next_at: number | null }

/** Null when there is nothing to send now: sent or recalled meanwhile, due later, or impossible (recorded here). */
async function take(ctx: Ctx, payload: Payload): Promise<Taken | null> {
  const { rows } = await sql<Row>`select channel, type, level, user_id, content_enc, next_at from platform_delivery
    where tenant_id = ${ctx.tenantId} and id = ${payload.id} and state in ('waiting', 'queued') for update`.execute(ctx.db())
  const row = rows[0]
  if (!row) return null
  if (row.next_at !== null && row.next_at > plus(ctx.clock.now(), SECOND)) {
    ctx.enqueue(deliverJob, payload, { runAt: row.next_at, key: `delivery-${payload.id}` })
    return null
  }
  await sql`update platform_delivery set state = 'queued', attempts = attempts + 1, next_at = null where tenant_id = ${ctx.tenantId} and id = ${payload.id}`.execute(ctx.db())
  const channel = await channelOf(ctx, row.channel)
  const adapter = adapterOf(row.channel, channel.adapter)
  const address = row.user_id === null ? '' : await addressOf(ctx, row.user_id, row.channel)
  const refused = !channel.enabled ? '通道已停用' : !adapter ? '通道未配置' : address === null ? '没有可用的接收地址' : null
  if (refused !== null || !adapter || address === null) {
    await recordSent(ctx, payload.id, { ok: false, reason: refused ?? '', final: true })
    return null
  }
  const content = z.object({ title: z.string(), text: z.string(), link: z.string().nullable() }).parse(JSON.parse(decrypt(ctx.keys, row.content_enc, CONTENT)))
  return { adapter, config: channel.config, message: { id: payload.id, tenantId: ctx.tenantId, address, ...content, type: row.type, level: row.level, at: formatFull(ctx.clock.now()) } }
}

export async function channelOf(ctx: Ctx, channel: Channel): Promise<{ adapter: string; enabled: boolean; config: Config }> {
  const { rows } = await sql<{ adapter: string; enabled: boolean; config: Config; secret_enc: string | null }>`select adapter, enabled, config, secret_enc from platform_message_channel where tenant_id = ${ctx.tenantId} and channel = ${channel}`.execute(ctx.db())
  const row = rows[0]
  if (!row) return { ...channelDefault(channel), config: {} }
  const secrets = row.secret_enc === null ? {} : z.record(z.string(), z.string()).parse(JSON.parse(decrypt(ctx.keys, row.secret_enc, SECRETS)))
  return { adapter: row.adapter, enabled: row.enabled, config: { ...row.config, ...secrets } }
}

async function addressOf(ctx: Ctx, userId: string, channel: Channel): Promise<string | null> {
  const { rows } = await sql<{ mobile_enc: string | null; email: string | null; wechat: string | null }>`select u.mobile_enc, u.email,
      (select a.address_enc from platform_user_address a where a.tenant_id = u.tenant_id and a.user_id = u.id and a.channel = 'wechat') as wechat
    from platform_user u where u.tenant_id = ${ctx.tenantId} and u.id = ${userId} and u.state = 'active'`.execute(ctx.db())
  const row = rows[0]
  if (!row) return null
  if (channel === 'email') return row.email || null
  if (channel === 'sms') return row.mobile_enc === null ? null : decrypt(ctx.keys, row.mobile_enc, MOBILE_CONTEXT)
  return row.wechat === null ? null : decrypt(ctx.keys, row.wechat, ADDRESS)
}

export async function recordSent(ctx: Ctx, id: string, sent: Sent): Promise<void> {
  const now = ctx.clock.now()
  const db = ctx.db()
  if (sent.ok) {
    await sql`update platform_delivery set state = 'sent', result = ${sent.result.slice(0, 500)}, sent_at = ${toIso(now)} where tenant_id = ${ctx.tenantId} and id = ${id}`.execute(db)
    return
  }
  const waits = await setting(ctx, retryMinutes)
  const { rows } = await sql<{ attempts: number }>`select attempts from platform_delivery where tenant_id = ${ctx.tenantId} and id = ${id}`.execute(db)
  const wait = sent.final ? undefined : waits[(rows[0]?.attempts ?? 1) - 1]
  const next = wait === undefined ? null : plus(now, wait * MINUTE)
  await sql`update platform_delivery set state = ${next === null ? 'failed' : 'queued'}, result = ${sent.reason.slice(0, 500)}, next_at = ${next === null ? null : toIso(next)}::timestamptz where tenant_id = ${ctx.tenantId} and id = ${id}`.execute(db)
  if (next !== null) ctx.enqueue(deliverJob, { tenantId: ctx.tenantId, id }, { runAt: next, key: `delivery-${id}` })
  else await fallBack(ctx, id)
}

/** A delivery that failed for good goes out once more by the rule's fallback, as a delivery of its own that names the failed one. */
async function fallBack(ctx: Ctx, id: string): Promise<void> {
  const next = newId()
  const { rows } = await sql`insert into platform_delivery (tenant_id, id, channel, type, level, user_id, user_name, content_enc, object_type, object_id, state, instead_of, created_at, next_at)
    select tenant_id, ${next}, fallback, type, level, user_id, user_name, content_enc, object_type, object_id, 'queued', id, ${toIso(ctx.clock.now())}::timestamptz, ${toIso(ctx.clock.now())}::timestamptz
    from platform_delivery d where tenant_id = ${ctx.tenantId} and id = ${id} and fallback is not null and fallback <> channel
      and not exists (select 1 from platform_delivery o where o.tenant_id = d.tenant_id and o.instead_of = d.id) returning id`.execute(ctx.db())
  if (rows.length > 0) ctx.enqueue(deliverJob, { tenantId: ctx.tenantId, id: next }, { key: `delivery-${next}` })
}

/** Deliveries whose job was lost or whose time was moved: put in line again. Jobs bear the delivery's key, none runs twice. */
async function deliverLate(ctx: Ctx): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from platform_delivery where tenant_id = ${ctx.tenantId} and state in ('waiting', 'queued') and next_at < ${toIso(plus(ctx.clock.now(), -MINUTE))} order by next_at limit 500`.execute(ctx.db())
  for (const { id } of rows) ctx.enqueue(deliverJob, { tenantId: ctx.tenantId, id }, { key: `delivery-${id}` })
}
export const deliveryCrons: Cron[] = [{ name: 'platform.deliverLate', everySeconds: 120, run: deliverLate }]
