// One object's score with the numbers put into its formulas, what would change it, and a reader's own standings.
import Fraction from 'fraction.js'
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize, can } from '../../kernel/access.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { sql } from 'kysely'
import { decimal, halfUp, isBasic, type Exact, type Indicator } from '../data/index.ts'
import { setting } from '../platform/index.ts'
import { assessmentFail } from './assessment.errors.ts'
import { db, modelById, periodById, runById, scoresOf, snapshotById, type Period, type ScoreRow, type StoredItem } from './assessment.queries.ts'
import { lostTotal, rowsOf } from './attribute.ts'
import { exact } from './compute-run.ts'
import type * as contract from './contract.ts'
import { evaluator } from './evaluate.ts'
import { ownObjects, requireObject, reviews } from './policy.ts'
import { leftOutByOrder } from './read-losses.ts'
import { brief, chosenRun, namedPeriod, runView, standingOf } from './read-periods.ts'
import { exactly, gradeOf, inputsOf, type Definition, type Item } from './rules.ts'
import { liveForUnits } from './settings.ts'
import { leftOutNames, roleNames, ruleText } from './texts.zh-CN.ts'

const numbers = (counts: Readonly<Record<string, string>>): Map<string, Fraction> => new Map(Object.entries(counts).map(([code, n]) => [code, new Fraction(n)]))
const at = (values: ReadonlyMap<string, Exact>, indicator: Indicator | undefined, code: string): string => decimal(values.get(code) ?? null, indicator?.definition.scale ?? 2) ?? '–'

/** The formula of an item with names, then with numbers, down to what was counted: `解决率 = 解决件数 86 ÷ 回访量 100 × 100`. */
function inNumbers(item: Item, indicators: ReadonlyMap<string, Indicator>, values: ReadonlyMap<string, Exact>): { formula: string; calculation: string; used: string[] } {
  const used: string[] = []
  const expanded = (text: string, depth: number): string => text.replace(/[A-Za-z_][A-Za-z0-9_]*/g, (name) => {
    const found = indicators.get(name)
    if (!found) return name
    if (!used.includes(name)) used.push(name)
    return isBasic(found.definition) || depth > 3 ? name : `(${expanded(found.definition.formula, depth + 1)})`
  })
  const tree = expanded(item.value, 0)
  const put = (with_: (name: string) => string): string => tree.replace(/[A-Za-z_][A-Za-z0-9_]*/g, (name) => (indicators.has(name) ? with_(name) : name)).replace(/^\((.*)\)$/, (whole, inner: string) => (balanced(inner) ? inner : whole)).replaceAll('*', '×').replaceAll('/', '÷')
  return { formula: put((name) => indicators.get(name)?.name ?? name), calculation: put((name) => at(values, indicators.get(name), name)), used }
}
function balanced(text: string): boolean {
  let depth = 0
  for (const c of text) { depth += c === '(' ? 1 : c === ')' ? -1 : 0; if (depth < 0) return false }
  return depth === 0
}

export async function showScore(ctx: Ctx, input: Input<typeof contract.scoreRoute>): Promise<Output<typeof contract.scoreRoute>> {
  authorize(ctx, 'assessment.read')
  await requireObject(ctx, input.objectId)
  const period = await namedPeriod(ctx, input.id)
  const run = await chosenRun(ctx, period, input.runId)
  const scores = run ? await scoresOf(ctx, run.id) : []
  const score = scores.find((s) => s.object_id === input.objectId)
  const object = run?.pins.objects.find((o) => o.id === input.objectId)
  if (!run || !score || !object) throw assessmentFail('notFound')
  const snapshot = await snapshotById(ctx, run.snapshot_id)
  const { definition } = run.pins
  const engine = evaluator(definition, snapshot.pins.indicators)
  const [values, raw] = [engine.values(numbers(score.counts)), engine.values(numbers(score.raw_counts))]
  const apart = Map.groupBy(leftOutByOrder(await rowsOf(ctx, run, snapshot, object)).values(), (reason) => reason)
  const running = period.appeal_until_at !== null && ctx.clock.now() <= period.appeal_until_at && period.state === 'published' && run.id === period.published_run_id
  return {
    ...brief(period), standing: standingOf(run), run: runView(run), objectId: object.id, objectName: object.name, peer: object.peer, full: definition.full, total: score.total, grade: gradeOf(definition, score.total), rawTotal: score.raw_total, bonus: score.bonus, lost: score.total === null ? null : decimal(lostTotal(score), definition.scale),
    rank: score.rank, peerRank: score.peer_rank, rawRank: score.raw_rank, of: scores.filter((s) => s.rank !== null).length, goalRank: object.goalRank, appealUntil: period.appeal_until_at, mayAppeal: running && can(ctx, 'assessment.appeal') && (await ownObjects(ctx)).has(object.id),
    items: definition.items.map((item) => itemView(item, score, named(definition, engine.indicators), values, raw)),
    trend: await trend(ctx, period, object.id), leftOut: [...apart].map(([reason, all]) => ({ reason, reasonName: leftOutNames[reason], orders: all.length })),
  }
}

function itemView(item: Item, score: ScoreRow, indicators: ReadonlyMap<string, Indicator>, values: ReadonlyMap<string, Exact>, raw: ReadonlyMap<string, Exact>): Output<typeof contract.scoreRoute>['items'][number] {
  const [own, rawOwn] = [score.items.find((i) => i.code === item.code), score.raw_items.find((i) => i.code === item.code)]
  const { formula, calculation, used } = inNumbers(item, indicators, values)
  const value = exact(own?.value ?? null)
  const target = item.target === undefined ? null : exactly(item.target)
  const parts = used.toSorted((a, b) => Number(isCounted(indicators.get(b))) - Number(isCounted(indicators.get(a))))
  return {
    code: item.code, name: item.name, role: item.role, roleName: roleNames[item.role], ruleText: ruleText(item, own?.rank ?? null), basis: item.basis, cause: item.cause, formula, unit: item.unit, weight: own?.weight ?? String(item.weight), value: decimal(value, item.scale), points: own?.points ?? null, lost: own?.lost ?? null,
    // The deviation is that of what is shown.
    target: decimal(target, item.scale), deviation: target && value ? decimal(halfUp(value, item.scale).sub(target), item.scale) : null, rawValue: decimal(exact(rawOwn?.value ?? null), item.scale), rawPoints: rawOwn?.points ?? null, calculation,
    parts: parts.map((code) => ({ code, name: indicators.get(code)?.name ?? code, value: at(values, indicators.get(code), code), rawValue: at(raw, indicators.get(code), code), counted: isCounted(indicators.get(code)) })), rank: own?.rank ?? null,
    note: own?.spread ? '该项没有数据，按规则处理' : own?.value === null ? '没有可计算的数据，不计成绩' : '',
  }
}
/** Indicators, and beside them inputs: shown like what is counted, by name and as they stand. */
const named = (d: Definition, indicators: ReadonlyMap<string, Indicator>): ReadonlyMap<string, Indicator> => new Map([...indicators, ...inputsOf(d).map((one) => [one.code, { code: one.code, name: one.name, version: 0, definition: { kind: 'basic', unit: one.unit, scale: one.scale, direction: 'none', statement: one.help || one.name, fact: '', date: '', aggregate: 'count', where: [] } } as unknown as Indicator] as const)])
const isCounted = (i: Indicator | undefined): boolean => i !== undefined && isBasic(i.definition)

/** Published results up to this period, twelve at most, each with the grade of its own rules. */
async function trend(ctx: Ctx, period: Period, objectId: string): Promise<Output<typeof contract.scoreRoute>['trend']> {
  const rows = await db(ctx).selectFrom('assessment_period as p').innerJoin('assessment_score as s', (j) => j.onRef('s.tenant_id', '=', 'p.tenant_id').onRef('s.run_id', '=', 'p.published_run_id')).innerJoin('assessment_run as r', (j) => j.onRef('r.tenant_id', '=', 's.tenant_id').onRef('r.id', '=', 's.run_id'))
    .select(['p.id as periodId', 'p.name', 's.total', 's.rank', 's.items', sql<Definition['grades'] | null>`r.pins -> 'definition' -> 'grades'`.as('grades')]).where('p.tenant_id', '=', ctx.tenantId).where('p.model_id', '=', period.model_id).where('p.kind', '=', period.kind).where('p.from_day', '<=', period.from_day).where('s.object_id', '=', objectId).orderBy('p.from_day', 'desc').limit(12).execute()
  return rows.toReversed().map(({ items, grades, ...row }) => ({ ...row, grade: gradeOf({ grades: grades ?? [] }, row.total), items: (items as unknown as StoredItem[]).map(({ code, points }) => ({ code, points })) })) // written by compute-run only
}

/** What an item's other value would make of score and place: the same computation with one value put in. */
export async function simulate(ctx: Ctx, input: Input<typeof contract.simulateRoute>): Promise<Output<typeof contract.simulateRoute>> {
  authorize(ctx, 'assessment.read')
  await requireObject(ctx, input.objectId)
  const run = await chosenRun(ctx, await periodById(ctx, input.id), input.runId)
  const scores = run ? await scoresOf(ctx, run.id) : []
  const score = scores.find((s) => s.object_id === input.objectId)
  if (!run || !score?.items.some((i) => i.code === input.item)) throw assessmentFail('noValue')
  // All of them anew: places of the item, and of those whom it overtakes, change with it.
  const { indicators } = (await snapshotById(ctx, run.snapshot_id)).pins
  const after = evaluator(run.pins.definition, indicators).scores(scores.map((s) => ({ id: s.object_id, peer: s.peer, counts: numbers(s.counts) })), { id: score.object_id, item: input.item, value: exactly(input.value) })
  const own = after.find((s) => s.id === score.object_id)
  const total = own?.total ?? null
  const scale = run.pins.definition.scale
  const now = exact(score.total)
  return { total: decimal(total, scale), rank: own?.rank ?? null, totalNow: score.total, rankNow: score.rank, gain: total && now ? decimal(total.sub(now), scale) : null }
}

type Mine = Output<typeof contract.mineRoute>['items']

/** The latest published result of each of the reader's objects, and the running figures beside it, each by its name. */
export async function myAssessment(ctx: Ctx): Promise<{ items: Mine }> {
  authorize(ctx, 'assessment.read')
  const own = [...(await ownObjects(ctx))]
  if (own.length === 0) return { items: [] }
  const live = reviews(ctx) || (await setting(ctx, liveForUnits))
  const rows = await db(ctx).selectFrom('assessment_score as s').innerJoin('assessment_run as r', (j) => j.onRef('r.tenant_id', '=', 's.tenant_id').onRef('r.id', '=', 's.run_id')).innerJoin('assessment_period as p', (j) => j.onRef('p.tenant_id', '=', 'r.tenant_id').onRef('p.id', '=', 'r.period_id'))
    .select(['s.object_id as objectId', 's.name', 's.total', 's.rank', 'r.id as runId', 'r.state as runState', 'r.computed_at as computedAt', 'p.id as periodId', 'p.name as periodName', 'p.model_id as modelId', 'p.appeal_until_at as appealUntil', 'p.published_run_id as publishedRunId'])
    .where('s.tenant_id', '=', ctx.tenantId).where('s.object_id', 'in', own).where((eb) => eb.or([eb('r.state', '=', 'live'), eb('p.published_run_id', '=', eb.ref('r.id'))])).orderBy('p.from_day', 'desc').limit(2000).execute()
  const items: Mine = []
  for (const [, all] of Map.groupBy(rows, (r) => `${r.modelId} ${r.objectId}`)) {
    const [first] = all
    if (!first) continue
    const model = await modelById(ctx, first.modelId)
    const published = all.find((r) => r.runId === r.publishedRunId)
    const running = live ? all.find((r) => r.runState === 'live') : undefined
    const of = async (run: string): Promise<number> => (await scoresOf(ctx, run)).filter((s) => s.rank !== null).length
    const goal = published ?? running
    const goalRank = goal ? (await runById(ctx, goal.runId)).pins.objects.find((o) => o.id === first.objectId)?.goalRank : null
    if (!published && !running) continue
    items.push({
      objectId: first.objectId, objectName: first.name, modelName: model.name, goalRank: goalRank ?? null,
      asPublished: published ? { periodId: published.periodId, name: published.periodName, total: published.total, rank: published.rank, of: await of(published.runId), appealUntil: published.appealUntil } : null,
      live: running ? { periodId: running.periodId, name: running.periodName, total: running.total, rank: running.rank, of: await of(running.runId), asOf: running.computedAt } : null,
    })
  }
  return { items }
}

