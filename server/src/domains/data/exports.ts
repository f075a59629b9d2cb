// Figures and the rows behind them as sheets: the same question, under the same rights, as on the page.
import { z } from 'zod'
import type { Ctx } from '../../kernel/ctx.ts'
import { formatFull } from '../../kernel/time/index.ts'
import type { ExportCell, ExportFilter, ExportSource } from '../platform/index.ts'
import { figures } from './answer.ts'
import { figureRowsRoute, figuresRoute } from './contract.ts'
import { chosen } from './figures.ts'
import { figureRows } from './rows.ts'

const question = figuresRoute.body ?? z.never()
const behind = figureRowsRoute.body ?? z.never()
/** The most a question gives at once. */
const MOST_GROUPS = 2000
const PAGE = 200

const asked = (ctx: Ctx, filter: ExportFilter) => figures(ctx, question.parse({ ...filter, limit: MOST_GROUPS }) as Parameters<typeof figures>[1]) // parsed by the route's own schema
const rowsBehind = (ctx: Ctx, filter: ExportFilter, cursor?: string) => figureRows(ctx, behind.parse({ ...filter, limit: PAGE, ...(cursor ? { cursor } : {}) }) as Parameters<typeof figureRows>[1])

const table: ExportSource = {
  page: 'figures', title: '指标统计', permission: 'data.read', columns: [],
  async columnsFor(ctx, filter) {
    const { columns, before, rows } = await asked(ctx, filter)
    const heads = rows[0]?.keys.length ?? 0
    const named = columns.filter((c) => c.asked)
    return [
      ...Array.from({ length: heads }, (_, i) => ({ key: `k${i}`, label: chosen(rows[0]?.keys[i]?.dimension ?? '').label, width: 24 })),
      ...named.flatMap((c) => [{ key: c.code, label: c.unit ? `${c.name}（${c.unit}）` : c.name, width: 14 }, ...(before ? [{ key: `${c.code}.before`, label: `${c.name} 对比期`, width: 14 }] : [])]),
    ]
  },
  async count(ctx, filter) {
    return (await asked(ctx, filter)).rows.length + 1
  },
  async *rows(ctx, filter) {
    const answer = await asked(ctx, filter)
    const line = (names: readonly string[], values: Record<string, string | null>, earlier: Record<string, string | null> | null): Record<string, ExportCell> =>
      ({ ...Object.fromEntries(names.map((name, i) => [`k${i}`, name])), ...Object.fromEntries(Object.entries(values).map(([code, value]) => [code, numeric(value)])), ...Object.fromEntries(Object.entries(earlier ?? {}).map(([code, value]) => [`${code}.before`, numeric(value)])) })
    yield [...answer.rows.map((row) => line(row.keys.map((k) => k.name), row.values, row.before)), line(['合计'], answer.total, answer.before?.total ?? null)]
  },
}

/** Numbers stay numbers in a sheet; what has no value stays empty, never 0. */
const numeric = (value: string | null): number | null => (value === null ? null : Number(value))

const columns = [{ key: 'number', label: '工单号', width: 22 }, { key: 'title', label: '标题', width: 40 }, { key: 'stateName', label: '状态', width: 12 }, { key: 'unitName', label: '承办单位', width: 24 }, { key: 'registeredAt', label: '登记时间', width: 20 }, { key: 'closedAt', label: '办结时间', width: 20 }]
const moment = (at: Parameters<typeof formatFull>[0] | null): string | null => (at === null ? null : formatFull(at).replace(/ \(.*\)$/, ''))

const rows: ExportSource = {
  page: 'figureRows', title: '指标明细', permission: 'data.read', columns,
  async columnsFor(ctx, filter) {
    const { heads } = await rowsBehind(ctx, { ...filter, limit: 1 })
    return heads ? columns.map((c, i) => ({ ...c, label: [heads.number, heads.title, heads.state, heads.unit, heads.from, heads.to][i] ?? c.label })) : columns
  },
  async count(ctx, filter, _options, bound) {
    let n = 0
    for await (const page of pages(ctx, filter)) {
      n += page.length
      if (n > bound) break
    }
    return n
  },
  async *rows(ctx, filter) {
    for await (const page of pages(ctx, filter)) yield page.map((r) => ({ number: r.number, title: r.title, stateName: r.stateName, unitName: r.unitName, registeredAt: moment(r.registeredAt), closedAt: moment(r.closedAt) }))
  },
}

async function* pages(ctx: Ctx, filter: ExportFilter) {
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await rowsBehind(ctx, filter, cursor)
    yield items
    if (next === null) return
    cursor = next
  }
}

export const dataExports = (): ExportSource[] => [table, rows]
