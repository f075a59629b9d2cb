// The classifier of the sign-in queue: trained daily on what people signed, used only where its own trial was good enough (ORD-24).
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { searchTokens } from '../../../kernel/text/index.ts'
import { DAY, HOUR, plus, type Instant } from '../../../kernel/time/index.ts'
import { setting } from '../../platform/index.ts'
import { db } from '../orders.queries.ts'
import { featuresOf, probability, train, trial, type Model, type Signed } from './sign-classifier.ts'
import { signModelOn, signModelThreshold } from './upper.settings.ts'

/** Stamp of what the model signed, before the probability. */
export const MODEL_RULE = '分类模型'

const MOST = 5000
/** Less history teaches nothing; less tried orders prove nothing. */
const LEAST_EXAMPLES = 100
const LEAST_TRIED = 20

/** Signed by people: right where the order went on, wrong where it was withdrawn or went back upward. Those still at the desk say nothing yet. */
async function examples(ctx: Ctx) {
  const { rows } = await sql<Signed & { good: boolean }>`select * from (select upper_platform, dispatch_kind, appeal_type, urgency, category_id, matter_id, title, state not in ('withdrawn') as good, upper_signed_at from order_order
    where tenant_id = ${ctx.tenantId} and upper_platform is not null and upper_sign_rule is null and upper_signed_at >= ${ts(plus(ctx.clock.now(), -365 * DAY))} and state not in ('draft', 'pendingReview', 'merged') order by upper_signed_at desc limit ${MOST}) as latest order by upper_signed_at`.execute(ctx.db())
  return rows.map((row) => ({ features: featuresOf(row, searchTokens(row.title)), good: row.good }))
}

/** Once a day; the newest fifth is kept apart for the trial. */
export async function trainSignModel(ctx: Ctx): Promise<void> {
  const before = await db(ctx).selectFrom('order_sign_model').select('trained_at').where('tenant_id', '=', ctx.tenantId).executeTakeFirst()
  if (before && before.trained_at > plus(ctx.clock.now(), -20 * HOUR)) return
  const known = await examples(ctx)
  if (known.length < LEAST_EXAMPLES) return
  const found = trial(known, await setting(ctx, signModelThreshold))
  const row = { trained_at: ts(ctx.clock.now()), examples: known.length, good: known.filter((one) => one.good).length, tested: found.tested, chosen: found.chosen, right_count: found.right, model: json(train(known) as never) }
  await db(ctx).insertInto('order_sign_model').values({ tenant_id: ctx.tenantId, ...row }).onConflict((c) => c.column('tenant_id').doUpdateSet(row)).execute()
}

type Stored = { trained_at: Instant; examples: number; good: number; tested: number; chosen: number; right_count: number; model: unknown }

const stored = (ctx: Ctx): Promise<Stored | undefined> => db(ctx).selectFrom('order_sign_model').selectAll().where('tenant_id', '=', ctx.tenantId).executeTakeFirst()
/** Its own trial: enough orders chosen, and of these at least the threshold rightly. */
const proven = (row: Stored, threshold: number): boolean => row.chosen >= LEAST_TRIED && row.right_count / row.chosen >= threshold

/** The probability where the model may sign this order; null where it is off, unproven or unsure. */
export async function modelSigns(ctx: Ctx, order: Signed): Promise<number | null> {
  if (!(await setting(ctx, signModelOn))) return null
  const row = await stored(ctx)
  const threshold = await setting(ctx, signModelThreshold)
  if (!row || !proven(row, threshold)) return null
  const p = probability(row.model as Model, featuresOf(order, searchTokens(order.title))) // written by trainSignModel only
  return p >= threshold ? p : null
}

export async function signModelState(ctx: Ctx) {
  authorize(ctx, 'orders.manageSignRules')
  const [row, on, threshold] = await Promise.all([stored(ctx), setting(ctx, signModelOn), setting(ctx, signModelThreshold)])
  return { on, threshold, leastExamples: LEAST_EXAMPLES, trained: row ? { at: row.trained_at, examples: row.examples, good: row.good, tested: row.tested, chosen: row.chosen, right: row.right_count, proven: proven(row, threshold) } : null }
}
