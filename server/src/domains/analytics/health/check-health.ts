// The health check, asked of the semantic layer under the reader's own scope: what a leader of a county sees is the county's.
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { catalogueOf, factOf, figures, isBasic, onDay, periodBefore, type Catalogue } from '../../data/index.ts'
import { localDate } from '../../../kernel/time/index.ts'
import { tenantById } from '../../platform/index.ts'
import { analyticsFail } from '../analytics.errors.ts'
import { db } from '../boards.ts'
import { dataBegan } from '../named-period.ts'
import { healthTexts, levelNames } from '../texts.zh-CN.ts'
import { delivered } from './delivered.ts'
import { faultsOfModel, judge, levelOf, measured, model, type Factor, type Model } from './health.ts'
import type * as contract from './health-contract.ts'

type Answer = Output<typeof contract.healthRoute>
type Ask = { from: string; to: string; where: Input<typeof contract.healthRoute>['where'] }
type Member = Answer['rising'][number]
/** Where a factor comes from is told by its largest parts. */
const TOP = 3
const RISING = 6
const LEAST_RISING = 3
const MOST_CATEGORIES = 2000

async function held(ctx: Ctx): Promise<{ model: Model; edit: number; changedAt: Answer['changedAt']; changedByName: string | null }> {
  const row = await db(ctx).selectFrom('analytics_health_model').selectAll().where('tenant_id', '=', ctx.tenantId).executeTakeFirst()
  return row ? { model: model.parse(row.definition), edit: row.edit, changedAt: row.changed_at, changedByName: row.changed_by_name } : { model: delivered, edit: 0, changedAt: null, changedByName: null }
}

export async function checkHealth(ctx: Ctx, input: Input<typeof contract.healthRoute>): Promise<Answer> {
  authorize(ctx, 'data.read')
  const own = await held(ctx)
  const { factors, bands } = own.model
  const catalogue = await catalogueOf(ctx)
  const ask: Ask = { from: input.from, to: input.to, where: input.where }
  const began = await dataBegan(ctx)
  const answer = await asked(ctx, ask, factors, began)
  const judged = judge(factors, valuesOf(factors, answer))
  const troubles = [...new Set(factors.flatMap((f) => (f.trouble !== undefined && isCounted(catalogue, f.trouble, input.to) ? [f.trouble] : [])))]
  const parts = await figures(ctx, { ...ask, indicators: [...new Set(['received', ...troubles])], dimensions: ['category'], below: false, known: false, limit: MOST_CATEGORIES, compare: 'previous' })
  const partsOf = (code: string): Member[] => parts.rows.flatMap(({ keys, values, before }) => { const key = keys[0]; const now = Number(values[code] ?? 0); return key?.key && now > 0 ? [{ ...key, now, before: answer.before === null ? null : number(before?.[code]) }] : [] }).toSorted((x, y) => y.now - x.now)
  const seen = factors.map((f, i): Answer['factors'][number] => {
    const column = answer.columns.find((c) => c.code === f.indicator)
    const one = judged.factors[i] ?? { value: null, score: null, lost: 0 }
    const level = one.score === null ? null : levelOf(one.score, bands)
    const counted = f.trouble !== undefined && troubles.includes(f.trouble) ? f.trouble : null
    const top = counted !== null && level !== 'calm' ? partsOf(counted).slice(0, TOP) : []
    const [now, before] = [number(answer.total[f.indicator]), number(answer.before?.total[f.indicator])]
    const name = column?.name ?? f.indicator
    return { ...f, ...one, name, unit: column?.unit ?? '', statement: column?.statement ?? '', now, before, level, counted, troubles: counted === null ? 0 : Number(parts.total[counted] ?? 0), top, words: healthTexts.words({ name, unit: column?.unit ?? '', now, before, change: f.measure === 'change', value: one.value, lost: one.lost, top: top.map((p) => `${p.name}（${p.now}）`) }) }
  })
  const course: Answer['course'] = []
  for (let at = { from: ask.from, to: ask.to }, i = 0; i < input.past; i += 1) {
    at = periodBefore(at, 'previous')
    course.unshift({ ...at, score: began === null || at.to < began ? null : judge(factors, valuesOf(factors, await asked(ctx, { ...ask, ...at }, factors, began))).score })
  }
  const level = judged.score === null ? null : levelOf(judged.score, bands)
  return {
    ...ask, asOf: answer.asOf, score: judged.score, level, levelName: level === null ? healthTexts.none : levelNames[level], factors: seen.toSorted((a, b) => b.lost - a.lost), course: [...course, { from: ask.from, to: ask.to, score: judged.score }],
    rising: partsOf('received').filter((p) => p.now >= LEAST_RISING && p.now > (p.before ?? 0)).toSorted((a, b) => b.now - (b.before ?? 0) - (a.now - (a.before ?? 0))).slice(0, RISING),
    bands, edit: own.edit, mayEdit: can(ctx, 'analytics.manage'), changedAt: own.changedAt, changedByName: own.changedByName,
  }
}

type Asked = Awaited<ReturnType<typeof figures>>
/** A period of which a part lies before the first order is no base, and has no score of its own once it lies there wholly. */
async function asked(ctx: Ctx, ask: Ask, factors: readonly Factor[], began: string | null): Promise<Asked> {
  const answer = await figures(ctx, { ...ask, indicators: [...new Set(factors.map((f) => f.indicator))], dimensions: [], below: false, known: false, limit: 1, compare: 'previous' })
  return answer.before !== null && began !== null && answer.before.from >= began ? answer : { ...answer, before: null }
}
const number = (text: string | null | undefined): number | null => (text === null || text === undefined ? null : Number(text))
const valuesOf = (factors: readonly Factor[], { total, before }: Asked): (number | null)[] => factors.map((f) => measured(f, number(total[f.indicator]), number(before?.total[f.indicator])))

/** Whether rows of orders can be opened behind it. */
function isCounted(catalogue: Catalogue, code: string, day: string): boolean {
  const entry = catalogue.get(code)
  const d = entry ? onDay(entry, day).definition : undefined
  return d !== undefined && isBasic(d) && d.aggregate === 'count' && factOf(d.fact)?.own === undefined
}

/** Replaces the model; null brings the delivered one back. @throws analytics.modelFault, analytics.changed */
export async function keepHealthModel(ctx: Ctx, input: Input<typeof contract.keepHealthRoute>): Promise<Output<typeof contract.keepHealthRoute>> {
  authorize(ctx, 'analytics.manage')
  const next = input.model ?? delivered
  const catalogue = await catalogueOf(ctx)
  const today = localDate(ctx.clock.now(), (await tenantById(ctx, ctx.tenantId)).timeZone)
  const faults = faultsOfModel(next, (code) => { const entry = catalogue.get(code); return entry !== undefined && entry.state !== 'stopped' }, (code) => isCounted(catalogue, code, today))
  if (faults.length > 0) throw analyticsFail('modelFault', { params: { fault: faults[0]?.message ?? '' }, fields: faults.map((f) => ({ path: `model.${f.path}`, message: f.message })) })
  await db(ctx).insertInto('analytics_health_model').values({ tenant_id: ctx.tenantId, definition: json(delivered as never), edit: 0, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }).onConflict((c) => c.column('tenant_id').doNothing()).execute()
  const row = await db(ctx).updateTable('analytics_health_model').set({ definition: json(next as never), edit: input.edit + 1, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('edit', '=', input.edit).returning('edit').executeTakeFirst()
  if (!row) throw analyticsFail('modelChanged', { params: { by: (await held(ctx)).changedByName ?? '' } })
  return { edit: row.edit }
}
