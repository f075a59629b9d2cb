// What pages of orders export: the rows that the list shows to this reader, in Chinese words and masked alike (ORD-67, PLA-31).
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { scopesOf } from '../../../kernel/access.ts'
import { formatFull, type Instant } from '../../../kernel/time/index.ts'
import type { ExportCell, ExportFilter, ExportOptions, ExportSource } from '../../platform/index.ts'
import { readableTenants } from '../orders.policy.ts'
import { db, type OrderRow } from '../orders.queries.ts'
import { closeKindNames } from '../texts.zh-CN.ts'
import { allOf, boundedCount, branchesOf, type Branch } from './list-branches.ts'
import { orderFilter, orderSorts, type OrderListRow, type OrderSort } from './list-contract.ts'
import { listPage } from './list-page.ts'
import { listRows } from './list-rows.ts'
import { queryOf } from './order-filter.ts'
import { orderColumns, unitColumns } from './reading.zh-CN.ts'
import { countUnitWork, unitPage, unitRows, type UnitWorkRow } from './unit-assignments.ts'
import { unitFilter, type UnitRow } from './unit-contract.ts'

const PAGE = 200
export const columnsOf = (names: Record<string, string>) => Object.entries(names).map(([key, label]) => ({ key, label, ...(key === 'content' || key === 'reply' || key === 'result' ? { width: 60 } : {}) }))

/** Anything that a page keeps beside the filter (cursor, limit, sort) is left out. */
const filterOf = (filter: ExportFilter): Record<string, string> => {
  const { cursor: _cursor, limit: _limit, sort: _sort, ...rest } = queryOf(filter)
  return rest
}

async function chosen(ctx: Ctx, filter: ExportFilter, ids: string[] | null): Promise<Branch[]> {
  const branches = await branchesOf(ctx, orderFilter.parse(filterOf(filter)))
  return ids === null ? branches : branches.map((b) => ({ ...b, where: allOf([b.where, sql`o.id = any(${ids}::uuid[])`]) }))
}

const sortOf = (sort: string | null): OrderSort => orderSorts.find((s) => s === sort) ?? 'nearestClock'

async function* orderRows(ctx: Ctx, filter: ExportFilter, _columns: string[], options: ExportOptions): AsyncGenerator<Record<string, ExportCell>[]> {
  const branches = await chosen(ctx, filter, options.ids)
  for (let cursor: string | undefined; ; ) {
    const { rows, next } = await listPage(ctx, branches, sortOf(options.sort), { limit: PAGE, cursor })
    const views = await listRows(ctx, rows)
    yield views.map((view, i) => orderCells(ctx, view, rows[i]))
    if (next === null) return
    cursor = next
  }
}

const moment = (at: Instant | null | undefined): string | null => (at === null || at === undefined ? null : formatFull(at).replace(/ \(.*\)$/, ''))

export function orderCells(ctx: Ctx, view: OrderListRow, row: OrderRow | undefined): Record<string, ExportCell> {
  return {
    number: view.number, title: view.title, stateName: view.stateName, urgencyName: view.urgencyName, appealTypeName: view.appealTypeName, channelName: view.channelName, requesterName: view.requesterName, contactPhoneMask: view.contactPhoneMask,
    areaName: view.areaName, address: view.address, matterName: view.matterName, leadUnitName: view.leadUnitName, round: view.round, flags: view.flags.map((f) => f.name).join('、'), clockName: view.nextClock?.name ?? null,
    clockDueAt: view.nextClock?.paused ? '已暂停' : moment(view.nextClock?.dueAt), registeredAt: moment(view.registeredAt), registeredByName: view.registeredByName, occurredAt: moment(row?.occurred_at), dispatchedAt: moment(row?.dispatched_at),
    closedAt: moment(view.closedAt), closeKindName: row?.close_kind ? (closeKindNames[row.close_kind] ?? row.close_kind) : null, urgeCount: view.urgeCount, returnCount: view.returnCount, supplementCount: view.supplementCount,
    content: row?.content ?? null,
    // The answer to the requester was given by the final unit; a unit reads it once the order is over, never opinions on the way.
    reply: row && (scopesOf(ctx, 'orders.read').some((s) => s !== 'unit' && s !== 'unitTree') || row.closed_at !== null) ? row.reply : null,
  }
}

const orders: ExportSource = {
  page: 'orders', title: '工单', permission: 'orders.export', columns: columnsOf(orderColumns), rows: orderRows,
  async count(ctx, filter, options, bound) {
    const { rows } = await sql<{ n: number }>`select ${boundedCount(await chosen(ctx, filter, options.ids), bound)} as n`.execute(ctx.db())
    return rows[0]?.n ?? 0
  },
}

async function* unitRowsOf(ctx: Ctx, filter: ExportFilter, columns: string[], options: ExportOptions): AsyncGenerator<Record<string, ExportCell>[]> {
  const wanted = unitFilter.parse(filterOf(filter))
  const ids = options.ids === null ? null : new Set(options.ids)
  for (let cursor: string | undefined; ; ) {
    const { rows, next } = await unitPage(ctx, wanted, { limit: PAGE, cursor })
    const own = ids === null ? rows : rows.filter((r) => ids.has(r.id) || ids.has(r.order_id))
    const [views, results] = await Promise.all([unitRows(ctx, own), columns.includes('result') ? latestResults(ctx, own) : new Map<string, string>()])
    yield views.map((view, i) => unitCells(view, own[i], results))
    if (next === null) return
    cursor = next
  }
}

/** The unit's own last result; texts of other units never stand in its export. */
async function latestResults(ctx: Ctx, rows: UnitWorkRow[]): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map()
  const found = await db(ctx).selectFrom('order_feedback').select(['assignment_id', 'result']).where('tenant_id', 'in', readableTenants(ctx)).where('assignment_id', 'in', rows.map((r) => r.id)).where('kind', '=', 'result').orderBy('version').execute()
  return new Map(found.map((f) => [f.assignment_id, f.result]))
}

const unitCells = (view: UnitRow, row: UnitWorkRow | undefined, results: Map<string, string>): Record<string, ExportCell> => ({
  number: view.number, title: view.title, stateName: view.stateName, orderStateName: view.orderStateName, urgencyName: view.urgencyName, appealTypeName: view.appealTypeName, requesterName: view.requesterName, contactPhoneMask: view.contactPhoneMask,
  areaName: view.areaName, address: view.address, matterName: view.matterName, unitName: view.unitName, roleName: view.roleName, round: view.round, handlerName: view.handlerName, dispatchedAt: moment(view.dispatchedAt), signedAt: moment(view.signedAt),
  dueAt: moment(view.dueAt), doneAt: moment(view.doneAt), clockName: view.clock?.name ?? null, flags: view.flags.map((f) => f.name).join('、'), content: row?.content ?? null, result: results.get(view.id) ?? null,
})

const unit: ExportSource = {
  page: 'unit', title: '承办任务', permission: 'orders.export', columns: columnsOf(unitColumns), rows: unitRowsOf,
  async count(ctx, filter, options, bound) {
    if (options.ids !== null) return options.ids.length
    return countUnitWork(ctx, unitFilter.parse(filterOf(filter)), bound)
  },
}

export const orderExports = (): ExportSource[] => [orders, unit]
