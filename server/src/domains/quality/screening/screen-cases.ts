// A screening model over the cases of its days: every case gets its score; once decided it keeps it.
import { sql } from 'kysely'
import { z } from 'zod'
import { authorize } from '../../../kernel/access.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { defineJob } from '../../../kernel/jobs/job.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, HOUR, plus, toIso } from '../../../kernel/time/index.ts'
import { qualityFail } from '../quality.errors.ts'
import { db } from '../quality.queries.ts'
import { handledCases, keywordsOf, type HandledCase } from './case-facts.ts'
import { models, type Model } from './parts.ts'
import { scoreCase } from './screening.ts'

const STEP = 500
/** A run that did not come to its end is begun again after this. */
const STALE = 20 * HOUR

export const screenCases = defineJob<{ tenantId: string; modelId: string }>({
  name: 'quality.screenCases',
  schema: z.object({ tenantId: z.string(), modelId: z.string() }),
  maxAttempts: 3,
  async run(begin, { tenantId, modelId }) {
    let [after, examined]: [HandledCase | null, number] = [null, 0]
    for (;;) {
      const page: HandledCase[] = await begin((ctx) => screenSome(inTenant(ctx, tenantId), modelId, after))
      examined += page.length
      after = page.at(-1) ?? null
      if (page.length < STEP) break
    }
    await begin(async (ctx) => {
      await db(inTenant(ctx, tenantId)).updateTable('quality_screening_run').set({ ended_at: ts(ctx.clock.now()), examined }).where('tenant_id', '=', tenantId).where('model_id', '=', modelId).execute()
      inTenant(ctx, tenantId).signal('quality.screening')
    })
  },
})

/** The next page of cases; an empty page where the model is gone. */
async function screenSome(ctx: Ctx, modelId: string, after: HandledCase | null): Promise<HandledCase[]> {
  const model = (await models(ctx)).find((one) => one.id === modelId)
  if (!model) return []
  const page = await handledCases(ctx, { since: plus(ctx.clock.now(), -model.days * DAY), after: after && { closedAt: after.closed_at, id: after.id }, limit: STEP })
  const words = await keywordsOf(ctx, model.indicators)
  const scored = page.flatMap((one) => {
    const score = scoreCase({ ...one.facts, words: words(one.reply) }, model.indicators, model.scoring)
    return score ? [{ id: newId(), order_id: one.id, closed_at: toIso(one.closed_at), unit_id: one.unit_id, ...score }] : []
  })
  await keep(ctx, model, scored)
  return page
}

async function keep(ctx: Ctx, model: Model, scored: readonly object[]): Promise<void> {
  if (scored.length === 0) return
  // Nothing is written where nothing changed; what a person chose stays as he saw it.
  await sql`
    insert into quality_case_score (tenant_id, id, model_id, model_name, order_id, closed_at, unit_id, points, hits, pool, state, at)
    select ${ctx.tenantId}, d.id, ${model.id}, ${model.name}, d.order_id, d.closed_at, d.unit_id, d.points, d.hits, d.pool, 'waiting', ${ts(ctx.clock.now())}
    from jsonb_to_recordset(${JSON.stringify(scored)}::jsonb) as d(id uuid, order_id uuid, closed_at timestamptz, unit_id uuid, points int, hits jsonb, pool text)
    on conflict (tenant_id, model_id, order_id) do update set model_name = excluded.model_name, closed_at = excluded.closed_at, unit_id = excluded.unit_id, points = excluded.points, hits = excluded.hits, pool = excluded.pool, at = excluded.at
    where quality_case_score.state = 'waiting' and (quality_case_score.points, quality_case_score.hits, quality_case_score.pool, quality_case_score.closed_at) is distinct from (excluded.points, excluded.hits, excluded.pool, excluded.closed_at)`.execute(ctx.db())
}

async function begin(ctx: Ctx, model: { id: string }): Promise<void> {
  const row = { started_at: ts(ctx.clock.now()), ended_at: null, examined: 0, by_name: ctx.actor.name }
  await db(ctx).insertInto('quality_screening_run').values({ tenant_id: ctx.tenantId, model_id: model.id, ...row }).onConflict((c) => c.columns(['tenant_id', 'model_id']).doUpdateSet(row)).execute()
  ctx.enqueue(screenCases, { tenantId: ctx.tenantId, modelId: model.id }, { key: `quality.screen:${ctx.tenantId}:${model.id}` })
}

/** Every day each active model. */
export async function runDueScreenings(ctx: Ctx): Promise<void> {
  const runs = new Map((await db(ctx).selectFrom('quality_screening_run').select(['model_id', 'started_at']).where('tenant_id', '=', ctx.tenantId).execute()).map((one) => [one.model_id, one.started_at]))
  for (const model of await models(ctx)) {
    const last = runs.get(model.id)
    if (last === undefined || last <= plus(ctx.clock.now(), -STALE)) await begin(ctx, model)
  }
}

export async function runScreening(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'quality.manage')
  const model = (await models(ctx)).find((one) => one.id === input.id)
  if (!model) throw qualityFail('partNotFound')
  await begin(ctx, model)
  return {}
}
