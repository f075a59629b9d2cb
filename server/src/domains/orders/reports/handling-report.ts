// A handling report: written from a template, approved inside the unit, then seen by the level above (ORD-54).
import { sql } from 'kysely'
import { can, scopesOf } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { formatFull, localDate, parseIso, toIso, type Instant } from '../../../kernel/time/index.ts'
import { filesOf, notify, setting, tenantById, type ExportSource } from '../../platform/index.ts'
import { orderFail } from '../orders.errors.ts'
import { requireUnit, visible } from '../orders.policy.ts'
import { db } from '../orders.queries.ts'
import { isMoment, isUuid, readCursor, writeCursor } from '../reading/cursor.ts'
import { columnsOf } from '../reading/export-orders.ts'
import { queryOf } from '../reading/order-filter.ts'
import { asCount } from '../reading/list-branches.ts'
import { ask, dataOf, type AskKind } from '../requests/ask.ts'
import { reportTemplate } from '../settings.ts'
import { assignmentStateNames } from '../texts.zh-CN.ts'
import { assignmentAnswer, holdAssignment } from '../unit-acts.ts'
import type * as contract from './report-contract.ts'
import { listReportsRoute } from './report-contract.ts'
import { REPORT_FLOW } from './report-flow.ts'

export const reportKind: AskKind = {
  kind: 'report', name: '办理报告', flow: REPORT_FLOW,
  async decided(ctx, { order, request, approved, opinion }) {
    const id = String(dataOf(request)['reportId'] ?? '')
    await db(ctx).updateTable('order_report').set({ state: approved ? 'approved' : 'returned', decided_at: ts(ctx.clock.now()), opinion: opinion || null }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
    if (!approved) return
    const row = await db(ctx).selectFrom('order_assignment as a').leftJoin('order_assignment as up', (j) => j.onRef('up.tenant_id', '=', 'a.tenant_id').onRef('up.id', '=', 'a.parent_id')).select('up.unit_id').where('a.tenant_id', '=', ctx.tenantId).where('a.id', '=', request.assignment_id ?? '').executeTakeFirst()
    const to = row?.unit_id ? { unitIds: [row.unit_id], permission: 'orders.handle' } : { permission: 'orders.reviewResult' }
    await notify(ctx, { type: 'order.handlingReport', to, level: 'P3', title: `办理报告：${order.title}`, text: `${request.unit_name} 已报送工单 ${order.number} 的办理报告`, link: `/orders/${order.number}?tab=reports`, objectType: 'order', objectId: order.id })
  },
}

const open = ['handling', 'pendingReport', 'done']

export async function writeReport(ctx: Ctx, input: Input<typeof contract.writeReportRoute>) {
  const { order, assignment } = await holdAssignment(ctx, input.id)
  requireUnit(ctx, assignment, 'orders.handle', '提交办理报告')
  if (!open.includes(assignment.state)) throw orderFail('assignmentForbids', { rule: 'orders.assignment.report', params: { state: assignmentStateNames[assignment.state], act: '提交办理报告' } })
  const id = newId()
  const earlier = await db(ctx).selectFrom('order_report').select((eb) => eb.fn.max('version').as('version')).where('tenant_id', '=', ctx.tenantId).where('assignment_id', '=', assignment.id).executeTakeFirst()
  await db(ctx).insertInto('order_report').values({
    tenant_id: ctx.tenantId, id, order_id: order.id, assignment_id: assignment.id, unit_id: assignment.unit_id, unit_name: assignment.unit_name, version: (earlier?.version ?? 0) + 1, title: input.title, content: input.content, state: 'pending',
    written_by: ctx.actor.kind === 'user' ? ctx.actor.id : null, written_by_name: ctx.actor.name, written_at: ts(ctx.clock.now()),
  }).execute()
  const asked = await ask(ctx, reportKind, order, { assignment, unit: { id: assignment.unit_id, name: assignment.unit_name }, reason: input.title, data: { reportId: id }, fileIds: input.fileIds })
  await db(ctx).updateTable('order_report').set({ request_id: asked.requestId }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
  return assignmentAnswer(asked.order, assignment.id, assignment.state)
}

/** The tenant's template ⚙ with what is known filled in. */
export async function filledTemplate(ctx: Ctx, input: Input<typeof contract.reportTemplateRoute>) {
  const { order, assignment } = await holdAssignment(ctx, input.id)
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const last = await db(ctx).selectFrom('order_feedback').select(['result', 'basis']).where('tenant_id', '=', ctx.tenantId).where('assignment_id', '=', assignment.id).orderBy('version', 'desc').limit(1).executeTakeFirst()
  const words: Record<string, string> = { 工单号: order.number, 标题: order.title, 内容: order.content, 单位: assignment.unit_name, 签收时间: assignment.signed_at === null ? '' : localDate(assignment.signed_at, timeZone), 日期: localDate(ctx.clock.now(), timeZone), 办理结果: last?.result ?? '', 依据: last?.basis ?? '' }
  return { title: `关于“${order.title}”的办理报告`.slice(0, 100), content: (await setting(ctx, reportTemplate)).replace(/\{([^{}]+)\}/g, (whole, key: string) => words[key] ?? whole) }
}

/** Authors see all their unit's reports; the levels above and the centre only approved ones. */
function readable(ctx: Ctx) {
  const own = ctx.actor.unitIds
  const centre = scopesOf(ctx, 'orders.read').some((s) => s !== 'unit' && s !== 'unitTree') && (can(ctx, 'orders.reviewResult') || can(ctx, 'orders.arbitrate'))
  const mine = own.length > 0 ? sql<boolean>`r.unit_id in (${sql.join(own)})` : sql<boolean>`false`
  const line = own.length > 0 ? sql<boolean>`exists (select 1 from platform_unit_view u where u.tenant_id = r.tenant_id and u.id = r.unit_id and u.path && ${own}::uuid[])` : sql<boolean>`false`
  return sql<boolean>`(${mine} or (r.state = 'approved' and (${centre ? sql`true` : line})))`
}

const columns = ['r.id', 'r.order_id as orderId', 'o.number', 'o.title as orderTitle', 'r.assignment_id as assignmentId', 'r.unit_id as unitId', 'r.unit_name as unitName', 'r.version', 'r.title', 'r.state', 'r.written_by_name as writtenByName', 'r.written_at as writtenAt', 'r.decided_at as decidedAt', 'r.opinion'] as const

const from = (ctx: Ctx) => db(ctx).selectFrom('order_report as r').innerJoin('order_order as o', (j) => j.onRef('o.tenant_id', '=', 'r.tenant_id').onRef('o.id', '=', 'r.order_id')).where('r.tenant_id', '=', ctx.tenantId).where('o.tenant_id', '=', ctx.tenantId).where(readable(ctx)).where((eb) => visible(ctx, eb as never))

export async function listReports(ctx: Ctx, input: Input<typeof contract.listReportsRoute>) {
  let query = from(ctx)
  // A merged order shows the report of the order it went into.
  if (input.orderId) query = query.where(sql<boolean>`(r.order_id = ${input.orderId} or r.order_id in (select l.to_id from order_link l where l.tenant_id = ${ctx.tenantId} and l.from_id = ${input.orderId} and l.kind = 'merged'))`)
  if (input.state) query = query.where('r.state', '=', input.state)
  if (input.number) query = query.where('o.number', '>=', input.number).where('o.number', '<', `${input.number}~`)
  if (input.text) query = query.where('r.title', 'like', `%${input.text.replace(/[%_\\]/g, '\\$&')}%`)
  const [at, id] = input.cursor === undefined ? [undefined, undefined] : readCursor(input.cursor, [isMoment, isUuid])
  const page = at === undefined || id === undefined ? query : query.where(sql<boolean>`(r.written_at, r.id) < (${toIso(parseIso(at))}::timestamptz, ${id}::uuid)`)
  const [rows, counted] = await Promise.all([
    page.select(columns).orderBy('r.written_at', 'desc').orderBy('r.id', 'desc').limit(input.limit + 1).execute(),
    sql<{ n: number }>`select count(*)::int as n from (${query.select(sql`1`.as('x')).limit(1001)}) as bounded`.execute(ctx.db()),
  ])
  const items = rows.slice(0, input.limit)
  const last = items.at(-1)
  return { items: items.map(stated), next: last && rows.length > input.limit ? writeCursor([toIso(last.writtenAt), last.id]) : null, count: asCount(counted.rows[0]?.n ?? 0) }
}

export async function getReport(ctx: Ctx, input: Input<typeof contract.getReportRoute>) {
  const row = await from(ctx).select([...columns, 'r.content', 'r.request_id as requestId']).where('r.id', '=', input.id).executeTakeFirst()
  if (!row) throw orderFail('notFound')
  const { requestId, ...report } = row
  return { ...stated(report), files: requestId ? ((await filesOf(ctx, 'request', [requestId])).get(requestId) ?? []) : [] }
}

const reportColumns: Record<string, string> = { number: '工单号', orderTitle: '工单标题', title: '报告标题', unitName: '单位', version: '版本', stateName: '状态', writtenByName: '撰写人', writtenAt: '撰写时间', decidedAt: '审批时间', opinion: '审批意见', content: '内容' }
const stateNames: Record<string, string> = { pending: '审批中', approved: '已报送', returned: '退回修改' }
const PAGE = 200

/** The table of reports as a file: exactly what this reader sees in the list. */
export const reportExport: ExportSource = {
  page: 'orders.reports', title: '办理报告', permission: 'orders.export', columns: columnsOf(reportColumns),
  async *rows(ctx, filter, _columns, options) {
    const { timeZone } = await tenantById(ctx, ctx.tenantId)
    const moment = (at: Instant | null): string | null => (at === null ? null : formatFull(at, timeZone).replace(/ \(.*\)$/, ''))
    const wanted = exportFilter.parse(queryOf(filter))
    for (let cursor: string | undefined; ; ) {
      const page = await listReports(ctx, { ...wanted, limit: PAGE, cursor })
      const chosen = page.items.filter((one) => options.ids === null || options.ids.includes(one.id))
      const texts = new Map(chosen.length === 0 ? [] : (await db(ctx).selectFrom('order_report').select(['id', 'content']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', chosen.map((one) => one.id)).execute()).map((r) => [r.id, r.content]))
      yield chosen.map((one) => ({ number: one.number, orderTitle: one.orderTitle, title: one.title, unitName: one.unitName, version: one.version, stateName: stateNames[one.state] ?? one.state, writtenByName: one.writtenByName, writtenAt: moment(one.writtenAt), decidedAt: moment(one.decidedAt), opinion: one.opinion, content: texts.get(one.id) ?? '' }))
      if (page.next === null) return
      cursor = page.next
    }
  },
  async count(ctx, filter, options) {
    return options.ids === null ? (await listReports(ctx, { ...exportFilter.parse(queryOf(filter)), limit: 1 })).count.value : options.ids.length
  },
}
const exportFilter = listReportsRoute.query.pick({ orderId: true, state: true, number: true, text: true })

type ReportState = 'pending' | 'approved' | 'returned'
/** The column is held to these states by a check constraint. */
const stated = <T extends { state: string }>(row: T): T & { state: ReportState } => ({ ...row, state: row.state as ReportState })
