// Rules as people keep them: versions from a period on, and a trial on a past period before they hold.
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { addDays, localDate } from '../../kernel/time/index.ts'
import Fraction from 'fraction.js'
import { catalogueOf, closure, decimal, formulaFunctions, isBasic, onDay } from '../data/index.ts'
import { appealTypeNames } from '../orders/index.ts'
import { setting, tenantById } from '../platform/index.ts'
import { assessmentFail } from './assessment.errors.ts'
import { db, modelById, periodById, runById, scoresOf, snapshotById, versionsOf, type Model, type Snapshot } from './assessment.queries.ts'
import { compute, exact } from './compute-run.ts'
import type * as contract from './contract.ts'
import { figuresFor } from './figures/freeze.ts'
import { periodHolding } from './periods.ts'
import { checkDefinition, indicatorsOf, type Definition } from './rules.ts'
import { monthStartDay } from './settings.ts'
import { modelTemplates } from './shipped.zh-CN.ts'
import { pinsOf, takeSnapshot } from './snapshot.ts'

type View = Output<typeof contract.addVersionRoute>
export const todayOf = async (ctx: Ctx): Promise<string> => localDate(ctx.clock.now(), (await tenantById(ctx, ctx.tenantId)).timeZone)

async function view(ctx: Ctx, model: Model): Promise<View> {
  const [versions, today] = [await versionsOf(ctx, model.id), await todayOf(ctx)]
  const level = await db(ctx).selectFrom('assessment_level').select(['name']).where('tenant_id', '=', ctx.tenantId).where('id', '=', model.level_id).executeTakeFirstOrThrow()
  const objects = await db(ctx).selectFrom('assessment_object').select((eb) => eb.fn.countAll<number>().as('n')).where('tenant_id', '=', ctx.tenantId).where('level_id', '=', model.level_id).where((eb) => eb.or([eb('to_day', 'is', null), eb('to_day', '>=', today)])).executeTakeFirstOrThrow()
  return {
    id: model.id, code: model.code, name: model.name, levelId: model.level_id, levelName: level.name, objects: Number(objects.n), current: versions.findLast((v) => v.from_day <= today)?.version ?? null,
    versions: versions.toReversed().map((v) => ({ version: v.version, fromDay: v.from_day, definition: v.definition, reason: v.reason, at: v.at, byName: v.by_name })),
  }
}

export async function listModels(ctx: Ctx): Promise<Output<typeof contract.modelsRoute>> {
  authorize(ctx, 'assessment.manage')
  const models = await db(ctx).selectFrom('assessment_model').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('created_at').orderBy('code').execute()
  const today = await todayOf(ctx)
  const indicators = [...(await catalogueOf(ctx)).values()].filter((e) => e.state === 'active').map((entry) => {
    const { definition: d } = onDay(entry, today)
    return { code: entry.code, name: entry.name, unit: d.unit, scale: d.scale, counted: isBasic(d), statement: d.statement, formula: isBasic(d) ? null : d.formula }
  })
  return { items: await Promise.all(models.map((m) => view(ctx, m))), indicators, appealTypes: Object.entries(appealTypeNames).map(([value, label]) => ({ value, label })), templates: [...modelTemplates], functions: formulaFunctions }
}

/** Every name exists, nothing is circular, weights add up. */
async function check(ctx: Ctx, definition: Definition, own: string): Promise<void> {
  const models = await db(ctx).selectFrom('assessment_model').select('code').where('tenant_id', '=', ctx.tenantId).execute()
  definition.inputs.forEach((one, i) => {
    if (one.source === 'score' && (one.model === own || !models.some((m) => m.code === one.model))) throw assessmentFail('ruleFault', { params: { fault: `没有可取成绩的模型“${one.model}”` }, fields: [{ path: `definition.inputs.${i}.model`, message: '请选择另一个评分模型' }] })
  })
  const catalogue = await catalogueOf(ctx)
  checkDefinition(definition, (code) => catalogue.get(code)?.state === 'active')
  closure(catalogue, indicatorsOf(definition), '9999-12-31')
  await pinsOf(ctx, { from_day: '2000-01-01', to_day: await todayOf(ctx) }, definition)
}

/** A period has one set of rules: they can only begin where a period does. @throws assessment.fromDay */
async function requireFirstDay(ctx: Ctx, modelId: string | null, fromDay: string): Promise<void> {
  const startDay = await setting(ctx, monthStartDay)
  const last = modelId ? (await versionsOf(ctx, modelId)).at(-1)?.from_day : undefined
  const used = modelId ? await db(ctx).selectFrom('assessment_period').select(({ fn }) => fn.max('to_day').as('to')).where('tenant_id', '=', ctx.tenantId).where('model_id', '=', modelId).where('state', '<>', 'open').executeTakeFirst() : undefined
  const least = [last, used?.to ?? undefined].reduce<string | undefined>((a, b) => (a === undefined || (b !== undefined && b > a) ? b : a), undefined)
  const first = periodHolding('month', fromDay, startDay).from === fromDay
  if (!first || (last !== undefined && fromDay <= last) || (used?.to && fromDay <= used.to)) {
    const day = least ? addDays(periodHolding('month', least, startDay).to, 1) : periodHolding('month', fromDay, startDay).from
    throw assessmentFail('fromDay', { rule: 'assessment.fromDay', params: { day }, fields: [{ path: 'fromDay', message: `请选择考核期首日，如 ${day}` }] })
  }
}

export async function createModel(ctx: Ctx, input: Input<typeof contract.createModelRoute>): Promise<View> {
  authorize(ctx, 'assessment.manage')
  const taken = await db(ctx).selectFrom('assessment_model').select('id').where('tenant_id', '=', ctx.tenantId).where('code', '=', input.code).executeTakeFirst()
  if (taken) throw assessmentFail('codeTaken', { params: { code: input.code }, fields: [{ path: 'code', message: '编码已被使用' }] })
  const level = await db(ctx).selectFrom('assessment_level').select('id').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.levelId).executeTakeFirst()
  if (!level) throw assessmentFail('notFound')
  await check(ctx, input.definition, input.code)
  await requireFirstDay(ctx, null, input.fromDay)
  const id = newId()
  await db(ctx).insertInto('assessment_model').values({ tenant_id: ctx.tenantId, id, code: input.code, name: input.name, level_id: input.levelId, created_at: ts(ctx.clock.now()) }).execute()
  await keep(ctx, id, 1, input)
  return view(ctx, await modelById(ctx, id))
}

async function keep(ctx: Ctx, modelId: string, version: number, input: { fromDay: string; definition: Definition; reason: string }): Promise<void> {
  await db(ctx).insertInto('assessment_model_version').values({ tenant_id: ctx.tenantId, model_id: modelId, version, from_day: input.fromDay, definition: json(input.definition as never), reason: input.reason, at: ts(ctx.clock.now()), by_name: ctx.actor.name }).execute()
  ctx.audit({ module: 'assessment', act: 'keepRules', objectType: 'key:parameter', objectId: modelId, changes: { version: { old: version - 1, new: version }, fromDay: { old: null, new: input.fromDay } } })
}

export async function addVersion(ctx: Ctx, input: Input<typeof contract.addVersionRoute>): Promise<View> {
  authorize(ctx, 'assessment.manage')
  const model = await modelById(ctx, input.id)
  await check(ctx, input.definition, model.code)
  await requireFirstDay(ctx, model.id, input.fromDay)
  await keep(ctx, model.id, ((await versionsOf(ctx, model.id)).at(-1)?.version ?? 0) + 1, input)
  return view(ctx, model)
}

/** The rules on a past period's rows, beside what stands: nothing of it is kept. */
export async function tryRules(ctx: Ctx, input: Input<typeof contract.tryRulesRoute>): Promise<Output<typeof contract.tryRulesRoute>> {
  authorize(ctx, 'assessment.manage')
  const period = await periodById(ctx, input.id)
  const standing = period.published_run_id ?? period.working_run_id
  if (!standing) throw assessmentFail('notFound')
  await check(ctx, input.definition, (await modelById(ctx, period.model_id)).code)
  const run = await runById(ctx, standing)
  const held = await snapshotById(ctx, run.snapshot_id)
  const before = new Map((await scoresOf(ctx, run.id)).map((s) => [s.object_id, s]))
  // Frozen rows serve where they carry all that the new rules count; else rows are taken for the trial and dropped.
  const { pins } = await pinsOf(ctx, period, input.definition)
  const serves = pins.groups.every((g) => held.pins.groups.some((h) => h.fact === g.fact && h.date === g.date && g.codes.every((c) => h.codes.includes(c))))
  const snapshot: Snapshot = serves ? { ...held, pins: { ...held.pins, indicators: [...pins.indicators.filter((i) => !held.pins.indicators.some((h) => h.code === i.code)), ...held.pins.indicators], figures: await figuresFor(ctx, period, input.definition) } } : await takeSnapshot(ctx, period, input.definition, 'run')
  const { rows } = await compute(ctx, snapshot, serves ? run.corrections : 0, input.definition, run.pins.objects)
  if (!serves) {
    await db(ctx).deleteFrom('assessment_fact').where('tenant_id', '=', ctx.tenantId).where('snapshot_id', '=', snapshot.id).execute()
    await db(ctx).deleteFrom('assessment_snapshot').where('tenant_id', '=', ctx.tenantId).where('id', '=', snapshot.id).execute()
  }
  const difference = (a: string | null, b: string | null): string | null => (a === null || b === null ? null : decimal((exact(b) ?? new Fraction(0)).sub(exact(a) ?? 0), input.definition.scale))
  return {
    items: rows.map((r) => {
      const b = before.get(r.object_id)
      return { objectId: r.object_id, name: r.name, before: b?.total ?? null, after: r.total, difference: difference(b?.total ?? null, r.total), rankBefore: b?.rank ?? null, rankAfter: r.rank }
    }).toSorted((a, b) => (a.rankAfter ?? 1e9) - (b.rankAfter ?? 1e9)),
  }
}

