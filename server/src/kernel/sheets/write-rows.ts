// Writes a table as a stream, row by row: memory does not grow with the number of rows.
import { PassThrough, Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import ExcelJS from 'exceljs'

export type SheetCell = string | number | boolean | null | undefined
export type SheetRow = Record<string, SheetCell>
export type SheetColumn = { key: string; label: string; /** Characters. */ width?: number }
export type SheetContent = {
  /** Name of the sheet in a workbook. */
  title?: string
  columns: readonly SheetColumn[]
  rows: AsyncIterable<SheetRow> | Iterable<SheetRow>
}

/**
 * Text that a spreadsheet program would take for a formula gets an apostrophe in front (OWASP, CSV injection); plain numbers such as
 * `-3` or `+8613…` and single dashes stay.
 */
export function neutralise(text: string): string {
  return /^[\t\r\n]*[=@+\-＝＠＋－|%]/.test(text) && !/^[+-]?[\d,.]*%?$/.test(text) ? `'${text}` : text
}

/** CSV in UTF-8 with a byte-order mark (spreadsheet programs in China else read GBK), CRLF, formulas neutralised. */
export function writeCsv(content: SheetContent): Readable {
  const csv = stringify({ bom: true, record_delimiter: 'windows', header: true, columns: content.columns.map((c) => ({ key: c.key, header: neutralise(c.label) })) })
  const cells = async function* (): AsyncGenerator<SheetRow> {
    for await (const row of content.rows) yield Object.fromEntries(content.columns.map(({ key }) => [key, plain(row[key])]))
  }
  const rows = Readable.from(cells())
  rows.on('error', (error) => csv.destroy(error))
  return rows.pipe(csv)
}

const plain = (cell: SheetCell): string | number | null => (typeof cell === 'string' ? neutralise(cell) : typeof cell === 'boolean' ? (cell ? '是' : '否') : (cell ?? null))

/** JSON lines, one object a row, by column key. */
export function writeJsonLines(rows: AsyncIterable<SheetRow> | Iterable<SheetRow>): Readable {
  const lines = async function* (): AsyncGenerator<string> {
    for await (const row of rows) yield `${JSON.stringify(row)}\n`
  }
  return Readable.from(lines(), { objectMode: false })
}

/** A workbook with one sheet, first row bold and frozen. Texts are cells of type text, which no program evaluates; they are neutralised all the same, for the day the sheet is saved as CSV. */
export function writeXlsx(content: SheetContent): Readable {
  const out = new PassThrough()
  fill(out, content).catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))))
  return out
}

async function fill(out: PassThrough, content: SheetContent): Promise<void> {
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false })
  const sheet = book.addWorksheet((content.title ?? '数据').replace(/[\\/?*:[\]]/g, ' ').slice(0, 31), { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = content.columns.map((c) => ({ key: c.key, header: c.label, width: c.width ?? Math.min(40, Math.max(10, c.label.length * 2 + 4)) }))
  sheet.getRow(1).font = { bold: true }
  sheet.getRow(1).commit()
  for await (const row of content.rows) {
    sheet.addRow(content.columns.map(({ key }) => plain(row[key]))).commit()
    // The writer buffers without bound: wait until the reader has taken what is there.
    if (out.writableNeedDrain) await new Promise<void>((done) => void out.once('drain', done).once('close', done))
    if (out.destroyed) return
  }
  sheet.commit()
  await book.commit()
}
