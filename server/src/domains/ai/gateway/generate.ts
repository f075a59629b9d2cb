// A text made by a language model: masked, asked of one provider after the other, checked against its source, logged; where none answers, the
// text's own sentences stand in. Holds no transaction: every statement stands for itself.
import { sql, type Selectable } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import { decrypt } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { setting, tenantById } from '../../platform/index.ts'
import { aiFail } from '../ai.errors.ts'
import { applicationOf, db } from '../ai.queries.ts'
import { summarise, titleFrom } from '../engines/summary.ts'
import type { AiTables } from '../tables.gen.ts'
import { checkSafety } from '../safety/check-safety.ts'
import { safetyClasses } from '../safety/safety-words.zh-CN.ts'
import { callsPerMonth, outsideAllowed } from '../settings.ts'
import { chatCall, type Reply } from './chat-call.ts'
import type * as contract from './gateway-contract.ts'
import { maskText, unfounded, type Masked } from './mask.ts'
import { promptFor } from './prompts.ts'
import { guard, wrap, type Generating } from './shipped-prompts.zh-CN.ts'

type ProviderRow = Selectable<AiTables['ai_provider']>
export const SECRET = 'ai.provider'
const MAX_TOKENS = 600

/** Of this month, in the tenant's own calendar. */
export async function usedThisMonth(ctx: Ctx): Promise<{ calls: Map<string, number>; tokens: Map<string, number> }> {
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const { rows } = await sql<{ application: string; provider_id: string | null; n: number; tokens: number }>`select application, provider_id, count(*)::int as n, sum(tokens_in + tokens_out)::float8 as tokens from ai_call
    where tenant_id = ${ctx.tenantId} and at >= date_trunc('month', ${ts(ctx.clock.now())}::timestamptz at time zone ${timeZone}) at time zone ${timeZone} and result <> 'overBudget' group by application, provider_id`.execute(ctx.db())
  const [calls, tokens] = [new Map<string, number>(), new Map<string, number>()]
  for (const row of rows) {
    calls.set(row.application, (calls.get(row.application) ?? 0) + row.n)
    if (row.provider_id) tokens.set(row.provider_id, (tokens.get(row.provider_id) ?? 0) + row.tokens)
  }
  return { calls, tokens }
}

type Logged = { application: string; provider: ProviderRow | null; promptNumber: number; result: string; detail?: string | null; masked: number; tookMs: number; reply?: Reply }
export async function logCall(ctx: Ctx, one: Logged): Promise<void> {
  const { tokensIn = 0, tokensOut = 0, firstMs = null } = one.reply && 'text' in one.reply ? one.reply : {}
  await db(ctx).insertInto('ai_call').values({ tenant_id: ctx.tenantId, id: newId(), at: ts(ctx.clock.now()), application: one.application, provider_id: one.provider?.id ?? null, provider_name: one.provider?.name ?? '', model: one.provider?.model ?? '', prompt_number: one.promptNumber, result: one.result, detail: one.detail ?? null, tokens_in: tokensIn, tokens_out: tokensOut, first_ms: firstMs, took_ms: one.tookMs, masked: one.masked, by_name: ctx.actor.name }).execute()
}

/** Enabled ones in their order; those outside the tenant's network only where ⚙ allows it. */
async function providersFor(ctx: Ctx): Promise<ProviderRow[]> {
  const rows = await db(ctx).selectFrom('ai_provider').selectAll().where('tenant_id', '=', ctx.tenantId).where('enabled', '=', true).orderBy('rank').orderBy('name').execute()
  return (await setting(ctx, outsideAllowed)) ? rows : rows.filter((row) => row.inside)
}

export const ask = (ctx: Ctx, provider: ProviderRow, prompt: string, text: string): Promise<Reply> =>
  chatCall({ baseUrl: provider.base_url, model: provider.model, key: provider.key_enc === null ? null : decrypt(ctx.keys, provider.key_enc, SECRET), firstMs: provider.first_ms, allMs: provider.all_ms }, [{ role: 'system', content: `${prompt}\n${guard}` }, { role: 'user', content: wrap(text) }], MAX_TOKENS)

const whole = (text: string): Masked => ({ text, count: 0, restore: (answer) => answer })
const ownWords = (application: Generating, text: string): string => (application === 'draft' ? (titleFrom(text) ?? '') : summarise(text))
type Answer = Output<typeof contract.generateText>

/** @throws ai.overQuota where the application has used up its calls of the month */
export async function generateText(ctx: Ctx, input: Input<typeof contract.generateText>): Promise<Answer> {
  authorize(ctx, 'ai.use')
  const { application, text } = input
  const extract = (why: Answer['why']): Answer => ({ text: ownWords(application, text), by: 'extract', provider: null, promptNumber: null, why })
  const { mode } = await applicationOf(ctx, application)
  if (mode === 'off') return { text: '', by: 'none', provider: null, promptNumber: null, why: 'off' }
  const providers = await providersFor(ctx)
  if (providers.length === 0) return extract('noProvider')
  const [{ calls, tokens }, most, prompt] = [await usedThisMonth(ctx), await setting(ctx, callsPerMonth), await promptFor(ctx, application)]
  if (most > 0 && (calls.get(application) ?? 0) >= most) {
    await logCall(ctx, { application, provider: null, promptNumber: prompt.number, result: 'overBudget', detail: `本月 ${most} 次已用完`, masked: 0, tookMs: 0 })
    throw aiFail('overQuota', { rule: callsPerMonth.key, params: { most } })
  }
  for (const provider of providers) {
    const log = (result: string, masked: number, tookMs: number, detail?: string, reply?: Reply) => logCall(ctx, { application, provider, promptNumber: prompt.number, result, detail, masked, tookMs, reply })
    if (provider.monthly_tokens !== null && (tokens.get(provider.id) ?? 0) >= Number(provider.monthly_tokens)) {
      await log('overBudget', 0, 0, '本月令牌额度已用完')
      continue
    }
    const sent = provider.inside ? whole(text) : maskText(text, input.names)
    const began = performance.now()
    const reply = await ask(ctx, provider, prompt.text, sent.text)
    const took = Math.round(performance.now() - began)
    if ('failure' in reply) {
      await log(reply.failure, sent.count, took, reply.detail)
      continue
    }
    const invented = unfounded(reply.text, sent.text)
    if (invented.length > 0 || reply.text.length > Math.max(300, text.length)) {
      await log('unfounded', sent.count, took, invented.length > 0 ? `资料里没有：${invented.join('、').slice(0, 100)}` : '比资料还长', reply)
      continue
    }
    const checked = await checkSafety(ctx, { scene: 'answer', text: reply.text, objectType: 'generated', objectId: application, privacy: false })
    if (checked.decision === 'block') {
      await log('unsafe', sent.count, took, [...new Set(checked.hits.map((hit) => safetyClasses[hit.class]))].join('、'), reply)
      continue
    }
    await log('ok', sent.count, took, undefined, reply)
    return { text: sent.restore(reply.text), by: 'model', provider: provider.name, promptNumber: prompt.number, why: null }
  }
  return extract('allFailed')
}
