// A workbook as data: what of an Excel file is kept, shown, computed and written again.
import { z } from 'zod'

/** Beyond these a report cannot be read on a screen, and a page of the API cannot carry it. */
export const MOST = { sheets: 20, rows: 2000, columns: 200, cells: 10_000, places: 60_000, formula: 2000, text: 4000 } as const

const address = /^([A-Z]{1,3})([1-9]\d{0,3})$/
export const cellAddress = z.string().regex(address, '单元格应写作 B5 的样子')
const mergeAddress = z.string().regex(/^[A-Z]{1,3}[1-9]\d{0,3}:[A-Z]{1,3}[1-9]\d{0,3}$/)
const colour = z.string().regex(/^#[0-9A-F]{6}$/)
const line = z.strictObject({ style: z.string().regex(/^[A-Za-z]{1,20}$/), color: colour.optional() })
export const bookStyle = z.strictObject({
  font: z.strictObject({ name: z.string().max(60).optional(), size: z.number().min(1).max(200).optional(), bold: z.literal(true).optional(), italic: z.literal(true).optional(), underline: z.literal(true).optional(), strike: z.literal(true).optional(), color: colour.optional() }).optional(),
  fill: colour.optional(),
  align: z.strictObject({ h: z.enum(['left', 'center', 'right', 'fill', 'justify', 'centerContinuous', 'distributed']).optional(), v: z.enum(['top', 'middle', 'bottom', 'justify', 'distributed']).optional(), wrap: z.literal(true).optional(), indent: z.number().min(0).max(50).optional(), turn: z.number().min(-90).max(90).optional() }).optional(),
  border: z.strictObject({ top: line.optional(), right: line.optional(), bottom: line.optional(), left: line.optional(), down: line.optional().describe('Diagonal of a slanted head, from the upper left'), up: line.optional() }).optional(),
  format: z.string().max(120).optional().describe('As Excel writes it: 0.0%'),
})
export const bookValue = z.union([z.string().max(MOST.text), z.number(), z.boolean(), z.null()])
const bookCell = z.strictObject({ value: bookValue.optional(), formula: z.string().max(MOST.formula).optional(), style: z.int().min(0).optional() })
const page = z.strictObject({ landscape: z.boolean(), paper: z.int().optional(), fit: z.boolean(), scale: z.int().min(10).max(400).optional(), margins: z.strictObject({ left: z.number(), right: z.number(), top: z.number(), bottom: z.number() }).optional() })
const bookSheet = z.strictObject({
  name: z.string().min(1).max(31).regex(/^(?!')[^\\/?*:[\]]*[^\\/?*:[\]']$/, "表名里不能有 \\ / ? * : [ ]，头尾不能是 '"),
  rows: z.int().min(1).max(MOST.rows), columns: z.int().min(1).max(MOST.columns),
  widths: z.record(z.string(), z.number()).describe('Characters, by number of the column from 1; 0 is hidden'), heights: z.record(z.string(), z.number()).describe('Points, by number of the row; 0 is hidden'),
  merges: z.array(mergeAddress).max(3000), frozen: z.strictObject({ rows: z.int().min(0), columns: z.int().min(0) }).optional(), page: page.optional(),
  cells: z.record(cellAddress, bookCell),
})
/** A merged area lies in its sheet, from its upper left to its lower right, and over no other: anything else would stop whoever draws it. */
function soundMerges(sheet: { rows: number; columns: number; merges: string[] }): boolean {
  const areas = sheet.merges.map((m) => { const [a = '', z2 = ''] = m.split(':'); return [placeOf(a), placeOf(z2)] as const })
  if (!areas.every(([from, to]) => from.row <= to.row && from.column <= to.column && to.row <= sheet.rows && to.column <= sheet.columns)) return false
  const taken = new Set<number>()
  for (const [from, to] of areas) for (let row = from.row; row <= to.row; row += 1) for (let column = from.column; column <= to.column; column += 1) {
    const place = row * MOST.columns * 2 + column
    if (taken.has(place)) return false
    taken.add(place)
  }
  return true
}

export const book = z.strictObject({ sheets: z.array(bookSheet).min(1).max(MOST.sheets), styles: z.array(bookStyle).max(2000) })
  .refine((b) => b.sheets.reduce((n, s) => n + Object.keys(s.cells).length, 0) <= MOST.cells, `单元格不能超过 ${MOST.cells} 个`)
  .refine((b) => b.sheets.every((s) => s.rows * s.columns <= MOST.places), `一张表不能超过 ${MOST.places} 格（行数 × 列数）`)
  .refine((b) => b.sheets.every(soundMerges), '合并区超出表格，或相互重叠')
  .refine((b) => new Set(b.sheets.map((s) => s.name)).size === b.sheets.length, '表名不能重复')
export type Book = z.output<typeof book>
export type BookSheet = Book['sheets'][number]
export type BookStyle = z.output<typeof bookStyle>
export type BookValue = z.output<typeof bookValue>

/** What stands in cells beside the book's own values: by sheet (from 0) and address. */
export type Given = readonly { sheet: number; cell: string; value: BookValue }[]
/** A cell as it is read: its value, and the value in its format. */
export type Shown = { value: BookValue; text: string }
export type Computed = Record<string, Shown>[]

/** B5 → row 5, column 2. */
export function placeOf(cell: string): { row: number; column: number } {
  const [, letters = 'A', digits = '1'] = address.exec(cell) ?? []
  return { row: Number(digits), column: [...letters].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) }
}

export function cellAt(row: number, column: number): string {
  let letters = ''
  for (let n = column; n > 0; n = Math.floor((n - 1) / 26)) letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  return `${letters}${row}`
}
