// Indicators and models as they stand: what ships, and over it the centre's own.
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { qualityFail } from '../quality.errors.ts'
import { db } from '../quality.queries.ts'
import type * as contract from './screening-contract.ts'
import { indicatorDefinition, indicatorKinds, screeningDefinition, scoringDefinition, type Indicator, type Scoring } from './screening.ts'
import { indicatorKindNames, shippedParts } from './screening.zh-CN.ts'

type PartKind = 'indicator' | 'screening' | 'scoring'
type Held = { id: string; kind: PartKind; name: string; state: 'active' | 'stopped' | 'removed'; definition: unknown; version: number; at: Instant | null; byName: string | null; shipped: boolean }

async function parts(ctx: Ctx): Promise<Map<string, Held>> {
  const rows = await db(ctx).selectFrom('quality_screening_part').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('at').limit(500).execute()
  const shipped = shippedParts.map((one): Held => ({ ...one, state: 'active', version: 0, at: null, byName: null, shipped: true }))
  const own = rows.map((row): Held => ({ id: row.id, kind: row.kind as PartKind, name: row.name, state: row.state as Held['state'], definition: row.definition, version: row.version, at: row.at, byName: row.by_name, shipped: shippedParts.some((one) => one.id === row.id) }))
  return new Map([...shipped, ...own].map((one) => [one.id, one]))
}
const living = (all: Map<string, Held>, kind: PartKind) => [...all.values()].flatMap(({ kind: k, state, ...one }) => (k === kind && state !== 'removed' ? [{ ...one, state }] : []))
const indicatorsOf = (all: Map<string, Held>) => living(all, 'indicator').map((one) => ({ ...one, definition: indicatorDefinition.parse(one.definition) }))
const scoringsOf = (all: Map<string, Held>) => living(all, 'scoring').map((one) => ({ ...one, definition: scoringDefinition.parse(one.definition) }))
const screeningsOf = (all: Map<string, Held>) => living(all, 'screening').map((one) => ({ ...one, definition: screeningDefinition.parse(one.definition) }))

export type Model = { id: string; name: string; days: number; indicators: Indicator[]; scoring: Scoring }

/** The screening models that run, each with what it needs; those whose scoring model is gone or stopped are left out. */
export async function models(ctx: Ctx): Promise<Model[]> {
  const all = await parts(ctx)
  const [indicators, scorings] = [new Map(indicatorsOf(all).filter((one) => one.state === 'active').map((one) => [one.id, one])), new Map(scoringsOf(all).filter((one) => one.state === 'active').map((one) => [one.id, one.definition]))]
  return screeningsOf(all).flatMap((one): Model[] => {
    const scoring = scorings.get(one.definition.scoringId)
    if (one.state !== 'active' || !scoring) return []
    return [{ id: one.id, name: one.name, days: one.definition.days, scoring, indicators: one.definition.indicatorIds.flatMap((id) => { const held = indicators.get(id); return held ? [{ ...held.definition, id, name: held.name }] : [] }) }]
  })
}

export async function listParts(ctx: Ctx): Promise<Output<typeof contract.listScreeningParts>> {
  authorize(ctx, 'quality.read')
  const all = await parts(ctx)
  const runs = new Map((await db(ctx).selectFrom('quality_screening_run').selectAll().where('tenant_id', '=', ctx.tenantId).execute()).map((one) => [one.model_id, { startedAt: one.started_at, endedAt: one.ended_at, examined: one.examined, byName: one.by_name }]))
  return {
    indicators: indicatorsOf(all).map((one) => ({ ...one, kindName: indicatorKindNames[one.definition.kind] })), scorings: scoringsOf(all), screenings: screeningsOf(all).map((one) => ({ ...one, lastRun: runs.get(one.id) ?? null })),
    kinds: indicatorKinds.map((value) => ({ value, label: indicatorKindNames[value] })),
  }
}

/** Why a part cannot be saved so; the other parts are those that stand. */
function fault(all: Map<string, Held>, input: Input<typeof contract.saveScreeningPart>): { path: string; message: string } | null {
  if (input.part === 'scoring') return input.definition.low < input.definition.high ? null : { path: 'definition.low', message: '低分线须低于高分线' }
  if (input.part === 'indicator') return null
  const scoring = scoringsOf(all).find((one) => one.id === input.definition.scoringId)
  if (!scoring) return { path: 'definition.scoringId', message: '没有这个打分模型' }
  const known = new Set(indicatorsOf(all).map((one) => one.id))
  if (input.definition.indicatorIds.some((id) => !known.has(id))) return { path: 'definition.indicatorIds', message: '所选指标已删除' }
  return input.definition.indicatorIds.some((id) => (scoring.definition.weights[id] ?? 0) > 0) ? null : { path: 'definition.scoringId', message: '该打分模型没有给所选指标权重' }
}

/** A new part or a change of one. Errors: quality.partFault (422), quality.partNotFound (404), quality.changed (409). */
export async function savePart(ctx: Ctx, input: Input<typeof contract.saveScreeningPart>): Promise<Output<typeof contract.saveScreeningPart>> {
  authorize(ctx, 'quality.manage')
  const all = await parts(ctx)
  const held = input.id === null ? null : all.get(input.id)
  if (held === undefined || (held && (held.kind !== input.part || held.state === 'removed'))) throw qualityFail('partNotFound')
  if (held && held.version !== input.version) throw qualityFail('changed', { current: { version: held.version, byName: held.byName } })
  const wrong = fault(all, input)
  if (wrong) throw qualityFail('partFault', { params: { fault: wrong.message }, fields: [wrong] })
  const id = held?.id ?? newId()
  await keep(ctx, { id, kind: input.part, name: input.name, state: input.state, definition: input.definition }, held ?? null)
  return { id, version: (held?.version ?? 0) + 1 }
}

async function keep(ctx: Ctx, part: Pick<Held, 'id' | 'kind' | 'name' | 'state' | 'definition'>, held: Held | null): Promise<void> {
  const row = { name: part.name, state: part.state, definition: json(part.definition as never), version: (held?.version ?? 0) + 1, at: ts(ctx.clock.now()), by_name: ctx.actor.name }
  const done = await db(ctx).insertInto('quality_screening_part').values({ tenant_id: ctx.tenantId, id: part.id, kind: part.kind, ...row })
    .onConflict((c) => c.columns(['tenant_id', 'id']).doUpdateSet(row).where('quality_screening_part.version', '=', held?.version ?? 0)).returning('id').executeTakeFirst()
  if (!done) throw qualityFail('changed')
  ctx.audit({ module: 'quality', act: 'saveQualityScreeningPart', objectType: 'key:parameter', objectId: part.id, changes: { [part.name]: { old: held ? { name: held.name, state: held.state, definition: held.definition } : null, new: { name: part.name, state: part.state, definition: part.definition } } } })
}

/** What a model leans on stays; scores made with it keep its name and its findings. */
export async function removePart(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'quality.manage')
  const all = await parts(ctx)
  const held = all.get(input.id)
  if (!held || held.state === 'removed') throw qualityFail('partNotFound')
  const user = screeningsOf(all).find((one) => one.id !== held.id && (one.definition.scoringId === held.id || one.definition.indicatorIds.includes(held.id)))
  if (user) throw qualityFail('partUsed', { params: { name: user.name } })
  await keep(ctx, { ...held, state: 'removed' }, held)
  return {}
}
