// Entered figures as people read them: who enters and reviews sees all of a period, those assessed what stands behind their own score.
import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { filesOf, setting, type FileObject } from '../../platform/index.ts'
import { assessmentFail } from '../assessment.errors.ts'
import { db, modelById, periodById, runById, snapshotById, versionFor } from '../assessment.queries.ts'
import { ownObjects, requireObject, reviews } from '../policy.ts'
import { chosenRun } from '../read-periods.ts'
import { inputsOf } from '../rules.ts'
import { ownReview } from '../settings.ts'
import type { AssessmentTables } from '../tables.gen.ts'
import { askedFor, mayEnter } from './enter-figures.ts'
import type * as contract from './figure-contract.ts'
import { sheetSourceNames, sheetStateNames } from './figures.zh-CN.ts'
import { figuresFor } from './freeze.ts'

type Row = Selectable<AssessmentTables['assessment_figure_sheet']>
type Sheet = Output<typeof contract.enterFiguresRoute>

async function views(ctx: Ctx, sheets: readonly Row[]): Promise<Sheet[]> {
  const [first] = sheets
  if (!first) return []
  const period = await periodById(ctx, first.period_id)
  const { inputs } = await askedFor(ctx, period)
  const ids = sheets.map((s) => s.id)
  const rows = await db(ctx).selectFrom('assessment_figure as f').innerJoin('assessment_object as o', (j) => j.onRef('o.tenant_id', '=', 'f.tenant_id').onRef('o.id', '=', 'f.object_id')).select(['f.sheet_id', 'f.object_id as objectId', 'o.name as objectName', 'f.code', 'f.value', 'f.before', 'f.reason']).where('f.tenant_id', '=', ctx.tenantId).where('f.sheet_id', 'in', ids).orderBy('o.name').orderBy('f.code').execute()
  const [files, own] = [await filesOf(ctx, 'assessmentFigure', ids), await setting(ctx, ownReview)]
  return sheets.map((s) => ({
    id: s.id, periodId: s.period_id, source: s.source as Sheet['source'], sourceName: sheetSourceNames[s.source as Sheet['source']], state: s.state as Sheet['state'], stateName: sheetStateNames[s.state as Sheet['state']], note: s.note, enteredAt: s.entered_at, enteredByName: s.entered_by_name, decidedAt: s.decided_at, decidedByName: s.decided_by_name, opinion: s.opinion,
    rows: rows.filter((r) => r.sheet_id === s.id).map((r) => ({ objectId: r.objectId, objectName: r.objectName, code: r.code, value: r.value, before: r.before, reason: r.reason, name: inputs.find((i) => i.code === r.code)?.name ?? r.code, unit: inputs.find((i) => i.code === r.code)?.unit ?? '' })), files: files.get(s.id) ?? [],
    mayDecide: s.state === 'pending' && can(ctx, 'assessment.publish') && (own || s.entered_by_id !== ctx.actor.id), mayWithdraw: s.state === 'pending' && s.entered_by_id === ctx.actor.id && can(ctx, 'assessment.manage'),
  }))
}

export async function sheetView(ctx: Ctx, id: string): Promise<Sheet> {
  const [view] = await views(ctx, await db(ctx).selectFrom('assessment_figure_sheet').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute())
  if (!view) throw assessmentFail('notFound')
  return view
}

export async function listFigures(ctx: Ctx, input: Input<typeof contract.figuresRoute>): Promise<Output<typeof contract.figuresRoute>> {
  const period = await periodById(ctx, input.id)
  const model = await modelById(ctx, period.model_id)
  const { definition } = await versionFor(ctx, model, period.from_day)
  const { inputs, objects } = await askedFor(ctx, period)
  const sheets = await views(ctx, await db(ctx).selectFrom('assessment_figure_sheet').selectAll().where('tenant_id', '=', ctx.tenantId).where('period_id', '=', period.id).orderBy('entered_at', 'desc').orderBy('id', 'desc').limit(100).execute())
  const waiting = new Set(sheets.filter((s) => s.state === 'pending').flatMap((s) => s.rows.map((r) => `${r.objectId} ${r.code}`)))
  const figures = await figuresFor(ctx, period, definition)
  const names = new Map((await db(ctx).selectFrom('assessment_model').select(['code', 'name']).where('tenant_id', '=', ctx.tenantId).execute()).map((m) => [m.code, m.name]))
  const standing = period.published_run_id ?? period.working_run_id
  const frozen = standing ? ((await snapshotById(ctx, (await runById(ctx, standing)).snapshot_id)).pins.figures ?? {}) : null
  return {
    periodName: period.name, modelName: model.name, inputs: inputs.map((i) => ({ code: i.code, name: i.name, unit: i.unit, scale: i.scale, source: i.source, modelName: i.source === 'score' ? (names.get(i.model) ?? i.model) : null, help: i.help, least: i.least ?? null, most: i.most ?? null })), objects: objects.map(({ id, name, peer }) => ({ id, name, peer })),
    figures: objects.flatMap((o) => inputs.map((i) => { const f = figures[o.id]?.[i.code]; return { objectId: o.id, code: i.code, value: f?.value ?? null, reason: f?.reason ?? '', sheetId: f?.sheetId ?? null, periodId: f?.periodId ?? null, pending: waiting.has(`${o.id} ${i.code}`) } })),
    sheets, mayEnter: can(ctx, 'assessment.manage') && mayEnter(period), why: mayEnter(period) ? '' : period.state === 'frozen' ? '成绩已冻结；要改数据，请先重新核算' : '正在核算', behind: frozen !== null && objects.some((o) => frozen[o.id] && inputs.some((i) => (frozen[o.id]?.[i.code]?.value ?? null) !== (figures[o.id]?.[i.code]?.value ?? null))),
  }
}

/** What a stored result read besides orders, for one object, with its evidence. */
export async function listObjectFigures(ctx: Ctx, input: Input<typeof contract.objectFiguresRoute>): Promise<Output<typeof contract.objectFiguresRoute>> {
  authorize(ctx, 'assessment.read')
  await requireObject(ctx, input.objectId)
  const run = await chosenRun(ctx, await periodById(ctx, input.id), input.runId)
  if (!run?.pins.objects.some((o) => o.id === input.objectId)) throw assessmentFail('notFound')
  const figures = (await snapshotById(ctx, run.snapshot_id)).pins.figures?.[input.objectId] ?? {}
  const ids = [...new Set(Object.values(figures).flatMap((f) => f.sheetId ?? []))]
  const sheets = new Map(ids.length === 0 ? [] : (await db(ctx).selectFrom('assessment_figure_sheet').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', 'in', ids).execute()).map((s) => [s.id, s]))
  const open: string[] = []
  for (const id of ids) if (await mayOpenFigureFile(ctx, { objectId: id })) open.push(id)
  const files = await filesOf(ctx, 'assessmentFigure', open)
  return {
    items: inputsOf(run.pins.definition).map((one) => {
      const f = figures[one.code]
      const sheet = sheets.get(f?.sheetId ?? '')
      return { code: one.code, name: one.name, unit: one.unit, value: f?.value ?? null, reason: f?.reason ?? '', periodId: f?.periodId ?? null, note: sheet?.note ?? '', enteredAt: sheet?.entered_at ?? null, enteredByName: sheet?.entered_by_name ?? null, decidedByName: sheet?.decided_by_name ?? null, files: (files.get(f?.sheetId ?? '') ?? []) }
    }),
  }
}

/** Answers `fileAccess` for evidence of figures: to reviewers, and to those whose published score reads it and who see no other's in it. */
export async function mayOpenFigureFile(ctx: Ctx, { objectId }: Pick<FileObject, 'objectId'>): Promise<boolean> {
  if (reviews(ctx)) return true
  const rows = await db(ctx).selectFrom('assessment_figure as f').innerJoin('assessment_figure_sheet as s', (j) => j.onRef('s.tenant_id', '=', 'f.tenant_id').onRef('s.id', '=', 'f.sheet_id')).innerJoin('assessment_period as p', (j) => j.onRef('p.tenant_id', '=', 's.tenant_id').onRef('p.id', '=', 's.period_id')).select('f.object_id').distinct().where('f.tenant_id', '=', ctx.tenantId).where('s.id', '=', objectId).where('s.state', '=', 'approved').where('p.published_run_id', 'is not', null).execute()
  const own = await ownObjects(ctx)
  return can(ctx, 'assessment.read') && rows.length > 0 && rows.every((r) => own.has(r.object_id))
}
