// Documents for people: one model of blocks, written as PDF, Word or Excel, charts included.
import { Worker } from 'node:worker_threads'
import type { DocumentContent, DocumentFormat } from './blocks.ts'
import type { Chart } from './chart.ts'

export { documentFormats, documentTypes, type Block, type Card, type Cell, type Column, type DocumentContent, type DocumentFormat, type Run, type Tone } from './blocks.ts'
export { chartKinds, type Chart, type ChartKind } from './chart.ts'

/** The file of a document, written in a thread of its own. Control characters in texts are dropped; formulas are neutralised in workbooks. */
export function writeDocument(content: DocumentContent, format: DocumentFormat): Promise<Buffer> {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL('./document-worker.ts', import.meta.url), { workerData: { format, content } })
    worker.once('message', (bytes: Uint8Array) => done(Buffer.from(bytes)))
    worker.once('error', fail)
    worker.once('exit', (code) => fail(new Error(`the document thread ended with ${code}`)))
  })
}

const READ_MS = 20_000
const READ_MEMORY_MB = 256

export type WordPart = { kind: 'heading' | 'paragraph' | 'row'; text: string }
/** Headings, paragraphs and rows of tables of a Word file (docx), in order; `pictures` were left out. @throws Error with a Chinese message when it is none */
export async function readWord(bytes: Uint8Array): Promise<{ parts: WordPart[]; pictures: number }> {
  return partsOf(await wordHtml(bytes))
}

/** The same file as simple HTML, for who keeps lists and cells; a picture leaves its mark, not its bytes. @throws Error with a Chinese message when it is none */
export function wordHtml(bytes: Uint8Array): Promise<string> {
  return new Promise<string>((done, fail) => {
    const worker = new Worker(new URL('./read-word.ts', import.meta.url), { workerData: bytes, resourceLimits: { maxOldGenerationSizeMb: READ_MEMORY_MB } })
    const timer = setTimeout(() => { fail(new Error('读取 Word 文件时间过长')); void worker.terminate() }, READ_MS)
    worker.once('message', (text: string) => done(text))
    worker.once('error', () => fail(new Error('不是 Word 文件（docx），或文件已损坏')))
    worker.once('exit', () => { clearTimeout(timer); fail(new Error('不是 Word 文件（docx），或文件已损坏')) })
  })
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' }
const plain = (html: string): string => html.replace(/<br\s*\/?>/g, '\n').replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => entities[name] ?? '').trim()

/** Of the HTML mammoth writes: a flat run of blocks, tables apart. */
function partsOf(html: string): { parts: WordPart[]; pictures: number } {
  const parts: WordPart[] = []
  for (const [, tag = '', inner = ''] of html.matchAll(/<(table|h[1-6]|p|li)\b[^>]*>([\s\S]*?)<\/\1>/g)) {
    if (tag === 'table') for (const [, row = ''] of inner.matchAll(/<tr\b[^>]*>([\s\S]*?)<\/tr>/g)) parts.push({ kind: 'row', text: [...row.matchAll(/<t[dh]\b[^>]*>([\s\S]*?)<\/t[dh]>/g)].map(([, cell = '']) => plain(cell)).join('　') })
    else parts.push({ kind: tag.startsWith('h') ? 'heading' : 'paragraph', text: plain(inner) })
  }
  return { parts: parts.filter((part) => part.text !== ''), pictures: [...html.matchAll(/<img\b/g)].length }
}

/** A chart as SVG of this size, as documents show it. The drawing library is loaded with the first one. */
export async function chartSvg(chart: Chart, size: { width: number; height: number }): Promise<string> {
  return (await import('./draw-chart.ts')).chartSvg(chart, size)
}

/** The same as PNG, three pixels a point. */
export async function chartPicture(chart: Chart, size: { width: number; height: number }): Promise<Buffer> {
  return (await import('./draw-chart.ts')).chartPng(chart, size)
}
