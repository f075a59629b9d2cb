// Versions of the words a model is asked with; the latest stands unless an earlier one is taken back.
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { db } from '../ai.queries.ts'
import type * as contract from './gateway-contract.ts'
import { generating, shippedPrompts, type Generating } from './shipped-prompts.zh-CN.ts'

export async function promptFor(ctx: Ctx, application: Generating): Promise<{ number: number; text: string }> {
  const own = await db(ctx).selectFrom('ai_prompt').select(['number', 'text']).where('tenant_id', '=', ctx.tenantId).where('application', '=', application).where('live', '=', true).executeTakeFirst()
  return own ?? { number: 0, text: shippedPrompts[application] }
}

const isGenerating = (code: string): code is Generating => code in generating

export async function listPrompts(ctx: Ctx): Promise<Output<typeof contract.listPrompts>> {
  authorize(ctx, 'ai.read')
  const rows = await db(ctx).selectFrom('ai_prompt').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('number', 'desc').limit(500).execute()
  return {
    items: Object.entries(generating).flatMap(([application, applicationName]) => {
      const own = rows.filter((row) => row.application === application)
      const shipped = isGenerating(application) ? [{ application, applicationName, number: 0, text: shippedPrompts[application], live: !own.some((row) => row.live), reason: '', at: null, byName: '' }] : []
      return [...own.map((row) => ({ application, applicationName, number: row.number, text: row.text, live: row.live, reason: row.reason, at: row.at, byName: row.by_name })), ...shipped]
    }),
  }
}

const quiet = (ctx: Ctx, application: string) => db(ctx).updateTable('ai_prompt').set({ live: false }).where('tenant_id', '=', ctx.tenantId).where('application', '=', application).where('live', '=', true).execute()

export async function savePrompt(ctx: Ctx, input: Input<typeof contract.savePrompt>): Promise<{ number: number }> {
  authorize(ctx, 'ai.manage')
  const last = await db(ctx).selectFrom('ai_prompt').select('number').where('tenant_id', '=', ctx.tenantId).where('application', '=', input.application).orderBy('number', 'desc').limit(1).forUpdate().executeTakeFirst()
  const number = (last?.number ?? 0) + 1
  await quiet(ctx, input.application)
  await db(ctx).insertInto('ai_prompt').values({ tenant_id: ctx.tenantId, id: newId(), application: input.application, number, text: input.text, live: true, reason: input.reason, at: ts(ctx.clock.now()), by_name: ctx.actor.name }).execute()
  ctx.audit({ module: 'ai', act: 'savePrompt', objectType: 'key:parameter', objectId: input.application, changes: { prompt: { old: last?.number ?? 0, new: number }, reason: { old: null, new: input.reason } } })
  return { number }
}

/** 0 takes back the words that ship. */
export async function usePrompt(ctx: Ctx, input: Input<typeof contract.usePrompt>): Promise<{ number: number }> {
  authorize(ctx, 'ai.manage')
  await quiet(ctx, input.application)
  if (input.number > 0) {
    const done = await db(ctx).updateTable('ai_prompt').set({ live: true }).where('tenant_id', '=', ctx.tenantId).where('application', '=', input.application).where('number', '=', input.number).returning('number').executeTakeFirst()
    if (!done) throw kernelErrors('notFound')
  }
  ctx.audit({ module: 'ai', act: 'usePrompt', objectType: 'key:parameter', objectId: input.application, changes: { prompt: { old: null, new: input.number } } })
  return { number: input.number }
}
