// What can be exported: each domain offers its lists under the name of the console page.
import { can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { definePort } from '../../../kernel/port.ts'
import { listErrors } from './lists.errors.ts'

export type ExportCell = string | number | boolean | null
export type ExportFilter = Record<string, unknown>
export type ExportOptions = { sort: string | null; /** Chosen rows only. */ ids: string[] | null }

export type ExportColumn = { key: string; label: string; width?: number }
export type ExportSource = {
  /** Name of the page, as in saved queries: `orders`. */
  page: string
  /** Chinese name of the list, part of the file's name. */
  title: string
  permission: string
  columns: ExportColumn[]
  /** Where the columns follow from what is exported; they are all written, and `columns` is empty. */
  columnsFor?: (ctx: Ctx, filter: ExportFilter) => Promise<ExportColumn[]>
  /** The rows that the page would list to this actor, in pages of some hundred; values as shown, masked likewise. */
  rows(ctx: Ctx, filter: ExportFilter, columns: string[], options: ExportOptions): AsyncIterable<Record<string, ExportCell>[]>
  /** Their number; may stop counting above `bound`. */
  count(ctx: Ctx, filter: ExportFilter, options: ExportOptions, bound: number): Promise<number>
}

export const exportSources = definePort<() => ExportSource[]>('platform.exportSources')

/** The source of a page that the actor may export. Errors: `platform.unknownExport` (422). The permission is the caller's to check. */
export function sourceOf(page: string): ExportSource {
  const source = exportSources.all().flatMap((list) => list()).find((one) => one.page === page)
  if (!source) throw listErrors('unknownExport', { fields: [{ path: 'page', message: '不支持导出' }] })
  return source
}

/** For the page: which columns it may offer; sources without permission are left out. */
export const sourcesFor = (ctx: Ctx): ExportSource[] => exportSources.all().flatMap((list) => list()).filter((source) => can(ctx, source.permission))

/** The columns that go into the file, in the order asked for. Errors: `platform.unknownColumns` (422). */
export async function chosenColumns(ctx: Ctx, source: ExportSource, filter: ExportFilter, keys: readonly string[]): Promise<ExportColumn[]> {
  if (source.columnsFor) return source.columnsFor(ctx, filter)
  const unknown = keys.filter((key) => !source.columns.some((column) => column.key === key))
  if (unknown.length > 0 || keys.length === 0) throw listErrors('unknownColumns', { params: { columns: unknown.join('、') }, fields: [{ path: 'columns', message: unknown.length > 0 ? `没有这些列：${unknown.join('、')}` : '请选择要导出的列' }] })
  return keys.flatMap((key) => source.columns.filter((column) => column.key === key))
}
