// One attempt to send what one command put into the outbox; a next attempt is a new job at its own time.
import { sql } from 'kysely'
import { z } from 'zod'
import { decrypt } from '../../../kernel/crypto/index.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { defineJob } from '../../../kernel/jobs/job.ts'
import { formatFull, MINUTE, plus, toIso } from '../../../kernel/time/index.ts'
import { adapterOf } from '../delivery/adapters/index.ts'
import { channelOf } from '../delivery/deliver-job.ts'
import { setting } from '../settings/setting-chain.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { retryMinutes } from './message-settings.ts'
import { smsGateway, type OutgoingSms, type SmsResult } from './sms-gateway.ts'

type Payload = { tenantId: string; ids: string[] }

// A gateway takes some at once; a job stays short.
const AT_ONCE = 5
const MOST_IN_JOB = 50

export const smsJob = defineJob<Payload>({
  name: 'platform.sendSms',
  schema: z.object({ tenantId: z.uuid(), ids: z.array(z.uuid()) }),
  maxAttempts: 5,
  async run(begin, payload) {
    // The gateway is called between two transactions: it may be slow, and no row stays locked meanwhile.
    const { list, channel } = await begin(async (ctx) => {
      const there = inTenant(ctx, payload.tenantId)
      return { list: await takeSms(there, payload.ids), channel: await channelOf(there, 'sms') }
    })
    if (list.length === 0) return
    const results = new Map<string, SmsResult>()
    const waiting = list.values()
    const carry = async (): Promise<void> => {
      for (const sms of waiting) results.set(sms.id, await send(sms, channel))
    }
    await Promise.all(Array.from({ length: AT_ONCE }, carry))
    await begin((ctx) => recordResults(inTenant(ctx, payload.tenantId), results))
  },
})

/** By the adapter that the tenant chose for SMS; `gateway` is the installation's own (port `smsGateway`). */
async function send(sms: OutgoingSms, channel: Awaited<ReturnType<typeof channelOf>>): Promise<SmsResult> {
  if (!channel.enabled) return { ok: false, reason: '短信通道已停用', final: true }
  try {
    if (channel.adapter === 'gateway') return await smsGateway.one()(sms)
    const adapter = adapterOf('sms', channel.adapter)
    if (!adapter) return { ok: false, reason: '短信通道未配置', final: true }
    return await adapter.send({ id: sms.id, tenantId: sms.tenantId, address: sms.phone, title: '', text: sms.text, link: null, type: sms.template, level: 'P2', at: sms.at }, channel.config)
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) }
  }
}

// What one command (or one batch of events) sends goes in one job. `publish` is made once for each command: by it the open job is found.
const open = new WeakMap<Ctx['publish'], Payload>()

/** A job for this SMS, together with the others of the same transaction and tenant. */
export function enqueueSms(ctx: Ctx, id: string): void {
  const job = open.get(ctx.publish)
  if (job && job.tenantId === ctx.tenantId && job.ids.length < MOST_IN_JOB) {
    job.ids.push(id)
    return
  }
  const begun: Payload = { tenantId: ctx.tenantId, ids: [id] }
  open.set(ctx.publish, begun)
  ctx.enqueue(smsJob, begun)
}

/** Those that were sent meanwhile are left out, so that a repeated job does nothing. */
export async function takeSms(ctx: Ctx, ids: string[]): Promise<OutgoingSms[]> {
  if (ids.length === 0) return []
  const rows = await ctx
    .db<PlatformTables>()
    .updateTable('platform_sms')
    .set((eb) => ({ attempts: eb('attempts', '+', 1), next_at: null }))
    .where('tenant_id', '=', ctx.tenantId)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .where('state', '=', 'queued')
    .returning(['id', 'phone_enc', 'text_enc', 'template'])
    .execute()
  return rows.map((row) => ({ id: row.id, tenantId: ctx.tenantId, phone: decrypt(ctx.keys, row.phone_enc, 'sms.phone'), text: decrypt(ctx.keys, row.text_enc, 'sms.text'), template: row.template, at: formatFull(ctx.clock.now()) }))
}

async function recordResults(ctx: Ctx, results: Map<string, SmsResult>): Promise<void> {
  const sent = [...results].flatMap(([id, result]) => (result.ok ? [{ id, result: result.result }] : []))
  if (sent.length > 0)
    await sql`update platform_sms s set state = 'sent', result = r.result, sent_at = ${toIso(ctx.clock.now())} from jsonb_to_recordset(${JSON.stringify(sent)}::jsonb) as r(id uuid, result text)
      where s.tenant_id = ${ctx.tenantId} and s.id = r.id`.execute(ctx.db())
  for (const [id, result] of results) if (!result.ok) await recordFailure(ctx, id, result)
}

async function recordFailure(ctx: Ctx, id: string, result: Extract<SmsResult, { ok: false }>): Promise<void> {
  const db = ctx.db<PlatformTables>()
  const waits = await setting(ctx, retryMinutes)
  const row = await db.selectFrom('platform_sms').select('attempts').where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!row) return
  const wait = result.final ? undefined : waits[row.attempts - 1]
  const next = wait === undefined ? null : plus(ctx.clock.now(), wait * MINUTE)
  await db
    .updateTable('platform_sms')
    .set({ state: next ? 'queued' : 'failed', result: result.reason.slice(0, 500), next_at: next ? ts(next) : null })
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', '=', id)
    .execute()
  if (next) ctx.enqueue(smsJob, { tenantId: ctx.tenantId, ids: [id] }, { runAt: next })
  else ctx.log.warn({ sms: id, reason: result.reason }, 'an SMS could not be sent')
}
