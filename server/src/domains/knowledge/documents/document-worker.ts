// The thread that reads a foreign PDF: whatever is wrong with it ends this thread, not the service.
import { parentPort, workerData } from 'node:worker_threads'

const MAX_PAGES = 500

type PdfPage = { getTextContent(): Promise<{ items: { str?: string; hasEOL?: boolean }[] }> }
type PdfJs = { getDocument(options: object): { promise: Promise<{ numPages: number; getPage(n: number): Promise<PdfPage> }> } }

async function read(bytes: Uint8Array): Promise<string> {
  const pdfjs = (await import('pdfjs-dist/legacy/build/pdf.mjs')) as unknown as PdfJs // its own types want a browser
  const pdf = await pdfjs.getDocument({ data: new Uint8Array(bytes), isEvalSupported: false, useSystemFonts: false, disableFontFace: true, verbosity: 0 }).promise
  const pages: string[] = []
  for (let n = 1; n <= Math.min(pdf.numPages, MAX_PAGES); n++) pages.push((await (await pdf.getPage(n)).getTextContent()).items.map((item) => (item.str ?? '') + (item.hasEOL ? '\n' : '')).join(''))
  return pages.join('\n\n')
}

parentPort?.postMessage(await read(workerData as Uint8Array)) // given by read-document.ts
