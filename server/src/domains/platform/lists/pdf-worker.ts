// The thread that lays out a PDF: landscape A4, header repeated on every page, page numbers, watermark; Chinese by the bundled Noto Sans.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'

export type PdfTable = { title: string; columns: { label: string; width: number }[]; rows: string[][]; watermark: string; foot: string }

type PdfMake = {
  setFonts(fonts: Record<string, Record<'normal' | 'bold', string>>): void
  setUrlAccessPolicy(may: () => boolean): void
  setLocalAccessPolicy(may: (path: string) => boolean): void
  createPdf(definition: Record<string, unknown>): { getBuffer(): Promise<Buffer> }
}

const load = createRequire(import.meta.url)

function definitionOf(table: PdfTable): Record<string, unknown> {
  const total = table.columns.reduce((sum, column) => sum + column.width, 0)
  return {
    pageSize: 'A4', pageOrientation: 'landscape', pageMargins: [24, 40, 24, 36], defaultStyle: { font: 'hans', fontSize: 8 }, compress: true,
    watermark: { text: table.watermark, color: '#888888', opacity: 0.12, fontSize: 28, angle: -30 },
    header: { text: table.title, margin: [24, 14, 24, 0], bold: true, fontSize: 11 },
    footer: (page: number, pages: number) => ({ columns: [{ text: table.foot }, { text: `${page} / ${pages}`, alignment: 'right' }], margin: [24, 10, 24, 0], fontSize: 7, color: '#555555' }),
    content: [
      {
        layout: 'lightHorizontalLines',
        table: { headerRows: 1, dontBreakRows: true, widths: table.columns.map((column) => `${((column.width / total) * 96).toFixed(2)}%`), body: [table.columns.map(({ label }) => ({ text: label, bold: true, fillColor: '#f0f2f5' })), ...table.rows] },
      },
    ],
  }
}

async function run(table: PdfTable): Promise<void> {
  const fonts = join(dirname(load.resolve('@embedpdf/fonts-sc')), '../fonts')
  const pdf = load('pdfmake') as PdfMake // the package ships no types
  pdf.setFonts({ hans: { normal: join(fonts, 'NotoSansHans-Regular.otf'), bold: join(fonts, 'NotoSansHans-Bold.otf') } })
  // Texts come from orders: nothing in them may make the maker read addresses or files.
  pdf.setUrlAccessPolicy(() => false)
  pdf.setLocalAccessPolicy((path) => path.startsWith(fonts))
  parentPort?.postMessage(await pdf.createPdf(definitionOf(table)).getBuffer())
}

// `workerData` is what write-pdf.ts gave.
if (parentPort) run(workerData as PdfTable).catch((error: unknown) => setImmediate(() => Promise.reject(error)))
