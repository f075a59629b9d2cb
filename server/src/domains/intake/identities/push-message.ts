// A notice of the message centre on the bound official account: once, unless its class was opted out of.
import { sql } from 'kysely'
import { z } from 'zod'
import { decrypt } from '../../../kernel/crypto/index.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { defineJob } from '../../../kernel/jobs/job.ts'
import { newId } from '../../../kernel/runtime.ts'
import { formatFull, MINUTE, plus } from '../../../kernel/time/index.ts'
import { setting, wechatAdapter, type SentMessage } from '../../platform/index.ts'
import { db } from '../accounts/account.queries.ts'
import { portalAddress } from '../settings.ts'
import { SUBJECT } from './own-identities.ts'
import { wechatConfig } from './wechat-accounts.ts'

type Payload = { tenantId: string; id: string }
const MAX_ATTEMPTS = 5

export const pushJob = defineJob<Payload>({
  name: 'intake.push',
  schema: z.object({ tenantId: z.uuid(), id: z.uuid() }),
  maxAttempts: 3,
  async run(begin, payload) {
    const taken = await begin((ctx) => take(inTenant(ctx, payload.tenantId), payload.id))
    if (!taken) return
    const sent = await wechatAdapter.send(taken.message, taken.config).catch((error: unknown): SentMessage => ({ ok: false, reason: error instanceof Error ? error.message : String(error) }))
    await begin((ctx) => recordPush(inTenant(ctx, payload.tenantId), payload, sent))
  },
})

/** Called by `tellCitizen` for a new notice. Nothing happens for who has no bound account. */
export async function pushToBound(ctx: Ctx, message: { id: string; accountId: string; kind: string }): Promise<void> {
  const account = await db(ctx).selectFrom('intake_account').select('muted_kinds').where('tenant_id', '=', ctx.tenantId).where('id', '=', message.accountId).executeTakeFirst()
  if (!account || (message.kind !== 'result' && account.muted_kinds.includes(message.kind))) return
  const bound = await db(ctx).selectFrom('intake_identity').select('id').where('tenant_id', '=', ctx.tenantId).where('account_id', '=', message.accountId).where('provider', '=', 'officialAccount').executeTakeFirst()
  const config = bound ? await wechatConfig(ctx, 'officialAccount') : null
  if (!config || config.templateId === '') return
  const made = await db(ctx).insertInto('intake_push').values({ tenant_id: ctx.tenantId, id: newId(), message_id: message.id, account_id: message.accountId, created_at: ts(ctx.clock.now()) }).onConflict((c) => c.columns(['tenant_id', 'message_id']).doNothing()).returning('id').executeTakeFirst()
  if (made) ctx.enqueue(pushJob, { tenantId: ctx.tenantId, id: made.id })
}

async function take(ctx: Ctx, id: string) {
  const row = await db(ctx).selectFrom('intake_push').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).where('state', '=', 'waiting').forUpdate().executeTakeFirst()
  if (!row) return null
  const message = await db(ctx).selectFrom('intake_message').select(['title', 'text', 'link', 'kind', 'created_at']).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.message_id).where('deleted_at', 'is', null).executeTakeFirst()
  const bound = await db(ctx).selectFrom('intake_identity').select('subject_enc').where('tenant_id', '=', ctx.tenantId).where('account_id', '=', row.account_id).where('provider', '=', 'officialAccount').executeTakeFirst()
  const config = await wechatConfig(ctx, 'officialAccount')
  if (!message || !bound || !config) {
    await end(ctx, id, 'failed', '绑定已解除或公众号已停用')
    return null
  }
  await db(ctx).updateTable('intake_push').set({ attempts: sql`attempts + 1` }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
  return {
    message: { id, tenantId: ctx.tenantId, address: decrypt(ctx.keys, bound.subject_enc, SUBJECT), title: message.title, text: message.text || message.title, link: message.link, type: `citizen.${message.kind}`, level: 'P3', at: formatFull(message.created_at) },
    config: { appId: config.appId, secret: config.secret, templateId: config.templateId, titleKey: config.titleKey, textKey: config.textKey, timeKey: config.timeKey, baseUrl: config.baseUrl, site: await setting(ctx, portalAddress) },
  }
}

const end = (ctx: Ctx, id: string, state: 'sent' | 'failed', reason: string | null) => db(ctx).updateTable('intake_push').set({ state, reason, ...(state === 'sent' ? { sent_at: ts(ctx.clock.now()) } : {}) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()

async function recordPush(ctx: Ctx, payload: Payload, sent: SentMessage): Promise<void> {
  if (sent.ok) return void (await end(ctx, payload.id, 'sent', null))
  const row = await db(ctx).selectFrom('intake_push').select('attempts').where('tenant_id', '=', ctx.tenantId).where('id', '=', payload.id).executeTakeFirst()
  if (sent.final || (row?.attempts ?? MAX_ATTEMPTS) >= MAX_ATTEMPTS) return void (await end(ctx, payload.id, 'failed', sent.reason.slice(0, 200)))
  await db(ctx).updateTable('intake_push').set({ reason: sent.reason.slice(0, 200) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', payload.id).execute()
  ctx.enqueue(pushJob, payload, { runAt: plus(ctx.clock.now(), 5 * MINUTE * (row?.attempts ?? 1)), key: `push-${payload.id}` })
}
