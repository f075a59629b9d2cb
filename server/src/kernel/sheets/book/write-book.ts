// A book as an Excel file again: layout and formulas as they were, what was given in its cells, results beside the formulas.
import ExcelJS from 'exceljs'
import { calculate } from './calculate.ts'
import type { Book, BookStyle, Given } from './book.ts'

const argb = (colour: string | undefined): { argb: string } | undefined => (colour ? { argb: `FF${colour.slice(1)}` } : undefined)

function excelStyle({ font, fill, align, border, format }: BookStyle): Partial<ExcelJS.Style> {
  const side = (b: NonNullable<BookStyle['border']>['top']): Partial<ExcelJS.Border> | undefined => (b ? { style: b.style as ExcelJS.BorderStyle, ...(b.color ? { color: argb(b.color) } : {}) } : undefined) // as it was read
  const slant = border?.down ?? border?.up
  const defined = <T extends object>(one: T): T => Object.fromEntries(Object.entries(one).filter(([, v]) => v !== undefined)) as T
  return defined({
    font: font && defined({ name: font.name, size: font.size, bold: font.bold, italic: font.italic, underline: font.underline, strike: font.strike, color: argb(font.color) }),
    fill: fill ? { type: 'pattern' as const, pattern: 'solid' as const, fgColor: argb(fill) } : undefined,
    alignment: align && defined({ horizontal: align.h, vertical: align.v, wrapText: align.wrap, indent: align.indent, textRotation: align.turn }),
    border: border && defined({ top: side(border.top), right: side(border.right), bottom: side(border.bottom), left: side(border.left), diagonal: slant ? { ...side(slant), up: border.up !== undefined, down: border.down !== undefined } : undefined }),
    numFmt: format,
  }) as Partial<ExcelJS.Style>
}

export async function writeBook(book: Book, given: Given): Promise<Buffer> {
  const file = new ExcelJS.Workbook()
  const computed = calculate(book, given)
  const styles = book.styles.map(excelStyle)
  for (const [n, s] of book.sheets.entries()) {
    const { page, frozen } = s
    const sheet = file.addWorksheet(s.name, {
      ...(frozen ? { views: [{ state: 'frozen', xSplit: frozen.columns, ySplit: frozen.rows }] } : {}),
      ...(page ? { pageSetup: { orientation: page.landscape ? 'landscape' : 'portrait', fitToPage: page.fit, ...(page.fit ? { fitToWidth: 1, fitToHeight: 0 } : {}), ...(page.paper ? { paperSize: page.paper } : {}), ...(page.scale && !page.fit ? { scale: page.scale } : {}), ...(page.margins ? { margins: { ...page.margins, header: 0.3, footer: 0.3 } } : {}) } } : {}),
    })
    for (const [c, width] of Object.entries(s.widths)) { const column = sheet.getColumn(Number(c)); if (width === 0) column.hidden = true; else column.width = width }
    for (const [r, height] of Object.entries(s.heights)) { const row = sheet.getRow(Number(r)); if (height === 0) row.hidden = true; else row.height = height }
    const own = new Set(given.filter((g) => g.sheet === n).map((g) => g.cell))
    for (const cell of new Set([...Object.keys(s.cells), ...own])) {
      const { formula, style } = s.cells[cell] ?? {}
      const target = sheet.getCell(cell)
      const result = computed[n]?.[cell]?.value ?? null
      target.value = formula && !own.has(cell) ? { formula, ...(result === null ? {} : { result: typeof result === 'string' && /^#[A-Z/0]+[!?]$/.test(result) ? { error: result } as never : result }) } : result
      if (style !== undefined && styles[style]) target.style = styles[style]
    }
    // Merged last: a merge made before would hand the first cell's style to all of them.
    for (const merge of s.merges) sheet.mergeCellsWithoutStyle(merge)
  }
  return Buffer.from(await file.xlsx.writeBuffer())
}
