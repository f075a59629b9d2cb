// The thread that reads a foreign file: whatever is wrong with it ends this thread, not the service.
import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'

export type DocumentJob = { kind: 'docx' | 'docxHtml' | 'pdf'; bytes: Uint8Array }

const MAX_PAGES = 500
const load = createRequire(import.meta.url)

type Mammoth = { extractRawText(input: { buffer: Buffer }): Promise<{ value: string }>; convertToHtml(input: { buffer: Buffer }, options: object): Promise<{ value: string }>; images: { imgElement(fn: () => Promise<{ src: string }>): unknown } }
type PdfPage = { getTextContent(): Promise<{ items: { str?: string; hasEOL?: boolean }[] }> }
type PdfJs = { getDocument(options: object): { promise: Promise<{ numPages: number; getPage(n: number): Promise<PdfPage> }> } }

async function read({ kind, bytes }: DocumentJob): Promise<string> {
  if (kind === 'pdf') {
    const pdfjs = (await import('pdfjs-dist/legacy/build/pdf.mjs')) as unknown as PdfJs // its own types want a browser
    const pdf = await pdfjs.getDocument({ data: new Uint8Array(bytes), isEvalSupported: false, useSystemFonts: false, disableFontFace: true, verbosity: 0 }).promise
    const pages: string[] = []
    for (let n = 1; n <= Math.min(pdf.numPages, MAX_PAGES); n++) pages.push((await (await pdf.getPage(n)).getTextContent()).items.map((item) => (item.str ?? '') + (item.hasEOL ? '\n' : '')).join(''))
    return pages.join('\n\n')
  }
  const mammoth = load('mammoth') as Mammoth
  const buffer = Buffer.from(bytes)
  // Pictures are left out: they come in as attachments.
  return kind === 'docx' ? (await mammoth.extractRawText({ buffer })).value : (await mammoth.convertToHtml({ buffer }, { convertImage: mammoth.images.imgElement(async () => ({ src: '' })) })).value
}

parentPort?.postMessage(await read(workerData as DocumentJob)) // given by read-document.ts
