// Appeals against lost points: an accepted one corrects exactly its order, in a further run from the same frozen rows.
import type { Selectable } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize, can, scopesOf } from '../../kernel/access.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { formatFull } from '../../kernel/time/index.ts'
import { decimal } from '../data/index.ts'
import { readOrder } from '../orders/index.ts'
import { attachFiles, filesOf, notify, type FileObject } from '../platform/index.ts'
import { assessmentFail } from './assessment.errors.ts'
import { db, lockPeriod, modelById, periodById, runById, snapshotById, step, type Period } from './assessment.queries.ts'
import { achievement, attribute, rowsOf } from './attribute.ts'
import { lastCorrection } from './carry-corrections.ts'
import type * as contract from './contract.ts'
import { mayOpenFigureFile } from './figures/read-figures.ts'
import { EXTRA } from './losses.ts'
import { mayIn, requireState } from './periods.ts'
import { ownObjects, reviews, seesAll } from './policy.ts'
import { addRun, replaceWorking } from './run-period.ts'
import type { AssessmentTables } from './tables.gen.ts'
import { appealStateNames, wishNames } from './texts.zh-CN.ts'

type Row = Selectable<AssessmentTables['assessment_appeal']>
type View = Output<typeof contract.appealRoute>

async function views(ctx: Ctx, rows: readonly Row[]): Promise<View[]> {
  const files = await filesOf(ctx, 'assessmentAppeal', rows.map((r) => r.id))
  const periods = new Map<string, { period: Period; model: string }>()
  for (const r of rows) if (!periods.has(r.period_id)) { const period = await periodById(ctx, r.period_id); periods.set(r.period_id, { period, model: (await modelById(ctx, period.model_id)).name }) }
  return rows.map((r) => ({
    id: r.id, periodId: r.period_id, periodName: periods.get(r.period_id)?.period.name ?? '', modelName: periods.get(r.period_id)?.model ?? '', objectId: r.object_id, objectName: r.object_name, orderId: r.order_id, orderNumber: r.order_number, itemName: r.item_name, points: r.points,
    wish: r.wish, wishName: wishNames[r.wish as keyof typeof wishNames], reason: r.reason, state: r.state, stateName: appealStateNames[r.state as keyof typeof appealStateNames], askedAt: r.asked_at, askedByName: r.asked_by_name, decidedAt: r.decided_at, decidedByName: r.decided_by_name, opinion: r.opinion,
    files: (files.get(r.id) ?? []).map((f) => ({ id: f.id, name: f.name, size: f.size, type: f.type })), mayDecide: r.state === 'pending' && r.asked_by_id !== ctx.actor.id && can(ctx, 'assessment.decide'),
  }))
}

async function appealById(ctx: Ctx, id: string, lock = false): Promise<Row> {
  const query = db(ctx).selectFrom('assessment_appeal').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) throw assessmentFail('notFound')
  return row
}

export async function listAppeals(ctx: Ctx, input: Input<typeof contract.appealsRoute>): Promise<{ items: View[] }> {
  authorize(ctx, 'assessment.read')
  let query = db(ctx).selectFrom('assessment_appeal').selectAll().where('tenant_id', '=', ctx.tenantId)
  if (!seesAll(ctx)) {
    const own = [...(await ownObjects(ctx))]
    if (own.length === 0) return { items: [] }
    query = query.where('object_id', 'in', own)
  }
  if (input.periodId) query = query.where('period_id', '=', input.periodId)
  if (input.state) query = query.where('state', '=', input.state)
  return { items: await views(ctx, await query.orderBy('asked_at', 'desc').orderBy('id').limit(input.limit).execute()) }
}

/** Only against the result that stands published, within its time, with evidence. */
export async function appealLoss(ctx: Ctx, input: Input<typeof contract.appealRoute>): Promise<View> {
  authorize(ctx, 'assessment.appeal')
  if (!(await ownObjects(ctx)).has(input.objectId)) throw assessmentFail('notFound')
  const period = await lockPeriod(ctx, input.id)
  if (period.published_run_id === null) throw assessmentFail('notFound')
  if (period.state === 'frozen' || (period.appeal_until_at !== null && ctx.clock.now() > period.appeal_until_at)) throw assessmentFail('appealLate', { rule: 'assessment.appealDays', params: { until: formatFull(period.appeal_until_at ?? ctx.clock.now()) } })
  requireState(period.state, 'appeal')
  const run = await runById(ctx, period.published_run_id)
  if (run.id !== input.runId) throw assessmentFail('appealStale', { params: { number: run.number } })
  const order = await readOrder(ctx, input.orderId)
  const a = await attribute(ctx, run, input.objectId)
  const loss = a.losses.find((l) => l.item === input.item && (l.orderId === order.id || l.behind.includes(order.id)))
  if (!loss) throw assessmentFail('appealNoLoss')
  if (input.wish === 'achieved' && !achievement(a, input.item, await rowsOf(ctx, run, a.snapshot, a.object, order.id))) throw assessmentFail('notReachable', { fields: [{ path: 'wish', message: '请选择不计入' }] })
  if (input.fileIds.length === 0) throw assessmentFail('appealFiles', { fields: [{ path: 'fileIds', message: '请上传申诉证据' }] })
  const pending = await db(ctx).selectFrom('assessment_appeal').select('id').where('tenant_id', '=', ctx.tenantId).where('period_id', '=', period.id).where('object_id', '=', input.objectId).where('order_id', '=', order.id).where('item', '=', input.item).where('state', '=', 'pending').executeTakeFirst()
  if (pending) throw assessmentFail('appealTwice')
  const id = newId()
  await db(ctx).insertInto('assessment_appeal').values({
    tenant_id: ctx.tenantId, id, period_id: period.id, run_id: run.id, object_id: input.objectId, object_name: a.object.name, order_id: order.id, order_number: order.number, item: input.item, item_name: loss.rule.name, points: loss.orderId === null ? '0' : (decimal(loss.points, run.pins.definition.scale + EXTRA) ?? '0'), wish: input.wish, reason: input.reason, state: 'pending',
    asked_at: ts(ctx.clock.now()), asked_by_id: ctx.actor.id, asked_by_name: ctx.actor.name, unit_id: ctx.actor.unitIds[0] ?? null,
  }).execute()
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'order', objectType: 'assessmentAppeal', objectId: id, audience: 'staff' })
  await notify(ctx, { type: 'assessment.appealed', to: { permission: 'assessment.decide' }, title: `${a.object.name}申诉${period.name}失分：${order.number}`, link: '/assessment/appeals', objectType: 'assessmentAppeal', objectId: id, level: 'P3' })
  ctx.signal('assessment', period.id)
  return (await views(ctx, [await appealById(ctx, id)]))[0] as View
}

/** Accepted, the order's rows are corrected and all objects computed anew; the result awaits review beside the published one. */
export async function decideAppeal(ctx: Ctx, input: Input<typeof contract.decideAppealRoute>): Promise<View> {
  authorize(ctx, 'assessment.decide')
  const found = await appealById(ctx, input.id)
  const period = await lockPeriod(ctx, found.period_id)
  const row = await appealById(ctx, input.id, true)
  if (row.state !== 'pending') throw assessmentFail('appealDecided')
  if (row.asked_by_id !== null && row.asked_by_id === ctx.actor.id) throw assessmentFail('ownAppeal')
  const decided = (change: { state: string; result_run_id?: string }) => db(ctx).updateTable('assessment_appeal').set({ ...change, decided_at: ts(ctx.clock.now()), decided_by_name: ctx.actor.name, opinion: input.opinion }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  if (input.outcome === 'reject') await decided({ state: 'rejected' })
  else {
    if (!mayIn(period.state, 'appeal')) requireState(period.state, 'appeal')
    await decided({ state: 'accepted', result_run_id: await correct(ctx, period, row) })
  }
  if (row.asked_by_id) await notify(ctx, { type: 'assessment.appealDecided', to: { userIds: [row.asked_by_id] }, title: `${row.order_number} 的失分申诉${input.outcome === 'accept' ? '成立' : '不成立'}`, text: input.opinion, link: `/assessment/${period.id}/${row.object_id}`, objectType: 'assessmentAppeal', objectId: row.id, level: 'P3' })
  ctx.signal('assessment', period.id)
  return (await views(ctx, [await appealById(ctx, row.id)]))[0] as View
}

/** From the latest run of the standing snapshot, so that several accepted appeals add up. */
async function correct(ctx: Ctx, period: Period, appeal: Row): Promise<string> {
  const base = await runById(ctx, period.working_run_id ?? period.published_run_id ?? appeal.run_id)
  const a = await attribute(ctx, base, appeal.object_id)
  const rows = await rowsOf(ctx, base, a.snapshot, a.object, appeal.order_id)
  const number = (await lastCorrection(ctx, a.snapshot.id)) + 1
  const common = { tenant_id: ctx.tenantId, snapshot_id: a.snapshot.id, number, order_id: appeal.order_id, appeal_id: appeal.id, reason: appeal.reason, at: ts(ctx.clock.now()), by_name: ctx.actor.name }
  const values = appeal.wish === 'notCounted'
    ? rows.filter((r) => !r.gone).map((r) => ({ ...common, grp: r.grp, row_id: r.row_id, leave_out: true, add_hits: '0', remove_hits: '0' }))
    : (achievement(a, appeal.item, rows) ?? []).map((c) => ({ ...common, grp: c.grp, row_id: c.rowId, leave_out: false, add_hits: String(c.addHits), remove_hits: '0' }))
  if (values.length === 0) throw assessmentFail('appealNoLoss')
  await db(ctx).insertInto('assessment_correction').values(values as never).execute() // 64-bit masks travel as text
  await replaceWorking(ctx, period)
  const run = await addRun(ctx, { period, snapshot: await snapshotById(ctx, base.snapshot_id), corrections: number, definition: base.pins.definition, modelVersion: base.model_version, objects: base.pins.objects, reason: `申诉成立：${appeal.order_number}`, state: 'inReview' })
  await db(ctx).updateTable('assessment_period').set({ working_run_id: run.id, version: period.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', period.id).execute()
  await step(ctx, period, run.id, 'correct', `${appeal.object_name} ${appeal.order_number} ${appeal.item_name}`)
  return run.id
}

/** Answers the port `fileAccess`: evidence of an appeal opens to its unit and to who decides, the upper platform's detail to reviewers. */
export async function mayOpenAssessmentFile(ctx: Ctx, file: FileObject): Promise<boolean | null> {
  if (file.objectType === 'assessmentUpper') return reviews(ctx)
  if (file.objectType === 'assessmentFigure') return mayOpenFigureFile(ctx, file)
  if (file.objectType !== 'assessmentAppeal') return null
  const row = await db(ctx).selectFrom('assessment_appeal').select('object_id').where('tenant_id', '=', ctx.tenantId).where('id', '=', file.objectId).executeTakeFirst()
  return row !== undefined && scopesOf(ctx, 'assessment.read').length > 0 && (seesAll(ctx) || (await ownObjects(ctx)).has(row.object_id))
}
