// Inspection appeals: within the window, once per result, decided by others than those who scored; the score follows, the trace stays.
import type { Selectable } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize, can, userId } from '../../kernel/access.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { decideFlow, flowsOf, startFlow, type FinishedFlow } from '../flow/index.ts'
import { afterCursor, boundCount, centreUnit, nextPage, notify, setting } from '../platform/index.ts'
import type * as contract from './appeal-contract.ts'
import { scoringNodes } from './appeal-flows.zh-CN.ts'
import { mayAppeal, stateName } from './appeal-window.ts'
import { sheetById } from './catalogue.ts'
import { conclude, deductionsOf, keepScore, machineOf, readTask, requireWhole } from './desk.ts'
import { qualityFail } from './quality.errors.ts'
import { db } from './quality.queries.ts'
import { appealMost, appealPreset } from './settings.ts'
import type { QualityTables } from './tables.gen.ts'
import { concerns, keepChange, lockTask, taskViews } from './tasks.ts'

type AppealRow = Selectable<QualityTables['quality_appeal']>
type View = Output<typeof contract.showAppealRoute>

/** Errors: quality.appealLate, appealedBefore (409), notFound (404) for another's result. */
export async function appealTask(ctx: Ctx, input: Input<typeof contract.appealTaskRoute>): Promise<View> {
  authorize(ctx, 'quality.own')
  const task = await lockTask(ctx, input.id)
  if (!concerns(ctx, task) || task.state !== 'concluded') throw qualityFail('notFound')
  const may = await mayAppeal(ctx, task)
  if (!may.enabled) throw qualityFail(may.rule === 'quality.jointRuns' ? 'jointRuns' : may.rule === appealMost.key ? 'appealedBefore' : 'appealLate', { rule: may.rule, until: may.until })
  const id = newId()
  const preset = await setting(ctx, appealPreset)
  await db(ctx).insertInto('quality_appeal').values({ tenant_id: ctx.tenantId, id, task_id: task.id, state: 'running', preset, reason: input.reason, excerpt: json(input.excerpt as never), by_id: userId(ctx), by_name: ctx.actor.name, at: ts(ctx.clock.now()), old_points: task.points ?? 0 }).execute()
  const flow = await startFlow(ctx, { key: `quality.appeal${preset}`, objectType: 'qualityAppeal', objectId: id, subjectUnitId: ctx.actor.unitIds[0] ?? (await centreUnit(ctx)).id, applicantName: ctx.actor.name, title: `质检申诉：${task.object_label}`, link: `/quality/appeals/${id}` })
  await db(ctx).updateTable('quality_appeal').set({ instance_id: flow.instanceId }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
  return showAppeal(ctx, { id })
}

async function appealRow(ctx: Ctx, id: string): Promise<AppealRow> {
  const row = await db(ctx).selectFrom('quality_appeal').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!row || (row.by_id !== ctx.actor.id && !can(ctx, 'quality.read'))) throw qualityFail('appealNotFound')
  return row
}

export async function showAppeal(ctx: Ctx, input: { id: string }): Promise<View> {
  const row = await appealRow(ctx, input.id)
  const flow = row.instance_id ? (await flowsOf(ctx, [row.instance_id])).get(row.instance_id) : undefined
  const steps = await db(ctx).selectFrom('quality_appeal_step').selectAll().where('tenant_id', '=', ctx.tenantId).where('appeal_id', '=', row.id).orderBy('at').execute()
  const current = flow?.steps.find((one) => one.state === 'current') ?? null
  const [task] = await taskViews(ctx, [await readTask(ctx, row.task_id)])
  if (!task) throw qualityFail('appealNotFound')
  const scored = row.by_id !== ctx.actor.id && (await didScore(ctx, row.task_id))
  return {
    id: row.id, state: row.state, stateName: stateName(row.state), reason: row.reason, excerpt: row.excerpt as View['excerpt'], byName: row.by_name, at: row.at, oldPoints: row.old_points, newPoints: row.new_points, decidedAt: row.decided_at, outcome: row.outcome, task,
    current: current ? { node: current.node, name: current.name, actor: current.actor, scores: scoringNodes.includes(current.node) } : null, mayDecide: (flow?.mayDecide ?? false) && !scored, barred: scored && (flow?.mayDecide ?? false) ? qualityFail('sameInspector').title : null,
    chain: (flow?.steps ?? []).map((one) => ({ name: one.name, actor: one.actor, state: one.state, by: one.decidedBy, at: one.decidedAt, opinion: one.opinion, points: steps.find((s) => s.node === one.node && s.by_name === one.decidedBy)?.points ?? null })),
  }
}

/** By a sheet, or by correcting what a sheet gave. */
async function didScore(ctx: Ctx, taskId: string): Promise<boolean> {
  const corrected = await db(ctx).selectFrom('quality_change').select('id').where('tenant_id', '=', ctx.tenantId).where('task_id', '=', taskId).where('what', '=', 'correction').where('by_id', '=', userId(ctx)).executeTakeFirst()
  return corrected !== undefined || (await db(ctx).selectFrom('quality_score').select('id').where('tenant_id', '=', ctx.tenantId).where('task_id', '=', taskId).where('state', '=', 'done').where('stage', 'in', ['first', 'second', 'final']).where('by_id', '=', userId(ctx)).executeTakeFirst()) !== undefined
}

/** One step of the chain. Steps that score carry a filled-in sheet. Errors: quality.sameInspector (409), scoreWanted (422), those of the flow. */
export async function decideAppeal(ctx: Ctx, input: Input<typeof contract.decideAppealRoute>): Promise<View> {
  const row = await appealRow(ctx, input.id)
  const task = await lockTask(ctx, row.task_id)
  const view = await showAppeal(ctx, input)
  if (row.state !== 'running' || !view.current || !row.instance_id) throw qualityFail('wrongState', { params: { state: view.stateName } })
  if (view.barred) throw qualityFail('sameInspector')
  let points: number | null = null
  if (view.current.scores && input.outcome === 'approve') {
    if (!input.sheet) throw qualityFail('scoreWanted')
    const sheet = await sheetById(ctx, task.sheet_id, task.sheet_version)
    const machine = await machineOf(ctx, task.id)
    requireWhole(sheet, machine, input.sheet)
    const result = deductionsOf(sheet, machine, input.sheet)
    points = result.points
    await keepScore(ctx, task, 'appeal', 'done', input.sheet, result)
  }
  await db(ctx).insertInto('quality_appeal_step').values({ tenant_id: ctx.tenantId, id: newId(), appeal_id: row.id, node: view.current.node, at: ts(ctx.clock.now()), by_id: userId(ctx), by_name: ctx.actor.name, outcome: input.outcome, opinion: input.opinion, points, sheet: input.sheet ? json(input.sheet as never) : null }).execute()
  await decideFlow(ctx, { instanceId: row.instance_id, outcome: input.outcome, opinion: input.opinion })
  return showAppeal(ctx, input)
}

/** The chain's end: the last score given on it counts; without one the old stands. */
export async function appealFinished(ctx: Ctx, finished: FinishedFlow): Promise<void> {
  if (finished.objectType !== 'qualityAppeal') return
  const row = await db(ctx).selectFrom('quality_appeal').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', finished.objectId).forUpdate().executeTakeFirst()
  if (!row || row.state !== 'running') return
  const task = await lockTask(ctx, row.task_id)
  // Whoever gave the contested score does not end the appeal against it, whichever way he came.
  if (!finished.withdrawn && ctx.actor.kind === 'user' && ctx.actor.id !== row.by_id && (await didScore(ctx, task.id))) throw qualityFail('sameInspector')
  const last = await db(ctx).selectFrom('quality_appeal_step').selectAll().where('tenant_id', '=', ctx.tenantId).where('appeal_id', '=', row.id).where('points', 'is not', null).orderBy('at', 'desc').orderBy('id', 'desc').executeTakeFirst()
  const approved = finished.outcome === 'approved'
  const points = approved ? (last?.points ?? row.old_points) : row.old_points
  const state = finished.withdrawn ? 'withdrawn' : !approved ? 'returned' : points === row.old_points ? 'kept' : 'approved'
  await db(ctx).updateTable('quality_appeal').set({ state, new_points: points, decided_at: ts(ctx.clock.now()), outcome: finished.opinion || stateName(state) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  if (state === 'approved') {
    const sheet = await sheetById(ctx, task.sheet_id, task.sheet_version)
    // What stands in the sheet that now counts is what is still a violation.
    const grave = await db(ctx).selectFrom('quality_deduction as d').innerJoin('quality_score as s', (j) => j.onRef('s.tenant_id', '=', 'd.tenant_id').onRef('s.id', '=', 'd.score_id')).select('d.id').where('d.tenant_id', '=', ctx.tenantId).where('s.task_id', '=', task.id).where('s.stage', '=', 'appeal').where('s.by_id', '=', last?.by_id ?? '').where('d.severity', 'in', ['serious', 'fatal']).where('d.points', '>', 0).executeTakeFirst()
    await conclude(ctx, task, sheet, { points, what: 'appeal', reason: finished.opinion || row.reason, fatal: points === 0 || grave !== undefined })
  } else await keepChange(ctx, task.id, { what: 'appealKept', old: row.old_points, now: row.old_points, reason: finished.opinion || null })
  await notify(ctx, { type: 'quality.appeal', to: { userIds: [row.by_id] }, title: `质检申诉${stateName(state)}：${row.old_points} → ${points} 分`, text: finished.opinion, link: `/quality/appeals/${row.id}`, objectType: 'qualityAppeal', objectId: row.id, level: 'P3' })
}

export async function listAppeals(ctx: Ctx, input: Input<typeof contract.listAppealsRoute>): Promise<Output<typeof contract.listAppealsRoute>> {
  let query = db(ctx).selectFrom('quality_appeal as a').where('a.tenant_id', '=', ctx.tenantId)
  // Who does not read all sees his own.
  if (!can(ctx, 'quality.read')) query = query.where('a.by_id', '=', userId(ctx))
  if (input.state?.length) query = query.where('a.state', 'in', input.state)
  const rows = await query.innerJoin('quality_task as t', (j) => j.onRef('t.tenant_id', '=', 'a.tenant_id').onRef('t.id', '=', 'a.task_id')).selectAll('a').select(['t.object_label as label', 't.object_kind as kind']).where(afterCursor(input.cursor, 'a.at', 'a.id')).orderBy('a.at', 'desc').orderBy('a.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (one) => one.at)
  const flows = await flowsOf(ctx, page.items.flatMap((one) => one.instance_id ?? []))
  return {
    items: page.items.map((one) => {
      const flow = one.instance_id ? flows.get(one.instance_id) : undefined
      return { id: one.id, taskId: one.task_id, label: one.label, state: one.state, stateName: stateName(one.state), reason: one.reason, byName: one.by_name, at: one.at, oldPoints: one.old_points, newPoints: one.new_points, step: one.state === 'running' ? (flow?.steps.find((s) => s.state === 'current')?.name ?? null) : null, mayDecide: flow?.mayDecide ?? false }
    }),
    next: page.next, count: await boundCount(ctx, query),
  }
}
