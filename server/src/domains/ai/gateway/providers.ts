// Where language models are: kept by the administrator, keys encrypted and never shown again; the log and the board of calls.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import { encrypt } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { afterCursor, boundCount, nextPage, setting, tenantById } from '../../platform/index.ts'
import { aiFail } from '../ai.errors.ts'
import { db } from '../ai.queries.ts'
import { shippedOf } from '../applications/shipped.zh-CN.ts'
import { outsideAllowed } from '../settings.ts'
import type * as contract from './gateway-contract.ts'
import { ask, logCall, SECRET, usedThisMonth } from './generate.ts'
import { maskText } from './mask.ts'

export async function listProviders(ctx: Ctx): Promise<Output<typeof contract.listProviders>> {
  authorize(ctx, 'ai.read')
  const rows = await db(ctx).selectFrom('ai_provider').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('rank').orderBy('name').execute()
  const [{ tokens }, outside] = [await usedThisMonth(ctx), await setting(ctx, outsideAllowed)]
  return {
    outsideAllowed: outside,
    items: rows.map((row) => ({ id: row.id, name: row.name, baseUrl: row.base_url, model: row.model, hasKey: row.key_enc !== null, inside: row.inside, enabled: row.enabled, rank: row.rank, firstMs: row.first_ms, allMs: row.all_ms, monthlyTokens: row.monthly_tokens === null ? null : Number(row.monthly_tokens), usedTokens: Math.round(tokens.get(row.id) ?? 0), version: row.version, changedAt: row.changed_at, changedByName: row.changed_by_name })),
  }
}

export async function saveProvider(ctx: Ctx, input: Input<typeof contract.saveProvider>): Promise<{ id: string }> {
  authorize(ctx, 'ai.manage')
  if (input.enabled && !input.inside && !(await setting(ctx, outsideAllowed))) throw aiFail('outsideForbidden', { rule: outsideAllowed.key, fields: [{ path: 'inside', message: '参数不允许使用网外模型' }] })
  const values = { name: input.name, base_url: input.baseUrl, model: input.model, inside: input.inside, enabled: input.enabled, rank: input.rank, first_ms: input.firstMs, all_ms: input.allMs, monthly_tokens: input.monthlyTokens, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name, ...(input.key ? { key_enc: encrypt(ctx.keys, input.key, SECRET) } : {}) }
  const twin = await db(ctx).selectFrom('ai_provider').select('id').where('tenant_id', '=', ctx.tenantId).where('name', '=', input.name).executeTakeFirst()
  if (twin && twin.id !== input.id) throw kernelErrors('invalid', { fields: [{ path: 'name', message: '名称已使用' }] })
  const id = input.id ?? newId()
  if (input.id) {
    // a key belongs to its address: a new address needs the key again
    const old = await db(ctx).selectFrom('ai_provider').select(['base_url', 'key_enc']).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
    if (!old) throw kernelErrors('notFound')
    const moved = old.base_url !== input.baseUrl && !input.key ? { key_enc: null } : {}
    const done = await db(ctx).updateTable('ai_provider').set((e) => ({ ...values, ...moved, version: e('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).where('version', '=', input.version ?? 0).returning('id').executeTakeFirst()
    if (!done) throw kernelErrors('conflict', {})
  } else await db(ctx).insertInto('ai_provider').values({ tenant_id: ctx.tenantId, id, ...values }).execute()
  ctx.audit({ module: 'ai', act: 'saveAiProvider', objectType: 'key:parameter', objectId: id, changes: { name: { old: null, new: input.name }, enabled: { old: null, new: input.enabled }, inside: { old: null, new: input.inside }, address: { old: null, new: input.baseUrl } } })
  return { id }
}

export async function removeProvider(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'ai.manage')
  const done = await db(ctx).deleteFrom('ai_provider').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).returning('name').executeTakeFirst()
  if (!done) throw kernelErrors('notFound')
  ctx.audit({ module: 'ai', act: 'removeAiProvider', objectType: 'key:parameter', objectId: input.id, changes: { name: { old: done.name, new: null } } })
  return {}
}

const TRIAL = '诉求人张建国来电，电话13900000000，反映7月3日起小区北门路灯不亮，要求尽快维修。'

/** Asks one provider about a made-up appeal and shows what was sent; logged like any other call. */
export async function tryProvider(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.tryProvider>> {
  authorize(ctx, 'ai.manage')
  const provider = await db(ctx).selectFrom('ai_provider').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  if (!provider) throw kernelErrors('notFound')
  const sent = provider.inside ? { text: TRIAL, count: 0, restore: (answer: string) => answer } : maskText(TRIAL)
  const began = performance.now()
  const reply = await ask(ctx, provider, '把资料概括为一句话，只使用资料里写到的内容。', sent.text)
  const tookMs = Math.round(performance.now() - began)
  const failed = 'failure' in reply
  await logCall(ctx, { application: 'trial', provider, promptNumber: 0, result: failed ? reply.failure : 'ok', detail: failed ? reply.detail : null, masked: sent.count, tookMs, reply })
  return { ok: !failed, sent: sent.text, answer: failed ? reply.detail : sent.restore(reply.text), firstMs: failed ? null : reply.firstMs, tookMs }
}

export async function listCalls(ctx: Ctx, input: Input<typeof contract.listCalls>): Promise<Output<typeof contract.listCalls>> {
  authorize(ctx, 'ai.read')
  let query = db(ctx).selectFrom('ai_call').where('tenant_id', '=', ctx.tenantId)
  if (input.failed) query = query.where('result', '<>', 'ok')
  if (input.application) query = query.where('application', '=', input.application)
  const [count, rows] = [await boundCount(ctx, query), await query.selectAll().where(afterCursor(input.cursor, 'at', 'id')).orderBy('at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()]
  const page = nextPage(rows, input.limit, (row) => row.at)
  return { count, next: page.next, items: page.items.map((row) => ({ id: row.id, at: row.at, application: row.application, applicationName: shippedOf(row.application)?.name ?? '试用', providerName: row.provider_name, model: row.model, promptNumber: row.prompt_number, result: row.result, detail: row.detail, tokens: row.tokens_in + row.tokens_out, firstMs: row.first_ms, tookMs: row.took_ms, masked: row.masked, byName: row.by_name })) }
}

/** By application and month, of the last twelve. */
export async function callBoard(ctx: Ctx): Promise<Output<typeof contract.callBoard>> {
  authorize(ctx, 'ai.read')
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const { rows } = await sql<{ month: string; application: string; calls: number; failed: number; tokens: number; p95: number | null }>`select to_char(at at time zone ${timeZone}, 'YYYY-MM') as month, application, count(*)::int as calls, count(*) filter (where result <> 'ok')::int as failed, sum(tokens_in + tokens_out)::float8 as tokens, percentile_disc(0.95) within group (order by took_ms) as p95
    from ai_call where tenant_id = ${ctx.tenantId} and at >= ${ts(ctx.clock.now())}::timestamptz - interval '12 months' group by 1, 2 order by 1 desc, 2`.execute(ctx.db())
  return { items: rows.map((row) => ({ ...row, applicationName: shippedOf(row.application)?.name ?? '试用' })) }
}
