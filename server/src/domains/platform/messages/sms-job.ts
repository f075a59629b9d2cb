// One attempt to send an SMS from the outbox; the next attempt is a new job at its own time.
import { z } from 'zod'
import { decrypt } from '../../../kernel/crypto/index.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { defineJob } from '../../../kernel/jobs/job.ts'
import { MINUTE, plus } from '../../../kernel/time/index.ts'
import { setupOf } from '../delivery/message-setup.ts'
import { setting } from '../settings/setting-chain.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { retryMinutes } from './message-settings.ts'
import { smsGateway, type OutgoingSms, type SmsResult } from './sms-gateway.ts'

type Payload = { tenantId: string; id: string }

export const smsJob = defineJob<Payload>({
  name: 'platform.sendSms',
  schema: z.object({ tenantId: z.uuid(), id: z.uuid() }),
  maxAttempts: 5,
  async run(begin, payload) {
    // The gateway is called between two transactions: it may be slow, and no row stays locked meanwhile.
    const { sms, stopped } = await begin(async (ctx) => {
      const there = inTenant(ctx, payload.tenantId)
      return { sms: await takeSms(there, payload.id), stopped: !(await setupOf(there)).channels.get('sms')?.enabled }
    })
    if (!sms) return
    const result = stopped ? ({ ok: false, reason: '短信通道已停用', final: true } as const) : await smsGateway.one()(sms).catch((error: unknown): SmsResult => ({ ok: false, reason: error instanceof Error ? error.message : String(error) }))
    await begin((ctx) => recordResult(inTenant(ctx, payload.tenantId), payload, result))
  },
})

/** Null when it was sent meanwhile, so that a repeated job does nothing. */
export async function takeSms(ctx: Ctx, id: string): Promise<OutgoingSms | null> {
  const row = await ctx
    .db<PlatformTables>()
    .updateTable('platform_sms')
    .set((eb) => ({ attempts: eb('attempts', '+', 1), next_at: null }))
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .returning(['phone_enc', 'text_enc', 'template'])
    .executeTakeFirst()
  if (!row) return null
  return { id, tenantId: ctx.tenantId, phone: decrypt(ctx.keys, row.phone_enc, 'sms.phone'), text: decrypt(ctx.keys, row.text_enc, 'sms.text'), template: row.template }
}

export async function recordResult(ctx: Ctx, payload: Payload, result: SmsResult): Promise<void> {
  const now = ctx.clock.now()
  const db = ctx.db<PlatformTables>()
  if (result.ok) {
    await db.updateTable('platform_sms').set({ state: 'sent', result: result.result, sent_at: ts(now) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', payload.id).execute()
    return
  }
  const waits = await setting(ctx, retryMinutes)
  const row = await db.selectFrom('platform_sms').select('attempts').where('tenant_id', '=', ctx.tenantId).where('id', '=', payload.id).executeTakeFirstOrThrow()
  const wait = result.final ? undefined : waits[row.attempts - 1]
  const next = wait === undefined ? null : plus(now, wait * MINUTE)
  await db
    .updateTable('platform_sms')
    .set({ state: next ? 'queued' : 'failed', result: result.reason.slice(0, 500), next_at: next ? ts(next) : null })
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', '=', payload.id)
    .execute()
  if (next) ctx.enqueue(smsJob, payload, { runAt: next })
  else ctx.log.warn({ sms: payload.id, reason: result.reason }, 'an SMS could not be sent')
}
