// An Excel file as a book: values, formulas, merged heads, widths, styles. What a book has no place for is named, not lost in silence.
import ExcelJS from 'exceljs'
import { MOST, placeOf, type Book, type BookSheet, type BookStyle, type BookValue } from './book.ts'

/** Colours of the standard theme of office programs, by their number. */
const THEME = ['FFFFFF', '000000', 'E7E6E6', '44546A', '4472C4', 'ED7D31', 'A5A5A5', 'FFC000', '5B9BD5', '70AD47']

type Colour = Partial<ExcelJS.Color> & { tint?: number }
function colourOf(c: Colour | undefined): string | undefined {
  const hex = c?.argb && /^[0-9a-f]{8}$/i.test(c.argb) ? c.argb.slice(2) : c?.theme === undefined ? undefined : THEME[c.theme]
  if (!hex) return undefined
  const tint = c?.tint ?? 0
  const part = (at: number): string => {
    const n = Number.parseInt(hex.slice(at, at + 2), 16)
    return Math.round(tint < 0 ? n * (1 + tint) : n + (255 - n) * tint).toString(16).padStart(2, '0')
  }
  return `#${part(0)}${part(2)}${part(4)}`.toUpperCase()
}

const known = <T extends object>(one: T): T | undefined => {
  const kept = Object.fromEntries(Object.entries(one).filter(([, v]) => v !== undefined && v !== false))
  return Object.keys(kept).length > 0 ? kept as T : undefined
}
const yes = (on: unknown): true | undefined => (on ? true : undefined)

function styleOf(cell: ExcelJS.Cell): BookStyle | undefined {
  const { font, fill, alignment, border, numFmt } = cell
  const side = (b: Partial<ExcelJS.Border> | undefined) => (b?.style ? { style: b.style, ...(colourOf(b.color) ? { color: colourOf(b.color) } : {}) } : undefined)
  const diagonal = border?.diagonal
  const turn = alignment?.textRotation
  return known({
    font: font && known({ name: font.name, size: font.size, bold: yes(font.bold), italic: yes(font.italic), underline: yes(font.underline && font.underline !== 'none'), strike: yes(font.strike), color: colourOf(font.color) }),
    fill: fill?.type === 'pattern' && fill.pattern === 'solid' ? colourOf(fill.fgColor) : undefined,
    align: alignment && known({ h: alignment.horizontal, v: alignment.vertical, wrap: yes(alignment.wrapText), indent: alignment.indent, turn: typeof turn === 'number' && Math.abs(turn) <= 90 ? turn : undefined }),
    border: border && known({ top: side(border.top), right: side(border.right), bottom: side(border.bottom), left: side(border.left), down: diagonal?.down ? side(diagonal) : undefined, up: diagonal?.up ? side(diagonal) : undefined }),
    format: numFmt && numFmt !== 'General' ? numFmt.slice(0, 120) : undefined,
  } as BookStyle)
}

const EPOCH = 25_569
const DAY_MS = 86_400_000
function valueOf(value: ExcelJS.CellValue): BookValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value === 'string') return value.slice(0, MOST.text)
  // A date is a number in the file; its style says how it reads.
  if ('toISOString' in value) return Number(value) / DAY_MS + EPOCH
  if ('richText' in value) return value.richText.map((part) => part.text).join('').slice(0, MOST.text)
  if ('error' in value) return value.error
  return 'text' in value ? String(value.text).slice(0, MOST.text) : null
}

function sheetOf(sheet: ExcelJS.Worksheet, styleNumber: (cell: ExcelJS.Cell) => number | undefined, lost: Set<string>): BookSheet {
  const cells: BookSheet['cells'] = {}
  const heights: Record<string, number> = {}
  let [rows, columns] = [1, 1]
  sheet.eachRow({ includeEmpty: false }, (row, r) => {
    if (row.hidden) heights[r] = 0
    else if (row.height) heights[r] = row.height
    row.eachCell({ includeEmpty: true }, (cell, c) => {
      const own = !cell.isMerged || cell.master === cell
      const value = own && !cell.formula ? valueOf(cell.value) : null
      const style = styleNumber(cell)
      const formula = own ? cell.formula : undefined
      if (formula && formula.length > MOST.formula) throw new Error(`${sheet.name} ${cell.address} 的公式超过 ${MOST.formula} 个字符`)
      if (value === null && !formula && style === undefined) return
      if (r > MOST.rows || c > MOST.columns) throw new Error(`“${sheet.name}”超过 ${MOST.rows} 行或 ${MOST.columns} 列`)
      ;[rows, columns] = [Math.max(rows, r), Math.max(columns, c)]
      cells[cell.address] = { ...(value === null ? {} : { value }), ...(formula ? { formula } : {}), ...(style === undefined ? {} : { style }) }
    })
  })
  const merges = [...((sheet.model as { merges?: string[] }).merges ?? [])]
  // A head may be merged over columns that hold nothing else.
  for (const merge of merges) { const end = placeOf(merge.split(':')[1] ?? 'A1'); rows = Math.max(rows, end.row); columns = Math.max(columns, end.column) }
  if (rows > MOST.rows || columns > MOST.columns || rows * columns > MOST.places) throw new Error(`“${sheet.name}”超过 ${MOST.places} 格（行数 × 列数），请删去空白的行列`)
  const widths: Record<string, number> = {}
  for (let c = 1; c <= columns; c += 1) {
    const column = sheet.getColumn(c)
    if (column.hidden) widths[c] = 0
    else if (column.width) widths[c] = column.width
  }
  if (sheet.getImages().length > 0) lost.add('图片')
  const { conditionalFormattings, tables } = sheet as unknown as { conditionalFormattings?: unknown[]; tables?: object } // not in its types
  if ((conditionalFormattings?.length ?? 0) > 0) lost.add('条件格式')
  if (Object.keys(tables ?? {}).length > 0) lost.add('表格样式')
  const view = (sheet.views as ExcelJS.WorksheetView[] | null)?.find((v) => v.state === 'frozen') // null in files without one, whatever the types say
  const setup = sheet.pageSetup
  const m = setup.margins
  return {
    name: sheet.name, rows, columns, widths, heights, merges, cells,
    ...(view?.state === 'frozen' ? { frozen: { rows: view.ySplit ?? 0, columns: view.xSplit ?? 0 } } : {}),
    page: { landscape: setup.orientation === 'landscape', fit: setup.fitToPage === true, ...(setup.paperSize ? { paper: Number(setup.paperSize) } : {}), ...(setup.scale ? { scale: setup.scale } : {}), ...(m ? { margins: { left: m.left, right: m.right, top: m.top, bottom: m.bottom } } : {}) },
  }
}

/** @throws Error with a Chinese message when it is no workbook, or one beyond what is taken */
export async function readBook(bytes: Uint8Array): Promise<{ book: Book; lost: string[] }> {
  const file = new ExcelJS.Workbook()
  await file.xlsx.load(Buffer.from(bytes) as never).catch(() => { throw new Error('不是 Excel 工作簿（xlsx），或文件已损坏、加了密码') })
  if (file.worksheets.length === 0) throw new Error('工作簿里没有表')
  if (file.worksheets.length > MOST.sheets) throw new Error(`工作簿超过 ${MOST.sheets} 张表`)
  const styles: BookStyle[] = []
  const numbers = new Map<string, number>()
  const lost = new Set<string>()
  const styleNumber = (cell: ExcelJS.Cell): number | undefined => {
    const style = styleOf(cell)
    if (!style) return undefined
    const key = JSON.stringify(style)
    const held = numbers.get(key) ?? styles.push(style) - 1
    numbers.set(key, held)
    return held
  }
  const sheets = file.worksheets.map((sheet) => sheetOf(sheet, styleNumber, lost))
  if (sheets.reduce((n, s) => n + Object.keys(s.cells).length, 0) > MOST.cells) throw new Error(`工作簿超过 ${MOST.cells} 个有内容的单元格`)
  if (((file.definedNames as { model?: unknown[] } | undefined)?.model?.length ?? 0) > 0) lost.add('命名区域')
  return { book: { sheets, styles }, lost: [...lost] }
}
