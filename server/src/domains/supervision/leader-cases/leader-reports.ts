// Monthly reports of unit leaders on the cases they supervise in person (SUP-26).
import { sql, type Insertable, type SqlBool } from 'kysely'
import { authorize, can, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { localDate, monthOf } from '../../../kernel/time/index.ts'
import { readOrderByNumber, stateNames, type OrderState } from '../../orders/index.ts'
import { afterCursor, boundCount, nextPage, notify, setting, tenantById, unitById } from '../../platform/index.ts'
import { supervisionFail } from '../supervision.errors.ts'
import { db, inUnit, listedTenants, ownLine, seesOrder } from '../supervision.queries.ts'
import type { SupervisionTables } from '../tables.gen.ts'
import type * as contract from './leader-case-contract.ts'
import { leaderCaseFields, type LeaderField } from './leader-case-settings.ts'
import { leaderCaseKindNames, reportStateNames } from './leader-case-texts.zh-CN.ts'

type Report = Output<typeof contract.showLeaderReportRoute>
type State = Report['state']
type Where = Pick<Input<typeof contract.leaderCasesRoute>, 'month' | 'from' | 'to' | 'unitId' | 'leaderId' | 'below'>

/** The centre reads all reports but drafts of others; a unit those of its line; a leader always his own. */
export function reports(ctx: Ctx, where: Where) {
  let query = db(ctx).selectFrom('supervision_leader_report as p').where('p.tenant_id', 'in', listedTenants(ctx, where))
  query = query.where((eb) => eb.or([eb.and([ownLine(ctx, 'p.unit_id'), eb('p.state', '<>', 'draft')]), eb('p.leader_id', '=', ctx.actor.id ?? '')]))
  if (where.month) query = query.where('p.month', '=', where.month)
  if (where.from) query = query.where('p.month', '>=', where.from)
  if (where.to) query = query.where('p.month', '<=', where.to)
  if (where.unitId) query = query.where(inUnit(ctx, 'p.unit_id', where.unitId))
  if (where.leaderId) query = query.where('p.leader_id', '=', where.leaderId)
  return query
}
const number = (kind: string) => sql<number>`(select count(*)::int from supervision_leader_case w where w.tenant_id = p.tenant_id and w.report_id = p.id and w.kind = ${kind})`
const select = (query: ReturnType<typeof reports>) => query.selectAll('p').select([number('case').as('cases'), number('whistle').as('whistles')])
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]

function viewOf(ctx: Ctx, r: Row) {
  const state = r.state as State
  const own = r.tenant_id === ctx.tenantId
  return {
    id: r.id, month: r.month, unitId: r.unit_id, unitName: r.unit_name, leaderId: r.leader_id, leaderName: r.leader_name, state, stateName: reportStateNames[state] ?? state, cases: r.cases, whistles: r.whistles,
    submittedAt: r.submitted_at, decidedAt: r.decided_at, decidedByName: r.decided_by_name, opinion: r.opinion, version: r.version,
    mayEdit: own && r.leader_id === ctx.actor.id && can(ctx, 'supervision.reportCases') && (state === 'draft' || state === 'rejected'), mayDecide: own && state === 'submitted' && can(ctx, 'supervision.reviewCases'),
  }
}

export async function listLeaderReports(ctx: Ctx, input: Input<typeof contract.listLeaderReportsRoute>): Promise<Output<typeof contract.listLeaderReportsRoute>> {
  authorize(ctx, 'supervision.read')
  let query = reports(ctx, input)
  if (input.state) query = query.where('p.state', 'in', input.state)
  if (input.mine) query = query.where('p.leader_id', '=', userId(ctx))
  const rows = await select(query).select('p.created_at').where(afterCursor(input.cursor, 'p.created_at', 'p.id')).orderBy('p.created_at', 'desc').orderBy('p.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.created_at)
  return { items: page.items.map((r) => viewOf(ctx, r)), next: page.next, count: await boundCount(ctx, query) }
}

export async function showLeaderReport(ctx: Ctx, input: { id: string }): Promise<Report> {
  authorize(ctx, 'supervision.read')
  const row = await select(reports(ctx, { below: true })).where('p.id', '=', input.id).executeTakeFirst()
  if (!row) throw supervisionFail('leaderReportNotFound')
  const orders = await db(ctx).selectFrom('supervision_leader_case as w').innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 'w.tenant_id').onRef('o.id', '=', 'w.order_id'))
    .select(['w.order_id as orderId', 'o.number', 'o.title', 'o.state', 'w.kind', 'w.note']).where('w.tenant_id', '=', row.tenant_id).where('w.report_id', '=', row.id).where((eb) => seesOrder(ctx, eb as never) as never).orderBy('o.number').execute()
  return { ...viewOf(ctx, row), fields: await setting(ctx, leaderCaseFields), values: row.fields as Report['values'], orders: orders.map((o) => ({ ...caseView(o), orderId: o.orderId })) } // values were parsed when they were saved
}
const caseView = (o: { number: string | null; title: string | null; state: string | null; kind: string; note: string | null }) => ({ number: o.number ?? '', title: o.title ?? '', state: o.state ?? '', stateName: stateNames[o.state as OrderState], kind: o.kind as 'case' | 'whistle', kindName: leaderCaseKindNames[o.kind] ?? o.kind, note: o.note })

/** One report for each leader and month: opening it again opens the first. */
export async function openLeaderReport(ctx: Ctx, input: { month: string }): Promise<Report> {
  authorize(ctx, 'supervision.reportCases')
  const unitId = ctx.actor.unitIds[0]
  if (!unitId) throw kernelErrors('forbidden', { params: { permission: '报送领导包案' } })
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  if (input.month > monthOf(localDate(ctx.clock.now(), timeZone))) throw kernelErrors('invalid', { fields: [{ path: 'month', message: '不能填报以后的月份' }] })
  const unit = await unitById(ctx, unitId)
  await db(ctx).insertInto('supervision_leader_report')
    .values({ tenant_id: ctx.tenantId, id: newId(), unit_id: unit.id, unit_name: unit.name, leader_id: userId(ctx), leader_name: ctx.actor.name, month: input.month, state: 'draft', created_at: ts(ctx.clock.now()) })
    .onConflict((c) => c.columns(['tenant_id', 'unit_id', 'leader_id', 'month']).doNothing()).execute()
  const row = await db(ctx).selectFrom('supervision_leader_report').select('id').where('tenant_id', '=', ctx.tenantId).where('unit_id', '=', unit.id).where('leader_id', '=', userId(ctx)).where('month', '=', input.month).executeTakeFirstOrThrow()
  return showLeaderReport(ctx, row)
}

function checkFields(fields: readonly LeaderField[], values: Report['values'], submit: boolean): Report['values'] {
  const faults = fields.flatMap((f) => {
    const value = values[f.key]
    if (value === undefined || value === '') return f.required && submit ? [{ path: `values.${f.key}`, message: `请填写${f.label}` }] : []
    if ((f.kind === 'number') !== (typeof value === 'number')) return [{ path: `values.${f.key}`, message: f.kind === 'number' ? '请填数字' : '请填文字' }]
    return f.kind === 'line' && String(value).length > 200 ? [{ path: `values.${f.key}`, message: '最多 200 字' }] : []
  })
  if (faults.length > 0) throw kernelErrors('invalid', { fields: faults })
  return Object.fromEntries(fields.flatMap((f) => (values[f.key] === undefined || values[f.key] === '' ? [] : [[f.key, values[f.key] as string | number]])))
}

export async function saveLeaderReport(ctx: Ctx, input: Input<typeof contract.saveLeaderReportRoute>): Promise<Report> {
  authorize(ctx, 'supervision.reportCases')
  const held = await db(ctx).selectFrom('supervision_leader_report').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('leader_id', '=', userId(ctx)).forUpdate().executeTakeFirst()
  if (!held) throw supervisionFail('leaderReportNotFound')
  if (held.state !== 'draft' && held.state !== 'rejected') throw supervisionFail('leaderReportState', { params: { state: reportStateNames[held.state] ?? '', act: '修改' } })
  if (held.version !== input.version) throw kernelErrors('conflict', { current: { version: held.version } })
  const values = checkFields(await setting(ctx, leaderCaseFields), input.values, input.submit)
  if (input.submit && input.orders.length === 0) throw kernelErrors('invalid', { fields: [{ path: 'orders', message: '请至少填一件工单' }] })
  const found: Insertable<SupervisionTables['supervision_leader_case']>[] = []
  const faults: { path: string; message: string }[] = []
  for (const [i, one] of input.orders.entries()) {
    const order = await readOrderByNumber(ctx, one.number).catch(() => null)
    if (order?.tenant_id !== ctx.tenantId) faults.push({ path: `orders.${i}.number`, message: `没有工单 ${one.number}` })
    else if (found.some((f) => f.order_id === order.id)) faults.push({ path: `orders.${i}.number`, message: `工单 ${one.number} 重复` })
    else if (one.kind === 'whistle' && !(await whistled(ctx, order.id))) faults.push({ path: `orders.${i}.kind`, message: `工单 ${one.number} 没有吹哨` })
    else found.push({ tenant_id: ctx.tenantId, report_id: held.id, order_id: order.id, kind: one.kind, note: one.note || null })
  }
  if (faults.length > 0) throw kernelErrors('invalid', { fields: faults })
  await db(ctx).deleteFrom('supervision_leader_case').where('tenant_id', '=', ctx.tenantId).where('report_id', '=', held.id).execute()
  if (found.length > 0) await db(ctx).insertInto('supervision_leader_case').values(found).execute()
  await db(ctx).updateTable('supervision_leader_report')
    .set({ fields: json(values), version: held.version + 1, ...(input.submit ? { state: 'submitted', submitted_at: ts(ctx.clock.now()), opinion: null, decided_at: null, decided_by_name: null } : {}) })
    .where('tenant_id', '=', ctx.tenantId).where('id', '=', held.id).execute()
  if (input.submit) await notify(ctx, { type: 'supervision.leaderReport', to: { permission: 'supervision.reviewCases' }, level: 'P3', title: `包案月报待审核：${held.unit_name} ${held.leader_name}`, text: held.month, link: `/supervision/leader-reports/${held.id}`, objectType: 'leaderReport', objectId: held.id })
  return showLeaderReport(ctx, held)
}

const whistled = async (ctx: Ctx, orderId: string): Promise<boolean> => (await db(ctx).selectFrom('orders_pub_whistle_view').select('order_id').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).limit(1).executeTakeFirst()) !== undefined

export async function decideLeaderReport(ctx: Ctx, input: Input<typeof contract.decideLeaderReportRoute>): Promise<Report> {
  authorize(ctx, 'supervision.reviewCases')
  const held = await db(ctx).selectFrom('supervision_leader_report').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('state', '<>', 'draft').forUpdate().executeTakeFirst()
  if (!held) throw supervisionFail('leaderReportNotFound')
  if (held.state !== 'submitted') throw supervisionFail('leaderReportState', { params: { state: reportStateNames[held.state] ?? '', act: '审核' } })
  if (input.outcome === 'reject' && input.opinion === '') throw kernelErrors('invalid', { fields: [{ path: 'opinion', message: '退回须写明理由' }] })
  const state = input.outcome === 'approve' ? 'approved' : 'rejected'
  await db(ctx).updateTable('supervision_leader_report').set({ state, opinion: input.opinion || null, decided_at: ts(ctx.clock.now()), decided_by_name: ctx.actor.name, version: held.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', held.id).execute()
  await notify(ctx, { type: 'supervision.leaderReport', to: { userIds: [held.leader_id] }, level: input.outcome === 'approve' ? 'P4' : 'P2', title: `包案月报${reportStateNames[state] ?? ''}：${held.month}`, text: input.opinion, link: `/supervision/leader-reports/${held.id}`, objectType: 'leaderReport', objectId: held.id })
  return showLeaderReport(ctx, held)
}

/** Orders of the reports that count: handed in and not rejected. */
export function leaderCases(ctx: Ctx, where: Where) {
  return reports(ctx, where).where('p.state', 'in', ['submitted', 'approved'])
    .innerJoin('supervision_leader_case as w', (join) => join.onRef('w.tenant_id', '=', 'p.tenant_id').onRef('w.report_id', '=', 'p.id'))
    .innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 'w.tenant_id').onRef('o.id', '=', 'w.order_id'))
    .where((eb) => seesOrder(ctx, eb as never) as never)
}
export const stillOpen = sql<SqlBool>`o.state in ('draft', 'pendingReview', 'pendingDispatch', 'inProgress', 'pendingResultReview', 'pendingCallback')`

export async function listLeaderCases(ctx: Ctx, input: Input<typeof contract.leaderCasesRoute>): Promise<Output<typeof contract.leaderCasesRoute>> {
  authorize(ctx, 'supervision.read')
  let query = leaderCases(ctx, input)
  if (input.kind) query = query.where('w.kind', '=', input.kind)
  if (input.open !== undefined) query = query.where(input.open ? stillOpen : sql<SqlBool>`not ${stillOpen}`)
  const rows = await query.select([sql<string>`w.report_id::text || w.order_id::text`.as('id'), 'w.order_id as orderId', 'o.number', 'o.title', 'o.state', 'w.kind', 'w.note', 'p.month', 'p.unit_name as unitName', 'p.leader_name as leaderName', 'p.created_at'])
    .where(afterCursor(input.cursor, 'p.created_at', 'w.order_id')).orderBy('p.created_at', 'desc').orderBy('w.order_id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows.map((r) => ({ ...r, id: r.orderId, key: r.id })), input.limit, (r) => r.created_at)
  return { items: page.items.map((r) => ({ ...caseView(r), id: r.key, orderId: r.orderId, month: r.month, unitName: r.unitName, leaderName: r.leaderName })), next: page.next, count: await boundCount(ctx, query) }
}
