// Versions of models: begun by hand or at night, compared on the same frozen part, switched on by a person; a fall needs a reason (AI-49).
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, localParts, plus } from '../../../kernel/time/index.ts'
import { setting, tenantById } from '../../platform/index.ts'
import { shippedOf } from '../applications/shipped.zh-CN.ts'
import { aiFail } from '../ai.errors.ts'
import { applicationOf, applicationsOf, db, liveModel, type ModelRow } from '../ai.queries.ts'
import type * as contract from '../contract.ts'
import { leastSamples, regressionPoints, trainingHour } from '../settings.ts'
import { runTraining, samplesFor } from './run-training.ts'

const percent = (share: number): number => Math.round(share * 1000) / 10

const isRegression = (model: Pick<ModelRow, 'hit1'>, live: Pick<ModelRow, 'hit1'> | undefined, points: number): boolean => live?.hit1 != null && (model.hit1 ?? 0) < live.hit1 - points / 100

export async function listModels(ctx: Ctx, input: Input<typeof contract.listModels>): Promise<Output<typeof contract.listModels>> {
  authorize(ctx, 'ai.read')
  let query = db(ctx).selectFrom('ai_model').selectAll().where('tenant_id', '=', ctx.tenantId)
  if (input.application) query = query.where('application', '=', input.application)
  const [rows, points] = [await query.orderBy('began_at', 'desc').limit(200).execute(), await setting(ctx, regressionPoints)]
  const live = new Map(rows.filter((row) => row.state === 'live').map((row) => [row.application, row]))
  return {
    items: rows.map((row) => {
      const now = live.get(row.application)
      return {
        id: row.id, application: row.application, applicationName: shippedOf(row.application)?.name ?? row.application, number: row.number, state: row.state as 'live', samples: row.samples, classes: row.classes, sizeBytes: row.size_bytes, hit1: row.hit1, threshold: row.threshold, why: row.why, overrideReason: row.override_reason, beganAt: row.began_at, trainedAt: row.trained_at, liveAt: row.live_at, byName: row.by_name,
        compared: row.state === 'evaluated' && now?.hit1 != null && row.hit1 !== null ? { liveHit1: now.hit1, gain: row.hit1 - now.hit1, regression: isRegression(row, now, points) } : null,
      }
    }),
  }
}

async function begin(ctx: Ctx, application: string): Promise<string> {
  const last = await db(ctx).selectFrom('ai_model').select(['number', 'state']).where('tenant_id', '=', ctx.tenantId).where('application', '=', application).orderBy('number', 'desc').limit(1).forUpdate().executeTakeFirst()
  if (last && (last.state === 'waiting' || last.state === 'training')) throw aiFail('inTraining')
  const id = newId()
  await db(ctx).insertInto('ai_model').values({ tenant_id: ctx.tenantId, id, application, number: (last?.number ?? 0) + 1, state: 'waiting', began_at: ts(ctx.clock.now()), by_name: ctx.actor.name }).execute()
  ctx.enqueue(runTraining, { tenantId: ctx.tenantId, modelId: id }, { key: `ai.train.${id}` })
  ctx.signal('ai.models')
  return id
}

export async function trainModel(ctx: Ctx, input: { code: string }): Promise<{ id: string }> {
  authorize(ctx, 'ai.manage')
  const application = await applicationOf(ctx, input.code)
  if (!application.trained) throw aiFail('notTrained', { params: { name: application.name } })
  const [samples, least] = [await samplesFor(ctx, application.code), await setting(ctx, leastSamples)]
  if (samples.length < least || new Set(samples.map((s) => s.label)).size < 2) throw aiFail('tooFew', { rule: leastSamples.key, params: { n: samples.length, least } })
  return { id: await begin(ctx, application.code) }
}

/** @throws ai.regression where it is worse than the live one by more than ⚙ and no reason is given */
export async function switchModel(ctx: Ctx, input: Input<typeof contract.switchModel>): Promise<{ id: string }> {
  authorize(ctx, 'ai.manage')
  const model = await db(ctx).selectFrom('ai_model').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!model) throw kernelErrors('notFound')
  // A retired one may come back: that is the way of rolling back.
  if (model.state !== 'evaluated' && model.state !== 'retired') throw aiFail('notEvaluated')
  const live = await liveModel(ctx, model.application)
  const worse = isRegression(model, live, await setting(ctx, regressionPoints))
  if (worse && !input.reason) throw aiFail('regression', { rule: regressionPoints.key, params: { now: percent(model.hit1 ?? 0), before: percent(live?.hit1 ?? 0) }, fields: [{ path: 'reason', message: '请填写理由' }] })
  const now = ts(ctx.clock.now())
  if (live) await db(ctx).updateTable('ai_model').set({ state: 'retired' }).where('tenant_id', '=', ctx.tenantId).where('id', '=', live.id).execute()
  await db(ctx).updateTable('ai_model').set({ state: 'live', live_at: now, override_reason: worse ? (input.reason ?? null) : null }).where('tenant_id', '=', ctx.tenantId).where('id', '=', model.id).execute()
  ctx.audit({ module: 'ai', act: 'switchAiModel', objectType: 'key:parameter', objectId: model.application, changes: { model: { old: live?.number ?? null, new: model.number }, ...(worse ? { reason: { old: null, new: input.reason } } : {}) } })
  ctx.signal('ai.models')
  return { id: model.id }
}

const WORTH = 0.1

/** At the hour of ⚙, one application after the other, and only where a tenth more orders were confirmed since. A training at work is waited for. */
export async function trainAtNight(ctx: Ctx): Promise<void> {
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const now = ctx.clock.now()
  if (localParts(now, timeZone).hour !== (await setting(ctx, trainingHour))) return
  const recent = await db(ctx).selectFrom('ai_model').select(['application', 'state', 'samples']).where('tenant_id', '=', ctx.tenantId).where('began_at', '>=', ts(plus(now, -DAY / 2))).execute()
  if (recent.some((m) => m.state === 'waiting' || m.state === 'training')) return
  for (const application of (await applicationsOf(ctx)).filter((a) => a.trained && a.mode !== 'off' && !recent.some((m) => m.application === a.code))) {
    const last = await db(ctx).selectFrom('ai_model').select('samples').where('tenant_id', '=', ctx.tenantId).where('application', '=', application.code).where('state', 'in', ['evaluated', 'live', 'retired']).orderBy('number', 'desc').limit(1).executeTakeFirst()
    const samples = await samplesFor(ctx, application.code)
    if (samples.length < (await setting(ctx, leastSamples)) || new Set(samples.map((s) => s.label)).size < 2) continue
    if (last && samples.length * 0.875 < last.samples * (1 + WORTH)) continue
    await begin(ctx, application.code)
    return
  }
}
