// The inspection desk: the object beside its sheet, drafts, submission, and what follows from a score.
import { sql, type Selectable } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize, can, userId } from '../../kernel/access.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import type { ActState } from '../../kernel/http/codec.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { appealTypeNames, readOrder, shownName, stateNames, type OrderRow, type OrderState } from '../orders/index.ts'
import { areaName, notify, setting } from '../platform/index.ts'
import { appealsOf, mayAppeal } from './appeal-window.ts'
import { sheetById, type Sheet } from './catalogue.ts'
import type * as contract from './contract.ts'
import type { SheetFilled } from './contract.ts'
import { subjectsOf } from './objects.ts'
import { qualityFail } from './quality.errors.ts'
import { db } from './quality.queries.ts'
import { fieldNames } from './rule.ts'
import { deviation, precedence, stages } from './settings.ts'
import { gradeOf, itemsOf, pointsOf, unscored, type ObjectKind } from './sheet.ts'
import type { QualityTables } from './tables.gen.ts'
import { jointRuns } from './joint/joint-runs.ts'
import { barTo, concerns, keepChange, lockTask, seesMachine, taskById, taskViews, type TaskRow, type TaskState } from './tasks.ts'
import { changeNames, severityNames, stageNames, taskStateNames } from './texts.zh-CN.ts'

type Shown = Output<typeof contract.showTaskRoute>
export type ScoreRow = Selectable<QualityTables['quality_score']>
type Choices = Record<string, { choice: 'accepted' | 'rejected'; reason: string }>
const openStates = ['first', 'second', 'final'] as const
type OpenState = (typeof openStates)[number]
const isPersonal = (state: string): boolean => state === 'pending' || isOpen(state)
const isOpen = (state: string): state is OpenState => (openStates as readonly string[]).includes(state)

/** All may be read by who reads all; the inspected person, and the unit whose handling was inspected, read their own results once there are some. */
export async function readTask(ctx: Ctx, id: string): Promise<TaskRow> {
  const row = await db(ctx).selectFrom('quality_task').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  const own = row && concerns(ctx, row)
  // Who inspects others does not look into the inspection of himself either, before it is over.
  if (!row || (own ? row.concluded_at === null : !can(ctx, 'quality.read'))) throw qualityFail('notFound')
  return row
}

export async function scoreViews(ctx: Ctx, taskId: string, sheet: Sheet): Promise<Shown['scores']> {
  const [scores, deductions] = await Promise.all([
    db(ctx).selectFrom('quality_score').selectAll().where('tenant_id', '=', ctx.tenantId).where('task_id', '=', taskId).orderBy('at').orderBy('id').execute(),
    db(ctx).selectFrom('quality_deduction as d').innerJoin('quality_score as s', (j) => j.onRef('s.tenant_id', '=', 'd.tenant_id').onRef('s.id', '=', 'd.score_id')).selectAll('d').where('d.tenant_id', '=', ctx.tenantId).where('s.task_id', '=', taskId).orderBy('d.at_ms').orderBy('d.id').limit(1000).execute(),
  ])
  const names = new Map(itemsOf(sheet.definition).map((one) => [one.code, one.name]))
  return scores.map((s) => ({
    id: s.id, stage: s.stage, stageName: stageNames[s.stage as keyof typeof stageNames], state: s.state as 'draft' | 'done', byName: s.by_name, mine: s.by_id !== null && s.by_id === ctx.actor.id, at: s.at, points: s.points, scored: s.scored, fatal: s.fatal, choices: s.choices as Choices, comment: s.comment,
    deductions: deductions.filter((d) => d.score_id === s.id).map((d) => ({
      id: d.id, itemCode: d.item_code, itemName: names.get(d.item_code) ?? d.item_code, points: d.points, origin: d.origin as 'machine' | 'person', ruleId: d.rule_id, ruleName: d.rule_name, ruleVersion: d.rule_version, severity: d.severity, severityName: d.severity ? severityNames[d.severity as keyof typeof severityNames] : null,
      sentenceId: d.sentence_id, speaker: d.speaker, atMs: d.at_ms, field: d.field, fieldName: d.field ? (fieldNames[d.field as keyof typeof fieldNames] ?? d.field) : null, quote: d.quote, note: d.note,
    })),
  }))
}

type Recording = { id: string; state: string; ms: number | null; offset_ms: number }
async function objectOf(ctx: Ctx, task: TaskRow): Promise<Shown['object']> {
  const kind = task.object_kind as ObjectKind
  const subject = kind === 'order' ? undefined : (await subjectsOf(ctx, kind, [task.object_id])).get(task.object_id)
  const recordings = kind === 'call' ? (await sql<Recording>`select id, state, ms, offset_ms from quality_recording_view where tenant_id = ${ctx.tenantId} and call_id = ${task.object_id} order by segment limit 20`.execute(ctx.db())).rows : []
  const withheld = kind === 'call' && task.agent_id !== ctx.actor.id && !['quality.inspect', 'quality.review', 'telephony.recordings'].some((permission) => can(ctx, permission))
  const order = task.order_id ? await readOrder(ctx, task.order_id).then(orderBrief, () => null) : null
  return {
    sentences: withheld ? [] : [...(subject?.sentences ?? [])], withheld, lengthMs: task.duration_ms, recordings: recordings.map((one) => ({ id: one.id, state: one.state, ms: one.ms, offsetMs: one.offset_ms })),
    order: order && { ...order, areaName: order.areaCode ? await areaName(ctx, order.areaCode) : null },
  }
}

const orderBrief = (o: OrderRow) => ({
  id: o.id, number: o.number, title: o.title, content: o.content, stateName: stateNames[o.state as OrderState] ?? o.state, appealTypeName: appealTypeNames[o.appeal_type] ?? o.appeal_type, address: o.address, areaCode: o.area_code, requesterName: shownName({ subject_kind: o.subject_kind, name: o.requester_name }), phoneMask: o.contact_phone_mask, unitName: o.lead_unit_name, reply: o.reply, replyBasis: o.reply_basis, registeredAt: o.registered_at, closedAt: o.closed_at,
})

export async function showTask(ctx: Ctx, input: { id: string }): Promise<Shown> {
  const task = await readTask(ctx, input.id)
  const sheet = await sheetById(ctx, task.sheet_id, task.sheet_version)
  const [view] = await taskViews(ctx, [task])
  if (!view) throw qualityFail('notFound')
  const own = concerns(ctx, task)
  const all = await scoreViews(ctx, task.id, sheet)
  const machine = seesMachine(task) ? (all.find((one) => one.stage === 'machine') ?? null) : null
  const changes = await db(ctx).selectFrom('quality_change').selectAll().where('tenant_id', '=', ctx.tenantId).where('task_id', '=', task.id).orderBy('at').orderBy('id').execute()
  const appeals = await appealsOf(ctx, task.id)
  const acts: ActState[] = []
  const state = task.state as TaskState
  const inspector = can(ctx, state === 'second' || state === 'final' ? 'quality.review' : 'quality.inspect')
  if (!own && inspector && (state === 'pending' || (isOpen(state) && task.inspector_id === null))) {
    const bar = await barTo(ctx, task, userId(ctx))
    acts.push({ act: 'claim', label: '领取', enabled: bar === null, ...(bar ? { rule: bar, reason: qualityFail(bar).title } : {}) })
  }
  if (isOpen(state) && view.mine) acts.push({ act: 'submit', label: '提交', enabled: true }, { act: 'release', label: '退回任务池', enabled: true })
  if (!own && task.object_kind === 'call' && (inspector || can(ctx, 'quality.manage')) && isPersonal(state)) acts.push({ act: 'swap', label: '对调说话人', enabled: true })
  if (!own && can(ctx, 'quality.manage') && state === 'concluded') acts.push({ act: 'correct', label: '更正得分', enabled: true })
  if (!own && (can(ctx, 'quality.manage') || can(ctx, 'quality.review')) && ['second', 'final', 'concluded'].includes(state)) acts.push({ act: 'joint', label: '联合评审', enabled: !(await jointRuns(ctx, task.id)), rule: 'quality.jointRuns', reason: qualityFail('jointRuns').title })
  if (own && state === 'concluded') acts.push(await mayAppeal(ctx, task))
  return {
    task: view, sheet: { id: sheet.id, number: sheet.number, name: sheet.name, definition: sheet.definition }, object: await objectOf(ctx, task), machine, scores: all.filter((one) => one.stage !== 'machine' && one.state === 'done'), draft: all.find((one) => one.state === 'draft' && one.mine) ?? null,
    changes: changes.map((one) => ({ id: one.id, at: one.at, byName: one.by_name, whatName: changeNames[one.what as keyof typeof changeNames] ?? one.what, oldPoints: one.old_points, newPoints: one.new_points, reason: one.reason })), appeals, acts,
  }
}

type Machine = Selectable<QualityTables['quality_deduction']>
/** What a filled-in sheet takes away: proposals that were accepted, and the person's own deductions. */
export function deductionsOf(sheet: Sheet, machine: readonly Machine[], filled: SheetFilled) {
  const items = new Map(itemsOf(sheet.definition).map((one) => [one.code, one]))
  for (const code of [...filled.scored, ...filled.fatal, ...filled.deductions.map((one) => one.itemCode)]) if (!items.has(code)) throw qualityFail('unknownItem', { params: { item: code } })
  const accepted = machine.filter((one) => filled.choices[one.id]?.choice === 'accepted').map(({ id: _id, score_id: _score, tenant_id: _tenant, ...one }) => one)
  const own = filled.deductions.map((one) => {
    const item = items.get(one.itemCode)
    if (item && !item.fatal && one.points > item.points) throw qualityFail('overdrawn', { params: { item: item.name, points: one.points, most: item.points } })
    return { item_code: one.itemCode, points: one.points, origin: 'person', rule_id: null, rule_version: null, rule_name: null, severity: null, sentence_id: one.sentenceId, speaker: one.speaker, at_ms: one.atMs, field: one.field, quote: one.quote || null, note: one.note || null }
  })
  const fatal = [...new Set([...filled.fatal, ...accepted.filter((one) => one.severity === 'fatal').map((one) => one.item_code)])]
  const deductions = [...accepted, ...own]
  return { deductions, fatal, points: pointsOf(sheet.definition, { deductions, fatal, scored: filled.scored }) }
}

export async function machineOf(ctx: Ctx, taskId: string): Promise<Machine[]> {
  return db(ctx).selectFrom('quality_deduction as d').innerJoin('quality_score as s', (j) => j.onRef('s.tenant_id', '=', 'd.tenant_id').onRef('s.id', '=', 'd.score_id')).selectAll('d').where('d.tenant_id', '=', ctx.tenantId).where('s.task_id', '=', taskId).where('s.stage', '=', 'machine').orderBy('d.id').execute()
}

/** One sheet of one person at one stage; filled in again it takes the place of his draft. */
export async function keepScore(ctx: Ctx, task: TaskRow, stage: string, state: 'draft' | 'done', filled: SheetFilled, result: ReturnType<typeof deductionsOf>): Promise<void> {
  await db(ctx).deleteFrom('quality_score').where('tenant_id', '=', ctx.tenantId).where('task_id', '=', task.id).where('state', '=', 'draft').where('by_id', '=', userId(ctx)).execute()
  const id = newId()
  await db(ctx).insertInto('quality_score').values({ tenant_id: ctx.tenantId, id, task_id: task.id, stage, state, by_id: userId(ctx), by_name: ctx.actor.name, at: ts(ctx.clock.now()), points: result.points, scored: filled.scored, fatal: result.fatal, choices: json(filled.choices as never), comment: filled.comment }).execute()
  if (result.deductions.length > 0) await db(ctx).insertInto('quality_deduction').values(result.deductions.map((one) => ({ ...one, tenant_id: ctx.tenantId, id: newId(), score_id: id }))).execute()
}

async function mineToScore(ctx: Ctx, id: string): Promise<TaskRow & { state: OpenState }> {
  const task = await lockTask(ctx, id)
  if (!isOpen(task.state)) throw qualityFail('wrongState', { params: { state: taskStateNames[task.state as TaskState] } })
  authorize(ctx, task.state === 'first' ? 'quality.inspect' : 'quality.review')
  if (task.inspector_id !== userId(ctx)) throw qualityFail('notYours')
  return task as TaskRow & { state: OpenState }
}

export async function saveScore(ctx: Ctx, input: Input<typeof contract.saveScoreRoute>): Promise<Output<typeof contract.saveScoreRoute>> {
  const task = await mineToScore(ctx, input.id)
  const sheet = await sheetById(ctx, task.sheet_id, task.sheet_version)
  const result = deductionsOf(sheet, await machineOf(ctx, task.id), input)
  await keepScore(ctx, task, task.state, 'draft', input, result)
  return { points: result.points, at: ctx.clock.now() }
}

/** A sheet that may count: mandatory items scored, every proposal of the machine taken or refused with its reason. */
export function requireWhole(sheet: Sheet, machine: readonly Machine[], filled: SheetFilled): void {
  const lacking = unscored(sheet.definition, filled.scored)
  if (lacking.length > 0) throw qualityFail('unscored', { params: { items: lacking.map((one) => one.name).join('、') }, fields: lacking.map((one) => ({ path: `items.${one.code}`, message: '必评' })) })
  const undecided = machine.filter((one) => !filled.choices[one.id])
  if (undecided.length > 0) throw qualityFail('undecided', { params: { n: undecided.length }, fields: undecided.map((one) => ({ path: `choices.${one.id}`, message: '请采纳或驳回' })) })
  const bare = machine.filter((one) => filled.choices[one.id]?.choice === 'rejected' && !filled.choices[one.id]?.reason)
  if (bare.length > 0) throw qualityFail('rejectReason', { fields: bare.map((one) => ({ path: `choices.${one.id}`, message: '请写明驳回原因' })) })
}

/** Errors: quality.unscored, undecided, rejectReason, overdrawn (422), notYours (403), wrongState (409). */
export async function submitScore(ctx: Ctx, input: Input<typeof contract.submitScoreRoute>): Promise<Output<typeof contract.submitScoreRoute>> {
  const task = await mineToScore(ctx, input.id)
  const bar = await barTo(ctx, task, userId(ctx))
  if (bar) throw qualityFail(bar)
  if (await jointRuns(ctx, task.id)) throw qualityFail('jointRuns')
  const sheet = await sheetById(ctx, task.sheet_id, task.sheet_version)
  const machine = await machineOf(ctx, task.id)
  requireWhole(sheet, seesMachine(task) ? machine : [], input)
  const result = deductionsOf(sheet, machine, input)
  await keepScore(ctx, task, task.state, 'done', input, result)
  const next = await nextStage(ctx, task, sheet, result.points)
  if (next) {
    await db(ctx).updateTable('quality_task').set((eb) => ({ state: next, inspector_id: null, inspector_name: null, human_points: result.points, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', task.id).execute()
    await keepChange(ctx, task.id, { what: task.state, old: null, now: result.points, reason: null })
    await notify(ctx, { type: 'quality.review', to: { permission: 'quality.review' }, title: `${stageNames[next]}：${task.agent_name ?? task.object_label}`, text: `${stageNames[task.state]} ${result.points} 分`, link: `/quality/inspect/${task.id}`, objectType: 'qualityTask', objectId: task.id, level: 'P3' })
    ctx.signal('quality.tasks', task.id)
    return { task: await taskById(ctx, task.id), consequence: `转${stageNames[next]}` }
  }
  const counts = (await setting(ctx, precedence)) === 'machine' && task.machine_points !== null ? task.machine_points : result.points
  await conclude(ctx, task, sheet, { points: counts, human: result.points, what: task.state, reason: null, fatal: result.fatal.length > 0 || result.deductions.some((one) => one.severity === 'serious') })
  return { task: await taskById(ctx, task.id), consequence: `得分 ${counts}，已通知 ${task.agent_name ?? '被检人'}` }
}

/** Failed or doubtful results are looked at again, by another person each time. */
async function nextStage(ctx: Ctx, task: TaskRow & { state: OpenState }, sheet: Sheet, points: number): Promise<'second' | 'final' | null> {
  const most = await setting(ctx, stages)
  const far = await setting(ctx, deviation)
  if (task.state === 'first' && most >= 2) return points < sheet.definition.passScore || (task.machine_points !== null && Math.abs(task.machine_points - points) >= far) ? 'second' : null
  if (task.state === 'second' && most >= 3) return task.human_points !== null && Math.abs(task.human_points - points) >= far ? 'final' : null
  return null
}

/** The inspected person; of an order also the unit that handled it. */
async function tellResult(ctx: Ctx, task: TaskRow, points: number): Promise<void> {
  const notice = { type: 'quality.result', title: `质检结果：${points} 分`, text: task.object_label, link: `/quality/inspect/${task.id}`, objectType: 'qualityTask', objectId: task.id, level: 'P3' as const }
  if (task.agent_id) await notify(ctx, { ...notice, to: { userIds: [task.agent_id] } })
  if (task.object_kind === 'order' && task.unit_id) await notify(ctx, { ...notice, to: { unitIds: [task.unit_id], permission: 'quality.own' } })
}

type Conclusion = { points: number; /** The person's, where the machine's counts. */ human?: number; what: string; reason: string | null; fatal: boolean }

/** The score that counts from now on; the ones before stay in the trace. */
export async function conclude(ctx: Ctx, task: TaskRow, sheet: Sheet, c: Conclusion): Promise<void> {
  const far = await setting(ctx, deviation)
  const usual = await sql<{ mean: number | null }>`select avg(points)::float8 as mean from (select points from quality_task where tenant_id = ${ctx.tenantId} and agent_id = ${task.agent_id}::uuid and concluded_at is not null and id <> ${task.id} order by concluded_at desc limit 20) p having count(*) >= 5`.execute(ctx.db())
  const mean = usual.rows[0]?.mean ?? null
  const abnormal = (task.machine_points !== null && Math.abs(task.machine_points - (c.human ?? c.points)) >= far) || (mean !== null && Math.abs(mean - c.points) >= far)
  const now = ts(ctx.clock.now())
  await db(ctx).updateTable('quality_task').set((eb) => ({ state: 'concluded', human_points: c.human ?? c.points, points: c.points, grade: gradeOf(sheet.definition, c.points), passed: c.points >= sheet.definition.passScore, violation: c.fatal, abnormal, concluded_at: now, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', task.id).execute()
  await keepChange(ctx, task.id, { what: c.what, old: task.points, now: c.points, reason: c.reason })
  await tellResult(ctx, task, c.points)
  if (abnormal) await notify(ctx, { type: 'quality.abnormal', to: { permission: 'quality.manage' }, title: `质检得分异常：${task.agent_name ?? ''} ${c.points} 分`, text: task.object_label, link: `/quality/inspect/${task.id}`, objectType: 'qualityTask', objectId: `${task.id}`, level: 'P3' })
  ctx.signal('quality.tasks', task.id)
}

/** Errors: quality.changed (409), wrongState (409). Own results are nobody's to correct. */
export async function correctScore(ctx: Ctx, input: Input<typeof contract.correctScoreRoute>): Promise<Output<typeof contract.correctScoreRoute>> {
  authorize(ctx, 'quality.manage')
  const task = await lockTask(ctx, input.id)
  if (task.state !== 'concluded') throw qualityFail('wrongState', { params: { state: taskStateNames[task.state as TaskState] } })
  if (task.agent_id === ctx.actor.id) throw qualityFail('ownWork')
  if (task.version !== input.version) throw qualityFail('changed', { current: { version: task.version } })
  const appeal = await db(ctx).selectFrom('quality_appeal').select('id').where('tenant_id', '=', ctx.tenantId).where('task_id', '=', task.id).where('state', '=', 'running').executeTakeFirst()
  if (appeal) throw qualityFail('appealRuns')
  if (await jointRuns(ctx, task.id)) throw qualityFail('jointRuns')
  const sheet = await sheetById(ctx, task.sheet_id, task.sheet_version)
  if (input.points > sheet.definition.fullScore) throw kernelErrors('invalid', { fields: [{ path: 'points', message: `不能超过 ${sheet.definition.fullScore} 分` }] })
  await conclude(ctx, task, sheet, { points: input.points, what: 'correction', reason: input.reason, fatal: task.violation })
  return taskById(ctx, task.id)
}

