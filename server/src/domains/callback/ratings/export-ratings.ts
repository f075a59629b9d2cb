// Ratings as a table for download: the rows of the list, under the same filter.
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Output } from '../../../kernel/http/route.ts'
import { formatFull } from '../../../kernel/time/index.ts'
import type { ExportFilter, ExportSource } from '../../platform/index.ts'
import { listRatings } from './care.ts'
import * as contract from './rating-contract.ts'

type Row = Output<typeof contract.listRatings>['items'][number]
const columns: { key: string; label: string; width?: number; of: (row: Row) => string | number | null }[] = [
  { key: 'at', label: '评价时间', of: (r) => formatFull(r.at) }, { key: 'object', label: '评价对象', of: (r) => r.objectName }, { key: 'service', label: '业务', of: (r) => r.service }, { key: 'stars', label: '星级', of: (r) => r.stars }, { key: 'text', label: '评价内容', width: 40, of: (r) => r.text },
  { key: 'who', label: '坐席 / 承办单位', of: (r) => r.agentName ?? r.unitName }, { key: 'number', label: '工单号', width: 20, of: (r) => r.number }, { key: 'phone', label: '诉求人', of: (r) => r.phoneMask }, { key: 'care', label: '处理状态', of: (r) => r.care?.stateName ?? null },
  { key: 'opinion', label: '诉求人意见', width: 40, of: (r) => r.care?.opinion ?? null }, { key: 'answer', label: '告知诉求人的处理结果', width: 40, of: (r) => r.care?.answer ?? null }, { key: 'by', label: '处理人', of: (r) => r.care?.doneByName ?? null }, { key: 'doneAt', label: '处理时间', of: (r) => (r.care?.doneAt ? formatFull(r.care.doneAt) : null) },
]

// The page sends what is fixed and what is chosen alike, as lists.
const queryOf = (filter: ExportFilter) => contract.listRatings.query.parse(Object.fromEntries(Object.entries(filter).map(([key, value]) => [key, Array.isArray(value) ? value.join(',') : value])))

async function* pages(ctx: Ctx, filter: ExportFilter): AsyncGenerator<Row[]> {
  const parsed = { ...queryOf(filter), limit: 200 }
  for (let cursor: string | undefined; ; ) {
    const page = await listRatings(ctx, { ...parsed, ...(cursor === undefined ? {} : { cursor }) })
    yield page.items
    if (page.next === null) return
    cursor = page.next
  }
}

export const ratingExport: ExportSource = {
  page: 'serviceRatings', title: '评价处理', permission: 'callback.read', columns: columns.map(({ key, label, width }) => ({ key, label, ...(width ? { width } : {}) })),
  async *rows(ctx, filter, wanted, options) {
    for await (const items of pages(ctx, filter)) yield items.filter((one) => options.ids === null || options.ids.includes(one.id)).map((row) => Object.fromEntries(columns.filter((c) => wanted.includes(c.key)).map((c) => [c.key, c.of(row)])))
  },
  async count(ctx, filter, options) {
    return options.ids?.length ?? (await listRatings(ctx, { ...queryOf(filter), limit: 1 })).count.value
  },
}
