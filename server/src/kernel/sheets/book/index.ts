// Workbooks with their layout and formulas: read from Excel, computed, written back; each in a thread of its own with a limit of time and memory.
import { Worker } from 'node:worker_threads'
import type { Book, Computed, Given } from './book.ts'
import type { BookJob } from './book-worker.ts'

export { book, bookValue, cellAddress, cellAt, MOST, placeOf, type Book, type BookSheet, type BookStyle, type BookValue, type Computed, type Given, type Shown } from './book.ts'

const TIMEOUT_MS = 20_000
const MEMORY_MB = 384

function inThread(job: BookJob): Promise<unknown> {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL('./book-worker.ts', import.meta.url), { workerData: job, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } })
    const timer = setTimeout(() => {
      fail(new Error('计算时间过长，请减少公式或引用的范围'))
      void worker.terminate()
    }, TIMEOUT_MS)
    worker.once('message', ({ answer, fault }: { answer?: unknown; fault?: string }) => (fault === undefined ? done(answer) : fail(new Error(fault))))
    worker.once('error', () => fail(new Error('文件或公式占用的内存过多')))
    worker.once('exit', (code) => {
      clearTimeout(timer)
      fail(new Error(`the thread of the book ended with ${code}`))
    })
  })
}

/** `lost` names what of the file is not kept. @throws Error with a Chinese message */
export const readBook = (bytes: Uint8Array): Promise<{ book: Book; lost: string[] }> => inThread({ act: 'read', bytes }) as Promise<{ book: Book; lost: string[] }> // what the thread's function returns
/** Values and shown texts by sheet and cell, formulas done. @throws Error with a Chinese message */
export const calculateBook = (book: Book, given: Given): Promise<Computed> => inThread({ act: 'calculate', book, given }) as Promise<Computed>
/** The Excel file. @throws Error with a Chinese message */
export const writeBook = async (book: Book, given: Given): Promise<Buffer> => Buffer.from((await inThread({ act: 'write', book, given })) as Uint8Array)
