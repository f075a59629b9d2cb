// An inspection case from the source library to its close. Before approval the unit sees nothing of it.
import { sql, type SqlBool } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can, userId } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { decideFlow, flowsOf, startFlow, type FinishedFlow } from '../../flow/index.ts'
import { readOrder, stateNames, type OrderState } from '../../orders/index.ts'
import { afterCursor, attachFiles, boundCount, centreUnit, filesOf, nextPage, notify, unitsByIds, usersOf } from '../../platform/index.ts'
import { peopleFinder } from '../recipients.ts'
import { supervisionFail } from '../supervision.errors.ts'
import { answersFor, db, inUnit, listedTenants, ownLine, readableTenants, readsWide, seesOrder } from '../supervision.queries.ts'
import type * as contract from './case-contract.ts'
import { caseStateNames, caseStepNames } from './case-texts.zh-CN.ts'

const CASE = 'inspectionCase'
type Case = Output<typeof contract.showCaseRoute>
type State = Case['state']

export async function pickSources(ctx: Ctx, input: Input<typeof contract.pickSourceRoute>): Promise<{ added: number }> {
  authorize(ctx, 'supervision.inspect')
  for (const id of input.orderIds) if ((await readOrder(ctx, id)).tenant_id !== ctx.tenantId) throw supervisionFail('otherCentre', { rule: 'supervision.case.ownCentre', params: { number: '' } })
  const added = await db(ctx).insertInto('supervision_source').values([...new Set(input.orderIds)].map((order_id) => ({ tenant_id: ctx.tenantId, order_id, reason: input.reason, picked_by_name: ctx.actor.name, picked_at: ts(ctx.clock.now()), case_id: null }))).onConflict((c) => c.columns(['tenant_id', 'order_id']).doNothing()).returning('order_id').execute()
  return { added: added.length }
}

export async function dropSource(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'supervision.inspect')
  const gone = await db(ctx).deleteFrom('supervision_source').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', input.id).where('case_id', 'is', null).returning('order_id').executeTakeFirst()
  if (!gone) throw supervisionFail('sourceNotFound')
  return {}
}

export async function listSources(ctx: Ctx, input: Input<typeof contract.listSourcesRoute>): Promise<Output<typeof contract.listSourcesRoute>> {
  authorize(ctx, 'supervision.inspect')
  let query = db(ctx)
    .selectFrom('supervision_source as s')
    .innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 's.tenant_id').onRef('o.id', '=', 's.order_id'))
    .where('s.tenant_id', '=', ctx.tenantId).where((eb) => seesOrder(ctx, eb as never) as never)
  if (input.used !== undefined) query = query.where('s.case_id', input.used ? 'is not' : 'is', null)
  const rows = await query.select(['o.id', 'o.number', 'o.title', 'o.state', 'o.lead_unit_id as unitId', 'o.lead_unit_name as unitName', 's.reason', 's.picked_by_name as pickedByName', 's.picked_at as pickedAt', 's.case_id as caseId'])
    .where(afterCursor(input.cursor, 's.picked_at', 's.order_id')).orderBy('s.picked_at', 'desc').orderBy('s.order_id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.pickedAt)
  return { items: page.items.map(({ state, ...r }) => ({ ...r, number: r.number ?? '', title: r.title ?? '', stateName: stateNames[state as OrderState] })), next: page.next, count: await boundCount(ctx, query) }
}

/** Inspectors and approvers see every case of the centre; units those that were approved for them. */
function cases(ctx: Ctx, tenants = readableTenants(ctx)) {
  const query = db(ctx).selectFrom('supervision_case as k').where('k.tenant_id', 'in', tenants)
  return readsWide(ctx) ? query : query.where('k.approved_at', 'is not', null).where(ownLine(ctx, 'k.unit_id'))
}
const select = (query: ReturnType<typeof cases>) =>
  query.selectAll('k').select(sql<number>`(select count(*)::int from supervision_case_order w where w.tenant_id = k.tenant_id and w.case_id = k.id)`.as('orders'))
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]

async function rowView(ctx: Ctx, k: Row, mayDecide: boolean) {
  const state = k.state as State
  const own = k.tenant_id === ctx.tenantId
  const inspector = own && can(ctx, 'supervision.inspect')
  return {
    id: k.id, title: k.title, demand: k.demand, unitId: k.unit_id, unitName: k.unit_name, state, stateName: caseStateNames[state], dueAt: k.due_at, overdue: state === 'handling' && k.due_at <= ctx.clock.now(), round: k.round, materialOwed: k.material_owed, late: k.late, orders: k.orders,
    createdByName: k.created_by_name, createdAt: k.created_at, approvedAt: k.approved_at, reportedAt: k.reported_at, closedAt: k.closed_at, solved: k.solved, version: k.version,
    mayDecide: own && state === 'pending' && mayDecide, mayRevise: inspector && state === 'returned', mayInspect: inspector && (state === 'handling' || state === 'reported'), mayReport: own && state === 'handling' && (await answersFor(ctx, [k.unit_id])),
  }
}
const flowIds = (rows: Row[]): string[] => rows.flatMap((r) => (r.flow_instance_id ? [r.flow_instance_id] : []))

export async function listCases(ctx: Ctx, input: Input<typeof contract.listCasesRoute>): Promise<Output<typeof contract.listCasesRoute>> {
  authorize(ctx, 'supervision.read')
  let query = cases(ctx, listedTenants(ctx, input))
  if (input.state) query = query.where('k.state', 'in', input.state)
  if (input.unitId) query = query.where(inUnit(ctx, 'k.unit_id', input.unitId))
  if (input.overdue) query = query.where(sql<SqlBool>`(k.state = 'handling' and k.due_at <= ${ts(ctx.clock.now())}::timestamptz)`)
  const rows = await select(query).where(afterCursor(input.cursor, 'k.created_at', 'k.id')).orderBy('k.created_at', 'desc').orderBy('k.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.created_at)
  const flows = await flowsOf(ctx, flowIds(page.items))
  return { items: await Promise.all(page.items.map((k) => rowView(ctx, k, flows.get(k.flow_instance_id ?? '')?.mayDecide === true))), next: page.next, count: await boundCount(ctx, query) }
}

export async function showCase(ctx: Ctx, input: { id: string }): Promise<Case> {
  authorize(ctx, 'supervision.read')
  const row = await select(cases(ctx)).where('k.id', '=', input.id).executeTakeFirst()
  if (!row) throw supervisionFail('caseNotFound')
  const flow = row.flow_instance_id ? (await flowsOf(ctx, [row.flow_instance_id])).get(row.flow_instance_id) : undefined
  const steps = await db(ctx).selectFrom('supervision_case_step').selectAll().where('tenant_id', '=', row.tenant_id).where('case_id', '=', row.id).orderBy('at').orderBy('id').execute()
  const files = await filesOf(ctx, 'inspectionStep', steps.map((s) => s.id))
  const orders = await db(ctx).selectFrom('supervision_case_order as w').innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 'w.tenant_id').onRef('o.id', '=', 'w.order_id'))
    .select(['o.id', 'o.number', 'o.title', 'o.state']).where('w.tenant_id', '=', row.tenant_id).where('w.case_id', '=', row.id).where((eb) => seesOrder(ctx, eb as never) as never).orderBy('o.number').execute()
  const view = await rowView(ctx, row, flow?.mayDecide === true)
  // What the centre writes among itself before the unit is addressed is not the unit's.
  const wide = readsWide(ctx)
  return {
    ...view, flowInstanceId: row.flow_instance_id,
    approval: wide ? (flow?.steps ?? []).map((s) => ({ name: s.name, actor: s.actor ?? null, state: s.state, decidedAt: s.decidedAt ?? null, opinion: s.opinion ?? null })) : [],
    orderList: orders.map((o) => ({ id: o.id, number: o.number ?? '', title: o.title ?? '', stateName: stateNames[o.state as OrderState] })),
    steps: steps.filter((s) => wide || !['created', 'revised', 'sentBack', 'judged'].includes(s.node)).map((s) => ({ id: s.id, node: s.node, nodeName: caseStepNames[s.node] ?? s.node, actorName: s.actor_name, unitName: s.unit_name, at: s.at, content: s.content, recipientName: s.recipient_name, files: (files.get(s.id) ?? []).map(({ id, name, type, size }) => ({ id, name, type, size })) })),
    leaders: view.mayInspect ? await usersOf(ctx, { unitId: row.unit_id, permission: 'orders.approve' }) : [],
  }
}

type Node = 'created' | 'revised' | 'approved' | 'sentBack' | 'supervised' | 'material' | 'reported' | 'returned' | 'opinion' | 'judged' | 'closed'
async function step(ctx: Ctx, caseId: string, node: Node, content: string, recipient?: { id: string; name: string }): Promise<string> {
  const id = newId()
  await db(ctx).insertInto('supervision_case_step').values({ tenant_id: ctx.tenantId, id, case_id: caseId, node, actor_id: ctx.actor.kind === 'user' ? ctx.actor.id : null, actor_name: ctx.actor.name, unit_name: ctx.actor.unitName, at: ts(ctx.clock.now()), content, recipient_id: recipient?.id ?? null, recipient_name: recipient?.name ?? null }).execute()
  return id
}
const inFuture = (ctx: Ctx, at: Instant): void => {
  if (at <= ctx.clock.now()) throw supervisionFail('replyInPast', { rule: 'supervision.case.due', fields: [{ path: 'dueAt', message: '办理时限须晚于现在' }] })
}

export async function createCase(ctx: Ctx, input: Input<typeof contract.createCaseRoute>): Promise<Case> {
  authorize(ctx, 'supervision.inspect')
  inFuture(ctx, input.dueAt)
  const orderIds = [...new Set(input.orderIds)]
  for (const id of orderIds) if ((await readOrder(ctx, id)).tenant_id !== ctx.tenantId) throw supervisionFail('otherCentre', { rule: 'supervision.case.ownCentre', params: { number: '' } })
  const unit = (await unitsByIds(ctx, [input.unitId])).get(input.unitId)
  if (!unit || unit.tenantId !== ctx.tenantId || unit.kind === 'centre') throw kernelErrors('invalid', { fields: [{ path: 'unitId', message: '请选择承办单位' }] })
  const id = newId()
  await db(ctx).insertInto('supervision_case').values({ tenant_id: ctx.tenantId, id, title: input.title, demand: input.demand, unit_id: unit.id, unit_name: unit.name, state: 'pending', due_at: ts(input.dueAt), flow_instance_id: null, created_by: userId(ctx), created_by_name: ctx.actor.name, created_at: ts(ctx.clock.now()), approved_at: null, reported_at: null, closed_at: null, closed_by_name: null, solved: null }).execute()
  await db(ctx).insertInto('supervision_case_order').values(orderIds.map((order_id) => ({ tenant_id: ctx.tenantId, case_id: id, order_id }))).execute()
  await db(ctx).updateTable('supervision_source').set({ case_id: id }).where('tenant_id', '=', ctx.tenantId).where('order_id', 'in', orderIds).execute()
  const stepId = await step(ctx, id, 'created', input.demand)
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'order', objectType: 'inspectionStep', objectId: stepId, audience: 'staff' })
  await ask(ctx, id, input.title)
  return showCase(ctx, { id })
}

async function ask(ctx: Ctx, id: string, title: string): Promise<void> {
  const flow = await startFlow(ctx, { key: 'supervision.case', objectType: CASE, objectId: id, subjectUnitId: (await centreUnit(ctx)).id, applicantName: ctx.actor.name, title: `督查立项：${title}`, link: `/supervision/cases/${id}` })
  await db(ctx).updateTable('supervision_case').set({ flow_instance_id: flow.instanceId }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
}

async function hold(ctx: Ctx, id: string, states: State[], act: string) {
  await showCase(ctx, { id })
  const row = await db(ctx).selectFrom('supervision_case').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw supervisionFail('caseNotFound')
  if (!states.includes(row.state as State)) throw supervisionFail('caseState', { rule: 'supervision.case', params: { state: caseStateNames[row.state as State], act }, current: { state: row.state } })
  return row
}
type Held = Awaited<ReturnType<typeof hold>>
const change = (ctx: Ctx, k: Held, values: Record<string, unknown>): Promise<unknown> => db(ctx).updateTable('supervision_case').set({ ...values, version: k.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', k.id).execute()

export async function reviseCase(ctx: Ctx, input: Input<typeof contract.reviseCaseRoute>): Promise<Case> {
  authorize(ctx, 'supervision.inspect')
  const held = await hold(ctx, input.id, ['returned'], '修改')
  inFuture(ctx, input.dueAt)
  await change(ctx, held, { state: 'pending', title: input.title, demand: input.demand, due_at: ts(input.dueAt) })
  await step(ctx, held.id, 'revised', input.demand)
  await ask(ctx, held.id, input.title)
  return showCase(ctx, { id: held.id })
}

/** The leader on the case's own page; the same decision stands open in the approval tasks. */
export async function decideCase(ctx: Ctx, input: Input<typeof contract.decideCaseRoute>): Promise<Case> {
  if (!can(ctx, 'supervision.approveCase')) authorize(ctx, 'supervision.approveCaseUpper')
  const held = await hold(ctx, input.id, ['pending'], '审批')
  await decideFlow(ctx, { instanceId: held.flow_instance_id ?? '', outcome: input.outcome, opinion: input.opinion })
  return showCase(ctx, { id: held.id })
}

/** On the end of the approval: only now the unit receives it. */
export async function caseFinished(ctx: Ctx, finished: FinishedFlow): Promise<void> {
  if (finished.objectType !== CASE) return
  const k = await db(ctx).selectFrom('supervision_case').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', finished.objectId).forUpdate().executeTakeFirst()
  if (!k || k.state !== 'pending') return
  if (finished.outcome === 'returned') {
    await change(ctx, k, { state: 'returned' })
    await step(ctx, k.id, 'sentBack', finished.opinion)
    await notify(ctx, { type: 'supervision.case', to: { userIds: [k.created_by] }, level: 'P3', title: `督查立项被退回：${k.title}`, text: finished.opinion, link: `/supervision/cases/${k.id}`, objectType: CASE, objectId: k.id })
    return
  }
  await change(ctx, k, { state: 'handling', approved_at: ts(ctx.clock.now()) })
  await step(ctx, k.id, 'approved', finished.opinion)
  await tellUnit(ctx, k, `督查立项：${k.title}`, k.demand)
  ctx.signal('supervision.board')
}

async function tellUnit(ctx: Ctx, k: { id: string; unit_id: string }, title: string, text: string, more: string[] = []): Promise<void> {
  const told = [...new Set([...(await peopleFinder(ctx).ofUnit(k.unit_id, null)).map((p) => p.id), ...more])].filter((id) => id !== ctx.actor.id)
  if (told.length > 0) await notify(ctx, { type: 'supervision.case', to: { userIds: told }, level: 'P2', title, text, link: `/supervision/cases/${k.id}`, objectType: CASE, objectId: k.id })
}

/** The unit adds material, or reports; after the limit it is marked late. */
export async function reportCase(ctx: Ctx, input: Input<typeof contract.reportCaseRoute>): Promise<Case> {
  authorize(ctx, 'supervision.answer')
  const held = await hold(ctx, input.id, ['handling'], '报告')
  if (!(await answersFor(ctx, [held.unit_id]))) throw supervisionFail('notYours', { rule: 'supervision.answer', params: { act: '办理该督查案件' } })
  const now = ctx.clock.now()
  const reports = input.kind === 'report'
  if (reports && held.material_owed) throw supervisionFail('materialOwed', { rule: 'supervision.case.material' })
  await change(ctx, held, { ...(reports ? { state: 'reported', reported_at: ts(now), late: held.late || now > held.due_at } : {}), ...(reports ? {} : { material_owed: false }) })
  const stepId = await step(ctx, held.id, reports ? 'reported' : 'material', input.content)
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'order', objectType: 'inspectionStep', objectId: stepId, audience: 'staff' })
  await notify(ctx, { type: 'supervision.caseReported', to: { userIds: [held.created_by] }, level: 'P3', title: `督查${reports ? '已报告' : '补充材料'}：${held.title}`, text: input.content, link: `/supervision/cases/${held.id}`, objectType: CASE, objectId: held.id })
  ctx.signal('supervision.board')
  return showCase(ctx, { id: held.id })
}

/** 督办 presses the unit, 退回 sends the case back to it, 汇报 reports to the leaders. */
export async function inspectCase(ctx: Ctx, input: Input<typeof contract.inspectCaseRoute>): Promise<Case> {
  authorize(ctx, 'supervision.inspect')
  const held = await hold(ctx, input.id, ['handling', 'reported'], '办理')
  if (input.dueAt !== undefined) inFuture(ctx, input.dueAt)
  if (input.act === 'supervise') {
    await step(ctx, held.id, 'supervised', input.content)
    await tellUnit(ctx, held, `督查督办：${held.title}`, input.content)
  } else if (input.act === 'return') {
    // A case is returned to its unit when the limit was missed or the report is incomplete.
    if (held.state !== 'reported' && held.due_at > ctx.clock.now()) throw supervisionFail('caseState', { rule: 'supervision.case.return', params: { state: caseStateNames[held.state as State], act: '退回（未报告且未到期）' } })
    await change(ctx, held, { state: 'handling', round: held.round + 1, ...(input.dueAt === undefined ? {} : { due_at: ts(input.dueAt) }), late: held.late || held.due_at <= ctx.clock.now() })
    await step(ctx, held.id, 'returned', input.content)
    await tellUnit(ctx, held, `督查退回：${held.title}`, input.content)
  } else {
    await step(ctx, held.id, 'judged', input.content)
    await notify(ctx, { type: 'supervision.caseReported', to: { permission: 'supervision.approveCase' }, level: 'P3', title: `督查汇报：${held.title}`, text: input.content, link: `/supervision/cases/${held.id}`, objectType: CASE, objectId: held.id })
  }
  ctx.signal('supervision.board')
  return showCase(ctx, { id: held.id })
}

/** Accountability: an opinion to a leader of the unit, which then owes further material. */
export async function issueOpinion(ctx: Ctx, input: Input<typeof contract.opinionRoute>): Promise<Case> {
  authorize(ctx, 'supervision.inspect')
  const held = await hold(ctx, input.id, ['handling', 'reported'], '发督查意见')
  inFuture(ctx, input.dueAt)
  const leader = (await usersOf(ctx, { unitId: held.unit_id, permission: 'orders.approve' })).find((u) => u.id === input.recipientId)
  if (!leader) throw kernelErrors('invalid', { fields: [{ path: 'recipientId', message: '请选择该单位的领导' }] })
  await change(ctx, held, { state: 'handling', round: held.state === 'reported' ? held.round + 1 : held.round, material_owed: true, due_at: ts(input.dueAt) })
  await step(ctx, held.id, 'opinion', input.content, leader)
  await tellUnit(ctx, held, `督查意见：${held.title}`, input.content, [leader.id])
  ctx.signal('supervision.board')
  return showCase(ctx, { id: held.id })
}

export async function closeCase(ctx: Ctx, input: Input<typeof contract.closeCaseRoute>): Promise<Case> {
  authorize(ctx, 'supervision.inspect')
  const held = await hold(ctx, input.id, ['handling', 'reported'], '结案')
  if (held.material_owed) throw supervisionFail('materialOwed', { rule: 'supervision.case.material' })
  if (held.state !== 'reported') throw supervisionFail('caseState', { rule: 'supervision.case.report', params: { state: caseStateNames[held.state as State], act: '结案' } })
  await change(ctx, held, { state: 'closed', closed_at: ts(ctx.clock.now()), closed_by_name: ctx.actor.name, solved: input.solved })
  await step(ctx, held.id, 'closed', input.opinion)
  await tellUnit(ctx, held, `督查结案：${held.title}`, input.opinion)
  ctx.signal('supervision.board')
  return showCase(ctx, { id: held.id })
}
