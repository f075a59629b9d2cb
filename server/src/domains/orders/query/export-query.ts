// Export of a query: the same rows and cells as the list's, read in pages along the list's own order, so that memory stays flat.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { ExportCell, ExportFilter, ExportOptions, ExportSource } from '../../platform/index.ts'
import { allOf, boundedCount, type Branch } from '../reading/list-branches.ts'
import { listPage, rowsOf } from '../reading/list-page.ts'
import { listRows } from '../reading/list-rows.ts'
import { columnsOf, orderCells } from '../reading/export-orders.ts'
import { orderColumns } from '../reading/reading.zh-CN.ts'
import { queryBranches, sortOf, sortedIds, treeOf } from './run-query.ts'

const PAGE = 500

async function chosen(ctx: Ctx, filter: ExportFilter, ids: string[] | null): Promise<Branch[]> {
  const where = filter['where']
  const branches = await queryBranches(ctx, treeOf(typeof where === 'string' ? where : JSON.stringify(where ?? { all: [] })), filter['below'] === true || filter['below'] === 'true')
  return ids === null ? branches : branches.map((b) => ({ ...b, where: allOf([b.where, sql`o.id = any(${ids}::uuid[])`]) }))
}

async function* rows(ctx: Ctx, filter: ExportFilter, _columns: string[], options: ExportOptions): AsyncGenerator<Record<string, ExportCell>[]> {
  const branches = await chosen(ctx, filter, options.ids)
  const sorted = sortOf(options.sort ?? '-registeredAt')
  if (sorted.field !== 'registeredAt') {
    // Another order is not an index's: the ids are sorted once (36 bytes each), the rows are read by pages of them.
    const ids = await sortedIds(ctx, branches, sorted, 1_000_000, 0)
    for (let i = 0; i < ids.length; i += PAGE) yield cells(ctx, await rowsOf(ctx, ids.slice(i, i + PAGE)))
    return
  }
  for (let cursor: string | undefined; ; ) {
    const page = await listPage(ctx, branches, sorted.down ? 'registeredAt' : 'registeredAtAsc', { limit: PAGE, cursor })
    yield cells(ctx, page.rows)
    if (page.next === null) return
    cursor = page.next
  }
}

async function cells(ctx: Ctx, page: Parameters<typeof listRows>[1]): Promise<Record<string, ExportCell>[]> {
  const views = await listRows(ctx, page)
  return views.map((view, i) => orderCells(ctx, view, page[i]))
}

const source: ExportSource = {
  page: 'query', title: '综合查询', permission: 'orders.export', columns: columnsOf(orderColumns), rows,
  async count(ctx, filter, options, bound) {
    const { rows: found } = await sql<{ n: number }>`select ${boundedCount(await chosen(ctx, filter, options.ids), bound)} as n`.execute(ctx.db())
    return found[0]?.n ?? 0
  },
}

export const queryExports = (): ExportSource[] => [source]
