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

/** A chart as SVG of this size, as documents show it. The drawing library is loaded with the first one. */
export async function chartSvg(chart: Chart, size: { width: number; height: number }): Promise<string> {
  return (await import('./draw-chart.ts')).chartSvg(chart, size)
}

/** The same as PNG, three pixels a point. */
export async function chartPicture(chart: Chart, size: { width: number; height: number }): Promise<Buffer> {
  return (await import('./draw-chart.ts')).chartPng(chart, size)
}
