// The thread that writes a document: pictures and pages are seconds of computing that the server must not wait for.
import { parentPort, workerData } from 'node:worker_threads'
import type { DocumentContent, DocumentFormat } from './blocks.ts'

/** Each format loads what it needs only. */
async function write(format: DocumentFormat, content: DocumentContent): Promise<Buffer> {
  if (format === 'pdf') return (await import('./pdf.ts')).pdfOf(content)
  if (format === 'docx') return (await import('./docx.ts')).docxOf(content)
  return (await import('./workbook.ts')).workbookOf(content)
}

// `workerData` is what index.ts gave.
const { format, content } = workerData as { format: DocumentFormat; content: DocumentContent }
write(format, content).then((bytes) => parentPort?.postMessage(bytes), (error: unknown) => setImmediate(() => Promise.reject(error)))
