// One model from confirmed orders: read, learn in a thread of its own, measured on the frozen part, stored by hash (AI-49).
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { defineJob } from '../../../kernel/jobs/job.ts'
import { newId } from '../../../kernel/runtime.ts'
import { putContent, setting } from '../../platform/index.ts'
import { db } from '../ai.queries.ts'
import type { Sample } from '../engines/classifier.ts'
import { trainingSource, type TrainingSample } from '../ports.ts'
import { leastSamples, sampleGoal } from '../settings.ts'
import type { TrainJob, Trained } from './train-worker.ts'

const TIMEOUT_MS = 30 * 60_000
const MEMORY_MB = 1800

/** A text stands in the frozen test part by its own content, whatever else is there: no version ever learns from it. One in eight. */
export function isFrozen(sample: Pick<TrainingSample, 'fields'>): boolean {
  const text = sample.fields.map((f) => f.text.replace(/[^\p{L}\p{N}]/gu, '')).join('|')
  return createHash('sha256').update(text).digest().readUInt8(0) < 32
}

/** Samples of an application; classes with fewer than two texts teach nothing and are left out. */
export async function samplesFor(ctx: Ctx, application: string): Promise<TrainingSample[]> {
  const most = await setting(ctx, sampleGoal)
  const found: TrainingSample[] = []
  for (const source of trainingSource.all()) found.push(...((await source(ctx, application, most)) ?? []))
  const counts = new Map<string, number>()
  for (const one of found) counts.set(one.label, (counts.get(one.label) ?? 0) + 1)
  return found.filter((one) => (counts.get(one.label) ?? 0) >= 2)
}

function learn(job: TrainJob): Promise<Trained> {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL('./train-worker.ts', import.meta.url), { workerData: job, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } })
    const timer = setTimeout(() => {
      fail(new Error('训练超时'))
      void worker.terminate()
    }, TIMEOUT_MS)
    worker.once('message', (trained: Trained) => done(trained))
    worker.once('error', fail)
    worker.once('exit', (code) => {
      clearTimeout(timer)
      fail(new Error(`训练线程中止（${code}）`))
    })
  })
}

export const runTraining = defineJob<{ tenantId: string; modelId: string }>({
  name: 'ai.train', schema: z.object({ tenantId: z.uuid(), modelId: z.uuid() }), maxAttempts: 1,
  async run(begin, { tenantId, modelId }) {
    const inside = <T>(fn: (ctx: Ctx) => Promise<T>): Promise<T> => begin((system) => fn(inTenant(system, tenantId)))
    const change = (ctx: Ctx, values: object) => db(ctx).updateTable('ai_model').set(values).where('tenant_id', '=', tenantId).where('id', '=', modelId).execute()
    const prepared = await inside(async (ctx) => {
      const model = await db(ctx).selectFrom('ai_model').select(['application', 'state']).where('tenant_id', '=', tenantId).where('id', '=', modelId).executeTakeFirst()
      if (model?.state !== 'waiting') return null
      await change(ctx, { state: 'training' })
      return { application: model.application, samples: await samplesFor(ctx, model.application), least: await setting(ctx, leastSamples) }
    })
    if (!prepared) return
    const asSample = (one: TrainingSample): Sample => ({ fields: one.fields, label: one.label, group: one.fields.map((f) => f.text).join('|') })
    const [train, test] = [prepared.samples.filter((s) => !isFrozen(s)).map(asSample), prepared.samples.filter(isFrozen).map(asSample)]
    try {
      if (prepared.samples.length < prepared.least || new Set(train.map((s) => s.label)).size < 2) throw new Error(`可用于训练的工单只有 ${prepared.samples.length} 件，至少 ${prepared.least} 件、两个类别`)
      const trained = await learn({ train, test, candidates: 3 })
      const stored = await putContent(Readable.from([trained.bytes]))
      await inside(async (ctx) => {
        const now = ts(ctx.clock.now())
        const hit1 = test.length > 0 ? trained.quality.hit1.value : null
        await change(ctx, { state: 'evaluated', storage_key: stored.key, sha256: stored.sha256, size_bytes: stored.size, samples: train.length, classes: trained.classes, threshold: trained.threshold, hit1, trained_at: now, card: json({ heldBack: test.length, macroF1: trained.quality.macroF1 }) })
        if (test.length > 0) await db(ctx).insertInto('ai_evaluation').values({ tenant_id: tenantId, id: newId(), application: prepared.application, model_id: modelId, dataset: '本中心已确认工单', split: '按文本固定的八分之一，从不用于训练', samples: test.length, quality: json(trained.quality as never), at: now, by_name: ctx.actor.name }).execute()
        ctx.signal('ai.models')
      })
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      await inside(async (ctx) => {
        ctx.log.error({ err: error, model: modelId }, 'training failed')
        await change(ctx, { state: 'failed', why: why.slice(0, 300) })
        ctx.signal('ai.models')
      })
    }
  },
})
