// What stands in the bound cells of a sheet for a period: counted with the rights of who asks, few questions for many cells.
import type { Ctx } from '../../../kernel/ctx.ts'
import { neutralise } from '../../../kernel/sheets/index.ts'
import { cellAt, placeOf, type BookValue } from '../../../kernel/sheets/book/index.ts'
import { formatFull } from '../../../kernel/time/index.ts'
import { figures } from '../../data/index.ts'
import { tenantById } from '../../platform/index.ts'
import type { Period } from '../periods.ts'
import { cityOf } from '../produce.ts'
import type { Binding, ListBinding, SheetDefinition } from './sheet.ts'
import { sheetWords as w } from './sheets.zh-CN.ts'

export type Filled = { sheet: number; cell: string; value: BookValue }
type ValueBinding = Extract<Binding, { kind: 'value' }>
const MOST_OF_ONE = 20

const number = (text: string | null | undefined): BookValue => (text === null || text === undefined ? null : Number(text))
/** A rate is counted in hundredths, and a cell in per cent wants the part of one. */
const inFormat = (value: BookValue, unit: string, format: string | undefined): BookValue => (typeof value === 'number' && unit === '%' && format?.includes('%') ? Number((value / 100).toPrecision(12)) : value)

/** Values of all bound cells but those people fill in. */
export async function fillSheet(ctx: Ctx, d: SheetDefinition, period: Period): Promise<Filled[]> {
  const formatAt = (sheet: number, cell: string): string | undefined => d.book.styles[d.book.sheets[sheet]?.cells[cell]?.style ?? -1]?.format
  const ask = (more: { indicators: string[]; dimensions: string[]; where: ListBinding['where']; order?: string; limit: number; compare?: 'previous' | 'lastYear' }) => figures(ctx, { from: period.from, to: period.to, below: false, known: false, ...more, where: [...d.where, ...more.where] })
  const filled: Filled[] = []
  const put = (sheet: number, cell: string, value: BookValue, unit = ''): void => void filled.push({ sheet, cell, value: inFormat(typeof value === 'string' ? neutralise(value) : value, unit, formatAt(sheet, cell)) })

  const values = d.bindings.filter((b): b is ValueBinding => b.kind === 'value')
  for (const group of Map.groupBy(values, (b) => JSON.stringify([b.where, b.of === 'lastYear' ? 'lastYear' : b.of === 'value' ? '' : 'previous'])).values()) {
    const first = group[0]
    const codes = [...new Set(group.map((b) => b.indicator))]
    for (let from = 0; first && from < codes.length; from += MOST_OF_ONE) {
      const some = codes.slice(from, from + MOST_OF_ONE)
      const found = await ask({ indicators: some, dimensions: [], where: first.where, limit: 1, ...(first.of === 'value' ? {} : { compare: first.of === 'lastYear' ? 'lastYear' as const : 'previous' as const }) })
      for (const b of group.filter((x) => some.includes(x.indicator))) {
        const [now, before] = [number(found.total[b.indicator]), number(found.before?.total[b.indicator])]
        const value = b.of === 'value' ? now : b.of === 'change' ? (typeof now === 'number' && typeof before === 'number' ? now - before : null) : before
        put(b.sheet, b.cell, value, found.columns.find((c) => c.code === b.indicator)?.unit)
      }
    }
  }
  for (const b of d.bindings) {
    if (b.kind === 'list') await list(b)
    if (b.kind === 'constant') put(b.sheet, b.cell, await constantOf(ctx, b.name, period))
  }
  return filled

  async function list(b: ListBinding): Promise<void> {
    const { row, column } = placeOf(b.cell)
    const at = (down: number, right: number): string => cellAt(row + down, column + right)
    const down = await ask({ indicators: b.indicators, dimensions: [b.dimension], where: b.where, limit: b.limit, ...(b.order ? { order: b.order } : {}) })
    const unit = (code: string): string => down.columns.find((c) => c.code === code)?.unit ?? ''
    if (b.across === undefined) {
      for (const [i, r] of down.rows.entries()) {
        put(b.sheet, at(i, 0), r.keys[0]?.name ?? w.unknown)
        for (const [j, code] of b.indicators.entries()) put(b.sheet, at(i, 1 + j), number(r.values[code]), unit(code))
      }
      return
    }
    const code = b.indicators[0] ?? ''
    const across = await ask({ indicators: [code], dimensions: [b.across], where: b.where, limit: b.limitAcross })
    const both = await ask({ indicators: [code], dimensions: [b.dimension, b.across], where: b.where, limit: 2000 })
    const cells = new Map(both.rows.map((r) => [JSON.stringify(r.keys.map((k) => k.key)), r.values[code]]))
    for (const [j, c] of across.rows.entries()) put(b.sheet, at(0, 1 + j), c.keys[0]?.name ?? w.unknown)
    for (const [i, r] of down.rows.entries()) {
      put(b.sheet, at(1 + i, 0), r.keys[0]?.name ?? w.unknown)
      // What was not counted of both is none, not unknown.
      for (const [j, c] of across.rows.entries()) put(b.sheet, at(1 + i, 1 + j), number(cells.get(JSON.stringify([r.keys[0]?.key, c.keys[0]?.key])) ?? '0'), unit(code))
    }
  }
}

async function constantOf(ctx: Ctx, name: Extract<Binding, { kind: 'constant' }>['name'], period: Period): Promise<string> {
  const tenant = await tenantById(ctx, ctx.tenantId)
  return { period: period.name, from: period.from, to: period.to, generated: formatFull(ctx.clock.now(), tenant.timeZone).replace(/ \(.*\)$/, ''), unit: cityOf(tenant.name) }[name]
}
