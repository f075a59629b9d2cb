// A list as PDF: landscape, its head on every page, with watermark. 2,000 rows take some five seconds of computing in a thread of its own.
import { writeDocument } from '../../../kernel/documents/index.ts'
import type { SheetContent } from '../../../kernel/sheets/index.ts'

/** Above this a PDF helps nobody and fills memory: it is laid out as a whole (300 MB at 2,000 rows). */
export const MOST_PDF_ROWS = 2000

/** `watermark` stands on every page, `foot` beside the page number. */
export async function writePdf(content: SheetContent, marks: { watermark: string; foot: string }): Promise<Buffer> {
  const rows: string[][] = []
  for await (const row of content.rows) rows.push(content.columns.map(({ key }) => (typeof row[key] === 'boolean' ? (row[key] ? '是' : '否') : String(row[key] ?? ''))))
  const columns = content.columns.map(({ label, width }) => ({ label, width: Math.max(4, Math.min(30, width ?? label.length * 2 + 4)) }))
  return writeDocument({ title: content.title ?? '', masthead: false, landscape: true, watermark: marks.watermark, footer: marks.foot, blocks: [{ kind: 'table', columns, rows }] }, 'pdf')
}
