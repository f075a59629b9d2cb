// A table as PDF, laid out in a thread of its own: 2,000 rows take some five seconds of computing that the server must not wait for.
import { Worker } from 'node:worker_threads'
import type { SheetContent } from '../../../kernel/sheets/index.ts'
import type { PdfTable } from './pdf-worker.ts'

/** Above this a PDF helps nobody and fills memory: it is laid out as a whole (300 MB at 2,000 rows). */
export const MOST_PDF_ROWS = 2000

/** `watermark` stands on every page, `foot` beside the page number. */
export async function writePdf(content: SheetContent, marks: { watermark: string; foot: string }): Promise<Buffer> {
  const rows: PdfTable['rows'] = []
  for await (const row of content.rows) rows.push(content.columns.map(({ key }) => (typeof row[key] === 'boolean' ? (row[key] ? '是' : '否') : String(row[key] ?? ''))))
  const table: PdfTable = { title: content.title ?? '', columns: content.columns.map(({ label, width }) => ({ label, width: Math.max(4, Math.min(30, width ?? label.length * 2 + 4)) })), rows, ...marks }
  return new Promise((done, fail) => {
    const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), { workerData: table })
    worker.once('message', (bytes: Uint8Array) => done(Buffer.from(bytes)))
    worker.once('error', fail)
    worker.once('exit', (code) => fail(new Error(`the PDF thread ended with ${code}`)))
  })
}
