// Rows of assessment as its use-cases read them.
import { expressionBuilder, type Kysely, type Selectable } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { SharedViews } from '../../kernel/db/views.gen.ts'
import { newId } from '../../kernel/runtime.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Instant } from '../../kernel/time/index.ts'
import type { Indicator } from '../data/index.ts'
import { assessmentFail } from './assessment.errors.ts'
import { definition, type Definition } from './rules.ts'
import type { AssessmentTables } from './tables.gen.ts'

/** For `visible`: orders stand as `o`. */
export const orderScope = expressionBuilder() as never

export const db = (ctx: Ctx): Kysely<AssessmentTables & SharedViews> => ctx.db<AssessmentTables>()

export type Model = Selectable<AssessmentTables['assessment_model']>
type ModelVersion = Omit<Selectable<AssessmentTables['assessment_model_version']>, 'definition'> & { definition: Definition }
export type Period = Selectable<AssessmentTables['assessment_period']>
export type ObjectRow = Selectable<AssessmentTables['assessment_object']>
export type PeriodState = 'open' | 'calculating' | 'inReview' | 'published' | 'frozen'
type RunState = 'live' | 'calculated' | 'inReview' | 'returned' | 'published' | 'replaced' | 'withdrawn'

/** Definitions a snapshot was taken by: later changes of the catalogue do not reach it. */
export type SnapshotPins = { from: Instant; before: Instant; indicators: Indicator[]; groups: { fact: string; date: string; codes: string[] }[]; units: Record<string, string[]>; figures?: Figures }
/** Object → input → what was entered and approved, or the score of another model; `value` null: none, and why. */
export type Figures = Record<string, Record<string, { value: string | null; reason: string; sheetId?: string; periodId?: string }>>
/** An object as it was when a run was computed. */
export type PinnedObject = { id: string; kind: 'unit' | 'area' | 'person' | 'group' | 'external'; refId: string | null; areaCode: string | null; members: string[]; name: string; peer: string; goalRank: number | null }
type RunPins = { definition: Definition; objects: PinnedObject[] }
export type Snapshot = { id: string; period_id: string; number: number; kind: string; taken_at: Instant; pins: SnapshotPins; row_count: number }
export type Run = Omit<Selectable<AssessmentTables['assessment_run']>, 'pins' | 'state'> & { pins: RunPins; state: RunState }
/** An item's score as stored: decimals as text; `value` is exact. */
export type StoredItem = { code: string; value: string | null; weight: string; points: string | null; lost: string | null; rank: number | null; spread: boolean }
export type ScoreRow = Omit<Selectable<AssessmentTables['assessment_score']>, 'items' | 'raw_items' | 'counts' | 'raw_counts'> & { items: StoredItem[]; raw_items: StoredItem[]; counts: Record<string, string>; raw_counts: Record<string, string> }

export async function modelById(ctx: Ctx, id: string): Promise<Model> {
  const row = await db(ctx).selectFrom('assessment_model').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!row) throw assessmentFail('notFound')
  return row
}

/** Oldest first. */
export async function versionsOf(ctx: Ctx, modelId: string): Promise<ModelVersion[]> {
  const rows = await db(ctx).selectFrom('assessment_model_version').selectAll().where('tenant_id', '=', ctx.tenantId).where('model_id', '=', modelId).orderBy('version').execute()
  return rows.map((row) => ({ ...row, definition: definition.parse(row.definition) }))
}

/** The rules of a period: those in force on its first day. @throws assessment.noVersion */
export async function versionFor(ctx: Ctx, model: Model, fromDay: string): Promise<ModelVersion> {
  const found = (await versionsOf(ctx, model.id)).findLast((v) => v.from_day <= fromDay)
  if (!found) throw assessmentFail('noVersion', { params: { name: model.name, day: fromDay } })
  return found
}

export async function periodById(ctx: Ctx, id: string): Promise<Period> {
  const row = await db(ctx).selectFrom('assessment_period').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!row) throw assessmentFail('notFound')
  return row
}

export async function lockPeriod(ctx: Ctx, id: string): Promise<Period> {
  const row = await db(ctx).selectFrom('assessment_period').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw assessmentFail('notFound')
  return row
}

export async function runById(ctx: Ctx, id: string): Promise<Run> {
  const row = await db(ctx).selectFrom('assessment_run').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!row) throw assessmentFail('notFound')
  return row as unknown as Run // states are held by a check constraint, pins by who wrote them
}

export async function runsOf(ctx: Ctx, periodId: string): Promise<Run[]> {
  const rows = await db(ctx).selectFrom('assessment_run').selectAll().where('tenant_id', '=', ctx.tenantId).where('period_id', '=', periodId).orderBy('number').execute()
  return rows as unknown as Run[]
}

export async function snapshotById(ctx: Ctx, id: string): Promise<Snapshot> {
  const row = await db(ctx).selectFrom('assessment_snapshot').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!row) throw assessmentFail('notFound')
  return row as unknown as Snapshot
}

export async function scoresOf(ctx: Ctx, runId: string): Promise<ScoreRow[]> {
  const rows = await db(ctx).selectFrom('assessment_score').selectAll().where('tenant_id', '=', ctx.tenantId).where('run_id', '=', runId).orderBy('rank').orderBy('name').execute()
  return rows as unknown as ScoreRow[]
}

/** Who did what to a period, kept for good. */
export async function step(ctx: Ctx, period: Pick<Period, 'id'>, runId: string | null, act: string, text = ''): Promise<void> {
  await db(ctx).insertInto('assessment_step').values({ tenant_id: ctx.tenantId, id: newId(), period_id: period.id, run_id: runId, act, text, at: ts(ctx.clock.now()), by_id: ctx.actor.id, by_name: ctx.actor.name }).execute()
}
